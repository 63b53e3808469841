"""What a person's own store shows: results with their validity and uses, and the reads of their data in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tinhso.accounts.queries import agencies_of
from tinhso.agencies.queries import names_of
from tinhso.dossiers.models import Dossier, PaperConfirmation, Result
from tinhso.dossiers.queries.holding import results_of
from tinhso.events.models import Event
from tinhso.parties.models import Party
from tinhso.parties.queries import stood_for

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

    from tinhso.kernel.actors import Actor

PURPOSES = {
    "dossier": _("Xem hồ sơ để giải quyết"),
    "supplement": _("Nhận giấy tờ bổ sung"),
    "look_up": _("Tra cứu hồ sơ bằng mã"),
    "match": _("Đối chiếu khi tiếp nhận tại quầy"),
    "intake": _("Tiếp nhận hồ sơ tại quầy"),
    "join": _("Kết nối tài khoản tại quầy"),
    "joinings": _("Xem các kết nối tài khoản"),
    "arrived": _("Xem lại hồ sơ đã nộp"),
    "book": _("Xem sổ theo dõi hồ sơ"),
    "queue": _("Xem danh sách việc chờ xử lý"),
    "printing": _("In giấy tờ của hồ sơ"),
    "correction": _("Sửa thông tin hồ sơ"),
    "withdrawal": _("Rút hồ sơ"),
    "voice": _("Phản ánh, đánh giá"),
    "result": _("Tải kết quả"),
    "national_portal": _("Gửi Cổng Dịch vụ công quốc gia"),
    "relay": _("Gửi Cổng Dịch vụ công quốc gia"),
    "download": _("Tải tệp giấy tờ, kết quả"),
    "preview": _("Xem ảnh giấy tờ"),
}
"""For what personal data was read, in words, by the code in the log."""


@dataclass(frozen=True)
class Kept:
    """A result as its holder sees it; `uses` are the dossiers where it served as a paper."""

    result: Result
    agency: str
    is_valid: bool
    uses: list[Dossier]


@dataclass(frozen=True)
class Read:
    """One read: when, by which agency or system, for what."""

    at: datetime
    who: StrOrPromise
    purpose: StrOrPromise


def own_results(actor: Actor) -> QuerySet[Result]:
    """The results that were handed over to the person or to those joined to their account."""
    return results_of(stood_for(actor))


def shown(results: Iterable[Result], *, on: date) -> list[Kept]:
    """Results with issuer, validity on the day, and uses."""
    known = list(results)
    issuers = {row.pk: row.agency_id or row.dossier.competent_agency_id for row in known}
    names = names_of(set(issuers.values()), on)
    used: dict[object, list[Dossier]] = {}
    served = PaperConfirmation.objects.filter(result__in=known).order_by("-at")
    for one in served.select_related("dossier__procedure__procedure"):
        used.setdefault(one.result_id, []).append(one.dossier)
    return [
        Kept(
            result=row,
            agency=names.get(issuers[row.pk], ""),
            is_valid=row.valid_until is None or row.valid_until >= on,
            uses=used.get(row.pk, []),
        )
        for row in known
    ]


def reads_of_own(actor: Actor) -> QuerySet[Event]:
    """Reads of the person's data and of the files of their dossiers by others, the latest first."""
    parties = stood_for(actor)
    keys = [str(key) for key in Party.objects.filter(pk__in=parties).values_list("uuid", flat=True)]
    of_person = Q(pk__in=[])
    for key in keys:
        of_person |= Q(kind="parties.read", payload__parties__contains=[key])
    dossiers = Dossier.objects.filter(applicant__in=parties).values_list("uuid", flat=True)
    of_files = Q(kind="files.read", subject__in=list(dossiers))
    own = [actor.key, *(f"party:{key}" for key in keys)]
    return Event.objects.filter(of_person | of_files).exclude(actor__in=own).order_by("-id")


def in_words(events: Iterable[Event], *, on: date) -> list[Read]:
    """The reads as the person is told of them: names of officers are not shown."""
    known = list(events)
    where = {event.pk: event.agency for event in known}
    posts = agencies_of({event.actor for event in known if event.agency is None}, on)
    where |= {event.pk: posts.get(event.actor) for event in known if event.agency is None}
    names = names_of({agency for agency in where.values() if agency is not None}, on)
    return [
        Read(
            at=event.at,
            who=names.get(where[event.pk] or 0) or _who(event),
            purpose=PURPOSES.get(event.payload.get("purpose", ""), _("Xử lý hồ sơ")),
        )
        for event in known
    ]


def _who(event: Event) -> StrOrPromise:
    kind = event.actor.partition(":")[0]
    return {
        "user": _("Cán bộ giải quyết hồ sơ"),
        "partner": _("Hệ thống kết nối"),
        "visitor": _("Người có mã tra cứu và số định danh của bạn"),
    }.get(kind, _("Hệ thống"))
