"""What another system would stumble over: calls of POSIX alone, file names, a console's letters, paths of Windows."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path, PureWindowsPath

import pytest

from desktop.store import paths
from desktop.store.casefile import example_path, examples

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "desktop"
POSIX_MODULES = {
    "fcntl",
    "pwd",
    "grp",
    "termios",
    "tty",
    "pty",
    "resource",
    "syslog",
    "posix",
    "crypt",
    "nis",
    "spwd",
}
POSIX_NAMES = {
    "os": {"fork", "forkpty", "getuid", "geteuid", "getgid", "getegid", "setuid", "setgid", "getpgid",
           "setsid", "killpg", "uname", "mkfifo", "mknod", "chown", "lchown", "fchown", "fchmod", "getloadavg",
           "nice", "wait", "waitid", "wait3", "wait4", "sched_getaffinity", "sysconf", "statvfs", "pathconf",
           "sync", "posix_fallocate", "posix_fadvise", "openpty", "O_DIRECTORY", "O_NOFOLLOW", "O_CLOEXEC",
           "O_NONBLOCK", "O_SYNC", "ttyname", "getpriority", "chroot"},
    "signal": {"SIGKILL", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGALRM", "SIGPIPE", "SIGCHLD", "alarm",
               "setitimer", "pause", "pthread_kill", "pthread_sigmask", "siginterrupt"},
    "socket": {"AF_UNIX", "socketpair"},
    "time": {"tzset", "clock_gettime", "pthread_getcpuclockid"},
    "shutil": {"chown"},
}  # fmt: skip
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}


def sources() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def posix_only(tree: ast.AST) -> list[tuple[int, str]]:
    """Calls that Windows does not have and that nothing guards: line and name.

    A guard is a condition on the system, `hasattr`, or a `try` that expects the lack of it, around the call.
    """
    found: list[tuple[int, str]] = []

    def visit(node: ast.AST, guarded: bool) -> None:
        if isinstance(node, ast.If | ast.IfExp | ast.BoolOp):
            asked = ast.unparse(node.test if not isinstance(node, ast.BoolOp) else node.values[0])
            guarded = guarded or any(
                word in asked for word in ("sys.platform", "os.name", "hasattr", "platform.system")
            )
        if isinstance(node, ast.Try):
            kept = " ".join(ast.unparse(each.type) for each in node.handlers if each.type is not None)
            guarded = guarded or any(
                word in kept for word in ("ImportError", "AttributeError", "ModuleNotFoundError")
            )
        if not guarded:
            found.extend((getattr(node, "lineno", 0), name) for name in named(node))
        for child in ast.iter_child_nodes(node):
            visit(child, guarded)

    visit(tree, False)
    return found


def named(node: ast.AST) -> list[str]:
    """What of POSIX alone a node names."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names if alias.name in POSIX_MODULES]
    if isinstance(node, ast.ImportFrom):
        if node.module in POSIX_MODULES:
            return [str(node.module)]
        return [
            f"{node.module}.{a.name}" for a in node.names if a.name in POSIX_NAMES.get(str(node.module), ())
        ]
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return [f"{node.value.id}.{node.attr}"] if node.attr in POSIX_NAMES.get(node.value.id, ()) else []
    return []


def test_no_call_is_of_posix_alone() -> None:
    faults = [
        f"{path.relative_to(ROOT)}:{line} {name}"
        for path in sources()
        for line, name in posix_only(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(("code", "names"), [
    ("import os\nos.fork()", ["os.fork"]),
    ("import fcntl", ["fcntl"]),
    ("from signal import SIGKILL", ["signal.SIGKILL"]),
    ("import os\nif hasattr(os, 'getuid'):\n    os.getuid()", []),
    ("import os\nimport sys\nif sys.platform != 'win32':\n    os.getuid()", []),
    ("try:\n    import fcntl\nexcept ImportError:\n    fcntl = None", []),
])  # fmt: skip
def test_what_is_of_posix_alone_is_found(code: str, names: list[str]) -> None:
    assert [name for _, name in posix_only(ast.parse(code))] == names


def test_every_text_names_its_encoding() -> None:
    """What Windows would take from its own table of letters: open, read_text, write_text and text of a process."""
    faults = []
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            given = {word.arg for word in node.keywords}
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            is_text = (name == "read_text" and not node.args) or (name == "write_text" and len(node.args) < 2)
            if name == "open" and isinstance(node.func, ast.Name):
                mode = node.args[1] if len(node.args) > 1 else None
                is_text = not (isinstance(mode, ast.Constant) and "b" in str(mode.value))
            is_text = is_text or (name in ("run", "Popen", "check_output") and "text" in given)
            if is_text and "encoding" not in given:
                faults.append(f"{path.relative_to(ROOT)}:{node.lineno} {name}")
    assert not faults, "\n".join(faults)


def kept_files() -> list[str]:
    """Every file of the repository, as far as git knows; else every file that is not made."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if done.returncode == 0 and done.stdout:
        return done.stdout.decode("utf-8").rstrip("\0").split("\0")
    made = {".venv", "build", "dist", "__pycache__", ".git"}
    return [
        p.relative_to(ROOT).as_posix() for p in ROOT.rglob("*") if p.is_file() and not made & set(p.parts)
    ]


def test_every_file_has_a_name_that_each_system_takes() -> None:
    names = kept_files()
    assert len(names) > 300
    # folders too: Docs/ beside docs/ would be one
    places = {"/".join(name.split("/")[:depth]) for name in names for depth in range(1, name.count("/") + 2)}
    folded: dict[str, str] = {}
    faults = []
    for place in sorted(places):
        twin = folded.setdefault(place.casefold(), place)
        if twin != place:
            faults.append(f"{place} and {twin} are one on Windows and macOS")
        last = place.rpartition("/")[2]
        if (
            last.split(".")[0].casefold() in RESERVED
            or last[-1] in ". "
            or any(sign in '<>:"\\|?*' or sign < " " for sign in last)
        ):
            faults.append(f"{place} is no name on Windows")
        # in a folder of a user, with the name of the program in front
        if len(place) > 140:
            faults.append(f"{place} is too long for Windows")
    assert not faults, "\n".join(faults)


# ---------------------------------------------------------------------- paths and letters of Windows
class WindowsPath(PureWindowsPath):
    """A path of Windows with a home, on any system."""

    @classmethod
    def home(cls) -> WindowsPath:
        return cls("C:/Users/张伟")


def test_the_users_folder_is_where_each_system_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LANEWISE_HOME", raising=False)
    monkeypatch.setattr(paths, "Path", WindowsPath)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("APPDATA", r"C:\Users\张伟\AppData\Roaming")
    assert str(paths.user_folder()) == r"C:\Users\张伟\AppData\Roaming\Lanewise"
    monkeypatch.setenv("LANEWISE_HOME", r"D:\案例")
    assert str(paths.user_folder()) == r"D:\案例"
    monkeypatch.delenv("LANEWISE_HOME")
    monkeypatch.delenv("APPDATA")
    assert str(paths.user_folder()) == r"C:\Users\张伟\AppData\Roaming\Lanewise"


COMMANDS = (
    ["advise", str(example_path(examples()[0])), "--lang", "zh"],
    ["advise", str(example_path(examples()[2])), "--json"],
    ["questions", "--json"],
    ["facts", "seed.platform.ebay.advice"],
    ["facts", "--json"],
    ["fees", "--platform", "amazon", "--marketplace", "US", "--category", "apparel", "--price", "24.90"],
    ["coverage"],
)
TABLES = ("cp936", "cp1252", "ascii")
"""The tables of letters of a Chinese and a western Windows, and of a system without any."""
AS_WINDOWS = """
import locale, sys
# what Windows answers to a program that does not name an encoding
locale.getpreferredencoding = lambda do_setlocale=True: {table!r}
locale.getencoding = lambda: {table!r}
from desktop.cli import main
sys.exit(main({arguments}))
"""


@pytest.mark.parametrize("table", TABLES)
def test_every_table_of_letters_is_survived(table: str, tmp_path: Path) -> None:
    """Printed into a pipe of that table: what it has no letter for becomes a sign, and never an error."""
    for arguments in COMMANDS:
        done = run_as(table, arguments, tmp_path)
        assert done.returncode == 0, (arguments, done.stderr.decode(table, "replace")[-400:])
        assert b"Traceback" not in done.stderr
        assert done.stdout


def test_json_is_utf_8_on_every_console(tmp_path: Path) -> None:
    for table in TABLES:
        done = run_as(table, ["facts", "seed.platform.ebay.advice", "--json"], tmp_path)
        assert "一" <= max(done.stdout.decode("utf-8")) <= "鿿" or "，" in done.stdout.decode("utf-8")
        json.loads(done.stdout)


def run_as(table: str, arguments: list[str], home: Path) -> subprocess.CompletedProcess[bytes]:
    strict = {
        "PYTHONUTF8": "0",
        "LC_ALL": "C" if table == "ascii" else "C.UTF-8",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONIOENCODING": table,
    }
    env = {**os.environ, **strict, "LANEWISE_HOME": str(home)}
    code = AS_WINDOWS.format(table=table, arguments=ascii(arguments))
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, timeout=300, check=False
    )


def test_a_refusal_is_one_line_in_every_table(tmp_path: Path) -> None:
    for table in TABLES[:2]:
        done = run_as(table, ["advise", str(tmp_path / "没有.lanewise")], tmp_path)
        assert done.returncode == 2, done.stderr
        assert done.stderr.count(b"\n") == 1
        assert b"Traceback" not in done.stderr


def test_papers_do_not_depend_on_the_table(tmp_path: Path) -> None:
    """A file holds what it held, whatever the letters of the console are."""
    made = []
    for table in ("utf-8", "cp1252"):
        folder = tmp_path / f"{table} 报告"
        folder.mkdir()
        files = ["--html", str(folder / "sheet.html"), "--as-of", "2026-11-24", "--lang", "both"]
        done = run_as(table, ["advise", str(example_path(examples()[0])), *files], tmp_path)
        assert done.returncode == 0, done.stderr
        made.append((folder / "sheet.html").read_bytes())
    assert made[0] == made[1]
