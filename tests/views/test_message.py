"""The message boxes: a sign of the program's own, in the colours of each palette and as large as the text."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from desktop.views.design import theme
from desktop.views.message import Asker

BOXES: dict[str, tuple[Callable[[Asker], object], str]] = {
    "save": (lambda asker: asker.save_first("Vest"), "acctext"),
    "file": (lambda asker: asker.save_file_first("Vest", "0412"), "acctext"),
    "erase": (lambda asker: asker.erase("Visitor", 2), "warn"),
    "pack": (lambda asker: asker.remove_pack("Spring"), "warn"),
    "printer": (lambda asker: asker.no_printer(), "text2"),
}


@pytest.fixture(autouse=True)
def light_again(qapp: QApplication) -> Iterator[None]:
    yield
    theme().apply(qapp, "light", 1.0)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[QMessageBox]:
    """Every box that is asked with, answered by its Escape key."""
    boxes: list[QMessageBox] = []

    def answer(box: QMessageBox) -> int:
        boxes.append(box)
        return QMessageBox.StandardButton.Cancel.value

    monkeypatch.setattr(QMessageBox, "exec", answer)
    return boxes


@pytest.mark.parametrize("scheme", ["light", "dark", "contrast"])
@pytest.mark.parametrize("name", BOXES)
def test_the_sign_is_ours_in_the_colours_in_force(
    qtbot: QtBot, qapp: QApplication, shown: list[QMessageBox], name: str, scheme: str
) -> None:
    theme().apply(qapp, scheme, 1.0)  # type: ignore[arg-type]
    parent = QWidget()
    qtbot.addWidget(parent)
    ask, tone = BOXES[name]
    assert ask(Asker(parent)) in ("cancel", False)
    [box] = shown
    assert box.icon() == QMessageBox.Icon.NoIcon
    assert box.text()
    assert box.informativeText()
    picture = box.iconPixmap().toImage()
    solid = {
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).alpha() == 255
    }
    assert solid == {QColor(getattr(theme().palette, tone)).name()}


def test_the_sign_grows_with_the_text(qtbot: QtBot, qapp: QApplication, shown: list[QMessageBox]) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    high = []
    for scale in (1.0, 2.0):
        theme().apply(qapp, "light", scale)
        Asker(parent).erase("Visitor", 1)
        high.append(shown[-1].iconPixmap().deviceIndependentSize().height())
    assert high[1] == 2 * high[0]
