"""Why a file was not read or written is said in the language of the reader, not in that of the system."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pytest

from desktop.core.errors import StoreError
from desktop.core.facts import RuleBook
from desktop.core.questions import questions_of
from desktop.core.reasons import reason_of
from desktop.store.casefile import read_case, write_whole

NAMED = (
    "ENOENT",
    "EISDIR",
    "ENOTDIR",
    "EACCES",
    "EPERM",
    "EROFS",
    "ENOSPC",
    "EFBIG",
    "ENAMETOOLONG",
    "EBUSY",
    "EIO",
)


@pytest.mark.parametrize("name", NAMED)
def test_what_disks_and_folders_answer_is_said_in_both_languages(name: str) -> None:
    number = getattr(errno, name)
    said = reason_of(OSError(number, os.strerror(number)))
    assert said.en != os.strerror(number)
    assert not re.search("[A-Za-z]", said.zh)


def test_what_is_not_foreseen_is_in_the_words_of_the_system() -> None:
    assert reason_of(OSError(errno.EDOM, "odd")).zh == "odd"
    assert reason_of(OSError("odder")).en == "odder"


def test_no_english_in_a_chinese_sentence_about_a_file(tmp_path: Path, book: RuleBook) -> None:
    questions = questions_of(book.rules)
    (tmp_path / "folder").mkdir()
    faults = []
    for name in ("none", "folder"):
        with pytest.raises(StoreError) as caught:
            read_case(tmp_path / name, questions)
        faults.append(caught.value.text.zh.replace(name, ""))
    with pytest.raises(StoreError) as caught:
        write_whole(tmp_path / "folder", b"1")
    faults.append(caught.value.text.zh.replace("folder", ""))
    assert not [each for each in faults if re.search("[A-Za-z]", each)]
