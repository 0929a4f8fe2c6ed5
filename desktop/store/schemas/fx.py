"""Rules of exchange rates: for each currency the facts that may hold its rate, newest first."""

from __future__ import annotations

from typing import Any

from desktop.store.schemas.base import FactId, Names, Strict


class Currency(Strict):
    """A currency's name and the ids of its rates in CNY per unit; the first that answers is used."""

    name: Names
    facts: list[FactId]


class File(Strict):
    currencies: dict[str, Currency]


def merge(files: dict[str, File]) -> Any:
    """`{currencies: {USD: {name, facts}}}`."""
    currencies: dict[str, Any] = {}
    for file in files.values():
        for code, currency in file.currencies.items():
            currencies[code] = currency.model_dump(mode="json", by_alias=True, exclude_none=True)
    return {"currencies": currencies}
