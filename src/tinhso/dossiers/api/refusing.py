"""The statuses with which every resource may refuse, for the description; the site's handler answers them."""

from __future__ import annotations

from tinhso.dossiers.api.shown import ShownProblem

REFUSALS = {401: ShownProblem, 403: ShownProblem, 404: ShownProblem, 422: ShownProblem}
ACT_REFUSALS = {**REFUSALS, 409: ShownProblem}
