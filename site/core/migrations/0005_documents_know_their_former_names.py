from django.db import migrations, models


class Migration(migrations.Migration):
    """Links to a file that was replaced lead on; what anybody made up leads nowhere."""

    dependencies = [("core", "0004_promise_is_a_number")]

    operations = [
        migrations.AddField(
            model_name="sitedocument",
            name="former_names",
            field=models.JSONField(blank=True, default=list, editable=False),
        ),
    ]
