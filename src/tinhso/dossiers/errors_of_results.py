"""What is refused about results: documents that say something else than the decision."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import Conflict


class ResultAgainstDecision(Conflict):
    """The document says something else than what was decided: a certificate after a refusal, or the other way round."""

    code = "dossiers.result_against_decision"
    message = _("Người có thẩm quyền đã quyết định {decision}: chỉ nhập được {kinds}.")
