"""Choice lists of the territory: stable codes (those of the territory file) with gettext labels."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.fields.choices import FieldOfStudy


class StudyLevel(models.TextChoices):
    """How far a student is."""

    CYCLE_1 = "cycle1", _("Years 1–3 of studies")
    CYCLE_2_EARLY = "cycle2_debut", _("Year 4 of studies")
    CYCLE_2_LATE = "cycle2_fin", _("Years 5–6 of studies")
    CYCLE_3 = "cycle3", _("Resident or specialty trainee")
    GRADUATE = "jeune_diplome", _("Recent graduate (less than 12 months ago)")
    BACHELOR = "licence_sante", _("Bachelor’s in nursing or allied health")
    MASTER = "master", _("Master’s or equivalent")


class Framework(models.TextChoices):
    """Under which agreement a student comes."""

    ERASMUS_STUDIES = "erasmus_etudes", _("Erasmus+ studies (inter-institutional agreement)")
    ERASMUS_TRAINEESHIP = "erasmus_stage", _("Erasmus+ traineeship")
    BILATERAL = "convention_bilaterale", _("Bilateral university agreement")
    IFMSA_SCOPE = "ifmsa_scope", _("IFMSA professional exchange (SCOPE)")
    IFMSA_SCORE = "ifmsa_score", _("IFMSA research exchange (SCORE)")
    OBSERVERSHIP = "observation", _("Observership under agreement")
    AGREEMENT = "stage_conventionne", _("Placement under agreement, outside a programme")


# What Erasmus+ pays: both last two months at least.
ERASMUS = frozenset({Framework.ERASMUS_STUDIES, Framework.ERASMUS_TRAINEESHIP})

# Who is enrolled at a university that takes part may come under these, whatever the citizenship: French citizens
# who study abroad too, as they neither study nor live in France meanwhile. Under the others the agreement or the
# selecting association decides, so one has to ask. Source: Erasmus+ Programme Guide, “Mobility project for higher
# education students and staff”, eligible participants and venues. Read in November 2026.
WHATEVER_CITIZENSHIP = frozenset({Framework.ERASMUS_STUDIES, Framework.ERASMUS_TRAINEESHIP})

# These rest on an agreement between universities: a French one must sign.
BETWEEN_UNIVERSITIES = frozenset({Framework.ERASMUS_STUDIES, Framework.BILATERAL})

# Whose students the French university takes on nomination by theirs: they close with its window. A bilateral agreement
# says its own days, which are typed on the offer's line.
NOMINATED = frozenset({Framework.ERASMUS_STUDIES})
# Whose students come with a card of acceptance.
IFMSA = frozenset({Framework.IFMSA_SCOPE, Framework.IFMSA_SCORE})


class Semester(models.IntegerChoices):
    """A half of the academic year."""

    FIRST = 1, _("first semester")
    SECOND = 2, _("second semester")


class FactsheetHeading(models.TextChoices):
    """What an international officer looks up, in the order of EWP (Erasmus Without Paper, API "factsheet")."""

    NOMINATIONS = "nominations", _("Nominations")
    APPLICATIONS = "candidatures", _("Applications")
    REQUIREMENTS = "exigences", _("Requirements")
    DECISION = "decision", _("Weeks until the decision")
    ACCESSIBILITY = "accessibilite", pgettext_lazy("factsheet", "Accessibility and support")
    HOUSING = "logement", pgettext_lazy("factsheet", "Housing")
    VISA = "visa", pgettext_lazy("factsheet", "Visa")
    INSURANCE = "assurance", pgettext_lazy("factsheet", "Insurance")


# Whose students of the second cycle come to a public hospital only under an agreement between universities
# (instruction DGOS/RH1/DGESIP 2012/427 of 20 December 2012).
IN_HOSPITAL_FIELDS = frozenset({FieldOfStudy.MEDICINE, FieldOfStudy.DENTISTRY})
SECOND_CYCLE = frozenset({StudyLevel.CYCLE_2_EARLY, StudyLevel.CYCLE_2_LATE})


class Participation(models.TextChoices):
    """What the student may do with patients."""

    OBSERVATION = "observation", _("Observation only")
    SUPERVISED = "participation_encadree", _("Supervised participation")
    NO_PATIENTS = "non_clinique", _("No patient contact")


class LegalBasis(models.TextChoices):
    """What lets a student take part in care; what is not in the list is written in words beside it."""

    HOSPITAL_STUDENT = "etudiant_hospitalier", _("Appointed as a hospital student (étudiant hospitalier)")


class PlacementKind(models.TextChoices):
    """Where care takes place."""

    HOSPITAL = "hospitalier", _("Hospital")
    COMMUNITY = "ambulatoire", _("Community (outpatient)")
    SOCIAL = "medico_social", _("Social care")
    MIXED = "mixte", _("Mixed hospital and community")
    PROJECT = "recherche_projet", _("Research or project")


class HostType(models.TextChoices):
    """Kinds of host structures."""

    PUBLIC_HOSPITAL = "centre_hospitalier", _("General hospital")
    HEALTH_CENTRE = "msp", _("Multi-professional health centre (MSP)")
    PRACTICE = "cabinet", _("Private practice")
    PHARMACY = "officine", _("Community pharmacy")
    NURSING_HOME = "ehpad", _("Nursing home")
    HOME_CARE = "soins_domicile", _("Home-care service")
    NETWORK = "cpts", _("Territorial health professionals’ network (CPTS)")
    LOCAL_AUTHORITY = "collectivite", _("Local authority")


class Recognised(models.TextChoices):
    """Whether a home faculty recognises a placement at a kind of host."""

    YES = "oui", pgettext_lazy("recognised", "yes")
    ASK = "a_demander", pgettext_lazy("recognised", "ask first")
    NO = "non", pgettext_lazy("recognised", "no")


class HostSize(models.TextChoices):
    """Size as the Erasmus+ Learning Agreement asks it."""

    UNDER_250 = "moins_250", _("Fewer than 250 employees")
    FROM_250 = "plus_250", _("250 employees or more")


class Support(models.TextChoices):
    """Money and what replaces it."""

    NONE = "aucun", pgettext_lazy("nothing", "None")
    ALLOWANCE = "allocation_departementale", _("Département placement allowance")
    FREE_HOUSING = "logement_gratuit", _("Free housing")
    LUNCH = "repas", _("Free lunches")
    HOME_GRANT = "bourse_origine", _("Home-country grant (Erasmus+ or other)")


class PayRegime(models.TextChoices):
    """Whether the host owes pay (gratification), and by which rule. Unknown is not "none".

    Sources: Code de l'éducation, art. L. 124-6; Code de la santé publique, art. L. 4381-1 (paramedical students) and
    R. 6153-46 ff. (hospital students). Read in November 2026.
    """

    DUE = "due", _("Statutory internship pay")
    UNDER_LIMIT = "moins_308h", _("No pay by law: too few hours for it")
    PARAMEDICAL = "paramedical", _("No pay by law: paramedical students")
    HOSPITAL_STUDENT = "etudiant_hospitalier", _("Paid as a hospital student")
    ABROAD = "convention_etranger", _("Pay to be checked by the desk: agreement signed abroad")
    UNKNOWN = "inconnu", pgettext_lazy("pay", "Not known yet")


# What not everybody gets, and the sentence that says so wherever such a support is named.
CONDITIONAL = frozenset({Support.ALLOWANCE})
CONDITIONS = _("The allowance has conditions and is not open to everyone: ask the desk before you count on it.")


class SupportPeriod(models.TextChoices):
    """What an amount of money is counted for."""

    HOUR = "heure", _("an hour")
    WEEK = "semaine", _("a week")
    MONTH = "mois", _("a month")
    TOTAL = "total", _("in all")


class CitizenshipGroup(models.TextChoices):
    """Whose citizens may have something; the codes are those of the student's own dates."""

    EUROPEAN = "eu", _("European Union, EEA or Switzerland")
    OTHER = "other", _("Another country")


class DrivingLicence(models.TextChoices):
    """Whether one can come without driving."""

    USELESS = "non", _("No licence needed")
    ADVISABLE = "conseille", _("Licence advisable")
    REQUIRED = "necessaire", _("Licence required")


class HousingType(models.TextChoices):
    """What a room may be, as `referentiels` of the territory file lists it."""

    SHARED = "colocation", _("Furnished shared housing")
    HOSPITAL = "internat", _("Hospital residence")
    RESIDENCE = "residence", _("Student residence")
    HOST_FAMILY = "chez_habitant", _("Room with a host family")
    STUDIO = "studio", _("Studio or flat")


class Shared(models.TextChoices):
    """Who uses the kitchen or the bathroom."""

    PRIVATE = "privee", _("private")
    COMMON = "commune", _("shared by the residents")
    WITH_OWNER = "partagee", _("shared with the hosts")


class StrengthTheme(models.TextChoices):
    """Themes of the territory's strengths."""

    MOBILITY = "mobilite", pgettext_lazy("strength", "Getting around")
    HERITAGE = "patrimoine", _("Heritage")
    NATURE = "nature", _("Nature and sport")
    HEALTH = "sante", _("Practise and learn")
    SUPPORT = "aides", _("Housing and support")
    CULTURE = "culture", _("Culture and student life")
    FOOD = "terroir", _("Food and produce")


class PaperCitizens(models.TextChoices):
    """Whose citizens need a paper; the codes are two of `rules.stay.Citizenship`, and empty means everybody."""

    EUROPEAN = "eu", _("Citizens of the EU, the EEA and Switzerland only")
    OTHER = "other", _("Citizens of other countries only")


class ApprovalStatus(models.TextChoices):
    """Where a supervisor stands with the approval as a maître de stage (MSU)."""

    APPROVED = "agree", pgettext_lazy("agreement", "Approved")
    PENDING = "en_cours", _("Approval pending")
    NOT_APPLICABLE = "sans_objet", _("Not applicable")


class ApprovalLevel(models.TextChoices):
    """Whom an approved supervisor may teach."""

    CYCLE_2 = "cycle2", _("Second cycle")
    LEVEL_1 = "niveau1", _("General practice, level 1")
    SASPAS = "saspas", _("SASPAS (supervised independent practice)")
    PHARMACY = "maitre_stage_pharmacie", _("Pharmacy placement")
    DENTISTRY = "stage_actif_odontologie", _("Active dental placement")


class UniversityLink(models.TextChoices):
    """How a university is linked to the territory. The link is the University of Tours', not the Département's."""

    ALLIANCE = "alliance_neolaia", _("Member of the NEOLAiA alliance, like the University of Tours")
    PARTNER = "partenaire_univ_tours", _("Partner of the University of Tours")
    TARGET = "cible", _("University to contact (internal, not published)")


class EventType(models.TextChoices):
    """What an event may be, as `referentiels` of the territory file lists it."""

    THEMED_DAY = "journee_thematique", _("Themed day")
    WEBINAR = "webinaire", _("Webinar")
    WELCOME = "accueil", _("Welcome event")
    TRAINING = "formation", _("Training")
    OUTING = "decouverte", _("Outing")


class EventMode(models.TextChoices):
    """Where one takes part."""

    IN_PERSON = "presentiel", _("In person")
    ONLINE = "en_ligne", _("Online")
    HYBRID = "hybride", _("In person and online")


class Audience(models.TextChoices):
    """For whom an event is."""

    STUDENTS = "etudiants", _("Students")
    SUPERVISORS = "encadrants", _("Supervisors")
    UNIVERSITIES = "universites", _("Universities")


class InstitutionKind(models.TextChoices):
    """Kinds of institutional partners."""

    REGION = "region", _("Region")
    HEALTH_AGENCY = "ars", _("Regional health agency")
    MEDICAL_COUNCIL = "ordre", _("Professional council")
    STUDENT_SERVICES = "crous", _("Student services")
    STATE = "etat", _("State")
    UNIVERSITY = "universite", _("University")
