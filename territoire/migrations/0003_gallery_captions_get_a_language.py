from django.db import migrations
from wagtail.models import BootstrapTranslatableModel


class Migration(migrations.Migration):
    """Rows that are there become French; a migration of its own, for PostgreSQL alters no table with pending events."""

    dependencies = [("territoire", "0002_languages")]

    operations = [BootstrapTranslatableModel("territoire.StrengthGalleryImage")]
