from __future__ import annotations

import gzip

import pytest
from django.test import Client

from tinhso.site.sourcemap.coverage import Status, Wanted, counted, load

pytestmark = pytest.mark.django_db
HEAVIEST = 100 * 1024  # bytes, compressed


def shown(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    assert len(gzip.compress(answer.content)) < HEAVIEST
    return answer.content.decode()


def test_the_overview_counts_as_the_file_does(client: Client) -> None:
    answer = client.get("/nguon/")
    counts = {str(status): number for _pill, status, number in answer.context["counts"]}
    assert counts == {str(status): number for status, number in counted(load().entries)}
    assert sum(counts.values()) == len(load().entries)
    for text, own in answer.context["texts"]:
        assert own == counted(load().entries_of(text.number))


@pytest.mark.slow
@pytest.mark.parametrize("number", [text.number for text in load().texts])
def test_a_text_shows_its_marks_in_order_page_by_page(client: Client, number: str) -> None:
    quotes = []
    page = 1
    while True:
        path = f"/nguon/{number}/?trang={page}"
        shown(client, path)
        listed = client.get(path).context["page"]
        quotes += [row.quotes[0] for row in listed]
        if not listed.has_next():
            break
        page += 1
    assert quotes == [mark.quote for mark in load().marks_of(number, Wanted())]


def test_it_is_searched_without_accents(client: Client) -> None:
    assert "S34" in shown(client, "/nguon/?tim=tro+ly+ao")
    assert "S34" in shown(client, "/nguon/?tim=trợ+lý")
    assert "S34" not in shown(client, "/nguon/?tim=tiem+chung")


def test_it_is_filtered_by_status_and_kind(client: Client) -> None:
    rows = client.get("/nguon/?trang_thai=partly&loai=system").context["page"]
    assert rows
    assert {(row.entry.status, row.entry.kind) for row in rows} == {("partly", "system")}
    assert {
        row.entry.status for row in client.get("/nguon/004/?trang_thai=none").context["page"]
    } == {Status.NONE}


def test_an_unknown_filter_asks_nothing_and_an_empty_answer_says_so(client: Client) -> None:
    assert client.get("/nguon/?trang_thai=x&loai=y").context["wanted"] == Wanted()
    assert "Không có mục nào" in shown(client, "/nguon/?tim=khongcotunaynhuthe")


def test_what_is_answered_in_part_opens_its_screen_and_says_what_is_missing(client: Client) -> None:
    page = shown(client, "/nguon/?tim=S27")
    assert 'href="/ho-so/"' in page
    assert "Chưa có:" in page


def test_there_is_no_sixth_text(client: Client) -> None:
    assert client.get("/nguon/005/").status_code == 404
