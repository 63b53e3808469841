"""A document of a reform whose texts are no texts is refused by its key."""

from __future__ import annotations

import re

import pytest

from tinhso.agencies import reform_documents
from tinhso.agencies.errors import ReformMalformed
from tinhso.agencies.tests.test_reforming import REFORM


@pytest.mark.parametrize("wrong", ["[1]", "{a: b}", "true"])
def test_a_name_that_is_no_text_is_refused_by_its_key(wrong: str) -> None:
    named = re.sub(r"(?m)^name: .*$", f"name: {wrong}", REFORM)
    assert named != REFORM
    with pytest.raises(ReformMalformed) as refused:
        reform_documents.from_yaml(named.encode())
    assert list(refused.value.errors) == ["name"]
