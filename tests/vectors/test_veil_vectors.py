"""Keys of weeks are their vectors, and a veil opens for whom it was put on."""

import pytest

from secmsg.crypto import hashing
from secmsg.crypto.secret import Secret
from secmsg.ids import DeviceId, Week
from secmsg.protocol import veil
from tests.helpers.authority_vectors import changed
from tests.vectors import frame
from tests.vectors.frame import File, Test


def done(file: File, test: Test) -> str:
    if test["do"] == "key":
        return veil.cover_key(Secret(bytes.fromhex(test["root"])), Week(test["week"])).reveal().hex()
    covers = [Secret(bytes.fromhex(cover)) for cover in test["covers"]]
    return hashing.short(veil.lift(covers, DeviceId(test["device"]), changed(test, file.bases))).hex()


@pytest.mark.parametrize(("file", "test"), frame.cases("veil", expect="ok"))
def test_a_veil_is_as_its_vectors_say(file: File, test: Test) -> None:
    assert done(file, test) == test["gives"]


@pytest.mark.parametrize(("file", "test"), frame.cases("veil", expect="refused"))
def test_a_veil_that_is_not_ours_stays_on(file: File, test: Test) -> None:
    with frame.refusal(test):
        done(file, test)
