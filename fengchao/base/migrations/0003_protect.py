"""The trail is read inside one's scope and only ever grows; the settings of an epoch are the owner's alone."""

from django.db import migrations

from fengchao.base.rls import IN_BOUNDS

TRAIL = f"""
ALTER TABLE base_auditentry ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_in_scope ON base_auditentry FOR SELECT USING ({IN_BOUNDS});
CREATE POLICY write_anywhere ON base_auditentry FOR INSERT WITH CHECK (true);
SELECT fc_append_only('base_auditentry');
SELECT fc_append_only('base_auditseal');
SELECT fc_append_only('base_epoch');

ALTER TABLE base_tombstone ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_in_scope ON base_tombstone FOR SELECT USING ({IN_BOUNDS});
CREATE POLICY write_anywhere ON base_tombstone FOR INSERT WITH CHECK (true);
SELECT fc_append_only('base_tombstone');
"""


class Migration(migrations.Migration):
    dependencies = [("base", "0002_trail")]
    operations = [migrations.RunSQL(TRAIL, migrations.RunSQL.noop)]
