"""The type of an expression, and the refusal of an unknown name or mixed types."""

from __future__ import annotations

import pytest

from tinhso.forms.errors import NameUnknown, TypesMixed
from tinhso.forms.expressions import (
    BOOLEAN,
    DATE,
    DAYS,
    MONTHS,
    NULL,
    NUMBER,
    STRING,
    Type,
    check,
    list_of,
    parse,
    record_of,
)

NAMES = {
    "age": NUMBER,
    "name": STRING,
    "married": BOOLEAN,
    "born_on": DATE,
    "filed_on": DATE,
    "kinds": list_of(STRING),
    "members": list_of(record_of({"age": NUMBER, "name": STRING})),
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("age + 1", NUMBER),
        ('name + "x"', STRING),
        ("married and age > 1", BOOLEAN),
        ("filed_on - born_on", DAYS),
        ('born_on + duration("P1Y")', DATE),
        ('duration("P1M") + duration("P1Y")', MONTHS),
        ("years between(born_on, filed_on) >= 18", BOOLEAN),
        ('"x" in kinds', BOOLEAN),
        ('kinds in (["x"], ["y"])', BOOLEAN),
        ("members.age", list_of(NUMBER)),
        ("sum(members.age)", NUMBER),
        ("min(born_on, filed_on)", DATE),
        ("born_on.year", NUMBER),
        ("(filed_on - born_on).days", NUMBER),
        ("if married then 1 else null", NUMBER),
        ("[]", list_of(NULL)),
        ("[1, null]", list_of(NUMBER)),
        ("null", NULL),
        ("name = null", BOOLEAN),
        ("is defined(members)", BOOLEAN),
        ("list contains(kinds, name)", BOOLEAN),
        ("age in (1, [2..3])", BOOLEAN),
        ("-age", NUMBER),
    ],
)
def test_it_finds_the_type(text: str, expected: Type) -> None:
    assert check(parse(text), NAMES) == expected


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("age + name", 5),
        ("age = name", 7),
        ("name < name", 1),
        ("married + 1", 9),
        ("if age then 1 else 2", 4),
        ("if married then 1 else name", 24),
        ('age in ["a"]', 8),
        ("age in [born_on..filed_on]", 9),
        ("age and married", 1),
        ("not(age)", 1),
        ("sum(kinds)", 1),
        ("count(age)", 1),
        ("date(1)", 1),
        ("list contains(kinds, age)", 22),
        ("duration(name)", 1),
        ('duration("P1Y1D")', 1),
        ('duration("P")', 1),
        ("[1, name]", 5),
        ("age.year", 1),
        ("-name", 2),
        ("years between(born_on)", 1),
    ],
)
def test_mixed_types_are_refused_at_their_place(text: str, position: int) -> None:
    with pytest.raises(TypesMixed) as refusal:
        check(parse(text), NAMES)
    assert refusal.value.details["position"] == position
    assert str(refusal.value)


@pytest.mark.parametrize(
    ("text", "name", "near"),
    [
        ("agee > 1", "agee", "age"),
        ("members.nam", "nam", "name"),
        ("born_on.years", "years", "year"),
        ("xyz", "xyz", None),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(
    text: str, name: str, near: str | None
) -> None:
    with pytest.raises(NameUnknown) as refusal:
        check(parse(text), NAMES)
    assert refusal.value.details["name"] == name
    assert (near is None) == (refusal.value.details["hint"] == "")
    assert near is None or near in str(refusal.value)
