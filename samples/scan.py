"""Print, sign and scan: the scanned samples from the typed ones.

    python samples/scan.py

s17: five pages of four notices as an office scanner leaves them (black and white, 300 dots an inch). s18: a photograph with a red
seal and the stamp HỎA TỐC. Needs LibreOffice, the Liberation and the DejaVu fonts; what it writes is the same each time.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFont

HERE = Path(__file__).resolve().parent
NOTICES = HERE / "notices"
FACE = "/usr/share/fonts/truetype/dejavu/DejaVuSerif-Bold.ttf"
BUNDLE = ("s04-ct-ubnd-tinh.pdf", "s07-qd-ubnd-tinh.pdf", "s16-kh-cong-doan.pdf", "s05-cv-so-noi-vu.docx")


def pages(name: str, dpi: int) -> list[np.ndarray]:
    """Pages of a sample as RGB pixels."""
    with tempfile.TemporaryDirectory() as folder:
        path = NOTICES / name
        if path.suffix == ".docx":
            command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
            subprocess.run([*command, "--outdir", folder, str(path)], check=True, capture_output=True)
            path = Path(folder) / f"{path.stem}.pdf"
        with pypdfium2.PdfDocument(path) as document:
            return [p.render(scale=dpi / 72, rev_byteorder=True).to_numpy()[:, :, :3].copy() for p in document]


def turned(page: np.ndarray, degrees: float, paper: tuple[int, int, int]) -> np.ndarray:
    height, width = page.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(page, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=paper)


def scanned(page: np.ndarray, degrees: float, noise: np.random.Generator) -> Image.Image:
    grey = cv2.GaussianBlur(turned(page, degrees, (255, 255, 255))[:, :, 0].astype(np.float32), (0, 0), 0.8)
    return Image.fromarray(np.where(grey + noise.normal(0, 6, grey.shape) > 165, 255, 0).astype(np.uint8)).convert("1")


def stamped(page: np.ndarray, dpi: int) -> np.ndarray:
    picture = Image.fromarray(page)
    draw = ImageDraw.Draw(picture, "RGBA")
    unit, red = dpi / 25.4, (205, 30, 40, 215)
    draw.rectangle((22 * unit, 63 * unit, 55 * unit, 73 * unit), outline=red, width=round(0.7 * unit))
    draw.text((24.5 * unit, 64.6 * unit), "HỎA TỐC", font=ImageFont.truetype(FACE, round(5 * unit)), fill=red)
    x, y, r = 128 * unit, 205 * unit, 17 * unit
    for radius in (r, 0.72 * r):
        draw.ellipse(
            (x - radius, y - radius, x + radius, y + radius), outline=(205, 30, 40, 150), width=round(0.6 * unit)
        )
    return np.asarray(picture)


def photographed(page: np.ndarray, noise: np.random.Generator) -> np.ndarray:
    height, width = page.shape[:2]
    light = np.linspace(0.78, 1.0, width)[None, :, None] * np.linspace(1.0, 0.88, height)[:, None, None]
    blurred = cv2.GaussianBlur(turned(page, 1.1, (238, 236, 228)).astype(np.float32), (0, 0), 0.7)
    return np.clip(blurred * light + noise.normal(0, 5, page.shape), 0, 255).astype(np.uint8)


def main() -> None:
    noise = np.random.default_rng(17)
    sheets = [scanned(p, (0.7, -0.5)[i % 2], noise) for i, p in enumerate(p for n in BUNDLE for p in pages(n, 300))]
    sheets[0].save(NOTICES / "s17-ban-chup.pdf", save_all=True, append_images=sheets[1:], resolution=300)
    photo = photographed(stamped(pages("s05-cv-so-noi-vu.docx", 170)[0], 170), noise)
    Image.fromarray(photo).save(NOTICES / "s18-anh-chup.jpg", quality=55, dpi=(170, 170))


if __name__ == "__main__":
    main()
