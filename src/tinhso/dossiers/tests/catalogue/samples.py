"""A small catalogue of our own, glued as the crawl of the national portal glues it."""

from __future__ import annotations

import json
from typing import Any

WAYS = "Hình thức nộpThời gianPhí, lệ phíMô tả"
PAPERS = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
BASES = "Tên văn bản pháp lýMã văn bản"
BIRTH, SHOP, WELL = "9.100001", "9.100002", "9.100003"


def record(code: str = BIRTH, name: str = "Đăng ký khai sinh thử", **texts: str) -> dict[str, Any]:
    """One procedure as the crawl writes it."""
    return {
        "ma_thu_tuc": code,
        "ten_thu_tuc": name,
        "so_quyet_dinh": "01/QĐ-THU",
        "cap_thuc_hien": "Cấp tỉnh, Cấp xã",
        "linh_vuc": "Hộ tịch",
        "doi_tuong_thuc_hien": "Công dân Việt Nam, Cán bộ, công chức, viên chức,"
        " Tổ chức (không bao gồm doanh nghiệp, HTX)",
        "cach_thuc_thuc_hien": f"{WAYS}Trực tuyến3 Ngày làm việc25,000 VNĐ(mỗi lần)Nộp qua mạngTrực tiếp1Miễn phí",
        "thanh_phan_ho_so": f"--{PAPERS}Tờ khai theo mẫuTo khai.docx1 bản chính,2 bản saoGiấy chứng sinh1 bản chính",
        "can_cu_phap_ly": f"{BASES}Luật Thử số 12/2014/QH1312/2014/QH13Nghị định 34/2015/NĐ-CP ngày 5/11/2015"
        " của Chính phủ34/2015/NĐ-CP",
        "ket_qua_xu_ly": "Giấy khai sinhMã: KQ.G15.000031Từ khóaKhông có thông tinMô tảKhông có thông tin",
        "trinh_tu_thuc_hien": "Bước 1: Nộp.\nBước 2: Nhận.",
        "nguon": "bo-thu",
        **texts,
    }


def small() -> list[dict[str, Any]]:
    """Three procedures."""
    return [
        record(),
        record(SHOP, "Đăng ký thành lập hộ kinh doanh", linh_vuc="Kinh doanh"),
        record(
            WELL, "Cấp giấy phép khai thác nước dưới đất", linh_vuc="Nước", cap_thuc_hien="Cấp tỉnh"
        ),
    ]


def written(records: list[dict[str, Any]]) -> bytes:
    """The records as a JSON array."""
    return json.dumps(records, ensure_ascii=False).encode()
