"""Choice lists shared by several apps: stable codes (those of the territory file) with gettext labels."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class FieldOfStudy(models.TextChoices):
    """Fields of health studies. ISCED-F 2013 codes, which Erasmus+ agreements use, are in `ISCED_F`."""

    MEDICINE = "medecine", _("Medicine")
    MIDWIFERY = "maieutique", _("Midwifery")
    DENTISTRY = "odontologie", _("Dentistry")
    PHARMACY = "pharmacie", _("Pharmacy")
    NURSING = "soins_infirmiers", _("Nursing")
    PHYSIOTHERAPY = "kinesitherapie", _("Physiotherapy")
    OCCUPATIONAL_THERAPY = "ergotherapie", _("Occupational therapy")
    RADIOGRAPHY = "imagerie", _("Medical radiography")
    PUBLIC_HEALTH = "sante_publique", _("Public health")


ISCED_F: dict[str, str] = {
    FieldOfStudy.MEDICINE: "0912",
    FieldOfStudy.MIDWIFERY: "0913",
    FieldOfStudy.DENTISTRY: "0911",
    FieldOfStudy.PHARMACY: "0916",
    FieldOfStudy.NURSING: "0913",
    FieldOfStudy.PHYSIOTHERAPY: "0915",
    FieldOfStudy.OCCUPATIONAL_THERAPY: "0915",
    FieldOfStudy.RADIOGRAPHY: "0914",
}


# Names of its detailed fields, as Eurostat and UNESCO call them.
ISCED_F_NAMES: dict[str, Any] = {
    "0911": _("Dental studies"),
    "0912": _("Medicine"),
    "0913": _("Nursing and midwifery"),
    "0914": _("Medical diagnostic and treatment technology"),
    "0915": _("Therapy and rehabilitation"),
    "0916": _("Pharmacy"),
}


class CefrLevel(models.TextChoices):
    """Levels of the Common European Framework of Reference for Languages; their order is their rank."""

    A1 = "A1", "A1"
    A2 = "A2", "A2"
    B1 = "B1", "B1"
    B2 = "B2", "B2"
    C1 = "C1", "C1"
    C2 = "C2", "C2"

    @classmethod
    def up_to(cls, level: str) -> list[str]:
        """Return the levels that somebody at `level` has reached, lowest first."""
        return cls.values[: cls.values.index(level) + 1]


CEFR_SENTENCES = {
    CefrLevel.A1: _("I can introduce myself and understand very simple sentences."),
    CefrLevel.A2: _("I manage shopping, travel and short exchanges."),
    CefrLevel.B1: _("I can hold a conversation on familiar topics if people speak slowly."),
    CefrLevel.B2: _("I understand a patient, a colleague and a meeting on a topic I know."),
    CefrLevel.C1: _("I grasp nuances and speak without searching for words."),
    CefrLevel.C2: _("I understand and express almost everything with ease."),
}


class SpokenLanguage(models.TextChoices):
    """Languages that supervisors speak and events are held in (ISO 639-1)."""

    FRENCH = "fr", _("French")
    ENGLISH = "en", _("English")
    SPANISH = "es", _("Spanish")
    GERMAN = "de", _("German")
    ITALIAN = "it", _("Italian")
    PORTUGUESE = "pt", _("Portuguese")
    ROMANIAN = "ro", _("Romanian")
    ARABIC = "ar", _("Arabic")
    DUTCH = "nl", _("Dutch")
    POLISH = "pl", _("Polish")
    CZECH = "cs", _("Czech")
    UKRAINIAN = "uk", _("Ukrainian")
