"""Open tasks are counted and walked from indexes alone; their table is swept often enough for it."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models
from django.db.models import Q

OPEN = ("issued", "accepted", "returned", "proposed")
SWEPT_OFTEN = "ALTER TABLE tasks_task SET (autovacuum_vacuum_scale_factor = 0.02)"
AS_OTHERS = "ALTER TABLE tasks_task RESET (autovacuum_vacuum_scale_factor)"


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("tasks", "0005_shares_and_waiting")]

    operations = [
        AddIndexConcurrently(
            "task",
            models.Index(
                fields=["agency", "state", "deadline_on", "notice", "ordinal"], name="task_given"
            ),
        ),
        AddIndexConcurrently(
            "task",
            models.Index(
                fields=["agency", "deadline_on", "notice", "ordinal"],
                include=["lead", "state", "follower", "group"],
                condition=Q(state__in=OPEN),
                name="task_given_open",
            ),
        ),
        AddIndexConcurrently(
            "task",
            models.Index(
                fields=["lead", "deadline_on", "notice", "ordinal"],
                include=["state"],
                condition=Q(state__in=OPEN),
                name="task_led_open",
            ),
        ),
        RemoveIndexConcurrently("task", "task_by_giver"),
        migrations.RunSQL(SWEPT_OFTEN, AS_OTHERS),
    ]
