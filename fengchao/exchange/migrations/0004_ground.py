import fengchao.base.ranges
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0003_overlay'),
    ]

    operations = [
        migrations.AddField(model_name=model, name='ground',
                            field=fengchao.base.ranges.GroundField(editable=False, null=True))
        for model in ('token', 'webhook')
    ]
