"""The two forms of Linux: a folder in a .tar.xz that runs from anywhere, and a .deb. Standard library only."""

from __future__ import annotations

import re
import shutil
import subprocess
import tarfile
from pathlib import Path

import about

# every library that the packed program takes from the system, and the Debian package that has it: of two names
# first that of Debian 13 and Ubuntu 24.04, then that of Debian 12 and Ubuntu 22.04
PACKAGES = {
    "libEGL.so.1": ("libegl1",),
    "libGL.so.1": ("libgl1",),
    "libX11-xcb.so.1": ("libx11-xcb1",),
    "libX11.so.6": ("libx11-6",),
    "libbrotlicommon.so.1": ("libbrotli1",),
    "libbrotlidec.so.1": ("libbrotli1",),
    "libdbus-1.so.3": ("libdbus-1-3",),
    "libfontconfig.so.1": ("libfontconfig1",),
    "libfreetype.so.6": ("libfreetype6",),
    "libgcc_s.so.1": ("libgcc-s1",),
    "libglib-2.0.so.0": ("libglib2.0-0t64", "libglib2.0-0"),
    "libgthread-2.0.so.0": ("libglib2.0-0t64", "libglib2.0-0"),
    "libgssapi_krb5.so.2": ("libgssapi-krb5-2",),
    "libstdc++.so.6": ("libstdc++6",),
    "libwayland-client.so.0": ("libwayland-client0",),
    "libwayland-cursor.so.0": ("libwayland-cursor0",),
    "libwayland-egl.so.1": ("libwayland-egl1",),
    "libxcb-glx.so.0": ("libxcb-glx0",),
    "libxcb-randr.so.0": ("libxcb-randr0",),
    "libxcb-render.so.0": ("libxcb-render0",),
    "libxcb-shape.so.0": ("libxcb-shape0",),
    "libxcb-shm.so.0": ("libxcb-shm0",),
    "libxcb-sync.so.1": ("libxcb-sync1",),
    "libxcb-xfixes.so.0": ("libxcb-xfixes0",),
    "libxcb-xkb.so.1": ("libxcb-xkb1",),
    "libxcb.so.1": ("libxcb1",),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0",),
    "libxkbcommon.so.0": ("libxkbcommon0",),
    "libz.so.1": ("zlib1g",),
    "libzstd.so.1": ("libzstd1",),
}
# small libraries that a desktop may lack; they go along
CARRIED = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
}
# parts of the C library, and the loader
OF_LIBC = re.compile(r"(ld-linux.*|lib(c|dl|m|pthread|resolv|rt|util))\.so\.\d+")
# a part that is used only where its own system has it: the file dialogs of GNOME, printers, drivers of graphics
OPTIONAL = re.compile(
    r"plugins/(platformthemes/libqgtk3|printsupport/libcups|wayland-graphics-integration-client/)"
)
ARCHITECTURES = {"x86_64": "amd64", "arm64": "arm64"}


def check_tools() -> None:
    """SystemExit that names what this machine lacks for packing: a package must not depend on who built it."""
    tools = [name for name in ("readelf", "objdump", "strip", "dpkg-deb", "xz") if shutil.which(name) is None]
    libraries = [name for name in CARRIED if not _has(name)]
    if tools or libraries:
        packages = {"dpkg-deb": "dpkg", "xz": "xz-utils"}
        wanted = sorted(
            {packages.get(name, "binutils") for name in tools} | {CARRIED[each] for each in libraries}
        )
        raise SystemExit(
            f"packing needs {', '.join([*tools, *libraries])}: sudo apt-get install {' '.join(wanted)}"
        )


def _has(library: str) -> bool:
    import ctypes

    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def needed(folder: Path) -> dict[str, list[str]]:
    """The libraries that a folder takes from the system, each with the files that ask for it."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()]
    elves = [path for path in files if _is_elf(path)]
    inside = {path.name for path in folder.rglob("*.so*")}
    asked: dict[str, list[str]] = {}
    for path in elves:
        command = ["readelf", "-d", str(path)]
        said = subprocess.run(
            command, capture_output=True, text=True, check=True, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"}
        )
        for name in re.findall(r"\(NEEDED\).*\[(.+)\]", said.stdout):
            if name not in inside:
                asked.setdefault(name, []).append(path.relative_to(folder).as_posix())
    return asked


def _is_elf(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(4) == b"\x7fELF"


def glibc(folder: Path) -> int:
    """The oldest C library that a folder runs on, 2.N: that of its newest call."""
    asked = {34}
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            data = path.read_bytes()
            if data[:4] == b"\x7fELF":
                asked |= {int(n) for n in re.findall(rb"\0GLIBC_2\.(\d+)(?=\0)", data)}
    return max(asked)


def depends(folder: Path) -> list[tuple[str, ...]]:
    """The packages of a folder's libraries, each with its other names; SystemExit for a library of no known package."""
    found = {(f"libc6 (>= 2.{glibc(folder)})",)}
    for name, files in needed(folder).items():
        if OF_LIBC.fullmatch(name) or all(OPTIONAL.search(file) for file in files):
            continue
        if name not in PACKAGES:
            raise SystemExit(f"{name}, asked for by {files[0]}, is not named in packaging/linux.py: PACKAGES")
        found.add(PACKAGES[name])
    return sorted(found)


def shared(folder: Path, icons: Path, command: str) -> None:
    """Menu entry, file types and icons, in the folders of /usr/share."""
    for name in ("applications", "mime/packages", "icons"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    entry = about.filled(
        (about.HERE / "linux" / "lanewise.desktop").read_text(encoding="utf-8"), EXEC=command
    )
    (folder / "applications" / "lanewise.desktop").write_text(entry, encoding="utf-8")
    shutil.copy(about.HERE / "linux" / "lanewise-mime.xml", folder / "mime" / "packages" / "lanewise.xml")
    shutil.copytree(icons / "hicolor", folder / "icons" / "hicolor", dirs_exist_ok=True)


def tar(program: Path, icons: Path, work: Path, out: Path) -> Path:
    """The relocatable archive of a packed program: one folder, the same bytes for the same files and day."""
    top = work / f"{about.NAME}-{about.version()}"
    fresh(top)
    shutil.copytree(program, top, symlinks=True, dirs_exist_ok=True)
    apt = "sudo apt-get install " + " ".join(
        names[-1].split()[0] for names in depends(program) if not is_base(names[-1])
    )
    readme = about.filled(
        (about.HERE / "linux" / "README.txt").read_text(encoding="utf-8"),
        APT=apt,
        GLIBC=f"2.{glibc(program)}",
    )
    (top / "README.txt").write_text(readme, encoding="utf-8")
    shared(work / "share", icons, "lanewise-window")
    (top / "share").mkdir()
    shutil.copy(work / "share" / "applications" / "lanewise.desktop", top / "share")
    shutil.copy(work / "share" / "mime" / "packages" / "lanewise.xml", top / "share")
    shutil.copytree(work / "share" / "icons", top / "share" / "icons")
    shutil.copy(about.HERE / "linux" / "install-for-me.sh", top)
    made = out / f"{about.stem()}.tar.xz"
    # in blocks, which two threads pack at once: the bytes are the same for any number of them but one
    command = ["xz", "--threads=2", "-6", "--block-size=24MiB", "--stdout"]
    with (
        made.open("wb") as target,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=target) as packing,
    ):
        with tarfile.open(fileobj=packing.stdin, mode="w|", format=tarfile.PAX_FORMAT) as archive:
            for path in [top, *sorted(top.rglob("*"))]:
                archive.add(path, str(path.relative_to(work)), recursive=False, filter=_same_for_all)
        assert packing.stdin is not None
        packing.stdin.close()
    if packing.returncode:
        raise SystemExit("xz failed")
    return made


def is_base(package: str) -> bool:
    """Whether every Debian has it."""
    return package.split()[0] in {"libc6", "libgcc-s1", "libstdc++6", "zlib1g", "libzstd1"}


def _same_for_all(info: tarfile.TarInfo) -> tarfile.TarInfo:
    info.uid = info.gid = 0
    info.uname = info.gname = "root"
    info.mtime = about.epoch()
    info.mode = 0o755 if info.isdir() or info.mode & 0o100 else 0o644
    return info


def deb(program: Path, icons: Path, work: Path, out: Path) -> Path:
    """The Debian package. Types, menu and icons are taken up by the triggers of the packages that keep their caches."""
    root = work / "deb"
    fresh(root)
    shutil.copytree(program, root / "opt" / about.NAME, symlinks=True)
    (root / "usr" / "bin").mkdir(parents=True)
    for name in ("lanewise", "lanewise-window"):
        (root / "usr" / "bin" / name).symlink_to(f"/opt/{about.NAME}/{name}")
    shared(root / "usr" / "share", icons, "/usr/bin/lanewise-window")
    papers = root / "usr" / "share" / "doc" / about.NAME
    papers.mkdir(parents=True)
    shutil.copy(about.HERE / "linux" / "copyright", papers / "copyright")
    size = sum(path.lstat().st_size for path in root.rglob("*") if not path.is_dir()) // 1024
    needs = ", ".join(" | ".join(names) for names in depends(program))
    control = about.filled(
        (about.HERE / "linux" / "control").read_text(encoding="utf-8"),
        ARCH=ARCHITECTURES[about.machine()], SIZE=str(size), DEPENDS=needs,
    )  # fmt: skip
    (root / "DEBIAN").mkdir()
    (root / "DEBIAN" / "control").write_text(control, encoding="utf-8")
    set_modes(root)
    made = out / f"{about.NAME}_{about.version()}_{ARCHITECTURES[about.machine()]}.deb"
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--build", str(root), str(made)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**about.environment(), "LC_ALL": "C"})
    return made


def set_modes(root: Path) -> None:
    """Rights that do not depend on who builds."""
    root.chmod(0o755)
    for path in root.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)


def strip(program: Path) -> None:
    """Takes the debugger's symbols out of Python's own files; those of wheels come stripped, and some bear no change."""
    python = [*program.glob("_internal/libpython*.so*"), *program.glob("_internal/python3*/lib-dynload/*.so")]
    for path in python:
        subprocess.run(["strip", "--strip-unneeded", str(path)], check=True)


def fresh(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
