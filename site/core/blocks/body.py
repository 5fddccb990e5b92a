"""The body of a page."""

from wagtail import blocks

from .lists import KeyFiguresBlock, PageLinksBlock, StepsBlock, TableBlock
from .media import DocumentBlock, MapBlock, PictureBlock, VideoBlock
from .text import CallOutBlock, ContactBlock, ProseBlock, QuoteBlock


class BodyBlock(blocks.StreamBlock):
    """The blocks that a communicator uses, most used first."""

    prose = ProseBlock()
    picture = PictureBlock()
    quote = QuoteBlock()
    key_figures = KeyFiguresBlock()
    steps = StepsBlock()
    table = TableBlock()
    call_out = CallOutBlock()
    contact = ContactBlock()
    document = DocumentBlock()
    video = VideoBlock()
    map = MapBlock()
    pages = PageLinksBlock()
