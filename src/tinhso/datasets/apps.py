"""Registration of the app with the apps below it."""

from django.apps import AppConfig


class DatasetsConfig(AppConfig):
    """Bộ dữ liệu dùng chung."""

    name = "tinhso.datasets"
    verbose_name = "Bộ dữ liệu dùng chung"

    def ready(self) -> None:
        """Declare verbs, kinds of event, rows that never change, what packs may hold, the menu."""
        from tinhso.datasets import events  # noqa: PLC0415
        from tinhso.datasets.menu import ENTRIES  # noqa: PLC0415
        from tinhso.datasets.naming import subjects_called  # noqa: PLC0415
        from tinhso.datasets.pack import DATASET  # noqa: PLC0415
        from tinhso.datasets.permissions import WORDS, DatasetPermission  # noqa: PLC0415
        from tinhso.events import kinds, naming  # noqa: PLC0415
        from tinhso.kernel import database, permissions  # noqa: PLC0415
        from tinhso.packs.kinds import register as register_kind  # noqa: PLC0415
        from tinhso.ui import navigation  # noqa: PLC0415

        permissions.declare(DatasetPermission, WORDS)
        kinds.declare(*events.ALL)
        naming.subjects.register("datasets", subjects_called)
        for table in APPEND_ONLY:
            database.declare_append_only(f"datasets_{table}")
        for entry in ENTRIES:
            navigation.register(entry)
        register_kind(DATASET)


APPEND_ONLY = ("datarow", "delivery", "returnedline")
"""Instalments are locked when they are delivered (`SELECT … FOR UPDATE` takes the right to update)."""
