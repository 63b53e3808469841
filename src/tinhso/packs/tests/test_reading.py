from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tinhso.packs.reading import MAX_BYTES, Unreadable, read
from tinhso.packs.sources import Position, Problem


def refusal(content: str | bytes) -> Problem:
    raw = content.encode() if isinstance(content, str) else content
    with pytest.raises(Unreadable) as caught:
        read(raw, "ho-tich/pack.yaml")
    return caught.value.problem


@pytest.mark.parametrize(
    ("content", "line", "column", "found"),
    [
        ("a: 1\nb: &x 2\n", 2, 4, "nhãn &x"),
        ("a: *x\n", 1, 4, "tham chiếu *x"),
        ("a: !!python/object/apply:os.system [ls]\n", 1, 4, "python/object"),
        ("a: !mine 1\n", 1, 4, "!mine"),
        ("a: 1\nb: 2\na: 3\n", 3, 1, "đã có ở dòng 1"),
        ("a: 1\nb:\n  <<: {c: 1}\n", 3, 3, "<<"),
        ("? [a, b]\n: 1\n", 1, 3, "khóa là một danh sách"),
        ("a:\n\tb: 1\n", 2, 1, "tab"),
        ("a: 1\n---\nb: 2\n", 2, 1, "văn bản YAML thứ hai"),
        ("%YAML 1.1\n---\na: 1\n", 1, 1, "%YAML"),
        ("a: 1\nb: x\u202ey\n", 2, 5, "U+202E"),
        ("a: 1\nb: x\x00y\n", 2, 5, "U+0000"),
        ('a: 1\nb: "x\\0y"\n', 2, 4, "U+0000"),
        ('a: 1\n"\\u202eb": 2\n', 2, 1, "U+202E"),
        ("\ufeffa: 1\n", 1, 1, "U+FEFF"),
        ("a: 1\nb: ti\u0065\u0302\u0301p\n", 2, 1, "tổ hợp rời"),
        (b"a: 1\nb: \xe1\n", 2, 4, "UTF-8"),
        ("a: 1\n".encode("utf-16"), 1, 1, "UTF-8"),
        ("a: [1, 2\n", 2, 1, "YAML viết sai"),
        ("a: 1234567890123456789\n", 1, 4, "số dài 19"),
        ("", 1, 1, "trống"),
        ("# chỉ có ghi chú\n", 1, 1, "trống"),
    ],
)
def test_it_refuses_at_the_place(content: str | bytes, line: int, column: int, found: str) -> None:
    problem = refusal(content)
    assert problem.position == Position(line, column)
    assert found in problem.found
    assert problem.expected
    assert problem.file == "ho-tich/pack.yaml"


def test_an_alias_bomb_is_refused_at_its_first_anchor() -> None:
    lines = ["a0: &a0 [x,x,x,x,x,x,x,x,x]"]
    lines += [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    assert refusal("\n".join(lines)).position == Position(1, 5)


def test_deep_nesting_is_refused_without_recursion() -> None:
    assert "lồng sâu" in refusal("[" * 100_000).found
    assert "lồng sâu" in refusal("".join(f"{' ' * n}a:\n" for n in range(40))).found


def test_a_long_file_is_refused_before_it_is_parsed() -> None:
    assert "byte" in refusal(b"a" * (MAX_BYTES + 1)).found


@pytest.mark.slow
def test_many_values_are_refused() -> None:
    assert "giá trị" in refusal("[" + "1," * 60_000 + "1]").found


def test_words_that_only_look_like_values_stay_words() -> None:
    text = "a: no\nb: 007\nc: 2025-07-01\nd: 1.10.2\ne: yes\nf: 0x1F\ng: 1_000\nh: .inf\ni: '12'\n"
    value = read(text.encode(), "f").value
    assert value == {
        "a": "no",
        "b": "007",
        "c": "2025-07-01",
        "d": "1.10.2",
        "e": "yes",
        "f": "0x1F",
        "g": "1_000",
        "h": ".inf",
        "i": "12",
    }


def test_every_value_keeps_its_place() -> None:
    document = read(b"a:\n  - b: 1\n    c:\n      - x\n      - y\n", "f")
    assert document.value == {"a": [{"b": 1, "c": ["x", "y"]}]}
    assert document.position("a", 0, "c", 1) == Position(5, 9)
    assert document.position("a", 0, "missing") == Position(2, 5)


plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.text("abcđêô :#-[]{}'\"&*!|>%@`,?\n0123456789.~", max_size=12),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text("abcđ:# 12", min_size=1, max_size=6), inner, max_size=4)
    ),
    max_leaves=20,
)


class _WithoutAliases(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        del data
        return True


@given(value=plain)
@pytest.mark.slow
def test_what_a_dumper_writes_is_read_back(value: Any) -> None:
    text = yaml.dump(value, Dumper=_WithoutAliases, allow_unicode=True, default_style='"')
    if value in (None, [], {}) or "!!" in text:
        text = yaml.dump(value, Dumper=_WithoutAliases, allow_unicode=True)
    assert read(text.encode(), "f").value == value
