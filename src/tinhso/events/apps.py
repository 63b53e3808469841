"""Registration of the app with the apps below it."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Nhật ký."""

    name = "tinhso.events"
    verbose_name = "Nhật ký"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # noqa: PLC0415

        from tinhso.events import health, sealing, sequencing  # noqa: PLC0415
        from tinhso.events.events import ALL  # noqa: PLC0415  # models load only now
        from tinhso.events.kinds import declare  # noqa: PLC0415
        from tinhso.events.permissions import WORDS, EventPermission  # noqa: PLC0415
        from tinhso.kernel import database, loops, permissions  # noqa: PLC0415
        from tinhso.kernel.health import HealthCheck, register  # noqa: PLC0415
        from tinhso.ui import navigation  # noqa: PLC0415

        declare(*ALL)
        permissions.declare(EventPermission, WORDS)
        for table in ("events_event", "events_position", "events_seal"):
            database.declare_append_only(table)
        loops.register(loops.Loop("sequencer", _("Xếp thứ tự nhật ký"), 0.2, sequencing.run))
        register(HealthCheck("event_horizon", _("Nhật ký: sự kiện chờ xếp vị trí"), health.horizon))
        loops.register(loops.Loop("sealing", _("Niêm phong nhật ký"), 1.0, sealing.run))
        register(HealthCheck("event_anchors", _("Nhật ký: tệp neo"), health.anchored))
        navigation.register(
            navigation.NavigationEntry(
                code="events",
                group=_("Hệ thống"),
                label=_("Nhật ký"),
                url_name="events:log",
                permission=EventPermission.READ,
                order=830,
            )
        )
