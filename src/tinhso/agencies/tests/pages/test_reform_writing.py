"""A plan is written as rows of words: agencies by name, each change with its own fields, nothing lost on the way."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tinhso.agencies import reform_documents
from tinhso.agencies.models import Reform, ReformDiscarded
from tinhso.agencies.pages import reform_writing, reforms
from tinhso.agencies.tests.pages.test_reforms import acted, prepared
from tinhso.agencies.tests.test_reforming import REFORM, House, house
from tinhso.kernel.errors import Conflict

pytestmark = pytest.mark.django_db
__all__ = ["house"]

HEAD = {
    "name": "Chia Sở Lao động",
    "code": "chia-so-lao-dong",
    "legal_basis": "Nghị định 45/2025/NĐ-CP",
    "signed_on": "2025-02-28",
    "issuer": "Chính phủ",
    "on": "2025-03-01",
}


def rows(*changes: tuple[str, dict[str, str]]) -> dict[str, str]:
    typed = {"so_dong": str(len(changes))}
    for number, (kind, said) in enumerate(changes):
        typed |= {f"dong-{number}-{name}": text for name, text in {"loai": kind, **said}.items()}
    return typed


DIVIDED = rows(
    ("begin", {"name": "Sở Mới", "kind": "department", "parent": "tinh thu"}),
    ("split", {"before": "so lao dong", "after": "H99.02", "share": "60"}),
    ("split", {"before": "Sở Lao động (H99.12)", "after": "so moi"}),
    ("field", {"field": "labour", "level": "province", "place": "Tỉnh Thử", "to": "Sở Nội vụ"}),
    ("field", {"field": "children", "level": "province", "place": "Tỉnh Thử", "to": "Sở Mới"}),
)


def shown_fields(page: str) -> dict[str, str]:
    """What the browser would send back of a page: inputs, texts and selects."""
    sent = {}
    for tag in re.findall(r"<input[^>]*>", page):
        if 'type="checkbox"' not in tag and (name := re.search(r' name="([^"]*)"', tag)):
            value = re.search(r' value="([^"]*)"', tag)
            sent[name[1]] = unescape(value[1]) if value else ""
    for name, text in re.findall(r'<textarea[^>]* name="([^"]*)"[^>]*>([^<]*)</textarea>', page):
        sent[name] = unescape(text)
    for name, options in re.findall(r'<select[^>]* name="([^"]*)"[^>]*>(.*?)</select>', page):
        chosen = re.search(r'value="([^"]*)" selected', options)
        sent[name] = chosen[1] if chosen else ""
    return sent


@pytest.mark.slow
def test_it_is_written_by_names_previewed_and_edited(house: House) -> None:
    answer = reform_writing.preparing(acted(house.tu, {**HEAD, **DIVIDED, "viec": "luu"}))
    assert answer.status_code == 302
    reform = Reform.objects.get()
    assert reform.legal_basis == "Nghị định 45/2025/NĐ-CP ngày 28/02/2025 của Chính phủ"
    document = reform_documents.from_json(reform.document)
    assert [begin.key for begin in document.begin] == ["p/so-moi"]
    shares = [(row.successor, row.share and str(row.share)) for row in document.follow]
    assert (shares, document.end) == ([("p/home", "0.6"), ("p/so-moi", None)], ("p/labour",))
    assert "Thực hiện phương án" in reforms.show(acted(house.tu), reform.uuid).content.decode()

    sent = shown_fields(reform_writing.editing(acted(house.tu), reform.uuid).content.decode())
    assert sent["dong-1-before"] == "Sở Lao động (H99.12)"
    again = {**sent, "name": "Tên khác", "viec": "luu"}
    assert reform_writing.editing(acted(house.tu, again), reform.uuid).status_code == 302
    reform.refresh_from_db()
    kept = reform_documents.from_json({**reform.document, "name": document.name})
    assert (reform.name, reform.version, kept) == ("Tên khác", 2, document)


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ({"signed_on": "2025-03-02"}, "ngày ký 02/03/2025 đứng sau ngày có hiệu lực 01/03/2025"),
        ({"signed_on": "2022-02-28"}, "hơn hai năm"),
        ({"signed_on": "2025-03-15", "on": "2025-04-01"}, "ngày ký 15/03/2025 chưa đến"),
        ({"signed_on": "1925-02-28", "on": "1925-03-01"}, "đứng trước 02/09/1945"),
    ],
)
def test_unlikely_days_are_taken_when_somebody_has_looked_at_them(
    house: House, days: dict[str, str], told: str
) -> None:
    typed = {**HEAD, **DIVIDED, **days, "viec": "luu"}
    answer = reform_writing.preparing(acted(house.tu, typed))
    page = answer.content.decode()
    assert (answer.status_code, told in page, 'name="days_seen"' in page) == (422, True, True)
    assert not Reform.objects.exists()
    if days.get("on", "2025") < "1946":  # the directory of that day knows no agency
        return
    answer = reform_writing.preparing(acted(house.tu, {**typed, "days_seen": "on"}))
    assert answer.status_code == 302


def test_usual_days_are_not_asked_about(house: House) -> None:
    page = reform_writing.preparing(acted(house.tu)).content.decode()
    assert 'name="days_seen"' not in page


def test_rows_are_added_and_dropped_without_losing_what_was_typed(house: House) -> None:
    typed = {**HEAD, **DIVIDED, "viec": "them", "loai": "abolish"}
    page = reform_writing.preparing(acted(house.tu, typed)).content.decode()
    assert "6. Chấm dứt" in page
    sent = {**shown_fields(page), "viec": "bo-0"}
    page = reform_writing.preparing(acted(house.tu, sent)).content.decode()
    assert shown_fields(page)["so_dong"] == "5"
    assert shown_fields(page)["dong-0-before"] == "so lao dong"
    assert not Reform.objects.exists()


@pytest.mark.parametrize(
    ("kind", "said", "told"),
    [
        ("merge", {"before": "so lao dong\nso cong an", "after": "H99.02"}, "so cong an"),
        ("split", {"before": "so", "after": "H99.02"}, "Sở Nội vụ (H99.02); Sở Lao động (H99.12)"),
        ("part", {"before": "H99.12", "after": "H99.02", "share": "120"}, "không quá 100"),
        ("begin", {"name": "Sở Mới", "kind": "department", "parent": ""}, "Cấp trên trực tiếp"),
        ("amend", {"before": "H99.12"}, "ít nhất một"),
        ("field", {"field": "", "level": "province", "place": "H99"}, "Lĩnh vực"),
    ],
)
def test_a_row_that_is_not_whole_is_told_with_its_number(
    house: House, kind: str, said: dict[str, str], told: str
) -> None:
    answer = reform_writing.preparing(
        acted(house.tu, {**HEAD, **rows((kind, said)), "viec": "luu"})
    )
    assert answer.status_code == 422
    (line,) = re.findall(r"<li><a[^>]*>(Dòng 1: [^<]*)", answer.content.decode())
    assert told in line
    assert not Reform.objects.exists()


def test_the_same_code_leads_to_the_plan_that_has_it(house: House) -> None:
    reform = prepared(house)
    answer = reform_writing.preparing(acted(house.tu, {**HEAD, **DIVIDED}))
    assert answer.status_code == 409
    assert f'href="/co-quan/cai-cach/{reform.uuid}"' in answer.content.decode()


def test_what_the_form_has_no_words_for_opens_as_text(house: House) -> None:
    text = REFORM.replace("end: [p/labour]", "end: [p/labour, p/home]")
    reform_writing.preparing_text(acted(house.tu, {"document": text}))
    reform = Reform.objects.get()
    answer = reform_writing.editing(acted(house.tu), reform.uuid)
    assert answer.headers["Location"].endswith("/sua/van-ban")
    page = reform_writing.editing_text(acted(house.tu), reform.uuid).content.decode()
    assert "chia-so-lao-dong" in page


def test_it_is_discarded_with_a_word_of_confirmation(house: House) -> None:
    reform = prepared(house)
    said = {"version": 1, "reason": "Trùng phương án khác"}
    assert reforms.discarding(acted(house.tu, said), reform.uuid).status_code == 422
    assert not ReformDiscarded.objects.exists()
    answer = reforms.discarding(acted(house.tu, {**said, "sure": "1"}), reform.uuid)
    assert answer.status_code == 302
    page = reforms.show(acted(house.tu), reform.uuid).content.decode()
    assert "Trùng phương án khác" in page
    assert "Thực hiện phương án" not in page
    assert "Đã bỏ" in reforms.listing(acted(house.tu)).content.decode()
    with pytest.raises(Conflict):
        reform_writing.editing(acted(house.tu), reform.uuid)
