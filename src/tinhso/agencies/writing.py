"""Rows of the directory, made from facts; used by the services of this app alone."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from tinhso.agencies.models import (
    Agency,
    AgencyPeriod,
    AssignedBy,
    Competence,
    FieldOfWork,
    Level,
    Succession,
)
from tinhso.kernel.folding import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from tinhso.agencies.reform_documents import Begin, FieldMove, Follow

# Identities of shipped agencies are the same in every house, so that packs and exports agree.
_NAMESPACE = uuid.UUID("b1c5d0f4-52b4-5d0e-9c58-6f5f7c9a4801")


def keys_to_rows() -> dict[str, int]:
    """The row of every agency by its key."""
    return dict(Agency.objects.values_list("key", "pk"))


def write_agencies(begun: Iterable[Begin], *, since: date | None) -> None:
    """Agencies that begin, each with its first period."""
    rows = list(begun)
    Agency.objects.bulk_create(
        Agency(uuid=uuid.uuid5(_NAMESPACE, row.key), key=row.key, kind=row.kind) for row in rows
    )
    write_periods(((row.key, row.facts) for row in rows), since=since)


def write_periods(facts: Iterable[tuple[str, Mapping[str, Any]]], *, since: date | None) -> None:
    """A period that begins for each agency."""
    pks = keys_to_rows()
    AgencyPeriod.objects.bulk_create(
        period(pks[key], said, pks=pks, since=since) for key, said in facts
    )


def period(
    agency: int, facts: Mapping[str, Any], *, pks: Mapping[str, int], since: date | None
) -> AgencyPeriod:
    """The row for the facts of a document; the older form of the code follows from the newer."""
    code = facts.get("agency_code", "")
    reversed_code = facts.get("reversed_code") or reverse(code)
    name, unit_code = facts["name"], facts.get("unit_code", "")
    return AgencyPeriod(
        agency_id=agency,
        parent_id=pks[facts["parent"]] if facts.get("parent") else None,
        name=name,
        name_en=facts.get("name_en", ""),
        level=facts.get("level", Level.PROVINCE),
        agency_code=code,
        reversed_code=reversed_code,
        assigned_by=facts.get("assigned_by", AssignedBy.PLATFORM),
        unit_code=unit_code,
        area_km2=facts.get("area_km2"),
        latitude=facts.get("latitude"),
        longitude=facts.get("longitude"),
        since=since,
        folded=folded(name, facts.get("name_en", ""), code, reversed_code, unit_code),
    )


def folded(*texts: str) -> str:
    """The words that search without accents looks for, each after a space."""
    return " " + " ".join(tokens(" ".join(texts)))


def reverse(code: str) -> str:
    """The older form of a code, deepest level first (QCVN 102:2016): `H48.16` → `000.00.16.H48`.

    Empty where the older form has no room: more than four levels, or a part longer than its place.
    """
    parts = code.split(".") if code else []
    widths = (3, 2, 2, 3)
    if not parts or len(parts) > len(widths):
        return ""
    filled = [*parts, *("0" * widths[3 - place] for place in range(len(parts), len(widths)))]
    older = [part.rjust(width, "0") for part, width in zip(reversed(filled), widths, strict=True)]
    return ".".join(older) if all(map(_fits, older, widths)) else ""


def _fits(part: str, width: int) -> bool:
    return len(part) == width


def write_successions(follows: Iterable[Follow], *, on: date) -> None:
    """Who follows whom on the day."""
    pks = keys_to_rows()
    Succession.objects.bulk_create(
        Succession(
            predecessor_id=pks[follow.predecessor],
            successor_id=pks[follow.successor] if follow.successor else None,
            on=on,
            kind=follow.kind,
            share=follow.share,
            legal_basis=follow.legal_basis,
            verified=follow.verified,
        )
        for follow in follows
    )


def write_competences(moves: Iterable[FieldMove], *, since: date | None) -> None:
    """Competences that begin."""
    pks = keys_to_rows()
    fields = dict(FieldOfWork.objects.values_list("code", "pk"))
    Competence.objects.bulk_create(
        Competence(
            agency_id=pks[move.to],
            field_id=fields[move.field],
            level=move.level,
            place_id=pks[move.place],
            since=since,
            legal_basis=move.legal_basis,
            verified=move.verified,
        )
        for move in moves
    )
