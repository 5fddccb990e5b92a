"""The machine names every field and block that is on the wrong side."""

import pytest
from django.db import models
from django.test.utils import isolate_apps
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import TranslatableMixin

from core.blocks.text import FactBlock
from core.languages.translatable import TextsAndFacts
from core.translation.checks import blocks_are_texts, fields_are_texts_or_facts, problems_of_block, problems_of_fields
from territoire.models import Specialty

pytestmark = pytest.mark.once

KINDS = [("a", "A")]


def test_all_pages_records_rows_and_blocks_of_the_site_are_on_their_side():
    assert fields_are_texts_or_facts(None) == []
    assert blocks_are_texts(None) == []


def ids_of(attributes, bases=(TranslatableMixin, TextsAndFacts)):
    """The errors of a model with these attributes."""
    with isolate_apps("core"):
        meta = type("Meta", (), {"app_label": "core"})
        model = type("Sample", bases, {"__module__": __name__, "Meta": meta, **attributes})
        return [problem.id for problem in problems_of_fields(model)]


@pytest.mark.parametrize(
    ("attributes", "problems"),
    [
        (lambda: {"title": models.CharField(max_length=9), "texts": ("title",)}, []),
        (lambda: {"code": models.CharField(max_length=9), "facts": ("code",)}, []),
        (lambda: {"code": models.CharField(max_length=9)}, ["core.E011"]),
        (lambda: {"note": models.TextField()}, ["core.E011"]),
        (lambda: {"kind": models.CharField(max_length=9, choices=KINDS)}, []),
        (lambda: {"kind": models.CharField(max_length=9, choices=KINDS), "texts": ("kind",)}, ["core.E012"]),
        (lambda: {"start": models.DateField(), "texts": ("start",)}, ["core.E012"]),
        (lambda: {"site": models.URLField(), "texts": ("site",)}, ["core.E012"]),
        (lambda: {"body": StreamField([("text", blocks.CharBlock())]), "facts": ("body",)}, ["core.E013"]),
        (lambda: {"body": RichTextField()}, ["core.E011"]),
        (lambda: {"texts": ("gone",)}, ["core.E014"]),
    ],
)
def test_a_field_on_the_wrong_side_is_named(attributes, problems):
    assert ids_of(attributes()) == problems


def test_a_row_with_a_text_needs_a_language_of_its_own():
    row = {"caption": models.CharField(max_length=9), "texts": ("caption",)}
    assert ids_of(row, bases=(TextsAndFacts,)) == ["core.E015"]


def test_a_model_that_declares_nothing_is_named():
    assert ids_of({"title": models.CharField(max_length=9)}, bases=(TranslatableMixin,)) == ["core.E010"]


@pytest.mark.parametrize(
    "block",
    [
        blocks.CharBlock(),
        blocks.RichTextBlock(),
        blocks.ChoiceBlock(choices=KINDS),
        blocks.PageChooserBlock(),
        FactBlock(),
        blocks.ListBlock(blocks.StructBlock([("text", blocks.TextBlock())])),
    ],
)
def test_words_and_chosen_things_may_stand_in_a_stream(block):
    assert list(problems_of_block(block, "Page.body.block", Specialty)) == []


@pytest.mark.parametrize(
    "block",
    [
        TableBlock(),
        TypedTableBlock([("text", blocks.CharBlock())]),
        blocks.RawHTMLBlock(),
        blocks.DateBlock(),
        blocks.IntegerBlock(),
        blocks.EmailBlock(),
        blocks.ListBlock(blocks.StructBlock([("price", blocks.DecimalBlock())])),
    ],
)
def test_facts_and_tables_of_wagtail_may_not_stand_in_a_stream(block):
    (problem,) = problems_of_block(block, "Page.body.block", Specialty)
    assert problem.id == "core.E016"
    assert "Page.body.block" in problem.msg
