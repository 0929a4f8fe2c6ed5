"""Columns of cells into columns of whole numbers, each row that cannot be priced named with its reason.

Numbers pass through binary fractions of 53 bits: a text of up to fifteen digits comes out to the minor unit as it was
written, and a longer one differs by less than a billionth of it. No amount here is longer (`MOST` and two decimals).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

import numpy as np
import numpy.typing as npt
from msgspec import Struct, field

from desktop.core.case import MOST
from desktop.core.money import CURRENCIES, decimals
from desktop.core.questions import printed
from desktop.core.text import EMPTY, Text
from desktop.engine.catalogue import NOT_GIVEN, BadRow, Coded, Skus
from desktop.engine.kernel import Bools, Ints
from desktop.store.catalogue.faults import shown
from desktop.store.catalogue.model import SIDES, Batch, Chunk
from desktop.store.catalogue.numbers import Style, UnreadableError, read_number, style_of
from desktop.store.catalogue.words import Words, folded

Floats = npt.NDArray[np.float64]
Faults = dict[int, tuple[str, Text]]

Judge = Callable[[str, str, int], "Text | tuple[Decimal, int]"]
"""What stands before and behind a figure, and the currency of the row: what to multiply the figure with and the currency
that it is in, or why that cannot stand there (an empty text: it means nothing)."""

_EPS = 4 * float(np.finfo(np.float64).eps)
_MEMO = 20_000
"""Distinct words or numbers remembered at a time; then memory starts anew."""
_LOOKED_UP = 200
"""For so many distinct unknown words the nearest terms are looked for; then the reason goes without them."""
_UNREAD = -2


class Layout(Struct, frozen=True):
    """Which column holds which field, in which unit, how its decimals are written, and what stands in for nothing."""

    mapping: Mapping[str, int]
    units: Mapping[str, str]
    defaults: Mapping[str, str]
    styles: Mapping[str, Style] = field(default_factory=dict)


class Seen:
    """Lines of the SKUs read so far, by a hash of 64 bits: twelve bytes each, so that a million cost 12 MB.

    The hash is keyed anew in each run. Among a million SKUs two different ones share a hash once in 37 million files.
    """

    def __init__(self) -> None:
        self._keys: Ints = np.empty(0, np.int64)
        self._lines: npt.NDArray[np.int32] = np.empty(0, np.int32)

    def repeats(self, skus: Sequence[str], lines: Ints, usable: Bools) -> dict[int, int]:
        """The rows whose SKU stood before, with the line where it stood first; unusable rows do not count."""
        rows = np.flatnonzero(usable & np.fromiter(map(bool, skus), np.bool_, len(skus)))
        if not len(rows):
            return {}
        keys = np.fromiter((hash(skus[i]) for i in rows.tolist()), np.int64, len(rows))
        distinct, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
        at = np.searchsorted(self._keys, distinct)
        known = np.zeros(len(distinct), np.bool_)
        if len(self._keys):
            known = self._keys[np.minimum(at, len(self._keys) - 1)] == distinct
        stood = lines[rows][first].astype(np.int32)
        stood[known] = self._lines[at[known]]
        self._lines = np.insert(self._lines, at[~known], stood[~known])
        self._keys = np.insert(self._keys, at[~known], distinct[~known])
        again = np.flatnonzero((first[inverse] != np.arange(len(rows))) | known[inverse])
        return {int(rows[i]): int(stood[inverse[i]]) for i in again.tolist()}


class Assembler:
    """Makes batches of chunks. Remembers what was read before only as far as duplicates and words need it."""

    def __init__(self, words: Words, layout: Layout, most_bad: int | None = None) -> None:
        self._words = words
        self._layout = layout
        self._most_bad = most_bad
        self._styles: dict[str, Style] = dict(layout.styles)
        self._seen = Seen()
        self._codes: dict[str, dict[str, int]] = {}
        self._unknown: dict[str, int] = {}
        self._numbers: dict[str, dict[tuple[str, int], tuple[float, Text | int]]] = {}

    def batch(self, chunk: Chunk) -> Batch:
        count = len(chunk.lines)
        faults: Faults = {}
        skus = self._texts(chunk, "sku", count)
        names = self._texts(chunk, "name", count)
        category = self._coded(chunk, "category", count, faults)
        goods = self._coded(chunk, "goods_class", count, faults)
        price_code = self._currency(chunk, "list_price", "price_currency", count, faults)
        price = self._money(chunk, "list_price", price_code, count, faults)
        cost_code = self._currency(chunk, "unit_cost", "cost_currency", count, faults)
        cost = self._money(chunk, "unit_cost", cost_code, count, faults)
        weight = self._measured(chunk, "weight", "weight_g", "g", count, faults)
        sides = self._sides(chunk, count, faults)
        pieces = self._whole(chunk, "pieces_per_order", count, faults)
        orders = self._whole(chunk, "monthly_orders", count, faults)
        for row in np.flatnonzero(price == NOT_GIVEN).tolist():
            faults.setdefault(
                row,
                ("list_price", Text("list_price is empty; right form: 24.90", "售价为空；正确格式：24.90")),
            )
        usable = np.ones(count, np.bool_)
        usable[list(faults)] = False
        for row, line in self._seen.repeats(skus, chunk.lines, usable).items():
            sku = shown(skus[row])
            faults[row] = ("sku", Text(
                f"the SKU {sku!r} stands in line {line} already; this row is left out",
                f"货号 {sku!r} 在第 {line} 行已出现，本行不计入",
            ))  # fmt: skip
            usable[row] = False
        bad = [*chunk.bad, *(BadRow(int(chunk.lines[r]), name, why) for r, (name, why) in faults.items())]
        bad.sort(key=lambda one: one.row)
        kept = _Kept(usable)
        found = Skus(
            rows=kept.ints(chunk.lines), sku=kept.texts(skus), name=kept.texts(names),
            category=Coded(kept.ints(category), self._words.category_ids),
            goods_class=Coded(kept.ints(goods), self._words.goods.ids),
            price_currency=Coded(kept.ints(price_code), CURRENCIES),
            cost_currency=Coded(kept.ints(cost_code), CURRENCIES),
            price=kept.ints(price), cost=kept.ints(cost), weight_g=kept.ints(weight),
            length_mm=kept.ints(sides[0]), width_mm=kept.ints(sides[1]), height_mm=kept.ints(sides[2]),
            pieces=kept.ints(pieces), monthly_orders=kept.ints(orders),
        )  # fmt: skip
        return Batch(found, tuple(bad[: self._most_bad]), len(bad), chunk.done)

    # ------------------------------------------------------------------ words
    def _cells(self, chunk: Chunk, name: str) -> object | None:
        column = self._layout.mapping.get(name)
        return None if column is None else chunk.columns[column]

    def _texts(self, chunk: Chunk, name: str, count: int) -> list[str]:
        cells = self._cells(chunk, name)
        if cells is None:
            return [""] * count
        texts = [text.strip() for text in as_texts(cells)]
        together = "".join(texts)
        if any(mark in together for mark in "\n\r\t"):
            texts = [" ".join(text.split()) for text in texts]
        return texts

    def _coded(self, chunk: Chunk, name: str, count: int, faults: Faults) -> Ints:
        terms = self._words.categories if name == "category" else self._words.goods
        stand_in = self._layout.defaults.get(name, "")
        known = terms.find(stand_in) if stand_in else None
        empty = NOT_GIVEN if known is None else known
        cells = self._cells(chunk, name)
        if cells is None:
            return np.full(count, empty, np.int64)
        codes = self._look_up(name, as_texts(cells), lambda text: terms.find(text), empty)
        for row in np.flatnonzero(codes == _UNREAD).tolist():
            if row not in faults:
                faults[row] = (name, self._unknown_word(name, _cell_text(cells, row)))
        return codes

    def _look_up(
        self, name: str, texts: Sequence[str], find: Callable[[str], int | None], empty: int
    ) -> Ints:
        memo = self._codes.setdefault(name, {})
        if len(memo) > _MEMO:
            memo.clear()
        for text in set(texts):
            if text not in memo:
                code = find(text) if text.strip() else empty
                memo[text] = _UNREAD if code is None else code
        return np.fromiter(map(memo.__getitem__, texts), np.int64, len(texts))

    def _unknown_word(self, name: str, text: str) -> Text:
        known = self._words.categories if name == "category" else self._words.goods
        title = self._words.name(name)
        word = shown(text.strip())
        if len(text) <= 200 and self._unknown.setdefault(name, 0) < _LOOKED_UP:
            self._unknown[name] += 1
            near = known.names(known.nearest(text))
            return Text(
                f"{title.en} {word!r} is not known; the nearest are {near.en}",
                f"{title.zh} {word!r} 无法识别；最接近的是 {near.zh}",
            )
        some = known.names(known.ids[:3])
        return Text(
            f"{title.en} {word!r} is not known; right form: {some.en} …",
            f"{title.zh} {word!r} 无法识别；正确格式：{some.zh} …",
        )

    def _currency(self, chunk: Chunk, money: str, name: str, count: int, faults: Faults) -> Ints:
        """Codes of the currency of each row: of its own column, else of the heading, else the one that stands in."""
        heading = self._layout.units.get(money) or self._layout.defaults.get(name, "")
        empty = CURRENCIES.index(heading) if heading else NOT_GIVEN
        cells = self._cells(chunk, name)
        if cells is None:
            return np.full(count, empty, np.int64)

        def find(text: str) -> int | None:
            found = self._words.currencies(text)
            return CURRENCIES.index(found[0]) if found else None

        codes = self._look_up(name, as_texts(cells), find, empty)
        for row in np.flatnonzero(codes == _UNREAD).tolist():
            word = shown(_cell_text(cells, row).strip())
            faults.setdefault(row, (name, Text(
                f"{name} {word!r} is not known; right form: a currency such as USD",
                f"{self._words.name(name).zh} {word!r} 无法识别；正确格式：USD 这样的币种",
            )))  # fmt: skip
        codes[codes == _UNREAD] = empty
        return codes

    # ------------------------------------------------------------------ numbers
    def _floats(
        self, chunk: Chunk, name: str, count: int, faults: Faults, judge: Judge, codes: Ints | None = None
    ) -> tuple[Floats, object]:
        """A column as numbers, NaN where a row has none or a wrong one.

        `judge` says what may stand beside a figure; `codes` are the currencies of the rows, which it may change.
        """
        cells = self._cells(chunk, name)
        if cells is None:
            return np.full(count, np.nan), None
        if isinstance(cells, np.ndarray):
            return cells.astype(np.float64), cells
        assert isinstance(cells, list)
        if name not in self._styles:
            self._styles[name] = style_of(cells)
        style = self._styles[name]
        if (plain := _all_plain(cells, style)) is not None:
            return plain, cells
        figure = _Figure(self._words.name(name), name, style, judge)
        memo = self._numbers.setdefault(name, {})
        if len(memo) > _MEMO:
            memo.clear()
        values = np.empty(count, np.float64)
        for row, cell in enumerate(cells):
            code = NOT_GIVEN if codes is None else int(codes[row])
            # the same text beside the same currency means the same in every row
            found = memo.get((cell, code)) if isinstance(cell, str) else None
            if found is None:
                found = figure.read(cell, code)
                if isinstance(cell, str):
                    memo[cell, code] = found
            value, why = found
            values[row] = value
            if isinstance(why, Text):
                faults.setdefault(row, (name, why))
            elif codes is not None and why != code:
                codes[row] = why
        return values, cells

    def _refuse(
        self, name: str, values: Floats, cells: object, wrong: Bools, faults: Faults, form: Text
    ) -> None:
        title = self._words.name(name)
        for row in np.flatnonzero(wrong).tolist():
            cell = shown(_cell_text(cells, row).strip())
            faults.setdefault(row, (name, Text(
                f"{name} {cell!r} is not possible; right form: {form.en}",
                f"{title.zh} {cell!r} 不可用；正确格式：{form.zh}",
            )))  # fmt: skip
            values[row] = np.nan

    def _money(self, chunk: Chunk, name: str, codes: Ints, count: int, faults: Faults) -> Ints:
        """A column of amounts in minor units of the currency of each row."""
        own = self._layout.mapping.get("price_currency" if name == "list_price" else "cost_currency")
        given = own is not None or bool(self._layout.units.get(name))

        def judge(before: str, behind: str, code: int) -> Text | tuple[Decimal, int]:
            return self._beside_money(name, given, before, behind, code)

        values, cells = self._floats(chunk, name, count, faults, judge, codes)
        places = np.array([decimals(code) for code in CURRENCIES], np.int64)[codes]
        with np.errstate(over="ignore"):
            scaled = values * np.power(10.0, places)
        nearest = np.rint(scaled)
        least = 1 if name == "list_price" else 0
        with np.errstate(invalid="ignore"):
            finer = np.abs(scaled - nearest) > _EPS * np.maximum(np.abs(scaled), 1.0)
            out = (values < 0) | (values > MOST) | ((nearest < least) & ~finer)
        if out.any():
            low = "0" if least == 0 else "0.01"
            form = Text(f"{low} to {printed(Decimal(MOST))}", f"{low} 至 {printed(Decimal(MOST))}")
            self._refuse(name, values, cells, out, faults, form)
        finer &= ~out
        if finer.any():
            for many in np.unique(places[finer]).tolist():
                form = Text(
                    f"an amount with {many} decimals at most, such as {'24.90' if many else '2490'}",
                    f"最多 {many} 位小数的金额，例如 {'24.90' if many else '2490'}",
                )
                self._refuse(name, values, cells, finer & (places == many), faults, form)
        return _settled(np.where(np.isnan(values), np.nan, nearest))

    def _beside_money(
        self, name: str, given: bool, before: str, behind: str, code: int
    ) -> Text | tuple[Decimal, int]:
        """What stands beside an amount: a currency, perhaps with `/ piece`. One that contradicts the row is a fault."""
        head, _, each = behind.partition("/")
        if each and folded(each) not in self._words.each:
            return EMPTY
        named = [self._words.currencies(word) for word in (before, head) if word.strip()]
        if not all(named):
            return EMPTY
        for meant in named:
            if code >= 0 and CURRENCIES[code] in meant:
                continue
            if given:
                said = "/".join(meant[:2])
                return Text(
                    f"{name} is in {said}, the row or the heading says {CURRENCIES[code]}; right form: one currency",
                    f"{self._words.name(name).zh}以 {said} 计，而本行或表头为 {CURRENCIES[code]}；请统一币种",
                )
            code = CURRENCIES.index(meant[0])
        return Decimal(1), code

    def _measured(
        self, chunk: Chunk, name: str, question: str, base: str, count: int, faults: Faults, unit: str = ""
    ) -> Ints:
        """Weights in grams or sides in millimetres, rounded up, within the bounds of the question."""
        measure = self._words.measure(name)
        unit = unit or self._layout.units.get(name) or self._layout.defaults.get(f"{name}_unit", "") or base
        factor = self._words.factor(unit)

        def judge(before: str, behind: str, code: int) -> Text | tuple[Decimal, int]:
            own = self._words.unit(behind, measure) if behind and not before else ""
            return (self._words.factor(own) / factor, code) if own else EMPTY

        values, cells = self._floats(chunk, name, count, faults, judge)
        return self._in_bounds(name, question, values, cells, float(factor), unit, faults)

    def _in_bounds(
        self,
        name: str,
        question: str,
        values: Floats,
        cells: object,
        factor: float,
        unit: str,
        faults: Faults,
    ) -> Ints:
        low, high = self._words.bounds(question)
        per = Decimal(10) if question == "dims_cm" else Decimal(1)
        with np.errstate(over="ignore"):
            scaled = values * factor
        nearest = np.rint(scaled)
        with np.errstate(invalid="ignore"):
            near = np.abs(scaled - nearest) <= _EPS * np.maximum(np.abs(scaled), 1.0)
            whole = np.where(near, nearest, np.ceil(scaled))
            # a hair above nothing is one gram, not none; nothing is no weight
            out = (scaled <= 0) | (whole < float(low * per)) | (whole > float(high * per))
        if out.any():
            base = "g" if question == "weight_g" else "cm"
            form = f"{printed(low)} to {printed(high)} {base}"
            self._refuse(name, values, cells, out, faults, Text(form, form.replace(" to ", " 至 ")))
            whole = np.where(np.isnan(values), np.nan, whole)
        return _settled(whole)

    def _sides(self, chunk: Chunk, count: int, faults: Faults) -> tuple[Ints, Ints, Ints]:
        mapped = self._layout.mapping
        if all(side in mapped for side in SIDES):
            found = [self._measured(chunk, side, "dims_cm", "cm", count, faults) for side in SIDES]
            given = np.array([side != NOT_GIVEN for side in found])
            for row in np.flatnonzero(given.any(axis=0) & ~given.all(axis=0)).tolist():
                faults.setdefault(row, ("dims", Text(
                    "one side of the size is empty; right form: length, width and height, or none",
                    "尺寸缺少一边；请填全长、宽、高，或都不填",
                )))  # fmt: skip
            return found[0], found[1], found[2]
        cells = self._cells(chunk, "dims")
        if cells is None:
            none = np.full(count, NOT_GIVEN, np.int64)
            return none, none, none
        return self._sizes(as_texts(cells), count, faults)

    def _sizes(self, texts: Sequence[str], count: int, faults: Faults) -> tuple[Ints, Ints, Ints]:
        """A column of sizes such as 20x15x10."""
        unit = self._layout.units.get("dims") or self._layout.defaults.get("dims_unit", "") or "cm"
        factor = float(self._words.factor(unit))
        three, rest = _three_each(texts)
        memo: dict[str, tuple[float, float, float] | None] = {}
        for row in rest:
            text = texts[row]
            if text not in memo:
                memo[text] = self._size(text, factor)
            size = memo[text]
            if size is None:
                faults.setdefault(row, ("dims", Text(
                    f"dims {shown(text.strip())!r} is not possible; right form: 20x15x10",
                    f"包装尺寸 {shown(text.strip())!r} 不可用；正确格式：20x15x10",
                )))  # fmt: skip
            three[row] = size or (np.nan,) * 3
        first, second, third = (
            self._in_bounds("dims", "dims_cm", three[:, i].copy(), list(texts), factor, unit, faults)
            for i in range(3)
        )
        return first, second, third

    def _size(self, text: str, factor: float) -> tuple[float, float, float] | None:
        """Three figures with what parts them, in the unit of the column; None where it is no size."""
        if not text.strip():
            return (float("nan"),) * 3
        if len(text) > 80:
            return None
        for mark in "×*✕xX":
            text = text.replace(mark, "x")
        parts = folded(text).split("x")
        if len(parts) != 3:
            return None
        found: list[float] = []
        unit = 1.0
        for part in reversed(parts):
            try:
                # every mark of a size is a decimal one: no side is a thousand centimetres
                value, before, after = read_number(part.replace(",", "."), "point")
            except UnreadableError:
                return None
            if before:
                return None
            if after:
                own = self._words.unit(after, "length")
                if not own:
                    return None
                unit = float(self._words.factor(own)) / factor
            found.append(float(value) * unit)
        return found[2], found[1], found[0]

    def _whole(self, chunk: Chunk, name: str, count: int, faults: Faults) -> Ints:
        """A column of counts within the bounds of its question."""
        low, high = (float(bound) for bound in self._words.bounds(name))

        def judge(before: str, behind: str, code: int) -> Text | tuple[Decimal, int]:
            return (Decimal(1), code) if not before and folded(behind) in self._words.each else EMPTY

        values, cells = self._floats(chunk, name, count, faults, judge)
        with np.errstate(invalid="ignore"):
            out = (values < low) | (values > high) | (values != np.rint(values))
        out &= ~np.isnan(values)
        if out.any():
            form = f"{low:,.0f} to {high:,.0f}"
            self._refuse(name, values, cells, out, faults, Text(
                f"a whole number, {form}", f"整数，{form.replace(' to ', ' 至 ')}"
            ))  # fmt: skip
        return _settled(values)


_FORMS = {
    "list_price": "24.90", "unit_cost": "24.90", "weight": "350", "length": "20", "width": "15", "height": "10",
    "pieces_per_order": "1", "monthly_orders": "120",
}  # fmt: skip


class _Figure:
    """Reads the cells of one column; what stands beside a figure is judged once for each word."""

    def __init__(self, title: Text, name: str, style: Style, judge: Judge) -> None:
        self._title, self._name, self._style, self._judge = title, name, style, judge
        self._form = _FORMS[name]
        self._quick = _QUICK["comma" if style == "comma" else "point"]
        self._judged: dict[tuple[str, str, int], Text | tuple[Decimal, int]] = {}

    def read(self, cell: object, code: int) -> tuple[float, Text | int]:
        """A cell as a number with the currency that it is in, or NaN with the reason."""
        if isinstance(cell, str):
            found = self._quick.fullmatch(cell)
            if found is not None:
                before, body, behind = found.groups()
                value = Decimal(body.replace(",", "."))
            elif not cell.strip():
                return float("nan"), code
            else:
                try:
                    value, before, behind = read_number(cell, self._style)
                except UnreadableError as error:
                    return float("nan"), self._ambiguous(cell) if error.ambiguous else self._no_number(cell)
            if not before and not behind:
                return float(value), code
            judged = self._beside(before, behind, code)
            if isinstance(judged, Text):
                return float("nan"), judged or self._no_number(cell)
            factor, code = judged
            return float(value if factor == 1 else value * factor), code
        if isinstance(cell, float | int) and not isinstance(cell, bool):
            return float(cell), code
        return float("nan"), self._no_number(cell)

    def _beside(self, before: str, behind: str, code: int) -> Text | tuple[Decimal, int]:
        at = (before, behind, code)
        if at not in self._judged:
            if len(self._judged) > _MEMO:
                self._judged.clear()
            self._judged[at] = self._judge(before, behind, code)
        return self._judged[at]

    def _no_number(self, cell: object) -> Text:
        return _not_a_number(self._name, self._title, cell, self._form)

    def _ambiguous(self, cell: str) -> Text:
        return Text(
            f"{self._name} {shown(cell)!r} can be read in two ways in this column; right form: 1234 or 1.234",
            f"{self._title.zh} {shown(cell)!r} 在本列中有两种读法；正确格式：1234 或 1.234",
        )


# the usual forms, at once: `$24.90`, `350g`, `24.90 元`; all others go the longer way of read_number
_QUICK = {
    style: re.compile(
        rf"([^0-9\s.,()+\-\u2212]{{0,4}}) ?([0-9]{{1,12}}(?:{mark}[0-9]+)?) ?([^0-9\s.,()+\-\u2212]{{0,8}})",
        re.ASCII,
    )
    for style, mark in (("point", r"\."), ("comma", ","))
}


def _all_plain(cells: list[object], style: Style) -> Floats | None:
    """A column of text in which each cell is nothing or digits with a decimal mark; None where one is more."""
    mark = "," if style == "comma" else "."
    try:
        together = "".join(cells)  # type: ignore[arg-type]
        if not together.isascii() or not together.replace(mark, "").isdigit():
            return None
        return np.array([(cell or "nan").replace(",", ".") for cell in cells], np.float64)  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        return None


class _Kept:
    """Takes the usable rows out of a column; all of them at no cost."""

    def __init__(self, usable: Bools) -> None:
        self._rows = None if usable.all() else np.flatnonzero(usable)

    def ints(self, column: Ints) -> Ints:
        return column if self._rows is None else column[self._rows]

    def texts(self, column: list[str]) -> tuple[str, ...]:
        return tuple(column) if self._rows is None else tuple(column[i] for i in self._rows.tolist())


def _settled(values: Floats) -> Ints:
    """Whole numbers, NOT_GIVEN where there is none."""
    return np.where(np.isnan(values), float(NOT_GIVEN), values).astype(np.int64)


def as_texts(cells: object) -> list[str]:
    """Cells as text."""
    if isinstance(cells, np.ndarray):
        return [_number_text(value) for value in cells.tolist()]
    assert isinstance(cells, list)
    if all(type(cell) is str for cell in cells):
        return cells
    return [cell_text(cell) for cell in cells]


def cell_text(cell: object) -> str:
    """A cell as a person sees it: a number with its fifteen digits at most, as Excel keeps it."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float | int):
        return _number_text(cell)
    return str(cell)


def _number_text(value: float) -> str:
    if value != value:
        return ""
    if abs(value) < 10**15 and value == int(value):
        return str(int(value))
    return f"{value:.15g}"


def _cell_text(cells: object, row: int) -> str:
    assert isinstance(cells, np.ndarray | list)
    return cell_text(cells[row].item() if isinstance(cells, np.ndarray) else cells[row])


def _not_a_number(name: str, title: Text, cell: object, form: str) -> Text:
    if isinstance(cell, datetime.date | datetime.time | datetime.timedelta):
        return Text(
            f"{name} is a date or a time ({cell}); right form: a number such as {form}",
            f"{title.zh}是日期或时间（{cell}）；正确格式：{form} 这样的数字",
        )
    text = shown(cell_text(cell).strip())
    return Text(
        f"{name} {text!r} is not a number; right form: {form}",
        f"{title.zh} {text!r} 不是数字；正确格式：{form}",
    )


def _three_each(texts: Sequence[str]) -> tuple[Floats, list[int]]:
    """Sizes of the plain form 20x15x10 (or 20*15*10), all at once, and the rows that are of another form."""
    three = np.full((len(texts), 3), np.nan)
    together = "\n".join(texts).lower().replace("×", "x").replace("*", "x")
    plain: list[int] = []
    rest: list[int] = []
    sizes = together.split("\n")
    if len(sizes) != len(texts):
        return three, list(range(len(texts)))
    for row, size in enumerate(sizes):
        if size:
            (plain if size.count("x") == 2 else rest).append(row)
    parts = "x".join([sizes[row] for row in plain]).split("x") if plain else []
    figures = "".join(parts)
    if figures.isascii() and figures.replace(".", "").isdigit() and "" not in parts:
        try:
            three[plain] = np.array(parts, dtype=np.float64).reshape(-1, 3)
        except ValueError:
            rest += plain
    else:
        rest += plain
    return three, sorted(rest)
