import uuid

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tinhso.kernel.vectors


class Migration(migrations.Migration):
    """Filters of the queue that officers keep; the queue's order as an index, and what open work is found under."""

    dependencies = [
        ("dossiers", "0013_papers_and_results"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=60)),
                ("filters", models.JSONField(default=dict)),
                ("is_default", models.BooleanField(default=False)),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(fields=("owner", "name"), name="view_named_once"),
                    models.UniqueConstraint(condition=models.Q(("is_default", True)), fields=("owner",), name="one_default_view"),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(fields=["is_paused", "due_at", "since", "step"], name="work_in_order"),
        ),
        migrations.AddField(
            model_name="workitem",
            name="words",
            field=tinhso.kernel.vectors.SearchVectorField(default=list, db_default=""),
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=["words"], name="work_by_words"),
        ),
    ]
