"""The frozen vectors of thin packets, read by the product and by a second reader."""

from dataclasses import replace

import pytest

from secmsg.config import ThinLimits
from secmsg.crypto import hashing
from secmsg.crypto.secret import Secret
from secmsg.protocol import session as sessions
from secmsg.protocol import thin
from secmsg.protocol.state import Session
from tests.helpers.sessions import hkdf
from tests.vectors import frame, second_thin
from tests.vectors.frame import File, Test
from tests.vectors.second_basis import RefusedError


def start(file: File, vector: Test) -> Session:
    return sessions.decode(bytes.fromhex(file.given["states"][vector["from"]]))


def done(file: File, vector: Test) -> tuple[Session, bytes]:
    session, now = start(file, vector), vector["now"]
    if vector["do"] == "seal":
        packets, seconds = vector["stop"]
        limits = replace(ThinLimits(), stop_packets=packets, stop_s=seconds)
        return thin.seal_thin(session, bytes.fromhex(vector["payload"]), now=now, limits=limits)
    after, opened = thin.open_thin(session, bytes.fromhex(vector["packet"]), now=now)
    assert (opened.place.epoch, opened.place.counter) == (vector["epoch"], vector["counter"])
    return after, opened.payload


@pytest.mark.parametrize(("file", "vector"), frame.cases("thin", expect="ok"))
def test_what_is_right_is_sealed_and_opened(file: File, vector: Test) -> None:
    after, made = done(file, vector)

    assert made.hex() == vector["packet" if vector["do"] == "seal" else "payload"]
    assert hashing.short(sessions.encode(after)).hex() == vector["digest"]


@pytest.mark.parametrize(("file", "vector"), frame.cases("thin", expect="refused"))
def test_what_is_wrong_is_refused(file: File, vector: Test) -> None:
    with frame.refusal(vector):
        done(file, vector)


def read_again(file: File, vector: Test) -> tuple[int, int, bytes]:
    state = bytes.fromhex(file.given["states"][vector["from"]])
    return second_thin.open_thin(state, bytes.fromhex(vector["packet"]), file.given["window"])


def test_a_second_reader_comes_to_the_same() -> None:
    file = frame.load("thin")
    for vector in file.accepted():
        if vector["do"] == "open":
            expected = vector["epoch"], vector["counter"], bytes.fromhex(vector["payload"])
            assert read_again(file, vector) == expected, vector["name"]


def test_a_second_reader_refuses_the_same() -> None:
    file = frame.load("thin")
    for vector in file.refused():
        # A second reader keeps no time: what is refused for its age opens there.
        if vector["do"] == "open" and "time" not in vector["flags"]:
            with pytest.raises(RefusedError):
                read_again(file, vector)


def test_the_keys_of_the_example_follow_from_each_other() -> None:
    example = frame.load("thin").example()
    keys = {name: bytes.fromhex(example[name]) for name in ("tk", "thin_ck", "thin_ck_after", "mk", "key")}

    assert hkdf(b"", keys["thin_ck"], "thin chain", b"", 64) == keys["thin_ck_after"] + keys["mk"]
    assert hkdf(b"", keys["mk"], "thin", b"", 64) == keys["key"]
    assert hashing.hmac_sha256(Secret(keys["tk"]), bytes(4))[:4].hex() == example["packet"][:8]
