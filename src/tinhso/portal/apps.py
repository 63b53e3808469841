"""Registration of the app with the apps below it."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Cổng dịch vụ công."""

    name = "tinhso.portal"
    verbose_name = "Cổng dịch vụ công"

    def ready(self) -> None:
        from tinhso.counter import addresses as appointments  # noqa: PLC0415
        from tinhso.dossiers import addresses  # noqa: PLC0415
        from tinhso.events import wording  # noqa: PLC0415
        from tinhso.packs import kinds  # noqa: PLC0415
        from tinhso.portal import menu  # noqa: PLC0415
        from tinhso.portal.guides.pack import GUIDE  # noqa: PLC0415
        from tinhso.portal.keeping import PURPOSES  # noqa: PLC0415

        for app in ("parties", "files", "events"):
            wording.register(app, "purpose", PURPOSES)
        kinds.register(GUIDE)
        menu.register()
        appointments.register(menu.appointment_of)
        appointments.register_station(menu.station_of)
        addresses.register("portal", addresses.ApplicantPages(menu.look_up_of, menu.draft_of))
