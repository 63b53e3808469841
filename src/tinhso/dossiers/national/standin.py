"""A stand-in for the adapter of the national portal (đóng vai Cổng quốc gia), for tests and the demo.

It speaks `/mapi/login` and `/mapi/g` as other provinces' published systems call them, keeps what it is told, and says
no where the real one is known to: an unknown session, a missing field, a dossier told twice, progress of a dossier that
it does not know. `/` lists what it holds. Loopback only; it plays, it is no authority.

`python -m tinhso.dossiers.national.standin --port N [--journal FILE]`
"""

from __future__ import annotations

import argparse
import html
import json
import secrets
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tinhso.kernel.identifiers import read_number

if TYPE_CHECKING:
    from collections.abc import Callable

LARGEST = 2_000_000
"""Bytes of a message."""
STATES = range(1, 11)
NEEDED = ("MaHoSo", "MaTTHC", "TenTTHC", "ChuHoSo", "LoaiDoiTuong", "TrangThaiHoSo")
PROGRESS_NEEDED = ("MaHoSo", "ThoiDiemXuLy", "TrangThai")
ROWS = 200


class Refusal(Exception):
    """The code and the words of a no."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code, self.words = code, words


class Book:
    """What the stand-in was told: dossiers by their code, each with its states in order."""

    def __init__(self, journal: Path | None = None) -> None:
        self.dossiers: dict[str, dict[str, Any]] = {}
        self.sessions: set[str] = set()
        self.lock = threading.Lock()
        self.journal = journal
        if journal and journal.exists():
            for line in journal.read_text(encoding="utf-8").splitlines():
                self._take(json.loads(line))

    def sign_in(self, body: dict[str, Any]) -> dict[str, Any]:
        """A session for whoever names itself."""
        if not body.get("username") or not body.get("password"):
            raise Refusal("-1", "Thiếu tên hoặc mật khẩu")
        key = secrets.token_hex(16)
        self.sessions.add(key)
        return {"session": key, "error_code": 0}

    def call(self, body: dict[str, Any]) -> dict[str, Any]:
        """One service."""
        if body.get("session") not in self.sessions:
            raise Refusal("-401", "Phiên làm việc không hợp lệ")
        service, data = body.get("service"), body.get("data")
        if service == "TraCuuHoSo":
            found = self.dossiers.get(str(body.get("MaHoSo")))
            return {"error_code": "00", "data": found}
        if service not in {"DongBoHoSoMC", "CapNhatTienDoHoSoMC"} or not isinstance(data, list):
            raise Refusal("-2", "Không có dịch vụ này")
        with self.lock:
            for row in data:
                _check(service, row, str(body.get("isUpdating")), self.dossiers)
            for row in data:
                self._keep({"service": service, "row": row})
        return {"error_code": "00", "error_message": "Thành công"}

    def _keep(self, told: dict[str, Any]) -> None:
        self._take(told)
        if self.journal:
            with self.journal.open("a", encoding="utf-8") as file:
                file.write(json.dumps(told, ensure_ascii=False) + "\n")

    def _take(self, told: dict[str, Any]) -> None:
        row = told["row"]
        known = self.dossiers.setdefault(row["MaHoSo"], {"states": []})
        known["states"].append(int(row.get("TrangThaiHoSo") or row.get("TrangThai")))
        if told["service"] == "DongBoHoSoMC":
            known["title"] = row["TenTTHC"]


def _check(service: str, row: Any, updating: str, known: dict[str, Any]) -> None:
    needed = NEEDED if service == "DongBoHoSoMC" else PROGRESS_NEEDED
    if not isinstance(row, dict):
        raise Refusal("-3", "Dữ liệu không đúng")
    missing = [name for name in needed if not row.get(name)]
    if missing:
        raise Refusal("-3", f"Thiếu {', '.join(missing)}")
    state = str(row.get("TrangThaiHoSo") or row.get("TrangThai"))
    if read_number(state) not in STATES:
        raise Refusal("-3", f"Trạng thái {state} không có trong danh mục")
    is_known = row["MaHoSo"] in known
    if service == "DongBoHoSoMC" and updating == "False" and is_known:
        raise Refusal("-4", f"Hồ sơ {row['MaHoSo']} đã có")
    if (service == "CapNhatTienDoHoSoMC" or updating == "True") and not is_known:
        raise Refusal("-5", f"Chưa có hồ sơ {row['MaHoSo']}")


class Handler(BaseHTTPRequestHandler):
    """HTTP for the book of the server."""

    server: StandIn

    def do_POST(self) -> None:
        """Sign in, or call a service."""
        try:
            body = self._body()
            answer = self._service()(body)
        except Refusal as refusal:
            answer = {"error_code": refusal.code, "error_message": refusal.words}
        self._say(json.dumps(answer, ensure_ascii=False), "application/json")

    def do_GET(self) -> None:
        """What it holds, for people."""
        rows = list(self.server.book.dossiers.items())[-ROWS:]
        lines = "".join(
            f"<tr><td>{html.escape(code)}</td><td>{html.escape(str(told.get('title', '')))}</td>"
            f"<td>{' → '.join(map(str, told['states']))}</td></tr>"
            for code, told in reversed(rows)
        )
        self._say(
            "<!doctype html><html lang=vi><meta charset=utf-8><title>Cổng quốc gia (đóng vai)</title>"
            f"<h1>Cổng quốc gia (đóng vai): {len(self.server.book.dossiers)} hồ sơ</h1>"
            f"<table><tr><th>Mã hồ sơ<th>Thủ tục<th>Trạng thái lần lượt</tr>{lines}</table>",
            "text/html",
        )

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (named by http.server)
        """Say nothing: bodies and codes belong to people."""

    def _service(self) -> Callable[[dict[str, Any]], dict[str, Any]]:
        services = {"/mapi/login": self.server.book.sign_in, "/mapi/g": self.server.book.call}
        if self.path not in services or not self.headers.get("dstcode"):
            raise Refusal("404", "Không có đường này, hoặc thiếu dstcode")
        return services[self.path]

    def _body(self) -> dict[str, Any]:
        length = int(self.headers.get("Content-Length") or 0)
        if not 0 < length <= LARGEST:
            raise Refusal("-3", "Thiếu nội dung hoặc quá lớn")
        try:
            body = json.loads(self.rfile.read(length))
        except ValueError:
            raise Refusal("-3", "Không phải JSON") from None
        if not isinstance(body, dict):
            raise Refusal("-3", "Dữ liệu không đúng")
        return body

    def _say(self, text: str, kind: str) -> None:
        content = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


class StandIn(ThreadingHTTPServer):
    """The server with its book, on loopback."""

    daemon_threads = True

    def __init__(self, port: int = 0, journal: Path | None = None) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.book = Book(journal)

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.server_port}"


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--journal", type=Path)
    options = parser.parse_args()
    StandIn(options.port, options.journal).serve_forever()


if __name__ == "__main__":
    main()
