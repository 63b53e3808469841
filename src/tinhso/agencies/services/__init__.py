"""What can happen to agencies: the only writers."""

from tinhso.agencies.services.bounding import load_boundaries, remove_boundaries
from tinhso.agencies.services.establishing import amend, establish
from tinhso.agencies.services.loading import Loaded, load_units
from tinhso.agencies.services.reforming import carry_out_reform, name_receiver, prepare_reform

__all__ = [
    "Loaded",
    "amend",
    "carry_out_reform",
    "establish",
    "load_boundaries",
    "load_units",
    "name_receiver",
    "prepare_reform",
    "remove_boundaries",
]
