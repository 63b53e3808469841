"""Registration of the app with the apps below it."""

from django.apps import AppConfig


class PacksConfig(AppConfig):
    """Gói nghiệp vụ."""

    name = "tinhso.packs"
    verbose_name = "Gói nghiệp vụ"
