"""Open tasks are gathered into lines from an index alone, as they are counted."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models
from django.db.models import Q

OPEN = ("issued", "accepted", "returned", "proposed")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("tasks", "0010_notice_levels")]

    operations = [
        AddIndexConcurrently(
            "task",
            models.Index(
                fields=["agency", "deadline_on", "notice", "ordinal"],
                include=["lead", "state", "follower", "group", "item", "period", "parent"],
                condition=Q(state__in=OPEN),
                name="task_open_lines",
            ),
        ),
        RemoveIndexConcurrently("task", "task_given_open"),
    ]
