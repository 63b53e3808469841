"""What the address of a list of tasks chooses (bộ lọc): view, lead, group, follower, notice, day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from tinhso.kernel.days import day_in
from tinhso.tasks.queries.tasks import LATE, NOBODY, SOON_DUE, narrowed
from tinhso.ui.components import Tab

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.http import QueryDict

    from tinhso.tasks.models.tasks import TaskQuerySet


@dataclass(frozen=True)
class Chosen:
    """The filters of a list; what the address does not name is None."""

    view: str = "dang-mo"
    lead: int | None = None
    group: str | None = None
    follower: int | None = None
    is_followed_by_nobody: bool = False
    notice: UUID | None = None
    committee: UUID | None = None
    due_on: date | None = None
    item: UUID | None = None
    period: str | None = None
    """The code of a period of recurring work; empty for what has none."""

    def of(self, tasks: TaskQuerySet) -> TaskQuerySet:
        """The tasks that the filters leave, the view aside."""
        if self.lead is not None:
            tasks = tasks.filter(lead=self.lead)
        if self.group is not None:
            tasks = tasks.filter(group="" if self.group == NOBODY else self.group)
        if self.is_followed_by_nobody:
            tasks = tasks.filter(follower=None)
        elif self.follower is not None:
            tasks = tasks.filter(follower=self.follower)
        if self.notice is not None:
            tasks = tasks.filter(notice__uuid=self.notice)
        if self.committee is not None:
            tasks = tasks.filter(notice__committee__uuid=self.committee)
        if self.item is not None:
            tasks = tasks.filter(item=self.item)
        if self.period is not None:
            tasks = tasks.filter(period=self.period)
        if self.due_on is not None:
            tasks = tasks.filter(deadline_on=self.due_on)
        return tasks

    def viewed(self, tasks: TaskQuerySet, on: date) -> TaskQuerySet:
        """The tasks that the filters and the view leave."""
        return narrowed(self.of(tasks), self.view, on)


def chosen_in(query: QueryDict) -> Chosen:
    """The filters that an address says; what cannot be read chooses nothing. Raises `DayUnreadable`."""
    follower = query.get("nguoi", "")
    return Chosen(
        view=query.get("xem", "dang-mo"),
        lead=_key(query.get("co-quan", "")),
        group=query.get("nhom") or None,
        follower=_key(follower),
        is_followed_by_nobody=follower == NOBODY,
        notice=_uuid(query.get("van-ban", "")),
        committee=_uuid(query.get("ban", "")),
        due_on=day_in(query),
        item=_uuid(query.get("muc", "")),
        period=query.get("ky"),
    )


def _uuid(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None


def _key(said: str) -> int | None:
    return int(said) if said.isdecimal() and len(said) < 12 else None  # noqa: PLR2004


def tabs(
    found: Mapping[str, int | None], chosen: Chosen, query: QueryDict, *views: str
) -> list[Tab]:
    """The views of a list with how many each holds, other filters kept."""
    labels = {
        "dang-mo": _("Đang mở"),
        LATE: _("Quá hạn"),
        SOON_DUE: _("Sắp đến hạn"),
        "cho-nhan": _("Chờ nhận"),
        "dang-lam": _("Đang thực hiện"),
        "tra-lai": _("Trả lại"),
        "cho-xac-nhan": _("Chờ xác nhận"),
        "hoan-thanh": _("Hoàn thành"),
    }
    made = []
    for view in views:
        address = query.copy()
        address["xem"] = view
        address.pop("trang", None)
        made.append(
            Tab(
                labels[view],
                f"?{address.urlencode()}",
                found[view],
                {LATE: "late", SOON_DUE: "near"}.get(view, "") if found[view] else "",  # type: ignore[arg-type]
                is_current=view == chosen.view,
            )
        )
    return made
