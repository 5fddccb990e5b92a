"""Telephone numbers as people type them, and as a telephone dials them from any country."""

import re
from html import unescape
from urllib.parse import unquote

FRANCE = "+33"
# Between digits people put spaces of all widths, dots, dashes, slashes and brackets.
EXTENSION_WORD = r"(?:poste|extension|ext|anexo|durchwahl|apparat|x)[.:]?|#|ext\s*="
EXTENSION = re.compile(rf"[\s,;]+(?:{EXTENSION_WORD})\s*([0-9]{{1,8}})\s*(?:$|\()", re.I)
# What follows is another number: "02 54 … ou 06 …".
ANOTHER = re.compile(rf"\s(?:/|ou|or|oder|o|y|et|und|and)\s|[,|\n](?!\s*(?:{EXTENSION_WORD}))", re.I)
# A remark behind the number, "(de 9 h à 17 h)", or its first letter: the digits of a remark are not dialled.
REMARK = re.compile(r"((?:\D*\d){8,}?)\D*[(\[a-z]", re.I)
# The trunk zero that is dialled at home only, written for those at home: "+33 (0)2 …".
AT_HOME = re.compile(r"\(\s*0\s*\)")
NO_CODE_BEFORE = re.compile(r"[^\d+]*\(\s*0\s*\)")
# A French number is 0 and nine digits; fewer is a short number (15, 112, 3624, 116 117), dialled as it stands.
NATIONAL = re.compile(r"0[1-9]\d{8}")
LINK = re.compile(r'href="tel:([^"]+)"')
# Two numbers with their extensions and a word between them; what is longer is a text, which nobody dials.
LONGEST = 100
FRENCH = re.compile(r"\+33\d{9}")


def dialled(number: str) -> str:
    """Return the address that calls a number, "tel:+33254000000" (RFC 3966); "" where there is nothing to dial."""
    if len(number) > LONGEST:
        return ""
    first, extension = _split(number)
    digits = _digits(first)
    return f"tel:{digits}{f';ext={extension}' if extension else ''}" if any(map(str.isdigit, digits)) else ""


def from_abroad(number: str) -> str:
    """Return a French number as one reads it in any country, "+33 2 54 00 00 00" (ITU-T E.123), any other as typed."""
    if len(number) > LONGEST:
        return number.strip()
    first, _extension = _split(number)
    digits, rest = _digits(first), number.strip()[len(first) :].strip()
    if not FRENCH.fullmatch(digits) or ANOTHER.search(number.strip()):
        return number.strip()
    pairs = " ".join(digits[start : start + 2] for start in range(4, 12, 2))
    return f"{FRANCE} {digits[3]} {pairs} {rest}".rstrip()


def dial_links(html: str) -> str:
    """Let the telephone links that editors set in a text call from everywhere too."""
    return LINK.sub(lambda match: f'href="{dialled(unquote(unescape(match[1])))}"', html)


def _split(number: str) -> tuple[str, str]:
    """Return the first number of a text without its extension, and the extension."""
    first = ANOTHER.split(number.strip(), maxsplit=1)[0]
    if match := EXTENSION.search(first):
        return first[: match.start()], match[1]
    remark = REMARK.match(first)
    return _whole(remark[1] if remark else first), ""


def _whole(number: str) -> str:
    """Return a number up to where a French one is complete: in "02 54 00 00 00 - 01" a neighbour follows."""
    ends = (gap.start() for gap in re.finditer(r"\D+", number))
    return next((number[:end] for end in ends if FRENCH.fullmatch(_digits(number[:end]))), number)


def _digits(number: str) -> str:
    """Return what is dialled: + and digits, or digits alone for a short number."""
    text = AT_HOME.sub("0" if NO_CODE_BEFORE.match(number) else "", number)
    abroad = "+" in text.split("0")[0] if "0" in text else "+" in text
    digits = "".join(str(int(sign)) for sign in text if sign.isdecimal())
    if not abroad and digits.startswith("00"):
        abroad, digits = True, digits[2:]
    if abroad:
        # Written with both: no number of metropolitan France begins with 0 after its code.
        return f"+{re.sub(r'^330', '33', digits)}"
    return f"{FRANCE}{digits[1:]}" if NATIONAL.fullmatch(digits) else digits
