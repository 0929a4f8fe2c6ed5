"""Every measure and colour of the program, in one place.

Space and sizes are logical pixels. A palette is one set of colours; there are three: light, dark and high
contrast. Nothing else in the program may name a colour or a font size of its own.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

SchemeName = Literal["light", "dark", "contrast"]
Hatch = Literal["", "forward", "cross", "level", "upright", "dots", "edge"]


class Space:
    """Distances and fixed sizes."""

    __slots__ = ()
    xs = 4
    s = 8
    m = 12
    l = 16  # noqa: E741
    xl = 24
    xxl = 32
    xxxl = 48
    work_margin = 24
    side_margin = 20
    control = 32
    control_small = 28
    row = 32
    row_header = 32
    rail_item = 52
    rail_width = 216
    rail_narrow = 56
    tool_bar = 48
    status_bar = 28
    toast = 44
    question_title = 152
    side_width = 320
    why_width = 720
    radius = 6
    radius_card = 8
    radius_badge = 4
    line = 1
    ring = 2
    ring_air = 1
    bar = 3
    hover_reach = 12


class TypeStep(Struct, frozen=True):
    """One step of the type scale: size and line height in pixels, weight as in CSS."""

    size: int
    line: int
    weight: int


class Type:
    """The type scale. Nothing is smaller than 11 pixels."""

    __slots__ = ()
    figure = TypeStep(40, 48, 600)
    figure_second = TypeStep(32, 40, 600)
    product = TypeStep(28, 36, 600)
    page_title = TypeStep(22, 28, 600)
    verdict = TypeStep(20, 28, 600)
    margin = TypeStep(17, 24, 600)
    option = TypeStep(15, 20, 600)
    section = TypeStep(13, 20, 600)
    body = TypeStep(13, 20, 400)
    body_medium = TypeStep(13, 20, 500)
    body_strong = TypeStep(13, 20, 600)
    caption = TypeStep(12, 16, 400)
    caption_medium = TypeStep(12, 16, 500)
    small = TypeStep(11, 16, 400)
    small_strong = TypeStep(11, 16, 600)
    visitor_figure = TypeStep(48, 56, 600)
    visitor_title = TypeStep(28, 36, 600)
    visitor_option = TypeStep(22, 28, 600)
    visitor_text = TypeStep(18, 26, 400)


SERIES_KEYS: tuple[str, ...] = (
    "goods",
    "platform",
    "freight",
    "duty",
    "vat",
    "payment",
    "returns",
    "ads",
    "net",
)
"""The parts of a price in the order of the stack; net margin is always last."""


class Series(Struct, frozen=True):
    """One part's colour, the colour of a label on it, and its hatch in high contrast."""

    fill: str
    label: str
    hatch: Hatch = ""
    ink: str = ""
    """Colour of the hatch lines, where there is a hatch."""


class Palette(Struct, frozen=True, eq=False):
    """All colours of one scheme, by what they are for."""

    name: SchemeName
    chrome: str
    rail: str
    surface: str
    surface2: str
    hover: str
    sel: str
    line: str
    line2: str
    ctl: str
    text: str
    text2: str
    text3: str
    accent: str
    accenth: str
    onaccent: str
    acctext: str
    focus: str
    err: str
    errbg: str
    warn: str
    warnbg: str
    unk: str
    unkbg: str
    grid: str
    goods: Series
    platform: Series
    freight: Series
    duty: Series
    vat: Series
    payment: Series
    returns: Series
    ads: Series
    net: Series

    def series(self, key: str) -> Series:
        """The colours of one part of the stack; an unknown key is drawn as goods."""
        return getattr(self, key if key in SERIES_KEYS else "goods")

    def colours(self) -> dict[str, str]:
        """All plain colours by token name, for the style sheet template."""
        found = {name: getattr(self, name) for name in self.__struct_fields__}
        return {name: value for name, value in found.items() if isinstance(value, str) and name != "name"}


LIGHT = Palette(
    name="light",
    chrome="#E9E6E1",
    rail="#EDEAE5",
    surface="#FFFFFF",
    surface2="#FAF8F5",
    hover="#F1EEEA",
    sel="#DDEBEB",
    line="#E0DCD6",
    line2="#C8C3BB",
    ctl="#8C877E",
    text="#1E1D1B",
    text2="#524F49",
    text3="#69655E",
    accent="#0E6B70",
    accenth="#0B585C",
    onaccent="#FFFFFF",
    acctext="#0B6065",
    focus="#0E6B70",
    err="#A8231A",
    errbg="#FBECEA",
    warn="#7E4A00",
    warnbg="#FBF0DC",
    unk="#5A4B86",
    unkbg="#EFECF6",
    grid="#ECE8E3",
    goods=Series("#9C907C", "#111111"),
    platform=Series("#E9A646", "#1E1D1B"),
    freight=Series("#3F6CB8", "#FFFFFF"),
    duty=Series("#8F4430", "#FFFFFF"),
    vat=Series("#2A2E34", "#FFFFFF"),
    payment=Series("#C9C3EA", "#1E1D1B"),
    returns=Series("#56357C", "#FFFFFF"),
    ads=Series("#B5CFA5", "#1E1D1B"),
    net=Series("#0E6B70", "#FFFFFF"),
)

DARK = Palette(
    name="dark",
    chrome="#26272A",
    rail="#131416",
    surface="#1F2123",
    surface2="#25272A",
    hover="#2A2D30",
    sel="#1D3A3C",
    line="#303336",
    line2="#45494D",
    ctl="#7E838A",
    text="#ECEAE6",
    text2="#BAB7B1",
    text3="#A6A39D",
    accent="#4FBFC4",
    accenth="#6ED0D4",
    onaccent="#06272A",
    acctext="#6FD0D4",
    focus="#6FD0D4",
    err="#FF9A8F",
    errbg="#3A211E",
    warn="#F0BE6A",
    warnbg="#372C18",
    unk="#BBAEE6",
    unkbg="#2B2739",
    grid="#2A2D30",
    goods=Series("#A1947E", "#111111"),
    platform=Series("#EDB25A", "#111111"),
    freight=Series("#5A8FE0", "#0A1420"),
    duty=Series("#A65C3D", "#FFFFFF"),
    vat=Series("#5E656E", "#FFFFFF"),
    payment=Series("#D6D0F4", "#111111"),
    returns=Series("#7A5BB5", "#FFFFFF"),
    ads=Series("#B4D09F", "#111111"),
    net=Series("#4FBFC4", "#06272A"),
)

CONTRAST = Palette(
    name="contrast",
    chrome="#000000",
    rail="#000000",
    surface="#000000",
    surface2="#000000",
    hover="#1A1A1A",
    sel="#00374A",
    line="#8A8A8A",
    line2="#FFFFFF",
    ctl="#FFFFFF",
    text="#FFFFFF",
    text2="#FFFFFF",
    text3="#D6D6D6",
    accent="#FFD60A",
    accenth="#FFE45C",
    onaccent="#000000",
    acctext="#FFD60A",
    focus="#00E5FF",
    err="#FF9E94",
    errbg="#000000",
    warn="#FFD60A",
    warnbg="#000000",
    unk="#C9B8FF",
    unkbg="#000000",
    grid="#4A4A4A",
    goods=Series("#BDBDBD", "#000000"),
    platform=Series("#000000", "#FFFFFF", "forward", "#FFFFFF"),
    freight=Series("#FFFFFF", "#000000"),
    duty=Series("#000000", "#FFFFFF", "cross", "#FFFFFF"),
    vat=Series("#000000", "#FFFFFF", "edge", "#FFFFFF"),
    payment=Series("#BDBDBD", "#000000", "level", "#000000"),
    returns=Series("#000000", "#FFFFFF", "upright", "#FFFFFF"),
    ads=Series("#FFFFFF", "#000000", "dots", "#000000"),
    net=Series("#FFD60A", "#000000"),
)

PALETTES: dict[str, Palette] = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}
SPACE = Space()
TYPE = Type()


def luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour as WCAG 2 defines it."""

    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, from 1 to 21."""
    bright, dim = sorted((luminance(first), luminance(second)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)
