"""What the tests of the catalogue reader share: the words of the rules, and a catalogue read at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop.core.errors import LanewiseError
from desktop.core.text import Text
from desktop.engine.catalogue import NOT_GIVEN, BadRow, Coded
from desktop.store.catalogue import CatalogueError, Words, read
from desktop.store.rulebook import load

WORDS = Words(load().rules)
HEAD = "SKU,Name,Category,Goods class,Price (USD),Cost,Weight (g),Dims,Pieces per order,Monthly orders"
ROW = "A-1,Lamp,lighting,plain,24.90,31.5,350,20x15x10,1,120"


@dataclass
class Found:
    """All rows of a file as plain dictionaries, and all bad ones."""

    rows: list[dict[str, Any]]
    bad: list[BadRow]
    done: list[float]

    def column(self, name: str) -> list[Any]:
        return [row[name] for row in self.rows]

    def faults(self) -> list[tuple[int, str]]:
        return [(one.row, one.field) for one in self.bad]


def write(folder: Path, content: str | bytes, name: str = "goods.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def read_all(path: Path, mapping: Mapping[str, int] | None = None, **how: Any) -> Found:
    found = Found([], [], [])
    for batch in read(path, WORDS, mapping, **how):
        skus = batch.skus
        for i in range(len(skus)):
            found.rows.append({
                "line": int(skus.rows[i]), "sku": skus.sku[i], "name": skus.name[i],
                "category": word(skus.category, i), "goods_class": word(skus.goods_class, i),
                "price": (int(skus.price[i]), word(skus.price_currency, i)),
                "cost": (int(skus.cost[i]), word(skus.cost_currency, i)),
                "weight": int(skus.weight_g[i]),
                "sides": (int(skus.length_mm[i]), int(skus.width_mm[i]), int(skus.height_mm[i])),
                "pieces": int(skus.pieces[i]), "orders": int(skus.monthly_orders[i]),
            })  # fmt: skip
        found.bad += batch.bad
        found.done.append(batch.done)
    return found


def word(column: Coded, row: int) -> str | None:
    code = int(column.codes[row])
    return None if code == NOT_GIVEN else column.words[code]


def refused(path: Path, *said: str, mapping: Mapping[str, int] | None = None, **how: Any) -> Text:
    """The one sentence with which a file is refused; it names the file and says what is asked for, in both languages."""
    with pytest.raises(LanewiseError) as caught:
        read_all(path, mapping, **how)
    text = caught.value.text
    assert text.en != text.zh
    assert "\n" not in text.en + text.zh
    for part in said:
        assert part in text.en, text.en
    return text


def said_of(path: Path) -> str:
    """What is said of a file that may or may not be whole: nothing where it is read."""
    try:
        read_all(path)
    except CatalogueError as error:
        return error.text.en
    return ""
