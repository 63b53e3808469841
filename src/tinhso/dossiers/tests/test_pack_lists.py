"""Lists of procedures as packs declare them: what is refused in a file, what a new version leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tinhso.dossiers import pack_lists
from tinhso.dossiers.models import ListedProcedure
from tinhso.dossiers.queries.lists import is_fully_online, listings
from tinhso.dossiers.tests.factories import AT, MARRIAGE, SYSTEM, pack_book

if TYPE_CHECKING:
    from tinhso.packs.sources import Source


def a_list(code: str = "online_whole") -> Source:
    return next(
        source
        for pack in pack_book().packs
        for source in pack.sources
        if (source.kind, source.code) == ("procedure_list", code)
    )


def with_lines(*lines: dict[str, Any], code: str = "online_whole") -> Source:
    source = a_list()
    basis = [{"document": "Quyết định 1", "verified": False}]
    procedures = [{"code": MARRIAGE, "legal_basis": basis, **line} for line in lines]
    document = replace(source.document, value={**source.value, "procedures": procedures})
    return replace(source, code=code, document=document)


def test_the_lists_of_the_packs_are_sound() -> None:
    for code in ("project_06", "online_whole", "online_part", "by_post", "one_place"):
        assert pack_lists.check(a_list(code)) == []


@pytest.mark.parametrize(
    "lines",
    [
        [{"from": "2026-02-30"}],
        [{"from": "2026-01-01", "until": "2026-01-01"}],
        [{"from": "2026-01-01"}, {"from": "2026-06-01"}],
    ],
)
def test_days_that_cannot_be_are_named(lines: list[dict[str, Any]]) -> None:
    assert pack_lists.check(with_lines(*lines))


def test_a_procedure_may_come_back_after_it_left() -> None:
    lines = [{"from": "2025-01-01", "until": "2026-01-01"}, {"from": "2026-01-01"}]
    assert pack_lists.check(with_lines(*lines)) == []


def test_an_unknown_list_is_refused() -> None:
    assert pack_lists.check(with_lines({"from": "2026-01-01"}, code="khac"))


@pytest.mark.django_db
def test_a_new_version_counts_and_the_former_stays() -> None:
    pack_lists.apply(with_lines({"from": "2025-01-01", "until": "2026-01-01"}), at=AT, actor=SYSTEM)
    assert is_fully_online(MARRIAGE, date(2025, 12, 31))
    assert not is_fully_online(MARRIAGE, date(2026, 1, 1))
    pack_lists.apply(with_lines({"from": "2026-01-01"}), at=AT, actor=SYSTEM)
    assert not is_fully_online(MARRIAGE, date(2025, 12, 31))
    assert is_fully_online(MARRIAGE, date(2026, 1, 1))
    assert ListedProcedure.objects.count() == 2


@pytest.mark.django_db
def test_a_citizen_reads_what_it_means_since_when_and_by_what() -> None:
    pack_lists.apply(a_list("by_post"), at=AT, actor=SYSTEM)
    (row,) = listings(MARRIAGE, date(2026, 9, 14))
    assert str(row.words).startswith("Gửi hồ sơ và nhận kết quả qua bưu điện")
    assert (row.since, row.document) == (date(2020, 1, 1), "Quyết định 45/2016/QĐ-TTg")
