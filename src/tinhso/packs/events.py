"""What this app records."""

from django.utils.translation import gettext_lazy as _

from tinhso.events.kinds import EventKind

APPLIED = EventKind(
    "packs.applied",
    _("Áp dụng gói nghiệp vụ"),
    {"pack": "code", "version": "code", "entries": "integer"},
)
