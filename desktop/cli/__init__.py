"""Lanewise without a window. Exit code 0, or 2 with one line on stderr that names what is wrong and the right form."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import Any, NoReturn

from desktop.cli.answer import print_json, say_answer, say_marks
from desktop.cli.calculators import (
    NAMES_OF_CALCULATORS,
    add_parsers,
    calculation_json,
    print_calculation,
    view_of,
)
from desktop.cli.calculators import calculate as answer_of
from desktop.cli.casebook import add_parser as add_casebook
from desktop.cli.pack import add_parser as add_pack
from desktop.cli.pack import book_in_use, pack
from desktop.cli.paper import add_options as add_paper
from desktop.cli.paper import asked_for as papers_of
from desktop.cli.screen import add_parser as add_screen
from desktop.core.case import Case, not_applied
from desktop.core.dates import iso_day
from desktop.core.errors import LanewiseError, OptionError
from desktop.core.facts import Fact, RuleBook
from desktop.core.money import plain
from desktop.core.packs import Used
from desktop.core.questions import Questions
from desktop.core.result import Advice, Exclusion, Option, Quote, Reason
from desktop.core.text import LANGUAGES

USAGE_ERROR = 2


class _Parser(argparse.ArgumentParser):
    """Says a wrong call in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(USAGE_ERROR, f"{self.prog}: {message}; see {self.prog} --help\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """The commands of `lanewise`: all but the window (`desktop.start`)."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = _build()
    options = parser.parse_args(given)
    if options.command is None:
        parser.error(f"a command is missing; one of {', '.join(COMMANDS)}")
    _letters(getattr(options, "json", False))
    try:
        code = int(COMMANDS[options.command](options))
        sys.stdout.flush()
        return code
    except LanewiseError as error:
        language = getattr(options, "lang", "en") or "en"
        print(f"lanewise {options.command}: {error.text[language]}", file=sys.stderr)
        return USAGE_ERROR
    except BrokenPipeError:
        # the reader of our output has gone (head); that is no fault of ours, and what is left has nowhere to go
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _letters(as_json: bool) -> None:
    """JSON is UTF-8 wherever it goes. Text has the letters of the console, and a `?` for one that it does not have."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(
                errors="replace", **({"encoding": "utf-8"} if as_json and stream is sys.stdout else {})
            )


def _build() -> _Parser:
    parser = _Parser(
        prog="lanewise", description="From a product to a plan, with every figure dated and sourced."
    )
    parser.add_argument("--version", action="version", version=f"lanewise {_version()}")
    commands = parser.add_subparsers(dest="command", parser_class=_Parser, metavar="COMMAND")
    add_parsers(commands, _common)
    add_screen(commands, _common)
    add_casebook(commands, _Parser)
    _add_advise(commands)
    _add_questions(commands)
    _add_facts(commands)
    _add_check_data(commands)
    _add_coverage(commands)
    _add_changes(commands)
    _add_reverse(commands)
    add_pack(commands)
    _add_doctor(commands)
    _add_reconcile(commands)
    _add_compliance(commands)
    _add_tour(commands)
    return parser


def _add_advise(commands: Any) -> None:
    advise = commands.add_parser("advise", help="the advice on a case file")
    advise.add_argument("case", type=Path, metavar="CASE")
    _common(advise)
    add_paper(advise)
    advise.add_argument(
        "--xlsx", type=Path, metavar="FILE", help="the advice as a workbook whose cells compute"
    )


def _add_questions(commands: Any) -> None:
    questions = commands.add_parser(
        "questions", help="every question: name, kind, unit, bounds, choices, depends_on"
    )
    questions.add_argument("--json", action="store_true")
    questions.add_argument("--lang", choices=("en", "zh"), default="en")


def _add_facts(commands: Any) -> None:
    facts = commands.add_parser("facts", help="a fact with its history and sources, or all ids")
    facts.add_argument("id", nargs="?")
    _common(facts, sets=False)
    facts.add_argument("--lang", choices=("en", "zh"), default="en")


def _add_check_data(commands: Any) -> None:
    check = commands.add_parser("check-data", help="validates facts, rules and words of a data folder")
    check.add_argument("folder", type=Path, nargs="?", metavar="DIR")
    check.add_argument("--compile", action="store_true", help="write the compiled rule book into the folder")


def _add_coverage(commands: Any) -> None:
    coverage = commands.add_parser("coverage", help="what the rules cover, how well, until when")
    coverage.add_argument("--as-of", metavar="DATE", help="the day up to which years are asked")
    coverage.add_argument("--json", action="store_true")
    coverage.add_argument("--lang", choices=("en", "zh"), default="en")


def _add_changes(commands: Any) -> None:
    changes = commands.add_parser("changes", help="a case on two days: what changed, line by line, and why")
    changes.add_argument("case", type=Path, metavar="CASE")
    changes.add_argument("--from", dest="since", metavar="DATE", default="2015-11-08")
    changes.add_argument("--to", dest="until", metavar="DATE", help="today where not given")
    changes.add_argument(
        "--old-rules",
        type=Path,
        metavar="DIR",
        help="another rule book, authored or compiled, for the earlier day",
    )
    changes.add_argument("--json", action="store_true")
    changes.add_argument("--lang", choices=("en", "zh"), default="en")


def _add_reverse(commands: Any) -> None:
    reverse = commands.add_parser(
        "reverse", help="a case turned round: the price for a margin, the highest cost, the orders that pay"
    )
    reverse.add_argument("case", type=Path, metavar="CASE")
    reverse.add_argument(
        "--margin", metavar="PERCENT", default="25", help="what is to be left of the price (25)"
    )
    reverse.add_argument("--fixed", metavar="AMOUNT", help="fixed costs of a month, in the price's currency")
    _common(reverse)
    reverse.add_argument("--lang", choices=("en", "zh"), default="en")


def _add_doctor(commands: Any) -> None:
    doctor = commands.add_parser(
        "doctor", help="looks at data, folder, fonts, Qt and clock, and says what to mend"
    )
    doctor.add_argument("--json", action="store_true")
    doctor.add_argument("--probe", action="store_true", help=argparse.SUPPRESS)
    doctor.add_argument("--lang", choices=("en", "zh"), default="en")


def _add_reconcile(commands: Any) -> None:
    compared = commands.add_parser(
        "reconcile",
        help="a case against what the order really cost: which estimate was off, and by which fact",
    )
    compared.add_argument("case", type=Path, metavar="CASE")
    compared.add_argument(
        "settlement", type=Path, nargs="?", metavar="SETTLEMENT.csv",
        help="line,amount,currency[,note,date]; without it what the case holds",
    )  # fmt: skip
    compared.add_argument("--platform", metavar="P", help="the first of the advice where not given")
    compared.add_argument("--to", metavar="CC", help="the buyer's country")
    compared.add_argument("--service", metavar="S", help="the service that carried it")
    compared.add_argument("--keep", action="store_true", help="keep the real lines in the case file")
    _common(compared)
    compared.add_argument("--lang", choices=("en", "zh"), default="en")


def _add_compliance(commands: Any) -> None:
    compliance = commands.add_parser(
        "compliance", help="papers, registrations, labels and tests of a case, and what is not covered"
    )
    compliance.add_argument("case", type=Path, metavar="CASE")
    compliance.add_argument("--to", metavar="CC", help="another destination than the advice's first market")
    compliance.add_argument("--platform", metavar="P", help="another platform than the one that stands first")
    _common(compliance)
    compliance.add_argument("--lang", choices=("en", "zh"), default="en")


def _add_tour(commands: Any) -> None:
    tour = commands.add_parser("tour", help="renders each screen to a PNG: both languages, light and dark")
    tour.add_argument("folder", type=Path, metavar="DIR")
    tour.add_argument("--scale", type=float, default=1.0, help="the screen's scale: 1.5 renders at 150 %%")
    tour.add_argument("--text", type=int, default=100, metavar="PERCENT", help="the text size: 100 to 200")
    tour.add_argument(
        "--scheme",
        choices=("light", "dark", "contrast"),
        action="append",
        help="repeatable; light and dark where none is given",
    )
    tour.add_argument(
        "--lang", choices=LANGUAGES, action="append", help="repeatable; both where none is given"
    )


def _common(parser: argparse.ArgumentParser, *, sets: bool = True) -> None:
    parser.add_argument("--as-of", metavar="DATE", help="the day whose rules count, such as 2015-11-08")
    parser.add_argument("--json", action="store_true")
    if sets:
        parser.add_argument(
            "--set", action="append", default=[], metavar="FACT=VALUE", help="a value of your own"
        )


def _version() -> str:
    from desktop import __version__

    return __version__


def _book() -> RuleBook:
    return book_in_use(lambda said: print(f"lanewise: {said.en}", file=sys.stderr))


def _other_book(folder: Path) -> RuleBook:
    """A rule book from a folder of authored files, else of compiled ones."""
    from desktop.store.loader import book_of, compile_data
    from desktop.store.rulebook import load_folder

    return book_of(compile_data(folder)) if (folder / "facts").is_dir() else load_folder(folder)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return iso_day(text)
    except ValueError as error:
        raise OptionError(f"--as-of: {error}") from None


def _overrides(pairs: Sequence[str]) -> dict[str, str]:
    found = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or not value:
            raise OptionError(f"--set: {pair!r} is not of the form FACT=VALUE")
        found[name] = value
    return found


def _answer(
    options: argparse.Namespace,
    book: RuleBook,
    data: Callable[[], Any],
    show: Callable[[], None],
    case: Case | None = None,
) -> int:
    """What a command answers, as the call wants it."""
    return say_answer(data, show, as_json=options.json, language=options.lang, book=book, case=case)


def _case_of(options: argparse.Namespace) -> tuple[Case, RuleBook, Questions]:
    """The case file with the day and the facts that the call names, and the book and the questions that it is read by."""
    from types import MappingProxyType

    from msgspec.structs import replace

    from desktop.core.case import check_kept, check_overrides
    from desktop.core.questions import questions_of
    from desktop.store.casefile import read_case

    book = _book()
    questions = questions_of(book.rules)
    day = _day(options.as_of)
    case = read_case(options.case, questions)
    typed = _overrides(options.set)
    check_overrides(typed, book)
    check_kept(case.overrides, book)
    own = MappingProxyType({**case.overrides, **typed})
    return replace(case, as_of=day or case.as_of, overrides=own), book, questions


# ---------------------------------------------------------------------- advise
def advise(options: argparse.Namespace) -> int:
    from msgspec.structs import replace

    from desktop.cli.compliance import PAPERS, checklist_json, path_line
    from desktop.engine.advice import evaluate
    from desktop.engine.compliance import checklist, chosen_on
    from desktop.viewmodels.sheet import holding

    files = papers_of(options)
    case, book, questions = _case_of(options)
    if options.xlsx is not None:
        _write_workbook(options, case, book, questions)
    result = evaluate(case, book, date.today(), questions)
    holds = holding(case, result, questions, book, date.today())
    if files:
        from desktop.cli.paper import write

        write(options, files, result, case, questions, book, holds)
    result = replace(result, stability=(*((holds,) if holds else ()), *result.stability))
    view = book.at(case.as_of or date.today(), case.overrides)
    papers = checklist(case, view, chosen_on(result, case), questions)

    def data() -> dict[str, Any]:
        from desktop.cli.ranges import with_ranges
        from desktop.engine.narrowing import narrowing

        found = advice_json(result, options.lang)
        with_ranges(found, result, narrowing(case, view, questions), book, options.lang)
        return {**found, "compliance": checklist_json(papers, options.lang)}

    def show() -> None:
        _print_advice(result, options.lang, book.used(date.today()))
        print(f"\n{PAPERS[options.lang]}\n  {path_line(papers, options.lang)}")

    if files and not options.json:
        # the papers bear the marks themselves; what is printed is where they are
        say_marks(book.used(date.today()), options.lang, not_applied(case, book), aside=True)
        print("\n".join(str(path) for path in files.values()))
        return 0
    return _answer(options, book, data, show, case)


# ---------------------------------------------------------------------- compliance
def compliance(options: argparse.Namespace) -> int:
    from desktop.cli.compliance import checked, checklist_json, print_checklist

    case, book, questions = _case_of(options)
    found = checked(case, book, questions, options.to, options.platform, date.today())
    return _answer(
        options,
        book,
        lambda: checklist_json(found, options.lang),
        lambda: print_checklist(found, book, options.lang),
        case,
    )


def _write_workbook(options: argparse.Namespace, case: Case, book: RuleBook, questions: Questions) -> None:
    """The advice as a workbook, whole or not at all."""
    from desktop.reports.screened import check_target
    from desktop.reports.workbook import SUFFIX, advice_workbook
    from desktop.store.casefile import write_whole

    check_target(options.xlsx, options.case, (SUFFIX,))
    view = book.at(case.as_of or date.today(), case.overrides)
    write_whole(
        options.xlsx,
        advice_workbook(case, view, questions, "zh" if options.lang == "zh" else "en", date.today()),
    )


# ---------------------------------------------------------------------- reverse
def reverse(options: argparse.Namespace) -> int:
    from desktop.cli.reverse import print_reverse, reverse_json, turned
    from desktop.engine.inputs import AMOUNT, MARGIN
    from desktop.engine.whatif import Bench

    case, book, questions = _case_of(options)
    margin = MARGIN.number(options.margin)
    fixed = None if options.fixed is None else AMOUNT.number(options.fixed)
    bench = Bench(case, book.at(case.as_of or date.today(), case.overrides), questions)
    rows = turned(bench, margin, fixed)
    return _answer(
        options,
        book,
        lambda: reverse_json(bench, rows, margin, options.lang),
        lambda: print_reverse(bench, rows, margin, options.lang),
        case,
    )


# ---------------------------------------------------------------------- reconcile
def reconcile(options: argparse.Namespace) -> int:
    from msgspec.structs import replace

    from desktop.cli.reconcile import NO_SETTLEMENT, print_reconcile, reconcile_json
    from desktop.engine.reconcile import held_against
    from desktop.store.casefile import read_case, write_case
    from desktop.store.settlement import read_settlement

    case, book, questions = _case_of(options)
    given = case.settlement if options.settlement is None else read_settlement(options.settlement)
    if given is None:
        raise OptionError(NO_SETTLEMENT)
    view = book.at(case.as_of or date.today(), case.overrides)
    named = {"platform": options.platform, "market": options.to, "service": options.service}
    given = replace(given, **{name: value for name, value in named.items() if value is not None})
    found, held = held_against(case, view, questions, given)
    if options.keep:
        # the file keeps its own day and values, not those of this call
        write_case(replace(read_case(options.case, questions), settlement=held), options.case)
    return _answer(
        options,
        book,
        lambda: reconcile_json(found, view, options.lang),
        lambda: print_reconcile(found, view, options.lang),
        case,
    )


def advice_json(advice: Advice, language: str = "en") -> dict[str, Any]:
    """The advice in the form of DESIGN section 10."""
    return {
        "as_of": advice.as_of.isoformat(),
        **{
            choice: [_option_json(option, language) for option in advice.ranking(choice).options]
            for choice in ("platforms", "logistics", "import_modes", "import_platforms", "markets", "cities")
        },
        "stability": [text[language] for text in advice.stability],
        "next_steps": [_reason_json(reason, language) for reason in advice.next_steps],
        "unknown": [
            {"what": unknown.what, "fact": unknown.fact, "text": unknown.why[language]}
            for unknown in advice.unknown
        ],
        "defaults": [
            {"text": datum.label[language], "value": datum.value, "unit": datum.unit[language]}
            for datum in advice.defaults
        ],
        "warnings": [text[language] for text in advice.warnings],
    }


def _option_json(option: Option, language: str) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": option.id,
        "name": option.name[language],
        "rank": option.rank,
        "score": None if option.score is None else plain(option.score),
        "excluded": _exclusion_json(option.excluded, language),
        "reasons": [_reason_json(reason, language) for reason in option.reasons],
        "net_margin": _net_json(option.quote),
        "criteria": [
            {"id": c.id, "weight": c.weight, "score": c.score, "raw": c.raw[language]}
            for c in option.criteria
        ],
    }
    data["unknown"] = [unknown.why[language] for unknown in option.unknown]
    # null where they are not known: a consumer asks one key and not whether it is there
    data["days"] = None if option.days is None else list(option.days)
    if option.quote is not None:
        data["lines"] = [_line_json(line, language) for line in option.quote.lines]
        data["complete"] = option.quote.complete
    if option.details.get("modes") is not None:
        data["modes"] = list(option.details["modes"])  # type: ignore[call-overload]
    return data


def _exclusion_json(excluded: Exclusion | None, language: str) -> dict[str, Any] | None:
    if excluded is None:
        return None
    return {
        "text": excluded.text[language],
        "opens": excluded.opens[language],
        "fact": excluded.reading.id if excluded.reading else None,
        "source": excluded.source,
    }


def _reason_json(reason: Reason, language: str) -> dict[str, Any]:
    return {
        "text": reason.text[language],
        "fact": reason.fact,
        "source": reason.source,
        "criterion": reason.criterion,
        "points": reason.points,
    }


def _net_json(quote: Quote | None) -> dict[str, Any] | None:
    if quote is None or "mode" in quote.lane or quote.price <= 0:
        return None
    return {
        "amount": str(quote.net_money),
        "currency": quote.currency,
        "percent": None if quote.percent is None else plain(quote.percent),
        "complete": quote.complete,
    }


def _line_json(line: Any, language: str) -> dict[str, Any]:
    return {
        "id": line.id,
        "label": line.label[language],
        "amount": None if line.money is None else f"{line.money:f}",
        "currency": line.currency,
        "payer": line.payer,
        "calculation": line.calculation[language],
        "facts": [
            {
                "id": reading.id,
                "value": reading.raw,
                "from": str(reading.value.start),
                "source": reading.value.source,
            }
            for reading in line.readings
        ],
        **({"unknown": line.unknown.why[language]} if line.unknown is not None else {}),
    }


HEADS = {
    "markets": ("Markets", "市场"),
    "platforms": ("Export platforms", "出口平台"),
    "logistics": ("Logistics", "物流"),
    "import_modes": ("Import modes", "进口模式"),
    "import_platforms": ("Import platforms", "进口平台"),
    "cities": ("Cities", "城市"),
}


def _print_advice(advice: Advice, language: str, used: Used) -> None:
    zh = language == "zh"
    print(f"{'规则日期' if zh else 'Rules as of'} {advice.as_of.isoformat()} · {used.dated[language]}")
    for choice, heads in HEADS.items():
        ranking = advice.ranking(choice)
        if not ranking.options:
            continue
        print(f"\n{heads[zh]}")
        for option in ranking.options:
            _print_option(option, language)
    for title, texts in (
        ("最多会怎样改变" if zh else "What would change it", advice.stability),
        ("下一步" if zh else "What next", tuple(reason.text for reason in advice.next_steps)),
        ("未知" if zh else "Not known", tuple(unknown.why for unknown in advice.unknown)),
        ("注意" if zh else "Mind", advice.warnings),
    ):
        if texts:
            print(f"\n{title}")
            for text in texts:
                print(f"  - {text[language]}")


def _print_option(option: Option, language: str) -> None:
    if option.excluded:
        print(f"  x  {option.name[language]}: {option.excluded.text[language]}")
        print(f"       {option.excluded.opens[language]}")
        return
    place = "?" if option.rank is None else str(option.rank)
    net = _net_json(option.quote)
    money = ""
    if net:
        most = "" if net["complete"] else ("至多 " if language == "zh" else "at most ")
        money = f"  {most}{net['amount']} {net['currency']} ({net['percent']}%)"
    print(f"  {place}  {option.name[language]}  {option.score if option.score is not None else ''}{money}")
    for reason in option.reasons[:3]:
        print(f"       {reason.text[language]} [{reason.source}]")


# ---------------------------------------------------------------------- calculators
def calculate(options: argparse.Namespace) -> int:
    book = _book()
    found = answer_of(options, view_of(book, _day(options.as_of) or date.today(), _overrides(options.set)))
    return _answer(
        options,
        book,
        lambda: calculation_json(found, _line_json, options.lang),
        lambda: print_calculation(found, options.lang),
    )


# ---------------------------------------------------------------------- screen
def screen(options: argparse.Namespace) -> int:
    from desktop.cli.screen import screen as run

    return run(options, _book(), _day(options.as_of), _overrides(options.set))


# ---------------------------------------------------------------------- casebook
def casebook(options: argparse.Namespace) -> int:
    from desktop.cli.casebook import run

    return run(options, _book())


# ---------------------------------------------------------------------- coverage, changes
def coverage(options: argparse.Namespace) -> int:
    from desktop.cli.coverage import coverage_json, print_coverage

    book = _book()
    found = coverage_json(book, _day(options.as_of) or date.today(), options.lang)
    return _answer(options, book, lambda: found, lambda: print_coverage(found, options.lang))


def changes(options: argparse.Namespace) -> int:
    from desktop.cli.changes import changes_json, print_changes
    from desktop.core.case import check_kept
    from desktop.core.questions import questions_of
    from desktop.engine.changes import compare
    from desktop.store.casefile import read_case

    book, today = _book(), date.today()
    found = questions_of(book.rules)
    since, until = _day(options.since), _day(options.until) or today
    assert since is not None
    old = None if options.old_rules is None else _other_book(options.old_rules)
    if since > until or (since == until and old is None):
        raise OptionError(f"--from: {since} is not before {until}")
    case = read_case(options.case, found)
    check_kept(case.overrides, book)
    result = compare(case, since, until, book, today, found, old)
    return _answer(
        options,
        book,
        lambda: changes_json(result, options.lang),
        lambda: print_changes(result, options.lang),
        case,
    )


# ---------------------------------------------------------------------- questions
def questions(options: argparse.Namespace) -> int:
    from desktop.core.questions import questions_of

    found = questions_of(_book().rules)
    if options.json:
        print_json([_question_json(question) for question in found.items])
        return 0
    for question in found.items:
        print(f"{question.name:24} {question.label[options.lang]}  ({question.form()[options.lang]})")
    return 0


def _question_json(question: Any) -> dict[str, Any]:
    bounds = None
    if question.minimum is not None:
        bounds = {"minimum": plain(question.minimum), "maximum": plain(question.maximum)}
    return {
        "name": question.name,
        "kind": question.kind,
        "unit": question.unit,
        "currency": question.currency,
        "bounds": bounds,
        "choices": [{"id": c.id, "en": c.name.en, "zh": c.name.zh} for c in question.choices],
        "depends_on": {name: list(allowed) for name, allowed in question.asked_when.items()},
        "label": {"en": question.label.en, "zh": question.label.zh},
        "help": {"en": question.help.en, "zh": question.help.zh},
        "group": question.group,
        "private": question.private,
    }


# ---------------------------------------------------------------------- facts
def facts(options: argparse.Namespace) -> int:
    book = _book()
    day = _day(options.as_of)
    if options.id is None:
        return _list_facts(book, options)
    if options.id not in book:
        near = [fact_id for fact_id in book.ids() if options.id in fact_id][:3]
        hint = f"; nearest: {', '.join(near)}" if near else "; `lanewise facts` lists them"
        raise OptionError(f"there is no fact {options.id!r}{hint}")
    fact = book.fact(options.id)
    on = day or date.today()
    return _answer(
        options,
        book,
        lambda: fact_json(book, fact, on),
        lambda: _print_fact(book, fact, on, options.lang),
    )


def _list_facts(book: RuleBook, options: argparse.Namespace) -> int:
    def show() -> None:
        for fact_id in book.ids():
            print(f"{fact_id}  {book.facts_data[fact_id]['says'][options.lang]}")

    says = [{"id": i, "says": dict(book.facts_data[i]["says"])} for i in book.ids()]
    return _answer(options, book, lambda: says, show)


def fact_json(book: RuleBook, fact: Fact, day: date) -> dict[str, Any]:
    """A fact with its whole history, sources and doubts, and what holds on a day."""
    at = fact.at(day)
    return {
        "id": fact.id,
        "says": {"en": fact.says.en, "zh": fact.says.zh},
        "unit": fact.unit,
        "scope": dict(fact.scope),
        "base": fact.base,
        "tiers": fact.tiers,
        "where": fact.where or None,
        "as_of": day.isoformat(),
        "value": None if at is None else at.raw,
        "known": at is not None,
        "values": [
            {
                "observed" if value.observed else "from": str(value.start),
                "value": value.raw,
                **({"value_zh": value.raw_zh} if value.raw_zh is not None else {}),
                **({"corrected": value.corrected} if value.corrected else {}),
                "confidence": value.confidence,
                "note": value.note.en or None,
                "source": _source_json(book, value.source),
                "also": [_source_json(book, key) for key in value.also],
            }
            for value in fact.values
        ],
        "doubts": [
            {
                "id": doubt.key,
                "printed": doubt.printed.en,
                "conflict": doubt.conflict.en,
                "likely": doubt.likely.en or None,
                "why": doubt.why.en,
                "strength": doubt.strength,
            }
            for doubt in (book.doubt(key) for key in fact.doubts)
        ],
    }


def _source_json(book: RuleBook, key: str) -> dict[str, Any]:
    source = book.source(key)
    return {
        "key": key,
        "publisher": source.publisher,
        "title": source.title,
        "url": source.url,
        "dated": str(source.dated) if source.dated else None,
        "read": source.read.isoformat(),
        "kind": source.kind,
        "review_by": source.review_by.isoformat() if source.review_by else None,
    }


def _print_fact(book: RuleBook, fact: Fact, day: date, language: str) -> None:
    zh = language == "zh"
    print(f"{fact.id}\n{fact.says[language]}")
    print(f"{'单位' if zh else 'unit'}: {book.unit(fact.unit)[language]}")
    at = fact.at(day)
    shown = ("未知" if zh else "not known") if at is None else _value_text(at.raw)
    print(f"{day.isoformat()}: {shown}")
    for value in fact.values:
        start = f"{'查见' if zh else 'seen'} {value.start}" if value.observed else f"{value.start}"
        source = book.source(value.source)
        ends = ("终止" if zh else "ends") if value.raw is None else _value_text(value.raw)
        print(f"  {start}: {ends}  ({value.confidence}; {source.publisher}, {source.title})")
        if value.note:
            print(f"      {value.note[language]}")
    for key in fact.doubts:
        doubt = book.doubt(key)
        print(f"  {'存疑' if zh else 'doubt'} {key}: {doubt.conflict[language]}; {doubt.why[language]}")


def _value_text(raw: Any) -> str:
    return raw if isinstance(raw, str) else json.dumps(raw, ensure_ascii=False)


# ---------------------------------------------------------------------- check-data
def check_data(options: argparse.Namespace) -> int:
    from desktop.store.loader import compile_data
    from desktop.store.paths import authored_data
    from desktop.store.rulebook import write_compiled

    folder = options.folder or authored_data()
    if folder is None:
        raise OptionError(
            "this installation holds compiled data only; name the folder: lanewise check-data DIR"
        )
    if not folder.is_dir():
        raise OptionError(f"there is no folder {folder}")
    compiled = compile_data(folder)
    if not compiled["facts"]:
        raise OptionError(f"{folder} holds no facts (expected {folder.name}/facts/*.yaml)")
    if options.compile:
        write_compiled(compiled, folder / "compiled")
    rows = sum(len(table["rows"]) for table in compiled["rates"].values())
    print(
        f"{len(compiled['facts'])} facts, {len(compiled['sources'])} sources, {len(compiled['doubts'])} doubts, "
        f"{len(compiled['rates'])} rate tables with {rows} rows: as they must be ({compiled['digest']})"
    )
    return 0


# ---------------------------------------------------------------------- tour
def doctor(options: argparse.Namespace) -> int:
    if options.probe:
        from desktop.views.platform_check import main as probe

        return probe()
    from desktop.cli.doctor import run

    return run(date.today(), options.lang, options.json)


def tour(options: argparse.Namespace) -> int:
    from desktop.tour import SCHEMES, render
    from desktop.viewmodels.preferences import TEXT_SIZES

    if options.folder.exists() and not options.folder.is_dir():
        raise OptionError(f"{options.folder} is a file; name a folder for the pictures")
    if options.text not in TEXT_SIZES:
        sizes = ", ".join(str(size) for size in TEXT_SIZES)
        raise OptionError(f"--text {options.text}: the text sizes are {sizes}")
    count = render(
        options.folder,
        options.scale,
        schemes=options.scheme or SCHEMES,
        languages=options.lang or LANGUAGES,
        text=options.text,
    )
    print(f"{count} pictures in {options.folder}")
    return 0


COMMANDS = {
    "advise": advise,
    **dict.fromkeys(NAMES_OF_CALCULATORS, calculate),
    "screen": screen,
    "casebook": casebook,
    "questions": questions,
    "facts": facts,
    "check-data": check_data,
    "coverage": coverage,
    "changes": changes,
    "reverse": reverse,
    "doctor": doctor,
    "reconcile": reconcile,
    "compliance": compliance,
    "tour": tour,
    "pack": pack,
}


if __name__ == "__main__":
    sys.exit(main())
