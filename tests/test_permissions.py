"""Every address × the cast, against the committed table: a new address without a decision fails."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
import yaml

from tests import permission_walk
from tests.cast import ROLES
from tests.walk_world import files, make_walk
from tests.worlds import begun_with
from tinhso.kernel.permissions import registry
from tinhso.portal import national
from tinhso.portal.tests.ways import ByTestClient

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

    from tests.walk_world import Walk

WRITES = os.environ.get("TINHSO_PERMISSIONS") == "write"
PARTS = 1 if WRITES else 12
"""The walk is long: each part of it may be another process's."""


pytestmark = pytest.mark.usefixtures("_house")


@pytest.fixture(autouse=True)
def _way(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages that play the national portal reach the API without a network."""
    monkeypatch.setitem(national.ways._entries, national.PROVINCE, ByTestClient(has_token=True))


@pytest.fixture
@begun_with
def walk() -> Walk:
    """Who asks, and what they ask for."""
    return make_walk()


@pytest.fixture
def _house(settings: Settings) -> None:
    """The house of that world is a demonstration's."""
    settings.DEMO, settings.FILES_ROOT = True, files()


def test_every_address_has_a_name() -> None:
    assert permission_walk.unnamed() == []


def test_every_right_is_in_a_role_and_every_role_knows_its_rights() -> None:
    roles = yaml.safe_load(ROLES.read_text(encoding="utf-8"))["roles"]
    assert {right for role in roles for right in role["permissions"]} == set(registry)


def test_every_right_has_words_of_its_own() -> None:
    words = {code: str(right.label) for code, right in registry.items()}
    assert [code for code, said in words.items() if said == code] == []
    assert len(set(words.values())) == len(words)


def test_the_table_is_of_the_addresses_there_are() -> None:
    assert permission_walk.TABLE.read_text(encoding="utf-8").startswith(permission_walk.HEAD)
    known = [each.shown for each in permission_walk.addresses()]
    found = [permission_walk.cells_of(row)[0][::2] for row in permission_walk.decided()]
    assert set(found) - set(known) == set()
    assert found == sorted(found, key=known.index)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_everybody_is_answered_as_decided(part: int, walk: Walk) -> None:
    asked = permission_walk.addresses()[part::PARTS]
    answered = permission_walk.rows(walk, asked)
    if WRITES:
        table = permission_walk.table(answered)
        permission_walk.TABLE.write_text(table, encoding="utf-8")
    about = {each.shown for each in asked}
    decided = [
        row for row in permission_walk.decided() if permission_walk.cells_of(row)[0][::2] in about
    ]
    assert answered == decided, "look at the difference, then: tools/permissions.py write"


@pytest.mark.slow
def test_lists_show_nothing_of_it_to_whoever_has_nothing_to_do_with_it(
    walk: Walk,
) -> None:
    """A list answers 200 to many; what matters is what stands in it."""
    things = walk.things
    codes = {str(dossier.reference) for dossier in things.dossiers.values() if dossier.reference}
    codes |= {each.shown_reference for each in things.dossiers.values() if each.reference}
    codes |= {dossier.number for dossier in things.dossiers.values() if dossier.number}
    codes |= {str(dossier.uuid) for dossier in things.dossiers.values()}

    def seen(who: str, *paths: str) -> set[str]:
        client = permission_walk.client_of(things, who)
        pages = [client.get(path).content.decode() for path in paths]
        return {code for code in codes if any(code in page for page in pages)}

    assert seen("minh", "/ho-so/?viec=tat-ca", "/ho-so/") != set()
    assert seen("lan", "/ho-so-cua-toi/") != set()
    assert seen("cuc", "/api/v1/dossiers") != set()
    assert seen("nam", "/ho-so/", "/ho-so/lich-su/tra-cuu/", "/thong-bao/") == set()
    assert seen("hung", "/ho-so-cua-toi/", "/thong-bao/") == set()
    assert seen("far", "/api/v1/dossiers") == set()
