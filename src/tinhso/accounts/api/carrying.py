"""Acts by the API: each once per `Idempotency-Key`, and the answer tells how the thing stands after."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router, Status, UploadedFile

from tinhso.accounts.api.partners import PartnerRequest
from tinhso.accounts.api.sending import sending_of
from tinhso.accounts.api.sent import Sent
from tinhso.accounts.services.sendings import made_once, once

Shown = TypeVar("Shown")
Act = tuple[str, str, str, Callable[..., object], type[Sent]]
"""Its path, its summary, what it means, the service, and what is sent."""


def carrier(told: Callable[[PartnerRequest, UUID], Shown]) -> Callable[..., Shown]:
    """A function that does one act on the thing of a key, and tells with `told` how it stands after."""

    def carry_out(
        request: PartnerRequest,
        key: UUID,
        service: Callable[..., object],
        *more: Any,
        file: UploadedFile | None = None,
        **facts: Any,
    ) -> Shown:
        act = partial(service, key, *more, **facts, actor=request.actor, at=request.at)
        once(act, sending=sending_of(request, file), actor=request.actor, at=request.at)
        return told(request, key)

    return carry_out


def made(
    request: PartnerRequest,
    response: HttpResponse,
    make: Callable[[], UUID],
    told: Callable[[PartnerRequest, UUID], Shown],
) -> Status[Shown]:
    """Make a thing once per key: 201 the first time with its address, 200 when the same was sent before."""
    key, is_new = made_once(make, sending=sending_of(request), actor=request.actor, at=request.at)
    response["Location"] = f"{request.path}/{key}"
    return Status(201 if is_new else 200, told(request, key))


def offer(
    router: Router,
    acts: Sequence[Act],
    carry_out: Callable[..., Any],
    *,
    thing: str,
    answers: Mapping[Any, Any],
) -> None:
    """Give each act of a table its address: what is sent goes to the service by the same names."""
    for path, summary, meaning, service, sends in acts:
        router.post(
            f"/{{uuid:key}}/{path}",
            response=dict(answers),
            url_name=f"api-{thing}-{path}",
            operation_id=f"{thing}_{path}",
            summary=summary,
            description=meaning,
        )(_handler(service, sends, carry_out))


def _handler(
    service: Callable[..., object], sends: type[Sent], carry_out: Callable[..., Any]
) -> Callable[..., Any]:
    def handle(request: HttpRequest, key: Path[UUID], *, body: Any) -> Any:
        facts = {name: getattr(body, name) for name in sends.model_fields}
        return carry_out(request, key, service, **facts)

    handle.__annotations__["body"] = sends
    return handle
