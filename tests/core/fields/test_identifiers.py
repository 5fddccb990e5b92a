"""Identifiers of registers: what the registers themselves give is taken, what was copied wrongly is not."""

import pytest
from django.core.exceptions import ValidationError

from core.fields.identifiers import isco_code, pic_code, ror_id, schac_code, siren_number
from core.models import SiteSettings
from core.web.structured_data import register_number

pytestmark = pytest.mark.once

RIGHT = {
    ror_id: ["https://ror.org/02hpadn98", "https://ror.org/04tsk2644", "https://ror.org/00pyqav47"],
    siren_number: ["224100016", "824541148", "732829320"],
    schac_code: ["uni-bielefeld.de", "unisa.it", "ad.unice.ac.cy"],
    pic_code: ["999881718"],
    isco_code: ["2211", "0110"],
}
WRONG = {
    ror_id: [
        *("02hpadn98", "https://ror.org/02hpadn97", "https://ror.org/02hpdan98", "https://ror.org/12hpadn98"),
        *("http://ror.org/02hpadn98", "https://ror.org/02HPADN98", "https://ror.org/02hpadn98/", "https://ror.org/"),
        *("https://ror.org/0lhpadn98", "https://ror.org/02hpadn98\n"),
    ],
    siren_number: ["224100017", "242100016", "224 100 016", "22410001", "22410001600019", "٢٢٤١٠٠٠١٦"],
    schac_code: ["uni-bielefeld", "https://uni-bielefeld.de", "Uni-Bielefeld.de", "-a.de", "a_b.de", "a..de", "a.de."],
    pic_code: ["99988171", "9998817180", "99988171a", "099881718"],
    isco_code: ["221", "22111", "221a", ""],
}


@pytest.mark.parametrize(("check", "code"), [(check, code) for check, codes in RIGHT.items() for code in codes])
def test_what_a_register_gives_is_taken(check, code):
    check(code)


@pytest.mark.parametrize(("check", "code"), [(check, code) for check, codes in WRONG.items() for code in codes])
def test_what_was_copied_wrongly_is_refused(check, code):
    with pytest.raises(ValidationError):
        check(code)


@pytest.mark.parametrize("place", range(9))
def test_any_one_wrong_digit_of_a_siren_is_found(place):
    right = "224100016"
    wrong = str((int(right[place]) + 1) % 10)
    with pytest.raises(ValidationError):
        siren_number(right[:place] + wrong + right[place + 1 :])


def test_the_settings_say_beside_the_field_what_is_wrong_with_a_siren():
    with pytest.raises(ValidationError) as refusal:
        SiteSettings(name={"fr": "Stages"}, siren="224100017").clean_fields(exclude=["site"])
    assert list(refusal.value.message_dict) == ["siren"]


def test_a_number_that_nobody_gave_is_not_said():
    assert register_number("SIREN", "") is None
