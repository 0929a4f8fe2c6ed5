"""A case of the casebook in the words of the list and of its pane, and what was typed of a client as values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from desktop.core.casebook import CONSENTS, SAID, CaseRow
from desktop.core.dates import iso_day
from desktop.core.errors import OptionError
from desktop.core.money import major
from desktop.core.packs import MINE
from desktop.core.result import Advice, Option
from desktop.core.text import Language, Text
from desktop.core.words import MONTHS
from desktop.viewmodels.platforms import PARTS, part_names, quote_segments
from desktop.viewmodels.series.stack import StackData, StackRow
from desktop.viewmodels.wording import amount, percent

if TYPE_CHECKING:
    from desktop.reports.casebook.columns import Names

translate = QCoreApplication.translate
FARTHEST_DAYS = 3_660
FEW_MARKETS = 2
SHORT_CONSENTS = {"not-asked": "未询问", "no": "不同意", "email": "可邮件", "phone": "可电话"}
"""In Chinese, where the whole words are too long for a column."""


class Line(Struct, frozen=True):
    """A row of the list. `gap`: the advice is incomplete or cannot be given."""

    number: int
    label: str
    time: str
    client: str
    unnamed: bool
    product: str
    market: str
    markets: str
    first: str
    net: str
    currency: str
    step: str
    sheet: bool
    call: str
    due: bool
    consent: str
    gap: str
    mark: str = ""
    """What must be said of the rules that answered it."""

    @property
    def first_tip(self) -> str:
        """The first option, and what must be said of it."""
        return " · ".join(part for part in (self.first, self.mark) if part)


def line(row: CaseRow, names: Names, today: date, own: bool = False) -> Line:
    """A case as the list shows it; `own`: rules of one's own answered it, which nobody signed."""
    language = names.language
    markets = row.wanted
    comma = "、" if language == "zh" else ", "
    few = len(markets) <= FEW_MARKETS
    shown = ", ".join(markets) if few else f"{markets[0]} +{len(markets) - 1}"
    day = date.fromisoformat(row.day)
    call = date.fromisoformat(row.follow_up) if row.follow_up else None
    return Line(
        row.number,
        row.label,
        f"{row.began:%H:%M}" if day == today else short_day(day, today, language),
        row.client or translate("CasebookPage", "no name, {number}").format(number=row.label),
        not row.client,
        product_of(row, names),
        shown,
        comma.join(names.of(names.countries, market) for market in markets),
        names.of(names.options, row.first) if row.first else (SAID[row.said][language] if row.said else ""),
        amount(row.net, row.currency) if row.net is not None else "",
        row.currency,
        names.of(names.steps, row.step),
        bool(row.sheet_on),
        short_day(call, today, language) if call else "",
        call is not None and call <= today,
        SHORT_CONSENTS[row.consent] if language == "zh" else CONSENTS[row.consent].en,
        "" if row.said in ("", "full") else row.said,
        MINE[language] if own else "",
    )


def product_of(row: CaseRow, names: Names) -> str:
    """The product as it was called, in the language where it has two names; else its category."""
    en, slash, zh = row.product.partition(" / ")
    own = zh.strip() if slash and zh.strip() and names.language == "zh" else en.strip()
    return own or names.of(names.categories, row.category)


def short_day(day: date, today: date, language: Language) -> str:
    """24 Nov, and with its year where that is another one; 11-24 in Chinese."""
    if language == "zh":
        return f"{day:%m-%d}" if day.year == today.year else day.isoformat()
    said = f"{day.day} {MONTHS[day.month - 1]}"
    return said if day.year == today.year else f"{said} {day.year}"


def call_back(text: str, today: date) -> date | None:
    """A day as it is typed: +2 (in two days), 2026-11-24, 11-24 (the next one), 24 Nov; nothing for none. OptionError."""
    plain = text.strip().replace("＋", "+").replace("/", "-").replace(".", "-").rstrip("-").lower()
    if not plain:
        return None
    day: date | None = None
    if (days := re.fullmatch(r"\+\s*(\d{1,4})", plain)) is not None:
        day = today + timedelta(days=int(days[1])) if int(days[1]) <= FARTHEST_DAYS else None
    elif (parts := re.fullmatch(r"(\d{1,2})-(\d{1,2})", plain)) is not None:
        day = _next(int(parts[1]), int(parts[2]), today)
    elif (named := re.fullmatch(r"(\d{1,2})\s*([a-z]{3})[a-z]*", plain)) is not None:
        months = [month.lower() for month in MONTHS]
        day = _next(months.index(named[2]) + 1, int(named[1]), today) if named[2] in months else None
    elif re.fullmatch(r"\d{4}-\d\d?-\d\d?", plain):
        year, month, number = plain.split("-")
        try:
            day = iso_day(f"{year}-{month:0>2}-{number:0>2}")
        except ValueError:
            day = None
    if day is None or abs((day - today).days) > FARTHEST_DAYS:
        raise OptionError(
            Text(
                f"“{text.strip()}” is no day; right form: +2 (in two days), 24 Nov, 11-24 or 2026-11-24",
                f"“{text.strip()}”不是日期；正确格式：+2（两天后）、11-24 或 2026-11-24",
            )
        )
    return day


def _next(month: int, number: int, today: date) -> date | None:
    """That day of this year, or of the next where it has passed."""
    for year in (today.year, today.year + 1):
        try:
            day = date(year, month, number)
        except ValueError:
            continue
        if day >= today:
            return day
    return None


def several(text: str) -> tuple[str, ...]:
    """Values that were typed in one line."""
    return tuple(part.strip() for part in re.split("[,，、;；]", text) if part.strip())


WEEKDAYS = (
    Text("Mon", "周一"), Text("Tue", "周二"), Text("Wed", "周三"), Text("Thu", "周四"), Text("Fri", "周五"),
    Text("Sat", "周六"), Text("Sun", "周日"),
)  # fmt: skip


def day_words(day: date, today: date, language: Language) -> str:
    """Tue 24 Nov, in two days."""
    said = f"{WEEKDAYS[day.weekday()][language]} {short_day(day, today, language)}"
    away = (day - today).days
    if away == 0:
        beside = translate("CasebookPage", "today")
    elif away == 1:
        beside = translate("CasebookPage", "tomorrow")
    elif away > 0:
        beside = translate("CasebookPage", "in {count} days").format(count=away)
    else:
        beside = translate("CasebookPage", "overdue by days: {count}").format(count=-away)
    return f"{said}，{beside}" if language == "zh" else f"{said}, {beside}"


class Preview(Struct, frozen=True):
    """What is said of the first option of a case: eBay, United States; 7.58; 30.4% of 24.90 USD, and its bar."""

    name: str
    net: str = ""
    caption: str = ""
    bar: StackData = StackData()
    known: bool = False


def first_option(advice: Advice, exports: bool) -> Option | None:
    choices = ("platforms", "import_modes") if exports else ("import_modes",)
    return next((first for choice in choices if (first := advice.ranking(choice).first)), None)


def preview(option: Option | None, place: Text | None, language: Language) -> Preview:
    """The first option in words."""
    if option is None:
        return Preview(SAID["cannot"][language])
    name = option.name[language] + (("，" if language == "zh" else ", ") + place[language] if place else "")
    quote = option.quote
    if quote is None or "mode" in quote.lane or quote.price <= 0:
        return Preview(name, known=True)
    words = translate("CasebookPage", "{share} of {price} {currency}").format(
        share=percent(quote.percent), price=amount(quote.price, quote.currency), currency=quote.currency
    )
    if not quote.complete:
        words = f"{SAID['at-most'][language]} · {words}"
    parts = part_names()
    bar = StackData(
        (StackRow(key="1", name=name, segments=quote_segments("1", quote, parts, False), first=True),),
        major(quote.price, quote.currency),
        amount(quote.price, quote.currency),
        tuple((part, parts[part]) for part in (*PARTS, "net")),
        "",
        translate("PlatformsPage", "loss"),
    )
    return Preview(name, amount(quote.net, quote.currency), words, bar, True)


def counted(numbers: Sequence[int]) -> str:
    """0403, 0410."""
    return ", ".join(f"{number:04d}" for number in numbers)
