"""The import side of an advice: modes with their tax, the city of entry, the import platforms."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import numpy as np

from desktop.core.case import Case
from desktop.core.facts import Reading, View
from desktop.core.money import plain
from desktop.core.questions import Questions
from desktop.core.result import Exclusion, Quote, Ranking, Reason
from desktop.core.text import Text, both, joined, text_of
from desktop.core.words import money_text
from desktop.engine import import_tax
from desktop.engine.days import calendar_days, days_texts
from desktop.engine.exchange import ViewExchange
from desktop.engine.kernel import Column, Ledger
from desktop.engine.scoring import Candidate, Measured, rank, weights

CNY = "CNY"


class ImportSide:
    """Ranks import modes, import platforms and cities for one case on a view."""

    def __init__(self, case: Case, view: View, questions: Questions) -> None:
        self.case, self.view, self.questions = case, view, questions
        self.rules: Mapping[str, Any] = view.rules("advice")
        self.data: Mapping[str, Any] = view.rules("import_modes")
        self.exchange = ViewExchange(view)
        self.category = case.text("category") or "other"

    # ------------------------------------------------------------------ modes
    def modes(self) -> Ranking:
        context = self._context()
        candidates = [self._mode(mode, data, context) for mode, data in self.data["modes"].items()]
        rules = self.rules["import_modes"]
        return rank("import_modes", candidates, rules, self.view, self._weights("import_modes", context))

    def _mode(self, mode: str, data: Mapping[str, Any], context: Mapping[str, Any]) -> Candidate:
        candidate = Candidate(mode, text_of(data["name"]), context)
        plan = import_tax.compile_import_tax(self.view, mode, self.category)
        asks = tuple(text_of(ask) for ask in data["asks"])
        candidate.details |= {"code": plan.code, "warnings": plan.warnings, "asks": asks}
        candidate.excluded = self._not_in_city(mode)
        ledger = self.ledger(mode)
        ledger.run(plan.steps)
        outcome = plan.outcome(ledger, 0) if ledger.column("value").known[0] else "unknown"
        candidate.details["outcome"] = outcome
        if outcome == "refused" and candidate.excluded is None:
            reading = _first_reading(plan, ledger)
            text = self.view.text("advice.tax-refused")
            candidate.excluded = Exclusion(text, self.view.text("advice.tax-opens"), reading, "limit")
        lines = tuple(ledger.line(step, 0) for step in plan.steps)
        value = ledger.column("value")
        quote = Quote({"mode": mode}, int(value.units[0]), CNY, 1, lines)
        candidate.quote = quote if value.known[0] else None
        candidate.unknown = (*plan.unknown, *(quote.unknown if value.known[0] else ()))
        self._measure_tax(candidate, quote, bool(value.known[0]), outcome)
        self._measure_days(candidate, data)
        return candidate

    def _measure_tax(self, candidate: Candidate, quote: Quote, known: bool, outcome: str) -> None:
        if not known or quote.price <= 0 or not quote.complete:
            candidate.measured["tax"] = Measured(None, self.view.text("advice.cannot-say"))
            return
        readings = tuple({r.id: r for line in quote.lines for r in line.readings}.values())
        percent = (Decimal(quote.cost) * 100 / quote.price).quantize(Decimal("0.1"))
        amount = money_text(quote.cost, CNY)
        candidate.measured["tax"] = Measured(percent, both(f"{amount} CNY · {plain(percent)}%"), readings)
        if readings:
            key = "advice.reason.tax-waived" if outcome == "waived" else "advice.reason.tax"
            text = self.view.text(key) if outcome == "waived" else self.view.text(key, amount=amount)
            candidate.reasons.append(
                Reason(text, readings[0].id, readings[0].value.source, readings[0], "tax")
            )

    def _measure_days(self, candidate: Candidate, data: Mapping[str, Any]) -> None:
        found = self._days(data)
        if found is None:
            return
        (low, high), reading = found
        candidate.days = (low, high)
        raw, text = days_texts(self.view, (low, high))
        candidate.measured["speed"] = Measured(Decimal(low + high) / 2, raw, (reading,))
        candidate.reasons.append(Reason(text, reading.id, reading.value.source, reading, "speed"))

    def _days(self, data: Mapping[str, Any]) -> tuple[tuple[int, int], Reading] | None:
        for entry in data.get("days", ()):
            reading = self.view.read(entry["fact"])
            if isinstance(reading, Reading):
                low, high = reading.low_high()
                if entry["unit"] == "working-days":
                    return (calendar_days(low), calendar_days(high)), reading
                return (int(low), int(high)), reading
        return None

    def ledger(self, mode: str) -> Ledger:
        """One order in CNY: the retail price, and for general trade the import value (the unit cost, where given)."""
        price = self.case.money(self.questions, "list_price")
        cost = self.case.money(self.questions, "unit_cost")
        pieces = self.case.integer("pieces_per_order") or 1
        taken, name = (
            (cost, "unit_cost") if mode == "general-trade" and cost is not None else (price, "list_price")
        )
        column = Column.unknown(CNY, 1) if taken is None else Column.of(taken.units * pieces, taken.currency)
        numbers = {"quantity": np.asarray([pieces], dtype=np.int64)}
        ledger = Ledger(1, CNY, self.exchange, {}, numbers, {"value": "case", "quantity": "case"}, {})
        label = self.questions[name].label
        ledger.names = {"value": label, "quantity": self.questions["pieces_per_order"].label}
        ledger.money["value"] = ledger.in_currency(column, CNY)
        return ledger

    def _not_in_city(self, mode: str) -> Exclusion | None:
        city = self.case.text("city")
        offered = self.offers(city) if city else None
        if city is None or offered is None or not self._closes(mode, offered):
            return None
        reading = offered[1]
        elsewhere = [
            text_of(data["name"])
            for other, data in self.data["cities"].items()
            if (found := self.offers(other)) is not None and mode in found[0]
        ]
        name = text_of(self.data["cities"][city]["name"])
        opens = (
            self.view.text("advice.mode-opens", cities=joined(elsewhere, ", ", "、"))
            if elsewhere
            else self.view.text("advice.mode-opens-none")
        )
        return Exclusion(self.view.text("advice.mode-not-offered", city=name), opens, reading, "city")

    # ------------------------------------------------------------------ cities
    def offers(self, city: str) -> tuple[tuple[str, ...], Reading, bool] | None:
        """The modes that a city offers on the day, the fact, and whether the list is whole; None where not known."""
        regime = self.view.in_force(self.data["cities"][city]["offers"])
        if regime is None:
            return None
        readings = [found for fact in regime["facts"] if isinstance(found := self.view.read(fact), Reading)]
        return (tuple(regime["modes"]), readings[0], bool(regime["complete"])) if readings else None

    def _closes(self, mode: str, offered: tuple[tuple[str, ...], Reading, bool]) -> bool:
        """A mode is closed only by a whole list that lacks it; some modes are not bound to a city at all."""
        return offered[2] and mode not in offered[0] and mode not in self.data["anywhere"]

    def cities(self, modes: Ranking) -> Ranking:
        first = self.case.text("import_mode") or (modes.first.id if modes.first else None)
        context = self._context() | {"import_mode": first, "mode": first}
        candidates = [
            self._city_option(city, data, first, context) for city, data in self.data["cities"].items()
        ]
        rules = self.rules["cities"]
        return rank("cities", candidates, rules, self.view, self._weights("cities", context))

    def _city_option(
        self, city: str, data: Mapping[str, Any], mode: str | None, context: Mapping[str, Any]
    ) -> Candidate:
        candidate = Candidate(city, text_of(data["name"]), context)
        found = self.offers(city)
        candidate.details["modes"] = found[0] if found else None
        candidate.details["offer"] = found[1] if found else None
        if found and mode and self._closes(mode, found):
            others = joined([self._mode_name(m) for m in found[0]], ", ", "、")
            text = self.view.text("advice.city-no-mode", mode=self._mode_name(mode))
            opens = self.view.text("advice.city-opens", modes=others)
            candidate.excluded = Exclusion(text, opens, found[1], "city")
        if mode and mode not in self.data["anywhere"] and (found is None or mode not in found[0]):
            said = {"city": candidate.name, "mode": self._mode_name(mode), "date": self.view.date}
            if candidate.excluded is None:
                candidate.unknown = (self.view.unknown("city", "advice.city-unknown", **said),)
                candidate.doubtful = True
        return candidate

    def _mode_name(self, mode: str) -> Text:
        data = self.data["modes"].get(mode)
        return text_of(data["name"]) if data else both(mode)

    # ------------------------------------------------------------------ platforms
    def platforms(self, modes: Ranking) -> Ranking:
        first = self.case.text("import_mode") or (modes.first.id if modes.first else None)
        context = self._context() | {"mode": first}
        candidates = []
        for platform, data in self.data["platforms"].items():
            candidate = Candidate(platform, text_of(data["name"]), context)
            candidate.details["model"] = ", ".join(data["models"])
            candidate.details["modes"] = tuple(use["mode"] for use in data["import_modes"])
            candidates.append(candidate)
        rules = self.rules["import_platforms"]
        return rank(
            "import_platforms", candidates, rules, self.view, self._weights("import_platforms", context)
        )

    # ------------------------------------------------------------------ common
    def warnings(self) -> tuple[Text, ...]:
        found = []
        if self.case.given("list_price") is None:
            found.append(self.view.text("advice.no-price"))
        if self.case.given("category") is None:
            found.append(self.view.text("advice.no-category"))
        return tuple(found)

    def _context(self) -> dict[str, Any]:
        names = [question.name for question in self.questions.items]
        answers = {name: self.case.given(name) for name in names if self.case.given(name) is not None}
        return answers | {"direction": self.case.direction}

    def _weights(self, choice: str, context: Mapping[str, Any]) -> dict[str, int]:
        return weights(self.rules[choice], context, self.case.weights.get(choice))


def _first_reading(plan: import_tax.ImportPlan, ledger: Ledger) -> Reading | None:
    for step in plan.steps:
        for datum in step.explain(ledger, 0).data:
            if datum.reading is not None:
                return datum.reading
    return None
