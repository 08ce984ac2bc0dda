"""`OUT/parquet/<table>/part-….parquet`: the tables of the export, in parts that are made from records.

Documents fall into buckets by a digest of their path; a bucket's part is named by what is in its records. So the same
set of records has the same parts whatever happened on the way, a part that is there is not made again, and over all
parts each row stands once. Records of the same content are taken once, as every export does: the one whose path comes first.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from vndirective.cluster.manifest import Entry, Kept
from vndirective.cluster.places import Place
from vndirective.errors import InputError, Lang
from vndirective.schema.record import Record

PER_PART = 5000  # documents
_READ = 200  # records read at a time
FOLDER = "parquet"


@dataclass(frozen=True, slots=True)
class Part:
    """A bucket's part: its name without the folder of the table, and the paths of its records."""

    name: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Twin:
    """A record that is left out because one of the same content is there."""

    path: str
    first: str


def plan(entries: Iterable[Entry], version: str) -> tuple[list[Part], list[Twin]]:
    """Which parts the tables are to have."""
    records = sorted((k for e in entries for k in e.records), key=lambda k: k.path)
    first: dict[str, str] = {}
    twins = []
    kept: list[Kept] = []
    for record in records:
        if first.setdefault(record.id, record.path) == record.path:
            kept.append(record)
        else:
            twins.append(Twin(record.path, first[record.id]))
    count = 1
    while len(kept) > PER_PART * count:
        count *= 2
    buckets: list[list[Kept]] = [[] for _ in range(count)]
    for record in kept:
        buckets[int(hashlib.sha256(record.path.encode("utf-8")).hexdigest()[:8], 16) % count].append(record)
    parts = []
    for number, bucket in enumerate(buckets):
        content = "\n".join([version, *(f"{k.path} {k.digest}" for k in bucket)])
        digest = hashlib.sha256(content.encode("utf-8")).hexdigest()[:12]
        parts.append(Part(f"part-{number:05}-{digest}.parquet", tuple(k.path for k in bucket)))
    return parts, twins


def wanting(parts: Sequence[Part], there: Sequence[str]) -> list[Part]:
    """Parts that are not there in every table."""
    from vndirective.export.register import TABLES

    known = frozenset(there)
    return [p for p in parts if any(f"{FOLDER}/{t.name}/{p.name}" not in known for t in TABLES)]


def build(place: Place, part: Part) -> str:
    """Write a part of all tables; a worker does. Its name."""
    import pyarrow.parquet as pq

    from vndirective.export.parquet import schema, table_batches
    from vndirective.export.register import TABLES

    streams = {t.name: io.BytesIO() for t in TABLES}
    with ExitStack() as stack:
        writers = {
            t.name: stack.enter_context(pq.ParquetWriter(streams[t.name], schema(t), compression="zstd"))
            for t in TABLES
        }
        for table, batch in table_batches(_records(place, part.paths)):
            writers[table.name].write_batch(batch)
    place.write_all({f"{FOLDER}/{name}/{part.name}": s.getvalue() for name, s in streams.items()})
    return part.name


def _records(place: Place, paths: Sequence[str]) -> Iterator[Record]:
    for start in range(0, len(paths), _READ):
        for path, content in place.read_all(paths[start : start + _READ]).items():
            if content is None:
                raise InputError(f"{place.url}/{path}")
            yield Record.model_validate_json(content)


def write_review(place: Place, entries: Iterable[Entry], twins: Sequence[Twin], lang: Lang) -> str | None:
    """The review table's rows of documents that gave no record; the name of the part, None for none."""
    import pyarrow.parquet as pq

    from vndirective.export.collection import Failure, LeftOut
    from vndirective.export.left_out import rows_of_lists
    from vndirective.export.parquet import review_batch, schema
    from vndirective.export.register import REVIEW

    failed = sorted((f for e in entries for f in e.failures), key=lambda f: f.uri)
    failures = [
        Failure(
            f.uri,
            {"vi": f.error.message("vi"), "en": f.error.message("en")},
            {"vi": f.error.next_step("vi"), "en": f.error.next_step("en")},
        )
        for f in failed
    ]
    rows = list(rows_of_lists(failures, [LeftOut(t.path, "same_file", t.first) for t in twins], lang))
    if not rows:
        return None
    stream = io.BytesIO()
    with pq.ParquetWriter(stream, schema(REVIEW), compression="zstd") as writer:
        writer.write_batch(review_batch(rows))
    name = f"part-left-out-{hashlib.sha256(stream.getvalue()).hexdigest()[:12]}.parquet"
    place.write(f"{FOLDER}/{REVIEW.name}/{name}", stream.getvalue())
    return name
