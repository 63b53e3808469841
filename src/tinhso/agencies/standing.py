"""The directory on a day, as the pure plan of a reform wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F, Max

from tinhso.agencies.models import (
    AgencyPeriod,
    Competence,
    FieldOfWork,
    Level,
    ReformCarriedOut,
)
from tinhso.agencies.reform_documents import FACTS
from tinhso.agencies.reform_plan import Held, Standing, Stood

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tinhso.agencies.reform_documents import ReformDocument


def load_standing(on: date) -> Standing:
    """Everything that a reform of that day could touch, in five queries."""
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
        known=_last_names(),
        fields={field.code: field.title for field in FieldOfWork.objects.all()},
        holders={
            (field, Level(level), place): Held(pk, holder, since)
            for field, level, place, pk, holder, since in competences
        },
        reformed=ReformCarriedOut.objects.aggregate(last=Max("reform__on"))["last"],
    )


def _last_names() -> dict[str, str]:
    """The last name of every agency that ever was, by key."""
    ordered = AgencyPeriod.objects.order_by(F("since").asc(nulls_first=True))
    return dict(ordered.values_list("agency__key", "name"))


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
