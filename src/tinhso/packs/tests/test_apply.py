from __future__ import annotations

import json
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tinhso.events.models import Event
from tinhso.kernel.actors import AnonymousVisitor, SystemActor
from tinhso.kernel.permissions import PermissionMissing
from tinhso.packs import errors, queries, services
from tinhso.packs.loading import load
from tinhso.packs.models import PackEntry, PackVersion
from tinhso.packs.tests import factories

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
SYSTEM = SystemActor("packs")


def apply(root: Path) -> list[services.AppliedPack]:
    return services.apply(load(root), actor=SYSTEM, at=AT)


def counts() -> tuple[int, int, int]:
    events = Event.objects.filter(kind="packs.applied").count()
    return PackVersion.objects.count(), PackEntry.objects.count(), events


def test_it_publishes_versions_entries_and_one_event(root: Path, probe: factories.Probe) -> None:
    (done,) = apply(root)
    assert probe.applied == [("khai-sinh", "1.0")]
    assert counts() == (1, 1, 1)
    event = Event.objects.get()
    assert (event.subject, event.actor, event.at) == (done.version.uuid, "system:packs", AT)
    assert event.payload == {"pack": "ho-tich", "version": "1.0", "entries": 1}
    entry = PackEntry.objects.get()
    assert entry.content["name"] == "Khai sinh"
    assert list(entry.files) == ["workflow.bpmn"]


def test_it_applies_only_once(root: Path, probe: factories.Probe) -> None:
    apply(root)
    assert apply(root) == []
    assert len(probe.applied) == 1
    assert counts() == (1, 1, 1)


def test_changed_content_needs_a_new_version(root: Path, probe: factories.Probe) -> None:
    apply(root)
    factories.write_entry(root / "ho-tich", name="Đăng ký khai sinh")
    with pytest.raises(errors.PublishedPackChanged) as refused:
        apply(root)
    assert refused.value.code == "packs.published_pack_changed"
    assert len(probe.applied) == 1
    assert counts() == (1, 1, 1)


def test_a_new_version_keeps_what_did_not_change(root: Path, probe: factories.Probe) -> None:
    folder = root / "ho-tich"
    factories.write_entry(folder, "khai-tu", name="Khai tử")
    apply(root)
    factories.write_pack(root, version="1.1")
    factories.write_entry(folder, "khai-tu", name="Đăng ký khai tử")
    apply(root)
    assert probe.applied == [("khai-sinh", "1.0"), ("khai-tu", "1.0"), ("khai-tu", "1.1")]
    in_force = {(entry.code, entry.version) for entry in queries.entries("ho-tich")}
    assert in_force == {("khai-sinh", "1.0"), ("khai-tu", "1.1")}
    assert PackEntry.objects.get(code="khai-tu", version="1.0").content["name"] == "Khai tử"


def test_an_entry_with_its_own_version_cannot_change_under_it(
    root: Path, probe: factories.Probe
) -> None:
    own = root / "ho-tich/probes/khai-sinh/probe.yaml"
    own.write_text(own.read_text() + 'version: "3"\n')
    apply(root)
    factories.write_pack(root, version="1.1")
    own.write_text(own.read_text().replace("Khai sinh", "Khác"))
    with pytest.raises(errors.PublishedEntryChanged):
        apply(root)
    assert probe.applied == [("khai-sinh", "3")]
    assert counts() == (1, 1, 1)


@pytest.mark.usefixtures("probe")
def test_a_lower_version_is_refused(root: Path) -> None:
    factories.write_pack(root, version="1.10")
    apply(root)
    factories.write_pack(root, version="1.9")
    with pytest.raises(errors.VersionLowered):
        apply(root)
    assert counts() == (1, 1, 1)


@pytest.mark.usefixtures("probe")
def test_a_published_entry_is_not_ended_by_deleting_it(root: Path) -> None:
    folder = root / "ho-tich"
    own = factories.write_entry(folder, "khai-tu", name="Khai tử")
    apply(root)
    for file in own.iterdir():
        file.unlink()
    own.rmdir()
    factories.write_pack(root, version="2")
    with pytest.raises(errors.PublishedEntryGone):
        apply(root)
    assert counts() == (1, 2, 1)


def test_an_entry_that_does_not_fit_this_house_is_not_applied(
    root: Path, probe: factories.Probe
) -> None:
    probe.unfitting = "không cơ quan nào ở đây làm việc này"
    with pytest.raises(errors.PacksInvalid) as refused:
        apply(root)
    [problem] = refused.value.problems
    assert (problem.file, problem.found) == ("ho-tich/probes/khai-sinh/probe.yaml", probe.unfitting)
    assert not probe.applied
    assert counts() == (0, 0, 0)


def test_the_command_says_where_an_entry_does_not_fit(
    root: Path, probe: factories.Probe, capsys: pytest.CaptureFixture[str]
) -> None:
    probe.unfitting = "không cơ quan nào ở đây làm việc này"
    with pytest.raises(CommandError, match="1 lỗi"):
        call_command("packs", "apply", str(root))
    assert f"ho-tich/probes/khai-sinh/probe.yaml:2:1: {probe.unfitting}" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        call_command("packs", "apply", str(root), "--json")
    [problem] = json.loads(capsys.readouterr().out)["problems"]
    assert (problem["found"], problem["line"]) == (probe.unfitting, 2)


def test_all_packs_or_none(root: Path, probe: factories.Probe) -> None:
    factories.write_entry(factories.write_pack(root, "tu-phap"), "ly-lich", name="Lý lịch")
    apply_first = load(root)
    probe.explodes = True
    with pytest.raises(RuntimeError):
        services.apply(apply_first, actor=SYSTEM, at=AT)
    assert counts() == (0, 0, 0)


def test_a_pack_with_problems_is_not_applied(root: Path, probe: factories.Probe) -> None:
    probe.complaint = "sai"
    with pytest.raises(errors.PacksInvalid) as refused:
        apply(root)
    assert refused.value.status == 422
    assert [problem.found for problem in refused.value.problems] == ["sai"]
    assert counts() == (0, 0, 0)


def test_who_lacks_the_right_may_not(root: Path, probe: factories.Probe) -> None:
    with pytest.raises(PermissionMissing):
        services.apply(load(root), actor=AnonymousVisitor(), at=AT)
    assert probe.applied == []
    assert counts() == (0, 0, 0)


@pytest.mark.usefixtures("probe")
def test_the_commands_speak(root: Path) -> None:
    def told(act: str, *args: str) -> str:
        out = StringIO()
        call_command("packs", act, str(root), *args, stdout=out)
        return out.getvalue()

    assert "1 gói, 1 mục, 1 ca thử, 1 căn cứ chưa đối chiếu." in told("check")
    assert json.loads(told("check", "--json"))["unverified"][0]["line"] == 4
    assert "probe khai-sinh 1.0: mới" in told("diff")
    assert "Đã áp dụng 1 gói." in told("apply", "--at", "2026-11-22T10:00:00+07:00")
    assert "Không có gì mới." in told("apply")
    assert json.loads(told("diff", "--json"))[0]["state"] == "unchanged"
    assert "1 ca thử, 0 không đạt." in told("cases")


@pytest.mark.usefixtures("probe")
def test_a_failed_case_names_its_place(root: Path) -> None:
    factories.write_case(root / "ho-tich", then="Khai tử")
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("packs", "cases", str(root), stdout=out)
    assert "ho-tich/cases/all.yaml:7:5: được “Khai sinh” (Đặt đúng tên)" in out.getvalue()


@pytest.mark.usefixtures("probe")
def test_a_refused_check_ends_with_status_one(root: Path) -> None:
    root.joinpath("ho-tich/stray.txt").write_text("x")
    with pytest.raises(CommandError):
        call_command("packs", "apply", str(root), stdout=StringIO())
    with pytest.raises(SystemExit):
        call_command("packs", "check", str(root), "--json", stdout=StringIO())
    assert counts() == (0, 0, 0)
