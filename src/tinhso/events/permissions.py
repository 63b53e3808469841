"""The verbs of this app that can be granted."""

from tinhso.kernel.permissions import Permission


class EventPermission(Permission):
    """What may be done with the log (nhật ký)."""

    EXPORT = "events:event:export"
    READ = "events:event:read"
