from __future__ import annotations

import pytest

from tinhso.accounts.models import User
from tinhso.accounts.naming import partners_by_key, users_by_key

pytestmark = pytest.mark.django_db


def test_known_keys_have_names_and_others_are_left_out() -> None:
    minh = User.objects.create(email="minh@vidu.invalid", name="Minh")
    unknown = "00000000-0000-4000-8000-000000000009"
    assert users_by_key([str(minh.uuid), unknown, "odd"]) == {str(minh.uuid): "Minh"}
    assert partners_by_key([unknown, "odd"]) == {}
