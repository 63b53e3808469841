"""What can be granted about citizens and organisations."""

from __future__ import annotations

from tinhso.kernel.permissions import Permission


class PartyPermission(Permission):
    """Verbs of parties, in alphabetical order of their values."""

    CORRECT = "parties:party:correct"
    READ = "parties:party:read"
    REGISTER = "parties:party:register"
    VERIFY = "parties:party:verify"
