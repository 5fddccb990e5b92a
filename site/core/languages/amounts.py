"""Amounts as the reader's language writes them; a number never parts from its unit at the end of a line."""

from typing import Any

from django.utils.formats import number_format

NO_BREAK = "\u00a0"


def euros(amount: Any) -> str:
    """Return an amount in euros, without cents where there are none: "1 200 €". A draft may not have it yet."""
    if amount is None:
        return f"…{NO_BREAK}€"
    digits = number_format(amount, decimal_pos=0 if amount == int(amount) else 2, force_grouping=True)
    return f"{digits}{NO_BREAK}€"
