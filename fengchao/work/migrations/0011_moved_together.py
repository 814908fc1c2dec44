from django.db import migrations

from fengchao.base.rls import moves_anew


class Migration(migrations.Migration):
    dependencies = [("work", "0010_sign_off_went_with")]
    operations = [migrations.RunSQL(moves_anew("work_task", "building_id"), migrations.RunSQL.noop)]
