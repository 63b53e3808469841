import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """What only a timer moves on stands on the worklist: under the key of its token, which is no step.

    Houses that run get the rows by `./tinhso worklist rebuild`.
    """

    dependencies = [
        ("dossiers", "0029_notes_in_english"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "token",
            "person",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField("workitem", "waits_until", models.DateTimeField(null=True)),
        migrations.AlterField(
            "workitem",
            "step",
            models.OneToOneField(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                primary_key=True,
                related_name="item",
                serialize=False,
                to="dossiers.step",
            ),
        ),
    ]
