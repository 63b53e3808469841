"""Registration of the app with the apps below it."""

from django.apps import AppConfig


class CounterConfig(AppConfig):
    """Quầy giao dịch của bộ phận một cửa."""

    name = "tinhso.counter"
    verbose_name = "Quầy giao dịch"

    def ready(self) -> None:
        """Declare verbs, kinds of event, rows that never change, the entries of the menu, and what a reform moves."""
        from tinhso.agencies import work_in_hand  # noqa: PLC0415
        from tinhso.counter import events, facts, jobs, notices  # noqa: PLC0415
        from tinhso.counter.menu import ENTRIES  # noqa: PLC0415
        from tinhso.counter.models import Errand, Outcome  # noqa: PLC0415
        from tinhso.counter.naming import subjects_called  # noqa: PLC0415
        from tinhso.counter.permissions import WORDS, CounterPermission  # noqa: PLC0415
        from tinhso.counter.queries.days import closed_in_words  # noqa: PLC0415
        from tinhso.counter.services.moving import MEETINGS  # noqa: PLC0415
        from tinhso.dossiers import desk_notices  # noqa: PLC0415
        from tinhso.events import kinds, naming, wording  # noqa: PLC0415
        from tinhso.kernel import database, permissions  # noqa: PLC0415
        from tinhso.ui import navigation  # noqa: PLC0415

        permissions.declare(CounterPermission, WORDS)
        kinds.declare(*events.ALL)
        naming.subjects.register("counter", subjects_called)
        wording.register("counter", "errand", dict(Errand.choices))
        wording.register("counter", "outcome", dict(Outcome.choices))
        for table in APPEND_ONLY:
            database.declare_append_only(f"counter_{table}")
        for entry in ENTRIES:
            navigation.register(entry)
        jobs.register()
        notices.declare()
        facts.declare()
        work_in_hand.register(MEETINGS)
        desk_notices.register("counter.day", closed_in_words)


APPEND_ONLY = ("dayclosing", "closingline", "dayreopening", "ticketcall", "ticketend")
"""A closed day never changes, it is taken back by a row against it; nor does what was called and ended."""
