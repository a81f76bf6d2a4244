"""What fuzzing has met is met again: every kept input and every seed is taken or refused as its decoder declares."""

import pytest

from tests.fuzz import planted
from tests.fuzz.__main__ import CORPUS
from tests.fuzz.target import Target, finding
from tests.fuzz.targets import ALL, PLANTED


def _kept(target: Target) -> list[bytes]:
    folder = CORPUS / target.name
    return [path.read_bytes() for path in sorted(folder.iterdir())] if folder.is_dir() else []


@pytest.mark.parametrize("name", ALL)
def test_only_declared_refusals_leave_a_decoder(name: str) -> None:
    target = ALL[name]
    inputs = [*target.seeds(), *_kept(target)]

    found = [(data[:32].hex(), repr(error)) for data in inputs if (error := finding(target, data)) is not None]

    assert inputs, "nothing was tried"
    assert found == []


def test_every_corpus_belongs_to_a_target() -> None:
    assert {folder.name for folder in CORPUS.iterdir()} <= set(ALL)


def test_a_mistake_is_a_finding() -> None:
    # The control: the planted decoder refuses properly nearly everywhere, and leaves with a ValueError once.
    assert finding(PLANTED, b"planted") is None
    assert isinstance(finding(PLANTED, planted.MAGIC + b"x"), ValueError)
