"""The statuses with which every resource may refuse, for the description; the site's handler answers them."""

from __future__ import annotations

from pydantic import BaseModel


class ShownProblem(BaseModel):
    """A refusal (RFC 9457). `code` is stable; `errors` names fields by path."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: dict[str, list[str]] | None = None


REFUSALS = dict.fromkeys((401, 403, 404, 422))
"""Without a shape: seven hundred of them, drawn for each address anew, cost every start half a second."""
ACT_REFUSALS = {**REFUSALS, 409: None}
