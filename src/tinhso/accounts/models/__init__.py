"""Tables of accounts: people who sign in, their posts, their rights, and partner systems."""

from tinhso.accounts.models.partners import PartnerToken, PartnerTokenWithdrawal
from tinhso.accounts.models.posts import Departure, Holding, Post, WithdrawnHolding
from tinhso.accounts.models.rights import (
    Grant,
    GrantRevocation,
    Role,
    RolePermission,
    StandIn,
    StandInWithdrawal,
)
from tinhso.accounts.models.sendings import SentKey
from tinhso.accounts.models.users import Deactivation, Reactivation, SignIn, User

__all__ = [
    "Deactivation",
    "Departure",
    "Grant",
    "GrantRevocation",
    "Holding",
    "PartnerToken",
    "PartnerTokenWithdrawal",
    "Post",
    "Reactivation",
    "Role",
    "RolePermission",
    "SentKey",
    "SignIn",
    "StandIn",
    "StandInWithdrawal",
    "User",
    "WithdrawnHolding",
]
