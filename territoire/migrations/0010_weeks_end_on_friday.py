"""A week of a placement ends on Friday at the earliest: the columns that lists filter by move by two days."""

import datetime as dt

from django.db import migrations


def recompute(apps, schema_editor):
    offers = apps.get_model("territoire", "InternshipOfferPage").objects
    for offer in offers.filter(min_weeks__isnull=False, start_date__isnull=False, end_date__isnull=False):
        shortest = dt.timedelta(days=offer.min_weeks * 7 - 3)
        offers.filter(pk=offer.pk).update(
            latest_start=offer.end_date - shortest, earliest_end=offer.start_date + shortest
        )


class Migration(migrations.Migration):
    dependencies = [("territoire", "0009_drafts_need_a_title")]

    operations = [migrations.RunPython(recompute, migrations.RunPython.noop)]
