"""What a browser sends of the admin's forms: everything as it stands, or blocks with chosen values."""

from django import forms
from wagtail import blocks
from wagtail.admin.widgets import BaseChooser
from wagtail.rich_text import RichText


def as_sent(form):
    """The data that a browser sends of a form that nobody touched, rows and blocks included."""
    sent = {}
    for bound in form:
        sent |= field_as_sent(bound.field, bound.html_name, bound.value())
    for formset in getattr(form, "formsets", {}).values():
        for bound in formset.management_form:
            sent[bound.html_name] = str(bound.value())
        for row in formset.initial_forms if not formset.is_bound else formset.forms:
            sent |= as_sent(row)
    return sent


def field_as_sent(field, name, value):
    """The data of one field."""
    if isinstance(field.widget, blocks.base.BlockWidget):
        return block_as_sent(field.widget.block_def, name, value)
    if isinstance(field.widget, BaseChooser):
        return {name: str(getattr(value, "pk", value) or "")}
    return dict(_inputs(field.widget.get_context(name, field.prepare_value(value), {})["widget"], value))


def _inputs(widget, raw):
    kind, value = widget.get("type"), widget["value"]
    if "subwidgets" in widget:
        for part in widget["subwidgets"]:
            yield from _inputs(part, part["value"])
    elif "optgroups" in widget:
        chosen = [
            option["value"]
            for _group, options, _index in widget["optgroups"]
            for option in options
            if option["selected"]
        ]
        if chosen:
            several = widget["attrs"].get("multiple") or kind == "checkbox"
            yield widget["name"], [str(code) for code in chosen] if several else str(chosen[0])
    elif kind == "checkbox":
        if raw:
            yield widget["name"], "on"
    else:
        yield widget["name"], "" if value is None else str(value)


def block_as_sent(block, name, value):
    """The data of a block's form."""
    if isinstance(block, blocks.StreamBlock):
        sent = {f"{name}-count": str(len(value))}
        for number, child in enumerate(value):
            place = f"{name}-{number}"
            sent |= {
                f"{place}-type": child.block_type,
                f"{place}-order": str(number),
                f"{place}-deleted": "",
                f"{place}-id": child.id or "",
            }
            sent |= block_as_sent(child.block, f"{place}-value", child.value)
        return sent
    if isinstance(block, blocks.ListBlock):
        sent = {f"{name}-count": str(len(value))}
        for number, item in enumerate(value):
            place = f"{name}-{number}"
            sent |= {f"{place}-order": str(number), f"{place}-deleted": "", f"{place}-type": "item", f"{place}-id": ""}
            sent |= block_as_sent(block.child_block, f"{place}-value", item)
        return sent
    if isinstance(block, blocks.StructBlock):
        sent = {}
        for part, child in block.child_blocks.items():
            sent |= block_as_sent(child, f"{name}-{part}", value.get(part))
        return sent
    if isinstance(block, blocks.StaticBlock):
        return {name: ""}
    if isinstance(value, RichText):
        value = value.source
    if isinstance(block, blocks.RichTextBlock):
        return {name: block.field.widget.format_value(value) or ""}
    if isinstance(block, blocks.ChooserBlock):
        return {name: str(getattr(value, "pk", value) or "")}
    if isinstance(block.field, forms.BooleanField):
        return {name: "on"} if value else {}
    return {name: "" if value is None else str(value)}
