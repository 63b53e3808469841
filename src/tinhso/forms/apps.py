"""Registration of the app with the apps below it."""

from django.apps import AppConfig


class FormsConfig(AppConfig):
    """Biểu mẫu."""

    name = "tinhso.forms"
    verbose_name = "Biểu mẫu"
