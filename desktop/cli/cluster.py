"""The same screening on other machines: batches go out to a Dask cluster, results come back in their order.

A batch travels with its task, so that the scheduler gives it to another worker where one is lost. Only so many are on
their way as keep the workers busy: memory stays bounded here whatever the size of the catalogue.
"""

from __future__ import annotations

import logging
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar

from desktop.core.errors import OptionError, StoreError
from desktop.core.text import Text

if TYPE_CHECKING:
    from distributed import Client

Item = TypeVar("Item")
Result = TypeVar("Result")

FORM = "tcp://192.168.1.20:8786"
CONNECT_S = 10
"""How long a scheduler may take to answer, and a first worker to be there."""
LOST_S = 60
"""How long a cluster may be without any worker before the run is given up."""
RETRIES = 3
AHEAD = 3
"""Batches on their way for each thread of a worker: one in hand, one in wait, one in writing."""


@contextmanager
def connected(address: str, wait: float = CONNECT_S) -> Iterator[Client]:
    """A client of the scheduler at an address, with at least one worker; else one sentence that says what is missing."""
    try:
        from distributed import Client
    except ImportError:
        raise OptionError(
            Text(
                "--cluster needs a part of Lanewise that is not installed; right form: install lanewise[cluster]",
                "--cluster 需要 Lanewise 的 cluster 附加组件；正确做法：安装 lanewise[cluster]",
            )
        ) from None
    # a lost connection is said by us, in one sentence
    for name in ("distributed.core", "distributed.client", "distributed.batched", "distributed.comm"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        client = Client(address, timeout=wait)
    except (OSError, ValueError, TypeError, AssertionError):
        # a name that is no address fails inside of the library
        raise _unreachable(address) from None
    try:
        try:
            client.wait_for_workers(1, timeout=wait)
        except TimeoutError:
            raise StoreError(
                Text(
                    f"the cluster at {address} has no worker; start one with: dask worker {address}",
                    f"集群 {address} 没有工作进程；启动命令：dask worker {address}",
                )
            ) from None
        yield client
    finally:
        with suppress(OSError, TimeoutError):
            client.close(timeout=2)


def _unreachable(address: str) -> StoreError:
    return StoreError(
        Text(
            f"no cluster answers at {address}; right form: the address of a Dask scheduler such as {FORM}",
            f"{address} 没有集群应答；正确格式：Dask 调度器的地址，例如 {FORM}",
        )
    )


def mapped(
    client: Client,
    function: Callable[[Any], Result],
    items: Iterable[Item],
    what: Callable[[Item], Any] = lambda item: item,
    check: Callable[[], None] = lambda: None,
    patience: float = LOST_S,
) -> Iterator[tuple[Item, Result]]:
    """Each item with the result for it, in the order of the items.

    `what` is the part of an item that travels; `check` is called while results are waited for, and may raise.
    """
    room = AHEAD * max(1, sum(client.nthreads().values()))
    waiting: deque[tuple[Item, Any]] = deque()
    try:
        for item in items:
            waiting.append((item, _submit(client, function, what(item))))
            if len(waiting) >= room:
                yield _first(client, waiting, check, patience)
        while waiting:
            yield _first(client, waiting, check, patience)
    finally:
        with suppress(Exception):
            client.cancel([future for _, future in waiting], force=True)


def _submit(client: Client, function: Callable[[Any], Result], part: Any) -> Any:
    with warnings.catch_warnings():
        # a batch goes with its task on purpose: that is what lets another worker take it over
        warnings.filterwarnings("ignore", message="Sending large graph", category=UserWarning)
        return client.submit(function, part, pure=False, retries=RETRIES)


def _first(
    client: Client, waiting: deque[tuple[Item, Any]], check: Callable[[], None], patience: float
) -> tuple[Item, Any]:
    from concurrent.futures import CancelledError

    from distributed import wait
    from distributed.client import FutureCancelledError
    from distributed.scheduler import KilledWorker

    item, future = waiting.popleft()
    alone = 0.0
    try:
        while True:
            check()
            try:
                wait(future, timeout=1)
                break
            except TimeoutError:
                alone = alone + 1 if client.status == "running" and not client.nthreads() else 0.0
                if client.status not in ("running", "connecting") or alone >= patience:
                    raise _lost() from None
        return item, future.result()
    except (CancelledError, FutureCancelledError, KilledWorker, OSError):
        raise _lost() from None


def _lost() -> StoreError:
    return StoreError(
        Text(
            "the cluster was lost before the catalogue was screened; nothing was written",
            "目录筛选完成之前集群已断开；未写入任何文件",
        )
    )
