"""A province's dossiers by the million, written by COPY: five departments, fifty officers, one stand-in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import psycopg
from django.conf import settings
from django.contrib.auth import get_user_model
from psycopg import sql

from tinhso.accounts.models import Grant, Role, StandIn, User
from tinhso.agencies.models import AgencyKind, Level
from tinhso.agencies.services import establish
from tinhso.calendars.clock import day_of, now
from tinhso.dossiers.definitions import of_version
from tinhso.dossiers.finding import found_under
from tinhso.dossiers.models import ProcedureVersion, WorkItem
from tinhso.kernel.actors import SystemActor
from tinhso.kernel.folding import sort_key, tokens
from tinhso.kernel.identifiers import CROCKFORD, check_character
from tinhso.packs import services as packs
from tinhso.packs.loading import load

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

ACTOR = SystemActor("bench")
FIRST = 1_000_000
"""The key of the first dossier and of the first party."""
EVERY = 50
"""One in so many dossiers is open."""
A_DAY = 1000
CHANNELS = ("counter", "national", "post")
AGENCIES = 5
GIVEN = ("Lan", "Hùng", "Minh", "Hoa", "Nam", "Tú", "Hải", "Hà", "Sơn", "Bình", "Thanh", "An")
STEPS = (
    ("receive", "receipt", "Tiếp nhận hồ sơ", "submitted"),
    *(("forward", "tham_dinh", "Thẩm định hồ sơ", "in_process"),) * 12,
    *(("decide", "ky_duyet", "Ký duyệt", "in_process"),) * 3,
    ("attach_result", "ket_qua", "Nhập kết quả", "in_process"),
    *(("hand_over", "tra_ket_qua", "Trả kết quả", "decided"),) * 3,
)
OPINION = ("give_opinion", "opinion", "Cho ý kiến", "in_process")
OPINION_EVERY = 400
"""Of so many open pieces of work one is an opinion: fifty among twenty thousand."""
BULK = (
    "parties_party",
    "dossiers_dossier",
    "dossiers_dossiersearch",
    "dossiers_dossierkey",
    "dossiers_step",
    "dossiers_workitem",
)


@dataclass(frozen=True)
class Office:
    """Who looks, who holds work, where, under which procedures, and when everything happens."""

    looks: User
    officers: list[int]
    agencies: list[int]
    procedures: list[tuple[int, str]]
    at: datetime


def office(superuser: str) -> Office:
    """A province with five departments, and a head who leads four of them and stands in at the fifth."""
    at = now()
    _agency(settings.PROVINCE_KEY, AgencyKind.PROVINCE, "Tỉnh Thử nghiệm", "H99", at)
    packs.apply(load(Path(settings.PROJECT) / "packs"), actor=ACTOR, at=at)
    agencies = [
        _agency(
            f"so-{number}", AgencyKind.DEPARTMENT, f"Sở thử số {number}", f"H99.{number:02d}", at
        )
        for number in range(1, AGENCIES + 1)
    ]
    head, absent = _user("Lan", at), _user("Hoa", at)
    for user, places in ((head, agencies[:-1]), (absent, agencies[-1:])):
        for agency in places:
            _grant(user, "agency-leader", agency, at)
    StandIn.objects.create(
        absent=absent, substitute=head, since=day_of(at), reason="bench", at=at, actor=ACTOR.key
    )
    officers = [_user(f"Nam {number}", at) for number in range(50)]
    for number, officer in enumerate(officers):
        _grant(officer, "specialist", agencies[number % AGENCIES], at)
    versions = ProcedureVersion.objects.select_related("procedure").order_by("pk")
    procedures = [
        (row.pk, f"{row.procedure.name} {row.procedure.code}")
        for row in versions
        if all(":" not in lane.place for lane in of_version(row.pk).lanes.values())
    ]  # those that ask no agency of another field, which this province has not
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET maintenance_work_mem = '256MB'")
        connection.execute("SELECT pg_reload_conf()")
    return Office(head, [user.pk for user in officers], agencies, procedures, at)


def _agency(key: str, kind: AgencyKind, name: str, code: str, at: datetime) -> int:
    facts = {"name": name, "level": Level.PROVINCE, "agency_code": code}
    if kind is not AgencyKind.PROVINCE:
        facts["parent"] = settings.PROVINCE_KEY
    return establish(key=key, kind=kind, facts=facts, since=None, actor=ACTOR, at=at).pk


def _user(name: str, at: datetime) -> User:
    address = f"{'-'.join(tokens(name))}@example.vn"
    made: User = get_user_model().objects.create(
        email=address, name=name, kind=User.Kind.OFFICER, sort_key=sort_key(name),
        words=tokens(name), created_at=at,
    )  # fmt: skip
    return made


def _grant(user: User, role: str, agency: int, at: datetime) -> None:
    Grant.objects.create(
        user=user, role=Role.objects.get(code=role), agency_id=agency, since=day_of(at),
        reason="bench", at=at, actor=ACTOR.key,
    )  # fmt: skip


def open_items() -> int:
    """How much open work there is."""
    return WorkItem.objects.count()


def fill(superuser: str, office: Office, *, first: int, last: int) -> None:
    """Write the dossiers of these numbers with their people, words, codes and steps; indexes are made anew after it."""
    with psycopg.connect(superuser) as connection:
        connection.execute(
            "SET session_replication_role = replica"
        )  # keys are right by the way they are made
        indexes = _without_indexes(connection) if last - first > FEW_ENOUGH else []
        _copy(connection, "parties_party", PARTY, _parties(office, first, last))
        _copy(connection, "dossiers_dossier", DOSSIER, _dossiers(office, first, last))
        _copy(connection, "dossiers_dossiersearch", SEARCH, _search(office, first, last))
        _copy(connection, "dossiers_dossierkey", KEY, _keys(office, first, last))
        _copy(connection, "dossiers_step", STEP, _steps(office, first, last))
        _copy(connection, "dossiers_workitem", ITEM, _items(office, first, last))
        for definition in indexes:
            connection.execute(definition)
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute("VACUUM (ANALYZE)")


FEW_ENOUGH = 20_000
PARTY = "id uuid kind name sort_key words personal_id tax_code phone email address is_verified registered_at"
DOSSIER = (
    "id uuid reference number procedure_id channel state version applicant_id receiving_agency_id competent_agency_id"
    " returning_agency_id authority submitted_at received_at due_at"
)
SEARCH = "dossier_id words"
KEY = "dossier_id value"
STEP = (
    "id dossier_id ordinal node branch name act role agency_id person_id opened_at closed_at note"
)
ITEM = (
    "step_id dossier_id procedure_id agency_id role person_id node act since due_at near_at is_paused words"
    " channel submitted_at"
)


@dataclass(frozen=True)
class Made:
    """One dossier as its number makes it; `work` is None when it is done with."""

    key: int
    party: int
    agency: int
    procedure: int
    reference: str
    number: str | None
    received: str | None
    due: datetime | None
    state: str
    work: tuple[str, str, str, str] | None
    person: int | None
    is_paused: bool


def _made(office: Office, number: int) -> Made:
    agency = office.agencies[number // EVERY % AGENCIES]
    day = office.at - timedelta(days=1 + number // A_DAY % 1000)
    turn = number // EVERY if number % EVERY == 0 else -1
    work = (
        None if turn < 0 else OPINION if turn % OPINION_EVERY == 1 else STEPS[turn * 7 % len(STEPS)]
    )
    is_new = work is not None and work[0] == "receive"
    sequence = number // (EVERY * AGENCIES) % 4 * EVERY + number % EVERY + 1
    due = (
        office.at + timedelta(hours=turn * 37 % 600 - 120) if turn >= 0 else day + timedelta(days=9)
    )
    is_paused = turn % 20 == 3 and not is_new  # noqa: PLR2004
    return Made(
        key=FIRST + number,
        party=FIRST + number // 4,
        agency=agency,
        procedure=number % len(office.procedures),
        reference=_reference(number),
        number=None if is_new else f"H99.{agency:02d}-{day:%y%m%d}-{sequence:04d}",
        received=None if is_new else day.isoformat(),
        due=None if is_new else due,
        state="awaiting_supplement" if is_paused else work[3] if work else "handed_over",
        work=work,
        person=office.officers[turn % 50] if turn >= 0 and turn % 5 < 3 and not is_new else None,  # noqa: PLR2004
        is_paused=is_paused,
    )


def _reference(number: int) -> str:
    body, left = "", number * 7919 + 31**8
    for _ in range(9):
        left, digit = divmod(left, len(CROCKFORD))
        body += CROCKFORD[digit]
    return body + check_character(body)


def _name(party: int) -> str:
    """Three given names, the first of which two in five bear, as a family name would be."""
    first = GIVEN[0] if party % 5 < 2 else GIVEN[party % len(GIVEN)]  # noqa: PLR2004
    return f"{first} {GIVEN[party * 5 % 143 % 12]} {GIVEN[party // 12 % len(GIVEN)]} {_tail(party)}"


def _tail(party: int) -> str:
    """A rare word of consonants, so that one person can be looked for."""
    letters = "bcdghklmnpqrstvx"
    return "".join(letters[party // 16**place % 16] for place in range(5))


def _personal_id(party: int) -> str:
    return f"0001{party % 10**8:08d}"


def _phone(party: int) -> str:
    return f"0000{party % 10**6:06d}"


def _words(office: Office, made: Made) -> list[str]:
    return tokens(f"{office.procedures[made.procedure][1]} {_name(made.party)}")


def _codes(made: Made) -> list[str]:
    codes = [made.reference, _personal_id(made.party), _phone(made.party)]
    return [*codes, made.number] if made.number else codes


def _parties(office: Office, first: int, last: int) -> Iterator[tuple[Any, ...]]:
    at = office.at.isoformat()
    for number in range(first + -first % 4, last, 4):
        party = FIRST + number // 4
        name = _name(party)
        yield (
            party, UUID(int=party).hex, "citizen", name, name, _vector(tokens(name)),
            _personal_id(party), "", _phone(party), "", "Thôn Một, xã Thử", "f", at,
        )  # fmt: skip


def _dossiers(office: Office, first: int, last: int) -> Iterator[tuple[Any, ...]]:
    for number in range(first, last):
        made = _made(office, number)
        yield (
            made.key, UUID(int=made.key).hex, made.reference, made.number,
            office.procedures[made.procedure][0], CHANNELS[number % 3],
            made.state, 1, made.party, made.agency, made.agency, made.agency, "province",
            made.received or office.at.isoformat(), made.received,
            made.due.isoformat() if made.due else None,
        )  # fmt: skip


def _search(office: Office, first: int, last: int) -> Iterator[tuple[Any, ...]]:
    for number in range(first, last):
        made = _made(office, number)
        yield made.key, _vector(_words(office, made))


def _keys(office: Office, first: int, last: int) -> Iterator[tuple[Any, ...]]:
    for number in range(first, last):
        made = _made(office, number)
        for code in _codes(made):
            yield made.key, code


def _steps(office: Office, first: int, last: int) -> Iterator[tuple[Any, ...]]:
    """The step at which it lies, or the last one it had."""
    closed = office.at.isoformat()
    for number in range(first, last):
        made = _made(office, number)
        act, node, name, _state = made.work or STEPS[-1]
        yield (
            UUID(int=made.key).hex, made.key, 1, node, "", name, act, "specialist", made.agency,
            made.person, made.received or closed, None if made.work else closed, "",
        )  # fmt: skip


def _items(office: Office, first: int, last: int) -> Iterator[tuple[Any, ...]]:
    for number in range(first + -first % EVERY, last, EVERY):
        made = _made(office, number)
        if made.work is None:
            continue
        act, node, _name, _state = made.work
        due = None if act == "hand_over" else made.due
        words = found_under(_words(office, made), _codes(made))
        yield (
            UUID(int=made.key).hex, made.key, office.procedures[made.procedure][0], made.agency,
            "specialist", made.person, node, act, made.received or office.at.isoformat(),
            due.isoformat() if due else None,
            (due - timedelta(hours=24)).isoformat() if due else None,
            "t" if made.is_paused else "f", _vector(words),
            CHANNELS[number % 3], made.received or office.at.isoformat(),
        )  # fmt: skip


def _vector(words: list[str]) -> str:
    return " ".join(f"'{word}'" for word in words)


def _copy(
    connection: psycopg.Connection[Any], table: str, columns: str, rows: Iterator[tuple[Any, ...]]
) -> None:
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns.split()))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        block: list[str] = []
        for row in rows:
            block.append("\t".join("\\N" if value is None else str(value) for value in row))
            if len(block) == A_DAY:
                copy.write("\n".join(block) + "\n")
                block.clear()
        if block:
            copy.write("\n".join(block) + "\n")


def _without_indexes(connection: psycopg.Connection[Any]) -> list[str]:
    """Drop what no constraint needs; how to make it again."""
    found = connection.execute(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i"
        " WHERE i.indrelid = ANY(%s::regclass[]) AND NOT EXISTS"
        " (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)",
        [list(BULK)],
    ).fetchall()
    for name, _definition in found:
        connection.execute(sql.SQL("DROP INDEX {}").format(sql.SQL(name)))
    return [definition for _name, definition in found]
