"""Registration of the app with the apps below it."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """Nhiệm vụ."""

    name = "tinhso.tasks"
    verbose_name = "Nhiệm vụ"

    def ready(self) -> None:
        """Declare verbs, kinds of event, rows that never change, files, the menu, reminders, what a reform moves."""
        from tinhso.agencies import work_in_hand  # noqa: PLC0415
        from tinhso.events import kinds, naming  # noqa: PLC0415
        from tinhso.kernel import database, loops, permissions  # noqa: PLC0415
        from tinhso.kernel import health as health_page  # noqa: PLC0415
        from tinhso.packs import kinds as pack_kinds  # noqa: PLC0415
        from tinhso.tasks import events, figures, files, health, jobs, offered, ties  # noqa: PLC0415
        from tinhso.tasks.figure_ties import FIGURES  # noqa: PLC0415
        from tinhso.tasks.menu import ENTRIES, OBSTACLE_SLOT  # noqa: PLC0415
        from tinhso.tasks.naming import subjects_called  # noqa: PLC0415
        from tinhso.tasks.obstacle_kinds import OBSTACLE_KINDS  # noqa: PLC0415
        from tinhso.tasks.permissions import WORDS, TaskPermission  # noqa: PLC0415
        from tinhso.tasks.reminders import following, notices  # noqa: PLC0415
        from tinhso.tasks.reminders.pack import REMINDER_RULE  # noqa: PLC0415
        from tinhso.tasks.services.moving import TASKS  # noqa: PLC0415
        from tinhso.tasks.services.moving_obstacles import OBSTACLES  # noqa: PLC0415
        from tinhso.ui import navigation, page_acts  # noqa: PLC0415

        permissions.declare(TaskPermission, WORDS)
        kinds.declare(*events.ALL)
        naming.subjects.register("tasks", subjects_called)
        for table in APPEND_ONLY:
            database.declare_append_only(f"tasks_{table}")
        for entry in ENTRIES:
            navigation.register(entry)
        page_acts.register(OBSTACLE_SLOT)
        pack_kinds.register(OBSTACLE_KINDS)
        files.register()
        offered.declare()
        figures.register()
        _declare_facts()
        work_in_hand.register(TASKS)
        work_in_hand.register(OBSTACLES)
        pack_kinds.register(REMINDER_RULE)
        notices.declare()
        following.declare()
        for loop in jobs.ALL:
            loops.register(loop)
        ties.KINDS.register(ties.FIGURE, FIGURES)
        health_page.register(health.REMINDERS)


def _declare_facts() -> None:
    """What the warehouse holds of tasks and obstacles, and who may open which record."""
    from tinhso.indicators import visibility  # noqa: PLC0415
    from tinhso.tasks import facts, obstacle_facts  # noqa: PLC0415
    from tinhso.warehouse import declaring  # noqa: PLC0415

    declaring.register(facts.TABLE)
    visibility.register(facts.CODE, facts.visible_tasks)
    declaring.register(obstacle_facts.TABLE)
    visibility.register(obstacle_facts.CODE, obstacle_facts.visible_obstacles)


APPEND_ONLY = (
    "digest",
    "escalation",
    "evidence",
    "extensiondecision",
    "extensionrequest",
    "noticeend",
    "obstacleact",
    "reminderday",
    "review",
    "solution",
    "taskact",
)
"""Notices and tasks are locked when they are judged (`SELECT … FOR UPDATE` takes the right to update)."""
