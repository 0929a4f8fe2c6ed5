"""The one way down: views → viewmodels → engine, reports, store → core. A fault names file and line."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "desktop"
FLOORS = {"core": 0, "engine": 1, "store": 1, "reports": 1, "viewmodels": 2, "views": 3}
# app, cli, tour and __main__ stand above the house: they build it
ROOF = 4
FORBIDDEN = {
    "core": ("PySide6", "pyqtgraph", "pandas", "numpy", "yaml", "pydantic", "pathlib", "os", "io", "time"),
    "engine": ("PySide6", "pyqtgraph", "pandas", "yaml", "pydantic", "pathlib", "os", "io", "time"),
    "store": ("PySide6", "pyqtgraph"),
    "reports": ("pyqtgraph",),
    "viewmodels": ("PySide6.QtWidgets", "PySide6.QtGui", "pyqtgraph"),
}


def modules() -> dict[str, Path]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(path: Path) -> list[tuple[str, int]]:
    """Every module imported in a file, also inside functions, with its line."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [(f"{node.module}.{alias.name}", node.lineno) for alias in node.names]
    return found


def floor(module: str) -> int:
    parts = module.split(".")
    if parts[1:2] == ["__version__"]:
        return 0
    return FLOORS.get(parts[1], ROOF) if len(parts) > 1 else 0


def test_nothing_points_up() -> None:
    known = modules()
    faults = []
    for module, path in known.items():
        for target, line in imports(path):
            if target.startswith("desktop.") and floor(target) > floor(module):
                faults.append(f"{path.relative_to(PACKAGE.parent)}:{line} {module} imports {target}")
    assert not faults, "\n".join(faults)


def test_engine_reports_and_store_do_not_know_each_other_upwards() -> None:
    """Beside each other: the engine is pure and opens nothing, so it never imports the store or the reports."""
    faults = [
        f"{path}:{line} {target}"
        for module, path in modules().items()
        if module.startswith("desktop.engine")
        for target, line in imports(path)
        if target.startswith(("desktop.store", "desktop.reports"))
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("layer", sorted(FORBIDDEN))
def test_a_floor_knows_only_its_libraries(layer: str) -> None:
    faults = []
    for module, path in modules().items():
        if not module.startswith(f"desktop.{layer}"):
            continue
        for target, line in imports(path):
            if any(target == name or target.startswith(name + ".") for name in FORBIDDEN[layer]):
                faults.append(f"{path.relative_to(PACKAGE.parent)}:{line} imports {target}")
    assert not faults, "\n".join(faults)


def test_there_is_no_import_ring() -> None:
    known = modules()
    graph = {
        module: {
            name
            for target, _ in imports(path)
            for name in (target, target.rpartition(".")[0])
            if name in known and name != module and known[name].name != "__init__.py"
        }
        for module, path in known.items()
    }
    done: set[str] = set()

    def walk(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, "ring: " + " → ".join((*trail[trail.index(module) :], module))
        if module in done:
            return
        for target in sorted(graph.get(module, ())):
            walk(target, (*trail, module))
        done.add(module)

    for module in graph:
        walk(module, ())


def test_core_and_engine_run_without_qt() -> None:
    code = (
        "import sys\n"
        "class NoQt:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.split('.')[0] in ('PySide6', 'shiboken6', 'pyqtgraph'):\n"
        "            raise ImportError('no Qt here: ' + name)\n"
        "sys.meta_path.insert(0, NoQt())\n"
        "from datetime import date\n"
        "from desktop.store.rulebook import load\n"
        "from desktop.engine.advice import evaluate\n"
        "from desktop.core.case import case_of\n"
        "from desktop.core.questions import questions_of\n"
        "book = load()\n"
        "case = case_of({'answers': {'category': 'apparel', 'list_price': '24.90'}}, questions_of(book.rules))\n"
        "print(len(evaluate(case, book, date(2026, 11, 24)).platforms.options))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "4"


def test_every_package_is_in_the_wheel() -> None:
    """The list in pyproject.toml is written by hand, for `data` and `resources` lie elsewhere; it forgets nothing."""
    listed = set(
        tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"][
            "packages"
        ]
    )
    there = {".".join(path.parent.relative_to(PACKAGE.parent).parts) for path in PACKAGE.rglob("__init__.py")}
    assert listed == there | {"desktop.data", "desktop.resources"}
