"""Registration of the app with the apps below it."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Tài khoản."""

    name = "tinhso.accounts"
    verbose_name = "Tài khoản"
