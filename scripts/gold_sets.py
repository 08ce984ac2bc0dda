"""The sets of notices with gold: our samples, and the shared notices where they stand beside the project."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from vndirective.evaluate.gold import GoldNotice, read_gold
from vndirective.evaluate.judged import JudgedValue, families_of, judged_values
from vndirective.evaluate.records import RecordSet, read_records, record_set
from vndirective.schema.record import Record

ROOT = Path(__file__).resolve().parent.parent
TYPED = ("seed", "rendered/docx", "rendered/pdf", "real/typed", "real/word")
SCANS = ("rendered/scan", "real/scan")
FIRST = "first readings"  # of samples whose gold no rule had seen: how right new notices are read
FIRST_READINGS = ROOT / "samples" / "first_readings.jsonl.gz"
KNOWN = 0.3
"""What a value of a notice that the rules were made with says, beside one that was read before any rule knew it."""


@dataclass(frozen=True, slots=True)
class GoldSet:
    name: str
    gold: list[GoldNotice]
    records: RecordSet


def folders(shared: Path) -> Iterator[tuple[str, Path]]:
    """Name and source folder of each set that is present."""
    yield "samples", ROOT / "samples" / "notices"
    for name in (*TYPED, *SCANS):
        if (shared / "notices" / name).is_dir() and (shared / "gold").is_dir():
            yield name, shared / "notices" / name


def gold_sets(shared: Path, records: Path) -> list[GoldSet]:
    """Sets with the records that `vndirective extract` wrote below `records/NAME`."""
    found = []
    for name, sources in folders(shared):
        gold = ROOT / "samples" / "gold" if name == "samples" else shared / "gold"
        found.append(GoldSet(name, read_gold(gold, sources), read_records(records / name)))
    return [*found, first_readings()]


def first_readings() -> GoldSet:
    """Records as they were read first, with the gold of these samples."""
    lines = gzip.decompress(FIRST_READINGS.read_bytes()).splitlines()
    records = [Record.model_validate_json(line) for line in lines]
    found = record_set(records)
    gold = read_gold(ROOT / "samples" / "gold", ROOT / "samples" / "notices")
    return GoldSet(FIRST, [n for n in gold if found.of(n)], found)


def all_values(sets: list[GoldSet]) -> list[tuple[str, JudgedValue]]:
    """Every judged value with the name of its set; the formats of one notice are one family over all sets."""
    families = families_of(list({n.id: n for s in sets for n in s.gold}.values()))
    return [
        (s.name, replace(value, share=1.0 if s.name == FIRST else KNOWN))
        for s in sets
        for value in judged_values(s.gold, s.records, families)
    ]


if __name__ == "__main__":  # for scripts/eval.sh: one "name<tab>folder" a line
    import sys

    for name, folder in folders(Path(sys.argv[1])):
        print(f"{name}\t{folder}")
