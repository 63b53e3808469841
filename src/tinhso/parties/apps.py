"""Registration of the app with the apps below it."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """Công dân, tổ chức."""

    name = "tinhso.parties"
    verbose_name = "Công dân, tổ chức"

    def ready(self) -> None:
        """Declare permissions, kinds of event, and the entry of the menu."""
        from tinhso.events import kinds, naming  # noqa: PLC0415
        from tinhso.kernel import permissions  # noqa: PLC0415
        from tinhso.parties.events import ALL  # noqa: PLC0415
        from tinhso.parties.menu import ENTRIES  # noqa: PLC0415
        from tinhso.parties.naming import parties_by_key  # noqa: PLC0415
        from tinhso.parties.permissions import WORDS, PartyPermission  # noqa: PLC0415
        from tinhso.ui import navigation  # noqa: PLC0415

        permissions.declare(PartyPermission, WORDS)
        kinds.declare(*ALL)
        naming.register("party", parties_by_key)
        for entry in ENTRIES:
            navigation.register(entry)
