"""The verbs of this app that can be granted."""

from tinhso.kernel.permissions import Permission


class PackPermission(Permission):
    """What may be done with packs (gói nghiệp vụ)."""

    APPLY = "packs:pack:apply"
    READ = "packs:pack:read"
