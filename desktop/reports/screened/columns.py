"""The columns of what was screened: their order, their heads, and their values for a batch.

Nothing is priced here: all comes from `Screened`. The margin is what is left over the price, as everywhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from desktop.core.case import Case
from desktop.core.facts import View
from desktop.core.money import decimals
from desktop.core.packs import Used
from desktop.core.questions import Questions
from desktop.core.text import Language, Text, both, text_of
from desktop.engine.catalogue import NOT_GIVEN, PARTS, Coded, Lane, Screened, Skus
from desktop.engine.kernel import Bools, Ints

Floats = npt.NDArray[np.float64]
Group = Literal["row", "best", "costs", "left", "second", "lanes", "ids"]


class Head(Struct, frozen=True):
    """A column: its key, its group, what stands over it, and its width in characters."""

    key: str
    group: Group
    says: Text
    width: float


HEADS = (
    Head("row", "row", Text("Row", "行号"), 7),
    Head("sku", "row", Text("SKU", "SKU"), 16),
    Head("name", "row", Text("Name", "名称"), 30),
    Head("platform", "best", Text("Best platform", "最佳平台"), 12),
    Head("site", "best", Text("Site", "站点"), 14),
    Head("market", "best", Text("Destination", "目的地"), 15),
    Head("service", "best", Text("Service", "物流产品"), 28),
    Head("price", "costs", Text("List price", "售价"), 11),
    Head("pieces", "costs", Text("Pieces", "件数"), 7),
    Head("currency", "costs", Text("Currency", "币种"), 9),
    Head("goods", "costs", Text("Goods", "货物成本"), 10),
    Head("platform_fees", "costs", Text("Platform fees", "平台费用"), 10),
    Head("freight", "costs", Text("Freight", "运费"), 10),
    Head("duty", "costs", Text("Duty", "关税"), 10),
    Head("vat", "costs", Text("VAT, GST", "增值税"), 10),
    Head("payment", "costs", Text("Payment", "收款费用"), 10),
    Head("returns", "costs", Text("Returns and loss", "退货与丢失"), 10),
    Head("ads", "costs", Text("Advertising", "广告"), 11),
    Head("at_most", "left", Text("At most", "至多"), 8),
    Head("left", "left", Text("What is left", "净利"), 11),
    Head("margin", "left", Text("Margin %", "净利率 %"), 9),
    Head("second_platform", "second", Text("Runner-up platform", "次优平台"), 12),
    Head("second_market", "second", Text("Runner-up destination", "次优目的地"), 15),
    Head("second_service", "second", Text("Runner-up service", "次优物流产品"), 28),
    Head("second_at_most", "second", Text("Runner-up at most", "次优至多"), 9),
    Head("second_left", "second", Text("Runner-up: what is left", "次优净利"), 11),
    Head("priced", "lanes", Text("Lanes priced", "已计价线路"), 9),
    Head("closed", "lanes", Text("Lanes closed", "不可用线路"), 9),
    Head("unknown", "lanes", Text("Lanes not known", "未知线路"), 9),
    Head("not_known", "lanes", Text("Costs not known in full", "未完全知道的成本"), 22),
    Head("why", "lanes", Text("Why there is none", "没有的原因"), 48),
    Head("platform_id", "ids", Text("Platform id", "平台代码"), 11),
    Head("site_id", "ids", Text("Site id", "站点代码"), 8),
    Head("market_id", "ids", Text("Destination id", "目的地代码"), 11),
    Head("service_id", "ids", Text("Service id", "物流产品代码"), 24),
    Head("second_platform_id", "ids", Text("Runner-up platform id", "次优平台代码"), 11),
    Head("second_market_id", "ids", Text("Runner-up destination id", "次优目的地代码"), 11),
    Head("second_service_id", "ids", Text("Runner-up service id", "次优物流产品代码"), 24),
)
COST_KEYS = tuple("platform_fees" if part == "platform" else part for part in PARTS)
"""The keys of the parts of the cost, in their order."""

UNMARKED = Used()
MARKED = Text("Rules", "规则")
"""The head of a last column, where something must be said of the rules: a row that is taken out keeps it."""
AT_MOST = Text("at most", "至多")
NOT_KNOWN = Text("not known", "未知")
NOT_COUNTED = Text("not counted", "未计入")


# ------------------------------------------------------------------ kinds of columns
class Plain(Struct, frozen=True):
    """Text of the catalogue, a row each."""

    values: Sequence[str]


class Chosen(Struct, frozen=True):
    """One of few words a row, NOT_GIVEN where it has none."""

    codes: Ints
    words: Sequence[str]


class Whole(Struct, frozen=True):
    """A count."""

    values: Ints


class Amount(Struct, frozen=True):
    """Minor units where `shown`, else a word where `missing`; `partly` is known in part: at least so much."""

    units: Ints
    shown: Bools
    missing: Bools
    partly: Bools
    word: Text = NOT_KNOWN


class Share(Struct, frozen=True):
    """What is left over what an order sells for, where `shown`: tenths of a percent, and as a spreadsheet divides it."""

    tenths: Ints
    exact: Floats
    shown: Bools


class Mark(Struct, frozen=True):
    """Whether what stands beside it is "at most", where there is anything beside it."""

    on: Bools
    shown: Bools


Column = Plain | Chosen | Whole | Amount | Share | Mark


# ------------------------------------------------------------------ words
@dataclass
class Words:
    """Names of what lanes are made of, in one language, and what counts where a row says nothing."""

    language: Language
    currency: str = "USD"
    pieces: int = 1
    platforms: Mapping[str, Text] = field(default_factory=dict)
    sites: Mapping[tuple[str, str], Text] = field(default_factory=dict)
    markets: Mapping[str, Text] = field(default_factory=dict)
    services: Mapping[str, Text] = field(default_factory=dict)
    not_counted: frozenset[str] = frozenset()
    """Parts of the cost for which nothing stands, because their rate was not given."""
    used: Used = UNMARKED
    """The rules that it was screened with: what must be said of them stands with the rows."""
    _lanes: tuple[Sequence[Lane], dict[str, Coded]] | None = None

    def of_lanes(self, lanes: Sequence[Lane]) -> dict[str, Coded]:
        """Each part of each lane, as its name and as its id; after the last lane that of none."""
        if self._lanes is None or self._lanes[0] is not lanes:
            say = self.language
            self._lanes = (
                lanes,
                {
                    "platform": _few(self.platforms.get(e.platform, both(e.platform))[say] for e in lanes),
                    "site": _few(
                        (
                            self.sites.get((e.platform, e.marketplace))
                            or self.sites.get((e.platform, "all"))
                            or both(e.marketplace)
                        )[say]
                        for e in lanes
                    ),
                    "market": _few(self.markets.get(e.market, both(e.market))[say] for e in lanes),
                    "service": _few(self.services.get(e.service, both(e.service))[say] for e in lanes),
                    "platform_id": _few(e.platform for e in lanes),
                    "site_id": _few(e.marketplace for e in lanes),
                    "market_id": _few(e.market for e in lanes),
                    "service_id": _few(e.service for e in lanes),
                },
            )
        return self._lanes[1]


def _few(words: Iterable[str]) -> Coded:
    """Words of lanes, each kept once."""
    places: dict[str, int] = {}
    codes = [places.setdefault(word, len(places)) for word in words]
    return Coded(np.asarray([*codes, NOT_GIVEN], dtype=np.int64), tuple(places))


def words_of(
    view: View, language: Language, case: Case, questions: Questions, used: Used = UNMARKED
) -> Words:
    """The names that the rules have, and what the case says of rows that say nothing; `used` is for what is written."""
    fees = view.rules("fees")
    rates = {"returns": "return_rate", "ads": "advertising_share"}
    return Words(
        language,
        case.currency(questions, "list_price"),
        case.integer("pieces_per_order") or 1,
        platforms={key: text_of(data["name"]) for key, data in fees.items()},
        sites={
            (key, site): text_of(held["site"])
            for key, data in fees.items()
            for site, held in data["marketplaces"].items()
        },
        markets={key: text_of(data["name"]) for key, data in view.rules("markets")["countries"].items()},
        services={key: text_of(data) for key, data in view.rules("freight")["services"].items()},
        not_counted=frozenset(part for part, answer in rates.items() if case.given(answer) is None),
        used=used,
    )


# ------------------------------------------------------------------ a batch
class Batch(Struct, frozen=True):
    """A batch by columns, with the decimal places of each row's currency and what an order sells for."""

    n: int
    places: Ints
    columns: Mapping[str, Column]


def batch_of(found: Screened, words: Words) -> Batch:
    """What was found for a batch, in the order of HEADS."""
    skus, n = found.skus, len(found.skus)
    currency = filled(skus.price_currency, words.currency)
    places = np.asarray([decimals(word) for word in currency.words], dtype=np.int64)[currency.codes]
    pieces = np.where(skus.pieces == NOT_GIVEN, words.pieces, skus.pieces)
    best, second = found.best != NOT_GIVEN, found.second != NOT_GIVEN
    every, none = np.ones(n, dtype=np.bool_), np.zeros(n, dtype=np.bool_)
    open_parts = {part: best & ~found.parts_known[part] for part in PARTS}
    lanes = words.of_lanes(found.lanes)
    sold = skus.price * pieces
    columns: dict[str, Column] = {
        "row": Whole(skus.rows),
        "sku": Plain(skus.sku),
        "name": Plain(skus.name),
        **{key: _named(found.best, lanes[key]) for key in ("platform", "site", "market", "service")},
        "price": Amount(skus.price, every, none, none),
        "pieces": Whole(pieces),
        "currency": Chosen(currency.codes, currency.words),
    }
    for key, part in zip(COST_KEYS, PARTS, strict=True):
        units, unknown = found.parts[part], open_parts[part]
        if part in words.not_counted:
            columns[key] = Amount(units, best & (units != 0), best & (units == 0), none, NOT_COUNTED)
            continue
        blank = unknown & (units == 0)
        columns[key] = Amount(units, best & ~blank, blank, unknown & ~blank)
    columns |= {
        "at_most": Mark(best & ~found.complete, best),
        "left": Amount(found.net, best, ~best & (found.unknown > 0), none),
        "margin": Share(
            tenths_of(found.net, sold), _over(found.net, skus.price, pieces, places), best & (sold > 0)
        ),
        **{f"second_{key}": _named(found.second, lanes[key]) for key in ("platform", "market", "service")},
        "second_at_most": Mark(second & ~found.second_complete, second),
        "second_left": Amount(found.second_net, second, none, none),
        "priced": Whole(found.priced),
        "closed": Whole(found.closed),
        "unknown": Whole(found.unknown),
        "not_known": _open(open_parts, words.language, n),
        "why": Chosen(
            np.where(best, NOT_GIVEN, found.why), [reason[words.language] for reason in found.reasons]
        ),
    }
    for key in ("platform_id", "site_id", "market_id", "service_id"):
        columns[key] = _named(found.best, lanes[key])
    for key in ("platform_id", "market_id", "service_id"):
        columns[f"second_{key}"] = _named(found.second, lanes[key])
    return Batch(n, places, {head.key: columns[head.key] for head in HEADS})


def _named(lanes: Ints, words: Coded) -> Chosen:
    """What is said of the lane of each row; NOT_GIVEN finds the last place, where there is no word."""
    return Chosen(words.codes[lanes], words.words)


def nothing() -> Screened:
    """A batch without rows: for the heads of a report that has none."""
    none, mark = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.bool_)
    word = Coded(none, ())
    skus = Skus(none, (), (), *(word,) * 4, *(none,) * 8)
    ints = dict.fromkeys(PARTS, none)
    return Screened(
        skus,
        (),
        none,
        none,
        mark,
        none,
        none,
        mark,
        none,
        none,
        none,
        none,
        (),
        ints,
        dict.fromkeys(PARTS, mark),
    )


def filled(column: Coded, word: str) -> Coded:
    """A column of words with one word where a row has none."""
    if not (column.codes == NOT_GIVEN).any():
        return column
    return Coded(np.where(column.codes == NOT_GIVEN, len(column.words), column.codes), (*column.words, word))


def tenths_of(net: Ints, sold: Ints) -> Ints:
    """What is left in tenths of a percent of what an order sells for; a half goes to the even, as in a quote."""
    by = np.maximum(sold, 1)
    whole, rest = np.divmod(net * 1000, by)
    up = (2 * rest > by) | ((2 * rest == by) & (whole % 2 == 1))
    return np.asarray(whole + up, dtype=np.int64)


def _over(net: Ints, price: Ints, pieces: Ints, places: Ints) -> Floats:
    """What is left over price times pieces, in the very steps of a spreadsheet's doubles."""
    scale = 10.0**places
    sold = (price / scale) * pieces
    return np.divide(net / scale, sold, out=np.zeros(len(net)), where=sold != 0)


def _open(parts: Mapping[str, Bools], language: Language, n: int) -> Chosen:
    """The parts of the cost that are not known in full, by name."""
    held = np.zeros(n, dtype=np.int64)
    for bit, part in enumerate(PARTS):
        held |= parts[part].astype(np.int64) << bit
    kinds, codes = np.unique(held, return_inverse=True)
    names = [head.says[language] for key in COST_KEYS for head in HEADS if head.key == key]
    comma = "；" if language == "zh" else "; "
    words = [comma.join(name for bit, name in enumerate(names) if kind >> bit & 1) for kind in kinds.tolist()]
    return Chosen(np.where(held == 0, NOT_GIVEN, codes.reshape(n)), words)
