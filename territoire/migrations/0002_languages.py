import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('territoire', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.AddField(
            model_name='eventindexpage',
            name='down_with_source',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='eventindexpage',
            name='french_parts',
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.AddField(
            model_name='eventpage',
            name='down_with_source',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='eventpage',
            name='french_parts',
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.AddField(
            model_name='hoststructure',
            name='french_parts',
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.AddField(
            model_name='housingindexpage',
            name='down_with_source',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='housingindexpage',
            name='french_parts',
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.AddField(
            model_name='housingpage',
            name='down_with_source',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='housingpage',
            name='french_parts',
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.AddField(
            model_name='institution',
            name='french_parts',
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.AddField(
            model_name='internshipofferpage',
            name='down_with_source',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='internshipofferpage',
            name='french_parts',
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.AddField(
            model_name='offerindexpage',
            name='down_with_source',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='offerindexpage',
            name='french_parts',
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.AddField(
            model_name='partnerindexpage',
            name='down_with_source',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='partnerindexpage',
            name='french_parts',
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.AddField(
            model_name='partneruniversitypage',
            name='down_with_source',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='partneruniversitypage',
            name='french_parts',
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.AddField(
            model_name='specialty',
            name='french_parts',
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.AddField(
            model_name='strengthgalleryimage',
            name='locale',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale'),
        ),
        migrations.AddField(
            model_name='strengthgalleryimage',
            name='translation_key',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='strengthindexpage',
            name='down_with_source',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='strengthindexpage',
            name='french_parts',
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.AddField(
            model_name='strengthpage',
            name='down_with_source',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='strengthpage',
            name='french_parts',
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.AddField(
            model_name='supervisor',
            name='french_parts',
            field=models.JSONField(default=list, editable=False),
        ),
    ]
