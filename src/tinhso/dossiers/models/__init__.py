"""Tables of the dossier system, by noun."""

from tinhso.dossiers.models.catalogue import (
    CatalogueEntry,
    CatalogueImport,
    CatalogueVersion,
    Finding,
    FindingWord,
)
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
    Consent,
    ConsentWay,
    Decision,
    HandOver,
    Opinion,
    OpinionRequest,
    Paper,
    PostalItem,
    Receipt,
    Refusal,
    Result,
    Resumption,
    Stop,
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
    "CatalogueEntry",
    "CatalogueImport",
    "CatalogueVersion",
    "Channel",
    "ChannelRule",
    "Consent",
    "ConsentWay",
    "Decision",
    "Dossier",
    "DossierKey",
    "DossierQuerySet",
    "DossierSearch",
    "Draft",
    "Finding",
    "FindingWord",
    "HandOver",
    "IdempotencyKey",
    "ImportBatch",
    "ImportedCase",
    "ImportedStep",
    "NumberCounter",
    "Opinion",
    "OpinionRequest",
    "Paper",
    "PostalItem",
    "Procedure",
    "ProcedureVersion",
    "Receipt",
    "Refusal",
    "Result",
    "Resumption",
    "State",
    "Step",
    "Stop",
    "Submission",
    "SupplementRequest",
    "Suspension",
    "Token",
    "Transfer",
    "WorkItem",
    "WorkItemQuerySet",
]
