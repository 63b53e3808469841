"""Words by which official Vietnamese orders work, and words by which it only tells (từ ngữ chỉ đạo và tường thuật)."""

from __future__ import annotations

import unicodedata

from tinhso.tasks.notices.source import Source, Span, pattern, phrases, words

ACTIONS = phrases(
    """
    tham mưu | rà soát | xây dựng | triển khai | tổ chức | hoàn thành | hoàn thiện | ban hành |
    tăng cường | đẩy mạnh | đẩy nhanh | nâng cao | nâng tỷ lệ | nâng tỉ lệ | tập trung | chủ trì |
    phối hợp | đôn đốc | kiểm tra | báo cáo | nghiên cứu | đề xuất | bố trí | thực hiện |
    chỉ đạo | quán triệt | khẩn trương | chủ động | tiếp tục | phát huy | đảm bảo | bảo đảm |
    đề ra | quan tâm | nghiêm túc | hướng dẫn | khắc phục | tổng hợp | theo dõi | thẩm định |
    phê duyệt | trình ubnd | trình uỷ ban | trình ủy ban | trình hđnd | trình cấp |
    trình thủ tướng | trình chủ tịch | trình bộ | trình chính phủ | trình ban |
    trình thường trực | xem xét | cung cấp | cập nhật | công khai | công bố | kết nối | chia sẻ |
    số hóa | số hoá | đào tạo | tập huấn | bồi dưỡng | tuyên truyền | vận động | khuyến khích |
    hỗ trợ | phấn đấu | quyết liệt | thường xuyên | kịp thời | xử lý | giải quyết | tháo gỡ |
    rút ngắn | cắt giảm | cải thiện | mở rộng | nhân rộng | thí điểm | đánh giá | sơ kết |
    tổng kết | lập | lựa chọn | phân công | phân bổ | bổ sung | điều chỉnh | sửa đổi | kiện toàn |
    thành lập | duy trì | vận hành | nâng cấp | đầu tư | mua sắm | trang bị | gửi | nộp |
    thông báo | xác định | thống kê | khảo sát | đo lường | giám sát | thanh tra | kiểm soát |
    kiểm điểm | làm rõ | có giải pháp | có biện pháp | có phương án | có kế hoạch | quy định |
    cân đối | huy động | thu hút | tuyển dụng | luân chuyển | bàn giao | tiếp nhận | quản lý |
    khai thác | sử dụng | ứng dụng | áp dụng | phát triển | chuẩn bị | chuẩn hóa | chuẩn hoá |
    tích hợp | đồng bộ | liên thông | rút kinh nghiệm | chấn chỉnh | khen thưởng | đăng ký |
    tạo điều kiện | gương mẫu | cam kết | giải ngân | quyết toán | bám sát | lồng ghép | ưu tiên |
    siết chặt | ngăn chặn | phòng ngừa | xúc tiến | thúc đẩy | kêu gọi | giới thiệu | đăng tải |
    khởi công | giải phóng mặt bằng | bàn bạc | thống nhất | lấy ý kiến | góp ý | soạn thảo |
    tính toán | đề nghị | kiến nghị | yêu cầu | chịu trách nhiệm | lãnh đạo | đổi mới |
    thực hành | chấp hành | tuân thủ | giữ vững | hình thành | tái cấu trúc | đơn giản hóa |
    coi trọng | chú trọng | lưu ý | phân tích | đối chiếu | xác minh | làm việc | trả lời |
    tiếp thu | giải trình | nắm bắt | trao đổi | vận dụng | cải cách | đấu thầu | đối thoại |
    tiếp công dân | tiếp dân | chỉnh lý | thu hồi | kết thúc | tạm dừng | hoàn trả | phát động |
    phân tách | ký kết | chi trả | thanh toán | khảo nghiệm | phổ biến | niêm yết | bảo vệ |
    bảo trì | dự báo | chấm dứt | tạm ngừng | đình chỉ | nghiêm cấm | sẵn sàng | sơ tán |
    vận chuyển | di dời | phân định | phân loại | phân cấp | ủy quyền | uỷ quyền | định hướng |
    điều tra | phát hiện | phát hành | cắt tỉa | chằng chống | khôi phục | khoanh vùng | gia hạn |
    xác thực | xác lập | xác nhận | thu thập | cập nhập | làm sạch | làm giàu | làm tốt |
    trực ban | kiểm đếm | kiểm kê | kiểm định | nghiệm thu | thi công | tổng rà soát | rà lại |
    nhắc nhở | phê bình | biên soạn | biên tập | in ấn | mã hóa | thiết lập | thiết kế | cài đặt |
    triển lãm | tham gia | tham vấn | sắp xếp | tinh gọn | sáp nhập | giải thể | điều động |
    điều phối | điều tiết | điều hành | tiêu thoát | cứu trợ | chăm lo | chăm sóc | thăm hỏi |
    gặp gỡ | đối chất | đưa tin | viết tin | niêm phong | xử phạt | cưỡng chế | tháo dỡ |
    di chuyển | tiêm phòng | tiêu hủy | lấy mẫu | xét nghiệm | giám định | hoàn chỉnh | hoàn tất |
    khai trương | khánh thành | đấu nối | đấu giá | định giá | gửi lại | bảo quản | trợ giúp |
    tư vấn | phản ánh | kiến tạo | gắn kết | gia tăng | giảm thiểu | tiết kiệm | tiết giảm |
    cân nhắc | chọn lọc | tuyển chọn | quy hoạch | phục hồi | phục vụ | chuyển đổi | chuyển giao |
    chuyển hồ sơ | bổ nhiệm | công nhận | tôn vinh | cấp phát | cấp bù | cấp đổi | tạm ứng |
    thẩm tra | thẩm duyệt | phúc tra | hậu kiểm | tự kiểm tra | nhập liệu | nhập dữ liệu |
    khai báo | kê khai | đồng hành | nhận diện | dự phòng | dự trữ | diễn tập | ứng phó |
    ứng trực | thường trực | canh gác | tuần tra | kéo giảm | giữ gìn | gìn giữ | bảo tồn |
    lưu trữ | sao lưu | phân quyền | hiệu chỉnh | hỏi ý kiến | xin ý kiến | có văn bản |
    có báo cáo | tạo lập | tạo chuyển biến | tạo sự | điều chuyển | luân phiên | biệt phái |
    giúp đỡ | đỡ đầu | đàm phán | ký cam kết | thay thế | thay mới | loại bỏ | bãi bỏ | hủy bỏ | đưa vào
    """
)
"""What an order begins with. A body's own name may hold one of these ("Ban Quản lý"): see `bodies`.

Verbs of one syllable become another word without their accents: see `SHORT_ACTIONS`.
"""

SHORT_ACTIONS = frozenset(
    phrases(
        """
        cử | mở | lập | nộp | gửi | đưa | mời | ký | cấp | chi | dừng | ngừng | xóa | xoá | chốt |
        tăng | giảm | giữ | dành | chọn | rút | lấy | đặt | xây | trồng | sửa | quét | nhập |
        tạo | cắm | gỡ | nắm | thu | giao | chuyển | dựng | soạn | in | phát | tìm | trực | bám |
        mua | bán | vá | cấm | cho | xếp | sắp | khai | nối | đấu | lắp | dọn | kéo | thay | trả |
        nâng | hoàn | vận
        """
    )
)
"""Verbs of one syllable, read with their accents, where a verb is due."""

SOFTENERS = phrases(
    """
    cần phải | cần | phải | có trách nhiệm | có nhiệm vụ | chịu trách nhiệm | sớm | ngay |
    đồng thời | tích cực | trực tiếp | cụ thể | nhanh chóng | trước mắt | tiếp tục | kịp thời |
    chủ động | khẩn trương | khẩn chương | cùng | cùng với | nghiêm túc | quyết tâm | hằng tháng |
    hàng tháng | hằng tuần | hằng quý | hằng năm | hằng ngày | mỗi tuần | định kỳ | thường xuyên |
    kiên quyết | quyết liệt | triệt để | sẽ
    """
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
    rf"(?:nghiêm\s+cấm|chấm\s+dứt|tạm\s+(?:dừng|ngừng)|(?:tuyệt\s+đối|kiên\s+quyết|nhất\s+thiết)\s+không|"
    rf"không\s+(?:{words(*ACTIONS)}|(?!(?:còn|có|phải|chỉ|những|ai|bị|thể|gây|ít|quá)\b)\w+))\b"
)
REQUEST = pattern(rf"{words(*REQUESTS)}\b")
LEADING = pattern(
    rf"\s*,?\s*(?:(?:(?:làm|là)\s+(?:đầu\s+mối|cơ\s+quan|đơn\s+vị)\s*,?\s*)?{words('chủ trì', 'đầu mối')}"
    r"|(?:làm|là)\s+(?:cơ\s+quan|đơn\s+vị)\s+thường\s+trực|chịu\s+trách\s+nhiệm\s+chính)\b"
)
_CONNECTIVES = phrases(
    """
    đồng thời | ngoài ra | bên cạnh đó | riêng | trước mắt | cùng với đó | trong đó | theo đó |
    cụ thể | ngoài các nội dung trên | đặc biệt | trên cơ sở đó | mặt khác
    """
)
CONNECTIVE = pattern(rf"(?:(?:{words(*_CONNECTIVES)}\s*[,:]?|\(\d{{1,2}}\))\s+)+")
TOGETHER = pattern(
    r"(?:phối\s+hợp|phối\s+kết\s+hợp|cùng)\s+(?:chặt\s+chẽ\s+)?(?:(?:cùng\s+)?với\s+)?|"
    r"(?:và\s+)?cùng\s+với\s+|,?\s+và\s+với\s+"
)

_SOFTENED = pattern(rf"(?:(?:{words(*SOFTENERS)})\s*,?\s+){{0,3}}(?P<verb>\w+)\b")


def action_at(source: Source, within: Span) -> Span | None:
    """The verb of an order that stands at the beginning there, with the words that soften it."""
    match = source.match(SOFTENED_ACTION, within)
    if match:
        return source.span(match)
    match = source.match(_SOFTENED, within)
    if match is None:
        return None
    word = unicodedata.normalize("NFC", source.of(source.span(match, "verb")).lower())
    return source.span(match) if word in SHORT_ACTIONS else None


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
    r"(?:cùng\s+)?tham\s+(?:dự|gia)\s+(?:[^,;:.]{0,60}\s)?(?:có|gồm)\b|"
    r"trong\s+quá\s+trình\s+(?:[^,;:.]{0,40},?\s)?nếu\b|nếu\s+(?:có|phát\s+sinh)\s+(?:khó\s+khăn|vướng\s+mắc)|"
    r"trên\s+đây\s+là|văn\s+phòng\s+.{0,60}\bthông\s+báo\s+(?:ý\s+kiến|kết\s+luận|nội\s+dung|để)|"
    r"(?:ý\s+kiến\s+)?(?:thông\s+báo|kết\s+luận)\s+này\b|thừa\s+lệnh|nơi\s+nhận|tin\s+liên\s+quan|xem\s+tin|tin\s+cùng)"
)
"""Agreement, thanks and the closing formula."""
