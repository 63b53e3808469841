"""Lists as files (kết xuất): CSV sent line by line, or a spreadsheet; every cell is text: nothing is worked out."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language, override

CSV, XLSX = "csv", "xlsx"
FORMS = (CSV, XLSX)
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""With which a spreadsheet begins to work things out; such a cell of a CSV gets an apostrophe before it."""
WIDTH, LONGEST_TITLE = 22, 31
_NOT_IN_TITLES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))

Lines = Iterable[Sequence[str]]


class _Echo:
    """What a CSV writer writes to: gives each line back."""

    def write(self, line: str) -> str:
        return line


def answer(form: str, name: str, title: str, lines: Lines) -> HttpResponseBase:
    """The lines as a file called `name`, the first of them the heads of the columns; `form` is one of `FORMS`."""
    if form == XLSX:
        return FileResponse(
            spreadsheet(title, lines),
            as_attachment=True,
            filename=f"{name}.xlsx",
            content_type=XLSX_TYPE,
        )
    return StreamingHttpResponse(
        written(lines, get_language() or "vi"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def written(lines: Lines, language: str) -> Iterator[str]:
    """CSV line by line; it begins with the mark by which spreadsheets know UTF-8."""
    writer = csv.writer(_Echo())
    with override(language):
        yield "\ufeff"
        for line in lines:
            yield str(writer.writerow([safe(cell) for cell in line]))


def safe(cell: str) -> str:
    """The cell, such that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def spreadsheet(title: str, lines: Lines) -> IO[bytes]:
    """The file, written to disk line by line; whoever sends it closes it."""
    import xlsxwriter  # noqa: PLC0415  (heavy: only who saves a list pays for it)

    out = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet(title.translate(_NOT_IN_TITLES)[:LONGEST_TITLE])
        bold = book.add_format({"bold": True})
        for number, line in enumerate(lines):
            for column, cell in enumerate(line):
                sheet.write_string(number, column, cell, None if number else bold)
        sheet.set_column(0, 30, WIDTH)
        sheet.freeze_panes(1, 0)
    out.seek(0)
    return out
