"""`./tinhso help`: our own commands, by what somebody wants to do, a line each."""

from __future__ import annotations

GROUPS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Chạy",
        (
            ("demo", "một tỉnh chạy thử, dữ liệu mô phỏng [--fresh] [--at NGÀY] [--port SỐ]"),
            ("serve", "vận hành thật [--role web|worker|all] [--host] [--port]"),
            ("doctor", "máy này còn thiếu gì, cách khắc phục"),
        ),
    ),
    (
        "Dữ liệu nghiệp vụ",
        (
            ("load-units", "nạp danh mục đơn vị và cơ quan tính đến một ngày"),
            ("packs", "gói nghiệp vụ: kiểm tra, so sánh, áp dụng, chạy ca thử"),
            ("import-log", "nhập nhật ký sự kiện của hệ thống khác thành lịch sử hồ sơ"),
            ("import-procedures", "nhập danh mục thủ tục hành chính quốc gia"),
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
            ("worklist", "danh sách việc: đối chiếu với các bước đang mở, dựng lại"),
        ),
    ),
    (
        "Phát triển",
        (
            ("test", "các kiểm thử nhanh [--all] [tham số của pytest]"),
            ("check", "kiểm tra mã nguồn: kiểu, phong cách, tầng, di trú, mẫu trang, chính tả"),
            ("bench", "đo: submit hoặc import"),
            ("docs", "viết hoặc kiểm tra các trang tra cứu sinh từ mã nguồn"),
        ),
    ),
)
"""Everything that a person calls; `prepare` and `build_demo` are called by `demo` and `serve` alone."""
CALLED_BY_OTHERS = frozenset({"build_demo", "prepare"})
FOOT = "./tinhso help LỆNH nói rõ hơn về một lệnh / says more of one command."


def overview() -> str:
    """The groups, one command a line."""
    lines = ["Tỉnh Số"]
    for title, commands in GROUPS:
        lines += ["", title]
        lines += [f"  ./tinhso {name:<22}{what}" for name, what in commands]
    return "\n".join([*lines, "", FOOT])
