"""The indexes of open tasks hold what is done itself."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models
from django.db.models import Q

OPEN = ("issued", "accepted", "returned", "proposed")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("tasks", "0014_standing_tasks")]

    operations = [
        RemoveIndexConcurrently("task", "task_open_lines"),
        AddIndexConcurrently(
            "task",
            models.Index(
                fields=["agency", "deadline_on", "notice", "ordinal"],
                include=["lead", "state", "follower", "group", "item", "period", "parent"],
                condition=Q(state__in=OPEN, is_standing=False),
                name="task_open_lines",
            ),
        ),
        RemoveIndexConcurrently("task", "task_led_open"),
        AddIndexConcurrently(
            "task",
            models.Index(
                fields=["lead", "deadline_on", "notice", "ordinal"],
                include=["state"],
                condition=Q(state__in=OPEN, is_standing=False),
                name="task_led_open",
            ),
        ),
    ]
