"""What an application will cost by the rules of the day, before it is handed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tinhso.calendars.clock import day_of
from tinhso.dossiers import definitions
from tinhso.dossiers.fees import work_out
from tinhso.dossiers.judging import answers_so_far

if TYPE_CHECKING:
    from datetime import date

    from django_stubs_ext import StrOrPromise

    from tinhso.dossiers.definitions import Definition
    from tinhso.dossiers.models import Channel, Dossier
    from tinhso.forms.answers import Answers
    from tinhso.portal.filling import Filling


@dataclass(frozen=True)
class Cost:
    """One fee: its name, the amount in đồng, when it is paid, why it is that much."""

    title: str
    amount: int
    moment: StrOrPromise
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Costs:
    """All fees of an application; `unknown` says why they cannot be told yet."""

    fees: tuple[Cost, ...] = ()
    unknown: str = ""

    @property
    def total(self) -> int:
        """All of them, in đồng."""
        return sum(fee.amount for fee in self.fees)


def costs_of(filling: Filling, *, channel: Channel | None, day: date, is_complete: bool) -> Costs:
    """The fees that the rules of the day make of these answers."""
    if not filling.definition.fees:
        return Costs()
    if not is_complete:
        return Costs(unknown=_("còn câu hỏi chưa trả lời, mà mức thu tính theo lời khai."))
    if channel is None:
        return Costs(unknown=_("mức thu tùy cách nộp, mà trang này chưa nhận hồ sơ."))
    return _costs(filling.definition, channel.value, filling.answers, day)


def costs_of_dossier(dossier: Dossier) -> Costs:
    """The fees of what was handed in, by the rules of that day."""
    definition = definitions.of_version(dossier.procedure_id)
    answers = answers_so_far(dossier, definition)
    return _costs(definition, dossier.channel, answers, day_of(dossier.submitted_at))


def _costs(definition: Definition, channel: str, answers: Answers, day: date) -> Costs:
    facts = {"channel": channel, "answers": answers.facts}
    worked = [(fee, work_out(fee, facts, day)) for fee in definition.fees]
    return Costs(
        tuple(
            Cost(fee.title, owed.amount, owed.moment.label, tuple(owed.why))
            for fee, owed in worked
            if owed is not None
        )
    )
