"""A proposal may be the best for several aims, and a compound be cut for more than one reason."""

from django.db import migrations

KEPT = """UPDATE designs_design SET brief = jsonb_set(brief, '{divide}', CASE brief->>'divide'
 WHEN 'true' THEN '"large"'::jsonb WHEN 'false' THEN '"whole"'::jsonb ELSE brief->'divide' END),
result = CASE WHEN result ? 'proposals' THEN jsonb_set(result, '{proposals}', (
 SELECT COALESCE(jsonb_agg(one || jsonb_build_object('aims', jsonb_build_array(one->'aim'), 'usual',
  (SELECT avg(abs((g.it->>'off')::float)) FROM jsonb_array_elements(one->'grids') AS g (it))) ORDER BY nth), '[]')
 FROM jsonb_array_elements(result->'proposals') WITH ORDINALITY AS p (one, nth))) ELSE result END"""


class Migration(migrations.Migration):
    dependencies = [("designs", "0002_protect")]
    operations = [migrations.RunSQL(KEPT, migrations.RunSQL.noop)]
