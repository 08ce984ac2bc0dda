"""JSON Patch as RFC 6902 has it, with its own examples (appendix A) where they apply."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from vndirective.corrections.correction import corrections
from vndirective.corrections.patch import PatchError, PatchTestError, operations, patched, value_at

RFC: list[tuple[str, Any, list[dict[str, Any]], Any]] = [
    ("A.1", {"foo": "bar"}, [{"op": "add", "path": "/baz", "value": "qux"}], {"baz": "qux", "foo": "bar"}),
    (
        "A.2",
        {"foo": ["bar", "baz"]},
        [{"op": "add", "path": "/foo/1", "value": "qux"}],
        {"foo": ["bar", "qux", "baz"]},
    ),
    ("A.3", {"baz": "qux", "foo": "bar"}, [{"op": "remove", "path": "/baz"}], {"foo": "bar"}),
    ("A.4", {"foo": ["bar", "qux", "baz"]}, [{"op": "remove", "path": "/foo/1"}], {"foo": ["bar", "baz"]}),
    ("A.5", {"baz": "qux"}, [{"op": "replace", "path": "/baz", "value": "boo"}], {"baz": "boo"}),
    (
        "A.6",
        {"foo": {"bar": "baz", "waldo": "fred"}, "qux": {"corge": "grault"}},
        [{"op": "move", "from": "/foo/waldo", "path": "/qux/thud"}],
        {"foo": {"bar": "baz"}, "qux": {"corge": "grault", "thud": "fred"}},
    ),
    (
        "A.7",
        {"foo": ["all", "grass", "cows", "eat"]},
        [{"op": "move", "from": "/foo/1", "path": "/foo/3"}],
        {"foo": ["all", "cows", "eat", "grass"]},
    ),
    (
        "A.8",
        {"baz": "qux", "foo": ["a", 2, "c"]},
        [{"op": "test", "path": "/baz", "value": "qux"}, {"op": "test", "path": "/foo/1", "value": 2}],
        {"baz": "qux", "foo": ["a", 2, "c"]},
    ),
    (
        "A.10",
        {"foo": "bar"},
        [{"op": "add", "path": "/child", "value": {"grandchild": {}}}],
        {"foo": "bar", "child": {"grandchild": {}}},
    ),
    ("A.11", {"foo": "bar"}, [{"op": "add", "path": "/baz", "value": "qux", "xyz": 1}], {"foo": "bar", "baz": "qux"}),
    ("A.14", {"/": 9, "~1": 10}, [{"op": "test", "path": "/~01", "value": 10}], {"/": 9, "~1": 10}),
    (
        "A.16",
        {"foo": ["bar"]},
        [{"op": "add", "path": "/foo/-", "value": ["abc", "def"]}],
        {"foo": ["bar", ["abc", "def"]]},
    ),
    ("copy", {"a": [1]}, [{"op": "copy", "from": "/a", "path": "/b"}], {"a": [1], "b": [1]}),
]


@pytest.mark.parametrize(("name", "before", "patch", "after"), RFC, ids=[row[0] for row in RFC])
def test_examples_of_the_standard(name: str, before: Any, patch: list[dict[str, Any]], after: Any) -> None:
    kept = copy.deepcopy(before)
    assert patched(before, operations(patch)) == after
    assert before == kept  # what was given stays


REFUSED = [
    ("A.9 another value", {"baz": "qux"}, {"op": "test", "path": "/baz", "value": "bar"}),
    ("A.12 no parent", {"foo": "bar"}, {"op": "add", "path": "/baz/bat", "value": "qux"}),
    ("A.15 a number is no string", {"~1": 10}, {"op": "test", "path": "/~01", "value": "10"}),
    ("one is not true", {"a": 1}, {"op": "test", "path": "/a", "value": True}),
    ("beyond the end", {"a": [1]}, {"op": "add", "path": "/a/2", "value": 1}),
    ("leading zero", {"a": [1, 2]}, {"op": "remove", "path": "/a/01"}),
    ("nothing there", {"a": 1}, {"op": "replace", "path": "/b", "value": 1}),
    ("nothing to remove", {"a": 1}, {"op": "remove", "path": "/b"}),
    ("into itself", {"a": {"b": 1}}, {"op": "move", "from": "/a", "path": "/a/b"}),
    ("no pointer", {"a": 1}, {"op": "remove", "path": "a"}),
    ("bad escape", {"a": 1}, {"op": "remove", "path": "/~2"}),
    ("unknown", {"a": 1}, {"op": "increase", "path": "/a"}),
    ("no value", {"a": 1}, {"op": "replace", "path": "/a"}),
    ("no from", {"a": 1}, {"op": "copy", "path": "/b"}),
    ("the whole", {"a": 1}, {"op": "remove", "path": ""}),
    ("- is nowhere", {"a": [1]}, {"op": "remove", "path": "/a/-"}),
]


@pytest.mark.parametrize(("name", "before", "row"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_does_not_fit_is_refused(name: str, before: Any, row: dict[str, Any]) -> None:
    with pytest.raises(PatchError):
        patched(before, operations([row]))


def test_a_failed_test_says_both_values() -> None:
    with pytest.raises(PatchTestError) as raised:
        patched({"a": ["x"]}, operations([{"op": "test", "path": "/a/0", "value": "y"}]))
    assert (raised.value.path, raised.value.expected, raised.value.found) == ("/a/0", "y", "x")
    assert value_at({"a": ["x"]}, "/a/0") == "x"


def _rows(*pairs: tuple[str, str]) -> list[dict[str, Any]]:
    return [
        {"op": verb, "path": path} | ({} if verb == "remove" else {"value": "human.confirmation"})
        for verb, path in pairs
    ]


def test_a_correction_begins_where_a_test_follows_a_write() -> None:
    rows = _rows(
        ("test", "/place/name"),
        ("replace", "/place/name"),
        ("test", "/tasks/0/text"),
        ("test", "/tasks/0/assignees/0/name"),
        ("remove", "/tasks/0/assignees/0"),
    )
    found = list(corrections(operations(rows)))
    assert [(len(c.operations), c.pointer) for c in found] == [(2, "/place/name"), (3, "/tasks/0/assignees/0")]


@pytest.mark.parametrize(
    "rows",
    [
        _rows(("replace", "/place/name")),  # without a test it could be meant for another reading
        _rows(("test", "/place/name")),
        _rows(("test", "/id"), ("replace", "/id")),
        _rows(("test", "/text"), ("replace", "/text")),
        _rows(("test", "/source/sha256"), ("replace", "/source/sha256")),
        _rows(("test", "/place/name"), ("replace", "")),
        _rows(("test", "/place/name"), ("replace", "/place/evidence/quote")),
        _rows(("test", "/place/name"), ("replace", "/place/evidence/confidence")),
        [*_rows(("test", "/text")), {"op": "move", "from": "/text", "path": "/place/name"}],
    ],
    ids=lambda rows: rows[-1]["path"] or "whole",
)
def test_what_nobody_may_write(rows: list[dict[str, Any]]) -> None:
    with pytest.raises(PatchError):
        list(corrections(operations(rows)))
