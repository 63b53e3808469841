"""The auditor reads names where the log holds keys."""

from __future__ import annotations

import pytest

from tinhso.events import naming
from tinhso.parties.tests.factories import make_party


@pytest.mark.django_db
def test_a_party_is_named_by_its_key() -> None:
    key = f"party:{make_party('Lan').uuid}"
    assert naming.names_of([key, "party:nobody"]) == {key: "Lan", "party:nobody": "party:nobody"}
