from django.db import migrations, models


class Migration(migrations.Migration):
    """Whether a result refuses what was asked for; the next migration fills it."""

    dependencies = [("dossiers", "0024_alarm_counted_to")]

    operations = [
        migrations.AddField(
            "result", "refuses", models.BooleanField(default=False, db_default=False)
        )
    ]
