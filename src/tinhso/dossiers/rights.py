"""Which right each act at a step takes."""

from __future__ import annotations

from types import MappingProxyType

from tinhso.dossiers.permissions import DossierPermission

RIGHT_AT = MappingProxyType(
    {
        "receive": DossierPermission.RECEIVE,
        "forward": DossierPermission.FORWARD,
        "give_opinion": DossierPermission.GIVE_OPINION,
        "answer_transfer": DossierPermission.ANSWER_TRANSFER,
        "answer_complaint": DossierPermission.ANSWER_COMPLAINT,
        "decide": DossierPermission.DECIDE,
        "attach_result": DossierPermission.ATTACH_RESULT,
        "hand_over": DossierPermission.HAND_OVER,
        "record_answer": DossierPermission.RECORD_ANSWER,
    }
)
"""The right that a step takes, by the act that it waits for; who may do a step may send it back."""
