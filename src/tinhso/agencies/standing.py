"""The directory on a day, as the pure plan of a reform wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tinhso.agencies.models import Agency, AgencyPeriod, Competence, FieldOfWork, Level
from tinhso.agencies.reform_documents import FACTS
from tinhso.agencies.reform_plan import Held, Standing, Stood

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tinhso.agencies.reform_documents import ReformDocument


def load_standing(on: date) -> Standing:
    """Everything that a reform of that day could touch, in four queries."""
    columns = [name if name != "parent" else "parent__key" for name in FACTS]
    periods = AgencyPeriod.objects.on(on).values_list(
        "agency__key", "pk", "since", "until", *columns
    )
    competences = Competence.objects.on(on).values_list(
        "field__code", "level", "place__key", "pk", "agency__key", "since"
    )
    return Standing(
        agencies={
            key: Stood(pk, since, until, _facts(values))
            for key, pk, since, until, *values in periods
        },
        known=frozenset(Agency.objects.values_list("key", flat=True)),
        fields=frozenset(FieldOfWork.objects.values_list("code", flat=True)),
        holders={
            (field, Level(level), place): Held(pk, holder, since)
            for field, level, place, pk, holder, since in competences
        },
    )


def facts_of(period: AgencyPeriod) -> dict[str, Any]:
    """The facts of a period by the names that documents use; the parent by its key."""
    parent = period.parent.key if period.parent else None
    return _facts([parent if name == "parent" else getattr(period, name) for name in FACTS])


def _facts(values: Iterable[Any]) -> dict[str, Any]:
    facts = dict(zip(FACTS, values, strict=True))
    facts["level"] = Level(facts["level"])
    facts["parent"] = facts["parent"] or ""
    return facts


def roots(document: ReformDocument, standing: Standing) -> frozenset[str]:
    """The topmost agencies, living after the reform, under which it happens: who must allow it."""
    parents = {key: stood.facts["parent"] for key, stood in standing.agencies.items()}
    parents |= {b.key: b.facts.get("parent", "") for b in document.begin}
    parents |= {a.key: a.facts["parent"] for a in document.amend if "parent" in a.facts}
    ended = set(document.end)
    living = {follow.successor for follow in document.follow}
    living |= {a.key for a in document.amend} | {b.key for b in document.begin}
    living |= {move.to for move in document.fields}
    return frozenset(
        top
        for key in living - ended
        if key in parents and (top := _top(key, parents)) not in ended and top in standing.agencies
    )


def _top(key: str, parents: dict[str, str]) -> str:
    seen = {key}
    while (parent := parents.get(key, "")) and parent not in seen:
        seen.add(parent)
        key = parent
    return key
