import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A key may be that of any act, or of a file that was sent up."""

    dependencies = [
        ("dossiers", "0005_steps_by_name"),
        ("files", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="idempotencykey",
            name="file",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="files.storedfile",
            ),
        ),
        migrations.AlterField(
            model_name="idempotencykey",
            name="dossier",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="sendings",
                to="dossiers.dossier",
            ),
        ),
        migrations.AddConstraint(
            model_name="idempotencykey",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("dossier__isnull", False), ("file__isnull", True)),
                    models.Q(("dossier__isnull", True), ("file__isnull", False)),
                    _connector="OR",
                ),
                name="idempotency_key_became_something",
            ),
        ),
    ]
