"""Registration of the app with the apps below it."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Cơ quan."""

    name = "tinhso.agencies"
    verbose_name = "Cơ quan"
