"""Freight as a formula: weighing, volume, steps, and the row of the price list that holds the parcel.

The price list is the one that the program chose. Where another weight, size, number of pieces or price would choose
another one, or close the service, the cell says so in words.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np

from desktop.core.facts import Reading
from desktop.core.money import decimals
from desktop.core.text import Text, joined
from desktop.core.words import money_text
from desktop.engine.carriage import CarriagePlan, Limit, compile_carriage
from desktop.engine.freight import SIDES, FreightStep
from desktop.engine.kernel import OPEN, Ledger
from desktop.reports.workbook.formula import (
    Expr,
    Passed,
    Picked,
    all_,
    if_,
    most,
    of,
    round_to,
    total,
    up,
)
from desktop.reports.workbook.inputs import GRAM, OPEN_G, ListRow
from desktop.reports.workbook.lines import MAKERS, HeldError, LaneWriter, Made

MOST_G = 200_000
"""Up to how many grams of an order the range of a price list is looked for."""


def write_freight(lane: LaneWriter, step: FreightStep) -> Made:
    inputs = lane.inputs
    if lane.service is None or "weight_g" not in lane.ledger.numbers:
        raise HeldError("no weight")
    known_now = bool(lane.ledger.lines[step.id].known[0])
    if step.bands.lift or step.bands.cubic or not known_now:
        raise HeldError("by size")
    range_ = Guard(lane, step)
    guard = range_.parts()
    table = inputs.table(step, W_TABLE.format(service=_service_name(lane)))
    grams = lane.shared(W_COUNTED, _counted(lane, step), "g")
    rounded = lane.shared(W_ROUNDED, _rounded(lane, step, grams), "g")
    billed, place = _billed(lane, step, table.rows, rounded)
    billed = lane.shared(W_BILLED, billed, "g")
    row = lane.shared(W_ROW, place(billed), "plain")
    picked = _Row(table.rows, row)
    low: Expr = picked.of("min_g")
    if step.bands.share:
        low = if_(row.same(0), 0, low)
    held = [low <= billed, billed <= picked.of("max_g")]
    parts: list[Expr] = []
    if _given(table.rows, "per_kg"):
        parts.append(billed * picked.of("per_kg") / 1000)
    if _given(table.rows, "flat"):
        parts.append(picked.of("flat"))
    if _given(table.rows, "step"):
        # below the first weight nothing is started
        over = most(billed - picked.of("first_g"), 0)
        parts.append(up(over / picked.of("step_g")) * picked.of("step"))
    content = round_to(total(parts or [of(0)]), decimals(step.currency))
    return Made(
        if_(all_([*held, *guard]), content, inputs.outside),
        step.currency,
        joined([W_FREIGHT, *range_.said], "; ", "；"),
    )


class _Row:
    """The row of a price list that holds the parcel; a figure that all rows share needs no looking up."""

    def __init__(self, rows: list[ListRow], place: Expr) -> None:
        self.rows, self.place = rows, place

    def of(self, name: str) -> Expr:
        cells = tuple(getattr(row, name) for row in self.rows)
        return cells[0] if len(cells) == 1 else Picked(cells, self.place)


def _given(rows: list[ListRow], name: str) -> bool:
    return any(getattr(row, name).content != 0 for row in rows)


def _volume(lane: LaneWriter) -> Expr | None:
    """mm³ of the order; None where the sides are not given."""
    sides = [lane.inputs.typed.get(name) for name in SIDES]
    if not all(side is not None for side in sides):
        return None
    a, b, c = (side for side in sides if side is not None)
    return a * b * c * lane.inputs.pieces


def _counted(lane: LaneWriter, step: FreightStep) -> Expr:
    """Grams that count before they are rounded up: the weight, or by volume where that counts and is more."""
    volume, order = step.weighing.volume, lane.inputs.order_g
    cubic = _volume(lane)
    if volume is None or cubic is None or volume.counted != "full":
        return order
    divisor = lane.inputs.figure(
        of_int(volume.divisor),
        "plain",
        W_DIVISOR,
        volume.reading,
        what=("divisor", volume.divisor),
        unit=W_CM3,
    )
    heavier = up(cubic / divisor)
    if volume.mode == "split":
        free = order * (volume.above_percent - 100) * divisor / 100
        heavier = up((cubic - free) / divisor)
    counted = most(order, heavier)
    if volume.side_mm > 0:
        longest = most(*(lane.inputs.typed[name] for name in SIDES))
        side = lane.inputs.figure(
            of_int(volume.side_mm), "plain", W_SIDE, volume.reading, what=("side", volume.side_mm), unit=W_MM
        )
        counted = if_(longest >= side, counted, order)
    return counted


def _rounded(lane: LaneWriter, step: FreightStep, grams: Expr) -> Expr:
    """Up to the next step of the weight that holds it."""
    reading = step.weighing.step_reading
    steps: list[tuple[int, Expr]] = []
    for bound, size in step.weighing.steps:
        if size == 1:
            steps.append((bound, grams))
            continue
        cell = lane.inputs.figure(of_int(size), "plain", W_STEP, reading, what=("step", size), unit=GRAM)
        steps.append((bound, up(grams / cell) * cell))
    result = steps[-1][1]
    for bound, rounded in reversed(steps[:-1]):
        end = lane.inputs.figure(
            of_int(bound), "plain", W_STEP_END, reading, what=("step-end", bound), unit=GRAM
        )
        result = if_(grams <= end, rounded, result)
    return result


def _billed(
    lane: LaneWriter, step: FreightStep, rows: list[ListRow], grams: Expr
) -> tuple[Expr, Callable[[Expr], Expr]]:
    """Billed grams, lifted to the least billed weight of their row; and how the row of a weight is found."""
    ends = tuple(row.max_g for row in rows[:-1])

    def place(weight: Expr) -> Expr:
        return Passed(ends, weight) if ends else of(0)

    if not _given(rows, "least_g"):
        return grams, place
    first = lane.shared(W_FIRST_ROW, place(grams), "plain")
    return most(grams, _Row(rows, first).of("least_g")), place


class Guard:
    """For which orders the price list of the program is the one that counts, as conditions on cells."""

    def __init__(self, lane: LaneWriter, step: FreightStep) -> None:
        self.lane, self.step, self.inputs = lane, step, lane.inputs
        self.said: list[Text] = []
        """In words: within which range the price list holds."""
        pricer = lane.inputs.pricer
        assert lane.service is not None
        self.plan: CarriagePlan = compile_carriage(
            pricer.view,
            lane.service,
            lane.market,
            pricer.parcel(pricer.platform_of(lane.service, lane.platform)),
        )

    def parts(self) -> list[Expr]:
        inputs, step, plan = self.inputs, self.step, self.plan
        ledger = self.lane.ledger
        chosen = plan.choose(ledger)
        at = int(chosen.place[0])
        found: list[Expr] = [inputs.typed["weight_g"] > 0]
        for grams, cell in ((step.cap_order_g, inputs.order_g), (step.cap_piece_g, inputs.typed["weight_g"])):
            if grams != OPEN:
                found.append(cell <= self._bound(grams, "cap"))
        if step.floor_g:
            found.append(inputs.order_g >= self._bound(step.floor_g, "floor"))
        if at < 0:
            raise HeldError("no list holds it")
        if len(plan.lists) > 1:
            found += self._range(ledger, at)
        for limit in plan.limits:
            found += self._limit(limit)
        return found + self._by_price(at)

    def _bound(self, grams: int, what: str) -> Expr:
        return self.inputs.figure(of_int(grams), "plain", W_LIMIT, None, what=(what, grams), unit=GRAM)

    def _limit(self, limit: Limit) -> list[Expr]:
        inputs = self.inputs
        if limit.closing == "weight":
            cell = inputs.order_g if limit.per == "order" else inputs.typed["weight_g"]
            return [cell <= self._bound(limit.bound, "limit")]
        if limit.closing == "light":
            grams: Expr = inputs.order_g
            cubic = _volume(self.lane)
            if limit.divisor and cubic is not None:
                grams = most(grams, up(cubic / limit.divisor))
            return [grams >= self._bound(limit.bound, "least")]
        sides = [inputs.typed[name] for name in SIDES if name in inputs.typed]
        if not sides:
            return []
        size = most(*sides) if limit.closing == "side" else total(sides)
        unit = W_MM
        return [
            size <= inputs.figure(of_int(limit.bound), "plain", W_SIZE, None, what=limit.closing, unit=unit)
        ]

    def _range(self, ledger: Ledger, at: int) -> list[Expr]:
        """Of several price lists the chosen one counts from one weight to another, as long as the rest stays."""
        inputs = self.inputs
        piece = int(ledger.numbers["weight_g"][0])
        pieces = inputs.pricer.pieces
        weights = np.arange(1, max(MOST_G // pieces, piece) + 1, dtype=np.int64)
        numbers = {
            name: np.full(len(weights), int(column[0]), dtype=np.int64)
            for name, column in ledger.numbers.items()
        }
        numbers["weight_g"] = weights
        price = ledger.money["price"]
        money = {"price": type(price).of(int(price.units[0]), price.currency, len(weights))}
        batch = Ledger(len(weights), ledger.currency, ledger.exchange, money, numbers)
        place = self.plan.choose(batch).place
        other = np.flatnonzero(place != at)
        low = int(other[other < piece - 1].max(initial=-1)) + 2
        high = int(other[other > piece - 1].min(initial=len(weights)))
        self.said.append(W_RANGE_G.format(low=low, high=high))
        said = [inputs.unchanged("pieces", *SIDES)]
        what = (self.lane.service, self.lane.market, at)
        first = inputs.figure(of_int(low), "plain", W_FROM, None, what=what, unit=GRAM)
        last = inputs.figure(of_int(high), "plain", W_TO, None, what=what, unit=GRAM)
        return [*said, inputs.typed["weight_g"] >= first, inputs.typed["weight_g"] <= last]

    def _by_price(self, at: int) -> list[Expr]:
        """Prices of orders that the list is for, and from which on the service is closed."""
        found: list[Expr] = []
        between = self.plan.lists[at].between
        lane = self.lane
        if between is not None:
            currency = self.plan.paid_in
            paid = lane.into(lane.inputs.price, lane.currency, currency)
            whole = up(paid)
            low, high = (
                lane.inputs.figure(of_int(value), currency, label, self._reading(), what=(label.en, value))
                for value, label in ((between[0], W_PRICE_FROM), (between[1], W_PRICE_TO))
            )
            found += [whole >= low, whole <= high]
            self.said.append(W_RANGE.format(low=between[0], high=between[1], currency=currency))
        if self.plan.dear is not None:
            units, currency = self.plan.dear
            paid = lane.into(lane.inputs.price, lane.currency, currency)
            if not paid.wordy:
                bound = lane.inputs.money(units, currency, W_DEAR, None, ("dear", lane.service))
                found.append(paid < bound)
                self.said.append(W_BELOW.format(bound=money_text(units, currency), currency=currency))
        return found

    def _reading(self) -> Reading | None:
        return self.step.tables[0] if self.step.tables else None


def of_int(value: int) -> Fraction:
    """Grams or millimetres as a cell holds them."""
    return Fraction(min(value, OPEN_G))


def _service_name(lane: LaneWriter) -> Text:
    pricer = lane.inputs.pricer
    assert lane.service is not None
    return pricer.freight_plan(lane.service, lane.market, lane.platform).name


W_RANGE_G = Text(
    "for a piece of {low} to {high} g, and the pieces and sides as they were",
    "仅适用于单件 {low} 至 {high} 克、件数和尺寸不变",
)
W_RANGE = Text("for orders of {low} to {high} {currency}", "仅适用于 {low} 至 {high} {currency} 的订单")
W_BELOW = Text("for orders below {bound} {currency}", "仅适用于低于 {bound} {currency} 的订单")
W_TABLE = Text("Price list of {service}", "{service} 价目表")
W_FREIGHT = Text(
    "billed kg × price per kg + price per item, by the row of the price list that holds the weight",
    "计费公斤 × 每公斤价 + 每件价，按价目表中所属重量段",
)
W_COUNTED = Text("Weight that counts, scale or volume", "计重（实重或体积重）")
W_ROUNDED = Text("Rounded up to the step", "按进位取整后")
W_BILLED = Text("Weight billed", "计费重")
W_FIRST_ROW = Text("Rows of the list below the weight", "价目表中低于该重量的行数")
W_ROW = Text("Rows of the list passed", "价目表中已越过的行数")
W_DIVISOR = Text("Volumetric divisor", "体积重除数")
W_SIDE = Text("Volume counts from a side of", "单边达到此长度起计体积重")
W_STEP = Text("Step to which the weight is rounded up", "计费重进位单位")
W_STEP_END = Text("Weight up to which that step holds", "适用该进位的最大重量")
W_LIMIT = Text("Limit of weight of the service", "物流产品的重量限制")
W_SIZE = Text("Limit of size of the service", "物流产品的尺寸限制")
W_FROM = Text("The price list counts from a piece of", "价目表适用的单件最小重量")
W_TO = Text("The price list counts up to a piece of", "价目表适用的单件最大重量")
W_PRICE_FROM = Text("The price list is for orders from", "价目表适用的最低订单金额")
W_PRICE_TO = Text("The price list is for orders up to", "价目表适用的最高订单金额")
W_DEAR = Text("The service takes orders below", "物流产品只收低于此金额的订单")
W_CM3 = Text("cm³/kg", "cm³/kg")
W_MM = Text("mm", "毫米")

MAKERS[FreightStep] = write_freight
