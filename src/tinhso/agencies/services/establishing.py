"""One agency at a time: establish it, amend what holds of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from tinhso.agencies import events, writing
from tinhso.agencies.errors import (
    AgencyCodeTaken,
    AgencyKeyTaken,
    AgencyNotFound,
    AgencyPeriodNotOpen,
)
from tinhso.agencies.models import Agency, AgencyPeriod
from tinhso.agencies.permissions import AgencyPermission
from tinhso.agencies.reform_documents import Begin
from tinhso.agencies.reform_plan import amended_facts
from tinhso.agencies.standing import facts_of
from tinhso.events.services import record
from tinhso.kernel.permissions import require
from tinhso.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from uuid import UUID

    from tinhso.agencies.models import AgencyKind
    from tinhso.kernel.actors import Actor


@transaction.atomic
def establish(
    *,
    key: str,
    kind: AgencyKind,
    facts: Mapping[str, Any],
    since: date | None,
    actor: Actor,
    at: datetime,
) -> Agency:
    """Establish an agency (lập cơ quan) below the parent that its facts name by key.

    `facts` are those of a reform document: name, parent, level, agency_code…
    """
    parent = Agency.objects.filter(key=facts.get("parent", "")).first()
    require(actor, AgencyPermission.EDIT, agency=parent.pk if parent else None, at=at)
    if parent is None and facts.get("parent"):
        raise AgencyNotFound(agency=facts["parent"])
    if Agency.objects.filter(key=key).exists():
        raise AgencyKeyTaken(key=key)
    try:
        with transaction.atomic():
            writing.write_agencies([Begin(key=key, kind=kind, facts=facts)], since=since)
    except IntegrityError as error:
        raise AgencyCodeTaken(agency_code=facts.get("agency_code", "")) from error
    agency = Agency.objects.get(key=key)
    payload = {"key": key}
    if facts.get("agency_code"):
        payload["agency_code"] = facts["agency_code"]
    if since is not None:
        payload["since"] = since.isoformat()
    record(
        events.AGENCY_ESTABLISHED,
        subject=agency.uuid,
        agency=agency.pk,
        actor=actor,
        at=at,
        payload=payload,
    )
    return agency


@transaction.atomic
def amend(
    key: UUID, *, on: date, facts: Mapping[str, Any], actor: Actor, at: datetime
) -> AgencyPeriod:
    """Change what holds of an agency from a day on (đổi tên, mã, cấp trên): a new period."""
    agency = Agency.objects.select_for_update().filter(uuid=key).first()
    if agency is None:
        raise AgencyNotFound(agency=key)
    require(actor, AgencyPermission.EDIT, agency=agency.pk, at=at)
    period = (
        AgencyPeriod.objects.select_related("agency", "parent")
        .filter(agency=agency, until=None)
        .first()
    )
    if period is None or (period.since is not None and period.since >= on):
        raise AgencyPeriodNotOpen(on=formatting.day(on))
    AgencyPeriod.objects.filter(pk=period.pk).update(until=on)
    try:
        with transaction.atomic():
            writing.write_periods([(agency.key, amended_facts(facts_of(period), facts))], since=on)
    except IntegrityError as error:
        raise AgencyCodeTaken(agency_code=facts.get("agency_code", "")) from error
    record(
        events.AGENCY_AMENDED,
        subject=agency.uuid,
        agency=agency.pk,
        actor=actor,
        at=at,
        payload={"on": on.isoformat(), "changed": sorted(facts)},
    )
    return AgencyPeriod.objects.get(agency=agency, since=on)
