"""PDF pages made for tests."""

from __future__ import annotations

import io
import subprocess

import pytest


def half_scanned() -> bytes:
    """One page of Vietnamese text and one that is a picture; skips where no Vietnamese font is installed."""
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
    canvas.drawInlineImage(Image.new("L", (600, 850), 180), 0, 0, 595, 842)
    canvas.save()
    return out.getvalue()
