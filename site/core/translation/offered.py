"""What wagtail-localize offers: the languages and actions that its views then let a person have, and no others."""

import json
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Locale, Page
from wagtail_localize.views import edit_translation
from wagtail_localize.views.submit_translations import SubmitTranslationView

from ..pages.permissions import keeps_french, may_publish_into, may_translate_into


def _narrow(form: forms.Form, item: Any, user: Any) -> forms.Form:
    """Take the languages out of the form of a page or record into which somebody may not bring it."""
    may = may_publish_into if isinstance(item, Page) else may_translate_into
    languages = form.fields["locales"].queryset
    own = [locale.pk for locale in languages if may(user, locale)]
    form.fields["locales"].queryset = Locale.objects.filter(pk__in=own)
    if len(own) < 2:
        form.fields["select_all"].widget = forms.HiddenInput()
    return form


def _render_editor(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Render the translator's editor without the action that is refused to who does not publish French."""
    if "props" in context and not keeps_french(request.user):
        props = json.loads(context["props"])
        props["links"]["convertToAliasUrl"] = None
        context |= {"props": json.dumps(props)}
    return render(request, template, context)


def connect() -> None:
    """Stand between wagtail-localize's views and their templates; it has no setting for either."""
    stock = SubmitTranslationView.get_form
    SubmitTranslationView.get_form = lambda view: _narrow(stock(view), view.object, view.request.user)
    edit_translation.render = _render_editor
