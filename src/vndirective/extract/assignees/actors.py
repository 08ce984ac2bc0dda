"""Names of bodies and persons in running text, and where one name ends and the next begins.

    quantifier? head modifier*  (separator  quantifier? head modifier*)*
    các         phòng           , ban, ngành                              one entry: common nouns before one modifier
    Công an     tỉnh            và   các    cơ quan liên quan             two entries

Rulings of the annotation guideline: bodies that could each receive a letter of their own are an entry each; several
common nouns before one modifier are one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from vndirective.lexicons import table
from vndirective.parsers.source import Span
from vndirective.segment.syllables import LooseIndex, Syllables, TermIndex, fold

_LEVELS = frozenset(
    ["tỉnh", "huyện", "xã", "phường", "quận", "thành", "phố", "thị", "trấn", "đặc", "khu", "trung", "ương", "tw", "cấp"]
)
_UNITS = frozenset(
    ["xã", "phường", "thôn", "bản", "ấp", "huyện", "quận", "tỉnh", "thị", "khu"]
)  # "Công an xã, phường" is one entry
_FOLDED_HEADS = frozenset(
    ["sở", "phòng", "ban", "bộ", "vụ", "cục", "ngành", "huyện", "xã", "phường", "trường", "đơn", "vị"]
)
_PLACES = frozenset(["xã", "phường", "tỉnh", "huyện", "quận", "thôn", "bản", "ấp", "khóm", "buôn", "làng", "xóm"])
_LONG_PLACES = (["thị", "trấn"], ["thị", "xã"], ["thành", "phố"], ["đặc", "khu"])
_STATES = frozenset({"được", "đang", "đã", "có"})
_NAMED_BY_FIELD = frozenset({"sở", "phòng", "ban", "bộ", "vụ", "cục", "khoa", "trạm"})
_OF_LEVEL = frozenset({"tỉnh", "huyện", "xã", "phường", "quận"})
_BEFORE_LEVEL = frozenset(
    [
        *(
            "trên",
            "trong",
            "ở",
            "tại",
            "cho",
            "về",
            "với",
            "đến",
            "từ",
            "được",
            "để",
            "theo",
            "của",
            "và",
            "có",
            "là",
            "do",
        ),
        *(
            "báo",
            "trình",
            "gửi",
            "tham",
            "mưu",
            "đề",
            "yêu",
            "chỉ",
            "giao",
            "phối",
            "hợp",
            "hướng",
            "kế",
            "toàn",
            "cấp",
        ),
        *("từng", "mỗi", "hai", "ba", "những"),
    ]
)  # words that begin what is done, so that no name goes on over them up to a level
_NUMBERING = frozenset({"số", "vùng"})
_SEVERAL = frozenset({"các", "hai", "ba", "bốn"})
_PEOPLE_OPEN = frozenset({"các", "những", "ông", "bà", "cá", "thành", "người"})
_LONGEST_LISTED_PEOPLE = 18  # tokens of "các ông, bà có tên tại Điều 1"
_OWN_HOUSES = frozenset(
    {
        ("bệnh", "viện"),
        ("nhà", "trường"),
        ("công", "ty"),
        ("trung", "tâm"),
        ("cơ", "quan"),
        ("học", "viện"),
        ("chi", "nhánh"),
    }
)  # whose committee it is: "Ban Chỉ đạo chuyển đổi số [bệnh viện]"
_THEMSELVES = frozenset({"tự", "sớm", "nhanh", "tiếp", "tập", "tăng", "đều", "cùng"})  # "các xã có mỏ [tự rà soát]"
_LACKING = frozenset({"chưa", "còn"})
_LONGEST_LACKING = 14
_FOUNDED = (["tư", "thục"], ["công", "lập"], ["dân", "lập"], ["trực", "thuộc"])
_NEWLY = frozenset({"mới", "cũ"})
_RENEWING = frozenset({("sáp", "nhập"), ("thành", "lập"), ("hợp", "nhất"), ("chia", "tách"), ("sắp", "xếp")})
_OWN_POSTS = frozenset({"chánh", "kế", "tổng"})  # of one office: "[Kế] toán trưởng", "[Chánh] Thanh tra"
_APOSTROPHES = frozenset("'’‘`")
_LONGEST_PERSON = 6
_DEICTIC = frozenset(
    [("nêu", "trên"), ("nói", "trên"), ("kể", "trên"), ("còn", "lại"), ("trực", "thuộc"), ("sở", "tại")]
)
_GROUPED_BY_PLACE = frozenset({"chi bộ", "đảng bộ", "chi đoàn", "chi hội"})
_LEVEL_REACH = 8
_LONGEST_NAME = 22
_LONGEST_RELATIVE = 34
_LONGEST_DOING = 9
_LONGEST_PLURAL = 6  # tokens of "các cụm chuyên môn", with the verb behind
_NO_BODIES = frozenset(
    [
        *("ngày", "tuần", "tháng", "quý", "năm", "buổi", "giờ", "đợt", "kỳ", "lần"),
        *("nội", "nhiệm", "công", "giải", "biện", "kết", "chỉ", "văn", "trường", "vấn", "vi", "khoản", "hồ", "dự"),
    ]
)  # "Sở X các [nội dung sau]": what is given to it, no part of its name
_GOVERNING = frozenset(
    {"ủy", "tỉnh", "huyện", "thành", "thị", "quận", "đảng", "ban", "hội", "mặt", "công", "liên", "bch"}
)
_SHORT_HEADS = frozenset(
    [
        "bộ",
        "sở",
        "vụ",
        "cục",
        "viện",
        "phòng",
        "ban",
        "khoa",
        "hội",
        "đài",
        "báo",
        "quỹ",
        "trạm",
        "cổng",
        "ngành",
        "tổ",
        "thuế",
        "trường",
        "thường",
        "trực",
        "văn",
        "phòng",
        "vp",
        "quân",
        "sự",
        "trưởng",
        "phó",
        "thành",
        "viên",
        "đối",
        "tượng",
        "lực",
        "lượng",
        "doanh",
        "nghiệp",
        "nhà",
        "máy",
    ]
) | {"văn phòng", "quân sự", "thường trực", "nhà máy", "thường vụ", "bộ phận", "cao đẳng", "đại học"}
_PLURAL = frozenset({"các", "những", "mỗi", "mọi", "từng", "tất cả", "tất cả các", "toàn thể", "toàn bộ", "một số"})
_COMMITTEE_LEVELS = {"tỉnh", "thành", "huyện", "thị", "quận", "đảng"}
_COMMITTEES = {("ban", "chỉ", "đạo"), ("tổ", "công", "tác"), ("ban", "quản", "lý"), ("ban", "tổ", "chức")} | {
    ("ban", "chỉ", "huy"),
    ("đoàn", "kiểm", "tra"),
    ("ban", "vận", "động"),
    ("ban", "điều", "hành"),
}
_SCHOOLS = TermIndex(
    ("school", kind)
    for kind in (
        "mầm non",
        "mẫu giáo",
        "trung học phổ thông",
        "trung học cơ sở",
        "tiểu học",
        "thcs",
        "thpt",
        "tiểu học và thcs",
        "tiểu học và trung học cơ sở",
        "phổ thông dân tộc nội trú",
        "phổ thông dân tộc bán trú",
        "th&thcs",
        "thcs&thpt",
        "th và thcs",
        "thcs và thpt",
        "ptdtbt",
        "ptdtnt",
        "th",
        "mn",
        "bán trú",
        "nội trú",
        "dân lập",
        "tư thục",
        "công lập",
        "ngoài công lập",
        "chuyên biệt",
        "tiểu học, thcs",
        "phổ thông",
        "trung học",
        "trung cấp",
        "cao đẳng",
        "đại học",
        "th-thcs",
        "thcs-thpt",
        "gdnn-gdtx",
        "gdtx",
    )
)
_PERSONAL = frozenset(
    [
        *("đồng chí", "các đồng chí", "hai đồng chí", "ba đồng chí", "đ/c", "các đ/c", "ông/bà", "anh", "chị"),
        *("ông", "bà", "thầy", "cô", "thầy giáo", "cô giáo", "các ông", "các bà", "các thầy", "các cô", "hai ông"),
        *("thiếu úy", "trung úy", "thượng úy", "đại úy", "thiếu tá", "trung tá", "thượng tá", "đại tá"),
        *("thiếu tướng", "trung tướng", "thượng tướng", "đại tướng"),
        *("thạc sĩ", "thạc sỹ", "tiến sĩ", "tiến sỹ", "bs", "ths"),
    ]
)
_DEGREES = frozenset(
    ["gs", "pgs", "ts", "ths", "bs", "ds", "ks", "cn", "bsckii", "bscki", "ckii", "cki", "nsut", "nsnd"]
)
_TOLD_NUMBERS = frozenset(["cầu", "nghị", "đạo", "giao", "cho", "dẫn"])  # "yêu cầu [17 chủ mỏ] lập …"


@dataclass(frozen=True, slots=True)
class Lexicon:
    heads: TermIndex
    never: TermIndex
    quantifiers: TermIndex
    stops: TermIndex
    relatives: TermIndex
    openers: TermIndex
    doing: TermIndex
    fields: TermIndex
    cited: TermIndex
    verbs: TermIndex
    loose_verbs: LooseIndex
    brief: TermIndex
    nouns: TermIndex
    adverbs: TermIndex
    strong: TermIndex
    ruling: TermIndex
    assign: TermIndex
    direct: TermIndex
    guide: TermIndex
    coordinate: TermIndex
    report: TermIndex
    supporting_first: frozenset[str]  # first syllables of direct, guide, coordinate and report


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The word lists of `actors.toml` and `verbs.toml`, indexed once."""
    actors, verbs = table("actors"), table("verbs")

    def index(source: dict[str, list[str]], *kinds: str) -> TermIndex:
        return TermIndex((kind, term) for kind in kinds for term in source[kind])

    return Lexicon(
        heads=index(actors, "group", "person", "organisation"),
        never=index(actors, "never"),
        quantifiers=index(actors, "quantifier"),
        stops=index(actors, "stop"),
        relatives=index(actors, "relative"),
        openers=index(actors, "opener"),
        doing=index(actors, "doing"),
        fields=index(actors, "field"),
        cited=index(actors, "cited"),
        verbs=index(verbs, "verb"),
        loose_verbs=LooseIndex(verbs["verb"]),
        nouns=index(verbs, "noun"),
        brief=TermIndex(
            [*(("verb", t) for t in verbs["brief"]), *(("", t) for t in verbs["noun"] + verbs["lookalike"])]
        ),
        adverbs=index(verbs, "adverb"),
        strong=index(verbs, "strong"),
        ruling=index(verbs, "ruling"),
        assign=index(verbs, "assign"),
        direct=index(verbs, "direct"),
        guide=index(verbs, "guide"),
        coordinate=index(verbs, "coordinate"),
        report=index(verbs, "report"),
        supporting_first=frozenset(
            fold(term).split()[0] for kind in ("direct", "guide", "coordinate", "report") for term in verbs[kind]
        )
        | {"cùng"},
    )


@dataclass(frozen=True, slots=True)
class Actor:
    """One body or person as printed; `first`/`last` are token indices (exclusive)."""

    first: int
    last: int
    kind: str
    quantifier: str
    bare: bool  # nothing follows the head: its neighbours may share a modifier
    lower: bool
    beside: bool = False  # named behind "cùng": "Sở A cùng [Sở B]"

    def span(self, syllables: Syllables) -> Span:
        return syllables.span(self.first, self.last)


@dataclass(frozen=True, slots=True)
class ActorList:
    actors: tuple[Actor, ...]
    next: int  # token after the list


def read_actors(syllables: Syllables, i: int, limit: int, *, open_ended: bool = False) -> ActorList | None:
    """The list of bodies that begins at token `i`; None where none does.

    `open_ended` is for headings and labels, where everything up to the limit is names and no verb can follow.
    """
    return _read_list(syllables, i, limit, open_ended) if _may_begin(syllables, i, limit) else None


@lru_cache(maxsize=256)  # several questions are asked of one place
def _read_list(syllables: Syllables, i: int, limit: int, open_ended: bool) -> ActorList | None:
    pieces: list[Actor] = []
    at = i
    beside = False
    while at < limit:
        plural = bool(pieces) and pieces[0].quantifier in _PLURAL
        piece = _read_one(syllables, at, limit, open_ended=open_ended, first=not pieces, plural=plural)
        if piece is None and pieces and (field := _further_field(syllables, at, limit, pieces)):
            piece = replace(pieces[-1], first=at, last=field, quantifier="", bare=False)
        if piece is None and pieces and (place := _further_place(syllables, at, limit, pieces)):
            piece = replace(pieces[-1], first=at, last=place, quantifier="", bare=False)
            if pieces[0].quantifier in _SEVERAL - {"các"}:
                pieces[0] = replace(pieces[0], first=pieces[0].first + 1, quantifier="")  # "hai [xã Mỹ Lộc], [Cồn Sậy]"
        if piece is None and pieces and (numbered := _further_number(syllables, at, limit, pieces)):
            piece = replace(pieces[-1], first=at, last=numbered, quantifier="", bare=False)
        if piece is None and pieces and (named := _further_school(syllables, at, limit, pieces)):
            piece = replace(pieces[-1], first=at, last=named, quantifier="", bare=False)
        school = (
            _SCHOOLS.at(syllables, at)
            if pieces and "trường" in syllables.folded[pieces[-1].first : pieces[-1].last]
            else None
        )
        if piece is None and school is not None and school[1] <= limit:
            last = _narrowed(syllables, school[1], limit)
            pieces[-1] = replace(pieces[-1], last=last, bare=last == school[1])
            after = _separator(syllables, last, limit)
            if after is None:
                break
            pieces[-1] = replace(pieces[-1], bare=syllables.words[after - 1] != ";")
            at = after
            continue
        if piece is None and pieces and (people := _named_in_article(syllables, at, limit)):
            piece = Actor(at, people, "person", "các", bare=False, lower=True)
        if piece is not None and pieces and syllables.folded[piece.last - 2 : piece.last] == ["tương", "đương"]:
            pieces[-1] = replace(pieces[-1], last=piece.last, bare=False)  # "các huyện ủy và [tương đương]"
            break
        if piece is not None and pieces and _is_post_of(piece, pieces[-1], syllables):
            appended = _skip_part(syllables, piece.last, limit)
            after = _separator(syllables, appended, limit)
            if after is None or (
                not lexicon().heads.at(syllables, after) and not lexicon().quantifiers.at(syllables, after)
            ):
                return ActorList(tuple(_fold(pieces, syllables)), _skip_comma(syllables, appended, limit))
            at = after
            continue
        if piece is None:
            further = _field_goes_on(syllables, at, limit) if pieces and not pieces[-1].bare else None
            if further is None:
                break
            pieces[-1] = replace(pieces[-1], last=further)
            after = _separator(syllables, further, limit)
            if after is None:
                break
            at = after
            continue
        if not pieces and _only_announces(syllables, piece, limit):
            at = piece.last + 1  # "các đoàn thể huyện: [Hội Nông dân, Đoàn Thanh niên]"
            continue
        fields = _fields_of(syllables, piece, limit)
        pieces += [replace(p, beside=True) for p in fields or [piece]] if beside else fields or [piece]
        at = pieces[-1].last
        after = _separator(syllables, _skip_bracket(syllables, at, limit), limit)
        if after is None:
            break
        if syllables.words[after - 1] == ";" and syllables.words[after][0].isupper():
            pieces[-1] = replace(pieces[-1], bare=False)  # "Các trường mầm non; Trung tâm X"
        beside = beside or "cùng" in syllables.folded[at:after]
        at = after
    if not pieces:
        return None
    last = _skip_office(syllables, pieces[-1], limit) if pieces[-1].kind == "person" else pieces[-1].last
    end = _skip_exception(syllables, _skip_bracket(syllables, last, limit), limit)
    return ActorList(tuple(_fold(pieces, syllables)), end)


def _may_begin(syllables: Syllables, i: int, limit: int) -> bool:
    """Whether a list of bodies may begin at token `i`: with a word that counts or calls, or a head. Most tokens are neither."""
    lex = lexicon()
    return i < limit and (
        lex.heads.at(syllables, i) is not None or lex.quantifiers.at(syllables, i) is not None or _counted(syllables, i)
    )


def _is_post_of(post: Actor, person: Actor, syllables: Syllables) -> bool:
    """ "đồng chí Đỗ Văn Nhượng, [Trưởng phòng Dân tộc]": the post of the person just named."""
    named = person.kind == "person" and _personal(person.quantifier) and not person.bare
    plain = syllables.words[person.last] == "," and not person.quantifier.startswith("các")
    called = syllables.words[post.first][0].isupper() or plain  # "ông Bùi Văn Lịch, [chuyên viên]"
    return named and post.kind == "person" and not post.quantifier and called


def _named_in_article(syllables: Syllables, i: int, limit: int) -> int | None:
    """End of "các ông, bà có tên tại Điều 1", "những người được phân công tại Điều 2" before "chịu trách nhiệm"; None for other words."""
    if syllables.folded[i] not in _PEOPLE_OPEN:
        return None
    for at in range(i + 1, min(limit - 1, i + _LONGEST_LISTED_PEOPLE)):
        if syllables.folded[at : at + 2] in (["chịu", "trách"], ["căn", "cứ"], ["có", "trách"]):
            return at if "điều" in syllables.folded[i:at] else None
        if syllables.words[at] in {".", ";", ":"}:
            return None
    return None


def _narrowed(syllables: Syllables, i: int, limit: int) -> int:
    """End of "trường mầm non, tiểu học [đóng trên địa bàn]"."""
    if i < limit and (level := _within_level(syllables, i, limit)) and syllables.folded[i] == "trong":
        return _narrowed(syllables, level, limit)  # "trường cao đẳng, trung cấp [trong tỉnh]"
    if syllables.folded[i : i + 2] in _FOUNDED and i + 2 <= limit:
        return _narrowed(syllables, i + 2, limit)  # "trường mầm non, tiểu học [tư thục]"
    relative = lexicon().relatives.at(syllables, i) if i < limit else None
    if relative is None or syllables.folded[i] not in {"đóng", "trên", "thuộc", "trong", "có"}:
        return i
    return _relative_clause(syllables, relative[1], limit, short=syllables.folded[i] != "có")


def _skip_part(syllables: Syllables, i: int, limit: int) -> int:
    """Index after the part one has in a team: "Trưởng Công an xã[ - thành viên]: …"."""
    if i + 1 < limit and syllables.words[i] in {"-", "–"}:
        part = lexicon().heads.at(syllables, i + 1)
        if part is not None and part[0] in {"person", "group"}:
            return min(part[1], limit)
    return i


def _skip_office(syllables: Syllables, person: Actor, limit: int) -> int:
    """Index after ", Tài chính - Kế toán xã - thành viên," behind a person called by name; the person's end where none stands."""
    at = person.last
    single = _personal(person.quantifier) and not person.quantifier.startswith("các")
    if not single or at + 1 >= limit or syllables.words[at] != "," or not _capital(syllables, at + 1, limit):
        return at
    lex = lexicon()
    for k in range(at + 1, min(limit - 1, at + _LONGEST_DOING + 3)):
        if syllables.words[k] == ",":
            told = lex.strong.at(syllables, k + 1) or lex.verbs.at(syllables, k + 1)
            return k + 1 if told else at
        if not (syllables.words[k][0].isalpha() or syllables.words[k] in "-–"):
            return at
    return at


def _skip_comma(syllables: Syllables, i: int, limit: int) -> int:
    return i + 1 if i + 1 < limit and syllables.words[i] == "," else i


def _skip_exception(syllables: Syllables, i: int, limit: int) -> int:
    """Index after ", trừ Trường THCS Lộc Hạ,": who is left out is not told to act."""
    at = i + 1 if i < limit and syllables.words[i] in {",", "("} else i
    if (
        at >= limit
        or syllables.folded[at] not in {"trừ", "ngoại"}
        or (syllables.folded[at] == "ngoại" and syllables.folded[at + 1 : at + 2] != ["trừ"])
    ):
        return i
    for later in range(at, min(limit, at + _LONGEST_RELATIVE)):
        if syllables.words[later] in {",", ")"}:
            return later + 1
    return i


def names_fields(syllables: Syllables, actor: Actor) -> bool:
    """ "Giám đốc các Sở: Tài chính, …" names fields behind the colon; "Các xã: Tăng cường …" is a label."""
    at, lex = actor.last, lexicon()
    if _only_announces(syllables, actor, len(syllables.words)):
        return False
    if at + 1 >= len(syllables.words) or syllables.words[at] != ":" or syllables.folded[at - 1] not in _FOLDED_HEADS:
        return False
    plural = "các" in syllables.folded[actor.first : at]
    works = lex.verbs.at(syllables, at + 1) or lex.adverbs.at(syllables, at + 1) or lex.strong.at(syllables, at + 1)
    field = _field(syllables, at + 1, len(syllables.words))
    if plural and field is not None and field + 1 < len(syllables.words):
        listed = syllables.words[field] in {",", ";"} or syllables.folded[field] == "và"
        if not works or (listed and _field(syllables, field + 1, len(syllables.words)) is not None):
            return True
    return plural and syllables.words[at + 1][0].isupper() and not works


def _only_announces(syllables: Syllables, piece: Actor, limit: int) -> bool:
    """ "Các phòng thuộc Sở: [Phòng Quản lý ngân sách …]": a plural before a colon that names the bodies behind it."""
    at = piece.last
    if at + 1 >= limit or syllables.words[at] != ":" or not syllables.words[at + 1][0].isupper():
        return False
    lex = lexicon()
    head = lex.heads.at(syllables, at + 1)
    plural = piece.quantifier.startswith("các") and piece.kind == "group"
    named = head is not None and (head[0] == "organisation" or _capital(syllables, head[1], limit))
    return plural and named and lex.verbs.at(syllables, at + 1) is None


def _fields_of(syllables: Syllables, piece: Actor, limit: int) -> list[Actor]:
    """ "Giám đốc các Sở: Tài chính, Nội vụ; …": one body a field, the first with the words before the colon."""
    at = piece.last
    if at + 1 >= limit or not names_fields(syllables, piece):
        return []
    found: list[Actor] = []
    start, i = at + 1, at + 1
    while i < limit:
        word = syllables.words[i]
        known = _field(syllables, i, limit)
        if known is not None and i == start:
            i = known
            continue
        joins = (
            syllables.folded[i] == "và"
            and _capital(syllables, i + 1, limit)
            and not lexicon().heads.at(syllables, i + 1)
        )
        if word[0].isupper() or word in "&-–" or joins:
            i += 1
            continue
        inside = word.islower() and word.isalpha() and word != "và" and i > start and not _ends_field(syllables, i)
        if inside:
            i += 1
            continue
        found.append(replace(piece, first=piece.first if not found else start, last=i, bare=False))
        # "Văn hóa, Thể thao và Du lịch" is one field, which the list of bodies cannot know: it is given as two
        goes_on = word == "," or (word == ";" and _field(syllables, i + 1, limit) is not None)
        if not goes_on or not _capital(syllables, i + 1, limit) or lexicon().heads.at(syllables, i + 1):
            return found
        start = i = i + 1
    if i > start:
        found.append(replace(piece, first=piece.first if not found else start, last=i, bare=False))
    return found


def _capital(syllables: Syllables, i: int, limit: int) -> bool:
    return i < limit and syllables.words[i][0].isupper()


def _ends_field(syllables: Syllables, i: int) -> bool:
    lex = lexicon()
    return bool(lex.verbs.at(syllables, i) or lex.strong.at(syllables, i) or lex.stops.at(syllables, i))


def _field_goes_on(syllables: Syllables, i: int, limit: int) -> int | None:
    """ "Vụ Kiến trúc, [quy hoạch và Cảnh quan], Thủ trưởng …": a field with a comma, up to the next name."""
    lex = lexicon()
    for at in range(i, min(limit - 1, i + _LONGEST_DOING)):
        named = lex.quantifiers.at(syllables, at + 1) or lex.heads.at(syllables, at + 1)
        joins = syllables.words[at] == "," or syllables.folded[at] == "và"
        if joins and named:
            return at if at > i else None
        if joins and syllables.folded[at] == "và":
            continue
        plain = syllables.words[at][0].isalpha()
        if not plain or lex.stops.at(syllables, at) or lex.strong.at(syllables, at):
            return None
    return None


def _read_one(
    syllables: Syllables, i: int, limit: int, *, open_ended: bool, first: bool, plural: bool = False
) -> Actor | None:
    lex = lexicon()
    at, quantifier = i, ""
    if _counted(syllables, i) or (not first and _counts_bodies(syllables, i)):
        at, quantifier = i + 1, syllables.words[i]
    while at < limit and (hit := lex.quantifiers.at(syllables, at)):
        quantifier = fold(" ".join(syllables.words[i : hit[1]])).replace(" / ", "/")
        at = hit[1]
    if quantifier == "riêng" and at + 1 < limit and syllables.words[at].isdigit() and lex.heads.at(syllables, at + 1):
        at, quantifier = at + 1, f"riêng {syllables.words[at]}"  # "Riêng [8] doanh nghiệp còn nợ phải …"
    if at >= limit:
        return None
    post = lex.heads.at(syllables, at)
    named = _personal(quantifier) and not post
    person = _personal_name(syllables, at, limit, called=not quantifier.startswith("các")) if named else None
    if person is not None:
        return Actor(i, _with_post(syllables, person, limit), "person", quantifier, bare=False, lower=False)
    if post is None:
        return None
    kind, after = post
    never = lex.never.at(syllables, at)
    if never and never[1] >= after and not _field_in_capital(syllables, after, limit):
        return None
    verb = lex.verbs.at(syllables, at)
    capital = syllables.words[at][0].isupper()
    if verb and verb[1] > after and not (capital and not first):
        return None
    if (
        verb
        and verb[1] == after
        and not quantifier
        and (not capital or (first and _verb_follows_on(syllables, after, limit)))
        and not (not first and kind == "group" and after < limit and _goes_on_listing(syllables, after))
    ):
        return None  # but "các cơ quan, tổ chức phối hợp …" lists organisations
    head_words = " ".join(syllables.folded[at:after])
    listed = not first and kind == "group"  # "các phòng, ban, ngành"
    inside = at > 0 and capital and head_words == "văn phòng" and syllables.words[at - 1].islower()  # "cùng Văn phòng"
    needs_name = head_words in _SHORT_HEADS and not (quantifier or open_ended or listed or inside)
    if needs_name and not _names_follow(syllables, after, limit):
        return None
    if after + 1 < limit and syllables.words[after] == "/" and lex.heads.at(syllables, after + 1):
        joined = _read_one(syllables, after + 1, limit, open_ended=True, first=False)  # "Sở/phòng Y tế"
        if joined is not None and not open_ended:
            joined = _read_one(syllables, after + 1, limit, open_ended=False, first=False) or joined
        if joined is not None:
            return Actor(i, joined.last, kind, quantifier, joined.bare, not capital or bool(quantifier))
    last = _modifiers(
        syllables, after, limit, open_ended=open_ended, common=kind == "group" or bool(quantifier) or plural
    )
    if (
        kind == "person"
        and last == after
        and last + 2 < limit
        and syllables.folded[last : last + 2] == ["thường", "trực"]
    ):
        last = _modifiers(syllables, last + 2, limit, open_ended=open_ended, common=bool(quantifier))
    if kind == "person" and last == after + 1 and (listed_head := lex.heads.at(syllables, after)):
        last = (
            listed_head[1] if listed_head[0] == "group" and last < listed_head[1] <= limit else last
        )  # "Thủ trưởng [ban, ngành]"
    if kind == "person" and syllables.folded[last : last + 2] == ["phụ", "trách"] and last + 2 < limit:
        last = _charge(syllables, last + 2, limit)
    if "nào" in syllables.folded[after : min(last + 1, limit)]:
        return None  # "[đơn vị nào] gửi chậm thì …" is a condition
    led = "person" if head_words in _GROUPED_BY_PLACE and quantifier else kind
    bare = last == after or _open_plural(syllables, after, last) or _ends_in_group(syllables, led, after, last)
    return Actor(i, last, kind, quantifier, bare, not capital or bool(quantifier))


def _field_in_capital(syllables: Syllables, i: int, limit: int) -> bool:
    """ "Ban [Công tác xã hội]", "Ban [Công nghiệp]": a field of two syllables and more with its capital, no "ban công"."""
    field = _field(syllables, i, limit) if i < limit else None
    return field is not None and field > i + 1 and syllables.words[i].istitle() and syllables.words[i + 1].islower()


def _goes_on_listing(syllables: Syllables, i: int) -> bool:
    """ "các cơ quan, tổ chức [phối hợp]", "các cơ quan, tổ chức [còn lại]": what is listed is bodies."""
    lex = lexicon()
    behind = syllables.folded[i] in {"còn", "khác", "liên", "và", "thuộc", "trên", ","}
    return behind or lex.verbs.at(syllables, i) is not None


def _counted(syllables: Syllables, i: int) -> bool:
    """ "Yêu cầu [17] chủ mỏ lập …": a figure before those who are told; elsewhere a figure only counts."""
    told = i > 0 and syllables.folded[i - 1] in _TOLD_NUMBERS and syllables.words[i].isdigit()
    if told and "này" in syllables.folded[i + 2 : i + 4]:
        return False  # "chỉ đạo [2 xã này]": named before
    return told and len(syllables.words[i]) <= 3 and lexicon().heads.at(syllables, i + 1) is not None


def _counts_bodies(syllables: Syllables, i: int) -> bool:
    """ "UBND thị trấn X và [5 xã] dọc đường 417": a figure behind "và" before bodies of a kind."""
    if not syllables.words[i].isdigit() or len(syllables.words[i]) > 3 or syllables.folded[i - 1] != "và":
        return False
    head = lexicon().heads.at(syllables, i + 1) if i + 1 < len(syllables.words) else None
    return head is not None and (head[0] == "group" or syllables.words[i + 1][0].isupper())


def _personal(quantifier: str) -> bool:
    """A word or a degree before the name of a person: "đồng chí", "PGS.TS."."""
    called = quantifier.split(" và ", maxsplit=1)[0]
    return called in _PERSONAL or (bool(called) and _DEGREES.issuperset(called.replace(".", " ").split()))


def _charge(syllables: Syllables, i: int, limit: int) -> int:
    """End of "Phó Chủ tịch phụ trách [văn xã] khảo sát": what a person is in charge of, up to the verb, a comma or "cùng"."""
    lex = lexicon()
    for at in range(i, min(limit, i + _LONGEST_DOING)):
        word = syllables.words[at]
        ends = not (word[0].isalnum() or word in "-–") or syllables.folded[at] in {"cùng", "và"}
        if ends or (at > i and (lex.verbs.at(syllables, at) or lex.strong.at(syllables, at))):
            return at
    return i


def _with_post(syllables: Syllables, i: int, limit: int) -> int:
    """ "Nguyễn Thị Lụa[ - Phó Hiệu trưởng]"."""
    if i + 1 < limit and syllables.words[i] in {"-", "–"}:
        post = lexicon().heads.at(syllables, i + 1)
        if post is not None and post[0] == "person":
            last = _modifiers(syllables, post[1], limit, open_ended=False, common=False)
            return (
                _charge(syllables, last + 2, limit) if syllables.folded[last : last + 2] == ["phụ", "trách"] else last
            )
    return i


def _verb_follows_on(syllables: Syllables, i: int, limit: int) -> bool:
    """ "Tổ chức lại sản xuất" is a verb with its object; "Tổ chức, cá nhân" and "Thanh tra tỉnh" are bodies."""
    if i >= limit or not syllables.words[i].islower() or syllables.folded[i] in _LEVELS:
        return False
    if syllables.folded[i] in {"hai", "ba"} and i + 1 < limit and syllables.folded[i + 1] in _OF_LEVEL:
        return False  # "Thanh tra [hai tỉnh]"
    return syllables.folded[i - 2 : i] not in (["thường", "trực"], ["thường", "vụ"]) or not committee_follows(
        syllables, i
    )


def committee_follows(syllables: Syllables, i: int) -> bool:
    """ "Thường trực [các Huyện ủy]", "Thường trực [ủy ban kiểm tra]"."""
    head = lexicon().heads.at(syllables, i + 1 if syllables.folded[i] == "các" else i)
    return head is not None and head[0] == "organisation"


def _names_follow(syllables: Syllables, i: int, limit: int) -> bool:
    """A short head alone is too common a word; a proper name, a level or the end of the list makes it a body."""
    if i >= limit:
        return True
    word = syllables.words[i]
    return (
        word[0].isupper()
        or word.isdigit()
        or word == "/"
        or _works_in_field(syllables, i)
        or (word in "-–" and _capital(syllables, i + 1, limit))  # "Văn phòng - Thống kê"
        or _of_body(syllables, i, limit) is not None
        or syllables.folded[i] in _LEVELS
        or syllables.folded[i] in {"các", "liên", "chuyên"}
        or (syllables.folded[i] in {"hai", "ba", "bốn"} and syllables.folded[i + 1 : i + 2] != [])
        or _made_in(syllables, i, limit)
    )


def _made_in(syllables: Syllables, i: int, limit: int) -> bool:
    """ "Nhà máy [chè] Suối Cát", "Nhà máy [xử lý rác] Đồng Lớn": what a works makes, before its own name."""
    if syllables.folded[i - 2 : i] != ["nhà", "máy"] or not syllables.words[i - 2][0].isupper():
        return False
    for at in range(i, min(limit, i + 4)):
        if syllables.words[at][0].isupper():
            return at > i
        if not syllables.words[at].isalpha():
            return False
    return False


def _works_in_field(syllables: Syllables, i: int) -> bool:
    """ "ngành [y tế]", "phòng [nội vụ]" in small letters: a field of two syllables that is no verb."""
    lex = lexicon()
    hit = lex.fields.at(syllables, i)
    return hit is not None and hit[1] > i + 1 and lex.verbs.at(syllables, i) is None


def _open_plural(syllables: Syllables, first: int, last: int) -> bool:
    """ "UBND các xã": the plural inside the name may go on (", thị trấn")."""
    lex = lexicon()
    for at in range(first, last):
        if syllables.folded[at] == "các":
            head = lex.heads.at(syllables, at + 1) if at + 1 < len(syllables) else None
            return head is not None and head[1] >= last
    return False


def _ends_in_group(syllables: Syllables, kind: str, first: int, last: int) -> bool:
    """ "Thủ trưởng [cơ quan], ban, ngành thành phố"."""
    head = lexicon().heads.at(syllables, first) if kind == "person" and first < last else None
    own = first < last and syllables.words[first][0].isupper()  # "Chánh Thanh tra [Bộ]"
    return head is not None and head[0] == "group" and head[1] == last and not own


def _modifiers(syllables: Syllables, i: int, limit: int, *, open_ended: bool, common: bool) -> int:
    """End of the words that belong to a name after its head."""
    lex = lexicon()
    at = _purpose(syllables, i, limit) or i
    if at > i:
        return at
    at = _field_over_head(syllables, i, limit) or i
    if syllables.folded[i - 1] in {"phòng", "trực", "vụ"}:
        at = _of_body(syllables, i, limit) or i
    while at < limit and at - i < _LONGEST_NAME:
        word = syllables.words[at]
        if not word[0].isalnum():
            joined = _inner_sign(syllables, at, i, limit, open_ended=open_ended) or _short_form(syllables, at, limit)
            if joined is None:
                return at
            at = joined
            continue
        field = _field(syllables, at, limit) or (_small_field(syllables, at, limit) if at == i else None)
        if field is not None and not (field == at + 1 and at > i):
            at = field
            continue
        if _is_clock(word) or (
            at > i and word.isdigit() and word[0] == "0" and _small_letters(syllables, at + 1, limit)
        ):
            return at  # "cụm trưởng [16h00] báo cáo", "Cục Phòng bệnh [02 đợt]"
        if (word[0].isupper() and word != "VÀ") or word.isdigit():
            noun = lex.nouns.at(syllables, at)
            if noun and noun[1] <= limit:
                at = noun[1]
                continue
            if syllables.folded[at : at + 2] == ["quản", "lý"] and word[0].isupper():
                at = _managed(syllables, at + 2, limit)
                continue
            verb = lex.verbs.at(syllables, at)  # "Đào tạo", "Quản lý" inside a name
            at = min(verb[1], limit) if verb and verb[1] > at + 1 else at + 1
            continue
        low = syllables.folded[at]
        if low in {"mỗi", "từng", "mọi"}:
            return at
        if (at > i or _long_head(syllables, i)) and (level := _up_to_level(syllables, at, i, limit)):
            at = level
            continue
        if low in {"các", "những"}:
            listed = lex.heads.at(syllables, at + 1) if at + 1 < limit else None
            if listed is None:
                return (_of_several(syllables, at, limit) or at) if at == i else at
            if listed[1] > at + 2:  # "Ban Dân vận các [huyện, thị, thành ủy]", "… các [đoàn thể chính trị - xã hội]"
                at = listed[1]
                continue
        deictic = tuple(syllables.folded[at : at + 2]) in _DEICTIC and (low != "trực" or not common)
        if deictic or (low == "cùng" and _same_level(syllables, at)):
            at += 2
            continue
        if low in {"và", "cùng", "hoặc"}:
            if _name_goes_on(syllables, at, limit, i):
                at += 1
                continue
            second = _second_field(syllables, at, i, limit) if low == "và" else None
            if second is None:
                return at
            at = second
            continue
        bound = lex.strong.at(syllables, at)
        if open_ended and bound and bound[1] > at + 2:
            return at  # "UBND các huyện [có nhiệm vụ sau]"
        if open_ended or _inside_capitals(syllables, at, i, limit):
            at += 1
            continue
        if bound:
            return at
        if low == "trong" and syllables.folded[at + 1 : at + 3] == ["và", "ngoài"] and at + 4 < limit:
            two = (lex.nouns.at(syllables, at + 3) or ("", at + 4))[1]
            at = min(two, limit)  # "các bệnh viện trong và ngoài [công lập]"
            continue
        if low == "trong" and (place := _within_level(syllables, at, limit)):
            at = place
            continue
        if low in _NEWLY and at > 0 and syllables.folded[at - 1] in _LEVELS | _UNITS:
            at = _renewed(syllables, at + 1, limit)
            continue
        if low == "về" and (subject := _charged_with(syllables, at, limit)):
            at = subject
            continue
        pilot = syllables.folded[at : at + 2] == ["thí", "điểm"] and syllables.folded[at - 1] in _LEVELS | _UNITS
        if pilot and at + 2 < limit and (lex.verbs.at(syllables, at + 2) or lex.strong.at(syllables, at + 2)):
            at += 2  # "UBND các xã [thí điểm] lập danh sách"
            continue
        noun = lex.nouns.at(syllables, at)
        if noun and noun[1] <= limit:
            at = noun[1]
            continue
        lacking = low in _LACKING or (low == "không" and syllables.folded[at - 1] == "năm")
        if lacking and (end := _lacking(syllables, at, limit)):
            return end
        relative = lex.relatives.at(syllables, at)
        common = (
            common
            or (low == "nơi" and syllables.folded[at + 1 : at + 2] in (["có"], ["xảy"], ["đặt"]))
            or "các" in syllables.folded[i:at]
        )  # "Thủ trưởng các đơn vị có liên quan"
        if relative and low in _STATES and _single(syllables, at, i):
            return at  # "Sở Tài chính [được giao] …"
        if relative and common and not (low == "có" and lex.verbs.at(syllables, at)):
            related = syllables.folded[relative[1] - 1] == "quan" and not _goes_on_to(syllables, relative[1], limit)
            short = related or low in {"thuộc", "trực", "trên", "từ"}
            return _relative_clause(syllables, relative[1], limit, short=short)
        doing = lex.doing.at(syllables, at) if common and not _called_alone(syllables, at, i) else None
        if doing and (end := _doing_clause(syllables, doing[1], limit)):
            return end
        if lex.verbs.at(syllables, at) or lex.adverbs.at(syllables, at) or lex.stops.at(syllables, at):
            return at
        if lex.brief.at(syllables, at) and (
            (at == i and (_long_head(syllables, i) or _counts(syllables, at, limit)))
            or _named_before(syllables, at, i)
            or (at > i and _counts(syllables, at, limit))
            or _compound_before(syllables, at, i)
            or _plural_before(syllables, at, i)
        ):
            return at  # "UBND xã Tân Khê [xây bể …]"
        if at > i and lex.loose_verbs.at(syllables, at):
            return at
        if _complete(syllables, at, i):
            return at  # "Công an tỉnh [rắc muối]", "Sở Tư pháp [biểu mẫu]"
        at += 1
    return at


def _lacking(syllables: Syllables, i: int, limit: int) -> int | None:
    """End of "UBND các xã [chưa có tài khoản tiếp nhận] phải mở": what is not done yet, up to what must be; None without a must."""
    if syllables.folded[i + 1 : i + 2] in (["phải"], ["cần"], ["được"], ["nên"]):
        return None  # "không phải", "chưa cần", "không được"
    for at in range(i + 2, min(limit - 1, i + _LONGEST_LACKING)):
        if not syllables.words[at][0].isalnum():
            return None
        if syllables.folded[at] == "phải" and syllables.folded[at - 1] not in {"không", "chưa", "mà", "khi", "thì"}:
            return at
    return None


def _charged_with(syllables: Syllables, i: int, limit: int) -> int | None:
    """End of "Văn phòng Quốc gia [về giảm nghèo]", "Ban Chỉ đạo [về cải cách hành chính] tỉnh": the field a national office or a committee is set up for."""
    before = tuple(syllables.folded[max(0, i - 2) : i])
    if before not in {("quốc", "gia"), ("chỉ", "đạo"), ("công", "tác"), ("liên", "ngành"), ("trung", "ương")}:
        return None
    if i + 1 >= limit or (before != ("quốc", "gia") and not syllables.words[i - 2][0].isupper()):
        return None
    field = lexicon().fields.at(syllables, i + 1)
    return field[1] if field is not None and i + 2 < field[1] <= limit else None


def _field_over_head(syllables: Syllables, i: int, limit: int) -> int | None:
    """End of "Đội Quản lý [nợ và Cưỡng chế nợ thuế]": a field that begins inside the head ("đội quản lý") and goes on behind it."""
    if i < 3 or not syllables.words[i - 2][0].isupper() or not syllables.words[i - 3][0].isupper():
        return None
    field = _field(syllables, i - 2, limit)
    return field if field is not None and field > i else None


def _of_several(syllables: Syllables, i: int, limit: int) -> int | None:
    """End of "Ban tổ chức [các lễ hội] chỉ được …", "Cụm trưởng [các cụm chuyên môn] đôn đốc": what a head is of, right before a verb."""
    lex = lexicon()
    if i + 2 >= limit or syllables.folded[i + 1] in _NO_BODIES:
        return None
    for at in range(i + 2, min(limit, i + _LONGEST_PLURAL)):
        if not syllables.words[at].isalpha():
            return None
        if lex.nouns.at(syllables, at):
            continue
        if lex.verbs.at(syllables, at) or lex.strong.at(syllables, at) or lex.adverbs.at(syllables, at):
            return at
    return None


def _of_body(syllables: Syllables, i: int, limit: int) -> int | None:
    """End of a body in small letters behind a short head: "Văn phòng [ủy ban kiểm tra] lập", "Thường trực [huyện ủy] phân công"."""
    head = lexicon().heads.at(syllables, i) if i < limit else None
    if head is None or head[0] != "organisation" or head[1] < i + 2 or head[1] > limit:
        return None
    return head[1] if syllables.words[i].islower() and syllables.folded[i] in _GOVERNING else None


def _is_clock(word: str) -> bool:
    return word[0].isdigit() and not word.isdigit() and "h" in word


def _small_letters(syllables: Syllables, i: int, limit: int) -> bool:
    return i < limit and syllables.words[i].isalpha() and syllables.words[i].islower()


def _same_level(syllables: Syllables, i: int) -> bool:
    """ "UBND [cùng cấp]", no "cùng cấp ủy"."""
    return syllables.folded[i + 1 : i + 2] == ["cấp"] and syllables.folded[i + 2 : i + 3] not in (["ủy"], ["trên"])


def _counts(syllables: Syllables, i: int, limit: int) -> bool:
    """A verb of one syllable with a figure or a name for its object: "các trường [thu BHYT]", "mỗi xã [chọn ít nhất 01 ấp]"."""
    hit = lexicon().brief.at(syllables, i)
    if hit is None or hit[1] >= limit:
        return False
    word = syllables.words[hit[1]]
    return (
        word[0].isupper()
        or word[0].isdigit()
        or syllables.folded[hit[1]] in {"ít", "tối", "từ", "đủ", "thêm", "ngay", "một", "hai", "ba"}
    )


def _single(syllables: Syllables, at: int, start: int) -> bool:
    """A body called by its own name before token `at`: "Sở Tài chính", "Trạm Y tế"; no "Các sở", no "Trường THCS"."""
    opens = syllables.words[start - 1][0].isupper() and syllables.folded[start - 1] in _NAMED_BY_FIELD
    lex = lexicon()
    if any(lex.quantifiers.at(syllables, k) for k in range(start, at)):
        return False
    long = next((k for k in range(max(0, start - 6), start - 1) if _heads(syllables, k, start)), None)
    if syllables.folded[max(0, start - 3) : start] == ["trạm", "y", "tế"]:
        long = start - 3
    return (opens and at > start) or (long is not None and syllables.words[long][0].isupper())


def _called_alone(syllables: Syllables, at: int, start: int) -> bool:
    """ "Trung tâm Dịch vụ nông nghiệp [kiểm soát việc …]": a body of its own name does, what it is for stands in capitals."""
    named = start < at and syllables.words[start][0].isupper() and not syllables.words[start].isupper()
    opens = named and any(w[0].isupper() for w in syllables.words[max(0, start - 2) : start])
    return opens and not any(lexicon().quantifiers.at(syllables, k) for k in range(max(0, start - 4), at))


def _heads(syllables: Syllables, i: int, last: int) -> bool:
    """A head from token `i` to `last` that is a body of its own, no common noun."""
    head = lexicon().heads.at(syllables, i)
    return head is not None and head[0] != "group" and head[1] == last


def _complete(syllables: Syllables, at: int, start: int) -> bool:
    """A single body named in full before token `at`: by its level, or a department by its field of work."""
    if (
        at <= start
        or not syllables.words[start - 1][0].isupper()
        or (syllables.folded[at] in _NUMBERING and at + 1 < len(syllables) and _is_numeral(syllables.words[at + 1]))
        or syllables.folded[at] in _LEVELS | _UNITS | {"các", "những", "của", "vùng", "miền", "khu", "trực", "thuộc"}
    ):
        return False
    lex = lexicon()
    if lex.fields.at(syllables, at) or lex.never.at(syllables, at - 1):
        return False  # "Phòng Hành chính [tư pháp]", "Phòng Công tác xã [hội]"
    if syllables.folded[at - 1] in {"tỉnh", "huyện", "xã", "phường"} and syllables.words[at - 1].islower():
        return "các" not in syllables.folded[start:at]
    head = syllables.folded[start - 1]
    return head in {"sở", "phòng", "bộ"} and _ends_in_field(syllables, at, start)


def _further_place(syllables: Syllables, i: int, limit: int, pieces: list[Actor]) -> int | None:
    """ "các xã Hòa Lợi, [Tân Bửu]": a place that shares the word before it; None for none."""
    if not _capital(syllables, i, limit) or lexicon().heads.at(syllables, i):
        return None
    if lexicon().quantifiers.at(syllables, i) and not _capital(syllables, i + 1, limit):
        return None  # but "các xã Sơn Lũng, [Ba Hiên]"
    named = pieces[-1]
    while len(pieces) > 1 and _all_capital(syllables, named):
        pieces = pieces[:-1]
        named = pieces[-1]
    if not _names_place(syllables, named.last, _after_first_word(named)):
        return None
    at = i
    while at < limit and at - i < 4 and _capital(syllables, at, limit) and syllables.words[at].isalpha():
        at += 1
    return at if at - i >= 2 or (at > i and at < limit and syllables.words[at] in {",", ":"}) else None


def _further_number(syllables: Syllables, i: int, limit: int, pieces: list[Actor]) -> int | None:
    """ "các Phòng Thanh tra số 1, [số 2] và [số 3]", "Chi cục vùng III, [vùng V]": a number that shares the name before it."""
    words, low = syllables.words, syllables.folded
    last = pieces[-1].last
    if i + 1 >= limit or low[i] not in _NUMBERING or low[last - 2] != low[i]:
        return None
    return i + 2 if _is_numeral(words[last - 1]) and _is_numeral(words[i + 1]) else None


def _is_numeral(word: str) -> bool:
    return word.isdigit() or (word.isupper() and set(word) <= set("IVX"))


def _further_school(syllables: Syllables, i: int, limit: int, pieces: list[Actor]) -> int | None:
    """ "Các trường THCS Hòa Lợi, [TH&THCS Tân Bửu]": a school called by its own name after another one."""
    named = pieces[-1]
    kind = _SCHOOLS.at(syllables, i)
    listed = any("trường" in syllables.folded[p.first : p.last] for p in pieces)
    if kind is None or not listed or not _capital(syllables, kind[1], limit) or named.bare:
        return None
    at = kind[1]
    while at < limit and at - kind[1] < 5 and _capital(syllables, at, limit) and syllables.words[at].isalpha():
        at += 1
    return at


def _all_capital(syllables: Syllables, named: Actor) -> bool:
    return all(w[0].isupper() for w in syllables.words[named.first : named.last])


def _after_first_word(named: Actor) -> int:
    return named.first + 1 + len(named.quantifier.split())


def _names_place(syllables: Syllables, at: int, start: int) -> bool:
    """A name ends before token `at` in a place called by its own name, one of several: "các xã Hòa Lợi", "Xã Hòa Lợi".

    `start` is where the words behind the head begin.
    """
    first = at
    while first > start and syllables.words[first - 1][0].isupper():
        first -= 1
    if not 0 < first < at:
        return False
    plural = bool(_SEVERAL.intersection(syllables.folded[max(0, first - 4) : first]))
    long = syllables.folded[first - 2 : first] in _LONG_PLACES
    if plural and _kind_of_school(syllables, first, at):
        return True  # "các trường THCS Hòa Lợi, Tân Bửu"
    if syllables.folded[first - 2 : first] in (["huyện", "đoàn"], ["thành", "đoàn"], ["huyện", "ủy"]):
        return first == start or first == start + 1  # "Huyện đoàn Nậm Ngần, Mường Xen"
    return (long and plural) or (syllables.folded[first - 1] in _PLACES and (plural or first == start))


def _kind_of_school(syllables: Syllables, first: int, last: int) -> bool:
    """A kind of school stands at or right before token `first`, and more up to `last`: "trường THCS | Hòa Lợi"."""
    for k in range(max(1, first - 6), first + 1):
        kind = _SCHOOLS.at(syllables, k) if syllables.folded[k - 1] == "trường" else None
        if kind is not None and first <= kind[1] < last and (k == first or kind[1] == first):
            return True
    return False


def _purpose(syllables: Syllables, i: int, limit: int) -> int | None:
    """ "Ban Chỉ đạo [phòng, chống tội phạm … huyện] kiện toàn": what a committee is for, up to its level; None where none is told."""
    if i >= limit or not syllables.words[i].islower():
        return None
    if tuple(syllables.folded[max(0, i - 3) : i]) not in _COMMITTEES and not _council(syllables, i):
        return None
    lex = lexicon()
    if not lex.verbs.at(syllables, i):
        return None
    for at in range(i + 2, min(limit - 1, i + _LONGEST_RELATIVE)):
        if syllables.words[at] in {";", ":", "."}:
            return None
        level = syllables.folded[at] in _LEVELS | _UNITS and syllables.folded[at - 1] not in {"các", "cấp"}
        after = at + 1
        if not level and tuple(syllables.folded[at : after + 1]) in _OWN_HOUSES:
            level, after = True, after + 1
        while level and after < limit and syllables.words[after][0].isupper() and after - at <= 4:
            after += 1
        if level and after < limit and (lex.verbs.at(syllables, after) or lex.strong.at(syllables, after)):
            return after
    return None


def _council(syllables: Syllables, i: int) -> bool:
    """ "Hội đồng [bồi thường, hỗ trợ và tái định cư huyện …]"."""
    return syllables.folded[max(0, i - 2) : i] == ["hội", "đồng"] and syllables.words[i - 2][0].isupper()


def _further_field(syllables: Syllables, i: int, limit: int, pieces: list[Actor]) -> int | None:
    """ "các sở Nội vụ, [Tài chính] thẩm định": a field that shares the head of the list, None for none."""
    field = _field(syllables, i, limit)
    head = pieces[0]
    plural = head.quantifier.startswith("các") or "các" in syllables.folded[head.first : head.last]
    shares = any(w in _FOLDED_HEADS for w in syllables.folded[head.first : head.first + 3])
    return field if field is not None and plural and shares else None


def _field(syllables: Syllables, i: int, limit: int) -> int | None:
    """End of a field of work that begins at token `i` with a capital ("Giao thông vận tải"), None for none."""
    if i >= limit or not syllables.words[i][0].isupper():
        return None
    found = lexicon().fields.at(syllables, i)
    return found[1] if found and found[1] <= limit else None


def _second_field(syllables: Syllables, i: int, start: int, limit: int) -> int | None:
    """End of "Cục Công nghệ thông tin [và chuyển đổi số]": a field in small letters that goes on with the field before "và"."""
    lex = lexicon()
    if i + 2 >= limit or not syllables.words[i + 1].islower() or not _ends_in_field(syllables, i, start):
        return None
    found, verb = lex.fields.at(syllables, i + 1), lex.verbs.at(syllables, i + 1)
    if found is None or found[1] < i + 3 or found[1] > limit or lex.heads.at(syllables, i + 1):
        return None
    return found[1] if verb is None or verb[1] < found[1] else None


def _up_to_level(syllables: Syllables, at: int, start: int, limit: int) -> int | None:
    """Index of the level in "Trung tâm Dịch vụ [việc làm] tỉnh đổi mới", "Ban Quản lý [các cảng cá] tỉnh bố trí".

    Small letters that look like a verb or a plural go on with a name where a level closes it and a verb, a sign or a proper name follows.
    """
    if syllables.folded[at] in _LEVELS | _BEFORE_LEVEL or _LEVELS.isdisjoint(
        syllables.folded[at + 1 : at + _LEVEL_REACH]
    ):
        return None
    lex = lexicon()
    heads = (k for k in range(max(0, start - 6), start) if (h := lex.heads.at(syllables, k)) and h[1] == start)
    if not any(syllables.words[k][0].isupper() for k in heads) or not syllables.words[at - 1][0].isalpha():
        return None
    if not any(w[0].isupper() for w in syllables.words[start:at]) and not _long_head(syllables, start):
        return None
    if _ends_in_field(syllables, at, start):
        return None  # "Sở Tư pháp [soạn thảo nghị quyết tỉnh]"
    if any(syllables.folded[k] in _LEVELS | {"các"} for k in range(start, at)):
        return None
    for level in range(at + 1, min(limit, at + _LEVEL_REACH)):
        low, word = syllables.folded[level], syllables.words[level]
        if not word.islower() or not word.isalpha() or low in _BEFORE_LEVEL or lex.strong.at(syllables, level):
            return None
        long = syllables.folded[level : level + 2] in _LONG_PLACES
        if long or (low in _OF_LEVEL and not lex.never.at(syllables, level)):
            if syllables.folded[level - 1] in {"các", "tác"}:
                return None  # "cùng các phường", "hợp tác xã"
            end = level + 2 if long else level + 1
            closes = end >= limit or syllables.words[end] in {",", ";", ":", "."} or lex.strong.at(syllables, end)
            return level if closes or lex.verbs.at(syllables, end) or lex.adverbs.at(syllables, end) else None
        if level > at + 1 and (lex.heads.at(syllables, level) or lex.quantifiers.at(syllables, level)):
            return None
    return None


def _small_field(syllables: Syllables, i: int, limit: int) -> int | None:
    """ "sở [nông nghiệp và môi trường]", "phòng [kế hoạch tổng hợp]": a field in small letters right behind its head."""
    if syllables.folded[i - 1] not in _NAMED_BY_FIELD | {"ngành", "cục"}:
        return None
    lex = lexicon()
    found, verb = lex.fields.at(syllables, i), lex.verbs.at(syllables, i)
    if found is None or found[1] < i + 2 or found[1] > limit or (verb and verb[1] >= found[1]):
        return None
    return found[1]


def _managed(syllables: Syllables, i: int, limit: int) -> int:
    """End of what a body manages: "Cục Quản lý [xây dựng] giao ban", "Đội Quản lý [thị trường] số 3"."""
    known = lexicon().verbs.at(syllables, i) if i < limit and syllables.words[i].islower() else None
    return min(known[1], limit) if known and known[1] == i + 2 else min(i, limit)


def _renewed(syllables: Syllables, i: int, limit: int) -> int:
    """End of "UBND xã mới", "các phường mới [sáp nhập]", "UBND các xã cũ"."""
    return i + 2 if i + 1 < limit and tuple(syllables.folded[i : i + 2]) in _RENEWING else i


def _within_level(syllables: Syllables, i: int, limit: int) -> int | None:
    """End of "trong tỉnh", "trong toàn huyện" that begins at token `i`."""
    at = i + 2 if syllables.folded[i + 1 : i + 2] == ["toàn"] else i + 1
    return (
        at + 1
        if at < limit and syllables.folded[at] in {"tỉnh", "huyện", "xã", "phường", "quận", "trường", "ngành"}
        else None
    )


def _long_head(syllables: Syllables, i: int) -> bool:
    """Whether a head of two syllables and more ends at token `i`: it needs no words after it to be a name."""
    return any((h := lexicon().heads.at(syllables, k)) is not None and h[1] == i for k in range(max(0, i - 10), i - 1))


def _named_before(syllables: Syllables, at: int, start: int) -> bool:
    """The words of a name so far end in a proper name or a level: what follows in small letters may be the verb."""
    if at <= start:
        return False
    before = syllables.words[at - 1]
    ends = before[0].isupper() or before.isdigit() or syllables.folded[at - 1] in _LEVELS | _UNITS
    return ends or _ends_in_field(syllables, at, start)


def _compound_before(syllables: Syllables, at: int, start: int) -> bool:
    """ "Văn phòng Huyện ủy [lo xe]": a word of two syllables that says no work closes the name; "Phòng Kiểm soát [chi]" goes on."""
    opens = at - 2
    if opens < start or not syllables.words[opens][0].isupper() or not syllables.words[at - 1].islower():
        return False
    lex = lexicon()
    verb = lex.verbs.at(syllables, opens)
    works = verb is not None and verb[1] == at
    return not works and at + 1 < len(syllables.words)


def _plural_before(syllables: Syllables, at: int, start: int) -> bool:
    """ "Ban Chủ nhiệm các khoa [chọn cố vấn]": a plural common noun is complete where a verb follows."""
    lex = lexicon()
    if at == start and syllables.folded[at - 1] not in _PLACES | {"khoa", "vị", "phương", "quan"}:
        return False  # "các trường [dạy nghề]"
    return any(
        syllables.folded[k - 1] == "các" and (head := lex.heads.at(syllables, k)) is not None and head[1] == at
        for k in range(max(1, at - 3), at)
    )


def _goes_on_to(syllables: Syllables, i: int, limit: int) -> bool:
    """ "có liên quan đến …" goes on, "có liên quan" alone is complete."""
    return i < limit and syllables.folded[i] in {"đến", "tới"}


def _inside_capitals(syllables: Syllables, at: int, start: int, limit: int) -> bool:
    """ "Xuất nhập khẩu Sợi": lower-case syllables between the capitals of one proper name, no verb of two syllables."""
    if at == start or not syllables.words[at - 1][0].isupper():
        return False
    verb = lexicon().verbs.at(syllables, at)
    if (verb is None and not lexicon().brief.at(syllables, at)) or (verb and verb[1] > at + 1):
        return False
    following = next((k for k in range(at + 1, min(limit, at + 3)) if syllables.words[k][0].isupper()), None)
    return following is not None and lexicon().heads.at(syllables, following) is None


def _short_form(syllables: Syllables, at: int, limit: int) -> int | None:
    """Index after the bracket in "Ủy ban nhân dân [(UBND)] các tỉnh …": a short form before the level; None for another bracket."""
    if at + 3 >= limit or syllables.words[at] != "(" or syllables.words[at + 2] != ")":
        return None
    short = syllables.words[at + 1].isupper() and len(syllables.words[at + 1]) > 1
    return at + 3 if short and syllables.folded[at + 3] in _OF_LEVEL | {"các", "cấp"} else None


def _inner_sign(syllables: Syllables, at: int, start: int, limit: int, *, open_ended: bool = False) -> int | None:
    """Index after a sign that belongs to the name ("GD&ĐT", "Tài chính - Kế hoạch", "TH-THCS"), None where it ends it."""
    sign = syllables.words[at]
    if at + 1 >= limit:
        return None
    following = syllables.words[at + 1]
    glued = syllables.ends[at - 1] == syllables.starts[at] and syllables.ends[at] == syllables.starts[at + 1]
    if sign == "&" or (sign == "+" and following.isdigit() and syllables.words[at - 1].isdigit()):  # "Tổ khối 4 + 5"
        return at + 1
    if sign in "-–" and following[0].isalpha() and (glued or following[0].isupper() or open_ended):
        return at + 1
    if sign in "-–" and glued and following.isdigit() and syllables.words[at - 1].isupper():
        return at + 1  # "gói XL-03"
    if sign in "-–" and glued and following[0].isdigit() and following[-1].isupper():
        return at + 1  # "Trung tâm Đăng kiểm 50-05V"
    if sign == "." and glued and following[0].isalnum():
        return at + 1
    if sign == "," and following[0].isupper() and at > start and _name_goes_on(syllables, at, limit, start):
        return at + 1
    return None


def _name_goes_on(syllables: Syllables, at: int, limit: int, start: int) -> bool:
    """ "Sở Văn hóa, Thể thao và Du lịch": a capital that opens no body of its own goes on with the field's name."""
    if at + 1 >= limit or not any(w[0].isupper() for w in syllables.words[start:at]):
        return False
    word = syllables.words[at + 1]
    if not word[0].isupper():
        return False
    lex = lexicon()
    school = _SCHOOLS.at(syllables, at + 1)
    if (
        school is not None
        and "trường" in syllables.folded[max(0, start - 4) : at]
        and _capital(syllables, school[1], limit)
    ):
        return False  # "các trường THCS Hòa Lợi, THCS Tân Bửu"
    if _names_place(syllables, at, start):
        return False  # "các huyện Mường Cang, Pha Long và Sín Chải"
    shares = "các" in syllables.folded[max(0, start - 2) : at] and _field(syllables, at + 1, limit) is not None
    if shares and syllables.words[at] == "," and _ends_in_field(syllables, at, start):
        return False  # "các sở Nội vụ, Tài chính"
    head, never = lex.heads.at(syllables, at + 1), lex.never.at(syllables, at + 1)
    opens = head is not None and not (never is not None and never[1] > head[1])  # "… và Xã hội" is no "xã"
    return not opens and lex.quantifiers.at(syllables, at + 1) is None


def _ends_in_field(syllables: Syllables, at: int, start: int) -> bool:
    return any(_field(syllables, i, at) == at for i in range(start, at))


def _doing_clause(syllables: Syllables, i: int, limit: int) -> int | None:
    """End of "quản lý hồ chứa" in "các đơn vị quản lý hồ chứa vận hành": before the verb of work, None without one."""
    lex = lexicon()
    for at in range(i, min(limit, i + _LONGEST_DOING)):
        word = syllables.words[at]
        if not word[0].isalnum() or lex.stops.at(syllables, at):
            return None
        verb = None if lex.nouns.at(syllables, at) else lex.verbs.at(syllables, at)
        if at == i and verb and (verb[1] < i + 2 or lex.doing.at(syllables, i)):
            continue
        if at == i and syllables.folded[at : at + 2] == ["thông", "tin"]:
            return None  # "quỹ tín dụng nhân dân [cung cấp thông tin]"
        if word.islower() and (verb or lex.strong.at(syllables, at)) and not lex.nouns.at(syllables, at - 1):
            return at
    return None


def _relative_clause(syllables: Syllables, i: int, limit: int, *, short: bool) -> int:
    """End of a narrowing clause: before what says that the subject is complete, else before the first verb."""
    lex = lexicon()
    low_before = syllables.folded[i - 1]
    least = 2 if low_before in {"tại", "ở"} or (low_before == "nơi" and syllables.folded[i : i + 1] == ["có"]) else 3
    if least == 2 and i < limit and syllables.folded[i] in _OF_LEVEL:
        least = 1  # "ở tỉnh"
    bound = min(limit, i + _LONGEST_RELATIVE)
    for at in range(i, bound):
        further = syllables.folded[at] in {"và", "cùng"} and _capital(syllables, at + 1, bound)
        if syllables.words[at] in {";", ":", ".", "("} or (further and lex.heads.at(syllables, at + 1)):
            bound = at
            break
    for at in range(i, bound):
        if syllables.folded[at - 2 : at] == ["liên", "quan"] and at > i + 2 and lex.verbs.at(syllables, at):
            return at  # "các khoa có học phần liên quan [cử] giảng viên phối hợp"
        if lex.strong.at(syllables, at) and syllables.words[at].islower() and not short:
            return at
    at = i
    while at < bound:
        if not syllables.words[at][0].isalnum() and syllables.words[at] not in {"-", "–", "&", "/"}:
            return at
        low = syllables.folded[at]
        if syllables.folded[at - 1] == "có" and (noun := lex.nouns.at(syllables, at)) and noun[1] <= bound:
            at = noun[1]  # "UBND xã nơi có [công trình]"
            continue
        if low in {"và", "cùng"} and _capital(syllables, at + 1, bound) and lex.heads.at(syllables, at + 1):
            return at
        if syllables.words[at].islower() and (
            lex.strong.at(syllables, at)
            or (at >= i + (0 if short else least) and (lex.verbs.at(syllables, at) or lex.adverbs.at(syllables, at)))
            or (short and (lex.stops.at(syllables, at) or low in {"và", "cùng"}) and low not in {"đến", "tại"})
            or (short and at > i and _named_or_headed(syllables, at) and lex.brief.at(syllables, at))
            or (at == i and syllables.folded[at - 1] == "bàn" and lex.brief.at(syllables, at))
            or (at == i + 2 and low_before == "đang" and lex.verbs.at(syllables, i) and lex.brief.at(syllables, at))
            or (low == "mỗi" and syllables.folded[at + 1] in {"tháng", "tuần", "năm", "quý", "ngày"})
            or (at == i + 1 and low_before == "có" and _only_verb(syllables, at, bound))
            or (at == i + 1 and low_before == "có" and low in _THEMSELVES)
        ):
            return at
        at += 1
    return bound


def _named_or_headed(syllables: Syllables, at: int) -> bool:
    """A proper name or a head ends before token `at`: "thuộc Văn phòng [lo xe]"."""
    return syllables.words[at - 1][0].isupper() or _long_head(syllables, at)


def _only_verb(syllables: Syllables, i: int, bound: int) -> bool:
    """ "các xã có rừng [thành lập, củng cố …]": a verb of two syllables, none behind it up to the next sign."""
    lex = lexicon()
    verb = lex.verbs.at(syllables, i)
    if verb is None or verb[1] != i + 2:
        return False
    for at in range(verb[1], bound):
        if not syllables.words[at][0].isalnum():
            return True
        if lex.verbs.at(syllables, at) or lex.strong.at(syllables, at):
            return False
    return True


def _personal_name(syllables: Syllables, i: int, limit: int, *, called: bool) -> int | None:
    """End of two to five capitalised syllables, one where a title calls the person so ("đ/c Hậu"); None where none stand here."""
    at = i
    while at < limit and at - i < _LONGEST_PERSON:
        joined = (
            syllables.words[at] in _APOSTROPHES and at > i and _capital(syllables, at + 1, limit)
        )  # "K’Brẹ", "H' Linh"
        if not joined and not (syllables.words[at][0].isupper() and syllables.words[at].isalpha()):
            break
        at += 1
    return at if at - i >= 2 or (at > i and called) else None


def _skip_bracket(syllables: Syllables, i: int, limit: int) -> int:
    if i < limit and syllables.words[i] == "(":
        for at in range(i, min(limit, i + 60)):
            if syllables.words[at] == ")":
                return at + 1
    return i


def _separator(syllables: Syllables, i: int, limit: int) -> int | None:
    """Index after what separates two names, None where the list ends."""
    if i >= limit:
        return None
    low = syllables.folded
    at = i
    if syllables.words[at] in {",", ";", "/"}:
        at += 1
    for phrase in (
        ("trọng", "tâm", "là"),
        ("nhất", "là"),
        ("trước", "hết", "là"),
        ("nòng", "cốt", "là"),
        ("cùng", "với"),
        ("và",),
        ("cùng",),
        ("hoặc",),
    ):
        if tuple(low[at : at + len(phrase)]) == phrase and not (phrase == ("cùng",) and _same_level(syllables, at)):
            at += len(phrase)
            break
    return at if i < at < limit else None


def _fold(pieces: list[Actor], syllables: Syllables) -> list[Actor]:
    """Join common nouns that share a quantifier or a modifier into one entry."""
    folded: list[Actor] = []
    run: list[Actor] = []

    def close() -> None:
        if not run:
            return
        shared = (
            _common(run[0])
            or (_is_committee(run[0]) and run[-1].lower)
            or _leads_group(run[0])
            or (run[0].lower and _of_committee(run[0]))
            or _is_committee(run[0])
            or run[0].kind == run[-1].kind == "person"
            or (bool(run[0].quantifier) and not run[-1].bare)
        )
        if len(run) > 1 and shared:
            folded.append(Actor(run[0].first, run[-1].last, run[0].kind, run[0].quantifier, run[-1].bare, run[0].lower))
        else:
            folded.extend(run)
        run.clear()

    def _common(piece: Actor) -> bool:
        return (
            piece.kind == "group"
            or _open_plural(syllables, piece.first + 1, piece.last)
            or syllables.folded[piece.last - 1] in _UNITS
        )

    def _is_committee(piece: Actor) -> bool:
        at = piece.last - 1 if piece.bare else piece.first + len(piece.quantifier.split()) + 1
        kind = syllables.folded[at] if at < len(syllables) else ""
        if kind == "đoàn":  # "các huyện đoàn, thị đoàn"
            return syllables.folded[at - 1] in _COMMITTEE_LEVELS - {"đảng"}
        return kind == "ủy" and syllables.folded[at - 1] in _COMMITTEE_LEVELS

    def _of_committee(piece: Actor) -> bool:
        last = piece.last
        return (
            last - piece.first > 2
            and syllables.folded[last - 1] == "ủy"
            and syllables.folded[last - 2] in _COMMITTEE_LEVELS
            and not piece.quantifier
        )

    def _leads_group(piece: Actor) -> bool:
        return any(_ends_in_group(syllables, piece.kind, k, piece.last) for k in range(piece.first + 1, piece.last))

    def _own_name(piece: Actor) -> bool:
        head = lexicon().heads.at(syllables, piece.first)
        after = head[1] if head is not None else piece.first + 1  # "Trung tâm [Cấp cứu 115]"
        named = not piece.bare and after < piece.last and syllables.words[piece.first][0].isupper()
        return named and syllables.words[after][0].isupper() and syllables.folded[after] not in _LEVELS

    def _bare_post(piece: Actor) -> bool:
        if syllables.folded[piece.first] in _OWN_POSTS:
            return False  # "Chánh Văn phòng, Trưởng các phòng" are two
        return any(
            (head := lexicon().heads.at(syllables, k)) is not None
            and head[1] == piece.last
            and (k == piece.first or syllables.words[piece.last - 2] != ",")
            for k in range(piece.first, piece.last)
        ) and not any(syllables.folded[k] in _LEVELS for k in range(piece.first + 1, piece.last))

    for piece in pieces:
        if (
            run
            and syllables.folded[piece.first] == "cấp"
            and piece.last == piece.first + 2
            and syllables.folded[run[-1].last - 2] == "cấp"
            and run[-1].last - run[-1].first > 2
        ):
            run[-1] = replace(run[-1], last=piece.last)  # "công an cấp huyện, cấp xã"
            continue
        units = (
            bool(run)
            and syllables.folded[run[-1].last - 1] in _UNITS
            and syllables.folded[piece.first] in _UNITS | {"thành"}
        )
        if units and syllables.folded[piece.first - 1] == "và" and syllables.words[piece.last - 1][0].isupper():
            units = False  # "UBND xã và [thôn Bản Chang]"
        if (
            run
            and (run[0].quantifier in _PLURAL or _open_plural(syllables, run[0].first, run[0].last))
            and not piece.quantifier
            and _is_committee(run[-1])
            and _is_committee(piece)
        ):
            run.append(piece)  # "các huyện ủy, thị ủy, đảng ủy trực thuộc"
            continue
        if (
            run
            and run[-1].bare
            and not run[0].quantifier
            and _is_committee(run[-1])
            and _is_committee(piece)
            and piece.lower
        ):
            run.append(piece)  # "Huyện ủy, thành ủy và đảng ủy trực thuộc Tỉnh ủy"
            continue
        if (
            run
            and run[0].lower
            and piece.lower
            and not piece.quantifier
            and _of_committee(run[0])
            and _is_committee(piece)
        ):
            run.append(piece)  # "ban tổ chức huyện ủy, thành ủy, đảng ủy trực thuộc"
            continue
        posts = bool(run) and run[-1].kind == piece.kind == "person"  # "Trưởng, Phó các phòng"
        whole = posts and "các" in syllables.folded[run[-1].first + 1 : run[-1].last]  # "Giám đốc các sở, Thủ trưởng …"
        whole = whole or (
            posts and syllables.folded[run[-1].first] == "người"
        )  # "người đại diện vốn và giám đốc các …"
        several = posts and not whole and _bare_post(run[-1]) and "các" in syllables.folded[piece.first : piece.last]
        joins = (piece.kind == "group" and not _own_name(piece)) or several
        continues = bool(run) and (run[-1].bare or units) and not piece.quantifier and joins and not piece.beside
        if not continues:
            close()
        run.append(piece)
    close()
    return folded
