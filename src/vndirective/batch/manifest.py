"""`OUT/manifest.sqlite`: what every run knows of every file, so that the next one does only what is left to do.

    files     a row a file: size, time, digest, what it was read with, state, attempts, seconds, `same_as` for a copy
    records   a row a record: what the totals and the tables at the end are made of
    failures  a row a failure: a line of `failures.jsonl`

Only the run writes here, workers never do. A row stands once its records are written, so what a run that was killed had
in hand is read again by the next.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from vndirective.batch.finding import Job
from vndirective.batch.outcomes import Outcome
from vndirective.batch.writing import failure_row
from vndirective.errors import DamagedFileError, OutputError, WorkerError

NAME = "manifest.sqlite"
State = Literal["done", "failed", "quarantined"]
_FORM = "1"
_EVERY = 0.5  # seconds between two commits
_TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (
    uri TEXT PRIMARY KEY, path TEXT NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, sha256 TEXT,
    made_with TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL, seconds REAL NOT NULL,
    same_as TEXT, finished_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS records (
    uri TEXT, part INTEGER, file TEXT NOT NULL, doc_type TEXT, number TEXT, issued_on TEXT, issuer TEXT,
    tasks INTEGER NOT NULL, deadlines INTEGER NOT NULL, targets INTEGER NOT NULL, warnings TEXT NOT NULL,
    PRIMARY KEY (uri, part)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS failures (uri TEXT PRIMARY KEY, file TEXT NOT NULL, code TEXT NOT NULL, row TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS files_sha256 ON files (sha256);
CREATE INDEX IF NOT EXISTS files_size ON files (size);
CREATE INDEX IF NOT EXISTS records_file ON records (file);
CREATE INDEX IF NOT EXISTS failures_file ON failures (file);
"""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a file."""

    size: int
    mtime_ns: int
    sha256: str | None
    made_with: str
    state: State
    attempts: int


@dataclass(frozen=True, slots=True)
class Finished:
    """What became of a file in this run. `attempts` counts the readings that ended their process, this one included."""

    job: Job
    outcomes: tuple[Outcome, ...]
    sha256: str | None
    seconds: float
    attempts: int = 1
    same_as: str | None = None

    @property
    def state(self) -> State:
        errors = [o.error for o in self.outcomes if o.error is not None]
        if any(isinstance(error, WorkerError) for error in errors):
            return "quarantined"
        return "failed" if errors else "done"


@dataclass(frozen=True, slots=True)
class Sums:
    """Of some files: as `totals`, and the exit codes of their failures."""

    files: int
    records: int
    tasks: int
    failures: int
    exit_codes: Counter[int]


class Manifest:
    """Use as a context manager. OutputError where it cannot be written, DamagedFileError where it is no manifest of ours."""

    def __init__(self, out: Path, *, read_only: bool = False) -> None:
        self.path = out / NAME
        self._committed = time.monotonic()
        try:
            if read_only:
                self._base = sqlite3.connect(f"{self.path.resolve().as_uri()}?mode=ro", uri=True)
                self._check_form()
                return
            out.mkdir(parents=True, exist_ok=True)
            self._base = sqlite3.connect(self.path, isolation_level=None)
            with suppress(sqlite3.OperationalError):  # a file system without shared memory: the rollback journal does
                self._base.execute("PRAGMA journal_mode = WAL")
            self._base.execute("PRAGMA synchronous = NORMAL")
            self._base.executescript(_TABLES)
            self._base.execute("INSERT OR IGNORE INTO meta VALUES ('form', ?)", (_FORM,))
            self._check_form()
            self._base.execute("BEGIN")
        except sqlite3.DatabaseError as error:
            raise self._error(error) from error
        except OSError as error:
            raise OutputError(f"{out}: {error.strerror}") from error

    def _check_form(self) -> None:
        row = self._base.execute("SELECT value FROM meta WHERE key = 'form'").fetchone()
        if row is None or row[0] != _FORM:
            raise DamagedFileError(f"{self.path}: form {row and row[0]}")

    def _error(self, error: sqlite3.DatabaseError) -> OutputError | DamagedFileError:
        detail = f"{self.path}: {error}"
        damaged = not isinstance(error, sqlite3.OperationalError)
        return DamagedFileError(detail) if damaged else OutputError(detail)

    def __enter__(self) -> Manifest:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        with suppress(sqlite3.Error):
            if self._base.in_transaction:
                self._base.execute("COMMIT")
        self._base.close()

    def commit(self, *, now: bool = True) -> None:
        """Make what was put in last; without `now` only where the last time is a moment ago."""
        if not now and time.monotonic() - self._committed < _EVERY:
            return
        try:
            self._base.execute("COMMIT")
            self._base.execute("BEGIN")
        except sqlite3.DatabaseError as error:
            raise self._error(error) from error
        self._committed = time.monotonic()

    def mark(self, key: str) -> str | None:
        row = self._base.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def set_mark(self, key: str, value: str) -> None:
        """Kept at once: the state of the files beside the manifest."""
        self._base.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))
        self.commit()

    def known(self) -> dict[str, Known]:
        rows = self._base.execute("SELECT uri, size, mtime_ns, sha256, made_with, state, attempts FROM files")
        return {row[0]: Known(*row[1:]) for row in rows}

    def first_with(self, sha256: str, made_with: str, other_than: str) -> tuple[str, int] | None:
        """A file with these bytes that gave records under its own name, and how many; the first by name."""
        found = self._base.execute(
            "SELECT uri, (SELECT count(*) FROM records WHERE records.uri = files.uri) AS parts FROM files "
            "WHERE sha256 = ? AND made_with = ? AND state = 'done' AND same_as IS NULL AND uri <> ? ORDER BY uri LIMIT 1",
            (sha256, made_with, other_than),
        ).fetchone()
        return (found[0], found[1]) if found and found[1] else None

    def sizes(self) -> set[int]:
        return {row[0] for row in self._base.execute("SELECT DISTINCT size FROM files WHERE state = 'done'")}

    def parts(self, file: str) -> set[tuple[str, int]]:
        """URI and part of the records that a file gave."""
        return {(r[0], r[1]) for r in self._base.execute("SELECT uri, part FROM records WHERE file = ?", (file,))}

    def touch(self, job: Job, sha256: str) -> None:
        """A file that has another time and the same bytes."""
        self._base.execute(
            "UPDATE files SET mtime_ns = ?, size = ?, sha256 = ?, path = ? WHERE uri = ?",
            (job.mtime_ns, job.size, sha256, str(job.path), job.uri),
        )

    def put(self, done: Finished, made_with: str, *, keep_records: bool = False) -> None:
        """`keep_records`: the file failed now and gave records before, from the same bytes; they stay."""
        job, base = done.job, self._base
        try:
            base.execute(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    job.uri,
                    str(job.path),
                    job.size,
                    job.mtime_ns,
                    done.sha256,
                    made_with,
                    done.state,
                    done.attempts,
                    round(done.seconds, 4),
                    done.same_as,
                    time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
                ),
            )
            base.execute("DELETE FROM failures WHERE file = ?", (job.uri,))
            if not keep_records:
                base.execute("DELETE FROM records WHERE file = ?", (job.uri,))
            for outcome in done.outcomes:
                if outcome.error is not None:
                    row = json.dumps(failure_row(outcome, str(job.path), done.attempts), ensure_ascii=False)
                    base.execute(
                        "INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?)",
                        (outcome.job.uri, job.uri, outcome.error.code, row),
                    )
                for part, s in enumerate(outcome.summaries, start=1):
                    base.execute(
                        "INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        (
                            outcome.job.uri,
                            part,
                            job.uri,
                            s.doc_type,
                            s.number,
                            s.issued_on,
                            s.issuer,
                            s.tasks,
                            s.deadlines,
                            s.targets,
                            " ".join(s.warnings),
                        ),
                    )
        except sqlite3.DatabaseError as error:
            raise self._error(error) from error
        self.commit(now=False)

    def failures(self) -> Iterator[dict[str, object]]:
        """Rows of `failures.jsonl`, in the order of their names."""
        for (row,) in self._base.execute("SELECT row FROM failures ORDER BY uri"):
            yield json.loads(row)

    def totals(self) -> dict[str, int]:
        """What `run.json` says of all that OUT holds: a file in a bundle counts as one."""
        failed = self._one("SELECT count(*) FROM failures")
        row = self._base.execute(
            "SELECT count(DISTINCT uri), count(*), ifnull(sum(tasks), 0), ifnull(sum(deadlines), 0), ifnull(sum(targets), 0) FROM records"
        ).fetchone()
        empty = self._one(
            "SELECT count(*) FROM files WHERE state = 'done' AND NOT EXISTS (SELECT 1 FROM records WHERE records.file = files.uri)"
        )
        both = self._one(
            "SELECT count(*) FROM failures WHERE EXISTS (SELECT 1 FROM records WHERE records.uri = failures.uri)"
        )
        return {
            "files": row[0] + failed + empty - both,
            "failures": failed,
            "records": row[1],
            "tasks": row[2],
            "deadlines": row[3],
            "targets": row[4],
        }

    def sums(self, files: Set[str]) -> Sums:
        records = tasks = 0
        named = set(files)
        codes: Counter[int] = Counter()
        for file, uri, count, told in self._base.execute(
            "SELECT file, uri, count(*), sum(tasks) FROM records GROUP BY file, uri"
        ):
            if file in files:
                records, tasks = records + count, tasks + told
                named.add(uri)
        failed = 0
        for file, uri, row in self._base.execute("SELECT file, uri, row FROM failures"):
            if file in files:
                failed += 1
                named.add(uri)
                codes[int(json.loads(row)["exit_code"])] += 1
        bundles = sum(1 for file in files if file in named and self._is_bundle(file)) if len(named) > len(files) else 0
        return Sums(len(named) - bundles, records, tasks, failed, codes)

    def _is_bundle(self, file: str) -> bool:
        """Whether what a file gave goes under other names than its own."""
        query = "SELECT (SELECT count(*) FROM records WHERE file = ?1 AND uri <> ?1) + (SELECT count(*) FROM failures WHERE file = ?1 AND uri <> ?1)"
        return bool(self._base.execute(query, (file,)).fetchone()[0])

    def states(self) -> dict[str, int]:
        return dict(self._base.execute("SELECT state, count(*) FROM files GROUP BY state"))

    def most(self, column: Literal["doc_type", "issuer"], limit: int) -> list[tuple[str | None, int]]:
        """The most frequent values of a column of `records`, with how many records have them."""
        query = f"SELECT {column}, count(*) AS n FROM records GROUP BY {column} ORDER BY n DESC, {column} LIMIT ?"
        return self._base.execute(query, (limit,)).fetchall()

    def warnings(self) -> dict[str, int]:
        """Warning code → number of records that carry it."""
        counts: dict[str, int] = {}
        for (codes,) in self._base.execute("SELECT warnings FROM records WHERE warnings <> ''"):
            for code in set(codes.split()):
                counts[code] = counts.get(code, 0) + 1
        return counts

    def causes(self) -> Mapping[str, int]:
        """Code of the error → number of failures."""
        return dict(
            self._base.execute("SELECT code, count(*) FROM failures GROUP BY code ORDER BY count(*) DESC, code")
        )

    def paths(self) -> Iterator[Path]:
        """Where the files lay when they were read."""
        for (path,) in self._base.execute("SELECT path FROM files"):
            yield Path(path)

    def record_keys(self) -> set[tuple[str, int]]:
        return {(row[0], row[1]) for row in self._base.execute("SELECT uri, part FROM records")}

    def _one(self, query: str) -> int:
        return int(self._base.execute(query).fetchone()[0])
