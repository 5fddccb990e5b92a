"""What it takes to publish an offer in four languages: `make bench`."""

import time

from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.jobs.at_commit import do_waiting
from factories import HousingFactory, OfferFactory, languages, publish, translate

TIMES = 10
OTHERS = ("en", "es", "de")


def test_a_publication(home, capsys):
    """Print the queries of one publication, and how long it takes (ms of the processor, the best of ten)."""
    offer = OfferFactory(
        title="Un stage",
        housing=HousingFactory(),
        frameworks=[("erasmus_stage", "", "observation")],
    )
    offer = publish(offer)
    languages()
    for language in OTHERS:
        translate(offer, language, {"title": f"Placement {language}"})
    do_waiting()
    taken = []
    for time_of in range(TIMES):
        begun = time.process_time()
        offer = publish(offer, summary=f"Résumé {time_of}")
        taken.append((time.process_time() - begun) * 1000)
    with CaptureQueriesContext(connection) as queries:
        publish(offer, summary="Résumé")
    with capsys.disabled():
        print(f"\nAn offer in four languages: {len(queries)} queries, {min(taken):.0f} ms")
