"""The officer's side: drafts, lists, search, settings, registers, passphrases, removal from the directory."""

from pathlib import Path

import pytest

from secmsg.config import PRODUCTION
from secmsg.errors import (
    EnrolmentError,
    FormatError,
    NotAllowed,
    NotFound,
    SelfTestError,
    StoreDamaged,
    WrongPassphrase,
)
from secmsg.ids import CableId, DraftId
from secmsg.office.draft import Draft
from secmsg.office.lifecycle import OutboxState
from secmsg.station import headquarters as authority
from secmsg.station import opening
from secmsg.station.station import open_station
from secmsg.station.unlock import by_passphrase, by_recovery
from secmsg.station.views import (
    EVERY_CABLE,
    AttachmentState,
    CableRow,
    GapRow,
    InboxFilter,
    KeyringNote,
    Listing,
    Quick,
    Register,
)
from secmsg.wire.cable import Degree, Kind
from tests.helpers.ministry import CANBERRA, FAST, HQ, KEYRING, PARIS, PASSPHRASE, Clock, attachment, draft
from tests.helpers.world import Office, World


def test_a_draft_is_kept_listed_changed_and_gone_with_its_release(offices: tuple[Office, Office]) -> None:
    station = offices[0].station
    first = station.save_draft(None, Draft(subject="Dở dang"))
    second = station.save_draft(None, draft(PARIS.id, info_to=(CANBERRA.id,)))
    station.save_draft(first, Draft(subject="Dở dang hơn", degree=Degree.TOP_SECRET))

    rows = {row.draft_id: row for row in station.drafts()}
    assert rows[second].to_name == f"{PARIS.name_vi} +1"
    assert rows[first].subject == ""
    assert station.draft(first).subject == "Dở dang hơn"
    assert station.check(station.draft(second)) == ()

    station.release(station.draft(second), second)
    station.discard_draft(first)
    station.discard_draft(DraftId(bytes(16)))

    assert station.drafts() == ()
    with pytest.raises(NotFound):
        station.draft(first)


def test_lists_show_names_states_and_what_is_unread(
    ministry_world: World, offices: tuple[Office, Office], tmp_path: Path
) -> None:
    headquarters, paris = offices
    paper = tmp_path / "a.pdf"
    paper.write_bytes(b"x" * 2_000_000)
    released = headquarters.release(draft(PARIS.id, attachments=(attachment(paper),)))
    assert headquarters.station.outbox()[0].parts is not None
    assert headquarters.station.sent()[0].state is OutboxState.WAITING_KEYS
    ministry_world.settle()
    assert headquarters.station.outbox()[0].parts is None

    (row,) = paris.station.inbox(InboxFilter.UNREAD)
    assert isinstance(row, CableRow)
    assert not row.read
    assert paris.station.status().unread_count == 1
    paris.station.mark_read(released.cable_id)
    assert paris.station.inbox(InboxFilter.UNREAD) == ()
    assert len(paris.station.inbox(InboxFilter.UNACKNOWLEDGED)) == 1
    view = headquarters.station.read(released.cable_id)
    assert view.verification.serial == 0
    assert view.attachments[0].state is AttachmentState.READY
    incoming = paris.station.read(released.cable_id).verification
    assert (incoming.serial, incoming.in_order_after, incoming.relay_name) == (1, 0, "Kênh chính")
    with pytest.raises(NotFound):
        paris.station.read(CableId(bytes(16)))
    with pytest.raises(NotAllowed):
        headquarters.station.acknowledge(released.cable_id)


@pytest.mark.parametrize("kind", [Kind.TEST, Kind.EXERCISE, Kind.SERVICE, Kind.RECEIPT])
def test_what_needs_keys_of_its_own_is_not_released_as_a_cable(kind: Kind, offices: tuple[Office, Office]) -> None:
    headquarters, _ = offices

    with pytest.raises(NotAllowed):
        headquarters.release(draft(PARIS.id, kind=kind))

    assert headquarters.station.sent() == ()


def test_an_attachment_too_large_for_a_preview_is_exported_only(
    ministry_world: World, offices: tuple[Office, Office], tmp_path: Path
) -> None:
    headquarters, _ = offices
    paper = tmp_path / "a.pdf"
    with paper.open("wb") as file:
        file.truncate(FAST.limits.preview_bytes + 1)
    released = headquarters.release(draft(PARIS.id, attachments=(attachment(paper),)))

    with pytest.raises(NotAllowed):
        headquarters.station.open_attachment(released.cable_id, 0)

    folder = tmp_path / "out"
    folder.mkdir()
    assert headquarters.station.export(released.cable_id, 0, folder).stat().st_size == paper.stat().st_size


def test_words_are_found_with_and_without_marks_in_both_directions(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    headquarters.release(draft(PARIS.id, subject="Nghị quyết về biển", body="Hòa bình và hợp tác"))
    headquarters.release(draft(PARIS.id, subject="Chuyện khác"))
    ministry_world.settle()

    for office in (headquarters, paris):
        found = office.station.search("nghi quyet hoa binh")
        assert [row.subject for row in found.rows] == ["Nghị quyết về biển"]
        assert found.searched == 2
        assert office.station.search("không có gì").rows == ()


def test_an_index_that_broke_is_said_to_be_incomplete_and_completes_itself(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    # Given four cables, and an index of which the pages were lost
    station = offices[0].station
    for subject in ("Biển một", "Biển hai", "Biển ba", "Việc khác"):
        offices[0].release(draft(PARIS.id, subject=subject, body="Hội nghị về biển. Kính gửi Đại sứ quán./."))
    assert station.check_index()
    with station.desk.db.transaction():
        station.desk.db.run("UPDATE search_1_0_data SET block = x'ffffffffffffffffffff' WHERE id > 1")

    # When it is searched, then it is not an empty list but an index of nothing
    found = station.search("bien")
    assert (found.rows, found.percent) == ((), 0)
    assert not station.index_state().whole
    # and when it went on, everything is found, marked and counted
    while not station.index_on().whole:
        pass
    assert station.check_index()
    assert len(station.search("bien").rows) == 4
    first = station.find('"bien ba"', EVERY_CABLE, 0, 50).rows
    assert [row.subject for row in first] == ["Biển ba"]
    assert station.count_found("bien", EVERY_CABLE, 0, 10).more == 4
    closest = station.closest("bien mot", EVERY_CABLE, 10)
    assert ([row.subject for row in closest.rows], closest.below) == (["Biển một"], 0)
    assert "biển" in station.find("bien", EVERY_CABLE, 0, 1).rows[0].excerpt


def test_a_list_comes_in_pages_and_each_cable_knows_its_place(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    station = offices[0].station
    released = [offices[0].release(draft(PARIS.id, subject=f"Điện {n}")).cable_id for n in range(3)]

    page = station.page(Listing.OUTGOING, EVERY_CABLE, None)
    assert [row.cable_id for row in page.rows] == released[::-1]
    assert page.end is None
    assert station.count(Listing.OUTGOING, EVERY_CABLE).rest == 3
    assert station.place(Listing.OUTGOING, EVERY_CABLE, released[0]) == 2
    assert station.page_marks(Listing.OUTGOING, EVERY_CABLE, None, 4) == ()
    with pytest.raises(NotFound):
        station.place(Listing.INCOMING, EVERY_CABLE, released[0])
    with pytest.raises(NotFound):
        station.place(Listing.OUTGOING, Quick(degree=Degree.TOP_SECRET), released[0])


def test_a_tuyet_mat_subject_stays_out_of_every_list(ministry_world: World, offices: tuple[Office, Office]) -> None:
    headquarters, paris = offices
    released = headquarters.release(
        draft(PARIS.id, subject="Bí mật lớn", degree=Degree.TOP_SECRET, second_person_name="Lê Thị Hai")
    )
    ministry_world.settle()

    lists = [
        *headquarters.station.sent(),
        *headquarters.station.outbox(),
        *headquarters.station.register(Register.OUT),
        *paris.station.inbox(),
        *paris.station.register(Register.IN),
        *paris.station.search("bi mat lon").rows,
    ]
    assert len(lists) == 6
    assert {row.subject for row in lists if not isinstance(row, GapRow)} == {""}
    by_words_of_the_text = paris.station.search("kinh gui").rows
    assert [row.excerpt for row in by_words_of_the_text] == [""]  # nor does its text come in by another door
    assert paris.station.read(released.cable_id).cable.subject == "Bí mật lớn"


def test_a_changed_register_line_is_noticed(offices: tuple[Office, Office]) -> None:
    station = offices[0].station
    station.release(draft(PARIS.id))
    db = station.desk.db
    with db.transaction():
        db.run("DROP TRIGGER register_lines_stand")
        db.run("UPDATE register_lines SET at = at + 1")

    with pytest.raises(StoreDamaged):
        station.register(Register.OUT)


def test_settings_stay_and_are_bounded(ministry_world: World, offices: tuple[Office, Office]) -> None:
    headquarters, _ = offices
    assert headquarters.station.setting("theme") is None
    headquarters.station.keep_setting("theme", "dark")
    with pytest.raises(FormatError):
        headquarters.station.keep_setting("theme", "x" * 70_000)

    reopened = ministry_world.reopen(headquarters, HQ)

    assert reopened.station.setting("theme") == "dark"


def test_a_changed_passphrase_opens_and_the_old_one_does_not(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, _ = offices
    new = by_passphrase("một mật khẩu hoàn toàn mới")
    with pytest.raises(WrongPassphrase):
        headquarters.station.change_passphrase(by_passphrase("không phải câu này"), new)
    with pytest.raises(NotAllowed):
        headquarters.station.change_passphrase(by_recovery(_some_groups()), new)
    headquarters.station.change_passphrase(by_passphrase(PASSPHRASE), new)
    ministry_world.close(headquarters)

    home = ministry_world.root / f"station-{HQ.id}"
    with pytest.raises(WrongPassphrase):
        open_station(home, by_passphrase(PASSPHRASE), FAST, keyring=KEYRING)
    open_station(home, new, FAST, keyring=KEYRING).close()


def _some_groups() -> str:
    from secmsg import digits

    return digits.groups(bytes(32))


def test_groups_of_another_length_are_no_recovery_sheet() -> None:
    from secmsg import digits

    with pytest.raises(FormatError):
        by_recovery(digits.groups(bytes(20)))


def test_before_joining_nothing_can_be_sent_and_the_status_says_so(tmp_path: Path) -> None:
    from secmsg.station import enrol
    from secmsg.station.enrol import Proposal

    clock = Clock()
    enrol.initialise(
        tmp_path / "new",
        by_passphrase(PASSPHRASE),
        Proposal(PARIS.id, "Cán bộ", "Bí thư", "Paris", "Paris"),
        FAST,
        keyring=KEYRING,
        clock=clock,
    )
    station = open_station(tmp_path / "new", by_passphrase(PASSPHRASE), FAST, keyring=KEYRING, clock=clock)
    try:
        status = station.status()
        assert (status.joined, status.keyring_note) == (False, KeyringNote.PASSPHRASE_ONLY)
        assert (station.inbox(), station.sent(), station.outbox()) == ((), (), ())
        with pytest.raises(EnrolmentError):
            station.release(draft(HQ.id))
        with pytest.raises(EnrolmentError):
            station.addressees()
    finally:
        station.close()


def test_a_failed_self_test_opens_nothing(ministry_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> tuple[str, ...]:
        raise SelfTestError("a primitive failed")

    monkeypatch.setattr(opening, "self_test", fail)
    with pytest.raises(SelfTestError):
        ministry_world.open(HQ)


def test_production_costs_refuse_a_cheap_store(ministry_world: World) -> None:
    with pytest.raises(Exception, match="memory"):
        open_station(ministry_world.root / f"station-{HQ.id}", by_passphrase(PASSPHRASE), PRODUCTION, keyring=KEYRING)


def test_a_dismissed_station_is_no_addressee_and_its_waiting_receipts_stop_nothing(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    canberra = ministry_world.open(CANBERRA)
    canberra.sync()
    released = canberra.release(draft(PARIS.id))
    canberra.sync()
    # Paris has read it and owes a receipt when headquarters dismisses Canberra.
    ministry_world.relay.unreachable = False
    with authority.open_authority(
        ministry_world.root / "authority", by_passphrase(PASSPHRASE), FAST, clock=ministry_world.clock
    ) as office:
        number = office.dismiss(CANBERRA.id)
        ministry_world.relay.segments |= {segment.number: segment.data for segment in office.segments(number - 1)}

    for _ in range(3):
        paris.sync()
        paris.place.memory.after.clear()

    assert CANBERRA.id not in {each.station for each in paris.station.addressees() if each.devices}
    assert released.cable_id not in {row.cable_id for row in paris.station.inbox() if isinstance(row, CableRow)}
    with pytest.raises(NotAllowed):
        paris.release(draft(CANBERRA.id))
    assert paris.release(draft(HQ.id)).number == 1
    ministry_world.settle(headquarters, paris)
    assert [row.peer_name for row in headquarters.station.inbox()] == [PARIS.name_vi]
