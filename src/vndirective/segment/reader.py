"""SourceText → Notice: the Vietnamese NLP stage (parts of a file, zones, syllables, numbered outline)."""

from __future__ import annotations

from vndirective.parsers.source import SourceText
from vndirective.segment.frame import frame
from vndirective.segment.notice import Notice
from vndirective.segment.outline import read_outline
from vndirective.segment.syllables import read_syllables


def read_notice(source: SourceText) -> Notice:
    """One notice with its zones, outline and syllables."""
    zones = frame(source)
    return Notice(source, zones, read_outline(source, zones.body()), read_syllables(source.text))
