"""Keep samples as offices keep them: old Word, RTF, ODT, fonts from before Unicode, ZIP and e-mail.

    python samples/formats.py

s50 is saved in four formats; s51 and s52 are its old Word file in TCVN3 and VNI fonts; s54 is a ZIP and s55 an e-mail of other
samples; s57 is text in VNI. Needs LibreOffice, and viparse for the character maps.
"""

from __future__ import annotations

import io
import subprocess
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

from docx import Document
from docx.oxml.ns import qn
from docx.text.run import Run
from viparse.normalize.encodings import CHARMAPS

HERE = Path(__file__).resolve().parent
NOTICES = HERE / "notices"
FONTS = {"tcvn3": (".VnTime", ".VnTimeH"), "vni": ("VNI-Times", "VNI-Times")}
SAVED = "s50-kh-so-nong-nghiep"
AGED = {"s51-kh-tcvn3": "tcvn3", "s52-kh-vni": "vni"}
MAKER = "MS Word 97"
# of TCVN3 and VNI as typed: the map's own first choice for each letter
LETTERS = {name: {to: of for of, to in reversed(CHARMAPS[name].pairs)} for name in FONTS}
LETTERS["vni"] |= {"ẳ": "aú", "Ẳ": "AÚ", "Ẵ": "AÜ"}  # which the map leaves out


def encoded(text: str, encoding: str) -> str:
    """Unicode as an old font has it; letters that it lacks stay."""
    return "".join(LETTERS[encoding].get(c, c) for c in unicodedata.normalize("NFC", text))


def pieces(text: str, encoding: str) -> Iterator[tuple[str, str]]:
    """Text and font of each run: capitals with tone marks are small letters of TCVN3's capital font."""
    plain, capital = FONTS[encoding]
    known = LETTERS[encoding]
    start = 0
    high = [c.isupper() and c not in known and not c.isascii() for c in text]
    whole = text.isupper()
    for i in range(1, len(text) + 1):
        if i == len(text) or (not whole and high[i] != high[start]):
            piece = text[start:i]
            lowered = encoding == "tcvn3" and (whole or high[start])
            yield (encoded(piece.lower(), encoding), capital) if lowered else (encoded(piece, encoding), plain)
            start = i


def age(document: Document, encoding: str) -> None:
    """Set every run of a DOCX in an old font."""
    for paragraph in document.element.body.iter(qn("w:p")):
        for run in list(paragraph.iter(qn("w:r"))):
            text = Run(run, None).text
            if not text:
                continue
            for piece, font in pieces(text, encoding):
                copy = Run(run, None)._r.__copy__()
                run.addprevious(copy)
                new = Run(copy, None)
                new.text = piece
                fonts = copy.get_or_add_rPr().get_or_add_rFonts()
                for name in ("w:ascii", "w:hAnsi", "w:cs"):
                    fonts.set(qn(name), font)
            run.getparent().remove(run)


def converted(path: Path, suffix: str, folder: Path) -> Path:
    """A file saved by LibreOffice in another format, in `folder`."""
    maker = f"{suffix}:{MAKER}" if suffix == "doc" else suffix
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", maker]
    subprocess.run([*command, "--outdir", str(folder), str(path)], check=True, capture_output=True)
    return folder / f"{path.stem}.{suffix}"


def packed(names: dict[str, str]) -> bytes:
    """A ZIP of samples, under the names that a clerk gave them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, sample in names.items():
            entry = zipfile.ZipInfo(name, date_time=(2025, 11, 3, 8, 0, 0))
            package.writestr(entry, (NOTICES / sample).read_bytes(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def mail() -> bytes:
    message = EmailMessage()
    message["From"] = "Văn thư Sở Nội vụ <vanthu.snv@songiang.example>"
    message["To"] = "Văn thư các sở <vanthu@songiang.example>"
    message["Subject"] = "Gửi Công văn 1236/SNV-CCHC"
    message["Date"] = "Wed, 03 Dec 2025 15:40:00 +0700"
    message["Message-ID"] = "<1236@songiang.example>"
    message.set_content("Kính gửi các đồng chí văn thư,\n\nSở Nội vụ gửi công văn kèm theo.\nTrân trọng.\n")
    word = "vnd.openxmlformats-officedocument.wordprocessingml.document"
    message.add_attachment(
        (NOTICES / "s05-cv-so-noi-vu.docx").read_bytes(),
        maintype="application",
        subtype=word,
        filename="Công văn 1236.docx",
    )
    message.set_boundary("=-vndirective-sample")
    return message.as_bytes()


def main() -> None:
    typed = NOTICES / f"{SAVED}.docx"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for suffix in ("doc", "rtf", "odt"):
            (NOTICES / f"{SAVED}.{suffix}").write_bytes(converted(typed, suffix, folder).read_bytes())
        for stem, encoding in AGED.items():
            document = Document(str(typed))
            age(document, encoding)
            document.save(str(folder / f"{stem}.docx"))
            (NOTICES / f"{stem}.doc").write_bytes(converted(folder / f"{stem}.docx", "doc", folder).read_bytes())
    bundle = {"Thông báo 145.docx": "s01-tb-ubnd-huyen.docx", "cong dien/06.txt": "s08-cd-ubnd-tinh.txt"}
    (NOTICES / "s54-goi-van-ban.zip").write_bytes(packed(bundle))
    (NOTICES / "s55-thu-dien-tu.eml").write_bytes(mail())
    text = (HERE / "sources" / "s57-qd-vni.text").read_text(encoding="utf-8")
    (NOTICES / "s57-qd-vni.txt").write_bytes(encoded(text, "vni").encode("cp1252"))


if __name__ == "__main__":
    main()
