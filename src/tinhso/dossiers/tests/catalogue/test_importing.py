"""The catalogue is kept with what it said before; nothing is half imported."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tinhso.dossiers.catalogue.errors import CatalogueEntryNotFound, CatalogueRefused
from tinhso.dossiers.catalogue.reading import Figures
from tinhso.dossiers.events import CATALOGUE_IMPORTED
from tinhso.dossiers.models import CatalogueEntry, CatalogueImport, CatalogueVersion, Finding
from tinhso.dossiers.queries.catalogue import catalogue, catalogue_versions, sectors
from tinhso.dossiers.services.catalogue import import_catalogue
from tinhso.dossiers.tests.catalogue.samples import BIRTH, SHOP, record, small, written
from tinhso.events.models import Event
from tinhso.kernel.actors import AnonymousVisitor, SystemActor
from tinhso.kernel.permissions import PermissionMissing

pytestmark = pytest.mark.django_db

AT = datetime(2026, 7, 1, 2, tzinfo=UTC)
LATER = AT + timedelta(days=30)


def bring(folder: Path, records: list[dict[str, Any]], at: datetime = AT) -> Figures:
    path = folder / "danh-muc.json"
    path.write_bytes(written(records))
    return import_catalogue(path, actor=SystemActor("import-procedures"), at=at)


def test_it_keeps_source_and_what_was_read(tmp_path: Path) -> None:
    figures = bring(tmp_path, small())
    assert (figures.procedures, figures.added, figures.changed) == (3, 3, 0)
    (version,) = catalogue_versions(BIRTH)
    assert (version.since, version.until, version.levels) == (AT, None, ["province", "commune"])
    deadline = version.parsed["ways"][0]["deadline"]
    place = deadline["at"]
    assert deadline["number"] == 3
    assert version.source[place["column"]][place["start"] : place["end"]] == "3 Ngày làm việc"
    assert version.parsed["objects"] == [
        "Công dân Việt Nam",
        "Cán bộ, công chức, viên chức",
        "Tổ chức (không bao gồm doanh nghiệp, HTX)",
    ]
    event = Event.objects.get(kind=CATALOGUE_IMPORTED.code)
    assert event.payload == {"procedures": 3, "added": 3, "changed": 0}
    assert Finding.objects.count() == 3


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    bring(tmp_path, small())
    figures = bring(tmp_path, small(), at=LATER)
    assert (figures.added, figures.changed) == (0, 0)
    assert CatalogueVersion.objects.count() == 3
    assert CatalogueImport.objects.count() == 1
    assert Event.objects.filter(kind=CATALOGUE_IMPORTED.code).count() == 1


def test_a_changed_entry_keeps_what_it_was_with_its_dates(tmp_path: Path) -> None:
    bring(tmp_path, small())
    figures = bring(tmp_path, [record(name="Đăng ký khai sinh mới")], at=LATER)
    assert (figures.added, figures.changed) == (0, 1)
    now, before = catalogue_versions(BIRTH)
    assert (now.version, now.since, now.until, now.name) == (
        2,
        LATER,
        None,
        "Đăng ký khai sinh mới",
    )
    assert (before.version, before.since, before.until) == (1, AT, LATER)
    assert CatalogueEntry.objects.filter(code=SHOP).exists()


def test_a_file_that_is_refused_late_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(CatalogueRefused):
        bring(tmp_path, [*small(), {"ten_thu_tuc": "Không mã"}])
    assert not CatalogueImport.objects.exists()
    assert not CatalogueVersion.objects.exists()
    assert not Event.objects.filter(kind=CATALOGUE_IMPORTED.code).exists()


def test_who_may_not_import_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(written(small()))
    with pytest.raises(PermissionMissing):
        import_catalogue(path, actor=AnonymousVisitor(), at=AT)
    assert not CatalogueEntry.objects.exists()


def test_the_catalogue_is_read_by_level_and_sector(tmp_path: Path) -> None:
    bring(tmp_path, small())
    assert [row.entry.code for row in catalogue(level="commune", sector="Kinh doanh")] == [SHOP]
    assert sectors() == ["Hộ tịch", "Kinh doanh", "Nước"]
    with pytest.raises(CatalogueEntryNotFound):
        catalogue_versions("9.999999")
