"""Registration of the app with the apps below it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CalendarsConfig(AppConfig):
    """Lịch làm việc."""

    name = "tinhso.calendars"
    verbose_name = "Lịch làm việc"

    def ready(self) -> None:
        """Declare verbs, kinds of event and what a pack may hold."""
        from tinhso.calendars import events  # noqa: PLC0415
        from tinhso.calendars.naming import calendars_called, versions_named  # noqa: PLC0415
        from tinhso.calendars.pack import CALENDAR  # noqa: PLC0415
        from tinhso.calendars.pages.band import shifted_clock  # noqa: PLC0415
        from tinhso.calendars.permissions import WORDS, CalendarPermission  # noqa: PLC0415
        from tinhso.events import kinds, naming  # noqa: PLC0415
        from tinhso.kernel import database, permissions  # noqa: PLC0415
        from tinhso.packs import kinds as pack_kinds  # noqa: PLC0415
        from tinhso.ui import navigation, shell  # noqa: PLC0415

        permissions.declare(CalendarPermission, WORDS)
        kinds.declare(
            events.FOUNDED,
            events.HOURS_SET,
            events.DAY_ENTERED,
            events.DAY_WITHDRAWN,
            events.DAYS_ADOPTED,
        )
        for table in ("workinghours", "specialday", "daywithdrawal"):
            database.declare_append_only(f"calendars_{table}")
        naming.register("calendar", versions_named)
        naming.subjects.register("calendars", calendars_called)
        pack_kinds.register(CALENDAR)
        navigation.register(
            navigation.NavigationEntry(
                code="calendars",
                group=_("Quản trị"),
                label=_("Lịch làm việc"),
                url_name="calendars:province",
                order=820,
            )
        )
        shell.declare_band("clock", shifted_clock)
