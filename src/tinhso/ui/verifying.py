"""Verifying printed papers (kiểm chứng giấy tờ in): a code on each paper, and who can tell what the records say of it.

A code reads `01-ABCDE12345.1-H7J4K9TQWX`: the kind of paper, the key of the record, and a seal which nobody outside can
make, so codes cannot be guessed and papers cannot be made up. An app that prints papers registers, for each kind, how
to tell of one. The citizens' page stands at `PATH`. The QR code carries what TT 01/2023/TT-VPCP Điều 26 asks for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from tinhso.kernel.folding import fold
from tinhso.kernel.identifiers import CROCKFORD, read_codes

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.http import HttpRequest
    from django_stubs_ext import StrOrPromise

PATH = "kc/"
"""Where the page stands, relative to the root of the site; short, because the QR code carries it."""
SEAL_LENGTH = 10
"""Characters of base 31: about 49 bits, with the limit on attempts beyond guessing."""
SYSTEM = "Tinh So"
"""The name of the issuing system in the QR code; without marks, which would triple its length."""
_CODE = re.compile(r"([0-9A-Z]{2,4})-([0-9A-Z.]{1,60})-([0-9A-Z]{10})")


@dataclass(frozen=True)
class Telling:
    """What the records say of a paper: shown to anyone who holds its code.

    `facts` are pairs of label and value; `follow` is the reference under which the matter can be looked up. `warning`
    says why the paper no longer holds, in words, or is empty. `marks` is what the QR code carries, to be held against
    what a paper says; `differing` names those that differ.
    """

    title: StrOrPromise
    issuer: str
    issued_at: datetime
    facts: list[tuple[StrOrPromise, str]]
    marks: dict[str, str]
    warning: StrOrPromise = ""
    follow: str = ""
    differing: tuple[str, ...] = ()


_TELLERS: dict[str, Callable[[str], Telling | None]] = {}


def register(kind: str, teller: Callable[[str], Telling | None]) -> None:
    """Papers of this kind (two to four letters or digits) are told of by this function, from the key of a record."""
    if kind in _TELLERS:
        raise ValueError(f"papers of kind {kind} are registered twice")
    _TELLERS[kind] = teller


def code_of(kind: str, key: str) -> str:
    """The code printed on the paper of that kind and record."""
    return f"{kind}-{key}-{_seal(kind, key, settings.SECRET_KEY)}"


def address_of(request: HttpRequest, kind: str, key: str, marks: dict[str, str]) -> str:
    """What the QR code of a paper carries: the address where it is verified, and the marks of the regulation."""
    told = {name: fold(value) for name, value in marks.items() if value}
    return request.build_absolute_uri(f"/{PATH}{code_of(kind, key)}/?{urlencode(told)}")


def tell(code: str, shown: dict[str, str] | None = None) -> Telling | None:
    """What the records say of the paper with that code; None when the code is not one of ours.

    `shown` are the marks that the QR code of the paper carried: those which differ from the records are named.
    """
    sealed = next((one for one in _readings(code) if _is_sealed(*one)), None)
    if sealed is None:
        return None
    telling = _TELLERS[sealed[0]](sealed[1])
    if telling is None or not shown:
        return telling
    differing = tuple(
        name
        for name, value in telling.marks.items()
        if name in shown and shown[name] != fold(value)
    )
    return replace(telling, differing=differing)


def is_code(text: str) -> bool:
    """Whether what was typed has the form of a code; one that has not is a slip, and says nothing of a paper."""
    return bool(_readings(text))


def _readings(text: str) -> list[tuple[str, str, str]]:
    """Kind, key and seal of what was typed or copied: with its hyphens, with blanks for them, or without some."""
    typed = read_codes(text)
    whole = [found.groups() for code in typed if (found := _CODE.fullmatch(code))]
    if whole:
        return [(kind, key, seal) for kind, key, seal in whole]
    bare = typed[0].replace("-", "")
    split = (_CODE.fullmatch(_apart(bare, kind)) for kind in _TELLERS)
    return [(found[1], found[2], found[3]) for found in split if found]


def _apart(code: str, kind: str) -> str:
    """The code of that kind with its hyphens put back; nothing when it is of another kind."""
    if not code.startswith(kind):
        return ""
    return f"{kind}-{code[len(kind) : -SEAL_LENGTH]}-{code[-SEAL_LENGTH:]}"


def _is_sealed(kind: str, key: str, seal: str) -> bool:
    if kind not in _TELLERS:
        return False
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(constant_time_compare(seal, _seal(kind, key, secret)) for secret in secrets)


def _seal(kind: str, key: str, secret: str) -> str:
    digest = salted_hmac(
        "tinhso.papers", f"{kind} {key}", secret=secret, algorithm="sha256"
    ).digest()
    number = int.from_bytes(digest, "big")
    chars = []
    for _ in range(SEAL_LENGTH):
        number, digit = divmod(number, len(CROCKFORD))
        chars.append(CROCKFORD[digit])
    return "".join(chars)
