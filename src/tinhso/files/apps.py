"""Registration of the app with the apps below it."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Tệp."""

    name = "tinhso.files"
    verbose_name = "Tệp"
