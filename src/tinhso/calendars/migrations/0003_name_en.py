"""A day out of the ordinary has an English name."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("calendars", "0002_edition")]

    operations = [
        migrations.AddField(
            model_name="specialday",
            name="name_en",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
    ]
