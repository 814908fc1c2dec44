"""Counters move with the tasks, in the same statement, whatever code moved them.

Statement-level triggers see all changed rows at once, so a push of a hundred records or a campaign of a million tasks
costs one grouped update. Keys are taken in order, so that two pushes over the same grids wait and do not deadlock.
The function runs as its owner: the login role can read counters, never write them.
"""

from django.db import migrations

from fengchao.base.rls import IN_BOUNDS

MOVE = """
CREATE FUNCTION work_move_counters() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS
$$ BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO work_counter AS c (campaign_id, grid, state, outcome, level, n, attempts)
    SELECT campaign_id, grid, state, outcome, level, count(*), sum(attempts) FROM added
    GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
    ON CONFLICT (campaign_id, grid, state, outcome, level)
    DO UPDATE SET n = c.n + EXCLUDED.n, attempts = c.attempts + EXCLUDED.attempts;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO work_counter AS c (campaign_id, grid, state, outcome, level, n, attempts)
    SELECT campaign_id, grid, state, outcome, level, -count(*), -sum(attempts) FROM removed
    GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
    ON CONFLICT (campaign_id, grid, state, outcome, level)
    DO UPDATE SET n = c.n + EXCLUDED.n, attempts = c.attempts + EXCLUDED.attempts;
  ELSE
    INSERT INTO work_counter AS c (campaign_id, grid, state, outcome, level, n, attempts)
    SELECT campaign_id, grid, state, outcome, level, sum(n), sum(attempts) FROM (
      SELECT campaign_id, grid, state, outcome, level, -1 AS n, -attempts AS attempts FROM removed
      UNION ALL SELECT campaign_id, grid, state, outcome, level, 1, attempts FROM added) AS moved
    GROUP BY 1, 2, 3, 4, 5 HAVING sum(n) <> 0 OR sum(attempts) <> 0 ORDER BY 1, 2, 3, 4, 5
    ON CONFLICT (campaign_id, grid, state, outcome, level)
    DO UPDATE SET n = c.n + EXCLUDED.n, attempts = c.attempts + EXCLUDED.attempts;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER count_added AFTER INSERT ON work_task REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION work_move_counters();
CREATE TRIGGER count_removed AFTER DELETE ON work_task REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION work_move_counters();
CREATE TRIGGER count_moved AFTER UPDATE ON work_task REFERENCING OLD TABLE AS removed NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION work_move_counters();
"""

READ = f"""
SELECT fc_append_only('work_counter');
DO $$ DECLARE role name; BEGIN
  FOR role IN SELECT DISTINCT grantee::regrole::text FROM pg_class, aclexplode(relacl)
    WHERE pg_class.oid = 'work_counter'::regclass AND grantee NOT IN (0, relowner)
  LOOP EXECUTE format('REVOKE INSERT ON work_counter FROM %s', role); END LOOP;
END $$;
ALTER TABLE work_counter ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON work_counter USING ({IN_BOUNDS});
CREATE INDEX counter_grid ON work_counter (grid);
"""


class Migration(migrations.Migration):
    dependencies = [("work", "0002_protect")]
    operations = [migrations.RunSQL(MOVE, migrations.RunSQL.noop), migrations.RunSQL(READ, migrations.RunSQL.noop)]
