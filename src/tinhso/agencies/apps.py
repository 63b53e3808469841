"""Registration of the app with the apps below it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgenciesConfig(AppConfig):
    """Cơ quan."""

    name = "tinhso.agencies"
    verbose_name = "Cơ quan"

    def ready(self) -> None:
        """Declare verbs, kinds of event, tables that only grow, and entries of the menus."""
        from tinhso.agencies import events  # noqa: PLC0415
        from tinhso.agencies.naming import names_by_key  # noqa: PLC0415
        from tinhso.agencies.permissions import AgencyPermission  # noqa: PLC0415
        from tinhso.events import kinds, naming  # noqa: PLC0415
        from tinhso.kernel import database, permissions  # noqa: PLC0415
        from tinhso.ui import navigation  # noqa: PLC0415

        permissions.declare(AgencyPermission)
        kinds.declare(*events.ALL)
        naming.register("agency", names_by_key)
        for table in ("succession", "reformcarriedout"):
            database.declare_append_only(f"agencies_{table}")
        for entry in (
            navigation.NavigationEntry(
                code="agencies",
                group=_("Quản trị"),
                label=_("Danh bạ cơ quan"),
                url_name="agencies:directory",
                permission=AgencyPermission.READ,
                order=800,
            ),
            navigation.NavigationEntry(
                code="agencies-reforms",
                group=_("Quản trị"),
                label=_("Sắp xếp cơ quan"),
                url_name="agencies:reforms",
                permission=AgencyPermission.READ,
                order=810,
            ),
            navigation.NavigationEntry(
                code="agencies-directory",
                group=_("Cơ quan"),
                label=_("Danh bạ cơ quan"),
                url_name="agencies:directory",
                audience="portal",
                order=800,
            ),
        ):
            navigation.register(entry)
