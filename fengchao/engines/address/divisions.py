"""The head of an address: province to community, each resolved inside the one before it.

A level may be missing, shortened (杭州余杭五常), repeated (the form filled it in and the person wrote it again), out of
order (天山路街道上海市长宁区), or abolished. A name that several places share stays without a code until a child tells
them apart.
"""

import re
from collections.abc import Sequence

from .gazetteer import ROOT, UNITS, Division, Gazetteer, Named, city_of, county_of, level_of
from .model import Span
from .names import COMMUNITY_SUFFIX, STREET_SUFFIX

_PART = ("", "province", "city", "county", "street", "community")
SEPARATORS = frozenset(" ,，、_/|;；:：。.·*-")

# What makes a short name part of a longer one: 绍兴路, 杭州湾, 朝阳门, 中山东路, 北京西站, 白云山南路; 龙港镇.
_GOES_ON = re.compile(
    "[东西南北中新老]?[一二三四五六七八九十]*(?:大道|大街|路|街|巷|弄|胡同|公路|高速|国道|环|线|桥|湾|港|里|[东西南北]?站|门|[内外])|"
    "[山湖江河溪][东西南北中]路|"
    f"{STREET_SUFFIX.pattern}"
)
_ESTATE = "[东西南北中][苑园区]|新?村|社区|居委|小区|花园|花苑|家园|公寓|苑|大厦|大楼|广场|公园|医院|学校|[大中小]学"
# A county in short, alone at the beginning, is as likely the first part of one of these: 凤凰社区, 大姚堡村, 广宁伯街.
_NAMED_AFTER_COUNTY = re.compile(f"[0-9]|{_ESTATE}|[一-龥]{{0,2}}(?:社区|村)|[一-龥][路街巷弄](?!街?道|镇)")
# What is named after the street that it stands in: 九堡商贸中心 is not in a street called 九堡.
_NAMED_AFTER_STREET = re.compile(
    f"{_ESTATE}|[一-龥]?[苑园]|[一-龥]{{0,2}}[商市]场|新区|[A-Za-z]|[东西南北]?[一二三四五六七八九十0-9A-Za-z]*小?区|中心|国际|商[贸业城]|"
    "[东西南北中]?工业|产业|科技|卫生|实验|幼儿|酒店|宾馆|饭店|汽[车配]|火?车站|站|派出所"
)
# With nothing known before it, a street without 街道 or 镇 is believed only before one of these: 彭埠红普路.
_AFTER_STREET = re.compile("[一-龥]{1,6}?(?:路|街|大道|巷|村|社区|工业|开发区)")
# A village without 村 or 社区 is believed only before a road, a number or the end.
_AFTER_COMMUNITY = re.compile(
    "(?![湖山河江溪桥门岭坡塘]|公园|花园|广场|工业)(?:$|[一-龥]{2,5}?(?:路|街|大道|巷)|[甲乙丙丁]?[0-9]+(?:-[0-9]+)?号(?![楼幢栋座]))"
)
# 海西镇, 永街道: no such name in the register, but the last word says what it is.
_SOME_STREET = re.compile(
    "([一-龥]{1,7}?)(?:街道(?:办事处|办)?|(?<![小古集市重乡])镇(?![海江政府中])|(?<![城故同老家])乡(?![村镇邻下]))"
)
_NOT_A_STREET = re.compile("[路街弄巷号楼栋幢室园]|小区|单元|社区|公司|高新区|开发区|新区")
_ZONE = re.compile("(?:(?![镇乡道])[一-龥]){0,8}?(?:高新区|开发区|新区|工业园?区|工业园|产业园区?)")
_SOME_COUNTY = re.compile("(?!高新|开发)[一-龥]{1,4}?(?<!新)[区县市]")
# 广西省 never was, 富阳市 is 富阳区 now, 日喀则地区 is 日喀则市; but 义乌市场 is a market in 义乌.
_OTHER_RANK = (
    re.compile("(?!)"),
    re.compile("省"),
    re.compile("地区|市(?!场)"),
    re.compile("[市县区](?!场)"),
)
_STREET_ENDS = frozenset("道镇乡处")
# What follows the last character shows that the county is written to its end: not 湖北省荆州市沙市|区.
_IN_FULL = re.compile(
    "(?:[一-龥]{2,3}省|[一-龥]{2,5}自治区)[一-龥]{2,9}?(?:市|自治州|地区|盟)[一-龥]{1,9}?[区县市旗](?![区县市旗场州])|"
    "(?:北京|天津|上海|重庆)市[一-龥]{2,6}?[区县](?![区县])"
)
_CANDIDATES = 12  # 鼓楼区 and the like; more counties than that share no name
_MANY = 10_000  # there are 3,000 counties; more beginnings than this are not addresses
_COUNTRY = ("中国", "中华人民共和国")


_Hit = tuple[int, int, Sequence[int]]  # level, end, codes


class _Head:
    """The state of one reading."""

    __slots__ = ("spans", "levels", "codes", "deepest", "end")

    def __init__(self, context: int | None) -> None:
        self.spans: list[Span] = []
        self.levels: set[int] = set()  # those written so far
        self.codes: Sequence[int] = (context,) if context else ()  # candidates for the deepest division
        self.deepest = level_of(context) if context else 0
        self.end = 0

    def copy(self) -> "_Head":
        other = _Head(None)
        other.spans, other.levels = self.spans.copy(), self.levels.copy()
        other.codes, other.deepest, other.end = self.codes, self.deepest, self.end
        return other

    def take(self, hit: _Hit, start: int) -> None:
        level, self.end, found = hit
        if found:
            self._narrow(level, found)
        self.spans.append(("rest" if level in self.levels else _PART[level], start, self.end))
        self.levels.add(level)

    def _narrow(self, level: int, found: Sequence[int]) -> None:
        if level > self.deepest:
            self.codes, self.deepest = found, level
        elif inside := _inside(self.codes, found, UNITS[level]):
            self.codes = inside  # a parent written after its child decides between several, and undoes nothing
        elif level not in self.levels:
            self.codes, self.deepest = found, level


def read_head(text: str, gazetteer: Gazetteer, context: int | None) -> tuple[list[Span], Sequence[int], int]:
    """(spans, codes, end of the head); several codes are candidates for the deepest division.

    `text` is folded. `context` is the division that the text takes for granted.
    """
    head = _beginning(text, gazetteer) if context is None else None
    if head is None:
        head = _Head(context)
        if text.startswith(_COUNTRY):
            head.end = 7 if text[1] == "华" else 2
    _read(text, gazetteer, head)
    return head.spans, head.codes, head.end


def _beginning(text: str, gazetteer: Gazetteer) -> _Head | None:
    """Province, city and county written in full: the same from line to line, so read only once."""
    found = _IN_FULL.match(text)
    if not found:
        return None
    written = found[0]
    known = gazetteer.beginnings.get(written)
    if known is None:
        known = _Head(None)
        _read(written, gazetteer, known)
        if known.end < len(written) or len(known.codes) != 1 or len(gazetteer.beginnings) > _MANY:
            return None
        gazetteer.beginnings[written] = known
    return known.copy()


def _read(text: str, gazetteer: Gazetteer, head: _Head) -> None:
    at, size = head.end, len(text)
    while at < size:
        if text[at] in SEPARATORS:
            at += 1
            continue
        hit = _next(text, at, gazetteer, head)
        if hit is None and 4 not in head.levels:
            at, hit = _unknown(text, at, gazetteer, head)
        if hit is None:
            break
        head.take(hit, at)
        at = head.end
        if hit[0] == 5:
            break
    head.end = at


def _inside(codes: Sequence[int], parents: Sequence[int], unit: int) -> Sequence[int]:
    if len(parents) == 1:
        head = parents[0] // unit
        return [code for code in codes if code // unit == head]
    heads = {parent // unit for parent in parents}
    return [code for code in codes if code // unit in heads]


def _next(text: str, at: int, gazetteer: Gazetteer, head: _Head) -> _Hit | None:
    if (pattern := gazetteer.place_pattern) and (place := pattern.match(text, at)):
        code = gazetteer.places[place[0]]
        return (level_of(code), place.end(), (code,))
    divisions = gazetteer.divisions.get(text[at : at + 2])
    hit = _division(text, at, divisions, head) if divisions else None
    if head.deepest >= 3:
        below = _below_county(text, at, gazetteer, head)  # 古县村 in 霞浦县, and not 古县 in another province
        return below if hit is None or below is not None and below[1] > hit[1] else hit
    if hit is not None:
        return hit
    if 4 in head.levels:
        return None
    scope = city_of(head.codes[0]) if head.deepest == 2 else ROOT
    return _street(text, at, gazetteer.names_at(scope, text, at), scope)


def _division(text: str, at: int, divisions: Sequence[Division], head: _Head) -> _Hit | None:
    codes, levels = head.codes, head.levels
    found: Sequence[int]
    for name, level, full, found in divisions:
        if not text.startswith(name, at):
            continue
        end = at + len(name)
        if codes:
            inside = _inside(found, codes, UNITS[min(level, head.deepest)])
            # What contradicts is believed only in full, and only once: people move, forms are filled in twice. Behind
            # a street or community of somewhere else it is part of a name.
            if not inside and (not full or level in levels or max(levels, default=0) > level):
                continue
            found = inside or found
        if full:
            # 义乌市场 is a market, 古县村 a village; 东区 and 城区 are counties somewhere, and parts of a compound
            # everywhere.
            if text.startswith(("场", "村"), end) or not codes and len(name) == 2 and name[1] == "区":
                continue
            return (level, end, found)
        if rank := _OTHER_RANK[level].match(text, end):
            return (level, rank.end(), found)
        if _GOES_ON.match(text, end) or not codes and not _believable(text, end, level, found, levels):
            continue
        return (level, end, found)
    return None


def _believable(text: str, end: int, level: int, found: Sequence[int], levels: set[int]) -> bool:
    """A short name with nothing known before it."""
    if levels or level == 3 and len(found) > 1:
        return False
    return not (level == 3 and _NAMED_AFTER_COUNTY.match(text, end))


def _below_county(text: str, at: int, gazetteer: Gazetteer, head: _Head) -> _Hit | None:
    for code in head.codes[:_CANDIDATES]:
        county = county_of(code)
        names = gazetteer.names_at(county, text, at)
        if not names:
            continue
        hit = _street(text, at, names, county)
        if hit and 4 in head.levels and text[hit[1] - 1] not in _STREET_ENDS:
            hit = None
        hit = hit or _community(text, at, names, code // 1000 if head.deepest == 4 else None)
        if hit:
            return hit
    return None


def _street(text: str, at: int, names: Sequence[tuple[int, Named]], scope: int) -> _Hit | None:
    for length, (streets, _) in names:
        if not streets:
            continue
        end = at + length
        if suffix := STREET_SUFFIX.match(text, end):
            return (4, suffix.end(), streets)
        certain = scope != ROOT or len(streets) == 1 and _AFTER_STREET.match(text, end)
        if certain and _ends_here(text, end, length) and not _NAMED_AFTER_STREET.match(text, end):
            return (4, end, streets)
    return None


def _community(text: str, at: int, names: Sequence[tuple[int, Named]], street: int | None) -> _Hit | None:
    """Communities are looked up in the whole county; those of the street, if there is one, are kept."""
    for length, (_, communities) in names:
        found = [code for code in communities if street is None or code // 1000 == street]
        if not found:
            continue
        end = at + length
        if suffix := COMMUNITY_SUFFIX.match(text, end):
            return (5, suffix.end(), found)
        if _ends_here(text, end, length) and _AFTER_COMMUNITY.match(text, end):
            return (5, end, found)
    return None


def _ends_here(text: str, end: int, length: int) -> bool:
    return length > 1 and text[end - 1] not in "路街巷" and not _GOES_ON.match(text, end)


def _unknown(text: str, at: int, gazetteer: Gazetteer, head: _Head) -> tuple[int, _Hit | None]:
    """(where it begins, the street) behind words that are no division, or one that the register does not know."""
    if zone := _ZONE.match(text, at):  # 成都市高新区中和镇
        hit = _next(text, zone.end(), gazetteer, head)
        if hit and hit[0] == 4:
            return _behind(text, head, at, zone.end(), hit)
    found = _SOME_STREET.match(text, at)
    if not found or _NOT_A_STREET.search(found[1][:-1]):
        return at, None
    end = found.end(1)
    scopes = {county_of(head.codes[0]), city_of(head.codes[0])} if head.deepest >= 2 else {ROOT}
    # At the beginning, for a street that went to another county of the city; further on, behind a county misspelt.
    for begin in (at, *range(at + 2, end - 1)):
        for scope in scopes:
            for length, (streets, _) in gazetteer.names_at(scope, text, begin):
                if streets and begin + length == end:
                    return _behind(text, head, at, begin, (4, found.end(), streets))
    misspelt = _SOME_COUNTY.match(text, at, end - 2)
    return _behind(text, head, at, misspelt.end() if misspelt else at, (4, found.end(), ()))


def _behind(text: str, head: _Head, start: int, begin: int, hit: _Hit) -> tuple[int, _Hit]:
    """`hit` at `begin`; what stands between is a county that nobody knows, or no part at all."""
    if start < begin:
        is_county = 3 not in head.levels and _SOME_COUNTY.fullmatch(text, start, begin)
        head.spans.append(("county" if is_county else "rest", start, begin))
        head.levels |= {3} if is_county else set()
    return begin, hit
