"""The house as an app: its mark, its loops' notes, its own health checks and commands."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Hệ thống."""

    name = "tinhso.site"
    label = "house"
    verbose_name = "Hệ thống"

    def ready(self) -> None:
        """Register the checks that belong to no app."""
        from tinhso.site import health  # noqa: PLC0415 - models are ready only now

        health.register_checks()
