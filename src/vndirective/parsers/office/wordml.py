"""Word 2003 XML ("WordprocessingML 2003"): one flat file, rewritten as the parts of a DOCX.

    w:wordDocument ─┬─ w:body                     ─▶ word/document.xml
                    ├─ w:styles, w:fonts          ─▶ word/styles.xml
                    ├─ w:lists                    ─▶ word/numbering.xml
                    └─ w:footnote, w:endnote      ─▶ word/footnotes.xml

The two vocabularies are nearly one; LibreOffice reads this one too, but loses its automatic numbers.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

from vndirective.errors import DamagedFileError, LimitError
from vndirective.parsers.docx import read_docx
from vndirective.parsers.packages import check_xml
from vndirective.parsers.source import SourceText

_OLD = "{http://schemas.microsoft.com/office/word/2003/wordml}"
_NEW = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MARK = "{http://schemas.microsoft.com/aml/2001/core}"
_HINT = "{http://schemas.microsoft.com/office/word/2003/auxHint}"
_RENAMED = {"vmerge": "vMerge", "h-ansi": "hAnsi", "listPr": "numPr", "ilfo": "numId", "listDef": "abstractNum"}
_FORMATS = {
    "0": "decimal",
    "1": "upperRoman",
    "2": "lowerRoman",
    "3": "upperLetter",
    "4": "lowerLetter",
    "22": "decimalZero",
    "23": "bullet",
    "255": "none",
}
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes"}


def read_word_xml(data: bytes, media_type: str) -> SourceText:
    """Raises UnsafeFileError (entities), LimitError, DamagedFileError, EmptyInputError."""
    from lxml import etree

    check_xml(data)
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))
    except etree.XMLSyntaxError as error:
        raise (
            LimitError("XML > 256 levels") if "depth" in str(error) else DamagedFileError("Word 2003 XML")
        ) from error
    body = root.find(f"{_OLD}body")
    if body is None:
        raise DamagedFileError("w:body")
    _unwrap(body)
    notes = _notes_of(body)
    parts = {
        "document": _element("document", body),
        "styles": _styles(root),
        "numbering": _numbering(root.find(f"{_OLD}lists")),
        "footnotes": notes,
    }
    for part in parts.values():
        _rename(part)
    return read_docx(_package({name: etree.tostring(part) for name, part in parts.items()}), media_type)


def _unwrap(body: Any) -> None:
    """Take out deletions, and what stands around paragraphs and runs without meaning: hints of outline, insertions."""
    for node in list(body.iter(f"{_MARK}annotation", f"{_HINT}sect", f"{_HINT}sub-section")):
        parent = node.getparent()
        if node.get(f"{_OLD}type", node.get(f"{_MARK}type", "")) == "Word.Deletion":
            parent.remove(node)
            continue
        content = node.find(f"{_MARK}content")
        at = parent.index(node)
        parent[at : at + 1] = list(content if content is not None else node)


def _notes_of(body: Any) -> Any:
    """The notes, which stand in the text where their marks are; footnotes and endnotes alike."""
    notes = _element("footnotes")
    for number, node in enumerate(list(body.iter(f"{_OLD}footnote", f"{_OLD}endnote")), start=1):
        node.getparent().remove(node)
        node.tag = f"{_OLD}footnote"
        node.set(f"{_OLD}id", str(number))
        node.attrib.pop(f"{_OLD}type", None)
        notes.append(node)
    return notes


def _styles(root: Any) -> Any:
    styles = root.find(f"{_OLD}styles")
    styles = styles if styles is not None else _element("styles")
    fonts = root.find(f"{_OLD}fonts/{_OLD}defaultFonts")
    if fonts is not None:
        named = _element("rFonts")
        named.attrib.update(fonts.attrib)
        styles.insert(0, _element("docDefaults", _element("rPrDefault", _element("rPr", named))))
    return styles


def _numbering(lists: Any) -> Any:
    """Lists with their formats by name. A level without `w:nfc` counts in digits."""
    numbering = _element("numbering")
    for node in lists if lists is not None else ():
        if node.tag == f"{_OLD}listDef":
            node.set(f"{_OLD}abstractNumId", node.get(f"{_OLD}listDefId", ""))
        elif node.tag == f"{_OLD}list":
            node.tag = f"{_OLD}num"
            node.set(f"{_OLD}numId", node.get(f"{_OLD}ilfo", ""))
            definition = node.find(f"{_OLD}ilst")
            if definition is None:
                continue
            definition.tag = f"{_OLD}abstractNumId"
        else:
            continue
        for code in node.iter(f"{_OLD}nfc"):
            code.tag = f"{_OLD}numFmt"
            code.set(f"{_OLD}val", _FORMATS.get(code.get(f"{_OLD}val", "0"), "decimal"))
        numbering.append(node)
    return numbering


def _element(name: str, *children: Any) -> Any:
    from lxml import etree

    node = etree.Element(f"{_OLD}{name}")
    node.extend(children)
    return node


def _rename(part: Any) -> None:
    """Elements and attributes in the newer vocabulary."""
    for node in part.iter():
        if isinstance(node.tag, str) and node.tag.startswith(_OLD):
            name = node.tag.removeprefix(_OLD)
            node.tag = _NEW + _RENAMED.get(name, name)
        for key, value in list(node.attrib.items()):
            if key.startswith(_OLD):
                name = key.removeprefix(_OLD)
                del node.attrib[key]
                node.set(_NEW + _RENAMED.get(name, name), value)


def _package(parts: dict[str, bytes]) -> bytes:
    kinds = {"document": "document.main"} | _PARTS
    overrides = "".join(f'<Override PartName="/word/{n}.xml" ContentType="{_TYPES}.{kinds[n]}+xml"/>' for n in parts)
    links = "".join(f'<Relationship Id="r{i}" Type="{_OFFICE}/{n}" Target="{n}.xml"/>' for i, n in enumerate(_PARTS))
    rels = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    xml = "application/xml"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{types}"><Default Extension="xml" ContentType="{xml}"/>'
            f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{overrides}</Types>',
        )
        main = f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        package.writestr("_rels/.rels", rels.format(main))
        package.writestr("word/_rels/document.xml.rels", rels.format(links))
        for name, part in parts.items():
            package.writestr(f"word/{name}.xml", part)
    return out.getvalue()
