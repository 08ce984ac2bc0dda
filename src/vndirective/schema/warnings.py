"""Warning codes: what a record may be unsure of, in the words a clerk reads.

The table is the list: docs/warnings.md is written from it, and a test produces each code.
"""

from __future__ import annotations

from vndirective.errors import Lang

WARNINGS: dict[str, dict[Lang, str]] = {
    "missing_number": {
        "vi": "Số văn bản để trống hoặc không có.",
        "en": "The document number is blank or absent.",
    },
    "incomplete_date": {
        "vi": "Ngày ban hành không đủ ngày, tháng, năm.",
        "en": "The date of issue lacks day, month or year.",
    },
    "missing_letterhead": {
        "vi": "Không có phần đầu văn bản (cơ quan ban hành).",
        "en": "The letterhead with the issuing body is absent.",
    },
    "inferred_issuer": {
        "vi": "Cơ quan ban hành được suy từ nơi khác trong văn bản.",
        "en": "The issuing body was inferred from elsewhere in the document.",
    },
    "numbering_gap": {"vi": "Số thứ tự mục bị nhảy quãng.", "en": "The numbering of items has a gap."},
    "numbering_restart": {
        "vi": "Số thứ tự mục bị lặp lại hoặc quay lại từ đầu.",
        "en": "The numbering of items repeats or starts again.",
    },
    "duplicate_content": {
        "vi": "Nội dung văn bản xuất hiện hai lần trong tệp.",
        "en": "The notice stands twice in the file.",
    },
    "web_boilerplate": {
        "vi": "Tệp có phần khung của trang thông tin điện tử.",
        "en": "The file holds parts of a web page around the notice.",
    },
    "unreadable_page": {"vi": "Có trang không đọc được chữ.", "en": "A page holds no readable text."},
    "legacy_encoding": {
        "vi": "Văn bản gõ bằng phông chữ cũ (không phải Unicode), đã chuyển sang Unicode.",
        "en": "The text was typed in fonts from before Unicode and was converted.",
    },
    "plain_reading": {
        "vi": "Đọc thô vì không có LibreOffice: mất số thứ tự tự động và ô gộp.",
        "en": "Read plainly because LibreOffice is absent: automatic numbers and merged cells are lost.",
    },
    "attachment_only": {
        "vi": "Trang chỉ dẫn tới văn bản đính kèm; cần tải và đọc chính văn bản đó.",
        "en": "The page only links to the document; download and read that document.",
    },
    "attachment_unread": {
        "vi": "Có tệp bên trong không đọc được.",
        "en": "A file inside could not be read.",
    },
    "low_ocr_confidence": {
        "vi": "Chữ nhận dạng từ bản chụp kém tin cậy; cần đối chiếu với bản chụp.",
        "en": "Text recognised from the scan is unreliable; compare it with the scan.",
    },
    "ocr_number_uncertain": {
        "vi": "Số, ngày hoặc ký hiệu đọc từ bản chụp không chắc chắn.",
        "en": "A number, date or symbol read from the scan is uncertain.",
    },
    "number_conflict": {
        "vi": "Số, ký hiệu trong văn bản khác với số, ký hiệu mà nơi gửi khai trong gói tin.",
        "en": "Number and symbol in the document differ from those that the sender states.",
    },
    "date_conflict": {
        "vi": "Ngày ban hành trong văn bản khác với ngày mà nơi gửi khai trong gói tin.",
        "en": "The date of issue in the document differs from the one that the sender states.",
    },
    "correction_conflict": {
        "vi": "Giá trị đọc lại khác với giá trị đã được người sửa; sửa đổi cũ không được đưa vào.",
        "en": "What is read now is not what a person corrected; the earlier correction was not put in.",
    },
    "no_tasks_found": {"vi": "Không tìm thấy nhiệm vụ nào.", "en": "No task was found."},
    "undecodable_bytes": {
        "vi": "Có ký tự không giải mã được.",
        "en": "Some characters could not be decoded.",
    },
}


def warning_message(code: str, lang: Lang = "vi") -> str:
    """The sentence for a code; KeyError for a code that is not in the list."""
    return WARNINGS[code][lang]
