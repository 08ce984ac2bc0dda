"""Digits written by hand into the blanks of a letterhead: "Số: 07/CT-UBND", "ngày 26 tháng 5".

    line of the letterhead ─▶ seven pictures of it ─▶ PP-OCR, letter by letter ─▶ digits on which all seven agree, each surely

Tesseract is made for print. The model here (PP-OCR, Apache-2.0, in the optional package `rapidocr`, run with onnxruntime)
has seen handwriting. Its file is read from the installed package; nothing is fetched. Of 60 lines with known numbers and days
each digit had to have a probability of 0.9 in every picture for no wrong one to be left; the Vietnamese "1" with a long upstroke
is what it takes for a 4.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import cv2
import numpy as np

HAND = 0.8  # confidence of a fill that was read so: to be looked at, for a hand is a hand
_SURE = 0.9  # probability that each digit needs in each picture
_HEIGHT, _WIDTH = 48, 320  # pixels, as the model was trained
_NUMBER = re.compile(r"^\W*[Ss][^\s:.]?[:. ]+(\d[\d ]{0,6}?)[ .]*(?:[/i-]|[ .]+(?=[A-ZĐ]{2})|$)")
_DAY = re.compile(r"ng[^\s\d]{1,3}[ .]*(\d ?\d?)[ .]*th")
_MONTH = re.compile(r"th[^\s\d]{2,4}[ .]*(\d ?\d?)[ .]*n")
Reading = list[tuple[str, float]]  # letters with their probability


class _Model:
    def __init__(self, path: Path) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self._input = self._session.get_inputs()[0].name
        letters = self._session.get_modelmeta().custom_metadata_map["character"].split("\n")
        self._letters = ["", *letters, " "]  # the first is the pause between letters

    def read(self, line: Any) -> Reading:
        """Letters of a line, grey (height, width) of uint8; a letter takes the highest probability of its run."""
        width = max(1, round(_HEIGHT * line.shape[1] / line.shape[0]))
        scaled = cv2.resize(line, (width, _HEIGHT)).astype(np.float32) / 127.5 - 1
        canvas = np.zeros((1, 3, _HEIGHT, max(_WIDTH, width)), np.float32)
        canvas[0, :, :, :width] = scaled
        steps = self._session.run(None, {self._input: canvas})[0][0]
        found: Reading = []
        before = 0
        for at, best in enumerate(steps.argmax(axis=1)):
            sure = float(steps[at][best])
            if best and best == before:
                found[-1] = (found[-1][0], max(sure, found[-1][1]))
            elif best:
                found.append((self._letters[best] if best < len(self._letters) else "\ufffd", sure))
            before = best
        return found


@lru_cache(maxsize=1)
def _model() -> _Model | None:
    path = model_path()
    return _Model(path) if path is not None and find_spec("onnxruntime") is not None else None


def model_path() -> Path | None:
    """The recognition model that comes with the package `rapidocr`, None where it is not installed."""
    package = find_spec("rapidocr")
    folders = list(package.submodule_search_locations or []) if package else []
    return next((p for f in folders for p in sorted(Path(f, "models").glob("*rec*.onnx"))), None)


def read_number(line: Any) -> str:
    """The number behind "Số:" of a line, grey of uint8; "" where the pictures disagree or no model is installed."""
    return _agreed(line, _NUMBER)


def read_day(line: Any) -> str:
    """The day between "ngày" and "tháng"; "" as above."""
    return _agreed(line, _DAY)


def read_month(line: Any) -> str:
    """The month between "tháng" and "năm"; "" as above."""
    return _agreed(line, _MONTH)


def _agreed(line: Any, pattern: re.Pattern[str]) -> str:
    model = _model()
    if model is None or min(line.shape) < 8:
        return ""
    value = None
    for picture in _pictures(line):
        reading = [(c, sure) for c, sure in model.read(picture) if len(c) == 1]
        found = pattern.search("".join(c for c, _ in reading))
        if found is None:
            return ""
        digits = [(c, sure) for c, sure in reading[found.start(1) : found.end(1)] if c != " "]
        seen = "".join(c for c, _ in digits)
        if min(sure for _, sure in digits) < _SURE or value not in (None, seen):
            return ""
        value = seen
    return value or ""


def _pictures(line: Any) -> Iterator[Any]:
    """The line as it is, larger, smaller, bolder, thinner, softer and with a wider margin."""
    pen = np.ones((2, 2), np.uint8)
    yield line
    yield cv2.resize(line, None, fx=1.5, fy=1.5)
    yield cv2.resize(line, None, fx=0.7, fy=0.7, interpolation=cv2.INTER_AREA)
    yield cv2.erode(line, pen)
    yield cv2.dilate(line, pen)
    yield cv2.GaussianBlur(line, (5, 5), 0)
    yield cv2.copyMakeBorder(line, 6, 6, 20, 20, cv2.BORDER_REPLICATE)
