"""Tokens, theme, icons and fonts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QRawFont
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.reports.sheet.fonts import register_fonts
from desktop.store.resources import resource_bytes, resource_exists
from desktop.views.design.icons import ICON_NAMES, app_icon, pixmap
from desktop.views.design.theme import CHINESE_FAMILY, LATIN_FAMILY, theme
from desktop.views.design.tokens import PALETTES, SERIES_KEYS, TYPE, Type, TypeStep, contrast
from desktop.views.widgets import PrimaryButton

GROUNDS = {
    "text": ("surface", "surface2", "rail", "chrome", "sel", "hover", "warnbg", "errbg", "unkbg"),
    "text2": ("surface", "surface2", "rail", "chrome", "sel"),
    "text3": ("surface", "surface2", "rail", "hover", "sel"),
    "acctext": ("surface", "surface2", "rail", "sel"),
    "err": ("surface", "errbg"),
    "warn": ("surface", "chrome", "warnbg"),
    "unk": ("surface", "unkbg", "sel"),
    "onaccent": ("accent", "accenth"),
}


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme().apply(qapp, "light")


@pytest.mark.parametrize("scheme", PALETTES)
def test_every_text_reads_on_every_ground_it_stands_on(scheme: str) -> None:
    palette = PALETTES[scheme]
    faults = [
        (ink, ground)
        for ink, grounds in GROUNDS.items()
        for ground in grounds
        if contrast(getattr(palette, ink), getattr(palette, ground)) < 4.5
    ]
    assert faults == []


@pytest.mark.parametrize("scheme", PALETTES)
def test_labels_read_on_their_series_and_edges_are_seen(scheme: str) -> None:
    palette = PALETTES[scheme]
    for key in SERIES_KEYS:
        assert contrast(palette.series(key).fill, palette.series(key).label) >= 4.5, key
    assert contrast(palette.ctl, palette.surface) >= 3
    assert contrast(palette.focus, palette.surface) >= 3


def test_contrast_knows_black_and_white() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


def test_no_step_of_the_scale_is_smaller_than_eleven() -> None:
    assert min(step.size for step in vars(Type).values() if isinstance(step, TypeStep)) == 11


def test_high_contrast_tells_every_series_apart_without_colour() -> None:
    looks = {(s.fill, s.hatch) for s in (PALETTES["contrast"].series(key) for key in SERIES_KEYS)}
    assert len(looks) == len(SERIES_KEYS)


@pytest.mark.parametrize("name", ICON_NAMES)
def test_every_icon_exists_and_takes_the_colour_of_its_place(qapp: QApplication, name: str) -> None:
    assert resource_exists("icons", f"{name}.svg")
    assert b"currentColor" in resource_bytes("icons", f"{name}.svg")
    image = pixmap(name, "#FF0000", 32, 1.0).toImage()
    solid = [
        image.pixelColor(x, y) for x in range(32) for y in range(32) if image.pixelColor(x, y).alpha() > 200
    ]
    assert solid
    assert all(colour.red() > 240 and colour.green() < 15 for colour in solid)


def test_icons_are_kept(qapp: QApplication) -> None:
    assert pixmap("box", "text", 16, 2.0).cacheKey() == pixmap("box", "text", 16, 2.0).cacheKey()
    assert pixmap("box", "text", 16, 2.0).width() == 32
    assert not app_icon().isNull()


def test_a_scheme_change_recolours_at_once(qtbot: QtBot, qapp: QApplication) -> None:
    button = PrimaryButton("Print")
    qtbot.addWidget(button)
    button.resize(120, 32)
    before = button.grab().toImage().pixelColor(60, 4).name()
    with qtbot.waitSignal(theme().changed):
        theme().set_scheme("dark")
    after = button.grab().toImage().pixelColor(60, 4).name()
    assert before == PALETTES["light"].accent.lower()
    assert after == PALETTES["dark"].accent.lower()
    assert qapp.palette().window().color().name() == PALETTES["dark"].chrome.lower()


def test_system_scheme_follows_the_system_and_another_choice_does_not(qapp: QApplication) -> None:
    theme().set_scheme("system")
    assert theme().scheme in ("light", "dark")
    theme().set_scheme("contrast")
    theme()._on_system_scheme(Qt.ColorScheme.Dark)
    assert theme().scheme == "contrast"


def test_text_scale_makes_text_larger(qapp: QApplication) -> None:
    try:
        theme().set_text_scale(1.5)
        assert theme().font(TYPE.body).pixelSize() == 20
    finally:
        theme().set_text_scale(1.0)


def test_bundled_fonts_have_tabular_figures_and_chinese(qapp: QApplication) -> None:
    assert {LATIN_FAMILY, CHINESE_FAMILY} <= set(register_fonts())
    metrics = QFontMetricsF(theme().font(TYPE.body))
    assert metrics.horizontalAdvance("1111") == pytest.approx(metrics.horizontalAdvance("7777"))
    loose = QFontMetricsF(theme().font(TYPE.body, tabular=False))
    assert loose.horizontalAdvance("1111") < loose.horizontalAdvance("7777")


def test_the_chinese_font_has_the_words_but_no_radicals(qapp: QApplication) -> None:
    raw = QRawFont()
    raw.loadFromData(
        resource_bytes("fonts", "LanewiseSansSC-Regular.otf"), 16, qapp.font().hintingPreference()
    )
    assert all(raw.supportsCharacter(ord(sign)) for sign in "跨境电商方案运费关税净利，。：（）“”A1")
    assert not any(raw.supportsCharacter(point) for point in range(0x2F00, 0x2FDF + 1))


def test_the_latin_font_has_every_sign_the_program_writes(qapp: QApplication) -> None:
    raw = QRawFont()
    raw.loadFromData(resource_bytes("fonts", "LanewiseSans-Regular.otf"), 16, qapp.font().hintingPreference())
    assert [sign for sign in "×÷−–—…✓→€£¥éüßčı“”’·" if not raw.supportsCharacter(ord(sign))] == []


def test_the_ring_lies_on_what_has_the_focus(qtbot: QtBot, qapp: QApplication) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    button, plain = PrimaryButton("A"), QLineEdit()
    column.addWidget(button)
    column.addWidget(plain)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    button.setFocus()
    ring = theme().ring
    assert ring is not None
    assert ring.target is button
    plain.setFocus()
    assert ring.target is plain
    page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    page.setFocus()
    assert ring.target is None
