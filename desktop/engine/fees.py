"""Platform fees: the rules of a site compiled to steps at a date, one step a fee line.

A rule (data/rules/fees) names facts in order; the first that answers at the view's date is used. Where none
answers, the line is an `UnknownStep` that says so. Amounts are minor units of the currency of the charge.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
from msgspec import Struct

from desktop.core.facts import Reading, Unknown, View
from desktop.core.money import major, minor, plain, ppm, tiers_text
from desktop.core.places import in_sentence, place
from desktop.core.result import Datum, Payer, Series
from desktop.core.text import EMPTY, Text, both, joined, text_of
from desktop.core.words import money_text
from desktop.engine.kernel import (
    OPEN,
    Bands,
    Bools,
    Column,
    Explanation,
    Ints,
    Ledger,
    Step,
    UnknownStep,
    fact_datum,
    half_up,
    percent_text,
    pieces_of,
    share,
)

_ISO = {"UK": "GB"}
PAYOUT = ("payment.conversion", "payment.withdrawal")
"""Lines of bringing the money home: they follow the sale and are no fee of it."""


class FeeOptions(Struct, frozen=True, eq=False):
    """What the seller chose.

    `commission_rate` (percent, before a site's uplift) and `fixed_fee` (an order, in the site's currency) are
    typed and replace the rules. `plan` "none" leaves the monthly plan out, `payout` False what it costs to bring the
    money home; a processor's fee on the sale stays.
    """

    fulfilment: str = "seller"
    plan: str = "professional"
    store: str = "none"
    commission_rate: Decimal | None = None
    fixed_fee: Decimal | None = None
    payout: bool = True


DEFAULT = FeeOptions()


class FeePlan(Struct, frozen=True, eq=False):
    """The fee lines of one site on one day, in the order in which they are computed."""

    steps: tuple[Step, ...]
    currency: str
    marketplace: str
    warnings: tuple[Text, ...]


# ---------------------------------------------------------------- questions about sites


def platform_name(view: View, platform: str) -> Text:
    """A platform's name; its id where the rules do not know it."""
    rules = view.rules("fees").get(platform)
    return text_of(rules["name"]) if rules else both(platform)


def marketplaces(view: View, platform: str) -> tuple[str, ...]:
    """ISO countries of the sites open to sellers from China on the view's date; where one site serves all
    (AliExpress, DHgate), the buyer countries in the rules."""
    rules = view.rules("fees").get(platform)
    if rules is None:
        return ()
    open_sites = [code for code, site in rules["marketplaces"].items() if _open(view, site, code)]
    if "all" in open_sites:
        return tuple(rules["serves"])
    return tuple(open_sites)


def marketplace_for(view: View, platform: str, destination: str) -> str | None:
    """The site that reaches a buyer in the destination; None where the platform has none there."""
    return destination if destination in marketplaces(view, platform) else None


def _open(view: View, site: Mapping[str, Any], code: str) -> bool:
    return any(_names(view, ref["fact"], code) for ref in site["open"] if view.has(ref["fact"]))


def _names(view: View, fact: str, code: str) -> bool:
    """Whether a fact speaks of a country: it lists it, or is no list at all."""
    found = view.read(fact)
    if not isinstance(found, Reading):
        return False
    if isinstance(found.raw, list) and all(isinstance(item, str) for item in found.raw):
        return code in {_ISO.get(item, item) for item in found.raw}
    return True


# ---------------------------------------------------------------- compiling


def compile_fees(
    view: View, platform: str, marketplace: str, category: str | None, options: FeeOptions | None = None
) -> FeePlan:
    """The fee lines of a platform's site for a category at the view's date; a commission line always."""
    rules = view.rules("fees").get(platform)
    if rules is None:
        why = view.unknown("platform", "fees.no-platform", platform=platform)
        return FeePlan((_unknown_commission(why),), "USD", marketplace, ())
    sites = rules["marketplaces"]
    site = sites.get(marketplace) or sites.get("all")
    if site is None:
        where = in_sentence(place(view.book, marketplace))
        why = view.unknown("site", "fees.no-site", platform=text_of(rules["name"]), marketplace=where)
        return FeePlan((_unknown_commission(why),), "USD", marketplace, ())
    code = marketplace if marketplace in sites else "all"
    return _Compiler(view, site, code, marketplace, category, options or DEFAULT).plan()


def _unknown_commission(why: Unknown) -> UnknownStep:
    return UnknownStep("commission", "platform", Text("Commission", "佣金"), why)


class _Compiler:
    """One compilation: collects steps and warnings."""

    def __init__(
        self,
        view: View,
        site: Mapping[str, Any],
        code: str,
        buyer: str,
        category: str | None,
        options: FeeOptions,
    ) -> None:
        self.view, self.site, self.code, self.buyer = view, site, code, buyer
        self.category, self.options = category, options
        self.currency: str = site["currency"]
        self.name = text_of(site["site"])
        self.warnings: list[Text] = []
        self.words = Words.of(view)
        self.labels: dict[str, Text] = {}
        self.fixed_replaced = False

    def plan(self) -> FeePlan:
        if not _open(self.view, self.site, self.code):
            why = self.view.unknown("site", "fees.not-open", site=self.name, date=self.view.date)
            if self.options.commission_rate is None:
                return FeePlan((_unknown_commission(why),), self.currency, self.buyer, ())
            # a seller who types a rate of their own has an account there
            self._warn(self.view.text("fees.not-open-typed", site=self.name, date=self.view.date))
        steps = [step for line in self.site["lines"] if (step := self._line(line)) is not None]
        if self.options.fixed_fee is not None and not self.fixed_replaced:
            steps.append(self._typed_fixed("fixed.order", self.view.text("fees.typed-fixed")))
        if self.category is None:
            self._warn(self.view.text("fees.category-not-given"))
        for note in self.site["notes"]:
            if self._holds(note):
                self._warn(self.view.text(note["text"]))
        return FeePlan(tuple(steps), self.currency, self.buyer, tuple(self.warnings))

    # -- conditions

    def _holds(self, line: Mapping[str, Any]) -> bool:
        """Whether a line or note applies to these options on this date."""
        if line["when"] and not any(self.view.has(fact) for fact in line["when"]):
            return False
        if any(self.view.has(fact) for fact in line["unless"]):
            return False
        return not line["fulfilment"] or self.options.fulfilment in line["fulfilment"]

    def _applies(self, line: Mapping[str, Any]) -> bool:
        chosen = {"plan": self.options.plan, "store": self.options.store}
        if any(line[key] and value not in line[key] for key, value in chosen.items()):
            return False
        if line["id"].startswith(PAYOUT) and not self.options.payout:
            return False
        if line["categories"] and self.category not in line["categories"]:
            return False
        if self.category in line["not_categories"]:
            return False
        return self._holds(line) and _in_season(line["season"], self.view.date.strftime("%m-%d"))

    # -- one line

    def _line(self, line: Mapping[str, Any]) -> Step | None:
        if not self._applies(line):
            return None
        label = self.labels[line["id"]] = text_of(line["label"])
        if line["kind"] == "unknown":
            why = self.view.unknown(line["id"], line["unknown"], site=self.name)
            return UnknownStep(line["id"], line["series"], label, why)
        if line["typed"] == "rate" and self.options.commission_rate is not None:
            return self._percent(line, label, None, None)
        if line["typed"] == "fixed" and self.options.fixed_fee is not None:
            self.fixed_replaced = True
            return self._typed_fixed(line["id"], label)
        if line["kind"] == "fba":
            return self._fba(line, label)
        choice = self._choice(line)
        ref, found = self._first(choice["facts"]) if choice else (None, None)
        if ref is None or not isinstance(found, Reading):
            return self._missing(line, label, choice, found)
        if ref["note"]:
            self._warn(self.view.text(ref["note"]))
        if line["kind"] == "percent":
            return self._percent(line, label, ref, found)
        return self._amount(line, label, ref, found)

    def _choice(self, line: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """The facts for this category and buyer: the first choice that fits."""
        for choice in line["choices"]:
            country = choice.get("countries")
            if country and not (self.view.has(country) and _names(self.view, country, self.buyer)):
                continue
            if choice["categories"] and self.category not in choice["categories"]:
                continue
            return dict(choice)
        return {"facts": line["facts"], "unknown": ""} if line["facts"] else None

    def _first(
        self, refs: Sequence[Mapping[str, Any]]
    ) -> tuple[Mapping[str, Any] | None, Reading | Unknown | None]:
        """The first fact that answers (a typed one before all others), else the first one's Unknown."""
        for ref in refs:
            if ref["fact"] in self.view.overrides:
                return ref, self.view.read(ref["fact"])
        for ref in refs:
            if self.view.has(ref["fact"]):
                return ref, self.view.read(ref["fact"])
        return None, self.view.read(refs[0]["fact"]) if refs else None

    def _missing(
        self,
        line: Mapping[str, Any],
        label: Text,
        choice: Mapping[str, Any] | None,
        found: Reading | Unknown | None,
    ) -> Step | None:
        if line["optional"]:
            return None
        if choice and choice["unknown"]:
            found = self.view.unknown(line["id"], choice["unknown"], site=self.name)
        if not isinstance(found, Unknown):
            found = self.view.unknown(line["id"], "fees.no-rate", site=self.name)
        return UnknownStep(line["id"], line["series"], label, found)

    def _percent(
        self, line: Mapping[str, Any], label: Text, ref: Mapping[str, Any] | None, found: Reading | None
    ) -> Step:
        if ref is None or found is None:
            assert self.options.commission_rate is not None
            rate = self.options.commission_rate
            lows = highs = Bands((OPEN,), (ppm(rate),))
            below: tuple[bool, ...] = ()
            data, marginal = (Datum(self.words.rate, plain(rate), both("%"), "typed"),), False
        else:
            lows, highs = rate_bands(found, ref, self.currency)
            below = tuple(row[1] for row in _rows(found, ref))
            marginal = _marginal(found, ref)
            data = (fact_datum(found, shown(found, ref), both("×" if _multiplier(found, ref) else "%")),)
            self._range_warning(label, lows, highs)
        return RateStep(
            line["id"], line["series"], label, self.currency, tuple(line["base"]), highs, lows, self.words,
            dict(self.labels), data, marginal, _parts(found, ref), below, line["per"] == "item", tuple(line["less"]),
            None if self.category in line["no_minimum"] else self._limit(line["minimum"]), self._limit(line["maximum"]),
            self._limit(line["monthly_minimum"], "USD"),
        )  # fmt: skip

    def _range_warning(self, label: Text, lows: Bands, highs: Bands) -> None:
        """Says once that sources give a range: the band matters to the user only where its ends differ."""
        if lows.values == highs.values:
            return
        if len(highs.values) > 1:
            self._warn(self.view.text("fees.range-tiers", label=label))
            return
        low, high = (plain(Decimal(band.values[0]) / 10_000) for band in (lows, highs))
        self._warn(self.view.text("fees.range-warning", label=label, low=low, high=high))

    def _limit(self, refs: Sequence[Mapping[str, Any]], currency: str = "") -> Limit | None:
        ref, found = self._first(refs)
        if ref is None or not isinstance(found, Reading):
            return None
        code = currency or self.currency
        return Limit(minor(_number(found, ref), code), code, found)

    def _amount(self, line: Mapping[str, Any], label: Text, ref: Mapping[str, Any], found: Reading) -> Step:
        currency = line["currency"] or self.currency
        bands = amount_bands(found, ref, currency)
        data = (fact_datum(found, shown(found, ref), both(currency)),)
        months = int(line["months"]) if line["kind"] == "monthly" else 0
        return AmountStep(
            line["id"], line["series"], label, currency, bands, self.words, data, tuple(line["base"]),
            line["per"] == "item", months,
        )  # fmt: skip

    def _typed_fixed(self, line_id: str, label: Text) -> Step:
        fee = self.options.fixed_fee
        assert fee is not None
        bands = Bands((OPEN,), (minor(fee, self.currency),))
        data = (Datum(self.words.fixed, plain(fee), both(self.currency), "typed"),)
        return AmountStep(line_id, "platform", label, self.currency, bands, self.words, data)

    def _fba(self, line: Mapping[str, Any], label: Text) -> Step | None:
        # most orders are sent by the seller: the cards are loaded for those that are not
        from desktop.engine.fba import compile_card

        readings: dict[str, Reading] = {}
        for name, ref in line["tables"].items():
            found = self.view.read(ref["fact"])
            if isinstance(found, Reading):
                if found.typed and not name.startswith("threshold"):
                    # what a user types for a card is the fee of one piece
                    return self._amount({**line, "per": "item"}, label, ref, found)
                readings[name] = found
            elif not _may_lack(line["card"], name):
                return UnknownStep(line["id"], line["series"], label, found)
        keys = {name: ref["key"] for name, ref in line["tables"].items()}
        return compile_card(
            self.view,
            line["card"],
            line["id"],
            label,
            self.currency,
            readings,
            self.category or "other",
            keys,
        )

    def _warn(self, text: Text) -> None:
        if text not in self.warnings:
            self.warnings.append(text)


def _may_lack(card: str, table: str) -> bool:
    """Tables of a card without which the rest still answers."""
    if card == "jp":
        return table != "small"
    return table in ("apparel_small", "apparel_large", "selected")


def _in_season(season: Sequence[str], day: str) -> bool:
    """Whether a day (mm-dd) lies in a season that may run over the new year."""
    if not season:
        return True
    first, last = season
    return first <= day <= last if first <= last else day >= first or day <= last


# ---------------------------------------------------------------- facts to integers


def _entry(reading: Reading, key: str) -> Any:
    """One entry of a fact's map or list by a dotted key; what the user typed stands for any entry."""
    at = reading.raw
    if reading.typed and isinstance(at, str):
        return at
    for part in key.split(".") if key else ():
        at = at[int(part)] if isinstance(at, list) else at[part]
    return at


def _number(reading: Reading, ref: Mapping[str, Any]) -> Decimal:
    return Decimal(_entry(reading, ref["key"]))


def _rows(reading: Reading, ref: Mapping[str, Any]) -> list[tuple[Decimal | None, bool, Decimal, Decimal]]:
    """A rate as rows of bound (None: open), whether the bound itself is out, lowest and highest value."""
    if ref["low"] and not reading.typed:
        return [(None, False, Decimal(_entry(reading, ref["low"])), Decimal(_entry(reading, ref["high"])))]
    raw = _entry(reading, ref["key"])
    if isinstance(raw, str):
        return [(None, False, Decimal(raw), Decimal(raw))]
    if isinstance(raw, Mapping):
        return [(None, False, Decimal(raw["low"]), Decimal(raw["high"]))]
    rows = []
    for row in raw:
        bound = row.get("up_to", row.get("below"))
        low, high = row.get("low", row.get("value")), row.get("high", row.get("value"))
        rows.append((None if bound is None else Decimal(bound), "below" in row, Decimal(low), Decimal(high)))
    if ref["span"]:
        return [(None, False, min(row[2] for row in rows), max(row[3] for row in rows))]
    return rows


def rate_bands(reading: Reading, ref: Mapping[str, Any], currency: str) -> tuple[Bands, Bands]:
    """A fact's rates as bands of the lowest and the highest rate (ppm), bounds in minor units."""
    rows = _rows(reading, ref)
    bounds = tuple(
        OPEN if bound is None else minor(bound, currency) - (1 if below else 0) for bound, below, _, _ in rows
    )
    over = _multiplier(reading, ref)
    take, scale = (Decimal(1), Decimal(100)) if over else (Decimal(0), Decimal(1))
    lows = tuple(ppm((low - take) * scale) for _, _, low, _ in rows)
    highs = tuple(ppm((high - take) * scale) for _, _, _, high in rows)
    return Bands(bounds, lows), Bands(bounds, highs)


def amount_bands(reading: Reading, ref: Mapping[str, Any], currency: str) -> Bands:
    """A fact's amounts as bands in minor units."""
    rows = _rows(reading, ref)
    bounds = tuple(
        OPEN if bound is None else minor(bound, currency) - (1 if below else 0) for bound, below, _, _ in rows
    )
    return Bands(bounds, tuple(minor(high, currency) for _, _, _, high in rows))


def _multiplier(reading: Reading, ref: Mapping[str, Any]) -> bool:
    """Whether the value is 1.02 for 2 percent on top; a typed one only where it lies close to one."""
    return bool(ref["over_one"]) and (
        not reading.typed or Decimal(1) <= Decimal(str(reading.raw)) < Decimal("1.5")
    )


def _marginal(reading: Reading, ref: Mapping[str, Any]) -> bool:
    mode = ref.get("tiers") or reading.fact.tiers
    return mode == "marginal" and isinstance(_entry(reading, ref["key"]), list)


def _parts(reading: Reading | None, ref: Mapping[str, Any] | None) -> tuple[bool, ...]:
    """Which tiers are marked `part`: above a bound the rate holds for what exceeds it only."""
    raw = _entry(reading, ref["key"]) if reading and ref else None
    if not isinstance(raw, list) or not any(row.get("part") for row in raw):
        return ()
    return tuple(bool(row.get("part")) for row in raw)


def shown(reading: Reading, ref: Mapping[str, Any]) -> str:
    """A fact's value in short: `≤ 15: 5 · ≤ 20: 10 · > 20: 17`, `5–8`."""
    steps = []
    for bound, below, low, high in _rows(reading, ref):
        value = plain(low) if low == high else f"{plain(low)}–{plain(high)}"
        steps.append((None if bound is None else plain(bound), below, value))
    return tiers_text(steps)


# ---------------------------------------------------------------- steps


class Words(Struct, frozen=True, eq=False):
    """The sentences that steps say about single orders, with their blanks open."""

    range_: Text
    at_least: Text
    at_most: Text
    proceeds: Text
    rate: Text
    fixed: Text
    no_price: Text
    base_unknown: Text
    no_orders: Text

    @classmethod
    def of(cls, view: View) -> Words:
        keys = (
            "range", "at-least", "at-most", "proceeds", "typed-rate", "typed-fixed", "no-price",
            "base-unknown", "no-orders",
        )  # fmt: skip
        return cls(*(text_of(view.book.texts[f"fees.{key}"]) for key in keys))


class Limit(Struct, frozen=True, eq=False):
    """A smallest or largest fee in minor units of its currency, and the fact that says so."""

    units: int
    currency: str
    reading: Reading


def orders_of(ledger: Ledger) -> Ints:
    """Orders a month; zero where not known."""
    return ledger.numbers.get("monthly_orders", np.zeros(ledger.n, dtype=np.int64))


class RateStep(Struct, frozen=True, eq=False):
    """A percentage of the order or of its pieces, by whole-price or marginal tiers, with minimum and maximum.

    The tier of an item is found by the price of one piece: bounds and limits are multiplied by the pieces.
    """

    id: str
    series: Series
    label: Text
    currency: str
    bases: tuple[str, ...]
    bands: Bands
    lows: Bands
    words: Words
    labels: Mapping[str, Text]
    """Names of the lines before this one, for a percentage of a line."""
    data: tuple[Datum, ...] = ()
    marginal: bool = False
    parts: tuple[bool, ...] = ()
    """Bands of whole-price tiers whose rate is taken on the part above their lower bound, the rest at the band before."""
    below: tuple[bool, ...] = ()
    """Bands whose bound itself lies in the next one: `bands` hold the last minor unit before it, of one piece."""
    per_item: bool = False
    less: tuple[str, ...] = ()
    minimum: Limit | None = None
    maximum: Limit | None = None
    monthly_minimum: Limit | None = None
    payer: Payer = "seller"

    def run(self, ledger: Ledger) -> Column:
        base = self.base(ledger)
        count = self._count(ledger)
        units = self._marginal(base.units, count) if self.marginal else self._whole(base.units, count)
        known = base.known
        if self.minimum:
            units = np.where(base.units > 0, np.maximum(units, self.minimum.units * count), units)
        if self.maximum:
            units = np.minimum(units, self.maximum.units * count)
        if self.monthly_minimum:
            least, sure = self._monthly(ledger)
            units, known = np.maximum(units, least), known & sure
        return Column(units, known, self.currency)

    def explain(self, ledger: Ledger, i: int) -> Explanation:
        base = self.base(ledger)
        if not base.known[i]:
            return Explanation(self.data, EMPTY, self._why(ledger, i))
        if self.monthly_minimum and not self._monthly(ledger)[1][i]:
            return Explanation(self.data, EMPTY, Unknown("monthly_orders", self.words.no_orders))
        amount, count = int(base.units[i]), self._count_of(ledger, i)
        text = self._text(amount, count)
        units = int(self.run(ledger).units[i])
        data = (*self._inputs(ledger, i, base), *self.data)
        least, most = self._least(ledger, i), self._most(count)
        for limit, words in ((least, self.words.at_least), (most, self.words.at_most)):
            if limit and units == limit[0]:
                text = words.format(text=text, limit=money_text(limit[0], self.currency))
                amount_text = f"{major(limit[1].units, limit[1].currency):f}"
                data = (*data, fact_datum(limit[1].reading, amount_text, both(limit[1].currency)))
        return Explanation(data, text)

    # -- parts

    def base(self, ledger: Ledger) -> Column:
        """The amount that the rate is taken on, less what is taken off first."""
        names = [name for name in self.bases if name in ledger.money or name in ledger.lines]
        if not names or (self.bases[0] == "price" and not ledger.has("price")):
            return Column.unknown(self.currency, ledger.n)
        base = ledger.sum(names, self.currency)
        units = base.units
        for name, line in ledger.lines.items():
            if name.split(".")[0] in self.less and name not in ledger.buyers:
                part = ledger.in_currency(line, self.currency)
                # an unknown fee is not taken off: the payout is then counted too high, never too low
                units = units - np.where(part.known, part.units, 0)
        return Column(np.maximum(units, 0), base.known, self.currency)

    def _count(self, ledger: Ledger) -> Ints | int:
        """How many pieces the tiers and limits of one piece are for."""
        return pieces_of(ledger) if self.per_item else 1

    def _count_of(self, ledger: Ledger, i: int) -> int:
        return int(pieces_of(ledger)[i]) if self.per_item else 1

    def _whole(self, base: Ints, count: Ints | int) -> Ints:
        index = np.zeros_like(base)
        for at in range(len(self.bands.bounds) - 1):
            index += base > self._last(at, count)
        fee = share(base, np.asarray(self.bands.values, dtype=np.int64)[index])
        for at, part in enumerate(self.parts):
            if part:
                lower = self.bands.bounds[at - 1] * count
                split = lower * self.bands.values[at - 1] + (base - lower) * self.bands.values[at]
                fee = np.where(index == at, half_up(split, 1_000_000), fee)
        return fee

    def _last(self, at: int, count: Any) -> Any:
        """The last amount of a band for so many pieces: 12 pieces for 239.99 are below 20.00 each."""
        under = bool(self.below) and self.below[at]
        return (self.bands.bounds[at] + under) * count - under

    def _marginal(self, base: Ints, count: Ints | int) -> Ints:
        total = np.zeros_like(base)
        lower = 0
        for bound, rate in zip(self.bands.bounds, self.bands.values, strict=True):
            part = np.maximum(base - lower * count, 0)
            if bound != OPEN:
                part = np.minimum(part, (bound - lower) * count)
                lower = bound
            total += part * rate
        return half_up(total, 1_000_000)

    def _monthly(self, ledger: Ledger) -> tuple[Ints, Bools]:
        """The share of one order in the smallest charge of a month, and where the orders are known."""
        assert self.monthly_minimum is not None
        orders = orders_of(ledger)
        least = half_up(np.full(ledger.n, self.monthly_minimum.units, dtype=np.int64), np.maximum(orders, 1))
        column = ledger.in_currency(Column(least, orders > 0, self.monthly_minimum.currency), self.currency)
        return column.units, column.known

    def _least(self, ledger: Ledger, i: int) -> tuple[int, Limit] | None:
        if self.monthly_minimum:
            return int(self._monthly(ledger)[0][i]), self.monthly_minimum
        return (self.minimum.units * self._count_of(ledger, i), self.minimum) if self.minimum else None

    def _most(self, count: int) -> tuple[int, Limit] | None:
        return (self.maximum.units * count, self.maximum) if self.maximum else None

    def _inputs(self, ledger: Ledger, i: int, base: Column) -> tuple[Datum, ...]:
        if self.less:
            left = f"{major(int(base.units[i]), self.currency):f}"
            return (Datum(self.words.proceeds, left, both(self.currency), "computed"),)
        return tuple(
            self._datum(ledger, name, i) for name in self.bases if ledger.has(name) or name in ledger.lines
        )

    def _datum(self, ledger: Ledger, name: str, i: int) -> Datum:
        if name in ledger.money:
            return ledger.datum(name, i)
        line = ledger.lines[name]
        amount = f"{major(int(line.units[i]), line.currency):f}"
        return Datum(self.labels.get(name, both(name)), amount, both(line.currency), "computed")

    def _text(self, amount: int, count: int) -> Text:
        if self.marginal:
            return both(self._marginal_text(amount, count))
        at = sum(amount > self._last(k, count) for k in range(len(self.bands.bounds) - 1))
        low, high = self.lows.values[at], self.bands.values[at]
        if self.parts and self.parts[at]:
            lower = self.bands.bounds[at - 1] * count
            first = f"{money_text(lower, self.currency)} × {percent_text(self.bands.values[at - 1])}"
            return both(f"{first} + {money_text(amount - lower, self.currency)} × {percent_text(high)}")
        text = both(f"{money_text(amount, self.currency)} × {percent_text(high)}")
        if low == high:
            return text
        ends = {"low": plain(Decimal(low) / 10_000), "high": plain(Decimal(high) / 10_000)}
        return joined((text, self.words.range_.format(**ends)), "", "")

    def _marginal_text(self, amount: int, count: int) -> str:
        parts: list[str] = []
        lower = 0
        for bound, rate in zip(self.bands.bounds, self.bands.values, strict=True):
            upper = amount if bound == OPEN else min(amount, bound * count)
            if upper > lower or not parts:
                parts.append(f"{money_text(upper - lower, self.currency)} × {percent_text(rate)}")
            if bound == OPEN or amount <= bound * count:
                break
            lower = bound * count
        return " + ".join(parts)

    def _why(self, ledger: Ledger, i: int) -> Unknown:
        for name in self.bases:
            if name in ledger.money and ledger.money[name].known[i]:
                found = ledger.exchange.rate(ledger.money[name].currency, self.currency)
                if ledger.money[name].currency != self.currency and isinstance(found, Unknown):
                    return found
            if name in ledger.lines and not ledger.lines[name].known[i]:
                return Unknown(name, self.words.base_unknown.format(line=self.labels.get(name, both(name))))
        return Unknown("price", self.words.no_price)


class AmountStep(Struct, frozen=True, eq=False):
    """A fixed amount by the band of the order: an order, a piece, or a month's share (`months` > 0)."""

    id: str
    series: Series
    label: Text
    currency: str
    bands: Bands
    words: Words
    data: tuple[Datum, ...] = ()
    bases: tuple[str, ...] = ()
    per_item: bool = False
    months: int = 0
    payer: Payer = "seller"

    def run(self, ledger: Ledger) -> Column:
        base, known = self._base(ledger)
        units = self.bands.whole(base)
        if self.per_item:
            units = units * pieces_of(ledger)
        if self.months:
            orders = orders_of(ledger)
            # a fee of nothing is nothing an order, however many there are
            known = known & ((orders > 0) | (units == 0))
            units = half_up(units, np.maximum(orders, 1) * self.months)
        return Column(np.where(known, units, 0), known, self.currency)

    def explain(self, ledger: Ledger, i: int) -> Explanation:
        base, known = self._base(ledger)
        if not known[i]:
            return Explanation(self.data, EMPTY, Unknown("price", self.words.no_price))
        units = int(self.bands.whole(base)[i])
        text, data = money_text(units, self.currency), self.data
        if self.per_item:
            text = f"{text} × {int(pieces_of(ledger)[i])}"
        if self.months and units:
            orders = int(orders_of(ledger)[i])
            if orders <= 0:
                return Explanation(self.data, EMPTY, Unknown("monthly_orders", self.words.no_orders))
            data = (*data, ledger.datum("monthly_orders", i))
            text = f"{text} ÷ {orders}" if self.months == 1 else f"{text} ÷ ({self.months} × {orders})"
        return Explanation(data, both(text))

    def _base(self, ledger: Ledger) -> tuple[Ints, Bools]:
        if not self.bases:
            return np.zeros(ledger.n, dtype=np.int64), np.ones(ledger.n, dtype=np.bool_)
        if not ledger.has("price"):
            return np.zeros(ledger.n, dtype=np.int64), np.zeros(ledger.n, dtype=np.bool_)
        column = ledger.sum(self.bases, self.currency)
        return column.units, column.known
