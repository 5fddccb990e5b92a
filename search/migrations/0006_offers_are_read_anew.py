"""Offers are indexed anew: the days by which the search keeps them have moved with their weeks."""

from django.db import migrations
from django.utils import timezone


def note(apps, schema_editor):
    offers = apps.get_model("territoire", "InternshipOfferPage").objects.filter(live=True)
    changes = apps.get_model("search", "SearchChange").objects
    for pk in offers.values_list("pk", flat=True):
        changes.update_or_create(page_id=pk, defaults={"changed_at": timezone.now(), "in_database": False})


class Migration(migrations.Migration):
    dependencies = [("search", "0005_terms_stay_in_their_row"), ("territoire", "0010_weeks_end_on_friday")]

    operations = [migrations.RunPython(note, migrations.RunPython.noop)]
