"""What a file is, told by its content; names and extensions lie."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile

from vndirective.parsers import legacy
from vndirective.parsers.encoding import decode

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML = "text/html"
MARKDOWN = "text/markdown"
TEXT = "text/plain"
OLE = "application/x-ole-storage"  # none of the kinds below
DOC = "application/msword"
MSG = "application/vnd.ms-outlook"
RTF = "application/rtf"
ODT = "application/vnd.oasis.opendocument.text"
WORD_XML = "application/vnd.ms-word2003+xml"
MHTML = "multipart/related"
EML = "message/rfc822"
EDXML = "application/edxml+xml"  # of our own naming: the standard registers none
ZIP = "application/zip"
OTHER_ZIP = "application/x-zip-office"  # a workbook, a presentation
UNKNOWN = "application/octet-stream"
HEIC = "image/heic"

_IMAGES = (
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
)
PICTURES = frozenset({media_type for _, media_type in _IMAGES} | {"image/webp"})
_TAG = re.compile(r"<(?:!doctype html|html|head|body|div|table|p|article|span|meta)\b", re.IGNORECASE)
_WORD_XML = re.compile(r"<\?mso-application progid=\"Word.Document\"|<w:wordDocument\b")
_EDXML = re.compile(r"<(?:[\w.-]+:)?edXML(?:Envelope)?[\s>]")
_MAIL = re.compile(r"(?:[A-Za-z][A-Za-z0-9-]{1,40}: ?[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2,}")
_MARKDOWN = re.compile(r"^(?:#{1,6} \S|\*\*\S|```|\|.+\|\s*$)", re.MULTILINE)


def media_type_of(data: bytes) -> str:
    """IANA media type of the content; `UNKNOWN` for bytes that are no text and no known format."""
    head = data[:1024]
    if b"%PDF-" in head:
        return PDF
    if data.startswith(b"PK\x03\x04"):
        return _zip_type(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _ole_type(data)
    if data.lstrip()[:5] == b"{\\rtf":
        return RTF
    for magic, media_type in _IMAGES:
        if data.startswith(magic):
            return media_type
    if head[8:12] == b"WEBP" or head[4:12] in {b"ftypheic", b"ftypmif1", b"ftypheix"}:
        return "image/webp" if head[8:12] == b"WEBP" else HEIC
    return _text_type(data)


def _zip_type(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
            kind = package.read("mimetype")[:100] if "mimetype" in names else b""
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError, RuntimeError, zipfile.error):
        return DOCX if b"word/" in data[:4096] or b"[Content_Types].xml" in data[:4096] else ZIP
    if any(n.startswith("word/") for n in names):
        return DOCX
    if kind.startswith(ODT.encode()):
        return ODT
    return OTHER_ZIP if kind or "[Content_Types].xml" in names else ZIP


def _ole_type(data: bytes) -> str:
    """By the names of its streams, which stand in UTF-16 in the directory."""
    if "WordDocument".encode("utf-16-le") in data:
        return DOC
    return MSG if "__properties_version1.0".encode("utf-16-le") in data else OLE


def _text_type(data: bytes) -> str:
    text, encoding, _ = decode(data[:65536])
    low = b"\x00" if encoding in legacy.NAMES else bytes(range(9))  # VPS and VISCII have letters among them
    if not encoding.startswith("utf-16") and len(data[:65536].translate(None, bytes(low))) < len(data[:65536]):
        return UNKNOWN
    sample = text[:4096]
    # letters of old fonts, and of UTF-8 that was misread, stand where ISO 8859-1 has control characters
    old = encoding in legacy.NAMES or encoding == "utf-8"
    control = sum(
        sample.count(c)
        for c in set(sample)
        if (not old or c < "\x80") and unicodedata.category(c) in {"Cc", "Cn", "Co"} and not c.isspace()
    )
    if control > len(sample) // 50:
        return UNKNOWN
    if _WORD_XML.search(text[:2048]):
        return WORD_XML
    if _EDXML.search(text[:2048]):
        return EDXML
    if _MAIL.match(text):
        head = text[:16384].lower()
        by_browser = re.search(
            r"^from: <saved by", head, re.MULTILINE
        )  # Word writes no sender, browsers write themselves
        if "content-type: multipart/related" in head and (by_browser or "\nfrom:" not in f"\n{head[:2000]}"):
            return MHTML
        if re.search(r"^(?:from|to|subject|received|mime-version):", head, re.MULTILINE):
            return EML
    if len(_TAG.findall(text[:8192])) >= 2 or re.match(r"\s*<(?:!doctype html|html)\b", text, re.IGNORECASE):
        return HTML
    return MARKDOWN if _MARKDOWN.search(text) else TEXT
