"""Electronic signatures: which words are a stamp and which fill a blank that was left in print.

A signing programme writes two things onto a finished page: the number and the day into their blanks
("Số:  193 /UBND-KT", "ngày 10 tháng 01"), and who signed when ("Ký bởi: …", "Thời gian ký: 24.01.2025 20:01:14").
The first belongs to the text at the place where it stands, the second is evidence beside it.
"""

from __future__ import annotations

import re
from collections import Counter

from vndirective.parsers.page.words import Run, Word, runs_of

_FILL_IN = re.compile(r"\d{1,6}[A-Za-zđĐ]?(?:/[\w&/.-]*)?$")
_FILL_LINE = re.compile(r"^(?:Số\s*:?\s*)?\d{1,6}\s*[-/][A-ZĐ]|^Số\b|\bngày\b.*\btháng\b.*\bnăm\b")

# Wordings of the signing programmes seen on signed notices: VGCA ("Ký bởi", "Người ký"), Adobe ("Digitally signed by").
_ANCHOR = re.compile(
    r"^(?:Ký (?:số )?bởi|Người ký|Được ký bởi|Thời gian ký|Ngày ký|Giờ ký)\s*:"
    r"|^Digitally signed|^Signature (?:Not Verified|Valid)|^Ký bởi\b"
    r"|\b\d{2}[./]\d{2}[./]\d{4} \d{2}:\d{2}:\d{2}\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r"^(?:Cơ quan|Email|Thư điện tử|Tổ chức|Đơn vị|Chức vụ|Lý do|Địa điểm|DN|Date|Reason|Location)\s*:"
    r"|@|\+0?7[:']00|^\d{2}[./-]\d{2}[./-]\d{4}$|^\d{2}:\d{2}:\d{2}",
    re.IGNORECASE,
)


def part_annotations(words: list[Word], printed: list[Run]) -> tuple[list[Word], list[Run]]:
    """Annotation words → those that fill a blank of a printed line, and the lines of the stamps."""
    fill_ins: list[Word] = []
    stamps: list[Run] = []
    for run in runs_of(words):
        if _FILL_LINE.search(run.text) or all(
            _FILL_IN.match(w.text) and _stands_in_blank(w, printed) for w in run.words
        ):
            fill_ins += run.words
        else:
            stamps.append(run)
    return fill_ins, stamps


def _stands_in_blank(word: Word, printed: list[Run]) -> bool:
    """A printed word ends shortly before it on the same line, and no printed word lies under it."""
    before = False
    for run in printed:
        if not run.top - 0.3 * run.size < word.middle < run.bottom + 0.3 * run.size:
            continue
        for other in run.words:
            if min(other.bottom, word.bottom) - max(other.top, word.top) < 0.4 * min(other.height, word.height):
                continue
            # a stamped digit may touch its neighbours, but its centre stands in the blank
            if other.x0 < (word.x0 + word.x1) / 2 < other.x1:
                return False
            before = before or 0 < word.x1 - other.x1 < 6 * other.height
    return before


def part_printed(runs: list[Run]) -> tuple[list[Run], list[Run]]:
    """Runs of the page's own content → body and stamps.

    A stamp is written in one go, so its lines follow one another in the content; they are found from a line that
    only a signature has, outwards.
    """
    stamped = [bool(_ANCHOR.search(run.text)) and _is_label(run) for run in runs]
    if not any(stamped):
        return runs, []
    body_size = _usual_size(runs)
    for step in (1, -1):
        order = range(len(runs)) if step == 1 else range(len(runs) - 1, -1, -1)
        for i in order:
            j = i - step
            if not stamped[i] and 0 <= j < len(runs) and stamped[j]:
                stamped[i] = _continues(runs[i], runs[j], body_size)
    body = [run for run, is_stamp in zip(runs, stamped, strict=True) if not is_stamp]
    return body, [run for run, is_stamp in zip(runs, stamped, strict=True) if is_stamp]


def _usual_size(runs: list[Run]) -> float:
    """Height (points) of most of the words."""
    sizes: Counter[float] = Counter()
    for run in runs:
        sizes[round(run.size * 2) / 2] += len(run.words)
    return sizes.most_common(1)[0][0]


def _is_label(run: Run) -> bool:
    """The wording opens a short line; in running text ("hiệu lực kể từ ngày ký") it does not."""
    return len(run.words) <= 16


def _continues(run: Run, stamp: Run, body_size: float) -> bool:
    """A line right above or below a line of a stamp, as small as that one and beginning where it begins."""
    apart = max(run.top, stamp.top) - min(run.bottom, stamp.bottom)
    if apart > 0.8 * stamp.size or run.x0 > stamp.x1 or run.x1 < stamp.x0:
        return False
    if _PART.search(run.text):
        return True
    same_size = abs(run.size - stamp.size) < 0.12 * stamp.size
    return same_size and stamp.size < 0.9 * body_size and abs(run.x0 - stamp.x0) < 4


def stamp_texts(runs: list[Run]) -> list[list[Word]]:
    """Stamp lines, a line that only goes on with the one above joined to it."""
    lines: list[list[Word]] = []
    last: Run | None = None
    for run in runs:
        wraps = last is not None and not (_ANCHOR.search(run.text) or _PART.search(run.text))
        if wraps and last and abs(run.x0 - last.x0) < 4 and 0 < run.top - last.top < 1.6 * last.size:
            lines[-1] += run.words
        else:
            lines.append(list(run.words))
        last = run
    return lines
