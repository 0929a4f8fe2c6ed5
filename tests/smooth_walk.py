"""What a user does in a whole walk through the window, each deed watched: for tests and benchmarks/smoothness.py."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from watchdog import Watchdog

from desktop.viewmodels.asides import ASIDES
from desktop.viewmodels.case_model import REPORT_DAY
from desktop.views.design import theme
from desktop.views.window import Window

MOST_MS = 50.0
KNOWN = {
    # pyqtgraph is loaded in one piece, and classes of Qt are not for a thread; nobody waits for it
    "ahead": 85.0,
    # the first prices after the bench is set up, and the first look at all charts
    "open what-if": 65.0, "again what-if": 65.0, "what-if: today": 65.0,
    # the window takes its wide or narrow form, and what is seen of it is laid out anew, which Qt does in one go
    "product: text 125": 70.0, "logistics: text 125": 75.0, "logistics: text 100": 65.0,
}  # fmt: skip
"""What takes longer than MOST_MS, and why."""
LOOKS = ("product", "markets", "platforms", "logistics", "what-if", "rule-book", "calculators")
"""The pages on which colours and text size are changed: the largest, and those with charts."""
DAYS = ("markets", "platforms", "what-if", "plan")
"""The pages on which the day changes."""
ANSWERS = {
    "list_price": "30", "unit_cost": "44", "weight_g": "450", "dims_cm": "30x20x5", "category": "shoes",
    "destinations": ["US", "DE", "GB", "FR", "AU"], "priority": "speed",
}  # fmt: skip


def walk(window: Window, looks: Sequence[str] = LOOKS) -> Watchdog:
    """Does it all in a window that is not yet shown, and closes it; `looks`: the pages on which colours and text size
    change."""
    model, prefs = window.model, window.prefs
    dog = Watchdog(
        lambda: (
            not (
                model.evaluating
                or any(each.busy for each in (window.ahead, window.preparing, window.freezing, theme()))
            )
        )
    )
    window.firstPainted.connect(window.ahead.start)
    dog.watch("ahead", window.show)
    dog.watch("open an example", lambda: window.filing.open_example("1-clothing.lanewise"))
    steps = [each.id for each in (*model.flow.steps, *ASIDES)]
    for step in steps:
        dog.watch(f"open {step}", lambda step=step: window.open_step(step))
    window.open_step("product")
    for name, raw in ANSWERS.items():
        dog.watch(f"answer {name}", lambda name=name, raw=raw: model.set(name, raw))
    for step in steps:
        dog.watch(f"again {step}", lambda step=step: window.open_step(step))
        if step in DAYS:
            dog.watch(f"{step}: another day", lambda: model.set_day(REPORT_DAY))
            dog.watch(f"{step}: today", lambda: model.set_day(None))
        dog.watch(f"{step}: Chinese", lambda: prefs.set_language("zh"))
        dog.watch(f"{step}: English", lambda: prefs.set_language("en"))
    # the page is seen in each, and hidden ones take it at leisure
    for step in looks:
        dog.watch(f"look at {step}", lambda step=step: window.open_step(step))
        for scheme in ("dark", "contrast", "light"):
            dog.watch(f"{step}: {scheme}", lambda scheme=scheme: prefs.set_scheme(scheme))
        for size in (125, 100):
            dog.watch(f"{step}: text {size}", lambda size=size: prefs.set_text_size(size))
    window.open_step("platforms")
    deeds: dict[str, Callable[[], object]] = {
        "why": window.explaining.why, "close why": window.explaining.close, "search": window.helping.find,
        "typed": lambda: window.helping.palette.line.setText("yunfei"),  # type: ignore[union-attr]
        "close search": lambda: window.helping.palette.close_palette(),  # type: ignore[union-attr]
        "guide": window.helping.show_guide, "its dark": lambda: prefs.set_scheme("dark"),
        "its light": lambda: prefs.set_scheme("light"),
        "close guide": lambda: window.helping.guide.close(),  # type: ignore[union-attr]
        "visitor view": window.receiving.show, "its price": lambda: window.receiving.view.visitor.move_price(1),
        "its market": lambda: window.receiving.view.visitor.next_market(),
        "visitor: dark": lambda: prefs.set_scheme("dark"), "visitor: light": lambda: prefs.set_scheme("light"),
        "its Chinese": lambda: prefs.set_language("zh"), "its English": lambda: prefs.set_language("en"),
        "back to the desk": window.receiving.leave, "undo": model.undo, "close the case": window.filing.close_case,
    }  # fmt: skip
    for deed, act in deeds.items():
        dog.watch(deed, act)
    window.ahead.stop()
    window.close()
    return dog


def bound(deed: str) -> float:
    """How many milliseconds of a turn of a deed are known."""
    return KNOWN.get(deed, MOST_MS)
