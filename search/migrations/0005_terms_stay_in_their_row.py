"""PostgreSQL keeps terms in their row: apart, it believes that reading all of them is cheaper than using the index."""

from django.db import migrations

STATEMENT = "ALTER TABLE search_text ALTER COLUMN terms SET STORAGE {}"


def keep(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(STATEMENT.format("MAIN"))


def leave(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(STATEMENT.format("EXTENDED"))


class Migration(migrations.Migration):
    dependencies = [("search", "0004_rights")]

    operations = [migrations.RunPython(keep, leave)]
