"""`/inspections`: the acts of the team, the unit and the agency that inspects, once per key."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from ninja import File, Path, Router, UploadedFile

from tinhso.accounts.api.carrying import Act, carrier, offer
from tinhso.accounts.api.partners import PartnerRequest
from tinhso.accounts.api.refusing import ACT_REFUSALS, REFUSALS
from tinhso.inspections import services
from tinhso.inspections.api import sent, serialising
from tinhso.inspections.api.shown import ShownInspection
from tinhso.inspections.models import Inspection
from tinhso.inspections.permissions import InspectionPermission
from tinhso.kernel.permissions import require

router = Router(tags=["inspections"])
ANSWERS = {200: ShownInspection, **ACT_REFUSALS}


@router.get(
    "/{uuid:key}",
    response={200: ShownInspection, **REFUSALS},
    url_name="api-inspection",
    summary="One inspection",
)
def show(request: PartnerRequest, key: Path[UUID]) -> ShownInspection:
    """The checklist with what was filled in and noted, findings, recommendations, minutes."""
    require(request.actor, InspectionPermission.READ, at=request.at)
    return told(request, key)


def told(request: PartnerRequest, key: UUID) -> ShownInspection:
    """The inspection as it stands now."""
    found = Inspection.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    return serialising.inspection_whole(found, request.actor, at=request.at)


carry_out = carrier(told)


@router.post(
    "/{uuid:key}/items/{int:ordinal}/note",
    response=ANSWERS,
    url_name="api-inspection-note",
    summary="Note a criterion",
)
def note(
    request: PartnerRequest, key: Path[UUID], ordinal: Path[sent.Ordinal], body: sent.SentItemNote
) -> ShownInspection:
    """Save what was noted (ghi phiếu); written on an older version it is kept aside, and nothing is overwritten."""
    act = partial(services.note, text=body.text, judgement=body.judgement, expected=body.expected)
    return carry_out(request, key, act, ordinal)


@router.post(
    "/{uuid:key}/items/{int:ordinal}/photos",
    response=ANSWERS,
    url_name="api-inspection-photos",
    summary="Add a photo",
)
def add_photo(
    request: PartnerRequest, key: Path[UUID], ordinal: Path[sent.Ordinal], file: File[UploadedFile]
) -> ShownInspection:
    """A photo taken at a criterion (ảnh hiện trường), at most 20 MB."""
    act = partial(services.add_photo, filename=file.name or "")
    return carry_out(request, key, act, ordinal, file, file=file)


@router.post(
    "/{uuid:key}/self-report",
    response=ANSWERS,
    url_name="api-inspection-self-report",
    summary="The unit reports of itself",
)
def report_self(
    request: PartnerRequest, key: Path[UUID], body: sent.SentSelfReport
) -> ShownInspection:
    """What the unit says of its criteria before the visit (tự báo cáo); on an older version nothing is overwritten."""
    said = [services.SelfSaid(one.ordinal, one.judgement, one.text) for one in body.said]
    act = partial(services.report_self, said=said, expected=body.expected)
    return carry_out(request, key, act)


@router.post(
    "/{uuid:key}/sitting",
    response=ANSWERS,
    url_name="api-inspection-sitting",
    summary="Record the sitting",
)
def sit(request: PartnerRequest, key: Path[UUID], body: sent.SentSitting) -> ShownInspection:
    """Hours, place, people of the unit, opinions (buổi làm việc); on an older version nothing is overwritten."""
    facts_of = body.model_dump(exclude={"expected", "attendees"})
    people = [services.Present(one.name, one.office) for one in body.attendees]
    facts = services.SittingFacts(**facts_of, attendees=people)
    return carry_out(request, key, partial(services.sit, facts=facts, expected=body.expected))


@router.post(
    "/{uuid:key}/obstacles",
    response=ANSWERS,
    url_name="api-inspection-obstacles",
    summary="Raise a finding as an obstacle",
)
def raise_finding(
    request: PartnerRequest, key: Path[UUID], body: sent.SentHindering
) -> ShownInspection:
    """What was found goes as an obstacle of the unit to who can solve it (báo vướng mắc), once."""
    finding = _standing(request, key, body)
    return carry_out(request, key, services.raise_finding, finding=finding, about=body.about)


@router.post(
    "/{uuid:key}/dropped-findings",
    response=ANSWERS,
    url_name="api-inspection-dropped-findings",
    summary="Leave a finding out",
)
def drop_finding(
    request: PartnerRequest, key: Path[UUID], body: sent.SentFindingDropped
) -> ShownInspection:
    """It stands in no minutes (bỏ nhận định), and stays in the books."""
    return carry_out(request, key, services.drop_finding, _standing(request, key, body))


def _standing(
    request: PartnerRequest, key: UUID, body: sent.SentFindingDropped | sent.SentHindering
) -> int:
    """The finding of these words; 0 is none."""
    inspection = Inspection.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    standing = inspection.findings.filter(is_dropped=False, kind=body.kind, text=body.text)
    return standing.values_list("pk", flat=True).first() or 0


ACTS: tuple[Act, ...] = (
    ("preparation", "Fill in again", "Ask the system for the unit's figures again (điền sẵn).",
     services.prepare, sent.SentNothing),
    ("findings", "Find", "Say a result, a weakness, a cause or a good practice (nhận định).",
     services.find, sent.SentFinding),
    ("recommendations", "Recommend", "Ask the unit to put something right (kiến nghị).",
     services.recommend, sent.SentRecommendation),
    ("sealing", "Seal the minutes", "The team puts the minutes before the unit (chốt biên bản).",
     services.seal, sent.SentMinutesWords),
    ("agreement", "Agree to the minutes", "The unit agrees (thông qua biên bản), perhaps with an opinion of its own.",
     services.agree, sent.SentMinutesWords),
    ("return", "Return the minutes", "The unit wants something changed (trả biên bản), and says what.",
     services.return_minutes, sent.SentReturn),
    ("dropped-recommendations", "Leave a recommendation out", "It stands in no minutes (bỏ kiến nghị).",
     services.drop_recommendation, sent.SentRecommendationDropped),
    ("conclusion", "Conclude", "Every recommendation becomes a task of the unit (kết luận kiểm tra).",
     services.conclude, sent.SentConclusion),
    ("rechecks", "Look at a recommendation again", "Say whether it was put right (kiểm tra lại).",
     services.recheck, sent.SentRecheck),
    ("closing", "Close the inspection", "It is over (kết thúc); refused while something is not put right.",
     services.close, sent.SentMinutesWords),
)  # fmt: skip

offer(router, ACTS, carry_out, thing="inspection", answers=ANSWERS)
