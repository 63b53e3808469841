"""What can happen to a dossier: one function per official act. The only writers."""

from tinhso.dossiers.services.answering import deliver, record_answer
from tinhso.dossiers.services.apologising import apologise, waive_apology
from tinhso.dossiers.services.concluding import attach_result, hand_over
from tinhso.dossiers.services.confirming import confirm_paper
from tinhso.dossiers.services.guiding import correct, guide
from tinhso.dossiers.services.handing import hand_work_over, hand_work_over_once
from tinhso.dossiers.services.intake import receive, refuse, submit
from tinhso.dossiers.services.interrupting import (
    cancel_receipt,
    confirm_payment,
    extend,
    reopen,
    require_payment,
    resume,
    suspend,
    withdraw,
)
from tinhso.dossiers.services.offering import answer_transfer, ask_transfer
from tinhso.dossiers.services.relaying import (
    relay,
    relay_correction,
    relay_hand_over,
    relay_result,
    relay_supplement,
)
from tinhso.dossiers.services.repeating import act_once, upload_once
from tinhso.dossiers.services.supplementing import request_supplement, stop, supplement
from tinhso.dossiers.services.timing import fire_timer
from tinhso.dossiers.services.viewing import remove_view, save_view, set_default_view
from tinhso.dossiers.services.voicing import answer_complaint, complain, rate
from tinhso.dossiers.services.working import (
    ask_opinion,
    assign,
    decide,
    forward,
    give_opinion,
    send_back,
    take,
)

__all__ = [
    "act_once",
    "answer_complaint",
    "answer_transfer",
    "apologise",
    "ask_opinion",
    "ask_transfer",
    "assign",
    "attach_result",
    "cancel_receipt",
    "complain",
    "confirm_paper",
    "confirm_payment",
    "correct",
    "decide",
    "deliver",
    "extend",
    "fire_timer",
    "forward",
    "give_opinion",
    "guide",
    "hand_over",
    "hand_work_over",
    "hand_work_over_once",
    "rate",
    "receive",
    "record_answer",
    "refuse",
    "relay",
    "relay_correction",
    "relay_hand_over",
    "relay_result",
    "relay_supplement",
    "remove_view",
    "reopen",
    "request_supplement",
    "require_payment",
    "resume",
    "save_view",
    "send_back",
    "set_default_view",
    "stop",
    "submit",
    "supplement",
    "suspend",
    "take",
    "upload_once",
    "waive_apology",
    "withdraw",
]
