from django.db import migrations, models


class Migration(migrations.Migration):
    """What is told from now on is kept in English too."""

    dependencies = [("notifications", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="notification",
            name="subject_en",
            field=models.CharField(db_default="", default="", max_length=300),
        ),
        migrations.AddField(
            model_name="notification",
            name="body_en",
            field=models.TextField(db_default="", default=""),
        ),
    ]
