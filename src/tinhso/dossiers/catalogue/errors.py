"""Why a file of the catalogue is refused, each by name; nothing is half imported."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import Invalid, NotFound


class CatalogueRefused(Invalid):
    """A file of the catalogue cannot be read: `file` and `where` (byte, line or ordinal) say the place."""

    code = "dossiers.catalogue_refused"
    message = _("{file}: {where}: không đọc được.")

    def __init__(self, *, file: str, where: str, **details: Any) -> None:
        super().__init__(file=file, where=where, **details)


class CatalogueMissing(CatalogueRefused):
    """There is no such file or folder, or it may not be read."""

    code = "dossiers.catalogue_missing"
    message = _("{file}: không mở được ({reason}).")


class CatalogueFormatUnknown(CatalogueRefused):
    """Neither JSON nor lines of JSON, nor a folder or archive of such files."""

    code = "dossiers.catalogue_format_unknown"
    message = _(
        "{file}: {where}: không phải JSON hay JSONL (nhận .json, .jsonl, thư mục, .zip, .tar, có thể nén .gz)."
    )


class CatalogueArchiveBroken(CatalogueRefused):
    """The compressed content or the archive ends early or is damaged."""

    code = "dossiers.catalogue_archive_broken"
    message = _("{file}: {where}: tệp nén bị cụt hoặc hỏng.")


class CatalogueTextUnreadable(CatalogueRefused):
    """The text is not UTF-8."""

    code = "dossiers.catalogue_text_unreadable"
    message = _("{file}: {where}: văn bản không phải UTF-8, hãy lưu lại thành UTF-8.")


class CatalogueJsonBroken(CatalogueRefused):
    """The JSON is not well formed."""

    code = "dossiers.catalogue_json_broken"
    message = _("{file}: {where}: JSON hỏng ({reason}).")


class CatalogueTooLarge(CatalogueRefused):
    """One procedure, or the whole, is larger than any catalogue needs."""

    code = "dossiers.catalogue_too_large"
    message = _("{file}: {where}: lớn hơn mức nhận ({limit}).")


class CatalogueRecordBroken(CatalogueRefused):
    """A record without the code or the name, or that is not a procedure at all."""

    code = "dossiers.catalogue_record_broken"
    message = _("{file}: {where}: {reason}.")


class CatalogueCodeRepeated(CatalogueRefused):
    """Two records of the same code that say different things."""

    code = "dossiers.catalogue_code_repeated"
    message = _("{file}: {where}: thủ tục {procedure} xuất hiện hai lần với nội dung khác nhau.")


class CatalogueEmpty(CatalogueRefused):
    """There is no procedure in it."""

    code = "dossiers.catalogue_empty"
    message = _("{file}: không có thủ tục nào.")


class CatalogueEntryNotFound(NotFound):
    """The catalogue knows no procedure of that code."""

    code = "dossiers.catalogue_entry_not_found"
    message = _("Không có thủ tục {code} trong danh mục.")
