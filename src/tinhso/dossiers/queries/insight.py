"""How a procedure is really worked (phân tích quy trình): paths taken, time of each step, rework, load, deviations.

Asked of the facts, so that a figure for a step after millions of steps costs PostgreSQL nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from tinhso.agencies.queries import followers, inherited
from tinhso.calendars.clock import day_of
from tinhso.dossiers import definitions, naming
from tinhso.dossiers.errors import ProcedureNotFound
from tinhso.dossiers.models import ProcedureVersion
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.plans.intake import RECEIPT_NODE
from tinhso.dossiers.workflow.following import first_steps, following, steps
from tinhso.indicators.queries import NOW, under_agencies_of
from tinhso.warehouse.reading import Lake

if TYPE_CHECKING:
    from datetime import date, datetime

    import ibis

    from tinhso.kernel.actors import Actor, Scope

STEPS, DOSSIERS = "dossiers.step", "dossiers.dossier"
ARROW = "\x1f"
"""Between the steps of a path in one text; no name holds it."""
SENT_BACK, HANDED_OVER = "sent_back", "handed_over"


@dataclass(frozen=True)
class Asked:
    """Of which dossiers: received from `first` to `last`, ours or imported, of these agencies (None is all).

    The agencies that received them; where they are told under the agencies of a day (`under`), those of that day.
    """

    procedure: str
    first: date | None = None
    last: date | None = None
    is_imported: bool = False
    agencies: frozenset[int] | None = None
    under: date | None = None


@dataclass(frozen=True)
class Path:
    """A way that dossiers took (biến thể): the steps in their order, and how many took it."""

    nodes: tuple[str, ...]
    dossiers: int


@dataclass(frozen=True)
class NodeTime:
    """A step: how often it was done, for how many dossiers, for how many more than once, and its working minutes.

    Of the steps that somebody took before doing them: `waiting` minutes until then, `handling` from then on.
    """

    node: str
    name: str
    times: int
    dossiers: int
    repeated: int
    median: float | None
    p95: float | None
    waiting: int
    handling: int


@dataclass(frozen=True)
class Edge:
    """One step right after another (theo ngay sau), how often; `returned` of these by sending back or reopening."""

    source: str
    target: str
    times: int
    returned: int = 0

    @property
    def onward(self) -> int:
        """Times that the work went on from one to the other."""
        return self.times - self.returned


@dataclass(frozen=True)
class Load:
    """What an agency did: steps, by how many people as far as it is known, and the most that one of them did."""

    agency: int
    steps: int
    people: int
    most: int


@dataclass(frozen=True)
class Insight:
    """A procedure as it was really worked; `unreached` and `undeclared` only where the workflow is ours."""

    dossiers: int
    paths: list[Path]
    path_count: int
    nodes: list[NodeTime]
    edges: list[Edge]
    loads: list[Load]
    names: dict[str, str]
    """What each step is called, also one that was only ever withdrawn."""
    inherited: dict[int, int] = field(default_factory=dict)
    """Of the dossiers, those that came from agencies which have ended: how many of each."""
    unplaced: int = 0
    """Dossiers of divided agencies that nothing places under one of today: told beside, counted nowhere."""
    unreached: list[tuple[str, str]] = field(default_factory=list)
    undeclared: list[Edge] = field(default_factory=list)


def asked_by(
    actor: Actor, procedure: str, *, at: datetime, is_restated: bool = False, **more: Any
) -> Asked:
    """What an actor may ask: of the dossiers of the agencies that they oversee, and of those whom these follow.

    As it was, that is who ended and is followed by these alone; restated, each dossier goes where its address lies.
    """
    scope: Scope = actor.scope(DossierPermission.READ_OVERVIEW, at=at)
    today = day_of(at)
    if scope.everywhere:
        return Asked(procedure, **more)
    if is_restated:
        return Asked(procedure, agencies=scope.agencies, under=today, **more)
    return Asked(procedure, agencies=scope.agencies | inherited(scope.agencies, today), **more)


def insight(asked: Asked, *, on: date, most: int = 10, lake: Lake | None = None) -> Insight:
    """All of it, of one state of the facts; `most` paths are named, and what agencies that ended by a day left.

    Raises `NotYetBuilt`, `FactsUnavailable`.
    """
    lake = lake or Lake()
    chosen = _chosen(asked, lake)
    paths = _paths(chosen)
    edges = _edges(chosen)
    nodes = _nodes(chosen)
    found = Insight(
        dossiers=sum(path.dossiers for path in paths),
        paths=paths[:most],
        path_count=len(paths),
        nodes=nodes,
        edges=edges,
        loads=_loads(chosen),
        names=_names(chosen),
        inherited=_inherited(chosen, lake, on),
        unplaced=_unplaced(asked, lake),
    )
    return found if asked.is_imported else _against_definition(found, asked.procedure)


@dataclass(frozen=True)
class Worked:
    """A procedure with steps: dossiers of ours and imported ones."""

    code: str
    name: str
    ours: int
    imported: int


def worked_procedures(actor: Actor, *, at: datetime) -> list[Worked]:
    """Procedures that were worked at agencies which the actor oversees, the busiest first."""
    lake = Lake()
    steps_of = _within(lake, lake.table(STEPS), asked_by(actor, "", at=at))
    counted = steps_of.group_by("procedure").aggregate(
        ours=steps_of.dossier.nunique(where=~steps_of.is_imported),
        imported=steps_of.dossier.nunique(where=steps_of.is_imported),
    )
    rows = counted.to_pyarrow().to_pylist()
    versions = ProcedureVersion.objects.order_by("version").select_related("procedure")
    names = {version.procedure.code: version.title for version in versions}
    found = [
        Worked(row["procedure"], names.get(row["procedure"], ""), row["ours"], row["imported"])
        for row in rows
    ]
    return sorted(found, key=lambda row: (-row.ours - row.imported, row.code))


def newest_version(code: str) -> ProcedureVersion:
    """The newest version of a procedure, in force or not. Raises `ProcedureNotFound`."""
    versions = ProcedureVersion.objects.filter(procedure__code=code).select_related("procedure")
    found = versions.order_by("-version").first()
    if found is None:
        raise ProcedureNotFound(code=code)
    return found


def labels_of(version: int) -> dict[str, str]:
    """What the steps of a version (its key) are called in the language of the page."""
    workflow = definitions.of_version(version).workflow
    return {node: workflow.nodes[node].label for node in steps(workflow)} | {
        RECEIPT_NODE: str(naming.BESIDE[naming.RECEIPT])
    }


def _within(lake: Lake, table: ibis.Table, asked: Asked) -> ibis.Table:
    """The steps of dossiers that are asked of, by the agency and the day of receipt of each."""
    if asked == Asked(asked.procedure, is_imported=asked.is_imported):
        return table
    dossiers = _received(lake, asked)
    if asked.agencies is not None:
        agency = dossiers[NOW] if asked.under else dossiers.agency
        dossiers = dossiers.filter(agency.isin(sorted(asked.agencies)))
    return table.semi_join(dossiers, table.dossier == dossiers.uuid)


def _received(lake: Lake, asked: Asked) -> ibis.Table:
    """The dossiers of the days asked of, each with its agency of the day it is told under."""
    dossiers = lake.table(DOSSIERS)
    if asked.first is not None:
        dossiers = dossiers.filter(dossiers.received_on >= asked.first)
    if asked.last is not None:
        dossiers = dossiers.filter(dossiers.received_on <= asked.last)
    return under_agencies_of(dossiers, DOSSIERS, asked.under) if asked.under else dossiers


def _inherited(chosen: ibis.Table, lake: Lake, on: date) -> dict[int, int]:
    """How many of the dossiers each agency left that has ended by a day; the most first."""
    dossiers = lake.table(DOSSIERS)
    of_ended = dossiers.filter(dossiers.agency.isin(sorted(followers(on))))
    left = of_ended.semi_join(chosen, of_ended.uuid == chosen.dossier)
    rows = left.group_by("agency").aggregate(n=left.count()).to_pyarrow().to_pylist()
    return {
        row["agency"]: row["n"] for row in sorted(rows, key=lambda row: (-row["n"], row["agency"]))
    }


def _unplaced(asked: Asked, lake: Lake) -> int:
    """How many dossiers nothing places that were of agencies of which these received a part."""
    if asked.under is None or asked.agencies is None:
        return 0
    divided = [old for old, now in followers(asked.under).items() if now & asked.agencies]
    received = _received(lake, asked)
    loose = received.filter(
        received[NOW].isnull(),
        received.agency.isin(sorted(asked.agencies.union(divided))),
        received.procedure == asked.procedure,
        received.is_imported == asked.is_imported,
    )
    return int(loose.count().to_pyarrow().as_py())


def _chosen(asked: Asked, lake: Lake) -> ibis.Table:
    """The steps of the workflow; what stands beside it is another matter."""
    table = lake.table(STEPS)
    wanted = table.filter(
        table.procedure == asked.procedure,
        table.is_imported == asked.is_imported,
        ~table.is_beside,
    )
    return _within(lake, wanted, asked)


def _names(chosen: ibis.Table) -> dict[str, str]:
    counted = chosen.group_by("node").aggregate(name=chosen.name.max())
    return {row["node"]: row["name"] for row in counted.to_pyarrow().to_pylist()}


def _paths(chosen: ibis.Table) -> list[Path]:
    by_dossier = chosen.group_by("dossier").aggregate(
        path=chosen.node.group_concat(ARROW, order_by=chosen.ordinal)
    )
    counted = by_dossier.group_by("path").aggregate(dossiers=by_dossier.count())
    rows = counted.to_pyarrow().to_pylist()
    rows.sort(key=lambda row: (-row["dossiers"], row["path"]))
    return [Path(tuple(row["path"].split(ARROW)), row["dossiers"]) for row in rows]


def _edges(chosen: ibis.Table) -> list[Edge]:
    """How often each step came right after each other one, in the order of the dossier."""
    import ibis  # noqa: PLC0415  (heavy: only who reads figures pays for it)

    order = ibis.window(group_by=chosen.dossier, order_by=chosen.ordinal)
    pairs = chosen.select(
        source=chosen.node, outcome=chosen.outcome, target=chosen.node.lead().over(order)
    )
    pairs = pairs.filter(pairs.target.notnull())
    counted = pairs.group_by("source", "target").aggregate(
        times=pairs.count(),
        returned=pairs.count(where=pairs.outcome.isin([SENT_BACK, HANDED_OVER])),
    )
    rows = counted.to_pyarrow().to_pylist()
    edges = [Edge(row["source"], row["target"], row["times"], row["returned"]) for row in rows]
    return sorted(edges, key=lambda edge: (-edge.times, edge.source, edge.target))


def _nodes(every: ibis.Table) -> list[NodeTime]:
    """Steps that were done, or still are; one that was closed before anybody did it took nobody's time."""
    chosen = every.filter(~every.outcome.fill_null("").isin(sorted(naming.UNDONE)))
    by_dossier = chosen.group_by("node", "dossier").aggregate(times=chosen.count())
    repeated = by_dossier.group_by("node").aggregate(
        repeated=by_dossier.count(where=by_dossier.times > 1)
    )
    known = chosen.waiting_minutes.notnull() & chosen.working_minutes.notnull()
    counted = chosen.group_by("node").aggregate(
        name=chosen.name.max(),
        times=chosen.count(),
        dossiers=chosen.dossier.nunique(),
        median=chosen.working_minutes.median(),
        p95=chosen.working_minutes.quantile(0.95),
        first=chosen.ordinal.median(),
        waiting=chosen.waiting_minutes.sum(where=known),
        working=chosen.working_minutes.sum(where=known),
    )
    rows = counted.join(repeated, "node").to_pyarrow().to_pylist()
    rows.sort(key=lambda row: (row["first"], row["node"]))
    return [_node(row) for row in rows]


def _node(row: dict[str, Any]) -> NodeTime:
    waiting = row["waiting"] or 0
    return NodeTime(
        node=row["node"],
        name=row["name"],
        times=row["times"],
        dossiers=row["dossiers"],
        repeated=row["repeated"],
        median=row["median"],
        p95=row["p95"],
        waiting=waiting,
        handling=(row["working"] or 0) - waiting,
    )


def _loads(chosen: ibis.Table) -> list[Load]:
    by_person = chosen.group_by("agency", "person").aggregate(times=chosen.count())
    named = by_person.person.notnull()
    counted = by_person.group_by("agency").aggregate(
        steps=by_person.times.sum(),
        people=by_person.count(where=named),
        most=by_person.times.max(where=named),
    )
    rows = counted.to_pyarrow().to_pylist()
    loads = [Load(row["agency"], row["steps"], row["people"], row["most"] or 0) for row in rows]
    return sorted(loads, key=lambda load: (-load.steps, load.agency))


def _against_definition(found: Insight, procedure: str) -> Insight:
    """With the steps of the newest version that nothing reached, and the ways that no version draws."""
    versions = ProcedureVersion.objects.filter(procedure__code=procedure).order_by("version")
    keys = list(versions.values_list("pk", flat=True))
    if not keys or not found.dossiers:
        return found
    workflows = [definitions.of_version(key).workflow for key in keys]
    declared = {(RECEIPT_NODE, node) for each in workflows for node in first_steps(each)}
    declared = declared.union(*(following(each) for each in workflows))
    newest = workflows[-1]
    reached = {RECEIPT_NODE, *(node.node for node in found.nodes)}
    return replace(
        found,
        unreached=[
            (node, newest.nodes[node].label) for node in steps(newest) if node not in reached
        ],
        undeclared=undeclared(found.edges, declared),
    )


def undeclared(edges: Iterable[Edge], declared: set[tuple[str, str]]) -> list[Edge]:
    """Ways on that the workflow does not draw; sending back and reopening are acts, not ways of it."""
    return [edge for edge in edges if edge.onward and (edge.source, edge.target) not in declared]
