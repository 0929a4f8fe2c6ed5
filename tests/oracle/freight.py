"""What a service asks for carrying an order, and what closes it, from data/rules/freight and the price lists.

Weights are grams, sides millimetres. Cubic millimetres over a divisor in cm³ per kg are grams.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from oracle.order import Sku
from oracle.rules import HUNDRED, Charge, Rules, Tier, cents, percentage, tiers_of, up

TONNE_CM3_PER_KG = Decimal(1000)
"""A cubic metre counts as a tonne where a list by the cubic metre says nothing else."""
GROUPS = ("EU_OTHER", "OTHER")
"""Under which names a list keeps the destinations that have no rows of their own."""


@dataclass(frozen=True)
class Band:
    """A row of a price list: from and to how many grams, and what is paid."""

    from_g: Decimal
    to_g: Decimal | None
    per_kg: Decimal
    per_item: Decimal
    per_cbm: Decimal
    first_g: Decimal
    first_price: Decimal
    step_g: Decimal | None
    step_price: Decimal
    least_g: Decimal
    side_mm: Decimal | None
    sum_mm: Decimal | None
    divisor: Decimal | None
    suspended: bool = False

    @classmethod
    def of(cls, row: Mapping[str, str]) -> Band:
        def number(name: str, empty: Decimal | None = None) -> Decimal | None:
            return Decimal(row[name]) if row.get(name) else empty

        def price(name: str) -> Decimal:
            return number(name) or Decimal(0)

        stepped = bool(row.get("first_g") or row.get("step_g"))
        per_kg, step_g, step_price = price("per_kg"), number("step_g"), price("step_price")
        if stepped and per_kg and not step_price:
            # a price per kg beside a first weight counts each gram, beside a step each started step
            step_g = step_g or Decimal(1)
            step_price = per_kg * step_g / 1000
        return cls(
            from_g=price("min_g"),
            to_g=number("max_g"),
            per_kg=Decimal(0) if stepped else per_kg,
            per_item=price("per_item"),
            per_cbm=price("per_cbm"),
            first_g=price("first_g"),
            first_price=price("first_price") if stepped else Decimal(0),
            step_g=step_g if stepped else None,
            step_price=step_price if stepped else Decimal(0),
            least_g=price("min_billed_g"),
            side_mm=number("max_side_mm"),
            sum_mm=number("max_sum_mm"),
            divisor=number("divisor"),
            suspended=bool(row.get("suspended")),
        )

    def reaches(self, grams: Decimal) -> bool:
        return self.to_g is None or grams <= self.to_g

    def cost(self, grams: Decimal, divisor: Decimal) -> Decimal:
        """What so many billed grams cost."""
        kilograms = grams / 1000
        total = self.per_item + self.first_price + self.per_kg * kilograms
        total += self.per_cbm * kilograms * divisor / 1_000_000
        if self.step_g:
            started = up((grams - self.first_g) / self.step_g)
            total += max(started, Decimal(0)) * self.step_price
        return total


@dataclass(frozen=True)
class PriceList:
    """One price list to one destination: its bands by zone or product, its terms, and for whom it is."""

    table: str
    currency: str
    terms: Mapping[str, str]
    goods: Sequence[str]
    categories: Sequence[str]
    product: str | None
    rows: tuple[tuple[Mapping[str, str], Band], ...]

    @cached_property
    def by_price(self) -> bool:
        return any(row.get("price_from") for row, _ in self.rows)


@dataclass(frozen=True)
class Volume:
    """When volume counts: from a side on, and only what exceeds a percentage of the weight."""

    divisor: Decimal
    side_mm: Decimal = Decimal(0)
    free_percent: Decimal = Decimal(0)


@dataclass(frozen=True)
class Service:
    """A service to a destination on the day, with all that holds for every parcel."""

    id: str
    to: str
    rule: Mapping[str, Any]
    lists: tuple[PriceList, ...]
    left_out: tuple[Sequence[str], ...]
    """The goods (empty: all) of lists that are complete and have no row for the destination."""
    weight: tuple[tuple[Decimal, str], ...]
    side_mm: tuple[Decimal, ...]
    sum_mm: tuple[Decimal, ...]
    minimum_g: Decimal | None
    volume: Volume | None
    steps: tuple[Tier, ...]
    fuel: Decimal | None
    stopped: bool
    begun: bool
    refused: tuple[str, ...]
    below: tuple[Decimal, str] | None
    """Takes orders below this price only."""
    served: bool


@dataclass
class Freight:
    """All services on the day; what holds for every parcel is worked out once for each destination."""

    rules: Rules
    _services: dict[tuple[str, str], Service] = field(default_factory=dict)
    _zones: dict[int, list[Band]] = field(default_factory=dict)

    def own_list(self, name: str, to: str, rows: Sequence[Mapping[str, str]], currency: str) -> None:
        """Let a service be priced by somebody's own list."""
        listed = PriceList("own", currency, {}, (), (), None, tuple((row, Band.of(row)) for row in rows))
        self._services[name, to] = replace(self._read(name, to), lists=(listed,))

    def service(self, name: str, to: str) -> Service:
        found = self._services.get((name, to))
        if found is None:
            found = self._services[name, to] = self._read(name, to)
        return found

    # ------------------------------------------------------------ reading the rules
    def _here(self, to: str, places: Sequence[str] | None) -> bool:
        groups = self.rules.view.rules("freight")["groups"]
        return not places or any(to == place or to in groups.get(place, ()) for place in places)

    def _read(self, name: str, to: str) -> Service:
        rules = self.rules
        rule = rules.view.rules("freight")["services"][name]
        lists, left_out = self._lists(rule, to)
        since = rule.get("since")
        first = rules.view.book.fact(since).values[0].start.first if since else None
        refused = rules.raw(rule["goods"]["refused"]) if "refused" in rule.get("goods", {}) else None
        below = rule.get("price_below")
        price_below = None
        if below and rules.says(below):
            price_below = (Decimal(rules.raw(below)), rules.view.book.fact(below).unit.upper())
        weight = [
            (grams, limit["per"])
            for limit in rule.get("weight", ())
            if (grams := self._limit(limit, to, "kg", 1000)) is not None
        ]
        steps = rules.raw(rule["step"]) if "step" in rule else None
        minimum = rule.get("minimum")
        fuel = rules.first(rule.get("fuel", ()))
        return Service(
            id=name,
            to=to,
            rule=rule,
            lists=lists,
            left_out=left_out,
            weight=tuple(weight),
            side_mm=tuple(self._limits(rule.get("side", ()), to)),
            sum_mm=tuple(self._limits(rule.get("side_sum", ()), to)),
            minimum_g=self._limit(minimum, to, "kg", 1000) if minimum else None,
            volume=self._volume(rule, to),
            steps=()
            if steps is None
            else tuple(
                Tier(None if t.bound is None else t.bound * 1000, t.value * 1000, t.below)
                for t in tiers_of(steps)
            ),
            fuel=None if fuel is None else percentage(fuel),
            stopped=any(
                self._here(to, stop["to"]) and rules.says(stop["fact"]) for stop in rule.get("suspended", ())
            ),
            begun=first is None or rules.view.date >= first,
            refused=tuple(
                refused if isinstance(refused, list) else (refused or "").replace(",", " ").split()
            ),
            below=price_below,
            served=not rule.get("serves") or self._here(to, rule["serves"]),
        )

    def _limits(self, limits: Sequence[Mapping[str, Any]], to: str) -> Iterator[Decimal]:
        for limit in limits:
            found = self._limit(limit, to, "cm", 10)
            if found is not None:
                yield found

    def _limit(self, limit: Mapping[str, Any], to: str, unit: str, times: int) -> Decimal | None:
        """A limit for the destination; of a table the row that names it goes before the row for all."""
        raw = self.rules.raw(limit["fact"]) if self._here(to, limit.get("to")) else None
        if isinstance(raw, list):
            named = [row for row in raw if to in row["dest"]] or [row for row in raw if "*" in row["dest"]]
            raw = named[0][unit] if named else None
        return None if raw is None else Decimal(raw) * times

    def _volume(self, rule: Mapping[str, Any], to: str) -> Volume | None:
        stated = next((v for v in rule.get("volumetric", ()) if self._here(to, v.get("to"))), None)
        raw = self.rules.first(stated["divisors"]) if stated else None
        if stated is None or raw is None or Decimal(raw) <= 0:
            return None
        if stated["mode"] == "always":
            return Volume(Decimal(raw))
        side = self.rules.raw(stated["side"])
        if side is None:
            return None
        # sides are whole millimetres: over 60 cm begins at 601
        at_least = Decimal(side["at_least"]) * 10 if "at_least" in side else Decimal(side["over"]) * 10 + 1
        return Volume(Decimal(raw), at_least, Decimal(side.get("above_percent", 100)) - HUNDRED)

    def _lists(
        self, rule: Mapping[str, Any], to: str
    ) -> tuple[tuple[PriceList, ...], tuple[Sequence[str], ...]]:
        """The price lists in force that know the destination, in the order of the rules, and those that leave it out."""
        found, left_out = [], []
        for entry in rule.get("prices", ()):
            ids = [self.rules.raw(fact) for fact in entry["tables"] if self.rules.says(fact)]
            tables = [self.rules.view.book.rates[name] for name in ids]
            if not tables:
                continue
            rows = [row for table in tables for row in self._rows(table["rows"], to)]
            terms = tables[0].get("rule", {})
            if not rows:
                if "complete" in terms:
                    left_out.append(entry.get("goods", ()))
                continue
            found.append(
                PriceList(
                    tables[0]["id"],
                    tables[0]["currency"],
                    terms,
                    entry.get("goods", ()),
                    entry.get("categories", ()),
                    entry.get("product"),
                    tuple((row, Band.of(row)) for row in rows),
                )
            )
        return tuple(found), tuple(left_out)

    def _rows(self, rows: Sequence[Mapping[str, str]], to: str) -> list[Mapping[str, str]]:
        """Rows to the destination; else those to the rest of the EU; else those to all others."""
        europe = self.rules.view.rules("freight")["groups"]["EU_OTHER"]
        for name in (to, *GROUPS):
            if name == "EU_OTHER" and to not in europe:
                continue
            own = [row for row in rows if row["to"] == name]
            if own:
                return own
        return []

    # ------------------------------------------------------------ one parcel
    def charges(self, name: str, to: str, sku: Sku) -> list[Charge]:
        """Freight, and fuel where it comes on top; unknown where no list holds the parcel."""
        service = self.service(name, to)
        found = self._choose(service, sku)
        if found is None:
            self.rules.met["freight.no-list"] += 1
            return [Charge("freight", None, "CNY", how=("no price list",))]
        listed, chosen, cost = found
        bands = ", ".join(f"{band.from_g}-{band.to_g} g" for band in chosen)
        if cost is None:
            self.rules.met["freight.no-band"] += 1
            charge = Charge("freight", None, listed.currency, how=("{}: no band of {}", listed.table, bands))
        else:
            amount, grams, band = cost
            charge = Charge(
                "freight", amount, listed.currency, how=("{}: {} g by {}", listed.table, grams, band)
            )
        if listed.terms.get("fuel") != "extra":
            return [charge]
        self.rules.met["freight.fuel"] += 1
        fuel = None
        if service.fuel is not None and charge.amount is not None:
            fuel = cents(charge.amount * service.fuel / HUNDRED, listed.currency)
        return [charge, Charge("freight.fuel", fuel, listed.currency, how=("x {}%", service.fuel))]

    def _choose(
        self, service: Service, sku: Sku
    ) -> tuple[PriceList, list[Band], tuple[Decimal, Decimal, Band] | None] | None:
        """The first price list that is for these goods and holds the parcel; else the first that is for them."""
        fallback = None
        lists = service.lists
        if sku.category is None:
            # of an unknown category, lists for special goods are asked last
            lists = tuple(sorted(lists, key=lambda listed: bool(listed.categories)))
        for at, listed in enumerate(lists):
            if listed.goods and sku.goods_class not in listed.goods:
                continue
            if listed.categories and sku.category and sku.category not in listed.categories:
                continue
            bands = self._bands(listed, sku)
            if not bands:
                continue
            if sku.weight_g is None:
                return listed, bands, None
            cost = self._cost(service, listed, bands, sku)
            if cost is not None:
                self.rules.met["freight.later-list"] += at > 0
                return listed, bands, cost
            fallback = fallback or (listed, bands, None)
        return fallback

    def _bands(self, listed: PriceList, sku: Sku) -> list[Band]:
        """The rows of one zone or product, by weight; of bands of parcel prices the one that holds the price."""
        if listed.by_price:
            return self._zone(listed, sku)
        if id(listed) not in self._zones:
            self._zones[id(listed)] = self._zone(listed, sku)
        return self._zones[id(listed)]

    def _zone(self, listed: PriceList, sku: Sku) -> list[Band]:
        rows = list(listed.rows)
        if listed.by_price:
            currency = listed.terms["price_currency"]
            paid = self.rules.convert(sku.paid, sku.currency, currency)
            if paid is None:
                return []
            whole = up(paid)  # the list goes by whole units
            rows = [
                (row, band)
                for row, band in rows
                if Decimal(row["price_from"]) <= whole <= Decimal(row["price_to"])
            ]
            self.rules.met["freight.by-price"] += 1
        products = list(dict.fromkeys(row.get("product", "") for row, _ in rows))
        if listed.product:
            wanted: Sequence[str | None] = (listed.product,)
        else:
            wanted = (listed.terms.get("product"), *products[:1])
        chosen = next((name for name in wanted if name in products), None)
        if chosen is None:
            return []
        if len(products) > 1:
            self.rules.met["freight.product"] += 1
        own = [band for row, band in rows if row.get("product", "") == chosen]
        return sorted(own, key=lambda band: (band.to_g is None, band.to_g, band.from_g))

    def _cost(
        self, service: Service, listed: PriceList, bands: Sequence[Band], sku: Sku
    ) -> tuple[Decimal, Decimal, Band] | None:
        """Price, billed grams and band of a parcel; None where the list or the service does not take it."""
        assert sku.order_g is not None
        assert sku.weight_g is not None
        met = self.rules.met
        if sku.order_g < int(listed.terms.get("from_g", 0)):
            met["freight.from"] += 1
            return None
        for limit, per in service.weight:
            if (sku.weight_g if per == "piece" else sku.order_g) > limit:
                met["freight.over-weight"] += 1
                return None
        cubic = any(band.per_cbm for band in bands)
        divisor = TONNE_CM3_PER_KG
        if cubic:
            if not sku.volume_mm3:
                return None
            divisor = Decimal(listed.terms.get("divisor", TONNE_CM3_PER_KG))
            volume: Volume | None = Volume(divisor)
        elif "divisor" in listed.terms:
            stated = listed.terms["divisor"]
            volume = None if stated in ("none", "0") else Volume(Decimal(stated))
        else:
            volume = service.volume
        grams = self._stepped(service, listed, self._counted(volume, sku))
        held = (
            self._lifted(bands, grams, sku)
            if "lift" in listed.terms
            else self._held(bands, grams, share="share" in listed.terms)
        )
        if held is None:
            return None
        billed, band = held
        for kind in ("per_kg", "per_item", "per_cbm", "first_price", "step_price"):
            if getattr(band, kind):
                met[f"freight.{kind}"] += 1
        return cents(band.cost(billed, divisor), listed.currency), billed, band

    def _counted(self, volume: Volume | None, sku: Sku) -> Decimal:
        """Grams that count before any step, a started gram in full: the weight, or what the volume stands for."""
        assert sku.order_g is not None
        weight = Decimal(sku.order_g)
        if volume is None or not sku.volume_mm3 or max(sku.sides_mm or (0,)) < volume.side_mm:
            return weight
        light = up(Decimal(sku.volume_mm3) / volume.divisor - weight * volume.free_percent / HUNDRED)
        if light > weight:
            self.rules.met["freight.split" if volume.free_percent else "freight.volume"] += 1
        return max(weight, light)

    def _stepped(self, service: Service, listed: PriceList, grams: Decimal) -> Decimal:
        """Rounded up to the step of the list, else of the service."""
        terms = listed.terms
        if "step_to_g" in terms:
            self.rules.met["freight.step"] += 1
            return up(grams, int(terms["step_g" if grams <= int(terms["step_to_g"]) else "step_above_g"]))
        if "step_g" in terms:
            self.rules.met["freight.step"] += terms["step_g"] != "1"
            return up(grams, int(terms["step_g"]))
        for tier in service.steps:
            if tier.holds(grams):
                self.rules.met["freight.step"] += 1
                return up(grams, tier.value)
        return grams

    def _held(self, bands: Sequence[Band], grams: Decimal, *, share: bool) -> tuple[Decimal, Band] | None:
        """The band that holds the weight, after the least billed weight of its band.

        A share of a shipment pays the first band's price a kilogram however light it is.
        """
        own = next((band for band in bands if band.reaches(grams)), None)
        if own is None:
            return None
        if own.least_g > grams:
            self.rules.met["freight.least"] += 1
            grams = own.least_g
        for at, band in enumerate(bands):
            if band.reaches(grams) and grams >= band.from_g:
                return grams, band
            if share and at == 0 and band.reaches(grams):
                self.rules.met["freight.share"] += 1
                return grams, band
        return None

    def _lifted(self, bands: Sequence[Band], grams: Decimal, sku: Sku) -> tuple[Decimal, Band] | None:
        """The first band whose size and weight hold the parcel; a light one pays for the least weight of it."""
        sides = sku.sides_mm or (0, 0, 0)
        for band in bands:
            heavier = grams
            if band.divisor:
                heavier = max(grams, up(Decimal(sku.volume_mm3) / band.divisor))
            long = band.side_mm is not None and max(sides) > band.side_mm
            large = band.sum_mm is not None and sum(sides) > band.sum_mm
            if band.reaches(heavier) and not long and not large:
                self.rules.met["freight.lift"] += heavier < band.from_g
                return max(heavier, band.from_g), band
        return None

    # ------------------------------------------------------------ what closes a service
    def closed(self, name: str, to: str, sku: Sku, platform: str | None, fulfilment: str) -> str | None:
        """The first rule that closes the service to the order; None where it is open."""
        service = self.service(name, to)
        rule = service.rule
        order_g, sides = sku.order_g, sku.sides_mm
        platforms, ways = rule.get("platforms"), rule.get("fulfilment")
        if rule["kind"] == "import":
            return "import"
        if not service.begun:
            return "not-yet"
        if platforms and platform is not None and platform not in platforms:
            return "platform"
        if ways and fulfilment not in ways:
            return "fulfilment"
        if not service.served:
            return "serves"
        if service.stopped:
            return "stopped"
        if sku.goods_class != "plain" and sku.goods_class in service.refused:
            return "goods"
        if order_g is not None:
            for limit, per in service.weight:
                if (sku.weight_g if per == "piece" else order_g) > limit:  # type: ignore[operator]
                    return "weight"
            if service.minimum_g is not None:
                volume = service.volume
                light = up(Decimal(sku.volume_mm3) / volume.divisor) if volume else Decimal(0)
                if max(Decimal(order_g), light) < service.minimum_g:
                    return "light"
        if sides is not None:
            if any(max(sides) > limit for limit in service.side_mm):
                return "side"
            if any(sum(sides) > limit for limit in service.sum_mm):
                return "sum"
        if service.below is not None:
            limit, currency = service.below
            paid = self.rules.convert(sku.paid, sku.currency, currency)
            if paid is not None and paid >= limit:
                return "price"
        return self._list_closed(service, sku)

    def _list_closed(self, service: Service, sku: Sku) -> str | None:
        found = self._choose(service, sku)
        if found is None:
            return (
                "list" if any(not goods or sku.goods_class in goods for goods in service.left_out) else None
            )
        if all(band.suspended for band in found[1]):
            self.rules.met["freight.suspended"] += 1
            return "suspended"
        return None
