"""The vocabulary of `procedure.yaml`, as a JSON Schema. Reference: docs/reference/procedures.md."""

from __future__ import annotations

from typing import Any

from tinhso.calendars.deadlines import LONGEST, Unit
from tinhso.dossiers.definitions import AfterSupplement, OpinionSilence, Silence
from tinhso.dossiers.fee_schema import FEES

TEXT = {"type": "string", "minLength": 1, "maxLength": 1000}
CODE = {"type": "string", "pattern": r"^[a-z0-9][a-z0-9_.:-]{0,59}$"}
DATE = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
TERM = {
    "type": "object",
    "additionalProperties": False,
    "required": ["amount", "unit"],
    "properties": {
        "amount": {"type": "integer", "minimum": 1, "maximum": LONGEST},
        "unit": {"enum": [unit.value for unit in Unit]},
        "same_day_cutoff": {"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d$"},
    },
}


def _object(needed: list[str], **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": needed,
        "properties": properties,
    }


SCHEMA: dict[str, Any] = _object(
    ["name", "level", "field", "valid_from", "term", "supplement", "results", "lanes"],
    code={"type": "string"},
    version={"type": "integer", "minimum": 1},
    legal_basis={"type": "array"},
    name=TEXT,
    name_en=TEXT,
    keywords={"type": "array", "items": TEXT},
    level={"enum": ["province", "commune"]},
    field=CODE,
    audience={"enum": ["citizen", "organisation", "both"]},
    valid_from=DATE,
    valid_until=DATE,
    term=TERM,
    fees=FEES,
    fee=_object(["amount"], amount={"type": "integer", "minimum": 0}, note=TEXT),
    supplement=_object(
        ["limit", "answer_days", "after"],
        limit={"type": "integer", "minimum": 0, "maximum": 10},
        answer_days={"type": "integer", "minimum": 1, "maximum": 365},
        after={"enum": [after.value for after in AfterSupplement]},
        restart_term=TERM,
        asked_in={
            "type": "array",
            "minItems": 1,
            "uniqueItems": True,
            "items": {"enum": ["reception", "appraisal"]},
        },
        silence={"enum": [silence.value for silence in Silence]},
    ),
    opinion_silence={"enum": [silence.value for silence in OpinionSilence]},
    papers={
        "type": "array",
        "items": _object(
            ["code", "name", "required"],
            code=CODE,
            name=TEXT,
            name_en=TEXT,
            required={"type": "boolean"},
            when=TEXT,
            note=TEXT,
            note_en=TEXT,
            kind=CODE,
        ),
    },
    results={
        "type": "array",
        "minItems": 1,
        "items": _object(
            ["code", "name"],
            code=CODE,
            name=TEXT,
            name_en=TEXT,
            kind=CODE,
            refuses={"type": "boolean"},
            valid={"type": "string", "pattern": r"^P[1-9]\d{0,2}[DMY]$"},
        ),
    },
    steps_for_citizen={"type": "array", "items": _object(["vi"], vi=TEXT, en=TEXT)},
    lanes={
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": r"^[a-z][a-z0-9_]{0,39}$"},
        "additionalProperties": _object(
            ["role", "place"],
            role=CODE,
            place={
                "type": "string",
                "pattern": r"^(receiving|competent|returning|field:[a-z0-9-]+)$",
            },
        ),
    },
)
