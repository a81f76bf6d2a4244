"""A ring fills its class; a handover comes back as it was given, and refuses what is not it."""

from dataclasses import replace

import pytest

from secmsg.errors import FormatError
from secmsg.ids import MailboxId
from secmsg.wire import codec, handover, ring
from secmsg.wire.handover import Handover, Reader
from secmsg.wire.ring import Ring
from tests.helpers.handover_values import ID, PARCEL, STATION, WHOLE


class TestRing:
    def test_it_fills_the_smallest_class_and_comes_back(self) -> None:
        made = ring.encode(Ring(b"\x01" * 16, b"\x02" * 32), b"\x03" * ring.FILL_SIZE)

        assert len(made) == 512
        assert ring.decode(made) == Ring(b"\x01" * 16, b"\x02" * 32)

    @pytest.mark.parametrize("parts", [(15, 32, 464), (16, 31, 464), (16, 32, 465)])
    def test_a_part_of_another_length_is_refused(self, parts: tuple[int, int, int]) -> None:
        nonce, mark, fill = map(bytes, parts)
        with pytest.raises(FormatError):
            ring.encode(Ring(nonce, mark), fill)

    @pytest.mark.parametrize("size", [0, 511, 513, 2048])
    def test_another_length_is_none(self, size: int) -> None:
        with pytest.raises(FormatError):
            ring.decode(bytes(size))


class TestHandover:
    def test_it_comes_back_as_it_was_given(self) -> None:
        assert handover.decode(handover.encode(WHOLE)) == WHOLE

    @pytest.mark.parametrize(
        "wrong",
        [
            replace(WHOLE, watch=bytes(15)),
            replace(WHOLE, poll_s=56),
            replace(WHOLE, relays=()),
            replace(WHOLE, relays=(STATION,) * 9),
            replace(WHOLE, relays=(replace(STATION, parcels=(PARCEL,) * 65),)),
            replace(WHOLE, relays=(replace(STATION, parcels=(replace(PARCEL, targets=()),)),)),
            replace(WHOLE, relays=(replace(STATION, parcels=(replace(PARCEL, body=bytes(513)),)),)),
            replace(WHOLE, relays=(replace(STATION, readers=(Reader(MailboxId(ID), 9, 7, bytes(32)),)),)),
            replace(WHOLE, relays=(replace(STATION, readers=(Reader(MailboxId(ID), 7, 9, bytes(31)),)),)),
            replace(WHOLE, relays=(replace(STATION, fingerprint=bytes(31)),)),
        ],
    )
    def test_what_is_out_of_bounds_is_refused(self, wrong: Handover) -> None:
        with pytest.raises(FormatError):
            handover.encode(wrong)

    def test_more_than_its_fields_is_refused(self) -> None:
        table = codec.decode(handover.encode(WHOLE), max_bytes=handover.MAX_BYTES)
        assert isinstance(table, dict)
        for changed in ({**table, 4: 1}, {**table, 0: 2}):
            with pytest.raises(FormatError):
                handover.decode(codec.encode(changed))

    def test_nothing_of_it_shows_in_an_error_report(self) -> None:
        shown = repr(WHOLE)

        assert "\\x00" * 8 not in shown.replace(repr(STATION.fingerprint), "")
        assert "'prefix'" not in shown
