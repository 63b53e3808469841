"""What a pack may declare as a form, and how each mistake is named with its place."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.forms.checking import check_form
from tinhso.forms.errors import FormUnsound
from tinhso.forms.form import Form
from tinhso.forms.tests.sample import form_of, sample
from tinhso.forms.tests.unhurried import unhurried

json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "title", "properties", "x-steps", "fields", "a", "x-widget"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=10,
)
CHOICES = [{"const": "a", "title": "A"}]


def places(schema: Any) -> list[str]:
    return [problem.path for problem in check_form(schema)]


def test_the_worked_example_is_sound() -> None:
    assert check_form(sample()) == []


def test_an_unsound_form_is_not_loaded() -> None:
    with pytest.raises(FormUnsound) as refusal:
        Form(form_of(a={"x-when": "b"}))
    assert "properties.a.x-when" in str(refusal.value)


@pytest.mark.parametrize(
    ("field", "place"),
    [
        ({"x-wen": "true"}, "properties.a"),
        ({"x-widget": "slider"}, "properties.a.x-widget"),
        ({"x-privacy": "secret"}, "properties.a.x-privacy"),
        ({"title": 3}, "properties.a.title"),
        ({"type": "number"}, "properties.a.type"),
        ({"minimum": 3}, "properties.a.minimum"),
        ({"minLength": 9, "maxLength": 3}, "properties.a.minLength"),
        ({"pattern": "("}, "properties.a.pattern"),
        ({"pattern": "(?=a)b", "x-messages": {"pattern": "Nhập b."}}, "properties.a.pattern"),
        ({"pattern": "a"}, "properties.a"),
        ({"x-messages": {"foo": "x"}}, "properties.a.x-messages"),
        ({"x-when": "1 +"}, "properties.a.x-when"),
        ({"x-when": "nobody"}, "properties.a.x-when"),
        ({"x-when": '"yes"'}, "properties.a.x-when"),
        ({"x-when": 'a = "x"'}, "properties.a.x-when"),
        ({"x-require": "filed_on > 3"}, "properties.a.x-require"),
        ({"x-widget": "radio"}, "properties.a"),
        ({"x-widget": "radio", "oneOf": CHOICES, "x-options": "b"}, "properties.a"),
        ({"x-widget": "radio", "oneOf": CHOICES * 2}, "properties.a"),
        ({"x-widget": "commune"}, "properties.a"),
        ({"x-widget": "files"}, "properties.a"),
        ({"x-widget": "checkboxes", "items": {"properties": {}}}, "properties.a.items.properties"),
        ({"x-widget": "group"}, "properties.a"),
        ({"x-widget": "group", "items": {"required": ["z"]}}, "properties.a.items"),
        ({"x-autocomplete": "cc-number"}, "properties.a.x-autocomplete"),
        ({"x-accept": ["exe"]}, "properties.a.x-accept.0"),
        ({"x-not-after": "today"}, "properties.a.x-not-after"),
        ({"x-widget": "date", "x-not-after": "tomorrow"}, "properties.a.x-not-after"),
        ({"x-widget": "date", "x-not-before": "2026-02-30"}, "properties.a.x-not-before"),
        (
            {"x-widget": "date", "x-not-before": "2026-01-02", "x-not-after": "2026-01-01"},
            "properties.a.x-not-before",
        ),
    ],
)
def test_a_field_problem_names_its_place(field: dict[str, Any], place: str) -> None:
    found = places(form_of(a=field))
    assert any(path == place or path.startswith(f"{place}.") for path in found), found


def test_the_privacy_class_is_compulsory() -> None:
    schema = form_of(a={})
    del schema["properties"]["a"]["x-privacy"]
    assert places(schema) == ["properties.a"]


def test_a_condition_asks_only_about_what_was_asked_before() -> None:
    schema = form_of(a={"x-when": 'b = "x"'}, b={})
    assert places(schema) == ["properties.a.x-when"]
    schema["x-steps"][0]["fields"] = ["b", "a"]
    assert places(schema) == []


def test_an_item_sees_its_earlier_neighbours_and_the_form_before_it() -> None:
    inner = {"title": "X", "x-widget": "text", "x-privacy": "public"}
    group = {
        "x-widget": "group",
        "items": {"properties": {"p": {**inner, "x-when": 'a = "1"'}, "q": {**inner}}},
    }
    schema = form_of(a={}, g=group)
    assert places(schema) == []
    group["items"]["properties"]["p"]["x-when"] = 'q = "1"'  # type: ignore[index]
    assert places(form_of(a={}, g=group)) == ["properties.g.items.properties.p.x-when"]


def test_groups_and_files_do_not_nest() -> None:
    inner = {"x": {"title": "X", "x-widget": "files", "x-paper": "p", "x-privacy": "public"}}
    schema = form_of(g={"x-widget": "group", "items": {"properties": inner}})
    assert places(schema) == ["properties.g.items.properties.x"]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"x-steps": []}, "x-steps"),
        ({"x-steps": [{"name": "s", "title": "S", "fields": ["a", "zz"]}]}, "x-steps.0.fields"),
        ({"x-steps": [{"name": "s", "title": "S", "fields": ["a", "a"]}]}, "x-steps.0.fields"),
        ({"required": ["zz"]}, "required"),
        ({"x-rules": [{"at": "zz", "must": "true", "message": "m"}]}, "x-rules.0.at"),
        ({"x-rules": [{"at": "a", "must": "1", "message": "m"}]}, "x-rules.0.must"),
        ({"properties": {"A": {}}}, "properties"),
        ({"surprise": 1}, ""),
        ({"title": "x" * 1_000_000}, "title"),
    ],
)
def test_a_form_problem_names_its_place(change: dict[str, Any], place: str) -> None:
    assert place in places({**form_of(a={}), **change})


def test_a_field_stands_in_exactly_one_step() -> None:
    schema = form_of(a={}, b={})
    schema["x-steps"] = [
        {"name": "s", "title": "S", "fields": ["a"]},
        {"name": "s", "title": "S", "fields": ["a"]},
    ]
    assert places(schema) == ["x-steps.1.name", "x-steps.1.fields", "properties.b"]


def test_the_day_of_filing_is_nobodys_field() -> None:
    assert places(form_of(filed_on={})) == ["properties.filed_on"]


@pytest.mark.slow
@unhurried
@given(json)
def test_any_document_is_judged(document: Any) -> None:
    assert isinstance(check_form(document), list)


def test_bombs_are_judged() -> None:
    nested: Any = {}
    for _ in range(5_000):
        nested = {"a": nested}
    assert check_form({**form_of(a={}), "properties": nested})
    assert check_form({**form_of(a={}), "title": "\ud800"})
    assert check_form({1: 2})
    assert check_form({**form_of(a={}), "title": {1, 2}})
