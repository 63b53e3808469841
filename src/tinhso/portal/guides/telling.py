"""A guide in the words of its page: each step with what it takes, and whether it can be filed here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tinhso.dossiers import definitions
from tinhso.dossiers.fees import tariffs
from tinhso.dossiers.queries.catalogue import codes_in_catalogue, own_versions
from tinhso.portal.guides.content import Need

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from tinhso.dossiers.definitions import Definition
    from tinhso.dossiers.fees import Tariff
    from tinhso.portal.guides.content import Guide, GuideStep

YES, NO = "co", "khong"
"""How an answer stands in the address."""


@dataclass(frozen=True)
class StepShown:
    """A step as the page shows it; `own` is our definition when it can be filed here."""

    number: int
    step: GuideStep
    need: Need
    after: tuple[int, ...]
    own: Definition | None
    tariffs: list[Tariff]
    is_in_catalogue: bool

    @property
    def is_perhaps(self) -> bool:
        """Whether it depends on what was not answered yet."""
        return self.need is Need.PERHAPS


def answers_in(query: Mapping[str, str], guide: Guide) -> dict[str, bool]:
    """What was answered in the address; anything else is passed over."""
    given = {each.code: query.get(each.code) for each in guide.questions}
    return {code: answer == YES for code, answer in given.items() if answer in {YES, NO}}


def steps_shown(guide: Guide, answers: Mapping[str, bool], day: date) -> list[StepShown]:
    """The steps that have or may have to be done, numbered in their order."""
    needs = guide.needs(answers)
    steps = [step for step in guide.steps if needs[step.code] is not Need.NOT_NEEDED]
    numbers = {step.code: number for number, step in enumerate(steps, start=1)}
    codes = [step.procedure for step in steps if step.procedure]
    own = {
        code: definitions.of_version(version.pk)
        for code, version in own_versions(codes, day).items()
    }
    listed = codes_in_catalogue(codes)
    return [
        StepShown(
            number=numbers[step.code],
            step=step,
            need=needs[step.code],
            after=tuple(numbers[code] for code in step.after if code in numbers),
            own=own.get(step.procedure),
            tariffs=tariffs(own[step.procedure], day) if step.procedure in own else [],
            is_in_catalogue=step.procedure in listed,
        )
        for step in steps
    ]


def steps_left_out(guide: Guide, answers: Mapping[str, bool]) -> list[GuideStep]:
    """The steps that need not be done by what was answered."""
    needs = guide.needs(answers)
    return [step for step in guide.steps if needs[step.code] is Need.NOT_NEEDED]
