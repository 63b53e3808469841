"""Tables of the dossier system, by noun."""

from tinhso.dossiers.models.channels import Channel, ChannelRule
from tinhso.dossiers.models.dossiers import (
    Dossier,
    DossierKey,
    DossierQuerySet,
    DossierSearch,
    NumberCounter,
    State,
)
from tinhso.dossiers.models.drafts import Draft
from tinhso.dossiers.models.history import ImportBatch, ImportedCase, ImportedStep
from tinhso.dossiers.models.idempotency import IdempotencyKey
from tinhso.dossiers.models.legal import (
    Assignment,
    Decision,
    HandOver,
    Opinion,
    OpinionRequest,
    Paper,
    Receipt,
    Refusal,
    Result,
    Resumption,
    Submission,
    SupplementRequest,
    Suspension,
    Transfer,
)
from tinhso.dossiers.models.procedures import Procedure, ProcedureVersion
from tinhso.dossiers.models.work import Alarm, Step, Token, WorkItem, WorkItemQuerySet

__all__ = [
    "Alarm",
    "Assignment",
    "Channel",
    "ChannelRule",
    "Decision",
    "Dossier",
    "DossierKey",
    "DossierQuerySet",
    "DossierSearch",
    "Draft",
    "HandOver",
    "IdempotencyKey",
    "ImportBatch",
    "ImportedCase",
    "ImportedStep",
    "NumberCounter",
    "Opinion",
    "OpinionRequest",
    "Paper",
    "Procedure",
    "ProcedureVersion",
    "Receipt",
    "Refusal",
    "Result",
    "Resumption",
    "State",
    "Step",
    "Submission",
    "SupplementRequest",
    "Suspension",
    "Token",
    "Transfer",
    "WorkItem",
    "WorkItemQuerySet",
]
