"""The world of the walks over all addresses: the cast, and a thing of every kind that has an address."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.test import override_settings

from tests.cast import AT, make_cast
from tests.walk_samples import make_samples
from tinhso.accounts.tests.factories import make_token
from tinhso.calendars import services as calendars
from tinhso.calendars.tests.factories import FIVE_DAYS
from tinhso.dossiers.permissions import DossierPermission
from tinhso.kernel.actors import SystemActor
from tinhso.portal.tests import ways

if TYPE_CHECKING:
    from tests.walk_samples import Samples
    from tests.walk_things import Things


@dataclass(frozen=True)
class Walk:
    """Who asks, and what they ask for."""

    things: Things
    samples: Samples


@cache
def files() -> Path:
    """Where the files of this world lie, until the process ends."""
    folder = tempfile.mkdtemp(prefix="tinhso-walk-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def make_walk() -> Walk:
    """The whole house of a demonstration, from nothing."""
    with override_settings(DEMO=True, FILES_ROOT=files()):
        calendars.found(
            code="province",
            name="Lịch của tỉnh",
            agency=None,
            week=FIVE_DAYS,
            valid_from=date(2020, 1, 1),
            actor=SystemActor("test"),
            at=AT,
        )
        cast = make_cast()
        right = DossierPermission.RELAY_NATIONAL
        make_token(cast.province, [right], secret=ways.SECRET, includes_subordinates=True)
        return Walk(*make_samples(cast))
