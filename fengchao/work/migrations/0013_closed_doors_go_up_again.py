"""Closing a door used to forget when it goes up: one that is opened again would have stayed with its worker for ever."""

from django.db import migrations

from fengchao import packs

REMEMBER = """UPDATE work_task t SET escalate_at = t.due + make_interval(hours => %s) FROM work_campaign c
WHERE c.id = t.campaign_id AND c.kind = %s AND c.state <> 'closed' AND t.level = 0 AND t.escalate_at IS NULL"""


def remember(apps, schema) -> None:
    with schema.connection.cursor() as cursor:
        for kind in packs.kinds().values():
            if kind.escalate_hours:
                cursor.execute(REMEMBER, [kind.escalate_hours[0], kind.code])


class Migration(migrations.Migration):
    dependencies = [("work", "0012_campaign_ground")]
    operations = [migrations.RunPython(remember, migrations.RunPython.noop)]
