from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='deskpage',
            name='down_with_source',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='deskpage',
            name='french_parts',
            field=models.JSONField(default=list, editable=False),
        ),
    ]
