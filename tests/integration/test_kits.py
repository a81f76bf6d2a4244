"""A delegation kit made, read on the road, prolonged, taken back, lost; and everything that may be wrong with one."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from secmsg.config import KeyStretching
from secmsg.crypto import labels, randomness
from secmsg.errors import (
    CryptoError,
    DiskFull,
    FormatError,
    KitRefused,
    NotAllowed,
    NotFound,
    SecmsgError,
    SignatureError,
    StoreDamaged,
    StoreError,
    StoreExists,
    TransferStopped,
    WrongPassphrase,
)
from secmsg.office import kit_records
from secmsg.office.kit_log import Kinship, KitAct
from secmsg.office.kits import AtExpiry, KitState, Verdict
from secmsg.office.materials import Act, State
from secmsg.office.persons import Rank
from secmsg.station import (
    kit_folder,
    kit_mark,
    kit_opening,
    kit_return,
    material_ledger,
    opening,
    person_acts,
    persons,
)
from secmsg.station.kit_views import KitRow
from secmsg.station.station import Station, open_station
from secmsg.station.unlock import by_passphrase
from secmsg.store import kits as kit_rows
from secmsg.store import profile
from secmsg.wire.cable import Degree
from tests.helpers.kits import DAY, KIT_PASSPHRASE, TERMS, Journey, journey, rows_of
from tests.helpers.ministry import FAST, HQ, KEYRING, NOW, PASSPHRASE, draft, sync

GIVEN = by_passphrase(KIT_PASSPHRASE)
SECOND = "một mật khẩu khác hẳn"
SECOND_PERSON = "Trần Thị Hai"
SUBJECTS = ("Về hội đàm Genève", "Về lịch làm việc", "Báo cáo chuẩn bị")
ENCLOSED = "Bảng kê: mười hai con giáp.\n" * 2_000


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    with journey(tmp_path_factory.mktemp("kits")) as found:
        yield found


@pytest.fixture
def post(made: Journey, tmp_path: Path) -> Journey:
    """Give the same post to every test, with a place and clocks of its own for each."""
    made.ministry.clock.now = NOW
    return Journey(made.ministry, made.post, tmp_path)


def test_the_same_cables_are_read_found_previewed_and_printed_without_the_post(post: Journey) -> None:
    row = post.make()

    with post.opened() as kit:
        found = rows_of(kit)
        views = {each.mrn: kit.read(each.cable_id) for each in found}
        incoming = next(each for each in found if each.annexes)
        shown = kit.open_attachment(incoming.cable_id, 0).decode()
        printed = kit.export_text(incoming.cable_id, post.root)
        sought = kit.search("chim en")

    assert row.state is KitState.OUT
    assert {view.cable.body for view in views.values()} == {
        "Chim én báo tin.", "Sáng mai họp đoàn.", "Đã chuẩn bị xong tài liệu.",
    }  # fmt: skip
    first = views[incoming.mrn].verification
    assert (first.person_name, first.station_name, first.signature_ok, first.in_kit) == (
        "Nguyễn Văn Hanoi", "Bộ Ngoại giao", True, True,
    )  # fmt: skip
    assert shown.startswith("Bảng kê")
    assert printed.read_bytes().startswith(b"%PDF")
    assert [each.mrn for each in sought.rows] == [incoming.mrn]
    assert sought.rows[0].excerpt == "Chim én báo tin."


def test_nothing_in_a_kit_opens_or_names_anything_outside(post: Journey) -> None:
    post.make()

    with post.opened() as kit:
        db = kit.desk.db
        full = {
            name
            for (name,) in db.all("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%'")
            if db.all(f"SELECT 1 FROM {name} LIMIT 1")
        }
        held = b"".join(
            value if isinstance(value, bytes) else str(value).encode()
            for name in sorted(full)
            for row in db.all(f"SELECT * FROM {name}")
            for value in row
        )
        names = {row[0] for row in db.all("SELECT name FROM identity")}

    outside = post.post.desk
    ours = [bytes(row[0]) for row in outside.db.all("SELECT cable_id FROM cables")]
    ours += [bytes(row[0])[1:33] for row in outside.db.all("SELECT slip FROM annexes")]
    ours += [bytes(row[0]) for row in outside.db.all("SELECT blob_key FROM blobs")]
    ours += [bytes(row[0]) for row in outside.db.all("SELECT value FROM identity WHERE sealed = 0")]
    ours += [bytes(row[0]) for row in outside.db.all("SELECT relay_id FROM relays")]
    assert full == {
        "migrations", "identity", "cables", "cable_bodies", "blobs", "annexes", "tallies", "state_counter",
        "kit_names", "kit_proofs", "kit_use", "register_lines", "register_heads", "prekey_counters",
    } - ({"prekey_counters"} - full)  # fmt: skip
    assert names == {"kit-permit", "kit-home", "kit-key", "kit-drop-seed"}
    ours = [each for each in ours if len(each) >= 16]
    assert len(ours) > 8
    assert [each.hex() for each in ours if each in held] == []


def test_a_kit_is_no_station_and_a_station_no_kit(post: Journey) -> None:
    post.make()
    (post.folder / kit_mark.NAME).unlink()

    with pytest.raises(NotAllowed):
        open_station(post.folder, GIVEN, FAST, keyring=KEYRING)
    plain = post.root / "plain"
    profile.create(
        plain, GIVEN.passphrase, keyring=KEYRING, cost=opening.cost(FAST), random=randomness.system
    ).profile.close()
    with pytest.raises(NotAllowed):
        kit_opening.open_kit(plain, GIVEN, FAST)
    with post.opened() as kit:
        for act in (lambda: kit.release(draft(HQ.id)), kit.addressees, kit.request, kit.account):
            with pytest.raises(SecmsgError):
                act()


# --- making ----------------------------------------------------------------------------------------------------------


def test_no_cable_above_the_permit_and_no_permit_out_of_bounds(post: Journey) -> None:
    before = post.post.kits.listed()

    with pytest.raises(NotAllowed, match="above the degree"):
        post.make(degree=Degree.UNCLASSIFIED)
    with pytest.raises(NotAllowed, match="bearer"):
        post.make(bearer=" ")
    with pytest.raises(NotAllowed, match="ended already"):
        post.make(start=NOW - 3 * DAY, until=NOW - DAY)
    with pytest.raises(NotAllowed, match="two persons"):
        post.make(degree=Degree.TOP_SECRET)

    assert post.post.kits.listed() == before
    assert not post.folder.exists()


def test_a_folder_that_holds_something_is_left_alone(post: Journey) -> None:
    post.folder.mkdir()
    (post.folder / "ảnh.jpg").write_bytes(b"x")

    with pytest.raises(StoreExists):
        post.make()

    assert [each.name for each in post.folder.iterdir()] == ["ảnh.jpg"]
    assert post.post.kits.listed()[0].state is KitState.GIVEN_UP


def test_a_cancelled_making_leaves_nothing_that_opens(post: Journey) -> None:
    with pytest.raises(TransferStopped):
        post.post.kits.make(TERMS, post.cables(), post.folder, GIVEN, watch=lambda _done: False)

    assert not post.folder.exists()
    assert post.post.kits.listed()[0].state is KitState.GIVEN_UP


def test_a_full_medium_is_refused_before_anything_is_written(post: Journey, monkeypatch: pytest.MonkeyPatch) -> None:
    full = shutil.disk_usage(post.root)._replace(free=1_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: full)

    with pytest.raises(DiskFull):
        post.make()

    assert post.post.kits.listed()[0].state is KitState.GIVEN_UP


def test_a_making_stopped_after_its_vault_is_finished_or_given_up(post: Journey) -> None:
    # Given two kits that are whole and that the post does not know to be.
    folders = post.root / "one", post.root / "two"
    numbers = []
    for folder in folders:
        making = post.post.kits.prepare(TERMS, post.cables())
        making.run(folder, GIVEN)
        numbers.append(making.number)

    post.post.kits.finish(numbers[0], folders[0])
    with pytest.raises(NotAllowed):
        post.post.kits.give_up(numbers[1], folders[0])
    post.post.kits.give_up(numbers[1], folders[1])

    states = {each.number: each.state for each in post.post.kits.listed()}
    assert (states[numbers[0]], states[numbers[1]]) == (KitState.OUT, KitState.GIVEN_UP)
    with post.opened(folders[0]) as kit:
        assert len(rows_of(kit)) == 3
    assert not folders[1].exists()
    with pytest.raises(NotAllowed):
        post.post.kits.finish(numbers[0], folders[0])


def test_what_an_ended_making_left_is_cleared_by_the_next(post: Journey) -> None:
    making = post.post.kits.prepare(TERMS, post.cables())
    making.run(post.folder, GIVEN)
    (post.folder / "vault").unlink()

    row = post.make()

    post.post.kits.give_up(making.number)
    assert row.state is KitState.OUT


def test_a_kit_for_tuyet_mat_is_made_by_two_who_both_sign(post: Journey) -> None:
    # Given a second officer of the post, whom headquarters has listed.
    desk = post.post.desk
    added = person_acts.add(desk, "Trần Thị Bình", "Bí thư", Rank.OFFICER, by_passphrase(SECOND), "Lê Đại sứ")
    with post.ministry.authority() as office:
        office.grant_person(person_acts.request_of(desk, added.number), lambda groups: bool(groups))
    post.ministry.publish()
    sync(post.post)
    terms = replace(TERMS, degree=Degree.TOP_SECRET)

    def made(second: str) -> KitRow:
        return post.post.kits.make(terms, post.cables(), post.folder, GIVEN, second=by_passphrase(second))

    # When nobody, the same officer or a stranger stands beside, there is no kit.
    for wrong in (PASSPHRASE, "không phải mật khẩu nào"):
        with pytest.raises((NotAllowed, WrongPassphrase)):
            made(wrong)
    row = made(SECOND)

    kept = kit_rows.read(desk.db, row.number)
    signed = kit_records.decode_signed(kept.permit)
    officer = next(each for each in persons.listed(desk) if each.number == added.number)
    assert signed.witness == "Trần Thị Bình"
    persons.verify(desk, officer, labels.SIGN_KIT_PERMIT, signed.statement, signed.witness_signature)
    with pytest.raises(SignatureError):
        persons.verify(desk, officer, labels.SIGN_KIT_PERMIT, signed.statement + b"x", signed.witness_signature)


# --- times -----------------------------------------------------------------------------------------------------------


def refused(post: Journey) -> str:
    with pytest.raises(KitRefused) as found, post.opened():
        pass
    return found.value.why


def test_it_opens_from_its_beginning_to_its_end_and_no_clock_brings_it_back(post: Journey) -> None:
    post.make(start=NOW + DAY, until=NOW + 2 * DAY)

    assert refused(post) == Verdict.NOT_YET.value
    post.clock.now = NOW + DAY
    with post.opened():
        pass
    post.clock.now = NOW + 2 * DAY
    assert refused(post) == Verdict.EXPIRED.value
    post.clock.now = NOW + DAY + 60
    assert refused(post) == Verdict.EXPIRED.value


def test_a_clock_set_back_before_the_end_is_refused_too(post: Journey) -> None:
    post.make()
    post.clock.now = NOW + DAY
    with post.opened():
        pass

    post.clock.now = NOW + 3_600
    assert refused(post) == Verdict.CLOCK_BACK.value

    post.clock.now = NOW + DAY - 60
    with post.opened():
        pass


def test_time_goes_on_while_the_clock_of_the_machine_stands(post: Journey) -> None:
    post.make()

    with post.opened() as kit:
        assert kit.kit is not None
        post.steady.now += 2 * 3_600.5
        standing = kit.kit.tick()
        assert standing.use.used_s == 7_201
        assert standing.use.seen == NOW + 7_201
        post.steady.now += 3 * DAY
        with pytest.raises(KitRefused) as found:
            kit.kit.tick()

    assert found.value.why == Verdict.EXPIRED.value
    assert refused(post) == Verdict.EXPIRED.value


def test_openings_and_minutes_end(post: Journey) -> None:
    post.make(openings=2, minutes=1)

    with post.opened():
        pass
    with post.opened() as kit:
        assert kit.kit is not None
        post.steady.now += 61
        with pytest.raises(KitRefused) as found:
            kit.kit.tick()
        assert found.value.why == Verdict.MINUTES_SPENT.value
    assert refused(post) == Verdict.OPENINGS_SPENT.value


def test_a_permit_that_destroys_loses_its_keys_at_the_first_start_after_its_end(post: Journey) -> None:
    post.make(at_expiry=AtExpiry.DESTROY)
    post.clock.now = NOW + 3 * DAY

    assert refused(post) == "destroyed"

    with pytest.raises(SecmsgError), post.opened():
        pass
    with pytest.raises(SecmsgError):
        post.post.kits.reconcile(post.folder)


def test_looking_counts_nothing(post: Journey) -> None:
    post.make()

    standing, verdict = kit_opening.look(post.folder, GIVEN, FAST, clock=post.clock)

    assert (standing.use.openings, standing.cables, standing.openings_left, standing.minutes_left) == (0, 3, 99, 2_400)
    assert verdict is Verdict.READY


# --- prints, exports -------------------------------------------------------------------------------------------------


def test_prints_and_exports_end_with_the_permit_and_count_before_they_are_given(post: Journey) -> None:
    post.make(prints=1, exports=False)

    with post.opened() as kit:
        rows = {each.subject: each for each in rows_of(kit)}
        free, kept = rows["Về hội đàm Genève"], rows["Về lịch làm việc"]
        with pytest.raises(NotAllowed, match="copied"):
            kit.export_text(kept.cable_id, post.root)
        # Where it cannot be written it was counted all the same.
        with pytest.raises(SecmsgError):
            kit.export_text(free.cable_id, post.root / "nowhere" / "x.pdf")
        with pytest.raises(NotAllowed, match="1 prints"):
            kit.export_text(free.cable_id, post.root)
        with pytest.raises(NotAllowed):
            kit.export(free.cable_id, 0, post.root)

    found = post.post.kits.reconcile(post.folder)
    assert (found.printed, found.exported, found.use.prints) == (1, 0, 1)


# --- additions -------------------------------------------------------------------------------------------------------


def test_cables_are_added_on_the_road_once_and_in_order(post: Journey) -> None:
    first, second, third = post.cables()
    row = post.make((second,))
    one = post.post.kits.add(row.number, (first,), post.root)
    two = post.post.kits.add(row.number, (third,), post.root)

    with post.opened() as kit:
        assert kit.kit is not None
        with pytest.raises(NotAllowed, match="number 1"):
            kit.kit.take(two.read_bytes())
        assert kit.kit.take(one.read_bytes()) == 1
        assert kit.kit.take(one.read_bytes()) == 0
        rows = rows_of(kit)
        added = next(each for each in rows if each.annexes)
        assert kit.open_attachment(added.cable_id, 0).startswith("Bảng".encode())
        assert [each.mrn for each in kit.search("chim én").rows] == [added.mrn]
    # The other lies in the kit's folder and is taken at the next opening.
    two.rename(post.folder / kit_folder.ADDITIONS / two.name)
    with post.opened() as kit:
        assert len(rows_of(kit)) == 3

    found = post.post.kits.reconcile(post.folder)
    assert (found.use.drops, found.missing_additions, found.differences) == (2, 0, ())
    assert [each.addition for each in found.cables] == [0, 1, 2]
    with pytest.raises(NotAllowed, match="already"):
        post.post.kits.add(row.number, (first,), post.root)


def test_an_addition_that_could_not_be_written_does_not_count_and_a_lost_one_is_written_again(post: Journey) -> None:
    first, second, third = post.cables()
    number = post.make((second,)).number
    with pytest.raises(StoreError):
        post.post.kits.add(number, (first,), post.root / "no stick" / "x.kitadd")
    assert post.post.kits.listed()[0].additions == 0

    # Two files that never reached the kit: the cable with its enclosure, and a longer permit.
    post.post.kits.add(number, (first,), post.root).unlink()
    post.post.kits.prolong(number, post.root, until=NOW + 9 * DAY).unlink()
    later = post.post.kits.add(number, (third,), post.root)
    with pytest.raises(NotFound):
        post.post.kits.write_again(number, 4, post.root)
    one, again, two = (post.post.kits.write_again(number, each, post.root) for each in (1, 1, 2))

    with post.opened() as kit:
        assert kit.kit is not None
        taken = [kit.kit.take(each.read_bytes()) for each in (one, again, two, later)]
        assert taken == [1, 0, 2, 3]
        assert kit.kit.standing().permit.until == NOW + 9 * DAY
        assert len(rows_of(kit)) == 3
        added = next(each for each in rows_of(kit) if each.annexes)
        assert kit.open_attachment(added.cable_id, 0).startswith("Bảng".encode())
    found = post.post.kits.reconcile(post.folder)
    assert (found.missing_additions, found.differences) == (0, ())


def test_a_changed_or_foreign_addition_is_refused_whole(post: Journey) -> None:
    cables = post.cables()
    row, other = post.make(cables[1:]), post.make(cables[1:], post.root / "other")
    data = post.post.kits.add(row.number, cables[:1], post.root).read_bytes()
    foreign = post.post.kits.add(other.number, cables[:1], post.root).read_bytes()

    with post.opened() as kit:
        assert kit.kit is not None
        before = kit.kit.standing()
        wrong = [
            foreign,
            data[:-1],
            data[:200],
            b"",
            *(_flipped(data, at) for at in (0, 8, 20, 600, 1_140, len(data) - 1)),
        ]
        for each in wrong:
            with pytest.raises((CryptoError, FormatError)):
                kit.kit.take(each)
        assert kit.kit.standing() == before
        assert kit.kit.take(data) == 1


def test_a_longer_permit_opens_a_kit_that_has_ended_and_forgives_a_wrong_clock(post: Journey) -> None:
    row = post.make(openings=1, drops=False)
    with post.opened():
        pass
    post.clock.now = NOW + 300 * DAY  # the battery was empty
    assert refused(post) == Verdict.EXPIRED.value
    post.clock.now = NOW + 60
    assert refused(post) == Verdict.EXPIRED.value

    only_longer = post.post.kits.prolong(row.number, post.root, until=NOW + 9 * DAY, openings=1, minutes=10)
    assert kit_opening.take(post.folder, GIVEN, only_longer.read_bytes(), FAST, clock=post.clock) == 1
    assert refused(post) == Verdict.EXPIRED.value
    longer = post.post.kits.prolong(row.number, post.root, until=NOW + 9 * DAY, wrong_clock=True)
    assert kit_opening.take(post.folder, GIVEN, longer.read_bytes(), FAST, clock=post.clock) == 2

    with post.opened() as kit:
        assert kit.kit is not None
        assert kit.kit.permit.until == NOW + 9 * DAY
    assert refused(post) == Verdict.OPENINGS_SPENT.value
    with pytest.raises(NotAllowed):
        post.post.kits.add(row.number, post.cables()[:1], post.root)
    with pytest.raises(NotAllowed):
        post.post.kits.prolong(row.number, post.root, until=NOW - 1)


def test_a_longer_permit_that_was_held_back_opens_nothing_once_the_kit_has_seen_its_end(post: Journey) -> None:
    row = post.make()
    longer = post.post.kits.prolong(row.number, post.root, until=NOW + 9 * DAY, openings=5, minutes=90)
    again = post.post.kits.write_again(row.number, 1, post.root)
    post.clock.now = NOW + 10 * DAY  # the bearer looks into it after both ends, and has not put the file in
    assert refused(post) == Verdict.EXPIRED.value

    post.clock.now = NOW + 60  # then the file, and the clock as it was when the file was made
    assert kit_opening.take(post.folder, GIVEN, longer.read_bytes(), FAST, clock=post.clock) == 1
    assert kit_opening.take(post.folder, GIVEN, again.read_bytes(), FAST, clock=post.clock) == 0

    assert refused(post) == Verdict.EXPIRED.value


def test_a_longer_permit_gives_no_time_twice(post: Journey) -> None:
    row = post.make()
    longer = post.post.kits.prolong(row.number, post.root, until=NOW + 9 * DAY, openings=5, minutes=90)
    post.clock.now = NOW + 8 * DAY
    assert refused(post) == Verdict.EXPIRED.value
    assert kit_opening.take(post.folder, GIVEN, longer.read_bytes(), FAST, clock=post.clock) == 1

    post.clock.now = NOW + 60
    assert refused(post) == Verdict.CLOCK_BACK.value

    post.clock.now = NOW + 8 * DAY
    with post.opened():
        pass


# --- bad input -------------------------------------------------------------------------------------------------------


def _flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def test_every_file_changed_is_an_error_and_nothing_of_it_is_shown(post: Journey) -> None:
    post.make()
    whole = {path: path.read_bytes() for path in post.folder.rglob("*") if path.is_file() and path.stat().st_size > 40}
    assert len(whole) >= 3

    for path, data in whole.items():
        if path.name == "store.db-shm":
            continue
        for at in (100, len(data) // 2, len(data) - 30):
            if path.name == "vault" and at != 100:
                continue  # each slot has its twin: one page changed is mended
            path.write_bytes(_flipped(data, at))
            assert _shows_only_what_was(post), f"{path.name} at {at}"
            for each, content in whole.items():
                each.write_bytes(content)
            for name in ("store.db-wal", "store.db-shm"):
                (post.folder / name).unlink(missing_ok=True)
    with post.opened() as kit:
        assert len(rows_of(kit)) == 3


def _shows_only_what_was(post: Journey) -> bool:
    """Read everything: each part is as it was, or an error."""
    try:
        with post.opened() as kit:
            for row in rows_of(kit):
                if kit.read(row.cable_id).cable.subject not in (
                    "Về hội đàm Genève",
                    "Về lịch làm việc",
                    "Báo cáo chuẩn bị",
                ):
                    return False
                if (
                    row.annexes
                    and kit.open_attachment(row.cable_id, 0).decode() != "Bảng kê: mười hai con giáp.\n" * 2_000
                ):
                    return False
    except (StoreDamaged, CryptoError, WrongPassphrase, FormatError, NotFound):
        return True
    return True


def test_a_truncated_or_yanked_kit_is_an_error(post: Journey) -> None:
    post.make()
    data = (post.folder / "store.db").read_bytes()

    (post.folder / "store.db").write_bytes(data[: len(data) // 2])
    assert _shows_only_what_was(post)
    (post.folder / "store.db").unlink()
    with pytest.raises(SecmsgError), post.opened():
        pass


@pytest.mark.timeout(60)
@pytest.mark.parametrize("kind", ["pipe", "link", "huge"])
def test_a_stick_with_something_else_in_the_vault_s_place_is_refused_without_being_read(
    tmp_path: Path, kind: str
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir(mode=0o700)
    kit_folder.mark(folder)
    vault = folder / "vault"
    if kind == "pipe":
        os.mkfifo(vault, 0o600)  # nobody writes into it: who reads it waits for ever
    elif kind == "link":
        vault.symlink_to("/dev/zero")
    else:
        vault.touch(mode=0o600)
        os.truncate(vault, 2**42)

    with pytest.raises((StoreDamaged, KitRefused)):
        kit_opening.open_kit(folder, GIVEN, FAST)
    with pytest.raises((StoreDamaged, KitRefused)):
        kit_folder.check_keys(folder)


def test_a_wrong_passphrase_and_a_weak_vault_are_refused(post: Journey) -> None:
    post.make()

    with pytest.raises(WrongPassphrase):
        kit_opening.open_kit(post.folder, by_passphrase("không phải mật khẩu"), FAST)
    strict = replace(FAST, key_stretching=KeyStretching())
    with pytest.raises(CryptoError):
        kit_opening.open_kit(post.folder, GIVEN, strict)


# --- return and loss -------------------------------------------------------------------------------------------------


def test_a_return_is_noted_by_two_its_keys_destroyed_and_what_is_out_named(post: Journey) -> None:
    row = post.make()
    with post.opened() as kit:
        free = next(each for each in rows_of(kit) if each.annexes)
        kit.read(free.cable_id)
        kit.export_text(free.cable_id, post.root)
        kit.export_text(free.cable_id, post.root)

    found = post.post.kits.reconcile(post.folder)
    with pytest.raises(NotAllowed):
        post.post.kits.conclude(found, post.folder, "", 1)
    with pytest.raises(NotAllowed):
        post.post.kits.conclude(found, post.folder, "Trần Thị Hai", 3)
    done = post.post.kits.conclude(found, post.folder, "Trần Thị Hai", 1, "một bản in còn ở đoàn")

    assert [each.act for each in found.log] == [
        KitAct.OPENED, KitAct.READ, KitAct.PRINTED, KitAct.PRINTED, KitAct.CLOSED,
    ]  # fmt: skip
    assert (found.opened, found.machines, found.printed, found.differences) == (1, 1, 2, ())
    assert done.still_out == 1
    assert done.report.startswith(b"%PDF")
    assert not post.folder.exists()
    listed = next(each for each in post.post.kits.listed() if each.number == row.number)
    assert (listed.state, listed.noted) == (KitState.RETURNED, "một bản in còn ở đoàn")
    item = next(each for each in post.post.pads.items() if each.number == row.item)
    assert item.state is State.DESTROYED


def test_two_folders_of_one_kit_are_told_apart(post: Journey) -> None:
    post.make()
    with post.opened():
        pass
    copies = {name: post.root / name for name in ("behind", "forked")}
    for each in copies.values():
        shutil.copytree(post.folder, each)
    with post.opened():
        pass
    with post.opened(copies["forked"]) as kit:
        kit.read(rows_of(kit)[0].cable_id)

    first = post.post.kits.reconcile(post.folder)
    post.post.kits.conclude(first, post.folder, "Trần Thị Hai", 0)
    kinships = {name: post.post.kits.reconcile(each).kinship for name, each in copies.items()}
    second = post.post.kits.reconcile(copies["forked"])
    post.post.kits.conclude(second, copies["forked"], "Trần Thị Hai", 0)

    assert first.kinship is None
    assert kinships == {"behind": Kinship.BEHIND, "forked": Kinship.FORKED}
    assert any("second folder" in each for each in second.differences)
    assert not copies["forked"].exists()


def test_an_altered_log_does_not_fit(post: Journey) -> None:
    post.make()
    with post.opened() as kit, kit.desk.db.transaction():
        kit.desk.db.run("DROP TRIGGER register_lines_stand")
        kit.desk.db.run("UPDATE register_lines SET at = at + 1 WHERE register = 21")

    with pytest.raises(StoreDamaged):
        post.post.kits.reconcile(post.folder)


def test_a_lost_kit_is_stopped_and_nothing_else_of_the_post(post: Journey) -> None:
    row = post.make()
    sessions, status = post.post.sessions(), post.post.status()

    report = post.post.kits.lost(row.number, "mất ở nhà ga")
    again = post.post.kits.lost(row.number, "mất ở nhà ga")

    assert report == again
    assert "26 HANOI 001" in report
    listed = next(each for each in post.post.kits.listed() if each.number == row.number)
    assert listed.state is KitState.LOST
    assert any(each.subject.endswith(f"số {row.number}") for each in post.post.drafts())
    with pytest.raises(NotAllowed):
        post.post.kits.add(row.number, post.cables()[:1], post.root)
    with pytest.raises(NotAllowed):
        post.post.kits.prolong(row.number, post.root, until=NOW + 9 * DAY)
    assert post.post.sessions() == sessions
    assert post.post.status().freezes == status.freezes
    # It turns up: the way back is its return.
    found = post.post.kits.reconcile(post.folder)
    post.post.kits.conclude(found, post.folder, "Trần Thị Hai", 0)
    assert next(each for each in post.post.kits.listed() if each.number == row.number).state is KitState.RETURNED


def test_a_folder_of_another_post_is_refused(post: Journey, tmp_path: Path) -> None:
    post.make()
    shutil.copytree(post.ministry.root / "station-1", tmp_path / "foreign")

    with pytest.raises(NotFound):
        post.post.kits.reconcile(tmp_path / "foreign")
    with pytest.raises(NotFound):
        post.post.kits.reconcile(tmp_path / "nothing")
    assert isinstance(post.post, Station)


# --- what a stop leaves ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("left", ["whole", "without keys", "nothing"])
def test_a_return_that_stopped_is_ended_once_by_two_and_not_in_another_folder(post: Journey, left: str) -> None:
    other = post.make(folder=post.root / "other").number
    number = post.make().number
    desk, found = post.post.desk, post.post.kits.reconcile(post.folder)
    kit_return._note_return(desk, kit_rows.read(desk.db, number), found, SECOND_PERSON, 0, "")
    if left != "whole":
        profile.erase(post.folder, keyring=KEYRING, random=randomness.system)
    if left == "nothing":
        shutil.rmtree(post.folder)
    row = next(each for each in post.post.kits.listed() if each.number == number)
    assert (row.state, row.ending) == (KitState.RETURNED, True)

    for wrong, folder in ((NotAllowed, post.root / "other"), (NotFound, post.root)):
        with pytest.raises(wrong):
            post.post.kits.end(number, SECOND_PERSON, folder)
    with pytest.raises(NotAllowed):
        post.post.kits.end(other, SECOND_PERSON)
    with pytest.raises(NotAllowed):
        post.post.kits.end(number, " ", None)
    post.post.kits.end(number, SECOND_PERSON, None if left == "nothing" else post.folder)

    assert not post.folder.exists()
    assert not next(each for each in post.post.kits.listed() if each.number == number).ending
    lines = [each.line.act for each in material_ledger.lines(desk) if each.line.item == row.item]
    assert lines.count(Act.DESTROYED) == 1
    with pytest.raises(NotAllowed):
        post.post.kits.end(number, SECOND_PERSON)
    with post.opened(post.root / "other") as kit:
        assert len(rows_of(kit)) == 3


@pytest.mark.parametrize("left", ["no vault", "a vault without its header"])
def test_what_a_stopped_making_or_giving_up_left_is_given_up_and_made_over(post: Journey, left: str) -> None:
    making = post.post.kits.prepare(TERMS, post.cables())
    making.run(post.folder, GIVEN)
    if left == "no vault":
        (post.folder / "vault").unlink()
    else:
        profile.erase(post.folder, keyring=KEYRING, random=randomness.system)
    assert refused(post) == "empty"
    with pytest.raises(KitRefused):
        post.post.kits.reconcile(post.folder)
    kept = post.root / "kept"
    shutil.copytree(post.folder, kept)

    assert post.make(folder=kept).state is KitState.OUT
    post.post.kits.give_up(making.number, post.folder)

    assert not post.folder.exists()
    assert post.make().state is KitState.OUT


def test_a_vault_without_header_that_no_mark_calls_a_kit_is_left_alone(post: Journey) -> None:
    post.make()
    (post.folder / kit_mark.NAME).unlink()
    profile.erase(post.folder, keyring=KEYRING, random=randomness.system)

    with pytest.raises(StoreExists):
        post.make()

    assert (post.folder / "store.db").exists()
