"""A guide as a pack declares it: what is asked, which steps follow, and which of them an answer needs. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Any

from tinhso.forms.expressions import evaluate, parse
from tinhso.ui.languages import worded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tinhso.forms.expressions import Expression


class Need(StrEnum):
    """Whether a step has to be done by what was answered: yes, perhaps, no."""

    NEEDED = "needed"
    PERHAPS = "perhaps"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True)
class Words:
    """A text in both languages."""

    vietnamese: str
    english: str = ""

    def __str__(self) -> str:
        return worded(self.vietnamese, self.english)

    def __bool__(self) -> bool:
        return bool(self.vietnamese)


@dataclass(frozen=True)
class Question:
    """A question to be answered by yes or no (câu hỏi)."""

    code: str
    ask: Words
    hint: Words


@dataclass(frozen=True)
class Takes:
    """What a step takes that no pack declares (cần gì): papers, fee, time, where to go, in words."""

    papers: tuple[Words, ...]
    fee: Words
    days: Words
    where: Words


@dataclass(frozen=True)
class GuideStep:
    """One step (bước): a procedure by its national code, or an act elsewhere that has none.

    `after` names the steps that come before it; `when` is the condition on which it has to be done, empty for always.
    """

    code: str
    name: Words
    note: Words
    procedure: str
    when: str
    after: tuple[str, ...]
    takes: Takes | None

    def need(self, answers: Mapping[str, bool], questions: tuple[Question, ...]) -> Need:
        """Whether it has to be done; what was not answered may still turn out either way."""
        if not self.when:
            return Need.NEEDED
        met = {evaluate(_parsed(self.when), facts) is True for facts in _facts(answers, questions)}
        if met == {True}:
            return Need.NEEDED
        return Need.PERHAPS if True in met else Need.NOT_NEEDED


@dataclass(frozen=True)
class Guide:
    """A guide in force (hướng dẫn theo sự kiện cuộc đời)."""

    code: str
    name: Words
    who: Words
    keywords: tuple[str, ...]
    questions: tuple[Question, ...]
    steps: tuple[GuideStep, ...]
    legal_basis: tuple[Mapping[str, Any], ...]

    @property
    def is_under_review(self) -> bool:
        """Whether an article that it rests on was not yet compared with its text."""
        return not all(basis["verified"] for basis in self.legal_basis)

    def needs(self, answers: Mapping[str, bool]) -> dict[str, Need]:
        """For each step by code, in order, whether it has to be done."""
        return {step.code: step.need(answers, self.questions) for step in self.steps}


def read(content: Mapping[str, Any], code: str) -> Guide:
    """A guide from its checked content."""
    return Guide(
        code=code,
        name=_words(content, "name"),
        who=_words(content, "who"),
        keywords=tuple(content["keywords"]),
        questions=tuple(
            Question(each["code"], _words(each, "ask"), _words(each, "hint"))
            for each in content["questions"]
        ),
        steps=tuple(_step(each) for each in content["steps"]),
        legal_basis=tuple(content["legal_basis"]),
    )


def holds_on(content: Mapping[str, Any], day: date) -> bool:
    """Whether the content is in force on that day."""
    ends = content.get("valid_until")
    begun = date.fromisoformat(content["valid_from"]) <= day
    return begun and (ends is None or day < date.fromisoformat(ends))


def _words(content: Mapping[str, Any], key: str) -> Words:
    return Words(content.get(key, ""), content.get(f"{key}_en", ""))


def _step(content: Mapping[str, Any]) -> GuideStep:
    return GuideStep(
        code=content["code"],
        name=_words(content, "name"),
        note=_words(content, "note"),
        procedure=content.get("procedure", ""),
        when=content.get("when", ""),
        after=tuple(content.get("after", ())),
        takes=_takes(content["takes"]) if "takes" in content else None,
    )


def _takes(content: Mapping[str, Any]) -> Takes:
    return Takes(
        papers=tuple(Words(each["vi"], each.get("en", "")) for each in content["papers"]),
        fee=_words(content, "fee"),
        days=_words(content, "days"),
        where=_words(content, "where"),
    )


def _facts(
    answers: Mapping[str, bool], questions: tuple[Question, ...]
) -> Iterator[dict[str, bool]]:
    """Every way in which the open questions may still be answered; a handful of them at most."""
    choices = [
        [answers[each.code]] if each.code in answers else [True, False] for each in questions
    ]
    for choice in product(*choices):
        yield {each.code: answer for each, answer in zip(questions, choice, strict=True)}


@lru_cache(maxsize=256)
def _parsed(text: str) -> Expression:
    return parse(text)
