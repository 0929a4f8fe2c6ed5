"""What a platform asks of a sale, line by line of data/rules/fees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from oracle import fba
from oracle.order import Sku
from oracle.rules import HUNDRED, ONE, Charge, How, Rules, Tier, cents, percentage, tiers_of

PLAN, STORE = "professional", "none"
"""What a seller is taken to have where nothing else is said."""


@dataclass(frozen=True)
class FeeLine:
    """One line of a site as it stands for a category on the day."""

    id: str
    kind: str
    currency: str
    payment: bool = False
    """It falls due when the money comes home, after everything else."""
    tiers: tuple[Tier, ...] = ()
    marginal: bool = False
    per_item: bool = False
    base: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    monthly_minimum: Decimal | None = None
    """In US dollars."""
    months: int = 1
    card: fba.Card | None = None


# ---------------------------------------------------------------- which lines there are
def lines_of(
    rules: Rules, platform: str, marketplace: str, category: str | None, fulfilment: str
) -> list[FeeLine]:
    """The lines of the site that serves the marketplace."""
    sites = rules.view.rules("fees")[platform]["marketplaces"]
    code = marketplace if marketplace in sites else "all"
    site = sites[code]
    if not any(rules.says(ref["fact"]) and _speaks_of(rules, ref["fact"], code) for ref in site["open"]):
        return [FeeLine("commission", "unknown", site["currency"])]
    found = []
    for rule in site["lines"]:
        if _applies(rules, rule, category, fulfilment):
            line = _line(rules, rule, site["currency"], marketplace, category)
            if line is not None:
                found.append(line)
    return found


def _applies(rules: Rules, rule: Mapping[str, Any], category: str | None, fulfilment: str) -> bool:
    if rule["plan"] and PLAN not in rule["plan"]:
        return False
    if rule["store"] and STORE not in rule["store"]:
        return False
    if rule["fulfilment"] and fulfilment not in rule["fulfilment"]:
        return False
    if rule["categories"] and category not in rule["categories"]:
        return False
    if category in rule["not_categories"]:
        return False
    if rule["when"] and not any(map(rules.says, rule["when"])):
        return False
    if any(map(rules.says, rule["unless"])):
        return False
    return _in_season(rule["season"], f"{rules.view.date:%m-%d}")


def _in_season(season: Sequence[str], today: str) -> bool:
    if not season:
        return True
    first, last = season
    over_new_year = first > last
    return (today >= first or today <= last) if over_new_year else first <= today <= last


def _speaks_of(rules: Rules, fact: str, country: str) -> bool:
    """Whether a list of countries names this one; what is no list of countries speaks of all."""
    raw = rules.raw(fact)
    if isinstance(raw, list) and all(isinstance(name, str) for name in raw):
        return country in raw or (country == "GB" and "UK" in raw)
    return True


def _line(
    rules: Rules, rule: Mapping[str, Any], currency: str, buyer: str, category: str | None
) -> FeeLine | None:
    kind, payment = rule["kind"], rule["series"] == "payment"
    currency = rule["currency"] or currency
    unknown = FeeLine(rule["id"], "unknown", currency, payment)
    if kind == "unknown":
        return unknown
    if kind == "fba":
        tables = {
            name: (rules.raw(ref["fact"]), ref["key"])
            for name, ref in rule["tables"].items()
            if rules.says(ref["fact"])
        }
        card = fba.card_of(rule["card"], tables, category or "other")
        return FeeLine(rule["id"], kind, currency, card=card) if card else unknown
    ref = next((ref for ref in _facts(rules, rule, buyer, category) if rules.says(ref["fact"])), None)
    if ref is None:
        return None if rule["optional"] else unknown
    values = _values(rules, ref)
    mode = ref.get("tiers") or rules.view.book.fact(ref["fact"]).tiers
    return FeeLine(
        rule["id"],
        kind,
        currency,
        payment,
        tiers=tuple(Tier(t.bound, percentage(t.value), t.below, t.part) for t in values)
        if kind == "percent"
        else values,
        marginal=mode == "marginal" and len(values) > 1,
        per_item=rule["per"] == "item",
        base=tuple(rule["base"]),
        less=tuple(rule["less"]),
        minimum=None if category in rule["no_minimum"] else _limit(rules, rule["minimum"]),
        maximum=_limit(rules, rule["maximum"]),
        monthly_minimum=_limit(rules, rule["monthly_minimum"]),
        months=int(rule["months"]),
    )


def _facts(
    rules: Rules, rule: Mapping[str, Any], buyer: str, category: str | None
) -> Sequence[Mapping[str, Any]]:
    """The facts that may answer, in order: those of the first choice made for this buyer and category."""
    for choice in rule["choices"]:
        countries = choice.get("countries")
        if countries and not (rules.says(countries) and _speaks_of(rules, countries, buyer)):
            continue
        if choice["categories"] and category not in choice["categories"]:
            continue
        facts: Sequence[Mapping[str, Any]] = choice["facts"]
        return facts
    fallback: Sequence[Mapping[str, Any]] = rule["facts"]
    return fallback


def _entry(rules: Rules, ref: Mapping[str, Any], key: str) -> Any:
    found = rules.raw(ref["fact"])
    for part in key.split(".") if key else ():
        found = found[int(part)] if isinstance(found, list) else found[part]
    return found


def _values(rules: Rules, ref: Mapping[str, Any]) -> tuple[Tier, ...]:
    """The figures of a fact; where sources give a range, the dearer end."""
    if ref["low"]:
        return (Tier(None, Decimal(_entry(rules, ref, ref["high"]))),)
    values = tiers_of(_entry(rules, ref, ref["key"]))
    if ref["span"]:
        return (Tier(None, max(tier.value for tier in values)),)
    if ref["over_one"]:
        # 1.02 times as much is 2 percent on top
        return tuple(Tier(t.bound, (t.value - ONE) * HUNDRED, t.below) for t in values)
    return values


def _limit(rules: Rules, refs: Sequence[Mapping[str, Any]]) -> Decimal | None:
    ref = next((ref for ref in refs if rules.says(ref["fact"])), None)
    return None if ref is None else Decimal(_entry(rules, ref, ref["key"]))


# ---------------------------------------------------------------- what one order pays
def charge(rules: Rules, line: FeeLine, sku: Sku, before: Mapping[str, Charge]) -> Charge:
    """One line of one order, after the lines before it."""
    rules.met[f"fee.{line.kind}"] += 1
    if line.kind == "unknown":
        return Charge(line.id, None, line.currency)
    if line.kind == "fba":
        assert line.card is not None
        amount, how = fba.fee(rules, line.card, sku, line.currency)
        return Charge(line.id, amount, line.currency, how=how)
    if line.kind == "percent":
        amount, how = _percent(rules, line, sku, before)
    else:
        amount, how = _fixed(rules, line, sku, before)
    return Charge(line.id, amount, line.currency, how=how)


def _base(rules: Rules, line: FeeLine, sku: Sku, before: Mapping[str, Charge]) -> Decimal | None:
    """The amount that a line looks at: the price, or lines before it, less what is taken off a payout first."""
    parts = []
    for name in line.base:
        if name == "price":
            parts.append(rules.convert(sku.paid, sku.currency, line.currency))
        elif name in before:
            parts.append(rules.convert(before[name].amount, before[name].currency, line.currency))
    if not parts or any(part is None for part in parts):
        return None
    total = sum((part for part in parts if part is not None), Decimal(0))
    if not line.less:
        return total
    for earlier in before.values():
        if earlier.head in line.less and earlier.payer == "seller":
            taken = rules.convert(earlier.amount, earlier.currency, line.currency)
            # a fee that is not known is not taken off, so the payout is never counted too low
            total -= taken or 0
    return max(total, Decimal(0))


def _percent(
    rules: Rules, line: FeeLine, sku: Sku, before: Mapping[str, Charge]
) -> tuple[Decimal | None, How]:
    base = _base(rules, line, sku, before)
    if base is None:
        return None, ("its base is not known",)
    pieces = sku.pieces if line.per_item else 1
    raw, how = _marginal(line, base, pieces) if line.marginal else _whole(line, base, pieces)
    rules.met["fee.marginal" if line.marginal and len(line.tiers) > 1 else "fee.whole"] += 1
    if how[0].startswith("split"):
        rules.met["fee.part"] += 1
    fee = cents(raw, line.currency)
    if line.minimum is not None and base > 0 and fee < line.minimum * pieces:
        rules.met["fee.minimum"] += 1
        fee, how = cents(line.minimum, line.currency) * pieces, ("at least {} x {}", line.minimum, pieces)
    if line.maximum is not None and fee > line.maximum * pieces:
        rules.met["fee.maximum"] += 1
        fee, how = cents(line.maximum, line.currency) * pieces, ("at most {} x {}", line.maximum, pieces)
    if line.monthly_minimum is not None:
        if not sku.monthly_orders:
            return None, ("the orders of a month are not known",)
        least = cents(line.monthly_minimum / sku.monthly_orders, "USD")
        own = rules.convert(least, "USD", line.currency)
        if own is None:
            return None, ("no exchange rate of the dollar",)
        if own > fee:
            rules.met["fee.monthly-minimum"] += 1
            fee, how = own, ("at least {} / {} orders", line.monthly_minimum, sku.monthly_orders)
    return fee, how


def _whole(line: FeeLine, base: Decimal, pieces: int) -> tuple[Decimal, How]:
    """The percentage of the tier that one piece falls into, on all of it, unless the tier says `part`."""
    previous: Tier | None = None
    for tier in line.tiers:
        if tier.holds(base, pieces):
            if tier.part and previous is not None and previous.bound is not None:
                edge = previous.bound * pieces
                raw = (edge * previous.value + (base - edge) * tier.value) / HUNDRED
                return raw, ("split {} x {}% + {} x {}%", edge, previous.value, base - edge, tier.value)
            return base * tier.value / HUNDRED, ("{} x {}%", base, tier.value)
        previous = tier
    raise AssertionError(f"{line.id}: the last tier is not open")


def _marginal(line: FeeLine, base: Decimal, pieces: int) -> tuple[Decimal, How]:
    """Each part of the amount at the percentage of its own tier."""
    total, lower = Decimal(0), Decimal(0)
    for tier in line.tiers:
        upper = base if tier.bound is None else min(base, tier.bound * pieces)
        if upper > lower:
            total += (upper - lower) * tier.value / HUNDRED
            lower = upper
    return total, ("marginal {} over {}", base, [(tier.bound, tier.value) for tier in line.tiers])


def _fixed(rules: Rules, line: FeeLine, sku: Sku, before: Mapping[str, Charge]) -> tuple[Decimal | None, How]:
    """An amount an order or a piece, by the size of the order where it has tiers, or a month's share."""
    amount = Decimal(0)
    if line.base:
        base = _base(rules, line, sku, before)
        if base is None:
            return None, ("its base is not known",)
        amount = base
    fee = cents(next(tier.value for tier in line.tiers if tier.holds(amount)), line.currency)
    if len(line.tiers) > 1:
        rules.met["fee.amount-by-tier"] += 1
    if line.per_item:
        fee *= sku.pieces
    if line.kind != "monthly" or fee == 0:
        return fee, ("{}", fee)
    if not sku.monthly_orders:
        return None, ("the orders of a month are not known",)
    shared = cents(fee / (line.months * sku.monthly_orders), line.currency)
    return shared, ("{} / ({} x {})", fee, line.months, sku.monthly_orders)
