"""Reforms before they are carried out: prepare, edit, name a receiver for what is left, discard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tinhso.agencies import events, reform_documents
from tinhso.agencies.errors import (
    ReformAlreadyCarriedOut,
    ReformCodeTaken,
    ReformDiscardedBefore,
    ReformDoesNotFit,
    ReformMalformed,
    ReformNotFound,
)
from tinhso.agencies.models import Agency, Reform, ReformCarriedOut, ReformDiscarded
from tinhso.agencies.permissions import AgencyPermission
from tinhso.agencies.reform_plan import problems
from tinhso.agencies.standing import load_standing, roots
from tinhso.events.services import record
from tinhso.kernel.errors import StaleVersion
from tinhso.kernel.permissions import require
from tinhso.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from tinhso.agencies.reform_documents import ReformDocument
    from tinhso.agencies.reform_plan import Standing
    from tinhso.events.kinds import EventKind
    from tinhso.kernel.actors import Actor


@transaction.atomic
def prepare_reform(document: ReformDocument, *, actor: Actor, at: datetime) -> Reform:
    """Put a reform into the book (lập phương án sắp xếp).

    It need not fit the directory yet; the preview says in what it does not. Refused when a plan has this code already.
    """
    require_at_roots(actor, AgencyPermission.EDIT, document, load_standing(document.on), at)
    if there := Reform.objects.filter(code=document.code).first():
        raise ReformCodeTaken(code=document.code, key=there.uuid)
    return _kept(Reform(code=document.code, version=0), document, events.REFORM_PREPARED, actor, at)


@transaction.atomic
def edit_reform(
    key: UUID, document: ReformDocument, *, actor: Actor, at: datetime, expected_version: int
) -> Reform:
    """Write the plan anew (sửa phương án) until it is carried out or discarded; its code stays."""
    reform = _locked_to_edit(key, actor=actor, at=at, expected_version=expected_version)
    require_at_roots(actor, AgencyPermission.EDIT, document, load_standing(document.on), at)
    if document.code != reform.code:
        raise ReformMalformed(
            {"code": [reform_documents.CODE_STAYS.format(code=reform.code)]},
            reason=reform_documents.CODE_STAYS.format(code=reform.code),
        )
    return _kept(reform, document, events.REFORM_EDITED, actor, at)


@transaction.atomic
def name_receivers(
    key: UUID,
    receivers: Mapping[str, str],
    *,
    actor: Actor,
    at: datetime,
    expected_version: int,
) -> Reform:
    """Name, by ended agency, who takes the work that neither field nor sole follower takes."""
    reform = _locked_to_edit(key, actor=actor, at=at, expected_version=expected_version)
    document = reform_documents.from_json(reform.document)
    standing = load_standing(document.on)
    named = document.with_rest(receivers)
    before = problems(document, standing)
    if wrong := [line for line in problems(named, standing) if line not in before]:
        raise ReformDoesNotFit(on=formatting.day(document.on), reason=wrong[0])
    return _kept(reform, named, events.REFORM_EDITED, actor, at)


@transaction.atomic
def discard_reform(
    key: UUID, *, reason: str, actor: Actor, at: datetime, expected_version: int
) -> ReformDiscarded:
    """Give the plan up (bỏ phương án), with the reason; it stays in the book and is never carried out."""
    reform = _locked_to_edit(key, actor=actor, at=at, expected_version=expected_version)
    discarded = ReformDiscarded.objects.create(reform=reform, at=at, actor=actor.key, reason=reason)
    _record(events.REFORM_DISCARDED, reform, actor=actor, at=at)
    return discarded


def locked(key: UUID) -> Reform:
    """The reform, held for this transaction; refuses with `ReformNotFound`."""
    reform = Reform.objects.select_for_update().filter(uuid=key).first()
    if reform is None:
        raise ReformNotFound
    return reform


def require_at_roots(
    actor: Actor,
    permission: AgencyPermission,
    document: ReformDocument,
    standing: Standing,
    at: datetime,
) -> None:
    """The right must be held at every topmost agency under which the reform happens."""
    require(actor, permission, at=at)
    for agency in Agency.objects.filter(key__in=roots(document, standing)):
        require(actor, permission, agency=agency.pk, at=at)


def refuse_if_closed(reform: Reform) -> None:
    """A reform that was carried out or discarded is neither edited nor carried out again."""
    if done := ReformCarriedOut.objects.filter(reform=reform).first():
        raise ReformAlreadyCarriedOut(on=formatting.day(done.at))
    if given_up := ReformDiscarded.objects.filter(reform=reform).first():
        raise ReformDiscardedBefore(on=formatting.day(given_up.at))


def _locked_to_edit(key: UUID, *, actor: Actor, at: datetime, expected_version: int) -> Reform:
    """The open reform for who may edit at all of its roots, as the page that was seen showed it."""
    reform = locked(key)
    document = reform_documents.from_json(reform.document)
    require_at_roots(actor, AgencyPermission.EDIT, document, load_standing(document.on), at)
    refuse_if_closed(reform)
    if reform.version != expected_version:
        raise StaleVersion
    return reform


def _kept(
    reform: Reform, document: ReformDocument, kind: EventKind, actor: Actor, at: datetime
) -> Reform:
    reform.name = document.name
    reform.on = document.on
    reform.legal_basis = document.citation
    reform.verified = document.verified
    reform.document = reform_documents.to_json(document)
    reform.version += 1
    reform.save()
    _record(kind, reform, actor=actor, at=at)
    return reform


def _record(kind: EventKind, reform: Reform, *, actor: Actor, at: datetime) -> None:
    payload = {"code": reform.code, "version": reform.version}
    record(kind, subject=reform.uuid, actor=actor, at=at, payload=payload)
