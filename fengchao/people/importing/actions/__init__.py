"""The writes of an import: of the register, and of the run that a person looks at before anything is written."""

from .people import Outcome, import_people
from .runs import drop, forget_old, receive, try_or_write, understand

__all__ = ["Outcome", "drop", "forget_old", "import_people", "receive", "try_or_write", "understand"]
