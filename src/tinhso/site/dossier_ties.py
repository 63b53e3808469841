"""A task tied to dossiers (gắn với hồ sơ): named ones, or all that the lead received in some days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tinhso.agencies.queries import descendants, heir, inherited, name_of
from tinhso.calendars.clock import day_of, instant
from tinhso.dossiers.models import Dossier, Procedure, State
from tinhso.kernel.identifiers import read_codes
from tinhso.tasks.errors import TieInvalid
from tinhso.tasks.ties import KINDS, Facts, Standing
from tinhso.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.db.models import QuerySet

    from tinhso.kernel.actors import Actor
    from tinhso.tasks.models import Task

MOST, NAMED = 200, 5
"""So many dossiers can be named at once; so many of those that lack are shown."""
WAITING = [state for state in State if state.is_open and state is not State.DECIDED]


class DossierTieForm(forms.Form):
    """The numbers of dossiers, or the days in which the lead received them."""

    numbers = forms.CharField(
        label=gettext_lazy("Mã hồ sơ, mỗi dòng một mã"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    first = forms.DateField(
        label=gettext_lazy("Hoặc mọi hồ sơ cơ quan chủ trì tiếp nhận từ ngày"),
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        required=False,
    )
    last = forms.DateField(
        label=gettext_lazy("Đến ngày"),
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        required=False,
    )
    procedure = forms.CharField(
        label=gettext_lazy("Chỉ của thủ tục (mã)"), max_length=60, required=False
    )


class DossierTie:
    """Counted from the dossiers as they stand."""

    slug = "gan-ho-so"
    label = gettext_lazy("Gắn với hồ sơ")
    form = DossierTieForm

    def begin(self, task: Task, on: date) -> Mapping[str, tuple[Any, Any]]:
        """Nothing to choose from."""
        del task, on
        return {"numbers": (None, "")}

    def checked(self, given: Mapping[str, Any], task: Task, *, actor: Actor, at: datetime) -> Facts:
        """Every number is a dossier that the actor may see; else both days, and a procedure that there is."""
        if typed := str(given.get("numbers", "")).split("\n"):
            named = [line.strip() for line in typed if line.strip()]
            if named:
                return {"dossiers": _named(named, actor, at)}
        procedure = str(given.get("procedure", "")).strip()
        try:
            first, last = (
                date.fromisoformat(str(given.get(name, ""))) for name in ("first", "last")
            )
        except ValueError:
            raise TieInvalid from None
        if last < first or (procedure and not Procedure.objects.filter(code=procedure).exists()):
            raise TieInvalid
        return {
            "agency": task.lead_id,
            "first": first.isoformat(),
            "last": last.isoformat(),
            "procedure": procedure,
        }

    def title(self, facts: Facts, on: date) -> str:
        """How many dossiers, or of whom from when to when."""
        if "dossiers" in facts:
            many = len(facts["dossiers"])
            return ngettext("%(n)s hồ sơ nêu tên", "%(n)s hồ sơ nêu tên", many) % {
                "n": formatting.number(many)
            }
        words = _("Hồ sơ %(agency)s tiếp nhận %(first)s-%(last)s") % {
            "agency": name_of(heir(facts["agency"], on), on),
            "first": formatting.day(date.fromisoformat(facts["first"])),
            "last": formatting.day(date.fromisoformat(facts["last"])),
        }
        return f"{words} · {facts['procedure']}" if facts["procedure"] else words

    def wanted(self, facts: Facts) -> str:
        """All of them."""
        del facts
        return _("giải quyết xong tất cả")

    def read(self, facts: Facts, at: datetime) -> Standing | None:
        """Those that were settled of all; none at all is no figure."""
        found = _dossiers(facts, at)
        told = found.aggregate(whole=Count("pk"), open=Count("pk", filter=Q(state__in=WAITING)))
        if not told["whole"]:
            return None
        settled = told["whole"] - told["open"]
        is_over = "dossiers" in facts or day_of(at) > date.fromisoformat(facts["last"])
        rest = found.filter(state__in=WAITING).exclude(number=None).order_by("due_at", "pk")
        return Standing(
            value=_("%(share)s%% đã xong") % {"share": 100 * settled // told["whole"]},
            is_reached=is_over and not told["open"],
            numerator=settled,
            denominator=told["whole"],
            address=_address(facts),
            rest=[
                (str(number), reverse("dossiers:dossier", args=[key]))
                for number, key in rest.values_list("number", "uuid")[:NAMED]
            ],
        )


def _named(typed: list[str], actor: Actor, at: datetime) -> list[str]:
    if len(typed) > MOST:
        raise TieInvalid
    seen = Dossier.objects.visible_to(actor, at=at)
    found = [seen.filter(number__in=read_codes(line)).first() for line in typed]
    if any(one is None for one in found):
        raise TieInvalid
    return list(dict.fromkeys(str(one.uuid) for one in found if one))


def _dossiers(facts: Facts, at: datetime) -> QuerySet[Dossier]:
    if "dossiers" in facts:
        return Dossier.objects.filter(uuid__in=facts["dossiers"])
    on = day_of(at)
    below = descendants(heir(facts["agency"], on), on)
    first, last = (date.fromisoformat(facts[name]) for name in ("first", "last"))
    found = Dossier.objects.filter(
        competent_agency__in=below | inherited(below, on),
        received_at__gte=instant(first, 0),
        received_at__lt=instant(last + timedelta(days=1), 0),
    )
    if facts["procedure"]:
        found = found.filter(procedure__procedure__code=facts["procedure"])
    return found


def _address(facts: Facts) -> str:
    """The queue of what of them is still to do."""
    if "dossiers" in facts:
        return ""
    query = {"tu": facts["first"], "den": facts["last"], "co-quan": facts["agency"]}
    return f"{reverse('dossiers:queue')}?{urlencode(query | {'thu-tuc': facts['procedure']})}"


def register() -> None:
    """Let tasks be tied to dossiers; called from the AppConfig."""
    KINDS.register("dossiers", DOSSIERS)


DOSSIERS = DossierTie()
