"""From the rules of a destination to its plan, once per view, destination and category."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from desktop.core.dates import day
from desktop.core.facts import Reading, Unknown, View
from desktop.core.money import minor, plain, ppm
from desktop.core.places import in_sentence, place
from desktop.core.result import Datum, Payer, Series
from desktop.core.text import EMPTY, Text, both, text_of
from desktop.engine.border.assessing import Assessor
from desktop.engine.border.brackets import Bracket
from desktop.engine.border.parts import (
    Banded,
    Base,
    Between,
    Flat,
    Kilo,
    Less,
    NothingDue,
    NotKnown,
    Part,
    Percent,
    TaxInside,
)
from desktop.engine.border.plan import ORDER, BorderLine, BorderPlan, HandlingLine
from desktop.engine.border.terms import DEFAULT, Amount, BorderOptions, Inside, Rate, Supply
from desktop.engine.kernel import (
    Step,
    UnknownStep,
    bands_of,
    fact_datum,
)

_BRACKET: Mapping[str, Any] = {
    "compares": "goods",
    "base": "fob",
    "low_value": False,
    "lines": (),
    "says": (),
}
_LINE: Mapping[str, Any] = {"of": ("customs",), "own_base": False, "per": "order", "layer": False}
"""What a rule leaves open; the rules hold only what differs (desktop/store/schemas/border.py)."""


def destinations(view: View) -> tuple[str, ...]:
    """Countries whose border the rules cover, as ISO codes."""
    return tuple(sorted(view.rules("border")["destinations"]))


def name(view: View, to: str) -> Text:
    """The name of a country; its code where the rules do not cover it."""
    member = view.rules("border")["destinations"].get(to)
    return text_of(member["name"]) if member else both(to)


def compile_border(view: View, to: str, category: str, options: BorderOptions = DEFAULT) -> BorderPlan:
    """The border of a destination for a category of goods, as it stands at the date of the view."""
    rules = view.rules("border")
    member = rules["destinations"].get(to)
    if member is None:
        country = place(view.book, to)
        unknown = view.unknown("border", "border.no-destination", country=in_sentence(country))
        return _nothing(view, to, country, unknown)
    area = rules["areas"][member["area"]]
    country = text_of(member["name"])
    regime = view.in_force(area.get("stock" if options.supply == "stock" else "regimes", ()))
    if regime is None and options.supply == "stock":
        unknown = view.unknown("border", "border.no-stock", country=in_sentence(country))
        return _nothing(view, to, country, unknown)
    if regime is None:
        said = {"country": in_sentence(country), "date": view.date}
        return _nothing(view, to, country, view.unknown("border", "border.before-rules", **said))
    return _Compiler(view, to, category, _with_channel(view, options, area), member, area, regime).plan()


def tells_apart(view: View, to: str, supply: Supply) -> tuple[bool, bool]:
    """Whether the rules in force tell platforms apart, and a parcel by post from one that a carrier clears."""
    rules = view.rules("border")
    member = rules["destinations"].get(to)
    if member is None:
        return False, False
    area = rules["areas"][member["area"]]
    regime = view.in_force(area.get("stock" if supply == "stock" else "regimes", ()))
    brackets = regime["brackets"] if regime else ()
    carriers = any("carrier" in rule for each in brackets for rule in (each, *each.get("lines", ())))
    return "programme" in area, carriers


def _with_channel(view: View, options: BorderOptions, area: Mapping[str, Any]) -> BorderOptions:
    """A platform outside a country's programme sells there like a shop of one's own."""
    programme = area.get("programme")
    if programme is None or options.platform is None or options.platform in programme["platforms"]:
        return options
    return replace(options, channel="own") if view.date >= day(programme["from"]).first else options


def _nothing(view: View, to: str, country: Text, why: Unknown) -> BorderPlan:
    steps = tuple(UnknownStep(i, i, view.text(f"border.line.{i}"), why) for i in ("duty", "vat"))
    return BorderPlan(to, "", {}, steps, unknown=(why,), name=country)


def _whole(bracket: Mapping[str, Any]) -> dict[str, Any]:
    """A bracket of the rules with what it leaves open."""
    return {**_BRACKET, **bracket, "lines": [{**_LINE, **line} for line in bracket.get("lines", ())]}


@dataclass
class _Entry:
    """A line of one bracket while the plan is made."""

    id: str
    payer: Payer | None
    bracket: int
    part: Part
    label: Text
    waived: bool = False


@dataclass
class _Compiler:
    """Makes a plan of one regime. Everything that can be known before the orders are is settled here."""

    view: View
    to: str
    category: str
    options: BorderOptions
    member: Mapping[str, Any]
    area: Mapping[str, Any]
    regime: Mapping[str, Any]
    warnings: list[Text] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    entries: list[_Entry] = field(default_factory=list)
    said_of: dict[int, list[Text]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.country = text_of(self.member["name"])
        self.own: str = self.area["currency"]
        self.hs = "".join(c for c in self.options.hs or "" if c.isdigit())
        self.says = self.view.text

    def plan(self) -> BorderPlan:
        chosen = [_whole(b) for b in self.regime["brackets"] if self._chosen(b)]
        self._cite(self.regime.get("facts", ()))
        self.warnings += self._said([*self.regime.get("says", ()), *self.member.get("says", ())])
        if self.to == "GB" and (self.options.region or "").upper() in {"NI", "NIR", "GB-NIR"}:
            self.warnings.append(self.says("border.gb.northern-ireland"))
        brackets = tuple(self._bracket(i, b) for i, b in enumerate(chosen))
        assessor = Assessor(self.own, self.country, brackets, self.options.price_includes_tax, self.says)
        for bracket, rule in zip(brackets, chosen, strict=True):
            self._lines(bracket, rule, assessor)
        for bracket in brackets:
            if bracket.tax_limit is not None:
                # fees are no tax: only duty and what runs on it are too small to collect
                after = (e for e in self.entries if e.bracket == bracket.index + 1)
                mine = [entry for entry in after if entry.id.split(".")[0] != "other"]
                mine.sort(key=lambda entry: ORDER.index(entry.id.split(".")[0]))
                assessor.parts[bracket.index + 1] = [(entry.id, entry.part) for entry in mine]
        who = "marketplace" if self.options.channel == "marketplace" else "seller"
        sale = self.says("border.warn.tax-on-sale", who=self.says(f"border.who.{who}"))
        return BorderPlan(
            self.to,
            self.own,
            self.regime,
            self._steps(assessor),
            tuple(dict.fromkeys(self.warnings)),
            tuple(self.unknown),
            self.country,
            tuple(self.readings),
            assessor,
            self.says("border.warn.buyer", country=in_sentence(self.country)),
            sale if self.options.price_includes_tax else EMPTY,
            {index: tuple(dict.fromkeys(texts)) for index, texts in self.said_of.items()},
        )

    # which rules speak of this order

    def _chosen(self, rule: Mapping[str, Any]) -> bool:
        for key, wanted in (("channel", self.options.channel), ("carrier", self.options.carrier)):
            if key in rule and rule[key] != wanted:
                return False
        return "not_for" not in rule or not self._left_out(rule["not_for"])

    def _left_out(self, rule: Mapping[str, Any]) -> bool:
        """Whether a relief leaves these goods out; a code decides, a category only where there is none."""
        if self.hs:
            return any(self.hs.startswith(code) for code in rule["codes"])
        if self.category not in rule["categories"]:
            return False
        self.warnings.append(self.says(rule["text"]))
        return True

    def _said(self, rules: Sequence[Mapping[str, Any]]) -> list[Text]:
        texts = []
        for rule in rules:
            dated = (
                day(rule.get("from", "0001-01-01")).first
                <= self.view.date
                <= day(rule.get("until", "9999-12-31")).first
            )
            goods = rule.get("categories")
            if dated and self._chosen(rule) and (not goods or self.category in goods):
                self._cite(rule.get("facts", ()))
                texts.append(self.says(rule["text"]))
        return texts

    def _cite(self, facts: Sequence[str]) -> None:
        """Facts that stand behind the regime, those that answer at the date; none is a figure of the sum."""
        for fact in facts:
            if self.view.has(fact):
                found = self.view.read(fact)
                assert isinstance(found, Reading)
                self.readings.append(found)

    # figures

    def _rate(self, fact: str) -> Rate | Unknown:
        """A percentage of the rules; of a range the higher end is counted."""
        found = self.view.read(fact)
        if isinstance(found, Unknown):
            return found
        low, high = found.low_high()
        span = f"{plain(low)}–{plain(high)}" if low != high else ""
        return Rate(ppm(high), fact_datum(found, span or plain(high), both("%")), span)

    def _typed(self, percent: Decimal, label: Text) -> Rate:
        return Rate(ppm(percent), Datum(label, plain(percent), both("%"), "typed"))

    def _amount(self, fact: str, currency: str) -> Amount | Unknown:
        """An amount of the rules; of a range of limits the lower is used, and said."""
        found = self.view.read(fact)
        if isinstance(found, Unknown):
            return found
        low, high = found.low_high()
        if low != high:
            said = {"low": low, "high": high, "currency": currency}
            self.warnings.append(self.says("border.warn.limit-range", **said))
        return Amount(minor(low, currency), currency, found)

    def _share(self, rule: Mapping[str, Any]) -> Rate | None:
        if "share" not in rule:
            return None
        found = self._rate(rule["share"])
        if isinstance(found, Unknown):
            self.warnings.append(self.says("border.warn.share-unknown", date=self.view.date))
            return None
        return found

    def _vat(self, rule: Mapping[str, Any]) -> Rate | Unknown:
        if self.options.vat_rate is not None:
            return self._typed(self.options.vat_rate, self._label("vat"))
        region = (self.options.region or "").upper().rpartition("-")[2]
        special = rule.get("regions", {}).get(region) or rule.get("by", {}).get(self.category)
        fact = special or rule.get("fact") or self.member.get("vat")
        assert isinstance(fact, str)
        return self._rate(fact)

    def _label(self, line: str) -> Text:
        for key in (f"border.line.{line}.{self.to}", f"border.line.{line}"):
            if key in self.view.book.texts:
                return self.says(key)
        return self.says(f"border.line.{line.split('.')[0]}")

    # brackets

    def _bracket(self, index: int, rule: Mapping[str, Any]) -> Bracket:
        at_sale = rule["collected"] == "sale"
        reading = self.view.read(rule["up_to_kg"]) if "up_to_kg" in rule else None
        taken = self._share(rule)
        return Bracket(
            index,
            rule["outcome"],
            self._collector(rule["collected"]),
            at_sale,
            rule["base"] == "cif",
            rule["compares"] == "customs",
            self._amount(rule["up_to"], self.own) if "up_to" in rule else None,
            reading,
            taken,
            self._inside(rule) if at_sale and self.options.price_includes_tax else None,
            (
                *self._said(rule["says"]),
                *(
                    [self.says("border.warn.refused", country=in_sentence(self.country))]
                    if rule["outcome"] == "refused"
                    else []
                ),
            ),
            rule.get("under", False),
            self._amount(rule["tax_below"], self.own) if "tax_below" in rule else None,
        )

    def _collector(self, how: str) -> str:
        marketplace = self.options.channel == "marketplace"
        if how == "sale":
            return "marketplace" if marketplace else "seller"
        carrier = "post" if self.options.carrier == "post" else "carrier"
        if how == "operator":
            return "marketplace" if marketplace else carrier
        return carrier if how == "border" else how

    def _inside(self, rule: Mapping[str, Any]) -> Inside | None:
        """How the tax stands inside a price of the sale."""
        vat = next((line for line in rule["lines"] if line["id"] == "vat"), None)
        if vat is None:
            return None
        if vat["kind"] == "unknown":
            return Inside(self.view.unknown("vat", vat["text"]))
        if not vat["own_base"]:
            return Inside(self._vat(vat))
        duty = next(line for line in rule["lines"] if line["id"] == "duty")
        rate = self._duty_rate(duty)
        minus = self._amount(duty["minus"], duty["currency"]) if "minus" in duty else None
        if isinstance(rate, Unknown):
            return Inside(rate)
        if isinstance(minus, Unknown):
            return Inside(minus)
        return Inside(self._vat(vat), True, rate, minus)

    # lines

    def _lines(self, bracket: Bracket, rule: Mapping[str, Any], assessor: Assessor) -> None:
        chosen = [line for line in rule["lines"] if self._chosen(line)]
        replaced = self.options.addon_rates is not None
        layers = replaced and any(line["layer"] for line in chosen)
        taxed = any(line["kind"] in ("tariff", "percent", "kilo", "minus") for line in rule["lines"])
        kept = [line for line in chosen if not (replaced and line["layer"])]
        duties = [line for line in kept if line["id"].split(".")[0] == "duty"]
        for line in duties:
            self._entry(bracket, rule, line, assessor)
        # typed additions stand before the taxes that run on all of the duty
        if layers or (self.options.addon_rates and taxed and self._has_duty(rule)):
            self._addons(bracket, rule)
        for line in kept:
            if line["id"].split(".")[0] != "duty":
                self._entry(bracket, rule, line, assessor)
        if self.options.vat_rate is not None and not any(line["id"] == "vat" for line in rule["lines"]):
            self._untaxed_vat(bracket)
        if rule["low_value"]:
            self._fees(bracket)
        if self.options.duty_rate is not None and bracket.outcome == "taxed" and not self._has_duty(rule):
            self._warn(bracket, "border.warn.rate-unused")

    @staticmethod
    def _has_duty(rule: Mapping[str, Any]) -> bool:
        return any(
            line["id"] == "duty" and line["kind"] not in ("relieved", "flat") for line in rule["lines"]
        )

    def _addons(self, bracket: Bracket, rule: Mapping[str, Any]) -> None:
        """Typed additions in place of the layers of the rules."""
        for number, percent in enumerate(self.options.addon_rates or (), start=1):
            label = self._label("duty.addon")
            base = Base(True, (), bracket.share, self.says)
            part = Percent(self._typed(percent, label), base, self.says, whole=self._whole(bracket))
            self._add(f"duty.addon{number}", self._payer(rule, {}), bracket, part, label)

    def _untaxed_vat(self, bracket: Bracket) -> None:
        """A typed tax where the rules know none (a state's sales tax): on the goods, asked of the buyer."""
        label = self._label("vat")
        assert self.options.vat_rate is not None
        part = Percent(self._typed(self.options.vat_rate, label), Base(False, (), None, self.says), self.says)
        self._add("vat", "buyer", bracket, part, label)

    def _fees(self, bracket: Bracket) -> None:
        for fee in self.member.get("fees", ()):
            if not day(fee["from"]).first <= self.view.date <= day(fee.get("until", "9999-12-31")).first:
                continue
            amount = self._amount(fee["fact"], fee["currency"])
            part: Part = (
                NotKnown(amount) if isinstance(amount, Unknown) else Flat(amount, fee["per"], self.says)
            )
            self._add("other.fee", "seller", bracket, part, self._label("other.fee"))

    def _payer(self, rule: Mapping[str, Any], line: Mapping[str, Any]) -> Payer:
        """Who bears a line: as the rule says; a tax of the sale is the seller's if the price contains it."""
        said = line.get("payer") or rule.get("payer")
        if said in ("seller", "buyer"):
            payer: Payer = "seller" if said == "seller" else "buyer"
            return payer
        if rule["collected"] == "sale":
            return "seller" if self.options.price_includes_tax else "buyer"
        return "seller" if rule["collected"] == "operator" else "buyer"

    def _entry(
        self, bracket: Bracket, rule: Mapping[str, Any], line: Mapping[str, Any], assessor: Assessor
    ) -> None:
        label = self._label(line["id"])
        part = self._part(bracket, line, label)
        if isinstance(part, NothingDue) and isinstance(bracket.tax_limit, Amount):
            part = replace(part, limit=bracket.tax_limit, tax=lambda ledger: assessor.tax(ledger, bracket)[0])
        if isinstance(part, NotKnown):
            self.unknown.append(part.unknown)
        rate = getattr(part, "rate", None)
        if isinstance(rate, Rate) and rate.span and line["id"] != "vat":
            self._warn(bracket, "border.warn.high-end", line=label, range=rate.span)
        payer = None if isinstance(part, NothingDue) else self._payer(rule, line)
        waived = isinstance(part, Percent) and part.waived is not None
        self._add(line["id"], payer, bracket, part, label, waived)

    def _warn(self, bracket: Bracket, key: str, **said: object) -> None:
        """A warning for the orders of one bracket."""
        self.said_of.setdefault(bracket.index, []).append(self.says(key, **said))

    def _add(
        self, line: str, payer: Payer | None, bracket: Bracket, part: Part, label: Text, waived: bool = False
    ) -> None:
        self.entries.append(_Entry(line, payer, bracket.index, part, label, waived))

    def _part(self, bracket: Bracket, line: Mapping[str, Any], label: Text) -> Part:
        kind = line["kind"]
        if kind == "relieved":
            limit = bracket.limit if isinstance(bracket.limit, Amount) else None
            kilograms = bracket.limit_kg if isinstance(bracket.limit_kg, Reading) else None
            return NothingDue(
                limit, kilograms, bracket.compares_customs, self.says, self.own, under=bracket.under
            )
        if kind == "unknown":
            fact = self.view.read(line["fact"]) if "fact" in line else None
            reading = fact if isinstance(fact, Reading) else None
            return NotKnown(self.view.unknown(line["id"], line["text"]), reading)
        if kind in ("flat", "banded"):
            return self._fixed(bracket, line)
        rate = self._vat(line) if line["id"] == "vat" else self._duty_rate(line, label)
        if isinstance(rate, Unknown):
            return NotKnown(rate)
        if line["id"] == "vat" and bracket.inside is not None:
            return TaxInside(rate, line["own_base"], self.says)
        return self._rated(bracket, line, rate)

    def _duty_rate(self, line: Mapping[str, Any], label: Text = EMPTY) -> Rate | Unknown:
        """The rate of a duty line: as typed, of the tariff by code or category, or the one of the rule."""
        if line["id"] == "duty" and self.options.duty_rate is not None:
            return self._typed(self.options.duty_rate, self._label("duty"))
        if line["kind"] != "tariff":
            return self._rate(line.get("by", {}).get(self.category, line["fact"]))
        table = self.area["tables"][line["table"]]
        codes = [code for code in table.get("codes", ()) if self.hs.startswith(code)]
        by_category = table.get("categories", {})
        fact = table["codes"][max(codes, key=len)] if codes else by_category.get(self.category)
        if fact is None:
            said = {"line": label, "category": self.category, "country": in_sentence(self.country)}
            return self.view.unknown(line["id"], "border.no-rate", **said)
        return self._rate(fact)

    def _fixed(self, bracket: Bracket, line: Mapping[str, Any]) -> Part:
        if line["kind"] == "banded":
            found = self.view.read(line["fact"])
            if isinstance(found, Unknown):
                return NotKnown(found)
            bands = bands_of(found, line["currency"], rates=False)
            return Banded(bands, found, line["currency"], Base(True, (), bracket.share, self.says))
        amount = self._amount(line["fact"], line["currency"])
        return NotKnown(amount) if isinstance(amount, Unknown) else Flat(amount, line["per"], self.says)

    def _rated(self, bracket: Bracket, line: Mapping[str, Any], rate: Rate) -> Part:
        base = self._base(bracket, line)
        if isinstance(base, Unknown):
            return NotKnown(base)
        kind = line["kind"]
        if kind == "kilo":
            return self._kilo(line, rate)
        if kind == "minus":
            minus = self._amount(line["minus"], line["currency"])
            return NotKnown(minus) if isinstance(minus, Unknown) else Less(rate, base, minus, self.says)
        if kind == "bounded":
            low = self._amount(line["minimum"], line["currency"])
            high = self._amount(line["maximum"], line["currency"])
            if isinstance(low, Unknown) or isinstance(high, Unknown):
                return NotKnown(low if isinstance(low, Unknown) else high)  # type: ignore[arg-type]
            return Between(rate, base, low, high, self.says)
        return Percent(rate, base, self.says, line["own_base"], self._waiver(line), self._whole(bracket))

    def _kilo(self, line: Mapping[str, Any], rate: Rate) -> Part:
        least = self._amount(line["min_per_kg"], self.own)
        above = self._amount(line["above"], self.own) if "above" in line else None
        kilograms = self.view.read(line["above_kg"]) if "above_kg" in line else None
        for found in (least, above, kilograms):
            if isinstance(found, Unknown):
                return NotKnown(found)
        assert isinstance(least, Amount)
        assert not isinstance(above, Unknown)
        assert not isinstance(kilograms, Unknown)
        return Kilo(rate, least, self.says, above, kilograms)

    def _waiver(self, line: Mapping[str, Any]) -> Amount | None:
        """The amount below which a charge is not collected; none where the date has no such rule."""
        fact = line.get("waived_below") or (self.member.get("waived_below") if line["id"] == "vat" else None)
        if fact is None or not self.view.has(fact):
            return None
        amount = self._amount(fact, self.own)
        return amount if isinstance(amount, Amount) else None

    def _whole(self, bracket: Bracket) -> Amount | None:
        """What customs rounds to; a tax of the sale keeps its cents."""
        fact = self.area.get("rounded")
        if fact is None or bracket.at_sale or not self.view.has(fact):
            return None
        amount = self._amount(fact, self.own)
        return amount if isinstance(amount, Amount) else None

    def _base(self, bracket: Bracket, line: Mapping[str, Any]) -> Base | Unknown:
        names: list[str] = []
        for item in line["of"]:
            if item == "duty":
                names += [entry.id for entry in self.entries if entry.id.split(".")[0] == "duty"]
                names += [f"{entry.id}.buyer" for entry in self.entries if entry.id.split(".")[0] == "duty"]
            elif item in ("freight", "insurance"):
                names += [] if self.options.price_includes_tax else [item]
            elif item == "handling":
                names += [item]
        uplift = self._rate(line["uplift"]) if "uplift" in line else None
        above = None
        if "above" in line and line["kind"] != "kilo":
            above = self._amount(line["above"], self.own)
        if isinstance(uplift, Unknown) or isinstance(above, Unknown):
            return uplift if isinstance(uplift, Unknown) else above  # type: ignore[return-value]
        customs = "customs" in line["of"]
        value = customs or "goods" in line["of"]
        further = tuple(dict.fromkeys(names))
        return Base(customs, further, bracket.share, self.says, value, uplift, above)

    # steps

    def _steps(self, assessor: Assessor) -> tuple[Step, ...]:
        """One step for each line and payer; the buyer's has its own id only where the seller has one too."""
        steps: list[Step] = []
        for line in dict.fromkeys(entry.id for entry in self.entries):
            same = [entry for entry in self.entries if entry.id == line]
            payers = list(dict.fromkeys(entry.payer for entry in same if entry.payer is not None)) or [
                "seller"
            ]
            for payer in sorted(payers, reverse=True):
                # a relief belongs to whoever bears the line, to the seller where both do
                mine = [e for e in same if e.payer == payer or (e.payer is None and payer == max(payers))]
                suffix = ".buyer" if payer == "buyer" and len(payers) > 1 else ""
                steps.append(self._step(f"{line}{suffix}", payer, mine, assessor))
        if self.options.handling:
            steps.append(self._handling(assessor))
        return tuple(sorted(steps, key=lambda step: ORDER.index(step.id.split(".")[0])))

    def _step(self, line: str, payer: Payer, mine: Sequence[_Entry], assessor: Assessor) -> BorderLine:
        series: Series = "vat" if line.split(".")[0] == "vat" else "duty"
        parts = {entry.bracket: entry.part for entry in mine}
        waivers = frozenset(entry.bracket for entry in mine if entry.waived)
        return BorderLine(line, series, mine[0].label, payer, assessor, parts, waivers)

    def _handling(self, assessor: Assessor) -> HandlingLine:
        sale = any(bracket.at_sale for bracket in assessor.brackets)
        seller = sale or any(e.payer == "seller" for e in self.entries)
        missing = Unknown("handling", self.says("border.base-missing"))
        return HandlingLine(
            "handling", "duty", self._label("handling"), "seller" if seller else "buyer", missing
        )
