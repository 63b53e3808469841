from django.db import migrations, models


class Migration(migrations.Migration):
    """What is noted of a procedure on a list, in English too."""

    dependencies = [("dossiers", "0028_vacuum_open_work")]

    operations = [
        migrations.AddField(
            "listedprocedure", "note_en", models.TextField(default="", db_default="")
        )
    ]
