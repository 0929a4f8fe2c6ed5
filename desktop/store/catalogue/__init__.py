"""Reading a seller's catalogue: CSV, TSV, XLSX, XLS, ODS and Parquet into batches of `Skus`.

`preview` looks at a file, `read` gives its rows; `Catalogue` does both and opens it once. A format's library is imported
when a file of it is opened.
"""

from __future__ import annotations

from desktop.store.catalogue.faults import CatalogueError
from desktop.store.catalogue.model import FIELDS, Batch, Choices, Preview
from desktop.store.catalogue.reader import (
    Catalogue,
    by_column,
    by_heading,
    check_mapping,
    mapping_key,
    preview,
    read,
)
from desktop.store.catalogue.words import Words

__all__ = [
    "FIELDS", "Batch", "Catalogue", "CatalogueError", "Choices", "Preview", "Words", "by_column", "by_heading",
    "check_mapping", "mapping_key", "preview", "read",
]  # fmt: skip
