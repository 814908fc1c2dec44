"""Webhooks and their log are seen where they stand; records tell readers of a feed what becomes of them.

Records only grow, but an erasure (privacy_erase) empties their answers as the owner. Without `touch` a reader who has
them already would never be told. `record_tx` is a summary of ranges, which costs the inserts next to nothing: records
lie in the table in the order in which they were written.
"""

from django.db import migrations

from fengchao.base.rls import Protect

RECORDS = """
CREATE TRIGGER touch BEFORE UPDATE ON work_record FOR EACH ROW EXECUTE FUNCTION fc_touch();
CREATE TRIGGER gone AFTER DELETE ON work_record FOR EACH ROW EXECUTE FUNCTION fc_gone();
CREATE TRIGGER moved AFTER UPDATE OF grid ON work_record
  FOR EACH ROW WHEN (OLD.grid IS DISTINCT FROM NEW.grid) EXECUTE FUNCTION fc_gone();
CREATE INDEX record_tx ON work_record USING brin (tx);
"""

BACK = """
DROP TRIGGER touch ON work_record; DROP TRIGGER gone ON work_record; DROP TRIGGER moved ON work_record;
DROP INDEX record_tx;
"""


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_initial"), ("work", "0003_counters"), ("base", "0003_protect")]
    operations = [
        Protect("exchange_webhook"),
        Protect("exchange_delivery"),
        migrations.RunSQL(RECORDS, BACK),
    ]
