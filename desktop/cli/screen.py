"""`lanewise screen`: a catalogue against all lanes, batch by batch, here or on a cluster."""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from types import FrameType, MappingProxyType
from typing import TYPE_CHECKING, Any, TextIO

from msgspec.structs import replace

from desktop.cli.answer import say_answer
from desktop.core.case import Case, check_kept, check_overrides
from desktop.core.errors import LanewiseError, OptionError, StoreError
from desktop.core.facts import RuleBook
from desktop.core.questions import Questions, questions_of
from desktop.core.text import Language, Text

if TYPE_CHECKING:
    from desktop.store.catalogue import Batch as CatalogueBatch
    from desktop.store.catalogue import Preview, Words

STOPPED = 130
ROWS = 50_000
"""Rows of a batch: what a machine of a cluster is given at once, and what is lost of a stopped one."""
SHOWN_BAD = 5
REDRAW_S = 0.2


def add_parser(commands: Any, common: Any) -> None:
    parser = commands.add_parser(
        "screen", help="a catalogue (CSV, XLSX, ODS, Parquet) against all lanes: the best for each SKU"
    )
    add = parser.add_argument
    add("catalogue", type=Path, metavar="CATALOGUE")
    add("-o", "--output", type=Path, required=True, metavar="OUT", help="a .xlsx, .csv or .parquet")
    add("--case", type=Path, metavar="CASE.json", help="stands in where a row says nothing")
    add("--to", metavar="US,DE", help="buyers' countries; all that the rules know where not given")
    add("--platforms", metavar="P,P", help="only these platforms")
    add(
        "--map",
        action="append",
        default=[],
        metavar="FIELD=COLUMN",
        help="which column holds a field, where its name does not say so",
    )
    add("--sheet", metavar="NAME", help="of a workbook; the first where not given")
    add("--cluster", metavar="ADDRESS", help="a Dask scheduler such as tcp://192.168.1.20:8786")
    add("--quiet", action="store_true", help="nothing on stderr but errors")
    common(parser)
    add("--lang", choices=("en", "zh"), default="en")


# ---------------------------------------------------------------------- the run
def screen(options: argparse.Namespace, book: RuleBook, day: date | None, own: Mapping[str, str]) -> int:
    """Exit code 0 where rows were screened; LanewiseError where none could be; 130 where it was stopped."""
    stop = Stop()
    try:
        with stop.listening():
            case = case_for(options, book, questions_of(book.rules), own)
            found = _screen(options, book, case, day, stop)
    except KeyboardInterrupt:
        _say(_STOPPED[options.lang])
        return STOPPED
    if options.json or not options.quiet:
        say_answer(
            lambda: found,
            lambda: _print(found, options.lang),
            as_json=options.json,
            language=options.lang,
            book=book,
            case=case,
        )
    return 0


_STOPPED = Text("lanewise screen: stopped; nothing was written", "lanewise screen：已停止；未写入任何文件")


def _screen(
    options: argparse.Namespace, book: RuleBook, case: Case, day: date | None, stop: Stop
) -> dict[str, Any]:
    from desktop.cli.job import job_of, screener_of
    from desktop.reports.screened import about_of, check_target, create, words_of

    began = time.monotonic()
    questions = questions_of(book.rules)
    check_target(options.output, options.catalogue)
    platforms = platforms_of(options.platforms, questions)
    job = job_of(case, day or case.as_of or date.today(), platforms, book)
    screener, view, case = screener_of(job)
    used = book.used(date.today())
    words = words_of(view, options.lang, case, questions, used)
    progress = Progress(options.lang, options.quiet)
    bad = BadRows(options.lang)
    oldest: date | None = None
    with ExitStack() as stack:
        batches = batches_of(options, book, case, questions)
        report = stack.enter_context(create(options.output, words))
        for batch, found in _found(options, job, screener.lanes, batches, stack, stop):
            stop.check()
            if found is not None:
                report.write(found.screened)
                oldest = min(filter(None, (oldest, found.oldest)), default=None)
            report.bad(batch.bad)
            bad.add(batch.bad)
            progress.show(report.tally.screened + report.tally.bad, batch.done)
        progress.clear()
        stop.check()
        tally = report.tally
        if not tally.screened:
            raise _nothing(options.catalogue, bad)
        about = about_of(options.catalogue.name, case, view, questions, len(screener.lanes), oldest)
        files = report.close(about)
    if not options.quiet:
        bad.show(files[-1] if len(files) > 1 else None)
    progress.end(tally.screened + tally.bad, time.monotonic() - began)
    return {
        "rows": tally.screened + tally.bad,
        "screened": tally.screened,
        "bad": tally.bad,
        "lanes": len(screener.lanes),
        "as_of": view.date.isoformat(),
        "seconds": round(time.monotonic() - began, 3),
        "best": dict(tally.best.most_common()),
        "markets": dict(tally.markets.most_common()),
        "none": tally.none,
        "output": str(options.output),
        "not_read": str(files[1]) if len(files) > 1 else None,
        "oldest_source": about.oldest[0].isoformat() if about.oldest else None,
    }


def _found(
    options: argparse.Namespace,
    job: Any,
    lanes: Sequence[Any],
    batches: Iterable[Any],
    stack: ExitStack,
    stop: Stop,
) -> Iterator[tuple[Any, Any]]:
    """Each batch with what was found for it, None where it has no row that can be priced."""
    from desktop.cli.job import back_home, screen_away, screen_batch

    if options.cluster is None:
        for batch in batches:
            yield batch, screen_batch(job, batch.skus) if len(batch.skus) else None
        return
    from desktop.cli.cluster import connected, mapped

    client = stack.enter_context(connected(options.cluster))
    work = partial(screen_away, job)
    for batch, away in mapped(client, work, batches, lambda batch: batch.skus, stop.check):
        yield batch, back_home(away, batch.skus, lanes) if len(batch.skus) else None


class Stop:
    """Whether an end was asked for, by Ctrl+C or by the system: heard between two batches, where nothing is half done.

    Who asks a second time is heard at once.
    """

    def __init__(self) -> None:
        self.asked = False

    def check(self) -> None:
        if self.asked:
            raise KeyboardInterrupt

    def ask(self, number: int, frame: FrameType | None) -> None:
        self.check()
        self.asked = True

    @contextmanager
    def listening(self) -> Iterator[None]:
        before = {number: signal.signal(number, self.ask) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


# ---------------------------------------------------------------------- what was asked
def case_for(
    options: argparse.Namespace, book: RuleBook, questions: Questions, own: Mapping[str, str]
) -> Case:
    """The case that stands in where a row says nothing, narrowed by the flags."""
    from desktop.store.casefile import read_case

    case = read_case(options.case, questions) if options.case is not None else Case()
    check_overrides(own, book)
    check_kept(case.overrides, book)
    case = replace(case, overrides=MappingProxyType({**case.overrides, **own}))
    if options.to is not None:
        case, _ = case.set(questions, "destinations", options.to.upper())
    return case


def platforms_of(given: str | None, questions: Questions) -> tuple[str, ...]:
    """The platforms that are compared, in the order of the engine; all where none is named."""
    from desktop.engine.advice import PLATFORMS

    if given is None:
        return PLATFORMS
    named = {questions.parse("platform", part.strip().lower()) for part in given.split(",") if part.strip()}
    if not named:
        raise OptionError(
            Text(
                "--platforms names none; right form: amazon,ebay",
                "--platforms 未填平台；正确格式：amazon,ebay",
            )
        )
    return tuple(platform for platform in PLATFORMS if platform in named)


def batches_of(
    options: argparse.Namespace, book: RuleBook, case: Case, questions: Questions
) -> Iterator[CatalogueBatch]:
    """The rows of the catalogue in batches; what rows leave out comes from the case."""
    from desktop.store.catalogue import Choices, Words, preview, read

    words, choices = Words(book.rules), Choices(sheet=options.sheet or "")
    mapping = None
    if options.map:
        first = preview(options.catalogue, words, choices)
        mapping = {**first.suggested, **mapping_of(options.map, first, words)}
    said = {"category": case.text("category"), "goods_class": case.text("goods_class")}
    defaults = {
        **{name: word for name, word in said.items() if word is not None},
        "price_currency": case.currency(questions, "list_price"),
        "cost_currency": case.currency(questions, "unit_cost"),
    }
    return read(options.catalogue, words, mapping, defaults=defaults, choices=choices, rows=ROWS)


def mapping_of(pairs: Sequence[str], first: Preview, words: Words) -> dict[str, int]:
    """The column of each field that was named by hand. OptionError where one of the two is not there."""
    from desktop.store.catalogue import FIELDS, by_column

    found: dict[str, int] = {}
    for pair in pairs:
        name, sign, column = (part.strip() for part in pair.partition("="))
        if not sign or not name or not column:
            raise OptionError(
                Text(
                    f"--map: {pair!r} is not of the form FIELD=COLUMN, such as list_price=Retail",
                    f"--map：{pair!r} 格式不对；正确格式：FIELD=COLUMN，例如 list_price=零售价",
                )
            )
        heading = None if name in FIELDS else words.heading(name)
        field = heading.field if heading else name
        if field not in FIELDS:
            listed = ", ".join(FIELDS)
            raise OptionError(
                Text(
                    f"--map: there is no field {name!r}; right form: one of {listed}",
                    f"--map：没有 {name!r} 字段；可选：{listed}",
                )
            )
        place = by_column({field: column}, first.headers)
        if not place:
            listed = ", ".join(first.headers[:12]) + (" …" if len(first.headers) > 12 else "")
            raise OptionError(
                Text(
                    f"--map: {column!r} is no column of the catalogue; right form: one of {listed}",
                    f"--map：目录中没有 {column!r} 列；可选：{listed}",
                )
            )
        found |= place
    return found


# ---------------------------------------------------------------------- what is said
class BadRows:
    """The first rows that were not read, and how many there were."""

    def __init__(self, language: Language) -> None:
        self.language, self.first, self.count = language, [], 0  # type: ignore[var-annotated]

    def add(self, rows: Sequence[Any]) -> None:
        self.count += len(rows)
        self.first += rows[: SHOWN_BAD - len(self.first)]

    def lines(self) -> list[str]:
        # the reason names the field
        if self.language == "zh":
            return [f"第 {row.row} 行：{row.why.zh}" for row in self.first]
        return [f"row {row.row}: {row.why.en}" for row in self.first]

    def show(self, place: Path | None) -> None:
        if not self.count:
            return
        for line in self.lines():
            _say(line)
        zh = self.language == "zh"
        if place is None:
            where = "全部见工作表“未读取”" if zh else "all of them in the sheet “Not read”"
        else:
            where = f"全部见 {place.name}" if zh else f"all of them in {place.name}"
        rows = "row" if self.count == 1 else "rows"
        _say(f"{self.count} 行未读取，{where}" if zh else f"{self.count} {rows} not read, {where}")


def _nothing(catalogue: Path, bad: BadRows) -> LanewiseError:
    if not bad.count:
        return StoreError(
            Text(
                f"{catalogue.name} has no rows; right form: a row of column names and a row for each SKU",
                f"{catalogue.name} 没有数据行；正确格式：一行列名，每个 SKU 一行",
            )
        )
    row = bad.first[0]
    return StoreError(
        Text(
            f"no row of {catalogue.name} can be screened ({bad.count} not read); row {row.row}: {row.why.en}",
            f"{catalogue.name} 中没有可筛选的行（{bad.count} 行未读取）；第 {row.row} 行：{row.why.zh}",
        )
    )


class Progress:
    """Rows, share and time left on stderr: a line that is drawn anew on a terminal, else one line at the end."""

    def __init__(self, language: Language, quiet: bool, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stderr
        self.language, self.quiet = language, quiet
        self.live = not quiet and self.stream.isatty()
        self.began = time.monotonic()
        self._drawn = 0.0
        self._width = 0

    def show(self, rows: int, done: float) -> None:
        now = time.monotonic()
        if self.live and now - self._drawn >= REDRAW_S:
            self._drawn = now
            self._draw(progress_text(rows, done, now - self.began, self.language))

    def _draw(self, text: str) -> None:
        self.stream.write(f"\r{text:<{self._width}}")
        self.stream.flush()
        self._width = len(text)

    def clear(self) -> None:
        if self._width:
            self.stream.write(f"\r{'':<{self._width * 2}}\r")
            self.stream.flush()
            self._width = 0

    def end(self, rows: int, seconds: float) -> None:
        if not self.quiet:
            words = (
                f"{rows:,} 行，{seconds:.1f} 秒"
                if self.language == "zh"
                else f"{rows:,} rows in {seconds:.1f} s"
            )
            print(words, file=self.stream)


def progress_text(rows: int, done: float, seconds: float, language: Language) -> str:
    """12,000 rows, 24%, 9 s left."""
    zh = language == "zh"
    text = f"{rows:,} 行，{done:.0%}" if zh else f"{rows:,} rows, {done:.0%}"
    if done <= 0:
        return text
    left = seconds * (1 - done) / done
    minutes, rest = divmod(round(left), 60)
    if zh:
        return f"{text}，剩余 {minutes} 分 {rest} 秒" if minutes else f"{text}，剩余 {rest} 秒"
    return f"{text}, {minutes} min {rest} s left" if minutes else f"{text}, {rest} s left"


def _print(found: Mapping[str, Any], language: Language) -> None:
    zh = language == "zh"
    if zh:
        print(f"按 {found['as_of']} 的规则，{found['screened']:,} 行各与 {found['lanes']} 条线路比较")
    else:
        print(
            f"{found['screened']:,} rows against {found['lanes']} lanes each, by the rules of {found['as_of']}"
        )
    for key, head in (
        ("best", ("最佳平台", "best platform")),
        ("markets", ("最佳目的地", "best destination")),
    ):
        counts = ", ".join(f"{name} {count:,}" for name, count in found[key].items())
        print(f"  {head[0] if zh else head[1]}: {counts or '-'}")
    if found["none"]:
        print(f"  {'没有线路' if zh else 'none'}: {found['none']:,}")
    print(found["output"])


def _say(line: str) -> None:
    print(line, file=sys.stderr)
