"""Who has rights to the other records of the territory gets them to universities that sign (core/access/roles.py).

Groups that administrators have renamed are for them to change.
"""

from django.db import migrations

from core.access.roles import RIGHTS, TRANSLATORS, give

UNIVERSITIES = "territoire.signinguniversity"


def give_rights(apps, editor):
    groups = apps.get_model("auth", "Group").objects
    for name, rights in RIGHTS.items():
        for group in groups.filter(name=name):
            give(apps, group, {UNIVERSITIES: rights.get(UNIVERSITIES, ())})
    for group in groups.filter(name__startswith="Traduction ("):
        give(apps, group, {UNIVERSITIES: TRANSLATORS[UNIVERSITIES]})


class Migration(migrations.Migration):
    dependencies = [("home", "0002_roles"), ("territoire", "0004_lines_name_records")]

    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
