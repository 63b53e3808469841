"""What can happen to shared data: delivered, read, bad lines taken back. The only writers."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction

from tinhso.calendars.clock import day_of
from tinhso.datasets import catalogue, events
from tinhso.datasets.errors import PeriodNotOver, PeriodUnknown
from tinhso.datasets.models import DataRow, Delivery, Instalment, ReturnedLine
from tinhso.datasets.owners import agencies_by_code, deliverer
from tinhso.datasets.permissions import DatasetPermission
from tinhso.datasets.reading import judge
from tinhso.events.services import record
from tinhso.kernel.permissions import require
from tinhso.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from tinhso.datasets.definitions import Dataset
    from tinhso.datasets.reading import GoodRow, Judged
    from tinhso.indicators.reports.periods import Period
    from tinhso.kernel.actors import Actor

BATCH = 1000
LONGEST_NAME = 200


@transaction.atomic
def deliver(
    code: str,
    period: str,
    content: bytes,
    *,
    filename: str,
    agency: int | None = None,
    actor: Actor,
    at: datetime,
) -> Delivery:
    """Take in a file of one period (giao bộ dữ liệu): good lines stand, bad ones are given back.

    A line replaces the one of the same key; what it does not name stays, and so does every former version. Raises
    `DatasetUnknown`, `PeriodUnknown`, `PeriodNotOver`, what `deliverer` and `judge` refuse.
    """
    dataset = catalogue.dataset(code)
    asked = period_over(dataset, period, at=at)
    owner = deliverer(dataset, asked.last, agency, actor, at=at)
    judged = judge(content, dataset, agencies_by_code(asked.last))
    instalment, _new = Instalment.objects.get_or_create(
        dataset=code,
        period=asked.code,
        agency_id=owner,
        defaults={"first": asked.first, "last": asked.last},
    )
    Instalment.objects.select_for_update().get(pk=instalment.pk)
    changed = list(_changed(judged, dataset, instalment))
    delivery = Delivery.objects.create(
        instalment=instalment,
        version=dataset.version,
        filename=filename[:LONGEST_NAME],
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        heads=list(judged.heads),
        good=len(judged.good),
        changed=len(changed),
        bad=len(judged.bad),
        at=at,
        actor=actor.key,
    )
    _write(delivery, changed, judged)
    _record(delivery, instalment, actor=actor, at=at)
    return delivery


def period_over(dataset: Dataset, code: str, *, at: datetime) -> Period:
    """The period of that code, which has ended."""
    found = dataset.period(code)
    if found is None:
        raise PeriodUnknown(period=code)
    if found.last >= day_of(at):
        raise PeriodNotOver(period=found.title, day=formatting.day(found.last))
    return found


def key_of(dataset: Dataset, row: GoodRow) -> str:
    """What tells the row from others of its period."""
    told = json.dumps([row.values[name] for name in dataset.key], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def _changed(judged: Judged, dataset: Dataset, instalment: Instalment) -> Iterator[DataRow]:
    """The lines that say something else than stands, as further versions."""
    rows = DataRow.objects.filter(instalment=instalment).standing()
    standing = {
        key: (version, values)
        for key, version, values in rows.values_list("key", "version", "values")
    }
    for row in judged.good:
        key = key_of(dataset, row)
        version, values = standing.get(key, (0, None))
        if row.values != values:
            about = row.values.get(dataset.agency_column) or instalment.agency_id
            yield DataRow(
                instalment=instalment,
                key=key,
                version=version + 1,
                about_id=about,
                values=dict(row.values),
            )


def _write(delivery: Delivery, changed: list[DataRow], judged: Judged) -> None:
    for row in changed:
        row.delivery = delivery
    DataRow.objects.bulk_create(changed, BATCH)
    returned = (
        ReturnedLine(
            delivery=delivery,
            line=each.line,
            column=each.column[:400],
            expected=each.expected,
            cells=list(each.cells),
        )
        for each in judged.bad
    )
    ReturnedLine.objects.bulk_create(returned, BATCH)


def _record(delivery: Delivery, instalment: Instalment, *, actor: Actor, at: datetime) -> None:
    payload = {
        "dataset": instalment.dataset,
        "period": instalment.period,
        "good": delivery.good,
        "changed": delivery.changed,
        "bad": delivery.bad,
        "sha256": delivery.sha256,
    }
    subject, agency = delivery.uuid, instalment.agency_id
    record(events.DELIVERED, subject=subject, actor=actor, at=at, agency=agency, payload=payload)


@transaction.atomic
def note_reading(
    code: str, period: str, *, indicator: str, rows: int, form: str, actor: Actor, at: datetime
) -> None:
    """Write down that rows are shown, or leave as a file."""
    require(actor, DatasetPermission.READ, at=at)
    payload = {
        "dataset": code,
        "period": period,
        "indicator": indicator or None,
        "rows": rows,
        "format": form,
    }
    record(events.ROWS_READ, subject=uuid4(), actor=actor, at=at, payload=payload)


@transaction.atomic
def take_bad_rows(key: UUID, *, actor: Actor, at: datetime) -> Delivery:
    """The delivery whose lines are taken back as a file; written down before they leave."""
    require(actor, DatasetPermission.READ, at=at)
    found = Delivery.objects.visible_to(actor, at=at).get_or_refuse(key)
    agency = found.instalment.agency_id
    payload = {"rows": found.bad}
    record(
        events.BAD_ROWS_READ, subject=found.uuid, actor=actor, at=at, agency=agency, payload=payload
    )
    return found
