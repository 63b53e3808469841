"""What can be granted in accounts."""

from __future__ import annotations

from tinhso.kernel.permissions import Permission


class AccountPermission(Permission):
    """Verbs of accounts, in alphabetical order of their values."""

    ISSUE_GRANT = "accounts:grant:issue"
    REVOKE_GRANT = "accounts:grant:revoke"
    END_HOLDING = "accounts:holding:end"
    HOLD_POST = "accounts:holding:start"
    CREATE_POST = "accounts:post:create"
    READ_ROLE = "accounts:role:read"
    READ_SIGN_IN = "accounts:sign_in:read"
    APPOINT_STAND_IN = "accounts:stand_in:appoint"
    ISSUE_TOKEN = "accounts:token:issue"  # noqa: S105  # a verb
    READ_TOKEN = "accounts:token:read"  # noqa: S105  # a verb
    WITHDRAW_TOKEN = "accounts:token:withdraw"  # noqa: S105  # a verb
    CREATE_USER = "accounts:user:create"
    DEACTIVATE_USER = "accounts:user:deactivate"
    READ_USER = "accounts:user:read"


PARTNER_RIGHTS = frozenset(
    {
        "dossiers:dossier:read",
        "dossiers:dossier:relay_national",
        "dossiers:dossier:submit_for",
        "parties:party:register",
    }
)
"""What any partner system may be given by whoever may issue tokens: send dossiers and follow them, decide nothing."""
