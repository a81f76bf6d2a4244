"""The vectors of what thin packets hold, run on the product; the page prints one of them."""

import pytest

from secmsg.station.thin_tables import check
from secmsg.wire import fragments, thin_content, thin_lines, thin_text
from secmsg.wire.thin_content import Message, Piece
from tests.helpers.thin_tables import vietnamese
from tests.helpers.vectors import written
from tests.vectors import frame
from tests.vectors.frame import Test

TABLES = {1: vietnamese()}


@pytest.mark.parametrize(("file", "vector"), frame.cases("thin_text", expect="ok"))
def test_a_text_is_read_and_written(file: frame.File, vector: Test) -> None:
    data = bytes.fromhex(vector["hex"])

    assert thin_text.decompress(data, vietnamese()) == vector["text"]
    assert thin_text.compress(vector["text"], vietnamese()) == data.rstrip(b"\0")


@pytest.mark.parametrize(("file", "vector"), frame.cases("thin_text", expect="refused"))
def test_other_text_is_refused(file: frame.File, vector: Test) -> None:
    with frame.refusal(vector):
        thin_text.decompress(bytes.fromhex(vector["hex"]), vietnamese())


@pytest.mark.parametrize(("file", "vector"), frame.cases("thin_content", expect="ok"))
def test_a_message_is_read(file: frame.File, vector: Test) -> None:
    assert written(_read(vector)) == vector["value"]


@pytest.mark.parametrize(("file", "vector"), frame.cases("thin_content", expect="refused"))
def test_another_message_is_refused(file: frame.File, vector: Test) -> None:
    with frame.refusal(vector):
        _read(vector)


def _read(vector: Test) -> Message:
    opened = [thin_content.open_packet(bytes.fromhex(each)) for each in vector["contents"]]
    if not isinstance(opened[0], Piece):
        return thin_content.decode(*opened[0], TABLES)
    pieces = {each.fragment.index: each.fragment.piece for each in opened if isinstance(each, Piece)}
    shape = opened[0].fragment
    joined = fragments.join(pieces, shape.data, shape.parity)
    assert joined is not None
    control = opened[0].control
    return thin_content.decode(control, thin_content.joined(control, joined, check), TABLES)


@pytest.mark.parametrize(("file", "vector"), frame.cases("thin_lines", expect="ok"))
def test_a_line_is_read_and_written(file: frame.File, vector: Test) -> None:
    packet = bytes.fromhex(vector["hex"])

    assert thin_lines.read(vector["line"]) == packet
    assert vector["made"] in (thin_lines.letters(packet), vector["line"])


@pytest.mark.parametrize(("file", "vector"), frame.cases("thin_lines", expect="refused"))
def test_another_line_is_refused(file: frame.File, vector: Test) -> None:
    with frame.refusal(vector):
        thin_lines.read(vector["line"])


def test_the_example_of_the_page_is_its_vector() -> None:
    page = (frame.SPEC / "thin-text.md").read_text("utf-8")
    vector = frame.load("thin_content").example()
    (content,) = vector["contents"]

    fields = (content[:2], content[2:4], content[4:6], content[6:10], content[10:16], content[16:].rstrip("0"))
    printed = page.rsplit("| Field | Hex", 1)[1].splitlines()
    rows = [line.split("|")[2].strip(" `") for line in printed if line.startswith("| ") and "`" in line]
    assert tuple(rows[:6]) == fields
    assert rows[6] == vector["identity"]
