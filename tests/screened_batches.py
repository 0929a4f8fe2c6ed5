"""Batches of a catalogue and what was found for them, made by hand or at random from a seed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from desktop.core.text import Text
from desktop.engine.catalogue import NOT_GIVEN, PARTS, Coded, Lane, Screened, Skus

LANES = (
    Lane("amazon", "US", "US", "epacket"),
    Lane("ebay", "DE", "DE", "chinapost-registered"),
    Lane("aliexpress", "all", "JP", "ems"),
)
CLOSED = Text("every lane is closed to batteries", "全部线路不收带电货物")
OPEN = Text("no lane has a known price", "没有价格已知的线路")


def ints(*values: int) -> Any:
    return np.asarray(values, dtype=np.int64)


def skus(n: int, start: int = 0, **columns: Any) -> Skus:
    """Rows of one kind; columns that are given replace theirs."""
    one = np.ones(n, dtype=np.int64)
    rows = np.arange(start + 2, start + n + 2, dtype=np.int64)
    held: dict[str, Any] = {
        "rows": rows,
        "sku": tuple(f"S{row:05d}" for row in rows.tolist()),
        "name": tuple(f"Shirt {row} 衬衫" for row in rows.tolist()),
        "category": Coded(0 * one, ("apparel",)),
        "goods_class": Coded(0 * one, ("plain",)),
        "price_currency": Coded(0 * one, ("USD",)),
        "cost_currency": Coded(0 * one, ("CNY",)),
        "price": 2490 * one,
        "cost": 4000 * one,
        "weight_g": 250 * one,
        "length_mm": 200 * one,
        "width_mm": 150 * one,
        "height_mm": 50 * one,
        "pieces": one,
        "monthly_orders": 100 * one,
    }
    return Skus(**{**held, **columns})


def found(
    rows: Skus,
    best: Sequence[int],
    parts: Mapping[str, Sequence[int]] | None = None,
    open_parts: Mapping[str, Sequence[bool]] | None = None,
    second: Sequence[int] | None = None,
    reasons: tuple[Text, ...] = (CLOSED,),
    **columns: Any,
) -> Screened:
    """What was found, with what is left computed from the parts."""
    n, places = len(rows), np.asarray(best, dtype=np.int64)
    none = np.zeros(n, dtype=np.int64)
    held = {part: np.asarray((parts or {}).get(part, none), dtype=np.int64) for part in PARTS}
    known = {part: ~np.asarray((open_parts or {}).get(part, none != 0), dtype=np.bool_) for part in PARTS}
    pieces = np.where(rows.pieces == NOT_GIVEN, 1, rows.pieces)
    net = np.where(places == NOT_GIVEN, 0, rows.price * pieces - sum(held.values()))
    seconds = np.full(n, NOT_GIVEN) if second is None else np.asarray(second, dtype=np.int64)
    values: dict[str, Any] = {
        "best": places,
        "net": net,
        "complete": np.logical_and.reduce(list(known.values())),
        "second": seconds,
        "second_net": net - 100,
        "second_complete": np.ones(n, dtype=np.bool_),
        "priced": none + 120,
        "closed": none + 30,
        "unknown": none,
        "why": np.where(places == NOT_GIVEN, 0, NOT_GIVEN),
    }
    values |= columns
    return Screened(skus=rows, lanes=LANES, reasons=reasons, parts=held, parts_known=known, **values)


def random_found(n: int, start: int = 0, seed: int = 7) -> Screened:
    """Rows of three currencies with every kind of hole, the same for the same seed and start."""
    rng = np.random.default_rng([seed, start])
    currency = Coded(rng.integers(-1, 3, n), ("USD", "JPY", "KWD"))
    rows = skus(
        n, start, price=rng.integers(1, 10**7, n), pieces=rng.integers(1, 40, n), price_currency=currency
    )
    best = rng.integers(-1, len(LANES), n)
    sold = rows.price * rows.pieces
    holes = {part: (rng.random(n) < 0.1) & (best != NOT_GIVEN) for part in PARTS}
    parts = {
        part: np.where(
            (best == NOT_GIVEN) | (holes[part] & (rng.random(n) < 0.5)),
            0,
            sold * rng.integers(0, 20, n) // 100,
        )
        for part in PARTS
    }
    second = np.where(best == NOT_GIVEN, NOT_GIVEN, rng.integers(-1, len(LANES), n))
    return found(rows, best, parts, holes, second, unknown=rng.integers(0, 3, n))
