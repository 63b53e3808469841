"""Registration of the app with the apps below it."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Nhật ký."""

    name = "tinhso.events"
    verbose_name = "Nhật ký"
