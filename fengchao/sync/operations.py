"""The operations a phone may send, each checked for itself: one that is wrong does not spoil the others.

Limits are those of the columns they end in. What a newer phone says that this server does not know is refused, not
dropped: the operation is then held with its reason.
"""

from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Annotated, Any, Literal
from uuid import UUID

import orjson
from pydantic import UUID7, AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.types import StringConstraints
from stdnum.cn import ric as ric_number

from fengchao.base.errors import Refused
from fengchao.people.models import Basis, IdKind, Presence, Sex

ANSWERS_BYTES = 32_000
ANSWERS_DEPTH = 8  # a group in a repeat in a group is 3
SEX = {"": Sex.UNKNOWN, "male": Sex.MALE, "m": Sex.MALE, "female": Sex.FEMALE, "f": Sex.FEMALE}


def _shallow(answers: dict[str, Any]) -> dict[str, Any]:
    if answers and (_depth(answers) > ANSWERS_DEPTH or len(orjson.dumps(answers)) > ANSWERS_BYTES):
        raise ValueError("too deep or too long")
    return answers


def _depth(value: Any, limit: int = ANSWERS_DEPTH) -> int:
    if not isinstance(value, (dict, list)) or limit < 0:
        return 0
    return 1 + max((_depth(v, limit - 1) for v in (value.values() if isinstance(value, dict) else value)), default=0)


# Days off is a wrong clock and kept as it is; another century is nonsense that breaks comparisons.
Time = Annotated[AwareDatetime, Field(gt=datetime(2000, 1, 1, tzinfo=UTC), lt=datetime(2100, 1, 1, tzinfo=UTC))]
Born = Annotated[date, Field(gt=date(1880, 1, 1), lt=date(2100, 1, 1))]
Answers = Annotated[dict[str, Any], AfterValidator(_shallow)]


class Op(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    id: UUID7
    at: Time

    @property
    def digest(self) -> bytes:
        """Tells a repeat from another operation under the same id."""
        return sha256(self.model_dump_json(exclude={"id"}).encode()).digest()[:16]


class RecordOp(Op):
    type: Literal["record"]
    task: UUID
    outcome: str = Field(max_length=20)
    base_version: int = Field(ge=0, lt=2**31)
    answers: Answers = Field(default_factory=dict)
    note: str = Field("", max_length=500)
    next_try: Time | None = None
    supersedes: UUID | None = None


class ClaimOp(Op):
    type: Literal["claim"]
    task: UUID


class ReleaseOp(Op):
    type: Literal["release"]
    task: UUID


class PersonAddOp(Op):
    type: Literal["person_add"]
    dwelling: UUID
    task: UUID | None = None
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
    sex: Literal["", "male", "m", "female", "f"] = ""
    born: Born | None = None
    phone: str = Field("", max_length=20, pattern=r"^[0-9+() -]*$")
    ric: str = Field("", max_length=20, pattern=r"^[0-9A-Za-z()-]*$")
    relation: str = Field("", max_length=20)
    basis: Literal["", *Basis.values] = ""
    presence: Literal["", *Presence.values] = ""

    @property
    def columns(self) -> dict[str, Any]:
        """As `people.actions.add_person` takes them. Raises Refused "id_invalid" for a mistyped identity number."""
        return {
            "name": self.name, "sex": SEX[self.sex], "born": self.born, "phone": self.phone,
            "ric": self.ric.upper(), "id_kind": _id_kind(self.ric.upper()), "relation": self.relation,
            "basis": self.basis or None, "presence": self.presence or None,
        }


class PersonLeftOp(Op):
    type: Literal["person_left"]
    person: UUID


class ComplaintOp(Op):
    type: Literal["complaint"]
    text: str = Field(min_length=1, max_length=1000)


AnyOp = Annotated[
    RecordOp | ClaimOp | ReleaseOp | PersonAddOp | PersonLeftOp | ComplaintOp, Field(discriminator="type")
]
_ONE, _MANY = TypeAdapter(AnyOp), TypeAdapter(list[AnyOp])


def parse_all(raws: list[Any]) -> list[Op | Refused]:
    """All at once when all are right, which is the usual case; else each for itself."""
    try:
        return _MANY.validate_python(raws)
    except ValidationError:
        return [_parsed(raw) for raw in raws]


def _parsed(raw: Any) -> Op | Refused:
    try:
        return parse(raw)
    except Refused as refused:
        return refused


def parse(raw: Any) -> Op:
    """Raises Refused "unknown_operation", "bad_operation" or "bad_clock", naming the field and never its content."""
    try:
        return _ONE.validate_python(raw)
    except ValidationError as error:
        problem = error.errors(include_input=False, include_url=False, include_context=False)[0]
    if problem["type"].startswith("union_tag"):
        raise Refused("unknown_operation", type=type_of(raw) or "?")
    field = ".".join(str(part) for part in problem["loc"][1:])[:40] or "JSON"
    raise Refused("bad_clock" if field == "at" else "bad_operation", field=field)


def type_of(raw: Any) -> str:
    kind = raw.get("type") if isinstance(raw, dict) else None
    return kind[:20] if isinstance(kind, str) else ""


def key_of(raw: Any) -> str:
    """The id as the phone wrote it, by which it finds its answer."""
    id_ = raw.get("id") if isinstance(raw, dict) else None
    return id_[:64] if isinstance(id_, str) else ""


def _id_kind(number: str) -> str:
    if not number:
        return IdKind.NONE
    if not (len(number) == 18 and number[:17].isdigit()):
        return IdKind.OTHER
    if ric_number.calc_check_digit(number) != number[17]:
        raise Refused("id_invalid")
    return IdKind.RIC
