"""A declared form of any length, as a pack of its own: labels, hints, steps, conditions, lists, rows that repeat.

Everything of a procedure but its form is taken from one that the house has.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

WHOLE, IN_STEPS = "9.999998", "9.999999"
"""The procedure whose form is one step, and the one whose form has several."""
ALIKE = ("justice", "1.000828")
"""The pack and the procedure that lend their workflow."""
STEPS = 8
IN_A_ROW = 4
"""Fields of a row that repeats; the row itself counts as one more."""
MONTHS = 24


def write(project: Path, into: Path, fields: int) -> Path:
    """The folder of packs with two such procedures; `fields` counts every field, also those in rows."""
    pack, alike = ALIKE
    shutil.copytree(project / "packs" / "core", into / "core")
    shutil.copytree(project / "packs" / pack, into / pack)
    shutil.rmtree(into / pack / "cases")
    procedures = into / pack / "procedures"
    shutil.copytree(procedures / alike, procedures / IN_STEPS)
    (procedures / alike).rename(procedures / WHOLE)
    for code in (WHOLE, IN_STEPS):
        facts = yaml.safe_load((procedures / code / "procedure.yaml").read_text())
        facts.pop("fees", None)
        facts |= {"code": code, "name": f"Thủ tục thử có biểu mẫu {fields} mục", "papers": []}
        text = yaml.safe_dump(facts, allow_unicode=True)
        (procedures / code / "procedure.yaml").write_text(text)
        form = json.dumps(form_of(fields, in_one_step=code == WHOLE), ensure_ascii=False)
        (procedures / code / "form.json").write_text(form)
    return into


def form_of(fields: int, *, in_one_step: bool) -> dict[str, Any]:
    """The form itself, its fields shared out over the steps or all in one."""
    made = dict(_fields(fields))
    names = list(made)
    each = len(names) if in_one_step else -(-len(names) // STEPS)
    return {
        "type": "object",
        "title": f"Tờ khai thử {fields} mục",
        "properties": made,
        "required": [name for name in names if name.startswith("bat_buoc")],
        "x-steps": [
            {
                "name": f"phan_{first // each + 1}",
                "title": f"Phần {first // each + 1}",
                "fields": names[first : first + each],
            }
            for first in range(0, len(names), each)
        ],
    }


def _fields(count: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """So many fields of every kind in turn, some asked only after a yes, some rows of several."""
    number, asked = 0, "true"
    while number < count:
        number += 1
        kind = number % 10
        field = {"title": f"Mục {number}: nội dung kê khai theo mẫu", "x-privacy": "personal"}
        if number % 3 == 0:
            field["description"] = f"Ghi theo giấy tờ, như hướng dẫn ở mục {number} của mẫu."
        if kind == 0:
            rows = min(IN_A_ROW, count - number)
            if rows:
                yield f"dong_{number}", _repeating(field, number, rows)
                number += rows
                continue
        name = f"{'bat_buoc' if number % 2 else 'them'}_{number}"
        if kind in (4, 5, 6):
            field |= {"x-when": asked, "x-require": "true"}
            name = f"kem_{number}"
        if kind == 3:  # noqa: PLR2004 - the fields that follow depend on this one
            name = asked = f"co_{number}"
        yield name, {**field, **_kind(kind)}


def _repeating(field: dict[str, Any], number: int, rows: int) -> dict[str, Any]:
    columns = {
        f"cot_{column}": {
            "type": "string",
            "title": f"Cột {column}",
            "x-widget": "text",
            "x-privacy": "personal",
            "maxLength": 200,
        }
        for column in range(1, rows + 1)
    }
    items = {"type": "object", "title": f"Dòng của mục {number}", "properties": columns}
    return {**field, "type": "array", "x-widget": "group", "items": items, "maxItems": 10}


def _kind(kind: int) -> dict[str, Any]:
    months = [{"const": f"t{each}", "title": f"Lựa chọn thứ {each}"} for each in range(1, MONTHS)]
    few = months[:4]
    of_text = {"type": "string", "x-widget": "text", "maxLength": 300}
    kinds: dict[int, dict[str, Any]] = {
        1: of_text,
        2: {"type": "string", "x-widget": "date", "format": "date", "x-not-after": "today"},
        3: {"type": "boolean", "x-widget": "yes-no"},
        4: {"type": "string", "x-widget": "select", "oneOf": months},
        5: {"type": "string", "x-widget": "radio", "oneOf": few},
        6: {"type": "number", "x-widget": "number", "minimum": 0, "x-unit": "m²"},
        7: {"type": "string", "x-widget": "phone"},
        8: {
            "type": "array",
            "x-widget": "checkboxes",
            "items": {"type": "string", "oneOf": few},
        },
        9: {"type": "string", "x-widget": "long-text", "maxLength": 2000},
    }
    return kinds.get(kind, of_text)
