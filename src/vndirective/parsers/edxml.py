"""edXML (QCVN 102:2016/BTTTT): the envelope in which offices send each other documents.

    edXML
    ├─ edXMLEnvelope ─ edXMLHeader ─ MessageHeader   what the sender says of the document  ─▶ envelope lines
    └─ AttachmentEncoded ─ Attachment*               the document itself, in base64         ─▶ attachments

Senders differ in prefixes and namespaces, so elements are known by their local names. The envelope's lines are laid
under the text of the document, apart from it, so that a value read from them has its quote like any other.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from vndirective.errors import DamagedFileError
from vndirective.parsers.clean import clean_line
from vndirective.parsers.source import Block, BlockKind, SourceText, Span

# what is kept of the header: path of local names below MessageHeader
LINES = (
    "From/OrganizationInCharge",
    "From/OrganName",
    "To/OrganName",
    "Code/CodeNumber",
    "Code/CodeNotation",
    "PromulgationInfo/Place",
    "PromulgationInfo/PromulgationDate",
    "DocumentType/TypeName",
    "Subject",
    "SignerInfo/Competence",
    "SignerInfo/Position",
    "SignerInfo/FullName",
    "ToPlaces/Place",
)
_BLANK = {"", "n/a", "null", "none", "-"}  # what sending systems write where they know nothing
_LETTERHEAD = 1500  # characters in which a notice prints its own number
_DECLARES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in the envelope, as its name and bytes; None where the base64 is broken."""

    name: str
    data: bytes | None


@dataclass(frozen=True, slots=True)
class Package:
    """Lines of the header, "Code/CodeNumber: 145", and the attachments in their order."""

    envelope: tuple[str, ...]
    attachments: tuple[Attachment, ...]


def read_package(data: bytes) -> Package:
    """Header and attachments. DamagedFileError for XML that is broken, or that declares entities."""
    if any(word in data for word in _DECLARES):
        raise DamagedFileError("DOCTYPE")
    # attachments are longer than libxml2 takes by default; nothing in the file is allowed to grow
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedFileError("edXML") from error
    return Package(tuple(_envelope(root)), tuple(_attachments(root)))


def _envelope(root: etree._Element) -> Iterator[str]:
    header = _first(root, "MessageHeader")
    if header is None:
        return
    for path in LINES:
        nodes = [header]
        for name in path.split("/"):
            nodes = [child for node in nodes for child in _children(node, name)]
        for node in nodes:
            value = clean_line(node.text or "")
            if value.lower() not in _BLANK:
                yield f"{path}: {value}"


def _attachments(root: etree._Element) -> Iterator[Attachment]:
    names = {}
    for reference in _all(root, "Reference"):
        names[_content_id(reference)] = _text(reference, "AttachmentName")
    for number, node in enumerate(_all(root, "Attachment"), start=1):
        name = _text(node, "AttachmentName") or names.get(_content_id(node)) or f"{number}"
        try:
            content = base64.b64decode(re.sub(r"\s+", "", _text(node, "ContentTransferEncoded")), validate=True)
        except (binascii.Error, ValueError):
            yield Attachment(name, None)
            continue
        yield Attachment(name, content)


def _content_id(node: etree._Element) -> str:
    return _text(node, "ContentId").removeprefix("cid:")


def _local(node: etree._Element) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def _children(node: etree._Element, name: str) -> list[etree._Element]:
    return [child for child in node if _local(child) == name]


def _all(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return (node for node in root.iter() if _local(node) == name)


def _first(root: etree._Element, name: str) -> etree._Element | None:
    return next(_all(root, name), None)


def _text(node: etree._Element, name: str) -> str:
    found = _children(node, name)
    return (found[0].text or "").strip() if found else ""


def addressed(texts: Sequence[str], lines: Sequence[str]) -> int:
    """Index of the notice, among several in one file, that the envelope speaks of: the one with its number; else the first."""
    values = dict(line.split(": ", 1) for line in lines)
    number, notation = values.get("Code/CodeNumber"), values.get("Code/CodeNotation")
    if not number or not notation:
        return 0
    printed = re.compile(rf"\b0*{re.escape(number.lstrip('0'))}\s*[-–/]\s*{re.escape(notation)}", re.IGNORECASE)
    return next((i for i, text in enumerate(texts) if printed.search(text[:_LETTERHEAD])), 0)


def with_envelope(source: SourceText, lines: tuple[str, ...]) -> SourceText:
    """The text with the envelope's lines under it, each a block of its own that is never body text."""
    text, blocks = source.text, list(source.blocks)
    for line in lines:
        start = len(text) + 1
        text = f"{text}\n{line}"
        blocks.append(Block(Span(start, len(text)), BlockKind.ENVELOPE))
    return replace(source, text=text, blocks=tuple(blocks))
