"""The separate clauses of a task and the verb each begins with."""

from __future__ import annotations

from vndirective.extract.assignees.actors import lexicon, read_actors
from vndirective.extract.evidence import cite
from vndirective.parsers.source import Span
from vndirective.schema.record import Action
from vndirective.segment.notice import Notice
from vndirective.segment.sentences import clauses, sentences, words

_VERB_REACH = 24  # syllables; further in, a verb belongs to a subordinate clause


def read_actions(notice: Notice, body: Span) -> tuple[Action, ...]:
    """Clauses in order. `verb` is the first ordering verb as printed, None where the clause has none."""
    text = notice.source.text
    actions = []
    for sentence in sentences(text, body):
        for clause in clauses(text, sentence):
            trimmed = Span(clause.start, clause.start + len(clause.of(text).rstrip(" .;,/")))
            if len(trimmed) > 3:
                verb = _verb(notice, trimmed)
                actions.append(
                    Action(
                        text=trimmed.of(text),
                        verb=verb.of(text) if verb else None,
                        evidence=cite(notice.source, trimmed, "action.clause"),
                    )
                )
    return tuple(actions)


def _verb(notice: Notice, clause: Span) -> Span | None:
    """First verb after adverbs, a subject or an order; a verb the list knows only in part is taken as a whole word."""
    lex, syllables = lexicon(), notice.syllables
    i, limit = syllables.at(clause.start), syllables.at(clause.end)
    bound = min(limit, i + _VERB_REACH)
    while i < bound:
        assigned = lex.assign.at(syllables, i)
        named = read_actors(syllables, assigned[1] if assigned else i, limit)
        if named is not None:
            i = named.next
            continue
        hit = lex.verbs.at(syllables, i)
        adverb = lex.adverbs.at(syllables, i)
        if hit and not (adverb and adverb[1] < bound and lex.verbs.at(syllables, adverb[1])):
            return _whole_word(notice, syllables.span(i, hit[1]), syllables.span(i, min(limit, i + 4)))
        i = adverb[1] if adverb else i + 1
    return None


def _whole_word(notice: Notice, verb: Span, reach: Span) -> Span:
    """ "giữ" of "giữ vững" is half a word: underthesea's segmentation says where it ends."""
    if " " in verb.of(notice.source.text):
        return verb
    found = words(notice.source.text, reach)
    return found[0] if found and found[0].start == verb.start and found[0].end > verb.end else verb
