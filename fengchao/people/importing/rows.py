"""From an uploaded file to people and their doors. Runs in the guarded process; sees no database and no key."""

from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from stdnum.cn import ric as counties
from stdnum.exceptions import ValidationError

from fengchao.base import clock
from fengchao.engines.address.gazetteer import Gazetteer, OwnNames
from fengchao.engines.address.parse import parse
from fengchao.people.importing.doors import CELLS, Door, Parse, read_door
from fengchao.sheets.cells import Flaw, Remark
from fengchao.sheets.cleaning import Cleaner, Row
from fengchao.sheets.columns import Column, columns_of
from fengchao.sheets.header import Header
from fengchao.sheets.ids import Document, read_number
from fengchao.sheets.limits import Limits
from fengchao.sheets.mapping import HEAD, Mapping, complete, propose, signature
from fengchao.sheets.preview import located
from fengchao.sheets.workbook import Sheet

CHUNK = 2_000
ID_KINDS = {
    "ric": "ric", "gat_residence": "residence_permit", "hkmo_permit": "travel_permit",
    "taiwan_permit": "travel_permit", "passport_cn": "passport", "passport": "passport",
    "foreign_residence": "foreigner",
}  # fmt: skip
SEX = {"男": 1, "女": 2}
SPOUSE = {1: "丈夫", 2: "妻子"}
Message = dict[str, Any]


def people(
    *, path: str, columns: str, sheet_name: str | None, mapping: list[list[Any]] | None, community: int,
    remembered: dict[str, list[list[Any]]], divisions: list[list[Any]], own: dict[str, list[str]], limits: Limits,
    header_row: int | None = None, door_needed: bool = True,
) -> Iterator[Message]:  # fmt: skip
    """First a message about the header, then chunks of homes and people, then what was left out.

    Without `door_needed` a row whose door is not written, or not readable, is somebody without a home; a blank one does
    not repeat the door above.
    """
    ours = columns_of(columns)
    opened, header = located(Path(path), sheet_name, ours, limits, header_row)
    chosen = understood(header, ours, mapping, remembered)
    yield heading(opened, header, chosen)
    cleaner = Cleaner(header, chosen, ours, opened.merged, households=door_needed)
    heads = {place for place, names in enumerate(header.labels) if any(name.startswith(HEAD) for name in names)}
    composer = Composer(address_parts(divisions, own, community), chosen, door_needed, heads)
    number = 0
    for number, record in enumerate(cleaner.records(opened.rows), 1):
        composer.add(record)
        if number % CHUNK == 0:
            yield composer.message()
    yield composer.message()
    yield {"left_out": cleaner.left_out, "rows": number, "rounded": composer.rounding.suspects()}


def understood(header: Header, columns: list[Column], mapping: list[list[Any]] | None,
               remembered: dict[str, list[list[Any]]]) -> Mapping:  # fmt: skip
    """Which column is what: as a person said, else as it was the last time, else as the headings sound."""
    known = mapping if mapping is not None else remembered.get(signature(header))
    chosen = dict(known) if known is not None else propose(header, columns)
    complete(chosen, columns)
    return chosen


def heading(opened: Sheet, header: Header, chosen: Mapping) -> Message:
    return {
        "sheet": opened.name, "header": header.last + 1, "signature": signature(header),
        "mapping": [[place, name] for place, name in chosen.items()], "height": opened.height,
        "headings": header.headings,
    }  # fmt: skip


def address_parts(divisions: list[list[Any]], own: dict[str, list[str]], community: int) -> Parse:
    """Takes an address in this community apart."""
    gazetteer = Gazetteer.of([(code, name) for code, name in divisions], OwnNames(**_tuples(own)))
    own_names = [name for code, name in divisions if code == community]

    def parts(written: str) -> dict[str, str]:
        found = dict(parse(written, gazetteer, community).parts)
        named = found.pop("community", "")
        if named and not any(named in own for own in own_names):  # a hamlet of this one, not another community
            found.setdefault("compound", named)
        return found

    return parts


@dataclass(slots=True)
class Rounding:
    """Whether ids that end in 000 are real. A rounded one still passes its checksum one time in eleven, but then
    others of its column fail theirs, and none in digits alone ends otherwise. One real id in a thousand ends so.
    """

    ending: list[int] = field(default_factory=list)
    failed: bool = False
    sound: bool = False

    def see(self, row: int, number: str, flaw: Flaw | None) -> None:
        if number[-3:] == "000":
            if flaw is None:
                self.ending.append(row)
            self.failed = self.failed or (flaw is not None and flaw.code == "id_rounded")
        elif flaw is None and number.isdigit():
            self.sound = True

    def suspects(self) -> list[int]:
        return self.ending if self.failed or not self.sound else []


class Composer:
    """Turns cleaned rows into the shape that is staged. Homes are numbered as they first appear."""

    def __init__(self, parse_address: Any, mapping: dict[int, str], door_needed: bool = True,
                 heads: Container[int] = ()) -> None:  # fmt: skip
        self.parse = parse_address
        self.door_needed = door_needed
        self.heads = heads  # columns of the head of the household
        self.place_of = {name: place for place, name in mapping.items()}
        self.own = self.place_of  # where the cells of the person being read stand
        self.today = clock.today()
        self.rounding = Rounding()
        self.homes: dict[tuple[Any, ...], tuple[int | None, Flaw | None]] = {}
        self.doors: dict[tuple[Any, ...], int] = {}
        self.by_door: dict[tuple[int, str], int] = {}
        self._clear()

    def _clear(self) -> None:
        self.new_doors: list[list[Any]] = []
        self.new_homes: list[list[Any]] = []
        self.people: list[list[Any]] = []
        self.flaws: list[list[Any]] = []
        self.remarks: list[list[Any]] = []

    def message(self) -> Message:
        found = {
            "doors": self.new_doors, "homes": self.new_homes, "people": self.people, "flaws": self.flaws,
            "remarks": self.remarks,
        }  # fmt: skip
        self._clear()
        return found

    def add(self, record: Row) -> None:
        values, number = record.values, record.number
        self.own = record.places
        for name, found in record.flaws:
            self._flaw(number, name, found)
        for name, remark in record.remarks:
            self._remark(number, name, remark)
        if (known := self.homes.get(record.home)) is None:
            known = self._home(record.home, values)
        home, flaw = known
        if flaw is not None:
            self._flaw(number, "address" if "address" in self.place_of else "building", flaw)
        get = values.get
        kind, id_number, born, sex = self._document(number, get("id_kind"), get("id_number"), get("born"), get("sex"))
        relation = get("relation") or (HEAD if record.places.get("name") in self.heads else "")
        if relation == "配偶":
            relation = SPOUSE.get(sex, relation)
        flawed = flaw is not None or bool(record.flaws) or kind is None
        self.people.append([
            number, home, int(flawed), get("name") or "", sex, born, kind or "none", id_number, get("phone") or "",
            relation, get("basis") or "", get("presence") or "", get("workplace") or "", get("hukou") or "",
            get("remark") or "", get("tags") or [],
        ])  # fmt: skip

    def _home(self, cells: tuple[Any, ...], values: dict[str, Any]) -> tuple[int | None, Flaw | None]:
        if len(self.homes) > 100_000:  # rows of a home stand together; what is far above is not asked again
            self.homes.clear()
        known = self.homes[cells] = self._new_home(values)
        return known

    def _new_home(self, values: dict[str, Any]) -> tuple[int | None, Flaw | None]:
        door = read_door({cell: values[cell] for cell in CELLS if values.get(cell)}, self.parse)
        if not isinstance(door, Door):
            return None, (door or Flaw("door_missing")) if self.door_needed else None
        street = ("", "") if door.compound else (door.road, door.house_number)
        identity = (door.compound, *street, door.number, door.entrance, door.room)
        if (index := self.doors.get(identity)) is None:
            index = self.doors[identity] = len(self.doors)
            self.new_doors.append([index, *door])
        number = (values.get("household_number") or "")[:30]
        if (home := self.by_door.get((index, number))) is None:
            home = self.by_door[index, number] = len(self.by_door)
            self.new_homes.append([home, index, number])
        return home, None

    def _document(
        self, row: int, kind: str | None, number: str | None, born: date | None, sex: int | None
    ) -> tuple[str | None, str, str | None, int]:
        """(kind or None when refused, number, birth date, sex): what a checked number says wins over the cells."""
        if not number:
            return "none", "", iso(born), sex or 0
        found = read_number(number, latest=self.today)
        if isinstance(found, Remark):
            self._remark(row, "id_number", found)
            found = found.value
        if len(number) == 18:
            self.rounding.see(row, number, found if isinstance(found, Flaw) else None)
        if isinstance(found, Flaw):
            if kind in (None, "ric", "none") or found.code == "id_rounded" or not 4 <= len(number) <= 30:
                self._flaw(row, "id_number", found)
                return None, "", iso(born), sex or 0
            found = Document(kind, number)
        if found.kind == "ric" and not known_county(found.number[:6]):
            self._remark(row, "id_number", Remark(None, "id_county_unknown", {"county": found.number[:6]}))
        self._compare(row, found, born, sex)
        given = kind if kind not in (None, "none", "ric") and found.kind != "ric" else None
        said = found.born or born
        stated = SEX[found.sex] if found.sex else sex or 0
        return given or ID_KINDS.get(found.kind, "other"), found.number, iso(said), stated

    def _compare(self, row: int, found: Document, born: date | None, sex: int | None) -> None:
        if found.born and born and found.born != born:
            self._remark(row, "born", Remark(None, "born_differs"))
        if found.sex and sex and SEX[found.sex] != sex:
            self._remark(row, "sex", Remark(None, "sex_differs"))

    def _flaw(self, row: int, name: str, flaw: Flaw) -> None:
        self.flaws.append([row, self.own.get(name, self.place_of.get(name)), flaw.code, flaw.params])

    def _remark(self, row: int, name: str, remark: Remark) -> None:
        self.remarks.append([row, self.own.get(name, self.place_of.get(name)), remark.code, remark.params])


@lru_cache(maxsize=50_000)
def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


@lru_cache(maxsize=10_000)
def known_county(six: str) -> bool:
    try:
        return bool(counties.get_birth_place(six + "19900101000"))
    except (ValidationError, KeyError):  # KeyError: a gap in the library's own table
        return False


def _tuples(own: dict[str, list[str]]) -> dict[str, Any]:
    return {kind: tuple(names) for kind, names in own.items()}
