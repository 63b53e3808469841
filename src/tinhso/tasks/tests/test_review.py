"""Draft tasks are edited, split, merged, dropped and added; each change can be undone; none is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.events.models import Event
from tinhso.kernel.errors import DomainError, StaleVersion
from tinhso.tasks import drafts, services
from tinhso.tasks.drafts import Item
from tinhso.tasks.errors import (
    ItemUnknown,
    LeadUnfit,
    NothingToMerge,
    NothingToUndo,
    NoticeDayToCome,
    NoticeKnown,
    NoticeUnknown,
    SentenceUnknown,
    SplitUnfit,
)
from tinhso.tasks.models import Notice
from tinhso.tasks.queries.reviews import pieces
from tinhso.tasks.services.reviewing import items_of
from tinhso.tasks.tests.factories import AT, SHORT, brought

if TYPE_CHECKING:
    from tinhso.tasks.drafts import Items
    from tinhso.tasks.tests.factories import Offices


def now(notice: Notice) -> Items:
    return items_of(notice.reviews.latest("number"))


def untouched(notice: Notice) -> bool:
    changed = Event.objects.filter(kind="tasks.reviewed").exists()
    return notice.reviews.count() == 1 and not changed


def test_an_edit_is_a_further_review(offices: Offices) -> None:
    notice = brought(offices)
    key = now(notice)[0].key
    changes = {
        "leads": (offices.police.pk,),
        "deadline_on": date(2025, 10, 15),
        "follower": offices.follower.user,
        "wanted": "Báo cáo",
    }
    services.edit(notice.uuid, key, changes, expected=0, actor=offices.follower, at=AT)
    item = now(notice)[0]
    assert (item.leads, item.wanted) == ((offices.police.pk,), "Báo cáo")
    assert (item.deadline_on, item.follower) == (date(2025, 10, 15), offices.follower.user)
    event = Event.objects.get(kind="tasks.reviewed")
    assert event.payload == {"act": "edit", "review": 1}
    assert items_of(notice.reviews.get(number=0))[0].leads == (offices.science.pk,)


def test_an_agency_that_has_ended_does_not_lead(offices: Offices) -> None:
    notice = brought(offices)
    changes = {"leads": (offices.former.pk,)}
    with pytest.raises(LeadUnfit):
        services.edit(
            notice.uuid, now(notice)[0].key, changes, expected=0, actor=offices.follower, at=AT
        )
    assert untouched(notice)


def test_split_at_words_and_merged_again(offices: Offices) -> None:
    notice = brought(offices)
    key = now(notice)[0].key
    services.split(notice.uuid, key, "hoàn  thành truoc", expected=0, actor=offices.follower, at=AT)
    first, second, _third = now(notice)
    assert first.text == "Sở Khoa học và Công nghệ rà soát 12 xã chưa có đường truyền"
    assert SHORT[second.start : second.end] == "hoàn thành trước ngày 30/9/2025"
    assert second.leads == first.leads
    services.merge(notice.uuid, key, expected=1, actor=offices.follower, at=AT)
    whole, _other = now(notice)
    assert SHORT[whole.start : whole.end] == items_of(notice.reviews.get(number=0))[0].text


TWO_DAYS = """Số: 10/TB-UBND
ngày 04 tháng 8 năm 2025
Nhiệm vụ:
1. Sở Khoa học và Công nghệ rà soát đường truyền trong tháng 9, giao Sở Nội vụ báo cáo biên chế trước ngày 31-12.
"""


def test_parts_are_read_anew_and_what_they_agree_on_is_kept(offices: Offices) -> None:
    notice = brought(offices, TWO_DAYS)
    key = now(notice)[0].key
    said: dict[str, Any] = {"expected": 0, "actor": offices.follower, "at": AT}
    services.split(notice.uuid, key, "giao Sở Nội vụ", **said)
    first, second = now(notice)
    assert (first.leads, first.deadline_on) == ((offices.science.pk,), date(2025, 9, 30))
    assert (second.leads, second.deadline_on) == ((offices.home_affairs.pk,), date(2025, 12, 31))
    services.merge(notice.uuid, key, **{**said, "expected": 1})
    (whole,) = now(notice)
    assert (whole.leads, whole.deadline_on) == ((), None), "nobody is chosen for the reviewer"
    assert whole.deadline_words == "trong tháng 9; trước ngày 31-12"


def test_a_notice_is_described_and_its_days_follow(offices: Offices) -> None:
    notice = brought(offices, TWO_DAYS)
    said = services.Description("plan", "11/KH-UBND", date(2024, 8, 4), "UBND tỉnh", 2, "Kế hoạch")
    given: dict[str, Any] = {"actor": offices.follower, "at": AT}
    refusals: list[tuple[dict[str, Any], type[DomainError]]] = [
        ({"issued_on": date(2025, 8, 6)}, NoticeDayToCome),
        ({"number": "9/TB-UBND", "issued_on": date(2025, 8, 4)}, NoticeKnown),
    ]
    for wrong, refused in refusals:
        if refused is NoticeKnown:
            brought(offices)
        with pytest.raises(refused):
            services.describe(notice.uuid, replace(said, **wrong), expected=0, **given)
    with pytest.raises(StaleVersion):
        services.describe(notice.uuid, said, expected=1, **given)
    assert Notice.objects.get(pk=notice.pk).number == "10/TB-UBND"
    services.describe(notice.uuid, said, expected=0, **given)
    told = Notice.objects.get(pk=notice.pk)
    assert (told.kind, told.number, told.level) == ("plan", "11/KH-UBND", 2)
    assert now(notice)[0].deadline_on == date(2024, 12, 31)
    with pytest.raises(NothingToUndo):
        services.undo(notice.uuid, expected=1, **given)


def test_words_that_are_not_there_split_nothing(offices: Offices) -> None:
    notice = brought(offices)
    for words in ("", "không có", "Sở Khoa học và Công nghệ", "Sở Nội vụ"):
        with pytest.raises(SplitUnfit):
            services.split(
                notice.uuid, now(notice)[0].key, words, expected=0, actor=offices.follower, at=AT
            )
    assert untouched(notice)


def test_the_last_has_nothing_to_merge_with(offices: Offices) -> None:
    notice = brought(offices)
    with pytest.raises(NothingToMerge):
        services.merge(notice.uuid, now(notice)[1].key, expected=0, actor=offices.follower, at=AT)
    assert untouched(notice)


def test_dropped_restored_and_undone(offices: Offices) -> None:
    notice = brought(offices)
    key = now(notice)[0].key
    services.drop(notice.uuid, key, expected=0, actor=offices.follower, at=AT)
    assert [item.is_dropped for item in now(notice)] == [True, False]
    services.restore(notice.uuid, key, expected=1, actor=offices.follower, at=AT)
    assert not any(item.is_dropped for item in now(notice))
    services.undo(notice.uuid, expected=2, actor=offices.follower, at=AT)
    assert now(notice)[0].is_dropped
    services.undo(notice.uuid, expected=3, actor=offices.follower, at=AT)
    assert not now(notice)[0].is_dropped
    with pytest.raises(NothingToUndo):
        services.undo(notice.uuid, expected=4, actor=offices.follower, at=AT)
    assert notice.reviews.count() == 5, "what was done and undone stays to be read"


def test_a_sentence_that_was_passed_over_is_added_in_its_place(offices: Offices) -> None:
    notice = brought(offices)
    services.add(
        notice.uuid, "ket luan của đồng chí Chủ tịch", expected=0, actor=offices.follower, at=AT
    )
    new = now(notice)[0]
    assert SHORT[new.start : new.end] == "Kết luận của đồng chí Chủ tịch"
    with pytest.raises(SentenceUnknown):
        services.add(notice.uuid, "Câu bịa ra", expected=1, actor=offices.follower, at=AT)
    assert notice.reviews.count() == 2


def test_a_page_that_is_old_changes_nothing(offices: Offices) -> None:
    notice = brought(offices)
    first, second = now(notice)
    services.drop(notice.uuid, first.key, expected=0, actor=offices.follower, at=AT)
    with pytest.raises(StaleVersion):
        services.drop(notice.uuid, second.key, expected=0, actor=offices.chair, at=AT)
    assert notice.reviews.count() == 2


def test_an_item_of_nowhere_is_refused(offices: Offices) -> None:
    notice = brought(offices)
    with pytest.raises(ItemUnknown):
        services.drop(notice.uuid, uuid4(), expected=0, actor=offices.follower, at=AT)
    assert untouched(notice)


def test_others_do_not_see_it_and_may_not_change_it(offices: Offices) -> None:
    notice = brought(offices)
    key = now(notice)[0].key
    with pytest.raises(NoticeUnknown):
        services.drop(notice.uuid, key, expected=0, actor=offices.outsider, at=AT)
    assert untouched(notice)


TEXT = "Giao Sở A rà soát quy trình; hoàn thành trong tháng 9; báo cáo kết quả trước ngày 30/9."


@given(st.integers(0, len(TEXT) - 2), st.integers(1, len(TEXT)), st.integers(0, len(TEXT)))
def test_what_is_split_holds_no_word_of_its_own(start: int, length: int, place: int) -> None:
    end = min(start + length, len(TEXT))
    item = Item(key=uuid4(), start=start, end=end, text=TEXT[start:end], leads=(1,))
    words = TEXT[place : place + 12]
    try:
        halves = drafts.split((item,), item.key, TEXT, words)
    except SplitUnfit:
        return
    first, second = halves
    assert item.start <= first.start < first.end <= second.start < second.end <= item.end
    assert all(half.text == " ".join(TEXT[half.start : half.end].split()) for half in halves)
    assert drafts.merged(halves, item.key)[0].leads == (1,)


spans = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6)


@given(spans)
def test_the_pieces_of_a_text_are_the_text(found: list[tuple[int, int]]) -> None:
    text = "abcdefghij" * 3
    numbered = [(min(a, b), min(max(a, b), 30), n) for n, (a, b) in enumerate(found, start=1)]
    assert "".join(piece.text for piece in pieces(text, numbered)) == text


@given(
    st.builds(
        Item,
        key=st.uuids(),
        start=st.integers(0, 9),
        end=st.integers(10, 20),
        text=st.text(),
        leads=st.tuples(st.integers()),
        deadline_on=st.none() | st.dates(),
    )
)
def test_an_item_comes_back_from_its_review(item: Item) -> None:
    assert drafts.of_json(item.as_json()) == item
