"""An editor opens every screen of every page type."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.models import Page, Workflow

from core.kinds.table import page_types

pytestmark = pytest.mark.once


def test_every_page_of_the_demo_opens_in_the_admin(demo, admin):
    """Lists, edit views and the views that add a page: a query that cannot run shows here first."""
    seen = set()
    for page in Page.objects.filter(depth__gt=1).select_related("content_type"):
        if page.content_type_id in seen:
            continue
        seen.add(page.content_type_id)
        assert admin.get(reverse("wagtailadmin_explore", args=[page.pk])).status_code in {200, 302}
        assert admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
        for model in page.specific_class.allowed_subpage_models():
            address = reverse("wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, page.pk])
            # A second index page of a kind is refused, in words.
            expected = 200 if model.can_create_at(page) else 403
            assert admin.get(address).status_code == expected, model
    assert seen == {entry.pk for entry in ContentType.objects.get_for_models(*page_types()).values()}


def test_the_editors_home_leads_to_the_lists(demo, admin):
    html = admin.get(reverse("wagtailadmin_home")).content.decode()
    for title in ("Offres de stage", "Logements", "Témoignages"):
        assert title in html
    assert "/admin/pages/add/territoire/internshipofferpage/" in html


@pytest.mark.usefixtures("home")
def test_a_moderator_reads_why_an_offer_cannot_be_approved(admin, editor):
    """The rule was kept when moderation began, and is broken when it ends."""
    from factories import OfferFactory

    offer = OfferFactory(draft=True)
    offer.save_revision(user=editor)
    workflow = Workflow.objects.get()
    state = workflow.start(offer, editor)
    offer.frameworks.update(framework="erasmus_etudes", signing_university=None)
    offer.refresh_from_db()
    offer.save_revision(user=editor)
    task = state.current_task_state
    task.revision = offer.latest_revision
    task.save()
    address = reverse("wagtailadmin_pages:workflow_action", args=[offer.pk, "approve", task.pk])
    answer = admin.post(address, {"comment": ""}, follow=True)
    assert answer.status_code == 200
    assert "université française" in answer.content.decode()
    offer.refresh_from_db()
    assert not offer.live


def test_a_new_offer_gets_the_next_reference(home):
    from factories import OfferFactory

    first = OfferFactory(reference="")
    second = OfferFactory(reference="")
    year = first.start_date.year
    assert first.reference.startswith(f"LC41-{year}-")
    assert int(second.reference[-3:]) == int(first.reference[-3:]) + 1
