"""Web pages: block elements make paragraphs, layout tables read column by column, menus are furniture."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field, replace
from email import message_from_bytes, policy
from typing import Any
from urllib.parse import unquote

from vndirective.errors import DamagedFileError, LimitError
from vndirective.parsers.clean import clean_line
from vndirective.parsers.encoding import decode
from vndirective.parsers.furniture import is_ruler, is_web_furniture
from vndirective.parsers.legacy import Mender
from vndirective.parsers.paragraphs import joins, stands_right
from vndirective.parsers.source import (
    BlockKind,
    Cell,
    DraftBlock,
    SourceText,
    SourceWarning,
    assemble,
)

_SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "object",
        "head",
        "select",
        "option",
        "button",
        "input",
        "textarea",
    ]
)
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|rtf|odt|zip|rar|7z)$", re.IGNORECASE)
_MOST_JOINED = 200  # rows or columns; a page may state any number
_PAGE_OF_LINKS = 1500  # characters; a page with less that links to documents is no notice itself
_FURNITURE = frozenset(["nav", "aside", "footer", "form", "menu", "header"])
_FURNITURE_CLASS = re.compile(
    r"\b(?:menu|navbar|nav|breadcrumbs?|sidebar|footer|related|counter|share|social|comment|tags?|banner|pagination|widget)\b"
)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "table",
        "tbody",
        "thead",
        "tr",
        "td",
        "th",
        "caption",
        "center",
        "blockquote",
        "pre",
        "dl",
        "dt",
        "dd",
        "figure",
        "figcaption",
        "address",
        "header",
        "footer",
        "nav",
        "aside",
        "form",
        "body",
        "html",
        "fieldset",
        "hr",
        "menu",
    ]
)
_META = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_MAX_DEPTH = 220


def read_html(data: bytes) -> SourceText:
    """Text of a page. Hidden elements are left out; link lists and portal lines are kept as furniture."""
    from selectolax.lexbor import LexborHTMLParser

    text, encoding, whole = _decode(data)
    root = LexborHTMLParser(text).body
    mender = Mender(root.text(separator="\n").splitlines() if root is not None else [])
    walker = _Walker(mender)
    if root is not None:
        walker.walk(root, furniture=False, depth=0)
        walker.flush()
    drafts = _rejoin(walker.drafts)
    content, blocks = assemble(drafts)
    first = next((b for b in blocks if b.kind is BlockKind.FURNITURE), None)
    warnings = [SourceWarning("web_boilerplate", first.span)] if first else []
    if mender.found:
        warnings.append(SourceWarning("legacy_encoding", None, mender.found))
    if not whole:
        warnings.append(SourceWarning("undecodable_bytes"))
    attached = _attached(root) if root is not None else []
    said = sum(len(b.span) for b in blocks if b.kind is not BlockKind.FURNITURE)
    if attached and said < _PAGE_OF_LINKS and not any(stands_right(b.span.of(content)) for b in blocks):
        warnings.append(SourceWarning("attachment_only", None, ", ".join(attached[:3])))
    return SourceText(content, blocks, "text/html", "text", encoding, warnings=tuple(warnings))


def _decode(data: bytes) -> tuple[str, str, bool]:
    declared = _META.search(data[:4096])
    if declared and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        name = declared.group(1).decode("ascii")
        try:
            return data.decode(name), name.lower(), True
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


def read_mhtml(data: bytes) -> SourceText:
    """A page saved with its pictures in one file, which Word also calls .doc: its HTML part. Raises DamagedFileError, LimitError."""
    try:
        parts = list(message_from_bytes(data, policy=policy.default).walk())
    except RecursionError as error:
        raise LimitError("MHTML") from error
    for part in parts:
        content = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(content, bytes) and content.strip():
            charset = part.get_content_charset()
            with suppress(LookupError, UnicodeDecodeError):  # else the page may say it better
                content = content.decode(charset or "utf-8").encode("utf-8-sig")
            return replace(read_html(content), media_type="multipart/related")
    raise DamagedFileError("MHTML")


def _attached(root: Any) -> list[str]:
    """Names of the documents that a page links to."""
    names = []
    for link in root.css("a[href]"):
        path = unquote((link.attributes.get("href") or "").partition("?")[0].partition("#")[0])
        if _DOCUMENT.search(path):
            names.append(path.rsplit("/", 1)[-1])
    return list(dict.fromkeys(names))


@dataclass
class _Walker:
    mender: Mender
    drafts: list[DraftBlock] = field(default_factory=list)
    buffer: list[str] = field(default_factory=list)
    marker: str = ""
    bold: bool = False
    centered: bool = False
    kind: BlockKind = BlockKind.PARAGRAPH
    cell: Cell | None = None
    tables: int = 0
    link_letters: int = 0

    def flush(self) -> None:
        words = clean_line(self.mender.mend("".join(self.buffer)))
        links, self.buffer, self.link_letters = self.link_letters, [], 0
        if not words or (is_ruler(words) and self.cell is None):
            return
        furniture = self.kind is BlockKind.FURNITURE or (
            self.cell is None and (is_web_furniture(words) or (links > 0.8 * len(words) and len(words) < 160))
        )
        self.drafts.append(
            DraftBlock(
                words,
                BlockKind.FURNITURE if furniture else BlockKind.PARAGRAPH,
                None if furniture else self.cell,
                marker=self.marker,
                bold=self.bold or None,
                centered=self.centered or None,
            )
        )
        self.marker = ""

    def walk(self, node: Any, *, furniture: bool, depth: int) -> None:
        if depth > _MAX_DEPTH:
            self.buffer.append(node.text(deep=True, separator=" "))
            return
        child = node.child
        while child is not None:
            self._visit(child, furniture, depth)
            child = child.next

    def _visit(self, node: Any, furniture: bool, depth: int) -> None:
        tag = node.tag
        if tag == "-text":
            self.buffer.append(node.text(deep=False))
            return
        if tag in _SKIPPED or tag.startswith("-") or tag == "!--" or _hidden(node):
            return
        if tag == "br":
            self._line_break()
            return
        if tag not in _BLOCKS:
            self._inline(node, furniture, depth, tag)
            return
        self.flush()
        kind, bold, centered = self.kind, self.bold, self.centered
        if tag in _FURNITURE or _FURNITURE_CLASS.search(_names(node)):
            furniture = True
        self.kind = BlockKind.FURNITURE if furniture else self.kind
        self.bold = self.bold or tag in {"h1", "h2", "h3", "h4", "h5", "h6", "th"}
        self.centered = self.centered or tag == "center" or "center" in _style(node, "text-align")
        if tag == "table":
            self._table(node, furniture, depth)
        elif tag in {"ol", "ul"}:
            self._list(node, furniture, depth)
        else:
            self.walk(node, furniture=furniture, depth=depth + 1)
        self.flush()
        self.kind, self.bold, self.centered = kind, bold, centered

    def _inline(self, node: Any, furniture: bool, depth: int, tag: str) -> None:
        before = sum(map(len, self.buffer))
        self.walk(node, furniture=furniture, depth=depth + 1)
        if tag == "a":
            self.link_letters += max(0, sum(map(len, self.buffer)) - before)

    def _line_break(self) -> None:
        self.flush()

    def _list(self, node: Any, furniture: bool, depth: int) -> None:
        start = node.attributes.get("start") or "1"
        number = int(start) if start.isdigit() else 1
        style = node.attributes.get("type") or "1"
        for item in node.iter():
            if item.tag != "li":
                continue
            self.flush()
            words = clean_line(item.text(deep=True))
            typed = re.match(r"[-+•*]|\d{1,2}[.)]|[a-zđ]\)", words)
            if node.tag == "ol" and not typed:
                self.marker = f"{chr(96 + number)})" if style in {"a", "A"} and number < 27 else f"{number}."
            elif node.tag == "ul" and not typed and self.kind is not BlockKind.FURNITURE:
                self.marker = "-"
            number += 1
            self.walk(item, furniture=furniture, depth=depth + 1)
            self.flush()
            self.marker = ""

    def _table(self, node: Any, furniture: bool, depth: int) -> None:
        rows = [
            [c for c in row.iter() if c.tag in {"td", "th"}]
            for row in node.css("tr")
            if _nearest_table(row) == node.mem_id
        ]
        rows = [r for r in rows if r]
        width = max((len(r) for r in rows), default=0)
        if not _is_layout(node, rows, width):
            self.tables += 1
            table = self.tables
            taken: set[tuple[int, int]] = set()  # places that a joined cell from above or from the left fills
            for number, row in enumerate(rows):
                column = 0
                for cell in row:
                    while (number, column) in taken:
                        column += 1
                    down, across = _spans(cell)
                    taken |= {(number + d, column + a) for d in range(down) for a in range(across)}
                    self._cell(cell, furniture, depth, Cell(table, number, column, down))
                    column += across
            return
        for column in range(width):
            for row in rows:
                if column < len(row):
                    self._cell(row[column], furniture, depth, None)

    def _cell(self, node: Any, furniture: bool, depth: int, cell: Cell | None) -> None:
        self.flush()
        outer, self.cell = self.cell, cell
        self.walk(node, furniture=furniture, depth=depth + 1)
        self.flush()
        self.cell = outer


def _spans(cell: Any) -> tuple[int, int]:
    """Rows and columns that a cell reaches over."""
    values = (cell.attributes.get(name) or "" for name in ("rowspan", "colspan"))
    down, across = (min(int(v), _MOST_JOINED) if v.isdigit() and int(v) else 1 for v in values)
    return down, across


def _nearest_table(node: Any) -> int | None:
    parent = node.parent
    while parent is not None and parent.tag != "table":
        parent = parent.parent
    return parent.mem_id if parent is not None else None


def _is_layout(node: Any, rows: list[list[Any]], width: int) -> bool:
    """Letterhead and signature stand in borderless tables of two or three columns."""
    border = node.attributes.get("border") or ""
    styled = "solid" in (node.attributes.get("style") or "")
    if width > 3 or any(c.tag == "th" for row in rows for c in row):
        return False
    return border in {"", "0"} and not styled


def _names(node: Any) -> str:
    attributes = node.attributes
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower().replace("-", " ").replace("_", " ")


def _style(node: Any, name: str) -> str:
    match = re.search(rf"{name}\s*:\s*([^;]+)", node.attributes.get("style") or "")
    return (match.group(1) if match else "") + (node.attributes.get("align") or "" if name == "text-align" else "")


def _hidden(node: Any) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or "none" in _style(node, "display") or "hidden" in _style(node, "visibility")


def _rejoin(drafts: list[DraftBlock]) -> list[DraftBlock]:
    joined: list[DraftBlock] = []
    for draft in drafts:
        before = joined[-1] if joined else None
        same = before is not None and before.kind == draft.kind and before.cell is None and draft.cell is None
        if before is not None and same and not draft.marker and joins(before.text, draft.text):
            joined[-1] = DraftBlock(
                f"{before.text} {draft.text}",
                before.kind,
                marker=before.marker,
                bold=before.bold,
                centered=before.centered,
            )
        else:
            joined.append(draft)
    return joined
