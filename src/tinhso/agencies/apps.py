"""Registration of the app with the apps below it."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Cơ quan."""

    name = "tinhso.agencies"
    verbose_name = "Cơ quan"

    def ready(self) -> None:
        """Declare verbs, kinds of event, tables that only grow, entries of the menus, and the loop."""
        from tinhso.agencies import events  # noqa: PLC0415
        from tinhso.agencies.jobs import FOLLOW_REFORMS  # noqa: PLC0415
        from tinhso.agencies.naming import names_by_key, subjects_called  # noqa: PLC0415
        from tinhso.agencies.pages.navigation import ENTRIES  # noqa: PLC0415
        from tinhso.agencies.permissions import WORDS, AgencyPermission  # noqa: PLC0415
        from tinhso.events import kinds, naming  # noqa: PLC0415
        from tinhso.kernel import database, loops, permissions  # noqa: PLC0415
        from tinhso.ui import navigation  # noqa: PLC0415

        permissions.declare(AgencyPermission, WORDS)
        kinds.declare(*events.ALL)
        naming.register("agency", names_by_key)
        naming.subjects.register("agencies", subjects_called)
        for table in ("succession", "reformcarriedout", "reformdiscarded"):
            database.declare_append_only(f"agencies_{table}")
        for entry in ENTRIES:
            navigation.register(entry)
        loops.register(FOLLOW_REFORMS)
