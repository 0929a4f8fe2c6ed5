"""What is in a package: a CycloneDX bill of materials, and the licence of every part. Standard library only.

Run with the Python of the environment that the program is packed from:  bill.py DIR
writes DIR/SBOM.json, and DIR/licences with a folder for each part.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import sysconfig
import uuid
from datetime import UTC, datetime
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

import about

TOOLS = {"pip", "setuptools", "wheel", about.NAME}
"""In the environment and not in the package; the program itself has a place of its own."""
QT = {"pyside6-essentials", "shiboken6"}
LICENCE = re.compile(r"(?i)(licen[cs]e|copying|notice|authors)")
FONTS = {"Inter": "OFL-Inter.txt", "Noto Sans CJK": "OFL-NotoSansCJK.txt"}
"""The fonts of resources/fonts, each with its licence there."""


def main(folder: Path) -> None:
    parts = shipped()
    (folder / "SBOM.json").write_text(
        json.dumps(bill(parts), indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    collect_licences(parts, folder / "licences")
    shutil.copy(folder / "SBOM.json", folder / "licences" / "SBOM.json")


def plain(name: str) -> str:
    """A distribution's name in the one form that all spellings share."""
    return re.sub(r"[-_.]+", "-", name).lower()


def packing_tools() -> set[str]:
    lines = (about.HERE / "requirements.txt").read_text(encoding="utf-8").splitlines()
    return {plain(re.split(r"[=;\s]", line)[0]) for line in lines if line and not line.startswith("#")}


def shipped() -> list[Distribution]:
    """The distributions of this environment that are packed, by name."""
    found = {plain(each.metadata["Name"]): each for each in distributions()}
    out = TOOLS | packing_tools()
    return [found[name] for name in sorted(found) if name not in out]


def bill(parts: list[Distribution]) -> dict[str, Any]:
    """The bill of materials, in the form of CycloneDX 1.6; the same for the same parts and day."""
    me = f"{about.NAME}@{about.version()}"
    names = {plain(part.metadata["Name"]) for part in parts}
    components = [
        _component(plain(part.metadata["Name"]), part.version, _licence(part), "library", "pypi")
        for part in parts
    ]
    python = ".".join(map(str, sys.version_info[:3]))
    components += [
        _component("cpython", python, "Python-2.0", "platform", "generic"),
        _component("pyinstaller-bootloader", _version_of("pyinstaller"), "GPL-2.0-or-later WITH Bootloader-exception",
                   "library", "generic"),
        *(_component(name.lower().replace(" ", "-"), "", "OFL-1.1", "data", "") for name in FONTS),
    ]  # fmt: skip
    when = datetime.fromtimestamp(about.epoch(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, json.dumps([about.stem(), when, components]))}",
        "version": 1,
        "metadata": {
            "timestamp": when,
            "component": {"type": "application", "bom-ref": me, "name": about.NAME, "version": about.version(),
                          "licenses": [{"expression": "Apache-2.0"}]},
            "properties": [{"name": "lanewise:platform", "value": f"{about.system()}-{about.machine()}"}],
        },
        "components": components,
        "dependencies": [
            {"ref": me, "dependsOn": [component["bom-ref"] for component in components]},
            *({"ref": _ref(part), "dependsOn": _needs(part, names, parts)} for part in parts),
        ],
    }  # fmt: skip


def _version_of(name: str) -> str:
    return next((each.version for each in distributions() if plain(each.metadata["Name"]) == name), "")


def _ref(part: Distribution) -> str:
    return f"pkg:pypi/{plain(part.metadata['Name'])}@{part.version}"


def _needs(part: Distribution, names: set[str], parts: list[Distribution]) -> list[str]:
    wanted = {
        plain(re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0])
        for line in part.requires or []
        if "extra ==" not in line
    }
    return [_ref(each) for each in parts if plain(each.metadata["Name"]) in wanted & names]


def _component(name: str, version: str, licence: str, kind: str, registry: str) -> dict[str, Any]:
    ref = f"pkg:{registry}/{name}@{version}" if registry else f"{about.NAME}/{name}"
    made: dict[str, Any] = {"type": kind, "bom-ref": ref, "name": name}
    if version:
        made["version"] = version
    # an expression of SPDX, or the words of the distribution itself
    spdx = re.fullmatch(r"[A-Za-z0-9.+-]+(?: (?:AND|OR|WITH) [A-Za-z0-9.+-]+)*", licence)
    made["licenses"] = [{"expression": licence}] if spdx else [{"license": {"name": licence}}]
    if registry:
        made["purl"] = ref
    return made


def _licence(part: Distribution) -> str:
    """What a distribution says of its licence: the expression, else its one line, else the classifier."""
    said = part.metadata.get("License-Expression") or part.metadata.get("License") or ""
    if said and "\n" not in said.strip():
        return said.strip()
    kinds = [
        line.rpartition(" :: ")[2]
        for line in part.metadata.get_all("Classifier") or []
        if line.startswith("License ::")
    ]
    return " AND ".join(kinds) if kinds else "see the licence text"


def collect_licences(parts: list[Distribution], folder: Path) -> None:
    """Every licence text; SystemExit where a part has none."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    shutil.copy(about.ROOT / "LICENSE", folder / "LICENSE-Lanewise.txt")
    for name in ("QT.txt", "LGPL-3.0.txt", "GPL-3.0.txt"):
        shutil.copy(about.HERE / "licences" / name, folder / name)
    for name in FONTS.values():
        shutil.copy(about.ROOT / "resources" / "fonts" / name, folder / name)
    index = [f"Lanewise {about.version()} holds the work of others:", ""]
    tool = next(each for each in distributions() if plain(each.metadata["Name"]) == "pyinstaller")
    for part in [*parts, tool]:
        name = plain(part.metadata["Name"])
        texts = [file for file in part.files or () if ".dist-info" in str(file) and LICENCE.search(file.name)]
        if name in QT:
            where = "QT.txt, LGPL-3.0.txt, GPL-3.0.txt"
        elif texts:
            where = f"{name}/"
            (folder / name).mkdir()
            for file in texts:
                inside = re.sub(r"^[^/]*\.dist-info/(licenses/)?", "", file.as_posix()).replace("/", "-")
                shutil.copy(str(file.locate()), folder / name / inside)
        else:
            raise SystemExit(f"{name} brings no licence text; add it to packaging/licences")
        index.append(f"{name} {part.version}: {_licence(part)[:100]}; see {where}")
    shutil.copy(python_licence(), folder / "PYTHON.txt")
    index += [f"Python {sys.version.split()[0]}: PSF; see PYTHON.txt"]
    index += [f"{name} (font): SIL Open Font License 1.1; see {file}" for name, file in FONTS.items()]
    (folder / "README.txt").write_text("\n".join(index) + "\n", encoding="utf-8")


def python_licence() -> Path:
    """The licence of the interpreter that is packed."""
    here = Path(sys.base_prefix)
    tag = f"python{sys.version_info.major}.{sys.version_info.minor}"
    places = [here / "LICENSE.txt", here / "LICENSE", Path(sysconfig.get_path("stdlib")) / "LICENSE.txt",
              here / "lib" / tag / "LICENSE.txt", Path("/usr/share/doc") / tag / "copyright"]  # fmt: skip
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        raise SystemExit(f"the licence of Python was not found in {here}")
    return found


def system_licences(libraries: list[str], folder: Path) -> None:
    """The notices of the libraries of a Debian system that are carried, each package once."""
    texts: dict[str, str] = {}
    for library in libraries:
        command = ["dpkg", "-S", str(Path(library).resolve())]
        said = subprocess.run(command, capture_output=True, text=True, check=False).stdout or _by_name(
            library
        )
        package = said.split(":")[0]
        notice = Path("/usr/share/doc") / package / "copyright"
        if package and notice.is_file():
            texts[package] = notice.read_text(encoding="utf-8", errors="replace")
    if texts:
        lines = [f"==== {package}\n\n{text}" for package, text in sorted(texts.items())]
        (folder / "SYSTEM-LIBRARIES.txt").write_text("\n\n".join(lines), encoding="utf-8")


def _by_name(library: str) -> str:
    """Where `/lib` is a link to `/usr/lib`, the package may know the other name."""
    command = ["dpkg", "-S", f"*/{Path(library).resolve().name}"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


if __name__ == "__main__":
    main(Path(sys.argv[1]))
