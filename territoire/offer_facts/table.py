"""The facts of an offer, one row a fact: what the loader, the open data and the API call it, and what form it has.

Whoever adds a fact to the model adds its row here, and its value to the API's example (`home/api/examples/offers.json`)
and to the demo's file (`home/demo/contenu.yaml`). The territory file's reader, the columns of the open data with their
Table Schema, and the fields of the API's record are made of these rows; what an outlet says in a form of its own
(`Own`, nested objects) it says beside its making. The order of the rows is that of the open data and of the API.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import override

from core.fields.choices import FieldOfStudy, SpokenLanguage

from ..choices import DrivingLicence, Framework, Participation, PayRegime, PlacementKind, StudyLevel
from ..models import InternshipOfferPage
from ..rules.qualification import eqf_levels
from ..rules.states import OfferState
from .room import is_reserved, rent_of
from .types import (
    Address,
    Amount,
    Code,
    Codes,
    Day,
    Degrees,
    FactType,
    Level,
    Moment,
    Named,
    Own,
    Reference,
    Text,
    Weeks,
    Whole,
    Words,
    YesNo,
)
from .wording import legal_bases_text


@dataclass(frozen=True)
class Column:
    """A column of the open data: its French name, what it says, and whether each offer has it.

    `read` is the attribute, where the file says something else of the fact than the model.
    """

    name: str
    description: str
    required: bool = True
    unique: bool = False
    read: str = ""


@dataclass(frozen=True)
class OfferFact:
    """One fact of an offer.

    `name` is the API's. `read` is the attribute of an offer that says it, with dots, or a function; `key` its key in
    the territory file, with dots where it stands in a nested object. `api`: the offer's record says it; `about` is
    what the API's description adds to the name. What all pages say (title, publication) is no fact of the API's here.
    """

    name: str
    type: FactType
    read: str | Callable[[InternshipOfferPage], Any] = ""
    key: str = ""
    column: Column | None = None
    api: bool = False
    about: str = ""

    def value(self, offer: InternshipOfferPage) -> Any:
        """Return what an offer says."""
        return self.read(offer) if callable(self.read) else attrgetter(self.read or self.name)(offer)

    @property
    def attribute(self) -> str:
        """The model's field that keeps it, or "" for what is computed or kept in rows."""
        name = "" if callable(self.read) else self.read or self.name
        try:
            field = InternshipOfferPage._meta.get_field(name)
        except FieldDoesNotExist:
            return ""
        return field.name if field.concrete else ""

    @property
    def label(self) -> str:
        """What an editor's form calls it, in the active language; else its name."""
        return (
            str(getattr(InternshipOfferPage._meta.get_field(self.attribute), "verbose_name", ""))
            if self.attribute
            else self.name
        )


def last_published(offer: InternshipOfferPage) -> dt.datetime | None:
    """Return when an offer was last published, or its deadlines were computed anew, to the second."""
    moment = max(filter(None, (offer.last_published_at or offer.first_published_at, offer.computed_at)), default=None)
    return moment.replace(microsecond=0) if moment else None


def eqf_text(offer: InternshipOfferPage) -> str:
    """Return the EQF levels at which students may come, the lowest first."""
    return " ".join(map(str, eqf_levels(offer.levels, offer.open_fields)))


def legal_bases(offer: InternshipOfferPage) -> str:
    """Return the legal bases of care in French, in which the open data are written."""
    with override(settings.LANGUAGE_CODE):
        return legal_bases_text(offer)


def papers_asked(offer: InternshipOfferPage) -> str:
    """Return the references of the papers that an offer asks for, as one cell has them."""
    return " ".join(paper.reference for paper in offer.asked_papers)


FACTS = [
    OfferFact(
        "reference",
        Reference(),
        key="reference",
        column=Column("reference", "Référence permanente de l’offre", unique=True),
    ),
    OfferFact("record", Reference(), key="id"),
    OfferFact("url", Address(), "link_url", column=Column("url", "Adresse permanente de l’offre")),
    OfferFact("title", Words(), key="titre", column=Column("titre", "Titre")),
    OfferFact("summary", Words(), key="resume", column=Column("resume", "Résumé", required=False)),
    OfferFact("text", Own(), "body", key="description"),
    OfferFact("status", Own(), "live", key="statut"),
    OfferFact("published", Own(), "first_published_at", key="date_publication"),
    OfferFact(
        "state",
        Code(choices=OfferState, only=(OfferState.OPEN, OfferState.FILLED, OfferState.CLOSED)),
        column=Column(
            "etat", "État le jour de la lecture : open (ouverte), filled (complète), closed (demandes closes)"
        ),
        api=True,
        about="`open`, `filled`, `closed`; by reference also `archived`.",
    ),
    OfferFact(
        "field", Code(choices=FieldOfStudy), key="filiere", column=Column("filiere", "Filière de l’offre"), api=True
    ),
    OfferFact(
        "open_fields",
        Codes(choices=FieldOfStudy, optional=True),
        key="filieres_ouvertes",
        column=Column("filieres_ouvertes", "Filières dont les étudiants peuvent venir, séparées par une espace"),
        api=True,
    ),
    OfferFact(
        "specialty",
        Own(),
        key="specialite",
        column=Column("specialite", "Spécialité", read="specialty.name"),
        api=True,
    ),
    OfferFact(
        "isco",
        Text(),
        "specialty.isco",
        column=Column("isco", "Profession (CITP-08), vide si aucune ne correspond seule", required=False),
        api=True,
        about="ISCO-08 code of the occupation; empty where no single one fits.",
    ),
    OfferFact("kind", Code(choices=PlacementKind), key="type_stage", column=Column("type", "Type de stage"), api=True),
    OfferFact("levels", Codes(choices=StudyLevel), key="niveaux", api=True),
    OfferFact(
        "eqf",
        Own(),
        eqf_text,
        column=Column("cec", "Niveaux du cadre européen des certifications (CEC), séparés par une espace"),
        api=True,
        about="Levels of the European Qualifications Framework that students may be at.",
    ),
    OfferFact(
        "papers",
        Own(),
        papers_asked,
        key="papiers",
        column=Column("papiers", "Références des papiers demandés, séparées par une espace", required=False),
        api=True,
        about="The papers to prepare, the ones that take longest first.",
    ),
    OfferFact("frameworks", Own(), key="cadres", api=True),
    OfferFact(
        "erasmus_traineeship",
        YesNo(),
        "suits_erasmus_traineeship",
        api=True,
        about="A stay as long as Erasmus+ asks fits in, and the framework is offered.",
    ),
    OfferFact(
        "french_citizens",
        YesNo(),
        "takes_french_citizens",
        api=True,
        about="French citizens enrolled abroad may come under one of the frameworks; else they have to ask.",
    ),
    OfferFact("signing_university", Own(), "frameworks", key="universite_signataire"),
    OfferFact("supervisor", Named(section="encadrants", optional=True), key="encadrant"),
    OfferFact("host_name", Text(), "host.name", column=Column("structure", "Structure d’accueil")),
    OfferFact("town", Text(), key="commune", column=Column("commune", "Commune"), api=True),
    OfferFact("host", Named(section="structures"), key="structure", api=True),
    OfferFact(
        "latitude",
        Degrees(most=90),
        key="latitude",
        column=Column("latitude", "Latitude (WGS 84)", required=False),
    ),
    OfferFact(
        "longitude",
        Degrees(most=180),
        key="longitude",
        column=Column("longitude", "Longitude (WGS 84)", required=False),
    ),
    OfferFact("start_date", Day(), key="date_debut", column=Column("debut", "Premier jour de la période"), api=True),
    OfferFact("end_date", Day(), key="date_fin", column=Column("fin", "Dernier jour de la période"), api=True),
    OfferFact(
        "min_weeks",
        Weeks(),
        key="duree_semaines.min",
        column=Column("semaines_min", "Séjour le plus court (semaines)"),
        api=True,
    ),
    OfferFact(
        "max_weeks",
        Weeks(),
        key="duree_semaines.max",
        column=Column("semaines_max", "Séjour le plus long (semaines)"),
        api=True,
    ),
    OfferFact("hours_per_week", Whole(least=1, most=48), key="heures_hebdo", api=True),
    OfferFact("own_deadline", Day(), "deadline", key="date_limite"),
    OfferFact(
        "deadline",
        Day(),
        "shown_deadline",
        column=Column(
            "date_limite", "Prochain jour où un cadre se ferme aux demandes ; le dernier, si l’offre est close"
        ),
        api=True,
        about="The next day on which a framework closes; of a closed offer, the last one.",
    ),
    OfferFact(
        "last_deadline",
        Day(),
        column=Column("derniere_date_limite", "Jour où se ferme le dernier cadre, et l’offre avec lui"),
        api=True,
        about="The day with which the offer closes.",
    ),
    OfferFact("capacity", Whole(least=1), key="capacite", column=Column("places", "Places"), api=True),
    OfferFact(
        "places_left",
        Whole(least=0),
        key="places_restantes",
        column=Column("places_libres", "Places libres"),
        api=True,
    ),
    OfferFact("ects", Whole(optional=True), key="ects_indicatifs", api=True),
    OfferFact(
        "french",
        Level(),
        "french_level",
        key="francais_min",
        column=Column("francais", "Niveau de français demandé (CECRL)"),
        api=True,
    ),
    OfferFact(
        "english",
        Level(optional=True),
        "english_level",
        key="anglais_min",
        column=Column("anglais", "Niveau d’anglais demandé (CECRL)", required=False),
        api=True,
    ),
    OfferFact(
        "framework_codes",
        Codes(choices=Framework),
        column=Column("cadres", "Cadres possibles, séparés par une espace", required=False),
    ),
    OfferFact(
        "open_frameworks",
        Codes(choices=Framework, optional=True),
        lambda offer: [code for code, _day in offer.open_deadlines],
        column=Column(
            "cadres_ouverts",
            "Cadres dont le dernier jour pour demander n’est pas passé, séparés par une espace ; y compris ceux dont "
            "les nominations n’ont pas encore commencé (cadres_pas_encore_ouverts)",
            required=False,
        ),
    ),
    OfferFact(
        "not_yet_open_frameworks",
        Codes(choices=Framework, optional=True),
        "not_yet_open",
        column=Column(
            "cadres_pas_encore_ouverts",
            "Parmi cadres_ouverts, ceux sous lesquels l’université qui signe ne prend pas encore de nominations, "
            "séparés par une espace",
            required=False,
        ),
    ),
    OfferFact(
        "framework_deadlines",
        Text(),
        lambda offer: " ".join(f"{code}={day}" for code, day in offer.deadlines),
        key="dates_limites",
        column=Column(
            "dates_limites_par_cadre",
            "Dernier jour pour demander sous chaque cadre : cadre=AAAA-MM-JJ, séparés par une espace",
            required=False,
        ),
    ),
    OfferFact(
        "unconfirmed_frameworks",
        Codes(choices=Framework, optional=True),
        lambda offer: [code for code, _day in offer.deadlines if code in offer.unconfirmed],
        column=Column(
            "cadres_a_confirmer",
            "Cadres dont les dates de nomination sont celles d’une année précédente, que l’université n’a pas "
            "confirmées, ou sont inconnues",
            required=False,
        ),
    ),
    OfferFact(
        "framework_openings",
        Text(),
        lambda offer: " ".join(f"{code}={day}" for code, day in offer.openings.items()),
        column=Column(
            "debuts_des_nominations",
            "Premier jour des nominations de l’université qui signe, là où il est connu : cadre=AAAA-MM-JJ, séparés "
            "par une espace",
            required=False,
        ),
    ),
    OfferFact(
        "participation_codes",
        Codes(choices=Participation),
        key="participation",
        column=Column("participation", "Ce que l’étudiant peut faire, codes séparés par une espace", required=False),
    ),
    OfferFact(
        "legal_bases",
        Text(optional=True),
        legal_bases,
        column=Column(
            "bases_legales",
            "Ce qui permet à l’étudiant de participer aux soins, là où c’est dit ; l’observation n’en demande pas",
            required=False,
        ),
    ),
    OfferFact("legal_basis", Own(), "frameworks", key="base_legale"),
    OfferFact("supervision_languages", Codes(choices=SpokenLanguage), key="langues_encadrement", api=True),
    OfferFact("housing_included", YesNo(), key="logement.inclus", api=True),
    OfferFact("housing", Named(section="logements", optional=True), key="logement.ref", api=True),
    OfferFact(
        "room_reserved",
        YesNo(),
        is_reserved,
        column=Column(
            "logement_compris",
            "Une chambre est réservée avec le stage ; son loyer est dans la colonne loyer_mensuel",
        ),
    ),
    OfferFact(
        "monthly_rent",
        Whole(least=0, optional=True),
        rent_of,
        column=Column(
            "loyer_mensuel",
            "Loyer mensuel de cette chambre en euros, 0 si elle est gratuite, vide sans chambre ou si le loyer est "
            "inconnu",
            required=False,
        ),
    ),
    OfferFact("room", Own(), "housing", api=True),
    OfferFact("lunch_provided", YesNo(), key="repas_midi", api=True),
    OfferFact("driving_licence", Code(choices=DrivingLicence), key="transport.permis_b", api=True),
    OfferFact("bike_enough", YesNo(), key="transport.velo_suffit", api=True),
    OfferFact("loan_vehicle", YesNo(), key="transport.vehicule_pret", api=True),
    OfferFact("wheelchair_accessible", YesNo(optional=True), key="accessible_pmr", api=True),
    OfferFact(
        "pay_regime",
        Code(choices=PayRegime),
        key="remuneration.regime",
        column=Column("regime_gratification", "Règle selon laquelle la structure paie ou non ; inconnu n’est pas non"),
        api=True,
        about="By which rule the host pays, or not. `inconnu` is not “none”.",
    ),
    OfferFact(
        "pay_amount",
        Amount(optional=True),
        key="remuneration.montant_mensuel",
        column=Column(
            "gratification_mensuelle",
            "Ce que la structure paie, en euros par mois ; vide si le montant est inconnu",
            required=False,
        ),
        api=True,
        about="Euros a month; null where the amount is not known.",
    ),
    OfferFact(
        "pay_basis",
        Text(optional=True),
        key="remuneration.base",
        column=Column("base_gratification", "Texte ou décision dont relève la gratification", required=False),
        api=True,
    ),
    OfferFact("pay_conditions", Own(), key="remuneration.conditions", api=True),
    OfferFact("supports", Own(), key="soutien_financier", api=True),
    OfferFact("objectives", Own(), key="objectifs", api=True),
    OfferFact(
        "learning_agreements",
        Own(),
        api=True,
        about="The whole form, prefilled, to fill in (PDF), by language; empty without an Erasmus+ traineeship. "
        "`?first=2027-03-01&last=2027-05-02` puts a student’s own days in.",
    ),
    OfferFact(
        "traineeship_certificates",
        Own(),
        api=True,
        about="Its certificate alone (table D, PDF), by language.",
    ),
    OfferFact(
        "learning_agreement_fields",
        Own(),
        api=True,
        about="The form’s fields as JSON, in its order, by language: key, label, kind, value, who fills it in.",
    ),
    OfferFact("modified", Moment(), last_published, column=Column("modifie", "Dernière publication")),
    OfferFact("fictional", YesNo(), key="fictif", column=Column("fictif", "Fiche inventée pour la démonstration")),
]
