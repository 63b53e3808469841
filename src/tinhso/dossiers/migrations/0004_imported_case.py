import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """What a log says of a case, and where its batch was laid to. No batch can exist before this."""

    dependencies = [
        ("agencies", "0001_initial"),
        ("dossiers", "0003_transfer"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportedCase",
            fields=[
                ("dossier", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="imported", serialize=False, to="dossiers.dossier")),
                ("channel", models.TextField(default="")),
                ("attributes", models.JSONField(default=dict)),
            ],
        ),
        migrations.AddField(
            model_name="importedstep",
            name="place",
            field=models.TextField(default=""),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="agency",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="procedure",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dossiers.procedure"),
        ),
    ]
