"""Registration of the app with the apps below it."""

from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    """Lịch làm việc."""

    name = "tinhso.calendars"
    verbose_name = "Lịch làm việc"
