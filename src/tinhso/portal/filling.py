"""An application being filled in: its stages, where it stands, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.dossiers import definitions
from tinhso.dossiers.services import drafting
from tinhso.portal.person import own_party

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from django_stubs_ext import StrOrPromise

    from tinhso.dossiers.definitions import Definition
    from tinhso.dossiers.models import Draft
    from tinhso.forms.answers import Answers
    from tinhso.forms.fields import Step
    from tinhso.forms.form import Form
    from tinhso.kernel.actors import Actor

WORDS = {"applicant": "nguoi-nop", "papers": "giay-to"}
"""What the steps that every form has are called in an address."""
PLACE, CHECK = "noi-giai-quyet", "kiem-tra"
_FACTS = ("personal_id", "tax_code", "phone", "email", "address")


def slug_of(step: Step) -> str:
    """The part of the address that names a step."""
    return WORDS.get(step.name, step.name.replace("_", "-"))


@dataclass(frozen=True)
class Stage:
    """A page of the application: the place, a step of the form, or the check at the end."""

    slug: str
    label: StrOrPromise
    url: str


@dataclass(frozen=True)
class Filling:
    """A draft with its definition and the answers so far."""

    draft: Draft
    definition: Definition
    answers: Answers

    @property
    def form(self) -> Form:
        """The whole form."""
        return self.definition.form

    @property
    def needs_place(self) -> bool:
        """Whether the applicant has to say which commune settles it."""
        return self.definition.level == "commune"

    @cached_property
    def stages(self) -> list[Stage]:
        """All pages that these answers lead through, in order."""
        found = [self._place] if self.needs_place else []
        found += [
            Stage(slug_of(step), step.label, self.step_url(step))
            for step in self.form.steps_of(self.answers)
        ]
        check = reverse("portal:check", args=[self.draft.uuid])
        return [*found, Stage(CHECK, _("Kiểm tra và nộp"), check)]

    @property
    def _place(self) -> Stage:
        url = reverse("portal:application", args=[self.draft.uuid])
        return Stage(PLACE, _("Nơi giải quyết hồ sơ"), url)

    def position(self, slug: str) -> int:
        """The number of a stage, from 1; of one that is not asked any more, 1."""
        slugs = [stage.slug for stage in self.stages]
        return slugs.index(slug) + 1 if slug in slugs else 1

    def before(self, slug: str) -> Stage | None:
        """The stage before, if any."""
        position = self.position(slug)
        return self.stages[position - 2] if position > 1 else None

    def after(self, slug: str) -> Stage:
        """The stage that follows; the check follows itself."""
        return self.stages[min(self.position(slug), len(self.stages) - 1)]

    def step(self, slug: str) -> Step | None:
        """The step of the form that an address names."""
        return next((step for step in self.form.steps if slug_of(step) == slug), None)

    def step_url(self, step: Step) -> str:
        """The address of a step."""
        return reverse("portal:step", args=[self.draft.uuid, slug_of(step)])


def of_draft(draft: Draft, answers: Answers) -> Filling:
    """A draft with answers that were just given."""
    return Filling(draft, definitions.of_version(draft.procedure_id), answers)


def filling_of(key: UUID, *, actor: Actor, at: datetime, held: Collection[UUID] = ()) -> Filling:
    """The actor's own application, or a visitor's that is `held`; refuses as `drafting.find` does."""
    draft = drafting.find(key, actor=actor, held=held)
    return of_draft(draft, drafting.answers_of(draft, at=at))


def prefill(draft: Draft, *, actor: Actor, at: datetime) -> None:
    """Put what is known of a signed-in applicant into the first step."""
    party = own_party(actor)
    if party is None:
        return
    form = definitions.of_version(draft.procedure_id).form
    kinds = {choice.value for choice in form.fields["applicant_kind"].choices()}
    values = {"full_name": party.name}
    values |= {name: value for name in _FACTS if (value := getattr(party, name))}
    if party.kind in kinds:
        values["applicant_kind"] = party.kind
    drafting.keep(draft, form.of_values(values), at=at)
