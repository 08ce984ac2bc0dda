"""A made archive: many distinct typed notices out of our samples' sources, as an office's share holds them.

    python benchmarks/archive.py FOLDER [COUNT] [SEED]

Of a hundred files 40 are DOCX, 30 PDF, 20 text, 10 HTML, of these whatever is set with a ruled table never text. Each is one
source with another place, number, date, signatory, other years, days and percentages, and its items in another order. The
same COUNT and SEED write the same files. Places and people are invented.
"""

from __future__ import annotations

import io
import random
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "samples" / "sources"
FONTS = Path("/usr/share/fonts/truetype/liberation2")  # Debian: fonts-liberation2
SHARES = {"docx": 40, "pdf": 30, "txt": 20, "html": 10}
# left out: more than one notice in a file, invitations (no tasks), and what is set letter by letter for old formats
LEFT_OUT = {"s15-gm-so-xay-dung", "s56-cv-kem-ke-hoach"}
FOLDER = 250  # files in one folder

PLACES = ("Sơn Giang", "Lạc Đông", "Phú Khê", "Vĩnh Khê", "Bình Minh", "An Phố", "Lam Kiều", "Yên Lũng", "Vân Hà", "Thượng Khê", "Trà Vông")  # fmt: skip
FIRST = ("An", "Bình", "Cẩm", "Đại", "Đông", "Gia", "Hòa", "Hồng", "Khánh", "Lam", "Lộc", "Minh", "Ngọc", "Nhơn", "Phú", "Quang", "Sơn", "Tân", "Thanh", "Thượng", "Trường", "Vân", "Vĩnh", "Xuân")  # fmt: skip
SECOND = ("Bàn", "Châu", "Điền", "Đình", "Giang", "Hải", "Hiệp", "Khê", "Kiều", "Lâm", "Lĩnh", "Lũng", "Mỹ", "Phố", "Phước", "Sơn", "Thạch", "Thịnh", "Trạch", "Vông", "Xá", "Yên")  # fmt: skip
FAMILY = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Phan",
    "Vũ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lương",
    "Triệu",
    "Vi",
)
MIDDLE = ("Văn", "Thị", "Đức", "Minh", "Quang", "Ngọc", "Hữu", "Thanh", "Công", "Bá")
GIVEN = ("An", "Bảo", "Cường", "Dung", "Giang", "Hà", "Hiển", "Hòa", "Khải", "Lan", "Minh", "Ngà", "Phúc", "Quyết", "Sơn", "Tâm", "Thành", "Vinh")  # fmt: skip

_DATE = re.compile(r"\b(\d{1,2})(/\d{1,2}/)((?:19|20)\d\d)\b")
_ISSUED = re.compile(r"\bngày +(\d{1,2})?( *tháng +\d{1,2} +năm )")
_YEAR = re.compile(r"\b20(?:0|1|2)\d\b")
_NUMBER = re.compile(r"^(Số:? *)\d*(?= *[/-])")
_SHARE = re.compile(r"\b([1-8]\d)%")
_ITEM = re.compile(r"^(\d{1,2})([.-] )")
_BELOW = re.compile(r"^(?:[-+*]|[a-zđ]\)) ")
_PERSON = re.compile(r"((?:\b[A-ZĐÀ-Ỹ][a-zà-ỹđ]+ ?){2,4})$")
_HEADING = re.compile(r"[IVX]+[.-]")

Lines = list[tuple[str, str]]


@dataclass(slots=True)
class Notice:
    """Lines of a notice by their place, as `samples/build.py` has them: L, R, T, K, P, O, N, G, X, A."""

    lines: Lines
    part: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.part = {key: [text for k, text in self.lines if k == key] for key in "LRTKNGXA"}

    @property
    def body(self) -> list[str]:
        return [text for key, text in self.lines if key in "PO"]

    @property
    def rows(self) -> list[list[str]]:
        return [[cell.strip() for cell in row.split("|")] for row in self.part["A"]]


@cache
def sources() -> tuple[tuple[str, Lines], ...]:
    found = []
    for path in sorted(SOURCES.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        if path.stem in LEFT_OUT or re.search(r"^---$", text, re.M):
            continue
        lines = [tuple(line.split(": ", 1)) for line in text.splitlines() if ": " in line]
        found.append((path.stem, [(key, said) for key, said in lines]))
    return tuple(found)


def varied(lines: Lines, serial: int, dice: random.Random) -> Lines:
    """The same notice of another place and time; `serial` makes its number one that no other of the archive has."""
    years, days = dice.randint(-4, 4), dice.randint(-3, 3)
    day = dice.randint(1, 28)
    places = {place: f"{dice.choice(FIRST)} {dice.choice(SECOND)}" for place in PLACES}
    places |= {old.upper(): new.upper() for old, new in places.items()}
    place = re.compile("|".join(sorted(places, key=len, reverse=True)))
    person = f"{dice.choice(FAMILY)} {dice.choice(MIDDLE)} {dice.choice(GIVEN)}"

    def shifted(found: re.Match[str]) -> str:
        at = int(found[1])
        moved = at if at > 28 else min(28, max(1, at + days))
        return f"{moved:02d}{found[2]}{found[3]}"

    made: Lines = []
    for key, said in ordered(lines, dice):
        text = _DATE.sub(shifted, said)
        text = _YEAR.sub(lambda m: str(int(m[0]) + years), text)
        text = place.sub(lambda m: places[m[0]], text)
        text = _SHARE.sub(lambda m: f"{min(99, max(10, int(m[1]) + days * 2))}%", text)
        if key == "L":
            text = _NUMBER.sub(rf"\g<1>{serial + 1}", text)
        if key == "R":
            text = _ISSUED.sub(rf"ngày {day:02d}\g<2>", text)
        made.append((key, text))
    last = max((i for i, (key, _) in enumerate(made) if key == "G"), default=None)
    if last is not None:
        made[last] = ("G", _PERSON.sub(person, made[last][1]))
    return made


def ordered(lines: Lines, dice: random.Random) -> Lines:
    """Items 1, 2, 3 … of a list change places, each with what stands below it, and are numbered anew."""
    made: Lines = []
    items: list[Lines] = []

    def close() -> None:
        marks = [_ITEM.match(item[0][1]) for item in items]
        dice.shuffle(items)
        for mark, item in zip(marks, items, strict=True):
            assert mark is not None
            first = _ITEM.sub(lambda _, mark=mark: f"{mark[1]}{mark[2]}", item[0][1])
            made.extend([(item[0][0], first), *item[1:]])
        items.clear()

    for key, text in lines:
        mark = _ITEM.match(text) if key == "P" else None
        if mark and int(mark[1]) == len(items) + 1:
            items.append([(key, text)])
        elif items and key == "P" and _BELOW.match(text) and not mark:
            items[-1].append((key, text))
        else:
            close()
            made.append((key, text))
    close()
    return made


def as_text(notice: Notice) -> bytes:
    part = notice.part
    blocks = [part["L"], part["R"], part["T"], part["K"], notice.body, part["N"], part["G"], part["X"]]
    blocks.append([" | ".join(row) for row in notice.rows])
    return ("\n\n".join("\n".join(block) for block in blocks if block) + "\n").encode()


def as_html(notice: Notice) -> bytes:
    part = notice.part

    def column(lines: list[str]) -> str:
        return "<td>" + "".join(f"<p>{escape(line)}</p>" for line in lines) + "</td>"

    def pair(left: list[str], right: list[str]) -> str:
        return f"<table><tr>{column(left)}{column(right)}</tr></table>"

    rows = "".join("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in _plain(notice.rows))
    title = "".join(f'<p style="text-align:center"><b>{escape(line)}</b></p>' for line in part["T"])
    body = "".join(f"<p>{escape(line)}</p>\n" for line in part["K"] + notice.body)
    annex = "".join(f'<p style="text-align:center">{escape(line)}</p>' for line in part["X"])
    table = f"<table border=1>{rows}</table>" if rows else ""
    page = f"{pair(part['L'], part['R'])}\n{title}\n{body}{pair(part['N'], part['G'])}\n{annex}{table}"
    return f'<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8"><title>Văn bản</title></head><body>\n{page}\n</body></html>\n'.encode()


def _plain(rows: list[list[str]]) -> list[list[str]]:
    """Joined cells as empty ones and repeated ones: a table of a plain grid."""
    plain: list[list[str]] = []
    for row in rows:
        above = plain[-1] if plain else row
        plain.append(["" if cell == "<" else above[i] if cell == "^" else cell for i, cell in enumerate(row)])
    return plain


_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@cache
def _package() -> tuple[tuple[str, bytes], ...]:
    """What python-docx puts beside the text of an empty document, without the picture of its first page."""
    from docx import Document

    buffer = io.BytesIO()
    Document().save(buffer)
    with zipfile.ZipFile(buffer) as package:
        names = [n for n in package.namelist() if n != "word/document.xml"]
        return tuple((name, package.read(name)) for name in names)


def as_docx(notice: Notice) -> bytes:
    part = notice.part

    def paragraph(text: str, *, bold: bool = False, align: str = "both", first: int = 0) -> str:
        indent = f'<w:ind w:firstLine="{first}"/>' if first else ""
        weight = "<w:rPr><w:b/></w:rPr>" if bold else ""
        return f'<w:p><w:pPr>{indent}<w:jc w:val="{align}"/></w:pPr><w:r>{weight}<w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r></w:p>'

    def pair(left: list[str], right: list[str], align: str) -> str:
        cells = [[paragraph(t, bold=t.isupper(), align=align) for t in left], [paragraph(t, bold=t.isupper(), align="center") for t in right]]  # fmt: skip
        columns = "".join(f"<w:tc><w:tcPr/>{''.join(c) or '<w:p/>'}</w:tc>" for c in cells)
        return f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr>{columns}</w:tr></w:tbl>"

    blocks = [pair(part["L"], part["R"], "center")]
    blocks += [paragraph(t, bold=i < 2, align="center") for i, t in enumerate(part["T"])]
    blocks += [paragraph(t, first=1700) for t in part["K"]]
    blocks += [paragraph(t, first=700, bold=bool(_HEADING.match(t))) for t in notice.body]
    blocks.append(pair(part["N"], part["G"], "left"))
    blocks += [paragraph(t, bold=t.isupper(), align="center") for t in part["X"]]
    if notice.rows:
        rows = "".join(
            "<w:tr>" + "".join(f"<w:tc><w:tcPr/>{paragraph(c, align='left')}</w:tc>" for c in row) + "</w:tr>"
            for row in _plain(notice.rows)
        )
        grid = "<w:gridCol/>" * len(notice.rows[0])
        blocks.append(
            f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl><w:p/>'
        )
    text = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{_WORDS}"><w:body>{"".join(blocks)}<w:sectPr/></w:body></w:document>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, data in (*_package(), ("word/document.xml", text.encode())):
            package.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


@cache
def _faces() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for face in ("Regular", "Bold"):
        pdfmetrics.registerFont(TTFont(face, str(FONTS / f"LiberationSerif-{face}.ttf")))


@cache
def _widths() -> Callable[[str, str], float]:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    @cache
    def width(word: str, face: str) -> float:
        return float(stringWidth(word, face, 1))

    return width


def wrapped(text: str, width: float, face: str, size: float, first: float = 0.0) -> list[str]:
    """Text in lines of at most `width` points, the first of them shorter by `first`."""
    measure, space = _widths(), _widths()(" ", face) * size
    rows: list[list[str]] = [[]]
    at = first
    for word in text.split():
        wide = measure(word, face) * size
        if rows[-1] and at + wide > width:
            rows.append([])
            at = 0.0
        rows[-1].append(word)
        at += wide + space
    return [" ".join(row) for row in rows]


class _Sheet:
    """A PDF being set, from top to bottom of A4 pages."""

    left, right, top, low, size, pitch = 85.0, 538.0, 790.0, 60.0, 13.0, 18.0

    def __init__(self) -> None:
        from reportlab.pdfgen.canvas import Canvas

        _faces()
        self._buffer = io.BytesIO()
        self._canvas = Canvas(self._buffer, (595, 842), invariant=1)
        self.at = self.top

    def room(self, needed: float) -> None:
        if self.at - needed < self.low:
            self._canvas.showPage()
            self.at = self.top

    def put(
        self, text: str, x: float, y: float, *, bold: bool = False, centre: bool = False, size: float = 13.0
    ) -> None:
        self._canvas.setFont("Bold" if bold else "Regular", size)
        (self._canvas.drawCentredString if centre else self._canvas.drawString)(x, y, text)

    def columns(self, left: list[str], right: list[str], centre: bool) -> None:
        self.room(self.pitch * max(len(left), len(right)))
        for k, text in enumerate(left):
            self.put(text, 170 if centre else self.left, self.at - 17 * k, bold=text.isupper(), centre=centre, size=12)
        for k, text in enumerate(right):
            self.put(text, 415, self.at - 17 * k, bold=text.isupper(), centre=True, size=12)
        self.at -= 17 * max(len(left), len(right)) + 14

    def centred(self, text: str, bold: bool) -> None:
        for row in wrapped(text, 440, "Bold", self.size):
            self.room(self.pitch)
            self.put(row, 311, self.at, bold=bold, centre=True)
            self.at -= self.pitch

    def paragraph(self, text: str, indent: float, bold: bool) -> None:
        face = "Bold" if bold else "Regular"
        for k, row in enumerate(wrapped(text, self.right - self.left, face, self.size, indent)):
            self.room(self.pitch)
            self.put(row, self.left + (0 if k else indent), self.at, bold=bold)
            self.at -= self.pitch
        self.at -= 4

    def table(self, rows: list[list[str]]) -> None:
        """A ruled grid; a row is never cut by the end of a page."""
        count = len(rows[0])
        narrow = 30.0
        wide = (self.right - self.left - narrow) / (count - 1)
        edges = [self.left, *(self.left + narrow + wide * i for i in range(count))]
        for row in rows:
            cells = [wrapped(c, b - a - 6, "Regular", 10) for c, a, b in zip(row, edges, edges[1:], strict=False)]
            high = 13.0 * max(map(len, cells)) + 6
            self.room(high + 14)
            for lines, a, b in zip(cells, edges, edges[1:], strict=False):
                self._canvas.rect(a, self.at - high, b - a, high)
                for k, line in enumerate(lines):
                    self.put(line, a + 3, self.at - 12 - 13 * k, size=10)
            self.at -= high

    def done(self) -> bytes:
        self._canvas.save()
        return self._buffer.getvalue()


def as_pdf(notice: Notice) -> bytes:
    part, sheet = notice.part, _Sheet()
    sheet.columns(part["L"], part["R"], True)
    for i, text in enumerate(part["T"]):
        sheet.centred(text, i < 2)
    sheet.at -= 8
    for text in part["K"]:
        sheet.paragraph(text, 90, False)
    for text in notice.body:
        sheet.paragraph(text, 36, bool(_HEADING.match(text)))
    sheet.at -= 8
    sheet.columns(part["N"], part["G"], False)
    if part["X"] or notice.rows:
        sheet.room(200)
    for text in part["X"]:
        sheet.centred(text, text.isupper())
    sheet.at -= 6
    if notice.rows:
        sheet.table(_plain(notice.rows))
    return sheet.done()


SETTERS: dict[str, Callable[[Notice], bytes]] = {"docx": as_docx, "pdf": as_pdf, "txt": as_text, "html": as_html}


def notices(count: int, seed: int = 6) -> Iterator[tuple[str, bytes]]:
    """Path below the archive and bytes of each file."""
    formats = [form for form, share in SHARES.items() for _ in range(share)]
    dice = random.Random(seed)
    for serial in range(count):
        name, lines = dice.choice(sources())
        form = dice.choice(formats)
        notice = Notice(varied(lines, serial, dice))
        if form == "txt" and notice.part["A"]:
            form = "docx"
        yield f"{serial // FOLDER:03d}/{serial:05d}-{name[4:]}.{form}", SETTERS[form](notice)


def make(folder: Path, count: int, seed: int = 6) -> None:
    """Write `count` files below `folder`."""
    made: set[Path] = set()
    for name, data in notices(count, seed):
        path = folder / name
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_bytes(data)


if __name__ == "__main__":
    make(Path(sys.argv[1]), *map(int, sys.argv[2:4]))
