"""The packs of one user: installed beside each other, one of them in use, none ever written over.

    packs/
      state.json                which one is in use, the highest counter that was ever installed, the order
      000012-3fa9…/             one folder a pack: pack.lwrules as it came, rules.json and facts.json compiled here,
                                made.json: by which program, and the SHA-256 of the two

A pack is compiled in a folder of its own and put in its place by one rename, the state by another: what is cut off leaves
the packs as they were. What was compiled by another version of the program, or is not what was compiled, is compiled
anew from the pack as it came, whose signature is looked at each time. Where that cannot be done the shipped rules count,
and it is said.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct

from desktop import __version__
from desktop.core.errors import LanewiseError, StoreError
from desktop.core.facts import RuleBook
from desktop.core.packs import OWN, SHIPPED, Pack
from desktop.core.reasons import reason_of
from desktop.core.text import Text
from desktop.store import rulebook
from desktop.store.casefile import write_whole
from desktop.store.packs import FOLDER, STATE
from desktop.store.packs.file import PROGRAM_RULES, SUFFIX, PackError, PackFile, parse_pack
from desktop.store.packs.keys import Keys

FILE, MADE = "pack" + SUFFIX, "made.json"
MOST_NODES, MOST_DEEP = 2_000_000, 40
"""Of one file, with what its aliases repeat: forty times what the largest of ours has."""
FAULTS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What data can bring about in code that takes them for something else."""
NEW, GONE = ".new-", ".gone-"
"""Folders that are being made or taken away."""
ID = re.compile(r"(?:[0-9]{6}|mine)-[0-9a-f]{12}")


class Kept(Struct, frozen=True):
    """One installed pack: what it is and where it stands."""

    pack: Pack
    folder: Path


class Checked(Struct, frozen=True):
    """A pack that went through the strict door: its rule book, and the compiled data behind it. Nothing is installed."""

    file: PackFile
    book: RuleBook
    compiled: Mapping[str, Any]

    @property
    def pack(self) -> Pack:
        return self.file.pack


class State(Struct, frozen=True):
    """Which pack is in use ("" for the shipped rules), and the highest counter that was ever installed."""

    current: str = ""
    highest: int = 0
    order: tuple[str, ...] = ()
    """All that were in use, the latest last: one step back is the one before."""


class Packs:
    """The rule packs in a user's folder. Opens nothing until it is asked."""

    def __init__(self, folder: Path, keys: Keys | None = None) -> None:
        self.folder = folder / FOLDER
        self._keys = keys
        self._own = folder / "keys"

    @property
    def keys(self) -> Keys:
        """The keys that packs are checked with: the publisher's and those that the user trusts."""
        if self._keys is None:
            self._keys = Keys.of(self._own)
        return self._keys

    # ------------------------------------------------------------------ reading
    def state(self) -> State:
        """What is in use. A state that cannot be read is that of a new user: the shipped rules count."""
        try:
            data = json.loads((self.folder / STATE).read_bytes())
            order = tuple(data["order"])
            state = State(data["current"], data["highest"], order)
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return State()
        names = (state.current, *order)
        sound = type(state.highest) is int and all(
            isinstance(name, str) and (name == "" or ID.fullmatch(name)) for name in names
        )
        return state if sound else State()

    def book(self) -> tuple[RuleBook, Text | None]:
        """The rule book in use, and what is to be said where it is not the one that was chosen."""
        current = self.state().current
        if not current:
            return rulebook.load(), None
        try:
            return self.load(current), None
        except LanewiseError as error:
            said = error.text
            return rulebook.load(), Text(
                f"The rule pack in use cannot be read ({said.en}); the rules of the program count.",
                f"所用规则包无法读取（{said.zh}）；现用程序自带的规则。",
            )

    def load(self, pack_id: str) -> RuleBook:
        """The rule book of an installed pack, "" for the shipped one. StoreError where there is none."""
        if not pack_id:
            return rulebook.load()
        folder = self._folder(pack_id)
        pack = self._file(folder)
        found = _as_made(folder)
        if found is None:
            # compiled by another version of the program, or not what was compiled
            new = checked(pack)
            with contextlib.suppress(
                OSError
            ):  # where it cannot be kept it is compiled at the next start again
                self._put(new, folder)
            return new.book
        return _with(found, pack.pack)

    def list(self) -> tuple[Kept, ...]:
        """All installed packs that can be read, the newest first; those of one's own last."""
        found = []
        for folder in sorted(self.folder.glob("*-*"), reverse=True) if self.folder.is_dir() else ():
            if ID.fullmatch(folder.name):
                try:
                    found.append(Kept(self._about(folder), folder))
                except LanewiseError:
                    continue
        return tuple(sorted(found, key=lambda kept: kept.pack.trust != "signed"))

    def _folder(self, pack_id: str) -> Path:
        folder = self.folder / pack_id
        if not ID.fullmatch(pack_id) or not folder.is_dir():
            raise StoreError(
                Text(f"there is no installed pack {pack_id!r}", f"没有已安装的规则包 {pack_id!r}")
            )
        return folder

    def _about(self, folder: Path) -> Pack:
        return self._file(folder).pack

    def _file(self, folder: Path) -> PackFile:
        """A pack as it came: its signature is checked again at each start."""
        path = folder / FILE
        try:
            raw = path.read_bytes()
        except OSError as error:
            reason = reason_of(error)
            raise StoreError(
                Text(f"{folder.name} cannot be read: {reason.en}", f"无法读取 {folder.name}：{reason.zh}")
            ) from None
        found = parse_pack(raw, folder.name, self.keys, mine=folder.name.startswith(OWN))
        if found.pack.id != folder.name:
            raise PackError(
                Text(f"{folder.name} is not the pack that it says", f"{folder.name} 与其名称不符")
            )
        return found

    # ------------------------------------------------------------------ what a pack would bring
    def check(self, pack: PackFile, today: date) -> Checked:
        """A pack compiled and checked, without installing anything.

        PackError where it is older than what was installed, not yet or no longer valid; DataError where its facts are not
        as they must be.
        """
        self._admit(pack, today)
        return checked(pack)

    def _admit(self, pack: PackFile, today: date) -> None:
        head, state = pack.head, self.state()
        if today >= head.expires:
            raise PackError(
                Text(
                    f"the pack {head.name} expired on {head.expires}; get a newer one",
                    f"规则包 {head.name} 已于 {head.expires} 过期；请换用更新的规则包",
                )
            )
        if today < head.valid_from:
            raise PackError(
                Text(
                    f"the pack {head.name} holds from {head.valid_from}; install it then, and look at this computer's "
                    "clock if that day is past",
                    f"规则包 {head.name} 自 {head.valid_from} 起有效；届时再安装（若该日已过，请检查本机时钟）",
                )
            )
        if pack.trust != "signed":
            return
        signed = [kept.pack for kept in self.list() if kept.pack.trust == "signed"]
        # a state that was lost does not open the door to what is older than the packs that are there
        highest = max((state.highest, *(each.counter for each in signed)))
        if head.counter < highest:
            raise PackError(
                Text(
                    f"the pack {head.name} (number {head.counter}) is older than one that was installed "
                    f"(number {highest}); it was refused",
                    f"规则包 {head.name}（序号 {head.counter}）旧于已安装的规则包（序号 {highest}）；已拒绝",
                )
            )
        if any(each.counter == head.counter and each.digest != head.sha256 for each in signed):
            raise PackError(
                Text(
                    f"another pack with the number {head.counter} is installed; a new pack needs a new number",
                    f"已安装另一个序号为 {head.counter} 的规则包；新规则包须用新序号",
                )
            )

    # ------------------------------------------------------------------ changing
    def install(self, new: Checked, today: date) -> Kept:
        """Puts a pack beside the others and takes it into use; where it is refused or not written nothing is changed.

        A pack that is there already is taken into use again.
        """
        self._admit(new.file, today)
        made = new.pack
        target = self.folder / made.id
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._sweep()
            if not self._whole(target):
                self._put(new, target)
            self._use(made.id, made.counter)
        except OSError as error:
            reason = reason_of(error)
            raise StoreError(
                Text(
                    f"the pack {made.name} was not installed: {reason.en}; the rules are as before",
                    f"规则包 {made.name} 未能安装：{reason.zh}；规则未变",
                )
            ) from None
        return Kept(made, target)

    def _whole(self, folder: Path) -> bool:
        """Whether a pack stands in a folder as it was put there by this program."""
        try:
            return self._file(folder) is not None and _as_made(folder) is not None
        except LanewiseError:
            return False

    def _put(self, new: Checked, target: Path) -> None:
        """A pack in its place by one rename. What stood there is moved away first, and deleted."""
        try:
            with tempfile.TemporaryDirectory(prefix=NEW, dir=self.folder) as place:
                made = Path(place) / "made"
                rulebook.write_compiled(new.compiled, made)
                write_whole(made / FILE, new.file.raw)
                write_whole(made / MADE, json.dumps(_made_by(made), indent=1).encode())
                if target.exists():
                    os.replace(target, Path(place) / "old")
                os.replace(made, target)
        except StoreError as error:
            raise OSError(str(error)) from None

    def _sweep(self) -> None:
        """What an installation or removal left that was cut off."""
        for prefix in (NEW, GONE):
            for left in self.folder.glob(f"{prefix}*"):
                shutil.rmtree(left, ignore_errors=True)

    def use(self, pack_id: str) -> Pack:
        """Takes an installed pack into use, "" for the rules of the program. StoreError where there is none."""
        pack = SHIPPED if not pack_id else self._about(self._folder(pack_id))
        self._use(pack_id, 0)
        return pack

    @property
    def before(self) -> str | None:
        """The id of the pack that `back` would take into use, "" for the rules of the program; None where there is none.

        Packs that are no longer there, or cannot be read, are passed over.
        """
        state = self.state()
        if not state.order:
            return None
        for found in reversed(("", *state.order[:-1])):
            if found != state.current and (not found or self._readable(found)):
                return found
        return None

    def _readable(self, pack_id: str) -> bool:
        try:
            return bool(self._about(self._folder(pack_id)))
        except LanewiseError:
            return False

    def back(self) -> Pack:
        """The pack that was in use before the present one, taken into use again; StoreError where there was none."""
        before, state = self.before, self.state()
        if before is None:
            raise StoreError(
                Text(
                    "no other pack was in use before; nothing was changed",
                    "此前没有使用过其他规则包；未作更改",
                )
            )
        pack = SHIPPED if not before else self._about(self._folder(before))
        left = state.order[:-1]
        while left and left[-1] != before:
            left = left[:-1]
        self._write(State(before, state.highest, left))
        return pack

    def _use(self, pack_id: str, counter: int) -> None:
        state = self.state()
        order = state.order if state.order[-1:] == (pack_id,) else (*state.order, pack_id)
        self._write(State(pack_id, max(state.highest, counter), order[-20:]))

    def _write(self, state: State) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        data = {"current": state.current, "highest": state.highest, "order": list(state.order)}
        write_whole(self.folder / STATE, json.dumps(data, indent=1).encode())

    def remove(self, pack_id: str) -> None:
        """Deletes an installed pack that is not in use. StoreError where it is in use or not there."""
        if self.state().current == pack_id:
            raise StoreError(
                Text(
                    f"{pack_id} is in use; choose another pack first",
                    f"{pack_id} 正在使用；请先换用其他规则包",
                )
            )
        folder = self._folder(pack_id)
        away = self.folder / f"{GONE}{pack_id}"
        try:
            shutil.rmtree(away, ignore_errors=True)
            os.replace(folder, away)
        except OSError as error:
            reason = reason_of(error)
            raise StoreError(
                Text(f"{pack_id} was not removed: {reason.en}", f"未能删除 {pack_id}：{reason.zh}")
            ) from None
        shutil.rmtree(away, ignore_errors=True)


def _made_by(folder: Path) -> dict[str, str]:
    """By which program two compiled files were made, and what they are."""
    files = {name: (folder / name).read_bytes() for name in (rulebook.RULES, rulebook.FACTS)}
    own = hashlib.sha256(rulebook.shipped_rules()).hexdigest()
    return {
        "program": f"{__version__} {own}",
        **{name: hashlib.sha256(raw).hexdigest() for name, raw in files.items()},
    }


def _as_made(folder: Path) -> RuleBook | None:
    """The compiled rule book of a pack; None where this program did not make it, or it is not what was made."""
    try:
        made = json.loads((folder / MADE).read_bytes())
        if made != _made_by(folder):
            return None
    except (OSError, ValueError, RecursionError):
        return None
    return rulebook.load_folder(folder)


def checked(pack: PackFile) -> Checked:
    """The authored files of a pack through the strict door. PackError or DataError says what is wrong."""
    from desktop.store.loader import book_of

    with tempfile.TemporaryDirectory(prefix="lanewise-") as place:
        compiled = _compiled(pack, Path(place))
    # as it will be read again: what is compared with another rule book is of the same kinds of data
    compiled = json.loads(json.dumps(compiled))
    return Checked(pack, _with(book_of(compiled), pack.pack), compiled)


def _with(book: RuleBook, pack: Pack) -> RuleBook:
    return dataclasses.replace(book, pack=pack)


def _compiled(pack: PackFile, place: Path) -> Mapping[str, Any]:
    """The authored files of a pack through the strict door; questions, steps and columns stay the program's own."""
    from desktop.store.loader import compile_data

    root = place / "authored"
    try:
        for path, text in pack.files().items():
            _bounded(path, text)
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode("utf-8"))
        compiled = compile_data(root)
    except LanewiseError:
        raise
    except OSError as error:
        reason = reason_of(error)
        raise PackError(
            Text(f"the pack cannot be unpacked: {reason.en}", f"规则包无法解开：{reason.zh}")
        ) from None
    except FAULTS as error:
        # the door names nearly all faults; what it does not foresee is refused as well
        raise PackError(
            Text(
                f"the facts of the pack cannot be compiled ({type(error).__name__}); it was refused",
                f"规则包中的事实无法编译（{type(error).__name__}）；已拒绝",
            )
        ) from None
    own = rulebook.load()
    for area in PROGRAM_RULES:
        compiled["rules"][area] = own.rules[area]
    missing = sorted(set(own.rules) - set(compiled["rules"]))
    if missing:
        raise PackError(
            Text(
                f"the pack has no rules for {', '.join(missing)}", f"规则包缺少以下规则：{'、'.join(missing)}"
            )
        )
    compiled["digest"] = rulebook.digest(compiled)
    return compiled


def _bounded(path: str, text: str) -> None:
    """Aliases repeat whole trees, and trees nest: a few lines could fill the memory. Counted before they are built."""
    import yaml

    if not path.endswith(".yaml"):
        return
    sizes: dict[str, int] = {}
    open_nodes: list[list[Any]] = []
    counted = 0
    try:
        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            size = 1
            if isinstance(event, yaml.AliasEvent):
                size = sizes.get(str(event.anchor), MOST_NODES + 1)  # of what is still open: without end
            elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                open_nodes.append([event.anchor, 0])
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                anchor, size = open_nodes.pop()
                if anchor:
                    sizes[anchor] = size
            if open_nodes:
                open_nodes[-1][1] += size
            counted += size
            if counted > MOST_NODES or len(open_nodes) > MOST_DEEP:
                raise PackError(
                    Text(
                        f"{path} in the pack is nested too deeply or repeats itself without end; it was refused",
                        f"规则包中的 {path} 嵌套过深或无限重复；已拒绝",
                    )
                )
    except yaml.YAMLError:
        return  # the strict door says what is wrong with it, and where
