"""Where in a sentence another body may begin to act, and which words only look as if one were told to.

"UBND xã lập hồ sơ; [quá hạn,] Phòng X …, [còn] Phòng Y …, nếu … [thì] Phòng Z …"
"""

from __future__ import annotations

from vndirective.extract.assignees.actors import Actor
from vndirective.segment.syllables import Syllables, TermIndex

# What joins a clause with a subject of its own to the one before it: "A thẩm tra, [còn] B chi trả"; "…, [trong đó] Hội X …"
_CONNECTORS = TermIndex(
    ("connector", term)
    for term in (
        "còn",
        "trong đó",
        "trong đó có",
        "đồng thời",
        "cùng với đó",
        "bên cạnh đó",
        "ngoài ra",
        "song song với đó",
        "sau đó",
        "theo đó",
        "trên cơ sở đó",
        "riêng",
        "riêng đối với",
        "trước hết",
        "tiếp đó",
        "khi đó",
        "lúc đó",
    )
)
_TIME_WORDS = frozenset(
    "từ đến hết trước sau trong ngay vào ngày tuần tháng quý năm giờ phút giây thứ hằng hàng mỗi sáng trưa chiều tối đêm "
    "đầu cuối giữa này tới tới đây nay sang học kỳ chủ nhật hai ba tư sáu bảy một lần và kể nửa đợt i ii iii iv "
    "lịch dương âm rằm mùng mồng h phiên".split()
)
_TIME_OPENS = frozenset(
    "ngày tuần tháng quý năm sáng trưa chiều tối đêm thứ đầu cuối giữa hằng hàng mỗi từ đến trước sau trong ngay vào hết kể nửa đợt giờ".split()
)
_UNITS_OF_TIME = frozenset("ngày tuần tháng quý năm giờ sáng trưa chiều tối đêm thứ kỳ đợt".split())
_SIGNS_OF_TIME = frozenset("/-–.:")
# What befalls somebody is no order to him: "… sẽ bị nhắc nhở", "… không được xét thi đua"
_BEFALLS = frozenset({"bị", "xét", "hưởng", "tính", "bình", "khen", "nhận", "công", "đề", "dự", "xếp"})

_ANYBODY = {("tập", "thể"), ("cá", "nhân"), ("tổ", "chức")}


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
    hit = _CONNECTORS.at(syllables, i)
    return hit[1] if hit else None


def behind_condition(syllables: Syllables, first: int, limit: int) -> list[int]:
    """Places behind "thì": "nếu quá hạn không nộp [thì] UBND xã lập biên bản"."""
    return [i + 1 for i in range(first + 2, limit - 1) if syllables.folded[i] == "thì"]


def skip_time(syllables: Syllables, i: int, limit: int) -> int:
    """End of a time that begins at token `i` ("chiều thứ Sáu hằng tuần", "đến hết tháng 12"); `i` where none does."""
    hour = syllables.words[i][0].isdigit() and ("h" in syllables.folded[i] or syllables.folded[i + 1 : i + 2] == ["giờ"])
    if syllables.folded[i] not in _TIME_OPENS and not hour:
        return i
    at = i
    timed = hour
    while at < limit:
        word = syllables.folded[at]
        if word in _UNITS_OF_TIME:
            timed = True
        elif not (word in _TIME_WORDS or word[0].isdigit() or word in _SIGNS_OF_TIME):
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
    at += 1 if syllables.folded[at + 1 : at + 2] != ["được"] else 2
    return bool(set(syllables.folded[at : at + 1]) & _BEFALLS)


def is_any(syllables: Syllables, actor: Actor) -> bool:
    """ "hộ nào cố tình …", "đơn vị nào chậm …": whoever it may be, nobody is named."""
    return "nào" in syllables.folded[actor.first : actor.last + 1]


def nobody(syllables: Syllables, actor: Actor) -> bool:
    """Whoever it may be, all the world, or who only may: "hộ nào …", "tập thể, cá nhân …", "các trường có thể …".

    "báo" in small letters is what one does.
    """
    if ["có", "thể"] in (syllables.folded[actor.last - 2 : actor.last], syllables.folded[actor.last : actor.last + 2]):
        return True
    head = tuple(syllables.folded[actor.first : actor.first + 2])
    generic = head in _ANYBODY or (syllables.words[actor.first] == "báo")
    return generic or is_any(syllables, actor)
