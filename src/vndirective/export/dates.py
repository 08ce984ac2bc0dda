"""Dates as Vietnamese offices print them."""

from __future__ import annotations

from vndirective.errors import Lang


def printed_date(iso: str, lang: Lang) -> str:
    """ "2024-09-05" → "05/9/2024" in Vietnamese (Nghị định 30/2020: months from 3 on without a zero), ISO in English.

    Less precise dates keep their precision: "2024-09" → "9/2024".
    """
    if lang != "vi":
        return iso
    year, *rest = iso.split("-")
    if not rest:
        return year
    month = rest[0] if rest[0] in {"01", "02"} else rest[0].lstrip("0")
    return "/".join([*rest[1:], month, year])
