"""A published procedure as the acts read it: checked once when the pack is applied, parsed once per process."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from tinhso.calendars.deadlines import Term, Unit
from tinhso.dossiers.acts import OUTCOMES
from tinhso.dossiers.fees import Fee, read_fees
from tinhso.dossiers.forming import compose
from tinhso.dossiers.models import ProcedureVersion
from tinhso.dossiers.workflow.parsing import Workflow, parse
from tinhso.forms.form import Form
from tinhso.ui.languages import worded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise


class AfterSupplement(StrEnum):
    """What the clock does when the supplement came (sau khi bổ sung): go on, begin anew, or never have stopped."""

    RESUME = "resume"
    RESTART = "restart"
    CONTINUE = "continue"


class Silence(StrEnum):
    """What follows when the applicant does not answer in time (không bổ sung đúng hạn).

    The system stops the dossier itself (`close`), who may stop it decides (`propose`), or it waits for ever (`wait`).
    """

    CLOSE = "close"
    PROPOSE = "propose"
    WAIT = "wait"


@dataclass(frozen=True)
class RequiredPaper:
    """A paper of the dossier (thành phần hồ sơ); with `when` it is asked, and needed, where that is true.

    `kind` says which kind of document it is (loại giấy tờ), so that an earlier result of that kind serves.
    """

    code: str
    name: str
    name_en: str
    is_required: bool
    note: str
    when: str = ""
    kind: str = ""
    note_en: str = ""

    @property
    def title(self) -> str:
        """The name in the language of the page."""
        return worded(self.name, self.name_en)

    @property
    def remark(self) -> str:
        """The note in the language of the page."""
        return worded(self.note, self.note_en)


class OpinionSilence(StrEnum):
    """What it does when an agency asked beside the workflow lets its time pass (không trả lời trong hạn)."""

    WAIT = "wait"
    AGREE = "agree"
    CLOSE = "close"

    @property
    def words(self) -> StrOrPromise:
        """What follows, told to who asks and to who is asked."""
        return {
            OpinionSilence.WAIT: _("vẫn chờ trả lời"),
            OpinionSilence.AGREE: _("coi như đồng ý"),
            OpinionSilence.CLOSE: _("không chờ nữa, giải quyết tiếp"),
        }[self]


@dataclass(frozen=True)
class SupplementRule:
    """How often, for how long, by whom (`asked_in`) and with what effect a supplement may be asked for."""

    limit: int
    answer_days: int
    after: AfterSupplement
    restart_term: Term | None = None
    asked_in: frozenset[str] = frozenset({"reception", "appraisal"})
    silence: Silence = Silence.PROPOSE


@dataclass(frozen=True)
class ResultKind:
    """A document that the procedure ends in (kết quả); one that `refuses` says no, and is nobody's certificate."""

    code: str
    name: str
    name_en: str = ""
    kind: str = ""
    refuses: bool = False
    valid: str = ""
    """How long it is valid from its signing: `P6M` (six months), `P10D`, `P5Y`; empty where the pack does not say."""

    @property
    def title(self) -> str:
        """The name in the language of the page."""
        return worded(self.name, self.name_en)

    def valid_until(self, signed_on: date) -> date | None:
        """The last day of its validity; a month or year ends on the same day of the month, or on its last."""
        if not self.valid:
            return None
        amount, unit = int(self.valid[1:-1]), self.valid[-1]
        if unit == "D":
            return signed_on + timedelta(days=amount)
        months = amount * 12 if unit == "Y" else amount
        years, month = divmod(signed_on.month - 1 + months, 12)
        year = signed_on.year + years
        return date(year, month + 1, min(signed_on.day, monthrange(year, month + 1)[1]))


REFUSAL = ResultKind(
    "tu-choi", "Văn bản từ chối giải quyết", name_en="Written refusal", refuses=True
)
"""What a refusal ends in where the procedure declares no document of its own for that."""


@dataclass(frozen=True)
class Lane:
    """Who does the steps of a lane of the workflow (làn): a role at one of the dossier's places."""

    role: str
    place: str


@dataclass(frozen=True)
class Definition:
    """The whole content of one published version."""

    code: str
    version: int
    name: str
    name_en: str
    level: str
    field: str
    term: Term
    papers: tuple[RequiredPaper, ...]
    supplement: SupplementRule
    results: tuple[ResultKind, ...]
    legal_basis: tuple[Mapping[str, Any], ...]
    fee: Mapping[str, Any]
    fees: tuple[Fee, ...]
    audience: str
    steps_in_words: tuple[tuple[str, str], ...]
    opinion_silence: OpinionSilence
    lanes: Mapping[str, Lane]
    form: Form
    workflow: Workflow

    @property
    def title(self) -> str:
        """The name in the language of the page."""
        return worded(self.name, self.name_en)

    @property
    def steps_for_citizen(self) -> list[str]:
        """What happens with an application, step by step, in the language of the page."""
        return [worded(vietnamese, english) for vietnamese, english in self.steps_in_words]

    @cached_property
    def asks_answers(self) -> bool:
        """Whether a condition of its workflow may ask for what the applicant answered."""
        flows = self.workflow.flows.values()
        return any("answers" in flow.condition for flow in flows if flow.condition is not None)

    def paper(self, code: str) -> RequiredPaper | None:
        """The paper of that code."""
        return next((paper for paper in self.papers if paper.code == code), None)

    def result(self, code: str) -> ResultKind | None:
        """The kind of result of that code."""
        return next((result for result in self.results_after(None) if result.code == code), None)

    def results_after(self, approves: bool | None) -> tuple[ResultKind, ...]:
        """What it may end in after that decision: only refusals, or none; None where nobody decides."""
        refusals = tuple(result for result in self.results if result.refuses) or (REFUSAL,)
        if approves is False:
            return refusals
        granted = tuple(result for result in self.results if not result.refuses)
        return granted if approves else (*granted, *refusals)


def read_term(content: Mapping[str, Any]) -> Term:
    """The term of a definition: `{amount, unit, same_day_cutoff: "15:00"}`."""
    cutoff = content.get("same_day_cutoff")
    return Term(
        content["amount"], Unit(content["unit"]), time.fromisoformat(cutoff) if cutoff else None
    )


def read_supplement(rule: Mapping[str, Any]) -> SupplementRule:
    """The rule on supplements of a definition."""
    return SupplementRule(
        rule["limit"],
        rule["answer_days"],
        AfterSupplement(rule["after"]),
        read_term(rule["restart_term"]) if "restart_term" in rule else None,
        frozenset(rule.get("asked_in", ("reception", "appraisal"))),
        Silence(rule.get("silence", Silence.PROPOSE)),
    )


def read_results(content: Mapping[str, Any]) -> tuple[ResultKind, ...]:
    """The results of a definition.

    A version published before `refuses` was declared named refusals by leaving out the kind that its grant has.
    """
    declared = content["results"]
    is_silent = not any("refuses" in result for result in declared)
    names_kinds = any("kind" in result for result in declared)
    return tuple(
        ResultKind(
            result["code"],
            result["name"],
            result.get("name_en", ""),
            result.get("kind", ""),
            result.get("refuses", is_silent and names_kinds and "kind" not in result),
            result.get("valid", ""),
        )
        for result in declared
    )


def read(content: Mapping[str, Any], workflow: str) -> Definition:
    """Read a checked definition; a wrong one was refused by the pack's check before it came here."""
    return Definition(
        code=content["code"],
        version=content["version"],
        name=content["name"],
        name_en=content.get("name_en", ""),
        level=content["level"],
        field=content["field"],
        term=read_term(content["term"]),
        papers=tuple(
            RequiredPaper(
                paper["code"],
                paper["name"],
                paper.get("name_en", ""),
                paper.get("required", True),
                paper.get("note", ""),
                paper.get("when", ""),
                paper.get("kind", ""),
                paper.get("note_en", ""),
            )
            for paper in content.get("papers", [])
        ),
        supplement=read_supplement(content["supplement"]),
        results=read_results(content),
        legal_basis=tuple(content["legal_basis"]),
        fee=content.get("fee", {}),
        fees=read_fees(content),
        audience=content.get("audience", "citizen"),
        steps_in_words=tuple(
            (line["vi"], line.get("en", "")) for line in content.get("steps_for_citizen", [])
        ),
        opinion_silence=OpinionSilence(content.get("opinion_silence", OpinionSilence.WAIT)),
        lanes={code: Lane(lane["role"], lane["place"]) for code, lane in content["lanes"].items()},
        form=Form(compose(content)),
        workflow=parse(workflow.encode(), acts=OUTCOMES),
    )


@lru_cache(maxsize=256)
def of_version(key: int) -> Definition:
    """The definition of a published version, by its key; published versions never change, so it is kept."""
    version = ProcedureVersion.objects.get(pk=key)
    return read(version.definition, version.workflow)
