"""The text never changes: tokens carry offsets, folding keeps the length."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from vndirective.parsers.source import Span
from vndirective.segment.sentences import clauses, sentences, words
from vndirective.segment.syllables import TermIndex, fold, read_syllables


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_doc_text_is_the_text(text: str) -> None:
    syllables = read_syllables(text)
    assert syllables.doc.text == text
    assert all(text[s:e] == w for s, e, w in zip(syllables.starts, syllables.ends, syllables.words, strict=True))


@given(st.text(max_size=100))
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_old_and_new_tone_placement_fold_together() -> None:
    assert fold("Uỷ ban hoà giải, thuỷ lợi, khoẻ mạnh") == "ủy ban hòa giải, thủy lợi, khỏe mạnh"
    assert fold("quý, quỳ, quỷ") == "quý, quỳ, quỷ"  # "qu" is a consonant: nothing moves


def test_longest_term_wins() -> None:
    index = TermIndex([("short", "ủy ban"), ("long", "ủy ban nhân dân")])
    assert index.at(read_syllables("Uỷ ban nhân dân xã"), 0) == ("long", 4)


def test_sentences_are_spans_of_the_unchanged_text() -> None:
    text = "Rà soát hồ sơ theo Nghị định số 30/2020/NĐ-CP.  Báo cáo TP. Hạ Vân trước ngày 5/9. Đồng chí Lê A. chủ trì."
    found = [s.of(text) for s in sentences(text, Span(0, len(text)))]
    assert found[0] == "Rà soát hồ sơ theo Nghị định số 30/2020/NĐ-CP."
    assert "".join("".join(found).split()) == "".join(text.split())


@given(st.text(alphabet="aăâđêôơư. ;,:()“”\n", max_size=80))
def test_sentences_and_clauses_stay_in_order(text: str) -> None:
    whole = Span(0, len(text))
    last = 0
    for sentence in sentences(text, whole):
        assert last <= sentence.start <= sentence.end <= len(text)
        last = sentence.end
        for clause in clauses(text, sentence):
            assert sentence.covers(clause)


def test_clauses_are_not_cut_inside_brackets() -> None:
    text = "lập danh sách (lớp 1; lớp 2); gửi phòng"
    assert [c.of(text) for c in clauses(text, Span(0, len(text)))] == ["lập danh sách (lớp 1; lớp 2)", "gửi phòng"]


def test_words_map_back_to_the_text() -> None:
    text = unicodedata.normalize("NFC", "giữ vững kỷ cương hành chính")
    found = [w.of(text) for w in words(text, Span(0, len(text)))]
    assert "".join(found).replace(" ", "") == text.replace(" ", "")
