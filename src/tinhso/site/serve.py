"""`./tinhso serve`: production, from the environment alone."""

from __future__ import annotations

import os
import signal
from contextlib import ExitStack
from typing import TYPE_CHECKING

from tinhso.site import processes
from tinhso.site.arguments import Arguments
from tinhso.site.environment import (
    AS_OWNER,
    database_of,
    of_process,
    serves_as_owner,
    this_house,
)
from tinhso.site.ports import refuse_unusable
from tinhso.site.preparing import prepare_once, refuse_other_kind
from tinhso.site.supervision import Supervisor
from tinhso.site.terminal import CannotGoOn, complain, say

if TYPE_CHECKING:
    from collections.abc import Sequence

PORT = 8000
SHORTEST_KEY = 40
KNOWN_KEYS = (
    "dev",
    "demo",
    "django-insecure",
    "none",
    "secret",
    "change",
    "test",
)  # beginnings of keys seen in examples


def run(arguments: Sequence[str]) -> int:
    """Refuse what belongs to a demo, prepare, supervise until SIGTERM."""
    options = parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    refuse_demo_settings()
    house = this_house()
    house.open()
    refuse_other_kind(house, "production")
    roles = ("web", "worker") if options.role == "all" else (options.role,)
    with house.occupied("serve", roles) as occupation, ExitStack() as held:
        if "web" in roles:
            refuse_unusable(options.port, options.host)
        database, cluster = held.enter_context(database_of(house))
        environment = of_process(house, database)
        if serves_as_owner():
            complain(f"tinhso: {AS_OWNER[0]} → {AS_OWNER[1]}")
        prepare_once(house, environment, "production")
        makers = {
            "web": lambda: processes.web(environment, host=options.host, port=options.port),
            "worker": lambda: processes.worker(environment),
        }
        address = f"http://{options.host}:{options.port}" if "web" in roles else ""
        children = [makers[role]() for role in roles]
        with Supervisor(children, cluster.keep if cluster else None) as supervisor:
            occupation.write(address=address)
            say(f"tinhso serve: {options.role} {address}")
            supervisor.run()
    return 0


def parser() -> Arguments:
    """What `serve` takes."""
    parser = Arguments("serve")
    parser.add_argument(
        "--role", choices=("web", "worker", "all"), default="all", help="tiến trình / processes"
    )
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        metavar="ĐỊA CHỈ",
        help="địa chỉ lắng nghe / address to listen at",
    )
    parser.add_argument("--port", type=int, default=PORT, metavar="SỐ", help="cổng / port")
    return parser


def refuse_demo_settings() -> None:
    """No demo, no debugging, and a secret key of one's own."""
    for name in ("TINHSO_DEMO", "TINHSO_DEBUG"):
        if os.environ.get(name) == "1":
            raise CannotGoOn(
                f"{name}=1 không dùng được khi vận hành thật.",
                f"{name}=1 has no place in production.",
            )
    if os.environ.get("TINHSO_CLOCK_OFFSET_SECONDS", "0") != "0":
        raise CannotGoOn(
            "Không được dời đồng hồ khi vận hành thật.", "the clock is not shifted in production."
        )
    key = os.environ.get("TINHSO_SECRET_KEY", "")
    if len(key) < SHORTEST_KEY or key.lower().startswith(KNOWN_KEYS):
        raise CannotGoOn(
            f"TINHSO_SECRET_KEY thiếu, ngắn hơn {SHORTEST_KEY} ký tự hoặc là khoá mẫu. "
            "Tạo khoá: openssl rand -base64 48",
            "TINHSO_SECRET_KEY is missing, too short or a sample; make one as shown.",
        )
