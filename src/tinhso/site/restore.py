"""`./tinhso restore DIR`: a new house from a backup, verified before and after."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from tinhso.events.anchors import path_of, strangers
from tinhso.site.arguments import Arguments
from tinhso.site.binaries import database_account, find_binaries
from tinhso.site.copies import ANCHORS, DUMP, FILES, Manifest, copied, run_client
from tinhso.site.environment import Environment, database_of, of_process, this_house
from tinhso.site.preparing import prepare
from tinhso.site.terminal import CannotGoOn, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tinhso.site.house import House


def parser() -> Arguments:
    """What `restore` takes."""
    parser = Arguments("restore")
    parser.add_argument(
        "folder", type=Path, metavar="THƯ_MỤC", help="nơi sao lưu đã ghi / what backup wrote"
    )
    parser.add_argument(
        "--replace", action="store_true", help="nhà cũ đã dừng hẳn / the old house is gone"
    )
    return parser


def run(arguments: Sequence[str]) -> int:
    """Refuse a damaged backup or a house in use, restore, restamp the log, verify it, say what is lost."""
    options = parser().parse_args(arguments)
    folder: Path = options.folder.absolute()
    manifest = Manifest.read(folder)
    say("Đối chiếu mã băm của từng tệp… / Comparing the hash of every file…")
    manifest.verify(folder)
    house = this_house()
    _refuse_a_house_in_use(house)
    _refuse_anchors_of_others(manifest, house)
    if not options.replace:
        _refuse_living_anchors(manifest, house)
    house.open()
    with house.occupied("restore"), database_of(house) as (database, _cluster):
        owner = database["TINHSO_OWNER_DATABASE_URL"]
        _refuse_tables(owner)
        _fill(owner, folder)
        _copy_papers(manifest, folder, house)
        _take_anchors(manifest, folder, house)
        house.remember(plays=manifest.plays)
        environment = of_process(house, database)
        prepare(environment, manifest.kind)
        house.remember(built=True, kind=manifest.kind)
        sound = _log_is_sound(environment)
    _tell(manifest, house)
    return 0 if sound else 1


def _fill(address: str, folder: Path) -> None:
    say("Đổ dữ liệu vào cơ sở dữ liệu… / Filling the database…")
    program = find_binaries(database_account()).program("pg_restore")
    run_client(
        program, address, "--no-owner", "--no-privileges", "--exit-on-error",
        "--single-transaction", f"--dbname={_name(address)}", str(folder / DUMP),
    )  # fmt: skip


def _copy_papers(manifest: Manifest, folder: Path, house: House) -> None:
    papers = [name for name in manifest.hashes if name.startswith(f"{FILES}/")]
    say(f"Chép {len(papers)} tệp… / Copying {len(papers)} files…")
    for name in papers:
        copied(folder / name, house.home / name)


def _tell(manifest: Manifest, house: House) -> None:
    """Where the new house is, what it cannot hold, and how one signs in to a demo's."""
    say(
        f"Nhà mới ở {house.home}: {manifest.events} sự kiện, nhật ký đến vị trí {manifest.position}. "
        f"Bản sao lưu chụp lúc {manifest.made_at}; việc làm sau lúc đó không có trong nhà này. "
        f"/ Acts after {manifest.made_at} are not in this house."
    )
    if manifest.kind == "demo":
        say(
            "Nhà trình diễn: ./tinhso demo trong nhà này cấp mật khẩu mới cho tài khoản mẫu rồi in ra. "
            "/ ./tinhso demo in this house gives the sample accounts new passwords and prints them."
        )


def _name(address: str) -> str:
    return address.rsplit("/", 1)[1].split("?", maxsplit=1)[0]


def _refuse_a_house_in_use(house: House) -> None:
    if not os.environ.get("DATABASE_URL") and house.recall("roles_made"):
        raise CannotGoOn(
            f"{house.home} đã có một nhà. Đặt TINHSO_HOME tới một thư mục mới.",
            "there is a house already; set TINHSO_HOME to a new folder.",
        )


def _refuse_tables(address: str) -> None:
    with psycopg.connect(address) as connection:
        found = connection.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public'").fetchone()
    if found:
        raise CannotGoOn(
            "CSDL đích không rỗng; khôi phục chỉ vào CSDL mới.",
            "the target database is not empty; restore into a new one.",
        )


def _refuse_living_anchors(manifest: Manifest, house: House) -> None:
    """Refuse to write into the anchors of a log that another house may still be keeping."""
    if manifest.log and _anchor_file(manifest, house.anchors).exists():
        raise CannotGoOn(
            f"{house.anchors} đang giữ neo của chính nhật ký này. Tập khôi phục: bỏ TINHSO_ANCHORS. "
            "Thay hẳn nhà cũ đã dừng: thêm --replace.",
            "these anchors belong to the living log; unset TINHSO_ANCHORS, or --replace the old house.",
        )


def _refuse_anchors_of_others(manifest: Manifest, house: House) -> None:
    """Refuse a folder in which the new house would be told at once that its log was exchanged."""
    log = bytes.fromhex(manifest.log) if manifest.log else None
    if found := strangers(house.anchors, log):
        raise CannotGoOn(
            f"{house.anchors} đang giữ neo của nhật ký khác ({found[0].name}). "
            "Đặt TINHSO_ANCHORS tới thư mục chỉ dành cho nhà này.",
            "these anchors are another log's; set TINHSO_ANCHORS to a folder for this house alone.",
        )


def _anchor_file(manifest: Manifest, folder: Path) -> Path:
    return path_of(folder, bytes.fromhex(manifest.log))


def _take_anchors(manifest: Manifest, folder: Path, house: House) -> None:
    """Give the new house the anchors of the old one: the living ones, which know what was lost since."""
    target = _anchor_file(manifest, house.anchors)
    living = _anchor_file(manifest, Path(manifest.anchors))
    source = living if living.is_file() else _anchor_file(manifest, folder / ANCHORS)
    if manifest.log and source.is_file() and not target.exists():
        copied(source, target)


def _log_is_sound(environment: Environment) -> bool:
    """Restamp the sequence for the new server, then verify the log against its anchors."""
    as_owner = {**environment, "DATABASE_URL": environment["TINHSO_OWNER_DATABASE_URL"]}
    python = [sys.executable, "-m", "tinhso.site", "events"]
    steps = ((["restamp"], as_owner), (["verify", "--anchors"], environment))
    return all(
        not subprocess.run([*python, *step], env=known, check=False).returncode
        for step, known in steps
    )
