"""What every shape that partner systems send is made of. Names that nobody declared are refused."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

WITHOUT_NUL = r"^[^\x00]*$"
"""What an address says; of a body the reader has seen to it."""
Code = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80, pattern=WITHOUT_NUL)
]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


class Sent(BaseModel):
    """The base: nothing undeclared."""

    model_config = ConfigDict(extra="forbid")
