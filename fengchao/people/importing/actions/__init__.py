"""The writes of an import: of the register, and of the run that a person looks at before anything is written."""

from .people import import_people
from .premises import import_premises
from .remembering import Outcome, sources_of
from .runs import choose_header, drop, forget_old, receive, try_or_write, understand

__all__ = [
    "Outcome", "choose_header", "drop", "forget_old", "import_people", "import_premises", "receive", "sources_of",
    "try_or_write", "understand",
]  # fmt: skip
