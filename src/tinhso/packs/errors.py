"""What can be refused when a pack is applied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import Conflict, Invalid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tinhso.packs.sources import Problem


class PacksInvalid(Invalid):
    """The folder does not pass the check; every problem is named, nothing was applied."""

    code = "packs.invalid"
    message = _("Gói nghiệp vụ có {count} lỗi, chưa áp dụng gì.")

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        by_file: dict[str, list[str]] = {}
        for problem in problems:
            by_file.setdefault(problem.file, []).append(str(problem))
        super().__init__(by_file, count=len(problems))


class PublishedPackChanged(Conflict):
    """The folder says something else than the version that was published under this number."""

    code = "packs.published_pack_changed"
    message = _("Gói “{pack}” bản {version} đã công bố, nội dung đã khác: hãy tăng số bản.")


class PublishedEntryChanged(Conflict):
    """An entry has other content than the version that was published under this number."""

    code = "packs.published_entry_changed"
    message = _(
        "{kind} “{entry}” bản {version} đã công bố, nội dung đã khác: hãy tăng số bản của mục này."
    )


class VersionLowered(Conflict):
    """A version lower than the published one cannot be applied."""

    code = "packs.version_lowered"
    message = _("Gói “{pack}” đang dùng bản {published}, không áp dụng lùi về bản {version}.")


class PublishedEntryGone(Conflict):
    """What was published is ended by a day in its content, not by deleting its file."""

    code = "packs.published_entry_gone"
    message = _("{kind} “{entry}” đã công bố nhưng không còn trong gói “{pack}”: không xóa tệp.")
