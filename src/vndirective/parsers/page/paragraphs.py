"""Lines to paragraphs.

A line goes on with the one above it where the page leaves no other reading: the line above is full (the first word
below would not have fitted), the indent is that of a continuation, no list marker opens the line, the distance is that
of running text. Centred and two-column lines stay apart unless a sentence plainly wraps.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from vndirective.parsers.page.layout import Column, Line, Place
from vndirective.parsers.page.words import Word

# Điều, Khoản, Điểm, then -, +, * (Nghị định 30/2020/NĐ-CP, Phụ lục I); "I-", "1-" in Party documents
_MARKER = re.compile(
    r"(?:[-–—+*•●○▪■◦·\uf0b7\uf02d\uf0a7](?:\s|(?=[A-ZÀ-ỸĐ]))"
    r"|\(?(?:\d{1,3}|[IVX]{1,6})(?:\.\d{1,3})*(?:[.)/](?!\d)\.?|-)\s"
    r"|\d{1,2}(?:\.\d{1,2})+\.?\s"
    r"|\(?[a-zđ]{1,2}(?:\.\d{1,2})?(?:\)|\.\s)\.?"
    r"|(?:Điều|Chương|Phần|Mục|Phụ lục|Khoản)\s+(?:\d{1,3}|[IVX]{1,6})\s*[.:]"
    r"|Căn cứ\s)"
)
_WEAK = re.compile(r"(?:[-–—+*]|\d{1,3}\.)\s")
_END = re.compile(r"[.;:!?]\W*$")
_OPEN_END = re.compile(r"(?:,|\b(?:của|và|về|cho|với|tại|các|do|số|theo|trong|để))$")
_FINAL = re.compile(r"\./\.?\W*$")
_SUBJECT = re.compile(r"^(?:V/v|Vv|Về)\b", re.IGNORECASE)
_ADDRESSEES = re.compile(r"^Kính gửi\s*:?", re.IGNORECASE)
_HYPHENATED = re.compile(r"[\w/)][-‐‑]$")
_CLOSING = ",.;:)]”!?%"


@dataclass(slots=True)
class Paragraph:
    """Lines that are one block; `centered` and the rest as in `Block`."""

    lines: list[Line]
    centered: bool | None = None
    gap: bool = False

    @property
    def words(self) -> list[Word]:
        return [w for line in self.lines for w in line.words]

    @property
    def bold(self) -> bool | None:
        return _all([line.bold for line in self.lines])

    @property
    def italic(self) -> bool | None:
        return _all([line.italic for line in self.lines])


def _all(values: list[bool | None]) -> bool | None:
    known = [v for v in values if v is not None]
    return None if not known else all(known)


def paragraphs_of(column: Column, in_cell: bool = False) -> list[Paragraph]:
    """Paragraphs of one column of one page, or of one table cell."""
    if in_cell:
        return _paragraphs_of_cell(column)
    paragraphs: list[Paragraph] = []
    addressees = False
    for line in _split_addressees(column.lines):
        previous = paragraphs[-1] if paragraphs else None
        addressees = bool(_ADDRESSEES.match(line.text)) or (addressees and _is_addressee(line, previous, column))
        if previous is not None and _goes_on(previous, line, column, addressees):
            previous.lines.append(line)
            continue
        gap = previous is not None and line.top - previous.lines[-1].bottom > 0.8 * line.size
        paragraphs.append(Paragraph([line], is_centered(line, column), gap))
    return paragraphs


def _paragraphs_of_cell(column: Column) -> list[Paragraph]:
    """In a cell a line ends where the cell does: only markers and ends of sentences part paragraphs."""
    paragraphs: list[Paragraph] = []
    for line in column.lines:
        last = paragraphs[-1].lines[-1] if paragraphs else None
        opens = last is None or bool(_MARKER.match(line.text)) or line.top - last.bottom > line.size
        if last is None or opens or _ends_in_cell(last, line, column):
            paragraphs.append(Paragraph([line]))
        else:
            paragraphs[-1].lines.append(line)
    return paragraphs


def _ends_in_cell(last: Line, line: Line, column: Column) -> bool:
    """A sentence ends, and the first word of the next line would still have fitted."""
    if not _END.search(last.text) or not line.text[0].isupper():
        return False
    return last.x1 + line.words[0].x1 - line.words[0].x0 + 0.22 * last.size < column.right


def _split_addressees(lines: list[Line]) -> list[Line]:
    """ "Kính gửi: - Sở …" is the word and the first of its items."""
    result: list[Line] = []
    for line in lines:
        found = _ADDRESSEES.match(line.text)
        dash = next((i for i, w in enumerate(line.words) if i and w.text in ("-", "–", "+")), None) if found else None
        if dash is not None and dash <= 3:
            result += [Line(line.words[:dash]), Line(line.words[dash:])]
        else:
            result.append(line)
    return result


def is_centered(line: Line, column: Column) -> bool:
    """Set in the middle of its column, both ends well inside."""
    left, right = line.x0 - column.left, column.right - line.x1
    if _MARKER.match(line.text) and not line.text[0].isupper():
        return False
    return left > 18 and right > 18 and abs(left - right) < 14 + 0.06 * (column.right - column.left)


def _is_addressee(line: Line, previous: Paragraph | None, column: Column) -> bool:
    """Still the list under "Kính gửi": indented far more than a first line."""
    return previous is not None and line.x0 > column.left + 0.12 * (column.right - column.left)


def _goes_on(paragraph: Paragraph, line: Line, column: Column, addressees: bool) -> bool:
    last = paragraph.lines[-1]
    if abs(line.size - last.size) > 0.18 * last.size or _is_rule(line) or _is_rule(last):
        return False
    if column.place is not Place.BODY:
        return _goes_on_in_column(paragraph, line, column)
    if addressees:
        opens = _MARKER.match(line.text) or _ADDRESSEES.match(line.text) or _END.search(last.text)
        return not opens and line.top - last.bottom < line.size
    if _pitch_breaks(paragraph, line, column.pitch) or _FINAL.search(last.text):
        return False
    if _fills_centred(last, line, column):
        return True
    both_centred = is_centered(line, column) and is_centered(last, column) and len(paragraph.lines) < 6
    if both_centred or paragraph.centered:
        return both_centred and _wraps(last, line)
    if line.centre - column.left > 0.68 * (column.right - column.left):
        return False  # signature without recipients beside it
    return flows(paragraph.lines, line, (column.left, column.right), (column.left, column.right))


def _fills_centred(last: Line, line: Line, column: Column) -> bool:
    """A centred line without room for the first word of the centred line below it, or without an end: one heading."""
    left, right = last.x0 - column.left, column.right - last.x1
    room = left + right - (line.words[0].x1 - line.words[0].x0) - 0.22 * last.size
    return (
        (room < 0.8 * last.size or _wraps(last, line))
        and abs(left - right) < 8
        and is_centered(line, column)
        and last.bold == line.bold
        and not _END.search(last.text)
        and not _MARKER.match(line.text)
    )


def flows(lines: list[Line], line: Line, above: tuple[float, float], here: tuple[float, float]) -> bool:
    """Whether running text goes on from `lines` to `line`, each with the margins (left, right) of its own page."""
    last, first = lines[-1], lines[0]
    fitted = last.x1 + line.words[0].x1 - line.words[0].x0 + 0.22 * last.size < above[1] - 2
    if fitted:
        return False
    indent, hung = line.x0 - here[0], (lines[1].x0 if len(lines) > 1 else None)
    start = first.x0 - above[0]
    if _MARKER.match(line.text):
        weak = _WEAK.match(line.text) and not _END.search(last.text) and indent < 4
        return bool(weak and (start > 8 or (hung is not None and hung < first.x0 - 4)))
    if hung is not None:
        return abs(indent - (hung - above[0])) < 6
    if indent > start + 4:  # hanging indent: below the first word after the marker
        return bool(_MARKER.match(first.text)) and indent < start + 60
    if abs(indent - start) <= 4:
        return not _END.search(last.text) or not line.text[0].isupper() or indent < 4
    return True


def _goes_on_in_column(paragraph: Paragraph, line: Line, column: Column) -> bool:
    last = paragraph.lines[-1]
    if line.top - last.bottom > 0.7 * line.size or _MARKER.match(line.text):
        return False
    first = paragraph.lines[0].text
    if column.kind == "letterhead":
        return column.place is Place.LEFT and (bool(_SUBJECT.match(first)) or _wraps(last, line))
    if column.place is Place.LEFT:
        return bool(_MARKER.match(first)) and (not _END.search(last.text) or line.text[0] in "(")
    return _wraps(last, line)


def _wraps(last: Line, line: Line) -> bool:
    """A sentence plainly goes on: small letter below, no end above, same weight."""
    if _END.search(last.text) or last.bold != line.bold:
        return False
    return line.text[0].islower() or line.text[0] == "/" or bool(_OPEN_END.search(last.text))


def _is_rule(line: Line) -> bool:
    return not any(c.isalnum() for c in line.text)


def _pitch_breaks(paragraph: Paragraph, line: Line, usual: float | None) -> bool:
    """Further below than running text: than the lines of this paragraph, than most of the column, or than any."""
    last = paragraph.lines[-1]
    pitch = line.bottom - last.bottom
    if usual is not None and pitch > 1.6 * usual:
        return True
    if len(paragraph.lines) > 1:
        own = (last.bottom - paragraph.lines[0].bottom) / (len(paragraph.lines) - 1)
        return pitch > 1.22 * own + 1.5
    return pitch > 2.1 * line.size


def joined(words: list[Word], keep_marks: bool = False) -> tuple[str, list[tuple[int, Word]]]:
    """Text of a block and the offset of each of its words; note marks are left out."""
    parts: list[str] = []
    places: list[tuple[int, Word]] = []
    at = 0
    last: Word | None = None
    dropped = False
    for word in words:
        if word.raised and not keep_marks:
            dropped = True
            continue
        if last is not None and not _glued(last, word, dropped):
            parts.append(" ")
            at += 1
        parts.append(word.text)
        places.append((at, word))
        at += len(word.text)
        last, dropped = word, False
    return "".join(parts), places


def _glued(last: Word, word: Word, after_mark: bool) -> bool:
    same_line = word.page == last.page and abs(word.middle - last.middle) < 0.5 * last.height
    if not same_line:
        # a symbol that is cut at the end of a line: "TT-" and "BGTVT"
        return last.text[-1] in "-‐‑" and bool(_HYPHENATED.search(last.text))
    if word.text[0] in _CLOSING and (after_mark or word.x0 - last.x1 < 0.12 * last.height):
        return True
    # a stamped number in front of its printed symbol
    return word.text[0] == "/" and last.text.isdigit() and word.text[1:2].isalpha()
