"""How the applicant wants the result (cách nhận kết quả): where a form offers the post, the address is asked with it.

A form offers the post by a choice with the constant `post`; the question of the address follows that question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tinhso.dossiers.models import Dossier

COUNTER, POST, ONLINE = "counter", "post", "online"
WAYS = (COUNTER, POST, ONLINE)
ADDRESS = "post_address"


def way_in(properties: Mapping[str, Mapping[str, Any]]) -> str | None:
    """The question by which a form offers the post, if it does."""
    offered = (
        name
        for name, asked in properties.items()
        if any(choice.get("const") == POST for choice in asked.get("oneOf", ()))
    )
    return next(offered, None)


def with_address(own: Mapping[str, Any]) -> dict[str, Any]:
    """A procedure's own questions with that of the address, needed when the post is chosen."""
    way = way_in(own["properties"])
    if way is None or ADDRESS in own["properties"]:
        return dict(own)
    return {
        **own,
        "properties": {**own["properties"], ADDRESS: _question(way)},
        "x-steps": [_followed(step, way) for step in own["x-steps"]],
    }


def _question(way: str) -> dict[str, Any]:
    return {
        "type": "string",
        "title": "Địa chỉ nhận kết quả qua bưu chính",
        "description": "Tên người nhận nếu là người khác, số nhà, thôn, tổ dân phố, xã, phường, tỉnh.",
        "x-en": {
            "title": "Address for the post",
            "description": "Who receives it if another person, house, hamlet, commune or ward, province.",
        },
        "x-privacy": "personal",
        "x-widget": "text",
        "x-autocomplete": "street-address",
        "maxLength": 500,
        "x-when": f'{way} = "{POST}"',
        "x-require": "true",
    }


def _followed(step: Mapping[str, Any], way: str) -> dict[str, Any]:
    fields: list[str] = []
    for name in step["fields"]:
        fields += [name, ADDRESS] if name == way else [name]
    return {**step, "fields": fields}


def post_address(dossier: Dossier) -> str:
    """Where the result is to be sent by what was handed in last; empty when it is not to be sent."""
    latest = dossier.submissions.order_by("-at").first()
    return str(latest.answers.get(ADDRESS) or "") if latest else ""
