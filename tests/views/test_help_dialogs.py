"""About, settings, check this computer, and a fault as it is told."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from datetime import date
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from PySide6.QtCore import QtMsgType, qWarning
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_fakes import TODAY, small_book

from desktop.core.facts import RuleBook
from desktop.core.text import Text
from desktop.store import doctor
from desktop.store.doctor import Check
from desktop.store.logbook import start_log, stop_log
from desktop.store.parts import parts
from desktop.store.trouble import Fault, reports
from desktop.viewmodels.about import about_text, part_rows
from desktop.viewmodels.case_model import CaseModel
from desktop.viewmodels.health import Health
from desktop.viewmodels.preferences import Preferences
from desktop.views import platform_check
from desktop.views.design import TYPE, theme
from desktop.views.help_dialogs import AboutDialog, FaultDialog, HealthDialog
from desktop.views.language import Translators
from desktop.views.settings import SettingsDialog
from desktop.views.trouble import Trouble, private_words


def folded(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


# ---------------------------------------------------------------------- about
def test_every_library_that_runs_is_named_with_version_and_licence() -> None:
    rows = {folded(row.name): row for row in part_rows()}
    wanted = [Requirement(line) for line in metadata.requires("lanewise") or ()]
    run = [folded(wish.name) for wish in wanted if wish.marker is None or wish.marker.evaluate({"extra": ""})]
    assert "pyside6-essentials" in run
    # and what those need in their turn
    for name in (*run, "shiboken6", "pydantic-core", "packaging", "python"):
        assert rows[name].version, name
        assert rows[name].licence not in ("", "?"), name
    assert "LGPL" in rows["pyside6-essentials"].licence
    assert not {"pytest", "mypy", "distributed"} & set(rows), "no tool of development"
    fonts = [row for row in part_rows() if "Lanewise Sans" in row.name]
    assert [row.licence for row in fonts] == ["SIL Open Font License 1.1"] * 2
    assert all(part.fits for part in parts())


@pytest.mark.parametrize("language", ["en", "zh"])
def test_about_can_be_copied(qtbot: QtBot, qapp: QApplication, book: RuleBook, language: str) -> None:
    dialog = AboutDialog(book, language)  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    dialog.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert copied == about_text(book, language)  # type: ignore[arg-type]
    for part in (book.digest[:8], f"{len(book):,}", "Qt", "Python", "pyqtgraph", "Lanewise Sans SC"):
        assert part in copied


# ---------------------------------------------------------------------- settings
@pytest.fixture
def prefs(tmp_path: Path) -> Preferences:
    made = Preferences(str(tmp_path / "settings.ini"))
    made.set_language("en")
    return made


def test_each_setting_counts_at_once_and_is_kept(
    qtbot: QtBot, qapp: QApplication, prefs: Preferences, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme().apply(qapp, "light")
    said: list[object] = []
    prefs.languageChanged.connect(said.append)
    prefs.schemeChanged.connect(said.append)
    prefs.textSizeChanged.connect(said.append)
    dialog = SettingsDialog(prefs)
    qtbot.addWidget(dialog)
    for field, key in ((dialog.language, "zh"), (dialog.scheme, "dark"), (dialog.size, "125")):
        field.changed.emit(key)
    assert said == ["zh", "dark", 125]
    # a key of the window changes it, too
    prefs.set_text_size(150)
    assert dialog.size.current() == "150"
    prefs.set_text_size(125)
    chosen = "desktop.views.settings.QFileDialog.getExistingDirectory"
    monkeypatch.setattr(chosen, lambda *_args: str(tmp_path))
    dialog.choose.click()
    assert dialog.folder.text() == str(tmp_path)
    again = Preferences(str(tmp_path / "settings.ini"))
    kept = (again.language, again.scheme, again.text_size, again.folder("cases"))
    assert kept == ("zh", "dark", 125, str(tmp_path))


def test_the_dialog_of_settings_changes_its_own_language(
    qtbot: QtBot, qapp: QApplication, prefs: Preferences, translators: Translators
) -> None:
    dialog = SettingsDialog(prefs)
    qtbot.addWidget(dialog)
    translators.set_language("zh")
    assert dialog.windowTitle() == "设置"
    assert [label.text() for label in dialog.words] == ["语言", "配色", "文字大小", "案例文件夹"]


def test_settings_that_make_no_sense_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "settings.ini"
    path.write_text("[General]\ntext_size=9000\nscheme=pink\nlanguage=fr\n", encoding="utf-8")
    kept = Preferences(str(path))
    assert (kept.text_size, kept.scheme) == (0, "system")


# ---------------------------------------------------------------------- check this computer
def test_every_check_is_shown_beside_the_window(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANEWISE_HOME", str(tmp_path))
    dialog = HealthDialog(Health(date(2026, 11, 30)), "en")
    qtbot.addWidget(dialog)
    qtbot.waitUntil(dialog.again.isEnabled)
    ids = [check.id for check in dialog.health.checks]
    assert ids == ["rules", "coverage", "clock", "folder", "casebook", "python", "libraries", "system",
                   "qt", "platform", "fonts"]  # fmt: skip
    assert dialog.rows.count() == len(ids)
    assert dialog.lead.text() == "Everything is as it should be."
    dialog.copy.click()
    assert "[warn] Window system: offscreen" in QGuiApplication.clipboard().text()
    # once more, with something that is wrong
    wrong = Check("clock", Text("Clock", "时钟"), "bad", Text("wrong", "错"), Text("set it", "请校正"))
    monkeypatch.setattr(doctor, "clock", lambda *_args: wrong)
    dialog.again.click()
    qtbot.waitUntil(dialog.again.isEnabled)
    assert dialog.lead.text() == "To mend: 1"
    assert dialog.rows.count() == len(ids)


def test_a_computer_without_chinese_fonts_is_told_how_to_get_one(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme().apply(qapp, "light")
    assert platform_check.font_check().state == "ok"
    monkeypatch.setattr(platform_check, "SAMPLE", "\ue123")
    found = platform_check.font_check()
    assert found.state == "bad"
    assert "fonts-noto-cjk" in found.mend.en


def test_two_releases_of_qt_are_told(qapp: QApplication) -> None:
    assert platform_check.qt_check("6.11.3", "6.11.3").state == "ok"
    assert platform_check.qt_check("6.12.0", "6.11.3").state == "bad"
    assert platform_check.platform_check("xcb").state == "ok"


# ---------------------------------------------------------------------- a fault
@pytest.fixture
def trouble(qapp: QApplication, tmp_path: Path) -> Iterator[Trouble]:
    model = CaseModel(small_book(), TODAY)
    model.set("list_price", "4711.50")
    model.set("category", "apparel")
    # the small book has no rules to evaluate by
    model._burst.stop()
    model.path = tmp_path / "Anna Mueller.lanewise"
    made = Trouble(model, tmp_path / "logs")
    made.install()
    yield made
    made.uninstall()


def test_a_fault_of_any_thread_is_told_in_the_windows_own(trouble: Trouble, qtbot: QtBot) -> None:
    threads: list[str] = []
    trouble.told.connect(lambda _fault: threads.append(threading.current_thread().name))

    def fail() -> None:
        raise ValueError("Anna Mueller pays 4711.50 for apparel")

    with qtbot.waitSignal(trouble.told) as told:
        thread = threading.Thread(target=fail, name="beside")
        thread.start()
        thread.join()
    assert threads == ["MainThread"]
    fault: Fault = told.args[0]  # type: ignore[index]
    assert "thread: beside" in fault.report
    assert "Qt: 6." in fault.report
    for private in ("Anna", "4711", "apparel"):
        assert private not in fault.report
    assert fault.path == reports(trouble.recorder.folder)[0]


def test_what_qt_says_is_in_the_log_and_harms_nothing(trouble: Trouble, tmp_path: Path) -> None:
    handler = start_log(tmp_path)
    try:
        qWarning("QPainter: 'Anna' is not active 4711")
        # what is not text, or not there at all, is no reason to fall
        trouble._on_message(QtMsgType.QtCriticalMsg, None, None)  # type: ignore[arg-type]
        trouble._on_message(QtMsgType.QtFatalMsg, None, "the end of 12")  # type: ignore[arg-type]
        log = (tmp_path / "lanewise.log").read_text(encoding="utf-8")
    finally:
        stop_log(handler)
    assert "WARNING Qt: QPainter: '…' is not active #" in log
    (report,) = reports(trouble.recorder.folder)
    assert "Qt: the end of #" in report.read_text(encoding="utf-8")


def test_private_words_are_all_that_was_said(trouble: Trouble) -> None:
    model = CaseModel(small_book(), TODAY)
    model.set("destinations", ["US", "DE"])
    model.set("brand", True)
    model.set("weight_g", "unknown")
    assert set(private_words(model)) - {""} == {"US", "DE"}


@pytest.mark.parametrize("kept", [True, False])
def test_a_fault_says_what_to_do_and_can_be_copied(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, kept: bool
) -> None:
    saved: list[bool] = []
    path = tmp_path / "crash-2026.txt" if kept else None
    dialog = FaultDialog(Fault("the report", path), lambda: saved.append(True))
    qtbot.addWidget(dialog)
    assert dialog.report.font().pixelSize() == theme().font(TYPE.caption).pixelSize()
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == "the report"
    dialog.save.click()
    assert saved == [True]
    assert hasattr(dialog, "folder") == kept
