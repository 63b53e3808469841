"""How deliveries in the log are named on the auditor's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tinhso.datasets import catalogue
from tinhso.datasets.models import Delivery

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID


def subjects_called(keys: Collection[UUID]) -> dict[UUID, str]:
    """Deliveries by their data set and period."""
    known = catalogue.in_force()
    found = Delivery.objects.filter(uuid__in=keys)
    told = found.values_list("uuid", "instalment__dataset", "instalment__period")
    return {
        key: _("Giao %(dataset)s, kỳ %(period)s")
        % {"dataset": known[code].title if code in known else code, "period": period}
        for key, code, period in told
    }
