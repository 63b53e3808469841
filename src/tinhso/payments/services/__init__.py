"""What can happen to money owed and taken: one function per act. The only writers."""

from tinhso.payments.services.accounts import confirm_account, declare_account
from tinhso.payments.services.charging import charge, withdraw, withdraw_unpaid
from tinhso.payments.services.taking import cancel, take

__all__ = [
    "cancel",
    "charge",
    "confirm_account",
    "declare_account",
    "take",
    "withdraw",
    "withdraw_unpaid",
]
