"""What a synthetic community is made of. Plain data: keys are integers, unique inside one community."""

from dataclasses import dataclass
from datetime import date

NATIONAL_ID, PERMIT, PASSPORT, NO_DOCUMENT = "ric", "permit", "passport", "none"


@dataclass(frozen=True, slots=True)
class Compound:
    key: int
    name: str
    kind: str  # managed | unmanaged | urban_village
    road: str
    number: int
    style: str  # how doors are written here, see housing.LABELS


@dataclass(frozen=True, slots=True)
class Building:
    key: int
    compound: int
    grid: int
    name: str
    number: str  # what stands on the wall: "3", "56-1"
    entrances: int
    floors: int
    seq: int  # walking order inside the grid


@dataclass(frozen=True, slots=True)
class Dwelling:
    key: int
    building: int
    grid: int
    entrance: str
    floor: int
    room: str
    label: str
    walk: int  # walking order inside the building: up one entrance, top floor first


@dataclass(frozen=True, slots=True)
class Household:
    key: int
    dwelling: int
    grid: int
    kind: str
    tenure: str  # owner | tenant | lodger
    head: int


@dataclass(frozen=True, slots=True)
class Person:
    key: int
    household: int
    dwelling: int
    grid: int
    name: str
    sex: str  # m | f
    born: date
    document: str  # ric | permit | passport | none
    ric: str  # the number of that document, "" for none
    phone: str
    relation: str  # to the head: head | spouse | child | parent | grandchild | mate | lodger
    tenure: str
    presence: str  # present | away | returned
    since: date
    origin: str  # province of the household register
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Premises:
    key: int
    building: int
    grid: int
    name: str
    kind: str  # shop | small_premises | hotel | factory
    uscc: str
    contact: str
    phone: str
    staff: int
