"""A way from the playing portal to the province for tests: the very API, asked without a network."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tinhso.accounts.tests.factories import make_token
from tinhso.agencies.models import Agency
from tinhso.dossiers.permissions import DossierPermission
from tinhso.portal.errors import NotSent
from tinhso.portal.national import Answer, Upload

SECRET = "ts_national"


@dataclass
class ByTestClient:
    """Posts as the national portal; `broken` at a resource loses the answer `after` the API did its work, or before."""

    broken: str = ""
    after: bool = False
    posted: list[str] = field(default_factory=list)
    has_token: bool = False

    def __call__(
        self, resource: str, *, key: str, body: bytes = b"", file: Upload | None = None
    ) -> Answer:
        if self.broken == resource and not self.after:
            raise NotSent
        answer = self._post(resource, key, body, file)
        self.posted.append(f"{resource} {answer.status}")
        if self.broken == resource:
            raise NotSent
        return answer

    def _post(self, resource: str, key: str, body: bytes, file: Upload | None) -> Answer:
        self._issue_token()
        headers = {"Authorization": f"Bearer {SECRET}", "Idempotency-Key": key}
        address = f"/api/v1/{resource}"
        if file is None:
            sent = Client().post(address, body, content_type="application/json", headers=headers)
        else:
            upload = SimpleUploadedFile(file.name, file.path.read_bytes(), file.content_type)
            sent = Client().post(address, {"file": upload}, headers=headers)
        return Answer(sent.status_code, json.loads(sent.content))

    def _issue_token(self) -> None:
        if not self.has_token:
            province = Agency.objects.get(key=settings.PROVINCE_KEY)
            right = DossierPermission.RELAY_NATIONAL
            make_token(province, [right], secret=SECRET, includes_subordinates=True)
            self.has_token = True
