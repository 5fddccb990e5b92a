from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('home', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='editorialpage',
            name='down_with_source',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='editorialpage',
            name='french_parts',
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.AddField(
            model_name='faqentrypage',
            name='down_with_source',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='faqentrypage',
            name='french_parts',
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.AddField(
            model_name='faqindexpage',
            name='down_with_source',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='faqindexpage',
            name='french_parts',
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.AddField(
            model_name='glossaryterm',
            name='french_parts',
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.AddField(
            model_name='homepage',
            name='down_with_source',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='homepage',
            name='french_parts',
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.AddField(
            model_name='legalpage',
            name='down_with_source',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='legalpage',
            name='french_parts',
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.AddField(
            model_name='lexiconentry',
            name='french_parts',
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.AddField(
            model_name='sectionpage',
            name='down_with_source',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='sectionpage',
            name='french_parts',
            field=models.JSONField(default=list, editable=False),
        ),
    ]
