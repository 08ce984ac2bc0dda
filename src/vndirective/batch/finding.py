"""The files of a run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from vndirective.errors import InputError, LimitError

MAX_FILE_BYTES = 512 * 1024 * 1024
_LOCKS = ("~$", ".~lock")


@dataclass(frozen=True, slots=True)
class Job:
    """A file and its path below the input it was found in."""

    path: Path
    relative: Path

    @property
    def uri(self) -> str:
        return self.relative.as_posix()


def find_jobs(inputs: Sequence[Path]) -> list[Job]:
    """Files below the inputs in order, hidden files and Office lock files left out. InputError for a missing input."""
    jobs: dict[Path, Job] = {}
    for given in inputs:
        if given.is_dir():
            for path in sorted(p for p in given.rglob("*") if p.is_file()):
                relative = path.relative_to(given)
                hidden = any(part.startswith(".") for part in relative.parts)
                if not hidden and not path.name.startswith(_LOCKS):
                    jobs.setdefault(path.resolve(), Job(path, relative))
        elif given.is_file():
            jobs.setdefault(given.resolve(), Job(given, Path(given.name)))
        else:
            raise InputError(str(given))
    return list(jobs.values())


def read_file(path: Path) -> bytes:
    """Bytes of a file; InputError where it cannot be read, LimitError over MAX_FILE_BYTES."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise LimitError(f"{path} > {MAX_FILE_BYTES // 2**20} MB")
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error
