"""One way to carry out what a form asks for, and to give the form back when it is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.kernel.errors import Conflict, Invalid, NotFound

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms

DONE = 0


def carry_out(form: forms.Form, act: Callable[[], object]) -> int:
    """Do the act if the form is sound; the status of the refusal, or `DONE`.

    The sentence of a refusal goes to the form, so that what was typed stays on the page. A missing
    right is not caught: that page is not theirs.
    """
    if not form.is_valid():
        return Invalid.status
    try:
        act()
    except (Conflict, Invalid, NotFound) as refused:
        form.add_error(None, str(refused))
        return refused.status
    return DONE
