"""What is refused about opinions of other agencies that are still awaited."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import Conflict


class OpinionAwaited(Conflict):
    """Another agency was asked and may still answer, and nobody said that the work goes on without it."""

    code = "dossiers.opinion_awaited"
    message = _(
        "Chưa có ý kiến của {who}. Chờ trả lời; nếu vẫn làm tiếp thì mở hồ sơ và đánh dấu là không chờ ý kiến."
    )


class OpinionAskedBefore(Conflict):
    """The same agency has an open question, and nobody said that it is asked once more; never in the same words."""

    code = "dossiers.opinion_asked_before"
    message = _(
        "Đã hỏi {who}, chưa có trả lời. Nếu cần hỏi việc khác, ghi nội dung khác và đánh dấu là hỏi thêm."
    )
