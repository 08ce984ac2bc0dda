"""Fonts from before Unicode: what is converted is right to the mark, what is Unicode is never touched."""

from __future__ import annotations

import io
import re
import runpy
import unicodedata
from collections.abc import Callable, Iterator

import pytest
from docx import Document
from docx.oxml.ns import qn

from samples import NOTICES, ROOT, records_of
from vndirective.parsers import load
from vndirective.parsers.docx import read_docx
from vndirective.parsers.legacy import Mender, decode, decode_runs, encoding_of, guess, is_capital
from vndirective.parsers.source import SourceText
from vndirective.segment.lines import is_person

FORMATS = runpy.run_path(str(ROOT / "samples" / "formats.py"))
encoded: Callable[[str, str], str] = FORMATS["encoded"]
pieces: Callable[[str, str], Iterator[tuple[str, str]]] = FORMATS["pieces"]

RESOLUTION = (ROOT / "samples" / "notices" / "s03-nq-dang-uy-xa.txt").read_text(encoding="utf-8")
# Unicode of several languages that has none of the letters which only Vietnamese uses
UNTOUCHED = [
    "Công tác các thôn: báo cáo tháng, trình lãnh đạo",
    "Hà Lê, Trà Bá Hòa, Hoà Bình",
    "- Lô thông, lò gốm, chè xanh",
    "Kèm theo Thông báo này",
    "Café à Paris : où sont passés les élèves ? Voilà l'été, déjà très chaud.",
    "n° 12, § 5, 20 °C, 100 m², 3 µm, ½ + ¼ = ¾, x³ - 4x² = 0, 3 × 4 ÷ 2",
    "El niño comió más jamón; ¿qué año?",
    "Größe und Gewicht der Bücher, schöne Grüße für Köln",
    "São Paulo não é a capital; informação básica",
    "naïve résumé, façade — déjà vu © 2024 ® ™",
    "Được sự đồng ý của các đồng chí, «kế hoạch» này…",
    "Nhà máy xay xát số 2",
]


def old(line: str, encoding: str) -> str:
    """A line without its fonts, as it is copied out of an old file: TCVN3's capitals with tone marks are small letters."""
    if encoding == "vni":
        return encoded(line, "vni")
    small = line.lower() if line.isupper() else "".join(map(_typable, line))
    return encoded(small, "tcvn3")


def _typable(char: str) -> str:
    in_font = char.isascii() or char in "ĂÂĐÊÔƠƯ" or not char.isupper()
    return char if in_font else char.lower()


def texts(first: int = 0, last: int = 103) -> dict[str, list[str]]:
    """Lines of our samples of these numbers, those that are a saving of another left out."""
    again = ("s17", "s18", "s51", "s52")
    numbered = [p for p in NOTICES if first <= int(p.stem.split("-")[0][1:]) <= last]
    chosen = [p for p in numbered if not p.stem.startswith(again) and (p.stem[:3] != "s50" or p.suffix == ".docx")]
    return {p.name: [line for r in records_of(p) for line in (r.text or "").split("\n")] for p in chosen}


def accuracy(pairs: list[tuple[str, str]]) -> float:
    """Share of the letters with a mark that came out right, capitals apart."""
    marks = wrong = 0
    for want, got in ((a.casefold(), b.casefold()) for a, b in pairs):
        marked = sum(not c.isascii() for c in want)
        marks += marked
        wrong += sum(a != b for a, b in zip(want, got, strict=True)) if len(want) == len(got) else marked
    assert marks > 4000
    return 1 - wrong / marks


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_marks_of_runs_whole_texts_and_single_lines(encoding: str) -> None:
    documents = list(texts().values())
    lines = [line for document in documents for line in document]
    runs = [(line, decode_runs(pieces(line, encoding))[0]) for line in lines]
    assert [want for want, got in runs if want != got] == []
    whole: list[tuple[str, str]] = []
    for document in documents:
        typed = [old(line, encoding) for line in document]
        whole += zip(document, map(Mender(typed).mend, typed), strict=True)
    assert accuracy(whole) >= 0.999
    alone = [(line, Mender([typed := old(line, encoding)]).mend(typed)) for line in lines]
    assert accuracy(alone) >= 0.999


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
@pytest.mark.parametrize("every", [2, 5, 20])
def test_mixed_documents_are_right_paragraph_by_paragraph(encoding: str, every: int) -> None:
    for document in texts().values():
        for phase in (0, 1):
            mixed = [old(line, encoding) if i % every == phase else line for i, line in enumerate(document)]
            mender = Mender(mixed)
            mended = [mender.mend(line).casefold() for line in mixed]
            wrong = [line for line, got in zip(document, mended, strict=True) if got != line.casefold()]
            assert [line for line in wrong if not is_person(line)] == []  # a name alone may be a name in either reading


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_hardly_a_line_of_later_samples_is_wrong(encoding: str) -> None:
    """Lines of a word or two ("12 lớp") among lines in another encoding may be either; nobody has looked at these beside the rules."""
    documents = list(texts(104, 999).values())
    lines = wrong = 0
    for document in documents:
        mixed = [old(line, encoding) if i % 5 == 0 else line for i, line in enumerate(document)]
        mender = Mender(mixed)
        got = [mender.mend(line).casefold() for line in mixed]
        lines += len(document)
        wrong += sum(a != b.casefold() for a, b in zip(got, document, strict=True))
    assert lines > 5000 and wrong / lines < 0.002


def test_unicode_is_never_touched() -> None:
    for line in [*UNTOUCHED, *(line for document in texts(0, 999).values() for line in document)]:
        mender = Mender([line])
        assert (mender.mend(line), mender.found) == (line, "")
    assert guess("\n".join(UNTOUCHED)) == (None, 0.0)


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "vps", "viscii"])
def test_bytes_of_each_encoding(encoding: str) -> None:
    from viparse.normalize.encodings import CHARMAPS

    letters = {to: of for of, to in reversed(CHARMAPS[encoding].pairs)}
    typed = "".join(letters.get(c) or letters.get(c.lower(), c) for c in unicodedata.normalize("NFC", RESOLUTION))
    source = load(typed.encode("latin-1"))
    source.check()
    assert source.encoding == encoding
    assert source.text.casefold() == load(RESOLUTION.encode()).text.casefold()
    assert [(w.code, w.detail) for w in source.warnings if w.code == "legacy_encoding"] == [
        ("legacy_encoding", {"tcvn3": "TCVN3", "vni": "VNI", "vps": "VPS", "viscii": "VISCII"}[encoding])
    ]


@pytest.mark.parametrize("codec", ["sloppy-windows-1252", "latin-1"])
def test_utf8_that_was_read_as_windows_1252(codec: str) -> None:
    import ftfy.bad_codecs

    ftfy.bad_codecs.ok()
    for document in texts().values():
        misread = [line.encode().decode(codec) for line in document]
        mender = Mender(misread)
        assert [mender.mend(line) for line in misread] == document
    source = load(RESOLUTION.encode().decode(codec).encode())
    assert source.text == load(RESOLUTION.encode()).text
    assert [w.detail for w in source.warnings if w.code == "legacy_encoding"] == ["UTF-8 (cp1252)"]


@pytest.mark.parametrize(
    ("font", "encoding", "capital"),
    [
        (".VnTime", "tcvn3", False),
        (".VnTimeH", "tcvn3", True),
        ("ABCDEF+.VnArialH,Bold", "tcvn3", True),
        (".VnArial NarrowH", "tcvn3", True),
        (".VnHelvetInsH", "tcvn3", True),
        ("VnTime", "tcvn3", False),
        ("VNI-Times", "vni", False),
        ("VNI-Helve-Condense", "vni", False),
        ("VPS Times", "vps", False),
        ("VISCII Arial", "viscii", False),
        ("Times New Roman", None, False),
        ("Vnurier", None, False),
        (None, None, False),
    ],
)
def test_what_a_font_stands_for(font: str | None, encoding: str | None, capital: bool) -> None:
    assert encoding_of(font) == encoding
    assert is_capital(font or "") is capital


def test_capital_fonts_give_capitals_and_symbols_are_letters() -> None:
    assert decode("céng hßa", "tcvn3", capital=True) == "CỘNG HÒA"
    assert decode("".join(chr(0xF000 + ord(c)) for c in "nghÞ"), "tcvn3") == "nghị"
    assert decode_runs([("uyû ba", "VNI-Times"), ("n", "VNI-Times")])[0] == "uỷ ban"
    assert decode_runs([("ho", "VNI-Times"), ("ïp", "VNI-Times")])[0] == "họp"  # a letter and its mark in two runs


def test_unicode_typed_in_an_old_font_stays() -> None:
    text, found = decode_runs([("Các xã phường ", ".VnTime"), ("b¸o c¸o", ".VnTimeH"), (" các sở.", ".VnTime")])
    assert text == "Các xã phường BÁO CÁO các sở."
    assert list(found) == ["TCVN3 (.VnTimeH)"]


def test_line_of_capitals_whose_marks_could_only_be_small() -> None:
    line = "UBND TØNH S¬N GIANG"
    assert Mender([line]).mend(line) == "UBND TỈNH SƠN GIANG"


def _in_font(lines: list[str], font: str, *, style: bool) -> SourceText:
    document = Document()
    if style:
        fonts = document.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:ascii"), font)
        fonts.set(qn("w:hAnsi"), font)
    for line in lines:
        run = document.add_paragraph().add_run(line)
        if not style:
            run.font.name = font
    out = io.BytesIO()
    document.save(out)
    source = read_docx(out.getvalue())
    source.check()
    return source


@pytest.mark.parametrize("style", [False, True], ids=["run", "style"])
def test_docx_by_the_font_of_its_runs_or_of_its_style(style: bool) -> None:
    source = _in_font(["Sè: 12/TB-UBND", "ñy ban nh©n d©n x·"], ".VnTime", style=style)
    assert source.text == "Số: 12/TB-UBND\nủy ban nhân dân xã"
    assert [(w.code, w.detail) for w in source.warnings] == [("legacy_encoding", "TCVN3 (.VnTime)")]


def pdf_in(font: str, lines: list[str]) -> bytes:
    """A page set in a font that goes by another name, as old files are printed."""
    import pikepdf
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for i, line in enumerate(lines):
        canvas.setFont("Times-Roman", 13)
        canvas.drawString(85, 760 - 20 * i, line)
    canvas.save()
    with pikepdf.open(out) as document:
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary) and "/BaseFont" in item:
                item.BaseFont = pikepdf.Name("/" + font)
        renamed = io.BytesIO()
        document.save(renamed)
    return renamed.getvalue()


@pytest.mark.parametrize(("font", "encoding"), [(".VnTime", "tcvn3"), ("ABCDEF+VNI-Times", "vni")])
def test_pdf_by_the_names_of_its_fonts(font: str, encoding: str) -> None:
    lines = ["Số: 12/TB-UBND", "Các xã báo cáo trước ngày 05/6/2009.", "Phòng Nội vụ tổng hợp, trình huyện."]
    source = load(pdf_in(font, [old(line, encoding) for line in lines]))
    assert " ".join(source.text.split("\n")) == " ".join(lines)  # "ư" of TCVN3 is a hyphen to this font
    assert [w.code for w in source.warnings] == ["legacy_encoding"]
    plain = load(pdf_in("Helvetica", ["Café à Paris, déjà très chaud, où sont les élèves ?"]))
    assert plain.text == "Café à Paris, déjà très chaud, où sont les élèves ?"


def test_lines_of_the_sample_in_vni_and_its_offsets() -> None:
    record = records_of(ROOT / "samples" / "notices" / "s57-qd-vni.txt")[0]
    assert record.text is not None and record.number is not None
    span = record.number.evidence.spans[0]
    assert record.text[span.start : span.end] == record.number.evidence.quote
    assert not re.search("[ÑÏÖñïö]", record.text)
