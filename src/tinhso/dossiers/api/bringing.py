"""How it came, as partner systems tell it, made into what the service records."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tinhso.calendars.clock import local
from tinhso.dossiers.api.applying import agency_named
from tinhso.dossiers.errors import BringingIncomplete
from tinhso.dossiers.plans.bringing import Agreed, Bringing, OnPaper, Posted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tinhso.dossiers.api.sent_filing import (
        SentConsent,
        SentFiling,
        SentPaperReason,
        SentPostalItem,
    )

PATHS = {
    "arrived_on": "post.arrived_at",
    "posted_on": "post.posted_on",
    "helping": "consent.agency",
    "helper": "consent.helper",
    "given_by": "consent.given_by",
    "given_on": "consent.given_on",
}
"""Where a sender finds what the service calls by the names of the page."""


@contextmanager
def by_path() -> Iterator[None]:
    """What is refused of how it came is told at the path where the sender wrote it."""
    try:
        yield
    except BringingIncomplete as refusal:
        errors = {PATHS.get(name, name): said for name, said in refusal.errors.items()}
        raise BringingIncomplete(errors, count=len(errors)) from None


def bringing_of(sent: SentFiling, *, at: datetime) -> Bringing:
    """What the desk records of it; refuses with `AgencyNotOffering` an agency that has no such code."""
    return Bringing(
        desk=agency_named(sent.desk, at=at) if sent.desk else None,
        helping=agency_named(sent.consent.agency, at=at) if sent.consent else None,
        posted=_posted(sent.post),
        agreed=_agreed(sent.consent),
        on_paper=_on_paper(sent.on_paper),
    )


def _posted(sent: SentPostalItem | None) -> Posted | None:
    if sent is None:
        return None
    try:
        arrived = local(sent.arrived_at)
    except OverflowError:
        sentence = _("Giá trị không đúng kiểu hoặc ngoài giới hạn.")
        raise BringingIncomplete({"post.arrived_at": [sentence]}, count=1) from None
    return Posted(arrived, sent.posted_on, sent.tracking)


def _agreed(sent: SentConsent | None) -> Agreed | None:
    if sent is None:
        return None
    return Agreed(sent.helper, sent.given_by, sent.given_on, sent.way)


def _on_paper(sent: SentPaperReason | None) -> OnPaper | None:
    return OnPaper(sent.reason, sent.note) if sent else None
