"""The blocks of which body texts are made."""

from .body import BodyBlock
from .lists import KeyFiguresBlock, PageLinksBlock, StepsBlock, TableBlock
from .media import DocumentBlock, MapBlock, PictureBlock, VideoBlock
from .text import CallOutBlock, ContactBlock, ProseBlock, QuoteBlock

__all__ = [
    "BodyBlock",
    "CallOutBlock",
    "ContactBlock",
    "DocumentBlock",
    "KeyFiguresBlock",
    "MapBlock",
    "PageLinksBlock",
    "PictureBlock",
    "ProseBlock",
    "QuoteBlock",
    "StepsBlock",
    "TableBlock",
    "VideoBlock",
]
