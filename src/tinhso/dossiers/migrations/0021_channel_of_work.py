from django.db import migrations, models


class Migration(migrations.Migration):
    """Open work says how and when its dossier was handed in: filters need no look at the dossiers."""

    dependencies = [("dossiers", "0020_apologies_and_mornings")]

    operations = [
        migrations.AddField(
            "workitem", "channel", models.CharField(db_default="", default="", max_length=20)
        ),
        migrations.AddField("workitem", "submitted_at", models.DateTimeField(null=True)),
    ]
