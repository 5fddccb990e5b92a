from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('temoignages', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='testimonialindexpage',
            name='down_with_source',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='testimonialindexpage',
            name='french_parts',
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.AddField(
            model_name='testimonialpage',
            name='down_with_source',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='testimonialpage',
            name='french_parts',
            field=models.JSONField(default=list, editable=False),
        ),
    ]
