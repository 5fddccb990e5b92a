"""What we ask beside Wagtail and wagtail-localize, view by view: one table.

Where Wagtail's rights mean the same here, Wagtail asks them and nothing stands in this table. wagtail-localize asks
less than ours almost everywhere, so that each of its views must be named: one that is not is refused.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.models import GroupCollectionPermission, Locale, Page, TranslatableMixin
from wagtail.permissions import policy_registry
from wagtail.snippets.models import get_snippet_models
from wagtail_localize.models import Translation, TranslationSource

from ..languages.localization import source_locale
from ..pages.permissions import keeps_french, may_publish_into, may_translate_into
from ..signin.wall import OPEN

Guard = Callable[[HttpRequest, dict[str, Any]], None]


class Refused(PermissionDenied):
    """Refused with a sentence for who reads it; Wagtail's own say in English what the code could not do."""


def anybody(request: HttpRequest, asked: dict[str, Any]) -> None:
    """Nothing beside Wagtail's own right to enter."""


def publishes_french(request: HttpRequest, asked: dict[str, Any]) -> None:
    """What holds in all languages is changed by who publishes French."""
    if not keeps_french(request.user):
        raise Refused(_("This changes what holds in all languages."))


# --- wagtail-localize ---------------------------------------------------------------------------------------------
def works_on_the_language(request: HttpRequest, asked: dict[str, Any]) -> None:
    """A translation's texts are changed by who may change pages of its language."""
    for locale in Locale.objects.filter(translations=asked["translation_id"]):
        refuse_language(request.user, locale)


def publishes_the_chosen_languages(request: HttpRequest, asked: dict[str, Any]) -> None:
    """A page that is submitted to a language is published there at once, in French until it is translated.

    Only French is submitted: a translation of a translation would follow nothing.
    """
    publishes = "page_id" in asked
    item = Page.objects.filter(pk=asked["page_id"]).first() if publishes else _named_record(asked)
    if item is not None and item.locale_id != source_locale().pk:
        raise Refused(_("Begin with the French version: all others are translated from it."))
    for locale in Locale.objects.filter(pk__in=_whole_numbers(request.POST.getlist("locales"))):
        refuse_language(request.user, locale, publishes=publishes)


def publishes_all_languages_of_the_source(request: HttpRequest, asked: dict[str, Any]) -> None:
    """Renewing translations publishes them in all languages that the page has."""
    source = TranslationSource.objects.filter(pk=asked["translation_source_id"]).first()
    if source is None:
        return
    publishes = issubclass(source.specific_content_type.model_class(), Page)
    for locale in Locale.objects.filter(translations__source=source, translations__enabled=True).distinct():
        refuse_language(request.user, locale, publishes=publishes)


def sees_the_records(request: HttpRequest, asked: dict[str, Any]) -> None:
    """Records of a kind are listed for who has any right to them."""
    model, actions = _named_model(asked), {"add", "change", "delete", "view"}
    if model and not policy_registry.get_by_type(model).user_has_any_permission(request.user, actions):
        raise PermissionDenied


def _named_model(asked: dict[str, Any]) -> type[Model] | None:
    names = (asked["app_label"], asked["model_name"])
    return next((each for each in get_snippet_models() if (each._meta.app_label, each._meta.model_name) == names), None)


def _named_record(asked: dict[str, Any]) -> Any:
    model = _named_model(asked)
    if model is None or not issubclass(model, TranslatableMixin):
        return None
    return model._default_manager.filter(pk__in=_whole_numbers([asked["pk"]])).first()


def _whole_numbers(values: list[str]) -> list[int]:
    """Read numbers as Django's form reads them afterwards: " 2" and "２" are 2."""
    numbers = []
    for value in values:
        try:
            number = int(value)
        except ValueError:
            continue
        # No key is longer, and databases refuse what is.
        if abs(number) < 10**9:
            numbers.append(number)
    return numbers


def refuse_language(user: Any, locale: Locale, publishes: bool = False) -> None:
    """Raise `Refused` where a user may not change, or not publish, texts of a language."""
    if not (may_publish_into if publishes else may_translate_into)(user, locale):
        language = locale.get_display_name()
        text = (
            _("You may not publish in %(language)s.") if publishes else _("You may not change texts in %(language)s.")
        )
        raise Refused(text % {"language": language})


def refuse_other_languages(request: HttpRequest, record: Any) -> None:
    """Raise `Refused` where a record is changed by somebody without a right to its language; French is one."""
    if isinstance(record, TranslatableMixin):
        refuse_language(request.user, record.locale)


# --- Pages --------------------------------------------------------------------------------------------------------
def writes_texts_only(request: HttpRequest, asked: dict[str, Any]) -> None:
    """A translation that follows French is translated text by text; one that does not is written with its facts."""
    page = Page.objects.filter(pk=asked["page_id"]).first()
    if page is not None and not page.alias_of_id:
        _refuse_facts(request, page)


def _refuse_facts(request: HttpRequest, item: Any) -> None:
    if item.locale_id == source_locale().pk or keeps_french(request.user):
        return
    follows = Translation.objects.filter(
        source__object_id=item.translation_key, target_locale=item.locale_id, enabled=True
    )
    if "localize-restart-translation" in request.POST or not follows.exists():
        raise Refused(_("This version no longer follows French: its facts are changed here too."))


def takes_page_action(request: HttpRequest, asked: dict[str, Any]) -> None:
    """The API's actions on a translation, but for publication, change facts or the tree."""
    page = Page.objects.filter(pk=asked["pk"]).first()
    if page is None or page.locale_id == source_locale().pk or asked["action_name"] in {"publish", "unpublish"}:
        return
    publishes_french(request, asked)


# --- Records ------------------------------------------------------------------------------------------------------
def adds_record(request: HttpRequest, asked: dict[str, Any]) -> None:
    """A record begins in French; `?locale=` of Wagtail's form may name another language."""
    code = request.GET.get("locale") or source_locale().language_code
    for locale in Locale.objects.filter(language_code=code):
        refuse_language(request.user, locale)


def adds_in_chooser(request: HttpRequest, asked: dict[str, Any]) -> None:
    """The same; Wagtail's chooser has the address also where it has no form, and breaks."""
    options = getattr(request.resolver_match.func, "view_initkwargs", {})
    if not any(options.get(name) for name in ("creation_form_class", "form_fields", "exclude_form_fields")):
        raise Http404
    adds_record(request, asked)


def writes_record(request: HttpRequest, asked: dict[str, Any]) -> None:
    """A record is changed in its language; a translation that does not follow French has facts of its own."""
    record = _record(request, asked)
    if isinstance(record, TranslatableMixin):
        refuse_other_languages(request, record)
        if request.resolver_match.url_name in {"edit", "revisions_revert"}:
            _refuse_facts(request, record)


def _record(request: HttpRequest, asked: dict[str, Any]) -> Any:
    space = request.resolver_match.namespaces[-1].removeprefix("wagtailsnippets_")
    for model in get_snippet_models():
        if space == f"{model._meta.app_label}_{model._meta.model_name}":
            return model._default_manager.filter(pk=asked["pk"]).first()
    return None


# --- Accounts -----------------------------------------------------------------------------------------------------
def own_account(request: HttpRequest, asked: dict[str, Any]) -> None:
    """A demo's account is everybody's: nobody changes it for the others."""
    if getattr(request.user, "is_demo", False):
        raise Refused(_("This account is shared by everybody who looks at the demo: nobody may change accounts."))


def accounts(request: HttpRequest, asked: dict[str, Any]) -> None:
    """A demo's account changes no account; only a superuser changes superusers, or makes one."""
    own_account(request, asked)
    if request.user.is_superuser:
        return
    chosen = [*_whole_numbers(request.GET.getlist("id")), *([asked["pk"]] if "pk" in asked else [])]
    users = get_user_model().objects.filter(is_superuser=True)
    # Bulk actions take their objects from the address, "all" of them too.
    if users.filter(pk__in=chosen).exists() or "all" in request.GET.getlist("id") or "is_superuser" in request.POST:
        raise Refused(_("Only an account with all rights may change accounts with all rights."))


def bulk_accounts(request: HttpRequest, asked: dict[str, Any]) -> None:
    """The same for several accounts at once."""
    if (asked["app_label"], asked["model_name"]) == ("core", "user"):
        accounts(request, asked)


# A view's name, or its namespace and `*`. Records' views have a namespace for each kind: `records:` stands for all.
GUARDS: dict[str, Guard] = {
    "wagtail_localize:javascript_catalog": anybody,
    "wagtail_localize:submit_page_translation": publishes_the_chosen_languages,
    "wagtail_localize:submit_snippet_translation": publishes_the_chosen_languages,
    "wagtail_localize:update_translations": publishes_all_languages_of_the_source,
    "wagtail_localize:edit_string_translation": works_on_the_language,
    "wagtail_localize:edit_override": works_on_the_language,
    "wagtail_localize:download_pofile": works_on_the_language,
    "wagtail_localize:upload_pofile": works_on_the_language,
    "wagtail_localize:machine_translate": works_on_the_language,
    "wagtail_localize:preview_translation": works_on_the_language,
    "wagtail_localize:stop_translation": publishes_french,
    "wagtail_localize:convert_to_alias": publishes_french,
    "wagtail_localize:translations_report": anybody,
    "wagtail_localize:translations_report_results": anybody,
    "wagtail_localize:snippets_api_listing": sees_the_records,
    "wagtail_localize:snippets_api_detail": sees_the_records,
    "wagtailadmin_pages:edit": writes_texts_only,
    "wagtailadmin_pages:revisions_revert": writes_texts_only,
    "wagtailadmin_pages:convert_alias": publishes_french,
    "wagtailadmin_api:pages:action": takes_page_action,
    "records:add": adds_record,
    "records:copy": writes_record,
    "records:edit": writes_record,
    "records:delete": writes_record,
    "records:revisions_revert": writes_record,
    "record choosers:create": adds_in_chooser,
    "wagtailadmin_account": own_account,
    "signin_forget": accounts,
    "wagtailusers_users:*": accounts,
    "wagtailusers_groups:*": own_account,
    "wagtail_bulk_action": bulk_accounts,
}
KINDS = {"wagtailsnippets_": "records", "wagtailsnippetchoosers_": "record choosers"}
# Of these, each view has a row above: one that a new version brings is refused until somebody has read it.
CLOSED = ("wagtail_localize",)


def guard_of(view_name: str) -> Guard:
    """Return what is asked at a view; `refused` where nobody has decided yet."""
    space, _colon, name = view_name.rpartition(":")
    for prefix, kind in KINDS.items():
        if space.startswith(prefix):
            space = kind
    found = GUARDS.get(f"{space}:{name}" if space else name) or GUARDS.get(f"{space}:*")
    return found or (refused if space.split(":")[0] in CLOSED else anybody)


# What is open to an account that may enter the admin and nothing more, beside the way in.
HALL = OPEN | {"wagtailadmin_home", "wagtailadmin_account", "wagtailadmin_dismissibles", "signin_factor"}


def refuse_who_only_enters(request: HttpRequest) -> None:
    """Raise `PermissionDenied` behind the admin's home where an account has a right to nothing.

    Wagtail shows choosers, reports and the pages before an action to whoever enters: they name drafts, pictures that
    were withheld, and people.
    """
    user = request.user
    if request.resolver_match.view_name in HALL or user.get_all_permissions() != {"wagtailadmin.access_admin"}:
        return
    if (
        not user_has_any_page_permission(user)
        and not GroupCollectionPermission.objects.filter(group__user=user).exists()
    ):
        raise PermissionDenied


def refused(request: HttpRequest, asked: dict[str, Any]) -> None:
    """Nobody has said who may do this."""
    raise PermissionDenied
