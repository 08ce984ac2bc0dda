"""Gold: what a careful clerk reads in a notice, made by hand, one JSON file a notice.

    GoldNotice ─▶ GoldDocument ─┬─ header      field ─▶ the answers that are right, None for "not in the document"
                                ├─ recipients, archive, references, targets
                                └─ tasks ─▶ assignees, deadlines, references

What is marked optional two careful readers may see differently: it is neither asked for nor punished.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vndirective.errors import GoldError, InputError

Answers = tuple[str | None, ...]

_HEADER = ("system", "level", "doc_type", "number", "symbol", "issued_on", "place", "issuer", "subject")
_SIGNATORY = ("authority", "on_behalf_of", "position", "name")


@dataclass(frozen=True, slots=True)
class GoldAssignee:
    names: tuple[str, ...]
    roles: tuple[str, ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class GoldDeadline:
    """`recurring` is daily, weekly, monthly, quarterly, yearly or periodic; `approximate` asks for the month alone."""

    raw: str
    start: str | None
    end: str | None
    recurring: str | None
    approximate: bool
    optional: bool


@dataclass(frozen=True, slots=True)
class GoldTask:
    """`anchor` holds the first words of the item, `tail` its last."""

    anchor: str
    tail: str
    assignees: tuple[GoldAssignee, ...]
    deadlines: tuple[GoldDeadline, ...]
    references: tuple[str, ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class GoldTarget:
    """`metric` holds the words that say what is measured, not all of them."""

    value: float
    units: tuple[str | None, ...]
    comparator: str
    metric: str
    due: str | None
    optional: bool


@dataclass(frozen=True, slots=True)
class GoldRecipient:
    name: str
    purpose: str | None


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """`header` holds the fields that are judged; `header_only` where nothing else is."""

    header: Mapping[str, Answers]
    header_only: bool
    recipients: tuple[GoldRecipient, ...]
    archive: tuple[str, ...]
    references: tuple[str, ...]
    optional_references: tuple[str, ...]
    targets: tuple[GoldTarget, ...]
    tasks: tuple[GoldTask, ...]


@dataclass(frozen=True, slots=True)
class GoldNotice:
    """`file` is the name of the source; `documents` are the notices in it, in order."""

    id: str
    file: str
    documents: tuple[GoldDocument, ...]


def read_gold(place: Path, sources: Path | None = None) -> list[GoldNotice]:
    """The gold of a file or folder, in order of name; with `sources` only that of notices whose file stands in there.

    InputError where there is none, GoldError for a file that is not gold.
    """
    paths = sorted(place.glob("*.json")) if place.is_dir() else [place]
    if sources is not None:
        if not sources.is_dir():
            raise InputError(str(sources))
        present = {p.name.split(".")[0] for p in sources.rglob("*") if p.is_file()}
        paths = [p for p in paths if p.stem in present]
    if not paths:
        raise InputError(str(place))
    return [_notice(path) for path in paths]


def _notice(path: Path) -> GoldNotice:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return GoldNotice(
            id=data["id"], file=str(data.get("file") or ""), documents=tuple(map(_document, data["documents"]))
        )
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise GoldError(f"{path.name}: {error!r}") from error


def _document(data: Mapping[str, Any]) -> GoldDocument:
    header = {name: _answers(data.get(name)) for name in _HEADER}
    header |= {f"signatory.{part}": _answers((data.get("signatory") or {}).get(part)) for part in _SIGNATORY}
    header["meeting.date"] = _answers((data.get("meeting") or {}).get("date"))
    judged = set(data.get("only") or header) - set(data.get("skip") or ())
    return GoldDocument(
        header={name: answers for name, answers in header.items() if name in judged},
        header_only="only" in data,
        recipients=tuple(GoldRecipient(r["name"], r.get("purpose")) for r in data.get("recipients") or ()),
        archive=tuple(data.get("archive") or ()),
        references=tuple(data.get("references") or ()),
        optional_references=tuple(data.get("optional_references") or ()),
        targets=tuple(map(_target, data.get("targets") or ())),
        tasks=tuple(map(_task, data.get("tasks") or ())),
    )


def _answers(value: object) -> Answers:
    return tuple(value) if isinstance(value, list) else (None if value is None else str(value),)


def _task(data: Mapping[str, Any]) -> GoldTask:
    return GoldTask(
        anchor=data["anchor"],
        tail=data["tail"],
        assignees=tuple(map(_assignee, data["assignees"])),
        deadlines=tuple(map(_deadline, data["deadlines"])),
        references=tuple(data.get("references") or ()),
        optional=bool(data.get("optional")),
    )


def _assignee(data: Mapping[str, Any]) -> GoldAssignee:
    names = (data["name"], *(data.get("alt") or ()))
    return GoldAssignee(names, (data["role"], *(data.get("alt_roles") or ())), bool(data.get("optional")))


def _deadline(data: Mapping[str, Any]) -> GoldDeadline:
    return GoldDeadline(
        raw=data["raw"],
        start=data.get("start"),
        end=data.get("end"),
        recurring=data.get("recurring"),
        approximate=bool(data.get("approximate")),
        optional=bool(data.get("optional")),
    )


def _target(data: Mapping[str, Any]) -> GoldTarget:
    return GoldTarget(
        value=float(data["value"]),
        units=_answers(data["unit"]),
        comparator=data["comparator"],
        metric=data["metric"],
        due=data.get("due"),
        optional=bool(data.get("optional")),
    )
