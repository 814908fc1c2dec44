"""Tasks and records are seen where they stand; a campaign by everybody whose scope it touches."""

from django.db import migrations

from fengchao.base.rls import Protect

CAMPAIGN = """
ALTER TABLE work_campaign ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON work_campaign USING (
  lo < NULLIF(current_setting('fengchao.hi', true), '')::bigint
  AND hi > NULLIF(current_setting('fengchao.lo', true), '')::bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("work", "0001_initial"), ("base", "0003_protect")]
    operations = [
        Protect("work_task", building="building_id", gone=True),
        Protect("work_record", personal=True, building="building_id", append_only=True),
        Protect("work_signoff"),
        migrations.RunSQL(CAMPAIGN, migrations.RunSQL.noop),
    ]
