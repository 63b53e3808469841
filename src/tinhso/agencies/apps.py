"""Registration of the app with the apps below it."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Cơ quan."""

    name = "tinhso.agencies"
    verbose_name = "Cơ quan"

    def ready(self) -> None:
        """Declare permissions and kinds of event."""
        from tinhso.agencies import events  # noqa: PLC0415
        from tinhso.agencies.permissions import AgencyPermission  # noqa: PLC0415
        from tinhso.events import kinds  # noqa: PLC0415
        from tinhso.kernel import permissions  # noqa: PLC0415

        permissions.declare(AgencyPermission)
        kinds.declare(*events.ALL)
