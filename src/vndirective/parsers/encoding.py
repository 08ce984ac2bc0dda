"""Bytes to text: UTF-8, UTF-16, windows-1258, and a last resort that never fails."""

from __future__ import annotations

import codecs
import re
import unicodedata

from vndirective.parsers.legacy import guess, share_as_is

# Vietnamese letters outside ASCII, the proof that a guess was right
_VIETNAMESE = re.compile("[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE)


def decode(data: bytes) -> tuple[str, str, bool]:
    """Text in NFC, the name of its encoding, and whether every byte could be decoded.

    A BOM decides; then strict UTF-8; then UTF-16 told by its zero bytes; then windows-1258, whose combining tone marks
    NFC joins to their letters, or an encoding from before Unicode (`legacy`); then charset-normalizer.
    """
    for bom, name in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(bom):
            text = data.decode(name, errors="replace")
            return _nfc(text), name, "\ufffd" not in text
    try:
        return _nfc(data.decode("utf-8")), "utf-8", True
    except UnicodeDecodeError:
        pass
    for parity, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(data) > 3 and data[parity::2].count(0) > len(data) // 5:
            text = data.decode(name, errors="replace")
            return _nfc(text), name, "\ufffd" not in text
    text = data.decode("utf-8", errors="replace")
    if text.count("\ufffd") <= len(text) // 200 and _VIETNAMESE.search(text):
        return _nfc(text), "utf-8", False  # a few broken bytes in good UTF-8
    return _guess(data)


def _guess(data: bytes) -> tuple[str, str, bool]:
    windows = _nfc(data.decode("cp1258", errors="replace"))
    latin = data.decode("latin-1")
    legacy, share = guess(latin[:20_000])
    if legacy is not None and share > share_as_is(windows[:20_000]):
        return latin, legacy, True  # letters as the old font has them; who reads lines makes them Unicode
    if len(_VIETNAMESE.findall(windows)) * 12 > len(windows) and "\ufffd" not in windows:
        return windows, "windows-1258", True
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        return _nfc(data.decode("utf-8", errors="replace")), "utf-8", False
    return _nfc(str(best)), best.encoding, True


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
