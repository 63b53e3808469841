"""The file with which an empty database begins was made from these migrations, and compared as it was written."""

from __future__ import annotations

from tinhso.site import schema


def test_the_file_is_what_was_made_from_these_migrations() -> None:
    first, _newline, text = schema.FILE.read_text(encoding="utf-8").partition("\n")
    assert f"{first}\n" == schema.noted(text), "write it: tools/schema.py write"
