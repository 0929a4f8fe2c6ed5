"""What if, as it is named: platforms, markets and drivers in the language in force, figures in their currency."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from PySide6.QtCore import QCoreApplication

from desktop.core.money import decimals
from desktop.core.places import place
from desktop.core.text import Language, Text
from desktop.core.words import MINUS
from desktop.engine.whatif import Bench, Tick
from desktop.viewmodels import levers as lv
from desktop.viewmodels.whatif_found import Found, Words

translate = QCoreApplication.translate


class Standing(Protocol):
    """What stands on the bench, as far as it is shown."""

    language: Language
    bench: Bench | None
    tick: Tick | None
    found: Found | None
    market: str
    percent: bool
    rate: lv.Rate | None
    prices: np.ndarray

    @property
    def markets(self) -> tuple[str, ...]: ...


class Shown:
    """Names are asked for once in each language."""

    def __init__(self, what: Standing) -> None:
        self.what = what
        self._names: dict[str, dict[Language, str]] = {}

    @property
    def words(self) -> Words:
        assert self.what.bench is not None
        return Words(self.what.bench)

    def platform(self, key: str) -> str:
        """The name of a platform."""
        return self._named(key, lambda: self.words.name(key))

    def market_name(self, market: str) -> str:
        assert self.what.bench is not None
        book = self.what.bench.view.book
        return self._named(f"market-{market}", lambda: place(book, market))

    def _named(self, key: str, make: object) -> str:
        """A name in the language in force, asked for once."""
        if key not in self._names:
            text: Text = make()  # type: ignore[operator]
            self._names[key] = {"en": text.en, "zh": text.zh}
        return self._names[key][self.what.language]

    @property
    def minor(self) -> int:
        """Minor units in one unit of the price's currency."""
        return 10 ** decimals(self.what.bench.currency) if self.what.bench else 100

    def figure(self, value: float) -> str:
        """An amount as it is shown."""
        places = decimals(self.what.bench.currency) if self.what.bench else 2
        return f"{round(value, places) + 0.0:,.{places}f}".replace("-", MINUS)

    def signed(self, value: float) -> str:
        """A difference with its sign."""
        shown = self.figure(value)
        return shown if shown.startswith(MINUS) else f"+{shown}"

    def driver_name(self, driver: str) -> str:
        """The name of a driver of the tornado, or of a lever."""
        names = {
            "price": translate("WhatIfPage", "List price"), "cost": translate("WhatIfPage", "Unit cost"),
            "weight": translate("WhatIfPage", "Weight"), "weight_g": translate("WhatIfPage", "Weight"),
            "freight": translate("WhatIfPage", "Freight"), "exchange": translate("WhatIfPage", "Exchange rate"),
            "returns": translate("WhatIfPage", "Returns"), "ads": translate("WhatIfPage", "Advertising"),
        }  # fmt: skip
        return names[driver]
