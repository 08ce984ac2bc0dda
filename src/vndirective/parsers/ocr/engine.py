"""What reads letters off a picture, behind one small protocol.

    Engine.read(picture, boxes) ─▶ one list of EngineWord for each box

Tesseract is the engine that comes with the product. Another is plugged in by the entry point group
`vndirective.ocr_engines`: a callable `(tessdata: str | None, model: str) -> Engine`, chosen by its name.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, Literal, Protocol

from vndirective.errors import MissingEngineError, MissingLanguageError

GROUP = "vndirective.ocr_engines"
TESSDATA = "VNDIRECTIVE_TESSDATA"
# Debian and Ubuntu, then what Tesseract's own installers and the usual package managers use
_DATA_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
    "C:/Program Files/Tesseract-OCR/tessdata",
)

# what Tesseract's Vietnamese model takes for "/", "Đ" and the dash between years
_LOOK_ALIKES = str.maketrans({"\u2044": "/", "\u00d0": "Đ", "\u2014": "\u2013"})
Picture = Any  # numpy array (height, width) of uint8, 0 black to 255 white
PixelBox = tuple[int, int, int, int]  # x0, top, x1, bottom
Layout = Literal["block", "line"]


@dataclass(frozen=True, slots=True)
class EngineWord:
    """A word as read: place in pixels of the picture, `baseline` at its middle."""

    text: str
    confidence: float  # 0 to 1
    x0: int
    top: int
    x1: int
    bottom: int
    baseline: float
    line: int = 0  # number of its line within the box
    reading: str | None = None  # as read, where `text` says less or otherwise
    doubtful: bool = False  # a number of which nobody can be sure


class Engine(Protocol):
    """Reads boxes of a picture; the same picture and boxes give the same words."""

    name: str

    def read(self, picture: Picture, dpi: int, boxes: Sequence[PixelBox], layout: Layout) -> list[list[EngineWord]]:
        """Words of each box in reading order; `layout` tells whether a box holds a block of lines or one line."""
        ...


def load_engine(name: str = "tesseract", model: str = "vie") -> Engine:
    """The engine of that name, kept for the life of the process.

    Raises MissingEngineError (not installed) or MissingLanguageError (no data for `model`).
    """
    return _load(name, model, os.environ.get(TESSDATA) or None)


@lru_cache(maxsize=8)
def _load(name: str, model: str, tessdata: str | None) -> Engine:
    if name == "tesseract":
        return Tesseract(data_folder(model, tessdata), model)
    for point in entry_points(group=GROUP, name=name):
        engine: Engine = point.load()(tessdata, model)
        return engine
    raise MissingEngineError(name)


def data_folder(model: str, tessdata: str | None = None) -> str:
    """Folder that holds `<model>.traineddata`; MissingLanguageError where none does.

    A folder that was asked for by name (`tessdata`, or the variable VNDIRECTIVE_TESSDATA) is the only one looked at.
    """
    asked = tessdata or os.environ.get(TESSDATA)
    folders = [asked] if asked else [p for p in (os.environ.get("TESSDATA_PREFIX"), *_DATA_FOLDERS) if p]
    for folder in folders:
        if (Path(folder) / f"{model}.traineddata").is_file():
            return folder
    raise MissingLanguageError(f"{model}.traineddata" + (f", {asked}" if asked else ""))


class Tesseract:
    """libtesseract in this process, LSTM only, on one core: more threads make it slower."""

    name = "tesseract"

    def __init__(self, folder: str, model: str) -> None:
        os.environ["OMP_THREAD_LIMIT"] = "1"
        try:
            import tesserocr
        except ImportError as error:
            raise MissingEngineError("tesserocr") from error
        self._names = tesserocr
        try:
            self._api = tesserocr.PyTessBaseAPI(path=folder, lang=model, oem=tesserocr.OEM.LSTM_ONLY)
        except RuntimeError as error:
            raise MissingLanguageError(f"{folder}/{model}.traineddata") from error
        # light letters on a dark ground do not occur in notices, and looking for them costs a tenth of the time
        self._api.SetVariable("tessedit_do_invert", "0")

    def read(self, picture: Picture, dpi: int, boxes: Sequence[PixelBox], layout: Layout) -> list[list[EngineWord]]:
        height, width = picture.shape
        modes = self._names.PSM
        self._api.SetPageSegMode(modes.SINGLE_BLOCK if layout == "block" else modes.SINGLE_LINE)
        self._api.SetImageBytes(picture.tobytes(), width, height, 1, width)
        self._api.SetSourceResolution(dpi)
        result = []
        for x0, top, x1, bottom in boxes:
            self._api.SetRectangle(x0, top, x1 - x0, bottom - top)
            self._api.Recognize()
            result.append(list(self._words()))
        self._api.Clear()
        return result

    def _words(self) -> list[EngineWord]:
        levels = self._names.RIL
        words: list[EngineWord] = []
        place = self._api.GetIterator()
        if place is None:
            return words
        line, baseline = -1, ((0, 0), (1, 0))
        for at in self._names.iterate_level(place, levels.WORD):
            if at.Empty(levels.WORD):  # a box without letters; asking for more ends the process
                continue
            if at.IsAtBeginningOf(levels.TEXTLINE) or line < 0:
                line += 1
                baseline = at.Baseline(levels.TEXTLINE) or baseline
            text, box = at.GetUTF8Text(levels.WORD), at.BoundingBox(levels.WORD)
            if not text or not text.strip() or box is None:
                continue
            (ax, ay), (bx, by) = baseline
            middle = (box[0] + box[2]) / 2
            y = ay + (by - ay) * (middle - ax) / (bx - ax) if bx != ax else float(ay)
            confidence = at.Confidence(levels.WORD) / 100
            x0, top, x1, bottom = box
            words.append(EngineWord(text.strip().translate(_LOOK_ALIKES), confidence, x0, top, x1, bottom, y, line))
        return words
