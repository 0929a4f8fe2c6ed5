"""Contrast, computed from the tokens of every palette and measured on painted pages."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from walking import walking

from desktop.views.design import theme
from desktop.views.design.tokens import PALETTES, SERIES_KEYS, Palette, contrast

TEXT, PART = 4.5, 3.0
GROUNDS = {
    "text": ("surface", "surface2", "rail", "chrome", "sel", "hover", "warnbg", "errbg", "unkbg"),
    "text2": ("surface", "surface2", "rail", "chrome", "sel", "hover", "warnbg", "errbg", "unkbg"),
    "text3": ("surface", "surface2", "rail", "hover", "sel"),
    "acctext": ("surface", "surface2", "rail", "sel", "hover", "warnbg", "errbg", "unkbg"),
    "err": ("surface", "surface2", "errbg", "sel", "hover"),
    "warn": ("surface", "surface2", "chrome", "warnbg", "sel", "hover"),
    "unk": ("surface", "surface2", "unkbg", "sel", "hover"),
    "onaccent": ("accent", "accenth"),
    "surface": ("text",),
}
"""Every ink on every ground that it is written on; the last is the toast."""
EDGES = {
    "focus": ("surface", "surface2", "rail", "chrome", "sel", "hover", "warnbg", "errbg", "unkbg"),
    "ctl": ("surface", "surface2"),
    "accent": ("surface", "surface2", "rail", "sel"),
    "err": ("surface", "errbg"),
    "warn": ("surface", "warnbg"),
    "unk": ("surface", "unkbg"),
    "text3": ("surface", "grid"),
}
"""Rings, edges of fields, bars, marks and what is drawn in charts beside the stack."""
GAP_OF_STACK = 2
"""Pixels of the ground between two parts of a stack: a part need only stand out from the ground, or have an edge."""


def ratio(palette: Palette, one: str, other: str) -> float:
    return contrast(getattr(palette, one), getattr(palette, other))


@pytest.mark.parametrize("scheme", PALETTES)
def test_every_ink_reads_on_every_ground(scheme: str) -> None:
    palette = PALETTES[scheme]
    faults = {
        (ink, ground): round(ratio(palette, ink, ground), 2)
        for ink, grounds in GROUNDS.items()
        for ground in grounds
        if ratio(palette, ink, ground) < TEXT
    }
    assert not faults


@pytest.mark.parametrize("scheme", PALETTES)
def test_words_read_on_what_is_pressed(scheme: str, qapp: QApplication) -> None:
    theme().apply(qapp, scheme)  # type: ignore[arg-type]
    found = re.search(r"QPushButton:pressed { background: (#\w{6}); }", theme().style_sheet())
    theme().apply(qapp, "light")
    assert found
    assert contrast(PALETTES[scheme].text, found[1]) >= TEXT


@pytest.mark.parametrize("scheme", PALETTES)
def test_rings_edges_and_marks_are_seen(scheme: str) -> None:
    palette = PALETTES[scheme]
    faults = {
        (edge, ground): round(ratio(palette, edge, ground), 2)
        for edge, grounds in EDGES.items()
        for ground in grounds
        if ratio(palette, edge, ground) < PART
    }
    assert not faults


@pytest.mark.parametrize("scheme", PALETTES)
def test_labels_read_on_the_parts_of_a_stack(scheme: str) -> None:
    palette = PALETTES[scheme]
    found = {key: contrast(palette.series(key).fill, palette.series(key).label) for key in SERIES_KEYS}
    assert {key: value for key, value in found.items() if value < TEXT} == {}


@pytest.mark.parametrize("scheme", PALETTES)
def test_hatches_are_seen_on_their_parts(scheme: str) -> None:
    palette = PALETTES[scheme]
    inked = {key: palette.series(key) for key in SERIES_KEYS if palette.series(key).ink}
    assert bool(inked) is (scheme == "contrast")
    assert all(contrast(part.fill, part.ink) >= PART for part in inked.values())


@pytest.fixture(scope="module")
def pictures(
    qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[tuple[str, QImage]]]:
    """Words on painted pages, in each palette: label by label."""
    taken: dict[str, list[tuple[str, QImage]]] = {}
    scheme = ""

    def look(_place: str, shown: QWidget) -> None:
        picture = shown.grab().toImage()
        for label in shown.findChildren(QLabel):
            whole = label.isVisible() and label.visibleRegion().boundingRect() == label.rect()
            if whole and label.isEnabled() and label.text():
                box = label.rect().translated(label.mapTo(shown, label.rect().topLeft()))
                taken[scheme].append((label.text()[:40], picture.copy(box)))

    theme().apply(qapp, "light")
    with walking(tmp_path_factory.mktemp("contrast"), look) as walk:
        for scheme in PALETTES:
            taken[scheme] = []
            walk.prefs.set_scheme(scheme)
            walk.tag = scheme
            for stop in (walk._start, walk._product, walk._export):
                stop()
    return taken


@pytest.mark.parametrize("scheme", PALETTES)
def test_words_on_painted_pages_have_the_contrast_of_their_tokens(pictures: dict, scheme: str) -> None:
    """The commonest colour is the ground, the one farthest from it the ink: what hinting mixes lies between."""
    faults, measured = {}, 0
    for text, picture in pictures[scheme]:
        colours = Counter(
            QColor(picture.pixel(x, y)).name()
            for x in range(picture.width())
            for y in range(picture.height())
        )
        if len(colours) < 3:
            continue
        ground = colours.most_common(1)[0][0]
        best = max(contrast(ground, colour) for colour in colours)
        measured += 1
        if best < TEXT:
            faults[text] = round(best, 2)
    assert measured > 30
    assert not faults


def test_the_walk_leaves_the_light_palette(pictures: dict, tmp_path: Path) -> None:
    assert theme().scheme == "light"
