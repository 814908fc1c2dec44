"""Tasks and records are seen where they stand; a campaign by everybody whose scope it touches."""

from django.db import migrations

from fengchao.base.rls import Protect, condition

CAMPAIGN = f"""
ALTER TABLE work_campaign ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON work_campaign USING ({condition(touches=True)});
"""


class Migration(migrations.Migration):
    dependencies = [("work", "0001_initial"), ("base", "0003_protect")]
    operations = [
        Protect("work_task", building="building_id", gone=True),
        Protect("work_record", personal=True, building="building_id", append_only=True),
        Protect("work_signoff", touches=True),
        migrations.RunSQL(CAMPAIGN, migrations.RunSQL.noop),
    ]
