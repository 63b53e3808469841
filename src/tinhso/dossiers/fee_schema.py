"""The vocabulary of `fees` in `procedure.yaml`, as a JSON Schema. Reference: docs/reference/procedures.md."""

from __future__ import annotations

from typing import Any

from tinhso.packs.schemas import LEGAL_BASIS
from tinhso.payments.models import ChargeKind, Moment

MOST = 10**12
"""Đồng; no fee of a procedure comes near."""
_TEXT = {"type": "string", "minLength": 1, "maxLength": 300}
_CODE = {"type": "string", "pattern": r"^[a-z0-9][a-z0-9-]{0,59}$"}
_DATE = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_AMOUNT = {"type": "integer", "minimum": 0, "maximum": MOST}
_EXPRESSION = {"type": "string", "minLength": 1, "maxLength": 1000}


def _rule(needed: list[str], **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["from", "legal_basis", *needed],
        "properties": {
            "from": _DATE,
            "until": _DATE,
            "legal_basis": LEGAL_BASIS,
            **properties,
        },
    }


TIER = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "when", "amount"],
    "properties": {"name": _TEXT, "name_en": _TEXT, "when": _EXPRESSION, "amount": _AMOUNT},
}
RATE = _rule(["amount"], amount=_AMOUNT, tiers={"type": "array", "minItems": 1, "items": TIER})
REDUCTION = {
    **_rule(
        ["name", "when"],
        name=_TEXT,
        name_en=_TEXT,
        when=_EXPRESSION,
        percent={"type": "integer", "minimum": 1, "maximum": 100},
        amount=_AMOUNT,
    ),
    "oneOf": [{"required": ["percent"]}, {"required": ["amount"]}],
}
FEES: dict[str, Any] = {
    "type": "array",
    "minItems": 1,
    "maxItems": 20,
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["code", "name", "kind", "pay", "rates"],
        "properties": {
            "code": _CODE,
            "name": _TEXT,
            "name_en": _TEXT,
            "kind": {"enum": [kind.value for kind in ChargeKind]},
            "pay": {"enum": [moment.value for moment in Moment]},
            "holds_result": {"type": "boolean"},
            "judged_on": {"enum": ["submission", "receipt"]},
            "per": {
                "type": "object",
                "additionalProperties": False,
                "required": ["unit"],
                "properties": {"unit": _TEXT, "unit_en": _TEXT, "quantity": _EXPRESSION},
            },
            "round_to": {"type": "integer", "minimum": 1, "maximum": 1_000_000},
            "rates": {"type": "array", "minItems": 1, "items": RATE},
            "reductions": {"type": "array", "items": REDUCTION},
        },
    },
}
