"""The small words of the tail of an address: 3号楼, 二单元, B座, 5-12号, 502室, and where a name ends.

One pattern is tried at every character of every address. Its alternatives are ordered by what must win (号楼 before
号), and the last group that matched says what was found.
"""

import re

_CHINESE = "[零〇一二两三四五六七八九十百]+"
_ONE = (
    "(?:(?:(?<![A-Za-z])[A-Za-z]{1,2})?[0-9]+(?:[一二三四五六七八九十]+[0-9]+|[A-Za-z](?![A-Za-z]))?"
    f"|{_CHINESE}"
    "|(?:[A-Za-z]{1,2}|[甲乙丙丁])(?=[座栋幢楼单室号梯]|-[0-9]))"
)
_NUMERAL = f"{_ONE}(?: ?[-、,/.至之] ?{_ONE})*"

# What stands behind a number, by what it makes of it.
_UNITS = (
    # Parts of names first: 二期, 三区, 望江一园, 3号厂房, 0号大街. Seen only so that their number is not a door.
    ("phase", "期|(?:号?小|号)?区(?![域间])|[苑园]"),
    ("thing", "号(?:地块|厂房|仓库|车间|馆|线|桥|店|柜|厅|码头|口)|办公室|[米亩元人家]|公里|年"),
    ("street", "号?(?:大街|大道|街(?![道区坊])|马路|路(?!口)|巷|胡同|国道|省道|县道)"),
    # 楼 is a building before 单元 or 门, a floor elsewhere unless 号 is before it.
    (
        "building",
        "号?(?:塔|宿舍|公寓|住宅|办公)?楼栋?(?=[0-9一二三四五六七八九十]+(?:单元|门))|"
        "号(?:塔|宿舍|公寓|住宅|写字|办公|教学|综合|商业|商住)?楼|号[幢栋座]|[幢栋](?:楼|号楼?)?|座(?![谈标])|"
        "#(?:楼|[幢栋座])?|排(?![档水])",
    ),
    ("gate", "号门"),
    ("entrance", "号?单元|号?梯(?![田形队])|门(?=[0-9一二三四五六七八九十])"),
    ("room", "号?(?:室|房间|房(?![产地屋管])|商铺|店铺|铺|档口?|摊位)|户(?![外籍口主])"),
    ("floor", "底?层|楼(?![上下道盘梯市宇])|[Ff](?![A-Za-z])"),
    ("lane", "弄(?!堂)"),
    ("group", "(?:村民|居民)?(?:小组|组|队|社(?!区))"),
    ("number", "号(?:大?院(?!校))?(?:[附副][0-9]+号?|之[0-9一二三四五六七八九十]+)?"),
)

# What follows may show that a name goes on: 花园路, 新村小学, 中街路口, 中海国际社区.
_GOES_ON = "(?![东西南北中]?[路街道巷弄]|[村镇乡]|社区|小区)"
_NAMED_AFTER = "(?!小区|新[村苑]|花[园苑]|家园|公寓|[小中大]学|社区)"
_NAME_ENDS = (
    ("community", "社区居委会|社区|村民委员会|村委会|居民委员会|居委会|"
                  f"(?<=[^新])村(?![东西南北中前后]?(?:路|大?街|大道|巷)|[道镇口中小委民]){_NAMED_AFTER}"),
    ("road", f"路(?:[东西南北中]?[一二三四五六七八九十]段|(?![口桥段灯]){_NAMED_AFTER})|大道(?![路街])|"
             "大街(?![路道])|街(?![道区坊口路])|巷(?![口道])|胡同|公路(?!局)|国道|省道|高速|弄(?=[0-9一二三四五六七八九十])|"
             "(?:道|线|(?<=[一二三四五六外内])环)(?=[0-9]|$)|[条段](?=[0-9])"),
    ("zone", f"(?:[经高]?[济新]?(?:技术)?开发区|高新区|工业园区|工业区|工业园|产业园区?|科技园区?|创[业意新]园区?|"
             f"物流园区?|电商园|孵化园|园区|保税区|新片区|基地){_GOES_ON}"),
    ("compound", "(?:小区|花园|花苑|家园|家苑|公寓|新村|新苑|嘉园|佳园|佳苑|名苑|雅苑|华庭|豪庭|山庄|别墅|华府|"
                 "名邸|公馆|大厦|大楼|广场|国际城?|[商市]场|商[贸业]城|[东西南北中][区期苑园]|苑|城|里(?=[0-9]|$)|院|中心|学校|[小大中]学|"
                 f"医院|公司|[集团工]厂){_GOES_ON}"),
    ("assist", "斜?对[面过]|旁边?|附近|隔壁|门口(?!小区)|楼[上下]|路口|交叉路?口|交[汇界叉]处?|往[东西南北前后]|"
               "以[东西南北]|[东西南北]侧|[左右]手边|内[进走]"),
)  # fmt: skip


_WORDS = (
    ("ground", "底层|顶层|地下室"),
    ("side", "[东西南北中前后主附副裙辅][楼栋座幢](?![上下道村路街镇])"),
    *_NAME_ENDS,
)


def _groups(kinds: tuple[tuple[str, str], ...]) -> str:
    return "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in kinds)


# Most characters of a name begin none of this and must fail fast: hence the look at the first character, and one group
# for all words instead of one for each kind.
_FIRST_OF_NUMBERS = "0-9A-Za-z零〇一二两三四五六七八九十百甲乙丙丁地负第"
_FIRST_OF_WORDS = (
    "段东中主交产以佳保公内创别前副北医华南右名后商嘉团园国地城基大学孵家对小居山工左巷市广底开弄往技斜新旁村条楼济物环电省社科线经胡"
    "花苑街裙西豪路辅道里门附院隔雅集顶高"
)
_EVENT = re.compile(
    f"(?=[{_FIRST_OF_NUMBERS}])(?:地下|负|[甲乙丙丁](?=[0-9])|第(?=[0-9]+(?:号|[幢栋座单层])))?"
    f"(?P<numeral>{_NUMERAL})(?: ?(?:{_groups(_UNITS)}))?"
    f"|(?=[{_FIRST_OF_WORDS}])(?P<word>{'|'.join(pattern for _, pattern in _WORDS)})"
)
_WORD = re.compile(_groups(_WORDS))
_kinds_of_words: dict[str, str] = {}  # filled from _WORD as words are met: there are some hundred

SPLIT = re.compile(" ?[-#/.] ?")
_CHINESE_NUMERALS = frozenset("零〇一二两三四五六七八九十百")
_NAME_KIND = {"phase": "compound", "street": "road", **{kind: kind for kind, _ in _NAME_ENDS}}

# kind, start, end, end of the numeral. The kind is one of the groups above, or "bare": a number and no word. The last
# is -1 for the end of a name. A plain tuple: there are some for every address.
Event = tuple[str, int, int, int]


def events(text: str, start: int) -> list[Event]:
    kept: list[Event] = []
    end = -1
    for found in _EVENT.finditer(text, start):
        kind = found.lastgroup or ""
        at, stop = found.span()
        if kind == "word":
            kind = _kinds_of_words.get(text[at:stop]) or _kind_of_word(text, at, stop)
        if kind in _NAME_KIND:
            kept.append((_NAME_KIND[kind], at, stop, -1))
            continue
        chinese = text[at] in _CHINESE_NUMERALS
        if kind == "numeral":
            # 五〇二 right after 二单元 is a room; the 三 of 三里屯 is a letter of its name.
            if chinese and (at != end or stop - at < 2):
                continue
            kind = "bare"
        elif kind == "thing" or chinese and kind == "lane":
            continue
        end = stop
        kept.append((kind, at, stop, max(found.end(1), at)))
    return kept


def _kind_of_word(text: str, start: int, end: int) -> str:
    found = _WORD.match(text, start)
    kind = _kinds_of_words[text[start:end]] = (found.lastgroup if found else None) or ""
    return kind
