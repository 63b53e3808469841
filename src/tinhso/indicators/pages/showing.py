"""Figures in words (cách hiện số liệu): the value with its unit, of what it is a part, how it stands to its targets."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tinhso.indicators.definitions import PERCENT, Direction
from tinhso.indicators.judging import Verdict, judge
from tinhso.ui import charts, formatting
from tinhso.ui.figures import Chart, Point, Target
from tinhso.warehouse.reading import table_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tinhso.indicators import models
    from tinhso.indicators.definitions import Indicator
    from tinhso.indicators.observing import Observation
    from tinhso.ui.figures import Tone

WHOLE = 100.0


@dataclass(frozen=True)
class Standing:
    """How a figure stands to its targets: the state and the word of a pill, how many records the hardest one wants."""

    state: Tone | Literal["plain"]
    word: str
    records: int | None = None


def unit_of(indicator: Indicator) -> str:
    """What follows a figure: `%` at once, another unit after a space."""
    return PERCENT if indicator.unit == PERCENT else f" {indicator.unit_title}"


def value_of(indicator: Indicator, value: Decimal | None) -> str:
    """`21,74%`, `1.316 hồ sơ`; without denominator the words that say so."""
    if value is None:
        return _("không có mẫu số") if indicator.is_ratio else _("không có số liệu")
    return formatting.told(value, indicator.unit_title)


def figure_of(indicator: Indicator, figure: Observation | models.ClosedFigure | None) -> str:
    """The value of a figure that knows of what it is a part; nothing where there is no figure at all."""
    if figure is None or figure.value is None:
        return value_of(indicator, None) if figure else ""
    unit = indicator.unit_title
    return formatting.told(figure.value, unit, figure.numerator, figure.denominator)


def parts_of(found: Observation) -> str:
    """`35.305 / 162.390`; of a count nothing."""
    if found.denominator is None or found.numerator is None:
        return ""
    return f"{formatting.number(found.numerator)} / {formatting.number(found.denominator)}"


def records_of(indicator: Indicator, count: int) -> str:
    """What is counted, as it stands in a sentence after the number: `hồ sơ`."""
    return table_of(indicator.fact).noun(count) if indicator.fact else ""


def context_of(indicator: Indicator, found: Observation) -> SafeString:
    """`<b>35.305</b> trong 162.390 hồ sơ`; of a measure, from how many records it was taken."""
    if found.denominator is None:
        return SafeString("")
    noun = records_of(indicator, found.denominator)
    whole = formatting.number(found.denominator)
    if found.numerator is None:
        return format_html("{}", _("từ %(n)s %(noun)s") % {"n": whole, "noun": noun})
    part = format_html("<b>{}</b>", formatting.number(found.numerator))
    return format_html(_("{part} trong {whole} {noun}"), part=part, whole=whole, noun=noun)


def standing(
    indicator: Indicator, found: Observation, targets: Sequence[models.Target]
) -> Standing | None:
    """The judgement by all targets that hold; none without target, value or a direction that is better.

    What the reader sees in part is not judged: the target is set for the whole.
    """
    if targets and found.hidden:
        return Standing("plain", Verdict.NONE.label)
    judged = [judge(indicator, found, target) for target in targets]
    verdicts = [each.verdict for each in judged]
    if not judged or Verdict.NONE in verdicts:
        return None
    hardest = max(judged, key=lambda each: each.short or Decimal(0))
    met = verdicts.count(Verdict.MET)
    if met == len(verdicts):
        return Standing("ok", Verdict.MET.label)
    if met:
        word = _("Đạt %(n)s/%(all)s chỉ tiêu") % {"n": met, "all": len(verdicts)}
        return Standing("near", word, hardest.records)
    if Verdict.MISSED in verdicts:
        return Standing("late", Verdict.MISSED.label, hardest.records)
    return Standing("near", Verdict.NEAR.label, hardest.records)


def gap_of(indicator: Indicator, value: Decimal | None, target: Decimal) -> str:
    """`+1,3 điểm %`, `−28,26 điểm %`: the value less the target."""
    if value is None:
        return formatting.NO_VALUE
    gap = value - target
    sign = "+" if gap > 0 else "\N{MINUS SIGN}" if gap < 0 else ""
    unit = f" {_('điểm %')}" if indicator.unit == PERCENT else unit_of(indicator)
    return f"{sign}{formatting.number(abs(gap))}{unit}"


def target_words(indicator: Indicator, targets: Sequence[models.Target]) -> str:
    """`chỉ tiêu 50%`, `chỉ tiêu 50%, 100%`; empty without."""
    if not targets:
        return ""
    values = sorted({target.value for target in targets})
    listed = ", ".join(value_of(indicator, value) for value in values)
    return _("chỉ tiêu %(values)s") % {"values": listed}


def drawn_targets(targets: Sequence[models.Target]) -> list[Target]:
    """The targets as a chart shows them, one for each value, with all who set it."""
    by_value: dict[Decimal, list[str]] = {}
    for target in targets:
        said = ", ".join(filter(None, [target.issuer, target.document]))
        by_value.setdefault(target.value, []).append(said)
    return [Target(value, "; ".join(dict.fromkeys(by_value[value]))) for value in sorted(by_value)]


def end_of(indicator: Indicator) -> float | None:
    """Where the axis of its charts ends, when that is known: a share at the whole."""
    return WHOLE if indicator.unit == PERCENT and indicator.is_ratio else None


def bullet(
    indicator: Indicator, found: Observation, targets: Sequence[models.Target]
) -> SafeString:
    """The bar of a tile or of a row, with black ticks for the targets; nothing where there is nothing to compare."""
    value = found.value
    if value is None or value < 0 or not (targets or end_of(indicator)):
        return SafeString("")
    targets = () if found.hidden else targets
    judged = standing(indicator, found, targets)
    wanted = target_words(indicator, targets)
    sentence = ", ".join(filter(None, [figure_of(indicator, found), wanted]))
    tone = judged.state if judged and judged.state != "plain" else ""
    point = Point(indicator.title, value, tone)
    marks = [Target(each) for each in sorted({target.value for target in targets})]
    return charts.bullet(Chart(sentence, [point], targets=marks, end=end_of(indicator)))


def hidden_words(found: Observation, targets: Sequence[models.Target]) -> str:
    """How many records the reader may not see, and that a part is not judged by the target of the whole."""
    if not found.hidden:
        return ""
    words = _("Chưa kể %(n)s ngoài phạm vi bạn được xem") % {"n": formatting.number(found.hidden)}
    return f"{words}; {_('chỉ tiêu giao cho cả phạm vi nên không so')}." if targets else f"{words}."


def wanting(indicator: Indicator, judged: Standing | None) -> str:
    """`cần thêm 12 hồ sơ` to reach the hardest target; empty where that is no count of records."""
    if judged is None or not judged.records:
        return ""
    words = (
        _("cần thêm %(n)s %(noun)s")
        if indicator.direction is Direction.HIGHER
        else _("thừa %(n)s %(noun)s")
    )
    return words % {
        "n": formatting.number(judged.records),
        "noun": records_of(indicator, judged.records),
    }
