"""An emergency access may be for an overlay: a row for each community, its ground range by range.

The policy asks the ground itself: what lies between its ranges does not see it.
"""

import fengchao.base.ids
import fengchao.base.ranges
from django.db import migrations, models

ONE_RANGE = "UPDATE accounts_emergencyaccess SET opening = id, ground = int8multirange(int8range(lo, hi))"
# With nothing stated there is no range, and nothing is seen.
SCOPE = """(SELECT COALESCE(NULLIF(current_setting('fengchao.scope', true), ''),
 '{[' || NULLIF(current_setting('fengchao.lo', true), '') || ',' || NULLIF(current_setting('fengchao.hi', true), '')
 || ')}')::int8multirange)"""
EXACT = f"""DROP POLICY scope ON accounts_emergencyaccess;
CREATE POLICY scope ON accounts_emergencyaccess USING (ground && {SCOPE}) WITH CHECK (ground && {SCOPE})"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_staff_list'),
    ]

    operations = [
        migrations.AddField(model_name='emergencyaccess', name='opening', field=models.UUIDField(null=True)),
        migrations.AddField(model_name='emergencyaccess', name='ground',
                            field=fengchao.base.ranges.GroundField(null=True)),
        migrations.AddField(model_name='emergencyaccess', name='overlay', field=models.UUIDField(null=True)),
        migrations.RunSQL(ONE_RANGE, elidable=True),
        migrations.AlterField(model_name='emergencyaccess', name='opening',
                              field=models.UUIDField(default=fengchao.base.ids.uuid7)),
        migrations.AlterField(model_name='emergencyaccess', name='ground', field=fengchao.base.ranges.GroundField()),
        migrations.RunSQL(EXACT),
        migrations.RemoveConstraint(model_name='emergencyaccess', name='emergency_area_not_empty'),
        migrations.RemoveIndex(model_name='emergencyaccess', name='emergency_waiting'),
        migrations.RemoveField(model_name='emergencyaccess', name='lo'),
        migrations.RemoveField(model_name='emergencyaccess', name='hi'),
        migrations.AddConstraint(model_name='emergencyaccess', constraint=models.CheckConstraint(
            condition=models.Q(('ground', ()), _negated=True), name='emergency_ground_not_empty')),
        migrations.AddIndex(model_name='emergencyaccess', index=models.Index(
            condition=models.Q(('reviewed__isnull', True)), fields=['grid'], name='emergency_waiting')),
    ]
