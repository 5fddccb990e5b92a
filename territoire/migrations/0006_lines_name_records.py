from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("territoire", "0005_names_become_records"),
    ]

    operations = [
        migrations.RemoveField(model_name="offerframework", name="signing_university"),
        migrations.RenameField(model_name="offerframework", old_name="university", new_name="signing_university"),
    ]
