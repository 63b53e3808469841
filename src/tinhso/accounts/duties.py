"""People as papers name them (họ tên, chức vụ, cơ quan): with the post, else the role, held when they acted."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from uuid import UUID

from tinhso.accounts.models import Grant, Holding
from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.events.naming import names_of as people_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime


Mark = tuple[str, "datetime"]
"""Who acted (key of the actor), and when."""
_PREFIX = "user:"


def signed(marks: Collection[Mark]) -> dict[Mark, str]:
    """Each of the marks as "Hoa, Giám đốc, Sở Y tế"; the name alone where nothing was held. Three questions in all."""
    names = people_of(key for key, _at in marks)
    users = {UUID(key.removeprefix(_PREFIX)) for key, _at in marks if key.startswith(_PREFIX)}
    if not users:
        return {mark: names[mark[0]] for mark in marks}
    held: dict[str, list[tuple[Holding | Grant, str, int]]] = defaultdict(list)
    posts = Holding.objects.filter(user__uuid__in=users).select_related("post", "user")
    for one in posts.order_by("since", "pk"):
        held[f"{_PREFIX}{one.user.uuid}"].append((one, one.post.title, one.post.agency_id))
    roles = Grant.objects.filter(user__uuid__in=users, agency__isnull=False)
    for given in roles.select_related("role", "user").order_by("since", "pk"):
        key = f"{_PREFIX}{given.user.uuid}"
        held[key].append((given, given.role.title, given.agency_id or 0))
    last = max(day_of(at) for _key, at in marks)
    places = names_of({agency for each in held.values() for *_, agency in each}, last)
    return {
        (key, at): ", ".join([names[key], *_duty(held[key], day_of(at), places)])
        for key, at in marks
    }


def _duty(
    held: list[tuple[Holding | Grant, str, int]], on: date, places: dict[int, str]
) -> list[str]:
    """The post of that day with its agency, else the role; the one taken up last."""
    there = [one for one in held if one[0].since <= on and (not one[0].until or on < one[0].until)]
    if not there:
        return []
    best = [one for one in there if isinstance(one[0], Holding)] or there
    _row, title, agency = best[-1]
    return [title, places.get(agency, "")]
