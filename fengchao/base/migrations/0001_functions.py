"""Functions of the database that tables of every app lean on."""

import django.db.models.functions
from django.db import migrations, models

import fengchao.base.ids
from fengchao.base.epoch import numbering

TX = """
INSERT INTO base_epoch (id, epoch, tx_offset) VALUES (1, gen_random_uuid(), 0);

-- UUIDv7 for rows made by the thousand in one statement; PostgreSQL has its own only from 18 on.
CREATE FUNCTION fc_uuid7() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS
$$ SELECT encode(set_bit(set_bit(
     overlay(uuid_send(gen_random_uuid()) PLACING
             substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6),
     52, 1), 53, 1), 'hex')::uuid $$;

CREATE FUNCTION fc_touch() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN NEW.tx := fc_tx(); RETURN NEW; END $$;
"""

APPEND_ONLY = """
-- Everybody but the owner keeps INSERT and SELECT only.
CREATE FUNCTION fc_append_only(target regclass) RETURNS void LANGUAGE plpgsql AS
$$ DECLARE role name;
BEGIN
  FOR role IN
    SELECT DISTINCT grantee::regrole::text FROM pg_class, aclexplode(relacl)
    WHERE pg_class.oid = target AND grantee NOT IN (0, relowner)
  LOOP
    EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %s FROM %s', target, role);
  END LOOP;
END $$;
"""

GONE = """
CREATE FUNCTION fc_gone() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  INSERT INTO base_tombstone (tx, grid, kind, row) VALUES (fc_tx(), OLD.grid, TG_TABLE_NAME, OLD.id);
  RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = []
    operations = [
        migrations.CreateModel("Epoch", [
            ("id", models.SmallIntegerField(primary_key=True, serialize=False, default=1)),
            ("epoch", models.UUIDField(default=fengchao.base.ids.uuid7)),
            ("tx_offset", models.BigIntegerField(default=0)),
            ("since", models.DateTimeField(db_default=django.db.models.functions.Now())),
        ], {"constraints": [models.CheckConstraint(condition=models.Q(id=1), name="epoch_one_row")]}),
        *(migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in (numbering(0), TX, APPEND_ONLY, GONE)),
    ]
