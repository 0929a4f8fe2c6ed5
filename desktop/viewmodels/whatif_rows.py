"""What if, in words: who leads, and the prices, costs and orders that the longer work finds, each as soon as it is."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.core.text import Text
from desktop.core.words import money_text
from desktop.engine.advice import PLATFORMS
from desktop.engine.reverse import Answer
from desktop.viewmodels.whatif_found import HoldsRow
from desktop.viewmodels.whatif_shown import Shown, Standing

translate = QCoreApplication.translate


class Rows:
    """Sentences and rows of what stands on a bench; each is empty until it is found."""

    def __init__(self, what: Standing, shown: Shown) -> None:
        self.what, self.shown = what, shown

    def lead_now(self) -> str:
        """Who is first at this moment: the sentence while something is moved."""
        return self.shown.words.now(self.what.tick)[self.what.language] if self.what.tick is not None else ""

    def lead(self) -> str:
        """How far the advice holds, once that is known; until then who is first."""
        found = self.what.found
        if found is None or found.weights is None or self.what.bench is None:
            return self.lead_now()
        return self.shown.words.lead(found)[self.what.language]

    def even_rows(self) -> tuple[tuple[str, str, bool], ...]:
        """Break-even prices: platform, price or why there is none, whether it is a price; the lowest first."""
        found = self.what.found
        if found is None:
            return ()
        return self._price_rows(found.even)

    def back_rows(self) -> tuple[tuple[str, str, bool], ...]:
        """The same for the wanted margin."""
        return self._price_rows(self.what.found.prices) if self.what.found is not None else ()

    def _price_rows(self, answers: dict[str, Answer]) -> tuple[tuple[str, str, bool], ...]:
        order = sorted(answers.items(), key=lambda each: (each[1].value is None, each[1].value or 0))
        assert self.what.bench is not None
        return tuple(
            (self.shown.platform(key), self.shown.words.amount(a.value), True) if a.value is not None
            else (self.shown.platform(key), self.shown.words.why_not(a)[self.what.language], False)
            for key, a in order
        )  # fmt: skip

    def cost_row(self) -> tuple[str, bool]:
        """The highest unit cost with which the wanted margin is left at the list price."""
        found = self.what.found
        if found is None or found.cost is None or self.what.bench is None:
            return "", False
        if found.cost.value is None:
            return self.shown.words.why_not(found.cost)[self.what.language], False
        currency = self.what.bench.cost_currency
        return f"{money_text(found.cost.value, currency)} {currency}", True

    def orders_row(self) -> tuple[str, bool]:
        """The orders a month that pay for the fixed costs."""
        found = self.what.found
        if found is None or found.orders is None:
            return "", False
        if found.orders.value is None:
            return self.shown.words.why_not(found.orders, orders=True)[self.what.language], False
        return f"{found.orders.value:,}", True

    def best_row(self) -> tuple[str, bool]:
        """The price of the sweep that leaves most, and what it leaves."""
        found = self.what.found
        if found is None or found.best is None:
            return "", False
        if found.best.value is None:
            return self.shown.words.why_not(found.best)[self.what.language], False
        words = translate("WhatIfPage", "{price}, leaves {net}")
        return words.format(
            price=self.shown.words.amount(found.best.value), net=self.shown.words.amount(found.best_left)
        ), True

    @property
    def leader_name(self) -> str:
        tick = self.what.tick
        leader = int(tick.here.ranks.first[0]) if tick is not None else -1
        return self.shown.platform(PLATFORMS[leader]) if leader >= 0 else ""

    def leader_net(self) -> str:
        """What is left on the platform in the lead."""
        tick = self.what.tick
        leader = int(tick.here.ranks.first[0]) if tick is not None else -1
        if tick is None or leader < 0:
            return ""
        shown = self.shown.words.amount(int(tick.here.net[0, leader]))
        return shown if tick.here.complete[0, leader] else f"≤ {shown}"

    def sentences(self) -> tuple[str, ...]:
        if self.what.found is None or not self.what.found.done:
            return ()
        return tuple(text[self.what.language] for text in self.shown.words.sentences(self.what.found))

    def computed(self) -> str:
        """What was computed, in small print."""
        return (
            self.shown.words.computed(self.what.prices)[self.what.language] if len(self.what.prices) else ""
        )

    def holds_rows(self) -> tuple[HoldsRow, ...]:
        found = self.what.found
        if found is None or found.weights is None:
            return ()
        names = {
            name: self._both_names(name) for name in ("price", "cost", "weight_g", "freight", "exchange")
        }
        return self.shown.words.holds(found, names)

    def _both_names(self, driver: str) -> Text:
        """The name of a driver: in the language in force, which is all that is shown."""
        name = self.shown.driver_name(driver)
        return Text(name, name)
