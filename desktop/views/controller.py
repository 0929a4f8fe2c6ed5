"""How the window has its controllers: each is made when it is first asked for."""

from __future__ import annotations

import importlib
from typing import Any

from PySide6.QtCore import QObject


class _AtFirstUse:
    def __init__(self, place: str, signals: dict[str, str]) -> None:
        self._place, self._signals = place, signals

    def __set_name__(self, _owner: type, name: str) -> None:
        self._name = name

    def __get__(self, window: QObject, _owner: type) -> Any:
        module, _, name = self._place.rpartition(".")
        whole = module if "." in module else f"views.{module}"
        made = getattr(importlib.import_module(f"desktop.{whole}"), name)(window)
        for signal, slot in self._signals.items():
            getattr(window, signal).connect(getattr(made, slot))
        # what is in the dictionary of the window is found there from now on
        vars(window)[self._name] = made
        return made


def controller(place: str, **signals: str) -> Any:
    """An attribute of the window, so that no module of it waits for the first paint.

    `place` is a module in `desktop.views`, or of another floor with its name, and the class in it that is made with the
    window; `signals` says which of its
    methods hear which signals of the window.
    """
    return _AtFirstUse(place, signals)
