from django.db import migrations, models


class Migration(migrations.Migration):
    """An alarm keeps the instant at which its wait has run, so that pauses are added before it is rounded."""

    dependencies = [("dossiers", "0023_apologies_of_a_dossier")]

    operations = [migrations.AddField("alarm", "counted_to", models.DateTimeField(null=True))]
