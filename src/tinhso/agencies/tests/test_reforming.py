"""A reform is prepared, and carried out as one act that leaves nothing behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest

from tinhso.agencies import queries, reform_documents, services
from tinhso.agencies.errors import (
    ReformAlreadyCarriedOut,
    ReformCodeTaken,
    ReformDiscardedBefore,
    ReformDoesNotFit,
    ReformMalformed,
    ReformTooEarly,
    WorkUnassigned,
)
from tinhso.agencies.models import (
    Agency,
    AgencyKind,
    AgencyPeriod,
    Competence,
    Level,
    Membership,
    Reform,
    ReformCarriedOut,
    ReformDiscarded,
    Succession,
)
from tinhso.agencies.permissions import AgencyPermission
from tinhso.agencies.previews import preview
from tinhso.agencies.reform_plan import warnings
from tinhso.agencies.standing import load_standing
from tinhso.agencies.tests.factories import OfficerAt, make_agency, make_competence, make_field
from tinhso.agencies.work_in_hand import WorkInHand, WorkTransfer, providers
from tinhso.events.models import Event
from tinhso.kernel.actors import Actor
from tinhso.kernel.errors import StaleVersion
from tinhso.kernel.permissions import PermissionMissing

pytestmark = pytest.mark.django_db

AT = datetime(2025, 3, 1, 2, tzinfo=UTC)
SPRING = date(2025, 3, 1)
REFORM = """
code: chia-so-lao-dong
name: Chia Sở Lao động
on: 2025-03-01
legal_basis: Nghị định thử nghiệm
begin:
  - {key: p/new, kind: department, name: Sở Mới, parent: p, agency_code: H99.77}
end: [p/labour]
follow:
  - {from: p/labour, to: p/home, kind: split}
  - {from: p/labour, to: p/new, kind: split}
fields:
  - {field: labour, level: province, place: p, to: p/home, verified: true}
  - {field: children, level: province, place: p, to: p/new}
"""


@dataclass
class Work:
    """Open items by agency and field, as an app above would keep them."""

    items: Counter[tuple[int, str]] = field(default_factory=Counter)

    def count(self, agencies: Collection[int]) -> Mapping[tuple[int, str], int]:
        return {key: count for key, count in self.items.items() if count and key[0] in agencies}

    def move(
        self, transfers: Sequence[WorkTransfer], /, *, on: date, actor: Actor, at: datetime
    ) -> int:
        del on, actor, at
        moved = 0
        for transfer in transfers:
            for agency, code in list(self.items):
                if agency == transfer.predecessor and transfer.field in ("", code):
                    count = self.items.pop((agency, code))
                    self.items[transfer.successor, code] += count
                    moved += count
        return moved


@pytest.fixture
def work() -> Iterator[Work]:
    kept = Work()
    providers.register("test-work", WorkInHand("test-work", "Việc thử", kept.count, kept.move))
    yield kept
    del providers._entries["test-work"]


@dataclass
class House:
    province: Agency
    labour: Agency
    home: Agency
    tu: OfficerAt


@pytest.fixture
def house() -> House:
    province = make_agency("Tỉnh Thử", kind=AgencyKind.PROVINCE, key="p", code="H99")
    labour = make_agency("Sở Lao động", parent=province, key="p/labour", code="H99.12")
    home = make_agency("Sở Nội vụ", parent=province, key="p/home", code="H99.02")
    for code in ("labour", "children"):
        make_competence(labour, make_field(code), place=province)
    tu = OfficerAt(frozenset(AgencyPermission), frozenset({province.pk}))
    return House(province, labour, home, tu)


def prepared(house: House, text: str = REFORM) -> Reform:
    document = reform_documents.from_yaml(text.encode())
    return services.prepare_reform(document, actor=house.tu, at=AT)


def edited(house: House, reform: Reform, text: str = REFORM, *, version: int = 1) -> Reform:
    document = reform_documents.from_yaml(text.encode())
    return services.edit_reform(
        reform.uuid, document, actor=house.tu, at=AT, expected_version=version
    )


def discarded(house: House, reform: Reform, *, version: int = 1) -> ReformDiscarded:
    return services.discard_reform(
        reform.uuid, reason="Không còn cần", actor=house.tu, at=AT, expected_version=version
    )


def carried_out(house: House, reform: Reform) -> ReformCarriedOut:
    return services.carry_out_reform(reform.uuid, actor=house.tu, at=AT)


def nothing_happened() -> None:
    assert not ReformCarriedOut.objects.exists()
    assert not Succession.objects.exists()
    assert not AgencyPeriod.objects.exclude(until=None).exists()
    assert not Event.objects.filter(kind="agencies.reform_carried_out").exists()


def test_it_ends_begins_and_divides_by_field(house: House) -> None:
    reform = prepared(house)
    services.carry_out_reform(reform.uuid, actor=house.tu, at=AT)
    new = queries.agency_by_key("p/new")
    within = house.province.pk
    assert queries.holder("labour", Level.PROVINCE, SPRING, within=within) == house.home
    assert queries.holder("children", Level.PROVINCE, SPRING, within=within) == new
    eve = date(2025, 2, 28)
    assert queries.holder("children", Level.PROVINCE, eve, within=within) == house.labour
    assert queries.successors(house.labour.pk, SPRING) == [house.home, new]
    assert queries.period_of(house.labour.pk, SPRING) is None
    moved = Competence.objects.get(agency=house.home)
    assert (moved.since, moved.verified) == (SPRING, True)


def test_it_is_carried_out_only_once(house: House) -> None:
    reform = prepared(house)
    first = services.carry_out_reform(reform.uuid, actor=house.tu, at=AT)
    events = Event.objects.count()
    assert services.carry_out_reform(reform.uuid, actor=house.tu, at=AT) == first
    assert Event.objects.count() == events
    assert AgencyPeriod.objects.count() == 4
    event = Event.objects.get(kind="agencies.reform_carried_out")
    assert (event.payload["begun"], event.payload["ended"]) == (1, 1)


def test_a_reform_that_was_carried_out_is_not_prepared_again(house: House) -> None:
    reform = prepared(house)
    services.carry_out_reform(reform.uuid, actor=house.tu, at=AT)
    with pytest.raises(ReformAlreadyCarriedOut):
        edited(house, reform, REFORM)
    with pytest.raises(ReformAlreadyCarriedOut):
        discarded(house, reform)
    reform.refresh_from_db()
    assert reform.version == 1
    assert not ReformDiscarded.objects.exists()


def test_a_code_is_given_to_one_plan_alone(house: House) -> None:
    reform = prepared(house)
    with pytest.raises(ReformCodeTaken) as refusal:
        prepared(house, REFORM.replace("Sở Mới", "Sở Khác"))
    assert refusal.value.details["key"] == reform.uuid
    with pytest.raises(ReformMalformed):
        edited(house, reform, REFORM.replace("chia-so", "chia-khac"))
    reform.refresh_from_db()
    assert (reform.version, reform.document["begin"][0]["name"]) == (1, "Sở Mới")
    assert Event.objects.count() == 1


def test_a_plan_that_was_discarded_stays_and_is_never_carried_out(house: House) -> None:
    reform = prepared(house)
    with pytest.raises(StaleVersion):
        discarded(house, reform, version=7)
    assert discarded(house, reform).reason == "Không còn cần"
    event = Event.objects.get(kind="agencies.reform_discarded")
    assert (event.subject, event.actor) == (reform.uuid, house.tu.key)
    for act in (discarded, edited, carried_out):
        with pytest.raises(ReformDiscardedBefore):
            act(house, reform)
    assert Event.objects.count() == 2
    nothing_happened()


def test_a_plan_is_warned_of_that_changes_nothing_or_looks_back(house: House) -> None:
    same = "fields: [{field: labour, level: province, place: p, to: p/labour}]"
    head = REFORM.partition("begin:")[0]
    document = reform_documents.from_yaml((head + same).encode())
    assert len(warnings(document, load_standing(SPRING))) == 1
    assert not warnings(reform_documents.from_yaml(REFORM.encode()), load_standing(SPRING))
    carried_out(house, prepared(house))
    earlier = REFORM.replace("2025-03-01", "2025-02-01").replace("p/new", "p/other")
    said = warnings(reform_documents.from_yaml(earlier.encode()), load_standing(date(2025, 2, 1)))
    assert [line for line in said if "01/03/2025" in line] == said != []


def test_who_lacks_the_right_at_the_province_may_not(house: House) -> None:
    reform = prepared(house)
    nam = OfficerAt(frozenset(AgencyPermission), frozenset({house.home.pk}), "Nam")
    with pytest.raises(PermissionMissing):
        services.carry_out_reform(reform.uuid, actor=nam, at=AT)
    minh = OfficerAt(frozenset({AgencyPermission.EDIT}), frozenset({house.province.pk}), "Minh")
    with pytest.raises(PermissionMissing):
        services.carry_out_reform(reform.uuid, actor=minh, at=AT)
    document = reform_documents.from_yaml(REFORM.replace("chia-so", "chia-khac").encode())
    with pytest.raises(PermissionMissing):
        services.prepare_reform(document, actor=nam, at=AT)
    assert Reform.objects.count() == 1
    nothing_happened()


def test_a_stale_preview_is_not_carried_out(house: House) -> None:
    reform = prepared(house)
    edited(house, reform, REFORM.replace("Sở Mới", "Sở Mới hơn"))
    with pytest.raises(StaleVersion):
        edited(house, reform)
    with pytest.raises(StaleVersion):
        services.carry_out_reform(reform.uuid, actor=house.tu, at=AT, expected_version=1)
    nothing_happened()


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("to: p/new}\n", "to: p/nobody}\n", "không có"),
        ("{field: children, level", "{field: unknown, level", "không có"),
        ("key: p/new", "key: p/home", "đã có"),
        ("end: [p/labour]", "end: [p/labour, p/ghost]", "không hoạt động"),
        ("end: [p/labour]", "end: [p/labour, p]", "trực thuộc"),
        ("agency_code: H99.77", "agency_code: H99.02", "mã"),
        ("  - {field: children, level: province, place: p, to: p/new}\n", "", "chưa có cơ quan"),
        ("kind: split}", "kind: split, share: 0.7}", "quá 1"),
    ],
)
def test_a_reform_that_does_not_fit_is_refused(
    house: House, before: str, after: str, said: str
) -> None:
    assert before in REFORM
    reform = prepared(house, REFORM.replace(before, after))
    assert any(said in line for line in preview(reform).problems)
    with pytest.raises(ReformDoesNotFit):
        services.carry_out_reform(reform.uuid, actor=house.tu, at=AT)
    nothing_happened()


def test_what_comes_between_the_act_and_the_day_follows_on_the_day(
    house: House, work: Work
) -> None:
    eve = AT - timedelta(days=1)
    services.carry_out_reform(prepared(house).uuid, actor=house.tu, at=eve)
    work.items[house.labour.pk, "labour"] = 2
    assert services.move_what_came_since(actor=house.tu, at=eve) == 0
    assert services.move_what_came_since(actor=house.tu, at=AT) == 2
    assert work.items[house.home.pk, "labour"] == 2
    assert services.move_what_came_since(actor=house.tu, at=AT) == 0


def test_work_in_hand_goes_with_its_field(house: House, work: Work) -> None:
    work.items[house.labour.pk, "labour"] = 3
    work.items[house.labour.pk, "children"] = 2
    reform = prepared(house)
    assert [(line.count, line.receiver) for line in preview(reform).work] == [
        (2, "Sở Mới"),
        (3, "Sở Nội vụ"),
    ]
    done = services.carry_out_reform(reform.uuid, actor=house.tu, at=AT)
    new = queries.agency_by_key("p/new")
    assert work.items == {(house.home.pk, "labour"): 3, (new.pk, "children"): 2}
    assert done.moved["test-work"] == 5


def test_work_moves_three_days_ahead_at_the_earliest(house: House, work: Work) -> None:
    work.items[house.labour.pk, "labour"] = 3
    reform = prepared(house)
    with pytest.raises(ReformTooEarly):
        services.carry_out_reform(reform.uuid, actor=house.tu, at=AT - timedelta(days=4))
    nothing_happened()
    work.items[house.labour.pk, "labour"] = 3  # ours is no table that is rolled back
    done = services.carry_out_reform(reform.uuid, actor=house.tu, at=AT - timedelta(days=3))
    assert done.moved["test-work"] == 3


def test_without_work_a_reform_is_carried_out_at_any_time(house: House) -> None:
    reform = prepared(house)
    services.carry_out_reform(reform.uuid, actor=house.tu, at=AT - timedelta(days=90))
    assert queries.agency_by_key("p/new").periods.get().since == SPRING


def test_work_of_no_field_waits_for_a_named_receiver(house: House, work: Work) -> None:
    work.items[house.labour.pk, ""] = 4
    reform = prepared(house)
    assert [line.count for line in preview(reform).unassigned] == [4]
    with pytest.raises(WorkUnassigned):
        services.carry_out_reform(reform.uuid, actor=house.tu, at=AT)
    nothing_happened()

    services.name_receivers(
        reform.uuid, {"p/labour": "p/home"}, actor=house.tu, at=AT, expected_version=1
    )
    services.carry_out_reform(reform.uuid, actor=house.tu, at=AT, expected_version=2)
    assert work.items == {(house.home.pk, ""): 4}


def test_whom_the_rest_was_given_goes_on_with_what_several_follow(house: House) -> None:
    ended, home = house.labour.pk, house.home.pk
    assert queries.heir(ended, SPRING) == ended, "asked before, so that the book was laid out"
    carried_out(house, prepared(house, REFORM + "rest: {p/labour: p/home}\n"))
    new = queries.agency_by_key("p/new").pk
    assert queries.heir(ended, SPRING) == home
    assert queries.heir(ended, date(2025, 2, 28)) == ended, "it lives on the eve"
    assert queries.carried_on([home], SPRING) == {ended}
    assert queries.carried_on([new], SPRING) == frozenset()
    assert queries.inherited([home], SPRING) == frozenset(), "its records are not theirs alone"
    assert queries.sole_follower(ended, SPRING) == ended


def test_where_nobody_was_given_the_rest_nobody_goes_on(house: House) -> None:
    carried_out(house, prepared(house))
    ended = house.labour.pk
    assert queries.heir(ended, SPRING) == ended
    assert queries.carried_on([house.home.pk], SPRING) == frozenset()


def test_a_receiver_must_be_an_agency_that_lives(house: House) -> None:
    reform = prepared(house)
    with pytest.raises(ReformDoesNotFit):
        services.name_receivers(
            reform.uuid, {"p/labour": "p/nobody"}, actor=house.tu, at=AT, expected_version=1
        )
    reform.refresh_from_db()
    assert reform.document["rest"] == {}
    assert reform.version == 1


def test_seats_of_an_agency_that_ends_end_with_it(house: House) -> None:
    committee = make_agency("Ban Chỉ đạo", kind=AgencyKind.COMMITTEE, parent=house.province)
    seat = Membership.objects.create(committee=committee, member=house.labour, post="Giám đốc")
    services.carry_out_reform(prepared(house).uuid, actor=house.tu, at=AT)
    seat.refresh_from_db()
    assert seat.until == SPRING


def test_a_document_reads_back_as_it_was_written() -> None:
    text = REFORM + "signed_on: 2025-02-18\nissuer: Quốc hội\nrest: {p/labour: p/home}\n"
    document = reform_documents.from_yaml(text.encode())
    assert document.citation == "Nghị định thử nghiệm ngày 18/02/2025 của Quốc hội"
    assert reform_documents.from_json(reform_documents.to_json(document)) == document
    assert reform_documents.from_yaml(reform_documents.to_yaml(document).encode()) == document


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("- 1", "document"),
        (REFORM.replace("on: 2025-03-01", "on: mai"), "on"),
        (REFORM.replace("level: province, place: p, to: p/new", "level: làng, place: p"), "fields"),
        (REFORM.replace("kind: split", "kind: magic"), "follow"),
        (REFORM.replace("kind: department", "kind: guild"), "begin"),
        (REFORM.replace("parent: p,", "colour: red,"), "begin"),
        (REFORM.replace("to: p/new, kind: split", "to: p/new, kind: split, share: 1.5"), "follow"),
        ("code: &a [*a]", "document"),
    ],
)
def test_a_malformed_document_names_the_entry(text: str, path: str) -> None:
    with pytest.raises(ReformMalformed) as refusal:
        reform_documents.from_yaml(text.encode())
    (said,) = [lines for where, lines in refusal.value.errors.items() if where.startswith(path)][:1]
    assert "dòng " in said[0]
