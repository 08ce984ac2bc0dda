"""`vndirective merge`: what shards wrote, each to its own OUT, in one: records, corrections, failures, totals."""

from __future__ import annotations

import json
from collections.abc import Sequence

from vndirective.cluster.places import Place, place
from vndirective.errors import InputError

_FOLDERS = ("records", "corrections")
_AT_ONCE = 200


def merge(sources: Sequence[str], out: str) -> int:
    """Copy all to `out`; the number of records. InputError where two sources hold different records of one path, or a run of them did not end."""
    target = place(out)
    places = [place(s) for s in sources]
    totals: dict[str, int] = {}
    for source in places:
        content = source.read("run.json")
        if content is None:
            raise InputError(f"{source.url}/run.json")
        for name, count in json.loads(content).items():
            totals[name] = totals.get(name, 0) + int(count)
    origin: dict[str, Place] = {}
    for source in places:
        for name in (n for folder in _FOLDERS for n in source.names(folder) if n.endswith(".json")):
            if name in origin and origin[name].read(name) != source.read(name):
                raise InputError(f"{source.url}/{name} ≠ {origin[name].url}/{name}")
            origin.setdefault(name, source)
    for source in places:
        names = [n for n, s in origin.items() if s == source]
        for start in range(0, len(names), _AT_ONCE):
            contents = source.read_all(names[start : start + _AT_ONCE])
            target.write_all({n: c for n, c in contents.items() if c is not None})
    target.write("failures.jsonl", _joined_lines(places))
    target.write("run.json", (json.dumps(totals, indent=1) + "\n").encode("utf-8"))
    return sum(1 for n in origin if n.startswith("records/"))


def _joined_lines(places: Sequence[Place]) -> bytes:
    lines = [line for p in places for line in (p.read("failures.jsonl") or b"").splitlines()]
    return b"".join(line + b"\n" for line in sorted(lines, key=lambda line: str(json.loads(line)["uri"])))
