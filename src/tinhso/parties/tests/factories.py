"""Citizens and organisations for tests: plain functions with defaults that hold."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tinhso.parties.facts import PartyFacts, plan_register
from tinhso.parties.models import Party, PartyKey

if TYPE_CHECKING:
    from tinhso.agencies.models import Agency

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


def make_party(name: str = "Lan", *, agency: Agency | None = None, **facts: Any) -> Party:
    """A party as declared, with its keys; the facts must be in official form."""
    rows = plan_register(
        PartyFacts(name=name, **facts),
        key=uuid4(),
        agency=agency.pk if agency else None,
        at=AT,
    )
    rows.party.save()
    PartyKey.objects.bulk_create(rows.keys)
    return rows.party
