"""One service to one destination with one parcel: its limits, its zones, its price list of the day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from desktop.core.facts import Reading, Unknown, Value, View
from desktop.core.money import decimals
from desktop.core.places import in_sentence, place
from desktop.core.text import Text, text_of
from desktop.core.words import weight
from desktop.engine.exchange import ViewExchange
from desktop.engine.freight.bands import PriceBands, bands_from
from desktop.engine.freight.plan import SIDES, VOLUME, WM_DIVISOR, WM_FACT, FreightOptions
from desktop.engine.freight.steps import FreightStep, Words
from desktop.engine.freight.weighing import Parcel, Volume, Weighing
from desktop.engine.kernel import HOME, OPEN, Ledger, converted


class Price(Struct, frozen=True, dict=True, eq=False):
    """A price list found for a lane: its rows, terms and the facts that it stands on."""

    rows: tuple[Mapping[str, str], ...]
    terms: Mapping[str, str]
    currency: str
    readings: tuple[Reading, ...] = ()
    entry: Mapping[str, Any] | None = None
    product: str | None = None
    others: tuple[tuple[Mapping[str, str], ...], ...] = ()

    divisor: int = WM_DIVISOR
    """Of a list by the cubic metre: cm³ that count as a kilogram."""

    @cached_property
    def bands(self) -> PriceBands:
        return bands_from(self.rows, self.terms, self.divisor)

    @property
    def cubic(self) -> bool:
        """Whether the list goes by the cubic metre."""
        return any(row.get("per_cbm") for row in self.rows)

    @property
    def suspended(self) -> bool:
        return bool(self.rows) and all(row.get("suspended") for row in self.rows)


class Missed(Struct, frozen=True, eq=False):
    """No price list: why, and whether the list that there is leaves the destination out."""

    unknown: Unknown
    left_out: Reading | None = None


class Lane(Struct, frozen=True, dict=True, eq=False):
    """One service to one destination for one parcel, on a view."""

    view: View
    service: str
    rule: Mapping[str, Any]
    to: str
    parcel: Parcel
    options: FreightOptions

    @property
    def name(self) -> Text:
        return text_of({"en": self.rule["en"], "zh": self.rule["zh"]})

    @property
    def place(self) -> Text:
        """The destination as a sentence names it; by its code where the rules have no name."""
        return in_sentence(place(self.view.book, self.to))

    def here(self, places: Sequence[str] | None) -> bool:
        """Whether the destination is among countries or groups; no places means everywhere."""
        groups = self.view.rules("freight")["groups"]
        return not places or any(self.to == place or self.to in groups.get(place, ()) for place in places)

    def fact(self, fact_id: str | None) -> Reading | None:
        """A fact where it is in force; not asking for it otherwise keeps the trace free of what does not apply."""
        if fact_id is None or not self.view.has(fact_id):
            return None
        found = self.view.read(fact_id)
        return found if isinstance(found, Reading) else None

    def limit(self, limit: Mapping[str, Any] | None, unit: str, per_unit: int) -> tuple[int, Reading] | None:
        """A limit in grams or millimetres with its fact; None where it is not known or not for this destination."""
        if limit is None or not self.here(limit.get("to")):
            return None
        reading = self.fact(limit["fact"])
        if reading is None:
            return None
        raw = reading.raw
        if isinstance(raw, list):
            exact = [row for row in raw if self.to in row["dest"]] or [
                row for row in raw if "*" in row["dest"]
            ]
            if not exact:
                return None
            raw = exact[0][unit]
        return int(Decimal(raw) * per_unit), reading

    def later_limits(self, key: str, unit: str, per_unit: int) -> Iterator[tuple[int, Value]]:
        """Limits that are not known yet at the date of the view, with the first value that is."""
        for limit in self.rule.get(key, ()):
            fact = self.view.book.fact(limit["fact"])
            if not self.here(limit.get("to")) or self.view.has(fact.id) or not fact.values:
                continue
            first = fact.values[0]
            if self.view.date < first.start.first and isinstance(first.raw, str):
                yield int(Decimal(first.raw) * per_unit), first

    def limits(self, key: str, unit: str, per_unit: int) -> Iterator[tuple[int, Reading, str]]:
        for limit in self.rule.get(key, ()):
            found = self.limit(limit, unit, per_unit)
            if found:
                yield (*found, limit.get("per", "order"))

    # ------------------------------------------------------------------ price list
    def price(self) -> Price | Missed:
        """The price list for the lane: the user's, else the first that fits; one that holds the weight comes first."""
        if self.options.rows is not None:
            return self._own(self.options.rows)
        fallback: Price | None = None
        missed: list[Missed] = []
        for entry in self.entries():
            found = self.listed(entry)
            if isinstance(found, Missed):
                missed.append(found)
            elif self.holds(found):
                return found
            else:
                fallback = fallback or found
        if fallback:
            return fallback
        left_out = next((miss for miss in missed if miss.left_out), None)
        return left_out or (missed[0] if missed else Missed(self._no_list()))

    def entries(self) -> list[Mapping[str, Any]]:
        """Price lists in the order of the rules; those for special goods last where the category is not known."""
        entries = list(self.rule.get("prices", ()))
        return (
            entries
            if self.parcel.category
            else sorted(entries, key=lambda entry: bool(entry.get("categories")))
        )

    def _no_list(self, fact: str | None = None) -> Unknown:
        why = self.view.text("freight.no-list", service=self.name, to=self.place, date=self.view.date)
        return Unknown("freight", why, fact, self.view.date)

    def _own(self, given: Sequence[Mapping[str, str]]) -> Price | Missed:
        rows = tuple(row for row in given if row.get("service") == self.service and row.get("to") == self.to)
        if not rows:
            return Missed(
                self.view.unknown("freight", "freight.no-own-row", service=self.name, to=self.place)
            )
        terms = {"divisor": rows[0]["divisor"]} if rows[0].get("divisor") else {}
        return self._measured(Price(rows, terms, rows[0].get("currency") or HOME))

    def _measured(self, price: Price) -> Price:
        """A list by the cubic metre with what a cubic metre counts for: as typed, as the list says, else a tonne."""
        if not price.cubic:
            return price
        return replace(price, divisor=self.options.divisor or int(price.terms.get("divisor", WM_DIVISOR)))

    def listed(self, entry: Mapping[str, Any]) -> Price | Missed:
        """One price list of the rules: in force, for these goods, to this destination."""
        goods, categories = entry.get("goods"), entry.get("categories")
        if goods and self.parcel.goods_class not in goods:
            word = self.view.text(f"freight.goods.{self.parcel.goods_class}")
            why = self.view.text(
                "freight.no-list-goods", service=self.name, to=self.place, goods=word, date=self.view.date
            )
            return Missed(Unknown("freight", why, None, self.view.date))
        readings = self._tables(entry)
        if not readings:
            return Missed(self._no_list(entry["tables"][0]))
        tables = [self.view.book.rates[reading.raw] for reading in readings]
        rows, terms = self.rows_of(entry), self.terms_of(entry)
        if not rows:
            return Missed(self._no_list(readings[0].id), readings[0] if "complete" in terms else None)
        if categories and self.parcel.category and self.parcel.category not in categories:
            label = text_of(entry["label"])
            why = self.view.text(
                "freight.no-list-category", service=self.name, label=label, date=self.view.date
            )
            return Missed(Unknown("freight", why, None, self.view.date))
        found = Price(rows, terms, tables[0]["currency"], tuple(readings), entry)
        variant = self._variant(found)
        return variant if isinstance(variant, Missed) else self._measured(variant)

    def _tables(self, entry: Mapping[str, Any]) -> list[Reading]:
        """The rate tables of a price list that are in force."""
        return [reading for table in entry["tables"] if (reading := self.fact(table))]

    def rows_of(self, entry: Mapping[str, Any]) -> tuple[Mapping[str, str], ...]:
        """The rows of a price list to the destination, each with the table that it stands in."""
        tables = [self.view.book.rates[reading.raw] for reading in self._tables(entry)]
        return tuple({**row, "table": table["id"]} for table in tables for row in self._rows(table["rows"]))

    def terms_of(self, entry: Mapping[str, Any]) -> Mapping[str, str]:
        """The terms of a price list: those of its first table; none where none is in force."""
        for reading in self._tables(entry)[:1]:
            terms: Mapping[str, str] = self.view.book.rates[reading.raw].get("rule", {})
            return terms
        return {}

    def _rows(self, rows: Sequence[Mapping[str, str]]) -> tuple[Mapping[str, str], ...]:
        """Rows to the destination; else of the rest of the EU; else of all others, as the list groups them."""
        for name in (self.to, "EU_OTHER", "OTHER"):
            if name == "EU_OTHER" and self.to not in self.view.rules("freight")["groups"]["EU_OTHER"]:
                continue
            found = tuple(row for row in rows if row["to"] == name)
            if found:
                return found
        return ()

    def _variant(self, price: Price) -> Price | Missed:
        """The rows of one zone or product, and of one band of parcel prices where the list has such bands."""
        rows = price.rows
        if any(row.get("price_from") for row in rows):
            paid = self._paid(price.terms["price_currency"])
            if isinstance(paid, Unknown):
                return Missed(paid)
            rows = tuple(r for r in rows if Decimal(r["price_from"]) <= paid <= Decimal(r["price_to"]))
        products = list(dict.fromkeys(row.get("product", "") for row in rows))
        entry = price.entry or {}
        if self.options.product is not None and self.options.product not in products:
            names = ", ".join(name for name in products if name)
            said = {"service": self.name, "product": self.options.product, "products": names or "-"}
            return Missed(self.view.unknown("freight", "freight.no-product", **said))
        wanted = (entry.get("product"), self.options.product, price.terms.get("product"), *products[:1])
        chosen = next((product for product in wanted if product in products), None)
        if chosen is None or (entry.get("product") and chosen != entry["product"]):
            return Missed(self._no_list(price.readings[0].id))
        split = {product: tuple(r for r in rows if r.get("product", "") == product) for product in products}
        others = () if "quote" in price.terms else tuple(split[p] for p in products if p != chosen)
        return replace(price, rows=split[chosen], product=chosen or None, others=others)

    def _paid(self, currency: str) -> Decimal | Unknown:
        """The price of the parcel in a currency, rounded up to whole units: bands of Ozon go by whole roubles."""
        price = self.parcel.price
        if price is None:
            return self.view.unknown("price", "freight.no-price-given", currency=currency)
        rate = ViewExchange(self.view).rate(price.currency, currency)
        if isinstance(rate, Unknown):
            return rate
        units = converted(np.asarray([price.units], dtype=np.int64), rate[0], price.currency, currency)
        return Decimal(-(-int(units[0]) // 10 ** decimals(currency)))

    def holds(self, price: Price) -> bool:
        if self.parcel.order_g is None:
            return True
        return self.unit_cost(price) is not None

    # ------------------------------------------------------------------ weighing
    def weighing(self, price: Price | None) -> Weighing:
        steps, reading = self._steps(price)
        return Weighing(self._volume(price), steps, reading)

    def _steps(self, price: Price | None) -> tuple[tuple[tuple[int, int], ...], Reading | None]:
        """Typed step, else that of the price list, else that of the service, else grams."""
        if self.options.step_g:
            return ((OPEN, self.options.step_g),), None
        terms = price.terms if price else {}
        if "step_to_g" in terms:
            return ((int(terms["step_to_g"]), int(terms["step_g"])), (OPEN, int(terms["step_above_g"]))), None
        if "step_g" in terms:
            return ((OPEN, int(terms["step_g"])),), None
        reading = self.fact(self.rule.get("step"))
        if reading is None:
            return ((OPEN, 1),), None
        kilograms = [
            (OPEN if tier.up_to is None else int(tier.up_to * 1000), int(tier.value * 1000))
            for tier in reading.steps()
        ]
        return tuple(kilograms), reading

    def _volume(self, price: Price | None) -> Volume | None:
        """The rule of volume as the user has it counted; by the cubic metre volume always counts in full."""
        if price and price.cubic:
            stated = self.options.divisor or "divisor" in price.terms
            reading = next(iter(price.readings), None) if stated else self.fact(WM_FACT)
            return Volume(price.divisor, reading=None if self.options.divisor else reading)
        found = self._stated_volume(price)
        return replace(found, counted=self.options.volume_mode) if found else None

    def _stated_volume(self, price: Price | None) -> Volume | None:
        """Typed divisor, else that of the price list, else the rule of the service in force at the date."""
        if self.options.divisor is not None:
            return Volume(self.options.divisor) if self.options.divisor > 0 else None
        listed = price.terms.get("divisor") if price else None
        if price and listed is not None:
            return (
                None
                if listed in ("none", "0")
                else Volume(int(listed), reading=next(iter(price.readings), None))
            )
        rule = next((rule for rule in self.rule.get("volumetric", ()) if self.here(rule.get("to"))), None)
        reading = next((r for fact in rule["divisors"] if (r := self.fact(fact))), None) if rule else None
        if rule is None or reading is None or reading.decimal() <= 0:
            return None
        divisor = int(reading.decimal())
        if rule["mode"] == "always":
            return Volume(divisor, reading=reading)
        side = self.fact(rule["side"])
        if side is None:
            return None
        terms = side.raw
        at_least = int(terms["at_least"]) * 10 if "at_least" in terms else int(terms["over"]) * 10 + 1
        return Volume(divisor, rule["mode"], at_least, int(terms.get("above_percent", 100)), reading)

    def volumetric_g(self) -> int:
        """Grams by the volume that a consignment fills: a large light one is no small one. Zero where not known."""
        divisor, cubic = self.stated_divisor(), self.parcel.cubic_mm3
        return -(-cubic // divisor) if divisor and cubic else 0

    def stated_divisor(self) -> int:
        """The divisor in cm³ per kg that the service states; 0 where it states none."""
        volume = self._stated_volume(None)
        return volume.divisor if volume else 0

    # ------------------------------------------------------------------ steps
    @cached_property
    def _steps_made(self) -> dict[int, tuple[Price, FreightStep]]:
        return {}

    def step(self, price: Price) -> FreightStep:
        """The step of a price list; made once for a list that is asked whether it holds the parcel and then priced."""
        kept = self._steps_made.get(id(price))
        if kept is None:
            kept = self._steps_made[id(price)] = (price, self._step(price))
        return kept[1]

    def _step(self, price: Price) -> FreightStep:
        words = replace(Words.of(self.view), no_band=self._no_band(price))
        caps = {"order": OPEN, "piece": OPEN}
        for grams, _, per in self.limits("weight", "kg", 1000):
            caps[per] = min(caps[per], grams)
        return FreightStep(
            self.view.text("freight.line.freight"), price.currency, self.weighing(price), price.bands, words,
            price.readings, caps["order"], caps["piece"], int(price.terms.get("from_g", 0)),
        )  # fmt: skip

    def _no_band(self, price: Price) -> Text:
        if "quote" in price.terms:
            words, quoted = text_of(self.view.book.texts["freight.quote-only"]), quoted_text(price)
            return Text(words.en.replace("{quoted}", quoted.en), words.zh.replace("{quoted}", quoted.zh))
        return text_of(self.view.book.texts["freight.no-band"])

    def ledger(self) -> Ledger:
        """The parcel as a batch of one."""
        parcel = self.parcel
        given: dict[str, int] = {} if parcel.weight_g is None else {"weight_g": parcel.weight_g}
        given |= {"pieces": parcel.pieces}
        if parcel.dims_mm:
            given |= dict(zip(SIDES, parcel.dims_mm, strict=True))
        if parcel.volume_mm3:
            given[VOLUME] = parcel.volume_mm3
        numbers = {name: np.asarray([value], dtype=np.int64) for name, value in given.items()}
        return Ledger(1, HOME, ViewExchange(self.view), {}, numbers)

    def unit_cost(self, price: Price) -> int | None:
        """What the parcel costs by a price list, in minor units of its currency; None where it has no price."""
        scales = self.parcel.scales
        column = None if scales is None else self.step(price).price(scales)
        return int(column.units[0]) if column is not None and column.known[0] else None


def quoted_text(price: Price) -> Text:
    """The weight of the one parcel that an agent quoted."""
    return weight(int(price.rows[0]["min_g"]))
