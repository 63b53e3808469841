"""A dict with manners: how an app declares things to the app below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")


class Registry(Generic[T]):
    """Entries by code, in the order of registration. Registering a code twice is a bug and raises `ValueError`."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._entries: dict[str, T] = {}

    def register(self, code: str, entry: T) -> T:
        """Add an entry; the same object may be registered again (Django may set up twice in tests)."""
        if self._entries.get(code, entry) != entry:
            raise ValueError(f"{self.what} {code!r} is registered twice")
        self._entries[code] = entry
        return entry

    def __getitem__(self, code: str) -> T:
        try:
            return self._entries[code]
        except KeyError:
            known = ", ".join(sorted(self._entries)) or "none"
            raise KeyError(f"no {self.what} {code!r}; known: {known}") from None

    def get(self, code: str) -> T | None:
        """The entry, or None."""
        return self._entries.get(code)

    def __contains__(self, code: object) -> bool:
        return code in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def values(self) -> list[T]:
        """All entries, in the order of registration."""
        return list(self._entries.values())

    def items(self) -> list[tuple[str, T]]:
        """All codes and entries, in the order of registration."""
        return list(self._entries.items())
