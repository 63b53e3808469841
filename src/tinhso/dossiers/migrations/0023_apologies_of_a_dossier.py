from django.db import migrations, models
from django.db.models.deletion import CASCADE


class Migration(migrations.Migration):
    """The apologies of a dossier are called so; nothing changes in the database."""

    dependencies = [("dossiers", "0022_fill_channel_of_work")]

    operations = [
        migrations.AlterField(
            "apology",
            "dossier",
            models.ForeignKey(
                on_delete=CASCADE, related_name="apologies", to="dossiers.dossier"
            ),
        ),
    ]
