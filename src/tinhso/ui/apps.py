"""Registration of the app with the apps below it."""

from django import forms
from django.apps import AppConfig


class UiConfig(AppConfig):
    """Giao diện."""

    name = "tinhso.ui"
    verbose_name = "Giao diện"

    def ready(self) -> None:
        """A day that no calendar has is told in one wording, also by forms that do not name their fields.

        No form takes a day with which nothing can be reckoned.
        """
        from tinhso.ui.fields import NO_DAY, in_calendar  # noqa: PLC0415 - apps are loaded by now

        forms.DateField.default_error_messages = {"invalid": NO_DAY}
        forms.DateField.default_validators = [in_calendar]
