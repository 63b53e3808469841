"""What would make a fee unclear later, found when the pack is checked: gaps, overlaps, conditions that are none."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tinhso.dossiers.fees import CONDITION, QUANTITY, names_of
from tinhso.forms.expressions import check, parse, show
from tinhso.kernel.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tinhso.forms.expressions import Type
    from tinhso.forms.form import Form
    from tinhso.packs.sources import Path, Problem, Source

Span = tuple[date, date]
"""From a day until before another; `date.max` is without end."""


def check_fees(source: Source, form: Form) -> list[Problem]:
    """Problems of `fees`, each at its line."""
    fees = source.value.get("fees", [])
    problems = []
    if fees and "fee" in source.value:
        problems.append(source.problem("fee", found="khai cả “fee” và “fees”", expected="một cách"))
    codes = [fee["code"] for fee in fees]
    for number, fee in enumerate(fees):
        if fee["code"] in codes[:number]:
            found = f"mã khoản «{fee['code']}» khai hai lần"
            problems.append(source.problem("fees", number, "code", found=found))
        problems += _check_fee(source, ("fees", number), fee, names_of(form))
    return problems


def _check_fee(
    source: Source, path: Path, fee: Mapping[str, Any], names: Mapping[str, Type]
) -> Iterator[Problem]:
    dates = [
        *_unreadable(source, (*path, "rates"), fee["rates"]),
        *_unreadable(source, (*path, "reductions"), fee.get("reductions", [])),
    ]
    yield from dates
    if not dates:
        yield from _check_rates(source, (*path, "rates"), fee["rates"])
        yield from _check_apart(source, (*path, "reductions"), fee.get("reductions", []))
    for place, text in _conditions(path, fee):
        yield from _check_expression(source, place, text, names, CONDITION)
    quantity = fee.get("per", {}).get("quantity")
    if quantity:
        yield from _check_expression(source, (*path, "per", "quantity"), quantity, names, QUANTITY)


def _conditions(path: Path, fee: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    for number, cut in enumerate(fee.get("reductions", [])):
        yield (*path, "reductions", number, "when"), cut["when"]
    for number, rate in enumerate(fee["rates"]):
        for index, tier in enumerate(rate.get("tiers", [])):
            yield (*path, "rates", number, "tiers", index, "when"), tier["when"]


def _unreadable(source: Source, path: Path, rules: list[dict[str, Any]]) -> Iterator[Problem]:
    for number, rule in enumerate(rules):
        try:
            since, until = _span(rule)
        except ValueError:
            yield source.problem(
                *path, number, found="ngày không có thật", expected="năm-tháng-ngày"
            )
            continue
        if since >= until:
            yield source.problem(
                *path,
                number,
                "until",
                found="hết hiệu lực trước khi bắt đầu",
                expected="sau “from”",
            )


def _span(rule: Mapping[str, Any]) -> Span:
    until = rule.get("until")
    return date.fromisoformat(rule["from"]), date.fromisoformat(until) if until else date.max


def _check_rates(source: Source, path: Path, rates: list[dict[str, Any]]) -> Iterator[Problem]:
    """Rates cover the whole life of the version, day by day, each once."""
    begins = date.fromisoformat(source.value["valid_from"])
    ends_text = source.value.get("valid_until")
    ends = date.fromisoformat(ends_text) if ends_text else date.max
    reached = begins
    for number, rate in sorted(enumerate(rates), key=lambda pair: _span(pair[1])):
        since, until = _span(rate)
        if since > reached:
            found = f"từ {reached:%d/%m/%Y} đến trước {since:%d/%m/%Y} không có mức thu"
            yield source.problem(
                *path, number, "from", found=found, expected="mức nối tiếp nhau (0 nếu không thu)"
            )
        if since < reached and reached != begins:
            found = f"từ {since:%d/%m/%Y} đã có mức khác đến trước {_shown(reached)}"
            yield source.problem(*path, number, "from", found=found, expected="một mức mỗi ngày")
        reached = max(reached, until)
    if reached < ends:
        yield source.problem(
            *path,
            len(rates) - 1,
            "until",
            found=f"từ {reached:%d/%m/%Y} không có mức thu",
            expected="mức đến hết hiệu lực của thủ tục",
        )


def _shown(day: date) -> str:
    return "khi có quy định khác" if day == date.max else f"{day:%d/%m/%Y}"


def _check_apart(source: Source, path: Path, cuts: list[dict[str, Any]]) -> Iterator[Problem]:
    """The same condition twice on one day would leave it open which of the two is meant."""
    for number, cut in enumerate(cuts):
        since, until = _span(cut)
        for former in cuts[:number]:
            begun, ended = _span(former)
            if _same(cut["when"], former["when"]) and since < ended and begun < until:
                yield source.problem(
                    *path,
                    number,
                    "from",
                    found=f"cùng điều kiện và chồng ngày với «{former['name']}»",
                    expected="hai khoảng ngày rời nhau",
                )


def _same(one: str, other: str) -> bool:
    try:
        return show(parse(one)) == show(parse(other))
    except Invalid:
        return False


def _check_expression(
    source: Source, path: Path, text: str, names: Mapping[str, Type], wanted: Type
) -> Iterator[Problem]:
    try:
        found = check(parse(text), names)
    except Invalid as error:
        yield source.problem(*path, found=str(error))
        return
    if found != wanted:
        yield source.problem(*path, found=f"biểu thức cho {found}", expected=str(wanted))
