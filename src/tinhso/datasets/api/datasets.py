"""`/datasets`: what there is to deliver, and deliveries with the lines given back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from ninja import File, Path, Router, Status, UploadedFile
from pydantic import BaseModel, Field

from tinhso.accounts.api.partners import PartnerRequest
from tinhso.accounts.api.refusing import ACT_REFUSALS, REFUSALS
from tinhso.accounts.api.sending import sending_of
from tinhso.accounts.services.sendings import made_once
from tinhso.datasets import catalogue, services
from tinhso.datasets.errors import FileTooLarge
from tinhso.datasets.models import Delivery
from tinhso.datasets.permissions import DatasetPermission
from tinhso.datasets.reading import LARGEST_MB, MEGABYTE
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from tinhso.datasets.definitions import Dataset

router = Router(tags=["datasets"])
TOLD = 1000


class ShownDataColumn(BaseModel):
    """A column of a data set."""

    name: str
    title: str
    type: str
    required: bool
    choices: list[str]


class ShownDataset(BaseModel):
    """A data set (bộ dữ liệu) in force."""

    code: str
    version: str
    name: str
    frequency: str
    columns: list[ShownDataColumn]
    key: list[str] = Field(description="Lines of one period are the same when these are.")


class ShownDatasets(BaseModel):
    """All of them."""

    datasets: list[ShownDataset]


class ShownReturnedLine(BaseModel):
    """A line that was given back."""

    line: int
    column: str
    expected: str


class ShownDelivery(BaseModel):
    """A delivery (lần giao), with the first thousand lines that were given back."""

    uuid: UUID
    dataset: str
    period: str
    at: datetime
    sha256: str
    good: int
    changed: int = Field(description="Good lines that say something else than stood.")
    bad: int
    returned: list[ShownReturnedLine]


@router.get(
    "",
    response={200: ShownDatasets, **REFUSALS},
    url_name="api-datasets",
    summary="Data sets in force",
)
def find(request: PartnerRequest) -> ShownDatasets:
    """What agencies deliver, with columns and key (danh mục bộ dữ liệu)."""
    require(request.actor, DatasetPermission.READ, at=request.at)
    return ShownDatasets(datasets=[_shown(each) for each in catalogue.in_force().values()])


@router.post(
    "/{str:code}/periods/{str:period}/deliveries",
    response={200: ShownDelivery, 201: ShownDelivery, **ACT_REFUSALS},
    url_name="api-deliveries",
    summary="Deliver a data set",
)
def deliver(
    request: PartnerRequest,
    response: HttpResponse,
    code: Path[str],
    period: Path[str],
    file: File[UploadedFile],
) -> Status[ShownDelivery]:
    """A CSV of one period (giao bộ dữ liệu), at most 5 MB; good lines stand, bad ones are told in the answer."""
    if (file.size or 0) > LARGEST_MB * MEGABYTE:
        raise FileTooLarge(limit_mb=LARGEST_MB)

    def make() -> UUID:
        return services.deliver(
            code,
            period,
            file.read(),
            filename=file.name or "",
            actor=request.actor,
            at=request.at,
        ).uuid

    sending = sending_of(request, file)
    key, is_new = made_once(make, sending=sending, actor=request.actor, at=request.at)
    response["Location"] = f"/api/v1/datasets/deliveries/{key}"
    made = Delivery.objects.select_related("instalment").get(uuid=key)
    return Status(201 if is_new else 200, _delivery(made))


@router.get(
    "/deliveries/{uuid:key}",
    response={200: ShownDelivery, **REFUSALS},
    url_name="api-delivery",
    summary="One delivery",
)
def show(request: PartnerRequest, key: Path[UUID]) -> ShownDelivery:
    """What stands of it, and what was given back."""
    require(request.actor, DatasetPermission.READ, at=request.at)
    return _delivery(Delivery.objects.visible_to(request.actor, at=request.at).get_or_refuse(key))


def _shown(dataset: Dataset) -> ShownDataset:
    return ShownDataset(
        code=dataset.code,
        version=dataset.version,
        name=dataset.title,
        frequency=dataset.frequency.value,
        columns=[
            ShownDataColumn(
                name=each.name,
                title=each.title,
                type=each.type.value,
                required=each.is_required,
                choices=list(each.choices),
            )
            for each in dataset.columns
        ],
        key=list(dataset.key),
    )


def _delivery(made: Delivery) -> ShownDelivery:
    lines = made.returned.order_by("line")[:TOLD]
    return ShownDelivery(
        uuid=made.uuid,
        dataset=made.instalment.dataset,
        period=made.instalment.period,
        at=made.at,
        sha256=made.sha256,
        good=made.good,
        changed=made.changed,
        bad=made.bad,
        returned=[
            ShownReturnedLine(line=each.line, column=each.column, expected=each.expected)
            for each in lines
        ],
    )
