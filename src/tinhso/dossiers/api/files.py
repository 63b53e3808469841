"""Files: sent up one by one, before the dossier that they belong to."""

from __future__ import annotations

from ninja import File, Router, Status, UploadedFile

from tinhso.accounts.api.partners import PartnerRequest
from tinhso.accounts.api.refusing import ACT_REFUSALS
from tinhso.accounts.api.sending import sending_of
from tinhso.dossiers import services
from tinhso.dossiers.api.shown import ShownFile

router = Router(tags=["files"])


@router.post(
    "",
    response={200: ShownFile, 201: ShownFile, **ACT_REFUSALS},
    url_name="files",
    summary="Send a file up",
)
def send_up(request: PartnerRequest, file: File[UploadedFile]) -> Status[ShownFile]:
    """Keep one file of at most 20 MB. It belongs to the sender until one dossier uses its key, once.

    201 the first time, 200 when the same was sent before under the same key.
    """
    sending = sending_of(request, file)
    stored, is_new = services.upload_once(file, sending=sending, actor=request.actor, at=request.at)
    made = ShownFile(
        key=stored.uuid,
        filename=stored.filename,
        content_type=stored.content_type,
        size=stored.blob.size,
        sha256=stored.blob_id,
    )
    return Status(201 if is_new else 200, made)
