"""What the apps say of their tables to whoever grants rights on them."""

from __future__ import annotations

from tinhso.kernel.registry import Registry

append_only: Registry[str] = Registry("append-only table")


def declare_append_only(table: str) -> None:
    """Say that rows of a table are never changed or removed.

    The application may read and insert, nothing else.
    """
    append_only.register(table, table)
