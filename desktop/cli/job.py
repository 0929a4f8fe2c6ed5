"""One batch of a catalogue as a pure function, the same here and on any other machine."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from desktop import __version__
from desktop.core.case import Case, case_of, data_of
from desktop.core.errors import LanewiseError, StoreError
from desktop.core.questions import questions_of
from desktop.core.text import Text
from desktop.reports.screened.columns import nothing

if TYPE_CHECKING:
    from desktop.core.facts import RuleBook, View
    from desktop.engine.catalogue import Lane, Screened, Skus
    from desktop.engine.screening import Screener


class Job(Struct, frozen=True):
    """All that a screening depends on beside the rows, and which rules and program it is of."""

    case: str
    on: date
    platforms: tuple[str, ...]
    digest: str
    pack: str = ""
    """The id of the rule pack in use, "" for the rules of the program."""
    version: str = __version__


class Found(Struct, frozen=True):
    """What was found for a batch, and the day of the oldest source that was read for it."""

    screened: Screened
    oldest: date | None


def job_of(case: Case, on: date, platforms: tuple[str, ...], book: RuleBook) -> Job:
    pack = "" if book.pack.trust == "shipped" else book.pack.id
    return Job(
        json.dumps(data_of(case), ensure_ascii=False, sort_keys=True), on, platforms, book.digest, pack
    )


@lru_cache(maxsize=4)
def screener_of(job: Job) -> tuple[Screener, View, Case]:
    """The screener of a job, built once in a process. StoreError where this program has other rules than the job."""
    from desktop.engine.screening import Screener

    book = _book_of(job)
    questions = questions_of(book.rules)
    case = case_of(json.loads(job.case), questions)
    view = book.at(job.on, case.overrides)
    return Screener(case, view, questions, platforms=job.platforms), view, case


def _book_of(job: Job) -> RuleBook:
    """The rules of a job, as this machine has them. StoreError where it has others."""
    from desktop.store.packs.kept import Packs
    from desktop.store.paths import user_folder

    try:
        book = Packs(user_folder()).load(job.pack)
        digest = book.digest
    except LanewiseError:
        book, digest = None, Text("without that rule pack", "无该规则包")
    if book is None or (digest, __version__) != (job.digest, job.version):
        raise StoreError(
            Text(
                "a machine of the cluster has Lanewise {version} with rules {digest}, this one {job_version} with "
                "{job_digest}; right form: the same release and rule pack on all",
                "集群中有一台机器为 Lanewise {version}（规则 {digest}），本机为 {job_version}（规则 {job_digest}）；"
                "正确做法：各机安装同一版本和同一规则包",
            ).format(version=__version__, digest=digest, job_version=job.version, job_digest=job.digest)
        )
    return book


def screen_batch(job: Job, skus: Skus) -> Found:
    """What is found for a batch."""
    screener, view, _ = screener_of(job)
    found = screener.screen(skus)
    days = [reading.source.day for reading in view.readings() if not reading.typed]
    return Found(found, min(days, default=None))


def screen_away(job: Job, skus: Skus) -> Found:
    """The same, without what the asker has: the rows and the lanes need not travel back."""
    found = screen_batch(job, skus)
    return Found(replace(found.screened, skus=nothing().skus, lanes=()), found.oldest)


def back_home(found: Found, skus: Skus, lanes: Sequence[Lane]) -> Found:
    """What came back, with the rows and the lanes that it was found for."""
    return Found(replace(found.screened, skus=skus, lanes=lanes), found.oldest)
