"""What can happen to a dossier: one function per official act. The only writers."""

from tinhso.dossiers.services.answering import deliver, record_answer
from tinhso.dossiers.services.intake import receive, refuse, submit
from tinhso.dossiers.services.relaying import relay, relay_result, relay_supplement
from tinhso.dossiers.services.repeating import act_once, upload_once
from tinhso.dossiers.services.supplementing import request_supplement, stop, supplement
from tinhso.dossiers.services.timing import fire_timer
from tinhso.dossiers.services.working import (
    ask_opinion,
    assign,
    attach_result,
    decide,
    forward,
    give_opinion,
    hand_over,
    send_back,
    take,
)

__all__ = [
    "act_once",
    "ask_opinion",
    "assign",
    "attach_result",
    "decide",
    "deliver",
    "fire_timer",
    "forward",
    "give_opinion",
    "hand_over",
    "receive",
    "record_answer",
    "refuse",
    "relay",
    "relay_result",
    "relay_supplement",
    "request_supplement",
    "send_back",
    "stop",
    "submit",
    "supplement",
    "take",
    "upload_once",
]
