"""ZIP, e-mail and Outlook messages: every attachment is read, within limits, and nothing is lost silently."""

from __future__ import annotations

import io
import json
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from parsers.compound import Tree, compound
from samples import NO_OFFICE, ROOT
from vndirective import batch
from vndirective.errors import DamagedFileError, EmptyInputError, EncryptedFileError, LimitError, VndirectiveError
from vndirective.parsers import bundle, sniff
from vndirective.pipeline import read_document

NOTICES = ROOT / "samples" / "notices"
TXT = (NOTICES / "s08-cd-ubnd-tinh.txt").read_bytes()
DOCX = (NOTICES / "s05-cv-so-noi-vu.docx").read_bytes()
DOC = (NOTICES / "s50-kh-so-nong-nghiep.doc").read_bytes()


def packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(name, data)
    return out.getvalue()


def mail(files: dict[str, bytes], text: str = "Kính gửi các đồng chí.") -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@b.example", "c@d.example", "Gửi văn bản"
    message.set_content(text)
    for name, data in files.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def message(files: dict[str, bytes | Tree], text: str = "") -> Tree:
    """An Outlook message: properties of text in UTF-16, attachments by value or as messages within."""
    tree: dict[str, bytes | Tree] = {"__properties_version1.0": b"\0" * 32}
    if text:
        tree["__substg1.0_1000001F"] = text.encode("utf-16-le")
    for number, (name, content) in enumerate(files.items()):
        value = "__substg1.0_37010102" if isinstance(content, bytes) else "__substg1.0_3701000D"
        named = {"__substg1.0_3707001F": name.encode("utf-16-le"), value: content}
        tree[f"__attach_version1.0_#{number:08X}"] = {k: v for k, v in named.items() if v}
    return tree


def names(data: bytes, kind: str) -> list[str]:
    assert sniff.media_type_of(data) == kind
    return [m.name for m in bundle.members_of(data, kind)]


def errors(data: bytes, kind: str) -> dict[str, type[VndirectiveError]]:
    return {m.name: type(m.error) for m in bundle.members_of(data, kind) if m.error is not None}


# --- what is found ------------------------------------------------------------------------------------------------------


def test_bundles_within_bundles_are_one_tree() -> None:
    inner = packed({"công điện.txt": TXT})
    data = packed({"a/trong.zip": inner, "thư.eml": mail({"cv.docx": DOCX, "lại.zip": inner}), "__MACOSX/x": b"x"})
    assert names(data, sniff.ZIP) == ["a/trong.zip/công điện.txt", "thư.eml/cv.docx", "thư.eml/lại.zip/công điện.txt"]
    records = read_document(data, uri="gửi.zip")
    assert [r.source.uri for r in records] == [f"gửi.zip/{n}" for n in names(data, sniff.ZIP)]
    assert [r.doc_type and r.doc_type.code for r in records] == ["CĐ", "CV", "CĐ"]


def test_names_in_utf8_that_do_not_say_so() -> None:
    data = packed({"công văn.txt": TXT})
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.index(mark) + at + 1
        data = data[:place] + bytes([data[place] & ~0x08]) + data[place + 1 :]
    assert names(data, sniff.ZIP) == ["công văn.txt"]


def test_outlook_messages_and_messages_within() -> None:
    tree = message(
        {"công văn.docx": DOCX, "chuyển tiếp": message({"công điện.txt": TXT + b" " * 4096}), "mất.doc": b""}
    )
    data = compound(tree)
    assert names(data, sniff.MSG) == ["công văn.docx", "chuyển tiếp/công điện.txt", "mất.doc"]
    assert errors(data, sniff.MSG) == {"mất.doc": DamagedFileError}
    records = read_document(data, uri="thư.msg")
    assert [r.source.uri for r in records] == ["thư.msg/công văn.docx", "thư.msg/chuyển tiếp/công điện.txt"]
    said = [w.message for r in records for w in r.warnings if w.code == "attachment_unread"]
    assert len(said) == 2 and all(m.endswith("(mất.doc)") for m in said)


def test_a_mail_without_attachments_may_be_the_notice() -> None:
    said = "Đề nghị các thôn báo cáo trước ngày 05/6/2025."
    for data in (mail({}, said), compound(message({}, said))):
        [record] = read_document(data, uri="thư")
        assert record.source.uri == "thư/noi-dung.txt"
        assert [d.end for t in record.tasks for d in t.deadlines] == ["2025-06-05"]


def test_pictures_of_a_signature_are_no_attachments() -> None:
    one = EmailMessage()
    one["From"], one["To"], one["Subject"] = "a@b.example", "c@d.example", "Gửi"
    one.set_content('<p>Gửi <img src="cid:logo"></p>', subtype="html")
    one.add_related(b"\x89PNG\r\n" + bytes(100), maintype="image", subtype="png", cid="<logo>", filename="logo.png")
    one.make_mixed()
    one.add_attachment(TXT, maintype="text", subtype="plain", filename="06.txt")
    assert names(one.as_bytes(), sniff.EML) == ["06.txt"]


# --- what is written ----------------------------------------------------------------------------------------------------


@pytest.mark.skipif(bool(NO_OFFICE), reason=NO_OFFICE or "LibreOffice is here")
def test_records_of_members_lie_below_their_bundle_and_failures_are_listed(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    attached = {"Công văn 1236.docx": DOCX, "KH 41.doc": DOC, "cut.docx": DOCX[:300], "rỗng.txt": b" "}
    (folder / "thư.eml").write_bytes(mail(attached))
    (folder / "hai.zip").write_bytes(packed({"a.txt": TXT, "b/a.txt": TXT}))
    outcomes = list(batch.run(batch.find_jobs([folder]), tmp_path / "out"))
    report = batch.write_report(tmp_path / "out", outcomes)
    records = tmp_path / "out" / "records"
    written = sorted(p.relative_to(records).as_posix() for p in records.rglob("*") if p.is_file())
    assert written == [
        "hai.zip/a.txt.json",
        "hai.zip/b/a.txt.json",
        "thư.eml/Công văn 1236.docx.json",
        "thư.eml/KH 41.doc.json",
    ]
    for path in written:
        record = json.loads((records / path).read_text(encoding="utf-8"))
        assert record["source"]["uri"] == path.removesuffix(".json")
    failures = [json.loads(x) for x in (tmp_path / "out" / "failures.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(f["uri"], f["code"]) for f in failures] == [("thư.eml/cut.docx", "damaged"), ("thư.eml/rỗng.txt", "empty")]
    assert report.exit_code == 1


def test_two_members_of_one_name_are_both_kept() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("a.txt", TXT)
        with pytest.warns(UserWarning, match="Duplicate"):
            package.writestr("a.txt", DOCX)
    assert names(out.getvalue(), sniff.ZIP) == ["a.txt", "a.txt (2)"]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/cron.d/x.txt", "etc/cron.d/x.txt"),
        ("..\\..\\a\\b.doc", "a/b.doc"),
        ("C:\\Users\\x.doc", "C_/Users/x.doc"),
        ("...", "_"),
        ("a\x1f|b?.txt", "a__b_.txt"),
        ("ủ" * 200 + ".docx", "ủ" * 53 + ".docx"),
    ],
)
def test_names_stay_within_the_folder_and_what_file_systems_take(name: str, safe: str, tmp_path: Path) -> None:
    data = mail({name: TXT})
    assert names(data, sniff.EML) == [safe]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "x.eml").write_bytes(data)
    list(batch.run(batch.find_jobs([tmp_path / "in"]), tmp_path / "out"))
    assert [p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*.json")] == [f"out/records/x.eml/{safe}.json"]


# --- what is kept out ---------------------------------------------------------------------------------------------------


def test_a_member_with_a_password_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    data = bytearray(packed({"kín.txt": TXT, "mở.txt": TXT}))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        at = data.index(mark) + (6 if mark.endswith(b"\x04") else 8)
        data[at] |= 1
    assert errors(bytes(data), sniff.ZIP) == {"kín.txt": EncryptedFileError}
    [record] = read_document(bytes(data), uri="x.zip")
    assert record.source.uri == "x.zip/mở.txt" and "attachment_unread" in {w.code for w in record.warnings}
    (tmp_path / "x.zip").write_bytes(data)
    outcomes = list(batch.run(batch.find_jobs([tmp_path / "x.zip"]), tmp_path / "out"))
    assert [(o.job.uri, o.error and o.error.code) for o in outcomes] == [
        ("x.zip/kín.txt", "encrypted"),
        ("x.zip/mở.txt", None),
    ]


def test_one_member_that_unpacks_a_thousandfold() -> None:
    data = packed({"bom.txt": bytes(30 * 2**20), "a.txt": TXT})
    assert errors(data, sniff.ZIP) == {"bom.txt": LimitError}
    assert len(read_document(data, uri="x.zip")) == 1


def test_too_many_members_too_many_bytes_too_many_levels(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    many = packed({f"{i}.txt": b"x" for i in range(bundle.MAX_MEMBERS + 1)})
    with pytest.raises(LimitError):
        bundle.members_of(many, sniff.ZIP)
    (tmp_path / "many.zip").write_bytes(many)
    [outcome] = batch.run(batch.find_jobs([tmp_path]), tmp_path / "out")
    assert outcome.error is not None and outcome.error.code == "limit"
    deep = packed({"a.txt": TXT})
    for _ in range(bundle.MAX_DEPTH + 5):
        deep = packed({"z.zip": deep})
    assert errors(deep, sniff.ZIP) == {"z.zip/" * (bundle.MAX_DEPTH - 1) + "z.zip": LimitError}
    within: Tree = message({"a.txt": TXT})
    for _ in range(bundle.MAX_DEPTH + 2):
        within = message({"thư": within})
    assert list(errors(compound(within), sniff.MSG).values()) == [LimitError]
    monkeypatch.setattr(bundle, "MAX_BYTES", 5 * len(TXT))
    with pytest.raises(LimitError):
        bundle.members_of(packed({f"{i}.txt": TXT for i in range(6)}), sniff.ZIP)
    with pytest.raises(LimitError):
        bundle.members_of(mail({f"{i}.txt": TXT for i in range(6)}), sniff.EML)


def test_a_mail_of_endless_parts() -> None:
    head = "From: a@b.example\nTo: c@d.example\nSubject: x\nMIME-Version: 1.0\n"
    parts = "".join(f'Content-Type: multipart/mixed; boundary="b{i}"\n\n--b{i}\n' for i in range(3000))
    with pytest.raises((LimitError, EmptyInputError)):
        read_document((head + parts).encode(), uri="x.eml")


def test_a_bundle_that_is_broken_or_empty() -> None:
    whole = packed({"a.txt": TXT})
    for data, kind in ((whole[:-30], sniff.ZIP), (b"\xd0\xcf\x11\xe0" + bytes(600), sniff.MSG)):
        with pytest.raises(DamagedFileError):
            bundle.members_of(data, kind)
    with pytest.raises(EmptyInputError):
        read_document(packed({"thư mục/": b""}), uri="x.zip")
    with pytest.raises(DamagedFileError):  # nothing in it could be read: the first error is the bundle's
        read_document(packed({"cut.docx": DOCX[:300]}), uri="x.zip")
