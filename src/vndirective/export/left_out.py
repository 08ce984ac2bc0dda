"""What an export could not take in, as sentences for people and as rows of the review table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vndirective.errors import Lang
from vndirective.export.collection import Collection, Failure, LeftOut
from vndirective.export.register import ReviewRow
from vndirective.messages import say


def sentence(left_out: LeftOut, lang: Lang) -> str:
    """ "records/a.json: bản ghi hỏng (…)"."""
    said = say(f"left_out_{left_out.reason}", lang)
    return f"{left_out.path}: {said}" + (f" ({left_out.detail})" if left_out.detail else "")


def rows(collection: Collection, lang: Lang) -> Iterator[ReviewRow]:
    """One row a file left out and one a source that the run could not read; asked for after the last record."""
    yield from rows_of_lists(collection.failures(), collection.left_out, lang)


def rows_of_lists(failures: Iterable[Failure], left_out: Iterable[LeftOut], lang: Lang) -> Iterator[ReviewRow]:
    for failure in failures:
        message = f"{failure.message.get(lang, '')} {failure.next_step.get(lang, '')}".strip()
        yield _row(f"failure:{failure.uri}", "failure", message, failure.uri)
    for one in left_out:
        yield _row(f"file:{one.path}", one.reason, sentence(one, lang), one.path)


def _row(key: str, code: str, message: str, uri: str) -> ReviewRow:
    return ReviewRow(
        key=key,
        document_key=None,
        code=code,
        message=message,
        field=None,
        quote=None,
        document=None,
        page=None,
        uri=uri,
    )
