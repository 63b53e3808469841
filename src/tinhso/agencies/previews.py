"""A reform before it is done (xem trước phương án): what begins, ends, moves, and what is left."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tinhso.agencies import reform_documents
from tinhso.agencies.models import Agency, AgencyKind, FieldOfWork, Level, SuccessionKind
from tinhso.agencies.reform_plan import plan_reform, problems, warnings
from tinhso.agencies.standing import load_standing
from tinhso.agencies.work_in_hand import providers
from tinhso.kernel.folding import alphabetical

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django_stubs_ext import StrOrPromise

    from tinhso.agencies.models import Reform, ReformCarriedOut
    from tinhso.agencies.reform_documents import ReformDocument
    from tinhso.agencies.reform_plan import ReformRows, Standing


@dataclass(frozen=True)
class BegunLine:
    """An agency that begins."""

    name: str
    code: str
    kind: StrOrPromise
    parent: str


@dataclass(frozen=True)
class AmendedLine:
    """An agency that lives on with another name, code or place."""

    name: str
    changes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class EndedLine:
    """An agency that ends, and who follows it; `is_divided` when no text says which part went where."""

    key: str
    name: str
    kind: StrOrPromise
    followers: tuple[tuple[str, str], ...]
    is_divided: bool


@dataclass(frozen=True)
class FieldLine:
    """A field that changes hands."""

    field: str
    level: StrOrPromise
    place: str
    former: str
    to: str
    verified: bool


@dataclass(frozen=True)
class WorkLine:
    """Open work of an agency, in a field; without a receiver it would be left, and the act refuses."""

    what: StrOrPromise
    key: str
    agency: str
    field: str
    count: int
    receiver: str
    followers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class AgencyWork:
    """All open work of one agency, folded on the page."""

    agency: str
    lines: tuple[WorkLine, ...]

    @property
    def count(self) -> int:
        """How much in all."""
        return sum(line.count for line in self.lines)

    @property
    def is_unassigned(self) -> bool:
        """Whether some of it would be left."""
        return not all(line.receiver for line in self.lines)


@dataclass(frozen=True)
class KindOfWork:
    """Open work of one kind, at all agencies together."""

    what: StrOrPromise
    agencies: int
    count: int
    unassigned: int


@dataclass(frozen=True)
class Preview:
    """The whole reform for one page; it can be carried out when it `fits`."""

    document: ReformDocument
    problems: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    begun: tuple[BegunLine, ...] = ()
    amended: tuple[AmendedLine, ...] = ()
    ended: tuple[EndedLine, ...] = ()
    fields: tuple[FieldLine, ...] = ()
    work: tuple[WorkLine, ...] = ()
    has_providers: bool = False

    @property
    def unassigned(self) -> tuple[WorkLine, ...]:
        """Work that nobody would take."""
        return tuple(line for line in self.work if not line.receiver)

    @property
    def work_by_agency(self) -> tuple[AgencyWork, ...]:
        """The same lines for each agency; those that somebody must still be found for come first."""
        found: dict[str, list[WorkLine]] = defaultdict(list)
        for line in self.work:
            found[line.key].append(line)
        each = [AgencyWork(lines[0].agency, tuple(lines)) for lines in found.values()]
        return tuple(
            sorted(each, key=lambda one: (not one.is_unassigned, alphabetical(one.agency)))
        )

    @property
    def work_by_kind(self) -> tuple[KindOfWork, ...]:
        """The sums: of each kind how many, at how many agencies."""
        found: dict[StrOrPromise, list[WorkLine]] = defaultdict(list)
        for line in self.work:
            found[line.what].append(line)
        return tuple(
            KindOfWork(
                what,
                len({line.key for line in lines}),
                sum(line.count for line in lines),
                sum(line.count for line in lines if not line.receiver),
            )
            for what, lines in found.items()
        )

    @property
    def asking(self) -> tuple[WorkLine, ...]:
        """One such line for each agency: its receiver is named once for all its work."""
        return tuple({line.key: line for line in self.unassigned}.values())

    @property
    def divided(self) -> tuple[EndedLine, ...]:
        """Units whose records restating can give to nobody until an address is known."""
        return tuple(line for line in self.ended if line.is_divided)

    @property
    def fits(self) -> bool:
        """Whether the act would be done."""
        return not self.problems and not self.unassigned


@dataclass(frozen=True)
class Outcome:
    """What a reform that was carried out did, in numbers; `moved` is open work by what it was."""

    begun: int
    amended: int
    ended: int
    fields: int
    moved: tuple[tuple[StrOrPromise, int], ...]


def outcome(done: ReformCarriedOut) -> Outcome:
    """The numbers of a reform that was carried out."""
    document = reform_documents.from_json(done.reform.document)
    named = {code: provider.name for code, provider in providers.items()}
    return Outcome(
        begun=len(document.begin),
        amended=len(document.amend),
        ended=len(document.end),
        fields=sum(bool(move.to) for move in document.fields),
        moved=tuple((named.get(code, code), count) for code, count in done.moved.items()),
    )


def preview(reform: Reform) -> Preview:
    """What the reform would do to the directory as it stands on its day."""
    document = reform_documents.from_json(reform.document)
    standing = load_standing(document.on)
    doubts = tuple(warnings(document, standing))
    if wrong := problems(document, standing):
        return Preview(document, tuple(wrong), doubts)
    rows = plan_reform(document, standing)
    names = _Names(document, standing)
    return Preview(
        document,
        (),
        doubts,
        begun=tuple(names.begun()),
        amended=tuple(names.amended()),
        ended=tuple(names.ended()),
        fields=tuple(names.fields(rows)),
        work=tuple(names.work(rows)),
        has_providers=bool(providers.values()),
    )


class _Names:
    """The reform in names instead of keys."""

    def __init__(self, document: ReformDocument, standing: Standing) -> None:
        self.document = document
        self.standing = standing
        self.kinds = dict(Agency.objects.values_list("key", "kind"))
        self.field_names = dict(FieldOfWork.objects.values_list("code", "name"))
        self.names: dict[str, str] = {
            key: stood.facts["name"] for key, stood in standing.agencies.items()
        }
        self.names |= {row.key: row.facts["name"] for row in document.begin}
        self.followers: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for follow in document.follow:
            if follow.successor:
                entry = (follow.successor, self.name(follow.successor))
                self.followers[follow.predecessor].append(entry)

    def name(self, key: str) -> str:
        return self.names.get(key, key)

    def begun(self) -> Iterator[BegunLine]:
        for row in self.document.begin:
            facts = row.facts
            parent = self.name(facts["parent"]) if facts.get("parent") else ""
            yield BegunLine(facts["name"], facts.get("agency_code", ""), row.kind.label, parent)

    def amended(self) -> Iterator[AmendedLine]:
        for row in self.document.amend:
            before = self.standing.agencies[row.key].facts
            shown = ("name", "parent", "agency_code")
            changes = tuple(
                (self._said(name, before.get(name)), self._said(name, row.facts[name]))
                for name in shown
                if name in row.facts and row.facts[name] != before.get(name)
            )
            yield AmendedLine(self.name(row.key), changes)

    def _said(self, fact: str, value: str | None) -> str:
        return self.name(value) if fact == "parent" and value else (value or "")

    def ended(self) -> Iterator[EndedLine]:
        open_parts = {
            follow.predecessor
            for follow in self.document.follow
            if follow.kind is SuccessionKind.SPLIT and follow.share is None
        }
        for key in self.document.end:
            kind = AgencyKind(self.kinds[key])
            unit = kind in (AgencyKind.COMMUNE, AgencyKind.DISTRICT)
            divided = unit and key in open_parts
            yield EndedLine(key, self.name(key), kind.label, tuple(self.followers[key]), divided)

    def fields(self, rows: ReformRows) -> Iterator[FieldLine]:
        for move in rows.new_competences:
            held = self.standing.holders.get((move.field, move.level, move.place))
            yield FieldLine(
                field=self.field_names[move.field],
                level=Level(move.level).label,
                place=self.name(move.place),
                former=self.name(held.agency) if held else "",
                to=self.name(move.to),
                verified=move.verified,
            )

    def work(self, rows: ReformRows) -> Iterator[WorkLine]:
        """Open work of whoever ends or loses a field, with the receiver that the plan names."""
        receivers = {(row.predecessor, row.field): row.successor for row in rows.transfers}
        touched = {row.predecessor for row in rows.transfers} | set(rows.ended)
        pks = dict(Agency.objects.filter(key__in=touched).values_list("pk", "key"))
        for provider in providers.values():
            for (pk, field), count in sorted(provider.count(frozenset(pks)).items()):
                key = pks[pk]
                to = receivers.get((key, field)) or receivers.get((key, ""), "")
                if not count or (not to and key not in rows.ended):
                    continue
                yield WorkLine(
                    what=provider.name,
                    key=key,
                    agency=self.name(key),
                    field=self.field_names.get(field, ""),
                    count=count,
                    receiver=self.name(to) if to else "",
                    followers=tuple(self.followers[key]),
                )
