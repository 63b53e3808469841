"""Registration of the app with the apps below it."""

from django.apps import AppConfig


class PacksConfig(AppConfig):
    """Gói nghiệp vụ."""

    name = "tinhso.packs"
    verbose_name = "Gói nghiệp vụ"

    def ready(self) -> None:
        from tinhso.events import kinds  # noqa: PLC0415  # models load only now
        from tinhso.kernel import permissions  # noqa: PLC0415
        from tinhso.packs.events import APPLIED  # noqa: PLC0415
        from tinhso.packs.permissions import PackPermission  # noqa: PLC0415

        permissions.declare(PackPermission)
        kinds.declare(APPLIED)
