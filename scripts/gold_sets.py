"""The sets of notices with gold: our samples, and the shared notices where they stand beside the project."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from learning import lessons, taggers

from vndirective.evaluate.fitting import folds
from vndirective.evaluate.gold import GoldNotice, read_gold
from vndirective.evaluate.judged import JudgedValue, families_of, judged_values
from vndirective.evaluate.records import RecordSet, read_records, record_set
from vndirective.schema.record import Record

ROOT = Path(__file__).resolve().parent.parent
TYPED = ("seed", "rendered/docx", "rendered/pdf", "real/typed", "real/word")
SCANS = ("rendered/scan", "real/scan")
FIRST = "first readings"  # of samples whose gold no rule had seen: how right new notices are read
FIRST_READINGS = ROOT / "samples" / "first_readings"
EARLY = ("s020-s047", "s060-s073")  # read by the program as it was in its first days
SHARES = {"early": 0.5, "known": 0.3}
"""What a value says beside one of a first reading of today's program: of a first reading long ago, of a notice the rules were made with."""


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
    return [*found, *first_readings()]


def first_readings() -> Iterator[GoldSet]:
    """Records as they were read first, with the gold of these samples: a set for each time that new ones were written."""
    gold = read_gold(ROOT / "samples" / "gold", ROOT / "samples" / "notices")
    for file in sorted(FIRST_READINGS.glob("*.jsonl.gz")):
        lines = gzip.decompress(file.read_bytes()).splitlines()
        found = record_set([Record.model_validate_json(line) for line in lines])
        name = file.name.removesuffix(".jsonl.gz")
        yield GoldSet(f"{FIRST} {name}", [n for n in gold if found.of(n)], found)


def is_first(name: str) -> bool:
    """Whether a set is a first reading of about today's program."""
    return name.startswith(FIRST) and not name.endswith(EARLY)


def all_values(sets: list[GoldSet]) -> list[tuple[str, JudgedValue]]:
    """Every judged value with the name of its set; the formats of one notice are one family over all sets.

    What the second reading makes of a value comes from a tagger that has learnt from the samples of other families.
    """
    families = families_of(list({n.id: n for s in sets for n in s.gold}.values()))
    part = folds(set(families.values()))
    taught = [lesson for s in sets if s.name == "samples" for lesson in lessons(s.gold, s.records, families)]
    tagger_for = taggers(taught, part)
    return [
        (s.name, replace(value, share=_share(s.name)))
        for s in sets
        for value in judged_values(s.gold, s.records, families, tagger_for)
    ]


def _share(name: str) -> float:
    return 1.0 if is_first(name) else SHARES["early" if name.startswith(FIRST) else "known"]


if __name__ == "__main__":  # for scripts/eval.sh: one "name<tab>folder" a line
    import sys

    for name, folder in folders(Path(sys.argv[1])):
        print(f"{name}\t{folder}")
