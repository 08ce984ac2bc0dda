"""Set the sources as offices set them: DOCX with python-docx, PDF from it with LibreOffice.

    python samples/build.py [NAME ...]

A source line begins with its place: L left and R right column of the letterhead, T title, K Kính gửi, P body, N recipients,
G signature, X annex title, A a row of the annex table (cells between bars; "<" joins the cell to its left neighbour, "^" to
the one above), O body with an automatic number. A line "---" begins another notice in the same file. A PDF sample is built
from the same source. With NAMEs only these samples are set.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Cm, Pt

HERE = Path(__file__).resolve().parent


def build(source: Path, target: Path) -> None:
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Liberation Serif", Pt(13)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin, section.top_margin = Cm(3), Cm(2), Cm(2)
    for i, text in enumerate(source.read_text(encoding="utf-8").split("---\n")):
        if i:
            document.add_page_break()
        notice(document, [line.split(": ", 1) for line in text.splitlines() if line.strip()])
    document.save(str(target))


def notice(document, lines: list[list[str]]) -> None:
    part = {key: [text for k, text in lines if k == key] for key in "LRTKNGXA"}
    two_columns(document, part["L"], part["R"], centered=True)
    for i, text in enumerate(part["T"]):
        paragraph(document, text, centered=True, bold=i < 2)
    for text in part["K"]:
        paragraph(document, text, indent=Cm(3))
    for key, text in lines:
        if key == "P":
            paragraph(document, text, first=Cm(1.25), bold=bool(re.match(r"[IVX]+[.-]", text)))
        elif key == "O":
            document.add_paragraph(text, style="List Number").alignment = ALIGN.JUSTIFY
    two_columns(document, part["N"], part["G"], centered=False)
    for text in part["X"]:
        paragraph(document, text, centered=True, bold=text.isupper())
    if part["A"]:
        grid(document, [[cell.strip() for cell in row.split("|")] for row in part["A"]])
        document.add_paragraph()  # a table that ends the file is lost on the way to old Word


def grid(document, rows: list[list[str]]) -> None:
    """A ruled table; what is written in "<" and "^" cells belongs to the cell that they are joined to."""
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for r, cells in enumerate(rows):
        for c, text in enumerate(cells):
            if text == "<":
                table.cell(r, c - 1).merge(table.cell(r, c))
            elif text == "^":
                table.cell(r - 1, c).merge(table.cell(r, c))
            else:
                table.cell(r, c).text = text
    for row in table.rows:
        for cell in row.cells:  # joining leaves an empty paragraph for each joined cell
            for empty in [one for one in cell.paragraphs if not one.text][: len(cell.paragraphs) - 1]:
                empty._p.getparent().remove(empty._p)


def paragraph(document, text, *, centered=False, bold=False, first=None, indent=None) -> None:
    one = document.add_paragraph()
    one.add_run(text).bold = bold
    one.paragraph_format.space_after = Pt(4)
    one.paragraph_format.first_line_indent, one.paragraph_format.left_indent = first, indent
    one.alignment = ALIGN.CENTER if centered else ALIGN.JUSTIFY


def two_columns(document, left: list[str], right: list[str], *, centered: bool) -> None:
    """A borderless table, as letterheads and signatures are set."""
    cells = document.add_table(1, 2).rows[0].cells
    for cell, lines, middle in ((cells[0], left, centered), (cells[1], right, True)):
        for i, text in enumerate(lines):
            one = cell.paragraphs[0] if i == 0 else cell.add_paragraph()
            one.add_run(text).bold = text.isupper()
            one.alignment = ALIGN.CENTER if middle else ALIGN.LEFT
            if not centered and middle and i + 2 == len(lines):
                one.paragraph_format.space_after = Pt(48)  # room for the signature


def kept_as_pdf(name: str) -> bool:
    gold = json.loads((HERE / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    return gold["file"].endswith(".pdf")


def main() -> None:
    names = set(sys.argv[1:])
    for source in sorted((HERE / "sources").glob("*.txt")):
        if names and source.stem not in names:
            continue
        if not kept_as_pdf(source.stem):
            build(source, HERE / "notices" / f"{source.stem}.docx")
            continue
        with tempfile.TemporaryDirectory() as folder:
            draft = Path(folder) / f"{source.stem}.docx"
            build(source, draft)
            command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(HERE / "notices"), str(draft)]
            subprocess.run(
                [*command, f"-env:UserInstallation=file://{folder}/profile"], check=True, capture_output=True
            )


if __name__ == "__main__":
    main()
