"""The editors' groups that Wagtail brings may change the search's words and read its report, as they write pages."""

from django.db import migrations

RIGHTS = {
    "synonymlist": ("add", "change", "delete", "view"),
    "searchpick": ("add", "change", "delete", "view"),
    "searchmiss": ("view",),
}


def give(apps, editor):
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    for model, actions in RIGHTS.items():
        content_type, _created = ContentType.objects.get_or_create(app_label="search", model=model)
        for action in actions:
            # Django makes permissions after all migrations: it then finds these.
            permission, _created = Permission.objects.get_or_create(
                codename=f"{action}_{model}",
                content_type=content_type,
                defaults={"name": f"Can {action} {apps.get_model('search', model)._meta.verbose_name}"},
            )
            for group in Group.objects.filter(name__in=("Editors", "Moderators")):
                group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0003_names_and_history"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
