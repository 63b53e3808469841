"""`./tinhso backup DIR`: a copy of the house while acts go on.

One snapshot of the database is dumped; the papers are stored under their content hash before the
act that names them commits, so the files copied afterwards hold every paper of that snapshot.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

from tinhso.site.arguments import Arguments
from tinhso.site.binaries import database_account, find_binaries
from tinhso.site.copies import (
    ANCHORS,
    DUMP,
    FILES,
    Manifest,
    copied,
    digest,
    files_below,
    run_client,
)
from tinhso.site.environment import database_of, this_house
from tinhso.site.terminal import CannotGoOn, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tinhso.site.house import House

INCOMING = "incoming"  # where uploads are written aside before they are papers
LOG_NAME = "SELECT coalesce((SELECT encode(root, 'hex') FROM events_seal WHERE number = 0), '')"
SECRET_WORDS = (
    "SECRET",
    "PASSWORD",
    "TOKEN",
    "_URL",
    "SMTP",
    "KEY",
)  # an address may hold a password


def parser() -> Arguments:
    """What `backup` takes."""
    parser = Arguments("backup")
    parser.add_argument(
        "folder", type=Path, metavar="THƯ_MỤC", help="thư mục mới hoặc rỗng / a new or empty folder"
    )
    return parser


def run(arguments: Sequence[str]) -> int:
    """Copy this house into a new or empty folder."""
    folder: Path = parser().parse_args(arguments).folder.absolute()
    house = this_house()
    if not house.record.exists() and not os.environ.get("DATABASE_URL"):
        raise CannotGoOn(f"Không có nhà nào ở {house.home}.", "there is no house to back up.")
    if folder.exists() and any(folder.iterdir()):
        raise CannotGoOn(f"Thư mục {folder} không rỗng.", "that folder is not empty.")
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    with database_of(house) as (database, _cluster):
        manifest = _dump(database["TINHSO_OWNER_DATABASE_URL"], folder, house)
    manifest.hashes[DUMP] = digest(folder / DUMP)
    papers = _copy_files(house, folder, manifest)
    manifest.write(folder)
    say(
        f"Đã sao lưu vào {folder}: {manifest.events} sự kiện đến vị trí {manifest.position}, "
        f"{papers} tệp. / Backed up {manifest.events} events, {papers} files."
    )
    return 0


def _dump(address: str, folder: Path, house: House) -> Manifest:
    """Dump one snapshot, and say what it holds in figures of the same snapshot."""
    with psycopg.connect(address) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        made_at = datetime.now(UTC)
        snapshot = _one(connection, "SELECT pg_export_snapshot()")
        manifest = Manifest(
            made_at=made_at.isoformat(timespec="seconds"),
            kind=str(_one(connection, "SELECT kind FROM house_housemark")),
            server=str(_one(connection, "SHOW server_version")),
            position=int(
                _one(connection, "SELECT coalesce(max(position), 0) FROM events_position")
            ),
            events=int(_one(connection, "SELECT count(*) FROM events_event")),
            settings=_settings(),
            anchors=str(house.anchors),
            log=str(_one(connection, LOG_NAME)),
            plays=str(house.plays or ""),
        )
        program = find_binaries(database_account()).program("pg_dump")
        run_client(
            program, address, "--format=custom", "--no-owner", "--no-privileges", "--compress=1",
            f"--snapshot={snapshot}", f"--file={folder / DUMP}",
        )  # fmt: skip
    return manifest


def _one(connection: psycopg.Connection[Any], question: str) -> Any:
    try:
        row = connection.execute(question.encode()).fetchone()
    except psycopg.errors.UndefinedTable:
        row = None
    if row is None:
        raise CannotGoOn("CSDL này chưa phải của Tỉnh Số.", "that database is not a Tỉnh Số house.")
    return row[0]


def _settings() -> dict[str, str]:
    """The settings of the environment, without what is or may hold a secret."""
    return {
        name: value
        for name, value in sorted(os.environ.items())
        if name.startswith("TINHSO_") and not any(word in name for word in SECRET_WORDS)
    }


def _copy_files(house: House, folder: Path, manifest: Manifest) -> int:
    """Copy every stored paper and the anchors, not the passwords in a demo's note; how many papers."""
    trees = ((FILES, house.home / FILES), (ANCHORS, house.anchors))
    for name, source in trees:
        for path in files_below(source):
            if path.parent.name == INCOMING:
                continue
            place = f"{name}/{path.relative_to(source)}"
            manifest.hashes[place] = copied(path, folder / place)
    return sum(place.startswith(f"{FILES}/") for place in manifest.hashes)
