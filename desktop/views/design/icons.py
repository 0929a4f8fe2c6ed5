"""Icons from SVG files, drawn in the text colour of the place where they stand.

Each drawing is kept by name, colour, size and device pixel ratio, so a table with hundreds of marks draws
each of them once.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.store.resources import resource_path
from desktop.views.design.theme import theme

ICON_NAMES: tuple[str, ...] = (
    "box",
    "globe",
    "store",
    "truck",
    "tray-in",
    "sliders",
    "flag",
    "sheet",
    "book",
    "people",
    "magnifier",
    "printer",
    "calendar",
    "eye",
    "tick",
    "question",
    "triangle",
    "cross",
    "arrow-out",
    "chevron",
    "chevron-down",
    "arrow-back",
    "plus",
    "lock",
    "shield",
    "folder",
    "arrow-down",
    "no-entry",
    "clock",
    "star",
    "coin",
    "grid",
    "catalogue",
    "gear",
    "copy",
    "minus",
    "dot",
    "shirt",
    "drop",
    "plug",
    "house",
    "block",
    "dumbbell",
    "cup",
    "tag",
    "flask",
    "stamp",
    "person",
)
"""Every icon by file name; icons of the language of marks (steps, provenance) are drawn by their widgets."""
MARK_SIZES = (16, 32, 48, 256)
"""The sizes in which a system asks for the mark of a program."""
FIRST_SIZES = (16, 32)
"""Those that do until the window has been painted."""


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    """The drawing as text."""
    return resource_path("icons", f"{name}.svg").read_text("utf-8")


@lru_cache(maxsize=1024)
def _drawn(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    """One drawing in one colour and size."""
    svg = _source(name).replace("currentColor", colour)
    image = QImage(QSize(round(size * ratio), round(size * ratio)), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(image.rect()))
    painter.end()
    made = QPixmap.fromImage(image)
    made.setDevicePixelRatio(ratio)
    return made


def screen_ratio() -> float:
    """Device pixels to one logical pixel on the densest screen."""
    app = QGuiApplication.instance()
    return float(app.devicePixelRatio()) if isinstance(app, QGuiApplication) else 1.0


def pixmap(name: str, colour: str = "text", size: int = 16, ratio: float | None = None) -> QPixmap:
    """An icon as a picture; `colour` is a token name or a colour such as #1E1D1B."""
    real = colour if colour.startswith("#") else getattr(theme().palette, colour)
    return _drawn(name, real, size, ratio or screen_ratio())


def icon(name: str, colour: str = "text", size: int = 16, gap: int = 0) -> QIcon:
    """An icon for a button or a menu, pale where it is disabled; `gap` leaves air at its right."""
    made = QIcon(_with_gap(pixmap(name, colour, size), gap))
    made.addPixmap(_with_gap(pixmap(name, "text3", size), gap), QIcon.Mode.Disabled)
    return made


def _with_gap(picture: QPixmap, gap: int) -> QPixmap:
    """The same picture with empty pixels at its right, since a push button sets text close to its icon."""
    if not gap:
        return picture
    ratio = picture.devicePixelRatio()
    wide = QPixmap(QSize(picture.width() + round(gap * ratio), picture.height()))
    wide.fill(Qt.GlobalColor.transparent)
    wide.setDevicePixelRatio(ratio)
    painter = QPainter(wide)
    painter.drawPixmap(0, 0, picture)
    painter.end()
    return wide


def draw_icon(painter: QPainter, name: str, x: float, y: float, colour: QColor | str, size: int = 16) -> None:
    """Draws an icon with its upper left corner at x, y."""
    real = colour.name() if isinstance(colour, QColor) else colour
    ratio = painter.device().devicePixelRatioF() if painter.device() is not None else 1.0
    painter.drawPixmap(
        QRectF(x, y, size, size), pixmap(name, real, size, ratio), QRectF(0, 0, size * ratio, size * ratio)
    )


@lru_cache(maxsize=2)
def app_icon(sizes: tuple[int, ...] = MARK_SIZES) -> QIcon:
    """The mark of the program, for windows and the task bar."""
    made = QIcon()
    for size in sizes:
        made.addPixmap(mark(size, 1.0))
    return made


def mark(size: int, ratio: float | None = None) -> QPixmap:
    """The mark of the program as a picture, in its own colours."""
    return _drawn("lanewise", "", size, ratio or screen_ratio())
