"""Everything in the register is seen where it stands; what is about people only by somebody who may see people."""

from django.db import migrations

from fengchao.base.rls import Protect


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("base", "0003_protect")]
    operations = [
        Protect("people_building", building="id", gone=True),
        Protect("people_dwelling", building="building_id", gone=True),
        Protect("people_household", personal=True, building="building_id"),
        Protect("people_person", personal=True, building="building_id", gone=True),
        Protect("people_residence", personal=True, building="building_id"),
        Protect("people_caretag", personal=True, building="building_id"),
        Protect("people_merge", personal=True),
        Protect("people_premises", gone=True),
    ]
