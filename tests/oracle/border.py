"""What an order meets at the border of the buyer's country, from data/rules/border.

A country has regimes by date; a regime sorts orders into brackets by value; a bracket has charges. Limits are compared in
the currency of the country, the limit itself inside; charges run in the currency of the order, but for amounts that the
law prints in a currency of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from desktop.core.dates import day
from oracle.rules import HUNDRED, Charge, How, Rules, Tier, cents, low_high, percent_of, percentage, tiers_of

BEFORE_TAX = ("duty", "excise", "handling", "vat", "other")
"""In this order charges fall due: a tax runs on the duty before it."""
RATED = ("tariff", "percent", "kilo", "minus", "bounded")


@dataclass(frozen=True)
class Entry:
    """An order at the border: what the buyer paid for it (tax inside, delivery free), or its value net of tax."""

    currency: str
    paid: Decimal | None = None
    value: Decimal | None = None
    freight: Decimal | None = None
    insurance: Decimal | None = None
    handling: Decimal | None = None
    weight_g: int | None = None
    """Of the whole order."""
    pieces: int = 1
    items: int = 1
    """Item types: lines of the tariff."""

    def part(self, name: str) -> Decimal:
        """A part of the sum; what is not given is nothing."""
        found: Decimal | None = getattr(self, name)
        return found or Decimal(0)


@dataclass(frozen=True)
class Way:
    """How it gets there: by whom it is sold and carried, and whether parcels or stock cross the border."""

    to: str
    category: str
    channel: str = "marketplace"
    platform: str | None = None
    carrier: str = "post"
    supply: str = "parcel"
    inclusive: bool = False
    """The price holds tax and delivery."""
    hs: str = ""
    region: str = ""


@dataclass(frozen=True)
class Rule:
    """One charge of a bracket, with its figures; a figure that the day does not know makes the charge unknown."""

    id: str
    kind: str
    payer: str | None
    """None where nothing is due: a relief is nobody's."""
    missing: bool = False
    percent: Decimal | None = None
    of: tuple[str, ...] = ("customs",)
    own_base: bool = False
    uplift: Decimal | None = None
    above: Decimal | None = None
    waived_below: Decimal | None = None
    amount: Decimal | None = None
    per: str = "order"
    currency: str = ""
    """Of the amounts that the law prints."""
    tiers: tuple[Tier, ...] = ()
    minus: Decimal | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    above_g: Decimal = Decimal(0)


@dataclass(frozen=True)
class Bracket:
    """Orders up to a value or weight; `open_limit` where there is a limit that the day does not know."""

    rules: tuple[Rule, ...]
    at_sale: bool
    cif: bool
    by_customs: bool
    """The customs value is held against the limit, not the goods alone."""
    up_to: Decimal | None = None
    under: bool = False
    up_to_g: Decimal | None = None
    tax_below: Decimal | None = None
    share: Decimal | None = None
    open_limit: bool = False

    def rule(self, name: str) -> Rule | None:
        return next((rule for rule in self.rules if rule.id == name), None)


@dataclass(frozen=True)
class Country:
    currency: str
    brackets: tuple[Bracket, ...]
    whole: Decimal | None = None
    """Customs rounds each charge to whole multiples of this."""


@dataclass
class Borders:
    """The borders of the day; a way is read once."""

    rules: Rules
    _read: dict[Way, Country | None] = field(default_factory=dict)

    def country(self, way: Way) -> Country | None:
        if way not in self._read:
            self._read[way] = _country(self.rules, way)
        return self._read[way]

    def charges(self, way: Way, entry: Entry) -> list[Charge]:
        """The charges of the bracket into which an order falls; all that might fall due where that cannot be said."""
        country = self.country(way)
        if country is None:
            return [Charge(name, None, entry.currency, how=("no rules",)) for name in ("duty", "vat")]
        clerk = Clerk(self.rules, country, way, entry)
        bracket = clerk.bracket()
        return clerk.open_charges() if bracket is None else clerk.charges(bracket)


# ---------------------------------------------------------------- reading the rules
def _country(rules: Rules, way: Way) -> Country | None:
    border = rules.view.rules("border")
    member = border["destinations"].get(way.to)
    if member is None:
        return None
    area = border["areas"][member["area"]]
    regimes = area.get("stock" if way.supply == "stock" else "regimes", ())
    begun = [regime for regime in regimes if day(regime["from"]).first <= rules.view.date]
    if not begun:
        return None
    channel = way.channel
    programme = area.get("programme")
    if programme and way.platform and rules.view.date >= day(programme["from"]).first:
        # a platform outside the programme sells there like a shop of its own
        channel = "own" if way.platform not in programme["platforms"] else channel
    reader = _Reader(rules, way, member, area, channel)
    brackets = tuple(reader.bracket(b) for b in begun[-1]["brackets"] if reader.speaks_of(b))
    whole = area.get("rounded")
    return Country(
        area["currency"], brackets, Decimal(rules.raw(whole)) if whole and rules.says(whole) else None
    )


@dataclass
class _Reader:
    rules: Rules
    way: Way
    member: Mapping[str, Any]
    area: Mapping[str, Any]
    channel: str

    def speaks_of(self, rule: Mapping[str, Any]) -> bool:
        """Whether a bracket or a charge is for this channel, carrier and these goods."""
        if rule.get("channel", self.channel) != self.channel:
            return False
        if rule.get("carrier", self.way.carrier) != self.way.carrier:
            return False
        left_out = rule.get("not_for")
        if left_out is None:
            return True
        if self.way.hs:  # a code decides, a category only where there is none
            return not any(self.way.hs.startswith(code) for code in left_out["codes"])
        return self.way.category not in left_out["categories"]

    def bracket(self, rule: Mapping[str, Any]) -> Bracket:
        currency = self.area["currency"]
        up_to, kilograms = self.amount(rule.get("up_to"), currency), rule.get("up_to_kg")
        below = self.amount(rule.get("tax_below"), currency)
        grams = None
        if kilograms and self.rules.says(kilograms):
            grams = Decimal(self.rules.raw(kilograms)) * 1000
        open_limit = any(
            key in rule and figure is None
            for key, figure in (("up_to", up_to), ("up_to_kg", grams), ("tax_below", below))
        )
        share = rule.get("share")
        found = [self.charge(line, rule) for line in rule.get("lines", ()) if self.speaks_of(line)]
        found += self.national_fees() if rule.get("low_value") else []
        return Bracket(
            rules=tuple(sorted(found, key=lambda one: BEFORE_TAX.index(one.id.split(".")[0]))),
            at_sale=rule["collected"] == "sale",
            cif=rule.get("base") == "cif",
            by_customs=rule.get("compares") == "customs",
            up_to=up_to,
            under=rule.get("under", False),
            up_to_g=grams,
            tax_below=below,
            share=self.percent(share) if share else None,
            open_limit=open_limit,
        )

    def charge(self, line: Mapping[str, Any], bracket: Mapping[str, Any]) -> Rule:
        kind = line["kind"]
        if kind == "relieved":
            return Rule(line["id"], kind, None)
        payer = self.payer(line, bracket)
        if kind == "unknown":
            return Rule(line["id"], kind, payer, missing=True)
        own, printed = self.area["currency"], line.get("currency", "")
        if kind == "flat":
            amount = self.amount(line["fact"], printed)
            return Rule(
                line["id"],
                kind,
                payer,
                amount is None,
                amount=amount,
                per=line.get("per", "order"),
                currency=printed,
            )
        if kind == "banded":
            raw = self.rules.raw(line["fact"])
            tiers = () if raw is None else tiers_of(raw)
            return Rule(line["id"], kind, payer, raw is None, tiers=tiers, currency=printed)
        if kind == "kilo":
            printed = own  # what the rules of a country print by the kilogram is in its currency
        figures = {
            "percent": self.percent(self.rate(line)),
            "minus": self.amount(line.get("minus"), printed),
            "minimum": self.amount(line.get("min_per_kg" if kind == "kilo" else "minimum"), printed),
            "maximum": self.amount(line.get("maximum"), printed),
            "uplift": self.percent(line.get("uplift")),
            "above": self.amount(line.get("above"), own),
        }
        kilograms = line.get("above_kg")
        above_g = self.rules.raw(kilograms) if kilograms else "0"
        needed = {"minus": "minus", "kilo": "min_per_kg", "bounded": "minimum maximum"}.get(kind, "")
        named = [name for name in ("uplift", "above", *needed.split()) if name in line]
        missing = figures["percent"] is None or above_g is None
        missing = missing or any(figures[name.replace("min_per_kg", "minimum")] is None for name in named)
        waiver = line.get("waived_below")
        if waiver is None and line["id"] == "vat":
            waiver = self.member.get("waived_below")
        return Rule(
            line["id"],
            kind,
            payer,
            missing,
            of=tuple(line.get("of", ("customs",))),
            own_base=line.get("own_base", False),
            waived_below=self.amount(waiver, own),
            currency=printed,
            above_g=Decimal(above_g or 0) * 1000,
            **figures,  # type: ignore[arg-type]
        )

    def rate(self, line: Mapping[str, Any]) -> str | None:
        """The fact that holds a rate: by region, by tariff code or category, or the one that is named."""
        category = self.way.category
        if line["id"] == "vat":
            region = self.way.region.upper().rpartition("-")[2]
            found = line.get("regions", {}).get(region) or line.get("by", {}).get(category)
            return found or line.get("fact") or self.member.get("vat")
        if line["kind"] != "tariff":
            own: str = line.get("by", {}).get(category, line["fact"])
            return own
        table = self.area["tables"][line["table"]]
        codes = [code for code in table.get("codes", {}) if self.way.hs and self.way.hs.startswith(code)]
        if codes:
            fact: str = table["codes"][max(codes, key=len)]
            return fact
        by_category: str | None = table.get("categories", {}).get(category)
        return by_category

    def national_fees(self) -> list[Rule]:
        found = []
        for fee in self.member.get("fees", ()):
            last = day(fee["until"]).first if "until" in fee else self.rules.view.date
            if day(fee["from"]).first <= self.rules.view.date <= last:
                amount = self.amount(fee["fact"], fee["currency"])
                found.append(
                    Rule(
                        "other.fee",
                        "flat",
                        "seller",
                        amount is None,
                        amount=amount,
                        per=fee["per"],
                        currency=fee["currency"],
                    )
                )
        return found

    def payer(self, line: Mapping[str, Any], bracket: Mapping[str, Any]) -> str:
        """As the rule says; a tax of the sale is the seller's where the price holds it."""
        said: str | None = line.get("payer") or bracket.get("payer")
        if said:
            return said
        if bracket["collected"] == "sale":
            return "seller" if self.way.inclusive else "buyer"
        return "seller" if bracket["collected"] == "operator" else "buyer"

    def percent(self, fact: str | None) -> Decimal | None:
        """Of a range the higher end is counted."""
        raw = self.rules.raw(fact) if fact else None
        return None if raw is None else percentage(low_high(raw)[1])

    def amount(self, fact: str | None, currency: str) -> Decimal | None:
        """Of a range of amounts the lower one is counted."""
        raw = self.rules.raw(fact) if fact else None
        return None if raw is None else cents(low_high(raw)[0], currency)


# ---------------------------------------------------------------- one order
@dataclass
class Clerk:
    """Works out one order."""

    rules: Rules
    country: Country
    way: Way
    entry: Entry

    # ------------------------------------------------------------ where it falls
    def bracket(self) -> Bracket | None:
        """The first bracket that holds the order; None where that cannot be said."""
        for at, bracket in enumerate(self.country.brackets):
            inside = self._falls_into(bracket, at)
            if inside is None:
                return None
            if inside:
                return bracket
        return None

    def _falls_into(self, bracket: Bracket, at: int) -> bool | None:
        goods = self._goods(bracket)
        if goods is None or bracket.open_limit:
            return None
        own = self.country.currency
        if bracket.up_to is not None:
            compared = self._assembled(bracket, goods) if bracket.by_customs else goods
            value = self.rules.convert(compared, self.entry.currency, own)
            if value is None:
                return None
            if bracket.by_customs and bracket.share is not None:
                value = value * bracket.share / HUNDRED  # compared as it is, not rounded
            if value > bracket.up_to or (bracket.under and value == bracket.up_to):
                return False
            self.rules.met["border.under" if bracket.under else "border.up-to"] += 1
        if bracket.up_to_g is not None:
            if self.entry.weight_g is None:
                return None
            if self.entry.weight_g > bracket.up_to_g:
                self.rules.met["border.too-heavy"] += 1
                return False
        if bracket.tax_below is not None:
            return self._too_little(bracket.tax_below, self.country.brackets[at + 1])
        return True

    def _too_little(self, limit: Decimal, bracket: Bracket) -> bool | None:
        """Whether what the next bracket asks in duty and tax is too little to be collected."""
        due, whole = Decimal(0), True
        for charge in self.charges(bracket, fees=False):
            amount = self.rules.convert(charge.amount, charge.currency, self.entry.currency)
            whole = whole and amount is not None
            due += amount or 0
        own = self.rules.convert(due, self.entry.currency, self.country.currency)
        if own is None:
            return None
        if own >= limit:
            return False
        if whole:
            self.rules.met["border.tax-limit"] += 1
        return True if whole else None

    def _goods(self, bracket: Bracket) -> Decimal | None:
        """The value of the goods net of tax: as given, or what is left of the price without the tax inside it."""
        entry = self.entry
        if not self.way.inclusive:
            return entry.value
        vat = bracket.rule("vat")
        if entry.paid is None or not bracket.at_sale or vat is None:
            return entry.paid
        if vat.missing or vat.percent is None:
            return None
        if not vat.own_base:
            tax = cents(entry.paid * vat.percent / (HUNDRED + vat.percent), entry.currency)
            return entry.paid - tax
        # the tax is a share of the whole price, and the duty of the sale stands inside it too
        rest = entry.paid - percent_of(entry.paid, vat.percent, entry.currency)
        duty = bracket.rule("duty")
        if duty is None or duty.percent is None:
            return None
        if duty.minus is not None:
            minus = self.rules.convert(duty.minus, duty.currency, entry.currency)
            if minus is None:
                return None
            rest += minus
        return cents(rest * HUNDRED / (HUNDRED + duty.percent), entry.currency)

    def _assembled(self, bracket: Bracket, goods: Decimal) -> Decimal:
        """Goods with freight and insurance where the customs value holds them; free delivery is in the price."""
        if not bracket.cif or self.way.inclusive or bracket.share is not None:
            return goods
        return goods + self.entry.part("freight") + self.entry.part("insurance")

    def _customs(self, bracket: Bracket, goods: Decimal) -> Decimal:
        whole = self._assembled(bracket, goods)
        if bracket.share is None:
            return whole
        self.rules.met["border.share"] += 1
        return percent_of(whole, bracket.share, self.entry.currency)

    # ------------------------------------------------------------ what is due
    def charges(self, bracket: Bracket, *, fees: bool = True) -> list[Charge]:
        goods = self._goods(bracket)
        customs = None if goods is None else self._customs(bracket, goods)
        found: list[Charge] = []
        for rule in bracket.rules:
            if fees or not rule.id.startswith("other"):
                found.append(self._charge(bracket, rule, goods, customs, found))
        return [*found, *self._handling()]

    def open_charges(self) -> list[Charge]:
        """What might fall due, none of it known."""
        self.rules.met["border.open"] += 1
        named = {(rule.id, rule.payer): None for b in self.country.brackets for rule in b.rules}
        found = []
        for name in dict.fromkeys(name for name, _ in named):
            payers = {payer for other, payer in named if other == name and payer} or {"seller"}
            found += [
                Charge(name, None, self.entry.currency, payer, ("no bracket",)) for payer in sorted(payers)
            ]
        return [*found, *self._handling()]

    def _handling(self) -> list[Charge]:
        if self.entry.handling is None:
            return []
        brackets = self.country.brackets
        seller = any(b.at_sale or any(rule.payer == "seller" for rule in b.rules) for b in brackets)
        payer = "seller" if seller else "buyer"
        return [Charge("handling", self.entry.handling, self.entry.currency, payer, ("as given",))]

    def _charge(
        self,
        bracket: Bracket,
        rule: Rule,
        goods: Decimal | None,
        customs: Decimal | None,
        before: Sequence[Charge],
    ) -> Charge:
        met, entry = self.rules.met, self.entry
        met[f"border.{rule.kind}"] += 1
        payer = rule.payer or "nobody"
        if rule.kind == "relieved":
            return Charge(rule.id, Decimal(0), entry.currency, payer, ("relieved",))
        if rule.missing or goods is None or customs is None:
            return Charge(rule.id, None, entry.currency, payer, ("not known",))
        if rule.id == "vat" and bracket.at_sale and self.way.inclusive:
            amount, how = self._inside(rule)
            return Charge(rule.id, amount, entry.currency, payer, how)
        if rule.kind in ("percent", "tariff"):
            base = self._base(rule, goods, customs, before)
            amount, how = self._percent(bracket, rule, base)
            return Charge(rule.id, amount, entry.currency, payer, how)
        if rule.kind == "minus":
            base = self._base(rule, goods, customs, before)
            minus = self.rules.convert(rule.minus, rule.currency, entry.currency)
            assert rule.percent is not None
            due = None
            if base is not None and minus is not None:
                due = max(percent_of(base, rule.percent, entry.currency) - minus, Decimal(0))
            return Charge(
                rule.id, due, entry.currency, payer, ("{} x {}% - {}", base, rule.percent, rule.minus)
            )
        amount, how = self._printed(rule, goods, customs, before)
        return Charge(rule.id, amount, rule.currency, payer, how)

    def _base(self, rule: Rule, goods: Decimal, customs: Decimal, before: Sequence[Charge]) -> Decimal | None:
        """What a percentage is taken on; None where a part of it is not known."""
        currency = self.entry.currency
        base = Decimal(0)
        if "customs" in rule.of or "goods" in rule.of:
            base = customs if "customs" in rule.of else goods
            if rule.uplift is not None:
                self.rules.met["border.uplift"] += 1
                base = percent_of(base, HUNDRED + rule.uplift, currency)
            if rule.above is not None:
                free = self.rules.convert(rule.above, self.country.currency, currency)
                if free is None:
                    return None
                self.rules.met["border.above"] += 1
                base = max(base - free, Decimal(0))
        for name in rule.of:
            if name in ("freight", "insurance") and not self.way.inclusive:
                base += self.entry.part(name)
            elif name == "handling":
                base += self.entry.part("handling")
        if "duty" in rule.of:
            for charge in before:
                if charge.head == "duty":
                    due = self.rules.convert(charge.amount, charge.currency, currency)
                    if due is None:
                        return None
                    base += due
        return base

    def _percent(self, bracket: Bracket, rule: Rule, base: Decimal | None) -> tuple[Decimal | None, How]:
        assert rule.percent is not None
        if base is None:
            return None, ("its base is not known",)
        currency, own = self.entry.currency, self.country.currency
        part = HUNDRED - rule.percent if rule.own_base else HUNDRED
        if rule.own_base:
            self.rules.met["border.own-base"] += 1
        amount: Decimal | None = cents(base * rule.percent / part, currency)
        if self.country.whole is not None and not bracket.at_sale:
            self.rules.met["border.rounded"] += 1
            there = self.rules.convert(base, currency, own)
            if there is None:
                return None, ("no exchange rate of {}", own)
            full = (there * rule.percent / part / self.country.whole).quantize(Decimal(1), ROUND_HALF_UP)
            amount = self.rules.convert(full * self.country.whole, own, currency)
        if rule.waived_below is not None:
            there = self.rules.convert(amount, currency, own)
            if there is not None and there < rule.waived_below:
                self.rules.met["border.waived"] += 1
                return Decimal(0), ("{} is below {}", there, rule.waived_below)
        return amount, ("{} x {} / {}", base, rule.percent, part)

    def _inside(self, rule: Rule) -> tuple[Decimal | None, How]:
        """The tax inside the price: price x r / (1 + r), or a plain share of it where it is part of its own base."""
        paid, percent = self.entry.paid, rule.percent
        if paid is None or percent is None:
            return None, ("not known",)
        part = HUNDRED if rule.own_base else HUNDRED + percent
        self.rules.met["border.inside-own" if rule.own_base else "border.inside"] += 1
        return cents(paid * percent / part, self.entry.currency), ("{} x {} / {}", paid, percent, part)

    def _printed(
        self, rule: Rule, goods: Decimal, customs: Decimal, before: Sequence[Charge]
    ) -> tuple[Decimal | None, How]:
        """A charge in the currency in which the law prints its amounts."""
        entry, currency = self.entry, rule.currency
        if rule.kind == "flat":
            assert rule.amount is not None
            if rule.per == "kg":
                self.rules.met["border.per-kg"] += 1
                if entry.weight_g is None:
                    return None, ("no weight",)
                return cents(rule.amount * entry.weight_g / 1000, currency), (
                    "{} x {} g",
                    rule.amount,
                    entry.weight_g,
                )
            count = 1 if rule.per == "order" else getattr(entry, rule.per)
            self.rules.met[f"border.per-{rule.per}"] += 1
            return rule.amount * count, ("{} x {}", rule.amount, count)
        if rule.kind == "kilo":
            return self._by_weight(rule, goods)
        base = customs if rule.kind == "banded" else self._base(rule, goods, customs, before)
        own = self.rules.convert(base, entry.currency, currency)
        if own is None:
            return None, ("its base is not known",)
        if rule.kind == "banded":
            tier = next(tier for tier in rule.tiers if tier.holds(own))
            return cents(tier.value, currency), ("{} up to {}", tier.value, tier.bound)
        assert rule.percent is not None
        assert rule.minimum is not None
        assert rule.maximum is not None
        due = percent_of(own, rule.percent, currency)
        if due < rule.minimum:
            self.rules.met["border.minimum"] += 1
        if due > rule.maximum:
            self.rules.met["border.maximum"] += 1
        due = min(max(due, rule.minimum), rule.maximum)
        return due, ("{} x {}%, {} to {}", own, rule.percent, rule.minimum, rule.maximum)

    def _by_weight(self, rule: Rule, goods: Decimal) -> tuple[Decimal | None, How]:
        """A percentage, at least so much a kilogram, of what exceeds value and weight."""
        value = self.rules.convert(goods, self.entry.currency, rule.currency)
        if self.entry.weight_g is None or value is None:
            return None, ("weight or value not known",)
        assert rule.percent is not None
        assert rule.minimum is not None
        over = max(value - (rule.above or 0), Decimal(0))
        grams = max(Decimal(self.entry.weight_g) - rule.above_g, Decimal(0))
        by_value = percent_of(over, rule.percent, rule.currency)
        by_weight = cents(grams * rule.minimum / 1000, rule.currency)
        self.rules.met["border.by-weight" if by_weight > by_value else "border.by-value"] += 1
        return max(by_value, by_weight), (
            "{} x {}% or {} g x {}",
            over,
            rule.percent,
            grams,
            rule.minimum,
        )
