"""The packs of one user: installed beside each other, one of them in use, none ever written over.

    packs/
      state.json                which one is in use, the highest counter that was ever installed, the order
      000012-3fa9…/             one folder a pack: pack.lwrules as it came, rules.json and facts.json compiled here

A pack is compiled in a folder of its own and put in its place by one rename, the state by another: what is cut off leaves
the packs as they were. Where the pack in use cannot be read any more the shipped rules count, and it is said.
"""

from __future__ import annotations

import dataclasses
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

from desktop.core.errors import LanewiseError, StoreError
from desktop.core.facts import RuleBook
from desktop.core.packs import SHIPPED, Pack
from desktop.core.text import Text
from desktop.store import rulebook
from desktop.store.casefile import write_whole
from desktop.store.packs.file import PROGRAM_RULES, SUFFIX, PackError, PackFile, parse_pack
from desktop.store.packs.keys import Keys

STATE, FILE = "state.json", "pack" + SUFFIX
MOST_NODES, MOST_DEEP = 2_000_000, 40
"""Of one file, with what its aliases repeat: forty times what the largest of ours has."""
ID = re.compile(r"(?:[0-9]{6}|mine)-[0-9a-f]{12}")


class Kept(Struct, frozen=True):
    """One installed pack: what it is and where it stands."""

    pack: Pack
    folder: Path


class State(Struct, frozen=True):
    """Which pack is in use ("" for the shipped rules), and the highest counter that was ever installed."""

    current: str = ""
    highest: int = 0
    order: tuple[str, ...] = ()
    """All that were in use, the latest last: one step back is the one before."""


class Packs:
    """The rule packs in a user's folder. Opens nothing until it is asked."""

    def __init__(self, folder: Path, keys: Keys | None = None) -> None:
        self.folder = folder / "packs"
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
        sound = isinstance(state.highest, int) and all(
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
        book = rulebook.load_folder(folder)
        return _with(book, self._about(folder))

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
        """What a pack is, from the file that it came as: its signature is checked again at each start."""
        path = folder / FILE
        try:
            raw = path.read_bytes()
        except OSError as error:
            reason = error.strerror or str(error)
            raise StoreError(
                Text(f"{folder.name} cannot be read: {reason}", f"无法读取 {folder.name}：{reason}")
            ) from None
        pack = parse_pack(raw, folder.name, self.keys, mine=folder.name.startswith("mine-")).pack
        if pack.id != folder.name:
            raise PackError(
                Text(f"{folder.name} is not the pack that it says", f"{folder.name} 与其名称不符")
            )
        return pack

    # ------------------------------------------------------------------ what a pack would bring
    def check(self, pack: PackFile, today: date) -> RuleBook:
        """The rule book of a pack, compiled and checked, without installing anything.

        PackError where it is older than what was installed, not yet or no longer valid; DataError where its facts are not
        as they must be.
        """
        self._admit(pack, today)
        with tempfile.TemporaryDirectory(prefix="lanewise-") as place:
            compiled = _compiled(pack, Path(place))
            rulebook.write_compiled(compiled, Path(place) / "compiled")
            book = rulebook.load_folder(Path(place) / "compiled")
            # read whole while its files are there
            len(list(book.facts_data.items())), len(list(book.sources_data.items()))
        return _with(book, pack.pack)

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
        if pack.trust == "signed" and head.counter < state.highest:
            raise PackError(
                Text(
                    f"the pack {head.name} (number {head.counter}) is older than one that was installed "
                    f"(number {state.highest}); it was refused",
                    f"规则包 {head.name}（序号 {head.counter}）旧于已安装的规则包（序号 {state.highest}）；已拒绝",
                )
            )
        same = [
            kept
            for kept in self.list()
            if kept.pack.counter == head.counter and kept.pack.trust == pack.trust
        ]
        if pack.trust == "signed" and any(kept.pack.digest != head.sha256 for kept in same):
            raise PackError(
                Text(
                    f"another pack with the number {head.counter} is installed; a new pack needs a new number",
                    f"已安装另一个序号为 {head.counter} 的规则包；新规则包须用新序号",
                )
            )

    # ------------------------------------------------------------------ changing
    def install(self, pack: PackFile, today: date) -> Kept:
        """Puts a pack beside the others and takes it into use; where it is refused or not written nothing is changed.

        A pack that is there already is taken into use again.
        """
        self._admit(pack, today)
        made = pack.pack
        target = self.folder / made.id
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if not target.is_dir():
                self._put(pack, target)
            self._use(made.id, made.counter)
        except OSError as error:
            reason = error.strerror or str(error)
            raise StoreError(
                Text(
                    f"the pack {made.name} was not installed: {reason}; the rules are as before",
                    f"规则包 {made.name} 未能安装：{reason}；规则未变",
                )
            ) from None
        return Kept(made, target)

    def _put(self, pack: PackFile, target: Path) -> None:
        with tempfile.TemporaryDirectory(prefix=".new-", dir=self.folder) as place:
            made = Path(place) / "made"
            compiled = _compiled(pack, Path(place))
            rulebook.write_compiled(compiled, made)
            write_whole(made / FILE, pack.raw)
            os.replace(made, target)

    def use(self, pack_id: str) -> Pack:
        """Takes an installed pack into use, "" for the rules of the program. StoreError where there is none."""
        pack = SHIPPED if not pack_id else self._about(self._folder(pack_id))
        self._use(pack_id, 0)
        return pack

    def back(self) -> Pack:
        """The pack that was in use before the present one, taken into use again; StoreError where there was none."""
        state = self.state()
        if not state.order:
            raise StoreError(
                Text(
                    "no other pack was in use before; nothing was changed",
                    "此前没有使用过其他规则包；未作更改",
                )
            )
        before = state.order[-2] if len(state.order) > 1 else ""
        pack = SHIPPED if not before else self._about(self._folder(before))
        self._write(State(before, state.highest, state.order[:-1]))
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
        shutil.rmtree(self._folder(pack_id), ignore_errors=True)


def _with(book: RuleBook, pack: Pack) -> RuleBook:
    return dataclasses.replace(book, pack=pack)


def _compiled(pack: PackFile, place: Path) -> Mapping[str, Any]:
    """The authored files of a pack through the strict door; questions, steps and columns stay the program's own."""
    from desktop.store.loader import compile_data

    root = place / "authored"
    for path, text in pack.files().items():
        _bounded(path, text)
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    compiled = compile_data(root)
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
                size = sizes.get(str(event.anchor), 1)
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
