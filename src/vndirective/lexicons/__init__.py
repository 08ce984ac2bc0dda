"""Word lists and conventions, shipped as data and read when first asked for.

CSV files hold rows with a canonical form, variants and a source; TOML files hold glossed lists; TXT files one entry a
line. All are NFC.
"""

from __future__ import annotations

import csv
import io
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any

from vndirective.errors import LexiconError


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Rows of `NAME.csv` in file order; LexiconError where the file is missing, empty or not NFC."""
    reader = csv.DictReader(io.StringIO(_read(f"{name}.csv")))
    found = tuple({k: (v or "").strip() for k, v in row.items()} for row in reader)
    if not found:
        raise LexiconError(f"{name}.csv is empty")
    return found


@cache
def table(name: str) -> dict[str, Any]:
    """Content of `NAME.toml`; LexiconError where it is missing, broken or not NFC."""
    try:
        return tomllib.loads(_read(f"{name}.toml"))
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{name}.toml: {error}") from error


@cache
def lines(name: str) -> tuple[str, ...]:
    """Lines of `NAME.txt`, without remarks ("# …"); LexiconError where it is missing, empty or not NFC."""
    found = tuple(line.strip() for line in _read(f"{name}.txt").splitlines() if line.strip() and line[0] != "#")
    if not found:
        raise LexiconError(f"{name}.txt is empty")
    return found


def _read(filename: str) -> str:
    try:
        text = (files(__name__) / filename).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"{filename}: {error}") from error
    if not unicodedata.is_normalized("NFC", text):
        raise LexiconError(f"{filename} is not NFC")
    return text
