import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Steps of imported history are keyed by dossier and ordinal and carry the name of their activity."""

    dependencies = [
        ("dossiers", "0004_imported_case"),
    ]

    operations = [
        migrations.DeleteModel(name="ImportedStep"),
        migrations.DeleteModel(name="ImportedActivity"),
        migrations.CreateModel(
            name="ImportedStep",
            fields=[
                ("pk", models.CompositePrimaryKey("dossier_id", "ordinal", blank=True, editable=False, primary_key=True, serialize=False)),
                ("ordinal", models.PositiveIntegerField()),
                ("activity", models.TextField()),
                ("at", models.DateTimeField()),
                ("resource", models.TextField(default="")),
                ("department", models.TextField(default="")),
                ("place", models.TextField(default="")),
                ("dossier", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="imported_steps", to="dossiers.dossier")),
            ],
        ),
    ]
