from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.http import StreamingHttpResponse
from django.test import RequestFactory

from tinhso.events import naming, queries, services
from tinhso.events.errors import ExportTooLong
from tinhso.events.models import Event
from tinhso.events.pages import log
from tinhso.events.permissions import EventPermission
from tinhso.events.services import record
from tinhso.events.tests.factories import AT, CLERK, PROBED, event
from tinhso.events.wording import facts_of
from tinhso.kernel.actors import Actor, AnonymousVisitor, Scope
from tinhso.kernel.errors import Invalid
from tinhso.kernel.permissions import Permission, PermissionMissing
from tinhso.kernel.requests import ActedRequest

pytestmark = pytest.mark.django_db
KEY = UUID("00000000-0000-4000-8000-000000000003")


@dataclass(frozen=True)
class Auditor(AnonymousVisitor):
    """Tú: may read the log of one agency, and no more."""

    agency: int = 12

    def holds(self, permission: Permission, *, at: datetime, agency: int | None = None) -> bool:
        del at
        return permission is EventPermission.READ and agency in (None, self.agency)

    def scope(self, permission: Permission, *, at: datetime) -> Scope:
        del permission, at
        return Scope(agencies=frozenset({self.agency}))


TU = Auditor()


def asked(query: str = "", actor: Actor = CLERK) -> ActedRequest:
    request: ActedRequest = RequestFactory().get("/nhat-ky/" + query)  # type: ignore[assignment]
    request.actor, request.at = actor, AT
    return request


def shown(query: str = "", actor: Actor = CLERK) -> str:
    return log.log(asked(query, actor)).content.decode()


def test_it_shows_who_did_what() -> None:
    event(7, subject=KEY, agency=12)
    page = shown()
    assert "Thử" in page
    assert "Hệ thống (clerk)" in page
    assert str(KEY) in page
    assert "count: 7" in page


def test_what_an_act_was_about_is_named_by_the_app_that_knows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked_for: list[set[UUID]] = []

    def called(keys: Collection[UUID]) -> dict[UUID, str]:
        asked_for.append(set(keys))
        return {KEY: "H99.1-261122-0001"}

    monkeypatch.setitem(naming.subjects._entries, "probe", called)
    others = {event(1).subject, event(2, subject=KEY).subject, event(3).subject}
    assert "H99.1-261122-0001</a>" in shown()
    assert asked_for == [others]


def test_every_filter_narrows() -> None:
    event(1, subject=KEY, agency=12)
    event(2, agency=13)
    record(PROBED, subject=KEY, actor=CLERK, at=AT - timedelta(days=3), payload={"count": 3})

    def counts(query: str) -> list[int]:
        wanted = log.Filter(asked(query).GET).search()
        found = queries.search(wanted, actor=CLERK, at=AT)
        return [each.payload.get("count", 0) for each in found]

    assert counts("") == [3, 2, 1]
    assert counts("?co_quan=13") == [2]
    assert counts("?loai=probe.probed&ngay=2026-11-22") == [2, 1]
    assert counts("?ngay=2026-11-19") == [3]
    assert counts(f"?doi_tuong={KEY}") == [3, 1]
    assert counts("?chu_the=user:nobody") == []


def test_a_day_is_the_official_one() -> None:
    midnight = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)  # 00:00 of the 22nd in Vietnam
    for at in (midnight - timedelta(microseconds=1), midnight):
        record(PROBED, subject=KEY, actor=CLERK, at=at)
    wanted = log.Filter(asked("?ngay=2026-11-22").GET).search()
    found = queries.search(wanted, actor=CLERK, at=AT)
    assert [each.at for each in found] == [midnight]


def test_pages_follow_each_other_without_overlap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "PAGE", 2)
    made = [event(n) for n in range(5)]
    first = shown()
    assert f"truoc={made[3].uuid}" in first
    second = shown(f"?truoc={made[3].uuid}")
    assert str(made[2].subject) in second
    assert str(made[1].subject) in second
    assert str(made[3].subject) not in second
    last = shown(f"?truoc={made[1].uuid}")
    assert str(made[0].subject) in last
    assert 'rel="next"' not in last
    assert 'rel="first"' in last


def test_an_auditor_of_one_agency_sees_no_other() -> None:
    event(1, agency=12)
    event(2, agency=13)
    event(3)
    page = shown(actor=TU)
    assert "count: 1" in page
    assert "count: 2" not in page
    assert "count: 3" not in page


def test_who_lacks_the_right_may_not_look() -> None:
    with pytest.raises(PermissionMissing):
        log.log(asked(actor=AnonymousVisitor()))
    with pytest.raises(PermissionMissing):
        log.export(asked(actor=TU))
    assert not Event.objects.exists()


def test_a_wrong_filter_is_said() -> None:
    response = log.log(asked("?doi_tuong=khong-phai"))
    assert response.status_code == 422
    assert response.content.decode().count("govuk-error-message") == 1
    for query in ("?doi_tuong=khong-phai", "?ngay=32"):
        with pytest.raises(Invalid):
            log.export(asked(query))


def test_an_export_is_a_file_and_an_event() -> None:
    event(1, subject=KEY, agency=12)
    event(2)
    response = log.export(asked("?co_quan=12"))
    assert isinstance(response, StreamingHttpResponse)
    text = b"".join(response).decode()
    lines = text.lstrip("\ufeff").splitlines()
    assert lines[0] == "at,kind,subject,agency,actor,payload,uuid"
    assert len(lines) == 2
    assert str(KEY) in lines[1]
    said = Event.objects.get(kind="events.exported")
    assert said.payload == {"rows": 1}


def test_too_long_an_export_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "LONGEST_EXPORT", 1)
    event(1)
    event(2)
    with pytest.raises(ExportTooLong):
        log.export(asked())
    assert not Event.objects.filter(kind="events.exported").exists()


def test_names_are_asked_once_from_whoever_owns_them() -> None:
    questions: list[set[str]] = []

    def resolver(rests: object) -> dict[str, str]:
        assert isinstance(rests, set)
        questions.append(rests)
        return {"1": "Sở Tư pháp"}

    naming.register("probe", resolver)
    try:
        named = naming.names_of(["probe:1", "probe:2", "probe:1", "visitor:anonymous", "odd"])
    finally:
        naming.resolvers._entries.pop("probe")
    assert named == {
        "probe:1": "Sở Tư pháp",
        "probe:2": "probe:2",
        "visitor:anonymous": "Khách",
        "odd:": "odd:",
    }
    assert questions == [{"1", "2"}]


def test_facts_have_names_and_times_are_written_as_the_house_does() -> None:
    payload = {"due_at": "2026-11-23T10:00:00+00:00", "number": "H99.41-261122-0001"}
    facts = dict(facts_of("dossiers.received", payload, {}))
    assert facts == {"hạn": "17:00, 23/11/2026", "số": "H99.41-261122-0001"}
    assert dict(facts_of("dossiers.handed_over", {"on_time": False}, {})) == {"đúng hạn": "không"}
    assert dict(facts_of("probe.probed", {"count": 7}, {})) == {"count": "7"}


def test_it_is_searched_by_a_code_and_by_a_name() -> None:
    event(1, subject=KEY, agency=12)
    event(2, agency=12)
    naming.finders.register("probe", lambda typed: KEY if typed == "H-1" else None)
    naming.namesakes.register("probe", lambda typed: {"user:1"} if typed == "Lan" else set())
    try:
        assert "count: 1" in shown("?doi_tuong=H-1")
        assert "count: 2" not in shown("?doi_tuong=H-1")
        assert "count: 1" not in shown("?nguoi=Lan")
    finally:
        naming.finders._entries.pop("probe")
        naming.namesakes._entries.pop("probe")


def test_codes_are_told_in_words_of_their_app() -> None:
    assert ("cách nộp", "Tại quầy") not in set(facts_of("dossiers.submitted", {"channel": "x"}, {}))
    told = dict(facts_of("dossiers.handed_over", {"way": "post", "on_time": True}, {}))
    assert told["cách trả kết quả"] == "Bưu chính công ích"
    assert (
        dict(facts_of("counter.ticket_ended", {"outcome": "no_show"}, {}))["kết quả"] == "Vắng mặt"
    )
    assert dict(facts_of("parties.read", {"purpose": "queue"}, {}))["mục đích"].startswith(
        "Xem danh sách"
    )
    assert dict(facts_of("dossiers.submitted", {"channel": "unknown"}, {}))["cách nộp"] == "unknown"
