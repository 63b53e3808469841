from django.db import migrations, models


class Migration(migrations.Migration):
    """Where the clock went on it is kept, line by line, how the new appointed time came about."""

    dependencies = [("dossiers", "0031_apology_waiver")]

    operations = [
        migrations.AddField(
            model_name="resumption",
            name="explanation",
            field=models.JSONField(
                db_default=models.Value([], output_field=models.JSONField()), default=list
            ),
        )
    ]
