"""What a single line of a notice's frame is: motto, number, type name, authority, personal name …

Nghị định 30/2020/NĐ-CP, Phụ lục I (zones 1-10) and Hướng dẫn 36-HD/VPTW.
"""

from __future__ import annotations

import re
from functools import lru_cache

from vndirective.lexicons import rows
from vndirective.segment.syllables import fold

_MOTTO = re.compile(
    r"cộng h(?:òa|oà) xã hội chủ nghĩa(?: việt|$)|^việt nam$|^độc lập\s*[-–]\s*tự do\s*[-–]\s*hạnh phúc|^đảng cộng sản việt nam$"
)
NUMBER = re.compile(
    r"^\W{0,3}Số\s*[:.]?\s*(?P<value>\d{1,6}[a-zA-Z]?)?\s*(?P<joint>[-–/])?\s*(?:(?P<year>(?:19|20)\d{2})\s*/\s*)?"
    r"(?P<symbol>[A-ZĐ][\w&]*(?:\s?[-–/.]\s?(?:[A-ZĐ][\w&.]*|\d{1,3}))*)?",
    re.IGNORECASE,
)
PLACE_DATE = re.compile(
    r"(?P<place>[^\W\d_][^\d:;/]{0,60}?)?\s*,?\s*(?:(?:hồi|lúc)\s+\d{1,2}\s*(?:giờ|h)\s*\d{0,2}\s*(?:phút)?,?\s*)?(?P<date>ngày[\s.…_]*(?P<day>\d{1,2})?[\s.…_]*tháng[\s.…_]*(?P<month>\d{1,2})?"
    r"[\s.…_]*năm[\s.…_]*(?P<year>\d{4})?)",
    re.IGNORECASE,
)
AUTHORITY = re.compile(
    r"^\W{0,3}(?P<authority>T\s?/?\s?UQ|T\s?/?\s?M|K\s?/?\s?T|T\s?/?\s?L|Q)(?:\s*[./:]\s*|\s+)(?P<rest>[^\W\d_].*)$"
)
_POSITION = re.compile(
    r"^(?:(?:phó|q\.|quyền)\s+)*(?:chủ tịch|bí thư|phó bí thư|giám đốc|tổng giám đốc|hiệu trưởng|trưởng phòng|trưởng ban|chánh văn phòng|chánh|"
    r"cục trưởng|vụ trưởng|bộ trưởng|thứ trưởng|viện trưởng|tổng biên tập|trưởng|chủ nhiệm|thủ tướng|chi cục trưởng|đội trưởng|"
    r"ủy viên|thủ trưởng|chỉ huy trưởng|chánh thanh tra|tổng cục trưởng|trưởng khoa|thư ký(?: hội đồng| ban)|tư lệnh|chính ủy|cục phó|tổng kiểm toán|tổng thanh tra|kế toán trưởng|tổ trưởng|tổ phó|nhóm trưởng|trạm trưởng|hạt trưởng|đồn trưởng|xưởng trưởng|quản đốc|ban trưởng|đại đội trưởng|tiểu đoàn trưởng|hội trưởng|chi hội trưởng|đội phó|hiệu phó|giám thị|tổng phụ trách|phó|quyền)\b"
)
_TITLES = re.compile(
    r"^(?:(?:PGS|GS|TS|ThS|Th\.S|BS|BSCK\w*|CK\s?I{1,2}|CKI{1,2}|DSCK\w*|DS|KS|CN|NCS|Ths|Ts|Đ/c|(?:Ông|Bà)(?!\s+(?:Thị|Văn)\s))\.?\s*)+"
    r"|^(?:(?:Đại|Thượng|Trung|Thiếu)\s+(?:tướng|tá|úy|uý)|ĐẠI\s+TÁ|THƯỢNG\s+TÁ|TRUNG\s+TÁ|THIẾU\s+TÁ)\s+"  # ranks of army and police
)
_TRIBAL = re.compile(r"^(?:H|K|Y)['’‘-](?=\w)")  # names of the Central Highlands: H'Nuen, K'Brêu, Y-Bliêng
_BODY_OPENING = re.compile(
    r"^(?:căn cứ|(?:sáng |chiều )?ngày \d|thực hiện|kính gửi|trong |sau khi|xét |theo |nhằm |để |lúc |từ ngày|thi hành|tại |qua |hội nghị|được sự|"
    r"vừa qua|thời gian qua|nhân dịp|triển khai |ban thường vụ .{0,60}(?:thông báo|yêu cầu)|những năm|năm \d{4}|hiện nay|do )"
)


_RECIPIENTS_HEAD = re.compile(r"^\W{0,3}nơi nhận\b")
_ARCHIVE = re.compile(r"^\W{0,3}lưu\b\s*(?::|vt|vp|văn|hồ)")


def is_motto(text: str) -> bool:
    return bool(_MOTTO.search(fold(text)))


def is_number(text: str) -> bool:
    """The number line, with or without the number: "Số: 12/TB-UBND", "Số:    /QĐ-UBND"."""
    match = NUMBER.match(text)
    return bool(match and (match.group("symbol") or match.group("joint") or text.rstrip(" :.").lower() == "số"))


def place_date(text: str) -> re.Match[str] | None:
    if (
        len(text) >= 120 or "tháng" not in text.lower()
    ):  # the words of the pattern, looked for before it is tried everywhere
        return None
    return PLACE_DATE.search(text)


@lru_cache(maxsize=1)
def _type_names() -> tuple[tuple[str, str, str], ...]:
    names = [
        (fold(name), row["code"], row["system"])
        for row in rows("document_types")
        for name in [row["name"], *filter(None, row["variants"].split(";"))]
    ]
    return tuple(sorted(names, key=lambda n: -len(n[0])))


@lru_cache(maxsize=1)
def _names_of_types() -> tuple[str, ...]:
    return tuple(name for name, _, _ in _type_names())


def type_name(text: str) -> tuple[str, list[tuple[str, str]]] | None:
    """Type name at the head of a title line in capitals, with its (code, system) readings; None for other lines."""
    folded = fold(text).strip(" :.*")
    if not folded.startswith(_names_of_types()):
        return None
    for name, _, _ in _type_names():
        if not folded.startswith(name) or (len(folded) > len(name) and folded[len(name)].isalnum()):
            continue
        printed = text.strip(" :.*")[: len(name)]
        if not printed.isupper() and folded != name:
            return None
        return name, [(c, s) for n, c, s in _type_names() if n == name]
    return None


def is_authority(text: str) -> bool:
    return len(text) < 90 and bool(AUTHORITY.match(text)) and text[:4].upper() == text[:4]


def is_position(text: str) -> bool:
    """A post on a line of its own, in capitals or short."""
    return len(text) < 80 and bool(_POSITION.match(fold(text))) and not text.rstrip().endswith((".", ";", ":", ","))


def without_titles(text: str) -> str:
    return _TITLES.sub("", text)


def is_person(text: str) -> bool:
    """Two to six capitalised words and nothing else; a type of document ("QUYẾT ĐỊNH") is no name."""
    parts = [_TRIBAL.sub("", p) for p in without_titles(text).split()]
    if not 2 <= len(parts) <= 6 or len(text) > 50 or is_motto(text) or type_name(text) is not None:
        return False
    if text.isupper() and (AUTHORITY.match(text) or is_position(text)):
        return False
    return all(
        p.rstrip(".").isalpha() and ((p[0].isupper() and p[1:].islower()) or p.rstrip(".").isupper()) for p in parts
    )


def opens_body(text: str) -> bool:
    return bool(_BODY_OPENING.match(fold(text)))


def is_recipients_head(text: str) -> bool:
    # the first letters tell most lines apart, which are asked for often
    return "nơi" in text[:6].lower() and len(text) < 120 and _RECIPIENTS_HEAD.match(fold(text)) is not None


def is_archive(text: str) -> bool:
    return "lưu" in text[:6].lower() and _ARCHIVE.match(fold(text)) is not None
