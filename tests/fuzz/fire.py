"""What is fired at the pages: texts, posts and files that nobody in their right mind would send."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_from_bytes

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=mep"
STRANGE = (
    "",
    " ",
    "\x00",
    "../../etc/passwd",
    "\u202efdp.exe",
    "Nguye\u0302\u0303n",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "{{ 7*7 }}",
    "-1",
    "0",
    "1e400",
    "NaN",
    "9" * 30,
    "9" * 5000,
    "٣" * 40,
    "²",
    "2026-02-30",
    "0000-00-00",
    "99999-12-31",
    "không phải khóa",
    "00000000-0000-0000-0000-000000000000",
    "a" * 20_000,
    "\r\n" * 300,
    "[]",
    "null",
    "true",
    "😀" * 50,
    "\ud7ff\ufffe",
)
texts = st.one_of(st.sampled_from(STRANGE), st.text(max_size=40))
raw = st.one_of(texts.map(str.encode), st.binary(max_size=20), st.just(b"\xff\xfe\xc3"))


THOROUGH = bool(os.environ.get("TINHSO_THOROUGH"))
"""Asked for before a release, or where something of what is fuzzed was changed."""


def fire(most: int) -> Any:
    """So many examples, the same at every run, half of them unless asked to be thorough; a failure is told as found."""
    return settings(
        max_examples=most if THOROUGH else (most + 1) // 2,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


def bodies(good: Mapping[str, Any], names: Iterable[str]) -> st.SearchStrategy[bytes]:
    """Urlencoded bodies: some of the right fields, others wrong, unknown or repeated; also bytes that are no UTF-8."""
    known = sorted({*good, *names})
    right = [(name, str(value).encode()) for name, value in good.items()]
    kept = st.lists(st.sampled_from(right), max_size=len(right)) if right else st.just([])
    name = st.one_of(st.sampled_from([*known, "la", "version"]), texts)
    wrong = st.lists(st.tuples(name, raw), max_size=5)
    return st.tuples(kept, wrong).map(lambda parts: encoded([*parts[0], *parts[1]]))


def encoded(pairs: Iterable[tuple[str, bytes]]) -> bytes:
    """A body of pairs in their order."""
    return "&".join(
        f"{quote_from_bytes(name.encode())}={quote_from_bytes(value)}" for name, value in pairs
    ).encode()


def multipart(field: str, filename: str, content: bytes) -> bytes:
    """A body with one file, its name as it is: no browser would send most of them."""
    named = filename.encode("utf-8", "surrogateescape").replace(b'"', b'\\"')
    head = b'--mep\r\nContent-Disposition: form-data; name="%s"; filename="%s"\r\n\r\n'
    return head % (field.encode(), named) + content + b"\r\n--mep--\r\n"
