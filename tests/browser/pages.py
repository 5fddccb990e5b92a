"""One page of each type of the demo, and what they are held to."""

# Tags of axe: the Web Content Accessibility Guidelines 2.2, levels A and AA.
WCAG_A_AND_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]

PATHS_OF_TYPES = {
    "home": "/fr/",
    "offers": "/fr/stages/",
    "offer": "/fr/stages/medecine-generale-au-bord-du-cher/",
    "strengths": "/fr/territoire/",
    "strength": "/fr/territoire/marches-chevres-et-vignes/",
    "housing list": "/fr/logements/",
    "housing": "/fr/logements/residence-des-internes-a-blois/",
    "aids": "/fr/aides/",
    "aid": "/fr/aides/garantie-de-loyer-visale/",
    "universities": "/fr/universites/",
    "university": "/fr/universites/universidad-de-jaen/",
    "factsheet": "/fr/universites/fiche-universite-de-tours/",
    "territory’s factsheet": "/fr/universites/fiche-du-territoire/",
    "recognition": "/fr/universites/ruhr-universitat-bochum/",
    "testimonials": "/fr/temoignages/",
    "testimonial": "/fr/temoignages/le-medecin-connait-trois-generations/",
    "events": "/fr/agenda/",
    "event": "/fr/agenda/sortie-a-velo-de-blois-a-chambord/",
    "questions": "/fr/questions-frequentes/",
    "question": "/fr/questions-frequentes/serai-je-paye/",
    "section": "/fr/preparer-son-stage/",
    "editorial": "/fr/preparer-son-stage/le-francais-pour-votre-stage/",
    "legal": "/fr/accessibilite/",
    "desk": "/fr/guichet/",
    "my dates": "/fr/mes-dates/",
    "rules": "/fr/regles/",
    "not found": "/fr/nulle-part/",
}
