"""The lead accepts or returns, reports, shows, asks for time; the giver decides, confirms, reopens, cancels."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from tests.cast import make_pack_role
from tinhso.accounts.models import User
from tinhso.accounts.tests.factories import make_grant
from tinhso.events.models import Event
from tinhso.files.errors import FileUnknown
from tinhso.files.services import read as read_file
from tinhso.files.tests.factories import PDF
from tinhso.kernel.errors import NotAllowed
from tinhso.tasks import services
from tinhso.tasks.errors import (
    EvidenceFirst,
    EvidenceLacking,
    EvidenceMissing,
    ExtensionUnfit,
    ExtensionWaits,
    LeadUnfit,
    NoDeadline,
    NoExtensionAsked,
    NotAtLead,
    OwnProposal,
    TaskState,
    TaskUnknown,
    WordsMissing,
)
from tinhso.tasks.models import (
    Act,
    Evidence,
    ExtensionDecision,
    ExtensionRequest,
    Part,
    State,
    Task,
    TaskAct,
)
from tinhso.tasks.queries.history import history
from tinhso.tasks.services.carrying import Shown
from tinhso.tasks.tests.factories import AT, accepted, issued, officer, proposed

if TYPE_CHECKING:
    from tinhso.tasks.tests.factories import Offices

DUE = date(2025, 9, 30)
LATER = date(2025, 10, 31)


def acts() -> int:
    return TaskAct.objects.count()


def events_of(task: Task) -> list[str]:
    found = Event.objects.filter(subject=task.uuid).order_by("pk")
    return [kind.removeprefix("tasks.") for kind in found.values_list("kind", flat=True)]


def test_from_given_to_done(offices: Offices) -> None:
    task = proposed(offices)
    services.confirm_completion(task.uuid, actor=offices.follower, at=AT)
    task.refresh_from_db()
    assert task.state == State.DONE
    assert events_of(task) == [
        *("issued", "accepted", "evidenced", "completion_proposed", "completion_confirmed"),
    ]
    by = sorted(happening.by for happening in history(task))
    assert [one.partition(",")[0] for one in by] == ["Hoa", "Hà", "Hùng", "Hùng", "Minh"]
    assert by[0] == "Hoa, Lãnh đạo cơ quan, Sở Khoa học và Công nghệ tỉnh Thử nghiệm"


def test_who_oversees_the_lead_neither_acts_for_it_nor_confirms_an_own_report(
    offices: Offices,
) -> None:
    task = issued(offices)
    above = officer("Tú", "agency-leader", offices.province)
    user, role = User.objects.get(pk=above.user), make_pack_role("agency-leader")
    make_grant(user, role, offices.province, includes_subordinates=True)
    with pytest.raises(NotAtLead):
        services.accept(task.uuid, actor=above, at=AT)
    assert acts() == 0
    both = officer("Lan", "agency-leader", offices.province)
    make_grant(User.objects.get(pk=both.user), make_pack_role("agency-leader"), offices.science)
    services.accept(task.uuid, actor=both, at=AT)
    services.give_evidence(task.uuid, Shown(value="15/BC-SKHCN"), actor=both, at=AT)
    services.propose_completion(task.uuid, words="Xong", actor=both, at=AT)
    with pytest.raises(OwnProposal):
        services.confirm_completion(task.uuid, actor=both, at=AT)
    task.refresh_from_db()
    assert task.state == State.PROPOSED


def test_only_its_lead_accepts_and_only_once(offices: Offices) -> None:
    task = issued(offices)
    with pytest.raises(TaskUnknown):
        services.accept(task.uuid, actor=offices.outsider, at=AT)
    with pytest.raises(NotAllowed):
        services.accept(task.uuid, actor=offices.specialist, at=AT)
    with pytest.raises(NotAllowed):
        services.accept(task.uuid, actor=offices.chair, at=AT)
    assert acts() == 0
    services.accept(task.uuid, actor=offices.head, at=AT)
    with pytest.raises(TaskState):
        services.accept(task.uuid, actor=offices.head, at=AT)
    assert acts() == 1


def test_returned_with_its_reason_it_waits_for_who_gave_it(offices: Offices) -> None:
    task = issued(offices)
    with pytest.raises(WordsMissing):
        services.return_task(task.uuid, reason=" ", actor=offices.head, at=AT)
    assert acts() == 0
    services.return_task(task.uuid, reason="Thuộc Công an tỉnh", actor=offices.head, at=AT)
    assert Task.objects.get(pk=task.pk).state == State.RETURNED
    with pytest.raises(TaskState):
        services.report_progress(task.uuid, words="Làm", percent=5, actor=offices.specialist, at=AT)
    assert acts() == 1


def test_given_to_another_it_is_theirs(offices: Offices) -> None:
    task = issued(offices)
    services.return_task(task.uuid, reason="Không thuộc lĩnh vực", actor=offices.head, at=AT)
    with pytest.raises(NotAllowed):
        services.give(
            task.uuid, lead=offices.health.pk, words="Giao", actor=offices.follower, at=AT
        )
    with pytest.raises(LeadUnfit):
        services.give(task.uuid, lead=offices.former.pk, words="Giao", actor=offices.chair, at=AT)
    assert acts() == 1
    Part.objects.create(task=task, agency=offices.health)
    services.give(task.uuid, lead=offices.health.pk, words="Giao", actor=offices.chair, at=AT)
    task.refresh_from_db()
    assert (task.lead, task.state) == (offices.health, State.ISSUED)
    assert not task.parts.exists(), "who leads has no part beside it"
    services.accept(task.uuid, actor=offices.outsider, at=AT)
    with pytest.raises(TaskUnknown):
        services.report_progress(task.uuid, words="x", percent=1, actor=offices.head, at=AT)


def test_progress_says_something(offices: Offices) -> None:
    task = accepted(offices)
    with pytest.raises(WordsMissing):
        services.report_progress(task.uuid, words="", percent=40, actor=offices.specialist, at=AT)
    assert acts() == 1
    services.report_progress(
        task.uuid, words="Xong 5 xã", percent=40, actor=offices.specialist, at=AT
    )
    assert TaskAct.objects.get(kind=Act.REPORTED).percent == 40


def test_evidence_is_a_file_a_link_or_a_number(offices: Offices) -> None:
    task = accepted(offices)
    with pytest.raises(EvidenceMissing):
        services.give_evidence(task.uuid, Shown(note="x"), actor=offices.specialist, at=AT)
    assert not Evidence.objects.exists()
    for shown in (
        Shown(BytesIO(PDF), "bao-cao.pdf"),
        Shown(value="https://example.vn/bao-cao"),
        Shown(value="H99.41-250905-0001"),
    ):
        services.give_evidence(task.uuid, shown, actor=offices.specialist, at=AT)
    kinds = list(Evidence.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["file", "link", "record"]
    file = Evidence.objects.get(kind="file").file
    assert file is not None
    assert read_file(file.uuid, actor=offices.chair, at=AT, purpose="test").file == file
    with pytest.raises(FileUnknown):
        read_file(file.uuid, actor=offices.outsider, at=AT, purpose="test")


def test_without_evidence_nothing_is_done(offices: Offices) -> None:
    task = accepted(offices)
    with pytest.raises(EvidenceFirst):
        services.propose_completion(task.uuid, words="Xong", actor=offices.specialist, at=AT)
    assert Task.objects.get(pk=task.pk).state == State.ACCEPTED
    assert acts() == 1


def test_the_kinds_of_evidence_that_were_asked_for_are_given_first(offices: Offices) -> None:
    task = accepted(offices)
    Task.objects.filter(pk=task.pk).update(evidence_kinds=["link", "record"])
    about: dict[str, Any] = {"actor": offices.specialist, "at": AT}
    services.give_evidence(task.uuid, Shown(value="12/QĐ-SYT"), **about)
    with pytest.raises(EvidenceLacking) as refused:
        services.propose_completion(task.uuid, words="Xong", **about)
    assert refused.value.details == {"kinds": "Liên kết"}
    assert Task.objects.get(pk=task.pk).state == State.ACCEPTED
    services.give_evidence(task.uuid, Shown(value="https://tinhso.example/12"), **about)
    services.propose_completion(task.uuid, words="Xong", **about)
    assert Task.objects.get(pk=task.pk).state == State.PROPOSED


def test_more_time_is_asked_once_and_decided_once(offices: Offices) -> None:
    task = accepted(offices)

    def ask(until: date) -> ExtensionRequest:
        return services.ask_extension(
            task.uuid, until=until, reason="Mưa lũ", actor=offices.specialist, at=AT
        )

    with pytest.raises(ExtensionUnfit):
        ask(DUE)
    assert not ExtensionRequest.objects.exists()
    ask(LATER)
    with pytest.raises(ExtensionWaits):
        ask(LATER)
    assert ExtensionRequest.objects.count() == 1
    with pytest.raises(NotAllowed):
        services.decide_extension(task.uuid, grants=True, actor=offices.follower, at=AT)
    assert Task.objects.get(pk=task.pk).deadline_on == DUE
    services.decide_extension(task.uuid, grants=True, actor=offices.chair, at=AT)
    assert Task.objects.get(pk=task.pk).deadline_on == LATER
    with pytest.raises(NoExtensionAsked):
        services.decide_extension(task.uuid, grants=True, actor=offices.chair, at=AT)
    assert ExtensionDecision.objects.count() == 1


def test_a_refusal_of_more_time_says_why_and_moves_nothing(offices: Offices) -> None:
    task = accepted(offices)
    services.ask_extension(
        task.uuid, until=LATER, reason="Thiếu người", actor=offices.specialist, at=AT
    )
    with pytest.raises(WordsMissing):
        services.decide_extension(task.uuid, grants=False, actor=offices.chair, at=AT)
    assert not ExtensionDecision.objects.exists()
    services.decide_extension(
        task.uuid, grants=False, words="Làm đúng hạn", actor=offices.chair, at=AT
    )
    assert Task.objects.get(pk=task.pk).deadline_on == DUE


def test_the_giver_may_grant_another_day(offices: Offices) -> None:
    task = accepted(offices)
    services.ask_extension(
        task.uuid, until=LATER, reason="Thiếu người", actor=offices.specialist, at=AT
    )
    with pytest.raises(ExtensionUnfit):
        services.decide_extension(task.uuid, grants=True, until=DUE, actor=offices.chair, at=AT)
    assert not ExtensionDecision.objects.exists()
    day = DUE + timedelta(days=5)
    services.decide_extension(task.uuid, grants=True, until=day, actor=offices.chair, at=AT)
    assert Task.objects.get(pk=task.pk).deadline_on == day


def test_without_a_day_there_is_nothing_to_extend(offices: Offices) -> None:
    task = accepted(offices)
    Task.objects.filter(pk=task.pk).update(deadline_on=None)
    with pytest.raises(NoDeadline):
        services.ask_extension(task.uuid, until=LATER, reason="x", actor=offices.specialist, at=AT)
    assert not ExtensionRequest.objects.exists()


def test_what_is_not_done_goes_back_with_the_reason(offices: Offices) -> None:
    task = proposed(offices)
    with pytest.raises(NotAllowed):
        services.confirm_completion(task.uuid, actor=offices.head, at=AT)
    with pytest.raises(WordsMissing):
        services.reopen(task.uuid, reason="", actor=offices.follower, at=AT)
    assert Task.objects.get(pk=task.pk).state == State.PROPOSED
    services.reopen(task.uuid, reason="Còn 3 xã", actor=offices.follower, at=AT)
    assert Task.objects.get(pk=task.pk).state == State.ACCEPTED


def test_cancelled_it_ends(offices: Offices) -> None:
    task = accepted(offices)
    with pytest.raises(NotAllowed):
        services.cancel(task.uuid, reason="x", actor=offices.follower, at=AT)
    services.cancel(task.uuid, reason="Trùng việc", actor=offices.chair, at=AT)
    assert Task.objects.get(pk=task.pk).state == State.CANCELLED
    for act in (services.propose_completion, services.confirm_completion):
        with pytest.raises((TaskState, NotAllowed)):
            act(task.uuid, words="", actor=offices.head, at=AT)
    assert acts() == 2


def test_who_has_a_part_reads_it_and_does_not_act(offices: Offices) -> None:
    task = Task.objects.exclude(lead=offices.science).get(notice=issued(offices).notice)
    from tinhso.tasks.tests.factories import officer  # noqa: PLC0415

    treasurer = officer("An", "agency-leader", offices.finance)
    assert Task.objects.visible_to(treasurer, at=AT).get() == task
    with pytest.raises(NotAllowed):
        services.accept(task.uuid, actor=treasurer, at=AT)
    assert acts() == 0
