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
from urllib.parse import quote

import about

TOOLS = {"pip", "setuptools", "wheel", about.NAME}
"""In the environment and not in the package; the program itself has a place of its own."""
QT = {"pyside6-essentials", "shiboken6"}
LICENCE = re.compile(r"(?i)(licen[cs]e|copying|notice|authors)")
FONTS = {"Inter": "OFL-Inter.txt", "Noto Sans CJK": "OFL-NotoSansCJK.txt"}
"""The fonts of resources/fonts, each with its licence there."""


def main(folder: Path) -> None:
    parts = shipped()
    _write(bill(parts), folder / "SBOM.json")
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
        "serialNumber": _serial(when, components),
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
    # a version of Debian may have a + in it, which an address writes otherwise
    ref = f"pkg:{registry}/{name}@{quote(version, safe=':~')}" if registry else f"{about.NAME}/{name}"
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


def system_packages(libraries: list[str]) -> dict[str, str]:
    """The Debian packages whose libraries are carried, each with its version; SystemExit for a library of none."""
    found = {}
    for library in libraries:
        path = Path(library).resolve()
        # where `/lib` is a link to `/usr/lib`, the package may know the other name
        package = next(filter(None, (_owner(str(path)), _owner(f"*/{path.name}"))), "")
        if not package:
            raise SystemExit(f"{library} is carried, and no package of this system has it")
        found[package] = _said("dpkg-query", "-W", "-f", "${Version}\\n", package).splitlines()[0]
    return dict(sorted(found.items()))


def _owner(name: str) -> str:
    return _said("dpkg", "-S", name).split(":")[0]


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def add_system(made: dict[str, Any], packages: dict[str, str]) -> dict[str, Any]:
    """A bill with the libraries that come from a Debian system, not from a wheel."""
    system = _system_name()
    components = [
        {
            **_component(name, version, "", "library", f"deb/{system}"),
            "licenses": [{"license": {"name": "see SYSTEM-LIBRARIES.txt"}}],
        }
        for name, version in packages.items()
    ]
    me, *others = made["dependencies"]
    whole = [*made["components"], *components]
    needs = {**me, "dependsOn": [component["bom-ref"] for component in whole]}
    alone = [{"ref": each["bom-ref"], "dependsOn": []} for each in components]
    serial = _serial(made["metadata"]["timestamp"], whole)
    return {
        **made,
        "serialNumber": serial,
        "components": whole,
        "dependencies": [needs, *others, *alone],
    }


def _system_name() -> str:
    """debian, ubuntu …"""
    found = re.search(r"^ID=\"?([a-z]+)", Path("/etc/os-release").read_text(encoding="utf-8"), re.M)
    return found[1] if found else "debian"


def _serial(when: str, components: list[dict[str, Any]]) -> str:
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, json.dumps([about.stem(), when, components]))}"


def finish_linux(libraries: list[str], parts: Path, licences: Path) -> None:
    """What is known of a Linux package once it is packed: the libraries of the system in it go into the bill of materials
    there and beside the packages, and their notices into one file."""
    packages = system_packages(libraries)
    bill_file = parts / "SBOM.json"
    made = add_system(json.loads(bill_file.read_text(encoding="utf-8")), packages)
    for place in (bill_file, licences / "SBOM.json"):
        _write(made, place)
    notices = []
    for package in packages:
        notice = Path("/usr/share/doc") / package / "copyright"
        if not notice.is_file():
            raise SystemExit(f"{package} is carried, and {notice} is not there")
        notices.append(f"==== {package}\n\n{notice.read_text(encoding='utf-8', errors='replace')}")
    (licences / "SYSTEM-LIBRARIES.txt").write_text("\n\n".join(notices), encoding="utf-8")
    with (licences / "README.txt").open("a", encoding="utf-8") as stream:
        listed = ", ".join(f"{name} {version}" for name, version in packages.items())
        stream.write(f"libraries of the system: {listed}; see SYSTEM-LIBRARIES.txt\n")


def _write(made: dict[str, Any], place: Path) -> None:
    place.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
