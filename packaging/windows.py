"""Windows: the version resource of the starters, a folder as .zip, and the installer. Standard library only."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import about

COMPILER = (
    Path(os.environ.get("PROGRAMFILES(X86)", r"C:\Program Files (x86)")) / "Inno Setup 6" / "ISCC.exe",
    Path(os.environ.get("LOCALAPPDATA", "")) / "Programs" / "Inno Setup 6" / "ISCC.exe",
)


def version_numbers() -> tuple[int, int, int, int]:
    """The version as Windows wants it: four numbers; a letter after them (1.2.0rc1) is left out."""
    found = [int(part) for part in re.findall(r"\d+", about.version().split("rc")[0])][:4]
    first, second, third, fourth = [*found, 0, 0, 0, 0][:4]
    return first, second, third, fourth


def version_resource() -> str:
    """The text that PyInstaller reads the version resource from."""
    strings = {
        "CompanyName": "The Lanewise contributors",
        "FileDescription": about.TITLE,
        "FileVersion": about.version(),
        "InternalName": about.NAME,
        "LegalCopyright": "Apache License 2.0",
        "ProductName": about.TITLE,
        "ProductVersion": about.version(),
    }
    pairs = ",\n        ".join(f"StringStruct({key!r}, {value!r})" for key, value in strings.items())
    return f"""VSVersionInfo(
  ffi=FixedFileInfo(filevers={version_numbers()}, prodvers={version_numbers()}, mask=0x3F, flags=0x0, OS=0x40004,
                    fileType=0x1, subtype=0x0, date=(0, 0)),
  kids=[
    StringFileInfo([StringTable("040904B0", [
        {pairs}])]),
    VarFileInfo([VarStruct("Translation", [0x0409, 1200])]),
  ],
)
"""


def pack(program: Path, parts: Path, work: Path, out: Path) -> list[Path]:
    """The folder as .zip, and the installer where Inno Setup 6 is there; signed where LANEWISE_SIGN names a command."""
    for name in ("lanewise.exe", "lanewise-window.exe"):
        sign(program / name)
    made = [zipped(program, out)]
    compiler = shutil.which("ISCC") or next((str(path) for path in COMPILER if path.is_file()), None)
    if compiler is None:
        print("Inno Setup 6 was not found: no installer is made, the .zip alone.")
        return made
    installer = out / f"{about.stem()}-setup.exe"
    defines = {
        "Version": about.version(), "Numbers": ".".join(map(str, version_numbers())), "Program": str(program),
        "Icon": str(parts / "icons" / "lanewise.ico"), "Out": str(out), "Name": installer.stem,
    }  # fmt: skip
    command = [compiler, "/Qp", *(f"/D{key}={value}" for key, value in defines.items())]
    subprocess.run(
        [*command, str(about.HERE / "windows" / "lanewise.iss")], check=True, env=about.environment()
    )
    sign(installer)
    return [*made, installer]


def zipped(program: Path, out: Path) -> Path:
    """The portable form: the same bytes for the same files and day."""
    made = out / f"{about.stem()}.zip"
    top = f"{about.NAME}-{about.version()}"
    day = datetime.fromtimestamp(about.epoch(), UTC).timetuple()[:6]
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(program.rglob("*")):
            if path.is_file():
                info = zipfile.ZipInfo(f"{top}/{path.relative_to(program).as_posix()}", day)
                info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                archive.writestr(info, path.read_bytes())
    return made


def sign(path: Path) -> None:
    """Signs a file with the command in LANEWISE_SIGN (`signtool sign /fd sha256 … {file}`), where there is one."""
    command = os.environ.get("LANEWISE_SIGN", "")
    if command:
        subprocess.run(command.replace("{file}", f'"{path}"'), shell=True, check=True)
