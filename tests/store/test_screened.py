"""What screening found, kept in files: every row comes back as it was, whatever the batch it came with."""

from __future__ import annotations

import errno
from typing import Any

import numpy as np
import pytest

from desktop.core.errors import StoreError
from desktop.core.text import Text
from desktop.engine.catalogue import PARTS, BadRow, Coded, Screened, Skus
from desktop.store.screened import Kept
from tests.screened_batches import LANES, random_found


def whole(found: Screened) -> list[tuple[np.ndarray[Any, Any], Screened]]:
    return [(np.arange(len(found.skus)), found)]


def said(found: Screened, i: int) -> dict[str, Any]:
    """A row in values that do not depend on its batch."""
    row: dict[str, Any] = {}
    for field in Skus.__struct_fields__:
        value = getattr(found.skus, field)
        if isinstance(value, Coded):
            code = int(value.codes[i])
            row[field] = value.words[code] if code >= 0 else None
        else:
            row[field] = value[i] if isinstance(value, tuple) else int(value[i])
    for name in (
        "best",
        "net",
        "second",
        "second_net",
        "priced",
        "closed",
        "unknown",
        "complete",
        "second_complete",
    ):
        row[name] = int(getattr(found, name)[i])
    why = int(found.why[i])
    row["why"] = found.reasons[why] if why >= 0 else None
    for part in PARTS:
        row[part] = (int(found.parts[part][i]), bool(found.parts_known[part][i]))
    return row


def rows(found: Screened) -> list[dict[str, Any]]:
    return [said(found, i) for i in range(len(found.skus))]


def test_rows_come_back_as_they_were() -> None:
    first, second = random_found(70, seed=1), random_found(30, start=70, seed=2)
    kept = Kept(LANES)
    for found in (first, second):
        kept.add(found.skus, whole(found))
    assert kept.count == 100
    assert rows(kept.found(0, 100)) == rows(first) + rows(second)
    assert rows(kept.found(68, 73)) == (rows(first) + rows(second))[68:73]
    assert kept.found(0, 100).lanes is LANES
    assert len(kept.found(100, 120).skus) == 0


def test_a_batch_may_come_in_pieces_of_any_order() -> None:
    found = random_found(40, seed=3)
    order = np.random.default_rng(1).permutation(40)

    def taken(at: np.ndarray[Any, Any]) -> Screened:
        columns: dict[str, Any] = {}
        for field in Screened.__struct_fields__:
            value = getattr(found, field)
            if isinstance(value, np.ndarray):
                value = value[at]
            elif isinstance(value, dict):
                value = {name: part[at] for name, part in value.items()}
            columns[field] = value
        return Screened(**columns)

    kept = Kept(LANES)
    kept.add(found.skus, [(order[:25], taken(order[:25])), (order[25:], taken(order[25:]))])
    assert rows(kept.found(0, 40)) == rows(found)


def test_a_batch_that_is_not_finished_leaves_nothing() -> None:
    found = random_found(10)

    def pieces() -> Any:
        yield np.arange(10), found
        raise KeyboardInterrupt

    kept = Kept(LANES)
    with pytest.raises(KeyboardInterrupt):
        kept.add(found.skus, pieces())
    assert kept.count == 0
    kept.add(found.skus, whole(found))
    assert rows(kept.found(0, 10)) == rows(found)


def test_words_are_searched_without_reading_the_rest() -> None:
    found = random_found(5)
    names = ("tea set", "棉布裙", "", "half \ud800 sign", "line\nbreak")
    skus = Skus(**{name: getattr(found.skus, name) for name in Skus.__struct_fields__} | {"name": names})
    kept = Kept(LANES)
    kept.add(skus, whole(found))
    assert list(kept.texts(1, 4)) == [f"{skus.sku[i]}\n{names[i]}" for i in (1, 2, 3)]
    assert kept.found(0, 5).skus.name == names


def test_bad_rows_come_back_in_their_order() -> None:
    kept = Kept(LANES)
    bad = [BadRow(i, "weight", Text(f"bad {i}", f"坏 {i}")) for i in range(7)]
    for some in (bad[:3], (), bad[3:]):
        kept.add_bad(some)
    assert kept.bad_count == 7
    assert [row for some in kept.bad() for row in some] == bad


def test_a_full_disk_is_one_sentence() -> None:
    kept = Kept(LANES)

    class Full:
        def __getattr__(self, _name: str) -> Any:
            def fail(*_values: object) -> None:
                raise OSError(errno.ENOSPC, "No space left on device")

            return fail

    kept._rows = Full()  # type: ignore[assignment]
    found = random_found(3)
    with pytest.raises(StoreError) as error:
        kept.add(found.skus, whole(found))
    assert error.value.text.en.startswith("what was found cannot be kept: there is no room left on the disk")
    assert kept.count == 0


def test_closed_files_are_gone() -> None:
    kept = Kept(LANES)
    kept.close()
    with pytest.raises(ValueError, match="closed"):
        kept.found(0, 1)
