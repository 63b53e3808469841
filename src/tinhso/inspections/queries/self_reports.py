"""What the unit said of itself before the visit (đơn vị tự báo cáo), as it stands now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.inspections.models import SelfReport

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tinhso.inspections.models import Inspection, Item


def standing_of(items: Iterable[Item]) -> dict[int, SelfReport]:
    """What stands of each criterion, by its key; one that was emptied says nothing."""
    rows = SelfReport.objects.filter(item__in=list(items))
    newest = {row.item_id: row for row in rows.order_by("pk")}
    return {key: row for key, row in newest.items() if row.judgement or row.text}


def version_of(inspection: Inspection) -> int:
    """How often something was said: a page that is older than that overwrites nothing."""
    return SelfReport.objects.filter(item__inspection=inspection).count()
