"""What an offer and the Département's texts say in a Learning Agreement: nothing that nobody has said."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from core.fields.choices import ISCED_F, ISCED_F_NAMES
from core.fields.columns import in_language
from core.languages.amounts import euros
from core.languages.localization import is_french

from ...choices import Support
from ...models import InternshipOfferPage, LearningAgreementTexts
from ...offer_facts.room import is_free, room_detail, room_of, room_text
from ...offer_facts.wording import pay_text, support_text
from ...rules.qualification import eqf_of
from ...rules.stay import Stay

# Of the offer's story: an agreement is no brochure (characters).
LONGEST_PROGRAMME = 1500
PARAGRAPHS = "\n"


@dataclass(frozen=True)
class Known:
    """All that is known before anybody fills in the form."""

    offer: InternshipOfferPage
    texts: LearningAgreementTexts
    stay: Stay | None = None

    def language(self, *texts: str) -> str:
        """Return the language of texts of the offer, where it is still French before a reader of another; else ""."""
        return settings.LANGUAGE_CODE if any(is_french(text, self.offer) for text in texts) else ""

    def text(self, name: str) -> str:
        """Return one of the Département's texts in the reader's language."""
        return in_language(getattr(self.texts, name))


def only(values: Iterable[str]) -> str:
    """Return the one value there is; "" where there are several: which one it is, is for others to say."""
    found = list(dict.fromkeys(values))
    return found[0] if len(found) == 1 else ""


def eqf_level(offer: InternshipOfferPage) -> str:
    """Return the level (EQF) of all students whom an offer takes, or "" where they differ or nobody knows."""
    found = {eqf_of(field, level) for field in offer.open_fields for level in offer.levels}
    return only(str(level) if level else "" for level in found)


def isced_field(offer: InternshipOfferPage) -> str:
    """Return the field of education of all students whom an offer takes with its code, or "" where they differ."""
    codes = (ISCED_F.get(code, "") for code in offer.open_fields)
    return only(f"{code} {ISCED_F_NAMES[code]}" if code else "" for code in codes)


def programme(offer: InternshipOfferPage) -> list[str]:
    """Return what the trainee will do, in paragraphs: the offer's summary and the beginning of its text."""
    found = [offer.summary] if offer.summary else []
    left = LONGEST_PROGRAMME
    for block in offer.body:
        if block.block_type != "prose":
            continue
        # Each paragraph and point ends a line; tags say nothing here.
        lines = block.value.source.replace("</p>", "</p>\n").replace("</li>", "</li>\n").split("\n")
        for text in (" ".join(unescape(strip_tags(line)).split()) for line in lines):
            left -= len(text)
            if left < 0:
                return found
            found += [text] if text else []
    return found


def outcomes(offer: InternshipOfferPage) -> list[str]:
    """Return the expected learning outcomes."""
    return [str(block.value) for block in offer.objectives]


@dataclass(frozen=True)
class Means:
    """What the host gives, and what others do, apart: table C binds the host.

    What the offer does not say is "": the host may owe pay by law (`rules.presence`).
    """

    pay: str
    monthly: str
    pay_detail: str
    in_kind: str
    in_kind_detail: str
    others: tuple[str, ...]


def means(offer: InternshipOfferPage) -> Means:
    """Return what an offer says of money and of what replaces it."""
    lines, paid, amount = list(offer.supports.all()), offer.is_paid_by_host, offer.pay_amount
    in_kind = [support_text(line) for line in lines if line.kind in {Support.FREE_HOUSING, Support.LUNCH}]
    others = [support_text(line) for line in lines if line.kind in {Support.ALLOWANCE, Support.HOME_GRANT}]
    if room_of(offer) and not is_free(offer):
        others.append(f"{room_text(offer)} ({room_detail(offer)})")
    return Means(
        pay="yes" if paid else "",
        monthly=euros(amount) if amount else "",
        pay_detail=pay_text(offer) if paid and not amount else "",
        in_kind="yes" if in_kind else "",
        in_kind_detail="; ".join(in_kind),
        others=tuple(others),
    )


def commented(label: str, text: str) -> str:
    """Return "label: text" as the language writes it, or ""."""
    return label + _(": ") + text if text else ""
