"""Downloading a file and looking at the preview of an image."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.views.decorators.http import require_GET

from tinhso.files import services
from tinhso.files.previews import preview

if TYPE_CHECKING:
    from tinhso.files.services import Content
    from tinhso.kernel.requests import ActedRequest

ALONE = "default-src 'none'; sandbox"


@require_GET
def download(request: ActedRequest, key: UUID) -> FileResponse:
    """The file as it was handed in, always as an attachment."""
    content = services.read(key, actor=request.actor, at=request.at, purpose="download")
    return attachment(content)


@require_GET
def show(request: ActedRequest, key: UUID) -> HttpResponse:
    """The preview of an image, drawn anew."""
    content = services.read(key, actor=request.actor, at=request.at, purpose="preview")
    response = HttpResponse(preview(content), content_type="image/jpeg")
    response["Content-Disposition"] = "inline"
    return _guarded(response)


def attachment(content: Content) -> FileResponse:
    """A response that streams a file which `services.read` opened; no browser runs it here."""
    response = FileResponse(
        content.path.open("rb"),
        as_attachment=True,
        filename=content.file.filename,
        content_type=content.file.content_type,
    )
    _guarded(response)
    return response


def _guarded(response: HttpResponse | FileResponse) -> HttpResponse:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = ALONE
    response["Cache-Control"] = "private, no-store"
    return response  # type: ignore[return-value]
