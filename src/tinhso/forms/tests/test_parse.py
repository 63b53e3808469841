"""How typed text becomes answers: ways of writing, hidden questions, repeated groups, files."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from tinhso.forms.fields import Given
from tinhso.forms.form import Answers, Form
from tinhso.forms.reading import show_number
from tinhso.forms.rendering import error_summary
from tinhso.forms.tests.sample import FILE, FILED_ON, GIVEN, SOUND, form_of, sample, sound
from tinhso.forms.tests.unhurried import unhurried


def read(widget: str, text: str | list[str], **words: Any) -> Answers:
    return Form(form_of(a={"x-widget": widget, **words})).parse({"a": text})


@pytest.mark.parametrize(
    ("widget", "text", "value"),
    [
        ("text", "  Lan   Anh ", "Lan Anh"),
        ("text", "tiê\u0301ng", "ti\u1ebfng"),
        ("text", "\u200bLan\u202e", "Lan"),
        ("text", "a\r\nb", "a b"),
        ("long-text", "a \r\nb\r", "a\nb"),
        ("personal-id", "000 123 456 789", "000123456789"),
        ("phone", "+84 000.000.001", "0000000001"),
        ("phone", "(0000) 000 001", "0000000001"),
        ("number", "1.234.567,5", 1234567.5),
        ("number", "1.234", 1234),
        ("number", "0.125", 0.125),
        ("number", "85,5", 85.5),
        ("number", "12.5", 12.5),
        ("number", "-3", -3),
        ("number", "2,0", 2),
        ("money", "1 500 000 đ", 1_500_000),
        ("money", "1.500.000 đồng", 1_500_000),
        ("yes-no", "yes", True),
        ("yes-no", "no", False),
        ("text", "   ", None),
        ("text", ["Lan", "Lan"], "Lan"),
    ],
)
def test_it_understands(widget: str, text: str | list[str], value: Any) -> None:
    answers = read(widget, text)
    assert answers.troubles == {}
    assert answers.values.get("a") == value


@pytest.mark.parametrize(
    ("widget", "text"),
    [
        ("personal-id", "12345"),
        ("personal-id", "٠٠٠١٢٣٤٥٦٧٨٩"),
        ("phone", "12"),
        ("phone", "hello"),
        ("number", "một"),
        ("number", "1.23.4"),
        ("number", "1e5"),
        ("number", "NaN"),
        ("number", "9" * 16),
        ("money", "1,5"),
        ("yes-no", "maybe"),
        ("text", ["Lan", "Hùng"]),
        ("text", "a\x00b"),
        ("text", "a\ud800"),
        ("text", "x" * 1_000_000),
    ],
)
def test_what_it_does_not_understand_is_kept_and_named(widget: str, text: str | list[str]) -> None:
    answers = read(widget, text)
    assert set(answers.troubles) == {"a"}
    assert "A" in answers.troubles["a"]
    assert answers.values == {}
    assert answers.typed["a"]
    "".join(answers.typed["a"]).encode()


@pytest.mark.parametrize(
    "boxes",
    [
        {"a.day": "31", "a.month": "12", "a.year": "1990"},
        {"a.day": " 31 ", "a.month": "12", "a.year": "1990"},
        {"a.day": "31/12/1990"},
        {"a": "31.12.1990"},
        {"a": "1990-12-31"},
    ],
)
def test_a_date_is_read_from_three_boxes_or_one(boxes: dict[str, str]) -> None:
    form = Form(form_of(a={"x-widget": "date"}))
    assert form.parse(boxes).values == {"a": "1990-12-31"}


@pytest.mark.parametrize(
    "boxes",
    [
        {"a.day": "31", "a.month": "2", "a.year": "1990"},
        {"a.day": "31", "a.month": "12", "a.year": "2990"},
        {"a.day": "31", "a.month": "", "a.year": "1990"},
        {"a.day": "1", "a.month": "1", "a.year": "90"},
        {"a.day": "-1", "a.month": "1", "a.year": "1990"},
        {"a.day": "1" * 5_000, "a.month": "1", "a.year": "1990"},
        {"a.day": "hôm qua"},
    ],
)
def test_a_date_that_is_none_is_named(boxes: dict[str, str]) -> None:
    answers = Form(form_of(a={"x-widget": "date"})).parse(boxes)
    assert set(answers.troubles) == {"a"}
    assert answers.values == {}


@unhurried
@given(st.integers(-(10**14), 10**14) | st.floats(-(10**9), 10**9).map(lambda x: round(x, 4)))
def test_a_shown_number_reads_back(number: float) -> None:
    assert read("number", show_number(number)).values.get("a") == number


def test_sound_values_come_back_as_they_were() -> None:
    answers = Form(sample()).of_values(SOUND, given=GIVEN)
    assert answers.troubles == {}
    assert answers.values == SOUND


def test_stored_answers_are_the_same_answers() -> None:
    form = Form(sample())
    answers = form.of_values(SOUND, given=GIVEN)
    assert form.restore(answers.stored(), given=GIVEN) == answers


def test_unknown_names_are_dropped() -> None:
    form = Form(form_of(a={}))
    assert form.parse({"a": "x", "b": "y", "is_admin": "1"}).stored()["typed"] == {"a": ["x"]}
    assert form.of_values({"a": "x", "b": "y"}).values == {"a": "x"}


@pytest.mark.parametrize(
    "value", [1, True, {}, {"a": {"b": []}}, [], ["x"], b"x", float("nan"), [[[]]]]
)
def test_a_value_of_a_wrong_type_is_named(value: Any) -> None:
    answers = Form(form_of(a={})).of_values({"a": value})
    assert set(answers.troubles) == {"a"}
    assert answers.values == {}


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), 10**400, pytest.param(10**5_000, id="huge"), True, "1"]
)
def test_a_number_that_json_cannot_hold_is_named(value: Any) -> None:
    answers = Form(form_of(a={"x-widget": "number"})).of_values({"a": value})
    assert set(answers.troubles) == {"a"}


def test_a_hidden_question_has_no_value_but_keeps_its_text() -> None:
    form = Form(
        form_of(
            a={"x-widget": "yes-no"},
            b={"x-when": "a"},
            c={"x-when": 'b = "x"'},
        )
    )
    shown = form.parse({"a": "yes", "b": "x", "c": "y"})
    assert shown.values == {"a": True, "b": "x", "c": "y"}
    hidden = form.parse({"a": "no", "b": "x", "c": "y"})
    assert hidden.values == {"a": False}
    assert hidden.hidden == {"b", "c"}
    assert hidden.typed["b"] == ["x"]


def test_a_hidden_step_hides_its_fields() -> None:
    schema = form_of(a={"x-widget": "yes-no"}, b={})
    schema["x-steps"] = [
        {"name": "one", "title": "1", "fields": ["a"]},
        {"name": "two", "title": "2", "fields": ["b"], "x-when": "a"},
    ]
    form = Form(schema)
    no = form.parse({"a": "no", "b": "x"})
    assert no.values == {"a": False}
    assert [step.name for step in form.steps_of(no)] == ["one"]
    assert form.after(form.steps[0], no) is None
    yes = form.parse({"a": "yes"}, before=no, step=form.steps[0])
    assert yes.values == {"a": True, "b": "x"}
    assert form.after(form.steps[0], yes) is form.steps[1]


def test_a_step_changes_only_its_own_answers() -> None:
    form = Form(sample())
    before = form.of_values(SOUND, given=GIVEN)
    contact = form.step("contact")
    after = form.parse({"phone": "0000000002", "full_name": "X"}, step=contact, before=before)
    assert after.values == {**SOUND, "phone": "0000000002"}
    assert after.given == GIVEN


def test_conditions_see_the_day_of_filing() -> None:
    form = Form(sample())
    young = {"born_on": "2010-06-01"}
    assert "guardian" not in form.of_values(young, given=Given(on=FILED_ON)).hidden
    assert "guardian" in form.of_values(young).hidden


GROUP = {
    "x-widget": "group",
    "maxItems": 3,
    "items": {
        "title": "Mục",
        "properties": {"n": {"title": "N", "x-widget": "text", "x-privacy": "public"}},
    },
}


def test_items_are_added_and_taken_away() -> None:
    form = Form(form_of(g=GROUP))
    one = form.parse({"g.0": "+", "g.0.n": "x", "form-add": "g"})
    assert one.asks_again
    assert one.values == {"g": [{"n": "x"}, {}]}
    two = form.parse({"g.0": "+", "g.0.n": "x", "g.1": "+", "g.1.n": "y", "form-remove": "g.0"})
    assert two.asks_again
    assert two.values == {"g": [{"n": "y"}]}
    assert two.typed == {"g.0": ["+"], "g.0.n": ["y"]}


def test_blank_items_are_dropped() -> None:
    form = Form(form_of(g=GROUP))
    answers = form.parse({"g.0": "+", "g.0.n": " ", "g.7": "+", "g.7.n": "y", "g.9": "+"})
    assert not answers.asks_again
    assert answers.values == {"g": [{"n": "y"}]}
    assert form.parse({"g.0": "+", "g.0.n": ""}).values == {}


def test_a_flood_of_items_is_cut_and_refused() -> None:
    form = Form(form_of(g=GROUP))
    answers = form.parse({f"g.{i}.n": "x" for i in range(900)})
    assert len(answers.values["g"]) == 4
    assert set(form.validate(answers)) == {"g"}
    many = form.of_values({"g": [{"n": "x"}] * 100_000})
    assert set(form.validate(many)) == {"g"}


def test_a_new_question_on_the_page_is_asked_before_going_on() -> None:
    form = Form(form_of(a={"x-widget": "yes-no"}, b={"x-when": "a"}))
    step = form.steps[0]
    blank = form.parse({})
    shown = ",".join(form.shown_paths(blank, step))
    more = form.parse({"a": "yes", "form-shown": shown}, step=step)
    assert (more.asks_again, sorted(more.brought_up)) == (True, ["b"])
    said = error_summary(form, more, {})
    assert "mở thêm câu hỏi" in said
    assert 'href="#' in said
    assert not form.parse({"a": "no", "form-shown": shown}, step=step).asks_again
    assert not form.parse({"a": "yes", "b": "", "form-shown": "a,b"}, step=step).asks_again


def test_an_unshown_question_keeps_its_text() -> None:
    form = Form(form_of(a={"x-widget": "yes-no"}, b={"x-when": "a"}))
    before = form.parse({"a": "no", "b": "kept"})
    after = form.parse({"a": "yes", "form-shown": "a"}, before=before)
    assert after.values == {"a": True, "b": "kept"}


FILES = {"x-widget": "files", "x-paper": "p", "maxItems": 2}


def test_files_come_from_the_caller_not_from_the_post() -> None:
    form = Form(form_of(a=FILES))
    assert form.parse({"a": FILE["key"]}).values == {}
    with_file = form.parse({}, attached={"a": [FILE]})
    assert with_file.values == {"a": [FILE]}
    assert with_file.facts["a"] == [FILE["key"]]
    without = form.parse({"form-detach": f"a {FILE['key']}"}, before=with_file)
    assert without.values == {}
    assert without.asks_again


@pytest.mark.parametrize("files", ["x", [1], [{"key": 1, "name": "x"}], [{"name": "x"}], {}])
def test_malformed_files_are_named(files: Any) -> None:
    form = Form(form_of(a=FILES))
    assert set(form.of_values({"a": files}).troubles) == {"a"}


def test_a_key_that_is_no_uuid_is_refused() -> None:
    form = Form(form_of(a=FILES))
    answers = form.of_values({"a": [{"key": "../../etc/passwd", "name": "x"}]})
    assert set(form.validate(answers)) == {"a"}


def test_a_query_dict_is_read_as_browsers_send_it() -> None:
    form = Form(sample())
    post = QueryDict("trades=retail&trades=food&trades=retail&form-shown=trades")
    answers = form.parse(post, step=form.step("business"), given=GIVEN)
    assert answers.values == {"trades": ["retail", "food"]}


FORM = Form(sample())
names = st.sampled_from(
    [
        "full_name", "born_on", "born_on.day", "born_on.month", "born_on.year", "trades",
        "commune", "capital", "floor_area", "has_members", "members", "members.0",
        "members.0.name", "members.1.relation", "members.01.name", "members.99999.name",
        "id_card", "form-add", "form-remove", "form-shown", "form-detach", "filed_on", "x",
    ]
)  # fmt: skip
posts = st.dictionaries(
    names,
    st.lists(st.text(max_size=12) | st.sampled_from(["members", "members.0", "yes", "food", "1"])),
)


@unhurried
@given(posts, posts)
@pytest.mark.slow
def test_any_post_gives_answers_that_can_be_judged_and_stored(
    first: dict[str, list[str]], second: dict[str, list[str]]
) -> None:
    form = FORM
    answers = form.parse(first, given=GIVEN)
    answers = form.parse(second, before=answers, step=form.step("family"))
    errors = form.validate(answers)
    assert all(sentence for sentences in errors.values() for sentence in sentences)
    again = form.restore(answers.stored(), given=GIVEN)
    assert again.typed == answers.typed


@unhurried
@given(
    st.dictionaries(
        st.sampled_from(list(SOUND)),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(st.sampled_from(["name", "key", "relation"]), inner, max_size=3)
            ),
            max_leaves=6,
        ),
    )
)
@pytest.mark.slow
def test_any_values_give_answers_that_can_be_judged(values: dict[str, Any]) -> None:
    form = FORM
    answers = form.of_values({**sound(), **values}, given=GIVEN)
    form.validate(answers)
    assert form.of_values(answers.values, given=GIVEN).values == answers.values
