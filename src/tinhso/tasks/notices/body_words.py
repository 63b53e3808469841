"""Words that name bodies in official texts (từ chỉ cơ quan): fields, heads of names, and whole kinds of bodies."""

from __future__ import annotations

from tinhso.tasks.notices.source import pattern, phrases, words

DEPARTMENTS = phrases(
    """
    Lao động, Thương binh và Xã hội | Lao động - Thương binh và Xã hội |
    Lao động Thương binh và Xã hội | Văn hóa, Thể thao và Du lịch | Văn hóa Thể thao và Du lịch |
    Văn hóa và Thể thao | Văn hóa, Thể thao | Thông tin và Truyền thông |
    Thông tin - Truyền thông | Tài nguyên và Môi trường | Nông nghiệp và Phát triển nông thôn |
    Nông nghiệp và Môi trường | Khoa học và Công nghệ | Kế hoạch và Đầu tư | Giáo dục và Đào tạo |
    Giao thông vận tải | Giao thông Vận tải | Dân tộc và Tôn giáo | Công Thương | Xây dựng |
    Y tế | Tư pháp | Nội vụ | Tài chính | Ngoại vụ | Du lịch | Quy hoạch - Kiến trúc |
    An toàn thực phẩm | Văn hóa và Thông tin | Văn hóa, Khoa học và Thông tin |
    Văn hóa - Thông tin | Văn hóa - Xã hội | Văn hóa và Xã hội | Kinh tế và Hạ tầng |
    Kinh tế, Hạ tầng và Đô thị | Kinh tế | Quản lý đô thị | Tài chính - Kế hoạch |
    Tài chính và Kế hoạch | Công an | Quốc phòng | TT&TT | TTTT | TN&MT | TNMT | LĐTBXH |
    LĐTB&XH | LĐ-TB&XH | LĐ-TBXH | VHTTDL | VHTT&DL | VH,TT&DL | VH-TT&DL | NN&PTNT | NNPTNT |
    NN&MT | NNMT | KH&CN | KHCN | KH&ĐT | KHĐT | GD&ĐT | GDĐT | GTVT | DT&TG | DTTG | CT | TC |
    NV | TP | XD | YT
    """
)
"""Fields of ministries, departments and district offices; those with a comma or "và" could not be told from a list."""

HEADS = phrases(
    """
    Sở | Bộ | Ban | Ban Chỉ đạo | Ban Quản lý | Văn phòng | Ủy ban nhân dân | Uỷ ban nhân dân |
    UBND | Hội đồng nhân dân | HĐND | Công an | Bộ Chỉ huy Quân sự |
    Bộ Chỉ huy Bộ đội Biên phòng | Bộ CHQS | Chi cục | Cục | Tổng cục | Trung tâm | Trường |
    Bệnh viện | Báo | Đài | Cổng Thông tin điện tử | Tổ Công tác | Tổ Công nghệ số |
    Tổ giúp việc | Bảo hiểm xã hội | BHXH | Kho bạc | Ngân hàng | Thanh tra | Ủy ban Mặt trận |
    UBMTTQ | Mặt trận Tổ quốc | Đoàn Thanh niên | Tỉnh đoàn | Tỉnh Đoàn | Hội Nông dân |
    Hội Liên hiệp Phụ nữ | Hội | Liên đoàn Lao động | Viện | Quỹ | Công ty | Tập đoàn | Chủ tịch |
    Phó Chủ tịch | Giám đốc | Phó Giám đốc | Thủ trưởng | Người đứng đầu | Trưởng ban | Bưu điện |
    VNPT | Viettel | Điện lực | Cục Thuế | Thuế | Hải quan | Tòa án | Viện Kiểm sát | Phòng |
    Đảng ủy | Thường trực | Ban Tổ chức | Ban Tuyên giáo | Tổng Công ty | Liên minh Hợp tác xã |
    Thành viên | Bộ phận Một cửa | Bộ phận | Đoàn kiểm tra | Cơ quan Thường trực | Đoàn công tác |
    đồng chí | các đồng chí | lãnh đạo | Hiệp hội | Chính phủ | Trưởng các | Chánh Văn phòng |
    Viễn thông | MobiFone | VinaPhone | FPT | Vụ | Chi nhánh | Hội đồng | Học viện | Đại học |
    Đoàn | Tổ | Tổ trưởng | Trạm | Trưởng phòng | Trưởng thôn | Bí thư | Ban Thường vụ |
    Ủy ban Kiểm tra | Uỷ ban Kiểm tra | Ủy ban | Uỷ ban | Hạt Kiểm lâm | Chi bộ | Đảng bộ |
    Hiệu trưởng | Viện trưởng | Trạm trưởng | Chánh Thanh tra | Tổng Giám đốc | Trưởng Công an |
    Chỉ huy trưởng | Trưởng khu phố | Trưởng ấp | Trưởng bản | Ban Chỉ huy | Đồn Biên phòng |
    Bộ Tư lệnh | Quân khu | Kiểm toán | Nhà máy | Hợp tác xã | Thành đoàn | Xí nghiệp |
    Nhà xuất bản | Tạp chí | Báo và Đài Phát thanh, Truyền hình | Báo và Phát thanh, Truyền hình |
    Báo và Đài Phát thanh và Truyền hình | Thứ trưởng | Bộ trưởng | Cục Quản lý Khám, chữa bệnh |
    Văn phòng HĐND và UBND | Cục trưởng | Văn phòng Hội đồng nhân dân và Ủy ban nhân dân |
    Văn phòng Đoàn ĐBQH và HĐND | Vụ trưởng | Chi cục trưởng
    """
)
GENERICS = phrases(
    """
    sở, ban, ngành | sở, ngành | sở ngành | sở, ban ngành | sở, phòng, ban | ban, ngành | ngành |
    cấp, ngành, đơn vị, địa phương | cấp, ngành, địa phương | cơ quan, địa phương |
    cấp chính quyền | cơ quan, đơn vị, địa phương | cơ quan đơn vị, địa phương | cơ quan, đơn vị |
    cơ quan | đơn vị | đơn vị, địa phương | địa phương | huyện, thị xã, thành phố |
    xã, phường, thị trấn | xã, phường | xã, phường, đặc khu | huyện, thành phố | huyện | xã |
    phường | doanh nghiệp viễn thông | cơ quan, doanh nghiệp viễn thông | cơ quan, doanh nghiệp |
    công ty viễn thông | doanh nghiệp, hợp tác xã | doanh nghiệp | tổ chức | hội, đoàn thể |
    đoàn thể | chủ đầu tư | nhà thầu | nhà thầu thi công | nhà thầu tư vấn | cấp, các ngành |
    chi bộ, cơ quan, đơn vị | chi bộ | tổ dân phố | thôn, tổ dân phố | thôn | cơ sở giáo dục |
    cơ sở y tế | trường | trường học | cơ quan báo chí | cấp ủy | thành viên | phòng, ban | sở |
    ngành, địa phương | cấp | ngành, các cấp | ngành, đơn vị | tổ chức chính trị - xã hội |
    tổ chức đảng | đảng ủy | đảng uỷ | cấp uỷ | ban đảng | phòng | ban | hội | chính quyền |
    tổ chức chính trị | đơn vị sự nghiệp | đơn vị thi công | đơn vị tư vấn | đảng bộ |
    tổ chức, cá nhân | cá nhân | đặc khu | thị trấn | thị xã | thành phố | bản | ấp | khu phố |
    xí nghiệp | công ty | trung tâm | bệnh viện | chi nhánh | trạm y tế | chi cục
    """
)
_ALONE = phrases(
    """
    nhà thầu | chủ đầu tư | đơn vị thi công | đơn vị tư vấn | đơn vị tư vấn giám sát |
    tư vấn giám sát | cơ quan | đơn vị | địa phương | cấp ủy, chính quyền | cấp uỷ, chính quyền |
    cấp ủy | chính quyền | doanh nghiệp | nhà đầu tư | đơn vị vận hành | đơn vị quản lý
    """
)
_EACH = r"(?:tất\s+cả\s+)?(?:các|những|mỗi|từng|toàn\s+thể|toàn\s+bộ)\s+"
_LIST = rf"{words(*GENERICS)}\b(?:\s*,\s*(?:các\s+)?{words(*GENERICS)}\b)*(?:\s+và\s+{words(*GENERICS)}\b)?"
"""As in "sở, ban, ngành và địa phương": one name of several kinds."""
_OF_LEVEL = r"(?:\s+(?:xã|phường|thôn)\b(?:\s*,\s*(?:phường|đặc\s+khu|tổ\s+dân\s+phố)\b)*)?"
_NUMBERED = r"(?:\s+(?:số\s+)?\d{1,2}(?:\s*(?:,|và)\s*\d{1,2})*(?!\s*[/.%]?\d))?"
GENERIC = pattern(rf"{_EACH}{_LIST}{_OF_LEVEL}{_NUMBERED}")
ALONE = pattern(rf"{words(*_ALONE)}\b(?:\s*,\s*{words(*_ALONE)}\b)*")
"""Kinds that may be named without "các" where a body is due: "Yêu cầu nhà thầu …"."""
_KIND = words("cơ quan", "đơn vị", "cấp ủy", "cấp uỷ", "tổ chức đảng")
OF_ALL = pattern(
    rf"\s+(?:(?:các|những|từng|mỗi)\s+{_LIST}{_NUMBERED}(?!\s*:)|{_KIND}(?:\s*,\s*{words(*GENERICS)}\b)*)"
)
"""After a head: "Thủ trưởng các sở, ngành", "Người đứng đầu cấp ủy, chính quyền"."""
_OTHER_WORDS = words(
    *(
        "báo cáo",
        "ban hành",
        "hội nghị",
        "hội thảo",
        "hội họp",
        "tổ chức",
        "đoàn kết",
        "bộ máy",
        "sở hữu",
    ),
    *(
        "viện trợ",
        "viện dẫn",
        "quỹ đất",
        "phòng chống",
        "phòng ngừa",
        "phòng,",
        "đài thọ",
        "vụ việc",
    ),
    *("vụ án", "vụ đông", "vụ mùa", "thuế suất", "thường trực 24", "thanh tra việc", "thanh tra,"),
    *(
        "quỹ đạo",
        "ban đầu",
        "ban đêm",
        "cục bộ",
        "báo động",
        "bộ tiêu chí",
        "bộ chỉ số",
        "bộ tài liệu",
    ),
)
"""Words that begin like a head and are none."""
HEAD = pattern(rf"(?!{_OTHER_WORDS})(?:các\s+|những\s+|toàn\s+bộ\s+)?{words(*HEADS)}\b")
NEXT_HEAD = pattern(rf"\s+(?:của\s+|các\s+)*(?!{_OTHER_WORDS})(?P<head>{words(*HEADS)})\b")
FIELD = pattern(rf"{words(*DEPARTMENTS)}(?!\w)")
