"""Who has rights to the other records of the territory gets them to those that are new (core/access/roles.py).

Groups that administrators have renamed are for them to change.
"""

from django.db import migrations

from core.access.roles import RIGHTS, TRANSLATORS, give

NEW = ("recognitionsheet", "paper", "rule", "figure", "signinguniversity")


def give_rights(apps, editor):
    groups = apps.get_model("auth", "Group").objects
    for label in (f"territoire.{name}" for name in NEW):
        for name, rights in RIGHTS.items():
            for group in groups.filter(name=name):
                give(apps, group, {label: rights.get(label, ())})
        for group in groups.filter(name__startswith="Traduction ("):
            give(apps, group, {label: TRANSLATORS.get(label, ())})


class Migration(migrations.Migration):
    dependencies = [("home", "0003_checked_on"), ("territoire", "0010_papers_are_records")]

    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
