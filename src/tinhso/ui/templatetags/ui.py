"""The tag library of the layout, a builtin: class names live here, pages name meanings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.template.context import Context
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django_stubs_ext import StrOrPromise

from tinhso.ui import addresses, fields, formatting
from tinhso.ui.components import Step, Tab
from tinhso.ui.icons import ICONS, STATES
from tinhso.ui.languages import lang_of, marked

register = template.Library()

PAGE_PARAMETER = "trang"
SORT_PARAMETER = "sap"

_PILL_HEAD = {state: f'<span class="pill pill--{state}">{ICONS[state]}' for state in STATES}


@register.simple_tag
def pill(state: str, text: Any) -> SafeString:
    """A state as shape, word and colour: `{% pill "late" "Quá hạn 2 ngày" %}`; see `STATES`."""
    return mark_safe(f"{_PILL_HEAD[state]}{conditional_escape(text)}</span>")  # noqa: S308 - text is escaped


@register.simple_tag(takes_context=True)
def page_address(context: Context) -> str:
    """Where this page can be opened again, also when it answers a form that was sent to another address."""
    return addresses.page_address(context["request"])


@register.simple_tag
def origin(kind: str) -> SafeString:
    """Where a figure comes from, as shape and word: `computed`, `reported` or `received`."""
    words = {
        "computed": gettext("Tự tính"),
        "reported": gettext("Số báo cáo"),
        "received": gettext("Số nhận về"),
    }
    return format_html(
        '<span class="origin origin--{}">{}{}</span>', kind, ICONS[kind], words[kind]
    )


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon beside a word; never alone."""
    return ICONS[name]


@register.simple_tag
def button(
    text: Any, kind: str = "", href: str = "", icon: str = "", **attributes: Any
) -> SafeString:
    """A button, or with `href` a link that looks like one; kinds primary, danger, link, small.

    Several kinds are parted by a space. Other arguments become attributes, `_` read as `-`: `name`,
    `value`, `formaction`, `hx_get`.
    """
    classes = " ".join(["button", *(f"button--{one}" for one in kind.split())])
    rest = flatatt(
        {key.replace("_", "-"): value for key, value in attributes.items() if value is not None}
    )
    drawn = ICONS[icon] if icon else ""
    if href:
        return format_html('<a class="{}" href="{}"{}>{}{}</a>', classes, href, rest, drawn, text)
    return format_html('<button class="{}"{}>{}{}</button>', classes, rest, drawn, text)


@register.inclusion_tag("ui/field.html")
def field(subject: BoundField | str, **given: Any) -> dict[str, Any]:
    """A field of a Django form, or one by name: `{% field "ten" label="Họ tên" value=v error=e %}`.

    `kind`: text, email, tel, number, date, search, password, textarea, select, radios, checkboxes,
    checkbox, file; `options` pairs of value and label; `required=False` says "không bắt buộc"; the
    rest become HTML attributes.
    """
    if isinstance(subject, BoundField):
        return {"field": fields.bound_field(subject, **given)}
    return {"field": fields.plain_field(subject, **given)}


@register.inclusion_tag("ui/error_summary.html")
def error_summary(errors: BaseForm | Mapping[str, Iterable[str]] | None) -> dict[str, Any]:
    """What is wrong, on top of the form, each sentence naming its field and a link to it; else nothing."""
    if isinstance(errors, BaseForm):
        by_field = {
            errors.add_prefix(name): [
                fields.naming(_label(errors, name), str(one)) for one in sentences
            ]
            for name, sentences in errors.errors.items()
        }
        general = [str(sentence) for sentence in errors.non_field_errors()]
        by_field.pop(errors.add_prefix("__all__"), None)
    else:
        by_field = {name: list(sentences) for name, sentences in (errors or {}).items()}
        general = [str(sentence) for sentence in by_field.pop("", [])]
    lines = [
        (fields.field_id(name), str(sentence))
        for name, sentences in by_field.items()
        for sentence in sentences
    ]
    return {"lines": lines, "general": general}


def _label(form: BaseForm, name: str) -> StrOrPromise:
    return (form[name].label or "") if name in form.fields else ""


@register.simple_tag
def dl(*facts: Any) -> SafeString:
    """Facts as label and value: `{% dl "Người nộp" name "Ngày nhận" day %}`, or a list of pairs."""
    pairs = facts[0] if len(facts) == 1 else zip(facts[::2], facts[1::2], strict=True)
    missing = format_html('<span class="muted">{}</span>', gettext("chưa có"))
    rows = ((label, missing if value in (None, "") else marked(value)) for label, value in pairs)
    return format_html(
        '<dl class="facts">{}</dl>', format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", rows)
    )


@register.simple_block_tag
def card(  # noqa: PLR0917 - a tag is called by keyword
    content: str,
    title: Any = "",
    sub: Any = "",
    href: str = "",
    link: Any = "",
    flush: bool = False,
) -> SafeString:
    """A card: `{% card "Giấy tờ" href=url link="Tất cả" %}…{% endcard %}`.

    `flush=True` lets a table touch its edges.
    """
    link_part = format_html('<a href="{}">{}</a>', href, link) if href else ""
    sub_part = format_html('<p class="card__sub">{}</p>', marked(sub)) if sub else ""
    head = (
        format_html(
            '<div class="card__head"><h2>{}</h2>{}{}</div>', marked(title), link_part, sub_part
        )
        if title
        else ""
    )
    return format_html(
        '<section class="card{}">{}<div class="card__body">{}</div></section>',
        " card--flush" if flush else "",
        head,
        content,
    )


_STEP_MARKS = {
    "done": '<circle class="step-fill-ok" cx="11" cy="11" r="10"/><path class="step-mark" d="M6.5 11.5l3 3 6-7"/>',
    "now": '<circle class="step-ring" cx="11" cy="11" r="9"/><circle class="step-dot" cx="11" cy="11" r="4"/>',
    "late": '<circle class="step-fill-late" cx="11" cy="11" r="10"/><path class="step-mark" d="M11 5v8M11 15v2.4"/>',
    "next": '<circle class="step-next" cx="11" cy="11" r="9"/>',
    "undone": '<circle class="step-next" cx="11" cy="11" r="9"/><path class="step-gone" d="M7 11h8"/>',
}


@register.simple_tag
def timeline(steps: Iterable[Step]) -> SafeString:
    """What is done, where it is now, what comes next."""
    words = {
        "done": gettext("đã xong"),
        "now": gettext("đang làm"),
        "late": gettext("trễ"),
        "next": gettext("chưa làm"),
        "undone": gettext("không làm"),
    }
    rows = (
        (
            step.state,
            mark_safe(' aria-current="step"') if step.state in ("now", "late") else "",
            mark_safe(_STEP_MARKS[step.state]),  # noqa: S308 - a constant
            marked(step.label),
            words[step.state],
            format_html("<small>{}</small>", marked(step.note)) if step.note else "",
        )
        for step in steps
    )
    drawn = format_html_join(
        "",
        '<li class="is-{}"{}><svg viewBox="0 0 22 22" aria-hidden="true" focusable="false">{}</svg>'
        '<b>{}</b><span class="hidden-text"> ({}) </span>{}</li>',
        rows,
    )
    return format_html('<ol class="steps">{}</ol>', drawn)


@register.simple_tag
def tabs(items: Iterable[Tab], label: Any) -> SafeString:
    """Views of one list with their counts, the current one marked; `label` names the strip."""
    drawn = format_html_join(
        "",
        '<a href="{}"{}{}><b>{}</b>{}</a>',
        (
            (
                tab.href,
                format_html(' class="is-{}"', tab.state) if tab.state else "",
                mark_safe(' aria-current="true"') if tab.is_current else "",
                "" if tab.count is None else formatting.number(tab.count),
                tab.label,
            )
            for tab in items
        ),
    )
    return format_html('<nav class="counts" aria-label="{}">{}</nav>', label, drawn)


@register.simple_tag(takes_context=True)
def sort_link(context: Context, key: str, label: Any) -> SafeString:
    """A column's heading that sorts by `key`, then backwards; filters kept, the page starts anew."""
    query = context["request"].GET.copy()
    now = query.get(SORT_PARAMETER, "")
    query[SORT_PARAMETER] = f"-{key}" if now == key else key
    query.pop(PAGE_PARAMETER, None)
    if now.removeprefix("-") != key:
        return format_html('<a href="?{}">{}</a>', query.urlencode(), label)
    arrow, said = (
        ("down", gettext("đang xếp giảm dần"))
        if now == f"-{key}"
        else ("up", gettext("đang xếp tăng dần"))
    )
    return format_html(
        '<a class="sorted" href="?{}">{} {}<span class="hidden-text">({})</span></a>',
        query.urlencode(),
        label,
        ICONS[arrow],
        said,
    )


@register.simple_tag(takes_context=True)
def kept_filters(context: Context, *but: str) -> SafeString:
    """The present query as hidden inputs of a GET form, but those named and the page number."""
    query = context["request"].GET
    kept = (
        (key, value)
        for key, values in query.lists()
        for value in values
        if key not in (*but, PAGE_PARAMETER)
    )
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', kept)


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], noun: Any = "") -> dict[str, Any]:
    """Which records are shown, and links to the other pages (`?trang=`), filters kept."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "request": context["request"],
        "page": page,
        "numbers": list(numbers),
        "noun": noun or gettext("bản ghi"),
    }


@register.simple_tag
def empty_state(text: Any, href: str = "", link: Any = "") -> SafeString:
    """Why a list is empty, and the next step."""
    step = format_html('<a href="{}">{}</a>', href, link) if href else ""
    return format_html('<div class="empty"><p>{}</p>{}</div>', text, step)


@register.filter
def viet_text(value: Any) -> Any:
    """What people wrote, what agencies are called: marked as Vietnamese on an English page."""
    return marked(value)


@register.filter
def viet_lang(value: Any) -> Any:
    """The same as an attribute of the element that holds it: `<option{{ name|viet_lang }}>`."""
    return lang_of(value)


@register.filter
def viet_number(value: float | Decimal | None, places: int | None = None) -> str:
    """`{{ 220050|viet_number }}` is 220.050, `{{ 98.25|viet_number:1 }}` is 98,3."""
    return formatting.number(value, places)


@register.filter
def viet_date(value: date | None) -> str:
    """`05/09/2023`."""
    return formatting.day(value)


@register.filter
def viet_time(value: datetime | None) -> str:
    """`17:00`."""
    return formatting.clock(value)


@register.filter
def viet_moment(value: datetime | None) -> str:
    """`08:15, 22/09/2023`."""
    return formatting.moment(value)


@register.filter
def date_with_weekday(value: date | None) -> str:
    """`17:00, thứ Ba 03/10/2023`."""
    return formatting.with_weekday(value)
