"""A plan of reform on the page, between what was typed and the document that is saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from tinhso.agencies import reform_rows
from tinhso.agencies.errors import ReformMalformed
from tinhso.agencies.finding import Units
from tinhso.agencies.models import Reform
from tinhso.agencies.pages.reform_forms import (
    SAID,
    HeadForm,
    RowForm,
    Typed,
    posted_rows,
    prefix_of,
    typed_row,
)
from tinhso.agencies.reform_documents import ReformDocument
from tinhso.agencies.reform_plan import Standing
from tinhso.agencies.reform_rows import Row, RowKind

ADD, DROP = "them", "bo-"
"""What the buttons of rows say; any other saves."""


@dataclass(frozen=True)
class Draft:
    """Head and rows as the page shows them; `new` is the row that was just added."""

    head: HeadForm
    rows: Sequence[RowForm]
    new: int | None = None

    kinds = RowKind.choices

    @property
    def has_room(self) -> bool:
        """Whether another row may be added."""
        return len(self.rows) < reform_rows.MOST

    @property
    def errors(self) -> dict[str, list[str]]:
        """Every sentence by the field it is about; of a row with the number of the row."""
        found: dict[str, list[str]] = {}
        for name, said in self.head.errors.items():
            found["" if name == "__all__" else name] = [str(one) for one in said]
        for number, row in enumerate(self.rows, 1):
            for name, said in row.errors.items():
                where = row.add_prefix(next(iter(row.fields)) if name == "__all__" else name)
                line = _("Dòng %(number)s: %(said)s")
                found[where] = [line % {"number": number, "said": str(one)} for one in said]
        return found

    def document(self) -> ReformDocument | None:
        """The document that was written; None, and the errors say why, where it is not whole."""
        valid = [form.is_valid() for form in (self.head, *self.rows)]
        if not all(valid):
            return None
        try:
            return reform_rows.to_document(self.head.value, list(self._whole()))
        except ReformMalformed as refusal:
            self.head.add_error(None, [line for lines in refusal.errors.values() for line in lines])
            return None

    def _whole(self) -> Iterator[Row]:
        """The changes; an agency that begins with its key and level."""
        begun = {form.key: form.row.said for form in self.rows if form.change is RowKind.BEGIN}
        for form in self.rows:
            row = form.row
            if row.kind is not RowKind.BEGIN:
                yield row
                continue
            standing, said = form.units.standing, row.said
            level = reform_rows.level_of(said["kind"], said["parent"], standing, begun)
            yield Row(row.kind, said, {"level": level, **row.kept, "key": form.key})


def opened(document: ReformDocument, standing: Standing, today: date) -> Draft | None:
    """A saved plan as a form; None where the form has no words for all of it."""
    rows = reform_rows.from_document(document)
    if rows is None:
        return None
    begun = {begin.key: str(begin.facts["name"]) for begin in document.begin}
    units = Units(standing, begun)
    head = {name: getattr(document, name) for name in SAID}
    typed = [typed_row(row, units) for row in rows]
    return Draft(HeadForm(initial=head, is_saved=True, today=today), _shown(typed, units))


def blank(today: date) -> Draft:
    """A plan of which nothing was written yet."""
    return Draft(HeadForm(is_saved=False, today=today), [])


def retyped(
    posted: Mapping[str, Any], standing: Standing, today: date, *, reform: Reform | None
) -> Draft:
    """The page again with a row more or less; nothing is judged."""
    rows, asked = posted_rows(posted), str(posted.get("viec", ""))
    new = None
    if asked == ADD and posted.get("loai") in RowKind.values and len(rows) < reform_rows.MOST:
        new = len(rows)
        rows = [*rows, Typed(RowKind(posted["loai"]), {})]
    elif asked.startswith(DROP):
        dropped = asked.removeprefix(DROP)
        rows = [row for number, row in enumerate(rows) if str(number) != dropped]
    head = {name: posted.get(name, "") for name in HeadForm.base_fields} | _code(reform)
    shown = _shown(rows, Units(standing))
    return Draft(HeadForm(initial=head, is_saved=reform is not None, today=today), shown, new)


def submitted(
    posted: Mapping[str, Any], standing: Standing, today: date, *, reform: Reform | None
) -> Draft:
    """The page as it was sent to be saved."""
    rows = posted_rows(posted)
    keys = _keys(rows, standing)
    units = Units(
        standing, {keys[number]: str(rows[number].said.get("name", "")) for number in keys}
    )
    head = HeadForm(posted, initial=_code(reform), is_saved=reform is not None, today=today)
    forms = [
        RowForm(posted, prefix=prefix_of(number), change=row.kind, units=units)
        for number, row in enumerate(rows)
    ]
    for number, key in keys.items():
        forms[number].key = key
    return Draft(head, forms)


def _code(reform: Reform | None) -> dict[str, str]:
    return {"code": reform.code} if reform else {}


def _shown(rows: Sequence[Typed], units: Units) -> list[RowForm]:
    return [
        RowForm(initial=row.said, prefix=prefix_of(number), change=row.kind, units=units)
        for number, row in enumerate(rows)
    ]


def _keys(rows: Sequence[Typed], standing: Standing) -> dict[int, str]:
    """The key of each agency that a row establishes: the one it was saved with, else a new one."""
    keys: dict[int, str] = {}
    known = Units(standing)
    for number, row in enumerate(rows):
        if row.kind is not RowKind.BEGIN:
            continue
        kept = row.said.get("kept")
        saved = kept.get("key") if isinstance(kept, dict) else None
        parents = known.find(str(row.said.get("parent", "")))
        parent = parents[0] if len(parents) == 1 else ""
        taken = {*standing.known, *keys.values()}
        name = str(row.said.get("name", ""))
        keys[number] = str(saved or reform_rows.new_key(name, parent, taken))
    return keys
