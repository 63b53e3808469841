"""The queue is counted and walked from indexes alone; its table is swept often enough for it."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models

SWEPT_OFTEN = "ALTER TABLE dossiers_workitem SET (autovacuum_vacuum_scale_factor = 0.02)"
AS_OTHERS = "ALTER TABLE dossiers_workitem RESET (autovacuum_vacuum_scale_factor)"


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("dossiers", "0018_edition")]

    operations = [
        AddIndexConcurrently(
            "workitem",
            models.Index(
                fields=["agency", "is_paused", "due_at"],
                include=["near_at", "person", "act"],
                name="work_counted",
            ),
        ),
        AddIndexConcurrently(
            "workitem",
            models.Index(
                fields=["is_paused", "due_at", "since", "step"],
                include=["agency", "person", "act"],
                name="work_walked",
            ),
        ),
        RemoveIndexConcurrently("workitem", "work_by_agency"),
        RemoveIndexConcurrently("workitem", "work_in_order"),
        migrations.RunSQL(SWEPT_OFTEN, AS_OTHERS),
    ]
