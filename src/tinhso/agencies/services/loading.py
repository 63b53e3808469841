"""Load the shipped directory: both provinces, and the reforms that are past on a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from tinhso.agencies import events, tables, uniting, writing
from tinhso.agencies.models import Agency, FieldOfWork, Reform
from tinhso.agencies.permissions import AgencyPermission
from tinhso.agencies.queries import agency_by_key
from tinhso.agencies.services.preparing import prepare_reform
from tinhso.agencies.services.reforming import carry_out_reform
from tinhso.events.services import record
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from datetime import date, datetime

    from tinhso.kernel.actors import Actor


@dataclass(frozen=True)
class Loaded:
    """What a load added: agencies, fields of work, and the codes of the reforms carried out."""

    agencies: int
    fields: int
    reforms: tuple[str, ...]


@transaction.atomic
def load_units(*, on: date, actor: Actor, at: datetime) -> Loaded:
    """Load Kon Tum and Quảng Ngãi as of a day (nạp danh mục), with their history up to it.

    The base stands without a first day; each shipped reform dated up to `on` is carried out by the
    same act as any other, later ones are only prepared. A second call adds what is missing.
    """
    require(actor, AgencyPermission.EDIT, at=at)
    before, fields_before = Agency.objects.count(), FieldOfWork.objects.count()
    shipped = tables.before_reforms()
    if not Agency.objects.filter(key=tables.KEYS[tables.SURVIVOR]).exists():
        FieldOfWork.objects.bulk_create(
            (
                FieldOfWork(code=field.code, name=field.name, name_en=field.name_en)
                for field in shipped.fields
            ),
            ignore_conflicts=True,
        )
        writing.write_agencies(shipped.agencies, since=None)
        writing.write_competences(shipped.competences, since=None)
    carried_out = _reforms(on, actor=actor, at=at)
    added = Agency.objects.count() - before
    added_fields = FieldOfWork.objects.count() - fields_before
    if added or added_fields:
        root = agency_by_key(tables.KEYS[tables.SURVIVOR])
        record(
            events.UNITS_LOADED,
            subject=root.uuid,
            agency=root.pk,
            actor=actor,
            at=at,
            payload={"agencies": added, "fields": added_fields},
        )
    return Loaded(added, added_fields, carried_out)


def _reforms(on: date, *, actor: Actor, at: datetime) -> tuple[str, ...]:
    carried_out = []
    for document in (tables.departments_reform(), uniting.provinces_reform()):
        reform = Reform.objects.filter(code=document.code).first()
        if reform is None:
            reform = prepare_reform(document, actor=actor, at=at)
        if document.on <= on and reform.is_open:
            carry_out_reform(reform.uuid, actor=actor, at=at)
            carried_out.append(reform.code)
    return tuple(carried_out)
