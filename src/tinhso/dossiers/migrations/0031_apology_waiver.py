import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """For a result that came late somebody may note why no apology is due."""

    dependencies = [("dossiers", "0030_waits_among_open_work")]

    operations = [
        migrations.CreateModel(
            name="ApologyWaiver",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("actor", models.CharField(max_length=80)),
                ("reason", models.TextField()),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="dossiers.dossier",
                    ),
                ),
            ],
            options={"abstract": False},
        )
    ]
