"""The small site on which the table is measured: one of everything that an address of the admin names."""

import datetime as dt
import io
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Locale, Page, Site, Task, UploadedFile, Workflow
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from core.access.roles import ADMINISTRATION, DESK, PUBLISHING, WRITING, translators_name
from core.jobs.at_commit import do_waiting
from core.models import Menu, SiteDocument, SiteImage, SiteSettings, User
from core.translation.carrying import compose
from home.models import EditorialPage, GlossaryTerm, HomePage, LexiconEntry, SectionPage
from search.models import SearchPick, SynonymList
from territoire.models import (
    Figure,
    HostStructure,
    Institution,
    LearningAgreementTexts,
    Paper,
    RecognitionSheet,
    Rule,
    SigningUniversity,
    Specialty,
    Supervisor,
)

# The columns: the translator is of English; Spanish is another's language.
ROLES = {
    "anonymous": "",
    "rédaction": WRITING,
    "traduction": translators_name("en"),
    "publication": PUBLISHING,
    "guichet": DESK,
    "administration": ADMINISTRATION,
}
LANGUAGES = ("fr", "en", "es")
LINK = '<p>Lisez <a href="https://exemple.fr/">ceci</a>.</p>'


@dataclass
class SmallSite:
    """What stands where: pages and records by language, the rest by name, and somebody for each role."""

    people: dict[str, User | None] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)
    # {name: {language: item}}
    pages: dict[str, dict[str, Page]] = field(default_factory=dict)
    records: dict[str, dict[str, Any]] = field(default_factory=dict)


def build() -> SmallSite:
    """Build the site in an empty database, after the migrations."""
    site = SmallSite()
    chief = User.objects.create(username="chef", is_superuser=True)
    _pages(site, chief)
    _records(site)
    _files(site, chief)
    _rest(site, chief)
    for name, role in ROLES.items():
        site.people[name] = None
        if role:
            user = User.objects.create(username=name, email=f"{name}@exemple.fr")
            user.set_unusable_password()
            user.save()
            user.groups.set([Group.objects.get(name=role)])
            site.people[name] = user
    site.people["chief"] = chief
    for user in User.objects.all():
        UserProfile.objects.get_or_create(user=user)
    do_waiting()  # what is used where: the table is measured in a transaction that is taken back
    return site


def _pages(site: SmallSite, chief: User) -> None:
    french = Locale.objects.get(language_code="fr")
    root = Page.objects.get(depth=1)
    home = root.add_child(instance=HomePage(title="Accueil", slug="accueil", locale=french))
    default = Site.objects.get(is_default_site=True)
    welcome, default.root_page = default.root_page, home
    default.save()
    welcome.delete()
    home.refresh_from_db()

    def page(parent: Page, model: type[Page], title: str, live: bool = True, **fields: Any) -> Page:
        parent.refresh_from_db()
        added = parent.add_child(instance=model(title=title, locale=french, live=False, **fields))
        revision = added.save_revision(user=chief)
        if live:
            revision.publish()
        return model.objects.get(pk=added.pk)

    section = page(home, SectionPage, "Rubrique")
    elsewhere = page(home, SectionPage, "Autre rubrique")
    body = [{"type": "prose", "value": LINK, "id": "0a6b5f0e-6f0a-4f0e-8a51-8a3c4d5e6f70"}]
    text = page(section, EditorialPage, "Page", body=body)
    stand_in = page(section, EditorialPage, "Remplaçante")
    for code in LANGUAGES[1:]:
        Locale.objects.create(language_code=code)
    for item in (home, section, elsewhere, text):
        _translate(item)
    # Translated since: publishing the translation shows it.
    StringTranslation.objects.filter(context__path="title").update(data="Renewed")
    waiting = page(section, EditorialPage, "En relecture", live=False)
    draft = page(section, EditorialPage, "Brouillon", live=False)
    state = Workflow.objects.get().start(waiting, chief)
    later = page(section, EditorialPage, "Pour plus tard", live=False)
    later.go_live_at = timezone.now() + dt.timedelta(days=30)
    later.save_revision(user=chief).publish()
    site.pages = {
        name: {
            item.locale.language_code: item.specific
            for item in Page.objects.filter(translation_key=item.translation_key).select_related("locale")
        }
        for name, item in {
            "home": home,
            "section": section,
            "elsewhere": elsewhere,
            "page": text,
            "stand-in": stand_in,
            "waiting": waiting,
            "draft": draft,
            "later": later,
        }.items()
    }
    site.things |= {
        "workflow": state.workflow,
        "workflow state": state,
        "task state": state.current_task_state,
        "task": Task.objects.get(),
        "site": default,
        "source": TranslationSource.objects.get(object_id=text.translation_key),
    }


def _translate(item: Any) -> None:
    source, _created = TranslationSource.get_or_create_from_instance(type(item).objects.get(pk=item.pk))
    for code in LANGUAGES[1:]:
        locale = Locale.objects.get(language_code=code)
        Translation.objects.create(source=source, target_locale=locale)
        segment = source.stringsegment_set.order_by("order").first()
        if segment is not None:
            StringTranslation.objects.create(
                translation_of=segment.string, context=segment.context, locale=locale, data=f"Text ({code})"
            )
        compose(source, locale)


def _records(site: SmallSite) -> None:
    french = Locale.objects.get(language_code="fr")
    host = HostStructure.objects.create(
        name="Maison", kind="msp", size="moins_250", town="Blois", postcode="41000", locale=french
    )
    made = {
        "territoire.hoststructure": host,
        "territoire.supervisor": Supervisor.objects.create(
            name="Dr Essai", role="Médecin", host=host, languages=["fr"], locale=french
        ),
        "territoire.specialty": Specialty.objects.create(name="Médecine", reference="medecine", locale=french),
        "territoire.institution": Institution.objects.create(name="Région", kind="region", locale=french),
        "territoire.recognitionsheet": RecognitionSheet.objects.create(
            students="Étudiants de Roumanie", country="RO", fields=["medecine"], locale=french
        ),
        "territoire.rule": Rule.objects.create(
            title="Règle",
            statement="Une convention est signée.",
            source="Code",
            source_url="https://www.legifrance.gouv.fr",
            checked_on=dt.date(2026, 11, 1),
            review_on=dt.date(2027, 11, 1),
            locale=french,
        ),
        "territoire.signinguniversity": SigningUniversity.objects.create(name="Tours", locale=french),
        "territoire.paper": Paper.objects.create(name="Papier", locale=french),
        "home.glossaryterm": GlossaryTerm.objects.create(acronym="CPTS", meaning="Communauté", locale=french),
        "home.lexiconentry": LexiconEntry.objects.create(theme="accueil", phrase="Bonjour.", locale=french),
        "core.menu": Menu.objects.create(slot="main", title="Menu", locale=french),
    }
    for label, record in made.items():
        _translate(record)
        versions = type(record).objects.filter(translation_key=record.translation_key).select_related("locale")
        site.records[label] = {version.locale.language_code: version for version in versions}
    site.things["untranslated"] = GlossaryTerm.objects.create(acronym="MSP", meaning="Maison", locale=french)
    synonyms, _created = SynonymList.objects.get_or_create(locale=french, defaults={"groups": "kiné, physio"})
    synonyms.save_revision()
    pick = SearchPick.objects.create(locale=french, queries="argent", page=site.pages["page"]["fr"])
    figure = Figure.objects.create(
        code="heures_gratification", value=308, valid_from=dt.date(2014, 12, 1), source="Code"
    )
    site.records |= {
        "search.synonymlist": {"fr": synonyms},
        "search.searchpick": {"fr": pick},
        "territoire.figure": {"fr": figure},
    }


def png() -> ContentFile:
    """Return the smallest picture."""
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, "PNG")
    return ContentFile(buffer.getvalue(), name="image.png")


def _files(site: SmallSite, chief: User) -> None:
    collection = Collection.get_first_root_node().add_child(instance=Collection(name="Dossier"))
    site.things |= {
        "collection": collection,
        "root": Collection.get_first_root_node(),
        "image": SiteImage.objects.create(title="Image", file=png(), uploaded_by_user=chief),
        "document": SiteDocument.objects.create(title="Document", file=ContentFile(b"a,b", name="document.csv")),
        "uploaded picture": UploadedFile.objects.create(
            for_content_type=ContentType.objects.get_for_model(SiteImage), file=png(), uploaded_by_user=chief
        ),
        "uploaded document": UploadedFile.objects.create(
            for_content_type=ContentType.objects.get_for_model(SiteDocument), file=png(), uploaded_by_user=chief
        ),
    }


def _rest(site: SmallSite, chief: User) -> None:
    page = site.pages["page"]["fr"]
    default = site.things["site"]
    site.things |= {
        "redirect": Redirect.objects.create(old_path="/ancien", redirect_link="/fr/"),
        "core.sitesettings": SiteSettings.objects.create(site=default, name={"fr": "Stages"}),
        "territoire.learningagreementtexts": LearningAgreementTexts.for_site(default),
        "user": User.objects.create(username="collegue", email="collegue@exemple.fr", first_name="A", last_name="B"),
        "superuser": chief,
        "group": Group.objects.create(name="Autre groupe"),
        "session": EditingSession.objects.create(user=chief, content_object=page, last_seen_at=timezone.now()),
    }
