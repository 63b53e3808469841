"""The house as an app: its mark, its loops' notes, its own health checks and commands."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Hệ thống."""

    name = "tinhso.site"
    label = "house"
    verbose_name = "Hệ thống"

    def ready(self) -> None:
        """Register checks of no app, the playing portal's way, ties of tasks to dossiers, the source map's entry."""
        from tinhso.site import dossier_ties, health, loopback  # noqa: PLC0415 - models are ready only now
        from tinhso.site.sourcemap import menu  # noqa: PLC0415

        health.register_checks()
        health.register_entry()
        loopback.register()
        dossier_ties.register()
        menu.register()
