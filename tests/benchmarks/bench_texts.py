"""How long the site reads texts of 100,000 signs, of kinds that slow patterns read again and again: `make bench`."""

import time
from collections.abc import Callable

from core.fields.telephone import dial_links, dialled, from_abroad
from core.languages.slugs import plain_slug
from core.languages.typography import french
from search.text.analysis import analyser
from search.text.spelling import correct

SIGNS = 100_000
PIECES = [
    *" \n\t\u202f;:!?«»'’<>&@a1.-_/(0)#=,+Éß",
    *("! ", "a@", "<b", "&a", " »", "a.", "1 ", "a'", "a & ", "a-", "( ", "ou ", " x", 'href="tel:'),
]
READERS: dict[str, Callable[[str], object]] = {
    "typography": french,
    "search terms, French": lambda text: analyser("fr").tokens(text),
    "search terms, German": lambda text: analyser("de").tokens(text),
    "spelling": lambda text: correct(text, {"médecine": 3}),
    "slug": plain_slug,
    "telephone": lambda text: (dialled(text), from_abroad(text)),
    "telephone links": dial_links,
}


def test_long_texts(capsys):
    """Print the piece that takes each reader longest when it is repeated, and how long (ms of the processor)."""
    lines = [f"\n{SIGNS} signs of one piece", f"  {'read for':<24}{'slowest piece':<16}{'ms':>8}"]
    for name, read in READERS.items():
        taken = {}
        for piece in PIECES:
            text = f"a{piece * (SIGNS // len(piece))}a"
            begun = time.process_time()
            read(text)
            taken[piece] = (time.process_time() - begun) * 1000
        slowest = max(taken, key=lambda piece: taken[piece])
        lines.append(f"  {name:<24}{slowest!r:<16}{taken[slowest]:>8.0f}")
    with capsys.disabled():
        print("\n".join(lines))
