"""The loop of this app: contents that no file refers to any more leave the disk."""

from __future__ import annotations

import time

from django.utils.translation import gettext_lazy as _

from tinhso.files import keeping
from tinhso.kernel.loops import Loop

DAY = 24 * 60 * 60.0  # seconds


def sweep() -> bool:
    """Remove what no act kept; what is younger than a day may still belong to an act on its way."""
    keeping.sweep(older_than_seconds=DAY, now=time.time())
    return False


SWEEP = Loop("files.sweep", _("Dọn nội dung tệp không ai giữ"), DAY, sweep)
