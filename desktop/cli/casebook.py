"""`lanewise casebook`: the clients and their cases without a window."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Collection, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.cli.answer import say_answer
from desktop.core.casebook import CONSENTS, SAID, CaseRow, KeptCase, Query, label_of
from desktop.core.dates import iso_day
from desktop.core.errors import OptionError
from desktop.core.facts import RuleBook
from desktop.core.packs import MINE
from desktop.core.questions import questions_of
from desktop.core.text import Text
from desktop.core.words import money_text

if TYPE_CHECKING:
    from desktop.reports.casebook import Names
    from desktop.store.casebook import Casebook, Recovery

_WIDTHS = (4, 16, 22, 24, 10, 14, 14, 10, 10)


def add_parser(commands: Any, parser_class: Any) -> None:
    parser = commands.add_parser(
        "casebook", help="clients and their cases: list, show, export, import, erase, …"
    )
    actions = parser.add_subparsers(dest="action", parser_class=parser_class, metavar="ACTION", required=True)

    def action(name: str, said: str) -> Any:
        each = actions.add_parser(name, help=said)
        each.add_argument("--casebook", type=Path, metavar="FILE", help="another casebook than the usual one")
        each.add_argument("--lang", choices=("en", "zh"), default="en")
        return each.add_argument

    add = action("list", "the cases, the last first")
    add(
        "--search",
        metavar="TEXT",
        default="",
        help="words of client, contact, tags, note, product; also pinyin",
    )
    add("--day", metavar="DATE", help="begun on that day")
    add("--due", metavar="DATE", help="to be called back on that day or before")
    add("--shelf", choices=("open", "archived", "deleted", "all"), default="open")
    add("--json", action="store_true")
    add = action("show", "one case with its answers")
    add("number", metavar="N")
    add("--json", action="store_true")
    add = action("export", "a case, a day or all, as .xlsx, .csv, .lanewise, .zip or a folder of cases")
    add("number", metavar="N", nargs="?")
    add("--day", metavar="DATE")
    add("--all", action="store_true", help="all that is not deleted")
    add("-o", "--output", type=Path, required=True, metavar="OUT")
    add("--details", action="store_true", help="with what was noted of the client, the private note too")
    add = action("import", "case files, folders and zips of them")
    add("files", type=Path, nargs="+", metavar="FILE")
    add = action("erase", "a client by name, or a case by number: from the file, backups and logs")
    add("who", metavar="NAME|N")
    action("backup", "a dated backup now")
    action("check", "reads every page and row, and says which backups there are")
    action("recover", "makes a damaged casebook anew from all that can be read")
    add = action("restore", "puts a backup in its place; what was there is set aside")
    add("backup", type=Path, metavar="BACKUP")


def run(options: argparse.Namespace, rules: RuleBook) -> int:
    """Exit code 0; LanewiseError where it could not be done; 2 where some of many files were refused."""
    from desktop.store.casebook import Casebook, default_path, local_now, recover, restore

    path = options.casebook or default_path()
    zh = options.lang == "zh"
    if options.action == "recover":
        _print_recovery(recover(path, local_now()), path, zh)
        return 0
    if options.action == "restore":
        aside = restore(path, options.backup, local_now())
        said = (
            f"{options.backup.name} 已恢复为 {path.name}"
            if zh
            else f"{options.backup.name} is now {path.name}"
        )
        kept = f"；原文件在 {aside}" if zh else f"; what was there is in {aside}"
        print(said + (kept if aside else ""))
        return 0
    if (
        options.action != "import"
        and not path.exists()
        and not path.with_name(f"{path.stem}-copies").exists()
    ):
        raise OptionError(
            Text(
                f"there is no casebook {path}; name one with --casebook",
                f"没有案例簿 {path}；可用 --casebook 指定",
            )
        )
    with closing(Casebook.open(path, local_now, questions_of(rules.rules))) as book:
        return ACTIONS[options.action](book, options, rules)


# ---------------------------------------------------------------------- what is asked
def _day(text: str | None, option: str) -> date | None:
    if text is None:
        return None
    try:
        return iso_day(text)
    except ValueError as error:
        raise OptionError(f"{option}: {error}") from None


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise OptionError(
            Text(f"{text!r} is no case number; right form: 0412", f"{text!r} 不是案例编号；正确格式：0412")
        )
    return int(text)


# ---------------------------------------------------------------------- list, show
def _list(book: Casebook, options: argparse.Namespace, rules: RuleBook) -> int:
    query = Query(
        text=options.search,
        day=_day(options.day, "--day"),
        due=_day(options.due, "--due"),
        shelf=options.shelf,
    )
    page, unsigned = book.find(query), book.unsigned()

    def show() -> None:
        from desktop.reports.casebook import names_of

        names = names_of(rules, options.lang)
        for row in page.rows:
            print(_line(row, names, unsigned))
        print(f"{page.total} 个案例" if options.lang == "zh" else f"{page.total} cases")

    return say_answer(
        lambda: [row_json(row, unsigned) for row in page.rows],
        show,
        as_json=options.json,
        language=options.lang,
        book=rules,
    )


def _line(row: CaseRow, names: Names, unsigned: Collection[int]) -> str:
    first = (
        names.of(names.options, row.first)
        if row.first
        else (SAID[row.said][names.language] if row.said else "")
    )
    cells = (
        row.label,
        row.created[:16].replace("T", " "),
        row.client,
        row.product or names.of(names.categories, row.category),
        row.markets,
        first,
        _money(row, names.language),
        names.of(names.steps, row.step),
        row.follow_up,
        CONSENTS[row.consent][names.language],
    )
    line = "  ".join(_padded(cell, width) for cell, width in zip(cells, (*_WIDTHS, 0), strict=True)).rstrip()
    return f"{line}  {MINE[names.language]}" if row.number in unsigned else line


def _money(row: CaseRow, language: str) -> str:
    if row.net is None:
        return ""
    return f"{'≤ ' if row.said == 'at-most' else ''}{money_text(row.net, row.currency)} {row.currency}"


def _padded(text: str, width: int) -> str:
    """Text in a column; Chinese signs are two wide."""
    text = " ".join(text.split())
    wide = sum(2 if "\u1100" <= sign <= "\uffef" else 1 for sign in text)
    while width and wide > width:
        wide -= 2 if "\u1100" <= text[-1] <= "\uffef" else 1
        text = text[:-1]
    return text + " " * (width - wide)


def row_json(row: CaseRow, unsigned: Collection[int] = ()) -> dict[str, Any]:
    """A case of the list for a program: amounts as decimal strings, several values as lists, null where nothing is.

    `unsigned`: the cases that rules answered which nobody signed.
    """
    return {
        "number": row.label,
        "client": row.client or None,
        "languages": list(row.details.languages),
        "contact": row.contact or None,
        "tags": list(row.details.tags),
        "follow_up": row.follow_up or None,
        "consent": row.consent,
        "consent_on": row.consent_on or None,
        "note": row.note or None,
        "created": row.created,
        "updated": row.updated,
        "archived": bool(row.archived),
        "deleted": row.deleted or None,
        "sheet_on": row.sheet_on or None,
        "step": row.step or None,
        "copy_of": label_of(row.copy_of) if row.copy_of else None,
        "product": row.product or None,
        "category": row.category or None,
        "markets": list(row.wanted),
        "first": row.first or None,
        "first_market": row.first_market or None,
        "net": str(row.money) if row.money else None,
        "currency": row.currency or None,
        "said": row.said or None,
        "as_of": row.as_of or None,
        "unsigned": row.number in unsigned,
        "revision": row.revision,
    }


def _show(book: Casebook, options: argparse.Namespace, rules: RuleBook) -> int:
    from desktop.core.case import data_of

    kept, unsigned = book.get(_number(options.number)), book.unsigned()
    return say_answer(
        lambda: {**row_json(kept.row, unsigned), "case": data_of(kept.case)},
        lambda: _show_case(kept, options, rules, unsigned),
        as_json=options.json,
        language=options.lang,
        book=rules,
        case=kept.case,
    )


def _show_case(
    kept: KeptCase, options: argparse.Namespace, rules: RuleBook, unsigned: Collection[int]
) -> None:
    from desktop.reports.casebook import names_of

    names = names_of(rules, options.lang)
    print(_line(kept.row, names, unsigned))
    row, zh = kept.row, options.lang == "zh"
    for label, value in (
        ("语言" if zh else "languages", row.languages),
        ("联系方式" if zh else "contact", row.contact),
        ("标签" if zh else "tags", row.tags),
        ("备注（私密）" if zh else "note (private)", row.note),
    ):
        if value:
            print(f"{label}: {value}")
    questions = questions_of(rules.rules)
    for name, answer in kept.case.answers.items():
        said = ", ".join(answer) if isinstance(answer, tuple) else answer
        print(f"  {questions[name].label[options.lang]}: {said}")


# ---------------------------------------------------------------------- export, import
def _export(book: Casebook, options: argparse.Namespace, rules: RuleBook) -> int:
    from desktop.reports.casebook import SUFFIXES, names_of, write_cases
    from desktop.store.casebook import export_case, export_cases

    day = _day(options.day, "--day")
    if sum((options.number is not None, day is not None, options.all)) != 1:
        raise OptionError(
            Text("name what is exported: N, --day DATE or --all", "请指明导出内容：N、--day DATE 或 --all")
        )
    if options.number is not None:
        rows: Sequence[CaseRow] = (book.row(_number(options.number)),)
        title = f"{rows[0].label}"
    else:
        rows = book.find(Query(day=day, shelf="all", descending=False)).rows
        title = day.isoformat() if day else ("全部案例" if options.lang == "zh" else "All cases")
    out: Path = options.output
    if not rows:
        raise OptionError(
            Text(f"there is no case of {title}; nothing was written", f"{title} 没有案例；未写入任何文件")
        )
    kind = out.suffix.lower()
    if kind in SUFFIXES:
        write_cases(
            out, rows, names_of(rules, options.lang), title, notes=options.details, unsigned=book.unsigned()
        )
    elif kind == ".lanewise":
        if len(rows) > 1:
            raise OptionError(
                Text(
                    f"{out.name} holds one case and these are {len(rows)}; name a folder or a .zip",
                    f"{out.name} 只能存一个案例，而这里有 {len(rows)} 个；请指定文件夹或 .zip",
                )
            )
        export_case(book, rows[0].number, out, details=options.details)
    elif kind in ("", ".zip") or out.is_dir():
        export_cases(book, [row.number for row in rows], out, details=options.details)
    else:
        raise OptionError(
            Text(
                f"{out.name} is of no format that can be written; right form: .xlsx, .csv, .lanewise, .zip or a folder",
                f"{out.name} 的格式不能写入；正确格式：.xlsx、.csv、.lanewise、.zip 或文件夹",
            )
        )
    print(f"{len(rows)} 个案例已写入 {out}" if options.lang == "zh" else f"{len(rows)} cases in {out}")
    return 0


def _import(book: Casebook, options: argparse.Namespace, rules: RuleBook) -> int:
    import sys

    from desktop.engine.advice import evaluate
    from desktop.store.casebook import import_files

    found = import_files(book, options.files, rules)
    # what stands first is worked out here, for the list; not by rules of one's own, which the list could not name
    signed = rules.pack.trust != "mine"
    for row in found.rows if signed else ():
        case = book.get(row.number).case
        book.keep(row.number, case, row.revision, advice=evaluate(case, rules, date.today(), book.questions))
    for _, why in found.refused:
        print(f"lanewise casebook: {why[options.lang]}", file=sys.stderr)
    zh = options.lang == "zh"
    numbers = ", ".join(row.label for row in found.rows[:12]) + (" …" if len(found.rows) > 12 else "")
    print(
        f"导入 {len(found.rows)} 个，已有 {len(found.known)} 个，拒绝 {len(found.refused)} 个"
        if zh
        else f"{len(found.rows)} taken in, {len(found.known)} there already, {len(found.refused)} refused"
    )
    if numbers:
        print(numbers)
    return 2 if found.refused else 0


# ---------------------------------------------------------------------- erase, backup, check, recover
def _erase(book: Casebook, options: argparse.Namespace, rules: RuleBook) -> int:
    who = options.who
    found = book.erase_cases([int(who)]) if who.isascii() and who.isdigit() else book.erase_client(who)
    zh = options.lang == "zh"
    numbers = ", ".join(map(label_of, found.numbers)) or "—"
    print(f"已彻底删除：{numbers}" if zh else f"erased: {numbers}")
    if found.mentions:
        others = ", ".join(map(label_of, found.mentions))
        print(
            f"其他案例中仍提到该名称：{others}" if zh else f"the name still stands in the words of {others}"
        )
    return 0


def _backup(book: Casebook, options: argparse.Namespace, rules: RuleBook) -> int:
    print(book.backup().path)
    return 0


def _check(book: Casebook, options: argparse.Namespace, rules: RuleBook) -> int:
    from desktop.store.casebook import backups_of

    zh = options.lang == "zh"
    for note in book.notes:
        print(note[options.lang])
    total = book.find(Query(shelf="all"), limit=1).total
    print(f"{total} 个案例：完好" if zh else f"{total} cases: as they must be")
    for backup in backups_of(book.path):
        print(f"  {'备份' if zh else 'backup'} {backup.day.isoformat()}  {backup.path}")
    return 0


def _print_recovery(found: Recovery, path: Path, zh: bool) -> None:
    print(
        f"{path.name}：恢复 {found.cases} 个案例（文件 {found.own}，备份 {found.backups}，记录 {found.record}）"
        if zh
        else f"{path.name}: {found.cases} cases brought back "
        f"({found.own} from the file, {found.backups} from backups, {found.record} from the record)"
    )
    for numbers, said in (
        (found.lost, "未能找回" if zh else "nothing is left of"),
        (found.doubtful, "请核对" if zh else "look through"),
    ):
        if numbers:
            print(f"{said}: {', '.join(map(label_of, numbers))}")
    if found.aside:
        print(f"原文件在 {found.aside}" if zh else f"the damaged files are in {found.aside}")


ACTIONS: dict[str, Callable[[Any, argparse.Namespace, RuleBook], int]] = {
    "list": _list,
    "show": _show,
    "export": _export,
    "import": _import,
    "erase": _erase,
    "backup": _backup,
    "check": _check,
}
