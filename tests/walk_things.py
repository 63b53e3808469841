"""What the walk of permissions meets: dossiers in every state, drafts, files; all of them real.

The dossiers are Lan's, handed in to the commune of Minh and Hoa. Nobody at the other commune has
anything to do with them, so Nam and the far partner must learn nothing: 404, as for what is not there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from PIL import Image

from tests.cast import AT, PARTNER_RIGHTS
from tinhso.accounts.tests.factories import make_token
from tinhso.dossiers import services
from tinhso.dossiers.files import DOSSIER, RESULT
from tinhso.dossiers.forming import PAPER
from tinhso.dossiers.models import Channel, Dossier, Draft
from tinhso.dossiers.services import drafting
from tinhso.dossiers.services.intake import Application
from tinhso.dossiers.tests import factories
from tinhso.dossiers.tests.factories import MARRIAGE, Desk, answers, officer, step
from tinhso.dossiers.tests.stages import DOCUMENT, FIVE_DAYS, make_imported
from tinhso.files.services import Subject, store
from tinhso.files.tests.factories import PDF
from tinhso.kernel.actors import AnonymousVisitor, SystemActor
from tinhso.portal.tests.guiding import publish_guides

if TYPE_CHECKING:
    from uuid import UUID

    from tests.cast import Cast
    from tinhso.files.models import StoredFile
    from tinhso.kernel.actors import Actor

SYSTEM = SystemActor("test")
FAR_SECRET = "ts_bi-mat-cua-noi-khac"


@dataclass(frozen=True)
class Things:
    """The dossiers by state, and what else has an address."""

    cast: Cast
    desk: Desk
    dossiers: dict[str, Dossier]
    draft: Draft
    visitors_draft: Draft
    partners_draft: Draft
    files: dict[str, StoredFile]

    def dossier(self, label: str, **parts: Any) -> dict[str, Any]:
        """The parts of an address of that dossier."""
        return {"key": self.dossiers[label].uuid, **parts}

    @property
    def paper(self) -> UUID:
        """The key of the paper in process, which nobody has confirmed."""
        key: UUID = self.dossiers["in process"].papers.values_list("pk", flat=True).get()
        return key

    def at_step(self, label: str, node: str, **parts: Any) -> dict[str, Any]:
        """The parts of an address of an open step of that dossier."""
        return self.dossier(label, step=step(self.dossiers[label], node), **parts)


def make_things(cast: Cast) -> Things:
    desk = _desk(cast)
    files: dict[str, StoredFile] = {}
    dossiers = _dossiers(desk, cast.lan, files)
    return Things(
        cast=cast,
        desk=desk,
        dossiers=dossiers,
        draft=_draft(desk, cast.lan, files),
        visitors_draft=_draft(desk, AnonymousVisitor(), {}),
        partners_draft=_partners_draft(cast),
        files=files,
    )


def _desk(cast: Cast) -> Desk:
    factories.open_channels()
    factories.publish(MARRIAGE)
    publish_guides()
    make_token(cast.elsewhere, PARTNER_RIGHTS, secret=FAR_SECRET, name="Hệ thống nơi khác")
    specialist = officer("Hùng", "specialist", cast.commune)
    outsider = officer("Nam", "specialist", cast.department)
    return Desk(
        province=cast.province,
        commune=cast.commune,
        construction=cast.department,
        land=cast.department,
        health=cast.department,
        clerk=cast.minh,
        colleague=cast.minh,
        specialist=specialist,
        leader=officer("Hoa", "agency-leader", cast.commune),
        head=cast.hoa,
        province_clerk=cast.minh,
        builder=specialist,
        builder_leader=specialist,
        land_officer=specialist,
        outsider=outsider,
    )


def _dossiers(desk: Desk, lan: Actor, files: dict[str, StoredFile]) -> dict[str, Dossier]:
    found = {"submitted": _submitted(desk, lan)}
    found["refused"] = services.refuse(
        _submitted(desk, lan).uuid, actor=desk.clerk, reason="Sai thẩm quyền", at=AT
    )
    found["in process"] = _received(desk, lan)
    found["asked for a supplement"] = services.request_supplement(
        _received(desk, lan).uuid,
        actor=desk.specialist,
        items=["Bản sao giấy cũ"],
        reason="Thiếu giấy tờ",
        at=AT,
    )
    found["asked of a department"] = services.ask_opinion(
        _received(desk, lan).uuid,
        actor=desk.specialist,
        agency=desk.health.pk,
        question="Có ảnh hưởng không?",
        term=FIVE_DAYS,
        at=AT,
    )
    found["to be decided"] = _forwarded(desk, lan)
    found["approved"] = _approved(desk, lan)
    found["decided"] = _with_result(desk, lan, files, "result not handed over")
    handed = _with_result(desk, lan, files, "result handed over")
    found["handed over"] = services.hand_over(
        handed.uuid, step(handed, "tra_ket_qua"), actor=desk.clerk, way="counter", at=AT
    )
    found["imported"] = make_imported(desk)
    paper = found["in process"].papers.select_related("file").first()
    assert paper is not None
    files["paper in process"] = paper.file
    return found


def _submitted(desk: Desk, lan: Actor) -> Dossier:
    key = uuid4()
    paper: dict[str, Any] = {f"{PAPER}1": [factories.stored_paper(dossier=key)]}
    given = answers(dossier=key, **paper)
    ready = Application(MARRIAGE, Channel.NATIONAL, given, key=key, agency=desk.commune.pk)
    return services.submit(ready, actor=lan, at=AT)


def _received(desk: Desk, lan: Actor) -> Dossier:
    return services.receive(_submitted(desk, lan).uuid, actor=desk.clerk, at=AT)


def _forwarded(desk: Desk, lan: Actor) -> Dossier:
    dossier = _received(desk, lan)
    key = step(dossier, "tham_dinh")
    return services.forward(dossier.uuid, key, actor=desk.specialist, outcome="agree", at=AT)


def _approved(desk: Desk, lan: Actor) -> Dossier:
    dossier = _forwarded(desk, lan)
    key = step(dossier, "ky_duyet")
    return services.decide(dossier.uuid, key, actor=desk.leader, approves=True, at=AT)


def _with_result(desk: Desk, lan: Actor, files: dict[str, StoredFile], label: str) -> Dossier:
    dossier = _approved(desk, lan)
    files[label] = _stored(Subject(RESULT, dossier.uuid), "result")
    document = replace(DOCUMENT, file=files[label].pk, signed_on=AT.date())
    key = step(dossier, "ket_qua")
    return services.attach_result(dossier.uuid, key, document, actor=desk.specialist, at=AT)


def _stored(
    subject: Subject, purpose: str, content: bytes = PDF, name: str = "tep.pdf"
) -> StoredFile:
    return store(
        BytesIO(content), filename=name, actor=SYSTEM, at=AT, purpose=purpose, subject=subject
    )


def _draft(desk: Desk, owner: Actor, files: dict[str, StoredFile]) -> Draft:
    """Everything filled in, with a picture that nobody but its owner may see."""
    draft = drafting.start(
        MARRIAGE, channel=Channel.NATIONAL, actor=owner, at=AT, agency=desk.commune.pk
    )
    drafting.keep(draft, answers(dossier=draft.uuid), at=AT)
    picture = BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    files["paper of a draft"] = _stored(
        Subject(DOSSIER, draft.uuid), "paper", picture.getvalue(), "anh.png"
    )
    return draft


def _partners_draft(cast: Cast) -> Draft:
    """Begun by Cục over the API, nothing filled in yet."""
    draft = drafting.start(MARRIAGE, channel=Channel.API, actor=SYSTEM, at=AT)
    draft.owner = f"partner:{cast.token.uuid}"
    draft.save(update_fields=["owner"])
    return draft
