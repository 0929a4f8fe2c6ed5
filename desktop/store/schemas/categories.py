"""Our categories with names and search words."""

from __future__ import annotations

from typing import Any

from desktop.store.schemas.base import Names, Strict


class Category(Names):
    words: list[str] = []


class File(Strict):
    categories: dict[str, Category]


def merge(files: dict[str, File]) -> Any:
    return {key: value.model_dump() for file in files.values() for key, value in file.categories.items()}
