"""What the command line says, in Vietnamese and English."""

from __future__ import annotations

from vndirective.errors import Lang

_MESSAGES: dict[str, dict[Lang, str]] = {
    "reading": {"vi": "Đang đọc", "en": "Reading"},
    "nothing": {"vi": "Không có tệp nào để đọc.", "en": "There is no file to read."},
    "failed": {"vi": "LỖI", "en": "FAILED"},
    "next": {"vi": "Cách xử lý", "en": "Next step"},
    "no_number": {"vi": "không số", "en": "no number"},
    "no_date": {"vi": "không ngày", "en": "no date"},
    "counts": {
        "vi": "{tasks} nhiệm vụ, {deadlines} thời hạn, {targets} chỉ tiêu",
        "en": "{tasks} tasks, {deadlines} deadlines, {targets} targets",
    },
    "totals": {
        "vi": "{files} tệp → {records} bản ghi, {tasks} nhiệm vụ; {failures} tệp lỗi. Kết quả: {out}",
        "en": "{files} files → {records} records, {tasks} tasks; {failures} failed. Results: {out}",
    },
    "field": {"vi": "Trường", "en": "Field"},
    "value": {"vi": "Giá trị", "en": "Value"},
    "quote": {"vi": "Nguyên văn", "en": "Quote"},
    "place": {"vi": "Vị trí", "en": "Place"},
    "rule": {"vi": "Quy tắc", "en": "Rule"},
    "confidence": {"vi": "Tin cậy", "en": "Confidence"},
    "page": {"vi": "tr. {page} · {start}", "en": "p. {page} · {start}"},
    "offset": {"vi": "· {start}", "en": "· {start}"},
    "lead": {"vi": "chủ trì", "en": "lead"},
    "coordinate": {"vi": "phối hợp", "en": "coordinate"},
    "implement": {"vi": "thực hiện", "en": "implement"},
    "report_to": {"vi": "báo cáo tới", "en": "report to"},
    "by": {"vi": "hạn", "en": "by"},
    "within": {"vi": "trong vòng", "en": "within"},
    "between": {"vi": "từ – đến", "en": "between"},
    "during": {"vi": "trong kỳ", "en": "during"},
    "from": {"vi": "từ", "en": "from"},
    "recurring": {"vi": "định kỳ", "en": "recurring"},
    "event": {"vi": "theo sự kiện", "en": "event"},
    "why": {"vi": "Vì sao", "en": "Why"},
    "review": {"vi": "Cần xem lại: {n} giá trị", "en": "To be looked at: {n} values"},
    "warnings": {"vi": "Cảnh báo", "en": "Warnings"},
    "record": {"vi": "Văn bản {part}/{parts}: {uri}", "en": "Notice {part}/{parts}: {uri}"},
    "component": {"vi": "Thành phần", "en": "Component"},
    "state": {"vi": "Trạng thái", "en": "State"},
    "how": {"vi": "Cách cài", "en": "How to get it"},
    "missing": {"vi": "thiếu", "en": "missing"},
    "optional": {"vi": "chưa có (tùy chọn)", "en": "not installed (optional)"},
    "all_fine": {"vi": "Đủ để đọc văn bản điện tử.", "en": "All that digital notices need is here."},
    "ocr_pages": {"vi": "Nhận dạng trang", "en": "Recognising pages"},
    "ocr_page": {"vi": "Trang {page}/{total}", "en": "Page {page}/{total}"},
    "ocr_done": {
        "vi": "Đã nhận dạng {read}/{pages} trang → {out}",
        "en": "Recognised {read} of {pages} pages → {out}",
    },
    "ocr_interrupted": {"vi": "Đã dừng. Không có tệp nào được ghi.", "en": "Stopped. No file was written."},
    "interrupted": {
        "vi": "Đã dừng. Các bản ghi đã viết đều nguyên vẹn.",
        "en": "Stopped. The records written so far are whole.",
    },
}


def say(key: str, lang: Lang, **values: object) -> str:
    """A message in a language; KeyError for a key that is not in the catalogue."""
    return _MESSAGES[key][lang].format(**values)
