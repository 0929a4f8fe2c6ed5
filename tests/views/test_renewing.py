"""Renewing the rules in the window: what would change, refused or installed, and back; old cases and theirs."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from pytestqt.qtbot import QtBot
from rule_packs import DATA, KEYS, OTHER, TODAY, dearer_pack, issued, ready
from window_fakes import OpenWindow

from desktop.core.case import NOT_APPLIED, Case
from desktop.core.facts import RuleBook
from desktop.core.packs import MINE
from desktop.core.text import Language
from desktop.store import rulebook
from desktop.store.packs.kept import Packs
from desktop.viewmodels.calculators import Calculator
from desktop.viewmodels.plan import unknown_rows
from desktop.viewmodels.start import START
from desktop.views.charts.picture import content
from desktop.views.message import Asker
from desktop.views.renewal_dialog import RenewalDialog
from desktop.views.window import Window

GONE = "ebay.us.fvf.most"
CASE = DATA / "cases" / "1-clothing.lanewise"
LAMP = DATA / "cases" / "2-lighting.lanewise"


class FakeAsker(Asker):
    """Chooses a file, and says yes to what cannot be undone."""

    def __init__(self) -> None:
        super().__init__(None)  # type: ignore[arg-type]
        self.path: Path | None = None
        self.removes: list[str] = []

    def save_first(self, name: str) -> str:
        return "discard"

    def pack_path(self, folder: str) -> Path | None:
        return self.path

    def remove_pack(self, name: str) -> bool:
        self.removes.append(name)
        return True


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return rulebook.load()


@pytest.fixture
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Packs:
    monkeypatch.setattr("desktop.store.packs.kept.checked", ready)
    return Packs(tmp_path / "home", KEYS)


@pytest.fixture
def window(open_window: OpenWindow, packs: Packs, book: RuleBook) -> Window:
    made = open_window(FakeAsker(), book, TODAY)
    made.renew_from(packs)
    return made


def file_of(tmp_path: Path, raw: bytes, name: str = "2026-12.lwrules") -> Path:
    path = tmp_path / name
    path.write_bytes(raw)
    return path


def answered(qtbot: QtBot, window: Window) -> None:
    qtbot.waitUntil(lambda: window.model.advice is not None and not window.model.evaluating, timeout=20_000)


def looked_at(qtbot: QtBot, window: Window, path: Path) -> RenewalDialog:
    assert window.filing.open_file(path)
    assert window.renewing is not None
    dialog = window.renewing.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.proposal is not None or dialog.refusal is not None, timeout=60_000)
    return dialog


def install(qtbot: QtBot, window: Window, path: Path) -> None:
    dialog = looked_at(qtbot, window, path)
    assert window.renewing is not None
    with qtbot.waitSignal(window.renewing.renewer.installed, timeout=60_000):
        qtbot.mouseClick(dialog.install, Qt.MouseButton.LeftButton)
    assert window.renewing.dialog is None


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# ---------------------------------------------------------------------- what would change
def test_what_would_change_is_shown_before_anything_changes(
    qtbot: QtBot, window: Window, tmp_path: Path, packs: Packs
) -> None:
    window.prefs.add_recent(str(LAMP))
    window.prefs.add_recent(str(tmp_path / "gone.lanewise"))
    window.model.open(CASE)
    window.open_step("platforms")
    answered(qtbot, window)
    dialog = looked_at(qtbot, window, file_of(tmp_path, dearer_pack().raw))
    proposal = dialog.proposal
    assert proposal is not None
    assert [(found.kind, found.id) for found in proposal.facts] == [
        ("changed", "ebay.uk.fvf.clothing_shoes"), ("changed", "ebay.us.fvf.jewelry"),
        ("changed", "ebay.us.fvf.most"),
    ]  # fmt: skip
    # lost coverage stands in the warning
    assert not dialog.lost.isHidden()
    assert "eBay" in dialog.lost.accessibleName()
    assert "31 of 32" in dialog.lost.accessibleName()
    # the open case and the recent one that is there
    rows = [row.parts for row in dialog.effects.table_model.rows]
    assert [row[0].text for row in rows] == ["The open case", "LED ceiling lamp / LED 吸顶灯"]
    advice = window.model.advice
    assert advice is not None
    assert rows[0][1].text == advice.platforms.first.name.en
    assert all(cell.text for row in rows for cell in row)
    # what it replaces stands beside what comes, with its source
    dialog.search.setText("most categories")
    assert len(dialog.facts.table_model.rows) == 1
    cells = dialog.facts.table_model.rows[0].parts
    assert "13.6" in cells[2].text
    assert "14.1" in cells[3].text
    assert cells[4].text
    assert "ebay.us.fvf.most" in dialog.detail.text()
    dialog.search.setText("no such fact")
    assert dialog.detail.text() == "Nothing found."
    window.prefs.set_language("zh")
    assert dialog.install.text() == "安装"
    dialog.reject()
    assert packs.list() == ()
    assert window.model.book.pack.trust == "shipped"
    assert not (tmp_path / "home").exists()


def test_a_pack_that_is_dropped_is_looked_at(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file_of(tmp_path, b"no pack")))])
    window.dropEvent(
        QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                   Qt.KeyboardModifier.NoModifier)
    )  # fmt: skip
    assert window.renewing is not None
    dialog = window.renewing.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.refusal is not None)
    assert "is not a rule pack" in dialog.notice.accessibleName()
    assert dialog.own.isHidden()
    assert dialog.install.isHidden()
    assert window.step == START


def test_the_menu_asks_for_a_file(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    assert window.renewing is not None
    window.menus["renew"].trigger()
    assert window.renewing.dialog is None
    window.asker.path = file_of(tmp_path, b"")  # type: ignore[attr-defined]
    window.menus["renew"].trigger()
    dialog = window.renewing.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.refusal is not None)


# ---------------------------------------------------------------------- refused
def test_refused_in_the_store_s_own_words_and_nothing_changed(
    qtbot: QtBot, window: Window, tmp_path: Path, packs: Packs
) -> None:
    ready(dearer_pack())
    packs.install(ready(issued(dearer_pack(), "2027-01", 13)), TODAY)
    before = everything(tmp_path / "home")
    changed = bytearray(dearer_pack().raw)
    changed[60] ^= 1
    for raw, said in (
        (dearer_pack().raw, "older than one that was installed"),
        (issued(dearer_pack(), "x", 14, OTHER).raw, "not known here"),
        (bytes(changed), "the signature of|damaged"),
    ):
        dialog = looked_at(qtbot, window, file_of(tmp_path, raw))
        assert dialog.refusal is not None
        assert any(part in dialog.notice.accessibleName() for part in said.split("|"))
        assert dialog.own.isHidden()
        dialog.reject()
    assert everything(tmp_path / "home") == before


def test_rules_with_which_an_example_cannot_be_answered_are_refused(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the right form, and still not hanging together: a fact that every quote reads ends."""
    from rule_packs import pack_with

    def broken(root: Path) -> None:
        path = root / "rules" / "categories" / "categories.yaml"
        text = path.read_text("utf-8")
        assert "apparel" in text
        path.write_text(text.replace("apparel", "garments"), "utf-8")

    try:
        pack = pack_with(broken)
    except Exception:
        pytest.fail("the strict door refuses it: choose another way to break it")
    dialog = looked_at(qtbot, window, file_of(tmp_path, pack.raw))
    assert dialog.refusal is not None
    assert "cannot be answered with these rules" in dialog.notice.accessibleName()


def test_an_unsigned_pack_is_refused_and_used_only_as_one_s_own(
    qtbot: QtBot, window: Window, tmp_path: Path, packs: Packs
) -> None:
    window.model.open(CASE)
    window.open_step("platforms")
    answered(qtbot, window)
    own = replace(issued(dearer_pack(), "my rates", 0, None), trust="mine")
    dialog = looked_at(qtbot, window, file_of(tmp_path, own.raw))
    assert dialog.refusal is not None
    assert "is not signed" in dialog.notice.accessibleName()
    # the second way is not what Enter does
    assert not dialog.own.isHidden()
    assert not dialog.own.isDefault()
    assert not dialog.own.hasFocus()
    assert packs.list() == ()
    qtbot.mouseClick(dialog.own, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.proposal is not None, timeout=60_000)
    assert not dialog.unsigned.isHidden()
    assert window.renewing is not None
    with qtbot.waitSignal(window.renewing.renewer.installed, timeout=60_000):
        qtbot.mouseClick(dialog.install, Qt.MouseButton.LeftButton)
    answered(qtbot, window)
    # marked wherever the rules are named
    assert window.status.mark.words.text() == MINE.en
    assert window.work.pane.rules.text() == MINE.en
    window.explaining.why_verdict()
    assert window.explaining.panel.foot.text().endswith(MINE.en)  # type: ignore[union-attr]
    window.prefs.set_language("zh")
    window.freezing.finish()
    assert window.status.mark.words.text() == MINE.zh
    assert window.work.pane.rules.text() == MINE.zh
    window.resize(1024, 700)
    window.freezing.finish()
    assert window.work.strip.rules.text() == MINE.zh


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_taken_out_of_the_window_keeps_the_mark(
    qtbot: QtBot, window: Window, packs: Packs, language: Language
) -> None:
    """Each on the clipboard or in a file, far from the status bar."""
    window.prefs.set_language(language)
    own = issued(dearer_pack(), "my rates", 0, None)
    assert window.renewing is not None
    window.renewing.renewer.installed.emit(own.pack, ready(own).book)
    window.model.open(CASE)
    window.open_step("platforms")
    answered(qtbot, window)
    mark, clipboard = MINE[language], QGuiApplication.clipboard()
    chart = window.charts.shown(window.current_page())
    assert chart is not None
    window.charts.copy_table(chart)
    assert clipboard.text().splitlines()[-1] == mark
    for kind in ("svg", "csv"):
        assert mark in content(chart, kind, "Chart", window.charts._foot()).decode("utf-8-sig")
    window.explaining.why_verdict()
    window.explaining.panel.copy()  # type: ignore[union-attr]
    assert f"“{mark}”" in clipboard.text().splitlines()[-1]
    window.open_step("plan")
    page = window.current_page()
    page.copy_plan()  # type: ignore[union-attr]
    assert f"“{mark}”" in clipboard.text().splitlines()[1]
    calculator = Calculator("import-tax", window.model)
    for name, text in (("mode", "direct-mail"), ("category", "milk-powder"), ("value", "500")):
        calculator.set(name, text)
    calculator.compute()
    assert f"“{mark}”" in calculator.answer.tsv(language).splitlines()[-1]


# ---------------------------------------------------------------------- in use, and back
def test_new_rules_answer_at_once_and_one_click_goes_back(
    qtbot: QtBot, window: Window, tmp_path: Path, packs: Packs
) -> None:
    window.model.open(CASE)
    window.open_step("platforms")
    window.model.set("list_price", "25.90")
    window.model.set("destinations", ["US"])
    answered(qtbot, window)
    before = window.model.advice.platforms.option("ebay").net  # type: ignore[union-attr]
    page = window.page("platforms")
    install(qtbot, window, file_of(tmp_path, dearer_pack().raw))
    answered(qtbot, window)
    after = window.model.advice.platforms.option("ebay").net  # type: ignore[union-attr]
    assert after.units < before.units
    assert window.step == "platforms"
    assert window.page("platforms") is not page
    assert window.model.path == CASE
    assert window.toast.label.text() == "The rules of 2026-12 are in use."
    assert window.status.rules.words.text() == "Rules of 2026-12, review by 1 Mar 2027"
    assert window.menus["rules-back"].text().replace("&", "") == "Back to the program’s own rules"
    # the answers before can still be taken back
    assert window.model.undo_name
    window.model.undo()
    window.model.undo()
    assert window.model.answer("list_price") == "24.90"
    window.model.redo()
    window.model.redo()
    answered(qtbot, window)
    assert window.renewing is not None
    with qtbot.waitSignal(window.renewing.renewer.installed, timeout=60_000):
        window.toast.action.activated.emit()
    answered(qtbot, window)
    assert window.model.book.pack.trust == "shipped"
    assert window.model.advice.platforms.option("ebay").net == before  # type: ignore[union-attr]
    assert window.toast.label.text() == "The program’s own rules are in use."
    assert not window.menus["rules-back"].isEnabled()
    assert packs.state().current == ""


def test_installed_rules_are_chosen_and_removed_in_the_menu(
    qtbot: QtBot, window: Window, packs: Packs
) -> None:
    packs.install(ready(dearer_pack()), TODAY)
    packs.install(ready(issued(dearer_pack(), "2027-01", 13)), TODAY)
    renewing = window.renewing
    assert renewing is not None

    def shown() -> list[tuple[str, bool]]:
        renewing.show_packs()
        actions = window.menus.menus["packs"].actions()
        return [(a.text(), a.isChecked()) for a in actions if not a.isSeparator()]

    assert shown() == [
        ("2027-01, in use", True), ("Use 2026-12", False), ("Use the program’s own rules", False),
        ("Remove 2026-12…", False),
    ]  # fmt: skip
    with qtbot.waitSignal(renewing.renewer.installed, timeout=60_000):
        window.menus.menus["packs"].actions()[1].trigger()
    assert window.model.book.pack.name == "2026-12"
    assert ("2026-12, in use", True) in shown()
    window.menus.menus["packs"].actions()[-1].trigger()
    assert window.asker.removes == ["2027-01"]  # type: ignore[attr-defined]
    assert [kept.pack.name for kept in packs.list()] == ["2026-12"]
    assert window.toast.label.text() == "2027-01 was removed."


def without(book: RuleBook, fact_id: str) -> RuleBook:
    """The rules as a pack may bring them: one fact is gone."""
    facts = {key: value for key, value in book.facts_data.items() if key != fact_id}
    return dataclasses.replace(book, facts_data=facts)


def test_a_typed_value_whose_fact_is_gone_waits_and_comes_back_with_it(
    qtbot: QtBot, window: Window, packs: Packs, book: RuleBook
) -> None:
    window.model.open(CASE)
    window.open_step("product")
    window.model.override("ebay.us.fvf.most", "10")
    answered(qtbot, window)
    gone = window.take_book(without(ready(dearer_pack()).book, GONE))
    assert gone == (GONE,)
    assert window.model.case.overrides == {GONE: "10"}
    assert window.model.answer("category") == "apparel"
    answered(qtbot, window)
    advice = window.model.advice
    assert advice is not None
    assert [each.fact for each in advice.unknown if each.what == NOT_APPLIED] == [GONE]
    # with rules that have it again, it counts
    assert window.take_book(book) == ()
    answered(qtbot, window)
    assert window.model.view.read(GONE).raw == "10"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_case_with_such_a_value_opens_says_so_and_keeps_it(
    qtbot: QtBot, window: Window, tmp_path: Path, book: RuleBook, language: Language
) -> None:
    data = json.loads(CASE.read_text("utf-8"))
    data["overrides"] = {GONE: "10", "ebay.us.per_order": "0.50"}
    path = tmp_path / "old.lanewise"
    path.write_text(json.dumps(data), "utf-8")
    window.prefs.set_language(language)
    assert window.renewing is not None
    window.renewing.renewer.installed.emit(dearer_pack().pack, without(book, GONE))
    assert window.filing.open_file(path)
    answered(qtbot, window)
    said = {
        "en": f"Your value is kept but not applied, these rules have no such fact: {GONE}",
        "zh": f"自填值保留但未采用，现用规则中没有：{GONE}",
    }
    assert window.toast.label.text() == said[language]
    model = window.model
    assert model.view.read("ebay.us.per_order").raw == "0.50"
    assert model.advice is not None
    rows = unknown_rows(model.advice, model.case, model.questions, model.book, language)
    own = [row for row in rows if GONE in row.text]
    assert [row.text for row in own] == [
        {
            "en": f"Your own value for {GONE} (10) is not applied: the rules in use have no such fact; the case keeps it",
            "zh": f"自填的 {GONE}（10）未采用：现用规则中没有这条事实；该值仍保留在案例中",
        }[language]
    ]
    assert own[0].remark == ""
    # it is no change of the case, and saving keeps it
    assert not model.modified
    model.save(tmp_path / "again.lanewise")
    assert json.loads((tmp_path / "again.lanewise").read_text("utf-8"))["overrides"] == data["overrides"]
    # said once, not at every answer
    window.toast.dismiss()
    model.set("list_price", "30")
    answered(qtbot, window)
    assert window.toast.isHidden()


def test_a_case_of_the_casebook_with_such_a_value_is_looked_at_and_opens(
    qtbot: QtBot, window: Window, tmp_path: Path, book: RuleBook
) -> None:
    window.keep_in(tmp_path / "casebook.db")
    assert window.keeping is not None
    keeper = window.keeping.keeper
    qtbot.waitUntil(lambda: keeper.ready, timeout=20_000)
    # the next visitor finds it saved, so it is no file of the program's
    window.filing.open_file(file_of(tmp_path, CASE.read_bytes(), "dress.lanewise"))
    window.model.override(GONE, "10")
    answered(qtbot, window)
    qtbot.waitUntil(lambda: keeper.row is not None and keeper.safe, timeout=20_000)
    row = keeper.row
    assert row is not None
    window.receiving.next_visitor()
    assert window.renewing is not None
    window.renewing.renewer.installed.emit(dearer_pack().pack, without(book, GONE))
    window.open_step("casebook")
    visitors = window.current_page().visitors  # type: ignore[union-attr]
    with qtbot.waitSignal(visitors.looked, timeout=20_000):
        visitors.choose(row.number)
    assert not visitors.problem
    assert visitors.preview
    found: list[Case] = []
    keeper.desk.ask(lambda desk: desk.book.get(row.number).case, found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=20_000)
    assert window.keeping.open_case(row, found[0])
    answered(qtbot, window)
    assert window.model.case.overrides == {GONE: "10"}
    qtbot.waitUntil(lambda: GONE in window.toast.label.text(), timeout=20_000)


# ---------------------------------------------------------------------- old cases keep theirs
def test_a_case_of_other_rules_says_so_and_is_seen_with_its_own(
    qtbot: QtBot, window: Window, tmp_path: Path, packs: Packs
) -> None:
    packs.install(ready(dearer_pack()), TODAY)
    assert window.renewing is not None
    with qtbot.waitSignal(window.renewing.renewer.installed, timeout=60_000):
        window.renewing.use(dearer_pack().pack.id)
    window.model.open(CASE)
    window.open_step("platforms")
    answered(qtbot, window)
    kept = tmp_path / "old.lanewise"
    window.model.save(kept)
    note = json.loads(kept.read_text("utf-8"))["rules"]
    assert (note["id"], note["name"]) == (dearer_pack().pack.id, "2026-12")
    assert note["digest"] == dearer_pack().pack.digest
    assert note["day"] == TODAY.isoformat()
    # opened by the same rules there is nothing to say
    assert window.filing.open_file(kept)
    answered(qtbot, window)
    assert window.status.own.words.text() == ""
    with qtbot.waitSignal(window.renewing.renewer.installed, timeout=60_000):
        window.renewing.use("")
    assert window.filing.open_file(kept)
    answered(qtbot, window)
    said = window.status.own.words.text()
    assert said.startswith(f"Answered by rules of 2026-12: {note['figure']} → ")
    assert not said.endswith(note["figure"])
    assert window.toast.label.text() == said
    assert window.status.own_link.text() == "See it with them"
    window.status.own_link.activated.emit()
    answered(qtbot, window)
    assert window.model.book.pack.name == "2026-12"
    assert packs.state().current == ""
    assert window.status.own.words.text() == "Seen with its own rules, 2026-12"
    assert not window.model.modified
    # another case is answered by the rules in use again
    assert window.filing.open_file(LAMP)
    answered(qtbot, window)
    assert window.model.book.pack.trust == "shipped"
    assert window.status.own.words.text() == ""


def test_a_pack_that_is_not_there_cannot_be_gone_to(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    data = json.loads(CASE.read_text("utf-8"))
    data["rules"] = {
        "id": "000003-0123456789ab", "name": "2025-01", "digest": "0" * 64, "day": "2025-01-09", "figure": "7.58 USD",
    }  # fmt: skip
    path = tmp_path / "old.lanewise"
    path.write_text(json.dumps(data), "utf-8")
    window.filing.open_file(path)
    answered(qtbot, window)
    assert window.status.own.words.text().startswith("Answered by rules of 2025-01: 7.58 USD → ")
    assert window.status.own_link.isHidden()
    # once an answer was changed the figures are not of the same case
    window.model.set("list_price", "30")
    answered(qtbot, window)
    assert window.status.own.words.text() == "Answered by rules of 2025-01"


def test_the_casebook_notes_the_rules_and_a_pack_is_tried_on_its_cases(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    window.keep_in(tmp_path / "casebook.db")
    assert window.keeping is not None
    keeper = window.keeping.keeper
    qtbot.waitUntil(lambda: keeper.ready, timeout=20_000)
    window.filing.open_file(CASE)
    window.model.set("list_price", "26.90")
    answered(qtbot, window)
    qtbot.waitUntil(lambda: keeper.row is not None and keeper.safe, timeout=20_000)
    row = keeper.row
    assert row is not None
    found: list[Case] = []
    keeper.desk.ask(lambda desk: desk.book.get(row.number).case, found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=20_000)
    note = found[0].rules
    assert note is not None
    assert (note.id, note.digest, note.first) == ("shipped", window.model.book.digest, "ebay")
    # a file with the same answers is that case, whatever its note says
    keeper.desk.ask(lambda desk: desk.book.same(replace(found[0], rules=None)).number, found.append)
    qtbot.waitUntil(lambda: len(found) == 2, timeout=20_000)
    assert found[1] == row.number
    window.model.replace(Case())
    assert window.renewing is not None
    window.renewing.open(file_of(tmp_path, dearer_pack().raw))
    qtbot.waitUntil(lambda: window.renewing.dialog is not None, timeout=20_000)  # type: ignore[union-attr]
    dialog = window.renewing.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.proposal is not None, timeout=60_000)
    names = [row.parts[0].text for row in dialog.effects.table_model.rows]
    # the one of the casebook, and the file as it was
    assert names == [f"{row.label} {row.product}", row.product]
    dialog.reject()
