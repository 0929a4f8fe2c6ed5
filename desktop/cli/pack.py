"""`lanewise pack`: rule packs made, signed, checked, installed and gone back from."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from desktop.core.dates import iso_day
from desktop.core.errors import OptionError
from desktop.core.facts import RuleBook
from desktop.core.packs import SHIPPED, Pack
from desktop.core.questions import questions_of
from desktop.core.text import Language, Text
from desktop.store.casefile import examples, read_example
from desktop.store.paths import authored_data, user_folder

MOST_SHOWN = 40


def add_parser(commands: Any) -> None:
    """The command with its own commands."""
    pack = commands.add_parser("pack", help="rule packs: make, sign, check, install, go back")
    doing = pack.add_subparsers(dest="doing", metavar="DOING", required=True)

    def add(name: str, words: str) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = doing.add_parser(name, help=words)
        made.add_argument("--lang", choices=("en", "zh"), default="en")
        made.add_argument("--json", action="store_true")
        return made

    key = add("key", "a new key pair: FILE (private, keep it) and FILE.pub beside it")
    key.add_argument("file", type=Path, metavar="FILE")
    trust = add("trust", "packs signed with this public key may be installed here")
    trust.add_argument("file", type=Path, metavar="KEY.pub")
    make = add("make", "a pack from authored data, signed where a key is given")
    make.add_argument("--data", type=Path, metavar="DIR", help="facts, rates, rules … (those of a checkout)")
    make.add_argument("--name", required=True, help="such as 2026-12")
    make.add_argument("--counter", type=int, required=True, metavar="N", help="one more than the last pack's")
    for day in ("valid-from", "review-by", "expires"):
        make.add_argument(f"--{day}", required=True, metavar="DATE")
    make.add_argument("--key", type=Path, metavar="FILE", help="the private key; without it: unsigned")
    make.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.lwrules")
    for name, words in (
        ("check", "what a pack is and what it would change; nothing is installed"),
        ("install", "takes a pack into use; the others are kept"),
    ):
        made = add(name, words)
        made.add_argument("file", type=Path, metavar="FILE.lwrules")
        made.add_argument("--mine", action="store_true", help="an unsigned pack of your own")
        if name == "check":
            made.add_argument("--case", type=Path, action="append", default=[], metavar="CASE")
    add("list", "the packs that are installed, and which one is in use")
    use = add("use", "takes an installed pack into use")
    use.add_argument("id", help="as `list` shows it, or shipped")
    add("back", "takes the pack into use that was in use before")


def pack(options: argparse.Namespace) -> int:
    """Runs one of the commands."""
    doings: dict[str, Callable[[argparse.Namespace], int]] = {
        "key": _key, "trust": _trust, "make": _make, "check": _check, "install": _install, "list": _list, "use": _use,
        "back": _back,
    }  # fmt: skip
    return doings[options.doing](options)


# ---------------------------------------------------------------------- making
def _key(options: argparse.Namespace) -> int:
    from desktop.store.packs.keys import PUBLIC, Signer

    made = Signer.make(options.file)
    said = {"key": made.id, "private": str(options.file), "public": str(options.file.with_suffix(PUBLIC))}
    return _say(options, said, Text(f"key {made.id}", f"密钥 {made.id}"))


def _trust(options: argparse.Namespace) -> int:
    from desktop.store.packs.keys import trust

    found = trust(options.file, user_folder())
    return _say(options, {"key": found}, Text(f"key {found} is trusted", f"已信任密钥 {found}"))


def _make(options: argparse.Namespace) -> int:
    from desktop.store.casefile import write_whole
    from desktop.store.packs.file import SUFFIX
    from desktop.store.packs.keys import Signer
    from desktop.store.packs.making import make_pack

    root = options.data or authored_data()
    if root is None or not (root / "facts").is_dir():
        raise OptionError(
            Text(
                "--data: name the folder with facts, rates and rules; right form: --data data",
                "--data：请指定含事实、费率和规则的文件夹；正确形式：--data data",
            )
        )
    if options.output.suffix != SUFFIX:
        raise OptionError(Text(f"-o: the file ends in {SUFFIX}", f"-o：文件名须以 {SUFFIX} 结尾"))
    days = (_day(options, name) for name in ("valid_from", "review_by", "expires"))
    signer = Signer.read(options.key) if options.key else None
    made = make_pack(root, options.name, options.counter, *days, signer)
    write_whole(options.output, made.raw)
    signed = made.head.key or "unsigned"
    said = {"file": str(options.output), "size": len(made.raw), **_about(made.pack)}
    return _say(options, said, Text(f"{options.output.name}: {signed}", f"{options.output.name}：{signed}"))


def _day(options: argparse.Namespace, name: str) -> date:
    try:
        return iso_day(getattr(options, name))
    except ValueError as error:
        raise OptionError(f"--{name.replace('_', '-')}: {error}") from None


# ---------------------------------------------------------------------- using
def _packs() -> Any:
    from desktop.store.packs.kept import Packs

    return Packs(user_folder())


def _check(options: argparse.Namespace) -> int:
    from desktop.engine.renewal import differences, effect, lost_coverage, try_cases
    from desktop.store.casefile import read_case
    from desktop.store.packs.file import read_pack

    packs, today = _packs(), date.today()
    found = read_pack(options.file, packs.keys, mine=options.mine)
    new = packs.check(found, today).book
    try_cases(examples(), read_example, new, today)
    old, _ = packs.book()
    changes = differences(old, new)
    cases = []
    for path in options.case:
        case = read_case(path, questions_of(old.rules))
        day = case.as_of or today
        moved = effect(case, day, old, new, today, questions_of(new.rules))
        cases.append({"case": path.name, "changes": _moved(moved, options.lang)})
    data = {
        **_about(found.pack),
        "facts": [
            {
                "id": f.id, "kind": f.kind, "says": f.says[options.lang], "words": f.words,
                "before": [_stated(each) for each in f.before], "after": [_stated(each) for each in f.after],
                "other": list(f.other), "rows": list(f.rows),
            }
            for f in changes.facts
        ],
        "sources": [list(source) for source in changes.sources],
        "rules": list(changes.rules),
        "lost": [
            {
                "kind": each.kind, "name": each.name[options.lang], "before": each.before, "after": each.after,
                "of": each.of,
            }
            for each in lost_coverage(old, new, changes, today)
        ],
        "cases": cases,
    }  # fmt: skip
    if options.json:
        print(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        _print_check(data, options.lang)
    return 0


def _stated(each: Any) -> list[str]:
    value = each.value
    return [str(value.start), "" if value.raw is None else _plain(value.raw), value.source]


def _plain(raw: Any) -> str:
    """Tiers, ranges and lists in one line."""
    if isinstance(raw, dict):
        return ", ".join(f"{key} {_plain(value)}" for key, value in raw.items())
    if isinstance(raw, list):
        return "; ".join(_plain(value) for value in raw)
    return str(raw)


def _moved(found: Any, language: Language) -> list[dict[str, Any]]:
    """The options whose place or margin is another one with the new pack."""
    rows = []
    for option in found.options:
        nets = [None if q is None or q.price <= 0 else str(q.net_money) for q in option.nets]
        if not option.same:
            name = option.name[language]
            rows.append(
                {
                    "choice": option.choice,
                    "id": option.id,
                    "name": name,
                    "rank": list(option.ranks),
                    "net": nets,
                }
            )
    return rows


def _print_check(data: dict[str, Any], language: Language) -> None:
    words = {
        "en": {
            "new": "new",
            "gone": "gone",
            "changed": "changed",
            "lost": "answered for fewer",
            "more": "… and {n} more (--json shows all)",
        },
        "zh": {
            "new": "新增",
            "gone": "删去",
            "changed": "变动",
            "lost": "可答减少",
            "more": "……另有 {n} 项（--json 列出全部）",
        },
    }[language]
    print(f"{data['name']} · {data['trust']} · {data['id']}")
    for each in data["lost"]:
        print(f"! {words['lost']}: {each['name']}  {each['before']} → {each['after']} / {each['of']}")
    for fact in data["facts"][:MOST_SHOWN]:
        values = " → ".join(
            ", ".join(f"{day} {value}".strip() for day, value, _ in fact[side]) or "–"
            for side in ("before", "after")
        )
        print(f"  {words[fact['kind']]:8} {fact['id']}  {'' if fact['words'] else values}")
    if len(data["facts"]) > MOST_SHOWN:
        print("  " + words["more"].format(n=len(data["facts"]) - MOST_SHOWN))
    for case in data["cases"]:
        print(case["case"])
        for row in case["changes"]:
            ranks = " → ".join(str(rank) if rank else "–" for rank in row["rank"])
            nets = " → ".join(net or "–" for net in row["net"])
            print(f"  {row['choice']}: {row['name']}  {ranks}  {nets}")


def _install(options: argparse.Namespace) -> int:
    from desktop.engine.renewal import try_cases
    from desktop.store.packs.file import read_pack

    packs, today = _packs(), date.today()
    found = packs.check(read_pack(options.file, packs.keys, mine=options.mine), today)
    try_cases(examples(), read_example, found.book, today)
    kept = packs.install(found, today)
    return _say(
        options, _about(kept.pack), Text(f"{kept.pack.name} is in use", f"现用规则包 {kept.pack.name}")
    )


def _list(options: argparse.Namespace) -> int:
    packs = _packs()
    current = packs.state().current
    rows = [{**_about(pack), "in_use": pack.id == (current or SHIPPED.id)} for pack in _all(packs)]
    if options.json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for row in rows:
            print(f"{'*' if row['in_use'] else ' '} {row['id']:20} {row['name'] or '–':16} {row['trust']}")
    return 0


def _all(packs: Any) -> list[Pack]:
    return [*(kept.pack for kept in packs.list()), SHIPPED]


def _use(options: argparse.Namespace) -> int:
    pack = _packs().use("" if options.id == SHIPPED.id else options.id)
    return _say(options, _about(pack), Text(f"{pack.id} is in use", f"现用 {pack.id}"))


def _back(options: argparse.Namespace) -> int:
    pack = _packs().back()
    return _say(options, _about(pack), Text(f"{pack.id} is in use", f"现用 {pack.id}"))


# ---------------------------------------------------------------------- saying
def _about(pack: Pack) -> dict[str, Any]:
    days = {name: getattr(pack, name) for name in ("valid_from", "review_by", "expires")}
    return {
        "id": pack.id, "name": pack.name, "counter": pack.counter, "trust": pack.trust, "key": pack.key,
        **{name: day.isoformat() if day else None for name, day in days.items()},
    }  # fmt: skip


def _say(options: argparse.Namespace, data: dict[str, Any], said: Text) -> int:
    print(json.dumps(data, ensure_ascii=False, indent=2) if options.json else said[options.lang])
    return 0


def book_in_use(say: Callable[[Text], None]) -> RuleBook:
    """The rule book that the user's packs say, and a word where it cannot be had."""
    packs = _packs()
    book, said = packs.book()
    if said is not None:
        say(said)
    return book  # type: ignore[no-any-return]
