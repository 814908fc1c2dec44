"""Every write of the register, one by one; workbooks come in through people.importing."""

from .exporting import export_premises, export_register
from .merging import lives_here, merge_people, undo_merge
from .persons import (
    add_person,
    add_tag,
    confirm_people,
    end_tag,
    leave_people,
    mark_left,
    move_person,
    set_presence,
    update_person,
)
from .places import add_building, add_dwelling, set_dwelling_states
from .premises import add_premises, change_premises, close_premises, reopen_premises

__all__ = [
    "add_building", "add_dwelling", "add_person", "add_premises", "add_tag", "change_premises", "close_premises",
    "confirm_people", "end_tag", "export_premises", "export_register", "leave_people", "lives_here", "mark_left",
    "merge_people", "move_person", "reopen_premises", "set_dwelling_states", "set_presence", "undo_merge",
    "update_person",
]
