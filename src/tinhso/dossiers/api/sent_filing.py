"""What partner systems send to hand in: how it comes, the whole application, and drafts of it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from tinhso.accounts.api.sent import Code, Line, Sent
from tinhso.dossiers.api.sent import MOST_PAPERS, SentPaper

Way = Literal["api", "national", "post", "helper"]
Agency = Annotated[
    Code | None,
    Field(
        description="Code of the commune, or of its one-stop centre; for procedures of communes."
    ),
]
Answered = Annotated[
    dict[str, Any], Field(description="By the procedure's `form`: applicant and own questions.")
]


class SentPostalItem(Sent):
    """A postal item (bưu gửi): the time of the administration begins with its arrival."""

    arrived_at: AwareDatetime
    posted_on: date | None = Field(default=None, description="The day on the envelope.")
    tracking: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)] = ""


class SentConsent(Sent):
    """The applicant agreed that somebody files for them (đồng ý cho nộp hộ)."""

    agency: Code = Field(description="Code of the agency whose point helped.")
    helper: Line = Field(description="Who helped, or the point that did.")
    given_by: Line
    given_on: date
    way: Literal["written", "spoken", "electronic"]


class SentPaperReason(Sent):
    """Why it came on paper although the procedure is filed on line (lý do nhận hồ sơ giấy)."""

    reason: Literal["frail", "no_identity", "outage", "original", "other"]
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""


class SentFiling(Sent):
    """How it comes (cách nộp)."""

    channel: Way = Field(
        default="api",
        description="`national` takes the right `dossiers:dossier:relay_national`; `post` and `helper` are recorded "
        "by the desk that took it in.",
    )
    foreign_code: Code | None = Field(
        default=None, description="Code of the dossier in the sending system; once per channel."
    )
    applicant: UUID | None = Field(
        default=None,
        description="Key of the applicant's party here, whom the national portal has identified; only by `national`.",
    )
    desk: Code | None = Field(
        default=None,
        description="Code of the agency whose counter takes it in, where another settles it.",
    )
    post: SentPostalItem | None = Field(default=None, description="By `post`, and only then.")
    consent: SentConsent | None = Field(default=None, description="By `helper`, and only then.")
    on_paper: SentPaperReason | None = Field(
        default=None, description="By `post`, where the procedure is filed on line."
    )

    @model_validator(mode="after")
    def _each_way_has_its_own_facts(self) -> Self:
        if self.applicant is not None and self.channel != "national":
            raise PydanticCustomError("applicant_channel", "only by the channel `national`")
        for way, told in (("post", self.post), ("helper", self.consent)):
            if (self.channel == way) != (told is not None):
                raise PydanticCustomError("channel_facts", "by this channel, and only then")
        return self


class SentDossier(SentFiling):
    """A dossier handed in (nộp hồ sơ)."""

    procedure: Code = Field(description="National code of the procedure.", examples=["1.004873"])
    agency: Agency = None
    answers: Answered
    papers: list[SentPaper] = Field(default_factory=list, max_length=MOST_PAPERS)


class SentDraft(Sent):
    """All that is known of an application so far (bản nháp)."""

    agency: Agency = None
    answers: Answered
    papers: list[SentPaper] = Field(default_factory=list, max_length=MOST_PAPERS)


class SentNewDraft(SentDraft):
    """An application that begins."""

    procedure: Code = Field(description="National code of the procedure.", examples=["1.004873"])
    channel: Way = Field(default="api", description="How it is going to be handed in.")
