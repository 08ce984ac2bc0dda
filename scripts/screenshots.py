"""The README's pictures of the review page, taken of `make run`'s samples in headless Chromium.

python scripts/screenshots.py [OUT]    default: out
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from chromium import CHROMIUM, MODULES, NO_BROWSER
from vndirective.export import export

IMAGES = ROOT / "docs" / "images"


def main() -> None:
    if NO_BROWSER:
        sys.exit(NO_BROWSER)
    out = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "out")
    with tempfile.TemporaryDirectory() as scratch:
        page = Path(scratch) / "review.html"
        export(out, "html", page)
        environment = {**os.environ, "NODE_PATH": str(MODULES), "CHROMIUM": CHROMIUM}
        command = ["node", str(ROOT / "tests" / "browser" / "screenshots.js"), str(page), scratch]
        subprocess.run(command, env=environment, check=True)
        for shot in sorted(Path(scratch).glob("*.png")):
            with Image.open(shot) as picture:
                # an octree keeps the few coloured marks that a median cut gives up for greys
                small = picture.convert("RGB").quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
                small.save(IMAGES / shot.name, optimize=True)
            print(f"docs/images/{shot.name}: {(IMAGES / shot.name).stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
