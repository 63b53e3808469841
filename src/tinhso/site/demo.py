"""`./tinhso demo`: one command from a fresh clone to a province at work."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tinhso.events.anchors import strangers
from tinhso.site import processes
from tinhso.site.arguments import Arguments
from tinhso.site.cluster import Cluster
from tinhso.site.environment import Environment, database_of, of_process, this_house
from tinhso.site.house import PROJECT, House
from tinhso.site.ports import HIGHEST, is_free, refuse_unusable
from tinhso.site.preparing import fingerprint, prepare_once, refuse_other_kind
from tinhso.site.supervision import Child, Supervisor
from tinhso.site.terminal import CannotGoOn, say

if TYPE_CHECKING:
    from collections.abc import Sequence

PORT = 8000
PORTS_TRIED = 50
FAR = 200
LEFT_ALONE = 3600.0  # seconds: a start within the hour finds the province as it was
PATIENCE = 60.0  # seconds until the pages must answer


def run(arguments: Sequence[str]) -> int:
    """Prepare the house, build the province when there is none, supervise until Ctrl-C."""
    options = parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # until the supervision begins
    house = _house(options.at)
    house.open()
    with house.occupied("demo") as occupation:
        refuse_other_kind(house, "demo")
        _refuse_other_database(house)
        say("Đang khởi động… / Starting…")
        if not (house.kind or os.environ.get("DATABASE_URL") or _has_belongings(house)):
            house.remember(kind="demo")  # so what an interrupted start leaves is known as a demo's
        if options.at:
            house.remember(plays=options.at.isoformat())
        half_built = house.recall("begun") and not house.recall("built")
        port = _port(options.port)  # before anything is thrown away
        if options.fresh or half_built:
            begin_anew(house)
        say("Khởi động cơ sở dữ liệu… / Starting the database…")
        with database_of(house) as (database, cluster):
            address = f"http://127.0.0.1:{port}"
            known = {"TINHSO_DEMO": "1", "TINHSO_ADDRESS": address}
            environment = of_process(house, database, **known)
            prepare_once(house, environment, "demo")
            _build(house, environment, house.plays, options.catalogue)
            port = _port(options.port)  # somebody may have taken it while the province was built
            address = f"http://127.0.0.1:{port}"
            environment = {**environment, "TINHSO_ADDRESS": address}
            children = _children(house, environment, port, house.plays)
            say("Mở trang… / Opening the pages…")
            with Supervisor(children, cluster.keep if cluster else None) as supervisor:
                if _answers(supervisor, port):
                    occupation.write(address=address)
                    _welcome(house, address)
                supervisor.run()
                say("Đang dừng… / Stopping…")
    return 0


def parser() -> Arguments:
    """What `demo` takes."""
    parser = Arguments("demo")
    parser.add_argument("--fresh", action="store_true", help="bắt đầu lại từ đầu / begin anew")
    parser.add_argument(
        "--at",
        type=date.fromisoformat,
        metavar="NGÀY",
        help="tỉnh ở ngày đó, ví dụ 2025-06-30 / the province on that day",
    )
    parser.add_argument("--port", type=int, metavar="SỐ", help="cổng của trang / port of the pages")
    parser.add_argument(
        "--catalogue",
        type=Path,
        metavar="TỆP",
        help="danh mục thủ tục quốc gia, để tìm được mọi thủ tục / the national catalogue of procedures",
    )
    return parser


def _children(house: House, environment: Environment, port: int, at: date | None) -> list[Child]:
    """The processes of the demo; today's also plays the national portal, and tells it what is done from now on."""
    children = []
    if at is None:
        # Far from those that people ask for: a second demo beside this one takes the next port.
        first = port + FAR if port + FAR + PORTS_TRIED < HIGHEST else port - FAR
        near = range(first, first + PORTS_TRIED)
        beside = next(other for other in near if is_free(other))
        told = {
            "TINHSO_NATIONAL_URL": f"http://127.0.0.1:{beside}",
            "TINHSO_NATIONAL_USER": "demo",
            "TINHSO_NATIONAL_SECRET": "demo",
            "TINHSO_NATIONAL_ROUTE": "demo",
            "TINHSO_NATIONAL_SINCE": _national_since(house),
        }
        environment = {**environment, **told}
        log = house.logs / "national.log"
        children.append(
            processes.national_stand_in(environment, port=beside, house=house.home, log=log)
        )
    return [
        *children,
        processes.web(environment, port=port, log=house.logs / "web.log"),
        processes.worker(environment, log=house.logs / "worker.log"),
    ]


def _national_since(house: House) -> str:
    """The instant from which acts are told to the played portal: that of the first start, whatever was built before."""
    if not house.recall("national_since"):
        house.remember(national_since=datetime.now(UTC).isoformat())
    return str(house.recall("national_since"))


def _house(at: date | None) -> House:
    """The demo of another day is a house of its own inside this one's folder; one that is such a house stays it."""
    house = this_house()
    return House(house.home / f"at-{at}") if at and at != house.plays else house


def _refuse_other_database(house: House) -> None:
    """A shell that names a database must not lead a house away from its own without a word."""
    if os.environ.get("DATABASE_URL") and house.recall("roles_made"):
        raise CannotGoOn(
            f"Nhà {house.home} có cơ sở dữ liệu riêng, nhưng DATABASE_URL đang chỉ tới nơi khác. "
            "Bỏ biến ấy (unset DATABASE_URL), hoặc đặt TINHSO_HOME khác.",
            "this house has a database of its own; unset DATABASE_URL or choose another TINHSO_HOME.",
        )


def begin_anew(house: House) -> None:
    """Remove what a demo made, or an interrupted start left: database, files, pages.

    Nothing goes that is not a demo's: a house of unknown kind is refused, and a folder of anchors
    that the environment names is left alone: its file of the old log is reported until it is moved.
    """
    refuse_other_kind(house, "demo")
    if os.environ.get("DATABASE_URL"):
        raise CannotGoOn(
            "--fresh chỉ xoá CSDL nhúng, không xoá DATABASE_URL.",
            "--fresh removes only the embedded database.",
        )
    if not house.kind and _has_belongings(house):
        raise CannotGoOn(
            f"Không rõ {house.home} có phải nhà trình diễn không nên không xoá. "
            "Chạy ./tinhso demo không có --fresh, hoặc đặt TINHSO_HOME khác.",
            "it is not known to be a demo house, so nothing is removed.",
        )
    Cluster.of(house).destroy()
    for name in ("files", "static", "mail"):
        shutil.rmtree(house.home / name, ignore_errors=True)
    if "TINHSO_ANCHORS" not in os.environ:
        shutil.rmtree(house.anchors, ignore_errors=True)
    elif found := strangers(house.anchors, None):
        say(
            f"Dời {found[0]} đi: nhật ký mới không niêm phong bên neo của nhật ký cũ."
            " / Move it away: the new log is not sealed beside the anchors of the old one."
        )
    house.demo_note.unlink(missing_ok=True)
    house.portal_token.unlink(missing_ok=True)
    house.remember(begun=False, built=False, prepared="")


def _has_belongings(house: House) -> bool:
    """Whether somebody's database or papers lie here."""
    return Cluster.of(house).folder.exists() or (house.home / "files").exists()


def _port(wanted: int | None) -> int:
    """The port asked for, or the first free one from the usual one on; the usual one again as soon as it is free.

    A taken one is said.
    """
    if wanted is not None:
        refuse_unusable(wanted, "127.0.0.1")
        return wanted
    for port in range(PORT, PORT + PORTS_TRIED):
        if is_free(port):
            if port != PORT:
                say(f"Cổng {PORT} đang bận, dùng {port}. / Port {PORT} is taken, using {port}.")
            return port
    raise CannotGoOn(
        f"Các cổng từ {PORT} đều bận; chọn: --port.", f"the ports from {PORT} on are taken."
    )


def _build(house: House, environment: Environment, at: date | None, catalogue: Path | None) -> None:
    """Build the demo province when there is none, else let it go on to now: the command shows its own progress."""
    if house.recall("built"):
        _apply_packs(house, environment)
        if not house.portal_token.exists():  # an older house, or a restored one
            _build_demo(environment, "--part", "way")
        if not house.demo_note.exists():
            _give_passwords(environment)
        elif time.time() - (house.recall("played") or 0) > LEFT_ALONE:
            _go_on(house, environment)
        return
    house.remember(begun=True)
    # One that is cut off is begun anew; the last commit of a whole one makes all before it durable.
    unhurried = {**environment, "PGOPTIONS": "-c synchronous_commit=off"}
    chosen = ["--at", at.isoformat()] if at else []
    chosen += ["--catalogue", str(catalogue.absolute())] if catalogue else []
    if _build_demo(unhurried, *chosen):
        raise CannotGoOn(
            "Chưa dựng được tỉnh mẫu (xem dòng trên).", "the demo province could not be built."
        )
    house.remember(built=True, played=time.time(), packs=fingerprint(PROJECT / "packs"))


def _apply_packs(house: House, environment: Environment) -> None:
    """The procedures, roles and figures of a newer program; where they are refused the former ones stay."""
    wanted = fingerprint(PROJECT / "packs")
    if house.recall("packs") == wanted:
        return
    if _build_demo(environment, "--part", "packs"):
        say(
            "Gói nghiệp vụ giữ như cũ; --fresh dựng lại với gói mới."
            " / The packs stay as they were; --fresh begins anew with the new ones."
        )
    house.remember(packs=wanted)


def _give_passwords(environment: Environment) -> None:
    """A restored house has no note, since no backup holds passwords: its sample accounts get new ones."""
    say(
        "Nhà khôi phục: tài khoản mẫu có mật khẩu mới. / A restored house: new passwords are given."
    )
    _build_demo(environment, "--part", "passwords")


def _go_on(house: House, environment: Environment) -> None:
    """What happened since the last start; a province that cannot go on is shown as it stood."""
    if _build_demo(environment, "--part", "go-on"):
        say("Tỉnh mẫu giữ nguyên như lần trước. / The province stays as it stood.")
    house.remember(played=time.time())


def _build_demo(environment: Environment, *options: str) -> int:
    command = [sys.executable, "-m", "tinhso.site", "build_demo", *options]
    done = subprocess.run(command, env=environment, check=False, stdin=subprocess.DEVNULL)
    return done.returncode


def _answers(supervisor: Supervisor, port: int) -> bool:
    """Wait for the first answer of the pages, whatever it is; False when told to stop meanwhile."""
    last = time.monotonic() + PATIENCE
    [web] = [child for child in supervisor.children if child.name == "web"]
    while not supervisor.stopping:
        supervisor.step()
        pages = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            pages.request("GET", "/suc-khoe.json")
            pages.getresponse()
            if web.process is None or web.process.poll() is not None:
                raise ConnectionRefusedError  # it is another program that answers there
        except OSError:
            if web.backoff.failures > 1 or time.monotonic() > last:
                raise CannotGoOn(
                    f"Trang không khởi động được; xem {web.log}.",
                    "the pages do not start; that file says why.",
                ) from None
        else:
            return True
        finally:
            pages.close()
    return False


def _welcome(house: House, address: str) -> None:
    """The address and a sign-in for each role."""
    path = "/"
    sign_ins: list[dict[str, str]] = []
    if house.demo_note.exists():
        note = json.loads(house.demo_note.read_text())
        path, sign_ins = note["address_path"], note["sign_ins"]
    say(f"\nTỉnh Số: {address}{path}\n")
    widest = max((len(entry["role"]) for entry in sign_ins), default=0)
    for entry in sign_ins:
        say(f"  {entry['role']:<{widest}}  {entry['email']:<36} {entry['password']}")
    say(f"\nDữ liệu ở {house.home} / The data are there. Ctrl-C để dừng / stops it.")
