"""What can be granted about agencies."""

from __future__ import annotations

from tinhso.kernel.permissions import Permission


class AgencyPermission(Permission):
    """Verbs about agencies and reforms."""

    READ = "agencies:agency:read"
    EDIT = "agencies:agency:edit"
    CARRY_OUT_REFORM = "agencies:reform:carry_out"
