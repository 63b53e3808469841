"""Indicators, figures, records and targets as the shapes that go out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tinhso.accounts.api.agencies import ShownAgency, shown_agencies
from tinhso.indicators import catalogue
from tinhso.indicators.api import shown
from tinhso.indicators.cutting import AGENCY
from tinhso.indicators.definitions import Status
from tinhso.indicators.models import FigureKind, ReportedFigure
from tinhso.indicators.pages.asking import group_names
from tinhso.indicators.pages.catalogue import matches
from tinhso.indicators.pages.records import heads
from tinhso.warehouse.reading import table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from tinhso.indicators.cells import Group
    from tinhso.indicators.cutting import Cut
    from tinhso.indicators.definitions import Indicator
    from tinhso.indicators.listing import Record, Records
    from tinhso.indicators.models import Target
    from tinhso.indicators.observing import Observation


def matching(known: Iterable[Indicator], typed: str) -> list[Indicator]:
    """Those of whose name or code every typed word begins a word."""
    return [each for each in known if matches(each, typed)]


def indicators(known: Sequence[Indicator]) -> shown.ShownIndicators:
    """The catalogue with the state of each."""
    kinds = _kinds()
    return shown.ShownIndicators(
        indicators=[shown.ShownIndicator(**_short(each, kinds)) for each in known]
    )


def whole(indicator: Indicator) -> shown.ShownIndicatorWhole:
    """One indicator with its definition."""
    return shown.ShownIndicatorWhole(
        **_short(indicator, _kinds()),
        note=indicator.remark,
        source=indicator.source,
        fact=indicator.fact,
        definition=dict(catalogue.contents()[indicator.code]),
    )


def _kinds() -> dict[str, str]:
    """How others tell of an indicator: what another body sent stands before what was reported."""
    told = ReportedFigure.objects.in_force().order_by().values_list("indicator", "kind").distinct()
    found: dict[str, str] = {}
    for code, kind in told:
        if found.get(code) != FigureKind.RECEIVED:
            found[code] = kind
    return found


def _short(indicator: Indicator, kinds: Mapping[str, str]) -> dict[str, Any]:
    status = str(indicator.status.value)
    if indicator.status is Status.NO_SOURCE:
        status = kinds.get(indicator.code, status)
    return {
        "code": indicator.code,
        "version": indicator.version,
        "pack": indicator.pack,
        "name": indicator.title,
        "unit": indicator.unit_title,
        "direction": indicator.direction.value,
        "status": status,
        "needs": indicator.needs,
        "by": list(indicator.by),
    }


def observations(
    indicator: Indicator, cut: Cut, found: Sequence[Observation]
) -> shown.ShownObservations:
    """The figures of a cut, agencies by their names on its last day, restated by those of today."""
    keys = {each.group for each in found if isinstance(each.group, int) and cut.by == AGENCY}
    agencies = shown_agencies(keys, cut.standing_on)
    groups = {each.group for each in found}
    names = group_names(indicator, cut.by, groups, cut.standing_on) if groups and cut.by else {}
    return shown.ShownObservations(
        indicator=indicator.code,
        unit=indicator.unit_title,
        by=cut.by,
        observations=[
            _observation(
                each,
                None if cut.by is None else _group(each.group, agencies, names),
            )
            for each in found
        ],
    )


def _observation(seen: Observation, group: shown.ShownGroup | None) -> shown.ShownObservation:
    known = seen.completeness
    return shown.ShownObservation(
        version=seen.version,
        group=group,
        value=_text(seen.value),
        numerator=seen.numerator,
        denominator=seen.denominator,
        first=seen.first,
        last=seen.last,
        is_restated=seen.is_restated,
        completeness=shown.ShownCompleteness(
            days=known.days,
            passed=known.passed,
            behind=known.behind,
            is_complete=known.is_complete,
        ),
        hidden=seen.hidden,
        by_share=seen.by_share,
    )


def _group(
    group: Group, agencies: Mapping[int, ShownAgency], names: Mapping[Group, str]
) -> shown.ShownGroup:
    if isinstance(group, int) and group in agencies:
        agency = agencies[group]
        return shown.ShownGroup(code=str(agency.uuid), name=agency.name, agency=agency)
    return shown.ShownGroup(code=str(group), name=names[group])


def records(indicator: Indicator, cut: Cut, listed: Records) -> shown.ShownRecords:
    """A page of records with the columns that a list shows."""
    declared = table_of(indicator.fact)
    columns = [column.name for _title, column in heads(indicator)]
    places = [name for name in columns if name == declared.agency or name.endswith("agency")]
    keys = {row.columns[name] for row in listed.rows for name in places if row.columns.get(name)}
    agencies = shown_agencies(keys, cut.last)
    return shown.ShownRecords(
        records=[_record(row, columns, places, agencies) for row in listed.rows],
        total=listed.total,
        hidden=listed.hidden,
        page=listed.page,
        pages=listed.pages,
    )


def _record(
    row: Record,
    columns: Sequence[str],
    places: Sequence[str],
    agencies: Mapping[int, ShownAgency],
) -> shown.ShownRecord:
    said = {name: row.columns.get(name) for name in columns}
    for name in places:
        agency = agencies.get(said[name] or 0)
        said[name] = agency.uuid if agency else None
    return shown.ShownRecord(
        key=row.key, number=str(row.columns.get("number") or ""), link=row.link, columns=said
    )


def targets(indicator: Indicator, found: Iterable[Target], on: date) -> shown.ShownTargets:
    """Targets with the agencies that they are set for."""
    rows = list(found)
    agencies = shown_agencies({row.agency_id for row in rows if row.agency_id}, on)
    return shown.ShownTargets(
        indicator=indicator.code,
        unit=indicator.unit_title,
        targets=[
            shown.ShownTarget(
                uuid=row.uuid,
                agency=agencies.get(row.agency_id or 0),
                first=row.first,
                last=row.last,
                value=_plain(row.value),
                level=row.level,
                issuer=row.issuer,
                document=row.document,
                dated=row.dated,
            )
            for row in rows
        ],
    )


def told(indicator: Indicator, found: Iterable[ReportedFigure], on: date) -> shown.ShownToldFigures:
    """What others told, with who told it."""
    rows = list(found)
    agencies = shown_agencies({row.agency_id for row in rows if row.agency_id}, on)
    return shown.ShownToldFigures(
        indicator=indicator.code,
        unit=indicator.unit_title,
        figures=[
            shown.ShownTold(
                uuid=row.uuid,
                kind=row.kind,
                agency=agencies.get(row.agency_id or 0),
                first=row.first,
                last=row.last,
                value=None if row.value is None else _plain(row.value),
                numerator=row.numerator,
                denominator=row.denominator,
                at_least=row.at_least,
                source=row.source,
            )
            for row in rows
        ],
    )


def _text(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def decimal_text(value: Decimal | None) -> str | None:
    """A decimal without the zeros that only its column adds."""
    return None if value is None else _plain(value)


def _plain(value: Decimal) -> str:
    """Without the zeros that only the column adds."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
