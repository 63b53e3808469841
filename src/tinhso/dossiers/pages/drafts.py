"""The drafts that a session holds: what was begun in it, or opened by its code."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from django.contrib.sessions.backends.base import SessionBase

    from tinhso.dossiers.models import Draft
    from tinhso.kernel.requests import ActedRequest

HELD = "dossiers.drafts"
MOST = 20
"""The drafts that one session remembers; the first are forgotten, and found again by their codes."""


def hold(session: SessionBase, draft: Draft) -> None:
    """Note that whoever has this session may open the draft; it ends with the session."""
    known = [key for key in session.get(HELD, ()) if key != str(draft.uuid)]
    session[HELD] = [*known, str(draft.uuid)][-MOST:]


def held(request: ActedRequest) -> frozenset[UUID]:
    """The visitors' drafts that this session may open."""
    return frozenset(UUID(key) for key in request.session.get(HELD, ()))
