"""Files that carry files: ZIP, e-mail (EML), Outlook messages (MSG), edXML; walked within limits, nothing written to disk.

    bytes ─▶ members (name, bytes), in their order ─▶ each read as a file of its own, bundles within bundles too

What cannot be taken out is a member with its error, so that the others are read and nothing is lost silently.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from vndirective.errors import DamagedFileError, EncryptedFileError, LimitError, VndirectiveError
from vndirective.parsers import sniff

MAX_DEPTH = 3  # bundles within bundles
MAX_MEMBERS = 1000
MAX_BYTES = 512 * 1024**2  # unpacked, all members together
_MAX_RATIO = 200  # unpacked to packed, of one member of a megabyte and more
_UNSAFE = re.compile(r"[\x00-\x1f<>:\"|?*]")
_VALUE, _MESSAGE = "__substg1.0_37010102", "__substg1.0_3701000D"  # of an attachment in an Outlook message
_LEFT_OUT = ("__MACOSX/", ".DS_Store", "Thumbs.db")
_NAME_BYTES = 160  # of one part of a path, in UTF-8; file systems take 255, and a suffix is to come
_SMALL_PICTURE = 60_000  # bytes; logos and signatures of mails
KINDS = frozenset({sniff.ZIP, sniff.EML, sniff.MSG, sniff.EDXML})


@dataclass(frozen=True, slots=True)
class Member:
    """A file within a bundle; `name` is a safe relative path. Either `data` or the `error` that kept it inside.

    `envelope` holds what the bundle says of the document in it (edXML's header).
    """

    name: str
    data: bytes = b""
    error: VndirectiveError | None = None
    envelope: tuple[str, ...] = ()


def members_of(data: bytes, media_type: str) -> list[Member]:
    """Every file inside, bundles within unpacked too. Raises DamagedFileError, LimitError (for the bundle as a whole)."""
    budget = _Budget()
    found = list(_walk(data, media_type, "", 1, budget))
    names: dict[str, int] = {}
    unique = []
    for member in found:
        names[member.name] = names.get(member.name, 0) + 1
        same = names[member.name]
        unique.append(member if same == 1 else replace(member, name=f"{member.name} ({same})"))
    return unique


class _Budget:
    """What may still be unpacked, over all levels."""

    def __init__(self) -> None:
        self.members, self.bytes = MAX_MEMBERS, MAX_BYTES

    def open(self) -> None:
        self.members -= 1
        if self.members < 0:
            raise LimitError(f"> {MAX_MEMBERS} members")

    def take(self, size: int) -> None:
        self.bytes -= size
        if self.bytes < 0:
            raise LimitError(f"> {MAX_BYTES // 2**20} MB")


def _walk(data: bytes, media_type: str, above: str, depth: int, budget: _Budget) -> Iterator[Member]:
    if depth > MAX_DEPTH:
        yield Member(above.rstrip("/"), error=LimitError(f"> {MAX_DEPTH} levels"))
        return
    inside = {sniff.ZIP: _zip, sniff.EML: _mail, sniff.MSG: _outlook, sniff.EDXML: _edxml}[media_type]
    for member in inside(data, budget):
        name = above + member.name
        kind = sniff.media_type_of(member.data) if member.data else ""
        if kind in KINDS:
            try:
                envelope = member.envelope
                for within in _walk(member.data, kind, f"{name}/", depth + 1, budget):
                    yield within if within.envelope else replace(within, envelope=envelope)
                    envelope = ()  # it speaks of one document
            except VndirectiveError as error:
                yield Member(name, error=error)
        else:
            yield replace(member, name=name)


def _zip(data: bytes, budget: _Budget) -> Iterator[Member]:
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError) as error:
        raise DamagedFileError("ZIP") from error
    with package:
        for item in package.infolist():
            name = _safe(_zip_name(item))
            if item.is_dir() or name.startswith(_LEFT_OUT) or name.endswith(_LEFT_OUT):
                continue
            budget.open()
            if item.flag_bits & 1:
                yield Member(name, error=EncryptedFileError("ZIP"))
                continue
            if item.file_size > 2**20 and item.file_size > _MAX_RATIO * max(1, item.compress_size):
                yield Member(name, error=LimitError(f"{item.file_size // 2**20} MB / {item.compress_size} B"))
                continue
            budget.take(item.file_size)
            try:
                with package.open(item) as stream:  # the size stated may be a lie: no more than that is read
                    yield Member(name, stream.read(item.file_size))
            except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
                yield Member(name, error=DamagedFileError(type(error).__name__))


def _zip_name(item: zipfile.ZipInfo) -> str:
    """Names without the UTF-8 mark are in whatever the packer's system used; Vietnamese ones mostly UTF-8 all the same."""
    if item.flag_bits & 0x800:
        return item.filename
    try:
        return item.filename.encode("cp437").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return item.filename


def _mail(data: bytes, budget: _Budget) -> Iterator[Member]:
    try:
        message = message_from_bytes(data, policy=policy.default)
        parts = list(message.walk())
    except RecursionError as error:
        raise LimitError("EML") from error
    attached = 0
    for part in parts:
        if not isinstance(part, EmailMessage) or part.is_multipart():
            continue
        name = part.get_filename()
        if name is None and part.get_content_disposition() != "attachment":
            continue
        content = _content(part)
        if part.get_content_maintype() == "image" and part.get("Content-ID") and len(content) < _SMALL_PICTURE:
            continue
        budget.open()
        budget.take(len(content))
        attached += 1
        yield Member(_safe(name or f"{attached}"), content)
    body = None if attached else message.get_body(("plain", "html"))
    if isinstance(body, EmailMessage):  # a mail without attachments may itself be the notice
        yield Member("noi-dung.html" if body.get_content_subtype() == "html" else "noi-dung.txt", _content(body))


def _content(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return b""
    if part.get_content_maintype() == "text" and part.get_filename() is None:
        try:
            return content.decode(part.get_content_charset() or "utf-8").encode("utf-8")
        except (LookupError, UnicodeDecodeError):
            return content
    return content


def _outlook(data: bytes, budget: _Budget) -> Iterator[Member]:
    """Attachments of a message ([MS-OXMSG] 2.2.2, 2.4): by value, or a message within."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            yield from _messages(ole, "", "", budget)
    except (OSError, ValueError, IndexError, struct.error) as error:
        raise DamagedFileError("MSG") from error


def _edxml(data: bytes, budget: _Budget) -> Iterator[Member]:
    """Attachments; the envelope goes with the first that can be a document (annexes are often workbooks)."""
    from vndirective.parsers.edxml import read_package

    package = read_package(data)
    envelope = package.envelope
    for attachment in package.attachments:
        name = _safe(attachment.name)
        if not attachment.data:
            yield Member(name, error=DamagedFileError("base64"))
            continue
        budget.take(len(attachment.data))
        document = sniff.media_type_of(attachment.data) not in {sniff.OTHER_ZIP, sniff.OLE, sniff.UNKNOWN}
        yield Member(name, attachment.data, envelope=envelope if document else ())
        envelope = () if document else envelope


def _messages(ole: Any, folder: str, above: str, budget: _Budget) -> Iterator[Member]:
    """Attachments of the message in a folder of the compound file, those of messages within it too."""
    if folder.count(_MESSAGE) >= MAX_DEPTH:
        yield Member(above.rstrip("/"), error=LimitError(f"> {MAX_DEPTH} levels"))
        return
    depth = folder.count("/")
    paths = ["/".join(e) + "/" for e in ole.listdir()]
    attached = sorted({p.split("/")[depth] for p in paths if p.startswith(f"{folder}__attach_version1.0_")})
    for number, name in enumerate(attached, start=1):
        place = f"{folder}{name}/"
        called = above + _safe(
            _text(ole, place, "3707") or _text(ole, place, "3704") or _text(ole, place, "3001") or f"{number}"
        )
        budget.open()
        if ole.exists(f"{place}{_VALUE}"):
            content = ole.openstream(f"{place}{_VALUE}").read()
            budget.take(len(content))
            yield Member(called, content)
        elif ole.exists(f"{place}{_MESSAGE}"):
            yield from _messages(ole, f"{place}{_MESSAGE}/", f"{called}/", budget)
        else:
            yield Member(called, error=DamagedFileError("MSG"))
    body = "" if attached else _text(ole, folder, "1000")
    if body:  # a mail without attachments may itself be the notice
        yield Member(f"{above}noi-dung.txt", body.encode("utf-8"))


def _text(ole: Any, folder: str, tag: str) -> str:
    """A property of text, in UTF-16 or the sender's code page."""
    for kind, encoding in (("001F", "utf-16-le"), ("001E", "cp1258")):
        path = f"{folder}__substg1.0_{tag}{kind}"
        if ole.exists(path):
            return str(ole.openstream(path).read().decode(encoding, errors="replace")).rstrip("\0")
    return ""


def _safe(name: str) -> str:
    """A relative path that leaves no folder: "../a\\b.doc" → "a/b.doc"."""
    parts = [_short(_UNSAFE.sub("_", p).strip(". ")) for p in name.replace("\\", "/").split("/")]
    return "/".join(p for p in parts if p) or "_"


def _short(name: str) -> str:
    """A name that file systems take, its suffix kept."""
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix) > 8:
        stem, dot, suffix = name, "", ""
    encoded = stem.encode("utf-8", errors="replace")
    return encoded[:_NAME_BYTES].decode("utf-8", errors="ignore") + dot + suffix
