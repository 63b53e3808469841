from __future__ import annotations

from dataclasses import replace

import pytest

from tinhso.packs import kinds
from tinhso.packs.tests import factories


def test_kinds_are_applied_after_those_they_build_upon() -> None:
    probe = factories.Probe().kind()
    first = replace(probe, code="roles", where="roles.yaml", after=())
    second = replace(probe, code="procedure", where="procedures/*/x.yaml", after=("roles", "none"))
    with factories.only_kinds(second, first):
        assert [kind.code for kind in kinds.in_order()] == ["roles", "procedure"]


def test_a_kind_is_registered_once() -> None:
    probe = factories.Probe().kind()
    with factories.only_kinds(probe):
        kinds.register(probe)
        with pytest.raises(ValueError, match="registered twice"):
            kinds.register(replace(probe, where="elsewhere/*.yaml"))
        assert [kind.code for kind in kinds.in_order()] == ["probe"]
