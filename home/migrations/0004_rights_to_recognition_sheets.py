"""Who has rights to the other records of the territory gets them to recognition sheets (core/access/roles.py).

Groups that administrators have renamed are for them to change.
"""

from django.db import migrations

from core.access.roles import RIGHTS, TRANSLATORS, give

SHEETS = "territoire.recognitionsheet"


def give_rights(apps, editor):
    groups = apps.get_model("auth", "Group").objects
    for name, rights in RIGHTS.items():
        for group in groups.filter(name=name):
            give(apps, group, {SHEETS: rights.get(SHEETS, ())})
    for group in groups.filter(name__startswith="Traduction ("):
        give(apps, group, {SHEETS: TRANSLATORS[SHEETS]})


class Migration(migrations.Migration):
    dependencies = [("home", "0003_checked_on"), ("territoire", "0003_recognition_sheets")]

    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
