"""Guides by events of life: found, narrowed by answers, plain about what is not done here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from tinhso.dossiers.tests.catalogue.samples import record, small
from tinhso.dossiers.tests.catalogue.test_importing import bring
from tinhso.dossiers.tests.factories import MARRIAGE, pack_book
from tinhso.packs.kinds import kinds
from tinhso.packs.models import PackEntry
from tinhso.portal.guides import finding, pack
from tinhso.portal.guides.content import Need, holds_on, read
from tinhso.portal.tests.guiding import publish_guides
from tinhso.portal.tests.test_weights import is_light

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

    from tinhso.packs.sources import Source

DAY = date(2026, 9, 14)
QUIET = {"nuoc_ngoai": "khong", "tung_ket_hon": "khong", "ve_chung": "khong"}


def sources() -> list[Source]:
    return [each for one in pack_book().packs for each in one.sources if each.kind == pack.KIND]


def source(code: str = "ket-hon") -> Source:
    return next(each for each in sources() if each.code == code)


def changed(**new: Any) -> Source:
    found = source()
    return replace(found, document=replace(found.document, value={**found.value, **new}))


def with_step(**new: Any) -> Source:
    steps = source().value["steps"]
    return changed(steps=[*steps[:-1], {**steps[-1], **new}])


@pytest.mark.parametrize("given", sources(), ids=lambda each: each.code)
def test_a_guide_of_the_packs_is_sound_and_has_cases(given: Source) -> None:
    assert pack.check(given) == []
    assert len(given.cases) >= 2
    assert given.value["name_en"]
    assert given.legal_basis


@pytest.mark.parametrize("given", sources(), ids=lambda each: each.code)
def test_each_step_can_be_needed_and_each_answer_counts(given: Source) -> None:
    guide = read(given.value, given.code)
    open_needs = guide.needs({})
    assert Need.NOT_NEEDED not in open_needs.values()
    for question in guide.questions:
        one, other = (guide.needs({question.code: answer}) for answer in (True, False))
        assert one != other, question.code


def test_an_answer_settles_what_others_cannot_change() -> None:
    guide = read(source().value, "ket-hon")
    needs = guide.needs({"nuoc_ngoai": True})
    assert needs["ket_hon"] is Need.NOT_NEEDED
    assert needs["ket_hon_nuoc_ngoai"] is Need.NEEDED
    assert needs["xac_nhan"] is Need.PERHAPS


@pytest.mark.parametrize(
    "given",
    [
        with_step(when="khong_hoi = true"),
        with_step(when='"chu"'),
        with_step(when="and and"),
        with_step(after=["thuong_tru"]),
        with_step(code="ket_hon"),
        with_step(procedure=MARRIAGE),
        changed(valid_from="2026-02-30"),
        changed(
            questions=[*source().value["questions"], {"code": "thua", "ask": "Hỏi thừa không?"}]
        ),
    ],
    ids=["unknown", "no condition", "unreadable", "itself", "twice", "said twice", "day", "unused"],
)
def test_what_is_wrong_in_a_guide_is_named(given: Source) -> None:
    assert pack.check(given)


def test_a_step_that_no_pack_settles_says_what_it_takes() -> None:
    steps = source().value["steps"]
    bare = {key: value for key, value in steps[-1].items() if key != "takes"}
    assert pack.check(changed(steps=[*steps[:-1], bare]))


def test_a_case_that_comes_out_otherwise_fails() -> None:
    (case, *_others) = source().cases
    assert pack.run_case(source(), case) == []
    assert pack.run_case(source(), replace(case, then={"needed": []}))
    assert pack.run_case(source(), replace(case, given={"answers": {"khac": True}}))


def test_a_guide_holds_from_its_day_until_another() -> None:
    content = {"valid_from": "2026-01-01", "valid_until": "2027-01-01"}
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1)]
    assert [holds_on(content, day) for day in days] == [False, True, True, False]


@pytest.mark.django_db
def test_a_version_ahead_does_not_hide_the_one_in_force() -> None:
    publish_guides()
    entry = PackEntry.objects.get(code="ket-hon")
    ahead = {**entry.content, "valid_from": "2027-01-01", "name": "Kết hôn mới"}
    PackEntry.objects.create(
        published_in=entry.published_in,
        pack=entry.pack,
        kind=entry.kind,
        code=entry.code,
        version="2",
        digest="0" * 64,
        content=ahead,
    )
    names = {
        day: str(finding.guide_in_force("ket-hon", day).name) for day in (DAY, date(2027, 1, 1))
    }
    assert list(names.values()) == ["Kết hôn", "Kết hôn mới"]
    assert kinds[pack.KIND].diff(source())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("sinh con", ["sinh-con"]),
        ("toi sap sinh con dau long", ["sinh-con"]),
        ("mo quan an", ["mo-quan-an"]),
        ("xay nha", ["xay-nha"]),
        ("lay vo", ["ket-hon"]),
        ("ngoui than qua doi", ["nguoi-than-qua-doi"]),
        ("thăm dò nước", []),
        ("con", []),
    ],
)
def test_a_guide_is_found_in_everyday_words_without_accents(asked: str, found: list[str]) -> None:
    publish_guides()
    assert [guide.code for guide in finding.answering(asked, DAY)] == found


@pytest.mark.usefixtures("desk")
def test_home_and_the_search_lead_to_it(client: Client) -> None:
    publish_guides()
    address = reverse("portal:guide", args=["ket-hon"])
    assert address in client.get(reverse("portal:home")).content.decode()
    assert address in client.get(reverse("portal:guides")).content.decode()
    assert address in client.get(reverse("portal:procedures"), {"tim": "cuoi"}).content.decode()


@pytest.mark.usefixtures("demonstration", "desk")
def test_answers_in_the_address_narrow_it(client: Client) -> None:
    publish_guides()
    address = reverse("portal:guide", args=["ket-hon"])
    all_of_it = client.get(address)
    assert [shown.step.code for shown in all_of_it.context["steps"]] == [
        "ban_an",
        "xac_nhan",
        "ket_hon",
        "ket_hon_nuoc_ngoai",
        "thuong_tru",
    ]
    narrowed = client.get(address, {**QUIET, "khac_noi": "co"})
    assert [shown.step.code for shown in narrowed.context["steps"]] == ["xac_nhan", "ket_hon"]
    assert [shown.after for shown in narrowed.context["steps"]] == [(), (1,)]
    page = narrowed.content.decode()
    assert reverse("portal:procedure", args=[MARRIAGE]) in page
    assert "Nộp trực tuyến được tại đây" in page
    assert "Không làm được trên hệ thống này" in page


@pytest.mark.usefixtures("desk")
def test_nonsense_in_the_address_is_no_answer(client: Client) -> None:
    publish_guides()
    address = reverse("portal:guide", args=["ket-hon"])
    page = client.get(address, {"nuoc_ngoai": "<b>", "khong_hoi": "co"})
    assert page.context["answers"] == {}
    assert "<b>" not in page.content.decode()


@pytest.mark.usefixtures("desk")
def test_a_step_of_the_catalogue_leads_there(client: Client, tmp_path: Path) -> None:
    publish_guides()
    bring(tmp_path, [*small(), record("1.000894", "Thủ tục đăng ký kết hôn")])
    page = client.get(reverse("portal:guide", args=["ket-hon"])).content.decode()
    assert reverse("portal:catalogue_entry", args=["1.000894"]) in page


@pytest.mark.usefixtures("desk")
def test_an_unknown_guide_is_not_there(client: Client) -> None:
    answer = client.get(reverse("portal:guide", args=["bay-len-troi"]))
    assert answer.status_code == 404


@pytest.mark.slow
@pytest.mark.usefixtures("demonstration", "desk")
def test_guides_are_light(client: Client) -> None:
    publish_guides()
    for each in sources():
        is_light(client, reverse("portal:guide", args=[each.code]))
    is_light(client, reverse("portal:home"))
