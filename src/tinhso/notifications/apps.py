"""Registration of the app with the apps below it."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Thông báo."""

    name = "tinhso.notifications"
    verbose_name = "Thông báo"
