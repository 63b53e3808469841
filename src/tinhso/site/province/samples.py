"""What the dossiers of the demo say: answers to each procedure's own questions; the applicant's come from the party.

Names are common given names, numbers cannot be anybody's. A procedure without a sample is in force in the demo, and
nobody files it there.
"""

from __future__ import annotations

from typing import Any

SAMPLES: dict[str, dict[str, Any]] = {
    "1.004873": {
        "nguoi_duoc_cap": "", "ngay_sinh": "2000-05-01", "noi_cu_tru": "Thôn Một", "muc_dich": "mua_ban",
        "tung_ket_hon": False, "hinh_thuc_nhan": "counter",
    },
    "1.004232": {
        "vi_tri": "Thôn Một", "muc_dich": ["sinh_hoat"], "luu_luong": 120,
        "gieng": [{"so_hieu": "G1", "chieu_sau": 60}],
        "don_vi_khoan": "Đội khoan số Một", "bat_dau": "2027-01-04", "ket_thuc": "2027-02-01",
    },
    "1.013236": {
        "ten_cong_trinh": "Nhà làm việc", "dia_diem": "Thửa 12, tờ bản đồ 3", "cap_cong_trinh": "II",
        "loai_cong_trinh": "khong_theo_tuyen", "dien_tich": 420, "so_tang": 4, "chieu_cao": 16,
        "don_vi_thiet_ke": "Công ty thiết kế Một", "thuoc_dien_pccc": False, "khoi_cong": "2027-03-01",
    },
    "1.001193": {
        "quan_he": "me", "duoc_uy_quyen": False, "tre_ho": "Một", "tre_ten": "Nam", "tre_ngay_sinh": "2026-07-02",
        "tre_gioi_tinh": "nam", "tre_dan_toc": "hre", "tre_quoc_tich": "Việt Nam", "tre_que_quan": "Thôn Một",
        "sinh_doi": False, "sinh_tai": "co_so_y_te", "ten_co_so_y_te": "Trạm y tế", "so_chung_sinh": "GCS 000001",
        "dia_chi_sinh": "Thôn Một", "dang_bi_bo_roi": False, "khai_me": True, "me_ho_ten": "Lan Một",
        "me_ngay_sinh": "1998-03-04", "me_dan_toc": "hre", "me_quoc_tich": "Việt Nam", "me_noi_cu_tru": "Thôn Một",
        "khai_cha": False, "mang_thai_ho": False, "so_ban_sao": 2, "cap_the_bhyt": True,
        "noi_kham_ban_dau": "Trạm y tế", "dang_ky_thuong_tru": False, "hinh_thuc_nhan": "counter",
    },
    "2.000815": {
        "loai_giay_to": "van_bang", "ten_giay_to": "Bằng tốt nghiệp", "co_quan_cap": "Trường Một",
        "ngay_cap": "2020-06-30", "nuoc_ngoai_cap": False, "so_trang": 2, "so_ban": 5, "da_co_ban_chup": False,
        "ban_dien_tu": False,
    },
    "1.001612": {
        "chu_ho_ten": "Hoa Một", "chu_ho_ngay_sinh": "1985-05-06", "chu_ho_gioi_tinh": "nu",
        "chu_ho_so_dinh_danh": "000185000001", "chu_ho_thuong_tru": "Thôn Một", "chu_ho_o_noi_khac": False,
        "chu_ho_dien_thoai": "0000000001", "chu_ho_co_ho_khac": False, "ten_ho": "Hộ kinh doanh Hoa Một",
        "da_co_ten_khac": False, "tru_so_so_nha": "Thôn Một", "tru_so_xa": "Xã Một", "tru_so_quyen": "cua_minh",
        "tru_so_dien_tich": 40, "chung_cu": False, "tru_so_dien_thoai": "0000000001",
        "nganh": [{"ten": "Bán lẻ hàng tạp hóa", "ma": "4711", "chinh": True}], "von": 50_000_000, "so_lao_dong": 2,
        "so_lao_dong_thue": 0, "dong_bhxh": False, "ngay_bat_dau": "2026-12-01", "da_co_ma_so_thue": False,
        "doanh_thu_du_kien": "duoi_200", "xuat_nhap_khau": False, "ban_tren_san": False, "co_thanh_vien": False,
        "nop_thay": False, "cong_khai_dien_thoai": True, "hinh_thuc_nhan": "online",
    },
    "1.004982": {
        "ten_htx": "Hợp tác xã Một", "ma_so_htx": "0000000001", "tru_so": "Thôn Một", "dai_dien": "Tú Một",
        "so_thanh_vien": 12, "so_nghi_quyet": "01/NQ", "ngay_nghi_quyet": "2026-06-01", "ly_do": "tu_nguyen",
        "con_no": False, "da_quyet_toan_thue": True, "co_quy_khong_chia": False, "co_chi_nhanh": False,
        "hinh_thuc_nhan": "counter",
    },
    "1.013225": {
        "loai_cong_trinh": "nha_o", "hinh_thuc": "moi", "chu_dau_tu": "Hùng Một", "chu_so_dinh_danh": "000085000001",
        "dong_so_huu": False, "dia_diem": "Thôn Một", "so_thua": "12", "to_ban_do": "3", "dien_tich_thua": 180,
        "dien_tich_dat_o": 120, "giay_to_dat": "so_do", "so_giay_chung_nhan": "AA 000000", "the_chap": False,
        "trong_quy_hoach": False, "cap_nha": "IV", "dien_tich_xay_dung": 80, "tong_dien_tich_san": 150, "so_tang": 2,
        "co_tang_ham": False, "co_tum": False, "chieu_cao": 8, "khoang_lui": 3, "ket_cau": "be_tong", "mong": "bang",
        "nha_lien_ke": False, "ai_thiet_ke": "tu_lap", "thuoc_dien_pccc": False, "khoi_cong": "2027-01-04",
        "hoan_thanh": "2027-06-30", "dung_via_he": False, "xu_ly_phe_thai": "Bãi của xã", "cam_ket_dung_phep": True,
        "hinh_thuc_nhan": "counter",
    },
    "1.013833": {
        "loai_bien_dong": "ten", "nguoi_su_dung": "ca_nhan", "qua_dai_dien": False, "so_phat_hanh": "AA 000000",
        "so_vao_so": "CS 00000", "ngay_cap": "2010-05-05", "noi_cap": "UBND", "so_thua": "12", "to_ban_do": "3",
        "dia_chi_thua": "Thôn Một", "dien_tich": 180, "muc_dich": ["dat_o"], "co_nha": True, "dang_the_chap": False,
        "ten_cu": "Minh Một", "ten_moi": "Minh Một", "ly_do_doi": "so_cccd", "giay_to_doi": "Thẻ căn cước",
        "so_dinh_danh_moi": "000085000002", "ghi_hay_cap_moi": "xac_nhan", "do_dac_lai": False, "cam_ket": True,
        "hinh_thuc_nhan": "post", "post_address": "Tổ dân phố 2",
    },
    "2.001827": {
        "ten_co_so": "Cơ sở Một", "dia_chi_co_so": "Thôn Một", "so_dang_ky": "000001", "chu_co_so": "Nam Một",
        "dien_thoai_co_so": "0000000001", "loai_de_nghi": "lan_dau", "nganh": "thuy_san", "loai_hinh": "san_xuat",
        "san_pham": [{"ten": "Cá khô", "nguyen_lieu": "Cá mua tại cảng", "san_luong": 12, "thi_truong": "Trong tỉnh"}],
        "dien_tich": 300, "dien_tich_che_bien": 150, "dien_tich_kho": 60, "mot_chieu": True, "nguon_nuoc": ["may"],
        "co_da_vay": False, "xu_ly_nuoc_thai": "Bể lắng", "kiem_soat_dong_vat": "Lưới chắn, bẫy",
        "thiet_bi": [{"ten": "Máy sấy", "so_luong": 2}], "kho_lanh": False, "so_nguoi": 8, "so_truc_tiep": 6,
        "so_tap_huan": 6, "kham_suc_khoe": "2026-03-02", "truy_xuat": True, "nguoi_truy_xuat": "Nam Một",
        "tung_bi_phat": False, "hinh_thuc_nhan": "online",
    },
    "1.000828": {
        "ho_ten": "Minh Một", "ngay_sinh": "1995-09-10", "gioi_tinh": "nam", "noi_sinh": "Thôn Một",
        "thuong_tru": "Thôn Một", "la_dang_vien_cong_chuc": False, "bang_cap": "cu_nhan", "truong": "Trường Luật Một",
        "nam_tot_nghiep": 2018, "bang_nuoc_ngoai": False, "noi_tap_su": "Văn phòng Luật sư Một",
        "luat_su_huong_dan": "Hoa Một", "tap_su_tu": "2024-01-02", "tap_su_den": "2025-01-02",
        "so_giay_kiem_tra": "01/KT", "ngay_giay_kiem_tra": "2025-04-01", "tung_bi_ky_luat": False,
        "tra_cuu_ly_lich": True, "hinh_thuc_nhan": "counter",
    },
    "1.005040": {
        "ten_phuong_tien": "QNg 00000", "loai_phuong_tien": "tau_ca", "chu_phuong_tien": "Tú Một",
        "thuyen_truong": "Tú Một", "ngay_xay_ra": "2026-08-01", "gio_xay_ra": "21:30", "noi_xay_ra": "Sông Một",
        "trong_cang_ben": False, "thiet_hai": ["phuong_tien"], "dien_bien": "Va vào bãi cạn khi nước rút.",
        "nguoi_lam_chung": "Nam Một",
    },
}  # fmt: skip

SELDOM = frozenset({"1.004982", "1.005040", "1.013225"})
"""What a commune gets now and then only; the others of the communes are its daily bread."""
