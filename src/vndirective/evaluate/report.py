"""The sheets of a report: titles, columns and rows of text, for the terminal and for Markdown alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from vndirective.errors import Lang
from vndirective.evaluate.against import Change, Comparison
from vndirective.evaluate.evaluation import CLASSES, Evaluation
from vndirective.evaluate.tally import DETAILS, HEADER, LISTS, Tally, overall, score
from vndirective.evaluate.wording import word

_SUMMARY = ("header", "tasks", "assignees", "deadlines", "targets", "references")
_ERRORS = ("wrong", "surplus", "missed")


@dataclass(frozen=True, slots=True)
class Sheet:
    """`words` is how many of the first columns hold words; the others hold figures. `note` says how to read it.
    `scores`: low figures are bad."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: int = 1
    note: str = ""
    scores: bool = True


def sheets(
    evaluation: Evaluation, lang: Lang, comparison: Comparison | None = None, *, errors: bool = False
) -> Iterator[Sheet]:
    """Fields, classes, documents; what failed; errors where asked for; gains and losses where there is a comparison."""
    yield field_sheet(evaluation, lang)
    yield class_sheet(evaluation, lang)
    yield document_sheet(evaluation, lang)
    for key, names in (("failures", evaluation.failures), ("broken", evaluation.broken)):
        if names:
            yield Sheet(word(key, lang), (word("document", lang),), tuple((n,) for n in names))
    if errors:
        yield _error_sheet(evaluation, lang)
    if comparison is not None:
        for key, changes in (("gains", comparison.gains), ("losses", comparison.losses)):
            yield _change_sheet(word(key, lang, n=len(changes)), changes, lang)


def field_sheet(evaluation: Evaluation, lang: Lang) -> Sheet:
    soft, strict, edit = (evaluation.tallies(m) for m in ("soft", "strict", "edit"))
    rows: list[tuple[str, ...]] = []
    for field in (f for f in ("header", *HEADER, *LISTS, *DETAILS) if f in soft):
        t = soft[field]
        counts = (t.support, t.wrong, t.surplus, t.missed)
        shares = (t.precision, t.recall, t.f1, strict[field].f1, edit[field].f1)
        accuracy = figure(t.accuracy) if field in HEADER or field == "header" else ""
        rows.append((word(field, lang), *map(str, counts), accuracy, *map(figure, shares)))
    means = [figure(overall(t)) for t in (soft, strict, edit)]
    rows.append((word("overall", lang), "", "", "", "", "", "", "", *means))
    counted = ("field", "support", "wrong", "surplus", "missed")
    names = (*counted, "accuracy", "precision", "recall", "f1", "strict", "edit")
    title = word("fields_of", lang, n=len(evaluation.documents))
    return Sheet(title, tuple(word(n, lang) for n in names), tuple(rows), note=word("fields_note", lang))


def class_sheet(evaluation: Evaluation, lang: Lang) -> Sheet:
    rows = []
    for name in CLASSES:
        for value, (documents, tallies) in evaluation.classed(name).items():
            shown = word("of_level" if name == "level" else name, lang)
            rows.append((shown, value, str(documents), *_summary(tallies)))
    columns = (word("class", lang), "", word("documents", lang), *_summary_columns(lang))
    return Sheet(word("classes_of", lang), columns, tuple(rows), words=2)


def document_sheet(evaluation: Evaluation, lang: Lang) -> Sheet:
    rows = [(d.name + (" ✗" if d.failed else ""), *_summary(d.tallies())) for d in evaluation.documents]
    return Sheet(word("documents_of", lang), (word("document", lang), *_summary_columns(lang)), tuple(rows))


def _summary(tallies: Mapping[str, Tally]) -> tuple[str, ...]:
    held = dict(tallies)
    return (*(figure(score(held, f)) for f in _SUMMARY), figure(overall(held)))


def _summary_columns(lang: Lang) -> tuple[str, ...]:
    return tuple(word("refs" if f == "references" else f, lang).strip() for f in (*_SUMMARY, "overall"))


def _error_sheet(evaluation: Evaluation, lang: Lang) -> Sheet:
    rows = [
        (d.name, word(j.field, lang).strip(), word(j.verdict, lang), j.item, j.wanted or "∅", j.given or "∅")
        for d in evaluation.documents
        for j in d.judgements["soft"]
        if j.verdict in _ERRORS
    ]
    columns = ("document", "field", "verdict", "item", "wanted", "given")
    return Sheet(word("errors", lang), tuple(word(c, lang) for c in columns), tuple(rows), words=6)


def _change_sheet(title: str, changes: Iterable[Change], lang: Lang) -> Sheet:
    rows = [
        (
            c.document,
            word(c.field, lang).strip(),
            c.item,
            f"{word(c.before or 'none', lang)} → {word(c.after or 'none', lang)}".lower(),
            c.wanted or "∅",
            c.given or "∅",
        )
        for c in changes
    ]
    columns = ("document", "field", "item", "change", "wanted", "given")
    return Sheet(title, tuple(word(c, lang) for c in columns), tuple(rows), words=6)


def figure(value: float | None) -> str:
    """Three places, cut rather than rounded up to 1.000, so that 1.000 means without an error."""
    if value is None:
        return "–"
    return f"{value:.3f}" if value == 1 else f"{min(value, 0.999):.3f}"
