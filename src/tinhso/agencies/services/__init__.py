"""What can happen to agencies: the only writers."""

from tinhso.agencies.services.bounding import load_boundaries, remove_boundaries
from tinhso.agencies.services.establishing import amend, establish
from tinhso.agencies.services.loading import Loaded, load_units
from tinhso.agencies.services.preparing import (
    discard_reform,
    edit_reform,
    name_receivers,
    prepare_reform,
    refuse_if_closed,
)
from tinhso.agencies.services.reforming import carry_out_reform, earliest_day, move_what_came_since

__all__ = [
    "Loaded",
    "amend",
    "carry_out_reform",
    "discard_reform",
    "earliest_day",
    "edit_reform",
    "establish",
    "load_boundaries",
    "load_units",
    "move_what_came_since",
    "name_receivers",
    "prepare_reform",
    "refuse_if_closed",
    "remove_boundaries",
]
