"""Search without accents and by number, likeness, and who sees whom."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from tests.cast import AT
from tinhso.events.models import Event
from tinhso.kernel.actors import SystemActor
from tinhso.kernel.permissions import PermissionMissing
from tinhso.parties import queries, services, visibility
from tinhso.parties.facts import PartyFacts
from tinhso.parties.models import Party
from tinhso.parties.tests.factories import make_party

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.db.models import QuerySet

    from tests.cast import Cast
    from tinhso.kernel.actors import Actor

SYSTEM = SystemActor("test")


def found(text: str, actor: Actor = SYSTEM) -> list[str]:
    return [party.name for party in queries.search(text, actor=actor, at=AT)]


@pytest.mark.django_db
def test_a_name_is_found_without_accents_by_its_beginnings() -> None:
    make_party("Hoa Đường Một")
    make_party("Một Hai Hùng")
    make_party("Công ty TNHH Trà Bồng 36")
    assert found("duong hoa") == ["Hoa Đường Một"]
    assert found("HÙNG mo") == ["Một Hai Hùng"]
    assert found("tra bong 36") == ["Công ty TNHH Trà Bồng 36"]
    assert found("hoang") == []
    assert found("") == found("…") == []


@pytest.mark.django_db
def test_a_number_is_found_by_its_beginning_or_end() -> None:
    make_party("Lan", personal_id="000190000123", phone="0000000777")
    make_party("Hùng", personal_id="000090009999", email="hung@example.vn")
    assert found("000190000123") == found("000 190 000 123") == found("0001 90") == ["Lan"]
    assert found("0123") == ["Lan"]
    assert found("+84 000000777") == []
    assert found("0000000777") == ["Lan"]
    assert found("hung@example.vn") == ["Hùng"]
    assert found("HUNG@EX") == ["Hùng"]


@pytest.mark.django_db
def test_names_sort_by_given_name() -> None:
    for name in ("Ba Ánh", "Một Bình", "Hai An", "Bốn Ân"):
        make_party(name)
    assert [party.name for party in Party.objects.order_by("sort_key")] == [
        "Hai An",
        "Ba Ánh",
        "Bốn Ân",
        "Một Bình",
    ]


@pytest.mark.django_db
def test_the_search_by_number_uses_its_indexes() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for column, index in (("value", "beginning"), ("mirrored", "ending")):
            cursor.execute(
                f"EXPLAIN SELECT 1 FROM parties_partykey WHERE {column} LIKE '00019%'"  # noqa: S608
            )
            plan = "\n".join(row[0] for row in cursor.fetchall())
            assert f"party_key_by_{index}" in plan


def test_an_officer_sees_whom_their_agency_registered(cast: Cast) -> None:
    here = make_party("Người ở đây", agency=cast.commune)
    there = make_party("Người ở nơi khác", agency=cast.elsewhere)
    assert found("nguoi", cast.minh) == [here.name]
    assert found("nguoi", cast.nam) == [there.name]
    assert found("nguoi", cast.tu) == [here.name, there.name]
    assert found("nguoi", cast.van) == [], "the operator reads nobody"
    assert found("nguoi", cast.lan) == []
    assert found("lan", cast.lan) == ["Lan"]


@pytest.fixture
def in_hand(cast: Cast) -> Iterator[None]:
    """Hùng's dossier lies in the commune."""

    def applicants(actor: Actor, *, at: datetime) -> QuerySet[Any, Any]:
        del at
        return Party.objects.filter(
            pk=cast.parties["hung"].pk if actor.key == cast.minh.key else 0
        ).values("pk")

    visibility.register("test", applicants)
    yield
    del visibility._in_hand._entries["test"]


@pytest.mark.usefixtures("in_hand")
def test_an_officer_sees_whose_dossier_is_in_hand(cast: Cast) -> None:
    assert found("hung", cast.minh) == ["Hùng"]
    assert found("hung", cast.nam) == []
    assert found("hung", cast.van) == [], "without the right to read nothing in hand is shown"


def test_a_match_by_number_goes_across_the_province_and_is_logged(cast: Cast) -> None:
    lan = cast.parties["lan"]
    facts = PartyFacts(name="Lan", personal_id=lan.personal_id)
    match = services.match(facts, agency=cast.commune.pk, actor=cast.minh, at=AT)
    assert (match.party, match.possible) == (lan, [])
    event = Event.objects.get(kind="parties.read")
    assert event.payload == {"parties": [str(lan.uuid)], "purpose": "match"}


def test_a_match_prefers_the_confirmed_party(cast: Cast) -> None:
    make_party("Lan", personal_id="000190000007")
    confirmed = make_party("Lan", personal_id="000190000007", agency=cast.commune)
    services.verify(
        confirmed.uuid, method="card_seen", agency=cast.commune.pk, actor=cast.minh, at=AT
    )
    facts = PartyFacts(name="Lan", personal_id="000190000007")
    found_party = services.match(facts, agency=cast.commune.pk, actor=cast.minh, at=AT).party
    assert found_party == confirmed


def test_who_may_not_register_may_not_ask(cast: Cast) -> None:
    facts = PartyFacts(name="Lan", personal_id=cast.parties["lan"].personal_id)
    with pytest.raises(PermissionMissing):
        services.match(facts, agency=cast.commune.pk, actor=cast.nam, at=AT)
    with pytest.raises(PermissionMissing):
        services.match(facts, agency=cast.commune.pk, actor=cast.lan, at=AT)
    assert not Event.objects.filter(kind="parties.read").exists()


def test_without_a_number_the_likeness_is_shown(cast: Cast) -> None:
    same = make_party("Một Đường Hoa", agency=cast.commune, born_on=date(1980, 5, 1))
    unknown = make_party("MỘT ĐƯỜNG HỎA", agency=cast.commune)
    make_party("Một Đường Hoa", agency=cast.commune, born_on=date(1981, 5, 1))
    make_party("Một Đường Hoa Ba", agency=cast.commune, born_on=date(1980, 5, 1))
    make_party("Một Đường Hoa", agency=cast.elsewhere, born_on=date(1980, 5, 1))
    facts = PartyFacts(name="mot duong hoa", born_on=date(1980, 5, 1))
    match = services.match(facts, agency=cast.commune.pk, actor=cast.minh, at=AT)
    assert match.party is None
    assert {party.pk for party in match.possible} == {same.pk, unknown.pk}


def test_a_party_that_looks_at_itself_is_no_read(cast: Cast) -> None:
    services.note_read([cast.parties["lan"]], purpose="own", actor=cast.lan, at=AT)
    services.note_read([], purpose="own", actor=cast.minh, at=AT)
    assert not Event.objects.filter(kind="parties.read").exists()
