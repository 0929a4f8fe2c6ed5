"""A catalogue against all lanes: for every SKU where it leaves the most, what comes second, and what excludes it.

A pure map over batches of rows: the same rows give the same answers in any batch, in any order, on any machine. Lanes
are compared by what is left of an order; a lane whose commission or freight is not known is not compared, for its margin
would flatter; one whose duty or tax is not known, or of which it is doubtful whether the service takes the goods, stands
behind those of which that is known. What the rows do not say comes from the case: fulfilment, company, shares, pieces,
category where a row has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from desktop.core.case import Case
from desktop.core.facts import View
from desktop.core.questions import Answer, Questions
from desktop.core.text import Text
from desktop.engine.advice import PLATFORMS
from desktop.engine.carriage import CLOSINGS, CarriagePlan
from desktop.engine.catalogue import NOT_GIVEN, PARTS, Coded, Lane, Screened, Skus
from desktop.engine.grid import NEVER, CarriageKey, GridRun, LaneGrid, Orders
from desktop.engine.kernel import Bools, Ints

CHUNK = 8192
"""Orders that are priced at once: enough that what a step costs is its sums and not its call."""
OF_ROWS = ("list_price", "unit_cost", "weight_g", "dims_cm", "category", "goods_class", "price_currency",
            "cost_currency", "monthly_orders", "pieces_per_order", "platform", "destinations")  # fmt: skip
"""Answers that rows give, or that screening compares: those of the case do not stand in for them."""
_TOLD = ("weight", "sum", "side", "light", "price", "list")
"""Which of several closings is told: the first of these that closes any service."""


@dataclass
class Screener:
    """Screens batches of rows on one view. Plans are compiled once for each category and class of goods."""

    case: Case
    view: View
    questions: Questions
    markets: tuple[str, ...] = ()
    platforms: tuple[str, ...] = PLATFORMS
    _grids: dict[tuple[str | None, str], LaneGrid] = field(default_factory=dict)
    _carriages: dict[CarriageKey, CarriagePlan] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._own = {name: answer for name, answer in self.case.answers.items() if name not in OF_ROWS}
        self.markets = self.markets or self.case.several("destinations")
        self.packing = self.case.money(self.questions, "packing_cost")

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """Every lane that rows are held against, closed ones among them."""
        return self.grid(None, self.case.text("goods_class") or "plain").lanes

    def grid(self, category: str | None, goods_class: str) -> LaneGrid:
        """The lanes of a kind of goods."""
        key = (category, goods_class)
        if key not in self._grids:
            answers: dict[str, Answer] = {**self._own, "direction": "export", "goods_class": goods_class}
            if category is not None:
                answers["category"] = category
            case = replace(self.case, answers=MappingProxyType(answers))
            self._grids[key] = LaneGrid(
                case, self.view, self.questions, self.markets, self.platforms, carriages=self._carriages
            )
        return self._grids[key]

    def screen(self, skus: Skus) -> Screened:
        """The best and the second lane of every row."""
        found = _Results.of(len(skus))
        for kind, rows in _kinds(skus, self.case, self.questions):
            grid = self.grid(kind.category, kind.goods_class)
            for start in range(0, len(rows), CHUNK):
                part = rows[start : start + CHUNK]
                found.put(part, grid, grid.run(self._orders(skus, kind, part), keep=False))
        return found.screened(skus, self.lanes)

    def _orders(self, skus: Skus, kind: _Kind, at: Ints) -> Orders:
        def given(column: Ints, otherwise: int) -> Ints:
            values = column[at]
            return np.where(values == NOT_GIVEN, otherwise, values)

        numbers = {
            "length_mm": given(skus.length_mm, 0),
            "width_mm": given(skus.width_mm, 0),
            "height_mm": given(skus.height_mm, 0),
            "monthly_orders": given(skus.monthly_orders, self.case.integer("monthly_orders") or 0),
        }
        if kind.weighed:
            numbers["weight_g"] = skus.weight_g[at]
        packing = None if self.packing is None else np.full(len(at), self.packing.units, dtype=np.int64)
        return Orders(
            skus.price[at], kind.price_currency, skus.cost[at], skus.cost[at] != NOT_GIVEN, kind.cost_currency,
            given(skus.pieces, self.case.integer("pieces_per_order") or 1), numbers,
            packing, self.packing.currency if self.packing else "",
        )  # fmt: skip


class _Kind(Struct, frozen=True):
    """What rows of one batch share: what plans are compiled for, the currencies, and whether weights are given."""

    category: str | None
    goods_class: str
    price_currency: str
    cost_currency: str
    weighed: bool


def _kinds(skus: Skus, case: Case, questions: Questions) -> Iterator[tuple[_Kind, Ints]]:
    """Rows by kind, with their places."""
    columns = (skus.category, skus.goods_class, skus.price_currency, skus.cost_currency)
    table = np.stack([*(column.codes for column in columns), (skus.weight_g > 0).astype(np.int64)], axis=1)
    keys, which = np.unique(table, axis=0, return_inverse=True)
    otherwise = (
        case.text("category"), case.text("goods_class") or "plain",
        case.currency(questions, "list_price"), case.currency(questions, "unit_cost"),
    )  # fmt: skip
    order = np.argsort(which.reshape(-1), kind="stable")
    bounds = np.searchsorted(which.reshape(-1)[order], np.arange(len(keys) + 1))
    for place, key in enumerate(keys):
        words = [_word(column, int(code)) for column, code in zip(columns, key[:4], strict=True)]
        said = [word if word is not None else own for word, own in zip(words, otherwise, strict=True)]
        kind = _Kind(said[0], str(said[1]), str(said[2]), str(said[3]), bool(key[4]))
        yield kind, order[bounds[place] : bounds[place + 1]]


def _word(column: Coded, code: int) -> str | None:
    return None if code == NOT_GIVEN else column.words[code]


@dataclass
class _Results:
    """The columns of `Screened` while they are filled."""

    n: int
    columns: dict[str, Ints]
    complete: Bools
    second_complete: Bools
    parts: dict[str, Ints]
    known: dict[str, Bools]
    reasons: dict[Text, int] = field(default_factory=dict)

    @classmethod
    def of(cls, n: int) -> _Results:
        names = ("best", "net", "second", "second_net", "priced", "closed", "unknown", "why")
        columns = {name: np.zeros(n, dtype=np.int64) for name in names}
        for name in ("best", "second", "why"):
            columns[name] += NOT_GIVEN
        parts = {name: np.zeros(n, dtype=np.int64) for name in PARTS}
        known = {name: np.ones(n, dtype=np.bool_) for name in PARTS}
        return cls(n, columns, np.zeros(n, dtype=np.bool_), np.zeros(n, dtype=np.bool_), parts, known)

    def put(self, at: Ints, grid: LaneGrid, run: GridRun) -> None:
        """The answers for some rows, from a run of their orders."""
        n, services = run.n, len(grid.services)
        found = [run.best(pair) for pair in grid.pairs]
        score, second_score = np.full(n, NEVER, dtype=np.int64), np.full(n, NEVER, dtype=np.int64)
        first, second = np.full(n, NOT_GIVEN, dtype=np.int64), np.full(n, NOT_GIVEN, dtype=np.int64)
        for place, each in enumerate(found):
            better, next_ = each.score > score, each.score > second_score
            second_score = np.where(better, score, np.where(next_, each.score, second_score))
            second = np.where(better, first, np.where(next_, place, second))
            score, first = np.where(better, each.score, score), np.where(better, place, first)
        priced = np.sum([each.priced for each in found], axis=0)
        closed = np.sum([each.closed for each in found], axis=0)
        columns = self.columns
        columns["priced"][at], columns["closed"][at] = priced, closed
        columns["unknown"][at] = len(found) * services - priced - closed
        for place, pair in enumerate(grid.pairs):
            mine = np.flatnonzero(first == place)
            if len(mine):
                each, rows = found[place], at[mine]
                columns["best"][rows] = place * services + each.service[mine]
                columns["net"][rows], self.complete[rows] = each.net[mine], each.complete[mine]
                for name, part in run.parts(pair, each.service[mine], mine).items():
                    self.parts[name][rows] = part.units
                    self.known[name][rows] = part.known
                self.parts["freight"][rows] += each.freight[mine]
            mine = np.flatnonzero(second == place)
            if len(mine):
                each, rows = found[place], at[mine]
                columns["second"][rows] = place * services + each.service[mine]
                columns["second_net"][rows] = each.net[mine]
                self.second_complete[rows] = each.complete[mine]
        none = np.flatnonzero(first == NOT_GIVEN)
        if len(none):
            columns["why"][at[none]] = self._why(grid, run, none, columns["unknown"][at[none]])

    def _why(self, grid: LaneGrid, run: GridRun, none: Ints, unknown: Ints) -> Ints:
        """Why no lane suits some orders, as places among the reasons."""
        said = grid.view.text
        if all(pair.excluded for pair in grid.pairs):
            excluded = grid.pairs[0].excluded
            assert excluded is not None
            return np.full(len(none), self._reason(said("screen.why.platforms", why=excluded.text)))
        why = np.full(len(none), self._reason(said("screen.why.none")))
        if any(_closed_by(grid, "goods")):
            why[:] = self._reason(said("screen.why.goods"))
        met = np.zeros((len(CLOSINGS), len(none)), dtype=np.bool_)
        for pair in grid.pairs:
            for service in grid.services if pair.excluded is None else ():
                carriage = run.carried(service, pair.market, pair.platform)
                if carriage is not None:
                    met[carriage.closed[none], np.arange(len(none))] = True
        for closing in reversed(_TOLD):
            here = met[CLOSINGS.index(closing)]
            why[here] = self._reason(said(f"screen.why.{closing}"))
        why[unknown > 0] = self._reason(said("screen.why.unknown"))
        if "weight_g" not in run.ledger.numbers:
            why[:] = self._reason(said("screen.why.no-weight"))
        too_large = ~run.orders.priced[none]
        if too_large.any():
            why[too_large] = self._reason(said("screen.why.too-large"))
        return why

    def _reason(self, text: Text) -> int:
        return self.reasons.setdefault(text, len(self.reasons))

    def screened(self, skus: Skus, lanes: Sequence[Lane]) -> Screened:
        columns = self.columns
        return Screened(
            skus, lanes, columns["best"], columns["net"], self.complete, columns["second"], columns["second_net"],
            self.second_complete, columns["priced"], columns["closed"], columns["unknown"], columns["why"],
            tuple(self.reasons), self.parts, self.known,
        )  # fmt: skip


def _closed_by(grid: LaneGrid, rule: str) -> Iterator[bool]:
    """For every service of an open pair that is closed to all parcels: whether by this rule."""
    for pair in grid.pairs:
        for service in grid.services if pair.excluded is None else ():
            plan = grid.carriage(service, pair.market, pair.platform)
            if plan.closed is not None:
                yield plan.closed.rule == rule
