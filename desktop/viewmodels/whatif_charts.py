"""What if, as charts: where the levers stand as the data of each chart. No bench is asked for anything here."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
from PySide6.QtCore import QCoreApplication

from desktop.core.words import MINUS
from desktop.engine.advice import PLATFORMS
from desktop.engine.whatif import Move, Ranked, State, Tick
from desktop.viewmodels import levers as lv
from desktop.viewmodels.series.bars import Bar, BarsData
from desktop.viewmodels.series.margins import MarginsData
from desktop.viewmodels.series.sweep import CliffMark, Shade, SweepData, SweepLine, SweepScale
from desktop.viewmodels.series.tornado import TornadoBar, TornadoData, TornadoEnd
from desktop.viewmodels.whatif_shown import Shown, Standing

translate = QCoreApplication.translate


class Charts:
    """The charts of what stands on a bench, with the names and figures that are shown."""

    def __init__(self, what: Standing, shown: Shown) -> None:
        self.what, self.shown = what, shown
        self._scale = SweepScale()

    # ------------------------------------------------------------------ list prices
    def fit(self) -> None:
        """The scale of the list prices anew: all lines within, zero among them."""
        if self.what.tick is None:
            return
        shown = [line.y for line in self._lines(self.what.tick)]
        values = np.concatenate(shown) if shown else np.zeros(1)
        values = values[~np.isnan(values)]
        low, high = (
            (min(0.0, float(values.min())), max(0.0, float(values.max()))) if len(values) else (0.0, 1.0)
        )
        step = lv.nice(max(1, int((high - low) * self.shown.minor / 6))) / self.shown.minor
        lowest, highest = np.floor(low / step) * step, np.ceil(high / step) * step
        ends = self.what.prices[0] / self.shown.minor, self.what.prices[-1] / self.shown.minor
        self._scale = SweepScale(*ends, float(lowest), float(max(highest, lowest + step)))

    def sweep_data(self) -> SweepData:
        """The chart of list prices."""
        tick = self.what.tick
        if tick is None or self.what.bench is None:
            return SweepData()
        lines, x = self._lines(tick), tick.prices / self.shown.minor
        return SweepData(
            self._scale, x, tuple(lines), tick.state.price / self.shown.minor, self._shades(tick, x),
            tuple((line.key, cut) for line in lines for cut in _cuts(x, line.y)), self._cliff_marks(), self.shown.figure,
            self._shade_text, translate("WhatIfPage", "list price, {currency}").format(currency=self.what.bench.currency),
            self._net_title(), translate("WhatIfPage", "at most"),
            (translate("WhatIfPage", "List price"), translate("WhatIfPage", "first")), self._leads,
        )  # fmt: skip

    def _lines(self, tick: Tick) -> list[SweepLine]:
        """What is left at every price, a line a platform; the leader comes last, on top."""
        minor, leader = self.shown.minor, int(tick.here.ranks.first[0])
        found = []
        for k, key in enumerate(PLATFORMS):
            if not self._open(k, tick.market):
                continue
            doubtful = not bool(tick.sweep.known[:, k].all())
            most = doubtful or not bool(tick.sweep.complete[:, k].all())
            name = self.shown.platform(key)
            found.append(
                SweepLine(
                    key, f"≤ {name}" if most else name, tick.sweep.net[:, k] / minor, int(tick.here.net[0, k]) / minor,
                    k, k == leader, doubtful,
                )
            )  # fmt: skip
        return sorted(found, key=lambda line: line.first)

    def _net_title(self) -> str:
        assert self.what.bench is not None
        words = (
            translate("WhatIfPage", "net margin, {currency} a piece") if self.what.bench.pieces == 1
            else translate("WhatIfPage", "net margin, {currency} an order")
        )  # fmt: skip
        return words.format(currency=self.what.bench.currency)

    def _leads(self, row: int) -> str:
        first = int(self.what.tick.sweep.ranks.first[row]) if self.what.tick else -1
        return self.shown.platform(PLATFORMS[first]) if first >= 0 else ""

    def _shades(self, tick: Tick, x: np.ndarray) -> tuple[Shade, ...]:
        """Stretches at which another platform leads than at the price in force."""
        leader, first = int(tick.here.ranks.first[0]), tick.sweep.ranks.first
        if leader < 0:
            return ()
        edges = np.flatnonzero(np.diff(first)) + 1
        starts, ends = [0, *edges.tolist()], [*edges.tolist(), len(first)]
        half = (x[1] - x[0]) / 2
        return tuple(
            Shade(
                max(x[0], x[a] - half),
                min(x[-1], x[b - 1] + half),
                PLATFORMS[int(first[a])] if first[a] >= 0 else "",
            )
            for a, b in zip(starts, ends, strict=True)
            if first[a] != leader
        )

    def _shade_text(self, shade: Shade) -> tuple[str, str]:
        """The two short lines in a hatched stretch: to the cent where that was found."""
        who = (
            translate("WhatIfPage", "{name} is first").format(name=self.shown.platform(shade.key)) if shade.key
            else translate("WhatIfPage", "nothing leads")
        )  # fmt: skip
        low, high = shade.low <= self._scale.x_low, shade.high >= self._scale.x_high
        room = self.what.found.rooms.get("price") if self.what.found else None
        below = room.below.value / self.shown.minor if room and room.below else shade.high
        above = room.above.value / self.shown.minor if room and room.above else shade.low
        price = self.what.tick.state.price / self.shown.minor if self.what.tick else 0.0
        if low and shade.high < price:
            return translate("WhatIfPage", "below {price}").format(price=self.shown.figure(below)), who
        if high and shade.low > price:
            return translate("WhatIfPage", "above {price}").format(price=self.shown.figure(above)), who
        ends = (shade.low, below) if shade.high < price else (above, shade.high)
        return f"{self.shown.figure(ends[0])}–{self.shown.figure(ends[1])}", who

    def _cliff_marks(self) -> tuple[CliffMark, ...]:
        """Cliffs to the cent, as soon as they are found."""
        if self.what.found is None:
            return ()
        words, language, minor = self.shown.words, self.what.language, self.shown.minor
        marks = []
        for key, each in self.what.found.cliffs.items():
            for cliff in each:
                places = cliff.price / minor, cliff.left / minor, cliff.falls_to / minor
                title, line = words.cliff_mark(key, cliff)
                marks.append(CliffMark(key, *places, title[language], line[language]))
        return tuple(marks)

    # ------------------------------------------------------------------ what moves the margin
    def tornado_data(self) -> TornadoData:
        """What moves the leader's margin most."""
        tick = self.what.tick
        if tick is None or not tick.bars:
            return TornadoData()
        minor, start = self.shown.minor, int(tick.here.net[0, int(tick.here.ranks.first[0])])
        bars = tuple(
            TornadoBar(
                bar.move.driver, self.shown.driver_name(bar.move.driver),
                self._end(tick.state, bar.move, bar.low_net, start, False),
                self._end(tick.state, bar.move, bar.high_net, start, True),
            )
            for bar in tick.bars
        )  # fmt: skip
        heads = (
            translate("WhatIfPage", "Driver"), translate("WhatIfPage", "lower"), translate("WhatIfPage", "effect"),
            translate("WhatIfPage", "higher"), translate("WhatIfPage", "effect"),
        )  # fmt: skip
        return TornadoData(
            bars,
            start / minor,
            self.shown.figure,
            self.shown.signed,
            translate("WhatIfPage", "closed"),
            heads,
        )

    def _end(self, state: State, move: Move, net: int | None, start: int, high: bool) -> TornadoEnd:
        name = "weight_g" if move.driver == "weight" else move.driver
        now, value = getattr(state, name), getattr(move.high if high else move.low, name)
        effect = None if net is None else (net - start) / self.shown.minor
        share = f"{value / 10_000:g}%" if name in ("returns", "ads") else f"{(value - now) * 100 / now:+.0f}%"
        if name == "exchange" and (rate := self.what.rate) is not None:
            # the driver is what the yuan is worth; people say the rate, which moves the other way
            share = f"{lv.exchange_place(rate, value) / 10**rate.places:.{rate.places - 2}f}"
        return TornadoEnd(share.replace("-", MINUS), "", effect)

    # ------------------------------------------------------------------ platforms and markets
    def margins_data(self) -> MarginsData:
        """What is left on each platform in each market."""
        tick, bench = self.what.tick, self.what.bench
        if tick is None or bench is None:
            return MarginsData()
        net = np.stack([each.net[0] for each in tick.markets], axis=1)
        percent = net * 100.0 / bench.price_of(tick.state)
        return MarginsData(
            tuple((key, self.shown.platform(key)) for key in PLATFORMS),
            tuple((each.market, self.shown.market_name(each.market)) for each in tick.markets), percent,
            tuple(tuple(self._square(each, k) for each in tick.markets) for k in range(len(PLATFORMS))),
            tuple(int(each.ranks.first[0]) for each in tick.markets), self.what.markets.index(self.what.market),
            self._square_text, self._square_detail,
        )  # fmt: skip

    def _square(self, ranked: Ranked, platform: int) -> str:
        if not self._open(platform, ranked.market):
            return "closed"
        if not ranked.known[0, platform]:
            return "unknown"
        return "known" if ranked.complete[0, platform] else "most"

    def _square_text(self, platform: int, market: int) -> str:
        """The figure in a square."""
        assert self.what.tick is not None
        assert self.what.bench is not None
        ranked = self.what.tick.markets[market]
        state = self._square(ranked, platform)
        if state in ("closed", "unknown"):
            return "" if state == "closed" else "?"
        net = int(ranked.net[0, platform])
        shown = (
            f"{net * 100 / self.what.bench.price_of(self.what.tick.state):.1f}%".replace("-", MINUS) if self.what.percent
            else self.shown.figure(net / self.shown.minor)
        )  # fmt: skip
        return f"≤ {shown}" if state == "most" else shown

    def _square_detail(self, platform: int, market: int) -> str:
        """What stands behind a square: the place in the ranking, or the reason why there is no figure."""
        assert self.what.tick is not None
        assert self.what.bench is not None
        ranked = self.what.tick.markets[market]
        pair = self.what.bench.grid.pair(ranked.market, PLATFORMS[platform])
        if pair.excluded is not None:
            return pair.excluded.text[self.what.language]
        place_, service = int(ranked.ranks.place[0, platform]), int(ranked.service[0, platform])
        rank = (
            translate("WhatIfPage", "place {rank} in this market").format(rank=place_ + 1) if place_ < len(PLATFORMS)
            else translate("WhatIfPage", "not ranked")
        )  # fmt: skip
        if not ranked.known[0, platform]:
            unknown = (
                translate("WhatIfPage", "no service with a known freight") if service < 0
                else translate("WhatIfPage", "its commission is not known")
            )  # fmt: skip
            return f"{unknown}; {rank}" if self.what.language == "en" else f"{unknown}；{rank}"
        most = "" if ranked.complete[0, platform] else translate("WhatIfPage", "at most: a line is not known")
        comma = "; " if self.what.language == "en" else "；"
        return comma.join(part for part in (rank, most) if part)

    # ------------------------------------------------------------------ weightings
    def wins_data(self) -> BarsData:
        """In what share of all weightings each platform leads."""
        found = self.what.found
        if found is None or found.wins is None:
            return BarsData()
        wins, leader = found.wins, found.leader
        ranked = [k for k in range(len(PLATFORMS)) if self._open(k, found.asked.tick.market)]
        bars = tuple(
            Bar(
                PLATFORMS[k], self.shown.platform(PLATFORMS[k]), Decimal(wins.wins[k] * 100) / wins.total,
                f"{wins.wins[k] * 100 / wins.total:.1f}%", first=k == leader,
                detail=translate("WhatIfPage", "{count} of {total} weightings").format(
                    count=f"{wins.wins[k]:,}", total=f"{wins.total:,}"
                ),
            )
            for k in sorted(ranked, key=lambda k: -wins.wins[k])
        )  # fmt: skip
        words = translate("WhatIfPage", "% of {total} weightings")
        return BarsData(bars, words.format(total=f"{wins.total:,}"))

    def _open(self, platform: int, market: str) -> bool:
        assert self.what.bench is not None
        return self.what.bench.grid.pair(market, PLATFORMS[platform]).excluded is None


def _cuts(x: np.ndarray, y: np.ndarray) -> list[float]:
    """Where a line crosses zero on its way up, between two of its points."""
    at = np.flatnonzero((y[:-1] < 0) & (y[1:] >= 0))
    return [float(x[k] + (x[k + 1] - x[k]) * -y[k] / (y[k + 1] - y[k])) for k in at]
