"""What can happen to notices and tasks: one function per act. The only writers."""

from tinhso.tasks.services.arranging import assign, hand_over, set_part, wait_for, wait_no_more
from tinhso.tasks.services.bringing import Brought, bring_in
from tinhso.tasks.services.carrying import (
    accept,
    ask_extension,
    give_evidence,
    propose_completion,
    report_progress,
    return_task,
)
from tinhso.tasks.services.committees import (
    CommitteeFacts,
    end_committee,
    found_committee,
    seat,
    serve,
    unseat,
)
from tinhso.tasks.services.deciding import (
    cancel,
    confirm_completion,
    decide_extension,
    give,
    reopen,
)
from tinhso.tasks.services.describing import Description, describe
from tinhso.tasks.services.issuing import confirm, discard
from tinhso.tasks.services.proving import propose_by_ties, tie, untie
from tinhso.tasks.services.reviewing import add, drop, edit, merge, restore, split, undo
from tinhso.tasks.services.sharing import share_out

__all__ = [
    "Brought",
    "CommitteeFacts",
    "Description",
    "accept",
    "add",
    "ask_extension",
    "assign",
    "bring_in",
    "cancel",
    "confirm",
    "confirm_completion",
    "decide_extension",
    "describe",
    "discard",
    "drop",
    "edit",
    "end_committee",
    "found_committee",
    "give",
    "give_evidence",
    "hand_over",
    "merge",
    "propose_by_ties",
    "propose_completion",
    "reopen",
    "report_progress",
    "restore",
    "return_task",
    "seat",
    "serve",
    "set_part",
    "share_out",
    "split",
    "tie",
    "undo",
    "unseat",
    "untie",
    "wait_for",
    "wait_no_more",
]
