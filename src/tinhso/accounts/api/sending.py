"""`Idempotency-Key`, on every POST: what is sent again under the same key changes nothing."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tinhso.accounts.errors import RequestMalformed
from tinhso.accounts.sendings import Sending

if TYPE_CHECKING:
    from ninja import UploadedFile

    from tinhso.accounts.api.partners import PartnerRequest

HEADER = "Idempotency-Key"
KEY = r"^[\x21-\x7e]{8,100}$"
PARAMETER: dict[str, Any] = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 8, "maxLength": 100, "pattern": KEY},
    "description": "The same key with the same content is answered, and changes nothing; with other content: 409.",
}
"""How the description tells of it, at every POST."""


def sending_of(request: PartnerRequest, file: UploadedFile | None = None) -> Sending | None:
    """The key of this request with the SHA-256 of its address and content; None without one.

    The boundary of a multipart body is another each time, so that a `file` counts by its name and bytes. Refuses with
    `RequestMalformed` a key of another shape.
    """
    key = request.headers.get(HEADER)
    if key is None:
        return None
    if not re.fullmatch(KEY, key):
        sentence = _("Giá trị không đúng kiểu hoặc ngoài giới hạn.")
        raise RequestMalformed({HEADER: [sentence]}, count=1)
    digest = hashlib.sha256(f"{request.path}\n".encode())
    if file is None:
        digest.update(request.body)
    else:
        digest.update(f"{file.name}\n".encode())
        for chunk in file.chunks():
            digest.update(chunk)
        file.seek(0)
    return Sending(key, digest.digest())
