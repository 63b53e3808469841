"""Registration of the app with the apps below it."""

from django.apps import AppConfig


class DossiersConfig(AppConfig):
    """Hồ sơ thủ tục hành chính."""

    name = "tinhso.dossiers"
    verbose_name = "Hồ sơ thủ tục hành chính"
