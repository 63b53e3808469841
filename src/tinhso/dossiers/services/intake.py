"""Submit, receive, refuse."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from tinhso.accounts.actors import PartnerActor
from tinhso.agencies.queries import period_of
from tinhso.calendars.clock import day_of
from tinhso.calendars.deadlines import due
from tinhso.dossiers import definitions
from tinhso.dossiers.bringing import require_brought
from tinhso.dossiers.cases import Case
from tinhso.dossiers.errors import (
    DraftHandedIn,
    ForeignCodeKnown,
    NumberCodeMissing,
    ReasonMissing,
)
from tinhso.dossiers.judging import applicant_facts, papers_of, require_valid, without_files
from tinhso.dossiers.models import Channel, Dossier, State
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.places import Route, province_on, route
from tinhso.dossiers.plans.bringing import IN_PERSON, Bringing
from tinhso.dossiers.plans.intake import (
    Filing,
    add_number,
    plan_receive,
    plan_refuse,
    plan_submit,
)
from tinhso.dossiers.queries.procedures import Opening, channel_closed, opening
from tinhso.dossiers.rows import Insert, insert_of, one_key_of_each
from tinhso.dossiers.services.acting import finish, lock, require_state, visible
from tinhso.dossiers.services.charging import charge_received
from tinhso.dossiers.services.confirming import asked_of, seen_at_desk, uploaded_anew
from tinhso.dossiers.services.mandating import duty_of_desk
from tinhso.kernel.folding import tokens
from tinhso.kernel.identifiers import new_reference, show_number
from tinhso.kernel.permissions import require
from tinhso.parties.models import Party
from tinhso.parties.queries import visible as visible_party
from tinhso.parties.queries import with_identity
from tinhso.parties.services import register_beside
from tinhso.payments import services as payments

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, datetime

    from tinhso.accounts.sendings import Sending
    from tinhso.agencies.models import AgencyPeriod
    from tinhso.dossiers.definitions import Definition
    from tinhso.dossiers.plans.confirming import AskedAnyway
    from tinhso.forms.answers import Answers
    from tinhso.kernel.actors import Actor

OWN_CHANNELS = frozenset({Channel.PORTAL, Channel.NATIONAL})
"""Where the applicant files for themselves; every other channel is somebody acting for them."""
DECLARED_ELSEWHERE = OWN_CHANNELS | {Channel.API}
"""Where no desk of ours saw the applicant: they are known as declared, at no agency."""


@dataclass(frozen=True)
class Application:
    """What somebody hands in.

    `procedure` is its code, `answers` the whole form with the applicant's step and the papers, `agency` the commune
    named by the applicant or the desk where they stand (an agency key), `party` the uuid of a known applicant whom
    the desk has matched, `key` the uuid that the dossier shall have (that of its draft), `sending` the key under which
    a partner system may send it again, `bringing` how it came to which desk, `anyway` why the desk wants a paper that
    the platform holds.
    """

    procedure: str
    channel: Channel
    answers: Answers
    agency: int | None = None
    party: UUID | None = None
    foreign_code: str | None = None
    key: UUID | None = None
    sending: Sending | None = None
    bringing: Bringing = IN_PERSON
    anyway: str = ""


def right_to_file(channel: Channel, actor: Actor) -> DossierPermission | None:
    """The right that filing by a channel takes at the receiving desk; None for the applicants themselves.

    A partner system speaks for the national portal only with a right of its own, never because it says so.
    """
    if channel is Channel.NATIONAL and isinstance(actor, PartnerActor):
        return DossierPermission.RELAY_NATIONAL
    return None if channel in OWN_CHANNELS else DossierPermission.SUBMIT_FOR


@transaction.atomic
def submit(application: Application, *, actor: Actor, at: datetime) -> Dossier:
    """Hand in a dossier (nộp hồ sơ); it gets its reference and waits at the receiving desk."""
    day = day_of(at)
    found = opening(application.procedure, application.channel, day, agency=application.agency)
    if not found.is_open:
        raise channel_closed(application.channel, day)
    definition = definitions.of_version(found.version)
    places = _places(application, definition, found, day)
    _require_filer(application, places, actor=actor, at=at)
    _require_new(application, definition, on=day)
    values = application.answers.values
    uuid = application.key or uuid4()
    papers = papers_of(definition, values, dossier=uuid)
    key, party_key = one_key_of_each(Dossier, Party)
    party, beside = _applicant(application, places.receiving, party_key, actor=actor, at=at)
    asked = _asked(application, definition, party, papers, on=day)
    filing = Filing(
        id=key,
        uuid=uuid,
        reference=new_reference(),
        procedure=found.version,
        channel=application.channel.value,
        applicant=party.pk,
        receiving=places.receiving,
        competent=places.competent,
        returning=places.returning,
        helping=application.bringing.helping or places.helping,
        answers=without_files(values),
        papers=papers,
        bringing=_held_to_duty(application, day),
        foreign_code=application.foreign_code,
        authority="national" if application.foreign_code else "province",
        words=search_words(definition, party),
        keys=search_keys(party),
        sending=application.sending,
        asked=asked,
    )
    case = Case(definition)
    rows = plan_submit(case, filing, actor=actor.key, at=at)
    rows.inserts += beside
    with _foreign_code_once(application):
        return finish(case, rows, actor=actor, at=at, agency=places.receiving)


def _require_new(application: Application, definition: Definition, *, on: date) -> None:
    """Sound answers that did not become a dossier before."""
    if application.key and Dossier.objects.filter(uuid=application.key).exists():
        raise DraftHandedIn
    require_valid(definition, application.answers, on=on)


def _asked(
    application: Application,
    definition: Definition,
    party: Party,
    papers: Sequence[tuple[str, int]],
    *,
    on: date,
) -> list[AskedAnyway]:
    """What the desk took from somebody it knows although the platform holds it; applicants may bring anything."""
    if application.party is None:
        return []
    codes = uploaded_anew(papers)
    return asked_of(definition, party.pk, codes, anyway=application.anyway, on=on)


def _require_filer(application: Application, places: Route, *, actor: Actor, at: datetime) -> None:
    """The right that the channel takes at the desk, and what it needs to be known of how it came."""
    right = right_to_file(application.channel, actor)
    if right is not None:
        require(actor, right, agency=places.receiving, at=at)
    require_brought(application.channel, application.bringing, at=at)


def _held_to_duty(application: Application, day: date) -> Bringing:
    """How it came, with the duty to file on line from which it was excepted."""
    brought = application.bringing
    duty = duty_of_desk(application.procedure, application.channel, brought.on_paper, day=day)
    if duty is None or brought.on_paper is None:
        return replace(brought, on_paper=None)
    return replace(brought, on_paper=replace(brought.on_paper, duty=duty.pk))


def _places(application: Application, definition: Definition, found: Opening, day: date) -> Route:
    """Where it goes: what was read already answers for a commune that was named itself."""
    if definition.level == "commune" and found.commune is not None:
        own = found.desk or found.commune
        natural = Route(receiving=own, competent=found.commune, returning=own)
    else:
        named = application.agency or application.bringing.desk
        natural = route(definition, day, agency=named)
    return natural.at_desk(application.bringing.desk, day)


@contextmanager
def _foreign_code_once(application: Application) -> Iterator[None]:
    """The table itself refuses a code that was handed over before, also by two at the same moment."""
    try:
        yield
    except IntegrityError as error:
        if "foreign_code_once" in str(error):
            raise ForeignCodeKnown(code=application.foreign_code) from None
        raise


def _applicant(
    application: Application, desk: int, key: int, *, actor: Actor, at: datetime
) -> tuple[Party, list[Insert]]:
    """The account's own party; else the one that the desk has matched; else a new one, as declared, with its rows.

    A number that somebody typed never joins them to a party that exists.
    """
    if actor.party is not None:
        return Party.objects.get(pk=actor.party), []
    if application.party is not None:
        return _known(application, actor=actor, at=at), []
    agency = None if application.channel in DECLARED_ELSEWHERE else desk
    facts = applicant_facts(application.answers.values)
    made = register_beside(facts, actor=actor, at=at, agency=agency, pk=key)
    return made.party, [insert_of(row) for row in (made.party, *made.keys)]


def _known(application: Application, *, actor: Actor, at: datetime) -> Party:
    """The party that the desk matched: one that it may see, or a confirmed one with the very number that was typed."""
    key = application.party or UUID(int=0)
    facts = applicant_facts(application.answers.values)
    matched = with_identity(facts).filter(is_verified=True, uuid=key).first()
    return matched or visible_party(key, actor=actor, at=at)


def search_words(definition: Definition, party: Party) -> list[str]:
    """The folded words by which the dossier is found."""
    return tokens(f"{definition.name} {definition.code} {party.name}")


def search_keys(party: Party) -> list[str]:
    """The whole codes by which the dossier is found: ID or tax code, phone."""
    return [value for value in (party.personal_id, party.tax_code, party.phone) if value]


@transaction.atomic
def receive(
    key: UUID,
    *,
    actor: Actor,
    at: datetime,
    seen: Mapping[str, str] | None = None,
    expected_version: int | None = None,
) -> Dossier:
    """Receive a complete dossier (tiếp nhận): it gets its number and its appointed time.

    `seen` says as what each paper was seen, by its code; refuses with `PapersUnconfirmed` what the desk left out.
    """
    dossier = visible(key, actor=actor, at=at)
    desk = dossier.receiving_agency_id
    require(actor, DossierPermission.RECEIVE, agency=desk, at=at)
    case = lock(dossier, at=at, expected_version=expected_version)
    require_state(case, {State.SUBMITTED}, _("tiếp nhận"))

    confirmed = seen_at_desk(case, seen or {})
    appointed = due(case.working, at, case.definition.term)
    rows = plan_receive(case, due=appointed, actor=actor.key, at=at, seen=confirmed)
    add_number(case, rows, _next_number(desk, day_of(at)))
    received = finish(case, rows, actor=actor, at=at, agency=desk)
    charge_received(case, received, actor=actor, at=at)
    return received


def _next_number(agency: int, day: date) -> str:
    """The next official number of an agency that day; the counter row stays locked until the act commits."""
    series = number_series(agency, day)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO dossiers_numbercounter (agency_id, day, last) VALUES (%s, %s, 1)"
            " ON CONFLICT (agency_id, day) DO UPDATE SET last = dossiers_numbercounter.last + 1"
            " RETURNING last",
            [series.agency_id, day],
        )
        (last,) = cursor.fetchone()
    return show_number(series.agency_code, day, last)


def number_series(agency: int, day: date) -> AgencyPeriod:
    """Whose code stands in official numbers and whose counter gives them: the agency's own, else the province's.

    Agencies without a code share the province's counter, else two would give the same number. Refuses with
    `NumberCodeMissing` when neither has one.
    """
    for unit in (agency, province_on(day).pk):
        period = period_of(unit, day)
        if period is not None and period.agency_code:
            return period
    raise NumberCodeMissing


@transaction.atomic
def refuse(
    key: UUID, *, actor: Actor, reason: str, at: datetime, expected_version: int | None = None
) -> Dossier:
    """Refuse receipt (từ chối tiếp nhận), with the reason."""
    dossier = visible(key, actor=actor, at=at)
    desk = dossier.receiving_agency_id
    require(actor, DossierPermission.REFUSE, agency=desk, at=at)
    if not reason.strip():
        raise ReasonMissing
    case = lock(dossier, at=at, expected_version=expected_version)
    require_state(case, {State.SUBMITTED}, _("từ chối tiếp nhận"))

    rows = plan_refuse(case, reason=reason.strip(), actor=actor.key, at=at)
    payments.withdraw_unpaid(dossier.uuid, reason=reason.strip(), actor=actor, at=at)
    return finish(case, rows, actor=actor, at=at, agency=desk)
