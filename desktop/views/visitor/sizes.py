"""How large things are in the visitor view, by the room that the text size leaves them.

The view is read across a table, so its type is large to begin with. Where the screen is small, or the text large for
it, it is that type which gives way first, for the verdict and the first figures must be seen without a hand: in the
smallest sizes it is the type of the desk, which at 150 and 200 % is as large as this view is otherwise.
"""

from __future__ import annotations

from msgspec import Struct

from desktop.views.design.tokens import SPACE, TYPE, TypeStep

LIGHT_TEXT = TYPE.visitor_text
STRONG_TEXT = TypeStep(TYPE.visitor_text.size, TYPE.visitor_text.line, 600)
OPTION_LIGHT = TypeStep(TYPE.option.size, TYPE.option.line, 400)
FIGURE = TypeStep(TYPE.visitor_option.size, TYPE.visitor_option.line, 500)
SMALL_BELOW = (1280, 860)
LOW_BELOW = (720, 520)
TINY_BELOW = (560, 400)
"""A view that is narrower or lower, at the design size of the text, takes the smaller sizes."""


class Sizes(Struct, frozen=True):
    """One set of sizes: pixels at the design size of the text, and steps of the type scale."""

    name: str
    side: int
    """The margin left and right, which text does not stretch."""
    top: int
    gap: int
    """Between head, steps, verdict and rows; not stretched either."""
    head: TypeStep
    """The product, where it is sold, and at what price."""
    head_strong: TypeStep
    step: TypeStep
    """The page in view, among the names of the pages."""
    step_light: TypeStep
    title: TypeStep
    lead: TypeStep
    rank: TypeStep
    name_steps: tuple[TypeStep, ...]
    """A name on one line, the largest first."""
    name_wraps: tuple[tuple[TypeStep, int], ...]
    """A name on some lines, and how many there may be."""
    text: TypeStep
    text_strong: TypeStep
    """Sentences, and what stands under a name or beside a bar."""
    part: TypeStep
    part_strong: TypeStep
    """What the parts are called, above the bars."""
    figures: tuple[TypeStep, ...]
    net_figures: tuple[TypeStep, ...]
    """A figure in its part of a bar, the largest first."""
    ranks: int
    names: int
    """Rank and name, left of the bars; of this the rank."""
    note: int
    """The days, right of the bars."""
    row: int
    row_text: int
    bar: int
    heads: int
    key: TypeStep
    key_light: TypeStep
    key_box: int
    key_rows: int
    """So many lines of keys may stand at the foot."""
    foot: int
    """The air above and below them."""


BADGE = TYPE.body_medium
WRAPS = ((STRONG_TEXT, 2), (TYPE.option, 3), (TYPE.body_strong, 4))

LARGE = Sizes(
    name="large", side=64, top=SPACE.xl, gap=SPACE.m,
    head=LIGHT_TEXT, head_strong=STRONG_TEXT, step=TYPE.option, step_light=OPTION_LIGHT,
    title=TYPE.visitor_figure, lead=TypeStep(TYPE.visitor_option.size, TYPE.visitor_option.line, 400),
    rank=TYPE.product, name_steps=(TYPE.product, TYPE.visitor_option), name_wraps=WRAPS,
    text=LIGHT_TEXT, text_strong=STRONG_TEXT, part=LIGHT_TEXT, part_strong=STRONG_TEXT,
    figures=(FIGURE, LIGHT_TEXT, BADGE), net_figures=(TYPE.visitor_option, LIGHT_TEXT, BADGE),
    ranks=44, names=264, note=132, row=104, row_text=56, bar=56, heads=36,
    key=TYPE.option, key_light=OPTION_LIGHT, key_box=28, key_rows=2, foot=SPACE.m,
)  # fmt: skip
SMALL = Sizes(
    name="small", side=32, top=SPACE.l, gap=SPACE.m,
    head=LIGHT_TEXT, head_strong=STRONG_TEXT, step=TYPE.option, step_light=OPTION_LIGHT,
    title=TYPE.figure_second, lead=LIGHT_TEXT,
    rank=TYPE.visitor_option, name_steps=(TYPE.visitor_option,), name_wraps=WRAPS,
    text=LIGHT_TEXT, text_strong=STRONG_TEXT, part=OPTION_LIGHT, part_strong=TYPE.option,
    figures=(FIGURE, LIGHT_TEXT, BADGE), net_figures=(TYPE.visitor_option, LIGHT_TEXT, BADGE),
    ranks=44, names=208, note=132, row=76, row_text=56, bar=44, heads=36,
    key=TYPE.option, key_light=OPTION_LIGHT, key_box=28, key_rows=2, foot=SPACE.m,
)  # fmt: skip
LOW = Sizes(
    name="low", side=32, top=SPACE.m, gap=SPACE.s,
    head=TYPE.body, head_strong=TYPE.body_strong, step=TYPE.body_strong, step_light=TYPE.body,
    title=TYPE.page_title, lead=TYPE.body,
    rank=TYPE.margin, name_steps=(TYPE.margin, TYPE.option),
    name_wraps=((TYPE.option, 2), (TYPE.body_strong, 3), (TYPE.small_strong, 4)),
    text=OPTION_LIGHT, text_strong=TYPE.option, part=TYPE.body, part_strong=TYPE.body_strong,
    figures=(TypeStep(TYPE.margin.size, TYPE.margin.line, 500), OPTION_LIGHT, TYPE.caption_medium),
    net_figures=(TYPE.margin, TYPE.option, TYPE.body_strong),
    ranks=26, names=152, note=100, row=58, row_text=40, bar=38, heads=28,
    key=TYPE.body_medium, key_light=TYPE.body, key_box=24, key_rows=1, foot=SPACE.s,
)  # fmt: skip
TINY = Sizes(
    name="tiny", side=32, top=SPACE.s, gap=SPACE.xs,
    head=TYPE.body, head_strong=TYPE.body_strong, step=TYPE.body_strong, step_light=TYPE.body,
    title=TYPE.margin, lead=TYPE.caption,
    rank=TYPE.option, name_steps=(TYPE.option, TYPE.body_strong),
    name_wraps=((TYPE.body_strong, 2), (TYPE.small_strong, 3)),
    text=TYPE.body, text_strong=TYPE.body_strong, part=TYPE.caption, part_strong=TYPE.small_strong,
    figures=(TYPE.body_medium, TYPE.caption_medium, TYPE.small),
    net_figures=(TYPE.option, TYPE.body_strong, TYPE.small_strong),
    ranks=20, names=122, note=84, row=46, row_text=36, bar=32, heads=22,
    key=TYPE.caption_medium, key_light=TYPE.caption, key_box=22, key_rows=1, foot=SPACE.s,
)  # fmt: skip


def sizes_for(width: float, height: float) -> Sizes:
    """The sizes for a view of so many pixels at the design size of the text."""
    if width < TINY_BELOW[0] or height < TINY_BELOW[1]:
        return TINY
    if width < LOW_BELOW[0] or height < LOW_BELOW[1]:
        return LOW
    return SMALL if width < SMALL_BELOW[0] or height < SMALL_BELOW[1] else LARGE
