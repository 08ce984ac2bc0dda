"""The files of a run.

inputs, lists of files ──▶ walk ──▶ Search (include, exclude, shard) ──▶ jobs, each file once
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

from vndirective.errors import InputError, LimitError

MAX_FILE_BYTES = 512 * 1024 * 1024
_LOCKS = ("~$", ".~lock")


@dataclass(frozen=True, slots=True)
class Job:
    """A file and its path below the input it was found in; size in bytes and time of change as they were when it was found."""

    path: Path
    relative: Path
    size: int = 0
    mtime_ns: int = 0

    @property
    def uri(self) -> str:
        return self.relative.as_posix()


@dataclass(frozen=True, slots=True)
class Search:
    """Which of the files below the inputs a run takes.

    Patterns are those of the shell, compared with the path below the input and with the name alone ("*.pdf", "2024/*"). A `shard`
    (i, n) takes the files whose path falls to it: the same ones on every machine, and adding files moves none. `skip` is a folder
    never looked into.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    shard: tuple[int, int] = (1, 1)
    skip: Path | None = None

    def takes(self, relative: Path) -> bool:
        if self.include and not _matches(relative, self.include):
            return False
        if _matches(relative, self.exclude):
            return False
        number, of = self.shard
        return of == 1 or shard_of(relative.as_posix(), of) == number


def shard_of(uri: str, of: int) -> int:
    """1 … `of`, by the digest of the path."""
    return int.from_bytes(hashlib.sha256(uri.encode("utf-8", "surrogateescape")).digest()[:8], "big") % of + 1


def _matches(relative: Path, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(relative.as_posix(), p) or fnmatchcase(relative.name, p) for p in patterns)


def find_jobs(inputs: Sequence[Path], search: Search | None = None) -> list[Job]:
    """Files below the inputs in order, hidden files and Office lock files left out. InputError for a missing input.

    Links are followed, each folder once; a file that is reached by two ways is read once. Files of two inputs that have
    the same path below them are told apart by the name of the input.
    """
    search = search or Search()
    skip = search.skip.resolve() if search.skip else None
    jobs: dict[_Identity, Job] = {}
    names: set[str] = set()
    for given in inputs:
        if given.is_dir():
            found = _walk(given, skip)
        elif given.is_file():
            found = iter([_found(given, Path(given.name), given.stat())])
        else:
            raise InputError(str(given))
        for identity, job in found:
            if identity in jobs or not search.takes(job.relative):
                continue
            named = _told_apart(job, given, names) if job.uri in names else job
            names.add(named.uri)
            jobs[identity] = named
    return list(jobs.values())


def listed_files(lines: Iterable[str], base: Path) -> list[Path]:
    """The files named in a list, one a line, relative to `base`; empty lines and lines that begin with "#" say nothing."""
    named = (line.rstrip("\r\n") for line in lines)
    return [base / name for name in named if name.strip() and not name.startswith("#")]


_Identity = tuple[
    int, int, str
]  # device, number, and for a file of several names its path: each of these is a file by itself


def _walk(folder: Path, skip: Path | None) -> Iterator[tuple[_Identity, Job]]:
    """Files below a folder, in the order of their paths."""
    seen: set[tuple[int, int]] = set()

    def below(path: str, relative: str) -> Iterator[tuple[_Identity, Job]]:
        try:
            state = Path(path).stat()
            if (state.st_dev, state.st_ino) in seen or (skip is not None and os.path.realpath(path) == str(skip)):
                return
            seen.add((state.st_dev, state.st_ino))
            entries = sorted(os.scandir(path), key=lambda e: e.name)
        except OSError as error:
            if not relative:
                raise InputError(f"{path}: {error.strerror}") from error
            return
        for entry in entries:
            if entry.name.startswith((".", *_LOCKS)):
                continue
            name = f"{relative}/{entry.name}" if relative else entry.name
            try:
                if entry.is_dir():
                    yield from below(entry.path, name)
                elif entry.is_file():
                    yield _found(Path(entry.path), Path(name), entry.stat())
            except OSError:
                continue  # a link that leads nowhere

    yield from below(str(folder), "")


def _found(path: Path, relative: Path, state: os.stat_result) -> tuple[_Identity, Job]:
    told_by = os.path.realpath(path) if state.st_nlink > 1 else ""
    return (state.st_dev, state.st_ino, told_by), Job(path, relative, state.st_size, state.st_mtime_ns)


def _told_apart(job: Job, given: Path, names: set[str]) -> Job:
    room = (given if given.is_dir() else given.parent).resolve().name or "_"
    relative, count = Path(room) / job.relative, 1
    while relative.as_posix() in names:
        count += 1
        relative = Path(f"{room} ({count})") / job.relative
    return replace(job, relative=relative)


def read_file(path: Path) -> bytes:
    """Bytes of a file; InputError where it cannot be read, LimitError over MAX_FILE_BYTES."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise LimitError(f"{path} > {MAX_FILE_BYTES // 2**20} MB")
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error
