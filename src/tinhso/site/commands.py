"""`./tinhso help [COMMAND]`: our own commands, by what somebody wants to do; one in full."""

from __future__ import annotations

import importlib
import importlib.util
from pathlib import Path

from tinhso.site.arguments import described

OURS = {
    "demo": "demo",
    "serve": "serve",
    "test": "testing",
    "check": "checking",
    "bench": "bench",
    "doctor": "doctor",
    "backup": "backup",
    "restore": "restore",
    "install": "installed",
}  # command: module whose run() does it; each loads only what it needs
GROUPS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Chạy",
        (
            ("demo", "một tỉnh chạy thử, dữ liệu mô phỏng [--fresh] [--at NGÀY] [--port SỐ]"),
            ("serve", "vận hành thật [--role web|worker|all] [--host] [--port]"),
            ("doctor", "máy này còn thiếu gì, cách khắc phục"),
            ("install", "cài thư viện, một lần; lệnh nào cần thư viện cũng tự cài"),
        ),
    ),
    (
        "Dữ liệu nghiệp vụ",
        (
            ("load-units", "nạp danh mục đơn vị và cơ quan tính đến một ngày"),
            ("units", "ranh giới xã, phường từ một tệp GeoJSON: nạp, gỡ"),
            ("packs", "gói nghiệp vụ: kiểm tra, so sánh, áp dụng, chạy ca thử"),
            ("import-log", "nhập nhật ký sự kiện của hệ thống khác thành lịch sử hồ sơ"),
            ("import-procedures", "nhập danh mục thủ tục hành chính quốc gia"),
            ("notice", "trích nhiệm vụ từ một thông báo kết luận"),
            ("create-administrator", "tạo tài khoản quản trị đầu tiên"),
        ),
    ),
    (
        "Giữ gìn",
        (
            ("backup", "sao lưu vào một thư mục, trong khi vẫn làm việc"),
            ("restore", "khôi phục thành một nhà mới, có kiểm chứng"),
            ("events", "nhật ký: đối chiếu với tệp neo, tiếp tục sau khôi phục"),
            ("files", "tệp: dọn nội dung không ai giữ, kiểm tra băm"),
            ("warehouse", "kho số liệu: cập nhật, dựng lại, đối chiếu, gộp tệp"),
            ("indicators", "chỉ tiêu: liệt kê, chốt kỳ, đếm lại từng ô và đối chiếu với bản ghi"),
            ("worklist", "danh sách việc: đối chiếu với các bước đang mở, dựng lại"),
        ),
    ),
    (
        "Phát triển",
        (
            ("test", "các kiểm thử nhanh [--all] [tham số của pytest]"),
            ("check", "kiểm tra mã nguồn: kiểu, phong cách, tầng, di trú, mẫu trang, chính tả"),
            (
                "bench",
                "đo tốc độ, so với giới hạn trong cùng lần chạy (./tinhso help bench)",
            ),
            ("docs", "viết hoặc kiểm tra các trang tra cứu sinh từ mã nguồn"),
        ),
    ),
)
"""Everything that a person calls; `prepare` and `build_demo` are called by `demo` and `serve` alone."""
CALLED_BY_OTHERS = frozenset({"build_demo", "migrate", "prepare"})
PLAIN: dict[str, tuple[str, ...]] = {
    "doctor": ("./tinhso doctor",),
    "install": ("./tinhso install",),
    "test": (
        "./tinhso test [--all] [THAM SỐ CỦA PYTEST]",
        "  --all                   thêm hành trình trình duyệt, sự cố, thử ngẫu nhiên",
        "  THAM SỐ CỦA PYTEST      tên tệp hoặc phép thử; không có thì chạy mọi kiểm thử nhanh",
    ),
    "check": (
        "./tinhso check [TỪ…]",
        "  TỪ                      chỉ những phép kiểm có từ này trong tên: types, style, form…",
    ),
    "bench": (
        "./tinhso bench VIỆC [--json]",
        "  submit                  nộp hồ sơ qua API, so với CSDL trần",
        "  import                  nhập một nhật ký lớn",
        "  queue                   danh sách việc với một triệu hồ sơ",
        "  form                    một trang biểu mẫu dài (--fields: số mục)",
        "  indicators              số liệu trên hàng triệu hồ sơ (--dossiers, --steps)",
        "  engines                 cùng câu hỏi trên DuckDB và Spark (cần pyspark, Java)",
        "  dashboard               bảng chỉ đạo, danh sách sau một số, 10.000 sự kiện mới",
        "  notice                  đọc một thông báo dài 60 trang",
        "  tasks                   trang nhiệm vụ với nửa triệu nhiệm vụ (--rows)",
        "  --json                  in kết quả dạng JSON",
    ),
}
"""Those whose arguments are read by no parser of their own."""
PACKAGES = (
    ("tinhso", "*/management/commands"),
    ("django", "core/management/commands"),
    ("django", "contrib/*/management/commands"),
)
FOOT = (
    "./tinhso help LỆNH nói rõ hơn về một lệnh / says more of one command. In English: README.md."
)
NOT_YET = (
    "Từng tham số được kể sau khi cài (./tinhso install). / Its arguments are told once installed."
)


def overview() -> str:
    """The groups, one command a line."""
    lines = ["Tỉnh Số"]
    for title, commands in GROUPS:
        lines += ["", title]
        lines += [f"  ./tinhso {name:<22}{what}" for name, what in commands]
    return "\n".join([*lines, "", FOOT])


def words_of(command: str) -> str:
    """What the overview says of one of our commands; nothing of another."""
    return next((what for _, told in GROUPS for name, what in told if name == command), "")


def exists(command: str) -> bool:
    """Whether there is such a command, read from the files: no database is started for a slip of the finger."""
    file = f"{command.replace('-', '_')}.py"
    for package, places in PACKAGES:
        spec = importlib.util.find_spec(package)
        for root in (spec and spec.submodule_search_locations) or []:
            if any((folder / file).is_file() for folder in Path(root).glob(places)):
                return True
    return command in OURS


def help_without_libraries(command: str) -> str:
    """What the launcher tells of a command on a fresh clone, where its parser cannot be loaded yet."""
    if command in PLAIN:
        return help_of(command)
    return f"{command}: {words_of(command)}\n\n{NOT_YET}"


def help_of(command: str) -> str:
    """One of our commands in full: what it is for, how to call it, each argument."""
    if command in PLAIN:
        lines = list(PLAIN[command])
    elif command in OURS:
        parser = importlib.import_module(f"tinhso.site.{OURS[command]}").parser()
        lines = list(described(parser, command))
    else:
        from django.core.management import get_commands, load_command_class  # noqa: PLC0415 - Django is set up by now

        name = command.replace("-", "_")
        found = load_command_class(get_commands()[name], name)
        lines = list(described(found.create_parser("./tinhso", name), command))
    return "\n".join([f"{command}: {words_of(command)}", "", *lines])
