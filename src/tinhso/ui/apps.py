"""Registration of the app with the apps below it."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Giao diện."""

    name = "tinhso.ui"
    verbose_name = "Giao diện"
