"""Icons (biểu tượng) of our own drawing: inline SVG in the colour of the text, a shape a state."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe

_STROKE = 'fill="none" stroke="currentColor" stroke-width="2"'
_SHAPES = {
    "ok": f'<circle cx="8" cy="8" r="7" {_STROKE}/><path d="M4.6 8.300l2.3 2.3 4.5-4.9" {_STROKE}/>',
    "near": f'<circle cx="8" cy="8" r="7" {_STROKE}/><path d="M8 3.900V8l2.9 1.9" {_STROKE}/>',
    "late": '<path d="M8 1l7.4 14H.6z" fill="currentColor"/><path d="M8 6v4.100M8 11.900v1.7" stroke="#fff" '
    'stroke-width="1.8"/>',
    "wait": '<path d="M4 2h3v12H4zM9 2h3v12H9z" fill="currentColor"/>',
    "done": f'<path d="M2 8.500l4 4 8-9" {_STROKE}/>',
    "plain": f'<circle cx="8" cy="8" r="4" {_STROKE}/>',
    "search": f'<circle cx="7" cy="7" r="5" {_STROKE}/><path d="M11 11l4 4" {_STROKE}/>',
    "qr": f'<path d="M1 5V1h4M11 1h4v4M15 11v4h-4M5 15H1v-4M4 8h8" {_STROKE}/>',
    "paper": f'<path d="M3 1h6l4 4v10H3zM9 1v4h4" {_STROKE}/>',
    "download": f'<path d="M8 1v9M4 6.500l4 4 4-4M2 15h12" {_STROKE}/>',
    "print": f'<path d="M4 6V1h8v5M4 12H1V6h14v6h-3M4 10h8v5H4z" {_STROKE}/>',
    "person": f'<circle cx="8" cy="5" r="3.5" {_STROKE}/>'
    f'<path d="M1.5 15c.5-4 3-5.5 6.5-5.500s6 1.5 6.5 5.5" {_STROKE}/>',
    "agency": f'<path d="M1 6l7-4 7 4zM3 7v6M8 7v6M13 7v6M1 15h14" {_STROKE}/>',
    "up": '<path d="M8 3l5 9H3z" fill="currentColor"/>',
    "down": '<path d="M8 13l5-9H3z" fill="currentColor"/>',
    "computed": f'<path d="M12.500 2h-9L8.500 8l-5 6h9" {_STROKE}/>',
    "reported": '<path d="M1.500 4h5v5l-3 4h-2l1.500-4h-1.500zM9 4h5v5l-3 4H9l1.500-4H9z" fill="currentColor"/>',
    "received": f'<path d="M15 8H6M9.500 4.500L6 8l3.500 3.500M6 2H2v12h4" {_STROKE}/>',
    "bell": f'<path d="M3 12V7a5 5 0 0110 0v5l1 1H2zM6 15h4" {_STROKE}/>',
}

ICONS: dict[str, SafeString] = {
    name: mark_safe(  # noqa: S308 - constants of this module
        f'<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{shape}</svg>'
    )
    for name, shape in _SHAPES.items()
}

STATES = ("ok", "near", "late", "wait", "done", "plain")
