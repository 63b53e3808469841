"""What a pack may declare: every app registers its kinds here, from its AppConfig.

    kinds.register(PackKind(code="calendar", where="calendars/*.yaml", schema=…, check=…, …))

The functions of a kind receive a `Source`: one entry, read safely and valid by the schema.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Any, Protocol

from tinhso.kernel.actors import Actor
from tinhso.kernel.registry import Registry
from tinhso.packs.sources import Case, Problem, Source

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Change:
    """One difference between what is in force and what the folder says, in Vietnamese words."""

    where: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Applied:
    """What applying one entry did to the tables of its app, in rows."""

    created: int = 0
    changed: int = 0
    ended: int = 0


class Apply(Protocol):
    """Writes one entry within the transaction of `packs apply`, by the services of its own app.

    Called only for an entry whose content is new (a new code, or a new version); never for a
    published one. It must add a version beside the former ones, never rewrite them.
    """

    def __call__(self, source: Source, /, *, at: datetime, actor: Actor) -> Applied: ...


@dataclass(frozen=True)
class PackKind:
    """A kind of entry that a pack may hold (loại nội dung).

    `where` is a glob relative to the pack's folder: `roles.yaml` (one entry, code `roles`),
    `calendars/*.yaml` (an entry a file, code is the stem) or `procedures/*/procedure.yaml` (an
    entry a folder, code is the folder's name, the folder's other files come along). `schema` is a
    JSON Schema 2020-12 of the document. A document may hold `code` (it must equal the entry's
    code), `version` (else the pack's version counts) and `legal_basis`, which is mandatory when
    `needs_legal_basis`. Entries of the kinds in `after` are applied first. `case_schema` is that of one
    example, of its keys `given`, `when`, `then`: a word that the kind does not know is refused, not passed over.

    `check` and `run_case` touch no database and write nothing; `fits` and `diff` read, `apply` writes.
    `fits` says what of a new entry this house does not know; then nothing is applied. A case passes
    when `run_case` returns no problem.
    """

    code: str
    name: StrOrPromise
    where: str
    schema: dict[str, Any] = field(repr=False)
    check: Callable[[Source], list[Problem]]
    diff: Callable[[Source], list[Change]]
    apply: Apply
    run_case: Callable[[Source, Case], list[Problem]] | None = None
    case_schema: Mapping[str, Any] = field(default_factory=dict, repr=False)
    fits: Callable[[Source], list[Problem]] | None = None
    needs_legal_basis: bool = False
    after: tuple[str, ...] = ()


def closed(*required: str, **properties: Any) -> dict[str, Any]:
    """The schema of a table of these keys and no others, for a `case_schema`."""
    return {
        "type": "object",
        "required": list(required),
        "additionalProperties": False,
        "properties": properties,
    }


kinds: Registry[PackKind] = Registry("pack kind")


def register(kind: PackKind) -> None:
    """Let packs hold entries of this kind; called from the AppConfig of the app that owns it."""
    kinds.register(kind.code, kind)


def in_order() -> list[PackKind]:
    """All kinds, each after those that it builds upon."""
    sorter: TopologicalSorter[str] = TopologicalSorter(
        {kind.code: [code for code in kind.after if code in kinds] for kind in kinds.values()}
    )
    return [kinds[code] for code in sorter.static_order()]
