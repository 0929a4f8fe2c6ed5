"""What a user does in a whole walk through the window, each deed watched: for tests and benchmarks/smoothness.py."""

from __future__ import annotations

import compileall
import json
import os
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication
from watchdog import Watchdog

import desktop
from desktop.app import application, build
from desktop.memory import hurry
from desktop.store import rulebook
from desktop.viewmodels.asides import ASIDES
from desktop.viewmodels.calculator_forms import FORMS
from desktop.viewmodels.case_model import REPORT_DAY
from desktop.viewmodels.preferences import Preferences
from desktop.views import ahead
from desktop.views.design import theme
from desktop.views.window import Window

if TYPE_CHECKING:
    from desktop.views.pages.calculators import CalculatorsPage

MOST_MS = 50.0
"""No turn of the event loop may take longer, in milliseconds of processor time."""
LOOKS = ("product", "markets", "platforms", "logistics", "what-if", "rule-book", "calculators")
"""The pages on which colours and text size are changed: the largest, and those with charts."""
DAYS = ("markets", "platforms", "what-if", "plan")
"""The pages on which the day changes."""
TABLES = ("markets", "platforms", "logistics", "plan", "what-if")
"""The pages that show a table in place of their charts."""
SIZES = ("product", "markets", "platforms", "logistics", "rule-book")
"""The pages on which the window becomes narrow, and wide again."""
NARROW, WIDE = (1024, 720), (1440, 900)
ANSWERS = {
    "list_price": "30", "unit_cost": "44", "weight_g": "450", "dims_cm": "30x20x5", "category": "shoes",
    "destinations": ["US", "DE", "GB", "FR", "AU"], "priority": "speed",
}  # fmt: skip


def walk(window: Window) -> Watchdog:
    """Does it all in a window that is not yet shown, and closes it."""
    model, prefs = window.model, window.prefs
    dog = Watchdog(
        lambda: (
            not (
                model.evaluating
                or any(
                    each.busy
                    for each in (window.ahead, window.opening, window.preparing, window.freezing, theme())
                )
                or (window.receiving.looks_on and window.receiving.view.visitor.working)
            )
        )
    )
    window.show()
    QCoreApplication.processEvents()
    # by someone who cannot wait
    dog.watch("new case at once", window.filing.new_case)
    dog.watch("markets at once", lambda: window.open_step("markets"))
    dog.watch("back at once", window.filing.close_case)
    dog.watch("ahead", window.ahead.start)
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
    for step in LOOKS:
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
    window.filing.open_example("1-clothing.lanewise")
    window.open_step("calculators")
    calculators = cast("CalculatorsPage", window.page("calculators"))
    for form in FORMS:
        dog.watch(f"calculator {form}", lambda form=form: calculators.open_panel(form))
    for step in TABLES:
        dog.watch(f"{step} once more", lambda step=step: window.open_step(step))
        dog.watch(f"{step}: table", lambda: window.menus["table"].trigger())
        dog.watch(f"{step}: chart", lambda: window.menus["table"].trigger())
    dog.watch("a visitor at what-if", window.receiving.show)
    visitor = window.receiving.view.visitor
    for page in visitor.pages():
        dog.watch(f"visitor {page}", lambda page=page: visitor.go_to(page))
    dog.watch("visitor: another price", lambda: visitor.move_price(1))
    dog.watch("visitor: another market", visitor.next_market)
    window.receiving.leave()
    for step in SIZES:
        dog.watch(f"{step} again", lambda step=step: window.open_step(step))
        for name, size in (("narrow", NARROW), ("wide", WIDE)):
            dog.watch(f"{step}: {name}", lambda size=size: window.resize(*size))
    dog.watch("next visitor", window.receiving.next_visitor)
    dog.watch("one more", window.receiving.next_visitor)
    window.ahead.stop()
    window.close()
    return dog


def walked() -> Watchdog:
    """The whole walk through the program as a user starts it, in a folder of its own; one process does it once."""
    # as on every start but the first
    compileall.compile_dir(str(Path(desktop.__file__).parent), quiet=1)
    hurry()
    app = application()
    ahead.PAUSE_MS = 0
    with tempfile.TemporaryDirectory() as folder:
        os.environ["LANEWISE_HOME"] = folder
        window = build(rulebook.load(), Preferences(), date(2026, 11, 24))
        window.asker.save_first = lambda _name: "discard"  # type: ignore[method-assign]
        window.resize(1440, 900)
        dog = walk(window)
    del app
    return dog


def main() -> None:
    """Prints the longest turn of each deed: its number, its milliseconds, and the pace of the machine around it."""
    dog = walked()
    longest = {turn.deed: (turn.at, turn.ms, dog.pace[turn.deed]) for turn in reversed(dog.over(0))}
    print(json.dumps(longest), flush=True)
    # what Qt would take apart at the end is not ours to weigh
    os._exit(0)


if __name__ == "__main__":
    main()
