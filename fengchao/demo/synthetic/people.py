"""Turns the members of a household into persons: names, birth dates, documents, telephones, care tags."""

from datetime import date, timedelta
from random import Random

from fengchao.demo.synthetic import names
from fengchao.demo.synthetic.chance import Wheel
from fengchao.demo.synthetic.households import Member
from fengchao.demo.synthetic.model import NATIONAL_ID, NO_DOCUMENT, PASSPORT, PERMIT, Dwelling, Person
from fengchao.demo.synthetic.numbers import Serials

DAY = timedelta(days=1)
HOME = {"35": "福建", "44": "广东", "14": "山西"}
ORIGINS = Wheel(
    {"江西": 18, "四川": 14, "贵州": 14, "湖北": 11, "河南": 11,
     "重庆": 8, "安徽": 8, "湖南": 8, "云南": 5, "广东": 3},
    size=100,
)  # fmt: skip
PRESENCE = Wheel({"present": 91, "away": 7, "returned": 2}, size=100)
# Codes of the base pack, which may add others; how common they are is a guess.
ADULT_TAGS = Wheel({"": 955, "disabled": 18, "long_term_medicine": 20, "hardship": 6, "dialysis": 1}, size=1000)
OLD_TAGS = Wheel(
    {"": 690, "disabled": 60, "long_term_medicine": 215, "hardship": 20, "bedridden": 10, "dialysis": 5}, size=1000
)
LIVING_TAGS = {"alone_elderly": "alone", "couple_elderly": "empty_nest"}


class People:
    """Makes the persons of one community, and sees that no two share an id or a telephone."""

    def __init__(self, rng: Random, code: int, block: int, today: date):
        self.rng, self.today = rng, today
        self.serials = Serials(block)
        province = f"{code:012}"[:2]
        self.home = HOME.get(province, "本省")
        self.surnames = names.surnames(coast=province == "35")
        self.passports = 0

    def settle(self, first_key: int, household: int, door: Dwelling, kind: str, tenure: str,
               members: list[Member]) -> list[Person]:  # fmt: skip
        rng = self.rng
        family_name, family_phone = self.surnames.spin(rng), self.serials.phone()
        local = tenure == "owner" and rng.random() < 0.85 or rng.random() < 0.18
        origin = self.home if local else ORIGINS.spin(rng)
        since = self._since(tenure)
        presence = PRESENCE.spin(rng)
        people = []
        for nth, (relation, sex, age) in enumerate(members):
            born = self.today - DAY * int((age + rng.random()) * 365.2425)
            document, number = self._document(born, sex, age)
            surname = family_name if shares_name(relation, sex) else self.surnames.spin(rng)
            phone = family_phone if nth == 0 else self._phone(age, family_phone)
            people.append(Person(
                key=first_key + nth, household=household, dwelling=door.key, grid=door.grid,
                name=surname + names.given(rng, born.year, sex), sex=sex, born=born,
                document=document, ric=number,
                phone=phone, relation=relation,
                tenure="lodger" if relation == "lodger" else tenure,
                presence=presence, since=max(since, born), origin=origin, tags=self._tags(kind, sex, age, phone),
            ))  # fmt: skip
        return people

    def _document(self, born: date, sex: str, age: int) -> tuple[str, str]:
        chance = self.rng.random()
        if age < 3 and chance < 0.35:
            return NO_DOCUMENT, ""
        if chance < 0.994:
            return NATIONAL_ID, self.serials.ric(born, sex)
        if chance < 0.998:
            return PERMIT, self.serials.permit(born, sex, self.rng.choice((1, 2, 3)))
        self.passports += 1
        return PASSPORT, f"ZZ{self.serials.block:04}{self.passports:03}"

    def _phone(self, age: int, of_head: str) -> str:
        """Children and some of the very old are reached through the head; a few have no telephone known."""
        if age < 11 or (age > 78 and self.rng.random() < 0.5):
            return of_head
        return "" if self.rng.random() < 0.06 else self.serials.phone()

    def _since(self, tenure: str) -> date:
        years = 22 if tenure == "owner" else 4
        return self.today - DAY * int(self.rng.random() ** 1.5 * years * 365 + 5)

    def _tags(self, kind: str, sex: str, age: int, phone: str) -> tuple[str, ...]:
        if age < 18:
            return self._child_tags(kind, age)
        if age < 60:
            pregnant = sex == "f" and 21 < age < 43 and self.rng.random() < 0.022
            tags: tuple[str, ...] = (ADULT_TAGS.spin(self.rng), "pregnant" * pregnant)
        else:
            living = LIVING_TAGS.get(kind, "")
            tags = (OLD_TAGS.spin(self.rng), living, "aged" * (age >= 80), "no_phone" * (not phone))
        return tuple(filter(None, tags))

    def _child_tags(self, kind: str, age: int) -> tuple[str, ...]:
        hardship = kind == "grandparents" and self.rng.random() < 0.15
        return tuple(filter(None, ("infant" * (age < 1), "child_in_hardship" * hardship)))


def shares_name(relation: str, sex: str) -> bool:
    """Heads, their children and their fathers; wives, mothers, mates and lodgers bring their own."""
    return relation in ("head", "child", "grandchild") or (relation == "parent" and sex == "m")
