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

from vndirective.errors import DamagedFileError, EncryptedFileError, LimitError, VndirectiveError
from vndirective.parsers import sniff

MAX_DEPTH = 3  # bundles within bundles
MAX_MEMBERS = 1000
MAX_BYTES = 1024**3  # unpacked, all members together
_MAX_RATIO = 200  # unpacked to packed, of one member of a megabyte and more
_UNSAFE = re.compile(r"[\x00-\x1f<>:\"|?*]")
_LEFT_OUT = ("__MACOSX/", ".DS_Store", "Thumbs.db")
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

    def take(self, size: int) -> None:
        self.members -= 1
        self.bytes -= size
        if self.members < 0:
            raise LimitError(f"> {MAX_MEMBERS} members")
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
    message = message_from_bytes(data, policy=policy.default)
    attached = 0
    for part in message.walk():
        if not isinstance(part, EmailMessage) or part.is_multipart():
            continue
        name = part.get_filename()
        if name is None and part.get_content_disposition() != "attachment":
            continue
        content = _content(part)
        if part.get_content_maintype() == "image" and part.get("Content-ID") and len(content) < _SMALL_PICTURE:
            continue
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
            folders = sorted({e[0] for e in ole.listdir() if e[0].startswith("__attach_version1.0_")})
            for number, folder in enumerate(folders, start=1):
                value = f"{folder}/__substg1.0_37010102"
                if not ole.exists(value):
                    yield Member(f"{number}", error=DamagedFileError("MSG"))
                    continue
                content = ole.openstream(value).read()
                budget.take(len(content))
                yield Member(_safe(_text(ole, folder, "3707") or _text(ole, folder, "3704") or f"{number}"), content)
            body = "" if folders else _text(ole, "", "1000")
            if body:
                yield Member("noi-dung.txt", body.encode("utf-8"))
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


def _text(ole: object, folder: str, tag: str) -> str:
    """A property of text, in UTF-16 or the sender's code page."""
    for kind, encoding in (("001F", "utf-16-le"), ("001E", "cp1258")):
        path = f"{folder}/__substg1.0_{tag}{kind}".lstrip("/")
        if ole.exists(path):  # type: ignore[attr-defined]
            return str(ole.openstream(path).read().decode(encoding, errors="replace")).rstrip("\0")  # type: ignore[attr-defined]
    return ""


def _safe(name: str) -> str:
    """A relative path that leaves no folder: "../a\\b.doc" → "a/b.doc"."""
    parts = [_UNSAFE.sub("_", p).strip(". ")[:120] for p in name.replace("\\", "/").split("/")]
    return "/".join(p for p in parts if p) or "_"
