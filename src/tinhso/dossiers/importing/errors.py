"""Why an event log (nhật ký sự kiện) is refused, each by name; nothing is half imported."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import Invalid


class LogRefused(Invalid):
    """A log or its map cannot be read: `file` and `where` (line, byte or ordinal) say the place."""

    code = "dossiers.log_refused"
    message = _("{file}: {where}: không đọc được.")

    def __init__(self, *, file: str, where: str, **details: Any) -> None:
        super().__init__(file=file, where=where, **details)


class LogMissing(LogRefused):
    """There is no such file, or it may not be read."""

    code = "dossiers.log_missing"
    message = _("{file}: không mở được tệp ({reason}).")


class LogFormatUnknown(LogRefused):
    """Neither XES nor CSV, compressed or not."""

    code = "dossiers.log_format_unknown"
    message = _("{file}: {where}: không phải XES hay CSV (nhận .xes, .csv, có thể nén .gz).")


class LogNotGzip(LogRefused):
    """The name says .gz, the content does not."""

    code = "dossiers.log_not_gzip"
    message = _("{file}: {where}: tên tệp là .gz nhưng nội dung không nén gzip.")


class LogCompressionBroken(LogRefused):
    """The compressed content ends early or is damaged."""

    code = "dossiers.log_compression_broken"
    message = _("{file}: {where}: tệp nén gzip bị cụt hoặc hỏng.")


class LogXmlBroken(LogRefused):
    """The XML is not well formed, or a part of it is larger than any log needs."""

    code = "dossiers.log_xml_broken"
    message = _("{file}: {where}: XML hỏng ({reason}).")


class LogDeclaresEntities(LogRefused):
    """A DOCTYPE can make a small file endless; a log needs none."""

    code = "dossiers.log_declares_entities"
    message = _("{file}: {where}: không nhận XML có khai báo DOCTYPE.")


class LogTextUnreadable(LogRefused):
    """The text is not UTF-8."""

    code = "dossiers.log_text_unreadable"
    message = _(
        "{file}: {where}: văn bản không phải UTF-8, hãy lưu lại thành UTF-8"
        " (trong Excel: “CSV UTF-8”)."
    )


class LogRowBroken(LogRefused):
    """A line of CSV that has not the columns of the heading, or is longer than any log needs."""

    code = "dossiers.log_row_broken"
    message = _("{file}: {where}: dòng CSV hỏng ({reason}).")


class LogColumnMissing(LogRefused):
    """A column (CSV) or attribute (XES) that is needed, or that the map names, is not there."""

    code = "dossiers.log_column_missing"
    message = _("{file}: {where}: không có cột hay thuộc tính {column} ({purpose}).")


class LogColumnRepeated(LogRefused):
    """Two columns carry the name of one that is read: which of them is meant cannot be known."""

    code = "dossiers.log_column_repeated"
    message = _(
        "{file}: {where}: các cột thứ {numbers} cùng tên «{column}» ({purpose}), không biết lấy cột nào;"
        " hãy đổi tên cột không dùng."
    )


class LogCasesKnown(LogRefused):
    """Cases that an earlier batch, not undone, brought to the same agency as of the same procedure."""

    code = "dossiers.log_cases_known"
    message = _(
        "{file}: {count} hồ sơ đã được nhập cho cơ quan và thủ tục này: {cases} (đợt {batch}). Không nhập gì."
        " Tệp mới chứa cả đợt ấy thì hủy đợt ấy trước (./tinhso import-log --undo {batch}), rồi nhập lại;"
        " không thì bỏ các hồ sơ ấy khỏi tệp."
    )


class LogValueMissing(LogRefused):
    """An event without its case, activity or time."""

    code = "dossiers.log_value_missing"
    message = _("{file}: {where}: thiếu {purpose} ({column}).")


class LogTimeUnreadable(LogRefused):
    """A time that is neither ISO 8601 nor of the form that the map gives."""

    code = "dossiers.log_time_unreadable"
    message = _("{file}: {where}: không đọc được thời điểm «{value}» ({column}).")


class LogCaseRepeated(LogRefused):
    """Two traces of one XES file carry the same case."""

    code = "dossiers.log_case_repeated"
    message = _("{file}: {where}: hồ sơ «{case}» xuất hiện hai lần.")


class LogEmpty(LogRefused):
    """There is no event: a heading alone, or a log without traces."""

    code = "dossiers.log_empty"
    message = _("{file}: không có sự kiện nào (tệp chỉ có phần đầu).")


class LogFileEmpty(LogEmpty):
    """There is nothing in the file."""

    code = "dossiers.log_file_empty"
    message = _("{file}: tệp rỗng, không có gì để đọc.")


class LogMapInvalid(LogRefused):
    """The map is not the YAML that it should be."""

    code = "dossiers.log_map_invalid"
    message = _("{file}: {where}: {reason}.")


class LogValueUnfit(LogRefused):
    """A code of a case longer than any real one, or a value with a character that cannot be stored (NUL)."""

    code = "dossiers.log_value_unfit"
    message = _(
        "{file}: {where}: không lưu được {purpose} (mã dài quá {limit} ký tự, hoặc có ký tự NUL)."
    )
