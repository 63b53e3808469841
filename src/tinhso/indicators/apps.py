"""Registration of the app with the apps below it."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """Chỉ tiêu."""

    name = "tinhso.indicators"
    verbose_name = "Chỉ tiêu"

    def ready(self) -> None:
        """Declare verbs, kinds of event, rows that never change, and what packs declare of figures."""
        from tinhso.events import kinds  # noqa: PLC0415
        from tinhso.indicators import events, facts  # noqa: PLC0415
        from tinhso.indicators.menu import ENTRIES  # noqa: PLC0415
        from tinhso.indicators.pack import INDICATOR  # noqa: PLC0415
        from tinhso.indicators.permissions import WORDS, IndicatorPermission  # noqa: PLC0415
        from tinhso.indicators.reports import registering  # noqa: PLC0415
        from tinhso.indicators.told_packs import REPORTED, TARGETS  # noqa: PLC0415
        from tinhso.kernel import database, permissions  # noqa: PLC0415
        from tinhso.packs import kinds as pack_kinds  # noqa: PLC0415
        from tinhso.ui import navigation  # noqa: PLC0415

        permissions.declare(IndicatorPermission, WORDS)
        kinds.declare(*events.ALL)
        for table in APPEND_ONLY:
            database.declare_append_only(f"indicators_{table}")
        for kind in (INDICATOR, TARGETS, REPORTED):
            pack_kinds.register(kind)
        facts.declare()
        registering.register()
        for entry in ENTRIES:
            navigation.register(entry)


APPEND_ONLY = ("closedfigure", "periodclosing", "reportedfigure", "targetend")
"""Targets are locked when they are ended (`SELECT … FOR UPDATE` takes the right to update)."""
