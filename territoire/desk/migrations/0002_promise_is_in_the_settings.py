from django.conf import settings
from django.db import migrations


def carry_over(apps, schema_editor):
    """Keep the number of days that the desk's page promised."""
    desk = apps.get_model("desk", "DeskPage").objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
    if desk is not None:
        apps.get_model("core", "SiteSettings").objects.update(answer_days=desk.answer_days)


class Migration(migrations.Migration):
    dependencies = [("core", "0004_promise_is_a_number"), ("desk", "0001_initial")]

    operations = [
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.RemoveField(model_name="deskpage", name="answer_days"),
    ]
