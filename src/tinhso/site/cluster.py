"""The embedded PostgreSQL of one house: made, started, watched, stopped by our own hand.

Loopback TCP with SCRAM passwords and data checksums, no socket, no trust. Whoever needs the server
holds a shared lock on it; the last one out stops it, so a command run beside a demo never pulls the
database from under it. After a kill -9 the first starts may fail while orphaned backends still hold
the shared memory: they are retried for half a minute.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import psycopg
from psycopg import sql

from tinhso.site.binaries import Account, Binaries, database_account, find_binaries
from tinhso.site.house import SYSTEM_FOLDER, House, path_key
from tinhso.site.ports import is_free
from tinhso.site.terminal import CannotGoOn, complain

if TYPE_CHECKING:
    from collections.abc import Iterator

DATABASE = "tinhso"
OWNER = "tinhso_owner"
APPLICATION = "tinhso_app"
PATIENCE = 40.0  # seconds, longer than crash recovery and the death of orphaned backends
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "120",
    "shared_buffers": "256MB",
    "autovacuum_naptime": "15s",  # open work is changed all the time, and counted on every page of the queue
    "timezone": "UTC",
    "log_min_messages": "warning",
}
WITHOUT_DURABILITY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",  # its workers hold databases that tests drop
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "128MB",
}
MEMORY = Path("/dev/shm")  # noqa: S108 - in it a folder of our own, refused where another made it
MEMORY_NEEDED = 4 * 2**30  # bytes in all, which do not change while a server runs


@dataclass(frozen=True)
class Cluster:
    """The database server of a house. `durable=False` is for tests alone."""

    house: House
    account: Account
    binaries: Binaries
    durable: bool = True

    @classmethod
    def of(cls, house: House, *, durable: bool = True) -> Cluster:
        """The cluster of a house, with the programs and the account of this machine."""
        account = database_account()
        return cls(house, account, find_binaries(account), durable)

    @property
    def folder(self) -> Path:
        """The data folder.

        In the house, or in our system folder where the account cannot enter the house. What need not
        last lies in the machine's memory where there is room: a new database for the next tests is
        over a thousand files, which some disks take seconds to make.
        """
        if not self.durable and (in_memory := _in_memory(self.house.home)):
            return in_memory / "postgres"
        remembered: str | None = self.house.recall("database_folder")
        if remembered is None:
            base = self.house.home
            if not self.account.reaches(base):
                base = SYSTEM_FOLDER / path_key(base)
                base.mkdir(parents=True, exist_ok=True)
            remembered = str(base / "postgres")
            self.house.remember(database_folder=remembered)
        return Path(remembered)

    def url(self, role: str, database: str = DATABASE) -> str:
        """Connection address of a role on the running server."""
        password = quote(self.house.secret(f"password_{role}"), safe="")
        return f"postgres://{role}:{password}@127.0.0.1:{self.house.recall('database_port')}/{database}"

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """The server runs for the length of the block, whoever started it; the last user stops it."""
        users = self._open_lock("database-users.lock")
        try:
            with self._turn():
                fcntl.flock(users, fcntl.LOCK_SH)
                self.start()
            yield
        finally:
            with self._turn():
                if _taken_alone(users):
                    self.stop()
            os.close(users)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Starting and stopping are done by one at a time."""
        turn = self._open_lock("database-turn.lock")
        try:
            fcntl.flock(turn, fcntl.LOCK_EX)
            yield
        finally:
            os.close(turn)

    def _open_lock(self, name: str) -> int:
        return os.open(self.house.home / name, os.O_RDWR | os.O_CREAT, 0o600)

    def start(self) -> None:
        """Make the cluster when there is none, and start it when it does not run."""
        if not self.durable and self.folder.exists() and not self.house.recall("roles_made"):
            self._remove()  # of a house that was deleted: nobody knows its passwords, or needs it
        if not self.folder.exists():
            self._create()
            self.house.remember(roles_made=False)
        self._refuse_other_major()
        if not self.is_running():
            self._launch()
        if not self.house.recall("roles_made"):
            self._make_roles()
            self.house.remember(roles_made=True)

    def is_running(self) -> bool:
        """Whether the postmaster of this very data folder is alive; remembers its port."""
        if self._run("pg_ctl", "status", "-D", str(self.folder)):
            return False
        lines = (self.folder / "postmaster.pid").read_text().splitlines()
        if int(lines[3]) != self.house.recall("database_port"):
            self.house.remember(database_port=int(lines[3]))
        return True

    def stop(self) -> None:
        """Stop the server; transactions in hand are rolled back, committed ones are safe."""
        self._run("pg_ctl", "stop", "-D", str(self.folder), "-m", "fast", "-w", "-t", "60")

    def keep(self) -> None:
        """Start the server again when it has died.

        Called by the supervisor a few times a second.
        """
        try:
            postmaster = int((self.folder / "postmaster.pid").read_text().split("\n", 1)[0])
            os.kill(postmaster, 0)
        except PermissionError:
            return  # alive, under the account
        except (OSError, ValueError):
            complain("database: đã dừng, khởi động lại / ended, restarting")
            self.start()

    def destroy(self) -> None:
        """Remove the data folder, unless somebody else is using the server."""
        users = self._open_lock("database-users.lock")
        try:
            with self._turn():
                if not _taken_alone(users):
                    raise CannotGoOn(
                        "Một lệnh khác đang dùng CSDL này.", "another command is using it."
                    )
                if self.folder.exists():
                    self._remove()
                if self.folder.parent != self.house.home:
                    with suppress(OSError):
                        self.folder.parent.rmdir()
            self.house.remember(roles_made=False)
        finally:
            os.close(users)

    def _remove(self) -> None:
        self.stop()
        self._run_as_account("rm", "-rf", str(self.folder))
        shutil.rmtree(self.folder, ignore_errors=True)

    def _create(self) -> None:
        """`initdb` beside the final place, then one rename.

        An interrupted first start leaves no half cluster.
        """
        partial = self.folder.with_name("postgres.partial")
        if partial.exists():
            self._run_as_account("rm", "-rf", str(partial))
        partial.parent.mkdir(exist_ok=True)  # in memory, nothing outlives the machine's last start
        partial.mkdir(mode=0o700)
        self.account.owns(partial)
        locale = ["--locale=C.UTF-8"]
        if self.binaries.major >= 17:  # noqa: PLR2004 - the version that brought the builtin provider
            locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        with tempfile.NamedTemporaryFile("w") as password:
            password.write(self.house.secret("password_postgres"))
            password.flush()
            self.account.owns(Path(password.name))
            failed = self._run(
                "initdb", "-D", str(partial), "-U", "postgres", "-E", "UTF8", "--data-checksums", *locale,
                "--auth-local=scram-sha-256", "--auth-host=scram-sha-256", f"--pwfile={password.name}",
            )  # fmt: skip
        if failed:
            raise CannotGoOn(
                f"Không tạo được CSDL ở {partial}.", "initdb failed; is the disk full?"
            )
        partial.rename(self.folder)

    def _refuse_other_major(self) -> None:
        have = int((self.folder / "PG_VERSION").read_text())
        if have != self.binaries.major:
            raise CannotGoOn(
                f"CSDL ở {self.folder} thuộc PostgreSQL {have}, chương trình là {self.binaries.version}. "
                f"Nâng cấp: TINHSO_POSTGRES=<thư mục bin của bản {have}> ./tinhso backup <thư mục>, "
                "rồi TINHSO_HOME=<thư mục mới> ./tinhso restore <thư mục>",
                f"the data folder is of PostgreSQL {have}; back up with the programs of that version "
                "and restore into a new house, as shown.",
            )

    def _launch(self) -> None:
        log = self.folder / "server.log"
        last_try = time.monotonic() + PATIENCE
        while True:
            port = self._port()
            chosen = SETTINGS | ({} if self.durable else WITHOUT_DURABILITY) | {"port": str(port)}
            options = " ".join(f"-c {name}='{value}'" for name, value in chosen.items())
            if not self._run(
                "pg_ctl",
                "start",
                "-D",
                str(self.folder),
                "-w",
                "-t",
                "120",
                "-l",
                str(log),
                "-o",
                options,
            ):
                self.house.remember(database_port=port)
                return
            if time.monotonic() > last_try:
                raise CannotGoOn(
                    f"PostgreSQL không khởi động được; xem {log}.",
                    "PostgreSQL does not start; that file says why.",
                )
            time.sleep(0.5)

    def _port(self) -> int:
        """The remembered port when it is free, else a new one."""
        remembered = self.house.recall("database_port")
        if remembered and is_free(remembered):
            return int(remembered)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return int(probe.getsockname()[1])

    def _make_roles(self) -> None:
        """The owner migrates, the application runs; neither is a superuser."""
        with self._superuser() as connection:
            for role, rights in (
                (OWNER, "" if self.durable else "CREATEDB CREATEROLE"),
                (APPLICATION, ""),
            ):
                if not connection.execute(
                    "SELECT 1 FROM pg_roles WHERE rolname = %s", [role]
                ).fetchone():
                    connection.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(role)))
                connection.execute(
                    sql.SQL("ALTER ROLE {} LOGIN {} PASSWORD {}").format(
                        sql.Identifier(role),
                        sql.SQL(rights),
                        sql.Literal(self.house.secret(f"password_{role}")),
                    )
                )
            # The health page asks how old the oldest writer is, also where another role writes.
            connection.execute(
                sql.SQL("GRANT pg_read_all_stats TO {}").format(sql.Identifier(APPLICATION))
            )
            if not connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]
            ).fetchone():
                connection.execute(
                    sql.SQL("CREATE DATABASE {} OWNER {}").format(
                        sql.Identifier(DATABASE), sql.Identifier(OWNER)
                    )
                )

    def _superuser(self) -> psycopg.Connection[Any]:
        try:
            return psycopg.connect(self.url("postgres", "postgres"), autocommit=True)
        except psycopg.OperationalError as error:
            raise CannotGoOn(
                f"{self.folder} thuộc về một nhà đã bị xoá (mật khẩu không khớp). Xoá thư mục ấy nếu không cần nữa",
                "the data folder belongs to a house that is gone; remove it when it is not needed.",
            ) from error

    def _run(self, program: str, *arguments: str) -> int:
        """Run one program of PostgreSQL as the account.

        Nothing is inherited: `pg_ctl start` would keep our pipes open.
        """
        return self._run_as_account(self.binaries.program(program), *arguments)

    def _run_as_account(self, *command: str) -> int:
        quiet = subprocess.DEVNULL
        return subprocess.run(
            command,
            check=False,
            stdin=quiet,
            stdout=quiet,
            stderr=quiet,
            cwd="/",
            **self.account.as_arguments(),
        ).returncode


def _in_memory(home: Path) -> Path | None:
    """A folder of our own in the machine's memory; None where that is small, or another made it."""
    folder = MEMORY / f"tinhso-{os.geteuid()}-{path_key(home)}"
    try:
        if shutil.disk_usage(MEMORY).total < MEMORY_NEEDED or folder.is_symlink():
            return None
        return folder if not folder.exists() or folder.stat().st_uid == os.geteuid() else None
    except OSError:
        return None


def _taken_alone(lock: int) -> bool:
    """Whether nobody else holds the lock; ours becomes exclusive then."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
