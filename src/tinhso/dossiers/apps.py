"""Registration of the app with the apps below it."""

from django.apps import AppConfig


class DossiersConfig(AppConfig):
    """Hồ sơ thủ tục hành chính."""

    name = "tinhso.dossiers"
    verbose_name = "Hồ sơ thủ tục hành chính"

    def ready(self) -> None:
        from tinhso.agencies import work_in_hand  # noqa: PLC0415
        from tinhso.dossiers import (  # noqa: PLC0415
            counted,
            declarable,
            events,
            facts,
            figures,
            files,
            jobs,
            menu,
            national,
            notices,
            wording,
        )
        from tinhso.dossiers.permissions import WORDS, DossierPermission  # noqa: PLC0415
        from tinhso.dossiers.printing import verifying  # noqa: PLC0415
        from tinhso.dossiers.queries import numbered  # noqa: PLC0415
        from tinhso.dossiers.services import transferring  # noqa: PLC0415
        from tinhso.dossiers.visibility import applicants_in_hand  # noqa: PLC0415
        from tinhso.events import kinds as event_kinds  # noqa: PLC0415
        from tinhso.kernel import permissions  # noqa: PLC0415
        from tinhso.parties import visibility  # noqa: PLC0415

        permissions.declare(DossierPermission, WORDS)
        event_kinds.declare(*events.ALL)
        declarable.register()
        visibility.register("dossiers", applicants_in_hand)
        facts.register()
        figures.register()
        files.register()
        wording.register()
        menu.register()
        jobs.register()
        notices.declare()
        national.register()
        verifying.register()
        numbered.register()
        counted.register()
        work_in_hand.register(transferring.DOSSIERS)
