"""The bodies between client and relay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secmsg.errors import FormatError
from secmsg.ids import DepositToken, MailboxId, MessageId, RelayId
from secmsg.wire import feed, sync
from secmsg.wire.padding import CLASSES
from secmsg.wire.sync import (
    BoxContents,
    BoxStatus,
    Deposit,
    Envelope,
    Refusals,
    SyncAnswer,
    Taken,
    TakeStatus,
    TtlClass,
)
from tests.helpers.sync_formats import FORMATS
from tests.helpers.vectors import bytes_of, written
from tests.vectors import frame
from tests.vectors.frame import File, Test

VALID = frame.load("sync").accepted()
BOX = MailboxId(bytes(16))


@pytest.mark.parametrize(("_", "vector"), frame.cases("sync", expect="ok"))
def test_a_valid_vector_is_read_and_written_again(_: File, vector: Test) -> None:
    data = bytes_of(vector)

    value = FORMATS[str(vector["format"])].decode(data)

    assert written(value) == vector["value"]
    assert FORMATS[str(vector["format"])].encode(value) == data


@pytest.mark.parametrize(("_", "vector"), frame.cases("sync", expect="refused"))
def test_a_refused_vector_is_refused(_: File, vector: Test) -> None:
    with frame.refusal(vector):
        FORMATS[str(vector["format"])].decode(bytes_of(vector))


@pytest.mark.parametrize("name", sorted(FORMATS))
@given(data=st.binary(max_size=300))
def test_rubbish_raises_nothing_but_a_format_error(name: str, data: bytes) -> None:
    for first in (b"", b"\x02", b"\x81", b"\x82"):
        try:
            FORMATS[name].decode(first + data)
        except FormatError:
            pass


@given(index=st.data())
def test_a_changed_byte_is_refused_or_read_as_another_value(index: st.DataObject) -> None:
    vector = index.draw(st.sampled_from([each for each in VALID if each["format"] != "feed segment"]))
    data = bytearray(bytes_of(vector))
    place = index.draw(st.integers(0, len(data) - 1))
    data[place] ^= index.draw(st.integers(1, 255))
    form = FORMATS[str(vector["format"])]

    try:
        value = form.decode(bytes(data))
    except FormatError:
        return

    assert form.encode(value) == bytes(data)


@given(sizes=st.lists(st.sampled_from(CLASSES), max_size=12), levels=st.integers(0, 300))
def test_an_answer_with_mail_has_a_size_of_the_ladder(sizes: list[int], levels: int) -> None:
    letters = tuple(
        Envelope(seq + 1, MessageId(seq.to_bytes(16, "big")), bytes(size)) for seq, size in enumerate(sizes)
    )
    answer = SyncAnswer(1, (BoxContents(BOX, BoxStatus.LIVE, letters, levels % 64),), levels)

    body = sync.encode_answer(answer)

    assert len(body) in sync.LADDER
    assert sync.decode_answer(body) == answer


def test_an_answer_tells_of_a_single_refusal() -> None:
    answer = SyncAnswer(1, refusals=(Refusals(BOX, 1, 0),))

    assert sync.decode_answer(sync.encode_answer(answer)) == answer


@pytest.mark.parametrize("length", range(5013 - 300, 5013 + 1200, 7))
def test_every_length_of_prekeys_reaches_the_ladder(length: int) -> None:
    answer = sync.DepositAnswer(1, takes=(Taken(TakeStatus.LAST_RESORT, bytes(length)),))

    body = sync.encode_answer(answer)

    assert len(body) in sync.LADDER
    assert sync.decode_answer(body) == answer


def test_lengths_that_no_fill_can_reach_go_one_step_up() -> None:
    lengths = {
        len(sync.encode_answer(sync.DepositAnswer(1, takes=(Taken(TakeStatus.LAST_RESORT, bytes(size)),))))
        for size in range(400, 520)
    }

    assert lengths == {512, 2048}


def test_an_answer_beyond_the_ladder_is_refused() -> None:
    letters = tuple(Envelope(seq + 1, MessageId(seq.to_bytes(16, "big")), bytes(32_768)) for seq in range(16))

    with pytest.raises(FormatError):
        sync.encode_answer(SyncAnswer(1, (BoxContents(BOX, BoxStatus.LIVE, letters),)))


def test_the_most_that_a_relay_fetches_fits_a_quarter_megabyte() -> None:
    letters = tuple(
        Envelope(seq + 1, MessageId(seq.to_bytes(16, "big")), bytes(32_768)) for seq in range(sync.MAX_FETCH // 32_768)
    )

    body = sync.encode_answer(SyncAnswer(1, (BoxContents(BOX, BoxStatus.LIVE, letters),)))

    assert len(body) == 262_144


def test_what_is_signed_binds_relay_prefix_and_content() -> None:
    relay, prefix = RelayId(b"r" * 16), b"p" * 16

    assert sync.request_input(relay, prefix, b"cbor") == b"r" * 16 + b"p" * 16 + b"cbor"
    with pytest.raises(FormatError):
        sync.request_input(RelayId(b"r"), prefix, b"cbor")


def test_a_proof_binds_everything_that_could_be_swapped() -> None:
    relay, prefix, key, box, nonce = RelayId(b"r" * 16), b"p" * 16, b"k" * 16, MailboxId(b"b" * 16), b"n" * 8

    signed = sync.box_input(relay, prefix, key, box, 1, nonce)

    assert signed == b"r" * 16 + b"p" * 16 + b"k" * 16 + b"b" * 16 + b"\0\0\0\1" + b"n" * 8


def test_a_secret_does_not_show() -> None:
    deposit = Deposit(BOX, DepositToken(b"token-token-tokn"), MessageId(bytes(16)), TtlClass.DAY, b"body")

    assert "token-token" not in repr(deposit)
    assert "b'body'" not in repr(deposit)


def test_times_to_live_are_days_weeks_months() -> None:
    assert [ttl.seconds // 86_400 for ttl in TtlClass] == [1, 7, 30]


def test_an_empty_or_huge_segment_is_refused() -> None:
    for size in (0, feed.MAX_SEGMENT + 1):
        with pytest.raises(FormatError):
            feed.frame_segment(bytes(size))
