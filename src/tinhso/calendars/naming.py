"""How calendars and their versions in the log are named on the auditor's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tinhso.calendars.models import Calendar

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID


def versions_named(keys: Collection[str]) -> dict[str, str]:
    """A version by which a due date was counted (`province@2+ward@1`), by the names of its calendars."""
    names = dict(Calendar.objects.values_list("code", "name"))
    return {key: "; ".join(_named(part, names) for part in key.split("+")) for key in keys}


def calendars_called(keys: Collection[UUID]) -> dict[UUID, str]:
    """The names of calendars."""
    return dict(Calendar.objects.filter(uuid__in=keys).values_list("uuid", "name"))


def _named(part: str, names: dict[str, str]) -> str:
    code, _at, version = part.partition("@")
    name = names.get(code, code)
    return _("%(name)s, bản %(version)s") % {"name": name, "version": version} if version else name
