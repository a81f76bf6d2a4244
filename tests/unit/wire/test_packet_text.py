"""Texts with packets: what belongs together is found whatever form it is in, and read by its own rules."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secmsg.errors import FormatError
from secmsg.wire import base45_text, groups, packet_text, thin_lines
from secmsg.wire.groups import Recovered
from secmsg.wire.packet_text import Form

ONE, TWO, THREE = (random.Random(each).randbytes(size) for each, size in ((1, 60), (2, 140), (3, 270)))
SPOKEN = groups.encode(ONE, 8)


def packets(text: str) -> list[bytes]:
    outcomes = [packet_text.read(written) for written in packet_text.found(text)]
    assert all(isinstance(each, Recovered) for each in outcomes)
    return [each.packet for each in outcomes if isinstance(each, Recovered)]


def test_every_form_in_one_text() -> None:
    first, second, third = base45_text.encode(THREE, 100)
    text = f"""# a remark
{groups.text(SPOKEN)}
{thin_lines.letters(TWO)}
{second}
# the same once more, in a line
{" ".join(SPOKEN)}

{third}
{" ".join(groups.encode(TWO, 10))}
{first}
"""

    written = packet_text.found(text)

    assert packets(text) == [ONE, TWO, THREE, ONE, TWO]
    assert [each.form for each in written] == [Form.GROUPS, Form.LETTERS, Form.BASE45, Form.GROUPS, Form.GROUPS]
    assert [each.name for each in written][:3] == ["lines 2 to 7", "line 9", "lines 10 to 16"]


def test_groups_once_more_belong_to_the_packet_before() -> None:
    spoken = " ".join("?" if 5 <= place < 16 else group for place, group in enumerate(SPOKEN))
    again = "\n".join(f"{place - 1}={SPOKEN[place]}" for place in range(5, 10))

    assert packets(f"{spoken}\n{again}\n{' '.join(SPOKEN)}") == [ONE, ONE]


def test_groups_that_were_typed_as_letters_are_groups() -> None:
    teletype = groups.text(SPOKEN).translate(str.maketrans("1234567890", "QWERTYUIOP"))

    assert [each.form for each in packet_text.found(teletype.replace(":", " "))] == [Form.GROUPS]


@pytest.mark.parametrize("text", ["", "\n \n", "# only a remark"])
def test_a_text_without_a_packet_holds_none(text: str) -> None:
    assert packet_text.found(text) == ()


def test_bounds() -> None:
    with pytest.raises(FormatError, match="longer than"):
        packet_text.found(" " * (packet_text.MAX_TEXT + 1))
    with pytest.raises(FormatError, match="more than 512 packets"):
        packet_text.found("ABCDEFGH\n" * 513)


def test_more_bytes_than_parts_may_hold_are_refused() -> None:
    with pytest.raises(FormatError, match="1961 bytes"):
        base45_text.encode(bytes(1_961), 500)
    with pytest.raises(FormatError, match="parts of 50"):
        base45_text.encode(bytes(1_960), 50)


@given(st.binary(min_size=1, max_size=base45_text.MAX_BYTES), st.integers(98, 500))
def test_every_packet_comes_back_from_its_parts(packet: bytes, size: int) -> None:
    parts = base45_text.encode(packet, size)

    assert packets("\n".join(reversed(parts))) == [packet]
    assert all(len(part) <= 160 for part in base45_text.encode(packet, base45_text.SMS_BYTES))


@given(st.text("0123456789AB/:=# \nQTE-?", max_size=200))
def test_any_text_is_sorted(text: str) -> None:
    lines = text.splitlines()

    for written in packet_text.found(text):
        assert 1 <= written.first <= written.last <= len(lines)
