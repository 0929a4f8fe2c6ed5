"""The advice: every choice of a case ranked on a view, with reasons, sources and what is not known.

Order of the work: for each market the services, then the platforms with the best service, then the markets with their
best platform. Import modes, platforms and cities follow in `desktop.engine.importing`.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec.structs import replace

from desktop.core.case import Case, not_applied
from desktop.core.facts import Reading, RuleBook, Unknown, View
from desktop.core.money import decimals, plain
from desktop.core.places import in_sentence
from desktop.core.questions import Questions, questions_of
from desktop.core.result import Advice, Datum, Exclusion, Mark, Option, Quote, Ranking, Reason, distinct
from desktop.core.text import Text, both, joined, text_of
from desktop.core.words import money_text
from desktop.engine import fees, freight, markets
from desktop.engine.conditions import applies
from desktop.engine.days import days_texts
from desktop.engine.kernel import LARGEST_ORDER
from desktop.engine.lanes import Pricer, readings_of
from desktop.engine.open_answers import cost_not_given, weight_not_given
from desktop.engine.scoring import Candidate, Measured, Standings, close, rank, standings, weights
from desktop.engine.stability import stability

if TYPE_CHECKING:
    from desktop.engine.importing import ImportSide

PLATFORMS = ("aliexpress", "amazon", "ebay", "dhgate")
EMPTY_RANKING = Ranking("", ())
Found = TypeVar("Found")
MAIN = ("commission", "freight", "duty", "vat")
"""Parts of the cost without which a margin says too little to be ranked by."""
TOO_CLOSE = Decimal("1.0")
"""Two options whose scores differ by no more than this are "too close to call"."""


@dataclass
class MarketSide:
    """What was found for one market: its services and platforms, ranked."""

    market: str
    services: dict[str, Standings] = field(default_factory=dict)
    platforms: Ranking = EMPTY_RANKING

    def best_service(self, platform: str) -> Candidate | None:
        """The service that stands first among those with a price."""
        found = self.services.get(platform)
        return next((c for c in found.first_to_last if "cost" in c.details), None) if found else None


@dataclass
class Adviser:
    """One evaluation of a case on a view. `marks` say of answers that they were typed in this sitting; the others are
    the case's."""

    case: Case
    view: View
    questions: Questions
    marks: Mapping[str, Mark] = field(default_factory=dict)
    pricer: Pricer = field(init=False)
    sides: dict[str, MarketSide] = field(default_factory=dict)
    _measured: dict[tuple[str, str, str | None], Candidate] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.pricer = Pricer(self.case, self.view, self.questions, dict(self.marks))
        self.rules: Mapping[str, Any] = self.view.rules("advice")

    # ------------------------------------------------------------------ the whole
    def advise(self) -> Advice:
        """The advice, in one go."""
        return run_out(self.stages())

    def stages(self) -> Generator[None, None, Advice]:
        """The advice in stages, one market or one side of the case each: who waits may do something else between them."""
        platforms = logistics = ranking = EMPTY_RANKING
        if self.case.exports:
            for market in self.market_ids():
                self.sides[market] = self._market_side(market)
                yield
            ranking = self._rank_markets()
            # where no market can be ranked the platforms of the first one still say what is not known of them
            shown = ranking.first or (ranking.options[0] if ranking.options else None)
            if shown:
                side = self.sides[shown.id]
                platforms = side.platforms
                logistics = self._with_lines(side, self._chosen_platform(platforms))
            yield
        incoming = self._import_side() if self.case.imports else None
        if incoming:
            yield
        modes = incoming.modes() if incoming else EMPTY_RANKING
        import_platforms = incoming.platforms(modes) if incoming else EMPTY_RANKING
        cities = incoming.cities(modes) if incoming else EMPTY_RANKING
        if incoming:
            yield
        rankings = (platforms, logistics, modes, import_platforms, ranking, cities)
        context = self._context(ranking, platforms, modes, import_platforms)
        return Advice(
            as_of=self.view.date,
            platforms=platforms,
            logistics=logistics,
            import_modes=modes,
            import_platforms=import_platforms,
            markets=ranking,
            cities=cities,
            stability=self._stability(platforms, modes, ranking),
            unknown=(*not_applied(self.case, self.view.book), *_unknown(rankings)),
            warnings=(
                *self._warnings(platforms, ranking),
                *self._chosen_closed(modes, "import_mode"),
                *(incoming.warnings() if incoming else ()),
            ),
            next_steps=self._next_steps(context),
            defaults=self._defaults(),
            readings=distinct(_readings(rankings)),
        )

    def _import_side(self) -> ImportSide:
        # an exporter, the usual client, does not wait for the loading of China's import taxes
        from desktop.engine.importing import ImportSide

        return ImportSide(self.case, self.view, self.questions)

    def market_ids(self) -> tuple[str, ...]:
        """The markets that are compared: those chosen, else all covered ones."""
        return self.case.several("destinations") or tuple(self.rules["markets"]["compared"])

    # ------------------------------------------------------------------ logistics of a market
    def _market_side(self, market: str) -> MarketSide:
        side = MarketSide(market)
        for platform in PLATFORMS:
            side.services[platform] = self._services(market, platform)
        side.platforms = self._rank_platforms(side)
        return side

    def _services(self, market: str, platform: str) -> Standings:
        context = self.answers() | {"market": market, "best_platform": platform}
        candidates = [
            self._service(service, market, platform, context) for service in freight.service_ids(self.view)
        ]
        rules = self.rules["logistics"]
        weighting = weights(rules, context, self.case.weights.get("logistics"))
        return standings("logistics", candidates, rules, self.view, weighting)

    def _with_lines(self, side: MarketSide, platform: str | None) -> Ranking:
        """The services as they are shown: the freight lines are explained for these and not for all that were priced."""
        found = side.services.get(platform or "")
        ranking = found.ranking() if found else EMPTY_RANKING
        return replace(ranking, options=tuple(self._shown(o, side.market, platform) for o in ranking.options))

    def _shown(self, option: Option, market: str, platform: str | None) -> Option:
        plan = self.pricer.freight_plan(option.id, market, platform)
        # of a closed service nothing else is to be minded
        details = {**option.details, "warnings": () if option.excluded else plan.warnings}
        if "cost" not in option.details:
            return replace(option, details=details, days=plan.days)
        return replace(option, details=details, quote=self.pricer.freight_lines(option.id, market, platform))

    def _service(self, service: str, market: str, platform: str, context: Mapping[str, Any]) -> Candidate:
        key = (service, market, self.pricer.platform_of(service, platform))
        if key not in self._measured:
            self._measured[key] = self._measured_service(*key)
        return self._measured[key].asked_in(context)

    def _measured_service(self, service: str, market: str, platform: str | None) -> Candidate:
        """A service as it is for every platform that it cares about alike."""
        closed = freight.closed_to(self.view, service, market, self.pricer.parcel(platform))
        if closed:
            return Candidate(service, closed[0], {}, excluded=closed[1])
        plan = self.pricer.freight_plan(service, market, platform)
        if plan.kind == "b2b" and self.to_consumers():
            return Candidate(service, plan.name, {}, excluded=self.consignment())
        candidate = Candidate(service, plan.name, {}, excluded=plan.exclusion, days=plan.days)
        candidate.unknown = plan.unknown
        candidate.doubtful = bool(plan.doubts)
        candidate.details["days_text"] = plan.days_text
        if plan.exclusion is None:
            self._measure_service(candidate, plan, market, platform)
        return candidate

    def consignment(self) -> Exclusion:
        """Why a service for consignments is closed to single orders: its price ends at a port, an airport, a terminal."""
        said = (self.view.text("advice.consignment"), self.view.text("advice.opens-consignment"))
        return Exclusion(*said, None, "consignment")

    def to_consumers(self) -> bool:
        """Whether each order goes to a buyer of single pieces, not to a trader or a warehouse."""
        wholesale = self.case.text("order_size") in ("small-wholesale", "bulk")
        return self.pricer.fulfilment == "seller" and not wholesale

    def _measure_service(
        self, candidate: Candidate, plan: freight.FreightPlan, market: str, platform: str | None
    ) -> None:
        cost = self.pricer.freight_cost(candidate.id, market, platform)
        reading = (plan.table,) if plan.table else ()
        if cost is not None:
            amount = money_text(cost, self.pricer.currency)
            shown = both(f"{amount} {self.pricer.currency}")
            entry = self.pricer.entry_cost(candidate.id, market, platform)
            if entry:
                # a parcel by post and one by a line meet different fees at a border: they belong to the way
                fee = money_text(entry, self.pricer.currency)
                shown = self.view.text(
                    "advice.freight-entry", freight=amount, entry=fee, currency=self.pricer.currency
                )
            candidate.measured["cost"] = Measured(Decimal(cost + entry), shown, reading)
            candidate.details |= {"cost": cost, "entry": entry}
            if plan.table:
                text = self.view.text("advice.reason.freight", amount=amount, currency=self.pricer.currency)
                candidate.reasons.append(_fact_reason(text, plan.table, "cost"))
        else:
            candidate.measured["cost"] = Measured(None, self.view.text("advice.cannot-say"))
        if plan.days:
            readings = (plan.days_reading,) if plan.days_reading else ()
            raw, text = days_texts(self.view, plan.days)
            candidate.measured["speed"] = Measured(Decimal(sum(plan.days)) / 2, raw, readings)
            if plan.days_reading:
                candidate.reasons.append(_fact_reason(text, plan.days_reading, "speed"))
        # a service is chosen by its price first of all: without one it is listed and not ranked
        candidate.cannot_say = cost is None

    # ------------------------------------------------------------------ platforms of a market
    def _rank_platforms(self, side: MarketSide) -> Ranking:
        candidates = [self._platform(platform, side) for platform in PLATFORMS]
        self._count_unknown_commissions(candidates)
        rules = self.rules["platforms"]
        weighting = weights(rules, self.answers(), self.case.weights.get("platforms"))
        return rank("platforms", candidates, rules, self.view, weighting)

    def _platform(self, platform: str, side: MarketSide) -> Candidate:
        candidate, marketplace = self.opened(platform, side.market)
        if candidate.excluded is not None:
            return candidate
        carrier = side.best_service(platform)
        service = carrier.id if carrier else None
        candidate.details |= {"market": side.market, "marketplace": marketplace, "service": service}
        warnings = self.pricer.fee_plan(platform, marketplace).warnings
        if marketplace != side.market:
            site = text_of(self.view.rules("fees")[platform]["marketplaces"][marketplace]["site"])
            warnings = (*warnings, self.view.text("advice.other-site", site=site))
        candidate.details["warnings"] = warnings
        quote = self.pricer.quote(platform, marketplace, side.market, service)
        candidate.quote = quote
        if carrier:
            candidate.days = carrier.days
        candidate.measured["money"] = self._money(quote)
        if quote is not None:
            candidate.unknown = quote.unknown
            candidate.reasons += self._money_reason(quote)
        return candidate

    def opened(self, platform: str, market: str) -> tuple[Candidate, str]:
        """A platform for buyers of a market before anything is priced: closed by a hard rule, or with its site."""
        name = text_of(self.view.rules("platforms")[platform])
        candidate = Candidate(platform, name, self.answers() | {"market": market})
        close(candidate, self.rules["platforms"], self.view)
        marketplace = self._site(platform, market)
        if candidate.excluded is None and self.pricer.fulfilment == "fba" and platform != "amazon":
            text = self.view.text("advice.fba-elsewhere", platform=name)
            opens = self.view.text("advice.opens-fulfilment")
            candidate.excluded = Exclusion(text, opens, None, "fba-elsewhere")
        if candidate.excluded is None and marketplace is None:
            where = in_sentence(self._market_name(market))
            text = self.view.text("advice.no-site", platform=name, market=where)
            candidate.excluded = Exclusion(text, self.view.text("advice.opens-market"), None, "no-site")
        return candidate, marketplace or ""

    def _site(self, platform: str, market: str) -> str | None:
        """The platform's site for buyers of a market; where it has none there, its main site if that serves them."""
        own = fees.marketplace_for(self.view, platform, market)
        main = self.rules["platforms"].get("other_sites", {}).get(platform)
        return own or (main if main and main in fees.marketplaces(self.view, platform) else None)

    def _count_unknown_commissions(self, candidates: list[Candidate]) -> None:
        """A commission that is not known counts like the dearest known one of the market: it must not flatter."""
        known = {c.id: cost for c in candidates if (cost := _commission(c.quote)) is not None}
        for candidate in candidates:
            quote = candidate.quote
            if quote is None or quote.price <= 0 or candidate.id in known or not known:
                continue
            if all(_known(quote, part) for part in MAIN if part != "commission"):
                dearest = max(known.values())
                raw = self.view.text(
                    "advice.net-estimate",
                    amount=quote.net_money,
                    currency=quote.currency,
                    commission=money_text(dearest, quote.currency),
                )
                value = Decimal(quote.net - dearest) * 100 / quote.price
                candidate.measured["money"] = Measured(value, raw, readings_of(quote))
        for candidate in candidates:
            candidate.details["money"] = candidate.measured.get("money")

    def _money(self, quote: Quote | None) -> Measured:
        """The margin in percent of the price; not known where a main part of the cost is not, for that would flatter."""
        if quote is None or quote.price <= 0:
            return Measured(None, self.view.text("advice.no-price"))
        amount = quote.net_money
        if not all(_known(quote, part) for part in MAIN):
            raw = self.view.text("advice.net-at-most", amount=amount, currency=quote.currency)
            return Measured(None, raw, readings_of(quote))
        key = "advice.net" if quote.complete else "advice.net-at-most"
        raw = self.view.text(key, amount=amount, currency=quote.currency, percent=quote.percent)
        return Measured(Decimal(quote.net) * 100 / quote.price, raw, readings_of(quote))

    def _money_reason(self, quote: Quote) -> list[Reason]:
        commission = next((line for line in quote.lines if line.id.startswith("commission")), None)
        readings = (commission.readings if commission else ()) or readings_of(quote)
        if not readings:
            return []
        if quote.complete:
            text = self.view.text(
                "advice.reason.net",
                amount=quote.net_money,
                currency=quote.currency,
                percent=quote.percent if quote.percent is not None else "?",
            )
        else:
            labels = [line.label for line in quote.seller_lines if line.amount is None]
            text = self.view.text(
                "advice.reason.net-at-most",
                amount=quote.net_money,
                currency=quote.currency,
                unknown=joined(labels, ", ", "、"),
            )
        return [_fact_reason(text, readings[0], "money")]

    def _chosen_platform(self, platforms: Ranking) -> str | None:
        chosen = self.case.text("platform")
        return chosen or (platforms.first.id if platforms.first else None)

    # ------------------------------------------------------------------ markets
    def _rank_markets(self) -> Ranking:
        reaches = markets.reaches(self.view, self.sides)
        candidates = [self._market(side, reaches[side.market]) for side in self.sides.values()]
        rules = self.rules["markets"]
        weighting = weights(rules, self.answers(), self.case.weights.get("markets"))
        return rank("markets", candidates, rules, self.view, weighting)

    def _market(self, side: MarketSide, found: markets.Reach | Unknown) -> Candidate:
        platform = self._chosen_platform(side.platforms)
        option = side.platforms.option(platform) if platform else None
        context = self.answers() | {"market": side.market, "best_platform": platform}
        candidate = Candidate(side.market, self._market_name(side.market), context)
        candidate.details["platform"] = platform
        if isinstance(found, Unknown):
            candidate.measured["reach"] = Measured(None, found.why)
            candidate.unknown = (found,)
        else:
            value, unit, readings, measure = found
            shown = plain(value.quantize(Decimal("0.1"))) if value < 1000 else f"{value:,.0f}"
            candidate.measured["reach"] = Measured(
                value, Text(f"{shown} {unit.en}", f"{shown} {unit.zh}"), readings
            )
            text = self.view.text("advice.reason.reach", measure=measure, value=shown, unit=unit)
            candidate.reasons += [_fact_reason(text, reading, "reach") for reading in readings[:1]]
        quote = option.quote if option and option.excluded is None else None
        candidate.quote = quote
        money = option.details.get("money") if option and option.excluded is None else None
        candidate.measured["money"] = money if isinstance(money, Measured) else self._money(quote)
        if quote is not None:
            candidate.unknown += quote.unknown
            candidate.reasons += self._money_reason(quote)
        if option and option.days:
            candidate.days = option.days
            raw, _ = days_texts(self.view, option.days)
            candidate.measured["speed"] = Measured(Decimal(sum(option.days)) / 2, raw, ())
        return candidate

    # ------------------------------------------------------------------ around the rankings
    def _market_name(self, market: str) -> Text:
        return text_of(self.view.rules("markets")["countries"][market]["name"])

    def answers(self) -> dict[str, Any]:
        """What conditions of the rules may ask for: every answer that is given, by name."""
        names = [question.name for question in self.questions.items]
        answers = {name: self.case.given(name) for name in names if self.case.given(name) is not None}
        answers.pop("import_mode", None)
        return answers | {"direction": self.case.direction, "import_mode": self.case.given("import_mode")}

    def _context(
        self, ranking: Ranking, platforms: Ranking, modes: Ranking, import_platforms: Ranking
    ) -> dict[str, Any]:
        first_mode = self.case.text("import_mode") or (modes.first.id if modes.first else None)
        return self.answers() | {
            "market": ranking.first.id if ranking.first else None,
            "best_platform": self._chosen_platform(platforms),
            "mode": first_mode,
            "best_import_platform": import_platforms.first.id if import_platforms.first else None,
        }

    def _next_steps(self, context: Mapping[str, Any]) -> tuple[Reason, ...]:
        steps = []
        for rule in self.rules["next_steps"]["steps"]:
            if not applies(rule, context, self.view.date):
                continue
            reading = self.view.read(rule["fact"])
            if isinstance(reading, Reading):
                steps.append(_fact_reason(text_of(rule["text"]), reading, ""))
        return tuple(steps)

    def _stability(self, platforms: Ranking, modes: Ranking, ranking: Ranking) -> tuple[Text, ...]:
        said: list[Text] = []
        for each in (platforms, modes):
            if len(each.ranked) > 1:
                first, second = each.ranked[:2]
                gap = (first.score or Decimal(0)) - (second.score or Decimal(0))
                if gap <= TOO_CLOSE:
                    said.append(
                        self.view.text("advice.stable.close", first=first.name, second=second.name, gap=gap)
                    )
                said += stability(each, self.view)
        return tuple(said)

    def _chosen_closed(self, ranking: Ranking, question: str) -> list[Text]:
        """What the client has settled on, where a hard rule closes it."""
        chosen = self.case.text(question)
        option = ranking.option(chosen) if chosen else None
        if option is None or option.excluded is None:
            return []
        return [self.view.text("advice.chosen-closed", option=option.name, why=option.excluded.text)]

    def _warnings(self, platforms: Ranking, ranking: Ranking) -> tuple[Text, ...]:
        view, found = self.view, []
        if self.case.exports:
            for name, text in (
                ("list_price", view.text("advice.no-price")), ("unit_cost", cost_not_given(self.case, view)),
                ("weight_g", weight_not_given(self.case, view)), ("category", view.text("advice.no-category")),
                ("goods_class", view.text("advice.goods-class-open")),
            ):  # fmt: skip
                if self.case.given(name) is None:
                    found.append(text)
        if self.case.exports and self.pricer.too_large:
            most = f"{LARGEST_ORDER // 10 ** decimals(self.pricer.currency):,}"
            found.append(view.text("advice.too-large", limit=most))
        for option in platforms.ranked[:1]:
            found += option.details.get("warnings", ())  # type: ignore[arg-type]
        found += self._chosen_closed(platforms, "platform")
        quotes = [option.quote for option in platforms.ranked if option.quote]
        if quotes and all(quote.net <= 0 for quote in quotes):
            found.append(view.text("advice.lost-money"))
        for option in ranking.ranked:
            found += self._buyer_pays(option)
            if option.rank == 1:
                found += self._border_warnings(option)
        return tuple(dict.fromkeys(found))

    def _border_warnings(self, option: Option) -> tuple[Text, ...]:
        platform = option.details.get("platform")
        if not isinstance(platform, str):
            return ()
        carrier = self.sides[option.id].best_service(platform)
        return self.pricer.border_plan(option.id, platform, carrier.id if carrier else None).warnings

    def _buyer_pays(self, option: Option) -> list[Text]:
        if option.quote is None:
            return []
        lines = [line for line in option.quote.lines if line.payer == "buyer" and line.amount]
        if not lines:
            return []
        amount = money_text(sum(line.amount or 0 for line in lines), option.quote.currency)
        return [
            self.view.text(
                "advice.buyer-pays", market=option.name, amount=amount, currency=option.quote.currency
            )
        ]

    def _defaults(self) -> tuple[Datum, ...]:
        if not self.case.exports:
            return ()
        label = {question.name: question.label for question in self.questions.items}
        found = []
        if self.case.given("pieces_per_order") is None:
            found.append(Datum(label["pieces_per_order"], "1", Text("piece", "件"), "default"))
        if self.case.given("goods_class") is None:
            plain_goods = self.questions["goods_class"].choice("plain")
            if plain_goods:
                found.append(Datum(label["goods_class"], plain_goods.name.en, Text("", ""), "default"))
        if self.case.given("fulfilment") is None:
            own = self.questions["fulfilment"].choice("seller")
            if own:
                found.append(Datum(label["fulfilment"], own.name.en, Text("", ""), "default"))
        return tuple(found)


def _known(quote: Quote, part: str) -> bool:
    """Whether every line of a part (commission, freight) is known."""
    return all(line.amount is not None for line in quote.seller_lines if line.id.split(".")[0] == part)


def _commission(quote: Quote | None) -> int | None:
    """The commission of a quote in minor units of its currency; None where it is not known."""
    if quote is None or not _known(quote, "commission"):
        return None
    return sum(line.amount or 0 for line in quote.lines if line.id.split(".")[0] == "commission")


def _fact_reason(text: Text, reading: Reading, criterion: str) -> Reason:
    return Reason(text, reading.id, reading.value.source, reading, criterion)


def _unknown(rankings: tuple[Ranking, ...]) -> tuple[Unknown, ...]:
    """What is not known of the ranked options, those in the lead first. Each option keeps its own list as well."""
    found: dict[str, Unknown] = {}
    spoken_of = [
        ranking.ranked or tuple(o for o in ranking.options if not o.excluded) for ranking in rankings
    ]
    for place in range(max((len(options) for options in spoken_of), default=0)):
        for options in spoken_of:
            for option in options[place : place + 1]:
                for unknown in option.unknown:
                    # what is missing behind the leader is the matter itself; behind others it is said of whom
                    said = (
                        unknown
                        if place == 0
                        else replace(unknown, why=joined([option.name, unknown.why], ": ", "："))
                    )
                    found.setdefault(unknown.why.en, said)
    return tuple(found.values())


def _readings(rankings: tuple[Ranking, ...]) -> list[Reading]:
    found: list[Reading] = []
    for ranking in rankings:
        for option in ranking.options:
            found += [reason.reading for reason in option.reasons if reason.reading]
            found += [reading for criterion in option.criteria for reading in criterion.readings]
            found += readings_of(option.quote)
            if option.excluded and option.excluded.reading:
                found.append(option.excluded.reading)
    return found


def evaluate(
    case: Case,
    book: RuleBook,
    today: date,
    questions: Questions | None = None,
    marks: Mapping[str, Mark] | None = None,
) -> Advice:
    """The advice on a case: on the day of its `as_of`, else on the day given as today's. `marks` as of `Adviser`."""
    return run_out(evaluating(case, book, today, questions, marks))


def evaluating(
    case: Case,
    book: RuleBook,
    today: date,
    questions: Questions | None = None,
    marks: Mapping[str, Mark] | None = None,
) -> Generator[None, None, Advice]:
    """The same in stages."""
    view = book.at(case.as_of or today, case.overrides)
    return (yield from Adviser(case, view, questions or questions_of(book.rules), marks or {}).stages())


def run_out(stages: Generator[None, None, Found]) -> Found:
    """All stages at once."""
    while True:
        try:
            next(stages)
        except StopIteration as done:
            found: Found = done.value
            return found
