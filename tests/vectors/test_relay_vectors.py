"""What readers sign for a relay: recorded signatures hold, and none of them for anything else."""

import pytest

from secmsg.crypto import hashing, labels, signing
from secmsg.ids import MailboxId, RelayId
from secmsg.wire import sync
from secmsg.wire.sync import SignedRequest
from tests.helpers.vectors import bytes_of
from tests.vectors import frame
from tests.vectors.frame import File, Test


def done(test: Test) -> None:
    """Do what a relay does with it."""
    if test["do"] in ("name", "hash"):
        size = 16 if test["do"] == "name" else 32
        assert hashing.short(bytes.fromhex(test["data"]))[:size].hex() == test["gives"]
        return
    relay, public = RelayId(bytes.fromhex(test["relay"])), bytes.fromhex(test["public"])
    prefix = hashing.short(test["prefix"].encode())[:16]
    if test["do"] == "request":
        body = sync.decode_body(bytes_of(test))
        assert isinstance(body, SignedRequest)
        signed = labels.RELAY_REQUEST.encode() + b"\0" + sync.request_input(relay, prefix, body.cbor)
        signing.reader_verify(public, signed, body.signature)
        return
    main, box = hashing.short(bytes.fromhex(test["signer"]))[:16], MailboxId(bytes.fromhex(test["box"]))
    signed = sync.box_input(relay, prefix, main, box, test["t"], bytes.fromhex(test["nonce"]))
    signing.reader_verify(public, labels.RELAY_BOX.encode() + b"\0" + signed, bytes.fromhex(test["signature"]))


@pytest.mark.parametrize(("_", "test"), frame.cases("relay_api", expect="ok"))
def test_what_a_reader_signed_holds(_: File, test: Test) -> None:
    done(test)


@pytest.mark.parametrize(("_", "test"), frame.cases("relay_api", expect="refused"))
def test_what_was_signed_for_something_else_does_not(_: File, test: Test) -> None:
    with frame.refusal(test):
        done(test)
