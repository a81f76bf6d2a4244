"""A secret stays one: it does not print, pickle, copy or compare in variable time."""

import copy
import hmac
import logging
import pickle
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secmsg.crypto.secret import Secret
from secmsg.errors import FormatError

CANARY = b"correct horse battery staple"


@dataclass(frozen=True, slots=True)
class Holder:
    """A value that holds a secret, as keys do."""

    name: str
    secret: Secret


@pytest.mark.parametrize("show", [repr, str, "{}".format, "{!r}".format, lambda s: f"{s}"])
def test_no_way_of_printing_shows_the_bytes(show: Callable[[object], str]) -> None:
    secret = Secret(CANARY)

    text = show(secret)

    assert text == "<Secret 28 B>"


def test_a_value_that_holds_a_secret_does_not_show_it_either() -> None:
    holder = Holder("key", Secret(CANARY))

    text = repr(holder)

    assert text == "Holder(name='key', secret=<Secret 28 B>)"


def test_a_log_line_and_an_exception_do_not_show_it(caplog: pytest.LogCaptureFixture) -> None:
    secret = Secret(CANARY)

    logging.getLogger("test").info("made %s", secret)
    error = ValueError(secret)

    assert "correct" not in caplog.text
    assert "correct" not in repr(error)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_pickling_is_refused_in_every_protocol(protocol: int) -> None:
    secret = Secret(CANARY)

    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(secret, protocol)


@pytest.mark.parametrize(
    "duplicate", [copy.copy, copy.deepcopy, lambda s: asdict(Holder("key", s)), Secret.__getstate__]
)
def test_copying_is_refused(duplicate: Callable[[Secret], object]) -> None:
    secret = Secret(CANARY)

    with pytest.raises(TypeError, match="not pickled or copied"):
        duplicate(secret)


def test_it_has_no_dictionary_no_bytes_no_hash_and_no_truth_value() -> None:
    secret = Secret(CANARY)

    attempts: tuple[Callable[[Any], object], ...] = (vars, bytes, hash, bool, iter)
    for attempt in attempts:
        with pytest.raises(TypeError):
            attempt(secret)


def test_it_keeps_a_copy_of_a_buffer_that_changes_later() -> None:
    buffer = bytearray(CANARY)
    secret = Secret(buffer)

    buffer[0] ^= 0xFF

    assert secret.reveal() == CANARY


def test_a_number_or_a_text_is_not_taken_for_bytes() -> None:
    for value in (32, "text", [1, 2]):
        with pytest.raises(TypeError):
            Secret(value)  # type: ignore[arg-type]  # the point of the line


def test_equality_is_by_value_among_secrets_and_false_with_anything_else() -> None:
    secret = Secret(CANARY)

    assert secret == Secret(CANARY)
    assert secret != Secret(CANARY[:-1] + b"x")
    assert secret != Secret(b"")
    assert secret != CANARY


def test_equality_goes_through_the_constant_time_comparison(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[bytes, bytes]] = []

    def recording(first: bytes, second: bytes) -> bool:
        compared.append((first, second))
        return False

    monkeypatch.setattr(hmac, "compare_digest", recording)

    answer = Secret(b"a") == Secret(b"a")

    assert answer is False
    assert compared == [(b"a", b"a")]


def test_exactly_gives_the_bytes_only_at_that_length() -> None:
    secret = Secret(CANARY)

    assert secret.exactly(28) == CANARY
    with pytest.raises(FormatError, match="32 bytes is needed, not of 28"):
        secret.exactly(32)


@given(st.lists(st.binary(min_size=1, max_size=40), min_size=1, max_size=6))
def test_split_is_the_inverse_of_joining(parts: list[bytes]) -> None:
    whole = Secret(b"".join(parts))

    cut = whole.split(*(len(part) for part in parts))

    assert [secret.reveal() for secret in cut] == parts
    assert len(whole) == sum(len(secret) for secret in cut)


@pytest.mark.parametrize("lengths", [(), (27,), (29,), (28, 0), (0, 28), (-1, 29), (14, 13)])
def test_split_refuses_lengths_that_do_not_use_every_byte(lengths: tuple[int, ...]) -> None:
    secret = Secret(CANARY)

    with pytest.raises(FormatError) as refusal:
        secret.split(*lengths)

    assert "correct" not in str(refusal.value)
