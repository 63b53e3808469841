"""Registration of the app with the apps below it."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """Công dân, tổ chức."""

    name = "tinhso.parties"
    verbose_name = "Công dân, tổ chức"
