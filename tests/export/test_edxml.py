"""edXML: written to our schema, read back by `extract` with nothing lost; the envelope fills what a document lacks."""

from __future__ import annotations

import base64
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from edxml_packages import HEADER
from edxml_packages import edxml_package as package
from samples import ROOT
from vndirective import batch, extract
from vndirective.errors import DamagedFileError, EmptyInputError, InputError
from vndirective.export import Settings, export
from vndirective.export.collection import Collection
from vndirective.export.edxml import NAMESPACE, read_organ_ids
from vndirective.parsers.bundle import members_of
from vndirective.parsers.sniff import EDXML, media_type_of
from vndirective.schema.record import Record

XSD = etree.XMLSchema(etree.fromstring((files("vndirective.schema") / "edxml.xsd").read_bytes()))
SIGNED = """ỦY BAN NHÂN DÂN
XÃ ĐỒNG KÊ

Số:      /TB-UBND
Đồng Kê, ngày     tháng 4 năm 2025

THÔNG BÁO
Về việc rà soát hộ nghèo

1. Phòng Kinh tế rà soát, báo cáo trước ngày 20/4/2025.
2. Trạm Y tế xã phối hợp thực hiện.
"""
BARE = "1. Phòng Kinh tế rà soát, báo cáo trước ngày 20/4/2025.\n2. Trạm Y tế xã phối hợp thực hiện.\n"


def texts(path: Path, name: str) -> list[str]:
    return [e.text or "" for e in etree.parse(path).iter(f"{{{NAMESPACE}}}{name}")]


def written(out: Path, record: Record) -> Path:
    suffix = ".edxml" if record.source.part == 1 else f".{record.source.part}.edxml"
    return out / "export" / "edxml" / f"{record.source.uri}{suffix}"


def test_envelopes_obey_the_schema_and_hold_what_records_hold(out: Path, records: list[Record]) -> None:
    exported = export(out, "edxml")
    assert len(exported.written.paths) == len(records) and not exported.written.notes
    for record in records:
        path = written(out, record)
        XSD.assertValid(etree.parse(path))
        raw = path.read_text(encoding="utf-8")
        assert raw.count("<edXML:MessageHeader>") == 1 and "<AttachmentEncoded>" in raw
        number, date = record.number, record.issued_on
        assert texts(path, "Subject") == ([record.subject.text] if record.subject else [])
        assert texts(path, "CodeNumber") == ([number.value] if number and number.value else [])
        assert texts(path, "CodeNotation") == ([number.symbol] if number and number.symbol else [])
        assert texts(path, "PromulgationDate") == ([date.iso.replace("-", "/")] if date and date.day else [])
        assert texts(path, "TypeName") == ([record.doc_type.name] if record.doc_type else [])
        assert texts(path, "FullName") == (
            [record.signatory.name] if record.signatory and record.signatory.name else []
        )
        places = [record.place.name] if record.place else []
        assert texts(path, "Place") == [*places, *(r.name for r in record.recipients)]
        report = record.doc_type is not None and record.doc_type.code == "BC"
        assert texts(path, "SteeringType") == (["3"] if report else ["2"] if record.tasks else ["1"])
        ends = [d.end for t in record.tasks for d in t.deadlines if d.end and not d.recurrence]
        assert texts(path, "DueDate") == ([min(ends).replace("-", "/")] if ends else [])
        [content] = texts(path, "ContentTransferEncoded")
        assert base64.b64decode(content) == (out.parent / "notices" / record.source.uri).read_bytes()
        [document_id] = texts(path, "DocumentId")
        if number and number.value and date and date.day:
            assert document_id.endswith(f",{date.iso.replace('-', '/')},{number.canonical}")


def test_round_trip_gives_the_same_records(out: Path, records: list[Record], tmp_path: Path) -> None:
    export(out, "edxml")
    again = tmp_path / "again"
    outcomes = list(batch.run(batch.find_jobs([out / "export" / "edxml"]), again))
    assert not batch.write_report(again, outcomes).failures
    back = {(r.source.sha256, r.source.part): r for r in Collection(again).records()}
    for record in records:
        other = back[record.source.sha256, record.source.part]
        assert (other.text or "").startswith(record.text or "")
        for name in (
            "number",
            "doc_type",
            "issued_on",
            "subject",
            "tasks",
            "targets",
            "references",
            "outline",
            "archive",
        ):
            assert _as_read(other, name) == _as_read(record, name), (record.source.uri, name)
        if record.issuer and not any(w.code == "inferred_issuer" for w in record.warnings):
            assert _as_read(other, "issuer") == _as_read(record, "issuer")


def _as_read(record: Record, name: str) -> Any:
    """A part of a record without its confidence, which is weighed anew beside what the package says of the sender."""
    return json.loads(record.model_dump_json(include={name}), object_hook=_without_confidence)


def _without_confidence(found: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in found.items() if key != "confidence"}


@pytest.mark.parametrize("prefix", ["edXML:", ""], ids=["prefixed", "default"])
def test_blanks_are_filled_from_the_envelope(prefix: str) -> None:
    [record] = extract(package(("tb.txt", SIGNED.encode()), prefix=prefix))
    assert record.number and record.number.canonical == "12/TB-UBND" and record.number.symbol == "TB-UBND"
    assert record.issued_on and record.issued_on.iso == "2025-04-03"
    assert record.number.evidence.rule == "envelope.CodeNumber" and record.number.evidence.quote == "12"
    assert record.issuer and record.issuer.name.endswith("Đồng Kê") and record.issuer.evidence.rule.startswith("issuer")
    assert record.signatory and record.signatory.name == "Lương Văn Bền"
    assert [r.name for r in record.recipients] == ["Đảng ủy xã"]  # "N/A" is nobody
    assert [a.name for a in record.addressees] == ["Trạm Y tế xã Đồng Kê"]
    assert record.source.uri == "bytes/tb.txt" and len(record.tasks) == 2
    _cites(record)


def test_a_document_without_a_head_has_the_envelope_s() -> None:
    [record] = extract(package(("noi-dung.txt", BARE.encode())))
    assert record.doc_type and record.doc_type.code == "TB"
    assert record.issuer and (record.issuer.name, record.issuer.parent) == (
        "Ủy ban nhân dân xã Đồng Kê",
        "UBND tỉnh Sơn Giang",
    )
    assert record.subject and record.place and record.place.name == "Đồng Kê"
    assert not {"missing_number", "inferred_issuer"} & {w.code for w in record.warnings}
    _cites(record)


def _cites(record: Record) -> None:
    text = record.text or ""
    for value in (record.number, record.issuer, record.issued_on, record.subject, record.signatory, record.place):
        assert value is not None
        [span] = value.evidence.spans
        assert text[span.start : span.end] == value.evidence.quote
        assert span.page is None


def test_the_document_s_own_word_stands_against_the_envelope_s() -> None:
    printed = SIGNED.replace("Số:      /", "Số: 13/").replace("ngày     tháng 4", "ngày 05 tháng 4")
    [record] = extract(package(("tb.txt", printed.encode())))
    assert record.number and record.number.value == "13" and record.issued_on and record.issued_on.day == 5
    assert {"number_conflict", "date_conflict"} <= {w.code for w in record.warnings}
    agreeing = printed.replace("Số: 13/", "Số: 12/").replace("ngày 05", "ngày 03")
    [record] = extract(package(("tb.txt", agreeing.encode())))
    assert not {"number_conflict", "date_conflict"} & {w.code for w in record.warnings}


def test_a_party_number_keeps_its_joint() -> None:
    header = HEADER.replace("TB-UBND", "NQ/ĐU")
    [record] = extract(package(("nq.txt", BARE.encode()), header=header))
    assert record.number and record.number.canonical == "12-NQ/ĐU"
    [record] = extract(package(("nd.txt", BARE.encode()), header=HEADER.replace("TB-UBND", "2025/NĐ-CP")))
    assert record.number and (record.number.canonical, record.number.year) == ("12/2025/NĐ-CP", 2025)


def test_several_attachments_are_read_and_the_first_document_has_the_envelope() -> None:
    import io
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("7f3a.txt", BARE)
    workbook = (ROOT / "samples" / "notices" / "s05-cv-so-noi-vu.docx").read_bytes()
    records = extract(package(("a.zip", buffer.getvalue()), ("../../b.docx", workbook), ("hong.pdf", b"%PDF-1.4 x")))
    assert [r.source.uri for r in records] == ["bytes/a.zip/7f3a.txt", "bytes/b.docx"]
    assert [r.number and r.number.canonical for r in records] == ["12/TB-UBND", "1236/SNV-CCHC"]
    assert all("attachment_unread" in {w.code for w in r.warnings} for r in records)


def test_the_envelope_goes_to_the_notice_it_speaks_of() -> None:
    both = (ROOT / "samples" / "notices" / "s14-hai-van-ban.txt").read_bytes()
    header = HEADER.replace(">12<", ">62<").replace("2025/04/03", "2025/10/03")
    records = extract(package(("hai.txt", both), header=header))
    assert [len(r.addressees) for r in records] == [0, 1]
    assert not any("number_conflict" in {w.code for w in r.warnings} for r in records)


BOMB = b'<?xml version="1.0"?><!DOCTYPE edXML [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><edXML>&b;</edXML>'


@pytest.mark.parametrize("data", [BOMB, BOMB.decode().encode("utf-16"), package(("a.txt", BARE.encode()))[:-40]])
def test_broken_or_growing_xml_is_damaged(data: bytes) -> None:
    with pytest.raises(DamagedFileError):
        members_of(data, EDXML)


def test_an_envelope_without_a_document_is_empty() -> None:
    data = package()
    assert media_type_of(data) == EDXML
    with pytest.raises(EmptyInputError):
        extract(data)
    with pytest.raises(DamagedFileError):
        extract(
            data.replace(
                b"<AttachmentEncoded>",
                b"<AttachmentEncoded><Attachment><AttachmentName>a.pdf</AttachmentName><ContentTransferEncoded>*</ContentTransferEncoded></Attachment>",
            )
        )


def test_words_of_a_notice_open_no_element(hostile: Path) -> None:
    exported = export(hostile, "edxml")
    [path] = exported.written.paths
    XSD.assertValid(etree.parse(path))
    assert texts(path, "Subject") == ["+Các trường <script>alert(1)</script> báo cáo & tổng hợp"]
    assert "<script>" not in path.read_text(encoding="utf-8")
    # the file there is not the one that was read
    assert [(n.code, n.count) for n in exported.written.notes] == [("source_missing", 1)] and not texts(
        path, "Attachment"
    )


def test_sources_inside_bundles_are_attached(tmp_path: Path) -> None:
    import zipfile

    sources = tmp_path / "in"
    sources.mkdir()
    with zipfile.ZipFile(sources / "thu.zip", "w") as archive:
        archive.writestr("van-ban/tb.txt", SIGNED)
    out = tmp_path / "out"
    batch.write_report(out, list(batch.run(batch.find_jobs([sources]), out)))
    batch.write_sources(out, [sources])
    [path] = export(out, "edxml").written.paths
    assert path == out / "export" / "edxml" / "thu.zip" / "van-ban" / "tb.txt.edxml"
    [content] = texts(path, "ContentTransferEncoded")
    assert base64.b64decode(content).decode() == SIGNED


def test_codes_of_bodies_come_from_the_office_s_list(out: Path, records: list[Record], tmp_path: Path) -> None:
    record = next(r for r in records if r.issuer and r.number and r.number.value)
    assert record.issuer
    (tmp_path / "ma.csv").write_text(f"name,id\n{record.issuer.name.upper()},000.00.08.H99\n", encoding="utf-8-sig")
    export(out, "edxml", settings=Settings(organ_ids=read_organ_ids(tmp_path / "ma.csv")))
    path = written(out, record)
    assert texts(path, "OrganId")[0] == "000.00.08.H99"
    assert texts(path, "DocumentId")[0].startswith("000.00.08.H99,")
    (tmp_path / "sai.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    with pytest.raises(InputError):
        read_organ_ids(tmp_path / "sai.csv")
