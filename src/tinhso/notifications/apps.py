"""Registration of the app with the apps below it."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Thông báo."""

    name = "tinhso.notifications"
    verbose_name = "Thông báo"

    def ready(self) -> None:
        """Declare verbs, kinds of event, loops, what health asks, and the entry with its count."""
        from tinhso.events import kinds  # noqa: PLC0415
        from tinhso.kernel import health as health_page  # noqa: PLC0415
        from tinhso.kernel import loops, permissions  # noqa: PLC0415
        from tinhso.notifications import events, health, jobs  # noqa: PLC0415
        from tinhso.notifications.pages.navigation import ENTRIES  # noqa: PLC0415
        from tinhso.notifications.permissions import WORDS, NotificationPermission  # noqa: PLC0415
        from tinhso.ui import navigation  # noqa: PLC0415

        permissions.declare(NotificationPermission, WORDS)
        kinds.declare(events.EMAIL_CHOSEN, events.MAIL_RETRIED)
        loops.register(jobs.READ_LOG)
        loops.register(jobs.POST_MAIL)
        health_page.register(health.MAIL)
        health_page.register(health.READING)
        for entry in ENTRIES:
            navigation.register(entry)
