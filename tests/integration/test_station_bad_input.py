"""What comes from outside and is not as it should be: refused, shown where it must be, and never in the way."""

import shutil
from pathlib import Path

import pytest

from secmsg.authority import directory as editions
from secmsg.authority import trust
from secmsg.authority.edition import root_hash
from secmsg.errors import (
    EnrolmentError,
    FormatError,
    Incomplete,
    NotAllowed,
    NotFound,
    ProfileInUse,
    StoreExists,
    WrongPassphrase,
)
from secmsg.ids import MessageId
from secmsg.office.draft import Draft, DraftAttachment, Lack
from secmsg.station import enrol, headquarters
from secmsg.station.enrol import Proposal
from secmsg.station.headquarters import RelayAccess, Seat
from secmsg.station.station import open_station
from secmsg.station.unlock import by_passphrase, by_recovery
from secmsg.station.views import CableRow, NoticeKind
from secmsg.wire import directory as directory_wire
from secmsg.wire.cable import Degree
from secmsg.wire.sync import PrekeyUpload
from tests.helpers.by_hand import mistyped
from tests.helpers.ministry import FAST, HQ, KEYRING, PARIS, PASSPHRASE, Clock, attachment, draft
from tests.helpers.world import RELAY_ID, Office, World, _template

ACCESS = RelayAccess(RELAY_ID, "relay", "https://127.0.0.1:1", "prefix", bytes(32), bytes(16))


def cables(office: Office) -> list[CableRow]:
    return [row for row in office.station.inbox() if isinstance(row, CableRow)]


def notices(office: Office) -> set[NoticeKind]:
    return {notice.kind for notice in office.station.status().notices}


# --- packets ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [512, 2048, 8192, 32768])
def test_junk_of_every_size_class_stops_nothing(
    ministry_world: World, offices: tuple[Office, Office], size: int
) -> None:
    headquarters, paris = offices
    for number, box in enumerate(ministry_world.relay.boxes):
        ministry_world.relay.put(box, MessageId(bytes([number]) * 16), bytes(size))
    released = headquarters.release(draft(PARIS.id))
    headquarters.sync()

    for _ in range(4):
        paris.sync()
        paris.place.memory.after.clear()

    assert [row.cable_id for row in cables(paris)] == [released.cable_id]
    assert NoticeKind.QUARANTINED in notices(paris)


def test_a_packet_changed_on_its_way_is_set_aside_and_the_true_one_still_opens(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    headquarters.release(draft(PARIS.id))
    ministry_world.settle()
    second = headquarters.release(draft(PARIS.id, subject="Hai"))
    headquarters.sync()
    box, kept = next((box, kept) for box, kept in ministry_world.relay.boxes.items() if kept.envelopes)
    (true,) = kept.envelopes.values()
    for place in (0, 110, 140, len(true.body) - 1):
        changed = true.body[:place] + bytes([true.body[place] ^ 0x80]) + true.body[place + 1 :]
        ministry_world.relay.put(box, MessageId(place.to_bytes(16)), changed)
    ministry_world.relay.order = lambda found: list(reversed(found))

    for _ in range(3):
        paris.sync()
        paris.place.memory.after.clear()

    assert second.cable_id in {row.cable_id for row in cables(paris)}
    # The one with a broken header is junk for ever; the others are known as repeats once the true one is open.
    assert [row.reason for row in paris.station.quarantine()] == ["NoSession"]
    assert ministry_world.relay.boxes[box].envelopes == {}


def test_a_packet_for_another_station_is_not_opened(ministry_world: World, offices: tuple[Office, Office]) -> None:
    headquarters, paris = offices
    headquarters.release(draft(PARIS.id))
    headquarters.sync()
    (envelope,) = ministry_world.relay.waiting()
    own_box = next(iter(ministry_world.relay.boxes))

    ministry_world.relay.put(own_box, envelope.message_id, envelope.body)
    for _ in range(3):
        headquarters.sync()
        headquarters.place.memory.after.clear()

    assert cables(headquarters) == []
    assert len(headquarters.station.quarantine()) == 1
    paris.sync()
    assert len(cables(paris)) == 1


# --- prekeys and the directory ---------------------------------------------------------------------------------------


def test_prekeys_that_are_not_the_addressees_are_refused_and_shown(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, _ = offices
    boxes = list(ministry_world.relay.boxes.values())
    with_keys = [box for box in boxes if box.upload is not None]
    first, second = with_keys
    assert first.upload is not None
    second.upload, second.entries = first.upload, list(first.entries)
    headquarters.release(draft(PARIS.id))

    headquarters.sync()

    assert NoticeKind.RELAY_FAULT in notices(headquarters)
    assert ministry_world.relay.deposited == []


def test_prekeys_that_are_garbage_are_refused_and_shown(ministry_world: World, offices: tuple[Office, Office]) -> None:
    headquarters, _ = offices
    for box in ministry_world.relay.boxes.values():
        if box.upload is not None:
            box.upload = PrekeyUpload(box.upload.box, 99, b"junk", b"junk", ())
            box.entries = []
    headquarters.release(draft(PARIS.id))

    headquarters.sync()

    assert NoticeKind.RELAY_FAULT in notices(headquarters)


def test_without_one_time_prekeys_the_receiver_is_told(ministry_world: World, offices: tuple[Office, Office]) -> None:
    headquarters, paris = offices
    for box in ministry_world.relay.boxes.values():
        box.entries = []
    headquarters.release(draft(PARIS.id))

    headquarters.sync()
    paris.sync()

    assert len(cables(paris)) == 1
    assert NoticeKind.SESSION_LAST_RESORT in notices(paris)


def test_few_prekeys_left_are_replenished(ministry_world: World, offices: tuple[Office, Office]) -> None:
    _, paris = offices
    for box in ministry_world.relay.boxes.values():
        del box.entries[10:]

    paris.sync()
    paris.sync()

    counts = sorted(len(box.entries) for box in ministry_world.relay.boxes.values() if box.upload is not None)
    assert counts == [10, FAST.prekeys.batch]


def test_a_relay_that_goes_back_to_an_older_edition_is_shown(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, _ = offices
    held = headquarters.station.status().edition
    del ministry_world.relay.segments[max(ministry_world.relay.segments)]

    headquarters.sync()

    assert headquarters.station.status().edition == held
    assert NoticeKind.DIRECTORY_ROLLBACK in notices(headquarters)


def test_two_directories_of_one_number_are_shown_as_a_fork(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, _ = offices
    held = headquarters.station.status().edition
    other = _other_edition(ministry_world, held)
    ministry_world.relay.segments = {held: other}
    fresh = ministry_world.relay.link()
    assert fresh.feed_head().number == held
    # Another relay, by its number: nothing was ever seen of it.
    headquarters.place = type(headquarters.place)(
        type(headquarters.place.relay)(b"o" * 16), "other", headquarters.place.link, headquarters.place.memory
    )

    headquarters.sync()

    assert headquarters.station.status().edition == held
    assert NoticeKind.DIRECTORY_FORK in notices(headquarters)


def _other_edition(built: World, number: int) -> bytes:
    """Sign a second edition of the same number, as a stolen issuer's key could."""
    template, segments = _template()
    folder = built.root / "forged"
    shutil.copytree(template / "authority", folder)
    with headquarters.open_authority(folder, by_passphrase(PASSPHRASE), FAST, clock=Clock(built.clock.now)) as office:
        earlier = [directory_wire.decode(segments[each]) for each in range(1, number)]
        assert earlier[0].root is not None
        cover = office._cover()
        accepted = trust.verify_editions(
            None, root_hash(earlier[0].root), earlier, {cover.index: cover.root}, built.clock.now
        )
        directory, edition = editions.next_edition(
            accepted.directory, office._issuer(), editions.describe(PARIS), cover, issued_at=built.clock.now
        )
    assert directory.number == number
    assert directory_wire.encode(edition) != segments[number]
    return directory_wire.encode(edition)


# --- clocks ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("days", [-1, 1])
def test_a_clock_wrong_by_a_day_is_shown_and_cables_still_go(ministry_world: World, days: int) -> None:
    headquarters = ministry_world.open(HQ)
    wrong = Clock(ministry_world.clock.now + days * 86_400 - days * 3_600)
    paris = ministry_world.open(PARIS, wrong)
    headquarters.sync()
    paris.sync()

    released = headquarters.release(draft(PARIS.id))
    answered = paris.release(draft(HQ.id))
    ministry_world.settle()

    assert [row.cable_id for row in cables(paris)] == [released.cable_id]
    assert [row.cable_id for row in cables(headquarters)] == [answered.cable_id]
    assert NoticeKind.CLOCK_OFF in notices(paris)
    offset = paris.station.status().clock_offset_s
    assert offset is not None
    assert abs(abs(offset) - 82_800) < 60
    assert NoticeKind.CLOCK_OFF not in notices(headquarters)


# --- officers and files ----------------------------------------------------------------------------------------------


def test_a_wrong_passphrase_opens_nothing(ministry_world: World) -> None:
    with pytest.raises(WrongPassphrase):
        open_station(ministry_world.root / f"station-{HQ.id}", by_passphrase("một câu khác hẳn"), FAST, keyring=KEYRING)


def test_two_programs_on_one_profile_are_refused(ministry_world: World) -> None:
    ministry_world.open(HQ)
    with pytest.raises(ProfileInUse):
        ministry_world.open(HQ)


def test_no_store_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        open_station(tmp_path / "nothing", by_passphrase(PASSPHRASE), FAST, keyring=KEYRING)


def test_a_body_one_character_too_long_is_refused_and_no_number_is_used(offices: tuple[Office, Office]) -> None:
    headquarters, _ = offices
    with pytest.raises(Incomplete) as caught:
        headquarters.release(draft(PARIS.id, body="x" * 200_001, summary="Tóm tắt"))

    assert Lack.BODY_TOO_LONG in caught.value.lacks
    assert headquarters.release(draft(PARIS.id)).number == 1


def test_an_empty_form_lists_what_it_lacks(offices: tuple[Office, Office]) -> None:
    headquarters, _ = offices
    lacks = headquarters.station.check(Draft())
    assert {Lack.NO_DEGREE, Lack.NO_ADDRESSEE, Lack.NO_TOPIC, Lack.NO_SUBJECT, Lack.NO_BODY} <= set(lacks)


def test_a_cable_to_oneself_is_refused(offices: tuple[Office, Office]) -> None:
    headquarters, _ = offices
    with pytest.raises(NotAllowed):
        headquarters.release(draft(HQ.id))


@pytest.mark.parametrize(
    "name", ["../x", "a/b.pdf", "CON", "aux.txt", "kết luận.pdf ", "", "x" * 121, "a\u202epdf.exe"]
)
def test_an_attachment_of_a_dangerous_name_is_not_released(
    offices: tuple[Office, Office], tmp_path: Path, name: str
) -> None:
    headquarters, _ = offices
    paper = tmp_path / "a.pdf"
    paper.write_bytes(b"x")
    with pytest.raises(Incomplete):
        headquarters.release(draft(PARIS.id, attachments=(attachment(paper, name),)))
    assert headquarters.station.sent() == ()


def test_an_attachment_that_is_gone_or_changed_uses_no_number_and_leaves_no_file(
    ministry_world: World, offices: tuple[Office, Office], tmp_path: Path
) -> None:
    headquarters, _ = offices
    paper = tmp_path / "a.pdf"
    paper.write_bytes(b"x" * 1000)
    good = attachment(paper)
    with pytest.raises(FormatError):
        headquarters.release(
            draft(PARIS.id, attachments=(good, DraftAttachment("b.pdf", "application/pdf", str(paper), 999, 1)))
        )
    with pytest.raises(NotFound):
        headquarters.release(
            draft(PARIS.id, attachments=(DraftAttachment("c.pdf", "application/pdf", str(tmp_path / "no"), 5, 1),))
        )

    blobs = ministry_world.root / f"station-{HQ.id}" / "blobs"
    assert [path for path in blobs.rglob("*") if path.is_file()] == []
    assert headquarters.release(draft(PARIS.id)).number == 1


def test_an_export_overwrites_nothing_and_leaves_nothing_behind(
    ministry_world: World, offices: tuple[Office, Office], tmp_path: Path
) -> None:
    headquarters, _ = offices
    paper = tmp_path / "phụ lục.pdf"
    paper.write_bytes(b"x" * 1000)
    released = headquarters.release(draft(PARIS.id, attachments=(attachment(paper),)))

    beside = headquarters.station.export(released.cable_id, 0, tmp_path)
    with pytest.raises(StoreExists):
        headquarters.station.export(released.cable_id, 0, paper)
    with pytest.raises(NotFound):
        headquarters.station.export(released.cable_id, 1, tmp_path)
    text = headquarters.station.export_text(released.cable_id, tmp_path / "điện.txt")

    assert beside.name == "phụ lục (2).pdf"
    assert "Kính gửi Bộ." in text.read_text(encoding="utf-8")
    assert {path.name for path in tmp_path.iterdir() if path.is_file()} == {
        "phụ lục.pdf",
        "phụ lục (2).pdf",
        "điện.txt",
    }


# --- enrolment -------------------------------------------------------------------------------------------------------


def test_a_fingerprint_that_differs_grants_nothing(ministry_world: World, tmp_path: Path) -> None:
    made = enrol.initialise(
        tmp_path / "new",
        by_passphrase(PASSPHRASE),
        Proposal(PARIS.id, "Người lạ", "?", "?", "?"),
        FAST,
        keyring=KEYRING,
        clock=ministry_world.clock,
    )
    with headquarters.open_authority(
        ministry_world.root / "authority", by_passphrase(PASSPHRASE), FAST, clock=ministry_world.clock
    ) as office:
        before = office.edition
        with pytest.raises(EnrolmentError):
            office.enrol(made.request, Seat(PARIS), (), lambda groups: groups == "another")
        assert office.edition == before


def test_a_kit_opens_with_its_code_alone_and_for_its_own_request_alone(ministry_world: World, tmp_path: Path) -> None:
    clock = ministry_world.clock
    made = [
        enrol.initialise(
            tmp_path / name,
            by_passphrase(PASSPHRASE),
            Proposal(PARIS.id, "Cán bộ", "Bí thư", "Paris", "Paris"),
            FAST,
            keyring=KEYRING,
            clock=clock,
        )
        for name in ("one", "two")
    ]
    with headquarters.open_authority(
        ministry_world.root / "authority", by_passphrase(PASSPHRASE), FAST, clock=clock
    ) as office:
        first = office.enrol(made[0].request, Seat(PARIS, Degree.SECRET), (ACCESS,), lambda _: True)
        second = office.enrol(made[1].request, Seat(PARIS, Degree.SECRET), (ACCESS,), lambda _: True)
    station = open_station(tmp_path / "one", by_passphrase(PASSPHRASE), FAST, keyring=KEYRING, clock=clock)
    try:
        assert not station.status().joined
        with pytest.raises(EnrolmentError):
            station.join(first.kit, second.activation_code)
        with pytest.raises(EnrolmentError):
            station.join(second.kit, second.activation_code)
        with pytest.raises(FormatError, match="group"):
            station.join(first.kit, mistyped(first.activation_code))
        station.join(first.kit, first.activation_code)
        assert station.status().joined
        with pytest.raises(EnrolmentError):
            station.join(first.kit, first.activation_code)
    finally:
        station.close()


def test_the_recovery_sheet_opens_the_store(ministry_world: World, tmp_path: Path) -> None:
    made = enrol.initialise(
        tmp_path / "new",
        by_passphrase(PASSPHRASE),
        Proposal(PARIS.id, "Cán bộ", "Bí thư", "Paris", "Paris"),
        FAST,
        keyring=KEYRING,
        clock=ministry_world.clock,
    )
    groups = " ".join(word for word in made.sheet_text.split() if len(word) == 5 and word.isascii() and word.isdigit())

    opened = open_station(tmp_path / "new", by_recovery(groups), FAST, keyring=KEYRING, clock=ministry_world.clock)

    assert opened.request() == made.request
    opened.close()
    assert made.sheet_pdf.startswith(b"%PDF-")
