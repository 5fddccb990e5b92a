"""What tests build: each factory makes the least that the model accepts, and says it in the words of the domain.

`TODAY` is the day on which the demo content was written; every test is frozen on it unless it travels on.
"""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

import factory
import wagtail_factories
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS
from django.db.models.sql import InsertQuery
from django.utils import timezone
from factory.django import DjangoModelFactory
from modelcluster.models import get_all_child_relations
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from core.models import SiteDocument, SiteImage, StaleTranslation, User
from core.translation.carrying import compose
from core.translation.marks import plain
from home.models import EditorialPage, FaqEntryPage, FaqIndexPage, GlossaryTerm, HomePage, LexiconEntry, SectionPage
from temoignages.models import TestimonialIndexPage, TestimonialPage
from territoire.desk.models import DeskPage
from territoire.models import (
    AidIndexPage,
    AidPage,
    EventIndexPage,
    EventPage,
    FactsheetPage,
    Figure,
    HostStructure,
    HousingIndexPage,
    HousingPage,
    InternshipOfferPage,
    NominationWindow,
    OfferFramework,
    OfferIndexPage,
    OfferSupport,
    Paper,
    PartnerIndexPage,
    PartnerUniversityPage,
    RecognitionSheet,
    Rule,
    SigningUniversity,
    Specialty,
    StrengthIndexPage,
    StrengthPage,
    Supervisor,
)

PARIS = ZoneInfo("Europe/Paris")
TODAY = dt.date(2026, 11, 22)
NOW = dt.datetime(2026, 11, 22, 10, tzinfo=PARIS)
BLOIS = {"latitude": 47.586, "longitude": 1.336}
VENDOME = {"latitude": 47.793, "longitude": 1.066}
PARIS_PLACE = {"latitude": 48.857, "longitude": 2.352}
PASSWORD = "une-phrase-de-passe"


def days(count):
    """The day `count` days from `TODAY`."""
    return TODAY + dt.timedelta(days=count)


def prose(text):
    """The body of one paragraph."""
    return [block("prose", f"<p>{text}</p>")]


def block(kind, value):
    """A stored block of a stream."""
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def items(*values):
    """The stored items of a list block."""
    return [block("item", value) for value in values]


class UserFactory(DjangoModelFactory):
    """An administrator."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda number: f"personne{number}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@exemple.fr")
    is_staff = True
    is_superuser = True

    @factory.post_generation
    def password(user, create, extracted, **kwargs):
        """Everybody has the same one."""
        user.set_password(extracted or PASSWORD)
        user.save()


def person(*roles, **kwargs):
    """Somebody with these roles, named as in the admin (“Rédaction”, “Traduction (anglais)”), and no other right."""
    user = UserFactory(is_superuser=False, is_staff=False, **kwargs)
    groups = Group.objects.filter(name__in=roles)
    assert len(groups) == len(roles), f"no such role among {roles}"
    user.groups.set(groups)
    return user


class ImageFactory(wagtail_factories.ImageFactory):
    """A tiny picture that a factory of pictures draws."""

    class Meta:
        model = SiteImage

    title = factory.Sequence(lambda number: f"Image {number}")
    file = factory.django.ImageField(width=48, height=36, color="teal", format="PNG", filename="image.png")
    alt_texts = factory.LazyAttribute(lambda image: {"fr": f"Ce que montre {image.title}", "en": "What it shows"})


class DocumentFactory(wagtail_factories.DocumentFactory):
    """A file to download."""

    class Meta:
        model = SiteDocument


# --- Pages that stand once --------------------------------------------------------------------------------------
def root():
    """Wagtail's own root of all pages."""
    return Page.get_first_root_node()


def the_home():
    """The home page of the site, made where there is none."""
    home = HomePage.objects.first()
    if home is None:
        home = root().add_child(instance=HomePage(title="Accueil", slug="accueil", locale=Locale.get_default()))
        site = Site.objects.get(is_default_site=True)
        welcome, site.root_page = site.root_page, home
        site.save()
        welcome.delete()
        home.refresh_from_db()
    return home


def the_index(model, title):
    """The one index page of a type, made where there is none."""
    return model.objects.first() or the_home().add_child(
        instance=model(title=title, locale=Locale.get_default(), first_published_at=timezone.now())
    )


class UnderIndex(wagtail_factories.PageFactory):
    """A page that stands under its index page, which is made where there is none."""

    class Meta:
        abstract = True

    title = factory.Sequence(lambda number: f"Page {number}")
    slug = None
    summary = "Une phrase qui dit l’essentiel."
    live = True
    first_published_at = factory.LazyFunction(timezone.now)
    reference = ""

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        kwargs["parent"] = kwargs.get("parent") or cls.index_page()
        if kwargs.get("slug") is None:
            kwargs.pop("slug", None)
        return super()._create(model_class, *args, **kwargs)


# --- Records ----------------------------------------------------------------------------------------------------
class RecordFactory(DjangoModelFactory):
    """A record in French."""

    class Meta:
        abstract = True

    locale = factory.LazyFunction(Locale.get_default)


class HostFactory(RecordFactory):
    """A health centre in the country."""

    class Meta:
        model = HostStructure

    name = factory.Sequence(lambda number: f"Maison de santé {number}")
    kind = "msp"
    size = "moins_250"
    town = "Blois"
    postcode = "41000"

    class Params:
        public_hospital = factory.Trait(kind="centre_hospitalier", size="plus_250", name="Hôpital public")


class SupervisorFactory(RecordFactory):
    """A doctor who agrees to be named."""

    class Meta:
        model = Supervisor

    name = "Dr Camille Essai"
    role = "Médecin généraliste"
    publication_agreed = True
    host = factory.SubFactory(HostFactory)
    languages = ["fr"]


class RecognitionSheetFactory(RecordFactory):
    """What North Rhine-Westphalia asks, checked today.

    `rows` are (purpose, kinds that qualify, to ask, condition), and perhaps what else is asked, by name.
    """

    class Meta:
        model = RecognitionSheet

    class Params:
        rows = [
            ("Famulatur", ["centre_hospitalier", "cabinet"], [], ""),
            ("Tertial", [], ["centre_hospitalier"], "Seulement un hôpital d’enseignement."),
        ]

    students = "Étudiants de Rhénanie-du-Nord-Westphalie"
    country = "DE"
    fields = ["medecine"]
    source = "Landesprüfungsamt"
    checked_on = TODAY
    answers = factory.LazyAttribute(
        lambda sheet: [
            block(
                "answer",
                {
                    "purpose": purpose,
                    "qualify": qualify,
                    "to_ask": to_ask,
                    "condition": condition,
                    **(more[0] if more else {}),
                },
            )
            for purpose, qualify, to_ask, condition, *more in sheet.rows
        ]
    )


class SpecialtyFactory(RecordFactory):
    """General practice."""

    class Meta:
        model = Specialty
        django_get_or_create = ("reference",)

    name = "Médecine générale"
    reference = "medecine_generale"


class PaperFactory(RecordFactory):
    """A paper that every placement asks for; nobody knows how long it takes."""

    class Meta:
        model = Paper
        skip_postgeneration_save = True

    name = factory.Sequence(lambda number: f"Papier {number}")
    reference = factory.Sequence(lambda number: f"papier-{number}")
    for_all = True

    @factory.post_generation
    def hosts(paper, create, extracted, **kwargs):
        """The hosts that ask for it."""
        if create:
            paper.hosts.set(extracted or [])


class GlossaryTermFactory(RecordFactory):
    """A word explained."""

    class Meta:
        model = GlossaryTerm

    acronym = "CPTS"
    meaning = "Communauté professionnelle territoriale de santé"


class LexiconEntryFactory(RecordFactory):
    """A phrase of the ward."""

    class Meta:
        model = LexiconEntry

    theme = "accueil"
    phrase = "Bonjour, je suis étudiant en médecine."


class SigningUniversityFactory(RecordFactory):
    """A French university that signs. `windows` are (academic year, semester, opens, closes)."""

    class Meta:
        model = SigningUniversity
        django_get_or_create = ("name",)

    name = "Université de Tours"
    erasmus_code = "F TOURS01"
    town = "Tours"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        windows = kwargs.pop("windows", [])
        university = super()._create(model_class, *args, **kwargs)
        return give_windows(university, *windows) if windows else university


def give_windows(university, *windows):
    """Let a university publish these windows and no others, as an editor saves them."""
    university.windows.set(
        [
            NominationWindow(year=year, semester=semester, opens=opens, closes=closes)
            for year, semester, opens, closes in windows
        ]
    )
    university.save()
    return university


# --- Pages ------------------------------------------------------------------------------------------------------
class RuleFactory(RecordFactory):
    class Meta:
        model = Rule

    title = factory.Sequence("Règle {}".format)
    statement = "Une convention est signée avant le début."
    source = "Code de l’éducation"
    source_url = "https://www.legifrance.gouv.fr"
    checked_on = days(-30)
    review_on = days(300)


class FigureFactory(DjangoModelFactory):
    class Meta:
        model = Figure

    code = "jours_erasmus"
    value = 60
    valid_from = days(-300)
    source = "Guide du programme"


class StrengthFactory(UnderIndex):
    """A reason to come."""

    class Meta:
        model = StrengthPage

    title = factory.Sequence(lambda number: f"Atout {number}")
    theme = "nature"

    @staticmethod
    def index_page():
        return the_index(StrengthIndexPage, "Territoire")


class AidFactory(UnderIndex):
    """Money that everybody may ask for."""

    class Meta:
        model = AidPage

    title = factory.Sequence(lambda number: f"Aide {number}")
    giver = "Caisse d’allocations familiales"
    how = "Demandez sur le site de la caisse."
    official_url = "https://www.caf.fr/"
    basis = "Code de la construction et de l’habitation"
    checked_on = TODAY

    @staticmethod
    def index_page():
        return the_index(AidIndexPage, "Aides")


class HousingFactory(UnderIndex):
    """A room that is free all the year."""

    class Meta:
        model = HousingPage

    title = factory.Sequence(lambda number: f"Chambre {number}")
    kind = "colocation"
    town = "Blois"
    monthly_rent = 160
    available_from = days(0)
    available_until = days(365)
    kitchen = "commune"
    bathroom = "privee"

    @staticmethod
    def index_page():
        return the_index(HousingIndexPage, "Logements")


class OfferFactory(UnderIndex):
    """An open offer: nine weeks, in 100 days, at a health centre, one place.

    `frameworks` are (framework, name of the signing university, participation) lines; a fourth value is the line's own
    deadline.
    """

    class Meta:
        model = InternshipOfferPage

    title = factory.Sequence(lambda number: f"Stage {number}")
    reference = factory.Sequence(lambda number: f"LC41-2027-{number:03}")
    field = "medecine"
    specialty = factory.SubFactory(SpecialtyFactory)
    kind = "ambulatoire"
    levels = ["cycle2_fin"]
    host = factory.SubFactory(HostFactory)
    town = "Blois"
    start_date = days(100)
    end_date = days(100 + 9 * 7 - 1)
    min_weeks = 4
    max_weeks = 9
    deadline = days(60)
    capacity = 2
    places_left = 1
    french_level = "B1"
    supervision_languages = ["fr"]

    class Params:
        filled = factory.Trait(places_left=0)
        closed = factory.Trait(deadline=days(-1))
        archived = factory.Trait(start_date=days(-80), end_date=days(-1), deadline=days(-120))
        draft = factory.Trait(live=False, first_published_at=None)
        withdrawn = factory.Trait(live=False)

    @staticmethod
    def index_page():
        return the_index(OfferIndexPage, "Stages")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        lines = kwargs.pop("frameworks", [("erasmus_stage", "", "observation")])
        supports = kwargs.pop("supports", [])
        offer = super()._create(model_class, *args, **kwargs)
        offer.frameworks.set(
            [
                OfferFramework(
                    framework=code,
                    signing_university=SigningUniversityFactory(name=university) if university else None,
                    participation=what,
                    deadline=deadline[0] if deadline else None,
                )
                for code, university, what, *deadline in lines
            ]
        )
        offer.supports.set([OfferSupport(**support) for support in supports])
        offer.save()
        return offer


class TestimonialFactory(UnderIndex):
    """What a Romanian student says, with her consent."""

    __test__ = False

    class Meta:
        model = TestimonialPage

    title = factory.Sequence(lambda number: f"Une voix {number}")
    profile = "etudiant"
    first_name = "Ioana"
    country = "RO"
    field = "medecine"
    year = 2026
    original_language = "fr"
    consent_on = days(-10)

    @staticmethod
    def index_page():
        return the_index(TestimonialIndexPage, "Témoignages")


class UniversityFactory(UnderIndex):
    """A partner."""

    class Meta:
        model = PartnerUniversityPage

    title = factory.Sequence(lambda number: f"Universitatea {number}")
    country = "RO"
    city = "Cluj"
    website = "https://exemple.org/"
    link = "partenaire_univ_tours"
    fields = ["medecine"]

    @staticmethod
    def index_page():
        return the_index(PartnerIndexPage, "Universités")


class FactsheetFactory(UnderIndex):
    """The territory's own factsheet, or that of a university."""

    class Meta:
        model = FactsheetPage

    title = factory.Sequence(lambda number: f"Fiche {number}")

    @staticmethod
    def index_page():
        return the_index(PartnerIndexPage, "Universités")


class EventFactory(UnderIndex):
    """An evening in ten days."""

    class Meta:
        model = EventPage

    title = factory.Sequence(lambda number: f"Soirée {number}")
    kind = "accueil"
    mode = "presentiel"
    start = NOW + dt.timedelta(days=10)
    end = NOW + dt.timedelta(days=10, hours=2)
    venue = "Maison de Blois"
    audience = ["etudiants"]
    languages = ["fr"]

    @staticmethod
    def index_page():
        return the_index(EventIndexPage, "Agenda")


class QuestionFactory(UnderIndex):
    """A question with its answer."""

    class Meta:
        model = FaqEntryPage

    title = factory.Sequence(lambda number: f"Question {number}")
    theme = "cadre"
    body = factory.LazyFunction(lambda: prose("La réponse."))

    @staticmethod
    def index_page():
        return the_index(FaqIndexPage, "Questions")


class EditorialFactory(UnderIndex):
    """A page under the home page."""

    class Meta:
        model = EditorialPage

    @staticmethod
    def index_page():
        return the_home()


class SectionFactory(UnderIndex):
    """A section under the home page; editorial pages may stand in it."""

    class Meta:
        model = SectionPage

    @staticmethod
    def index_page():
        return the_home()


def the_desk():
    """The desk's page, to which every page leads."""
    from core.models import SiteSettings

    desk = the_index(DeskPage, "Guichet unique")
    chosen = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    chosen.name, chosen.desk_page = {"fr": "Stages santé"}, desk
    chosen.save()
    return desk


def offers_in_bulk(count):
    """Make so many open offers in few statements, varied as a département's are; return their index page.

    A page of Wagtail takes tens of milliseconds to make one by one.
    """
    index = OfferFactory.index_page()
    hosts = HostFactory.create_batch(12)
    specialties = [SpecialtyFactory(name=f"Spécialité {n}", reference=f"specialite_{n}") for n in range(20)]
    picture = ImageFactory()
    kind = ContentType.objects.get_for_model(InternshipOfferPage)
    towns, fields, levels = ("Blois", "Vendôme", "Romorantin"), ("medecine", "pharmacie"), ("A2", "B1", "B2", "C1")
    offers = [
        InternshipOfferPage(
            path=Page._get_path(index.path, index.depth + 1, number + 1),
            depth=index.depth + 1,
            title=f"Stage {number}",
            draft_title=f"Stage {number}",
            slug=f"stage-{number}",
            url_path=f"{index.url_path}stage-{number}/",
            content_type=kind,
            locale=index.locale,
            live=True,
            first_published_at=NOW,
            reference=f"LC41-{number:05}",
            summary="Une phrase qui dit l’essentiel.",
            field=fields[number % 2],
            open_fields=[fields[number % 2]],
            specialty=specialties[number % 20],
            kind="ambulatoire" if number % 3 else "hospitalier",
            levels=["cycle2_fin"],
            host=hosts[number % 12],
            picture=picture,
            town=towns[number % 3],
            start_date=days(100 + number % 90),
            end_date=days(162 + number % 90),
            min_weeks=4,
            max_weeks=9,
            deadline=days(10 + number % 80),
            places_left=0 if number % 10 == 9 else 1,
            french_level=levels[number % 4],
            supervision_languages=["fr", "en"],
            framework_codes=["erasmus_stage"],
            closings=[["erasmus_stage", days(10 + number % 80).isoformat(), None, True]],
            last_deadline=days(10 + number % 80),
            next_deadline=days(10 + number % 80),
            open_framework_codes=["erasmus_stage"],
            participation_codes=["observation"],
            latest_start=days(135 + number % 90),
            earliest_end=days(127 + number % 90),
            **BLOIS,
        )
        for number in range(count)
    ]
    insert_offers(index, offers)
    OfferFramework.objects.bulk_create(
        [OfferFramework(offer=offer, framework="erasmus_stage", participation="observation") for offer in offers]
    )
    return index


def insert_offers(index, offers):
    """Insert offers below their index page in few statements, without signals; each has its path and slug already."""
    base = [field.attname for field in Page._meta.concrete_fields if field.attname != "id"]
    Page.objects.bulk_create([Page(**{name: getattr(offer, name) for name in base}) for offer in offers])
    keys = dict(Page.objects.child_of(index).values_list("slug", "pk"))
    for offer in offers:
        offer.id = offer.page_ptr_id = keys[offer.slug]
    for start in range(0, len(offers), 200):
        # Django has no bulk creation for a model that extends another: these are its own columns.
        insert = InsertQuery(InternshipOfferPage)
        insert.insert_values(InternshipOfferPage._meta.local_concrete_fields, offers[start : start + 200])
        insert.get_compiler(DEFAULT_DB_ALIAS).execute_sql()
    Page.objects.filter(pk=index.pk).update(numchild=len(keys))
    index.refresh_from_db()


# --- Languages ----------------------------------------------------------------------------------------------------
def languages(*codes):
    """Give the site other languages (by default all of its settings), each with its tree: {code: Locale}."""
    codes = codes or [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    return {code: Locale.objects.get_or_create(language_code=code)[0] for code in codes}


def open_site(*codes):
    """Publish the home page in French and other languages (by default all), and return it."""
    home = publish(the_home())
    languages(*codes)
    return home


def version(item, language):
    """A page or record as it stands in the database in a language; None where it has none."""
    return type(item).objects.filter(translation_key=item.translation_key, locale__language_code=language).first()


def translate(item, language, texts):
    """Translate texts of a French page or record as a translator does, and return it in the language.

    `texts` names them by their field ("title") or by the French text without tags; links keep the ids that
    wagtail-localize gives them (<a id="a1">).
    """
    source, _created = TranslationSource.get_or_create_from_instance(type(item).objects.get(pk=item.pk))
    locale = Locale.objects.get(language_code=language)
    Translation.objects.get_or_create(source=source, target_locale=locale)
    used = set()
    for segment in StringSegment.objects.filter(source=source).select_related("string", "context"):
        names = {segment.context.path, plain(segment.string.data)} & set(texts)
        for name in names:
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                context=segment.context,
                locale=locale,
                defaults={"data": texts[name], "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL},
            )
        used |= names
    assert used == set(texts), f"no such texts in French: {set(texts) - used}"
    compose(source, locale)
    return version(item, language)


def publish(page, **changes):
    """Publish a page with changed fields, by code, and return it as it stands then. Rows come as lists."""
    page = type(page).objects.get(pk=page.pk)
    change(page, changes)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def change(page, changes):
    """Set fields and child rows of a page."""
    rows = {relation.get_accessor_name() for relation in get_all_child_relations(type(page))}
    for name, value in changes.items():
        if name in rows:
            getattr(page, name).set(value)
        else:
            setattr(page, name, value)


def online(reader, page, language):
    """What a reader gets for a page in a language, or None where that is not public."""
    found = version(page, language)
    answer = reader.get(found.url) if found is not None and found.live else None
    return answer.content.decode() if answer is not None and answer.status_code == 200 else None


def stale(item, language):
    """The old translations that stand for a changed French text: {translation: the French that was translated}."""
    marks = StaleTranslation.objects.of(item.translation_key, Locale.objects.get(language_code=language))
    return {mark.translation.data: mark.previous for mark in marks.select_related("translation")}
