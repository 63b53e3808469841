"""Files: sent up one by one, before the dossier that they belong to."""

from __future__ import annotations

from ninja import File, Router, Status, UploadedFile

from tinhso.dossiers.api.partners import PartnerRequest
from tinhso.dossiers.api.refusing import REFUSALS
from tinhso.dossiers.api.shown import ShownFile
from tinhso.dossiers.files import store_upload

router = Router(tags=["files"])


@router.post("", response={201: ShownFile, **REFUSALS}, url_name="files", summary="Send a file up")
def send_up(request: PartnerRequest, file: File[UploadedFile]) -> Status[ShownFile]:
    """Keep one file of at most 20 MB. It belongs to the sender until one dossier uses its key, once."""
    stored = store_upload(file, actor=request.actor, at=request.at)
    made = ShownFile(
        key=stored.uuid,
        filename=stored.filename,
        content_type=stored.content_type,
        size=stored.blob.size,
        sha256=stored.blob_id,
    )
    return Status(201, made)
