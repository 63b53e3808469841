"""What reports register with the apps below; called from the AppConfig of `indicators`."""

from __future__ import annotations

from tinhso.events import kinds
from tinhso.indicators.reports import events, facts, jobs, matters, notices, required
from tinhso.indicators.reports.menu import ENTRIES
from tinhso.indicators.reports.pack import REPORT_REGIME
from tinhso.indicators.reports.permissions import WORDS, ReportPermission
from tinhso.kernel import database, loops, permissions
from tinhso.packs import kinds as pack_kinds
from tinhso.ui import navigation

APPEND_ONLY = ("figurecorrection", "reportact", "sentencedecision", "submission")


def register() -> None:
    """Declare verbs, kinds of event, rows that never change, regimes of packs, the facts, notices, loop and menu."""
    permissions.declare(ReportPermission, WORDS)
    kinds.declare(*events.ALL)
    for table in APPEND_ONLY:
        database.declare_append_only(f"indicators_{table}")
    pack_kinds.register(REPORT_REGIME)
    facts.declare()
    required.declare()
    notices.declare()
    matters.register()
    loops.register(jobs.CALL)
    for entry in ENTRIES:
        navigation.register(entry)
