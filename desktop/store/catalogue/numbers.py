"""Numbers as people write them: 1,234.50 and 1.234,50, with signs, units and full-width digits.

A number whose marks can be read in one way only is read that way: in `1.234,50` and `24,9` the comma ends the whole
part, in `1,234.50` and `24.90` the point does. One mark with three digits after it (`1,234`, `1.234`) can be read in two
ways and is read as its column is: where the first rows of the column show a decimal comma and no decimal point, the comma
ends the whole part; where they show both, `1,234` is refused; otherwise the comma groups thousands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Literal, NamedTuple

Style = Literal["point", "comma", "both"]
"""How a column writes its decimals."""

LONGEST = 80
_BODY = re.compile(
    r"(?P<before>[^0-9.,()\-\u2212+]*)(?P<sign>[-\u2212+]?)(?P<middle>[^0-9.,()\-\u2212+]*)"
    r"(?P<body>[.,]?[0-9](?:[0-9.,'\u2019 ]*[0-9])?[.,]?)(?P<after>.*)",
    re.DOTALL,
)
_POWER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]*)?e[+-]?[0-9]{1,4}")
_GROUPS = {
    mark: re.compile(rf"[0-9]{{1,3}}(?:{re.escape(mark)}[0-9]{{3}})+|[0-9]{{1,2}}(?:{re.escape(mark)}[0-9]{{2}})+"
                     rf"{re.escape(mark)}[0-9]{{3}}")
    for mark in ",.' "
}  # fmt: skip


class UnreadableError(ValueError):
    """The text is not a number, or can be read as two."""

    def __init__(self, ambiguous: bool = False) -> None:
        super().__init__("ambiguous" if ambiguous else "no number")
        self.ambiguous = ambiguous


class Written(NamedTuple):
    """A number and what stood before and after it."""

    value: Decimal
    before: str
    after: str


def read_number(text: str, style: Style = "point") -> Written:
    """A number as a person wrote it. UnreadableError where it is none, or can be read as two."""
    if len(text) > LONGEST:
        raise UnreadableError
    # a no-break space or a thin one is a space, a full-width digit a digit
    clean = unicodedata.normalize("NFKC", text).strip()
    if _POWER.fullmatch(clean.lower()):
        return Written(Decimal(clean), "", "")
    negative = clean.startswith("(") and clean.endswith(")")
    if negative:
        clean = clean[1:-1].strip()
    found = _BODY.fullmatch(clean)
    if found is None:
        raise UnreadableError
    before, after = found["before"].strip(), found["after"].strip()
    middle = found["middle"].strip()
    if before and middle:
        raise UnreadableError
    if after in ("-", "\u2212"):
        negative, after = True, ""
    try:
        value = Decimal(_plain(found["body"], style))
    except InvalidOperation:
        raise UnreadableError from None
    if negative or found["sign"] in ("-", "\u2212"):
        value = -value
    return Written(value, before or middle, after)


def _plain(body: str, style: Style) -> str:
    """The digits with one point at most."""
    body = body.replace("\u2019", "'")
    for mark in " '":
        if mark in body:
            whole, rest = _parted(body)
            if not _GROUPS[mark].fullmatch(whole):
                raise UnreadableError
            body = whole.replace(mark, "") + rest
    commas, points = body.count(","), body.count(".")
    if commas and points:
        decimal = "," if body.rindex(",") > body.rindex(".") else "."
        return _grouped(body, decimal, "." if decimal == "," else ",")
    mark = "," if commas else "."
    if commas + points > 1:
        return _grouped(body, "", mark)
    if commas + points == 0:
        return body
    if _two_ways(body, mark):
        if mark == "," and style == "both":
            raise UnreadableError(ambiguous=True)
        if mark == ("." if style == "comma" else ","):
            return body.replace(mark, "")
    return body.replace(",", ".")


def _parted(body: str) -> tuple[str, str]:
    """The whole part and, with its mark, what follows: the last mark of decimals parts them."""
    at = max(body.rfind(","), body.rfind("."))
    return (body, "") if at < 0 else (body[:at], body[at:])


def _grouped(body: str, decimal: str, group: str) -> str:
    whole, _, rest = body.rpartition(decimal) if decimal else (body, "", "")
    if not _GROUPS[group].fullmatch(whole) or (decimal and not rest.isdigit()):
        raise UnreadableError
    return whole.replace(group, "") + ("." + rest if rest else "")


def _two_ways(body: str, mark: str) -> bool:
    whole, _, rest = body.partition(mark)
    return len(rest) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0")


def style_of(cells: Iterable[object]) -> Style:
    """How a column writes its decimals, from its first cells."""
    comma = point = False
    for cell in cells:
        if not isinstance(cell, str) or len(cell) > LONGEST:
            continue
        found = _BODY.fullmatch(unicodedata.normalize("NFKC", cell).strip())
        if found is None:
            continue
        body = found["body"]
        commas, points = body.count(","), body.count(".")
        if commas and points:
            decimal = "," if body.rindex(",") > body.rindex(".") else "."
        elif commas + points > 1:
            decimal = "." if commas else ","
        elif commas + points == 1 and not _two_ways(body, "," if commas else "."):
            decimal = "," if commas else "."
        else:
            continue
        comma, point = comma or decimal == ",", point or decimal == "."
    if comma and point:
        return "both"
    return "comma" if comma else "point"
