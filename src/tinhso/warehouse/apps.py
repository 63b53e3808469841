"""Registration of the app with the apps below it."""

from django.apps import AppConfig


class WarehouseConfig(AppConfig):
    """Kho dữ liệu dùng chung."""

    name = "tinhso.warehouse"
    verbose_name = "Kho dữ liệu dùng chung"

    def ready(self) -> None:
        """Register the loop that follows the log, and what health asks."""
        from tinhso.kernel import health as health_page  # noqa: PLC0415
        from tinhso.kernel import loops  # noqa: PLC0415
        from tinhso.warehouse import health, jobs  # noqa: PLC0415

        health_page.register(health.LAG)
        loops.register(jobs.SYNC)
        loops.register(jobs.INSPECT)
