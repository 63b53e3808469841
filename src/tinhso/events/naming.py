"""Names for the keys that the log holds, asked from the apps that own them.

The log lies below accounts, agencies and parties: they register here how a key is named on screen.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from tinhso.kernel.registry import Registry

Resolver = Callable[[Collection[str]], Mapping[str, str]]
"""From the second halves of keys (`<uuid>` of `user:<uuid>`) to names; the unknown are left out."""

resolvers: Registry[Resolver] = Registry("resolver of names")


def register(prefix: str, resolver: Resolver) -> None:
    """Say who names keys with this prefix: `user`, `party`, `partner`, `agency`."""
    resolvers.register(prefix, resolver)


Subjects = Callable[[Collection[UUID]], Mapping[UUID, str]]
"""From the subjects of an app's events to what people call them: a number, a name; the unknown are left out."""

subjects: Registry[Subjects] = Registry("namer of subjects")


def subjects_named(by_app: Mapping[str, Collection[UUID]]) -> dict[UUID, str]:
    """What the subjects are called, by the app of the events about them. One question an app."""
    found: dict[UUID, str] = {}
    for app, keys in by_app.items():
        if namer := subjects.get(app):
            found |= namer(keys)
    return found


Finder = Callable[[str], "UUID | None"]
"""From a code as it is typed (a dossier's number) to the subject that bears it."""
Namesakes = Callable[[str], Collection[str]]
"""From a name as it is typed to the actors called so."""

finders: Registry[Finder] = Registry("finder of subjects")
namesakes: Registry[Namesakes] = Registry("finder of actors by name")


def subject_of(typed: str) -> UUID | None:
    """The subject with this key, or with this code in one of the apps; None when nobody knows it."""
    try:
        return UUID(typed.strip())
    except ValueError:
        answers = (finder(typed) for _name, finder in finders.items())
        return next((found for found in answers if found is not None), None)


def people_named(typed: str) -> frozenset[str]:
    """The actors whose name the words are found in, without accents."""
    return frozenset(key for _name, find in namesakes.items() for key in find(typed))


def names_of(keys: Iterable[str]) -> dict[str, str]:
    """A name for every key; the key itself where nobody knows one. One question a prefix."""
    by_prefix: dict[str, set[str]] = {}
    for key in keys:
        prefix, _colon, rest = key.partition(":")
        by_prefix.setdefault(prefix, set()).add(rest)
    found: dict[str, str] = {}
    for prefix, rests in by_prefix.items():
        known = _known(prefix, rests)
        found |= {f"{prefix}:{rest}": known.get(rest, f"{prefix}:{rest}") for rest in rests}
    return found


def _known(prefix: str, rests: Collection[str]) -> Mapping[str, str]:
    if prefix == "system":
        return {rest: _("Hệ thống (%(name)s)") % {"name": rest} for rest in rests}
    if prefix == "visitor":
        return dict.fromkeys(rests, _("Khách"))
    resolver = resolvers.get(prefix)
    return resolver(rests) if resolver else {}
