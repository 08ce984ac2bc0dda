"""Electronic signatures that a PDF holds: who signed and when, as the file says. No trust is checked or claimed."""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signed:
    """`signer` is the common name in the certificate, `time` the signer's own clock as "dd/mm/yyyy hh:mm:ss"."""

    signer: str
    time: str | None

    @property
    def text(self) -> str:
        """As signing programmes print it."""
        return f"Ký bởi: {self.signer}" + (f"; Thời gian ký: {self.time}" if self.time else "")


def signatures_of(data: bytes) -> list[Signed]:
    """Signatures in the order in which they were added; none where pyhanko is not installed or cannot read the file."""
    if b"/ByteRange" not in data:
        return []
    try:
        from pyhanko.pdf_utils.reader import PdfFileReader
    except ImportError:
        return []
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    found = []
    try:
        for signature in PdfFileReader(io.BytesIO(data), strict=False).embedded_regular_signatures:
            subject = signature.signer_cert.subject.native
            when = signature.self_reported_timestamp
            name = subject.get("common_name") or subject.get("organization_name")
            if isinstance(name, str):
                found.append(Signed(name, when.strftime("%d/%m/%Y %H:%M:%S") if when else None))
    except Exception:  # a damaged signature is no reason not to read the notice
        return found
    return found
