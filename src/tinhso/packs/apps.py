"""Registration of the app with the apps below it."""

from django.apps import AppConfig


class PacksConfig(AppConfig):
    """Gói nghiệp vụ."""

    name = "tinhso.packs"
    verbose_name = "Gói nghiệp vụ"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # noqa: PLC0415  # models load only now

        from tinhso.events import kinds  # noqa: PLC0415
        from tinhso.kernel import permissions  # noqa: PLC0415
        from tinhso.kernel.database import declare_append_only  # noqa: PLC0415
        from tinhso.packs.events import APPLIED  # noqa: PLC0415
        from tinhso.packs.permissions import WORDS, PackPermission  # noqa: PLC0415
        from tinhso.ui import navigation  # noqa: PLC0415

        permissions.declare(PackPermission, WORDS)
        kinds.declare(APPLIED)
        declare_append_only("packs_packversion")
        declare_append_only("packs_packentry")
        navigation.register(
            navigation.NavigationEntry(
                code="packs",
                group=_("Hệ thống"),
                label=_("Gói nghiệp vụ"),
                url_name="packs:listing",
                permission=PackPermission.READ,
                order=820,
            )
        )
