"""What strangers send: JSON bounded and plain, without what another reader would choke on; queries of known names."""

from __future__ import annotations

import json
from functools import cache, wraps
from typing import TYPE_CHECKING, Any, NoReturn

from django.utils.translation import gettext as _
from ninja.parser import Parser
from ninja.signature import ViewSignature

from tinhso.accounts.errors import BodyTooLarge, BodyUnreadable, RequestMalformed
from tinhso.kernel.unseen import as_seen

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.utils.datastructures import MultiValueDict

LARGEST_BODY = 1024 * 1024
DEEPEST = 12
LARGEST_NUMBER = 2**53
"""What every JSON reader holds exactly (RFC 8259 §6)."""


class StrictParser(Parser):
    """Reads a body once; refuses with `BodyTooLarge` (413) or `BodyUnreadable` (422) before anything is done."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body of the request."""
        return read(request.body)

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        """The values of a query or of a form with files; of their texts what is seen."""
        return {
            name: _as_seen(value)
            for name, value in super().parse_querydict(data, list_fields, request).items()
        }


def knowing_its_queries(view: Callable[..., Any]) -> Callable[..., Any]:
    """A view of the API that refuses (422) a query whose name it does not have, or that comes twice.

    A mistyped filter that is passed over would answer with everything, and look like what was asked for.
    """

    @wraps(view)
    def asked(request: HttpRequest, **given: Any) -> Any:
        if request.GET and (errors := _wrong_queries(request, view)):
            raise RequestMalformed(errors, count=len(errors))
        return view(request, **given)

    return asked


def _wrong_queries(request: HttpRequest, view: Callable[..., Any]) -> dict[str, list[str]]:
    match = request.resolver_match
    known, many = _queries_of(view)
    known -= match.kwargs.keys() if match else set()  # parts of the address are asked for there
    unknown = {name: [_("Không có mục tên này.")] for name in request.GET if name not in known}
    doubled = {
        name: [_("Mục này chỉ được gửi một lần.")]
        for name, values in request.GET.lists()
        if len(values) > 1 and name in known - many
    }
    return unknown | doubled


@cache
def _queries_of(view: Callable[..., Any]) -> tuple[frozenset[str], frozenset[str]]:
    """The names that a view takes from a query, perhaps with parts of its address; those that may come often."""
    models = ViewSignature("", view).models
    asked = [model for model in models if model.__ninja_param_source__ == "query"]
    known = frozenset(name for model in asked for name in model.__ninja_flatten_map__)
    many = frozenset(name for model in asked for name in model.__ninja_collection_fields__)
    return known, many


def read(body: bytes) -> Any:
    """A JSON text (RFC 8259) in UTF-8; of its texts what is seen.

    Refused: repeated names, numbers beyond 2^53 or not finite, NUL, half surrogates, more than twelve levels.
    """
    if len(body) > LARGEST_BODY:
        raise BodyTooLarge(limit_kb=LARGEST_BODY // 1024)
    try:
        value = json.loads(
            body.decode(), object_pairs_hook=_object, parse_int=_integer, parse_constant=_refuse
        )
    except (ValueError, RecursionError) as error:
        raise BodyUnreadable from error
    _judge(value, DEEPEST)
    return _as_seen(value)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BodyUnreadable
    return found


def _integer(text: str) -> int:
    if len(text) > len(str(LARGEST_NUMBER)) + 1:
        raise BodyUnreadable
    return int(text)


def _refuse(_word: str) -> NoReturn:
    raise BodyUnreadable


def _as_seen(value: Any) -> Any:
    """The same with its texts as they are seen; names stay, an unknown one is refused by whoever asks."""
    match value:
        case str():
            return as_seen(value)
        case dict():
            return {name: _as_seen(inner) for name, inner in value.items()}
        case list():
            return [_as_seen(inner) for inner in value]
    return value


def _judge(value: Any, levels: int) -> None:
    if levels < 0:
        raise BodyUnreadable
    match value:
        case str():
            _judge_text(value)
        case bool() | None:
            pass
        case int() | float():
            if not -LARGEST_NUMBER <= value <= LARGEST_NUMBER:
                raise BodyUnreadable
        case dict():
            for name, inner in value.items():
                _judge_text(name)
                _judge(inner, levels - 1)
        case list():
            for inner in value:
                _judge(inner, levels - 1)


def _judge_text(text: str) -> None:
    if text.isascii():
        if "\x00" in text:
            raise BodyUnreadable
        return
    if "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise BodyUnreadable
