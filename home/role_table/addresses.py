"""All addresses of the admin, by walking the resolver, each with what it names on the small site."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLResolver, get_resolver, reverse
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail_localize.models import Translation

from .small_site import LANGUAGES, SmallSite

# What a parameter of any address names.
THINGS = {
    "collection_id": "collection",
    "document_id": "document",
    "doc_id": "document",
    "image_id": "image",
    "redirect_id": "redirect",
    "session_id": "session",
    "task_id": "task",
    "task_state_id": "task state",
    "workflow_pk": "workflow",
    "workflow_state_id": "workflow state",
    "translation_source_id": "source",
}
# What `pk` names under a namespace.
KEYS = {
    "wagtailadmin_collections": "collection",
    "wagtailsites": "site",
    "wagtailusers_users": "user",
    "wagtailusers_groups": "group",
    "wagtaildocs_chooser": "document",
    "wagtailimages_chooser": "image",
    "wagtailadmin_api:images": "image",
    "wagtailadmin_api:documents": "document",
}
FIXED = {
    "action_name": "approve",
    "content_type_app_name": "home",
    "content_type_model_name": "editorialpage",
    "app_label": "home",
    "model_name": "editorialpage",
    "filter_spec": "original",
    "revision_id_a": "earliest",
    "revision_id_b": "latest",
    "uidb64": "MQ",
    "token": "abc-def",
    "mode": "",
}
PAGES = {"page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk"}
# What is done with a record depends on its language; what is read of it does not.
WRITTEN = {"edit", "copy", "delete"}
# Addresses that name no view: what is not found is answered by the last.
UNNAMED = {"admin/test404/": "/admin/test404/", "admin/.*/": "/admin/nowhere/"}
# Not in the resolver one by one: the address names what is done.
BULK = "wagtail_bulk_action"
API_ACTION = "wagtailadmin_api:pages:action"


@dataclass(frozen=True)
class Address:
    """One row of the table: the pattern as it is shown, the language of what it names, and where to ask."""

    pattern: str
    language: str
    view_name: str
    url: str

    @property
    def label(self) -> str:
        """How the row begins."""
        return f"{self.pattern} [{self.language}]" if self.language else self.pattern


def patterns() -> Iterator[tuple[str, str, list[str]]]:
    """Yield (pattern, name of the view, parameters) of every address under `admin/`, one that stands twice once."""
    seen = set()

    def walk(resolver: URLResolver, prefix: str, spaces: tuple[str, ...]) -> Iterator[tuple[str, str, list[str]]]:
        for entry in resolver.url_patterns:
            pattern = prefix + _shown(str(entry.pattern))
            if isinstance(entry, URLResolver):
                if not prefix and not pattern.startswith("admin/"):
                    continue
                yield from walk(entry, pattern, (*spaces, *([entry.namespace] if entry.namespace else [])))
            elif pattern.startswith("admin/") and pattern not in seen:
                seen.add(pattern)
                name = ":".join((*spaces, entry.name)) if entry.name else ""
                yield pattern, name, re.findall(r"<(\w+)>", pattern)

    yield from walk(get_resolver(), "", ())


def _shown(pattern: str) -> str:
    """Write a pattern as people read it: `<page_id>` for both ways to say a parameter."""
    pattern = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", pattern)
    pattern = re.sub(r"<\w+:(\w+)>", r"<\1>", pattern)
    return pattern.removeprefix("^").removesuffix("$").replace("\\", "").replace("^", "")


def addresses(site: SmallSite) -> Iterator[Address]:
    """Yield every row of the table. What stands in several languages has a row for each.

    Raises `KeyError` with the name of a parameter of which nobody has said what it names.
    """
    for pattern, name, parameters in patterns():
        if not name:
            yield Address(pattern, "", "", UNNAMED[pattern])
        elif name == BULK:
            yield from _bulk(site, pattern)
        elif name == API_ACTION:
            for action in sorted(PagesAdminAPIViewSet.actions):
                for language in LANGUAGES:
                    url = reverse(name, args=[_page(site, name, action, language).pk, action])
                    yield Address(pattern.replace("<action_name>", action), language, name, url)
        else:
            yield from _plain(site, pattern, name, parameters)


def _plain(site: SmallSite, pattern: str, name: str, parameters: list[str]) -> Iterator[Address]:
    space = name.rpartition(":")[0]
    records = _records(site, space, parameters)
    several = PAGES & set(parameters) or (space == "wagtailadmin_api:pages" and "pk" in parameters)
    if name == "wagtailadmin_pages:revisions_compare":
        several = True
    if (name.startswith("wagtailadmin_pages:") and "task_state_id" in parameters) or "workflow_state_id" in parameters:
        several = False
    if records and name.rpartition(":")[2] in WRITTEN:
        languages: tuple[str, ...] = tuple(records)
    elif records:
        languages, records = ("",), {"": records.get("fr") or records[""]}
    elif "translation_id" in parameters:
        languages = LANGUAGES[1:]
    else:
        languages = LANGUAGES if several else ("",)
    for language in languages:
        values = {each: _value(site, name, space, each, language, records) for each in parameters}
        url = reverse(name, kwargs={key: value for key, value in values.items() if value != ""})
        yield Address(pattern, language, name, url)


def _records(site: SmallSite, space: str, parameters: list[str]) -> dict[str, Any]:
    """Return the versions of the record that an address names, by language."""
    if "pk" not in parameters:
        return {}
    for label, versions in site.records.items():
        if space.removeprefix("wagtailsnippets_").removeprefix("wagtailsnippetchoosers_") == label.replace(".", "_"):
            return versions
    return {"": site.things["untranslated"]} if space == "wagtail_localize" else {}


def _page(site: SmallSite, name: str, parameter: str, language: str) -> Any:
    """Return the page on which something is done: what it needs it has."""
    kind = {
        "parent_page_id": "section",
        "destination_id": "elsewhere",
        "wagtailadmin_pages:convert_alias": "stand-in",
        "wagtailadmin_pages:workflow_action": "waiting",
        "wagtailadmin_pages:collect_workflow_action_data": "waiting",
        "wagtailadmin_pages:confirm_workflow_cancellation": "waiting",
        "wagtailadmin_pages:workflow_preview": "waiting",
        "wagtailadmin_pages:workflow_history_detail": "waiting",
        "wagtailadmin_pages:revisions_unschedule": "later",
        "wagtail_localize:submit_page_translation": "stand-in",
        "convert_alias": "stand-in",
    }
    chosen = site.pages[kind.get(parameter) or kind.get(name) or "page"]
    return chosen.get(language or "fr") or chosen["fr"]


def _value(site: SmallSite, name: str, space: str, parameter: str, language: str, records: dict[str, Any]) -> str | int:
    if parameter in PAGES:
        return _page(site, name, parameter, language).pk
    if parameter == "revision_id":
        if space.startswith("wagtailsnippets_"):
            return next(iter(records.values())).latest_revision_id
        return _page(site, name, parameter, language).latest_revision_id
    if parameter == "object_id":
        return site.pages["page"]["fr"].pk
    if parameter in {"translation_id", "string_segment_id", "overridable_segment_id"}:
        source = site.things["source"]
        if parameter == "translation_id":
            return Translation.objects.get(source=source, target_locale__language_code=language).pk
        segments = source.stringsegment_set if parameter == "string_segment_id" else source.overridablesegment_set
        return segments.order_by("order").first().pk
    if parameter == "pk":
        if records:
            return records[language].pk
        if space == "wagtailadmin_api:pages" or name == "wagtailadmin_pages:revisions_compare":
            return site.pages["page"][language or "fr"].pk
        if space == "wagtailadmin_workflows":
            return site.things["task" if "task" in name else "workflow"].pk
        if space == "wagtaillocales":
            return site.pages["page"]["es"].locale_id
        if space == "wagtailsettings":
            return site.things["core.sitesettings"].site_id
        if name == "signin_forget":
            return site.things["user"].pk
        return site.things[KEYS[space]].pk
    if parameter == "uploaded_file_id":
        return site.things["uploaded picture" if space == "wagtailimages" else "uploaded document"].pk
    if space == "wagtailsettings":
        return {"app_name": "core", "model_name": "sitesettings"}[parameter]
    if space == "wagtail_localize" and parameter in {"app_label", "model_name"}:
        return {"app_label": "home", "model_name": "glossaryterm"}[parameter]
    if name == "wagtailadmin_workflows:add_task" and parameter in {"app_label", "model_name"}:
        return {"app_label": "wagtailcore", "model_name": "groupapprovaltask"}[parameter]
    if name == "wagtailadmin_editing_sessions:ping" and parameter in {"app_label", "model_name"}:
        return {"app_label": "wagtailcore", "model_name": "page"}[parameter]
    if parameter in {"app_name", "model_name"} and name == "wagtailadmin_tag_model_autocomplete":
        return {"app_name": "taggit", "model_name": "tag"}[parameter]
    if parameter in THINGS:
        return site.things[THINGS[parameter]].pk
    return FIXED[parameter]


def _bulk(site: SmallSite, pattern: str) -> Iterator[Address]:
    """Yield a row for each action on each kind of thing."""
    bulk_action_registry.get_bulk_actions_for_model("", "")  # reads the hooks
    one = {
        "core.user": site.things["user"],
        "core.siteimage": site.things["image"],
        "core.sitedocument": site.things["document"],
    }
    for app, models in sorted(bulk_action_registry.actions.items()):
        for model, actions in sorted(models.items()):
            label = f"{app}.{model}"
            for action in sorted(actions):
                url = reverse(BULK, args=[app, model, action])
                row = pattern.replace("<app_label>/<model_name>/<action>", f"{app}/{model}/{action}")
                if label == "wagtailcore.page":
                    kind = "draft" if action == "publish" else "page"
                    items = {language: site.pages[kind].get(language) for language in LANGUAGES}
                else:
                    items = site.records.get(label) or {"": one[label]}
                for language, item in items.items():
                    if item is not None:
                        yield Address(row, language, BULK, f"{url}?id={item.pk}")
