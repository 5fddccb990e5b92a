"""Rights to the papers to prepare, for the groups that the roles were given; one that is gone stays gone."""

from django.db import migrations

from core.access.roles import RIGHTS, TRANSLATION, TRANSLATORS, give

PAPER = "territoire.paper"


def give_papers(apps, editor):
    groups = apps.get_model("auth", "Group").objects
    translators = groups.filter(name__startswith=TRANSLATION.split("{")[0])
    given = [(groups.filter(name=name), rights) for name, rights in RIGHTS.items()] + [(translators, TRANSLATORS)]
    for found, rights in given:
        for group in found if PAPER in rights else ():
            give(apps, group, {PAPER: rights[PAPER]})


class Migration(migrations.Migration):
    dependencies = [("home", "0002_roles"), ("territoire", "0003_papers_are_records")]

    operations = [migrations.RunPython(give_papers, migrations.RunPython.noop)]
