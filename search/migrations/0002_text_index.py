"""The words of documents, in what each database has for text: FTS5 in SQLite, tsvector and GIN in PostgreSQL."""

from django.db import migrations

from search.text.synonyms import read_default

CREATE = {
    "sqlite": [
        # Terms come analysed: the tokenizer has nothing to do but to cut at spaces.
        "CREATE VIRTUAL TABLE search_text USING fts5("
        'title, keywords, summary, body, tokenize = "unicode61 remove_diacritics 0")',
        "CREATE TRIGGER search_text_goes AFTER DELETE ON search_searchdocument BEGIN"
        " DELETE FROM search_text WHERE rowid = old.page_id; END",
    ],
    "postgresql": [
        "CREATE TABLE search_text (page_id integer PRIMARY KEY, terms tsvector NOT NULL)",
        # Terms stay in their row: apart, PostgreSQL believes that reading all of them is cheaper than using the index.
        "ALTER TABLE search_text ALTER COLUMN terms SET STORAGE MAIN",
        "CREATE INDEX search_text_terms ON search_text USING gin (terms)",
        # No foreign key: Django could not empty the table that it points to.
        "CREATE FUNCTION search_text_goes() RETURNS trigger LANGUAGE plpgsql AS"
        " 'BEGIN DELETE FROM search_text WHERE page_id = OLD.page_id; RETURN NULL; END'",
        "CREATE TRIGGER search_text_goes AFTER DELETE ON search_searchdocument"
        " FOR EACH ROW EXECUTE FUNCTION search_text_goes()",
    ],
}
DROP = {
    "sqlite": ["DROP TRIGGER search_text_goes", "DROP TABLE search_text"],
    "postgresql": [
        "DROP TRIGGER search_text_goes ON search_searchdocument",
        "DROP FUNCTION search_text_goes()",
        "DROP TABLE search_text",
    ],
}


def create(apps, editor):
    for statement in CREATE[editor.connection.vendor]:
        editor.execute(statement)


def drop(apps, editor):
    for statement in DROP[editor.connection.vendor]:
        editor.execute(statement)


def begin_lists(apps, editor):
    """Languages that are there get the project's synonyms, as new ones do, for editors to go on with."""
    SynonymList, Locale = apps.get_model("search", "SynonymList"), apps.get_model("wagtailcore", "Locale")
    for locale in Locale.objects.all():
        if text := read_default(locale.language_code):
            SynonymList.objects.get_or_create(locale=locale, defaults={"groups": text})


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.RunPython(create, drop),
        migrations.RunPython(begin_lists, migrations.RunPython.noop),
    ]
