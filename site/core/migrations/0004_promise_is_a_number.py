import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    """The desk's promise is composed of the number of days; its text said the same a second time."""

    dependencies = [("core", "0003_links_are_reserved")]

    operations = [
        migrations.AddField(
            model_name="sitesettings",
            name="answer_days",
            field=models.PositiveSmallIntegerField(
                blank=True,
                default=2,
                help_text="Promised beside every way to the desk, in all languages. Left empty, nothing is promised.",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(30),
                ],
                verbose_name="answer within (working days)",
            ),
        ),
        migrations.RemoveField(model_name="sitesettings", name="promise"),
    ]
