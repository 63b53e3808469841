"""Who calls: a partner system by its token. Sessions count for nothing here, so nothing can be forged through one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from ninja.security import HttpBearer

from tinhso.accounts.actors import PartnerActor
from tinhso.accounts.errors import TokenRefused
from tinhso.accounts.queries import partner
from tinhso.kernel.requests import ActedRequest

if TYPE_CHECKING:
    from django.http import HttpRequest


class PartnerRequest(ActedRequest):
    """A request whose token was judged."""

    actor: PartnerActor


class PartnerBearer(HttpBearer):
    """`Authorization: Bearer ts_…`, issued on the page of partner tokens (mã truy cập của hệ thống kết nối)."""

    openapi_bearerFormat = "ts_…"  # noqa: N815  (the name that ninja reads)

    def __call__(self, request: HttpRequest) -> Any:
        return super().__call__(request) or self.authenticate(request, "")

    def authenticate(self, request: Any, token: str) -> PartnerActor:
        """The partner system; everybody else is refused with `TokenRefused` (401)."""
        found = partner(token, now=timezone.now()) if token else None
        if found is None:
            raise TokenRefused
        request.actor = found
        return found
