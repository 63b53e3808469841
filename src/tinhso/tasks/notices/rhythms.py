"""Work that comes again (định kỳ, thường xuyên): "hằng tháng", "trước ngày 25 hằng tháng", "thứ Năm hằng tuần"."""

from __future__ import annotations

from tinhso.tasks.notices.source import pattern, phrases, words

_RHYTHM = words(
    *phrases(
        """
        định kỳ hằng tháng | định kỳ hàng tháng | định kỳ tháng | định kỳ hằng quý |
        định kỳ hàng quý | định kỳ quý | định kỳ hằng tuần | định kỳ hàng tuần | định kỳ tuần |
        mỗi tuần | định kỳ 6 tháng | định kỳ 06 tháng | định kỳ hằng năm | định kỳ hàng năm |
        định kỳ năm | hằng tháng | hàng tháng | hằng quý | hàng quý | hằng tuần | hàng tuần |
        hằng năm | hàng năm | hằng ngày | hằng đêm | hàng đêm | hàng ngày | định kỳ | thường xuyên | định kỳ 3 tháng |
        định kỳ 03 tháng | định kỳ hai tuần | định kỳ 02 tuần | mỗi tháng | mỗi quý |
        định kỳ hằng ngày | định kỳ hàng ngày
        """
    )
)
_TIMES = r"(?:mỗi|hằng|hàng)\s+(?:ngày|tuần|tháng|quý|năm)\s+(?:ít\s+nhất\s+|tối\s+thiểu\s+)?\d{1,2}\s+(?:lần|buổi|kỳ)"
_HOURLY = (
    r"(?:trước\s+)?\d{1,2}\s*(?:giờ|h)\s*(?:\d{2}\s*(?:phút)?\s*)?,?\s*(?:hằng|hàng|mỗi)\s+ngày"
)
RECURRING = pattern(rf"{_HOURLY}|{_TIMES}|{_RHYTHM}(?:\s*,\s*{_RHYTHM})*")
MONTHLY_DAY = pattern(
    r"(?:định\s+kỳ\s*,?\s+)?(?:(?:trước|vào|chậm\s+nhất)\s+(?:là\s+)?)?ngày\s+(?:mùng\s+)?\d{1,2}\s+(?:hằng|hàng|mỗi)\s+"
    r"(?:tháng|quý|năm)|(?:trước|chậm\s+nhất)\s+(?:là\s+)?ngày\s+(?:mùng\s+)?\d{1,2}\s+của\s+(?:tháng|quý|năm)"
    r"|(?:định\s+kỳ\s+)?(?:hằng|hàng|mỗi)\s+(?:tháng|quý)\s*,?\s*\(?(?:trước|vào|chậm\s+nhất)\s+(?:là\s+)?ngày\s+"
    r"(?:mùng\s+)?\d{1,2}(?!\s*[/.-]?\s*\d)(?!\s+tháng)"
)
_WEEKDAY = r"(?:(?:sáng|chiều|ngày)\s+)?(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s+nhật)"
_EVERY_WEEK = r"(?:định\s+kỳ\s+)?(?:hằng|hàng|mỗi)\s+tuần"
WEEKLY_DAY = pattern(
    rf"(?:(?:trước|vào|chậm\s+nhất)\s+(?:là\s+)?)?{_WEEKDAY}\s*,?\s*{_EVERY_WEEK}"
    rf"|{_EVERY_WEEK}\s*,?\s*\(?(?:trước|vào|chậm\s+nhất(?:\s+là)?)\s+{_WEEKDAY}"
)
