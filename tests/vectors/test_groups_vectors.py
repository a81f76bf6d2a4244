"""The vectors of packets as groups, run on the product; the page prints one of them."""

import pytest

from secmsg.wire import base45_text, groups
from secmsg.wire.groups import Recovered, Wanted
from tests.helpers.vectors import bytes_of
from tests.vectors import frame
from tests.vectors.frame import Test


@pytest.mark.parametrize(("file", "vector"), frame.cases("groups", expect="ok"))
def test_groups_are_written_and_read(file: frame.File, vector: Test) -> None:
    packet = bytes_of(vector)
    if vector["do"] == "write":
        assert " ".join(groups.encode(packet, vector["parity"])) == vector["text"]

    outcome = groups.decode(vector["text"])

    assert isinstance(outcome, Recovered)
    assert outcome.packet == packet
    assert [groups.name(place) for place in outcome.wrong] == vector.get("wrong", [])
    assert [groups.name(place) for place in outcome.changed] == vector.get("changed", [])


@pytest.mark.parametrize(("file", "vector"), frame.cases("groups", expect="refused"))
def test_what_gives_no_packet_is_refused_and_says_what_to_ask_for(file: frame.File, vector: Test) -> None:
    with frame.refusal(vector):
        groups.encode(bytes_of(vector), vector["parity"]) if vector["do"] == "write" else groups.read(vector["text"])

    if "wants" in vector:
        outcome = groups.decode(vector["text"])
        assert isinstance(outcome, Wanted)
        assert [groups.name(place) for place in outcome.places] == vector["wants"]


@pytest.mark.parametrize(("file", "vector"), frame.cases("base45", expect="ok"))
def test_parts_are_written_and_joined(file: frame.File, vector: Test) -> None:
    packet = bytes.fromhex(vector["hex"])

    assert base45_text.joined(map(base45_text.decode, vector["parts"])) == packet
    if "size" in vector:
        assert list(base45_text.encode(packet, vector["size"])) == vector["parts"]
    assert all(base45_text.is_part(part) for part in vector["parts"])


@pytest.mark.parametrize(("file", "vector"), frame.cases("base45", expect="refused"))
def test_other_parts_are_refused(file: frame.File, vector: Test) -> None:
    with frame.refusal(vector):
        base45_text.joined(map(base45_text.decode, vector["parts"]))
