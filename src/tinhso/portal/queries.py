"""What the citizens' pages ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Max, Q

from tinhso.agencies.models import AgencyKind
from tinhso.agencies.queries import descendants, directory
from tinhso.dossiers.models import Dossier, Draft, ProcedureVersion
from tinhso.dossiers.places import province_on
from tinhso.kernel.actors import AnonymousVisitor
from tinhso.kernel.folding import alphabetical
from tinhso.kernel.identifiers import read_codes, read_reference
from tinhso.parties.identity import read_personal_id, read_tax_code
from tinhso.parties.queries import stood_for

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from tinhso.agencies.models import AgencyPeriod
    from tinhso.kernel.actors import Actor

LONGEST_SEARCH = 200
MOST_BEGUN = 5
VISITOR = AnonymousVisitor().key


def most_used(day: date, *, limit: int) -> list[int]:
    """Keys of the versions in force under which most dossiers were filed, the most used first."""
    counted = ProcedureVersion.objects.in_force(day).annotate(filed=Count("dossiers"))
    return list(counted.order_by("-filed", "procedure__name").values_list("pk", flat=True)[:limit])


def latest_version() -> int:
    """The key of the version published last: while it stays, so do the versions in force on a day."""
    return ProcedureVersion.objects.aggregate(latest=Max("pk"))["latest"] or 0


def versions(keys: Collection[int]) -> list[ProcedureVersion]:
    """The versions with their names, in the order of the keys."""
    found = ProcedureVersion.objects.select_related("procedure").in_bulk(list(keys))
    return [found[key] for key in keys if key in found]


def communes(day: date, *, search: str = "") -> list[AgencyPeriod]:
    """Communes, wards and special zones of the province on that day, by name; `search` needs no accents."""
    here = descendants(province_on(day).pk, day)
    found = directory(day, search=search[:LONGEST_SEARCH], kind=AgencyKind.COMMUNE)
    return sorted(found.filter(agency__in=here), key=lambda period: alphabetical(period.name))


def by_pair(code: str, identity: str) -> Dossier | None:
    """The dossier of that code, if its applicant has that personal ID or tax code; never one without the other."""
    personal_id = read_personal_id(identity)
    number = personal_id.value if personal_id else read_tax_code(identity)
    if number is None:
        return None
    applicant = Q(applicant__personal_id=number) | Q(applicant__tax_code=number)
    return Dossier.objects.filter(_named(code), applicant).first()


def known_by_code(code: str, *, actor: Actor, proved: Collection[UUID]) -> Dossier | None:
    """The dossier of that code among those that the person may see already."""
    mine = Q(uuid__in=proved) | Q(applicant__in=stood_for(actor))
    return Dossier.objects.filter(_named(code), mine).first()


def _named(code: str) -> Q:
    reference = read_reference(code)
    if reference is not None:
        return Q(reference=reference)
    return Q(number__in=read_codes(code))


def own_dossiers(actor: Actor, *, at: datetime) -> QuerySet[Dossier]:
    """The dossiers of the actor's own party and of those joined to it, the newest first."""
    found = Dossier.objects.visible_to(actor, at=at)
    if actor.party is None:  # an officer sees by office what is not theirs
        found = found.none()
    return found.select_related("procedure__procedure").order_by("-submitted_at", "-pk")


def begun(code: str, actor: Actor) -> list[Draft]:
    """What an account has begun of a procedure and not handed in; of visitors nothing is known."""
    if actor.key == VISITOR:
        return []
    return list(
        own_drafts(actor).filter(procedure__procedure__code=code, intake__isnull=True)[:MOST_BEGUN]
    )


def own_drafts(actor: Actor) -> QuerySet[Draft]:
    """What the actor has begun and not handed in, the latest first."""
    found = Draft.objects.filter(owner=actor.key).select_related("procedure__procedure")
    return found.order_by("-saved_at")
