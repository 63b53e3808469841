"""What the acts on a result read from the browser; the services judge it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tinhso.calendars.clock import day_of
from tinhso.dossiers.errors import SignedAhead
from tinhso.dossiers.errors_of_results import SignedBeforehand
from tinhso.dossiers.models import Result
from tinhso.dossiers.pages.forms import ActForm, decided
from tinhso.dossiers.plans.working import ResultDocument
from tinhso.dossiers.queries.promised import way_of
from tinhso.dossiers.queries.telling import decision_of
from tinhso.dossiers.returning import post_address
from tinhso.files.services import judge
from tinhso.kernel.errors import Invalid
from tinhso.ui import formatting
from tinhso.ui.fields import FileNeededAtTimes, NeededAtTimes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.core.files.uploadedfile import UploadedFile
    from django_stubs_ext import StrOrPromise

    from tinhso.dossiers.definitions import ResultKind


def _until_when(kinds: Sequence[ResultKind], day: date) -> str:
    until = next(found for kind in kinds if (found := kind.valid_until(day)))
    return gettext(
        "Để trống thì tính theo ngày ký, như thủ tục quy định: ký hôm nay thì đến %(day)s."
    ) % {"day": formatting.day(until)}


class FileForm(ActForm):
    """A form that may bring the file of the result."""

    def clean_file(self) -> UploadedFile[Any] | None:
        """A file that cannot be kept is told with all else that is wrong."""
        upload: UploadedFile[Any] | None = self.cleaned_data["file"]
        if upload is not None:
            try:
                judge(upload)
            except Invalid as refusal:
                raise ValidationError(str(refusal)) from None
        return upload

    def full_clean(self) -> None:
        """With any mistake the file goes: no browser sends one again by itself, and a press more would leave it out."""
        super().full_clean()
        if self.errors:
            self._ask_again()

    def add_error(self, field: Any, error: Any) -> None:
        """A refusal of the service comes after all fields were judged; the file goes with it, too."""
        super().add_error(field, error)
        if field is None:
            self._ask_again()

    def _ask_again(self) -> None:
        chosen = self.files.get(self.add_prefix("file"))
        if chosen is not None and not self.has_error("file"):
            said = _("Chọn lại tệp “{name}”: tệp đã chọn không ở lại khi còn mục phải sửa.")
            self.add_error("file", str(said).format(name=chosen.name))

    def with_file(self, file: int | None) -> dict[str, Any]:
        """What the service takes, with the key of the stored file."""
        return {**self.cleaned_data, "file": file}


class ResultForm(FileForm):
    """The result as a document (kết quả giải quyết), of a kind that the decision leaves."""

    code = forms.ChoiceField(label=_("Loại kết quả"))
    title = forms.CharField(
        label=_("Tên văn bản"),
        max_length=300,
        required=False,
        help_text=_("Để trống thì lấy tên của loại kết quả."),
    )
    document_number = forms.CharField(label=_("Số, ký hiệu"), max_length=80)
    signer = forms.CharField(label=_("Người ký, chức vụ"), max_length=200)
    signed_on = forms.DateField(label=_("Ngày ký"), widget=forms.DateInput(attrs={"type": "date"}))
    valid_until = forms.DateField(
        label=_("Có giá trị đến"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    file = forms.FileField(label=_("Tệp kết quả (PDF)"), required=False)
    why_early = forms.CharField(label=_("Vì sao ký trước ngày nộp hồ sơ"), max_length=500)

    def prepare(self) -> None:
        field = self.fields["code"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (narrows the type)
        self.decision = decision_of(self.dossier)
        approves = self.decision.approves if self.decision else None
        kinds = self.definition.results_after(approves)
        field.choices = [(kind.code, kind.title) for kind in kinds]
        if len(kinds) > 1:
            field.choices = [("", "—"), *field.choices]
        if all(kind.refuses for kind in kinds):
            del self.fields["valid_until"]
        elif any(kind.valid for kind in kinds):
            self.fields["valid_until"].help_text = _until_when(kinds, day_of(self.at))
        self._ask_why_early()

    def _ask_why_early(self) -> None:
        """Ask for the reason only once a day from before the dossier was handed in was typed; both are named."""
        handed_in = day_of(self.dossier.submitted_at)
        try:
            signed = self.fields["signed_on"].clean(self.data.get("signed_on"))
        except ValidationError:
            signed = handed_in
        if signed >= handed_in:
            del self.fields["why_early"]
            return
        early = SignedBeforehand(signed=formatting.day(signed), handed_in=formatting.day(handed_in))
        self.fields["why_early"].error_messages["required"] = str(early)

    def clean_signed_on(self) -> date:
        """A day still to come is told with all else that is wrong; the service judges it again."""
        signed: date = self.cleaned_data["signed_on"]
        if signed > day_of(self.at):
            raise ValidationError(str(SignedAhead(day=formatting.day(day_of(self.at)))))
        return signed

    def known(self) -> list[tuple[StrOrPromise, str]]:
        """What was decided, and why."""
        return decided(self.decision)

    def with_file(self, file: int | None) -> dict[str, Any]:
        typed = {key: value for key, value in self.cleaned_data.items() if key != "file"}
        kind = self.definition.result(typed["code"])
        typed["title"] = typed["title"] or (kind.name if kind else "")
        return {"document": ResultDocument(**typed, file=file)}


class HandOverForm(FileForm):
    """How the result reached whom (trả kết quả)."""

    way = forms.ChoiceField(
        label=_("Cách trả"),
        widget=forms.RadioSelect,
        choices=[
            ("counter", _("Tại quầy")),
            ("post", _("Bưu chính công ích")),
            ("online", _("Bản điện tử")),
        ],
        initial="counter",
    )
    receiver = NeededAtTimes(label=_("Người nhận (nếu không phải người nộp)"), max_length=200)
    file = FileNeededAtTimes(
        label=_("Tệp kết quả (PDF)"),
        help_text=_("Kết quả chưa có tệp; trả bản điện tử thì phải đính kèm."),
    )

    def prepare(self) -> None:
        result = Result.objects.filter(dossier=self.dossier).order_by("-at").first()
        if result is None or result.file_id is not None:
            del self.fields["file"]
        self.fields["way"].initial = way_of(self.dossier)
        if sent_to := post_address(self.dossier):
            self.fields["way"].help_text = _("Người nộp chọn bưu chính, gửi tới: %(address)s") % {
                "address": sent_to
            }
