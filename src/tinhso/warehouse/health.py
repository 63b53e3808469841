"""What the health page asks of the warehouse."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhso.kernel.health import Health, HealthCheck, State
from tinhso.warehouse import declaring, files, syncing
from tinhso.warehouse.models import FactFile

LAGGING = 20_000  # places of the log behind, beyond which figures are old


def _ask() -> Health:
    worst = 0
    for code in declaring.registry:
        snapshot = syncing.newest(code)
        if snapshot is None:
            return Health(State.WARNING, _("Kho số liệu chưa được dựng."))
        if files.missing(FactFile.objects.of(snapshot)):
            return Health(State.WARNING, _("Kho số liệu thiếu tệp; đang dựng lại."))
        worst = max(worst, syncing.behind(code))
    state = State.WARNING if worst > LAGGING else State.OK
    return Health(state, _("Kho số liệu sau nhật ký %(n)s sự kiện.") % {"n": worst}, worst)


LAG = HealthCheck("warehouse.lag", gettext_lazy("Kho số liệu"), _ask)
