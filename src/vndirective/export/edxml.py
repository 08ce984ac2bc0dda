"""edXML (QCVN 102:2016/BTTTT, amended 1:2022): one envelope a notice, its source attached.

The header says what the record says, element by element; an element that the document does not answer is left out, or
left empty where a receiving system expects it (OrganId). docs/edxml.md lists what the standard leaves open and what is
chosen here; schema/edxml.xsd is the form that is kept to.
"""

from __future__ import annotations

import base64
import csv
import hashlib
from pathlib import Path
from typing import Literal

from lxml import etree

from vndirective import lexicons
from vndirective.errors import InputError, VndirectiveError
from vndirective.export.cells import plain
from vndirective.export.collection import Collection
from vndirective.export.register import document_name, issued_date
from vndirective.export.writing import Note, Settings, Written, whole_file
from vndirective.filenames import relative_below
from vndirective.parsers import bundle
from vndirective.parsers.sniff import media_type_of
from vndirective.schema.record import Record
from vndirective.segment.syllables import fold

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
XLINK = "http://www.w3.org/1999/xlink"
_PRIORITIES = {"khẩn": "1", "thượng khẩn": "2", "hỏa tốc": "3", "hỏa tốc hẹn giờ": "4"}
_NAMED = 5  # sources named in a note


def write(collection: Collection, target: Path, settings: Settings) -> Written:
    """Files below the folder `target`, named after their sources."""
    written = Written()
    unattached: list[str] = []
    codes = {fold(name): code for name, code in settings.organ_ids.items()}
    for record in collection.records():
        suffix = ".edxml" if record.source.part == 1 else f".{record.source.part}.edxml"
        path = target / relative_below(record.source.uri, suffix)
        attachment = _source(collection, record)
        if attachment is None:
            unattached.append(record.source.uri)
        with whole_file(path) as draft:
            draft.write_bytes(envelope(record, attachment, codes))
        written.paths.append(path)
    if unattached:
        names = dict.fromkeys(unattached)
        written.notes.append(Note("source_missing", len(names), tuple(names)[:_NAMED]))
    return written


def read_organ_ids(path: Path) -> dict[str, str]:
    """Codes of bodies by name, from a CSV with the columns `name` and `id`. InputError where it is none."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return {row["name"].strip(): row["id"].strip() for row in csv.DictReader(stream)}
    except (OSError, KeyError, AttributeError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: name,id") from error


def _source(collection: Collection, record: Record) -> bytes | None:
    """The very bytes that the record was read from, from within a bundle too; None where they are gone or changed."""
    path = collection.source_of(record)
    if path is None:
        return None
    try:
        data = path.read_bytes()
    except OSError:
        return None
    if _is_source(data, record):
        return data
    kind = media_type_of(data)
    try:
        members = bundle.members_of(data, kind) if kind in bundle.KINDS else []
    except VndirectiveError:
        return None
    return next((m.data for m in members if _is_source(m.data, record)), None)


def _is_source(data: bytes, record: Record) -> bool:
    return len(data) == record.source.size_bytes and hashlib.sha256(data).hexdigest() == record.source.sha256


def envelope(record: Record, attachment: bytes | None, codes: dict[str, str]) -> bytes:
    """The envelope as UTF-8 XML; `codes` gives the OrganId of bodies by folded name."""
    root = etree.fromstring(f'<edXML xmlns="{NAMESPACE}"/>')
    # receiving systems look for the literal prefix
    outer = etree.SubElement(root, f"{{{NAMESPACE}}}edXMLEnvelope", nsmap={"edXML": NAMESPACE})
    header = _add(_add(outer, "edXMLHeader"), "MessageHeader")
    _parties(header, record, codes)
    _document(header, record)
    _signer(header, record)
    due = due_date(record)
    _leaf(header, "DueDate", due.replace("-", "/") if due else None)
    places = [r.name for r in record.recipients]
    if places:
        node = _add(header, "ToPlaces")
        for place in places:
            _leaf(node, "Place", place)
    other = _add(header, "OtherInfo")
    _leaf(other, "Priority", _PRIORITIES.get(fold(record.marks.urgency or ""), "0"))
    _leaf(other, "SphereOfPromulgation", record.marks.circulation)
    _leaf(other, "PageAmount", str(record.source.pages) if record.source.pages and record.source.parts == 1 else None)
    _leaf(header, "SteeringType", steering_type(record))
    _leaf(header, "DocumentId", _document_id(record, codes))
    body = _add(_add(outer, "edXMLBody"), "edXMLManifest")
    body.set("version", "1.0")
    if attachment is not None:
        _attach(root, body, record, attachment)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _parties(header: etree._Element, record: Record, codes: dict[str, str]) -> None:
    issuer = record.issuer
    sender = _add(header, "From")
    _leaf(sender, "OrganId", _code(issuer.name if issuer else None, codes), keep=True)
    _leaf(sender, "OrganizationInCharge", issuer.parent if issuer else None)
    _leaf(sender, "OrganName", issuer.name if issuer else None)
    for addressee in record.addressees:
        receiver = _add(header, "To")
        _leaf(receiver, "OrganId", _code(addressee.name, codes), keep=True)
        _leaf(receiver, "OrganName", addressee.name)


def _document(header: etree._Element, record: Record) -> None:
    number = record.number
    if number and (number.value or number.symbol):
        code = _add(header, "Code")
        _leaf(code, "CodeNumber", number.value)
        _leaf(code, "CodeNotation", "/".join(map(str, filter(None, (number.year, number.symbol)))))
    day = issued_date(record)
    if record.place or day:
        info = _add(header, "PromulgationInfo")
        _leaf(info, "Place", record.place.name if record.place else None)
        _leaf(info, "PromulgationDate", day.strftime("%Y/%m/%d") if day else None)
    if record.doc_type:
        kind = _add(header, "DocumentType")
        _leaf(kind, "Type", _type_code(record.doc_type.code))
        _leaf(kind, "TypeName", record.doc_type.name)
    _leaf(header, "Subject", record.subject.text if record.subject else None)


def _signer(header: etree._Element, record: Record) -> None:
    signatory = record.signatory
    if signatory is None:
        return
    info = _add(header, "SignerInfo")
    authority = f"{signatory.authority}." if signatory.authority else None
    _leaf(info, "Competence", " ".join(filter(None, (authority, signatory.on_behalf_of))) or None)
    _leaf(info, "Position", signatory.position)
    _leaf(info, "FullName", signatory.name)


def _attach(root: etree._Element, manifest: etree._Element, record: Record, attachment: bytes) -> None:
    content_id = f"{record.id}@vndirective"
    name = Path(record.source.uri).name
    reference = etree.SubElement(manifest, f"{{{NAMESPACE}}}Reference", nsmap={"xlink": XLINK})
    reference.set(f"{{{XLINK}}}href", f"cid:{content_id}")
    reference.set(f"{{{XLINK}}}type", "simple")
    for tag, text in (
        ("ContentId", f"cid:{content_id}"),
        ("ContentType", record.source.media_type),
        ("AttachmentName", name),
    ):
        _leaf(reference, tag, text)
    # outside the envelope, in the default namespace: no prefix
    node = _add(_add(root, "AttachmentEncoded"), "Attachment")
    for tag, text in (
        ("ContentType", record.source.media_type),
        ("ContentId", content_id),
        ("ContentTransferEncoded", base64.b64encode(attachment).decode("ascii")),
        ("AttachmentName", name),
    ):
        _leaf(node, tag, text)


def due_date(record: Record) -> str | None:
    """The first printed day by which something is due; the standard has one due date a document."""
    ends = [d.end for t in record.tasks for d in t.deadlines if d.end and not d.recurrence]
    return min(ends, default=None)


def steering_type(record: Record) -> Literal["1", "2", "3"]:
    """3 report, 2 steering (somebody is told to do something), 1 neither."""
    if record.doc_type and record.doc_type.code == "BC":
        return "3"
    return "2" if record.tasks else "1"


def _document_id(record: Record, codes: dict[str, str]) -> str:
    """ "OrganId,yyyy/MM/dd,number/symbol" as exchange systems write it; the issuer's name where no code is known.

    A document without number or day gets the record's own id, which no other document has.
    """
    day, name = issued_date(record), document_name(record)
    if record.number is None or record.number.value is None or day is None or name is None:
        return f"vndirective,{record.id}"
    issuer = record.issuer.name if record.issuer else None
    return ",".join((_code(issuer, codes) or issuer or "", f"{day:%Y/%m/%d}", name))


def _type_code(code: str) -> str | None:
    """The standard's number of a type; None for types that it is not known to have."""
    rows = lexicons.rows("edxml_document_types")
    return next((row["type"] for row in rows if row["code"] == code and row["sure"] == "yes"), None)


def _code(name: str | None, codes: dict[str, str]) -> str | None:
    return codes.get(fold(name)) if name else None


def _add(parent: etree._Element, tag: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}")


def _leaf(parent: etree._Element, tag: str, text: str | None, *, keep: bool = False) -> None:
    """An element with text; without text none, or an empty one where `keep`."""
    if text or keep:
        _add(parent, tag).text = plain(text or "") or None
