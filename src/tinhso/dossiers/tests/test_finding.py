"""By what open work is found: the words of the worklist say the same as the tables that every dossier has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.dossiers import services
from tinhso.dossiers.finding import found_under, question
from tinhso.dossiers.models import Dossier, WorkItem
from tinhso.dossiers.queries.chosen import QueueFilter
from tinhso.dossiers.queries.worklist import found_by, queue
from tinhso.dossiers.services.worklist import check, rebuild
from tinhso.dossiers.tests.factories import AT, SYSTEM, application, received, submitted

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk


@pytest.mark.slow
@pytest.mark.django_db
@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_question_that_the_database_takes(text: str) -> None:
    asked = question(text)
    found = WorkItem.objects.filter(words__answers=asked) if asked else WorkItem.objects.none()
    assert list(found) == []


@given(st.lists(st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True)), st.lists(st.text(max_size=20)))
@pytest.mark.slow
def test_words_read_back_are_the_same_words(words: list[str], codes: list[str]) -> None:
    once = found_under(words, codes)
    stored = " ".join(f"'{word}'" for word in once)
    assert found_under(stored, []) == sorted(set(once))


@pytest.mark.parametrize("text", ["lan", "H99.41-26", "914-0001", "hôn nhân", "0000000001", "0001"])
def test_open_work_and_all_dossiers_are_found_alike(desk: Desk, text: str) -> None:
    received(desk)
    submitted(desk)
    services.submit(application(agency=desk.commune, full_name="Hoa Bốn"), actor=SYSTEM, at=AT)
    open_work = queue(desk.clerk, QueueFilter(search=text), at=AT).values_list("dossier", flat=True)
    assert set(open_work) == set(Dossier.objects.filter(found_by(text)).values_list(flat=True))


def test_a_number_given_at_receipt_is_found_at_once(desk: Desk) -> None:
    number = str(received(desk).number)
    assert queue(desk.specialist, QueueFilter(search=number[-4:]), at=AT).count() == 1


def test_lost_words_are_seen_and_put_right(desk: Desk) -> None:
    received(desk)
    WorkItem.objects.update(words=["x"])
    assert len(check().wrong) == 1
    rebuild(actor=SYSTEM, at=AT)
    assert not check()
    assert queue(desk.specialist, QueueFilter(search="lan"), at=AT).count() == 1
