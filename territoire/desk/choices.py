"""What one may ask the desk for: stable codes with gettext labels."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RequestKind(models.TextChoices):
    """Kinds of requests, in the order in which they are offered."""

    PLACEMENT = "stage", _("Find a placement")
    HOUSING = "logement", _("Find housing")
    TRAVEL = "mobilite", _("Get around (bike, car, train)")
    PAPERWORK = "demarches", _("Agreement, visa, insurance")
    LOCAL_LIFE = "vie_locale", _("Local life")
    EVENT = "evenement", _("Sign up for an event")
    DIFFICULTY = "difficulte", _("I have a problem during my placement")
    SETTLING = "installation", _("I am thinking of coming back to practise")
    HOSTING = (
        "accueillir",
        _("I am a health professional or represent a host and would like to take a student"),
    )
    UNIVERSITY = "universite", _("I represent a university")
    ROOM = "proposer_logement", _("I have a room to offer")


FOR_PROFESSIONALS = frozenset({RequestKind.HOSTING, RequestKind.UNIVERSITY, RequestKind.ROOM})
