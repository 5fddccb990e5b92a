"""The roles: Rédaction, Publication, Guichet, Administration, and Traduction for each language (core/access/roles.py).

On the top floor, because a role has rights to the records of all apps.
"""

from django.db import migrations

from core.access.roles import give_roles, replace_stock_groups


def make(apps, editor):
    give_roles(apps)
    replace_stock_groups(apps)
    for model in ("Workflow", "Task"):
        named = apps.get_model("wagtailcore", model).objects.filter(name="Moderators approval")
        named.update(name="Relecture" if model == "Workflow" else "Relecture par la publication")


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("search", "0002_text_index"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
