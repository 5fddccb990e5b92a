"""StreamFields whose blocks are code alone: migrations do not name them, since the column is JSON whatever they are."""

import json
from collections.abc import Sequence
from typing import Any

from django.db import models
from wagtail import fields
from wagtail.blocks import StreamValue


class StreamField(fields.StreamField):
    """Wagtail's StreamField, whose blocks change without a migration.

    In a data migration the models are historical and know no blocks: read and change ``page.body.raw_data`` (a list of
    ``{"type", "value", "id"}``) and save. Wagtail's ``MigrateStreamData`` looks blocks up and is of no use here.
    """

    def __init__(self, block_types: Any = (), **kwargs: Any) -> None:
        super().__init__(block_types, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Return what a migration keeps, which is no block."""
        return models.Field.deconstruct(self)

    def clone(self) -> "StreamField":
        """Return the same field, with its blocks."""
        _name, _path, _args, kwargs = self.deconstruct()
        limits = {name: value for name, value in self.block_opts.items() if name != "required"}
        return type(self)(self.block_types_arg, **limits, **kwargs)

    def to_python(self, value: Any) -> StreamValue:
        """Return the stream; a historical one keeps its content as it is stored, where Wagtail would leave it out."""
        if self.stream_block.child_blocks or isinstance(value, StreamValue):
            return super().to_python(value)
        stored = json.loads(value) if isinstance(value, str) and value else value
        stream = StreamValue(self.stream_block, list(stored or []), is_lazy=True)
        stream._stream_field = self
        return stream
