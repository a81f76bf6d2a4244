"""What lies exactly on an edge: the longest that is taken, the pads that a head makes longer, what print shows."""

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from secmsg.errors import FormatError
from secmsg.ids import Serial
from secmsg.wire import cable, codec, directory, feed, item, manifest, revocation, service, slip, sync
from secmsg.wire.cable import LinkKind, Reference
from secmsg.wire.contents import MailboxEntry
from secmsg.wire.enrolment import CoverRoot, RelayEntry
from secmsg.wire.slip import Slip
from secmsg.wire.sync import Creation, Deposit, Take
from tests.helpers.authority_world import world
from tests.helpers.cables import CABLE, MANIFEST, MESSAGES, REVOCATION

SIZES = (512, 2_048, 8_192, 16_384, 32_768, 65_536, 131_072, 262_144, 524_288)


def _head(length: int) -> int:
    return 1 if length < 24 else 2 if length < 256 else 3 if length < 65_536 else 5


@pytest.mark.parametrize("around", [200, 255, 480, 500, 65_300, 65_500, 130_900])
def test_an_answer_is_padded_to_the_next_size_that_a_pad_can_reach(around: int) -> None:
    # The content grows byte by byte past every place where the pad's own head grows.
    for length in range(around, around + 300):
        table: dict[int, codec.Value] = {3: bytes(length)}
        bare = 1 + 1 + 1 + _head(length) + length + 1

        padded = sync._padded(0x81, table)

        assert len(padded) in SIZES
        assert len(padded) == next(size for size in SIZES if _fill(size - bare) is not None)
        assert codec.decode(padded[1:], max_bytes=2**20) == {
            3: bytes(length),
            11: bytes(_fill(len(padded) - bare) or 0),
        }


def _fill(room: int) -> int | None:
    """Return the length of the pad that fills `room` with its head, None where no pad does."""
    return next((fill for head in (1, 2, 3, 5) if (fill := room - head) >= 0 and _head(fill) == head), None)


def test_a_size_that_no_pad_reaches_is_passed_over() -> None:
    # 24 bytes of zeros need a head of two bytes, 23 one of one: 25 bytes in all are out of reach.
    lengths = {len(sync._padded(0x81, {3: bytes(length)})) for length in range(470, 509)}

    assert lengths == {512, 2_048}


def test_nothing_longer_than_the_largest_size_is_made() -> None:
    with pytest.raises(FormatError):
        sync._padded(0x81, {3: bytes(524_288)})


@pytest.mark.parametrize("size", [0, 1, 4_000, 2**20, 2**31])
def test_the_bound_of_a_trailer_holds_the_longest_and_little_more(size: int) -> None:
    most = manifest.max_trailer_size(size)
    needed = 2 + manifest.MAX_BYTES + 3_373

    assert needed <= most <= needed + 0.12 * (size + needed)


def test_a_slip_promises_nothing_unless_told() -> None:
    assert slip.encode(Slip(bytes(32), 5, bytes(32)))[-8:] == bytes(8)


def test_one_line_of_text_holds_no_line_feed() -> None:
    with pytest.raises(FormatError):
        codec.as_text("a\nb", 1, 9, "text")
    with pytest.raises(FormatError):
        codec.Fields({1: "a\nb"}).text(1, 1, 9)


@pytest.mark.parametrize("count", [4_096, 4_097])
def test_an_edition_removes_at_most_4096_certificates(count: int) -> None:
    edition = dataclasses.replace(world().edition, full=False, root=None, issuer=None, added=())
    whole = directory.encode(edition)
    refs = b"".join(n.to_bytes(32) for n in range(1, count + 1))
    segment = whole[:-2] + count.to_bytes(2) + refs

    if count == 4_096:
        assert len(directory.decode(segment).removed) == 4_096
    else:
        with pytest.raises(FormatError, match="at most 4096"):
            directory.decode(segment)


ITEM = item.Item(Serial(3), bytes(32), item.ItemKind.SERVICE, 5, b"x")

CANARY = b"\xca\x5e\xc2\xe7" * 8
SECRET_FIELDS = [
    (MailboxEntry, "secret"),
    (CoverRoot, "root"),
    (RelayEntry, "prefix"),
    (RelayEntry, "enrol_token"),
    (Slip, "key"),
    (Deposit, "token"),
    (Deposit, "body"),
    (Take, "token"),
    (Creation, "enrol_token"),
]


@pytest.mark.parametrize(("kind", "name"), SECRET_FIELDS, ids=lambda each: getattr(each, "__name__", each))
def test_what_must_not_be_seen_is_not_printed(kind: type, name: str) -> None:
    value: object = object.__new__(kind)
    for each in dataclasses.fields(kind):
        object.__setattr__(value, each.name, CANARY if each.name == name else 0)

    printed = repr(value)

    assert name not in printed
    assert str(CANARY)[2:10] not in printed


def _changed(value: Any, name: str, to: int) -> Any:  # noqa: ANN401 - any message
    return dataclasses.replace(value, **{name: to})


BEYOND = [-1, 2**64]


@pytest.mark.parametrize("number", BEYOND)
@pytest.mark.parametrize(
    "name", [*(name for name in MESSAGES if name != "older recap"), "cable", "item", "manifest", "revocation"]
)
def test_an_encoder_makes_nothing_that_its_decoder_refuses(name: str, number: int) -> None:
    made: dict[str, tuple[Callable[[Any], bytes], Any]] = {
        "cable": (cable.encode, CABLE),
        "item": (item.encode, ITEM),
        "manifest": (manifest.encode, MANIFEST),
        "revocation": (revocation.encode, REVOCATION),
    }
    encode, value = made.get(name, (service.encode, MESSAGES.get(name)))

    numbers = [each.name for each in dataclasses.fields(value) if type(getattr(value, each.name)) is int]

    for each in numbers:
        with pytest.raises(FormatError):
            encode(_changed(value, each, number))


def test_a_revocation_without_an_edition_or_a_machine_is_not_made() -> None:
    for name in ("edition", "device"):
        with pytest.raises(FormatError):
            revocation.encode(_changed(REVOCATION, name, 0))


def test_an_answer_drains_nothing_unless_told() -> None:
    decoded = sync.decode_answer(sync.encode_answer(sync.SyncAnswer(1)))

    assert isinstance(decoded, sync.SyncAnswer)
    assert not decoded.draining


def test_a_segment_of_sixteen_mebibytes_goes_through_the_feed() -> None:
    segment = bytes(feed.MAX_SEGMENT)

    assert feed.unframe_segment(feed.frame_segment(segment)) == segment
    with pytest.raises(FormatError):
        feed.unframe_segment(feed.frame_segment(segment) + bytes(feed.SEGMENT_STEP))


def test_a_note_may_have_lines() -> None:
    told = [message for message in MESSAGES.values() if isinstance(message, service.Notice | service.KeyCompromise)]

    assert told
    for message in told:
        lines = dataclasses.replace(message, note="hai\ndòng")
        assert service.decode(service.encode(lines)) == lines


@pytest.mark.parametrize("size", [4_194_304, 4_194_305])
def test_a_sealed_block_has_at_most_four_mebibytes(size: int) -> None:
    edition = dataclasses.replace(
        world().edition, full=False, root=None, issuer=None, added=(), sealed_block=b"", removed=()
    )
    begun = directory.encode(edition)[: 176 + 3_373 + 1]
    segment = begun + size.to_bytes(4) + bytes(size) + bytes(4)

    if size == 4_194_304:
        assert len(directory.decode(segment).sealed_block) == size
    else:
        with pytest.raises(FormatError, match="at most 4 MiB"):
            directory.decode(segment)


def test_a_reference_has_at_most_24_characters() -> None:
    for mrn, taken in (("26 " + "P" * 16 + " 9999", True), ("26 " + "P" * 17 + " 9999", False)):
        made = dataclasses.replace(CABLE, refs=(Reference(mrn, LinkKind.REPLY),))
        if taken:
            assert cable.decode(cable.encode(made)) == made
        else:
            with pytest.raises(FormatError):
                cable.encode(made)


@pytest.mark.parametrize("lacking", ["root", "issuer", "nothing, and removes"])
def test_a_full_segment_carries_root_and_issuer_and_removes_nothing(lacking: str) -> None:
    edition = world().edition
    whole = directory.encode(edition)
    assert edition.root is not None
    begun, after = 176 + 3_373, 176 + 3_373 + 1 + 2_648 + 6_710
    full, with_root, with_issuer = 1, 2, 4
    segment = {
        "root": whole[:begun] + bytes([full | with_issuer]) + whole[begun + 1 + 2_648 :],
        "issuer": whole[:begun] + bytes([full | with_root]) + whole[begun + 1 : begun + 1 + 2_648] + whole[after:],
        "nothing, and removes": whole[:-2] + (1).to_bytes(2) + bytes(32),
    }[lacking]

    assert directory.decode(whole) == edition
    with pytest.raises(FormatError, match="full segment"):
        directory.decode(segment)
