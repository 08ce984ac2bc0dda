"""Vietnamese official notices as validated records: who must do what, by when, to what target.

from vndirective import extract
for record in extract("thong-bao.docx"):
    for task in record.tasks:
        print(task.text, [a.name for a in task.assignees], [d.end for d in task.deadlines])
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

# The room `vndirective.extract` has the name of the verb below. Python binds a room to its parent once, when it is first
# loaded: loading it here leaves the name to the verb for good.
import vndirective.extract  # noqa: F401
from vndirective.errors import VndirectiveError
from vndirective.parsers.ocr.settings import OcrSettings

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from vndirective.schema.record import Record

__version__ = "0.1.0"
__all__ = ["OcrSettings", "VndirectiveError", "__version__", "extract", "extract_text", "to_spacy"]


def extract(source: str | Path | bytes, *, keep_text: bool = True, ocr: OcrSettings | None = None) -> list[Record]:
    """Records of all notices in a file, given by path or as its bytes.

    Formats are told by content: plain text, Markdown, HTML, DOCX, PDF, pictures (PNG, JPEG, TIFF …). Pages without
    sound text are recognised as `ocr` says. Most files give one record. Raises a VndirectiveError whose `message(lang)` and `next_step(lang)` say what happened and what to do.
    """
    from vndirective.batch import read_file
    from vndirective.pipeline import read_document

    if isinstance(source, bytes):
        return read_document(source, uri="bytes", keep_text=keep_text, ocr=ocr)
    path = Path(source)
    return read_document(read_file(path), uri=path.name, keep_text=keep_text, ocr=ocr)


def extract_text(text: str, *, keep_text: bool = True) -> list[Record]:
    """Records of a notice given as a string (plain text or Markdown)."""
    from vndirective.pipeline import read_text

    return read_text(text, keep_text=keep_text)


def to_spacy(record: Record) -> Doc:
    """The record as a spaCy `Doc` over its own text, values as groups of spans (`doc.spans["tasks"]` …).

    Also `record.to_spacy()`. Raises a VndirectiveError for a record that was written without its text.
    """
    from vndirective.export.spans import to_doc

    return to_doc(record)
