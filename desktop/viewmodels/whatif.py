"""What if: a case moved by levers, with what the charts show of every move, and what is worked out once it settles.

A move is noted (`move`) and priced by a timer of no time: of several in one go the last one counts. The tick asks the
engine once and hands arrays to the charts. What takes longer (`desktop.viewmodels.whatif_found`) begins when nothing was
moved for a moment, goes on in slices between the events of the window, and is dropped by the next move.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QElapsedTimer, QObject, QTimer, Signal

from desktop.core.case import Case
from desktop.core.money import PPM, decimals
from desktop.core.places import place
from desktop.core.result import Advice
from desktop.core.text import Language, Text
from desktop.core.words import money_text, number
from desktop.engine.advice import PLATFORMS
from desktop.engine.grid import Pair
from desktop.engine.lanes import Pricer
from desktop.engine.whatif import Bench, State, Tick, start_of
from desktop.viewmodels import levers as lv
from desktop.viewmodels.case_model import CaseModel, Held
from desktop.viewmodels.levers import Lever
from desktop.viewmodels.whatif_charts import Charts
from desktop.viewmodels.whatif_found import Asked, Found, Kept, look
from desktop.viewmodels.whatif_rows import Rows
from desktop.viewmodels.whatif_shown import Shown
from desktop.viewmodels.why import WhySubject, net_title, why_quote

translate = QCoreApplication.translate
SETTLE_MS = 160
"""So long nothing is moved before the longer work begins."""
KEEP_MS = 700
"""So long after the last key a value that was moved by keys is kept in the case."""
AHEAD = {"weight_g": 40, "freight": 40, "exchange": 40}
"""So many places of a lever are priced in one go when a drag begins, where each has a freight of its own; others all."""
SLICE_MS = 12
"""The longer work gives way to the window after so much; one batch of it may take longer."""
MARGIN = 25 * PPM // 100
"""The margin that is worked out backwards until another is typed."""
TRIED = ("freight", "exchange")
MUST_STAY = ("list_price", "unit_cost", "weight_g")
"""What is given and what is not decides which lines a bench has."""


class WhatIf(QObject):
    """The bench of the case that is open, and what is shown of it. No widget and no rule.

    `leversChanged`: other levers, or another value, mark or reach of one. `leverMoved(name)`: one stands elsewhere, and
    not by its own slider. `marketChanged`: another market is swept, or there are others. `ticked`: the charts have new
    data. `foundChanged`: more of the longer work is done, `settled`: all of it.
    """

    leversChanged = Signal()
    leverMoved = Signal(str)
    marketChanged = Signal()
    ticked = Signal()
    foundChanged = Signal()
    settled = Signal()

    def __init__(self, model: CaseModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.language: Language = "en"
        self.bench: Bench | None = None
        self.tick: Tick | None = None
        self.found: Found | None = None
        self.levers: dict[str, Lever] = {}
        self.market = ""
        self.margin, self.fixed = MARGIN, None
        self.percent = False
        """Whether the grid shows percent of the price."""
        self._shown_for: tuple[Case, object] | None = None
        self._case: Case | None = None
        self._day: object = None
        self._ready: tuple[Case, object, Bench] | None = None
        """A bench that was set up ahead, with its case and day."""
        self._first_market = ""
        self._own_market = False
        self._before: dict[str, object] = {}
        """The kept answers as they were before this page moved them: what Reset goes back to."""
        self._own_case: Case | None = None
        """The case as this page left it."""
        self._late: Advice | None = None
        self.rate: lv.Rate | None = None
        self._even_of: State | None = None
        self._dragged = ""
        self.prices = np.zeros(0, dtype=np.int64)
        self._kept: Kept = {}
        self._looking = iter(())
        self.shown = Shown(self)
        self.charts = Charts(self, self.shown)
        self.rows = Rows(self, self.shown)
        self._soon = self._timer(0, self.run_tick)
        self._settle = self._timer(SETTLE_MS, self.look)
        self._keep = self._timer(KEEP_MS, self.keep)
        self._slices = self._timer(0, self._slice)
        self._ahead = self._timer(0, self._prepare_more)
        self._to_prepare: list[State] = []

    def _timer(self, ms: int, slot: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(ms)
        timer.timeout.connect(slot)  # type: ignore[arg-type]
        return timer

    # ------------------------------------------------------------------ the case
    def show(self, advice: Advice) -> bool:
        """Takes the case as it was evaluated; False where it has no list price, and nothing can be moved."""
        if self._dragged:
            # the hand has not let go: the case is taken when it has
            self._late = advice
            return self.tick is not None
        self.keep_now()
        if not self.shows_case:
            self._shown_for = self.model.case, self.model.day
            self._take_case(advice)
        return self.tick is not None

    def prepare(self) -> Iterator[None]:
        """Sets up the bench of the case, and compiles it for where the case stands, in pieces: `show` has little to do
        then. Nothing where that is done."""
        model = self.model
        case, day = model.case, model.day
        if self._dragged or self._is_ready() or self.shows_case:
            return
        on_bench = self._on_bench()
        if on_bench and self.tick is not None and self.tick.state == self._start:
            return
        # the turn in which the step is opened has enough to do
        yield
        made = self.bench if on_bench and self.bench is not None else Bench(case, model.view, model.questions)
        start = start_of(case, model.questions) if made.start is not None else None
        if start is not None:
            yield from made.compiled(start)
        self._ready = case, day, made

    @property
    def shows_case(self) -> bool:
        """Whether the case as it is has been taken."""
        return self._shown_for == (self.model.case, self.model.day)

    def _is_ready(self) -> bool:
        """Whether a bench was set up ahead for the case."""
        ready = self._ready
        return ready is not None and ready[0] is self.model.case and ready[1] == self.model.day

    def _bench_of_case(self) -> Bench:
        """The bench that was set up for the case, else a new one."""
        model = self.model
        if self._ready is not None and self._is_ready():
            return self._ready[2]
        return Bench(model.case, model.view, model.questions)

    def _take_case(self, advice: Advice) -> None:
        """The case on a bench; what was only tried stays where it is, if the case is the same client's."""
        model = self.model
        self.pause()
        if model.case is not self._own_case:
            self._before = {name: model.answer(name) for name in lv.KEPT.values()}
        anew = not self._on_bench()
        old = self.rate
        if anew:
            self.bench = self._bench_of_case()
            self._case, self._day = model.case, model.day
            self.rate = lv.rate_now(self.bench)
            self._kept.clear()
        assert self.bench is not None
        self._ready = None
        first = advice.markets.first
        self._first_market = first.id if first is not None else self.bench.grid.markets[0]
        if not self._own_market or self.market not in self.bench.grid.markets:
            self.market, self._own_market = self._first_market, False
        self._set_levers(rate_held=old == self.rate)
        self.marketChanged.emit()
        self.leversChanged.emit()
        if self._start is None:
            self.tick, self.found = None, None
            self.model.hold(None)
            return
        tick, prices = self.tick, self.prices
        self._sweep_anew()
        if anew or tick is None or (tick.state, tick.market) != (self.state, self.market) or len(prices) == 0:
            self.run_tick(fit=True)
        self.look()

    def _on_bench(self) -> bool:
        """Whether the bench holds for the case: nothing but levers was moved since it was made, and a lever that stands
        somewhere is the case with that answer (tests/engine/test_whatif.py)."""
        case, now = self._case, self.model.case
        if self.bench is None or case is None or self._day != self.model.day or self._start is None:
            return False
        kept = set(lv.KEPT.values())
        rest = [{name: each for name, each in one.answers.items() if name not in kept} for one in (case, now)]
        if rest[0] != rest[1] or (case.overrides, case.weights) != (now.overrides, now.weights):
            return False
        given = [[one.given(name) is not None for name in MUST_STAY] for one in (case, now)]
        return given[0] == given[1]

    @property
    def _start(self) -> State | None:
        """The case as it is; None without a list price, and for an order that is larger than what is priced."""
        start = start_of(self.model.case, self.model.questions) if self.bench is not None else None
        if start is None or self.bench is None or start.price > lv.most_price(self.bench):
            return None
        return start

    def _set_levers(self, *, rate_held: bool) -> None:
        """Levers where the case has them, on the scale that is in sight as long as it holds them."""
        assert self.bench is not None
        tried = {name: self.levers[name].value for name in TRIED if name in self.levers}
        made = {lever.name: lever for lever in lv.levers(self.bench, self._start)}
        for name, value in tried.items():
            if value is not None and (name == "freight" or rate_held):
                made[name] = self._reaching(made[name].at(value))
        for name, lever in made.items():
            before = self.levers.get(name)
            if (
                before is None
                or lever.value is None
                or (before.unit, before.places) != (lever.unit, lever.places)
            ):
                continue
            if before.low <= lever.value <= before.high:
                made[name] = replace(lever, low=before.low, high=before.high, step=before.step)
        self.levers = made

    def forget(self) -> None:
        """Another case takes the place of this one."""
        self.pause()
        self.bench = self.tick = self.found = None
        self.levers, self.market, self._own_market = {}, "", False
        self._shown_for, self._case, self._before, self._own_case = None, None, {}, None
        self.margin, self.fixed = MARGIN, None

    def pause(self) -> None:
        """Stops the longer work, and what is waiting."""
        for timer in (self._soon, self._settle, self._keep, self._slices, self._ahead):
            timer.stop()
        self._looking = iter(())

    # ------------------------------------------------------------------ reading
    @property
    def state(self) -> State | None:
        """Where the levers are."""
        bench = self.bench
        price = self.levers["price"].value if self.levers else None
        if bench is None or price is None:
            return None
        value = {name: lever.value for name, lever in self.levers.items()}
        return State(
            price, value["cost"], value["weight_g"], value["freight"] or PPM,
            lv.exchange_ppm(self.rate, value["exchange"] or PPM), value["returns"] or 0, value["ads"] or 0,
        )  # fmt: skip

    @property
    def tried(self) -> bool:
        """Whether something is moved that the case does not keep."""
        state = self.state
        return state is not None and (state.freight != PPM or state.exchange != PPM)

    @property
    def changed(self) -> bool:
        """Whether there is something to reset."""
        return self.tried or any(self.model.answer(name) != raw for name, raw in self._before.items())

    def mark(self, name: str) -> str:
        """Where the value of a lever comes from: typed, case, rules, default, unknown."""
        lever = self.levers[name]
        if lever.kept:
            mark = self.model.mark(lever.kept)
            return (
                mark
                if mark in ("typed", "case", "unknown")
                else ("default" if lever.value is not None else "unknown")
            )
        state = self.state
        moved = state is not None and getattr(state, name) != PPM
        return "typed" if moved else "rules"

    @property
    def markets(self) -> tuple[str, ...]:
        return self.bench.grid.markets if self.bench is not None else ()

    # ------------------------------------------------------------------ moving
    def begin(self, name: str) -> None:
        """A drag begins: the places of the lever are priced and ranked on all markets, those near its own first."""
        self._dragged = name
        self._keep.stop()
        self._stop_looking()
        state, lever = self.state, self.levers[name]
        if state is None or self.bench is None or lever.value is None:
            return
        value = lever.value
        places = sorted(range(lever.low, lever.high + 1, lever.step), key=lambda place: abs(place - value))
        self._to_prepare = [self._state_with(name, place) for place in places]
        self._prepare_more()

    def _state_with(self, name: str, place: int) -> State:
        """The state with one lever elsewhere."""
        state = self.state
        assert state is not None
        value = lv.exchange_ppm(self.rate, place) if name == "exchange" else place
        return replace(state, **{name: value})

    def _prepare_more(self) -> None:
        """The next places, while no move waits; what is not prepared yet is priced when it is asked for."""
        if self._soon.isActive():
            self._ahead.start()
            return
        many = AHEAD.get(self._dragged, len(self._to_prepare))
        states, self._to_prepare = self._to_prepare[:many], self._to_prepare[many:]
        if states and self.bench is not None:
            self.bench.prepare(states)
        if self._to_prepare:
            self._ahead.start()

    def move(self, name: str, place: int) -> None:
        """A lever at another place; priced in a moment, the last of several."""
        lever = self.levers.get(name)
        if lever is None or lever.value is None or lever.value == place:
            return
        self.levers[name] = lever.at(place)
        self._stop_looking()
        self._keep.stop()
        self._soon.start()

    def move_price(self, price: float) -> None:
        """The handle in the chart, in major units: onto the nearest price that is swept."""
        lever = self.levers["price"]
        whole = Decimal(price).scaleb(lever.places).quantize(Decimal(1), ROUND_HALF_UP)
        self.move("price", lever.snapped(int(whole)))
        self.leverMoved.emit("price")

    def step(self, name: str, steps: int) -> None:
        """A lever by so many steps, by key; kept when no further key follows."""
        lever = self.levers[name]
        if lever.value is not None:
            self.move(name, lever.stepped(steps))
            self.leverMoved.emit(name)
            self._keep.start()

    def type(self, name: str, number_text: str) -> None:
        """A number that was typed for a lever, within its bounds; also where the case had none."""
        lever = self.levers[name]
        value = lever.place(Decimal(number_text))
        if lever.kept and lever.value is None:
            self.model.set(lever.kept, lever.raw(value))
            return
        self.levers[name] = self._reaching(lever.at(value))
        if name == "price":
            self._sweep_anew()
        self.run_tick(fit=True)
        self.leversChanged.emit()
        self.keep()

    def release(self, _name: str) -> None:
        """A drag ends: what it moved is kept in the case, as one step."""
        self._dragged = ""
        self._to_prepare = []
        late, self._late = self._late, None
        if self._soon.isActive():
            self.run_tick()
        if self._moved() or late is None:
            self.keep()
        else:
            self.show(late)

    def keep_now(self) -> None:
        """What was moved by keys is kept without waiting."""
        if self._keep.isActive():
            self.keep()

    def keep(self) -> None:
        """Puts what was moved into the case; the longer work begins where the case keeps nothing of it."""
        self._keep.stop()
        if self._soon.isActive():
            self.run_tick()
        moved = self._moved()
        if not moved:
            self.look()
            return
        if len(moved) == 1:
            self.model.set(*next(iter(moved.items())))
        else:
            self.model.set_several(moved, WHAT_IF)
        self._own_case = self.model.case

    def _moved(self) -> dict[str, object]:
        """The kept answers whose lever stands elsewhere than the case."""
        start, state = self._start, self.state
        if start is None or state is None:
            return {}
        return {
            lever.kept: lever.raw(lever.value)
            for name, lever in self.levers.items()
            if lever.kept and lever.value is not None and getattr(start, name) != getattr(state, name)
        }

    def reset(self) -> None:
        """Everything back to where it was before it was moved here, as one step; what was only tried is forgotten."""
        if self.bench is None:
            return
        for lever in lv.levers(self.bench, self._start):
            if lever.name in TRIED:
                self.levers[lever.name] = lever
        now = {name: self.model.answer(name) for name in self._before}
        if now != self._before:
            self.model.set_several(self._before, WHAT_IF)
            self._own_case = self.model.case
        self.run_tick(fit=True)
        self.leversChanged.emit()
        self.look()

    def choose_market(self, market: str) -> None:
        if self.bench is None or market == self.market or market not in self.markets:
            return
        self.market, self._own_market = market, True
        self.run_tick(fit=True)
        self.look()

    def want(self, margin_percent: str) -> None:
        """Another margin to work out backwards."""
        self.margin = int(Decimal(margin_percent or "0").scaleb(4))
        self.look()

    def fix(self, costs: str) -> None:
        """Other fixed costs of a month, in the price's currency; none where it is empty."""
        places = decimals(self.bench.currency) if self.bench else 2
        self.fixed = int(Decimal(costs).scaleb(places)) if costs else None
        self.look()

    def _reaching(self, lever: Lever) -> Lever:
        """A lever whose scale holds its value."""
        value = lever.value
        if value is None or lever.low <= value <= lever.high:
            return lever
        if lever.name == "price":
            low, high, step = lv.price_reach(value, lever.most)
        elif lever.name in ("returns", "ads", "freight", "exchange"):
            low, high, step = min(lever.low, value), max(lever.high, value), lever.step
        else:
            low, high, step = lv.reach(value, lever.most)
        return replace(lever, low=low, high=high, step=step)

    # ------------------------------------------------------------------ a tick
    def _sweep_anew(self) -> None:
        lever = self.levers["price"]
        self.prices = np.arange(lever.low, lever.high + 1, lever.step, dtype=np.int64)

    def run_tick(self, *, fit: bool = False) -> None:
        """Prices, ranks and sweeps where the levers are; with `fit` the scale of the chart is chosen anew."""
        self._soon.stop()
        state, bench = self.state, self.bench
        if state is None or bench is None:
            return
        self._stop_looking()
        if self.found is not None and (self.found.state, self.found.asked.tick.market) != (
            state,
            self.market,
        ):
            self.found = None
        self.tick = bench.tick(state, self.market, self.prices)
        if fit:
            self.charts.fit()
        self.ticked.emit()
        if not self._dragged:
            self._settle.start()

    def even_holds(self) -> bool:
        """Whether break-even prices are those of before: only the list price was moved."""
        last, state = self._even_of, self.state
        return last is not None and state is not None and replace(last, price=state.price) == state

    # ------------------------------------------------------------------ what takes longer
    def look(self) -> None:
        """Begins the longer work on where the levers are."""
        self._settle.stop()
        if self.tick is None or self.bench is None or self._dragged:
            return
        lever = self.levers["price"]
        if lever.value is not None and not lever.low <= lever.value <= lever.high:
            return
        self.found = Found(Asked(self.tick, lever.low, lever.high, self.margin, self.fixed))
        self._looking = look(self.bench, self.found, self._kept)
        self._slices.start()

    def _stop_looking(self) -> None:
        self._settle.stop()
        self._slices.stop()
        self._looking = iter(())

    def _slice(self) -> None:
        """Goes on with the longer work for a few milliseconds."""
        watch = QElapsedTimer()
        watch.start()
        shown = False
        while watch.elapsed() < SLICE_MS:
            part = next(self._looking, None)
            if part is None:
                break
            shown = shown or part
        if shown:
            self.foundChanged.emit()
        if self.found is not None and self.found.done:
            self._even_of = self.found.state
            self._note_held()
            self.settled.emit()
        else:
            self._slices.start()

    def finish(self) -> None:
        """Does all of the longer work at once."""
        if self.found is None or self.found.done:
            return
        for _ in self._looking:
            pass
        self._slices.stop()
        self._even_of = self.found.state
        self.foundChanged.emit()
        self._note_held()
        self.settled.emit()

    def _note_held(self) -> None:
        """For the rail: how far the price of the case may fall or rise in the first market."""
        found = self.found
        if found is None or self.market != self._first_market or self.tried or self._moved():
            return
        room = found.rooms.get("price")
        if room is None:
            self._held("unled")
        elif room.below is not None:
            self._held("down", room.below.value)
        elif room.above is not None:
            self._held("up", room.above.value)
        else:
            self._held("any")

    def _held(self, says: str, price: int = 0) -> None:
        assert self.bench is not None
        shown = money_text(price, self.bench.currency) if price else ""
        self.model.hold(Held(self.model.case, self.model.day, says, shown))

    # ------------------------------------------------------------------ found, as shown
    # ------------------------------------------------------------------ why
    def why(self, platform: str) -> WhySubject | None:
        """The quote behind a point at the price in force; None where a lever stands that no case keeps."""
        lane = self._lane(platform)
        if lane is None or self.tried or self._moved():
            return None
        pair, service = lane
        model = self.model
        quote = Pricer(model.case, model.view, model.questions, dict(model.marks)).quote(
            pair.platform, pair.marketplace, pair.market, service
        )
        if quote is None:
            return None
        name = self.shown.words.name(platform)
        title = net_title_of(name, place(model.book, pair.market))
        return why_quote(platform, title, quote, "")

    def _lane(self, platform: str) -> tuple[Pair, str] | None:
        if self.bench is None or self.tick is None or platform not in PLATFORMS:
            return None
        return self.bench.lane(self.tick.here, PLATFORMS.index(platform))


WHAT_IF = Text("what if", "试算")


def net_title_of(name: Text, place_: Text) -> Text:
    """The title of a margin, of a platform by its name alone."""
    from desktop.core.result import Option

    return net_title(Option("", name), place_)


def shown_place(lever: Lever, place_: int) -> str:
    """A place with its unit, for the screen reader."""
    return f"{number(lever.number(place_))} {lever.unit}".strip()
