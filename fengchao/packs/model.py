"""What a scenario pack may say: rules, words and deadlines as data. No number of a regulation lives in code."""

from dataclasses import dataclass, field

from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class Words:
    """One expression in both languages; as text, that of whoever is looking."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.en if (get_language() or "").startswith("en") else self.zh


@dataclass(frozen=True, slots=True)
class Outcome:
    """What can come of a visit.

    `closes`: the task is done. `reached`: somebody answered. `attempt`: counts as a try. `reopens`: takes an
    earlier record back. `closes_at`: the attempt that closes the task although the outcome as such does not (a second
    refusal), 0 for never. `retry_hours`: overrides the kind's, 0 for the kind's. `pattern` stands beside the colour for
    those who do not see it, and in print. `by_system`: nobody chooses it; the platform states it when it has become so.
    """

    code: str
    words: Words
    colour: str
    pattern: str
    closes: bool
    reached: bool
    attempt: bool = True
    reopens: bool = False
    needs_form: bool = False
    closes_at: int = 0
    retry_hours: int = 0
    by_system: bool = False


@dataclass(frozen=True, slots=True)
class KindRules:
    """The rules of a task kind.

    `best_hours`: hours of the day at which people tend to be in, best first. `escalate_hours`: hours after the due time
    at which the community (level 1) and the street (level 2) must act. `form`: code of the questionnaire, if any.
    `where`: conditions every campaign of this kind has. `caught_up`: the outcome of a task whose subject is no longer
    one that the campaign is about; without one such a task stays.
    """

    code: str
    name: Words
    subject: str
    form: str | None
    outcomes: tuple[Outcome, ...]
    retry_hours: int
    best_hours: tuple[int, ...]
    escalate_hours: tuple[int, ...]
    sentence: Words
    where: dict[str, int] = field(default_factory=dict)
    caught_up: str | None = None

    def outcome(self, code: str) -> Outcome | None:
        return next((outcome for outcome in self.outcomes if outcome.code == code), None)


@dataclass(frozen=True, slots=True)
class Tag:
    """A reason to look after somebody (`care`), or a group with rules of its own (`priority`).

    `also`: what workbooks call it besides.
    """

    code: str
    words: Words
    group: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Element:
    """One line of the daily return; `source` names the count that fills it (see reports.elements).

    `daily`: what happened that day, as against how things stand. A return whose daily lines are all 0 is a nil return.
    """

    code: str
    words: Words
    source: str
    daily: bool


@dataclass(frozen=True, slots=True)
class Pack:
    code: str
    name: Words
    source: str
    kinds: dict[str, KindRules]
    outcomes: dict[str, Outcome]
    tags: dict[str, Tag]
    daily_return: tuple[Element, ...]
    return_due_hour: int
    campaign_days: int  # how far ahead the deadline of a campaign may lie
    retention_days: int  # how long what was answered may be kept after it
    purposes: dict[str, Words]
    reveals_per_hour: int
    emergency_hours: int  # how long an emergency access lasts
    emergency_pause_hours: int  # before the same person may open the same place again
    emergency_per_week: int  # of one person, wherever
    emergency_reasons: dict[str, Words]
    wording: dict[str, Words]
