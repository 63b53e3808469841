"""What the dossiers of the demo say would be taken at a desk: every question that is asked has its answer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from tinhso.dossiers.forming import PAPER, compose
from tinhso.dossiers.pack import content_of
from tinhso.forms.form import Form, Given
from tinhso.packs.loading import load
from tinhso.site.province.samples import SAMPLES, SELDOM

if TYPE_CHECKING:
    from tinhso.packs.sources import Source

APPLICANT = {
    "applicant_kind": "citizen",
    "full_name": "Lan Một",
    "personal_id": "000190000001",
    "phone": "0000000001",
    "address": "Thôn Một",
}
PROCEDURES = {
    source.code: source
    for pack in load(settings.PROJECT / "packs").packs
    for source in pack.sources
    if source.kind == "procedure"
}


@pytest.mark.parametrize("source", PROCEDURES.values(), ids=PROCEDURES)
def test_a_sample_answers_everything_but_the_papers(source: Source) -> None:
    content = content_of(source)
    form = Form(compose(content))
    answers = form.of_values(
        APPLICANT | SAMPLES[source.code] | {"nguoi_duoc_cap": "Lan Một"}
        if source.code == "1.004873"
        else APPLICANT | SAMPLES[source.code],
        given=Given(on=date(2026, 11, 22)),
    )
    found = {str(name) for name in form.validate(answers)}
    assert {name for name in found if not name.startswith(PAPER)} == set()


def test_every_sample_is_of_a_procedure_that_a_pack_declares() -> None:
    assert set(SAMPLES) | SELDOM <= set(PROCEDURES)
