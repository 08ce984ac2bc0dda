"""What all formats share: settings, results, and files that are whole or not there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from vndirective.errors import InputError, Lang
from vndirective.filenames import fitted


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may ask of an export.

    `force` overwrites a register that was changed; `calendar` says what a deadline becomes; `organ_ids` gives the codes of
    bodies that edXML wants and no notice prints, by name; `pictures` says which pages the review page shows as pictures.
    """

    lang: Lang = "vi"
    force: bool = False
    calendar: Literal["event", "todo"] = "event"
    organ_ids: dict[str, str] = field(default_factory=dict)
    pictures: Literal["auto", "all", "review", "none"] = "auto"


@dataclass(frozen=True, slots=True)
class Note:
    """Something that the user should know of a written file; `code` is a key of `vndirective.messages`."""

    code: str
    count: int = 1
    names: tuple[str, ...] = ()


@dataclass(slots=True)
class Written:
    """Files of one format, and what was noticed while they were written."""

    paths: list[Path] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A draft beside `path` that takes its place at the end; where anything goes wrong `path` stays as it was.

    InputError where the disk refuses.
    """
    draft = path.with_name(fitted(f".{path.name}", f".{os.getpid()}.part"))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield draft
        draft.replace(path)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


@contextmanager
def scratch_folder(beside: Path) -> Iterator[Path]:
    """A folder for parts of a file, on the same disk, gone at the end."""
    folder = beside.with_name(fitted(f".{beside.name}", f".{os.getpid()}.parts"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
    except OSError as error:
        raise InputError(f"{beside}: {error.strerror or error}") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
