"""The numbers of transactions, in an order that survives a restore into another database cluster.

A row carries the number of the transaction that wrote it last; phones pull from a number on, seals cover ranges of
numbers. PostgreSQL counts anew in a new cluster, so a restored database adds an offset to its count. The offset is
part of the functions, not read from a table: they run for every row that is written.
"""

from uuid import UUID

from django.db import connections

from .ids import uuid7

NUMBERING = """
-- The number of the running transaction.
CREATE OR REPLACE FUNCTION fc_tx() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT pg_current_xact_id()::text::bigint + {offset} $$;

-- Every transaction below this number has finished: a reader who goes on from here later misses nothing.
CREATE OR REPLACE FUNCTION fc_tx_safe() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint + {offset} $$;
"""


def numbering(offset: int) -> str:
    return NUMBERING.format(offset=int(offset))


def begin(above: int) -> UUID:
    """Starts a new epoch after a restore: numbers go on above `above`, cursors given before are void.

    Runs as the owner. Returns the new epoch.
    """
    epoch = uuid7()
    with connections["owner"].cursor() as cursor:
        cursor.execute(numbering(above))
        cursor.execute("UPDATE base_epoch SET epoch = %s, tx_offset = %s, since = now()", [epoch, above])
    return epoch
