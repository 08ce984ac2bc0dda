"""Pages made for tests."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path
from typing import Any

import pytest


def half_scanned() -> bytes:
    """One page of Vietnamese text and one that is a drawing; skips where no Vietnamese font is installed."""
    from PIL import Image
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    font = subprocess.run(
        ["fc-match", "-f", "%{file}", "DejaVu Serif"], capture_output=True, text=True, check=False
    ).stdout
    if not font.endswith(".ttf"):
        pytest.skip("no TrueType font with Vietnamese letters: apt-get install fonts-dejavu-core")
    pdfmetrics.registerFont(TTFont("serif", font))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.setFont("serif", 12)
    for i, line in enumerate(
        ["THÔNG BÁO", "Về việc nghỉ lễ", *["Đề nghị các tổ dân phố treo cờ Tổ quốc trước ngày 30/8/2025."] * 6]
    ):
        canvas.drawString(90, 760 - 22 * i, line)
    canvas.showPage()
    canvas.drawInlineImage(Image.fromarray(drawn_page()), 0, 0, 595, 842)
    canvas.save()
    return out.getvalue()


def drawn_page() -> Any:
    """Pixels of an A4 page of strokes without a word, 200 dpi."""
    import cv2
    import numpy as np

    page = np.full((2339, 1654), 255, np.uint8)
    chance = np.random.default_rng(3)
    for _ in range(60):
        a, b = chance.integers(200, 1400, 2), chance.integers(200, 1400, 2)
        cv2.line(page, tuple(map(int, a)), tuple(map(int, b)), (0,), 3)
    return page


def poor_scan(page: Any) -> Any:
    """Pixels of a page scanned as badly as a page can be and still hold words."""
    import cv2
    import numpy as np

    small = cv2.resize(page, None, fx=0.4, fy=0.4, interpolation=cv2.INTER_AREA)
    return np.clip(small + np.random.default_rng(1).normal(0, 60, small.shape), 0, 255).astype(np.uint8)


def scan_of(path: Path, dpi: int = 200) -> Any:
    """The first page of a PDF as grey pixels."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        return document[0].render(scale=dpi / 72, rev_byteorder=True).to_numpy()[:, :, 0].copy()


def as_png(pixels: Any) -> bytes:
    from PIL import Image

    result = io.BytesIO()
    Image.fromarray(pixels).save(result, "PNG")
    return result.getvalue()
