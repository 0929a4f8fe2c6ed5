"""The same screening on a cluster of two processes: the same file, also where a worker is lost."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cluster_work import dies_once
from distributed import Client, LocalCluster
from msgspec.structs import replace
from screened_batches import skus

from desktop.cli import main
from desktop.cli.cluster import connected, mapped
from desktop.cli.job import Job, back_home, job_of, screen_away, screen_batch, screener_of
from desktop.core.case import Case
from desktop.core.errors import OptionError, StoreError
from desktop.engine.advice import PLATFORMS
from desktop.engine.catalogue import Coded, Screened, Skus
from desktop.store.rulebook import load

DAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    with LocalCluster(n_workers=2, processes=True, threads_per_worker=1, dashboard_address=":0") as two:
        yield two


@pytest.fixture(scope="module")
def job() -> Job:
    return job_of(Case(), DAY, PLATFORMS, load())


def batches(count: int, n: int = 40) -> list[Skus]:
    found = []
    for start in range(0, count * n, n):
        rng = np.random.default_rng(start)
        kinds = Coded(rng.integers(0, 2, n), ("apparel", "toys"))
        found.append(
            skus(
                n,
                start,
                price=rng.integers(300, 20_000, n),
                weight_g=rng.integers(20, 3000, n),
                category=kinds,
            )
        )
    return found


def same(a: Screened, b: Screened) -> bool:
    """Whether two answers are alike in every column."""

    def alike(x: Any, y: Any) -> bool:
        if isinstance(x, np.ndarray):
            return bool(np.array_equal(x, y))
        if isinstance(x, dict):
            return x.keys() == y.keys() and all(alike(x[key], y[key]) for key in x)
        return bool(x == y)

    return all(alike(getattr(a, name), getattr(b, name)) for name in a.__struct_fields__ if name != "skus")


def check_home(job: Job, away: list[tuple[Skus, Any]], given: list[Skus]) -> None:
    lanes = screener_of(job)[0].lanes
    assert [rows.rows[0] for rows, _ in away] == [rows.rows[0] for rows in given], (
        "in the order of the catalogue"
    )
    for (rows, found), mine in zip(away, given, strict=True):
        here = screen_batch(job, mine)
        assert same(back_home(found, rows, lanes).screened, here.screened)
        assert found.oldest == here.oldest


def test_the_file_is_the_same_as_without_a_cluster(
    cluster: LocalCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["desktop.cli.screen"], "ROWS", 60)
    path = tmp_path / "goods.csv"
    heads = "SKU,Name,Category,Price,Currency,Cost,Weight g,Size cm\n"
    rows = "".join(
        f"S{i},Thing {i},{('apparel', 'shoes', 'toys')[i % 3]},{'x' if i % 41 == 7 else 3 + i}.5,USD,20,"
        f"{50 + i},20x15x5\n"
        for i in range(200)
    )
    path.write_text(heads + rows, encoding="utf-8")
    common = ["screen", str(path), "--as-of", DAY.isoformat(), "--quiet"]
    assert main([*common, "-o", str(tmp_path / "here.csv")]) == 0
    assert main([*common, "-o", str(tmp_path / "away.csv"), "--cluster", cluster.scheduler_address]) == 0
    for name in ("{}.csv", "{}.not-read.csv"):
        here, away = tmp_path / name.format("here"), tmp_path / name.format("away")
        assert here.read_bytes() == away.read_bytes()


def test_a_lost_worker_is_survived(cluster: LocalCluster, job: Job, tmp_path: Path) -> None:
    given, marker = batches(8), tmp_path / "died"
    work = partial(dies_once, job, int(given[5].rows[3]), marker)
    with connected(cluster.scheduler_address) as client:
        away = list(mapped(client, work, given))
    assert marker.exists(), "a worker was lost in the middle of the sixth batch"
    check_home(job, away, given)


def test_only_so_many_batches_are_on_their_way(cluster: LocalCluster, job: Job) -> None:
    taken = 0

    def counted() -> Iterator[Skus]:
        nonlocal taken
        for batch in batches(12, 5):
            taken += 1
            yield batch

    with connected(cluster.scheduler_address) as client:
        client.wait_for_workers(2, timeout=30)
        for done, _ in enumerate(mapped(client, partial(screen_away, job), counted())):
            assert taken <= done + 6
    assert taken == 12


@pytest.mark.parametrize("other", [{"digest": "0123456789abcdef"}, {"pack": "000012-0123456789ab"}])
def test_machines_with_other_rules_are_refused(
    cluster: LocalCluster, job: Job, other: dict[str, str]
) -> None:
    """Of another release, or without the rule pack that is in use where the catalogue lies."""
    theirs = replace(job, **other)
    with (
        connected(cluster.scheduler_address) as client,
        pytest.raises(StoreError, match="the same release and rule pack on all") as caught,
    ):
        list(mapped(client, partial(screen_away, theirs), batches(2)))
    assert "各机安装同一版本和同一规则包" in caught.value.text.zh


def test_a_cluster_without_workers_is_one_sentence(job: Job) -> None:
    with LocalCluster(n_workers=0, dashboard_address=":0", processes=True) as none:
        with (
            pytest.raises(StoreError, match="has no worker; start one with"),
            connected(none.scheduler_address, 0.2),
        ):
            pass
        with (
            Client(none.scheduler_address) as client,
            pytest.raises(StoreError, match="the cluster was lost"),
        ):
            list(mapped(client, partial(screen_away, job), batches(1), patience=1))


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense", "foo://x"])
def test_an_address_where_nobody_answers_is_one_sentence(
    address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(StoreError, match="no cluster answers at") as caught, connected(address, 0.5):
        pass
    assert address in caught.value.text.zh


def test_without_the_extra_part_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(OptionError, match=r"install lanewise\[cluster\]"), connected("tcp://127.0.0.1:8786"):
        pass
