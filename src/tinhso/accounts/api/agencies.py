"""Agencies as partner systems name them and are told of them: by uuid, and by code where they have one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import BaseModel, Field

from tinhso.accounts.api.sent import Code
from tinhso.agencies.errors import AgencyNotFound
from tinhso.agencies.models import Agency, AgencyPeriod
from tinhso.agencies.queries import agency_by_code, names_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

Named = Code
"""An agency by its uuid or its code."""


class ShownAgency(BaseModel):
    """An agency (cơ quan) as it was called on the day that the answer speaks of."""

    uuid: UUID
    code: str = Field(description="Empty for what has none, such as a division.")
    name: str


def agency_named(named: str, on: date) -> Agency:
    """The agency of a uuid, or of a code on that day. Refuses with `AgencyNotFound`."""
    try:
        key = UUID(named)
    except ValueError:
        return agency_by_code(named, on)
    found = Agency.objects.filter(uuid=key).first()
    if found is None:
        raise AgencyNotFound(agency=named)
    return found


def shown_agencies(keys: Iterable[int], on: date) -> dict[int, ShownAgency]:
    """The agencies of these primary keys by them, with names and codes of the day."""
    agencies = Agency.objects.in_bulk(list(keys))
    names = names_of(agencies, on)
    codes = dict(
        AgencyPeriod.objects.on(on).filter(agency__in=agencies).values_list("agency", "agency_code")
    )
    return {
        key: ShownAgency(uuid=agency.uuid, code=codes.get(key) or "", name=names.get(key, ""))
        for key, agency in agencies.items()
    }
