"""The house as an app: its mark, its loops' notes, its own health checks and commands."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Hệ thống."""

    name = "tinhso.site"
    label = "house"
    verbose_name = "Hệ thống"

    def ready(self) -> None:
        """Register the checks that belong to no app, the playing portal's way, and the entry of the source map."""
        from tinhso.site import health, loopback  # noqa: PLC0415 - models are ready only now
        from tinhso.site.sourcemap import menu  # noqa: PLC0415

        health.register_checks()
        loopback.register()
        menu.register()
