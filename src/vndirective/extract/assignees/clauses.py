"""Where in a sentence another body may begin to act, and which words only look as if one were told to.

"UBND xã lập hồ sơ; [quá hạn,] Phòng X …, [còn] Phòng Y …, nếu … [thì] Phòng Z …"
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from vndirective.extract.assignees.actors import Actor
from vndirective.lexicons import table
from vndirective.segment.syllables import Syllables, TermIndex

_SIGNS_OF_TIME = frozenset("/-–.:")
_ANYBODY = {("tập", "thể"), ("cá", "nhân"), ("tổ", "chức")}

_FAILING = frozenset({"không", "chưa", "chậm", "nộp", "vi", "để", "bỏ", "thiếu"})
_LONGEST_WARNING = 24  # syllables
_OPENS_CONDITION = frozenset(
    {"nếu", "khi", "hợp", "nào", "đối", "hễ", "riêng", "còn"}
)  # a "thì" behind belongs to these


@dataclass(frozen=True, slots=True)
class ClauseWords:
    connectors: TermIndex
    apposition: TermIndex
    heeding: TermIndex
    taking_up: TermIndex
    attributed: TermIndex
    givers: TermIndex
    parts: TermIndex
    sharing: TermIndex
    consulting: TermIndex
    sharing_first: frozenset[str]  # first syllables of sharing and consulting
    time_opens: frozenset[str]
    time_words: frozenset[str]
    time_units: frozenset[str]
    befalls: frozenset[str]


@lru_cache(maxsize=1)
def clause_words() -> ClauseWords:
    """The word lists of `clauses.toml`, indexed once."""
    lists: dict[str, list[str]] = table("clauses")

    def index(kind: str) -> TermIndex:
        return TermIndex((kind, term) for term in lists[kind])

    return ClauseWords(
        connectors=index("connector"),
        apposition=index("apposition"),
        heeding=index("heeding"),
        taking_up=index("taking_up"),
        attributed=index("attributed"),
        givers=index("giver"),
        parts=index("part"),
        sharing=index("sharing"),
        consulting=index("consulting"),
        sharing_first=frozenset(term.split()[0] for kind in ("sharing", "consulting") for term in lists[kind]),
        time_opens=frozenset(lists["time_opens"]),
        time_words=frozenset(lists["time_words"]),
        time_units=frozenset(lists["time_units"]),
        befalls=frozenset(lists["befalls"]),
    )


def cut(syllables: Syllables, first: int, limit: int) -> list[tuple[int, int]]:
    """Clauses of a sentence between its semicolons, those inside brackets left alone."""
    bounds: list[int] = [first]
    depth = 0
    for i in range(first, limit):
        word = syllables.words[i]
        if word == "(":
            depth += 1
        elif word == ")":
            depth = max(0, depth - 1)
        elif word == ";" and not depth and i + 1 < limit:
            bounds.append(i + 1)
    return [(a, b - 1 if b != limit else limit) for a, b in zip(bounds, [*bounds[1:], limit], strict=True)]


def commas(syllables: Syllables, first: int, limit: int) -> list[int]:
    """Commas from token `first` on that stand outside brackets."""
    found: list[int] = []
    depth = 0
    for i in range(first, limit):
        word = syllables.words[i]
        if word == "(":
            depth += 1
        elif word == ")":
            depth = max(0, depth - 1)
        elif word == "," and not depth:
            found.append(i)
    return found


def connected(syllables: Syllables, i: int) -> int | None:
    """Index behind what joins a clause at token `i`, None where nothing does."""
    hit = clause_words().connectors.at(syllables, i)
    return hit[1] if hit else None


def behind_condition(syllables: Syllables, first: int, limit: int) -> list[int]:
    """Places behind "thì": "nếu quá hạn không nộp [thì] UBND xã lập biên bản"."""
    return [i + 1 for i in range(first + 2, limit - 1) if syllables.folded[i] == "thì"]


def skip_time(syllables: Syllables, i: int, limit: int) -> int:
    """End of a time that begins at token `i` ("chiều thứ Sáu hằng tuần", "đến hết tháng 12"); `i` where none does."""
    words = clause_words()
    hour = syllables.words[i][0].isdigit() and (
        "h" in syllables.folded[i] or syllables.folded[i + 1 : i + 2] == ["giờ"]
    )
    if syllables.folded[i] not in words.time_opens and not hour:
        return i
    at = i
    timed = hour
    while at < limit:
        word = syllables.folded[at]
        if word in words.time_units or (word == "/" and syllables.words[at - 1].isdigit()):
            timed = True
        elif not (word in words.time_words or word[0].isdigit() or word in _SIGNS_OF_TIME):
            break
        at += 1
    return at if timed else i


def suffers(syllables: Syllables, i: int) -> bool:
    """ "(sẽ) bị …", "không được xét …", "không xét …": a consequence for whom stands before token `i`."""
    at = i
    if syllables.folded[at : at + 1] == ["sẽ"]:
        at += 1
    if syllables.folded[at : at + 1] == ["bị"]:
        return True
    if syllables.folded[at : at + 1] != ["không"]:
        return False
    allowed = syllables.folded[at + 1 : at + 2] == ["được"]
    at += 2 if allowed else 1
    if not allowed and syllables.folded[at : at + 1] == ["nhận"]:
        return False  # "Trường X không nhận học sinh trái tuyến" is an order
    return bool(set(syllables.folded[at : at + 1]) & clause_words().befalls)


def warned(syllables: Syllables, i: int, limit: int) -> bool:
    """ "(các xã) nộp chậm sẽ bị phê bình": up to the next sign the words tell what befalls who is named before token `i`."""
    for at in range(i, min(limit - 1, i + _LONGEST_WARNING)):
        if not syllables.words[at][0].isalnum():
            return False
        if syllables.folded[at] == "sẽ" and suffers(syllables, at):
            return True
        if syllables.folded[at] == "bị" and at > i + 1 and syllables.folded[i] in _FAILING:
            return True  # "(Đơn vị) không hoàn thành [bị trừ hệ số lương]"
    return False


def is_any(syllables: Syllables, actor: Actor) -> bool:
    """ "hộ nào cố tình …", "đơn vị nào chậm …": whoever it may be, nobody is named."""
    return "nào" in syllables.folded[actor.first : actor.last + 1]


def is_condition(syllables: Syllables, actors: tuple[Actor, ...], i: int, limit: int) -> bool:
    """ "[Hộ dân] không chấp hành thì lập biên bản": people of a kind, and behind what they do a "thì" that no "nếu" opened."""
    if any(a.kind == "organisation" or not (a.bare or a.lower) for a in actors):
        return False
    for at in range(i + 1, min(limit, i + _LONGEST_WARNING)):
        if syllables.words[at] in {".", ";", ":"} or syllables.folded[at] in _OPENS_CONDITION:
            return False
        if syllables.folded[at] == "thì":
            return True
    return False


def nobody(syllables: Syllables, actor: Actor) -> bool:
    """Whoever it may be, all the world, or who only may: "hộ nào …", "tập thể, cá nhân …", "các trường có thể …".

    "báo" in small letters is what one does.
    """
    if ["có", "thể"] in (syllables.folded[actor.last - 2 : actor.last], syllables.folded[actor.last : actor.last + 2]):
        return True
    head = tuple(syllables.folded[actor.first : actor.first + 2])
    generic = head in _ANYBODY or (syllables.words[actor.first] == "báo")
    return generic or is_any(syllables, actor)
