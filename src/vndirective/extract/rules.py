"""A rule is a named, documented object that can show its own examples.

One test runs every example of every rule: the pattern must be found in each example and in no counter-example.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, eq=False)  # a rule is itself: told apart by identity, which is quick
class Rule:
    """`id` is what evidence cites ("deadline.no_later_than"); `cue` the Vietnamese words that trigger it.

    `seen` says where the wording comes from (a regulation, a kind of notice); `pattern` is None for rules of layout,
    which then have no examples in text. A rule is told from others by identity: to compare compiled patterns is slow.
    """

    id: str
    cue: str
    meaning: str
    seen: str
    pattern: re.Pattern[str] | None = None
    examples: tuple[str, ...] = field(default=())
    counter_examples: tuple[str, ...] = field(default=())
