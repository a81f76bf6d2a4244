"""What the format of a cable takes at its edges."""

from dataclasses import replace

import pytest

from secmsg.errors import FormatError
from secmsg.ids import PersonId, StationId
from secmsg.wire import cable as wire
from secmsg.wire.cable import Degree, Named, Reference, Urgency
from tests.helpers.cables import ANNEX, CABLE, FULL_CABLE, SIGNED


def test_every_field_comes_back() -> None:
    assert wire.decode(wire.encode(FULL_CABLE)) == FULL_CABLE


@pytest.mark.parametrize("character", ["a", "ệ", "漢", "\U00020000"])
def test_the_longest_body_is_taken_and_one_more_is_not(character: str) -> None:
    longest = replace(CABLE, body=character * wire.MAX_BODY)

    assert wire.decode(wire.encode(longest)) == longest
    with pytest.raises(FormatError, match="200001 characters"):
        wire.encode(replace(CABLE, body=character * (wire.MAX_BODY + 1)))


def test_the_fullest_cable_fits_its_bounds() -> None:
    # Given as much of everything as the bounds allow, in four-byte characters
    wide = "\U00020000"
    names = tuple(str(n) + wide * 119 for n in range(8))
    stations = tuple(map(StationId, range(1, 301)))
    fullest = replace(
        FULL_CABLE,
        basis=wide * 200,
        para_marks=(Degree.TOP_SECRET,) * wire.MAX_PARA_MARKS,
        urgency_reason=wide * 300,
        action_to=stations[:150],
        info_to=stations[150:],
        exempt=tuple(map(StationId, range(301, 451))),
        named=tuple(Named(station, names[:1], only=True) for station in stations),
        refs=tuple(Reference(f"26 PARIS {n:03}", wire.LinkKind.REPLY) for n in range(20)),
        body=wide * wire.MAX_BODY,
        annexes=tuple(replace(ANNEX, name=f"{n:02}" + wide * 118) for n in range(64)),
    )

    encoded = wire.encode(fullest)

    assert len(encoded) <= wire.MAX_BYTES
    assert wire.decode(encoded) == fullest


def test_a_cable_that_no_receiver_would_take_does_not_leave() -> None:
    for spoiled in (
        replace(CABLE, body=""),
        replace(CABLE, subject="\ud800 abc"),
        replace(CABLE, number=0),
        replace(CABLE, number=-1),
        replace(CABLE, dtg=-60),
        replace(CABLE, releaser=replace(CABLE.releaser, person=PersonId(0))),
        replace(CABLE, urg_action=Urgency.FLASH),
    ):
        with pytest.raises(FormatError):
            wire.encode(spoiled)


def test_a_signed_cable_is_not_opened_before_its_signatures_are_checked() -> None:
    # Given a signed cable whose cable is no cable at all
    nonsense = replace(SIGNED, cable=b"nonsense")

    # Then it decodes, so that the signatures over these very bytes can be judged first
    assert wire.decode_signed(wire.encode_signed(nonsense)) == nonsense


def test_a_post_number_is_at_most_24_characters() -> None:
    assert wire.MRN.fullmatch("26 HO CHI MINH 00045")
    assert wire.MRN.fullmatch("26 " + "A" * 17 + " 045")
    assert not wire.MRN.fullmatch("26 " + "A" * 18 + " 045")
    assert not wire.MRN.fullmatch("26 PARIS 045\n")
    assert not wire.MRN.fullmatch("٢٦ PARIS 045")


def test_what_is_secret_is_not_shown_where_values_are_printed() -> None:
    printed = repr(FULL_CABLE) + repr(SIGNED)

    for secret in (FULL_CABLE.body, FULL_CABLE.subject, FULL_CABLE.summary, repr(SIGNED.cable)):
        assert secret not in printed
