"""One page of each type of the demo."""

PATHS_OF_TYPES = {
    "home": "/fr/",
    "offers": "/fr/stages/",
    "offer": "/fr/stages/medecine-generale-au-bord-du-cher/",
    "strengths": "/fr/territoire/",
    "strength": "/fr/territoire/marches-chevres-et-vignes/",
    "housing list": "/fr/logements/",
    "housing": "/fr/logements/residence-des-internes-a-blois/",
    "universities": "/fr/universites/",
    "university": "/fr/universites/universidad-de-jaen/",
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
    "not found": "/fr/nulle-part/",
}
