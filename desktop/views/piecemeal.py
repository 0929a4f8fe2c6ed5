"""Loads a package in pieces that on its first import loads all of itself, and all of it on the window's thread.

pyqtgraph is such a one: its own module is a list of imports, 80 ms in one go. Here that module is run a statement at a
time, in its order, so that whatever a part of it asks for is there as it would be.
"""

from __future__ import annotations

import ast
import importlib
import sys
from collections.abc import Iterator
from importlib.util import find_spec, module_from_spec

_under_way: dict[str, Iterator[None]] = {}


def in_pieces(name: str) -> Iterator[None]:
    """Loads a package, a statement of its own module at a time; in one go where its source is not there.

    It is in `sys.modules` from the first piece on, as in every import, and half of it is there: who asks for it
    calls `whole` before. A piece that raises takes it out again.
    """
    if name not in sys.modules:
        _under_way[name] = _statements(name)
    while name in _under_way:
        _go_on(name)
        yield


def whole(name: str) -> None:
    """Loads what is left of a package that is being loaded in pieces; nothing where none is."""
    while name in _under_way:
        _go_on(name)


def _go_on(name: str) -> None:
    try:
        over = next(_under_way[name], name) == name
    except Exception:
        del _under_way[name]
        sys.modules.pop(name, None)
        raise
    if over:
        del _under_way[name]


def _statements(name: str) -> Iterator[None]:
    spec = find_spec(name)
    read = getattr(spec.loader, "get_source", None) if spec is not None else None
    source = read(name) if read is not None else None
    if spec is None or spec.origin is None or source is None:
        importlib.import_module(name)
        return
    module = sys.modules[name] = module_from_spec(spec)
    for statement in ast.parse(source, spec.origin).body:
        code = compile(ast.Module([statement], []), spec.origin, "exec", dont_inherit=True)
        exec(code, module.__dict__)
        yield
