"""What the QR code of a citizen card fills in at the counter (quét mã QR trên thẻ căn cước).

The code is not signed: it spares the typing and proves nothing. The officer compares it with the card, and the form is
judged as if all of it had been typed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tinhso.dossiers.errors import CardNotAsked
from tinhso.forms.posting import SHOWN
from tinhso.forms.reading import DATE_PARTS

if TYPE_CHECKING:
    from tinhso.forms.answers import Answers
    from tinhso.forms.form import Form
    from tinhso.parties.identity import CardText

BIRTHDAY, NAME = "bday", "name"


def fill_from_card(form: Form, answers: Answers, card: CardText) -> tuple[Answers, list[str]]:
    """The answers with the applicant's facts of the card over them, and the labels of what was filled in.

    Beside name, number and residence that is what the form asks as one's own name and birthday (`x-autocomplete:
    name`, `bday`). Everything else stays as it was typed. Refuses with `CardNotAsked` where only
    organisations apply: a person's card does not say who they are.
    """
    kinds = {choice.value for choice in form.fields["applicant_kind"].choices()}
    if "citizen" not in kinds:
        raise CardNotAsked
    typed = {
        "applicant_kind": "citizen",
        "full_name": card.name,
        "personal_id": card.personal_id,
        "address": card.address,
    }
    filled = {name: text for name, text in typed.items() if text}
    own: list[str] = []
    for field in form.fields.values():
        said = (field.widget, field.schema.get("x-autocomplete"))
        if said == ("text", NAME) and field.name not in filled:
            own.append(field.name)
            filled[field.name] = card.name
        elif said == ("date", BIRTHDAY):
            own.append(field.name)
            for part in DATE_PARTS:
                filled[f"{field.name}.{part}"] = str(getattr(card.born_on, part))
    names = [name for name in (*typed, *own) if name in filled or name in own]
    after = form.parse({**filled, SHOWN: ",".join(names)}, before=answers)
    after = replace(after, asks_again=False, brought_up=frozenset())
    return after, [form.fields[name].label for name in names if name != "applicant_kind"]
