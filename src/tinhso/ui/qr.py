"""QR codes (mã QR) as inline SVG, by ISO/IEC 18004 (TCVN 7322)."""

from __future__ import annotations

import io

import segno
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

QUIET_ZONE = 4  # modules of white that the standard asks for on every side


def svg(text: str, *, label: str, css_class: str = "qr") -> SafeString:
    """The code of an address or a number, error correction M; sized by CSS, read as `label`."""
    code = segno.make(text, error="m", micro=False)
    buffer = io.BytesIO()
    code.save(
        buffer,
        kind="svg",
        border=QUIET_ZONE,
        xmldecl=False,
        svgns=False,
        omitsize=True,
        svgclass=None,
        lineclass=None,
    )
    drawn = buffer.getvalue().decode().strip()
    opening = f'<svg class="{escape(css_class)}" role="img" aria-label="{escape(label)}" '
    return mark_safe(drawn.replace("<svg ", opening, 1))  # noqa: S308 - drawn by segno, label escaped


def drawing(text: str) -> str:
    """The code as a whole SVG document: what printed forms take as their `qr`."""
    buffer = io.BytesIO()
    segno.make(text, error="m", micro=False).save(buffer, kind="svg", border=0, xmldecl=False)
    return buffer.getvalue().decode().strip()
