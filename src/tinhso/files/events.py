"""Kinds of event of files; the subject is what the file belongs to."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.events.kinds import EventKind

STORED = EventKind(
    "files.stored",
    _("Lưu tệp"),
    {
        "file": "uuid",
        "sha256": "code",
        "size": "integer",
        "content_type": "code",
        "purpose": "code",
        "subject_kind": "code",
    },
)
COPIED = EventKind(
    "files.copied",
    _("Lấy lại tệp đã có"),
    {"file": "uuid", "source": "uuid", "subject_kind": "code"},
)
DISCARDED = EventKind("files.discarded", _("Bỏ tệp"), {"file": "uuid", "subject_kind": "code"})
READ = EventKind(
    "files.read", _("Đọc tệp"), {"file": "uuid", "purpose": "code", "subject_kind": "code"}
)
