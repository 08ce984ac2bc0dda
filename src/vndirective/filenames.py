"""File names that a file system takes, and that stay below the folder they are meant for."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePosixPath

MAX_BYTES = 255  # of one name, on ext4, NTFS (in UTF-16) and APFS alike
_UNSAFE = re.compile(r"[\x00-\x1f\x7f<>:\"|?*]")


def fitted(name: str, suffix: str = "", limit: int = MAX_BYTES) -> str:
    """`name` + `suffix`; where that is over `limit` bytes, the name is cut and told apart by a digest of the whole."""
    if len((name + suffix).encode("utf-8", "surrogateescape")) <= limit:
        return name + suffix
    mark = f"~{hashlib.sha256(name.encode('utf-8', 'surrogateescape')).hexdigest()[:8]}"
    room = limit - len((mark + suffix).encode("utf-8"))
    cut = name.encode("utf-8", "surrogateescape")[:room].decode("utf-8", "ignore")
    return f"{cut.rstrip('. ')}{mark}{suffix}"


def relative_below(uri: str, suffix: str = "") -> PurePosixPath:
    """A relative path from what a record calls its source: no "..", no root, no name that a file system refuses.

    "../../etc/passwd" → "etc/passwd", "C:\\a?.doc" → "C_/a_.doc".
    """
    parts = [_UNSAFE.sub("_", part).rstrip(". ") for part in uri.replace("\\", "/").split("/")]
    kept = [part for part in parts if part.strip(". ")] or ["_"]
    return PurePosixPath(*map(fitted, kept[:-1]), fitted(kept[-1], suffix))
