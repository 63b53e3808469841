"""Nothing is left at an agency that ended: of every column that names an agency it is said what a reform does to it."""

from __future__ import annotations

from django.apps import apps

from tinhso.agencies.models import Agency
from tinhso.agencies.work_in_hand import providers

MOVES = {
    "dossiers": {
        "dossiers.Dossier": (
            "competent_agency", "helping_agency", "receiving_agency", "returning_agency",
        ),
        "dossiers.Step": ("agency",),
        "dossiers.WorkItem": ("agency",),
    },
    "tasks": {"tasks.Task": ("agency", "lead"), "tasks.Part": ("agency",)},
    "obstacles": {"tasks.Obstacle": ("agency", "solver")},
    "appointments": {"counter.Appointment": ("agency",), "counter.AppointmentOffer": ("agency",)},
    "payments": {"payments.Charge": ("agency",)},
    "accounts": {
        "accounts.Grant": ("agency",), "accounts.Post": ("agency",),
        "accounts.PartnerToken": ("agency",),
    },
}  # fmt: skip
"""Open work, by the provider that counts and moves it: the act refuses while any of it would be left."""
OF_THE_REFORM = {
    "agencies.AgencyPeriod": ("agency", "parent"),
    "agencies.Competence": ("agency", "place"),
    "agencies.Membership": ("committee", "member"),
    "agencies.Succession": ("predecessor", "successor"),
}
"""What the reform itself writes or ends."""
BY_THE_HEIR = {
    "indicators.Report": ("agency", "receiver"),
    "inspections.Inspection": ("unit",),
    "inspections.Plan": ("agency",),
    "tasks.Committee": ("agency",),
    "tasks.Notice": ("agency",),
    "tasks.StandingAgency": ("agency",),
}
"""Stays as it was written; who carries the work on reads it, acts on it and is told of it (`agencies.queries.heir`)."""
STAYS = {
    "counter.TicketDesk": ("agency",),
    "dossiers.Draft": ("agency",),
    "indicators.Target": ("agency",),
    "parties.Party": ("agency", "commune"),
    "payments.AccountProposal": ("agency",),
    "payments.CollectingAccount": ("agency",),
}
"""A setting, a target, an address, a draft: nobody there has to act on it, a successor makes its own."""
PAST = {
    "accounts.WithdrawnHolding": ("agency",),
    "agencies.UnitOutline": ("agency",),
    "counter.DayClosing": ("agency",),
    "datasets.DataRow": ("about",),
    "datasets.Instalment": ("agency",),
    "dossiers.ImportBatch": ("agency",),
    "dossiers.NumberCounter": ("agency",),
    "dossiers.Opinion": ("agency",),
    "dossiers.OpinionRequest": ("agency",),
    "dossiers.Receipt": ("agency",),
    "dossiers.Result": ("agency",),
    "dossiers.Transfer": ("from_agency", "to_agency"),
    "dossiers.TransferAnswer": ("agency",),
    "dossiers.TransferRequest": ("agency",),
    "indicators.ClosedFigure": ("agency",),
    "indicators.ReportFigure": ("agency",),
    "indicators.ReportSentence": ("unit",),
    "indicators.ReportedFigure": ("agency",),
    "parties.Joining": ("agency",),
    "payments.Payment": ("agency",),
    "payments.ReceiptCounter": ("agency",),
    "tasks.ObstacleAct": ("agency",),
    "tasks.Solution": ("agency",),
    "tasks.TaskAct": ("agency",),
}
"""Says who did something, or where a count stood; what of it is still open is a step, a work item or a task."""


def test_every_column_that_names_an_agency_has_its_rule() -> None:
    rules = [*MOVES.values(), OF_THE_REFORM, BY_THE_HEIR, STAYS, PAST]
    ruled = [
        f"{model}.{column}"
        for rule in rules
        for model, columns in rule.items()
        for column in columns
    ]
    assert sorted(ruled) == sorted(_columns())


def test_open_work_of_every_kind_is_counted_and_moved() -> None:
    assert set(providers) == set(MOVES)


def _columns() -> list[str]:
    return [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("tinhso.")
        for field in model._meta.concrete_fields
        if field.related_model is Agency
    ]
