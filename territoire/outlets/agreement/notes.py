"""The footnotes of the form, in our own words: what each of its terms means."""

from django.utils.translation import gettext as _


def notes() -> dict[str, str]:
    """Return the footnotes by their key, in the active language."""
    return {
        "nationality": _("The country that issues the trainee’s identity card or passport."),
        "level": _(
            "The level of the studies that the trainee follows or, if a recent graduate, has just finished, in the "
            "European Qualifications Framework: 5 short cycle, 6 first cycle, 7 second cycle, 8 third cycle."
        ),
        "field": _(
            "The subject nearest to the studies, with its code of four digits in the international classification "
            "ISCED-F 2013: 0911 dental studies, 0912 medicine, 0913 nursing and midwifery, 0914 medical diagnostic "
            "technology, 0915 therapy and rehabilitation, 0916 pharmacy."
        ),
        "beneficiary": _(
            "The organisation that has the Erasmus+ grant for this mobility. Most often it is the sending institution; "
            "it may also be the coordinator of a consortium."
        ),
        "erasmus_code": _(
            "Given to each institution with an Erasmus Charter for Higher Education, for example F TOURS01. Without a "
            "charter there is none."
        ),
        "contact": _("Who answers questions on this mobility, with administrative information."),
        "mentor": _(
            "Who supports and encourages the trainee and explains the life of the organisation; normally somebody else "
            "than the supervisor."
        ),
        "virtual": _("A part before, during or after the stay that is done online, where one is planned."),
        "digital": _(
            "Most of the work trains digital skills such as development, data analysis, design of websites or digital "
            "marketing. To use software for other tasks is not enough."
        ),
        "languages": _(
            "Common European Framework of Reference for Languages: A1 and A2 basic, B1 and B2 independent, C1 and C2 "
            "proficient user."
        ),
        "variants": _(
            "Only the fields of the chosen one are filled in. “Embedded in the curriculum”: the study programme asks "
            "for the traineeship."
        ),
        "ects": _("Credits of the European Credit Transfer and Accumulation System, or those of the institution."),
        "europass": _("The personal document in which stays abroad are recorded, in the Europass profile."),
        "responsible": _(
            "Who may sign the agreement, change it if need be, and guarantee that it is recognised afterwards. If it "
            "is another person than the contact, name and e-mail are needed here."
        ),
        "supervisor": _(
            "Who may sign the agreement, change it if need be, supervises the trainee, and signs the certificate."
        ),
    }
