"""Registration of the app with the apps below it."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Cổng."""

    name = "tinhso.portal"
    verbose_name = "Cổng"
