"""What phones sent is seen where its sender works; what may name people, only by somebody who may see people."""

from django.db import migrations

from fengchao.base.rls import Protect

PHOTO = """
ALTER TABLE sync_attachment ADD CONSTRAINT attachment_of_record
  FOREIGN KEY (record) REFERENCES work_record (id) ON DELETE CASCADE;
ALTER TABLE sync_attachment ALTER COLUMN image SET STORAGE EXTERNAL;
"""


class Migration(migrations.Migration):
    dependencies = [("sync", "0001_initial"), ("work", "0003_counters")]
    operations = [
        Protect("sync_operation"),
        Protect("sync_heldoperation", personal=True),
        Protect("sync_complaint"),
        Protect("sync_attachment", personal=True, building="building", append_only=True),
        migrations.RunSQL(PHOTO, migrations.RunSQL.noop),
    ]
