"""What anyone who holds a printed paper of a dossier is told of it (kiểm chứng giấy tờ)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.dossiers.models import Dossier, State
from tinhso.dossiers.printing import book
from tinhso.dossiers.printing.papers import FORMS, Form, applicant_number, marks
from tinhso.dossiers.queries.book import entered
from tinhso.kernel.identifiers import read_number
from tinhso.ui import formatting, verifying
from tinhso.ui.verifying import Telling

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from tinhso.dossiers.models.legal import LegalRow


RECEIPT_KIND = "01"
ENDED = (State.CANCELLED, State.WITHDRAWN, State.STOPPED)


def register() -> None:
    """Every form of a dossier can be verified."""
    for form in FORMS.values():
        verifying.register(form.kind, partial(told, form))
    verifying.register(book.KIND, told_book)


def told_book(key: str) -> Telling | None:
    """What a printed book says of itself by its sealed key, and whether its days hold other dossiers since.

    Dossiers are told apart by their numbers alone: what else a line says may have changed.
    """
    printed = book.PrintedBook.of_key(key)
    return Telling(
        title=_("Sổ theo dõi hồ sơ"),
        issuer=names_of({printed.desk}, day_of(printed.at)).get(printed.desk, ""),
        issued_at=printed.at,
        facts=[
            (_("Từ ngày"), formatting.day(printed.since)),
            (_("Đến ngày"), formatting.day(printed.until)),
            (_("Số hồ sơ trong bản in"), str(printed.lines)),
            (_("In lúc"), formatting.moment(printed.at)),
        ],
        marks=book.marks(printed.at),
        warning=_changed(printed),
    )


def _changed(printed: book.PrintedBook) -> str:
    """Whether the days of a book hold other dossiers than it had lines, or others as many."""
    entries = entered(printed.desk, since=printed.since, until=printed.until)
    now = entries.count()
    if now != printed.lines:
        return _("Nay quầy có %(n)s hồ sơ trong những ngày này.") % {"n": now}
    if not printed.digest:
        return ""
    numbers = (number or "" for number in entries.values_list("number", flat=True))
    if book.digest_of(numbers) == printed.digest:
        return ""
    return _("Những ngày này nay có hồ sơ khác với bản in.")


def told(form: Form, key: str) -> Telling | None:
    """What the records say of the paper with that key (reference and ordinal), or None when there is none."""
    reference, _dot, ordinal = key.partition(".")
    found = Dossier.objects.select_related("applicant", "procedure__procedure").filter(
        reference=reference
    )
    dossier = found.first()
    place = read_number(ordinal)
    if dossier is None or place is None:
        return None
    rows = list(form.rows(dossier))
    if not 0 < place <= len(rows):
        return None
    row = rows[place - 1]
    desk = dossier.receiving_agency_id
    return Telling(
        title=form.label,
        issuer=names_of({desk}, day_of(row.at)).get(desk, ""),
        issued_at=row.at,
        facts=_facts(dossier, form, row),
        # The person's number may be corrected later: that makes no paper a false one.
        marks={name: mark for name, mark in marks(dossier, form, row).items() if name != "dd"},
        warning=_warning(dossier, form, rows, row),
        follow=reference,
    )


def _facts(dossier: Dossier, form: Form, row: LegalRow) -> list[tuple[StrOrPromise, str]]:
    until = form.until(row)
    facts: list[tuple[StrOrPromise, str]] = [
        (_("Mã hồ sơ"), str(dossier)),
        (_("Thủ tục"), f"{dossier.procedure.procedure.name} ({dossier.procedure.procedure.code})"),
        (_("Số định danh, mã số thuế của người nộp"), applicant_number(dossier)),
        (_("Cấp lúc"), formatting.moment(row.at)),
    ]
    if until is not None:
        facts.append((_("Hạn ghi trên giấy"), formatting.day(until)))
    return facts


def _warning(dossier: Dossier, form: Form, rows: list[LegalRow], row: LegalRow) -> str:
    """Why a genuine paper no longer says how things stand."""
    if row is not rows[-1]:
        return _("Đã có giấy cùng loại cấp sau giấy này.")
    state = State(dossier.state)
    if state in ENDED and form.kind == RECEIPT_KIND:
        return _("Hồ sơ nay ở trạng thái: %(state)s.") % {"state": state.label}
    if form.kind == RECEIPT_KIND and form.until(row) != dossier.due_at:
        return _("Ngày hẹn trả đã được tính lại sau khi cấp giấy này; mở trang tra cứu để xem.")
    return ""
