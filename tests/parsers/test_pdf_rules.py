"""Ruling lines from pdfium are those that pdfplumber finds on the same page."""

from __future__ import annotations

import io
from typing import Any

import pdfplumber
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from vndirective.parsers.pdf.glyphs import to_view
from vndirective.parsers.pdf.rules import edges_of


def drawn(turn: int, box: tuple[int, int, int, int] | None) -> bytes:
    """Lines, stroked and filled boxes, thin filled ones, bent and curved paths, a form inside a form, scaled and turned."""
    data = io.BytesIO()
    canvas = Canvas(data, (595, 842))
    canvas.line(50, 700, 300, 700)
    canvas.line(60, 100, 60, 400)
    canvas.line(70, 100, 170, 160)
    canvas.rect(100, 500, 120, 40)
    canvas.rect(100, 300, 120, 40, stroke=0, fill=1)
    canvas.rect(100, 450, 120, 0.6, stroke=0, fill=1)
    canvas.rect(100, 420, 120, 20, stroke=1, fill=1)
    path = canvas.beginPath()
    path.moveTo(300, 300)
    path.lineTo(400, 300)
    path.lineTo(400, 380)
    path.lineTo(330, 390)
    path.close()
    path.moveTo(300, 400)
    path.curveTo(320, 420, 350, 420, 360, 400)
    path.lineTo(420, 400)
    path.rect(430, 300, 60, 90)
    canvas.drawPath(path)
    clip = canvas.beginPath()
    clip.rect(10, 10, 500, 800)
    canvas.clipPath(clip, stroke=0, fill=0)
    canvas.beginForm("inner")
    canvas.rect(5, 5, 80, 30)
    canvas.line(5, 60, 85, 60)
    canvas.endForm()
    canvas.beginForm("outer")
    canvas.translate(10, 20)
    canvas.doForm("inner")
    canvas.endForm()
    canvas.saveState()
    canvas.translate(200, 560)
    canvas.scale(0.5, 1.25)
    canvas.doForm("outer")
    canvas.restoreState()
    canvas.translate(450, 100)
    canvas.rotate(90)
    canvas.rect(0, 0, 90, 40)
    if box:
        canvas.setCropBox(box)
    if turn:
        canvas.setPageRotation(turn)
    canvas.save()
    return data.getvalue()


def outlined(edges: list[dict[str, Any]], left: float, top: float) -> list[tuple[str, ...]]:
    places = ((e["x0"] - left, e["x1"] - left, e["top"] - top, e["bottom"] - top) for e in edges)
    marks = [e["orientation"] for e in edges]
    return sorted((m, *(f"{abs(round(v)):04d}" for v in p)) for m, p in zip(marks, places, strict=True) if m)


def is_rule(item: dict[str, Any]) -> bool:
    return item["object_type"] != "rect" or item["stroke"] or item["width"] <= 3 or item["height"] <= 3


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_edges_are_those_of_pdfplumber(turn: int) -> None:
    data = drawn(turn, None)
    with pdfplumber.open(io.BytesIO(data)) as reference, pypdfium2.PdfDocument(data) as document:
        expected = reference.pages[0].filter(is_rule).edges
        found = edges_of(document[0], to_view(document[0]))
        assert len(found) > 20
        assert outlined(found, 0, 0) == outlined(expected, 0, 0)


def test_edges_stand_where_words_stand_on_a_cropped_page() -> None:
    data, (left, low, right, high) = drawn(0, (40, 60, 500, 800)), (40, 60, 500, 800)
    with pypdfium2.PdfDocument(data) as cropped, pypdfium2.PdfDocument(drawn(0, None)) as whole:
        assert cropped[0].get_size() == (right - left, high - low)
        expected = edges_of(whole[0], to_view(whole[0]))
        assert outlined(edges_of(cropped[0], to_view(cropped[0])), 0, 0) == outlined(expected, left, 842 - high)
