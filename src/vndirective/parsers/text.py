"""Plain text and Markdown, also as pasted from a portal."""

from __future__ import annotations

import re

from vndirective.parsers.clean import clean_line
from vndirective.parsers.encoding import decode
from vndirective.parsers.furniture import is_page_number, is_ruler, is_web_furniture, running_heads
from vndirective.parsers.legacy import Mender
from vndirective.parsers.paragraphs import SEAM, joins, joins_wrapped, seamed, stands_right, unseamed, wrap_width
from vndirective.parsers.source import (
    Block,
    BlockKind,
    Cell,
    DraftBlock,
    SourceText,
    SourceWarning,
    assemble,
)

_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+(.*?)\s*#*$")
_EMPHASIS = re.compile(r"(\*{1,3}|_{2,3})(?=\S)(.+?)(?<=\S)\1", re.DOTALL)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_TABLE_ROW = re.compile(r"^\s*\|(.+)\|\s*$")
_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_RECIPIENTS = re.compile(r"\W*nơi nhận\b", re.IGNORECASE)
_LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\u2028\u2029]")
_ABOUT = re.compile(r"\s*V/v\b", re.IGNORECASE)
_HEAD = 30  # lines among which a letterhead stands
_PARAGRAPH_EMPHASIS = 600  # emphasis may run over two lines, not over half a page


def read_text(data: bytes, *, markdown: bool = False) -> SourceText:
    """Each paragraph a block. Emphasis and heading marks are dropped; a lone "*" or "_" in prose stays."""
    text, encoding, whole = decode(data)
    typed = _LINE_END.split(text)  # not splitlines: U+0085 is a letter of VPS and VISCII
    mender = Mender(typed)
    text = "\n".join(map(mender.mend, typed))
    lines: list[tuple[str, bool | None]] = (
        _markdown_lines(text) if markdown else [(line, None) for line in _unmarked(text).splitlines()]
    )
    drafts = _drafts(lines)
    content, blocks = assemble(unseamed(_mark_furniture(_rejoin(drafts))))
    warnings = list(_furniture_warning(blocks))
    if mender.found:
        warnings.append(SourceWarning("legacy_encoding", None, mender.found))
    if not whole:
        warnings.append(SourceWarning("undecodable_bytes"))
    return SourceText(
        text=content,
        blocks=blocks,
        media_type="text/markdown" if markdown else "text/plain",
        text_origin="text",
        encoding=encoding,
        warnings=tuple(warnings),
    )


def _unmarked(text: str) -> str:
    """Plain text pasted from an editor still carries emphasis: "+ *Các trường*: …", "**TL. CHỦ TỊCH⏎…**"."""

    def strip(match: re.Match[str]) -> str:
        inner = match.group(2)
        too_long = len(inner) > _PARAGRAPH_EMPHASIS or "\n\n" in inner
        return match.group() if too_long else inner

    return _EMPHASIS.sub(strip, text)


def _markdown_lines(text: str) -> list[tuple[str, bool | None]]:
    """Lines without marks; the second value is true for a heading or a line that is bold as a whole."""
    bold_lines = {line.strip() for line in text.splitlines() if re.fullmatch(r"\s*(\*\*|__)(?!\s).+(\*\*|__)\s*", line)}
    plain_bold = {_EMPHASIS.sub(r"\2", line).strip() for line in bold_lines}
    lines: list[tuple[str, bool | None]] = []
    kept = {rf"\{sign}": chr(0xE0F0 + i) for i, sign in enumerate("*_")}  # escaped signs mark nothing
    for escaped, stand_in in kept.items():
        text = text.replace(escaped, stand_in)
    unmarked = _unmarked(text)
    for escaped, stand_in in kept.items():
        unmarked = unmarked.replace(stand_in, escaped)
    for line in unmarked.splitlines():
        heading = _HEADING.match(line)
        words = _ESCAPE.sub(r"\1", heading.group(1) if heading else re.sub(r"^\s{0,3}>\s?", "", line))
        words = re.sub(r"^(\s*)\*\s+(?=\S)", r"\1- ", words)
        lines.append((words, True if heading or line.strip() in plain_bold else None))
    return lines


def _drafts(lines: list[tuple[str, bool | None]]) -> list[DraftBlock]:
    cleaned = [(clean_line(seamed(line, head=at < _HEAD)), line, bold) for at, (line, bold) in enumerate(lines)]
    heads = running_heads([c for c, _, _ in cleaned]) if len(cleaned) > 120 else set()
    drafts: list[DraftBlock] = []
    gap, table = False, 0
    rows: list[list[str]] = []
    for words, raw, bold in [*cleaned, ("", "", None)]:
        cells = _TABLE_ROW.match(raw)
        ruled = _TABLE_RULE.match(raw) is not None and "|" in raw
        if cells and not ruled:
            rows.append(cells.group(1).split("|"))
        elif rows and not ruled:
            table += 1
            drafts += _table(rows, table)
            rows = []
        if not words:
            gap = True
        elif not (cells or ruled or is_ruler(words) or words in heads):
            drafts.append(DraftBlock(words, bold=bold, gap=gap))
            gap = False
    return drafts


def _table(rows: list[list[str]], number: int) -> list[DraftBlock]:
    """Cells of a table of data, row by row; the lines of one that sets letterhead or signature, column by column."""
    lines = [[[clean_line(piece) for piece in _BREAK.split(cell)] for cell in row] for row in rows]
    every = [line for row in lines for cell in row for line in cell]
    if max(map(len, rows)) <= 2 and any(stands_right(line) or _RECIPIENTS.match(line) for line in every):
        return [
            DraftBlock(line) for column in (0, 1) for row in lines for line in (row[column : column + 1] or [[]])[0]
        ]
    return [
        DraftBlock(" ".join(filter(None, cell)), cell=Cell(number, at, column))
        for at, row in enumerate(lines)
        for column, cell in enumerate(row)
    ]


def _rejoin(drafts: list[DraftBlock]) -> list[DraftBlock]:
    """Join what a page break or hand wrapping cut; drop page numbers that stand in between."""
    width = wrap_width([d.text for d in drafts if d.cell is None])
    joined: list[DraftBlock] = []
    for draft in drafts:
        before = joined[-1] if joined else None
        if before is not None and before.cell is None and draft.cell is None:
            across_page = joins(before.text, draft.text)
            wrapped = width is not None and not draft.gap and joins_wrapped(before.text, draft.text, width)
            if (across_page or wrapped) and _ABOUT.match(before.text) and SEAM in before.text:
                left, _, right = before.text.partition(SEAM)  # "V/v … [place and date]" goes on under itself
                joined[-1] = DraftBlock(f"{left} {draft.text}{SEAM}{right}", bold=before.bold, gap=before.gap)
                continue
            if across_page or wrapped:
                joined[-1] = DraftBlock(f"{before.text} {draft.text}", bold=before.bold, gap=before.gap)
                continue
        if draft.cell is None and is_page_number(draft.text) and draft.gap:
            continue
        joined.append(draft)
    return joined


def _mark_furniture(drafts: list[DraftBlock]) -> list[DraftBlock]:
    """Portal lines; lone numbers count only beside other furniture (a counter's value)."""
    sure = [d.cell is None and is_web_furniture(d.text) and not d.text.isdigit() for d in drafts]
    marked = []
    for i, draft in enumerate(drafts):
        counter = draft.text.isdigit() and any(sure[max(0, i - 2) : i + 2])
        if sure[i] or counter:
            marked.append(DraftBlock(draft.text, BlockKind.FURNITURE, bold=draft.bold, gap=draft.gap))
        else:
            marked.append(draft)
    return marked


def _furniture_warning(blocks: tuple[Block, ...]) -> list[SourceWarning]:
    first = next((b for b in blocks if b.kind is BlockKind.FURNITURE), None)
    return [SourceWarning("web_boilerplate", first.span)] if first else []
