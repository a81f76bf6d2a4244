"""Serial chains, the directory, contacts, relays, settings, notices, quarantine."""

from dataclasses import replace

import pytest

from secmsg.errors import FormatError, NotFound, Rollback, StoreError
from secmsg.ids import (
    CableId,
    CertificateRef,
    EditionNumber,
    MailboxId,
    MessageId,
    RelayId,
    Serial,
    StationId,
    Week,
)
from secmsg.store import contacts, continuity, directory, notices, quarantine, relays, settings
from secmsg.store.contacts import Contact
from secmsg.store.continuity import Gap, Outgoing, SentItem
from secmsg.store.database import Database
from secmsg.store.directory import KeptDirectory, ShownHead
from secmsg.store.quarantine import Suspect
from secmsg.store.relays import Box, Relay
from secmsg.wire.certificate import CertificateType

PEER = StationId(7)
RELAY = RelayId(b"r" * 16)


def test_serials_run_without_a_gap_and_each_item_is_kept(db: Database) -> None:
    assert continuity.outgoing(db, PEER) == Outgoing(PEER, Serial(1), bytes(32))
    with db.transaction():
        for number in (1, 2):
            cable = CableId(b"c" * 16) if number == 1 else None
            continuity.append_item(db, SentItem(PEER, Serial(number), cable, 5, b"item"), bytes([number]) * 32)

    assert continuity.outgoing(db, PEER) == Outgoing(PEER, Serial(3), b"\x02" * 32)
    assert continuity.every_outgoing(db) == (Outgoing(PEER, Serial(3), b"\x02" * 32),)
    assert continuity.sent_item(db, PEER, Serial(1)) == SentItem(PEER, Serial(1), CableId(b"c" * 16), 5, b"item")
    assert continuity.sent_item(db, PEER, Serial(2)) == SentItem(PEER, Serial(2), None, 5, b"item")
    assert continuity.sent_item(db, PEER, Serial(3)) is None

    with db.transaction():
        assert continuity.forget_items(db, PEER, Serial(1)) == 1
    assert continuity.sent_item(db, PEER, Serial(1)) is None


@pytest.mark.parametrize("serial", [0, 2, 7])
def test_a_serial_out_of_turn_is_refused(db: Database, serial: int) -> None:
    with pytest.raises(StoreError), db.transaction():
        continuity.append_item(db, SentItem(PEER, Serial(serial), None, 5, b"item"), bytes(32))


def test_the_chain_from_a_station_is_kept(db: Database) -> None:
    assert continuity.incoming(db, PEER) is None
    with db.transaction():
        continuity.keep_incoming(db, PEER, b"one", 1)
        continuity.keep_incoming(db, PEER, b"two", 2)

    assert continuity.incoming(db, PEER) == b"two"
    assert continuity.every_incoming(db) == ((PEER, b"two"),)


def test_a_gap_opens_once_is_asked_for_and_closes(db: Database) -> None:
    with db.transaction():
        assert continuity.open_gap(db, PEER, Serial(4), 100)
        assert not continuity.open_gap(db, PEER, Serial(4), 200)
        continuity.open_gap(db, PEER, Serial(3), 100)
        continuity.note_asked(db, PEER, Serial(4), 150)
    assert continuity.gaps(db) == (Gap(PEER, Serial(3), 100), Gap(PEER, Serial(4), 100, 150, 1))

    with db.transaction():
        assert continuity.close_gap(db, PEER, Serial(4))
        assert not continuity.close_gap(db, PEER, Serial(4))
    assert continuity.gaps(db) == (Gap(PEER, Serial(3), 100),)


def edition(number: int, root: bytes = b"r" * 32) -> KeptDirectory:
    return KeptDirectory(EditionNumber(number), root, b"body", 10)


def test_an_edition_is_replaced_by_a_newer_one_only(db: Database) -> None:
    assert directory.current(db) is None
    with db.transaction():
        directory.replace(db, edition(3))
        directory.replace(db, edition(3))
        directory.replace(db, edition(4, b"n" * 32))

    for older in (edition(3), edition(4, b"other".ljust(32))):
        with pytest.raises(Rollback), db.transaction():
            directory.replace(db, older)
    assert directory.current(db) == edition(4, b"n" * 32)


def test_segments_and_shown_heads_are_kept(db: Database) -> None:
    one = ShownHead("relay", EditionNumber(4), b"a" * 8, 10)
    other = ShownHead("station 7", EditionNumber(4), b"b" * 8, 11)
    assert directory.highest_head(db) is None
    with db.transaction():
        directory.keep_edition(db, EditionNumber(4), b"segment")
        directory.keep_edition(db, EditionNumber(4), b"again")
        for shown in (one, other, one):
            directory.note_head(db, shown)

    assert directory.edition(db, EditionNumber(4)) == b"segment"
    assert directory.edition(db, EditionNumber(5)) is None
    assert directory.heads(db, EditionNumber(4)) == (one, other)
    assert directory.highest_head(db) == 4


def test_a_new_certificate_of_a_known_person_is_told_from_the_first(db: Database) -> None:
    first = Contact(CertificateRef(b"1" * 32), CertificateType.PERSON, 9, PEER, 10)
    second = replace(first, ref=CertificateRef(b"2" * 32), met_at=20)
    with db.transaction():
        assert contacts.meet(db, first)
        assert not contacts.meet(db, first)
        assert contacts.meet(db, second)
        contacts.confirm(db, first.ref, 30, "by telephone")

    assert contacts.of_subject(db, CertificateType.PERSON, 9) == (
        second,
        replace(first, confirmed_at=30, note="by telephone"),
    )
    assert len(contacts.every(db)) == 2
    with pytest.raises(NotFound), db.transaction():
        contacts.confirm(db, CertificateRef(b"3" * 32), 30)


def test_relays_keep_the_order_of_the_kit(db: Database) -> None:
    one, two = (
        Relay(RelayId(bytes([n]) * 16), f"relay {n}", "https://127.0.0.1", "prefix", b"f" * 32, b"t" * 16)
        for n in (1, 2)
    )
    with db.transaction():
        relays.replace_all(db, (one, two))
        relays.replace_all(db, (two, one))

    assert relays.every(db) == (two, one)
    assert "prefix" not in repr(one)


def test_mailboxes_are_remembered_by_week(db: Database) -> None:
    boxes = [Box(RELAY, Week(week), 0, MailboxId(bytes([week]) * 16)) for week in (1, 2, 3)]
    with db.transaction():
        for box in (*boxes, boxes[0]):
            relays.note_box(db, box, 10)
    assert relays.boxes(db, RELAY, Week(2), Week(3)) == (boxes[1], boxes[2])

    with db.transaction():
        relays.forget_boxes(db, Week(3))
    assert relays.boxes(db, RELAY, Week(0), Week(9)) == (boxes[2],)


def test_a_setting_is_kept_replaced_and_forgotten(db: Database) -> None:
    with db.transaction():
        settings.keep(db, "theme", "dark")
        settings.keep(db, "theme", "light")
    assert settings.get(db, "theme") == "light"

    with db.transaction():
        settings.forget(db, "theme")
        settings.forget(db, "theme")
    assert settings.get(db, "theme") is None


@pytest.mark.parametrize(("name", "value"), [("", "v"), ("n" * 65, "v"), ("n", "v" * 65_537)])
def test_a_setting_beyond_its_bounds_is_refused(db: Database, name: str, value: str) -> None:
    with pytest.raises(FormatError), db.transaction():
        settings.keep(db, name, value)


def test_notices_are_listed_newest_first_and_bounded(db: Database) -> None:
    with db.transaction():
        numbers = [notices.add(db, "clock-off", n, f"notice {n}") for n in range(notices.MAX_KEPT + 5)]

    kept = notices.newest(db, limit=1_000)
    assert len(kept) == notices.MAX_KEPT
    assert kept[0].detail == f"notice {notices.MAX_KEPT + 4}"

    with db.transaction():
        notices.dismiss(db, numbers[-1])
    assert notices.newest(db, limit=1)[0].at == notices.MAX_KEPT + 3


def test_a_packet_that_will_not_open_is_counted_and_kept_apart(db: Database) -> None:
    suspect = Suspect(MessageId(b"m" * 16), RELAY, 10, 1, "DecryptionError", b"body")
    with db.transaction():
        assert [quarantine.note(db, suspect) for _ in range(3)] == [1, 2, 3]
    assert quarantine.every(db, at_least=3) == (replace(suspect, tries=3),)
    assert quarantine.count(db, at_least=4) == 0
    assert b"body" not in repr(suspect).encode()

    with db.transaction():
        quarantine.release(db, suspect.message_id)
    assert quarantine.count(db) == 0


def test_a_flood_of_bad_packets_does_not_fill_the_disk(db: Database) -> None:
    with db.transaction():
        for number in range(quarantine.MAX_KEPT + 3):
            message_id = MessageId(number.to_bytes(16, "big"))
            quarantine.note(db, Suspect(message_id, RELAY, number, 1, "FormatError", b"x"))

    assert quarantine.count(db) == quarantine.MAX_KEPT
    assert quarantine.every(db)[-1].at == 3
