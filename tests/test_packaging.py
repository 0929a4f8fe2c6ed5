"""What a package is made from says what it must: spec, menu entry, types, control file, installer, bundle, workflows."""

from __future__ import annotations

import ast
import configparser
import hashlib
import importlib.util
import json
import os
import plistlib
import re
import struct
import subprocess
import sys
import tomllib
import types
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
import yaml

from desktop import __version__
from desktop.store import libraries
from desktop.store.casefile import SUFFIX as CASE
from desktop.store.packs.file import SUFFIX as RULES

ROOT = Path(__file__).parent.parent
PACKAGING = ROOT / "packaging"


def script(name: str, folder: Path = PACKAGING) -> types.ModuleType:
    """A script, imported by its path as it imports its neighbours."""
    sys.path.insert(0, str(folder))
    try:
        spec = importlib.util.spec_from_file_location(f"packing_{name}", folder / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(folder))
    return module


about: Any = script("about")
linux: Any = script("linux")
windows: Any = script("windows")
macos: Any = script("macos")
build: Any = script("build")


# ---------------------------------------------------------------------- one version
def test_the_version_is_in_one_place() -> None:
    assert about.version() == __version__
    with (ROOT / "pyproject.toml").open("rb") as stream:
        project = tomllib.load(stream)
    assert project["project"]["dynamic"] == ["version"]
    assert project["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "desktop.__version__"}
    repeated = re.compile(rf"(?<![\d.]){re.escape(__version__)}(?![\d.])")
    kept = [
        *ROOT.glob("desktop/**/*.py"),
        *PACKAGING.rglob("*"),
        *ROOT.glob(".github/**/*.yml"),
        ROOT / "pyproject.toml",
        ROOT / "start.py",
    ]
    places = [
        f"{path.relative_to(ROOT)}:{n}"
        for path in kept
        if path.is_file() and path.suffix not in (".pyc", ".txt")
        for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if "version" in line.lower() and repeated.search(line)
    ]
    assert places == [f"{Path('desktop') / '__init__.py'}:3"]


def test_the_changelog_begins_with_the_version() -> None:
    heads = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert heads
    assert all(
        re.fullmatch(r"(\d+\.\d+\.\d+(rc\d+)? \(\d{4}-\d\d-\d\d\)|Unreleased)", head) for head in heads
    ), heads
    versions = [head.split()[0] for head in heads if head != "Unreleased"]
    assert versions[0] == __version__
    assert heads.index("Unreleased") == 0 if "Unreleased" in heads else True
    assert versions == sorted(
        versions, key=lambda text: [int(part) for part in re.findall(r"\d+", text)], reverse=True
    )


def test_the_time_of_a_build_is_not_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796000000")
    assert about.epoch() == 1796000000
    assert about.environment()["SOURCE_DATE_EPOCH"] == "1796000000"
    assert about.environment()["PYTHONHASHSEED"] == "0"
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    monkeypatch.setenv("PATH", "")
    assert about.epoch() == int(about.released().timestamp()) or about.epoch() % 86400 == 0


def test_a_template_with_an_unknown_name_is_an_error() -> None:
    assert about.filled("@NAME@ @VERSION@") == f"lanewise {__version__}"
    with pytest.raises(KeyError):
        about.filled("@NOTHING@")


# ---------------------------------------------------------------------- spec
def strings_of(name: str) -> set[str]:
    tree = ast.parse((PACKAGING / "lanewise.spec").read_text(encoding="utf-8"))
    value = next(
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name
    )
    return set(ast.literal_eval(value))


def test_the_spec_leaves_out_test_tools_and_nothing_that_is_needed() -> None:
    left_out = strings_of("excludes")
    assert left_out >= {"pytest", "hypothesis", "mypy", "ruff", "tkinter", "distributed", "ssl"}
    with (ROOT / "pyproject.toml").open("rb") as stream:
        project = tomllib.load(stream)["project"]
    needed = {re.split(r"[>=<]", each)[0].lower() for each in project["dependencies"]}
    assert not needed & {name.lower() for name in left_out}
    # the tools of development that are not needed, but for those that no module has the name of
    used = set()
    for path in (ROOT / "desktop").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                used |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                used |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    # a cluster needs an installation by pip (README)
    assert used & left_out <= {"distributed", "dask"}


def test_the_walk_runs_without_what_the_spec_leaves_out(tmp_path: Path) -> None:
    """The packed program lacks these modules; so here they are refused, also to the libraries."""
    code = (
        "import sys\n"
        f"out = {sorted(strings_of('excludes'))!r}\n"
        "class Packed:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name in out:\n"
        "            raise ModuleNotFoundError('not packed: ' + name, name=name)\n"
        "sys.meta_path.insert(0, Packed())\n"
        "for name in out:\n"
        "    sys.modules.pop(name, None)\n"
        "from desktop.app import main\n"
        f"sys.exit(main(['--smoke', {str(tmp_path / 'walk')!r}]))\n"
    )
    from tests_environment import offscreen

    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=offscreen(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    walked = json.loads((tmp_path / "walk" / "walk.json").read_text(encoding="utf-8"))
    assert "failed" not in walked, walked["failed"]
    assert done.returncode == 0, done.stderr


def test_the_starter_knows_the_trial_of_a_file() -> None:
    from desktop.store.catalogue import parquet

    assert f'"{parquet.TRIAL}"' in (PACKAGING / "start_lanewise.py").read_text(encoding="utf-8")


# ---------------------------------------------------------------------- Linux
def test_the_menu_entry_has_both_languages_and_the_types() -> None:
    text = about.filled(
        (PACKAGING / "linux" / "lanewise.desktop").read_text(encoding="utf-8"),
        EXEC="/usr/bin/lanewise-window",
    )
    parser = configparser.RawConfigParser(delimiters=("=",), strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(text)
    entry = parser["Desktop Entry"]
    assert entry["Exec"] == "/usr/bin/lanewise-window %f"
    assert entry["Type"] == "Application"
    assert entry["Icon"] == "lanewise"
    for key in ("Name", "GenericName", "Comment", "Keywords"):
        assert entry[key]
        assert re.search("[一-鿿]", entry[f"{key}[zh_CN]"])
    assert set(entry["MimeType"].strip(";").split(";")) == set(about.TYPES)


def test_the_types_are_those_of_the_program() -> None:
    assert about.TYPES[about.CASE][0] == CASE
    assert about.TYPES[about.RULES][0] == RULES
    tree = ET.parse(PACKAGING / "linux" / "lanewise-mime.xml").getroot()
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    found = {each.attrib["type"]: each for each in tree.findall(f"{space}mime-type")}
    assert set(found) == set(about.TYPES)
    for mime, (ending, name, name_zh) in about.TYPES.items():
        assert [glob.attrib["pattern"] for glob in found[mime].findall(f"{space}glob")] == [f"*{ending}"]
        assert [each.text for each in found[mime].findall(f"{space}comment")] == [name, name_zh]


def test_the_control_file_has_what_debian_asks_for() -> None:
    text = about.filled(
        (PACKAGING / "linux" / "control").read_text(encoding="utf-8"),
        ARCH="amd64",
        SIZE="1",
        DEPENDS="libc6 (>= 2.34)",
    )
    fields = dict(line.split(": ", 1) for line in text.splitlines() if not line.startswith(" "))
    assert fields.keys() >= {
        "Package",
        "Version",
        "Architecture",
        "Maintainer",
        "Depends",
        "Description",
        "Section",
        "Priority",
    }
    assert fields["Version"] == __version__
    assert "@" not in text.replace(about.MAINTAINER, "")
    assert text.endswith("\n")
    assert max(map(len, text.splitlines()[-5:])) <= 80


def test_every_library_of_the_program_has_its_package() -> None:
    """What the program looks for on a computer, the package depends on or carries."""
    named = {name for names in linux.PACKAGES.values() for name in names} | set(linux.CARRIED.values())
    assert {*libraries.LIBRARIES.values(), *libraries.WINDOW_LIBRARIES.values()} <= named
    assert linux.PACKAGES["libglib-2.0.so.0"] == ("libglib2.0-0t64", "libglib2.0-0")


def test_dependencies_come_from_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {"libc.so.6": ["a"], "libz.so.1": ["a"], "libgtk-3.so.0": ["plugins/platformthemes/libqgtk3.so"]}
    monkeypatch.setattr(linux, "needed", lambda _folder: asked)
    assert linux.depends(tmp_path) == [("libc6 (>= 2.34)",), ("zlib1g",)]
    (tmp_path / "newer").write_bytes(b"\x7fELF\0GLIBC_2.4\0GLIBC_2.36\0")
    assert linux.depends(tmp_path) == [("libc6 (>= 2.36)",), ("zlib1g",)]
    asked["libstrange.so.9"] = ["lanewise"]
    with pytest.raises(SystemExit, match=r"libstrange\.so\.9, asked for by lanewise"):
        linux.depends(tmp_path)


def test_the_scripts_of_linux_are_sound() -> None:
    for path in (PACKAGING / "linux").glob("*.sh"):
        assert path.stat().st_mode & 0o100
        assert subprocess.run(["sh", "-n", str(path)], check=False).returncode == 0


# ---------------------------------------------------------------------- Windows and macOS
def test_the_version_resource_is_what_pyinstaller_reads() -> None:
    call = ast.parse(windows.version_resource(), mode="eval").body
    assert isinstance(call, ast.Call)
    assert ast.unparse(call.func) == "VSVersionInfo"
    assert windows.version_numbers() == (*map(int, re.findall(r"\d+", __version__)[:3]), 0)
    assert f"StringStruct('ProductVersion', '{__version__}')" in windows.version_resource()


def test_the_installer_is_for_one_user_and_takes_all_away() -> None:
    text = (PACKAGING / "windows" / "lanewise.iss").read_text(encoding="utf-8")
    assert set(re.findall(r"^\[(\w+)\]$", text, re.M)) >= {
        "Setup",
        "Files",
        "Icons",
        "Registry",
        "UninstallDelete",
    }
    assert "PrivilegesRequired=lowest" in text
    assert "ChangesAssociations=yes" in text
    assert re.search(r'"\{autoprograms\}\\', text)
    for ending, name, _ in about.TYPES.values():
        assert f"Software\\Classes\\{ending}\\OpenWithProgids" in text
        assert f"={name}\n" in text
    # what the script is given, and nothing else
    given = {"Version", "Numbers", "Program", "Icon", "Out", "Name"}
    assert set(re.findall(r"\{#(\w+)\}", text)) == given | {"MyName", "CaseType", "RulesType"}
    assert all(f'"{name}"' in (PACKAGING / "windows.py").read_text(encoding="utf-8") for name in given)
    # every key is taken away with the program, itself or with the key above it
    keys = re.findall(r'Subkey: "([^"]+)".*?(Flags: \w+.*)?$', text, re.M)
    gone = {key for key, flags in keys if flags}
    assert all(flags or any(key.startswith(f"{above}\\") for above in gone) for key, flags in keys)


def test_the_installer_speaks_both_languages() -> None:
    script_text = (PACKAGING / "windows" / "lanewise.iss").read_text(encoding="utf-8")
    assert 'Name: "zh"; MessagesFile: "compiler:Default.isl,chinese.isl"' in script_text
    raw = (PACKAGING / "windows" / "chinese.isl").read_bytes()
    # by this mark the compiler reads it as UTF-8
    assert raw.startswith(b"\xef\xbb\xbf")
    parser = configparser.RawConfigParser(delimiters=("=",), comment_prefixes=(";",), strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(raw.decode("utf-8-sig"))
    assert parser.sections() == ["LangOptions", "Messages", "CustomMessages"]
    assert parser["LangOptions"]["LanguageID"] == "$0804"
    custom = dict(re.findall(r"^en\.(\w+)=(.+)$", script_text, re.M))
    assert custom.keys() <= set(parser["CustomMessages"])
    assert {*re.findall(r"\{cm:(\w+)", script_text)} <= set(parser["CustomMessages"])
    for ending, _, name in about.TYPES.values():
        assert name in parser["CustomMessages"].values(), ending
    for section in ("Messages", "CustomMessages"):
        for name, words in parser[section].items():
            assert re.search("[一-鿿]", words), name
            # what is filled in by the installer, and nothing that only looks so
            assert not re.search(r"%(?![n12])|\[(?!name\]|name/ver\]|mb\])", words), name


def test_the_bundle_opens_both_types() -> None:
    plist = plistlib.loads(macos.info_plist())
    assert plist["CFBundleShortVersionString"] == __version__
    assert plist["CFBundleExecutable"] == "lanewise-window"
    assert plist["LSMinimumSystemVersion"] == "13.0"
    declared = {each["UTTypeIdentifier"]: each for each in plist["UTExportedTypeDeclarations"]}
    opened = [name for each in plist["CFBundleDocumentTypes"] for name in each["LSItemContentTypes"]]
    assert sorted(opened) == sorted(declared)
    endings = [
        end
        for each in declared.values()
        for end in each["UTTypeTagSpecification"]["public.filename-extension"]
    ]
    assert sorted(endings) == sorted(ending[1:] for ending, _, _ in about.TYPES.values())
    rights = plistlib.loads((PACKAGING / "macos" / "entitlements.plist").read_bytes())
    assert rights == {
        "com.apple.security.cs.allow-unsigned-executable-memory": True,
        "com.apple.security.cs.disable-library-validation": True,
    }
    spec = (PACKAGING / "lanewise.spec").read_text(encoding="utf-8")
    assert f'bundle_identifier="{about.BUNDLE_ID}"' in spec


def test_icons_are_drawn_for_every_system(qapp: object, tmp_path: Path) -> None:
    icons: Any = script("app_icons", ROOT / "tools")
    icons.main(tmp_path)
    for size in icons.HICOLOR:
        data = (tmp_path / "hicolor" / f"{size}x{size}" / "apps" / "lanewise.png").read_bytes()
        assert struct.unpack(">II", data[16:24]) == (size, size)
    ico = (tmp_path / "lanewise.ico").read_bytes()
    count = struct.unpack("<HHH", ico[:6])[2]
    assert count == len(icons.ICO)
    for n in range(count):
        size, at = struct.unpack("<II", ico[6 + 16 * n + 8 : 22 + 16 * n])
        assert ico[at : at + 8] == b"\x89PNG\r\n\x1a\n"
        assert at + size <= len(ico)
    icns = (tmp_path / "lanewise.icns").read_bytes()
    assert icns[:4] == b"icns"
    assert struct.unpack(">I", icns[4:8])[0] == len(icns)
    at, kinds = 8, []
    while at < len(icns):
        kinds.append(icns[at : at + 4].decode())
        at += struct.unpack(">I", icns[at + 4 : at + 8])[0]
    assert kinds == list(icons.ICNS)
    before = ico
    icons.main(tmp_path)
    assert (tmp_path / "lanewise.ico").read_bytes() == before


# ---------------------------------------------------------------------- bill, sums, comparing
def test_the_bill_names_each_part_with_version_and_licence() -> None:
    bill: Any = script("bill")
    parts = [
        each
        for each in bill.shipped()
        if bill.plain(each.metadata["Name"]) in {"numpy", "pandas", "pyside6-essentials"}
    ]
    made = bill.bill(parts)
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    assert made["metadata"]["component"]["version"] == __version__
    refs = [each["bom-ref"] for each in made["components"]]
    assert len(refs) == len(set(refs))
    by_name = {each["name"]: each for each in made["components"]}
    assert by_name.keys() >= {"numpy", "pandas", "pyside6-essentials", "cpython", "inter", "noto-sans-cjk"}
    assert all(each["licenses"] for each in made["components"])
    pandas = next(each for each in made["dependencies"] if "pandas@" in each["ref"])
    assert [ref.split("@")[0] for ref in pandas["dependsOn"]] == ["pkg:pypi/numpy"]
    assert bill.bill(parts) == made


def test_libraries_of_the_system_stand_in_the_bill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bill: Any = script("bill")
    monkeypatch.setattr(bill, "_system_name", lambda: "debian")
    parts = [each for each in bill.shipped() if bill.plain(each.metadata["Name"]) == "numpy"]
    before = bill.bill(parts)
    made = bill.add_system(before, {"libexpat1": "2.5.0-1", "libffi8": "1:3.4.4-1+b1"})
    added = made["components"][len(before["components"]) :]
    assert [each["purl"] for each in added] == [
        "pkg:deb/debian/libexpat1@2.5.0-1",
        "pkg:deb/debian/libffi8@1:3.4.4-1%2Bb1",
    ]
    refs = {each["bom-ref"] for each in made["components"]}
    assert {each["ref"] for each in made["dependencies"]} <= refs | {f"lanewise@{__version__}"}
    assert set(made["dependencies"][0]["dependsOn"]) == refs
    assert made["serialNumber"] != before["serialNumber"]
    assert bill.add_system(before, {"libexpat1": "2.5.0-1", "libffi8": "1:3.4.4-1+b1"}) == made
    # what nobody knows the source of is not carried
    monkeypatch.setattr(bill, "_said", lambda *command: "")
    with pytest.raises(SystemExit, match=r"libstrange\.so\.9 is carried"):
        bill.system_packages([str(tmp_path / "libstrange.so.9")])
    said = {("dpkg", "-S"): "libexpat1:amd64: /x\n", ("dpkg-query", "-W"): "2.5.0-1\n2.5.0-1\n"}
    monkeypatch.setattr(bill, "_said", lambda *command: said[command[:2]])
    assert bill.system_packages(["/x", "/x"]) == {"libexpat1": "2.5.0-1"}


def test_sums_and_bill_stand_beside_the_packages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The last steps of a build, with packages that are none."""
    parts, out = tmp_path / "work" / "parts", tmp_path / "out"
    program = tmp_path / "program"
    for folder in (parts, out, program):
        folder.mkdir(parents=True)
    (parts / "SBOM.json").write_text("{}", encoding="utf-8")
    made = [out / "lanewise_0.deb", out / "lanewise-0.tar.xz"]
    for path in made:
        path.write_bytes(path.name.encode())
    for name in ("make_environment", "run", "freeze"):
        monkeypatch.setattr(build, name, lambda *_arguments: program)
    monkeypatch.setattr(build, "pack", lambda *_arguments: made)
    monkeypatch.setattr(linux, "check_tools", lambda: None)
    monkeypatch.setitem(sys.modules, "linux", linux)
    monkeypatch.setattr(sys, "argv", ["build.py", "--work", str(tmp_path / "work"), "--out", str(out)])
    assert build.main() == 0
    bill_name = f"{about.stem()}.cdx.json"
    assert (out / bill_name).read_text(encoding="utf-8") == "{}"
    sums = (out / f"SHA256SUMS-{about.system()}-{about.machine()}").read_text(encoding="utf-8").splitlines()
    listed = dict(reversed(line.split("  ")) for line in sums)
    assert set(listed) == {bill_name, *(path.name for path in made)}
    for name, digest in listed.items():
        assert hashlib.sha256((out / name).read_bytes()).hexdigest() == digest
    # a package that no stick should carry is an error, and says which
    monkeypatch.setattr(build, "MOST_PACKED", 14)
    assert build.main() == 1
    assert capsys.readouterr().err.endswith("lanewise-0.tar.xz\n")


@pytest.mark.skipif(sys.platform != "linux", reason="the tools of Debian make these forms")
def test_the_forms_of_linux_are_the_same_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever builds, wherever and with whatever rights: of the same files the same bytes."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796000000")
    made = []
    for n, mask in enumerate((0o022, 0o077)):
        before = os.umask(mask)
        try:
            place = tmp_path / f"a place {n}"
            program, icons, out = place / "program", place / "icons", place / "out"
            (program / "_internal").mkdir(parents=True)
            (icons / "hicolor").mkdir(parents=True)
            out.mkdir()
            for name in ("z", "a") if n else ("a", "z"):
                (program / "_internal" / name).write_text(name)
            (program / "lanewise").write_text("#!/bin/sh\n")
            (program / "lanewise").chmod(0o700 if n else 0o755)
            (program / "lanewise-window").symlink_to("lanewise")
            made.append([linux.tar(program, icons, place, out), linux.deb(program, icons, place, out)])
        finally:
            os.umask(before)
    for one, other in zip(*made, strict=True):
        assert one.name == other.name
        assert one.read_bytes() == other.read_bytes(), one.name


def test_the_tools_of_packing_are_pinned_and_not_shipped() -> None:
    bill: Any = script("bill")
    lines = [
        line
        for line in (PACKAGING / "requirements.txt").read_text(encoding="utf-8").splitlines()
        if line[:1] not in ("#", "")
    ]
    assert all(re.match(r"[\w-]+==[\d.]+", line) for line in lines)
    assert "pyinstaller" in bill.packing_tools()
    assert not bill.packing_tools() & {bill.plain(each.metadata["Name"]) for each in bill.shipped()}


def test_two_builds_are_compared_file_by_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        (folder / "in").mkdir(parents=True)
        (folder / "in" / "same").write_bytes(b"same")
    assert build.compare(one, other) == 0
    (other / "in" / "more").write_bytes(b"")
    (one / "in" / "differs").write_bytes(b"a")
    (other / "in" / "differs").write_bytes(b"b")
    assert build.differences(one, other) == ["in/differs: other bytes", "in/more: only in one"]
    assert build.compare(one, other) == 1
    assert build.compare(one, tmp_path / "none") == 2
    assert "none is not there" in capsys.readouterr().err


def test_the_licences_of_qt_and_the_fonts_are_at_hand() -> None:
    folder = PACKAGING / "licences"
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in (folder / "LGPL-3.0.txt").read_text(encoding="utf-8")
    assert "GNU GENERAL PUBLIC LICENSE" in (folder / "GPL-3.0.txt").read_text(encoding="utf-8")
    assert "replace" in (folder / "QT.txt").read_text(encoding="utf-8")
    bill: Any = script("bill")
    for name in bill.FONTS.values():
        assert (ROOT / "resources" / "fonts" / name).is_file()


# ---------------------------------------------------------------------- workflows
def workflow(name: str) -> dict[Any, Any]:
    found = yaml.safe_load((ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def test_every_system_and_python_is_tested() -> None:
    job = workflow("ci.yml")["jobs"]["tests"]
    assert job["strategy"]["matrix"] == {
        "os": ["ubuntu-22.04", "ubuntu-24.04", "windows-latest", "macos-15"],
        "python": ["3.11", "3.12", "3.13"],
    }
    with (ROOT / "pyproject.toml").open("rb") as stream:
        assert tomllib.load(stream)["project"]["requires-python"] == ">=3.11"


def test_a_tag_builds_smokes_and_sums() -> None:
    found = workflow("release.yml")
    assert found[True]["push"] == {"tags": ["v*"]}  # YAML reads `on` as true
    job = found["jobs"]["package"]
    systems = {each["os"].split("-")[0] for each in job["strategy"]["matrix"]["include"]}
    assert systems == {"ubuntu", "windows", "macos"}
    text = json.dumps(job)
    for needed in (
        "packaging/build.py",
        "packaging/smoke.py",
        "packaging/linux/installed.sh",
        "GITHUB_REF_NAME",
    ):
        assert needed in text
    assert "SHA256SUMS" in json.dumps(found["jobs"]["publish"])
    # only what publishes may write
    assert found["permissions"] == {"contents": "read"}
    for name in (
        "packaging/build.py",
        "packaging/smoke.py",
        "packaging/linux/installed.sh",
        "tools/wheels.py",
    ):
        assert (ROOT / name).is_file()


def test_what_is_built_is_not_kept() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    assert {"build/", "dist/"} <= set(ignored)
