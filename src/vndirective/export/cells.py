"""Text in cells, rows and tables: what a notice prints is never a formula, a tag or a broken character there."""

from __future__ import annotations

import re
from datetime import date

from vndirective.export.register import Value

# spreadsheets read these as the beginning of a formula; bullets of notices begin so ("- Rà soát …", "+ Các trường: …")
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠\t\r]|'")
_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def plain(text: str) -> str:
    """Text without characters that XML, Excel or a terminal cannot hold; line breaks as "\\n"."""
    return _NO_CHARACTER.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def starts_formula(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula (or for text already guarded)."""
    return text.startswith("\t") or _FORMULA.match(text) is not None


def guarded(text: str) -> str:
    """Text for CSV: an apostrophe goes before what a spreadsheet would calculate."""
    text = plain(text)
    return f"'{text}" if starts_formula(text) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given (after `plain`)."""
    return text[1:] if text.startswith("'") else text


def shown(value: Value) -> str:
    """A value as text: ISO dates, whole numbers without a fraction, "" for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, date):
        return value.isoformat()
    return plain(str(value))
