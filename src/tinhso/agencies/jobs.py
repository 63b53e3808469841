"""The loop of this app: what came to an agency between the act of a reform and its day goes where the rest went."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.agencies.services import move_what_came_since
from tinhso.calendars import clock
from tinhso.kernel.actors import SystemActor
from tinhso.kernel.loops import Loop

MOVER = SystemActor("reforms")


def follow_reforms() -> bool:
    """Move what came since to those who follow."""
    move_what_came_since(actor=MOVER, at=clock.now())
    return False


FOLLOW_REFORMS = Loop("agencies.reforms", _("Chuyển việc đến sau khi sắp xếp"), 600, follow_reforms)
