"""The loop of the warehouse: what the log tells comes into the files within seconds."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.loops import Loop
from tinhso.warehouse import compacting, declaring, files, syncing
from tinhso.warehouse.models import FactFile


def sync() -> bool:
    """One run over all tables; True when the log had more than was taken."""
    more = False
    for table in declaring.registry.values():
        at = timezone.now()
        more |= syncing.sync(table, at=at).more
        if compacting.is_due(table):
            compacting.compact(table, at=at)
    return more


def inspect() -> bool:
    """Read every byte of the files in use; a table of which one was altered is read anew."""
    for table in declaring.registry.values():
        snapshot = syncing.newest(table.code)
        if snapshot and files.altered(list(FactFile.objects.of(snapshot))):
            syncing.rebuild(table, at=timezone.now())
    return False


INSPECT = Loop("warehouse.inspect", _("Kiểm tra băm của tệp số liệu"), 3600, inspect)
SYNC = Loop("warehouse.sync", _("Đưa việc mới vào kho số liệu"), 2, sync)
