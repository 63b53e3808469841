"""Dossiers brought to the desk on paper."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tinhso.dossiers import services
from tinhso.dossiers.models import Channel
from tinhso.dossiers.plans.bringing import Bringing
from tinhso.dossiers.tests.factories import AT, MARRIAGE, application

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.dossiers.models import Dossier
    from tinhso.dossiers.tests.factories import Desk


def brought(desk: Desk, *, channel: Channel = Channel.COUNTER, at: datetime = AT) -> Dossier:
    """A dossier that came to the commune by that way and was received at its desk."""
    ready = application(MARRIAGE, agency=desk.commune, channel=channel)
    if channel is Channel.COUNTER:
        ready = replace(ready, bringing=Bringing(desk=desk.commune.pk))
    handed = services.submit(ready, actor=desk.clerk, at=at)
    return services.receive(handed.uuid, actor=desk.clerk, at=at)
