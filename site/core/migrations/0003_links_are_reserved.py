import django.db.models.manager
from django.db import migrations, models


class Migration(migrations.Migration):
    """Links that exist were given: their pages were public."""

    dependencies = [("core", "0002_site")]

    operations = [
        migrations.AlterModelManagers(
            name="permanentlink",
            managers=[("every", django.db.models.manager.Manager())],
        ),
        migrations.AddField(
            model_name="permanentlink",
            name="given",
            field=models.BooleanField(default=True, editable=False),
        ),
    ]
