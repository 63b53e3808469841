"""Official numbers (số hồ sơ): by the agency's own code, else that of the province; never twice the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.agencies.models import AgencyPeriod
from tinhso.dossiers import services
from tinhso.dossiers.errors import NumberCodeMissing
from tinhso.dossiers.models import NumberCounter
from tinhso.dossiers.tests.factories import AT, BUILDING, SYSTEM, received, submitted
from tinhso.dossiers.tests.stages import refused

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk


def test_two_agencies_without_a_code_share_the_counter_of_the_province(desk: Desk) -> None:
    for agency in (desk.commune, desk.construction):
        AgencyPeriod.objects.filter(agency=agency).update(agency_code="")
    numbers = [received(desk).number, received(desk, BUILDING).number]
    assert numbers == ["H99-260914-0001", "H99-260914-0002"]
    assert NumberCounter.objects.get().agency_id == desk.province.pk


def test_without_any_code_there_is_no_number(desk: Desk) -> None:
    waiting = submitted(desk)
    AgencyPeriod.objects.update(agency_code="")
    with refused(NumberCodeMissing):
        services.receive(waiting.uuid, actor=SYSTEM, at=AT)
    assert not NumberCounter.objects.exists()
