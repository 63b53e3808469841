"""The verbs of dossiers that can be granted."""

from tinhso.kernel.permissions import Permission


class DossierPermission(Permission):
    """Rights on dossiers (quyền trên hồ sơ)."""

    ASK_OPINION = "dossiers:dossier:ask_opinion"
    ASSIGN = "dossiers:dossier:assign"
    ATTACH_RESULT = "dossiers:dossier:attach_result"
    DECIDE = "dossiers:dossier:decide"
    FORWARD = "dossiers:dossier:forward"
    GIVE_OPINION = "dossiers:dossier:give_opinion"
    HAND_OVER = "dossiers:dossier:hand_over"
    READ = "dossiers:dossier:read"
    RECEIVE = "dossiers:dossier:receive"
    RECORD_ANSWER = "dossiers:dossier:record_answer"
    REFUSE = "dossiers:dossier:refuse"
    RELAY_NATIONAL = "dossiers:dossier:relay_national"
    REQUEST_SUPPLEMENT = "dossiers:dossier:request_supplement"
    SUBMIT_FOR = "dossiers:dossier:submit_for"
    TAKE = "dossiers:dossier:take"

    IMPORT_HISTORY = "dossiers:history:import"

    READ_OVERVIEW = "dossiers:overview:read"

    READ_QUEUE = "dossiers:queue:read"
