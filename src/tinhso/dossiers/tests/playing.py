"""Plays: what can happen to dossiers, chosen by numbers, done by the services or by the plans into a ledger."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import AutoField

from tinhso.calendars.clock import day_of
from tinhso.calendars.deadlines import Term, Unit, due
from tinhso.calendars.queries import working_calendar
from tinhso.dossiers import services
from tinhso.dossiers.bulk import IN_ORDER, Ledger
from tinhso.dossiers.cases import Case
from tinhso.dossiers.judging import papers_of, without_files
from tinhso.dossiers.models import Alarm, Channel, Dossier, NumberCounter, State, SupplementRequest
from tinhso.dossiers.places import places_of
from tinhso.dossiers.plans import guiding, intake, supplementing, transferring, voicing, working
from tinhso.dossiers.plans.working import ResultDocument
from tinhso.dossiers.queries.deciding import awaited_opinions
from tinhso.dossiers.rights import RIGHT_AT
from tinhso.dossiers.services.acting import lock
from tinhso.dossiers.services.intake import number_series, search_keys, search_words
from tinhso.dossiers.tests import interruptions
from tinhso.dossiers.tests.deeds import Deed
from tinhso.dossiers.tests.factories import AT, SYSTEM, answers, application, definition_of
from tinhso.events.models import Event
from tinhso.kernel.identifiers import show_number
from tinhso.parties.models import Party

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from django.db.models import Model

    from tinhso.dossiers.rows import Rows
    from tinhso.dossiers.tests.factories import Desk
    from tinhso.forms.answers import Answers
    from tinhso.kernel.actors import Actor

OPINION_TERM = Term(5, Unit.WORKING_DAYS)
KNOWINGLY = {
    "ask_opinion": {"again": True},
    "forward": {"unheard": True},
    "decide": {"unheard": True},
}
"""What the services ask for while an opinion is awaited; plans judge nothing."""


@dataclass
class Play:
    """The deeds of some dossiers, as they were done by the services."""

    desk: Desk
    applicant: Actor
    deeds: list[Deed] = field(default_factory=list)
    dossiers: dict[UUID, Dossier] = field(default_factory=dict)
    begun: dict[UUID, Dossier] = field(default_factory=dict)
    handed_in: dict[UUID, Answers] = field(default_factory=dict)
    codes: dict[UUID, str] = field(default_factory=dict)

    def prepare(self, codes: Sequence[str]) -> None:
        """Fill in one application of each procedure, with its papers."""
        for code in codes:
            key = uuid4()
            self.handed_in[key] = answers(code, dossier=key)
            self.codes[key] = code

    def open(self) -> None:
        """Hand in every application."""
        for key, code in self.codes.items():
            self.do(Deed("submit", key, self.applicant, AT, facts={"code": code}))

    def go_on(
        self, choices: Sequence[tuple[int, int, int]], after: Callable[[Dossier], None]
    ) -> None:
        """Choose a dossier, some hours of waiting, and something that can happen to it; again and again."""
        at = AT
        keys = list(self.dossiers)
        for which, hours, what in choices:
            at += timedelta(hours=hours, minutes=1)
            key = keys[which % len(keys)]
            possible = self.possible(key, at)
            if possible:
                self.do(possible[what % len(possible)])
                after(self.dossiers[key])

    def do(self, deed: Deed) -> None:
        """Through the services."""
        by: dict[str, Any] = {"actor": deed.actor, "at": deed.at}
        if deed.name == "submit":
            code = deed.facts["code"]
            done = self.begun[deed.key] = services.submit(self.filled(deed.key, code), **by)
        elif deed.name == "fire_timer":
            assert services.fire_timer(deed.facts["alarm"], **by)
            done = Dossier.objects.get(uuid=deed.key)
        elif deed.name in {"supplement", "correct"}:
            done = getattr(services, deed.name)(
                deed.key, answers=self.handed_in[deed.key], channel=Channel.NATIONAL, **by
            )
        else:
            facts = dict(deed.facts)
            if "unheard" in KNOWINGLY.get(deed.name, {}):  # plans are told who was not awaited
                awaited = awaited_opinions(self.dossiers[deed.key].pk, at=deed.at)
                deed.facts["unheard"] = sorted({one.agency for one in awaited})
            document = facts.pop("document", None)
            keys = [key for key in (deed.key, deed.step, document) if key is not None]
            done = getattr(services, deed.name)(
                *keys, **facts, **KNOWINGLY.get(deed.name, {}), **by
            )
        self.dossiers[deed.key] = done
        self.deeds.append(deed)

    def filled(self, key: UUID, code: str) -> Any:
        """The application of a dossier that shall have this key."""
        from dataclasses import replace  # noqa: PLC0415

        given = application(code, agency=self.desk.commune)
        return replace(given, key=key, answers=self.handed_in[key])

    def possible(self, key: UUID, at: datetime) -> list[Deed]:
        """Everything that the rules allow now."""
        case = lock(self.dossiers[key], at=at, expected_version=None)
        found = [
            Deed("fire_timer", key, SYSTEM, at, facts={"alarm": alarm})
            for alarm, row in case.rows(Alarm).items()
            if row["fires_at"] <= at and not case.is_stopped
        ]
        found += self._on_dossier(case, at)
        found += interruptions.possible(case, self.applicant, at)
        for step in case.open_steps():
            found += self._on_step(case, step, at)
        return found

    def _on_dossier(self, case: Case, at: datetime) -> list[Deed]:
        if case.state is State.AWAITING_SUPPLEMENT:
            return [Deed("supplement", case.uuid, self.applicant, at)]
        found = []
        if case.state is State.SUBMITTED:
            found.append(Deed("receive", case.uuid, SYSTEM, at))
            found.append(Deed("refuse", case.uuid, SYSTEM, at, facts={"reason": "Sai thẩm quyền"}))
        is_open = case.state in {State.SUBMITTED, State.IN_PROCESS} and not case.is_decided
        if is_open and not case.rows(SupplementRequest):
            facts: dict[str, Any] = {"items": ["Bản vẽ", "Đơn"], "reason": "Thiếu"}
            found.append(Deed("request_supplement", case.uuid, SYSTEM, at, facts=facts))
        is_elsewhere = case.dossier["competent_agency_id"] != self.desk.health.pk
        if case.state is State.IN_PROCESS and is_open and is_elsewhere:
            facts = {
                "agency": self.desk.health.pk,
                "question": f"Đồng ý bản {case.dossier['version']} không?",
                "term": OPINION_TERM,
            }
            found.append(Deed("ask_opinion", case.uuid, SYSTEM, at, facts=facts))
        return found

    def _on_step(self, case: Case, step: dict[str, Any], at: datetime) -> list[Deed]:
        here = (case.uuid, SYSTEM, at, step["id"])
        officer = self._officers().get(step["agency_id"])
        found = [Deed("assign", *here, facts={"person": None})]
        right = RIGHT_AT[step["act"]]
        is_theirs = officer is not None and step["person_id"] in {None, officer.user}
        if officer and is_theirs and officer.holds(right, agency=step["agency_id"], at=at):
            found.append(Deed("take", case.uuid, officer, at, step["id"]))
        is_beside = step["node"] == "opinion"
        if step["act"] in {"receive", "answer_transfer", "answer_complaint"} or (
            case.is_stopped and not is_beside
        ):
            return found
        ways: dict[str, list[tuple[str, dict[str, Any]]]] = {
            "forward": [
                ("forward", {"outcome": "agree", "note": "Đủ"}),
                ("forward", {"outcome": "propose_rejection"}),
            ],
            "give_opinion": [
                ("give_opinion", {"agrees": True, "content": "Đồng ý"}),
                ("give_opinion", {"agrees": False, "content": "Không"}),
            ],
            "decide": [
                ("decide", {"approves": True}),
                ("decide", {"approves": False, "reason": "Không đủ"}),
            ],
            "attach_result": [("attach_result", {"document": document(case, at)})],
            "hand_over": [("hand_over", {"way": "counter", "receiver": "Lan"})],
        }
        found += [Deed(name, *here, facts=facts) for name, facts in ways[step["act"]]]
        if case.state is State.IN_PROCESS and not is_beside:
            found += [
                Deed("send_back", *here, facts={"to": node, "note": "Xem lại"})
                for node in sorted(_visited(case, step))
            ]
        return found

    def _officers(self) -> dict[int, Any]:
        desk = self.desk
        return {
            desk.commune.pk: desk.specialist,
            desk.construction.pk: desk.builder,
            desk.land.pk: desk.land_officer,
            desk.health.pk: desk.outsider,
        }


def _visited(case: Case, step: dict[str, Any]) -> set[str]:
    return {
        row["node"]
        for row in case.current_steps()
        if row["token"] and row["branch"] == step["branch"] and row["node"] != step["node"]
    }


def document(case: Case, at: datetime) -> ResultDocument:
    """A result of the first kind that the decision leaves."""
    kind = case.definition.results_after(case.approves)[0]
    return ResultDocument(kind.code, kind.name, "12/GP", "Hoa, Giám đốc", at.date())


@dataclass
class Replay:
    """The same deeds by the plans alone; the tables see nothing before the ledger is published."""

    play: Play
    ledger: Ledger = field(default_factory=Ledger)
    cases: dict[UUID, Case] = field(default_factory=dict)

    def run(self) -> Ledger:
        """Every deed in its order."""
        for deed in self.play.deeds:
            rows, agency = self.submit(deed) if deed.name == "submit" else self.act(deed)
            case = self.cases[deed.key]
            self.ledger.take(case, rows, actor=deed.actor, at=deed.at, agency=agency)
        self.ledger.cases = list(self.cases.values())
        return self.ledger

    def submit(self, deed: Deed) -> tuple[Rows, int]:
        """The same dossier: key, number in the table and reference as the services gave them."""
        dossier = self.play.begun[deed.key]  # where it was before it was transferred
        definition = definition_of(deed.facts["code"])
        party = Party.objects.get(pk=dossier.applicant_id or 0)
        values = self.play.handed_in[deed.key].values
        case = Case(definition, working_calendar())
        case.places = places_of(dossier, definition, day_of(deed.at))
        self.cases[deed.key] = case
        filing = intake.Filing(
            id=dossier.pk,
            uuid=dossier.uuid,
            reference=dossier.reference or "",
            procedure=dossier.procedure_id,
            channel=dossier.channel,
            applicant=party.pk,
            receiving=dossier.receiving_agency_id,
            competent=dossier.competent_agency_id,
            returning=dossier.returning_agency_id,
            answers=without_files(values),
            papers=papers_of(definition, values, dossier=dossier.uuid),
            words=search_words(definition, party),
            keys=search_keys(party),
        )
        rows = intake.plan_submit(case, filing, actor=deed.actor.key, at=deed.at)
        return rows, filing.receiving

    def act(self, deed: Deed) -> tuple[Rows, int]:
        """The rows of a later act, and the agency of its event."""
        case = self.cases[deed.key]
        columns = case.dossier
        place = columns["competent_agency_id" if columns["received_at"] else "receiving_agency_id"]
        by: dict[str, Any] = {"actor": deed.actor.key, "at": deed.at}
        if deed.name == "receive":
            day = day_of(deed.at)
            appointed = due(case.working, deed.at, case.definition.term)
            rows = intake.plan_receive(case, due=appointed, **by)
            series = number_series(place, day)
            sequence = self.ledger.next_number(series.agency_id, day)
            intake.add_number(case, rows, show_number(series.agency_code, day, sequence))
        elif deed.name in interruptions.PLANS:
            return interruptions.PLANS[deed.name](case, deed.facts, by), self._place(case, deed)
        elif deed.name == "refuse":
            rows = intake.plan_refuse(case, **deed.facts, **by)
        elif deed.name == "request_supplement":
            until = day_of(deed.at) + timedelta(days=case.definition.supplement.answer_days)
            rows = supplementing.plan_request_supplement(case, answer_by=until, **deed.facts, **by)
        elif deed.name == "supplement":
            values = self.play.handed_in[deed.key].values
            papers = papers_of(case.definition, values, dossier=deed.key)
            rows = supplementing.plan_supplement(
                case, answers=without_files(values), papers=papers, channel="national", **by
            )
        elif deed.name == "ask_opinion":
            facts = dict(deed.facts)
            until_at = due(case.working, deed.at, facts.pop("term")).at
            rows = working.plan_ask_opinion(case, due_at=until_at, **facts, **by)
        elif deed.name == "fire_timer":
            rows = working.plan_fire_timer(case, deed.facts["alarm"], **by)
        elif deed.name in {"correct", "answer_transfer", "answer_complaint"}:
            return self.interrupted(case, deed)
        else:
            return self.at_step(case, deed)
        return rows, place

    @staticmethod
    def _place(case: Case, deed: Deed) -> int:
        """Where the event of an interruption lies: at the desk, or at the competent agency."""
        voice = deed.name in {"complain", "rate"}
        early = case.dossier["received_at"] is None and not voice
        at_desk = deed.name in interruptions.AT_DESK or early
        place: int = case.dossier["receiving_agency_id" if at_desk else "competent_agency_id"]
        return place

    def interrupted(self, case: Case, deed: Deed) -> tuple[Rows, int]:
        """A correction before receipt, or the answer of an agency that was asked to take the dossier over."""
        by: dict[str, Any] = {"actor": deed.actor.key, "at": deed.at}
        if deed.name == "correct":
            values = self.play.handed_in[deed.key].values
            papers = papers_of(case.definition, values, dossier=deed.key)
            given: dict[str, Any] = {
                "answers": without_files(values),
                "papers": papers,
                "channel": "national",
            }
            return guiding.plan_correct(case, **given, **by), self._place(case, deed)
        assert deed.step is not None
        place = case.step(deed.step)["agency_id"]
        if deed.name == "answer_complaint":
            return voicing.plan_answer_complaint(case, deed.step, **deed.facts, **by), place
        because = interruptions.asked_because(case, deed.step)
        rows = transferring.plan_answer_transfer(
            case, deed.step, because=because, **{"reason": "", **deed.facts}, **by
        )
        return rows, place

    def at_step(self, case: Case, deed: Deed) -> tuple[Rows, int]:
        """An act at a step, whose agency is the event's."""
        assert deed.step is not None
        place = case.step(deed.step)["agency_id"]
        by: dict[str, Any] = {"actor": deed.actor.key, "at": deed.at}
        facts = dict(deed.facts)
        if deed.name == "assign":
            rows = working.plan_assign(case, deed.step, person=None, person_key="", **by)
        elif deed.name == "take":
            person: dict[str, Any] = {
                "person": getattr(deed.actor, "user", None),
                "person_key": deed.actor.key,
            }
            rows = working.plan_assign(case, deed.step, taken=True, **person, **by)
        elif deed.name == "attach_result":
            rows = working.plan_attach_result(case, deed.step, facts["document"], **by)
        else:
            given = {"forward": {"note": ""}, "decide": {"reason": ""}}.get(deed.name, {})
            rows = getattr(working, f"plan_{deed.name}")(case, deed.step, **given | facts, **by)
        return rows, place


@contextmanager
def undone() -> Iterator[None]:
    """What happens within is checked as a commit would, and then has not happened."""
    with transaction.atomic():
        yield
        connection.check_constraints()
        transaction.set_rollback(True)


def tables() -> dict[str, list[str]]:
    """Every row of every table that plans write, and the counters, without keys that a table gives.

    In one question, because a refusal is proved by asking twice.
    """
    every: tuple[type[Model], ...] = (*IN_ORDER, NumberCounter)
    rows: dict[str, list[str]] = {model.__name__: [] for model in every}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(_rows(model) for model in every))
        for name, row in cursor.fetchall():
            rows[name].append(row)
    return {name: sorted(found) for name, found in rows.items()}


def _rows(model: type[Model]) -> str:
    key = model._meta.pk
    given = model is not Dossier and isinstance(key, AutoField)
    row = f"to_jsonb(t) - '{key.column}'" if given else "to_jsonb(t)"
    return f"SELECT '{model.__name__}', ({row})::text FROM {model._meta.db_table} t"  # noqa: S608


def log() -> list[dict[str, Any]]:
    """The events of dossiers in the order of their time."""
    events = Event.objects.filter(kind__startswith="dossiers.").order_by("at", "id")
    return [
        dict(row) for row in events.values("kind", "payload", "agency", "at", "subject", "actor")
    ]
