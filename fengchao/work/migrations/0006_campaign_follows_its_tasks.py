"""A campaign is seen by whoever has one of its tasks, too: a building that went to the next community took them along."""

from django.db import migrations

from fengchao.base.rls import condition

SEEN = f"""ALTER POLICY scope ON work_campaign USING ({condition(touches=True)}
 OR EXISTS (SELECT FROM work_counter c WHERE c.campaign_id = work_campaign.id AND c.n > 0))"""
BEFORE = f"ALTER POLICY scope ON work_campaign USING ({condition(touches=True)})"


class Migration(migrations.Migration):
    dependencies = [("work", "0005_list_orders")]
    operations = [migrations.RunSQL(SEEN, BEFORE)]
