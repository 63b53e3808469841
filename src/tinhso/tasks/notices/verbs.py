"""Words by which official Vietnamese orders work, and words by which it only tells (từ ngữ chỉ đạo và tường thuật)."""

from __future__ import annotations

from tinhso.tasks.notices.source import pattern, phrases, words

ACTIONS = phrases(
    """
    tham mưu | rà soát | xây dựng | triển khai | tổ chức | hoàn thành | hoàn thiện | ban hành |
    tăng cường | đẩy mạnh | đẩy nhanh | nâng cao | nâng tỷ lệ | nâng tỉ lệ | tập trung | chủ trì | phối hợp | đôn đốc |
    kiểm tra | báo cáo | nghiên cứu | đề xuất | bố trí | thực hiện | chỉ đạo | quán triệt | khẩn
    trương | chủ động | tiếp tục | phát huy | đảm bảo | bảo đảm | đề ra | quan tâm | nghiêm túc
    | hướng dẫn | khắc phục | tổng hợp | theo dõi | thẩm định | phê duyệt | trình ubnd | trình
    uỷ ban | trình ủy ban | trình hđnd | trình cấp | trình thủ tướng | trình chủ tịch | trình bộ
    | trình chính phủ | trình ban | trình thường trực | xem xét | cung cấp | cập nhật | công
    khai | công bố | kết nối | chia sẻ | số hóa | số hoá | đào tạo | tập huấn | bồi dưỡng |
    tuyên truyền | vận động | khuyến khích | hỗ trợ | phấn đấu | quyết liệt | thường xuyên | kịp
    thời | xử lý | giải quyết | tháo gỡ | rút ngắn | cắt giảm | cải thiện | mở rộng | nhân rộng
    | thí điểm | đánh giá | sơ kết | tổng kết | lập | lựa chọn | phân công | phân bổ | bổ sung |
    điều chỉnh | sửa đổi | kiện toàn | thành lập | duy trì | vận hành | nâng cấp | đầu tư | mua
    sắm | trang bị | gửi | nộp | thông báo | xác định | thống kê | khảo sát | đo lường | giám
    sát | thanh tra | kiểm soát | kiểm điểm | làm rõ | có giải pháp | có biện pháp | có phương
    án | có kế hoạch | quy định | cân đối | huy động | thu hút | tuyển dụng | luân chuyển | bàn
    giao | tiếp nhận | quản lý | khai thác | sử dụng | ứng dụng | áp dụng | phát triển | chuẩn
    bị | chuẩn hóa | chuẩn hoá | tích hợp | đồng bộ | liên thông | rút kinh nghiệm | chấn chỉnh
    | khen thưởng | đăng ký | tạo điều kiện | gương mẫu | cam kết | giải ngân | quyết toán | bám
    sát | lồng ghép | ưu tiên | siết chặt | ngăn chặn | phòng ngừa | xúc tiến | thúc đẩy | kêu
    gọi | giới thiệu | đăng tải | khởi công | giải phóng mặt bằng | bàn bạc | thống nhất | lấy ý
    kiến | góp ý | soạn thảo | tính toán | đề nghị | kiến nghị | yêu cầu | chịu trách nhiệm |
    lãnh đạo | đổi mới | thực hành | chấp hành | tuân thủ | giữ vững | hình thành | tái cấu trúc
    | đơn giản hóa | coi trọng | chú trọng | lưu ý | phân tích | đối chiếu | xác minh | làm việc
    | trả lời | tiếp thu | giải trình | nắm bắt | trao đổi | vận dụng | cải cách | đấu thầu |
    đối thoại | tiếp công dân | tiếp dân | chỉnh lý | thu hồi | kết thúc | tạm dừng | hoàn trả |
    phát động | phân tách | ký kết | chi trả | thanh toán | khảo nghiệm | phổ biến | niêm yết |
    bảo vệ | bảo trì | dự báo
    """
)
"""What an order begins with. A body's own name may hold one of these ("Ban Quản lý"): see `bodies`.

Verbs of one syllable that become another word without their accents ("cử", "thu", "giao") are left out.
"""

SOFTENERS = (
    *(
        "cần phải",
        "cần",
        "phải",
        "có trách nhiệm",
        "có nhiệm vụ",
        "chịu trách nhiệm",
        "sớm",
        "ngay",
        "đồng thời",
    ),
    *(
        "tích cực",
        "trực tiếp",
        "cụ thể",
        "nhanh chóng",
        "trước mắt",
        "tiếp tục",
        "kịp thời",
        "chủ động",
    ),
    *(
        "khẩn trương",
        "cùng",
        "cùng với",
        "nghiêm túc",
        "quyết tâm",
        "hằng tháng",
        "hàng tháng",
        "hằng tuần",
        "hằng quý",
        "hằng năm",
        "hằng ngày",
        "mỗi tuần",
        "định kỳ",
        "sẽ",
    ),
)
"""Words between the one who must and what he must do."""

REQUESTS = (
    *(
        "giao nhiệm vụ cho",
        "giao trách nhiệm cho",
        "giao cho",
        "giao",
        "yêu cầu",
        "đề nghị",
        "phân công",
    ),
    *(
        "thống nhất giao",
        "nhất trí giao",
        "đồng ý giao",
        "tiếp tục giao",
        "chỉ đạo",
        "kiến nghị",
        "lưu ý",
    ),
)

ACTION = pattern(rf"{words(*ACTIONS)}\b")
SOFTENED_ACTION = pattern(rf"(?:(?:{words(*SOFTENERS)})\s*,?\s+){{0,3}}{words(*ACTIONS)}\b")
FORBIDDING = pattern(
    rf"(?:nghiêm\s+cấm|không\s+được|không\s+để|(?:(?:tuyệt\s+đối|kiên\s+quyết)\s+)?không\s+{words(*ACTIONS)})\b"
)
REQUEST = pattern(rf"{words(*REQUESTS)}\b")
LEADING = pattern(
    rf"\s*,?\s*(?:(?:(?:làm|là)\s+(?:đầu\s+mối|cơ\s+quan|đơn\s+vị)\s*,?\s*)?{words('chủ trì', 'đầu mối')}"
    r"|(?:làm|là)\s+(?:cơ\s+quan|đơn\s+vị)\s+thường\s+trực|chịu\s+trách\s+nhiệm\s+chính)\b"
)
_CONNECTIVES = phrases(
    """
    đồng thời | ngoài ra | bên cạnh đó | riêng | trước mắt | cùng với đó | trong đó | theo đó
    | cụ thể | ngoài các nội dung trên | đặc biệt | trên cơ sở đó | mặt khác
    """
)
CONNECTIVE = pattern(rf"(?:(?:{words(*_CONNECTIVES)}\s*[,:]?|\(\d{{1,2}}\))\s+)+")
TOGETHER = pattern(
    r"(?:phối\s+hợp|phối\s+kết\s+hợp|cùng)\s+(?:chặt\s+chẽ\s+)?(?:(?:cùng\s+)?với\s+)?|"
    r"(?:và\s+)?cùng\s+với\s+|,?\s+và\s+với\s+"
)

TELLING = (
    *(
        "đã ",
        "đã được",
        "đạt được",
        "ghi nhận",
        "biểu dương",
        "đánh giá cao",
        "hoan nghênh",
        "còn hạn chế",
    ),
    *(
        "còn chậm",
        "còn thấp",
        "chưa đạt",
        "chưa cao",
        "chưa được",
        "vẫn còn",
        "còn khó khăn",
        "chưa tốt",
    ),
    *(
        "kết quả lớn nhất",
        "có nhiều chuyển biến",
        "tồn tại, hạn chế",
        "cho rằng",
        "còn lúng túng",
        "chưa thực sự",
    ),
    *(
        "chưa chủ động",
        "chưa đảm bảo",
        "chưa bảo đảm",
        "chưa quyết liệt",
        "chưa nghiêm",
        "nguyên nhân là",
    ),
)
"""With their accents: a past tense or a judgement. "đã" without its tilde would be skin or stone."""
PRAISE = pattern(
    rf"{words('ghi nhận', 'đánh giá cao', 'biểu dương', 'hoan nghênh', 'cảm ơn', 'chúc mừng')}\b"
)
NOT_AN_ORDER = pattern(
    r"(?:cơ\s+bản\s+)?(?:thống\s+nhất\s+(?:với|chủ\s+trương|nội\s+dung|theo)|nhất\s+trí\s+(?:với|theo)|"
    r"đồng\s+ý\s+(?:với|chủ\s+trương|theo)|thống\s+nhất\s+đánh\s+giá|"
    r"trên\s+đây\s+là|văn\s+phòng\s+.{0,60}\bthông\s+báo\s+(?:ý\s+kiến|kết\s+luận|nội\s+dung|để)|"
    r"(?:ý\s+kiến\s+)?(?:thông\s+báo|kết\s+luận)\s+này\b|thừa\s+lệnh|nơi\s+nhận|tin\s+liên\s+quan|xem\s+tin|tin\s+cùng)"
)
"""Agreement, thanks and the closing formula."""
