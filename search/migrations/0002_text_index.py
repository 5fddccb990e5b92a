"""The words of documents, in what each database has for text: FTS5 in SQLite, tsvector and GIN in PostgreSQL."""

from django.db import migrations

CREATE = {
    "sqlite": [
        # Terms come analysed: the tokenizer has nothing to do but to cut at spaces.
        "CREATE VIRTUAL TABLE search_text USING fts5("
        'title, keywords, summary, body, tokenize = "unicode61 remove_diacritics 0")',
        "CREATE TRIGGER search_text_goes AFTER DELETE ON search_searchdocument BEGIN"
        " DELETE FROM search_text WHERE rowid = old.page_id; END",
    ],
    "postgresql": [
        "CREATE TABLE search_text (page_id integer PRIMARY KEY"
        " REFERENCES search_searchdocument ON DELETE CASCADE, terms tsvector NOT NULL)",
        "CREATE INDEX search_text_terms ON search_text USING gin (terms)",
    ],
}
DROP = {
    "sqlite": ["DROP TRIGGER search_text_goes", "DROP TABLE search_text"],
    "postgresql": ["DROP TABLE search_text"],
}


def create(apps, editor):
    for statement in CREATE[editor.connection.vendor]:
        editor.execute(statement)


def drop(apps, editor):
    for statement in DROP[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
