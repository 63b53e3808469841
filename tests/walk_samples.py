"""What the walk of permissions asks for at each address that names a thing, and what a POST sends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.cast import AT
from tests.walk_datasets import make_dataset_samples
from tests.walk_inspections import make_inspection_samples
from tests.walk_reports import make_report_samples
from tests.walk_sample import Sample
from tests.walk_tasks import make_task_samples
from tests.walk_things import SYSTEM, make_things
from tinhso.accounts.models import Grant, Holding, StandIn
from tinhso.agencies import reform_documents
from tinhso.agencies import services as agencies
from tinhso.calendars import clock
from tinhso.calendars import services as calendars
from tinhso.calendars.clock import day_of
from tinhso.calendars.models import Calendar, DayKind
from tinhso.calendars.national import DayFacts
from tinhso.counter.models import Appointment, DayClosing, Ticket, TicketDesk
from tinhso.dossiers.models import ImportBatch
from tinhso.dossiers.tests.factories import MARRIAGE
from tinhso.notifications.models import Mail, Notification
from tinhso.packs.models import PackVersion
from tinhso.payments.tests.factories import make_charges, make_payment

if TYPE_CHECKING:
    from tests.cast import Cast
    from tests.walk_things import Things

REFORM = """
code: doi-ten
name: Đổi tên xã
on: 2027-01-01
legal_basis: Nghị quyết thử nghiệm
amend:
  - {key: KEY, name: Xã Ba Gia Mới}
"""


Samples = dict[str, list[Sample]]


def make_samples(cast: Cast) -> tuple[Things, Samples]:
    """Everything, and what to ask for at each address."""
    things = make_things(cast)
    return things, {
        **_pages_of_dossiers(things),
        **_acts(things),
        **_portal(things),
        **_interface(things),
        **_accounts(things),
        **_rest(things),
        **_money(things),
        **_counter(things),
        **make_report_samples(things),
        **make_task_samples(things),
        **make_inspection_samples(things),
        **make_dataset_samples(things),
    }


def _counter(things: Things) -> Samples:
    """A day of the commune that was closed, and its desk that gives numbers."""
    closing = DayClosing.objects.create(
        agency=things.cast.commune,
        day=date(2026, 1, 5),
        ordinal=1,
        paper=0,
        system=0,
        at=AT,
        actor=SYSTEM.key,
    )
    desk = TicketDesk.objects.create(agency=things.cast.commune)
    kiosk = {"desk": desk.uuid, "key": desk.key}
    press = {"errand": "ask", "once": str(uuid4())}
    number = Ticket.objects.create(
        uuid=uuid4(), desk=desk, day=day_of(clock.now()), number=99, errand="ask", at=clock.now()
    )
    met = Appointment.objects.create(
        uuid=uuid4(),
        code="0000000000",
        agency=things.cast.commune,
        errand="ask",
        starts_at=clock.now() + timedelta(days=1),
        minutes=15,
        seat=1,
        booked_at=AT,
        actor=SYSTEM.key,
    )
    return {
        "api/v1/appointments/": [Sample("an appointment", {"key": met.uuid})],
        "counter:ticket": [Sample("a number", {**kiosk, "ticket": number.uuid})],
        "counter:appointment": [Sample("an appointment", {"key": met.uuid}, {"reason": "Thử"})],
        "portal:appointment": [Sample("an appointment", {"key": met.uuid})],
        "counter:reopening": [Sample("a closed day", {"key": closing.uuid}, {"reason": "Thử"})],
        "counter:day": [Sample("", {}, {"early": "on"})],
        "counter:kiosk": [Sample("a kiosk", kiosk, press)],
        "portal:station": [
            Sample("a machine", {"desk": desk.uuid, "key": desk.station_key}, {"viec": "look_up"})
        ],
        "counter:board": [Sample("a desk", {"desk": desk.uuid})],
    }


def _money(things: Things) -> Samples:
    """A fee of the commune that is owed, and one that was paid."""
    commune = things.cast.commune.pk
    key = things.dossier("in process")["key"]
    (charge,) = make_charges(commune, subject=key)
    payment = make_payment(commune)
    post = {"method": "cash", "expected": charge.amount, "agency": commune}
    reason = {"reason": "Thử"}
    receipt = {"key": payment.uuid}
    return {
        "dossiers:charging": [Sample("in process", {"key": key})],
        "payments:taking": [Sample("a fee owed", {"key": key}, post)],
        "payments:withdrawing": [Sample("a fee owed", {"key": charge.uuid}, reason)],
        "payments:receipt": [Sample("a receipt", receipt)],
        "payments:receipt_printing": [Sample("a receipt", receipt)],
        "payments:cancelling": [Sample("a receipt", receipt, reason)],
        "api:dossier_fees": [Sample("in process", {"key": key})],
    }


def _pages_of_dossiers(things: Things) -> Samples:
    batch = ImportBatch.objects.get()
    slugs = {
        "in process": "giay-tiep-nhan",
        "asked for a supplement": "phieu-bo-sung",
        "refused": "phieu-tu-choi",
    }
    return {
        "dossiers:dossier": [Sample(label, things.dossier(label)) for label in things.dossiers],
        "dossiers:printing": [
            Sample(label, things.dossier(label, slug=slug)) for label, slug in slugs.items()
        ],
        "dossiers:standing": [
            Sample(label, things.dossier(label)) for label in ("in process", "imported")
        ],
        "dossiers:paper_confirming": [
            Sample(
                "in process",
                things.dossier("in process", paper=things.paper),
                {"seen_as": "electronic"},
            )
        ],
        "dossiers:export": [Sample("as CSV", {"form": "csv"})],
        "dossiers:many": [Sample("nothing chosen", {}, {"viec": "nhan"})],
        "dossiers:history_undo": [Sample("a batch", {"key": batch.uuid})],
        "dossiers:counter_form": [Sample("a procedure", {"code": MARRIAGE})],
        "dossiers:insight": [Sample("a procedure", {"code": MARRIAGE})],
    }


SUPPLEMENT = {"items": "Bản sao giấy cũ", "reason": "Thiếu"}


def _acts(things: Things) -> Samples:
    question = {
        "agency": things.desk.health.pk,
        "question": "Có ý kiến gì?",
        "days": 5,
        "beyond": "on",
    }
    on_dossier: dict[str, dict[str, dict[str, Any]]] = {
        "submitted": {"tiep-nhan": {}, "tu-choi": {"reason": "Sai"}, "yeu-cau-bo-sung": SUPPLEMENT},
        "in process": {"yeu-cau-bo-sung": SUPPLEMENT, "lay-y-kien": question},
        "asked for a supplement": {"dung-xu-ly": {"reason": "Hết hạn"}},
        "handed over": {"yeu-cau-bo-sung": SUPPLEMENT},
        "imported": {"tiep-nhan": {}},
    }
    result = {
        "code": "giay-xac-nhan",
        "title": "Giấy xác nhận",
        "document_number": "12",
        "signer": "Hoa",
        "signed_on": "2026-11-20",
    }
    person = {"person": things.cast.minh.user}
    steps: list[tuple[str, str, str, dict[str, Any]]] = [
        ("in process", "tham_dinh", "chuyen-buoc", {"outcome": "agree"}),
        ("in process", "tham_dinh", "phan-cong", person),
        ("asked of a department", "opinion", "cho-y-kien", {"agrees": "1", "content": "Đồng ý"}),
        ("to be decided", "ky_duyet", "quyet-dinh", {"approves": "1"}),
        ("to be decided", "ky_duyet", "tra-lai", {"to": "tham_dinh", "note": "Xem lại"}),
        ("approved", "ket_qua", "ket-qua", result),
        ("decided", "tra_ket_qua", "tra-ket-qua", {"way": "counter"}),
    ]
    taken = ("in process", "tham_dinh"), ("asked of a department", "opinion")
    return {
        "dossiers:act": [
            Sample(f"{label}: {slug}", things.dossier(label, slug=slug), body)
            for label, acts in on_dossier.items()
            for slug, body in acts.items()
        ],
        "dossiers:supplementing": [
            Sample(label, things.dossier(label))
            for label in ("asked for a supplement", "in process")
        ],
        "dossiers:step_act": [
            Sample(f"{label}: {slug}", things.at_step(label, node, slug=slug), body)
            for label, node, slug, body in steps
        ],
        "dossiers:taking": [
            Sample(f"{at}: {node}", things.at_step(at, node)) for at, node in taken
        ],
    }


def _portal(things: Things) -> Samples:
    drafts = {"Lan's draft": things.draft, "a visitor's draft": things.visitors_draft}
    of_draft = [Sample(label, {"key": draft.uuid}) for label, draft in drafts.items()]
    first = [Sample(each.label, {**each.parts, "slug": "nguoi-nop"}) for each in of_draft]
    results = ("result handed over", "result not handed over")
    handed = dict(zip(results, ("handed over", "decided"), strict=True))
    return {
        "portal:guide": [Sample("a guide", {"code": "ket-hon"})],
        "portal:procedure": [Sample("a procedure", {"code": MARRIAGE})],
        "portal:resume": [
            Sample("a visitor's draft", {}, body={"ma": things.visitors_draft.code or ""})
        ],
        "portal:start": [Sample("a procedure", {"code": MARRIAGE})],
        "portal:application": of_draft,
        "portal:step": first,
        "portal:kept": of_draft,
        "portal:check": [replace(each, body={"cam_doan": "on"}) for each in of_draft],
        "portal:submitted": [Sample("submitted", things.dossier("submitted")), *of_draft],
        "portal:dossier": [Sample(label, things.dossier(label)) for label in things.dossiers],
        "portal:supplement": [
            Sample(label, things.dossier(label))
            for label in ("asked for a supplement", "in process")
        ],
        "portal:result": [
            Sample(label, things.dossier(handed[label], file=things.files[label].uuid))
            for label in results
        ],
        "portal:short": [
            Sample("a reference", {"reference": things.dossiers["decided"].reference})
        ],
        "files:download": [Sample(name, {"key": file.uuid}) for name, file in things.files.items()],
        "files:preview": [
            Sample("paper of a draft", {"key": things.files["paper of a draft"].uuid})
        ],
    }


def _interface(things: Things) -> Samples:
    """Acts by API: the partner's rights are to read and to file, so acts of officers are refused."""
    supplement = {"items": ["Bản sao"], "reason": "Thiếu"}
    result = {
        "code": "giay-xac-nhan",
        "title": "Giấy xác nhận",
        "document_number": "12",
        "signer": "Hoa",
        "signed_on": "2026-11-20",
    }
    on_dossier: dict[str, tuple[str, dict[str, Any]]] = {
        "receive": ("submitted", {}),
        "refuse": ("submitted", {"reason": "Sai"}),
        "supplement-requests": ("in process", supplement),
        "supplements": ("asked for a supplement", {"answers": {}}),
        "answers": ("in process", {}),
        "stop": ("asked for a supplement", {"reason": "Hết hạn"}),
        "opinions": ("in process", {"agency": "H99.01", "question": "Có ý kiến gì?"}),
    }
    steps: dict[str, tuple[str, str, dict[str, Any]]] = {
        "assign": ("in process", "tham_dinh", {"person": None}),
        "take": ("in process", "tham_dinh", {}),
        "forward": ("in process", "tham_dinh", {"outcome": "agree"}),
        "opinion": ("asked of a department", "opinion", {"agrees": True, "content": "Đồng ý"}),
        "decision": ("to be decided", "ky_duyet", {"approves": True}),
        "send-back": ("to be decided", "ky_duyet", {"to": "tham_dinh", "note": "Xem lại"}),
        "result": ("approved", "ket_qua", result),
        "hand-over": ("decided", "tra_ket_qua", {"way": "counter"}),
    }
    filed = {"procedure": MARRIAGE, "agency": "H99.41", "answers": {}}
    in_process = things.at_step("in process", "tham_dinh", paper=things.paper)
    of_draft = {"procedure": MARRIAGE, "answers": {}}
    return {
        "api/v1/drafts/": [Sample("Cục's draft", {"key": things.partners_draft.uuid})],
        "api:api-drafts": [Sample("of the token", {}, of_draft)],
        "api/v1/dossiers/": [Sample("in process", in_process)],
        "api:dossiers": [Sample("at the commune", {}, filed)],
        "api/v1/procedures/": [Sample("a procedure", {"code": MARRIAGE})],
        "api:dossier": [Sample(label, things.dossier(label)) for label in things.dossiers],
        "api:procedure": [Sample("a procedure", {"code": MARRIAGE})],
        **{
            f"api:api-{act}": [Sample(label, things.dossier(label), body)]
            for act, (label, body) in on_dossier.items()
        },
        **{
            f"api:api-{act}": [Sample(label, things.at_step(label, node), body)]
            for act, (label, node, body) in steps.items()
        },
    }


def _accounts(things: Things) -> Samples:
    users = things.cast.users
    stand_in = StandIn.objects.create(
        absent=users["hoa"],
        substitute=users["minh"],
        since=date(2028, 1, 1),
        until=date(2028, 2, 1),
        reason="Nghỉ phép",
        at=AT,
        actor="system:test",
    )
    minh = {"key": users["minh"].uuid}
    grant = Grant.objects.get(user=users["minh"])
    holding = Holding.objects.get(user=users["minh"])
    reason = {"reason": "Thử"}
    ended = {"key": users["hoa"].uuid, "stand_in": stand_in.uuid}
    left = {"decision": "QĐ 1", "last_on": "2026-11-20"}
    return {
        **{
            f"accounts:{name}": [Sample("Minh", minh)]
            for name in ("close", "grant", "hold", "person", "stand_in")
        },
        "accounts:revoke": [Sample("Minh's grant", {**minh, "grant": grant.uuid}, reason)],
        "accounts:leave": [Sample("Minh's post", {**minh, "holding": holding.uuid}, left)],
        "accounts:withdraw": [Sample("Minh's post, begun", {**minh, "holding": holding.uuid}, {})],
        "accounts:stand_in_withdraw": [Sample("Minh for Hoa", ended, reason)],
        "accounts:token_withdraw": [Sample("Cục's token", {"key": things.cast.token.uuid})],
    }


def _rest(things: Things) -> Samples:
    calendar = Calendar.objects.get(agency=None)
    facts = DayFacts(date(2027, 1, 1), DayKind.HOLIDAY, "Tết Dương lịch", "Bộ luật Lao động")
    day = calendars.enter_day(
        calendar.uuid, facts=facts, actor=SYSTEM, at=AT, expected_version=calendar.version
    )
    document = REFORM.replace("KEY", things.cast.commune.key)
    reform = agencies.prepare_reform(
        reform_documents.from_yaml(document.encode()), actor=SYSTEM, at=AT
    )
    told = Notification.objects.create(
        recipient=things.cast.lan.key, event=uuid4(), rule="test", subject="Thử", body="Thử", at=AT
    )
    mail = Mail.objects.create(
        notification=told, address="lan@example.vn", next_try_at=AT, given_up_at=AT
    )
    PackVersion.objects.create(
        pack="civil-status",
        version="1",
        digest="0",
        content={"name": "Hộ tịch"},
        applied_at=AT,
        applied_by="system:test",
    )
    reforms = tuple(
        f"reform{act}"
        for act in ("", "_carrying_out", "_discarding", "_editing", "_receiving", "_text")
    )
    return {
        "api/v1/reforms/": [Sample("a reform", {"key": reform.uuid})],
        "agencies:history": [Sample("the commune", {"key": things.cast.commune.uuid})],
        **{f"agencies:{name}": [Sample("a reform", {"key": reform.uuid})] for name in reforms},
        "calendars:year": [Sample("the province's", {"code": calendar.code})],
        "calendars:entering": [Sample("the province's", {"code": calendar.code})],
        "calendars:withdrawing": [Sample("a holiday", {"key": day.uuid})],
        "notifications:marking": [Sample("Lan's", {"key": told.uuid})],
        "notifications:retrying": [Sample("given up", {"key": mail.uuid})],
        "packs:pack": [Sample("a pack", {"code": "civil-status"})],
        "sourcemap:text": [Sample("the orders", {"number": "000"})],
    }
