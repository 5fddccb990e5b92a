"""What the territory puts on the editors' home."""

from django.db.models import F, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from core.admin.waiting import Notice, notices_of, register_notices
from core.languages.localization import source_locale

from .models import InternshipOfferPage, Rule
from .models.offer import LINES
from .rules.states import listed


@register_notices
def offers_to_look_at(request: HttpRequest) -> list[Notice]:
    """Offers whose supervisor's approval ends before the placement, or whose room is not free."""
    ends = Q(supervisor__approval_until__lt=F("end_date"))
    room = Q(housing__isnull=False) & (
        Q(housing__available_from__gt=F("start_date")) | Q(housing__available_until__lt=F("end_date"))
    )
    offers = InternshipOfferPage.objects.filter(listed(), ends | room, locale=source_locale())
    offers = offers.select_related("supervisor", "housing", "host").prefetch_related(*LINES)
    return notices_of(request, ((offer, " ".join(offer.warnings)) for offer in offers))


@register_notices
def rules_to_check(request: HttpRequest) -> list[Notice]:
    """Rules whose day to be checked again has come."""
    due = Rule.objects.filter(locale=source_locale(), review_on__lte=timezone.localdate()).order_by("review_on")
    return notices_of(request, ((rule, _("This rule is to be checked again.")) for rule in due))
