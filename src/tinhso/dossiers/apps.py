"""Registration of the app with the apps below it."""

from django.apps import AppConfig


class DossiersConfig(AppConfig):
    """Hồ sơ thủ tục hành chính."""

    name = "tinhso.dossiers"
    verbose_name = "Hồ sơ thủ tục hành chính"

    def ready(self) -> None:
        from tinhso.dossiers import events, files, menu  # noqa: PLC0415
        from tinhso.dossiers.pack import PROCEDURE  # noqa: PLC0415
        from tinhso.dossiers.permissions import DossierPermission  # noqa: PLC0415
        from tinhso.dossiers.visibility import applicants_in_hand  # noqa: PLC0415
        from tinhso.events import kinds as event_kinds  # noqa: PLC0415
        from tinhso.kernel import permissions  # noqa: PLC0415
        from tinhso.packs import kinds as pack_kinds  # noqa: PLC0415
        from tinhso.parties import visibility  # noqa: PLC0415

        permissions.declare(DossierPermission)
        event_kinds.declare(*events.ALL)
        pack_kinds.register(PROCEDURE)
        visibility.register("dossiers", applicants_in_hand)
        files.register()
        menu.register()
