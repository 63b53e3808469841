"""Two pairs of hands for one story: by the services into the database, or by the plans into a ledger."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID, uuid4

from tinhso.calendars.clock import day_of
from tinhso.calendars.deadlines import due
from tinhso.dossiers import definitions, services
from tinhso.dossiers.cases import Case
from tinhso.dossiers.files import DOSSIER, RESULT
from tinhso.dossiers.forming import PAPER
from tinhso.dossiers.judging import answers_so_far
from tinhso.dossiers.models import Alarm, Channel, Dossier, State, Step
from tinhso.dossiers.plans import apologising, intake, supplementing, working
from tinhso.dossiers.queries.telling import decision_of
from tinhso.dossiers.returning import ONLINE, POST
from tinhso.dossiers.services.intake import Application, search_keys, search_words
from tinhso.files.services import Subject, store
from tinhso.kernel.compiled import Compiled
from tinhso.kernel.identifiers import new_reference, show_number
from tinhso.payments import queries as payments
from tinhso.payments.models import Method
from tinhso.payments.services import take
from tinhso.ui.printing import pdf

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, datetime

    from django.db.models import QuerySet

    from tinhso.calendars.working_time import WorkingCalendar
    from tinhso.dossiers.bulk import Ledger
    from tinhso.dossiers.definitions import Definition
    from tinhso.dossiers.plans.working import ResultDocument
    from tinhso.dossiers.rows import Rows
    from tinhso.forms.answers import Answers
    from tinhso.kernel.actors import Actor
    from tinhso.parties.models import Party


Plan = Callable[..., "Rows"]


@dataclass(frozen=True)
class Matter:
    """What a story is about: the procedure, whose it is, where it goes, what was answered."""

    definition: Definition
    procedure: int
    party: Party
    channel: Channel
    places: Mapping[str, int]
    values: Mapping[str, Any]

    def answers(self) -> dict[str, Any]:
        """The whole form: the applicant's step from the party, then the procedure's own questions."""
        party = self.party
        return {
            "applicant_kind": "citizen",
            "full_name": party.name,
            "personal_id": party.personal_id,
            "phone": party.phone,
            "address": party.address,
            **self.values,
        }


@dataclass(frozen=True)
class Waiting:
    """A step that waits: its key, node, act, role and agency, and the person (user key) who holds it."""

    key: UUID
    node: str
    act: str
    role: str
    agency: int
    person: int | None


class Hands(Protocol):
    """Whoever plays a story."""

    def submit(self, matter: Matter, *, actor: Actor, at: datetime) -> None: ...
    def act(
        self, name: str, step: UUID | None, *, actor: Actor, at: datetime, **facts: Any
    ) -> None: ...
    def waiting(self) -> list[Waiting]: ...
    def next_timer(self) -> datetime | None: ...
    def fire_timers(self, *, actor: Actor, at: datetime) -> None: ...
    def earlier_nodes(self, step: UUID) -> list[str]: ...

    def approves(self) -> bool | None: ...

    def late_by(self, at: datetime) -> tuple[int, datetime] | None: ...


def _waiting(step: Mapping[str, Any]) -> Waiting:
    return Waiting(
        step["id"], step["node"], step["act"], step["role"], step["agency_id"], step["person_id"]
    )


@dataclass
class LedgerHands:
    """By the plans: nothing touches the database until the ledger is published."""

    ledger: Ledger
    calendar: WorkingCalendar
    series: dict[int, tuple[int, str]]
    keys: Iterator[int]
    case: Case | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)

    def submit(self, matter: Matter, *, actor: Actor, at: datetime) -> None:
        case = Case(matter.definition, self.calendar, places=matter.places)
        filing = intake.Filing(
            id=next(self.keys),
            uuid=uuid4(),
            reference=new_reference(),
            procedure=matter.procedure,
            channel=matter.channel.value,
            applicant=matter.party.pk,
            receiving=matter.places["receiving"],
            competent=matter.places["competent"],
            returning=matter.places["returning"],
            answers=matter.answers(),
            words=search_words(matter.definition, matter.party),
            keys=search_keys(matter.party),
        )
        rows = intake.plan_submit(case, filing, actor=actor.key, at=at)
        self.ledger.take(case, rows, actor=actor, at=at, agency=filing.receiving)
        self.ledger.cases.append(case)
        self.case, self.answers = case, matter.answers()

    def act(
        self, name: str, step: UUID | None, *, actor: Actor, at: datetime, **facts: Any
    ) -> None:
        case = self._case()
        agency = case.step(step)["agency_id"] if step else _place(case)
        by: dict[str, Any] = {"actor": actor.key, "at": at}
        if name == "receive":
            appointed = due(self.calendar, at, case.definition.term)
            rows = intake.plan_receive(case, due=appointed, **by)
            intake.add_number(case, rows, self._number(agency, day_of(at)))
        elif name == "refuse":
            rows = intake.plan_refuse(case, **by, **facts)
        elif name == "request_supplement":
            last = day_of(at) + timedelta(days=case.definition.supplement.answer_days)
            rows = supplementing.plan_request_supplement(case, answer_by=last, **by, **facts)
        elif name == "apologise":
            rows = apologising.plan_apologise(case, **by, **facts)
        elif name == "supplement":
            rows = supplementing.plan_supplement(
                case, answers=self.answers, papers=(), **by, **facts
            )
        else:
            if facts.get("way") == ONLINE:
                facts["way"] = POST  # what goes electronically has a file, and the bulk keeps none
            rows = _at_step(case, name, step, actor=actor, at=at, facts=facts)
        self.ledger.take(case, rows, actor=actor, at=at, agency=agency)

    def waiting(self) -> list[Waiting]:
        return [_waiting(step) for step in self._case().open_steps()]

    def next_timer(self) -> datetime | None:
        alarms = self._case().rows(Alarm).values()
        return min((alarm["fires_at"] for alarm in alarms), default=None)

    def fire_timers(self, *, actor: Actor, at: datetime) -> None:
        case = self._case()
        if case.state is State.AWAITING_SUPPLEMENT:
            return
        for key, alarm in sorted(case.rows(Alarm).items(), key=lambda item: item[1]["fires_at"]):
            if alarm["fires_at"] <= at and key in case.rows(Alarm):
                rows = working.plan_fire_timer(case, key, actor=actor.key, at=alarm["fires_at"])
                agency = case.dossier["competent_agency_id"]
                self.ledger.take(case, rows, actor=actor, at=alarm["fires_at"], agency=agency)

    def earlier_nodes(self, step: UUID) -> list[str]:
        case = self._case()
        here = case.step(step)
        return [
            row["node"]
            for row in case.rows(Step).values()
            if row["token"] and row["branch"] == here["branch"] and row["node"] != here["node"]
        ]

    def approves(self) -> bool | None:
        return self._case().approves

    def late_by(self, at: datetime) -> tuple[int, datetime] | None:
        """Who settles it and the appointed time, where that is over by then and the clock runs."""
        case = self._case()
        if case.due_at is None or case.due_at >= at or case.is_stopped:
            return None
        return (_place(case), case.due_at) if case.state is State.IN_PROCESS else None

    def _case(self) -> Case:
        if self.case is None:
            raise LookupError("nothing was submitted")
        return self.case

    def _number(self, agency: int, day: date) -> str:
        counting, code = self.series[agency]
        return show_number(code, day, self.ledger.next_number(counting, day))


def _place(case: Case) -> int:
    """Before receipt the desk acts, afterwards the competent agency; as the services have it."""
    place: int = case.dossier[
        "competent_agency_id" if case.dossier["received_at"] else "receiving_agency_id"
    ]
    return place


def _at_step(
    case: Case, name: str, step: UUID | None, *, actor: Actor, at: datetime, facts: dict[str, Any]
) -> Rows:
    if name == "take":
        person = {"person": getattr(actor, "user", None), "person_key": actor.key, "taken": True}
        assign: Plan = working.plan_assign
        return assign(case, step, actor=actor.key, at=at, **person)
    document = facts.pop("document", None)
    plan: Plan = getattr(working, f"plan_{name}")
    given = (case, step) if document is None else (case, step, document)
    return plan(*given, actor=actor.key, at=at, **facts)


@cache
def sample_paper(name: str) -> bytes:
    """A paper of the demo: it says of itself that it is a sample."""
    return pdf(
        "site/province/printing/sample.typ",
        {"title": name, "body": "Giấy tờ mẫu của tỉnh mẫu, không có giá trị sử dụng."},
    )


def _open_steps(dossier: int) -> QuerySet[Step, Any]:
    rows = Step.objects.filter(dossier=dossier, closed_at=None).order_by("ordinal")
    return rows.values_list("id", "node", "act", "role", "agency_id", "person_id")


def _alarms(dossier: int) -> QuerySet[Alarm, Any]:
    return Alarm.objects.filter(dossier=dossier).values_list("id", "fires_at")


_OPEN_STEPS = Compiled(_open_steps, dossier=-1)
_ALARMS = Compiled(_alarms, dossier=-1)


@dataclass
class ServiceHands:
    """By the services, one transaction an act, as the pages do."""

    dossier: Dossier | None = None

    def submit(self, matter: Matter, *, actor: Actor, at: datetime) -> None:
        values = matter.answers()
        key = uuid4()
        for number, paper in enumerate(matter.definition.papers):
            if paper.is_required:
                stored = store(
                    BytesIO(sample_paper(paper.name)),
                    filename=f"{paper.code}.pdf",
                    actor=actor,
                    at=at,
                    purpose="paper",
                    subject=Subject(DOSSIER, key),
                )
                values[f"{PAPER}{number}"] = [{"key": str(stored.uuid), "name": stored.filename}]
        self.dossier = services.submit(
            Application(
                procedure=matter.definition.code,
                channel=matter.channel,
                answers=matter.definition.form.of_values(values),
                agency=matter.places["competent"],
                key=key,
            ),
            actor=actor,
            at=at,
        )

    def act(
        self, name: str, step: UUID | None, *, actor: Actor, at: datetime, **facts: Any
    ) -> None:
        key = self._dossier().uuid
        keys: Sequence[Any] = (
            [key] if step is None or name in {"receive", "refuse"} else [key, step]
        )
        if name == "receive":
            brought = self._dossier().papers.values_list("code", flat=True)
            facts["seen"] = dict.fromkeys(brought, "original")
        if name == "supplement":
            facts = {"answers": self.answers(), "channel": Channel(facts["channel"])}
        document: ResultDocument | None = facts.pop("document", None)
        if document is not None:
            keys = [*keys, replace(document, file=self._sample(document, actor=actor, at=at))]
        if name == "hand_over":
            self._settle(actor=actor, at=at)
        self.dossier = getattr(services, name)(*keys, actor=actor, at=at, **facts)

    def _sample(self, document: ResultDocument, *, actor: Actor, at: datetime) -> int:
        """A file for the result, rendered once for each kind."""
        stored = store(
            BytesIO(sample_paper(document.title)),
            filename=f"{document.code}.pdf",
            actor=actor,
            at=at,
            purpose="result",
            subject=Subject(RESULT, self._dossier().uuid),
        )
        return stored.pk

    def _settle(self, *, actor: Actor, at: datetime) -> None:
        """What is owed is paid in cash where the result is fetched."""
        key = self._dossier().uuid
        owed = [line.charge for line in payments.standing(key) if not line.is_settled]
        if owed:
            whole = sum(charge.amount for charge in owed)
            desk = owed[0].agency_id
            take(key, agency=desk, method=Method.CASH, expected=whole, actor=actor, at=at)

    def answers(self) -> Answers:
        """What was handed in before, with its papers, as the page of a supplement shows it."""
        dossier = self._dossier()
        return answers_so_far(dossier, definitions.of_version(dossier.procedure_id))

    def waiting(self) -> list[Waiting]:
        return [Waiting(*step) for step in _OPEN_STEPS.rows(dossier=self._dossier().pk)]

    def next_timer(self) -> datetime | None:
        alarms = _ALARMS.rows(dossier=self._dossier().pk)
        return min((fires_at for _alarm, fires_at in alarms), default=None)

    def fire_timers(self, *, actor: Actor, at: datetime) -> None:
        for alarm, fires_at in _ALARMS.rows(dossier=self._dossier().pk):
            if fires_at <= at:
                services.fire_timer(alarm, actor=actor, at=at)

    def earlier_nodes(self, step: UUID) -> list[str]:
        here = Step.objects.get(pk=step)
        earlier = Step.objects.filter(
            dossier=here.dossier_id, branch=here.branch, token__isnull=False
        )
        return list(earlier.exclude(node=here.node).values_list("node", flat=True))

    def approves(self) -> bool | None:
        decision = decision_of(self._dossier())
        return decision.approves if decision else None

    def late_by(self, at: datetime) -> tuple[int, datetime] | None:
        """Who settles it and the appointed time, where that is over by then and the clock runs."""
        dossier = self._dossier()
        if dossier.due_at is None or dossier.due_at >= at or dossier.state != State.IN_PROCESS:
            return None
        is_stopped = dossier.suspensions.filter(resumption=None).exists()
        return None if is_stopped else (dossier.competent_agency_id, dossier.due_at)

    def _dossier(self) -> Dossier:
        if self.dossier is None:
            raise LookupError("nothing was submitted")
        return self.dossier
