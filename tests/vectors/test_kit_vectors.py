"""The vectors of the delegation kit: records come back, additions are taken as the permit says, the rest is refused."""

import io
from collections.abc import Callable

import pytest

from secmsg.crypto import labels, signing
from secmsg.crypto.signing import Level
from secmsg.office import kit_log, kit_records, kits
from secmsg.office.kits import Use
from secmsg.station import annex, kit_machine, kit_packing, kit_verifying
from secmsg.station.annex import Purpose, Sender
from secmsg.station.kit_verifying import Addressee, Verified
from secmsg.wire import cable as cables
from secmsg.wire import kit_drop
from tests.helpers.vectors import Format, written
from tests.vectors import frame
from tests.vectors.frame import File, Test
from tests.vectors.make_kit import addition, bytes_in

RECORDS = {
    "permit": Format(kit_records.encode_permit, kit_records.decode_permit),
    "signed permit": Format(kit_records.encode_signed, kit_records.decode_signed),
    "verify permit": Format(kit_records.encode_signed, kit_records.decode_signed),
    "proof": Format(kit_records.encode_proven, kit_records.decode_proven),
    "home": Format(kit_records.encode_home, kit_records.decode_home),
    "line": Format(kit_log.encode, kit_log.decode),
    "head": Format(kit_drop.encode_head, kit_drop.decode_head),
}


def _record(file: File, test: Test) -> None:
    data = bytes_in(file, test)
    value = RECORDS[test["do"]].decode(data)
    if "value" in test:
        assert written(value) == test["value"]
    assert RECORDS[test["do"]].encode(value) == data


def _permitted(file: File, test: Test) -> None:
    _record(file, test)
    signed = kit_records.decode_signed(bytes_in(file, test))
    for key, signature in (("officer", signed.signature), ("second", signed.witness_signature)):
        if signature:
            public = bytes.fromhex(test[key])
            signing.verify(Level.STANDARD, public, labels.SIGN_KIT_PERMIT, signed.statement, signature)


def _contents(_: File, test: Test) -> None:
    listed = ((bytes.fromhex(name), bytes.fromhex(encoded)) for name, encoded in test["cables"])
    assert kit_packing.contents_of(listed).hex() == test["gives"]


def _reference(_: File, test: Test) -> None:
    assert kit_packing.reference(bytes.fromhex(test["public"])).hex() == test["gives"]


def _mark(_: File, test: Test) -> None:
    kit, machine = bytes.fromhex(test["kit"]), bytes.fromhex(test["machine"])
    assert kit_machine.mark_of(kit, machine).hex() == test["gives"]


def _judged(_: File, test: Test) -> None:
    permit = kit_records.decode_permit(bytes.fromhex(test["permit"]))
    use = Use(test["seen"], test["used_s"], test["openings"])
    assert kits.judge(permit, use, test["now"]).value == test["gives"]


def _addition(file: File, test: Test) -> None:
    kit, permit, use, data = addition(file, test)
    verified = kit_verifying.verify(kit, permit, use, data)
    assert (None if verified is None else _taken(kit, verified)) == test["gives"]


def _taken(kit: Addressee, verified: Verified) -> dict[str, object]:
    now = verified.permit
    return {
        "number": verified.head.number,
        "until": now.until,
        "openings": now.openings,
        "minutes": now.minutes,
        "seen": verified.seen,
        "enclosures": [
            each for packed, blobs in zip(verified.head.cables, verified.blobs, strict=True)
            for each in _enclosures(kit, packed.signed, blobs)
        ],
    }  # fmt: skip


def _enclosures(kit: Addressee, signed: bytes, blobs: tuple[bytes, ...]) -> list[str]:
    sender, found = Sender(kit_packing.reference(kit.public), kit.public), []
    for slip, blob in zip(cables.decode_signed(signed).slips, blobs, strict=True):
        out = io.BytesIO()
        annex.unseal(io.BytesIO(blob), slip, sender, Purpose.ANNEX, out.write)
        found.append(out.getvalue().hex())
    return found


DO: dict[str, Callable[[File, Test], None]] = dict.fromkeys(RECORDS, _record) | {
    "verify permit": _permitted,
    "contents": _contents,
    "reference": _reference,
    "mark": _mark,
    "judge": _judged,
    "addition": _addition,
}


@pytest.mark.parametrize(("file", "test"), frame.cases("kit", expect="ok"))
def test_what_is_right_is_taken(file: File, test: Test) -> None:
    DO[test["do"]](file, test)


@pytest.mark.parametrize(("file", "test"), frame.cases("kit", expect="refused"))
def test_what_is_wrong_is_refused(file: File, test: Test) -> None:
    with frame.refusal(test):
        DO[test["do"]](file, test)
