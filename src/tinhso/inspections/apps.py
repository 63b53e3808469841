"""Registration of the app with the apps below it."""

from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    """Kiểm tra."""

    name = "tinhso.inspections"
    verbose_name = "Kiểm tra"

    def ready(self) -> None:
        """Declare verbs, kinds of event, rows that never change, photos, facts, the menu, what packs may hold."""
        from tinhso.events import kinds, naming  # noqa: PLC0415
        from tinhso.inspections import events, facts, files  # noqa: PLC0415
        from tinhso.inspections.checklists import INSPECTION_CHECKLIST  # noqa: PLC0415
        from tinhso.inspections.menu import ENTRIES  # noqa: PLC0415
        from tinhso.inspections.naming import subjects_called  # noqa: PLC0415
        from tinhso.inspections.permissions import WORDS, InspectionPermission  # noqa: PLC0415
        from tinhso.kernel import database, permissions  # noqa: PLC0415
        from tinhso.packs.kinds import register as register_kind  # noqa: PLC0415
        from tinhso.ui import navigation  # noqa: PLC0415

        permissions.declare(InspectionPermission, WORDS)
        kinds.declare(*events.ALL)
        naming.subjects.register("inspections", subjects_called)
        for table in APPEND_ONLY:
            database.declare_append_only(f"inspections_{table}")
        for entry in ENTRIES:
            navigation.register(entry)
        files.register()
        facts.declare()
        register_kind(INSPECTION_CHECKLIST)


APPEND_ONLY = (
    "closing",
    "conclusion",
    "minutesact",
    "note",
    "photo",
    "preparation",
    "recheck",
    "selfreport",
)
"""Inspections are locked when they are judged; findings and recommendations can be left out, and get their task."""
