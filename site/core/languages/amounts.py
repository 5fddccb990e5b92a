"""Amounts as the reader's language writes them; a number never parts from its unit at the end of a line."""

from decimal import Decimal
from typing import Any

from django.utils.formats import number_format

NO_BREAK = "\u00a0"


def euros(amount: Any) -> str:
    """Return an amount in euros, without cents where there are none: "1 200 €". A draft may not have it yet."""
    if amount is None:
        return f"…{NO_BREAK}€"
    return f"{decimal(amount)}{NO_BREAK}€"


def decimal(value: Decimal) -> str:
    """Return a number as the reader's language writes it, without decimals where there are none: "4,35", "308"."""
    return number_format(value, decimal_pos=0 if value == int(value) else 2, force_grouping=True)
