"""Registration of the app with the apps below it."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Tệp đính kèm."""

    name = "tinhso.files"
    verbose_name = "Tệp đính kèm"

    def ready(self) -> None:
        """Declare kinds of event, what health asks, and the loop that cleans up."""
        from tinhso.events import kinds  # noqa: PLC0415
        from tinhso.files import events, health, jobs  # noqa: PLC0415
        from tinhso.kernel import health as health_page  # noqa: PLC0415
        from tinhso.kernel import loops  # noqa: PLC0415

        kinds.declare(events.STORED, events.COPIED, events.DISCARDED, events.READ)
        health_page.register(health.DISK)
        health_page.register(health.SCANNER)
        loops.register(jobs.SWEEP)
