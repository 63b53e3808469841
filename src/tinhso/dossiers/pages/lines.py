"""The lines of the queue as HTML: drawn here as the tags of the layout are, for a template takes four times as long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.defaulttags import CsrfTokenNode
from django.utils.html import conditional_escape as safe
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tinhso.dossiers.models import WAIT
from tinhso.ui.languages import marked
from tinhso.ui.templatetags.ui import pill

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tinhso.dossiers.pages.queue import QueueRow

_CLASSES = {"late": ' class="is-late"', "near": ' class="is-near"'}


class Lines:
    """Draws lines in the words of the page's language; with boxes to choose them by, or without."""

    def __init__(self, *, has_boxes: bool, token: str) -> None:
        self._has_boxes = has_boxes
        self._token = CsrfTokenNode().render({"csrf_token": token})  # type: ignore[arg-type]
        self._choose, self._take, self._nobody = (
            _("Chọn"),
            _("Nhận xử lý"),
            _("Chưa phân công"),
        )
        self._applicant, self._received, self._step, self._officer = (
            _("Người nộp"),
            _("Ngày nhận"),
            _("Bước"),
            _("Người xử lý"),
        )

    def draw(self, rows: Iterable[QueueRow]) -> SafeString:
        """All of the lines."""
        return SafeString("".join(self._line(row) for row in rows))

    def _line(self, row: QueueRow) -> str:
        work, code = row.work, safe(row.work.code)
        box = (
            f'<td class="select"><label class="check"><input type="checkbox" name="chon" form="bulk"'
            f' value="{work.key}:{work.version}"><span class="hidden-text">{self._choose} {code}'
            "</span></label></td>"
            if self._has_boxes and work.act != WAIT
            else '<td class="select"></td>'
            if self._has_boxes
            else ""
        )
        waits = f'<span class="sub num">{row.waits}</span>' if row.waits else ""
        agency = f'<span class="sub">{_said(row.agency)}</span>' if row.agency else ""
        applicant = (
            f'{_said(work.applicant_name)}<span class="sub">{_said(work.address)}</span>'
            if work.applicant
            else ""
        )
        return (
            f"<tr{_CLASSES.get(row.pace.state, '')}>{box}"
            f'<td>{pill(row.pace.state, row.pace.text)}<span class="sub num">{row.when}</span></td>'
            f'<td><a href="{row.href}">{_said(row.title)}</a><span class="sub num">{code}</span></td>'
            f'<td data-l="{self._applicant}">{applicant}</td>'
            f'<td data-l="{self._received}" class="num">{row.received}</td>'
            f'<td data-l="{self._step}">{_said(row.step)}{waits}{agency}</td>'
            f'<td data-l="{self._officer}">{self._held(row, code)}</td></tr>\n'
        )

    def _held(self, row: QueueRow, code: str) -> str:
        """Who holds the work, or that nobody does and how to take it."""
        if row.work.person:
            return _said(row.work.person_name)
        nobody = f'<span class="muted">{self._nobody}</span>'
        if not row.take:
            return nobody
        return (
            f'{nobody}<form method="post" action="{row.take}">{self._token}'
            f'<input type="hidden" name="version" value="{row.work.version}">'
            f'<button class="button button--link">{self._take}'
            f'<span class="hidden-text"> {code}</span></button></form>'
        )


def _said(text: object) -> str:
    """What people wrote, escaped, and marked as Vietnamese on an English page."""
    return safe(marked(text))
