"""How what is paid for, and the accounts paid into, are named on the auditor's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import BooleanField, Value
from django.utils.translation import gettext as _

from tinhso.payments.models import AccountProposal, Charge, CollectingAccount

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

IS_ACCOUNT, IS_NONE = Value(True, BooleanField()), Value(False, BooleanField())


def subjects_called(keys: Collection[UUID]) -> dict[UUID, str]:
    """What charges are for by its code, accounts by their bank."""
    charges = Charge.objects.filter(subject__in=keys).values_list("subject", "reference", IS_NONE)
    accounts = CollectingAccount.objects.filter(uuid__in=keys)
    proposals = AccountProposal.objects.filter(uuid__in=keys)
    found = charges.union(
        accounts.values_list("uuid", "bank_name", IS_ACCOUNT),
        proposals.values_list("uuid", "bank_name", IS_ACCOUNT),
    )
    return {
        key: _("Tài khoản thu, %(bank)s") % {"bank": said} if is_account else said
        for key, said, is_account in found
    }
