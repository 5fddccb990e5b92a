"""The free text of the French university that signs becomes a record, in lines, drafts and sources of translations.

Each different text becomes one record; nothing is joined that was written in two ways, so that nothing is lost.
"""

import datetime as dt
import json

from django.conf import settings
from django.db import migrations

from core.fields.free_code import free_code

CARD = dt.timedelta(weeks=8)
IFMSA = ("ifmsa_scope", "ifmsa_score")
CHUNK = 200


def in_json(content, change):
    """Change the university of each line in the JSON of a page; say whether there was one."""
    rows = [row for row in content.get("frameworks") or [] if isinstance(row, dict)]
    for row in rows:
        row["signing_university"] = change(row.get("signing_university"))
    return bool(rows)


def stored_contents(apps):
    """Yield (model row, name of its column, content) of revisions and of sources of translations of offers."""
    types = apps.get_model("contenttypes", "ContentType").objects
    offers = types.filter(app_label="territoire", model="internshipofferpage")
    revisions = apps.get_model("wagtailcore", "Revision").objects.filter(content_type__in=offers)
    for revision in revisions.iterator(chunk_size=CHUNK):
        yield revision, "content", revision.content
    sources = apps.get_model("wagtail_localize", "TranslationSource").objects
    for source in sources.filter(specific_content_type__in=offers).iterator(chunk_size=CHUNK):
        yield source, "content_json", json.loads(source.content_json)


def rewrite(apps, change):
    """Write the changed contents."""
    for row, column, content in stored_contents(apps):
        if in_json(content, change):
            setattr(row, column, json.dumps(content) if column == "content_json" else content)
            row.save(update_fields=[column])


def make_records(apps, schema_editor):
    """Make a record of each text, and name it."""
    Locale = apps.get_model("wagtailcore", "Locale")
    University = apps.get_model("territoire", "SigningUniversity")
    Line = apps.get_model("territoire", "OfferFramework")
    locale = Locale.objects.filter(language_code=settings.LANGUAGE_CODE).first()
    if locale is None:
        return  # no language, so no page
    made = {}

    def record_of(text):
        if not isinstance(text, str) or not text.strip():
            return None
        name = text.strip()
        if name not in made:
            used = University.objects.filter(locale=locale).values_list("reference", flat=True)
            made[name] = University.objects.create(name=name, locale=locale, reference=free_code(name, used)).pk
        return made[name]

    for text in Line.objects.exclude(signing_university="").values_list("signing_university", flat=True).distinct():
        Line.objects.filter(signing_university=text).update(university_id=record_of(text))
    rewrite(apps, record_of)
    fill_deadlines(apps)


def fill_deadlines(apps):
    """Lists ask these columns from now on: each line closes with its offer, and IFMSA's eight weeks before it begins.

    No window is known yet; what editors add of them is followed at once.
    """
    Offer = apps.get_model("territoire", "InternshipOfferPage")
    lines = apps.get_model("territoire", "OfferFramework").objects.order_by("sort_order", "pk")
    by_offer = {}
    for offer, framework in lines.values_list("offer_id", "framework"):
        by_offer.setdefault(offer, []).append(framework)
    for page, deadline, start in Offer.objects.values_list("pk", "deadline", "start_date"):
        if deadline is None:
            continue
        days = [
            (code, min(deadline, start - CARD) if code in IFMSA and start else deadline)
            for code in by_offer.get(page, [])
        ]
        last = max((day for _code, day in days), default=deadline)
        Offer.objects.filter(pk=page).update(
            closings=[[code, day.isoformat()] for code, day in days],
            last_deadline=last,
            # Where it has passed, the next night's job takes the frameworks that are closed off the offer.
            next_deadline=min((day for _code, day in days), default=deadline),
            open_framework_codes="|" + "|".join(code for code, _day in days) + "|" if days else "",
        )


def write_names(apps, schema_editor):
    """The way back: lines name the university in words again."""
    names = dict(apps.get_model("territoire", "SigningUniversity").objects.values_list("pk", "name"))
    for line in apps.get_model("territoire", "OfferFramework").objects.exclude(university=None):
        line.signing_university = names[line.university_id]
        line.save(update_fields=["signing_university"])
    rewrite(apps, lambda key: names.get(key, ""))


class Migration(migrations.Migration):

    dependencies = [
        ("territoire", "0004_signing_universities"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]

    operations = [migrations.RunPython(make_records, write_names)]
