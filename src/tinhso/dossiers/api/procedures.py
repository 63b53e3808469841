"""Procedures: what may be handed in, by which form."""

from __future__ import annotations

from typing import Annotated

from ninja import Path, Query, Router

from tinhso.accounts.api.partners import PartnerRequest
from tinhso.accounts.api.refusing import REFUSALS
from tinhso.accounts.api.sent import Code
from tinhso.calendars.clock import day_of
from tinhso.calendars.deadlines import Term
from tinhso.dossiers import definitions
from tinhso.dossiers.api.shown import (
    ShownPaper,
    ShownProcedure,
    ShownProcedures,
    ShownProcedureWhole,
    ShownResultKind,
    ShownTariff,
    ShownTerm,
)
from tinhso.dossiers.fee_words import dong, written
from tinhso.dossiers.fees import Tariff, tariffs
from tinhso.dossiers.models import ProcedureVersion
from tinhso.dossiers.queries.procedures import find_procedures, open_channels, version_in_force

router = Router(tags=["procedures"])
MOST = 200
Search = Annotated[str, Query(max_length=200, description="Words, with or without accents.")]


@router.get(
    "",
    response={200: ShownProcedures, **REFUSALS},
    url_name="procedures",
    summary="Procedures in force",
)
def find(request: PartnerRequest, search: Search = "") -> ShownProcedures:
    """Procedures in force today, at most 200, by name or code."""
    found = find_procedures(search, day_of(request.at))[:MOST]
    return ShownProcedures(procedures=[_short(version) for version in found])


@router.get(
    "/{str:code}",
    response={200: ShownProcedureWhole, **REFUSALS},
    url_name="procedure",
    summary="One procedure",
)
def show(request: PartnerRequest, code: Path[Code]) -> ShownProcedureWhole:
    """Papers, form, term, fee and channels of the version in force today."""
    day = day_of(request.at)
    version = version_in_force(code, day)
    definition = definitions.of_version(version.pk)
    return ShownProcedureWhole(
        **_short(version).model_dump(),
        papers=[
            ShownPaper(
                code=paper.code, name=paper.name, required=paper.is_required, note=paper.note
            )
            for paper in definition.papers
        ],
        results=[
            ShownResultKind(code=result.code, name=result.name, refuses=result.refuses)
            for result in definition.results_after(None)
        ],
        term=_term(definition.term),
        fees=[_tariff(tariff) for tariff in tariffs(definition, day)],
        channels=[channel.value for channel in open_channels(day)],
        form=dict(definition.form.schema),
    )


def _term(term: Term) -> ShownTerm:
    cutoff = f"{term.same_day_cutoff:%H:%M}" if term.same_day_cutoff else None
    return ShownTerm(amount=term.amount, unit=term.unit, same_day_cutoff=cutoff)


def _tariff(tariff: Tariff) -> ShownTariff:
    fee, rate = tariff.fee, tariff.rate
    return ShownTariff(
        code=fee.code,
        name=fee.name,
        kind=fee.kind,
        pay=fee.moment,
        unit=fee.unit,
        quantity=fee.quantity,
        amount=rate.amount,
        tiers=[f"{tier.name}: {dong(tier.amount)}" for tier in rate.tiers],
        reductions=[written(cut) for cut in tariff.reductions],
    )


def _short(version: ProcedureVersion) -> ShownProcedure:
    return ShownProcedure(
        code=version.procedure.code,
        name=version.procedure.name,
        version=version.version,
        level=version.level,
        field=version.field,
    )
