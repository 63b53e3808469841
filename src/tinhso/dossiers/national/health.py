"""What the health page asks of the exchange with the national portal."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhso.dossiers.models.national import NationalMessage
from tinhso.kernel.health import Health, HealthCheck, State


def _unsent() -> Health:
    if not settings.NATIONAL_URL:
        return Health(State.OK, _("Chưa đặt Cổng quốc gia (TINHSO_NATIONAL_URL): không đồng bộ."))
    refused = NationalMessage.objects.refused().count()
    waiting = NationalMessage.objects.unsent().count() - refused
    failing = NationalMessage.objects.unsent().exclude(reason="").exists()
    sentence = _("Tin chờ gửi: {waiting}; bị Cổng từ chối: {refused}.")
    state = State.WARNING if failing else State.OK
    return Health(state, sentence.format(waiting=waiting, refused=refused), waiting + refused)


UNSENT = HealthCheck("dossiers.national", gettext_lazy("Đồng bộ Cổng quốc gia"), _unsent)
