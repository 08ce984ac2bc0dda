"""JSON Patch (RFC 6902) with JSON Pointers (RFC 6901) on plain JSON values."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

Json = Any  # what json.loads gives
Verb = Literal["test", "add", "remove", "replace", "move", "copy"]
_VERBS = ("test", "add", "remove", "replace", "move", "copy")
_INDEX = re.compile(r"0|[1-9]\d{0,8}")
_BAD_ESCAPE = re.compile(r"~(?![01])")


class PatchError(ValueError):
    """An operation that is not of RFC 6902 or does not fit the value; the message says which and why."""


class PatchTestError(PatchError):
    """A `test` found another value than the one expected."""

    def __init__(self, path: str, expected: Json, found: Json) -> None:
        self.path, self.expected, self.found = path, expected, found
        super().__init__(f"test {path}: {found!r} ≠ {expected!r}")


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation; `source` is the pointer "from" of move and copy."""

    verb: Verb
    path: str
    value: Json = None
    source: str = ""

    def as_json(self) -> dict[str, Json]:
        if self.verb in {"test", "add", "replace"}:
            return {"op": self.verb, "path": self.path, "value": self.value}
        return {"op": self.verb, "path": self.path} | ({"from": self.source} if self.source else {})


def operations(content: Json) -> tuple[Operation, ...]:
    """The operations of a patch document. PatchError for one that RFC 6902 does not know."""
    if not isinstance(content, list):
        raise PatchError("a patch is a list of operations")
    return tuple(_operation(row) for row in content)


def _operation(row: Json) -> Operation:
    if not isinstance(row, dict) or row.get("op") not in _VERBS or not isinstance(row.get("path"), str):
        raise PatchError(f"not an operation of RFC 6902: {str(row)[:80]}")
    verb = cast(Verb, row["op"])
    if verb in {"test", "add", "replace"} and "value" not in row:
        raise PatchError(f"{verb} {row['path']}: there is no value")
    source = row.get("from", "")
    if verb in {"move", "copy"} and not (isinstance(source, str) and source):
        raise PatchError(f'{verb} {row["path"]}: there is no "from"')
    tokens(row["path"])
    return Operation(verb, row["path"], row.get("value"), source if verb in {"move", "copy"} else "")


def tokens(pointer: str) -> list[str]:
    """ "/tasks/0/a~1b" → ["tasks", "0", "a/b"]. PatchError for what is no JSON Pointer."""
    if pointer and not pointer.startswith("/"):
        raise PatchError(f"not a JSON Pointer: {pointer!r}")
    if _BAD_ESCAPE.search(pointer):
        raise PatchError(f"not a JSON Pointer: {pointer!r}")
    return [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]


def value_at(document: Json, pointer: str) -> Json:
    """The value that a pointer leads to. PatchError where there is none."""
    return _walk(document, tokens(pointer), pointer)


def patched(document: Json, patch: Iterable[Operation]) -> Json:
    """A changed copy; `document` stays as it is. PatchTestError for a failed test, PatchError for what does not fit."""
    result = copy.deepcopy(document)
    for operation in patch:
        result = _apply(result, operation)
    return result


def _apply(document: Json, operation: Operation) -> Json:
    verb, path = operation.verb, operation.path
    if verb == "test":
        found = value_at(document, path)
        if not _equal(found, operation.value):
            raise PatchTestError(path, operation.value, found)
        return document
    if verb == "add":
        return _add(document, path, copy.deepcopy(operation.value))
    if verb == "remove":
        return _remove(document, path)
    if verb == "replace":
        return _replace(document, path, copy.deepcopy(operation.value))
    moved = copy.deepcopy(value_at(document, operation.source))
    if verb == "move":
        if path.startswith(operation.source + "/"):
            raise PatchError(f"move {path}: into itself")
        document = _remove(document, operation.source)
    return _add(document, path, moved)


def _add(document: Json, path: str, value: Json) -> Json:
    if not path:
        return value
    parent, last = _parent(document, path)
    if isinstance(parent, list):
        parent.insert(len(parent) if last == "-" else _index(last, len(parent) + 1, path), value)
    else:
        parent[last] = value
    return document


def _remove(document: Json, path: str) -> Json:
    if not path:
        raise PatchError("the whole document cannot be removed")
    value_at(document, path)
    parent, last = _parent(document, path)
    del parent[_index(last, len(parent), path) if isinstance(parent, list) else last]
    return document


def _replace(document: Json, path: str, value: Json) -> Json:
    if not path:
        return value
    value_at(document, path)
    parent, last = _parent(document, path)
    parent[_index(last, len(parent), path) if isinstance(parent, list) else last] = value
    return document


def _parent(document: Json, path: str) -> tuple[Json, str]:
    *above, last = tokens(path)
    parent = _walk(document, above, path)
    if not isinstance(parent, dict | list):
        raise PatchError(f"{path}: there is nothing to hold it")
    return parent, last


def _walk(value: Json, steps: Sequence[str], path: str) -> Json:
    for step in steps:
        if isinstance(value, list):
            value = value[_index(step, len(value), path)]
        elif isinstance(value, dict) and step in value:
            value = value[step]
        else:
            raise PatchError(f"{path}: there is no such value")
    return value


def _index(token: str, length: int, path: str) -> int:
    if not _INDEX.fullmatch(token) or int(token) >= length:
        raise PatchError(f"{path}: there is no entry {token!r}")
    return int(token)


def _equal(one: Json, other: Json) -> bool:
    """Equality of JSON: 1 and 1.0 are equal, 1 and true are not."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_equal(v, other[k]) for k, v in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_equal, one, other))
    return bool(one == other)
