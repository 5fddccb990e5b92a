"""The roles of the people who work on the site, and their rights.

A role is a group of Django's. Its name and rights stand here as plain data; a migration makes the groups, and from
then on administrators change them under *Settings → Groups*. Rights to pages stand on the home page of a language, so
they are given when that home page is made: a language that is added brings its own translators' group.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from babel import Locale as Cldr
from django.apps import apps as current_apps
from django.conf import settings
from django.db.models.signals import post_save

WRITING = "Rédaction"
PUBLISHING = "Publication"
DESK = "Guichet"
ADMINISTRATION = "Administration"
TRANSLATION = "Traduction ({language})"

Rights = Mapping[str, Iterable[str]]

ENTER: Rights = {"wagtailadmin.admin": ["access_admin"]}
CHANGE = ("add", "change", "delete", "view")
CHOSEN = (
    "territoire.hoststructure",
    "territoire.supervisor",
    "territoire.specialty",
    "territoire.signinguniversity",
)
RECORDS = (
    *CHOSEN,
    "territoire.institution",
    "territoire.paper",
    "territoire.recognitionsheet",
    "territoire.rule",
    "home.glossaryterm",
    "home.lexiconentry",
)
SUBMIT: Rights = {"wagtail_localize.translation": ["submit_translation"]}

# What a role may do with records: {"app.model": the actions, or whole code names}.
WORDS: Rights = {
    "core.menu": CHANGE,
    "search.synonymlist": CHANGE,
    "search.searchpick": CHANGE,
    "search.searchmiss": ["view"],
}
TRANSLATORS: Rights = {**ENTER, **SUBMIT, **dict.fromkeys((*RECORDS, "core.menu"), ("change", "view"))}
RIGHTS: dict[str, Rights] = {
    # A record has no drafts: who writes may add what a page then names, and change nothing that readers see.
    WRITING: {
        **ENTER,
        **dict.fromkeys(RECORDS, ("view",)),
        **dict.fromkeys(CHOSEN, ("add", "view")),
        "search.searchmiss": ["view"],
    },
    PUBLISHING: {**ENTER, **SUBMIT, **WORDS, **dict.fromkeys(RECORDS, CHANGE), "territoire.figure": CHANGE},
    DESK: ENTER,
    ADMINISTRATION: {
        **ENTER,
        **SUBMIT,
        **WORDS,
        **dict.fromkeys((*RECORDS, "territoire.figure"), CHANGE),
        "territoire.rule": (*CHANGE, "validate_rule"),
        **dict.fromkeys(("core.user", "auth.group", "wagtailcore.site", "wagtailcore.locale"), CHANGE),
        **dict.fromkeys(("wagtailredirects.redirect", "wagtailcore.workflow", "wagtailcore.task"), CHANGE),
        "wagtailcore.groupapprovaltask": CHANGE,
        "core.sitesettings": ["change"],
        "territoire.learningagreementtexts": ["change"],
    },
}
# On the collection that holds all pictures and documents. Who may add may change what they added.
FILES: dict[str, Rights] = {
    WRITING: {"wagtailimages.image": ["add", "choose"], "wagtaildocs.document": ["add", "choose"]},
    PUBLISHING: {
        "wagtailimages.image": ["add", "change", "choose"],
        "wagtaildocs.document": ["add", "change", "choose"],
    },
    ADMINISTRATION: {
        "wagtailimages.image": ["add", "change", "choose"],
        "wagtaildocs.document": ["add", "change", "choose"],
        "wagtailcore.collection": ["add", "change", "delete"],
    },
}
TRANSLATORS_FILES: Rights = {"wagtailimages.image": ["choose"], "wagtaildocs.document": ["choose"]}
# On the home page of each language, of French only, and of the translators' language.
PAGES_EVERYWHERE: dict[str, Iterable[str]] = {
    PUBLISHING: ["add", "change", "publish", "lock", "unlock"],
}
PAGES_IN_FRENCH: dict[str, Iterable[str]] = {WRITING: ["add", "change"]}
TRANSLATORS_PAGES = ("change", "publish")
# On the root of all pages.
PAGES_AT_THE_ROOT: dict[str, Iterable[str]] = {
    ADMINISTRATION: ["add", "change", "publish", "bulk_delete", "lock", "unlock"],
}
STOCK_GROUPS = ("Editors", "Moderators")


def language_in_french(code: str) -> str:
    """Return the French name of a language, as in “Traduction (anglais)”; the code where the CLDR has none."""
    return Cldr.parse("fr").languages.get(code, code)


def translators_name(code: str) -> str:
    """Return the name that the translators' group of a language is given."""
    return TRANSLATION.format(language=language_in_french(code))


def give_roles(apps: Any = current_apps) -> None:
    """Make the roles, with their rights and those on home pages that are there. Run again, it adds what is missing.

    For migrations: it uses the models of `apps`, and makes permissions that Django would make after all migrations.
    """
    for name, rights in RIGHTS.items():
        give(apps, _group(apps, name), rights)
    for name, rights in FILES.items():
        give_files(apps, _group(apps, name), rights)
    Page = apps.get_model("wagtailcore", "Page")
    for root in Page.objects.filter(depth=1):
        for name, actions in PAGES_AT_THE_ROOT.items():
            give_pages(apps, _group(apps, name), root, actions)
    for home in Page.objects.filter(depth=2):
        give_home(home, apps)


def give(apps: Any, group: Any, rights: Rights) -> None:
    """Give a group rights to kinds of records."""
    group.permissions.add(*(permission for permission in _permissions(apps, rights)))


def give_files(apps: Any, group: Any, rights: Rights) -> None:
    """Give a group rights to pictures, documents and collections, on the collection that holds all others."""
    Collection = apps.get_model("wagtailcore", "Collection")
    Right = apps.get_model("wagtailcore", "GroupCollectionPermission")
    for root in Collection.objects.filter(depth=1):
        for permission in _permissions(apps, rights):
            Right.objects.get_or_create(group=group, collection=root, permission=permission)


def give_pages(apps: Any, group: Any, page: Any, actions: Iterable[str]) -> None:
    """Give a group rights to a page and all below it."""
    Right = apps.get_model("wagtailcore", "GroupPagePermission")
    for permission in _permissions(apps, {"wagtailcore.page": actions}):
        Right.objects.get_or_create(group=group, page_id=page.pk, permission=permission)


def give_home(home: Any, apps: Any = current_apps) -> None:
    """Give the roles their rights to the pages of a language, whose home page this is; other languages get translators.

    Groups that are gone stay gone, and so does the translators' group of a language that another group publishes.
    """
    code = apps.get_model("wagtailcore", "Locale").objects.get(pk=home.locale_id).language_code
    Group = apps.get_model("auth", "Group")
    french = code == settings.LANGUAGE_CODE
    for name, actions in {**PAGES_EVERYWHERE, **(PAGES_IN_FRENCH if french else {})}.items():
        for group in Group.objects.filter(name=name):
            give_pages(apps, group, home, actions)
    if not french and not _translators(apps, home).exists():
        group = _group(apps, translators_name(code))
        give(apps, group, TRANSLATORS)
        give_files(apps, group, TRANSLATORS_FILES)
        give_pages(apps, group, home, TRANSLATORS_PAGES)


def _translators(apps: Any, home: Any) -> Any:
    """Return the groups that publish under this home page and under no other one, whatever they are called now."""
    Right = apps.get_model("wagtailcore", "GroupPagePermission")
    elsewhere = Right.objects.exclude(page_id=home.pk).values("group")
    here = Right.objects.filter(page_id=home.pk, permission__codename="publish_page").values("group")
    return apps.get_model("auth", "Group").objects.filter(pk__in=here).exclude(pk__in=elsewhere)


def remove_translators(home: Any) -> None:
    """Delete the groups of a language that goes."""
    _translators(current_apps, home).delete()


def replace_stock_groups(apps: Any) -> None:
    """Let Publication approve; what Wagtail's own groups have stays with their members, empty groups go."""
    Group = apps.get_model("auth", "Group")
    User = apps.get_model("core", "User")
    approving = [_group(apps, name) for name in (PUBLISHING, ADMINISTRATION)]
    for task in apps.get_model("wagtailcore", "GroupApprovalTask").objects.filter(groups__name__in=STOCK_GROUPS):
        task.groups.add(*approving)
    members = User.objects.filter(groups__isnull=False).values("groups")
    Group.objects.filter(name__in=STOCK_GROUPS).exclude(pk__in=members).delete()


def _group(apps: Any, name: str) -> Any:
    return apps.get_model("auth", "Group").objects.get_or_create(name=name)[0]


def _permissions(apps: Any, rights: Rights) -> list[Any]:
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    found = []
    for label, actions in rights.items():
        app, model = label.split(".")
        kind = ContentType.objects.get_or_create(app_label=app, model=model)[0]
        for action in actions:
            codename = action if "_" in action and action != "bulk_delete" else f"{action}_{model}"
            # Django makes permissions after all migrations: it then finds these.
            permission, _created = Permission.objects.get_or_create(
                codename=codename, content_type=kind, defaults={"name": f"Can {codename.replace('_', ' ')}"}
            )
            found.append(permission)
    return found


def _home_made(instance: Any, created: bool = False, raw: bool = False, **kwargs: Any) -> None:
    from wagtail.models import Page

    if created and not raw and isinstance(instance, Page) and instance.depth == 2:
        give_home(instance)


def connect() -> None:
    """Give rights to a home page when it is made."""
    post_save.connect(_home_made, dispatch_uid="core.access.home-made")
