"""Registration of the app with the apps below it."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """Nhiệm vụ."""

    name = "tinhso.tasks"
    verbose_name = "Nhiệm vụ"
