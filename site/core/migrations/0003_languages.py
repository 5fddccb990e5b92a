import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0002_media_and_site'),
        ('wagtail_localize', '0016_rename_page_revision_translationlog_revision'),
    ]

    operations = [
        migrations.AddField(
            model_name='menu',
            name='french_parts',
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.CreateModel(
            name='StaleTranslation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('previous', models.TextField(verbose_name='the French text that was translated')),
                ('since', models.DateTimeField(auto_now_add=True, verbose_name='changed on')),
                ('translation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='stale', to='wagtail_localize.stringtranslation')),
            ],
            options={
                'verbose_name': 'translation to renew',
                'verbose_name_plural': 'translations to renew',
                'ordering': ['since', 'pk'],
            },
        ),
    ]
