"""What a browser or another system sends, cut down to what the form asks: names, numbers of items, clean text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from tinhso.forms.answers import Files
from tinhso.forms.fields import Field
from tinhso.forms.reading import DATE_PARTS, MAX_CHOSEN, clean, write

Posted = QueryDict | Mapping[str, str | Sequence[str]]
ADD = "form-add"
REMOVE = "form-remove"
DETACH = "form-detach"
SHOWN = "form-shown"
_PRESENT = "+"
_ITEM = re.compile(r"(?P<name>[a-z][a-z0-9_]*)\.(?P<index>0|[1-9]\d{0,3})(?:\..*)?", re.ASCII)


@dataclass
class Posting:
    """What was taken from a post: texts by name, the names that they replace, troubles with the text itself."""

    typed: dict[str, list[str]] = field(default_factory=dict)
    replaced: set[str] = field(default_factory=set)
    troubles: dict[str, str] = field(default_factory=dict)
    shown: frozenset[str] | None = None
    rearranged: bool = False

    def keep(self, asked: Field, path: str, name: str, texts: Iterable[str]) -> None:
        """Keep the cleaned texts of one box."""
        kept: list[str] = []
        for text in texts:
            usable, unusable = clean(text)
            kept.append(usable)
            if unusable:
                sentence = _("“%(label)s” quá dài hoặc có ký tự không dùng được. Xem lại và sửa.")
                self.troubles[path] = sentence % {"label": asked.label}
        self.typed[name] = kept


def typed_from(post: Posted, fields: Sequence[Field], before: Mapping[str, Any]) -> Posting:
    """The texts that a page posted for these fields.

    A question that the page did not show (`form-shown`) keeps the text that it had before.
    """
    posting = Posting()
    if shown := _texts(post, SHOWN):  # once for each step on the page
        posting.shown = frozenset(",".join(shown).split(","))
    for asked in fields:
        if posting.shown is not None and asked.name not in posting.shown:
            continue
        prefix = f"{asked.name}."
        posting.replaced.update(
            name for name in before if name == asked.name or name.startswith(prefix)
        )
        if asked.widget == "group":
            _take_group(post, asked, posting)
        else:
            _take_boxes(post, asked, asked.name, asked.name, posting)
    return posting


def typed_of(
    values: Mapping[str, Any], fields: Iterable[Field]
) -> tuple[Posting, dict[str, list[dict[str, str]]]]:
    """The texts and files that plain JSON values stand for; a wrong type is a trouble at its path."""
    posting = Posting()
    files: dict[str, list[dict[str, str]]] = {}
    for asked in fields:
        value = values.get(asked.name)
        if value is None:
            continue
        if asked.widget == "files":
            files.update(attached_from({asked.name: asked}, {asked.name: value}))
            if asked.name not in files:
                _wrong_type(asked, asked.name, posting)
        elif asked.widget == "group":
            _write_group(asked, value, posting)
        else:
            _write_one(asked, asked.name, value, posting)
    return posting, files


def attached_from(
    fields: Mapping[str, Field], attached: Mapping[str, Any]
) -> dict[str, list[dict[str, str]]]:
    """The files of each known slot that are well formed: `[{"key": …, "name": …}]`."""
    found: dict[str, list[dict[str, str]]] = {}
    for name, items in attached.items():
        if (
            name not in fields
            or fields[name].widget != "files"
            or not isinstance(items, list | tuple)
        ):
            continue
        if all(_is_file(item) for item in items):
            cut = items[: fields[name].max_items + 1]
            found[name] = [
                {"key": clean(item["key"])[0], "name": clean(item["name"])[0]} for item in cut
            ]
    return found


def detached(post: Posted, files: Files) -> Files:
    """The files without those that the page asks to take out (`form-detach`: field name, key)."""
    asked = {tuple(text.split(" ", 1)) for text in _texts(post, DETACH)}
    return {
        name: [item for item in items if (name, item["key"]) not in asked]
        for name, items in files.items()
    }


def _is_file(item: Any) -> bool:
    return isinstance(item, Mapping) and all(
        isinstance(item.get(word), str) for word in ("key", "name")
    )


def _texts(post: Posted, name: str) -> list[str]:
    if isinstance(post, QueryDict):
        return [text for text in post.getlist(name) if isinstance(text, str)]
    found = post.get(name, ())
    return [found] if isinstance(found, str) else [text for text in found if isinstance(text, str)]


def _take_boxes(post: Posted, asked: Field, old: str, new: str, posting: Posting) -> bool:
    """Take the boxes of one field from the posted name to its path; whether anything was typed."""
    boxes = [""] if asked.widget != "date" else [f".{part}" for part in DATE_PARTS]
    is_filled = False
    for box in boxes:
        texts = _texts(post, old + box)[: MAX_CHOSEN + 1]
        if asked.widget == "date" and box == ".day" and not any(texts):
            texts = _texts(post, old)[:1]
        if texts:
            posting.keep(asked, new, new + box, texts)
            is_filled = is_filled or any(text.strip() for text in posting.typed[new + box])
    return is_filled


def _take_group(post: Posted, group: Field, posting: Posting) -> None:
    added = group.name in _texts(post, ADD)
    removed = set(_texts(post, REMOVE))
    matches = (_ITEM.fullmatch(name) for name in post)
    indexes = sorted({int(m["index"]) for m in matches if m and m["name"] == group.name})
    count = 0
    for index in indexes[: group.max_items + 1]:
        old, new = f"{group.name}.{index}", f"{group.name}.{count}"
        if old in removed:
            posting.rearranged = True
            continue
        filled = [
            _take_boxes(post, inner, f"{old}.{inner.name}", f"{new}.{inner.name}", posting)
            for inner in group.fields
        ]
        if any(filled) or added:
            posting.typed[new] = [_PRESENT]
            count += 1
    _forget(posting, f"{group.name}.{count}.")
    if added:
        posting.rearranged = True
        if count < group.max_items:
            posting.typed[f"{group.name}.{count}"] = [_PRESENT]


def _forget(posting: Posting, prefix: str) -> None:
    """Drop the texts of a blank item at the end, whose place no other item took."""
    for name in [name for name in posting.typed if name.startswith(prefix)]:
        del posting.typed[name]


def _write_group(group: Field, value: Any, posting: Posting) -> None:
    if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
        _wrong_type(group, group.name, posting)
        return
    for index, item in enumerate(value[: group.max_items + 1]):
        path = f"{group.name}.{index}"
        posting.typed[path] = [_PRESENT]
        for inner in group.fields:
            if item.get(inner.name) is not None:
                _write_one(inner, f"{path}.{inner.name}", item[inner.name], posting)


def _write_one(asked: Field, path: str, value: Any, posting: Posting) -> None:
    boxes = write(asked, path, value)
    if boxes is None:
        _wrong_type(asked, path, posting)
        return
    for name, texts in boxes.items():
        posting.keep(asked, path, name, texts)


def _wrong_type(asked: Field, path: str, posting: Posting) -> None:
    sentence = _("“%(label)s” không đúng kiểu dữ liệu.")
    posting.troubles[path] = sentence % {"label": asked.label}
