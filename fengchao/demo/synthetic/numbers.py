"""Numbers that are right in form and nobody's.

Person ids begin with 99. No province was ever numbered 90-99, and in the residence cards of foreigners, which
begin with 9, the next two digits are a province too: no card of either kind can begin with 99. Checksum and
birth date are right; only the county is unknown, which an importer should remark and not refuse.
Residence permits of Hong Kong, Macao and Taiwan people begin with 810000 / 820000 / 830000: ours with 819999
and so on. Telephones begin with 160, a mobile prefix that was never given to an operator. Organisation codes
name the county 999999.

A `block` (0..4999) is one community's share of each number space: communities made apart never collide.
"""

from datetime import date

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK = "10X98765432"
PHONES = 10**8
BLOCK_PHONES = 20_000
SCATTER = 61_803_399  # odd and not a multiple of 5: multiplying by it permutes the eight digits
USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def block_of(code: int) -> int:
    """The block of a community generated alone: last digit pairs of its street and its own number."""
    return code // 1000 % 50 * 100 + code % 100


def check_digit(first17: str) -> str:
    total = 0
    for weight, char in zip(WEIGHTS, first17, strict=True):
        total += weight * (ord(char) - 48)
    return CHECK[total % 11]


def person_id(county: str, born: date, serial: int) -> str:
    first = f"{county}{born.year:04}{born.month:02}{born.day:02}{serial:03}"
    return first + check_digit(first)


def short_id(ric: str) -> str:
    """The same person's id as printed before 1999: 15 digits, no century, no check digit."""
    return ric[:6] + ric[8:17]


class Serials:
    """Hands out ids and telephones of one block, each once."""

    def __init__(self, block: int):
        if not 0 <= block < PHONES // BLOCK_PHONES:
            raise ValueError(f"block {block} outside 0..{PHONES // BLOCK_PHONES - 1}")
        self.block, self.phones = block, 0
        self.county = f"99{block:04}"
        self.used: dict[tuple[str, date], int] = {}

    def ric(self, born: date, sex: str) -> str:
        return person_id(self.county, born, self._serial(born, sex))

    def permit(self, born: date, sex: str, region: int) -> str:
        return person_id(f"8{region}9999", born, self._serial(born, sex))

    def phone(self) -> str:
        number = self.block * BLOCK_PHONES + self.phones
        self.phones += 1
        return f"160{number * SCATTER % PHONES:08}"

    def _serial(self, born: date, sex: str) -> int:
        nth = self.used[sex, born] = self.used.get((sex, born), -1) + 1
        # Real serials of a day start anywhere; 7 spreads them and keeps the parity that tells the sex.
        start = (born.toordinal() * 7 + self.block) % 500
        return (start + nth) % 500 * 2 + (sex == "m")


def organisation_code(block: int, nth: int) -> str:
    first = f"92999999MA{block:04}{nth:03}"
    total = sum(USCC.index(char) * pow(3, at, 31) for at, char in enumerate(first))
    return first + USCC[(31 - total % 31) % 31]
