"""What answers are refused for, at which place, and in whose words."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from tinhso.forms.fields import Given
from tinhso.forms.form import Form
from tinhso.forms.tests.sample import FILE, FILED_ON, GIVEN, form_of, sample, sound
from tinhso.forms.validation import sentence


def refused(**changes: Any) -> dict[str, list[str]]:
    form = Form(sample())
    return form.validate(form.of_values(sound(**changes), given=GIVEN))


def test_sound_answers_are_not_refused() -> None:
    assert refused() == {}


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"full_name": None}, "full_name"),
        ({"full_name": "x" * 101}, "full_name"),
        ({"personal_id": "1"}, "personal_id"),
        ({"born_on": "2030-01-01", "guardian": "Hoa"}, "born_on"),
        ({"born_on": "1899-12-31"}, "born_on"),
        ({"email": "lan"}, "email"),
        ({"email": "x" * 250 + "@example.vn"}, "email"),
        ({"business_name": "ab"}, "business_name"),
        ({"business_name": "<script>"}, "business_name"),
        ({"commune": "99999"}, "commune"),
        ({"trades": ["retail", "arms"]}, "trades"),
        ({"floor_area": 0.5}, "floor_area"),
        ({"floor_area": 10_001}, "floor_area"),
        ({"capital": 999_999}, "capital"),
        ({"has_members": None}, "has_members"),
        ({"members": None}, "members"),
        ({"members": [{"relation": "child"}]}, "members.0.name"),
        ({"members": [{"name": "Nam", "relation": "dog"}]}, "members.0.relation"),
        ({"members": [{"name": "Nam", "relation": "other"}]}, "members.0.other_relation"),
        ({"members": [{"name": "x" * 501, "relation": "child"}]}, "members.0.name"),
        ({"members": [{"name": "Nam", "relation": "child"}] * 11}, "members"),
        ({"id_card": None}, "id_card"),
        ({"id_card": [FILE] * 3}, "id_card"),
        ({"trades": ["food"]}, "food_commitment"),
        ({"trades": ["food"], "food_commitment": [FILE], "capital": 2_000_000}, "capital"),
    ],
)
def test_one_fault_is_named_at_one_place(changes: dict[str, Any], path: str) -> None:
    found = refused(**changes)
    assert set(found) == {path}
    assert len(found[path]) == 1
    assert found[path][0]


def test_every_fault_is_named_in_the_order_of_the_form() -> None:
    form = Form(sample())
    found = form.validate(form.of_values({}, given=GIVEN))
    assert list(found) == [
        "full_name",
        "personal_id",
        "born_on",
        "phone",
        "business_name",
        "commune",
        "capital",
        "has_members",
        "id_card",
    ]


def test_a_step_is_judged_alone() -> None:
    form = Form(sample())
    answers = form.of_values({}, given=GIVEN)
    assert set(form.validate(answers, form.step("contact"))) == {"phone"}


def test_a_hidden_question_is_not_demanded() -> None:
    form = Form(form_of(a={"x-widget": "yes-no"}, b={"x-when": "a", "x-require": "true"}))
    assert form.validate(form.of_values({"a": False})) == {}
    assert set(form.validate(form.of_values({"a": True}))) == {"b"}


def test_a_question_is_demanded_when_its_condition_is_true_only() -> None:
    form = Form(form_of(a={"x-widget": "yes-no"}, b={"x-require": "a"}))
    assert form.validate(form.of_values({})) == {}
    assert form.validate(form.of_values({"a": False})) == {}
    assert set(form.validate(form.of_values({"a": True}))) == {"b"}


def test_a_rule_about_the_unknown_is_not_broken() -> None:
    form = Form(sample())
    no_day = Given(on=None, options=GIVEN.options)
    assert form.validate(form.of_values(sound(born_on="2100-01-01"), given=no_day)) == {}


def test_a_list_that_nobody_gave_is_a_bug_not_an_acceptance() -> None:
    form = Form(sample())
    with pytest.raises(LookupError):
        form.validate(form.of_values(sound(), given=Given(on=FILED_ON)))


BORN = {"x-widget": "date", "x-not-before": "1900-01-01", "x-not-after": "today"}


@pytest.mark.parametrize(
    ("day", "sentences"),
    [
        ("1899-12-31", ["“A” phải từ ngày 01/01/1900 trở đi."]),
        ("1900-01-01", None),
        (FILED_ON.isoformat(), None),
        ("2026-01-06", ["“A” không được sau ngày 05/01/2026."]),
    ],
)
def test_a_day_lies_within_its_bounds_by_the_official_day(
    day: str, sentences: list[str] | None
) -> None:
    form = Form(form_of(a=BORN))
    expected = {"a": sentences} if sentences else {}
    assert form.validate(form.of_values({"a": day}, given=GIVEN)) == expected


def test_a_day_in_an_item_lies_within_its_bounds_too() -> None:
    inner = {"title": "B", "x-privacy": "public", **BORN}
    form = Form(form_of(g={"x-widget": "group", "items": {"properties": {"b": inner}}}))
    found = form.validate(form.of_values({"g": [{"b": "2030-01-01"}]}, given=GIVEN))
    assert set(found) == {"g.0.b"}


def test_today_that_nobody_gave_is_a_bug_not_an_acceptance() -> None:
    form = Form(form_of(a=BORN))
    with pytest.raises(LookupError):
        form.validate(form.of_values({"a": "2026-01-01"}))


def test_a_form_says_in_its_own_words_why_a_day_is_refused() -> None:
    form = Form(form_of(a={**BORN, "x-messages": {"notAfter": "Chưa sinh."}}))
    assert form.validate(form.of_values({"a": "2030-01-01"}, given=GIVEN)) == {"a": ["Chưa sinh."]}


def test_the_forms_own_sentence_comes_first() -> None:
    found = refused(business_name="<b>x</b>")["business_name"]
    assert found == [sample()["properties"]["business_name"]["x-messages"]["pattern"]]


def test_the_forms_own_sentence_says_how_to_write() -> None:
    own = {"unreadable": "Nhập ngày cấp.", "required": "Cần ngày cấp."}
    form = Form({**form_of(a={"x-widget": "date", "x-messages": own}), "required": ["a"]})
    assert form.validate(form.parse({"a.day": "hôm qua"})) == {"a": ["Nhập ngày cấp."]}
    assert form.validate(form.parse({})) == {"a": ["Cần ngày cấp."]}


def test_english_pages_use_the_english_sentence_of_a_rule() -> None:
    with translation.override("en"):
        assert refused(born_on="2030-01-01")["born_on"] == [
            "The date of birth must be before the day of filing."
        ]


def test_every_word_has_a_sentence_that_names_the_field() -> None:
    field = Form(form_of(a={"title": "Tên gọi"})).fields["a"]
    words = [
        "required", "minLength", "maxLength", "minimum", "maximum", "multipleOf",
        "minItems", "maxItems", "uniqueItems", "format", "choice", "notBefore", "notAfter", "anything else",
    ]  # fmt: skip
    for word in words:
        assert "“Tên gọi”" in sentence(field, word, 3)


def test_limits_are_written_as_people_write_numbers() -> None:
    assert "1.000.000" in refused(capital=3)["capital"][0]
    assert "10.000" in refused(floor_area=20_000)["floor_area"][0]


def test_the_librarys_english_is_never_shown() -> None:
    form = Form(sample())
    shown = str(form.validate(form.of_values(sound(members=[{"name": 1}], email="x"), given=GIVEN)))
    assert " is " not in shown
    assert "required property" not in shown
