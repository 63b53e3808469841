"""Questions and answers as HTML: labelled, escaped, with what was typed, without scripts."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils import translation
from lxml import html

from tinhso.forms import rendering
from tinhso.forms.form import Answers, Form
from tinhso.forms.showing import mask, rows
from tinhso.forms.tests.sample import FILE, GIVEN, form_of, sample, sound

FORM = Form(sample())
NASTY = "<script>alert(1)</script>\"'&"


def read_html(markup: str) -> Any:
    return html.fromstring(markup)


def step_page(name: str, **changes: Any) -> tuple[Any, dict[str, list[str]]]:
    form = FORM
    answers = form.of_values(sound(**changes), given=GIVEN)
    step = form.step(name)
    assert step is not None
    errors = form.validate(answers, step)
    page = rendering.error_summary(form, answers, errors) + rendering.fields(
        form, step, answers, errors
    )
    return read_html(f"<form>{page}</form>"), errors


@pytest.mark.parametrize("name", ["owner", "contact", "business", "family", "papers"])
def test_every_input_has_a_label_and_every_reference_a_target(name: str) -> None:
    page, _ = step_page(
        name, full_name=None, phone="1", business_name=None, members=None, id_card=None
    )
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for box in page.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        assert page.xpath(f"//label[@for='{box.get('id')}']"), box.get("name")
    for reference in page.xpath("//@aria-describedby"):
        assert set(reference.split()) <= set(ids)
    for link in page.xpath("//a/@href"):
        assert link[1:] in ids
    assert not page.xpath("//script | //@style | //@onclick")


def test_an_error_is_said_twice_and_the_text_stays() -> None:
    page, errors = step_page("business", business_name=NASTY, capital=1)
    assert set(errors) == {"business_name", "capital"}
    assert len(page.xpath("//*[@class='govuk-error-message']")) == 2
    assert len(page.xpath("//*[contains(@class, 'govuk-error-summary__list')]/li")) == 2
    assert page.xpath("//input[@name='business_name']/@value") == [NASTY]


def test_everything_typed_is_escaped() -> None:
    nasty = form_of(
        a={"title": NASTY, "description": NASTY},
        b={"x-widget": "long-text"},
        c={"x-widget": "radio", "oneOf": [{"const": NASTY, "title": NASTY}]},
        d={"x-widget": "files", "x-paper": "p"},
        e={"x-widget": "date"},
    )
    form = Form(nasty)
    answers = form.parse(
        {"a": NASTY, "b": f"</textarea>{NASTY}", "c": NASTY, "e.day": NASTY},
        attached={"d": [{**FILE, "name": NASTY}]},
    )
    errors = form.validate(answers)
    for page in (
        rendering.fields(form, form.steps[0], answers, errors),
        rendering.error_summary(form, answers, errors),
        rendering.check_answers(form, answers, change_url=lambda step: f"/{step.name}/?{NASTY}"),
    ):
        assert "<script" not in page
        assert "</textarea>&lt;" not in page


def test_a_long_text_keeps_its_first_blank_line() -> None:
    form = Form(form_of(a={"x-widget": "long-text"}))
    answers = form.parse({"a": "\nhai"})
    page = read_html(rendering.fields(form, form.steps[0], answers))
    assert page.xpath("//textarea")[0].text.endswith("\nhai")


def test_hidden_questions_are_not_on_the_page() -> None:
    page, _ = step_page("owner")
    assert not page.xpath("//*[@name='guardian']")
    page, _ = step_page("owner", born_on="2015-01-01")
    assert page.xpath("//*[@name='guardian']")


def test_questions_that_decide_others_are_marked_for_scripts() -> None:
    page, _ = step_page("family")
    assert set(page.xpath("//*[@data-decides]/@name")) == {
        "has_members",
        "members.0.relation",
        "members.1.relation",
    }
    assert page.xpath("//*[@id='form-fields-family']")


def test_a_group_shows_its_items_with_what_was_typed() -> None:
    page, _ = step_page("family")
    assert page.xpath("//*[@name='members.1.name']/@value") == ["Tú"]
    assert page.xpath("//*[@name='members.1.relation'][@checked]/@value") == ["other"]
    assert page.xpath("//button[@name='form-remove']/@value") == ["members.0", "members.1"]
    assert page.xpath("//button[@name='form-add']/@value") == ["members"]
    first = page.xpath("//button[@type='submit']")[0]
    assert first.get("name") is None


def test_a_page_posted_back_unchanged_is_the_same_answers() -> None:
    form = FORM
    answers = form.of_values(sound(), given=GIVEN)
    for step in form.steps:
        page = read_html(f"<form>{rendering.fields(form, step, answers)}</form>")
        posted: dict[str, list[str]] = {}
        for name, value in page.form_values():
            posted.setdefault(name, []).append(value)
        after = form.parse(posted, step=step, before=answers)
        assert after.values == answers.values
        assert not after.asks_again


def test_answers_to_check_link_back_to_their_step() -> None:
    form = FORM
    answers = form.of_values(sound(email=None), given=GIVEN)
    page = read_html(
        rendering.check_answers(form, answers, change_url=lambda step: f"/{step.name}/")
    )
    assert page.xpath("//a/@href")[:4] == ["/owner/"] * 3 + ["/contact/"]
    assert "Chưa trả lời" in page.text_content()


def test_the_page_speaks_english_where_the_form_does() -> None:
    with translation.override("en"):
        page, _ = step_page("owner")
        assert "Full name of the owner" in page.text_content()


def test_rows_show_answers_in_words() -> None:
    form = FORM
    answers = form.of_values(sound(note="a\nb"), given=GIVEN)
    shown = {row.path: row.shown for row in rows(form, answers)}
    assert shown["born_on"] == "31/12/1990"
    assert shown["commune"] == "Xã Đăk Hà"
    assert shown["trades"] == "Bán lẻ"
    assert shown["capital"] == "5.000.000 đồng"
    assert shown["floor_area"] == "12,5 m²"
    assert shown["has_members"] == "Có"
    assert shown["id_card"] == "can-cuoc.pdf"
    assert shown["members.1.other_relation"] == "Cháu"
    assert shown["email"] == ""
    assert "guardian" not in shown
    assert "members.0.other_relation" not in shown


def test_masking_takes_out_what_identifies_a_person() -> None:
    form = FORM
    answers = form.of_values(sound(email="lan@example.vn"), given=GIVEN)
    masked = {row.path: row.masked for row in rows(form, answers)}
    assert masked["full_name"] == "L••• M•••"
    assert masked["personal_id"] == "•••••789"
    assert masked["phone"] == "•••••001"
    assert masked["born_on"] == "••/••/1990"
    assert masked["email"] == "•••••@example.vn"
    assert masked["id_card"] == "•••••"
    assert masked["members.0.relation"] == "•••••"
    assert masked["business_name"] == "Quán Hoa"


@pytest.mark.parametrize("widget", ["text", "long-text", "number", "date", "email", "files"])
def test_sensitive_answers_vanish_whole(widget: str) -> None:
    assert mask("Lan 0000", widget=widget, privacy="sensitive") == "•••••"
    assert mask("", widget=widget, privacy="sensitive") == ""


def test_an_answer_of_a_megabyte_gives_a_small_page() -> None:
    form = Form(form_of(a={}))
    answers = form.parse({"a": "<" * 1_000_000})
    page = rendering.fields(form, form.steps[0], answers, form.validate(answers))
    assert len(page) < 100_000
    assert re.search('value="(&lt;)+"', page)


def test_blank_answers_render() -> None:
    form = FORM
    for step in form.steps:
        assert rendering.fields(form, step, Answers(given=GIVEN))


def test_a_page_of_all_steps_is_one_form() -> None:
    answers = FORM.of_values(sound(), given=GIVEN)
    pages = [rendering.fields(FORM, step, answers) for step in FORM.steps]
    page = read_html(f"<form>{''.join(pages)}</form>")
    assert len(page.xpath("//@id")) == len(set(page.xpath("//@id")))
    posted: dict[str, list[str]] = {}
    for name, value in page.form_values():
        posted.setdefault(name, []).append(value)
    after = FORM.parse({**posted, "phone": "0000000009"}, before=answers)
    assert after.values == {**answers.values, "phone": "0000000009"}
    assert not after.asks_again


def test_the_only_question_of_a_step_may_be_the_heading() -> None:
    form = Form(form_of(a={}))
    blank = form.parse({})
    step = form.steps[0]
    assert "<h1" not in rendering.fields(form, step, blank)
    assert "<h1" in rendering.fields(form, step, blank, heading=True)
