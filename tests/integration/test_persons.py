"""Several persons at one post: each opens with their own slot, signs with their own key, and no other's."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from secmsg.crypto import labels
from secmsg.crypto.secret import Secret
from secmsg.errors import (
    EnrolmentError,
    NotAllowed,
    NotEntitled,
    NotListed,
    PassphraseTaken,
    SignatureError,
    StoreError,
    WrongPassphrase,
)
from secmsg.office.person_log import Deed
from secmsg.office.persons import Bar, Rank, State
from secmsg.station import desk as desks
from secmsg.station import headquarters, passphrases, person_acts, person_keys, person_renewal, persons
from secmsg.station.passphrases import Kind
from secmsg.station.reopening import Word
from secmsg.station.station import Station, open_station
from secmsg.station.unlock import ByPassphrase, by_passphrase
from secmsg.station.views import NoticeKind
from secmsg.store import officers as rows
from secmsg.store import vault
from secmsg.store.paths import Home
from secmsg.wire import person_request
from tests.helpers import backups
from tests.helpers.ministry import FAST, HQ, KEYRING, PARIS, PASSPHRASE, draft
from tests.helpers.world import Office, World, world

SECOND = "một mật khẩu khác hẳn"
HOURS = 3600


@pytest.fixture
def here(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as built:
        yield built


def opened(built: World, passphrase: str = PASSPHRASE) -> Station:
    return open_station(
        built.root / f"station-{PARIS.id}", by_passphrase(passphrase), FAST, keyring=KEYRING, clock=built.clock
    )


def add(office: Office, rank: Rank = Rank.OFFICER, name: str = "Trần Thị Bình", passphrase: str = SECOND) -> int:
    desk = office.station.desk
    return person_acts.add(desk, name, "Bí thư", rank, by_passphrase(passphrase), "Lê Đại sứ").number


def grant(built: World, request: bytes) -> None:
    with headquarters.open_authority(
        built.root / "authority", by_passphrase(PASSPHRASE), FAST, clock=built.clock
    ) as at:
        at.grant_person(request, lambda groups: bool(groups))
        built.relay.segments = {int(segment.number): segment.data for segment in at.segments()}


def come_in(built: World, office: Office, passphrase: str) -> Office:
    """Let another person open the store of Paris."""
    built.close(office)
    again = built.open(PARIS)
    again.station.close()
    again.station = opened(built, passphrase)
    return again


def deeds(station: Station) -> list[Deed]:
    return [each.line.deed for each in station.officers.record()]


def test_a_store_knows_who_has_opened_it(here: World) -> None:
    paris = here.open(PARIS)
    number = add(paris)
    first = paris.station.officers.present()

    second = come_in(here, paris, SECOND)

    assert (first.number, first.name, first.certified) == (1, "Nguyễn Văn Paris", True)
    me = second.station.officers.present()
    assert (me.number, me.name, me.state, me.certified) == (number, "Trần Thị Bình", State.ACTIVE, False)
    assert second.station.status().person_name == "Trần Thị Bình"
    assert deeds(second.station)[-3:] == [Deed.ADDED, Deed.OPENED, Deed.OPENED]


def test_a_new_person_reads_at_once_and_releases_when_an_edition_lists_the_key(here: World) -> None:
    paris, hanoi = here.open(PARIS), here.open(HQ)
    number = add(paris)
    request = person_acts.request_of(paris.station.desk, number)
    second = come_in(here, paris, SECOND)

    with pytest.raises(NotAllowed, match="not listed this person yet"):
        second.release(draft(HQ.id))
    assert second.station.officers.bar() is Bar.NOT_CERTIFIED
    grant(here, request)
    here.settle(hanoi, second)
    released = second.release(draft(HQ.id))
    here.settle(hanoi, second)

    view = hanoi.station.read(released.cable_id)
    assert view.verification.person_name == "Trần Thị Bình"
    assert Deed.CERTIFIED in deeds(second.station)
    # Who was there before goes on as before, and both names stand with what each has signed.
    first = come_in(here, second, PASSPHRASE)
    own = first.release(draft(HQ.id, subject="Về chuyến sau"))
    here.settle(hanoi, first)
    assert hanoi.station.read(own.cable_id).verification.person_name == "Nguyễn Văn Paris"


def test_neither_the_database_key_nor_another_s_slot_opens_a_person_s_key(here: World) -> None:
    paris = here.open(PARIS)
    number = add(paris)
    second = come_in(here, paris, SECOND)
    desk = second.station.desk
    entrance = desk.entrance
    assert entrance is not None
    theirs, mine = rows.read(desk.db, 1), rows.read(desk.db, number)

    # The attack: everything that whoever opened the store can read, under every secret that is at hand.
    secrets = [entrance.opened.officer, entrance.opened.master, Secret(bytes(32)), None]
    found = [person_keys.key_of(desk.db, theirs, each) for each in secrets]
    raw = b"".join(bytes(cell) for row in desk.db.all("SELECT value FROM identity") for cell in row)

    assert found == [None] * 4
    # Control: with the own secret the own key opens, and its seed lies nowhere in clear.
    key = person_keys.key_of(desk.db, mine, entrance.opened.officer)
    assert key is not None
    assert key.seed().reveal() not in raw


def test_a_second_person_is_proven_by_the_own_passphrase_and_signs(here: World) -> None:
    paris = here.open(PARIS)
    number = add(paris)
    room, desk = paris.station.officers, paris.station.desk

    with room.witness(by_passphrase(SECOND), "kiểm kê") as witness:
        signature = witness.sign(labels.SIGN_SELF_TEST, b"counted")
    own = persons.sign(desk, labels.SIGN_SELF_TEST, b"counted")

    persons.verify(desk, witness.officer, labels.SIGN_SELF_TEST, b"counted", signature)
    persons.verify(desk, room.present(), labels.SIGN_SELF_TEST, b"counted", own)
    for statement, signed in ((b"other", signature), (b"counted", own)):
        with pytest.raises(SignatureError):
            persons.verify(desk, witness.officer, labels.SIGN_SELF_TEST, statement, signed)
    assert witness.officer.number == number
    assert deeds(paris.station)[-1] is Deed.WITNESSED


def test_no_second_person_is_the_first_one_a_wrong_passphrase_or_one_who_is_out(here: World) -> None:
    paris = here.open(PARIS)
    number = add(paris)
    room, desk = paris.station.officers, paris.station.desk

    with pytest.raises(NotAllowed, match="another than"), room.witness(by_passphrase(PASSPHRASE), "x"):
        pass
    with pytest.raises(WrongPassphrase), room.witness(by_passphrase("không ai cả đâu nhé"), "x"):
        pass
    person_acts.suspend(desk, number, "nghi lộ")
    with pytest.raises(WrongPassphrase), room.witness(by_passphrase(SECOND), "x"):
        pass
    person_acts.resume(desk, number, "Lê Đại sứ")
    with room.witness(by_passphrase(SECOND), "x") as witness:
        assert witness.officer.number == number
    deputy = add(paris, Rank.DEPUTY, "Phó Tạm", "mật khẩu của cấp phó")
    with pytest.raises(NotAllowed, match="standing in"), room.witness(by_passphrase("mật khẩu của cấp phó"), "x"):
        pass
    assert deputy == number + 1


@pytest.mark.parametrize("written", [0, 1])
def test_a_suspension_stopped_between_the_copies_of_a_slot_is_finished_by_the_next_opening(
    here: World, written: int
) -> None:
    paris = here.open(PARIS)
    number = add(paris)
    path = Home(here.root / f"station-{PARIS.id}").vault
    desk = paris.station.desk
    slot = rows.read(desk.db, number).slot
    assert slot is not None
    before = path.read_bytes()
    person_acts.suspend(desk, number, "nghi lộ")
    here.close(paris)
    # The power went when one of the two copies was random already; which one the disk has written first is its affair.
    left = slice((4 + 2 * slot + written) * 4096, (5 + 2 * slot + written) * 4096)
    pages = bytearray(path.read_bytes())
    pages[left] = before[left]
    path.write_bytes(pages)
    with pytest.raises(NotAllowed):  # and who was suspended is here first: what is left opens, and mends the other copy
        opened(here, SECOND)

    opened(here).close()

    with pytest.raises(WrongPassphrase):
        opened(here, SECOND)
    assert before[left][:64] not in path.read_bytes()


def test_a_suspended_and_a_removed_person_s_passphrase_opens_nothing(here: World) -> None:
    paris = here.open(PARIS)
    number = add(paris)
    path = Home(here.root / f"station-{PARIS.id}").vault
    before = path.read_bytes()
    desk = paris.station.desk

    person_acts.suspend(desk, number, "nghi lộ")
    suspended = path.read_bytes()
    with pytest.raises(NotAllowed):
        person_acts.suspend(desk, number, "lần nữa")
    person_acts.resume(desk, number, "Lê Đại sứ")
    resumed = path.read_bytes()
    left = person_acts.remove(desk, number, "Lê Đại sứ", "hết nhiệm kỳ")

    slot = slice(4 * 4096 + 2 * 4096 * 2, 4 * 4096 + 2 * 4096 * 3)
    assert resumed[slot] == before[slot] != suspended[slot]
    assert left.state is State.REMOVED
    here.close(paris)
    for wrong in (SECOND,):
        with pytest.raises(WrongPassphrase):
            opened(here, wrong)
    after = path.read_bytes()
    assert not any(before[slot][at : at + 64] in after for at in range(0, 8192, 64))
    # Control: the look finds them in the file as it was.
    assert before[slot][:64] in before
    again = opened(here)
    assert [each.name for each in again.officers.listed()] == ["Nguyễn Văn Paris", "Trần Thị Bình"]
    again.close()


def test_a_new_beginning_stopped_after_the_vault_leaves_nobody_who_only_seems_to_be_here(
    here: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, own = here.root / f"station-{PARIS.id}", by_passphrase("một mật khẩu sau phiếu")
    sheet = backups.new_sheet(home, here.clock)
    paris = here.open(PARIS)
    number = add(paris)
    here.close(come_in(here, paris, SECOND))

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(person_renewal.Renewal, "end", stopped)
    with (
        pytest.raises(KeyboardInterrupt),
        passphrases.recovering(home, Kind.STATION, sheet, FAST, keyring=KEYRING, clock=here.clock) as recovery,
    ):
        recovery.finish(own, lambda _: None, 1)
    monkeypatch.undo()

    with closing(open_station(home, own, FAST, keyring=KEYRING, clock=here.clock)) as station:
        assert [each.state for each in station.officers.listed()] == [State.ACTIVE, State.REMOVED]
        assert (Deed.REMOVED, number) in [(each.line.deed, each.line.about) for each in station.officers.record()]
        # Nothing marks what the new beginning wrote into the sheet's slot: it is said until another sheet is made.
        assert NoticeKind.SHEET_DOUBTFUL in {each.kind for each in station.status().notices}
        person_renewal.new_sheet(station.desk, lambda _: None)
        assert NoticeKind.SHEET_DOUBTFUL not in {each.kind for each in station.status().notices}
        assert len(person_keys.sheets(station.desk.db)) == 1
        # The slot is free: the next person gets it.
        person_acts.add(
            station.desk, "Trần Thị Bình", "Bí thư", Rank.OFFICER, by_passphrase(SECOND), "Lê Đại sứ"
        )  # fmt: skip
    open_station(home, by_passphrase(SECOND), FAST, keyring=KEYRING, clock=here.clock).close()


def test_a_damaged_map_of_the_slots_keeps_nobody_out(here: World) -> None:
    paris = here.open(PARIS)
    add(paris)
    here.close(come_in(here, paris, SECOND))
    path = Home(here.root / f"station-{PARIS.id}").vault
    pages = bytearray(path.read_bytes())
    pages[2 * 4096 : 4 * 4096] = bytes(8192)
    path.write_bytes(pages)

    for passphrase in (PASSPHRASE, SECOND):
        opened(here, passphrase).close()


def test_what_the_person_signed_stays_theirs_after_they_left(here: World) -> None:
    paris, hanoi = here.open(PARIS), here.open(HQ)
    number = add(paris)
    grant(here, person_acts.request_of(paris.station.desk, number))
    here.settle(hanoi, paris)
    second = come_in(here, paris, SECOND)
    released = second.release(draft(HQ.id))
    here.settle(hanoi, second)
    first = come_in(here, second, PASSPHRASE)

    person_acts.remove(first.station.desk, number, "Lê Đại sứ", "")
    grant(here, person_acts.request_of(first.station.desk, number))
    here.settle(hanoi, first)

    assert hanoi.station.read(released.cable_id).verification.person_name
    assert first.station.read(released.cable_id).verification.person_name == "Trần Thị Bình"
    assert not any(each.name == "Trần Thị Bình" for each in desks.directory(hanoi.station.desk).persons)


def test_headquarters_refuses_requests_that_prove_nothing(here: World) -> None:
    paris, hanoi = here.open(PARIS), here.open(HQ)
    number = add(paris)
    good = person_acts.request_of(paris.station.desk, number)
    asked = person_request.decode(good)
    unlock = by_passphrase(PASSPHRASE)
    refused = [
        (good[:-1] + bytes([good[-1] ^ 1]), EnrolmentError),
        (person_request.encode(_changed(asked, station=HQ.id)), NotEntitled),
        (person_request.encode(_changed(asked, name="Người khác")), EnrolmentError),
        (person_request.encode(_changed(asked, own_signature=bytes(3373))), EnrolmentError),
        (person_request.encode(_changed(asked, officer=bytes(32))), NotListed),
    ]

    with headquarters.open_authority(here.root / "authority", unlock, FAST, clock=here.clock) as office:
        for request, error in refused:
            with pytest.raises(error):
                office.grant_person(request, lambda _: True)
        with pytest.raises(EnrolmentError, match="fingerprint"):
            office.grant_person(good, lambda _: False)
        office.grant_person(good, lambda _: True)
        with pytest.raises(EnrolmentError, match="already"):
            office.grant_person(good, lambda _: True)
    assert hanoi.station.officers.present().number == 1


def _changed(request: person_request.PersonRequest, **changed: object) -> person_request.PersonRequest:
    from dataclasses import replace

    return replace(request, **changed)  # type: ignore[arg-type]  # a test names what it changes


def test_a_deputy_signs_while_standing_in_and_no_clock_gives_more(here: World) -> None:
    paris, hanoi = here.open(PARIS), here.open(HQ)
    number = add(paris, Rank.DEPUTY)
    grant(here, person_acts.request_of(paris.station.desk, number))
    here.settle(hanoi, paris)
    now = here.clock.now
    word = Word("Lê Đại sứ", "điện 12/BNG")
    term = person_acts.absent(paris.station.desk, 1, number, now, now + 5 * HOURS, word)

    with pytest.raises(NotAllowed, match="recorded as away"):
        paris.release(draft(HQ.id))
    second = come_in(here, paris, SECOND)
    second.release(draft(HQ.id))
    here.clock.now = now + 5 * HOURS
    with pytest.raises(NotAllowed, match="only while standing in"):
        second.release(draft(HQ.id, subject="Về chuyến sau"))
    here.clock.now = now + HOURS
    assert second.station.officers.bar() is Bar.NOT_DEPUTY_NOW
    second = come_in(here, second, SECOND)

    assert second.station.officers.bar() is Bar.NOT_DEPUTY_NOW
    assert [each.ended_at for each in person_acts.terms(second.station.desk)] == [now + 5 * HOURS]
    assert term.number == 1


def test_who_was_away_comes_back_by_saying_so(here: World) -> None:
    paris = here.open(PARIS)
    now = here.clock.now
    term = person_acts.absent(paris.station.desk, 1, 0, now, now + HOURS, Word("Lê Đại sứ", "điện 12/BNG"))

    person_acts.back(paris.station.desk, term.number)

    assert paris.station.officers.bar() is None
    with pytest.raises(NotAllowed):
        person_acts.back(paris.station.desk, term.number)


def test_nobody_is_added_twice_without_a_second_person_or_with_another_s_passphrase(here: World) -> None:
    paris = here.open(PARIS)
    desk = paris.station.desk
    add(paris)
    other = by_passphrase("một mật khẩu thứ ba nữa")

    with pytest.raises(NotAllowed, match="name the second"):
        person_acts.add(desk, "Ai đó", "Bí thư", Rank.OFFICER, other, " ")
    with pytest.raises(NotAllowed, match="another than the officer"):
        person_acts.add(desk, "Ai đó", "Bí thư", Rank.OFFICER, other, "nguyen van paris")
    with pytest.raises(NotAllowed, match="of this name"):
        person_acts.add(desk, "tran thi binh", "Bí thư", Rank.OFFICER, other, "Lê Đại sứ")
    with pytest.raises(PassphraseTaken):
        person_acts.add(desk, "Ai đó", "Bí thư", Rank.OFFICER, by_passphrase(SECOND), "Lê Đại sứ")
    with pytest.raises(NotAllowed):
        person_acts.suspend(desk, 1, "")
    assert [each.number for each in paris.station.officers.listed()] == [1, 2]


def test_the_vault_has_room_for_seven_persons_and_says_when_it_is_full(here: World) -> None:
    paris = here.open(PARIS)
    for n in range(6):
        add(paris, name=f"Người {n}", passphrase=f"mật khẩu thứ {n} trong sổ")

    with pytest.raises(StoreError, match="spare"):
        add(paris, name="Người nữa", passphrase="mật khẩu thứ bảy trong sổ")

    assert len(paris.station.officers.listed()) == 7
    entrance = paris.station.desk.entrance
    assert entrance is not None
    assert vault.uses(entrance.home.vault, entrance.opened).count(vault.Use.OFFICER) == 7
    assert isinstance(by_passphrase("x"), ByPassphrase)
