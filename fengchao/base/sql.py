"""Many rows in one statement, spelled quickly: a driver spells a long array more slowly than the statement runs."""

from collections.abc import Iterable, Mapping
from uuid import UUID

import orjson


def uuid_array(ids: Iterable[UUID]) -> str:
    """For a `%s::uuid[]` parameter."""
    return "{" + ",".join(map(str, ids)) + "}"


def rows(documents: Iterable[Mapping[str, object]]) -> str:
    """For `json_to_recordset(%s::json)`: ids, dates and times become text that PostgreSQL reads back."""
    return orjson.dumps(list(documents)).decode()
