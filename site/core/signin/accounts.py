"""Which account a typed name means, however it is spelled."""

import unicodedata
from typing import Any

from django.contrib.auth import get_user_model


def folded(typed: str) -> str:
    """Return the one spelling of a name: case, width, composition and spaces make no new account to guess at."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", typed).casefold())
    return "".join(sign for sign in plain if not sign.isspace() and unicodedata.category(sign) not in {"Cc", "Cf"})


def account_of(typed: str) -> Any | None:
    """Return the account that is meant, or None. It is for counting and logging: only the exact name signs in."""
    return get_user_model().objects.filter(username__iexact=folded(typed)).first()


def name_for_log(typed: str | None) -> str:
    """Return the name of the account that is meant, or "unknown": what was typed may be a password."""
    account = account_of(typed or "")
    return account.get_username() if account else "unknown"
