"""Rule packs: only what was signed by a known key, or is knowingly one's own, is ever used."""

from __future__ import annotations

import hashlib
import json
import random
import subprocess
import sys
import zlib
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from rule_packs import DAYS, KEYS, OTHER, SIGNER, TODAY, copy_data, issued, ready

from desktop.core.errors import DataError, LanewiseError, StoreError
from desktop.core.facts import RuleBook
from desktop.engine.renewal import differences
from desktop.store import rulebook
from desktop.store.packs.file import MAGIC, PackError, PackFile, parse_pack
from desktop.store.packs.kept import Packs
from desktop.store.packs.keys import Keys, Signer, public_id, trust
from desktop.store.packs.making import make_pack


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The authored data with one fact changed, one new and one gone."""
    root = copy_data(tmp_path_factory.mktemp("edited"))
    path = root / "facts" / "net.yaml"
    text = path.read_text("utf-8")
    at = text.index("- id: ")
    end = text.find("- id: ", at + 1)
    record = text[at:] if end < 0 else text[at:end]
    first = record.split("\n")[0].removeprefix("- id: ").strip()
    path.write_text(text + record.rstrip().replace(first, f"{first}.again", 1) + "\n", "utf-8")
    return root


@pytest.fixture(scope="module")
def second(edited: Path) -> PackFile:
    return make_pack(edited, "2026-12", 2, *DAYS, SIGNER)


@pytest.fixture(scope="module")
def third(second: PackFile) -> PackFile:
    return issued(second, "2027-01", 3)


@pytest.fixture
def packs(tmp_path: Path) -> Packs:
    return Packs(tmp_path, KEYS)


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def resealed(pack: PackFile, files: dict[str, object] | bytes, signer: Signer | None = SIGNER) -> PackFile:
    """A pack with another content, rightly bound and signed: what a bad publisher could send."""
    plain = files if isinstance(files, bytes) else json.dumps(files).encode()
    content = zlib.compress(plain)
    head = replace(
        pack.head, size=len(plain), packed=len(content), sha256=hashlib.sha256(content).hexdigest(),
        key=signer.id if signer else "",
    )  # fmt: skip
    return PackFile(head, signer.sign(MAGIC + head.line()) if signer else None, content, "signed")


# ---------------------------------------------------------------------- the file
def test_a_pack_is_read_as_it_was_written(second: PackFile) -> None:
    again = parse_pack(second.raw, "a", KEYS)
    assert again.raw == second.raw
    assert again.pack == second.pack
    assert again.pack.trust == "signed"
    assert set(again.files()) == set(second.files())


def test_the_same_data_make_the_same_bytes(edited: Path, second: PackFile) -> None:
    assert make_pack(edited, "2026-12", 2, *DAYS, SIGNER).raw == second.raw


def test_questions_and_steps_stay_the_program_s_own(second: PackFile) -> None:
    areas = {path.split("/")[1] for path in second.files() if path.startswith("rules/")}
    assert "fees" in areas
    assert not areas & {"questions", "flow", "catalogue"}


def test_a_key_is_named_by_its_own_bytes() -> None:
    # SHA-256 of the public key, first 16 hex digits
    assert SIGNER.id == hashlib.sha256(SIGNER.public).hexdigest()[:16] == public_id(SIGNER.public)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "is not a rule pack"),
        (b"PK\x03\x04", "is not a rule pack"),
        (b"lanewise-rules 2\n{}", "newer form"),
        (MAGIC, "damaged"),
        (MAGIC + b"{}\n-\n", "damaged"),
        (MAGIC + b"[" * 5_000 + b"\n-\n", "damaged"),
        (MAGIC + b"[" * 1_000 + b"\n-\n", "damaged"),
        (b"\x00" * 33_000_000, "larger than"),
    ],
)
def test_what_is_no_pack_is_refused_in_a_sentence(raw: bytes, said: str) -> None:
    with pytest.raises(PackError, match=said):
        parse_pack(raw, "file.lwrules", KEYS)


def test_an_unknown_key_a_changed_head_and_no_signature(second: PackFile) -> None:
    foreign = PackFile(
        replace(second.head, key=OTHER.id),
        OTHER.sign(MAGIC + replace(second.head, key=OTHER.id).line()),
        second.content,
        "signed",
    )
    with pytest.raises(PackError, match="not known here"):
        parse_pack(foreign.raw, "a", KEYS)
    # signed by another, under the name of the known key
    with pytest.raises(PackError, match="does not match"):
        parse_pack(replace(foreign, head=second.head).raw, "a", KEYS)
    with pytest.raises(PackError, match="does not match"):
        parse_pack(replace(second, head=replace(second.head, counter=99)).raw, "a", KEYS)
    unsigned = replace(second, signature=None)
    with pytest.raises(PackError, match="not signed"):
        parse_pack(unsigned.raw, "a", KEYS)
    assert parse_pack(unsigned.raw, "a", KEYS, mine=True).pack.trust == "mine"


def test_every_changed_byte_is_noticed(second: PackFile) -> None:
    """Of thousands of changed copies none is accepted with another content."""
    raw, chance = second.raw, random.Random(20261205)
    lines = len(MAGIC) + len(second.head.line()) + 90
    refused = 0
    for _ in range(3_000):
        changed = bytearray(raw)
        for _ in range(chance.choice((1, 1, 2, 8))):
            place = chance.randrange(lines if chance.random() < 0.7 else len(changed))
            kind = chance.random()
            if kind < 0.6:
                changed[place] ^= 1 << chance.randrange(8)
            elif kind < 0.8:
                del changed[place : place + chance.randrange(1, 40)]
            else:
                changed[place:place] = bytes(chance.randrange(256) for _ in range(chance.randrange(1, 9)))
        if bytes(changed) == raw:
            continue
        try:
            files = parse_pack(bytes(changed), "a", KEYS).files()
        except PackError:
            refused += 1
            continue
        pytest.fail(f"a changed pack was accepted with {len(files)} files")
    assert refused > 2_900


@pytest.mark.parametrize(
    "path",
    [
        "../evil.yaml", "facts/../../evil.yaml", "/etc/passwd.yaml", "facts/a.py", "facts/a.yaml/../b.yaml",
        "C:/facts/a.yaml", "facts\\a.yaml", "facts//a.yaml", "code/a.yaml", "facts/con.yaml", "facts/NUL.yaml",
        "facts/.yaml",
        "rules/questions/questions.yaml", "rules/flow/flow.yaml", "facts/" + "a" * 300 + ".yaml",
    ],
)  # fmt: skip
def test_a_path_that_is_none_of_facts_is_refused_even_when_signed(
    second: PackFile, packs: Packs, tmp_path: Path, path: str
) -> None:
    bad = parse_pack(resealed(second, {**second.files(), path: "x: 1"}).raw, "a", KEYS)
    before = everything(tmp_path.parent)
    with pytest.raises(PackError, match="refused"):
        packs.check(bad, TODAY)
    assert everything(tmp_path.parent) == before


@pytest.mark.parametrize(
    "content",
    [
        b"[]", b"{}", b"{", b"[" * 100_000, b'{"facts/a.yaml": 1}', b'{"facts/a.yaml": "", "facts/A.yaml": ""}',
        b"\xff\xfe",
        json.dumps({f"facts/a{n}.yaml": "" for n in range(2_001)}).encode(),
    ],
)  # fmt: skip
def test_a_content_of_another_form_is_refused(second: PackFile, packs: Packs, content: bytes) -> None:
    with pytest.raises(PackError):
        packs.check(parse_pack(resealed(second, content).raw, "a", KEYS), TODAY)


def test_a_content_that_unpacks_to_more_than_it_says(second: PackFile) -> None:
    bomb = zlib.compress(b"\x00" * 70_000_000)
    head = replace(second.head, packed=len(bomb), size=1_000, sha256=hashlib.sha256(bomb).hexdigest())
    pack = PackFile(head, SIGNER.sign(MAGIC + head.line()), bomb, "signed")
    with pytest.raises(PackError, match="damaged"):
        parse_pack(pack.raw, "a", KEYS).files()


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x, x, x, x, x, x, x, x, x]\n"
        + "".join(
            f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)
        ),
        "a: " + "[" * 3_000 + "]" * 3_000,
    ],
    ids=["aliases", "depth"],
)
def test_a_few_lines_that_stand_for_gigabytes(second: PackFile, packs: Packs, text: str) -> None:
    bad = resealed(second, {"facts/bomb.yaml": text})
    with pytest.raises(PackError, match="nested too deeply or repeats"):
        packs.check(parse_pack(bad.raw, "a", KEYS), TODAY)


def test_facts_go_through_the_strict_door(second: PackFile, packs: Packs, tmp_path: Path) -> None:
    files = second.files()
    wrong = {**files, "facts/net.yaml": files["facts/net.yaml"].replace("unit:", "units:", 1)}
    with pytest.raises(DataError, match="unknown key 'units'"):
        packs.check(parse_pack(resealed(second, wrong).raw, "a", KEYS), TODAY)
    assert packs.list() == ()
    fewer = {path: text for path, text in files.items() if not path.startswith("rules/fx/")}
    with pytest.raises(LanewiseError):
        packs.check(parse_pack(resealed(second, fewer).raw, "a", KEYS), TODAY)
    assert everything(tmp_path) == {}


# ---------------------------------------------------------------------- what it would change
def test_what_differs_is_named_fact_by_fact(second: PackFile, packs: Packs) -> None:
    old, new = rulebook.load(), ready(second).book
    found = differences(old, new)
    assert [(fact.kind, fact.id.endswith(".again")) for fact in found.facts] == [("new", True)]
    assert found.gone == ()
    back = differences(new, old)
    assert [fact.kind for fact in back.facts] == ["gone"]
    assert back.gone == back.facts
    assert not differences(old, rulebook.load())
    assert packs.list() == ()


# ---------------------------------------------------------------------- installed
def test_installed_used_gone_back_from(
    packs: Packs, second: PackFile, third: PackFile, tmp_path: Path
) -> None:
    assert packs.book()[0].pack.trust == "shipped"
    packs.install(ready(second), TODAY)
    packs.install(ready(third), TODAY)
    assert [kept.pack.name for kept in packs.list()] == ["2027-01", "2026-12"]
    book, said = Packs(tmp_path, KEYS).book()
    assert said is None
    assert book.pack == third.pack
    assert packs.back() == second.pack
    assert Packs(tmp_path, KEYS).book()[0].pack == second.pack
    assert packs.back().trust == "shipped"
    with pytest.raises(StoreError, match="no other pack"):
        packs.back()
    assert packs.use(third.pack.id) == third.pack
    with pytest.raises(StoreError, match="in use"):
        packs.remove(third.pack.id)
    packs.remove(second.pack.id)
    assert [kept.pack.name for kept in packs.list()] == ["2027-01"]


def test_an_older_one_another_of_the_same_number_and_a_wrong_day(
    packs: Packs, second: PackFile, third: PackFile
) -> None:
    packs.install(ready(third), TODAY)
    with pytest.raises(PackError, match="older than one that was installed"):
        packs.install(ready(second), TODAY)
    packs.back()
    # going back is the user's own will; an old file is not
    with pytest.raises(PackError, match="older than one that was installed"):
        packs.install(ready(second), TODAY)
    twin = issued(second, "other", 3)
    changed = resealed(twin, {**twin.files(), "facts/empty/again.yaml": "facts: []"})
    with pytest.raises(PackError, match="needs a new number"):
        packs.check(parse_pack(changed.raw, "a", KEYS), TODAY)
    with pytest.raises(PackError, match="expired on 2027-12-01"):
        packs.check(third, DAYS[2])
    with pytest.raises(PackError, match="holds from 2026-12-01"):
        packs.check(third, date(2026, 11, 30))


def test_one_s_own_pack_is_marked_and_counts_for_nothing(packs: Packs, third: PackFile) -> None:
    own = parse_pack(issued(third, "mine", 999, None).raw, "a", KEYS, mine=True)
    packs.install(ready(own), TODAY)
    book, _ = packs.book()
    assert book.pack.trust == "mine"
    assert book.pack.counter == 0
    # its number closes the door to no signed pack
    assert packs.install(ready(third), TODAY).pack.trust == "signed"


def test_a_pack_that_was_changed_where_it_lies_is_not_used(packs: Packs, second: PackFile) -> None:
    kept = packs.install(ready(second), TODAY)
    path = kept.folder / "pack.lwrules"
    path.write_bytes(path.read_bytes().replace(b'"counter":2', b'"counter":9'))
    book, said = packs.book()
    assert book.pack.trust == "shipped"
    assert said is not None
    assert "does not match" in said.en


@pytest.mark.parametrize("name", ["rules.json", "facts.json", "made.json"])
@pytest.mark.parametrize("change", ["cut", "gone", "other"])
def test_what_was_compiled_is_made_anew_where_it_is_not_what_was_made(
    packs: Packs, second: PackFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, change: str
) -> None:
    kept = packs.install(ready(second), TODAY)
    path, whole = kept.folder / name, (kept.folder / name).read_bytes()
    if change == "gone":
        path.unlink()
    else:
        path.write_bytes(whole[: len(whole) // 2] if change == "cut" else whole.replace(b'"', b" ", 1))
    monkeypatch.setattr("desktop.store.packs.kept.checked", ready)
    book, said = Packs(tmp_path, KEYS).book()
    assert said is None
    assert book.pack == second.pack
    assert book.digest == ready(second).book.digest
    assert path.read_bytes() == whole


def test_another_version_of_the_program_compiles_the_pack_anew(
    packs: Packs, second: PackFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an older program compiled holds its questions and steps, and its form."""
    kept = packs.install(ready(second), TODAY)
    before = (kept.folder / "made.json").read_bytes()
    compiled = []
    monkeypatch.setattr("desktop.store.packs.kept.checked", lambda pack: compiled.append(pack) or ready(pack))
    packs.book()
    assert compiled == []
    monkeypatch.setattr("desktop.store.packs.kept.__version__", "99.0")
    assert packs.book()[0].pack == second.pack
    assert [pack.pack for pack in compiled] == [second.pack]
    assert (kept.folder / "made.json").read_bytes() != before
    packs.book()
    assert len(compiled) == 1


def test_a_folder_that_cannot_be_written_does_not_stand_in_the_way_of_reading(
    packs: Packs, second: PackFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    packs.install(ready(second), TODAY)
    monkeypatch.setattr("desktop.store.packs.kept.checked", ready)
    monkeypatch.setattr("desktop.store.packs.kept.__version__", "99.0")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("desktop.store.packs.kept.tempfile.TemporaryDirectory", refuse)
    assert packs.book()[0].pack == second.pack


def test_back_passes_over_what_is_gone(packs: Packs, second: PackFile, third: PackFile) -> None:
    fourth = issued(second, "2027-02", 4)
    for pack in (second, third, fourth):
        packs.install(ready(pack), TODAY)
    packs.remove(third.pack.id)
    assert packs.before == second.pack.id
    assert packs.back() == second.pack
    assert packs.before == ""
    packs.use(fourth.pack.id)
    packs.remove(second.pack.id)
    assert packs.back().trust == "shipped"
    assert packs.before is None


def test_a_lost_state_opens_the_door_to_nothing_older(
    packs: Packs, second: PackFile, third: PackFile, tmp_path: Path
) -> None:
    packs.install(ready(third), TODAY)
    (tmp_path / "packs" / "state.json").unlink()
    with pytest.raises(PackError, match="older than one that was installed"):
        packs.install(ready(second), TODAY)


def test_what_was_cut_off_is_swept_away_and_a_damaged_folder_is_mended(
    packs: Packs, second: PackFile, tmp_path: Path
) -> None:
    for name in (".new-abc", ".gone-000001-000000000000", second.pack.id):
        (tmp_path / "packs" / name).mkdir(parents=True)
        (tmp_path / "packs" / name / "rules.json").write_text("{}")
    assert packs.list() == ()
    packs.install(ready(second), TODAY)
    assert {path.name for path in (tmp_path / "packs").iterdir()} == {"state.json", second.pack.id}
    assert packs.book()[0].pack == second.pack


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("facts/a.yaml", "\ud800", "cannot be compiled"),
        ("facts/a.yaml", "? [a, b]\n: 1\n", "cannot be compiled"),
        ("facts/a.yaml", "a: &a [*a]", "nested too deeply or repeats"),
        ("facts/a.yaml", "\x00", "is not YAML"),
        ("rules/facts/a.yaml", "a: 1", "no schema"),
        ("rules/nothing/a.yaml", "a: 1", "no schema"),
        ("facts/a.yaml", "!!python/object/apply:os.system [ls]", "is not YAML"),
    ],
)  # fmt: skip
def test_what_no_schema_foresees_is_refused_in_a_sentence(
    second: PackFile, packs: Packs, tmp_path: Path, path: str, text: str, said: str
) -> None:
    bad = resealed(second, {path: text})
    with pytest.raises(LanewiseError, match=said):
        packs.check(parse_pack(bad.raw, "a", KEYS), TODAY)
    assert everything(tmp_path) == {}


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"current": "../..", "highest": 1, "order": []}', "[" * 100_000]
)
def test_a_state_that_cannot_be_read_is_that_of_a_new_user(
    packs: Packs, tmp_path: Path, content: str
) -> None:
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "state.json").write_text(content)
    assert packs.book()[0].pack.trust == "shipped"
    assert packs.list() == ()


def test_a_folder_that_cannot_be_written(tmp_path: Path, second: PackFile) -> None:
    (tmp_path / "packs").write_text("a file where the folder should be")
    with pytest.raises(StoreError, match="rules are as before"):
        Packs(tmp_path, KEYS).install(ready(second), TODAY)


# ---------------------------------------------------------------------- keys
def test_a_key_pair_is_made_once_and_read_by_its_owner_only(tmp_path: Path) -> None:
    made = Signer.make(tmp_path / "own.key")
    assert (tmp_path / "own.key").stat().st_mode & 0o077 == 0
    assert Signer.read(tmp_path / "own.key").id == made.id
    assert trust(tmp_path / "own.pub", tmp_path / "home") == made.id
    assert Keys.of(tmp_path / "home" / "keys").knows(made.id)
    with pytest.raises(StoreError, match="was not written"):
        Signer.make(tmp_path / "own.key")
    (tmp_path / "bad.key").write_text("abc")
    for use in (lambda: Signer.read(tmp_path / "bad.key"), lambda: trust(tmp_path / "bad.key", tmp_path)):
        with pytest.raises(StoreError, match="64 hex digits"):
            use()


def test_the_rule_book_of_a_pack_answers_as_the_shipped_one(second: PackFile) -> None:
    book: RuleBook = ready(second).book
    own = rulebook.load()
    assert book.digest != own.digest
    assert len(book) == len(own) + 1
    assert book.pack.name == "2026-12"


def test_asking_which_pack_is_in_use_loads_nothing_heavy(tmp_path: Path) -> None:
    """Each start asks it before the first paint."""
    code = (
        "import sys; from pathlib import Path; from desktop.store.packs.kept import Packs;"
        f"print(Packs(Path({str(tmp_path)!r})).book()[0].pack.trust);"
        "print(*[name for name in ('yaml', 'pydantic', 'nacl', 'numpy', 'pandas') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["shipped", ""]
