"""One line of text as the record keeps it: NFC, single spaces, nothing invisible."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffe\x00-\x08\x0e-\x1f\x7f]|[\ud800-\udfff]")
_SPACE = re.compile(r"\s+")


def clean_line(text: str) -> str:
    """Trimmed NFC line. "Ð" (eth), the look-alike of "Đ", becomes "Đ"."""
    plain = _INVISIBLE.sub("", text).replace("Ð", "Đ").replace("ð", "đ")
    return _SPACE.sub(" ", unicodedata.normalize("NFC", plain)).strip()
