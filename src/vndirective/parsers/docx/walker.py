"""Paragraphs and tables in the order of the body, with what Word shows and nothing it hides."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from vndirective.parsers.clean import clean_line
from vndirective.parsers.docx.numbering import Numbering, W, read_numbering
from vndirective.parsers.furniture import is_page_number, is_ruler
from vndirective.parsers.legacy import Mender, decode_runs, encoding_of
from vndirective.parsers.paragraphs import joins, seamed, unseamed
from vndirective.parsers.source import BlockKind, Cell, DraftBlock

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WPS_BOX = f"{W}txbxContent"
_SKIPPED = {
    f"{W}del",
    f"{W}moveFrom",
    f"{_MC}Fallback",
    f"{W}instrText",
    f"{W}delText",
    f"{W}rPrChange",
    f"{W}pPrChange",
    f"{W}annotationRef",
}
_SIGNS = {
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "\u00ad",
}
_LAYOUT_COLUMNS = 3


@dataclass
class _Styles:
    """What paragraph styles say of numbering, hiding and weight, inherited along basedOn."""

    numbering: dict[str, tuple[str, int]] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    bold: set[str] = field(default_factory=set)
    centered: set[str] = field(default_factory=set)
    bordered_tables: set[str] = field(default_factory=set)
    fonts: dict[str, str] = field(default_factory=dict)
    font: str | None = None  # of text whose style names none


def read_package(document: Any) -> tuple[list[DraftBlock], str]:
    """Drafts of a python-docx document (body, then notes; headers that are no page numbers as furniture), and the name of
    the encoding from before Unicode that was found most, "" for none."""
    part = document.part
    body = part.element.body
    mender = Mender([t.text or "" for t in body.iter(f"{W}t")])
    walker = _Walker(_read_styles(part), read_numbering(_related(part, "numbering")), mender)
    walker.container(part.element.body, None)
    walker.notes(_related(part, "footnotes"), "footnote")
    walker.notes(_related(part, "endnotes"), "endnote")
    for name in ("header", "footer"):
        walker.running(name, part)
    found = max(walker.legacy, key=lambda name: walker.legacy[name], default=mender.found)
    return unseamed(walker.drafts), found


def _related(part: Any, name: str) -> Any:
    """Root element of the one related part of a kind, None where there is none."""
    from lxml import etree

    for rel in part.rels.values():
        if not rel.is_external and rel.reltype.endswith(f"/{name}"):
            target = rel.target_part
            element = getattr(target, "element", None)
            if element is not None:
                return element
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            return etree.fromstring(target.blob, parser)
    return None


def _read_styles(part: Any) -> _Styles:
    styles = _Styles()
    root = _related(part, "styles")
    if root is None:
        return styles
    styles.font = _font(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
    nodes = {s.get(f"{W}styleId"): s for s in root.findall(f"{W}style")}
    for identifier, node in nodes.items():
        chain: list[Any] = []
        at = node
        while at is not None and len(chain) < 12:
            chain.append(at)
            based = at.find(f"{W}basedOn")
            at = nodes.get(based.get(f"{W}val")) if based is not None else None
        for style in chain:
            num = style.find(f"{W}pPr/{W}numPr")
            if num is not None and identifier not in styles.numbering and num.find(f"{W}numId") is not None:
                ilvl = num.find(f"{W}ilvl")
                styles.numbering[identifier] = (
                    num.find(f"{W}numId").get(f"{W}val"),
                    int(ilvl.get(f"{W}val")) if ilvl is not None else 0,
                )
            font = _font(style.find(f"{W}rPr"))
            if font and identifier not in styles.fonts:
                styles.fonts[identifier] = font
            if _on(style.find(f"{W}rPr/{W}vanish")):
                styles.hidden.add(identifier)
            if _on(style.find(f"{W}rPr/{W}b")):
                styles.bold.add(identifier)
            jc = style.find(f"{W}pPr/{W}jc")
            if jc is not None and jc.get(f"{W}val") == "center":
                styles.centered.add(identifier)
            if _has_borders(style.find(f"{W}tblPr/{W}tblBorders")):
                styles.bordered_tables.add(identifier)
    return styles


def _on(node: Any) -> bool:
    return node is not None and node.get(f"{W}val", "1") not in {"0", "false", "none", "off"}


def _font(properties: Any) -> str | None:
    """The font that run properties name for letters of Western Europe, which is where old fonts keep theirs."""
    fonts = properties.find(f"{W}rFonts") if properties is not None else None
    if fonts is None:
        return None
    named: str | None = fonts.get(f"{W}hAnsi") or fonts.get(f"{W}ascii")
    return named


def _has_borders(node: Any) -> bool:
    """Lines inside or around; a single rule under a letterhead is none."""
    if node is None:
        return False
    drawn = [e for e in node if e.get(f"{W}val") not in {None, "none", "nil"}]
    return len(drawn) >= 2


@dataclass
class _Walker:
    styles: _Styles
    numbering: Numbering
    mender: Mender
    drafts: list[DraftBlock] = field(default_factory=list)
    tables: int = 0
    gap: bool = False
    legacy: Counter[str] = field(default_factory=Counter)
    font: str | None = None  # of the paragraph that is being read

    def container(self, node: Any, cell: Cell | None) -> None:
        """Block-level children: paragraphs, tables, and what wraps them (content controls, custom XML, insertions)."""
        for child in node:
            tag = child.tag
            if tag == f"{W}p":
                self.paragraph(child, cell)
            elif tag == f"{W}tbl":
                self.table(child, cell)
            elif tag in _SKIPPED or not isinstance(tag, str):
                continue
            elif tag in {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{W}smartTag"}:
                self.container(child, cell)

    def paragraph(self, node: Any, cell: Cell | None, kind: BlockKind = BlockKind.PARAGRAPH) -> None:
        if self._deleted_mark_only(node):
            return
        pieces: list[tuple[str, str | None]] = []
        boxes: list[Any] = []
        runs = [0, 0]  # letters, bold letters
        style = self._style(node)
        self.font = self.styles.fonts.get(style, self.styles.font)
        if style not in self.styles.hidden:
            self._inline(node, pieces, boxes, runs)
        marker = self._marker(node, style)
        text, found = decode_runs(pieces)
        self.legacy += found
        if found:
            marker, _ = decode_runs([(marker, next(f for _, f in pieces if f))])
        text = self.mender.mend(text)
        if cell is None:
            text = "\n".join(seamed(line, head=len(self.drafts) < 16) for line in text.split("\n"))
        lines = _lines(text)
        jc = node.find(f"{W}pPr/{W}jc")
        centered = jc.get(f"{W}val") == "center" if jc is not None else style in self.styles.centered
        bold = style in self.styles.bold or (runs[0] > 0 and runs[1] >= 0.9 * runs[0])
        if not lines:
            self.gap = True
        for i, line in enumerate(lines):
            if is_ruler(line) and cell is None:
                continue
            if i == 0 and not marker and self._goes_on(line, kind, cell):
                continue
            self.drafts.append(
                DraftBlock(
                    line,
                    kind,
                    cell,
                    marker=marker if i == 0 else "",
                    bold=bold or None,
                    centered=centered or None,
                    gap=self.gap and i == 0,
                )
            )
            self.gap = False
        for box in boxes:
            self.container(box, cell)

    def _goes_on(self, line: str, kind: BlockKind, cell: Cell | None) -> bool:
        """Join a paragraph that a page break of the original cut in two to its first half."""
        last = self.drafts[-1] if self.drafts else None
        if last is None or cell is not None or last.cell is not None or last.kind is not kind:
            return False
        if not joins(last.text, line):
            return False
        self.drafts[-1] = replace(last, text=f"{last.text} {line}")
        return True

    def _style(self, node: Any) -> str:
        style = node.find(f"{W}pPr/{W}pStyle")
        return style.get(f"{W}val") if style is not None else "Normal"

    def _deleted_mark_only(self, node: Any) -> bool:
        """A paragraph whose mark and all its text were deleted with tracking on."""
        deleted = node.find(f"{W}pPr/{W}rPr/{W}del")
        return deleted is not None and not any(t.text for t in node.iter(f"{W}t"))

    def _marker(self, node: Any, style: str) -> str:
        num = node.find(f"{W}pPr/{W}numPr")
        num_id, ilvl = self.styles.numbering.get(style, ("", 0))
        if num is not None:
            own_id, own_level = num.find(f"{W}numId"), num.find(f"{W}ilvl")
            num_id = own_id.get(f"{W}val") if own_id is not None else num_id
            ilvl = int(own_level.get(f"{W}val")) if own_level is not None else (ilvl if own_id is None else 0)
        if not num_id or num_id == "0":
            return ""
        has_text = any((t.text or "").strip() for t in node.iter(f"{W}t"))
        return self.numbering.next_marker(num_id, ilvl) if has_text or num is not None else ""

    def _inline(self, node: Any, pieces: list[tuple[str, str | None]], boxes: list[Any], runs: list[int]) -> None:
        for child in node:
            tag = child.tag
            if not isinstance(tag, str) or tag in _SKIPPED:
                continue
            if tag == f"{W}r":
                properties = child.find(f"{W}rPr")
                if properties is not None and _on(properties.find(f"{W}vanish")):
                    continue
                before = len(pieces)
                self._run(child, pieces, boxes, runs)
                letters = sum(len(text) for text, _ in pieces[before:])
                runs[0] += letters
                if properties is not None and _on(properties.find(f"{W}b")):
                    runs[1] += letters
            elif tag == _WPS_BOX:
                boxes.append(child)
            elif tag not in {f"{W}pPr", f"{W}sdtPr", f"{W}sdtEndPr"}:
                self._inline(child, pieces, boxes, runs)

    def _run(self, node: Any, pieces: list[tuple[str, str | None]], boxes: list[Any], runs: list[int]) -> None:
        font = self._font_of(node)
        for child in node:
            tag = child.tag
            if tag == f"{W}t":
                pieces.append((child.text or "", font))
            elif tag in _SIGNS:
                pieces.append((_SIGNS[tag], font))
            elif tag == f"{W}sym":
                pieces.append((_symbol(child), child.get(f"{W}font")))
            elif tag in _SKIPPED or not isinstance(tag, str):
                continue
            elif tag == _WPS_BOX:
                boxes.append(child)
            elif len(child):
                self._inline(child, pieces, boxes, runs)

    def _font_of(self, run: Any) -> str | None:
        properties = run.find(f"{W}rPr")
        own = _font(properties)
        if own:
            return own
        style = properties.find(f"{W}rStyle") if properties is not None else None
        return self.styles.fonts.get(style.get(f"{W}val"), self.font) if style is not None else self.font

    def table(self, node: Any, outer: Cell | None) -> None:
        rows = _rows(node)
        width = max((sum(span for _, span in row) for row in rows), default=0)
        filled = _filled_columns(rows)
        if outer is None and self._is_layout(node, filled):
            for column in range(width):
                for row in rows:
                    at = 0
                    for cell, span in row:
                        if at == column:
                            self.container(cell, None)
                            self.gap = False
                        at += span
            return
        if outer is not None:
            for row in rows:
                for cell, _ in row:
                    self.container(cell, outer)
            return
        self.tables += 1
        table = self.tables
        for number, row in enumerate(rows):
            at = 0
            for cell, span in row:
                self.container(cell, Cell(table, number, at, _reach(rows, number, at)))
                at += span

    def _is_layout(self, node: Any, filled: int) -> bool:
        """Letterheads and signatures stand in tables without lines."""
        if filled > _LAYOUT_COLUMNS:
            return False
        properties = node.find(f"{W}tblPr")
        borders = properties.find(f"{W}tblBorders") if properties is not None else None
        style = properties.find(f"{W}tblStyle") if properties is not None else None
        if borders is not None:
            lined = _has_borders(borders)
        else:
            lined = style is not None and style.get(f"{W}val") in self.styles.bordered_tables
        cells = list(node.iter(f"{W}tcBorders"))
        return not lined and sum(_has_borders(c) for c in cells) <= len(cells) // 2

    def notes(self, root: Any, name: str) -> None:
        """Footnotes or endnotes, without the separators Word keeps among them."""
        for note in root.findall(f"{W}{name}") if root is not None else ():
            if note.get(f"{W}type") in {None, "normal"}:
                for paragraph in note.iter(f"{W}p"):
                    self.paragraph(paragraph, None, BlockKind.NOTE)

    def running(self, name: str, part: Any) -> None:
        """Heads and feet: page numbers are dropped, other words kept once as furniture."""
        seen: set[str] = set()
        for rel in part.rels.values():
            if rel.is_external or not rel.reltype.endswith(f"/{name}"):
                continue
            before = len(self.drafts)
            for paragraph in rel.target_part.element.iter(f"{W}p"):
                self.paragraph(paragraph, None, BlockKind.FURNITURE)
            added = self.drafts[before:]
            del self.drafts[before:]
            for draft in added:
                if draft.text not in seen and not is_page_number(draft.text) and any(c.isalpha() for c in draft.text):
                    seen.add(draft.text)
                    self.drafts.append(draft)


def _lines(text: str) -> list[str]:
    """Lines of a paragraph; a soft break inside running prose is no break."""
    lines: list[str] = []
    for piece in text.split("\n"):
        line = clean_line(piece)
        if not line:
            continue
        if lines and joins(lines[-1], line):
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(line)
    return lines


def _symbol(node: Any) -> str:
    code = int(node.get(f"{W}char", "0"), 16)
    if encoding_of(node.get(f"{W}font")):
        return chr(code)
    return {0xF02D: "-", 0xF0B7: "-", 0xF02B: "+", 0xF0A7: "-", 0xF0D8: "-"}.get(
        code, chr(code) if code < 0xE000 else ""
    )


def _rows(node: Any) -> list[list[tuple[Any, int]]]:
    """Cells of each row with their width in columns; the lower parts of merged cells are left out."""
    rows = []
    for row in _children(node, "tr"):
        cells = []
        for cell in _children(row, "tc"):
            properties = cell.find(f"{W}tcPr")
            span = properties.find(f"{W}gridSpan") if properties is not None else None
            merge = properties.find(f"{W}vMerge") if properties is not None else None
            width = int(span.get(f"{W}val")) if span is not None else 1
            continued = merge is not None and merge.get(f"{W}val", "continue") == "continue"
            cells.append((_EMPTY if continued else cell, width))
        rows.append(cells)
    return rows


def _reach(rows: list[list[tuple[Any, int]]], number: int, column: int) -> int:
    """How many rows the cell at a row and column reaches over."""
    reach = 1
    for row in rows[number + 1 :]:
        at = 0
        below = None
        for cell, span in row:
            if at == column:
                below = cell
            at += span
        if below is not _EMPTY:
            break
        reach += 1
    return reach


_EMPTY: tuple[Any, ...] = ()


def _children(node: Any, name: str) -> list[Any]:
    """Direct rows or cells, also inside content controls and tracked insertions."""
    found = []
    for child in node:
        if child.tag == f"{W}{name}":
            found.append(child)
        elif child.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"}:
            found += _children(child, name)
    return found


def _filled_columns(rows: list[list[tuple[Any, int]]]) -> int:
    columns = set()
    for row in rows:
        at = 0
        for cell, span in row:
            if len(cell) and any((t.text or "").strip() for t in cell.iter(f"{W}t")):
                columns.add(at)
            at += span
    return len(columns)
