"""Papers (văn bản in): a typst template of ours and data as JSON, to a PDF in Tinos.

Data never becomes template text: it travels as one JSON value that the template reads, so nothing
typed by a person is ever executed. The layout of Nghị định 30/2020/NĐ-CP, Phụ lục I, is
`/ui/typ/official.typ`, imported by every template.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import typst
from django.core.serializers.json import DjangoJSONEncoder

SOURCE = Path(__file__).resolve().parents[1]
FONTS = Path(__file__).resolve().parent / "fonts"
ARCHIVAL: Final = "a-2b"  # PDF/A: opens the same in fifty years


def pdf(template_path: str | Path, data: dict[str, Any], *, at: datetime | None = None) -> bytes:
    """The paper as PDF bytes, from a template such as `dossiers/printing/receipt.typ`.

    `template_path` is relative to the source folder. `data` holds JSON values, dates, decimals and
    lazy strings. With `at`, the instant of issue, the file is PDF/A-2b and carries that date;
    without it, it is plain PDF and undated. The same arguments give the same bytes. A template
    that does not compile is a bug and raises `typst.TypstError`.
    """
    template = (SOURCE / template_path).resolve()
    if not template.is_relative_to(SOURCE) or template.suffix != ".typ":
        raise ValueError(f"{template_path} is not one of our templates")
    written = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False)
    return typst.compile(
        str(template),
        root=str(SOURCE),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": written, "dated": "yes" if at else "no"},
        timestamp=at.replace(microsecond=0) if at else None,  # PDF counts whole seconds
        pdf_standards=ARCHIVAL if at else None,
    )
