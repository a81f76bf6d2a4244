"""Two persons count, inspect and hand over: what was seeded is found, what was altered is named."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pypdf
import pytest

from secmsg.crypto import labels, signing
from secmsg.crypto.randomness import system
from secmsg.crypto.signing import Level
from secmsg.errors import NotAllowed, NotFound, WrongPassphrase
from secmsg.office import custody_record, ledger
from secmsg.office.checking import Answer, Check, Flaw, Seen, What, Work
from secmsg.office.custody_record import Entry, Person, Signed
from secmsg.office.materials import Act, Direction, Item, Kind
from secmsg.office.pad_pages import spoken
from secmsg.office.persons import Rank
from secmsg.station import custody as books
from secmsg.station import head_shares, keeping, material_ledger, notices, pad_drawing, pads, person_acts, persons
from secmsg.station.custody_records import Second
from secmsg.station.custody_room import Custody
from secmsg.station.desk import Desk
from secmsg.station.sheets import Paper
from secmsg.station.unlock import by_passphrase, by_share
from secmsg.station.views import NoticeKind
from secmsg.store import materials as rows
from secmsg.store import registers
from tests.helpers.ministry import HQ, PASSPHRASE, draft
from tests.helpers.world import Office

HEAD = Second("Trần Thị Bình", "Đại sứ")
SAFE, DRAWER, ROOM = "két số 2", "ngăn kéo bàn trực", "phòng máy"
SEAL = "NP 00417"
OTHER = "mật khẩu của người thứ hai"


@dataclass
class Post:
    """What lies where in this office, as hands find it: by place, the name of each thing and the pages left of it."""

    desk: Desk
    room: Custody
    places: dict[str, dict[str, tuple[int, int]]] = field(default_factory=dict)

    def lay(self, item: Item, place: str, pages: int = 0, loose: int = 0) -> Item:
        self.places.setdefault(place, {})[item.name] = (pages, loose)
        return item


@pytest.fixture
def post(offices: tuple[Office, Office]) -> Post:
    """Paris: a book in use of which two pages went, a sealed reserve, a token, a backup, a sheet, a kit that is out."""
    desk = offices[1].station.desk
    post = Post(desk, offices[1].station.custody)
    book, other = pad_drawing.draw(desk, HQ.id, Direction.OUT, 30)
    spare, away = pad_drawing.draw(desk, HQ.id, Direction.OUT, 30)
    for each in (other, away):
        books.act(desk, each.number, Act.ISSUED, holder="Bộ")
    for each, place in ((book, SAFE), (spare, SAFE)):
        books.act(desk, each.number, Act.PRINTED, note="offline")
        books.act(desk, each.number, Act.MOVED, holder=place)
    books.act(desk, book.number, Act.OPENED, second=HEAD.name)
    books.act(desk, spare.number, Act.SEALED, second=HEAD.name, note=SEAL)
    for page in (1, 2):
        taken = pads.take(desk, book.number, 20, spoken(page))
        with desk.db.transaction():
            pads.record_use(desk, taken, 100 + page, f"26 PARIS 04{page}")
    pads.destroy(desk, book.number, [spoken(1)], HEAD.name, "đốt")
    with desk.db.transaction():
        token = keeping.enter_item(desk, Kind.TOKEN, "Token 0417", SAFE)
        backup = keeping.enter_item(desk, Kind.BACKUP, "Bản sao lưu", ROOM)
        keeping.verified(desk, backup.number)
        sheet = keeping.enter_item(desk, Kind.SHEET, "Phiếu khôi phục", ROOM, "NP 7")
        kit = keeping.enter_item(desk, Kind.KIT, "Đoàn Lào", SAFE)
        keeping.issue(desk, kit.number, "Ông Lê C")
    post.lay(book, SAFE, pages=28, loose=1)
    post.lay(spare, SAFE)
    for each in (token, backup, sheet):
        post.lay(each, each.holder)
    return post


def by_hand(post: Post, check: Check) -> Answer:
    """Answer a check of a thing as somebody does who sees the paper and the place and nothing else."""
    lying = post.places.get(check.place, {})
    name = check.words[0]
    if name not in lying:
        return Answer(check.code, Seen.ABSENT)
    pages, loose = lying[name]
    if not check.paged:
        return Answer(check.code, Seen.RIGHT, seal=check.seal)
    return Answer(check.code, Seen.RIGHT, pages, loose)


def answer_all(post: Post, work: Work, wrong: dict[What, Answer] | None = None) -> None:
    for row in post.room.standing(work).rows:
        check = row.check
        if check.what is What.ITEM:
            post.room.answer(work, by_hand(post, check))
        else:
            said = (wrong or {}).get(check.what, Answer("", Seen.RIGHT))
            post.room.answer(work, Answer(check.code, said.seen, said.pages, note=said.note))


def acts(desk: Desk, act: Act) -> list[tuple[int, str]]:
    found = [each.line for each in material_ledger.lines(desk)]
    return [(each.item, each.note) for each in found if each.act is act]


def told(desk: Desk) -> list[str]:
    return [each.detail for each in notices.shown(desk) if each.kind is NoticeKind.CUSTODY_DIFFERS]


# --- inventory -------------------------------------------------------------------------------------------------------


def test_an_inventory_that_agrees_is_a_record_and_a_line_for_each_thing(post: Post) -> None:
    view = post.room.begin(Work.INVENTORY)
    assert [each.check.place for each in view.rows] == [SAFE, SAFE, SAFE, ROOM, ROOM]
    assert all("Lào" not in word for each in view.rows for word in each.check.words)

    answer_all(post, Work.INVENTORY)
    record = post.room.finish(Work.INVENTORY, HEAD)

    assert (record.line, record.work, record.findings, record.second.name) == (1, Work.INVENTORY, (), HEAD.name)
    assert len(acts(post.desk, Act.COUNTED)) == 5
    assert told(post.desk) == []
    assert post.room.under_way() == ()
    assert all(not each.wrong for each in post.room.prove())
    with pytest.raises(NotFound):
        post.room.standing(Work.INVENTORY)


def test_what_differs_is_a_line_a_notice_and_what_to_do(post: Post) -> None:
    post.places[SAFE]["Token 0417 1 1/1"] = (0, 0)
    del post.places[ROOM]["Bản sao lưu 1 1/1"]
    book = next(each for each in rows.every(post.desk.db) if each.kind is Kind.PAD)
    post.places[SAFE][book.name] = (27, 1)
    post.room.begin(Work.INVENTORY)
    answer_all(post, Work.INVENTORY)
    post.room.add_stranger(Work.INVENTORY, DRAWER, "USB đen, không nhãn")

    record = post.room.finish(Work.INVENTORY, HEAD)

    assert {(each.flaw, each.expected, each.found) for each in record.findings} == {
        (Flaw.ABSENT, 0, 0), (Flaw.PAGES, 28, 27), (Flaw.STRANGER, 0, 0),
    }  # fmt: skip
    assert len(acts(post.desk, Act.DISCREPANT)) == 2
    assert (book.number, "pages 28/27") in acts(post.desk, Act.DISCREPANT)
    assert told(post.desk) == ["inventory, record 1: 3"]


def test_what_a_record_has_no_room_for_is_a_line_of_the_ledger_and_counted(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(custody_record, "MAX_FINDINGS", 2)
    missing = [each for each in rows.every(post.desk.db) if each.holder == ROOM]
    post.places[ROOM].clear()
    post.room.begin(Work.INVENTORY)
    answer_all(post, Work.INVENTORY)
    post.room.add_stranger(Work.INVENTORY, DRAWER, "USB đen, không nhãn")

    record = post.room.finish(Work.INVENTORY, HEAD)

    assert [each.flaw for each in record.findings] == [Flaw.ABSENT, Flaw.STRANGER]
    assert {each.number for each in missing} == {item for item, _ in acts(post.desk, Act.DISCREPANT)}
    assert told(post.desk) == ["inventory, record 1: 3"]


def test_nothing_is_signed_while_a_check_is_open_or_one_person_stands_for_both(post: Post) -> None:
    post.room.begin(Work.INVENTORY)
    with pytest.raises(NotAllowed, match="5 checks have no answer yet: B1, B2, B3, B4, B5"):
        post.room.finish(Work.INVENTORY, HEAD)
    with pytest.raises(NotAllowed, match="under way already"):
        post.room.begin(Work.INVENTORY)
    answer_all(post, Work.INVENTORY)
    officer = material_ledger.officer(post.desk)
    for wrong in ("", officer.upper()):
        with pytest.raises(NotAllowed):
            post.room.finish(Work.INVENTORY, Second(wrong))
    assert post.room.records() == ()
    post.room.drop(Work.INVENTORY)
    assert post.room.under_way() == ()


def test_what_changes_meanwhile_is_looked_at_again(post: Post) -> None:
    post.room.begin(Work.INVENTORY)
    answer_all(post, Work.INVENTORY)
    book = next(each for each in rows.every(post.desk.db) if each.kind is Kind.PAD)
    pads.destroy(post.desk, book.number, [spoken(2)], HEAD.name)
    with post.desk.db.transaction():
        keeping.enter_item(post.desk, Kind.STICK, "USB 2", DRAWER)

    view = post.room.standing(Work.INVENTORY)

    code = next(each.check.code for each in view.rows if each.check.item == book.number)
    assert view.changed == (code, "B6")
    assert view.lacking == 2
    assert next(each.check.loose for each in view.rows if each.check.code == code) == 0
    assert post.room.standing(Work.INVENTORY).changed == ()


def test_answers_that_cannot_stand_are_refused(post: Post) -> None:
    view = post.room.begin(Work.INVENTORY)
    paged = next(each.check.code for each in view.rows if each.check.paged)
    plain = next(each.check.code for each in view.rows if not each.check.paged)
    for wrong in (Answer(paged, Seen.RIGHT), Answer(plain, Seen.WRONG), Answer(plain, Seen.RIGHT, note="x" * 301)):
        with pytest.raises(NotAllowed):
            post.room.answer(Work.INVENTORY, wrong)
    with pytest.raises(NotFound):
        post.room.answer(Work.INVENTORY, Answer("Z9", Seen.RIGHT))
    with pytest.raises(NotAllowed):
        post.room.add_stranger(Work.INVENTORY, "", "USB")


# --- inspection ------------------------------------------------------------------------------------------------------


def text_of(pdf: bytes) -> str:
    return "\n".join(each.extract_text() for each in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_the_pack_alone_finds_the_token_that_was_moved_and_the_page_that_was_torn_off(post: Post) -> None:
    """Drill 15: the inspector has the paper, two eyes and the places; the store is not asked but for the entry."""
    token = next(each for each in rows.every(post.desk.db) if each.kind is Kind.TOKEN)
    book = next(each for each in rows.every(post.desk.db) if each.kind is Kind.PAD)
    lying = post.places[SAFE]
    post.lay(token, DRAWER)
    del lying[token.name]
    pages, loose = lying[book.name]
    lying[book.name] = (pages - 1, loose)
    post.room.begin(Work.INSPECTION)

    paper = text_of(post.room.pack())
    read = read_pack(paper)
    for code, place, name, pages_due, loose_due in read:
        there = post.places.get(place, {})
        if name not in there:
            post.room.answer(Work.INSPECTION, Answer(code, Seen.ABSENT))
            continue
        counted = there[name] if pages_due is not None else (None, None)
        post.room.answer(Work.INSPECTION, Answer(code, Seen.RIGHT, *counted))
        assert loose_due is None or loose_due == there[name][1]
    for place in sorted({place for _, place, _, _, _ in read} | {DRAWER}):
        for name in post.places[place]:
            if name not in {each for _, where, each, _, _ in read if where == place}:
                post.room.add_stranger(Work.INSPECTION, place, name)
    for code in re.findall(r"^([AC]\d+)\b", paper, re.MULTILINE):
        post.room.answer(Work.INSPECTION, Answer(code, Seen.RIGHT))
    record = post.room.finish(Work.INSPECTION, HEAD)

    found = {(each.flaw, each.item) for each in record.findings}
    assert found == {(Flaw.ABSENT, token.number), (Flaw.PAGES, book.number), (Flaw.STRANGER, 0)}
    assert told(post.desk)
    assert all(each.stops for each in record.findings if each.flaw is Flaw.PAGES)


def read_pack(paper: str) -> list[tuple[str, str, str, int | None, int | None]]:
    """Read part B as it stands on the paper: code, place, name, pages that must be left and loose."""
    part = paper.split("B. Khí tài, theo nơi giữ", 1)[1].split("C. Năm phép thử", 1)[0]
    found, place = [], ""
    lines = part.splitlines()
    for number, line in enumerate(lines):
        if heading := re.fullmatch(r"(.*?) \d+ vật / things", line):
            place = heading[1]
        if code := re.match(r"B\d+\b", line):
            block = re.split(r"\sB\d+\s", " ".join(lines[number : number + 8])[len(code[0]) :])[0]
            name = re.match(r"\s*\d+\s+(.*?) · ", block)
            pages = re.search(r"(\d+) trang còn lại, (\d+) trang", block)
            assert name is not None, block
            left, loose = (int(pages[1]), int(pages[2])) if pages else (None, None)
            found.append((code[0], place, name[1].strip(), left, loose))
    return found


def test_the_pack_says_what_must_match(post: Post) -> None:
    post.room.begin(Work.INSPECTION)
    paper = text_of(post.room.pack())
    view = post.room.standing(Work.INSPECTION)
    last = next(each.check.words for each in view.rows if each.check.what is What.LEDGER)

    flat = " ".join(paper.split())
    for said in (
        last[1], "Đoàn Lào 1 1/1: Ông Lê C", "NP 7", f"niêm phong {SEAL}", "28 trang còn lại, 1 trang chờ tiêu hủy",
        "Trưởng cơ quan đại diện", "20 phút", "chưa có biên bản nào", "Nguyễn Văn Paris", spoken(30),
    ):  # fmt: skip
        assert said in flat, said
    assert len([each for each in view.rows if each.check.code.startswith("C")]) == 5


def test_the_last_cable_and_a_sample_of_the_register_stand_on_the_pack(offices: tuple[Office, Office]) -> None:
    paris = offices[1]
    released = paris.release(draft(HQ.id))
    room = paris.station.custody
    checks = {each.check.what: each.check.words for each in room.begin(Work.INSPECTION).rows}

    assert checks[What.LAST_OUT][:2] == ("1", released.mrn)
    assert checks[What.LAST_IN] == ()
    assert checks[What.SAMPLE_LINE][2] == released.mrn
    assert "Bộ Ngoại giao" in checks[What.SAMPLE_LINE][-1]
    assert (checks[What.SAMPLE_BOOK], checks[What.SAMPLE_ORDER]) == ((), ())
    assert released.mrn in text_of(room.pack())


def test_an_earlier_paper_shows_a_ledger_that_was_rewritten(post: Post) -> None:
    post.room.begin(Work.INSPECTION)
    answer_all(post, Work.INSPECTION)
    first = post.room.finish(Work.INSPECTION, HEAD)
    view = post.room.begin(Work.INSPECTION)
    earlier = next(each.check.words for each in view.rows if each.check.what is What.EARLIER)

    assert earlier[2:] == (f"{first.ledger_line}", first.ledger_code)
    answer_all(post, Work.INSPECTION, {What.EARLIER: Answer("", Seen.WRONG, note="giấy ghi khác")})
    second = post.room.finish(Work.INSPECTION, HEAD)

    assert [(each.flaw, each.what) for each in second.findings] == [(Flaw.DIFFERS, What.EARLIER)]


# --- handover --------------------------------------------------------------------------------------------------------


def test_a_handover_has_equal_counts_and_a_paper(post: Post) -> None:
    post.room.begin(Work.INVENTORY)
    answer_all(post, Work.INVENTORY)
    post.room.finish(Work.INVENTORY, HEAD)
    post.room.begin(Work.HANDOVER)
    answer_all(post, Work.HANDOVER)
    record = post.room.finish(Work.HANDOVER, Second("Lê Văn C", "Bí thư thứ ba"))
    paper = " ".join(text_of(post.room.paper(record.line)).split())

    counts = dict(record.counts)
    assert (counts[What.ITEMS_HERE], counts[What.ITEMS_OUT], counts[What.TOKENS], counts[What.KITS_OUT]) == (5, 3, 1, 1)
    assert (counts[What.PAGES_LEFT], counts[What.PAGES_TO_DESTROY]) == (58, 1)
    assert record.findings == ()
    assert record.code in paper
    assert "BIÊN BẢN BÀN GIAO CƠ YẾU" in paper
    assert "Lê Văn C" in paper
    with pytest.raises(NotFound):
        post.room.paper(99)


def test_a_discrepancy_does_not_block_a_handover_and_is_told(post: Post) -> None:
    post.room.begin(Work.HANDOVER)
    answer_all(post, Work.HANDOVER, {What.TOKENS: Answer("", Seen.WRONG, 0, note="không thấy khóa cứng")})

    record = post.room.finish(Work.HANDOVER, HEAD)

    assert [(each.flaw, each.what, each.expected, each.found) for each in record.findings] == [
        (Flaw.COUNT, What.TOKENS, 1, 0), (Flaw.NOT_INVENTORIED, What.ITEMS_HERE, 0, 0),
    ]  # fmt: skip
    assert told(post.desk) == ["handover, record 1: 2"]


# --- proof -----------------------------------------------------------------------------------------------------------


def recorded(post: Post) -> None:
    post.room.begin(Work.HANDOVER)
    answer_all(post, Work.HANDOVER)
    post.room.finish(Work.HANDOVER, HEAD)


def unguarded(desk: Desk, sql: str, values: tuple[str | int | bytes, ...] = ()) -> None:
    """Alter a row as somebody does who has the open store: the guards are taken away first."""
    guards = desk.db.all("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'register_lines'")
    with desk.db.transaction():
        for (name,) in guards:
            desk.db.run(f"DROP TRIGGER {name}")
        desk.db.run(sql, values)


def test_the_proof_names_the_line_that_was_altered(post: Post) -> None:
    recorded(post)
    assert all(each.wrong == () for each in post.room.prove())

    unguarded(post.desk, "UPDATE register_lines SET at = at + 1 WHERE register = 11 AND line = 4")

    wrong = {each.register: each.wrong for each in post.room.prove()}
    assert wrong["ledger of key material"] == ((4, "altered, taken out or put in"),)
    assert wrong["records of custody"] == ()


def test_the_proof_names_a_record_whose_signature_does_not_fit(post: Post) -> None:
    recorded(post)
    row = post.desk.db.one("SELECT body FROM register_lines WHERE register = ?", (custody_record.REGISTER,))
    assert row is not None
    entry = custody_record.decode_entry(bytes(row[0]))
    statement = custody_record.decode(entry.statement)
    forged = custody_record.encode(replace(statement, answered=1))
    body = custody_record.encode_entry(replace(entry, statement=forged))
    unguarded(post.desk, "UPDATE register_lines SET body = ? WHERE register = ?", (body, custody_record.REGISTER))

    wrong = {each.register: each.wrong for each in post.room.prove()}
    assert [line for line, _ in wrong["signatures of the records"]] == [1]
    assert wrong["records of custody"][0][0] == 1


def test_the_proof_knows_whose_keys_may_sign(post: Post) -> None:
    """Somebody else's key signs the same statement: the signature is right and the key is nobody's of this office."""
    recorded(post)
    other = signing.signing_generate(Level.STANDARD, system)
    row = post.desk.db.one("SELECT body FROM register_lines WHERE register = ?", (custody_record.REGISTER,))
    assert row is not None
    entry = custody_record.decode_entry(bytes(row[0]))
    signature = signing.sign(other, labels.SIGN_CUSTODY, entry.statement)
    body = custody_record.encode_entry(replace(entry, signed=(Signed("Kẻ lạ", other.public, signature),)))
    unguarded(post.desk, "UPDATE register_lines SET body = ? WHERE register = ?", (body, custody_record.REGISTER))

    said = next(each.wrong for each in post.room.prove() if each.register == "signatures of the records")
    assert said == ((1, "the signature of Kẻ lạ is of a key that this office does not know"),)


def test_a_ledger_written_anew_with_its_own_key_does_not_fit_to_what_was_signed(post: Post) -> None:
    """The chain is keyed by the store: who has it open makes every line fit again, but no record, nor its paper."""
    recorded(post)
    paper = post.room.records()[-1].ledger_code
    lines = registers.verify(post.desk.db, ledger.REGISTER)
    unguarded(post.desk, "DELETE FROM register_lines WHERE register = ?", (ledger.REGISTER,))
    with post.desk.db.transaction():
        post.desk.db.run("DELETE FROM register_heads WHERE register = ?", (ledger.REGISTER,))
        for each in lines:
            line = ledger.decode(each.body)
            body = ledger.encode(replace(line, second="Kẻ lạ")) if each.line == 4 else each.body
            registers.append(post.desk.db, ledger.REGISTER, each.at, body)

    wrong = {each.register: each.wrong for each in post.room.prove()}
    view = post.room.begin(Work.INSPECTION)
    earlier = next(each.check.words for each in view.rows if each.check.what is What.EARLIER)

    assert wrong["ledger of key material"] == ()
    assert "is not the one that was signed for" in wrong["signatures of the records"][0][1]
    assert earlier[-1] != paper


def test_both_sign_by_a_secret_of_their_own(post: Post) -> None:
    person_acts.add(post.desk, HEAD.name, "Bí thư", Rank.OFFICER, by_passphrase(OTHER), "Lê Đại sứ")
    post.room.begin(Work.HANDOVER)
    with pytest.raises(NotAllowed, match="16 checks"):
        post.room.finish_both(Work.HANDOVER, by_passphrase(OTHER))
    answer_all(post, Work.HANDOVER)
    with pytest.raises(NotAllowed, match="another than"):
        post.room.finish_both(Work.HANDOVER, by_passphrase(PASSPHRASE))
    with pytest.raises(WrongPassphrase):
        post.room.finish_both(Work.HANDOVER, by_passphrase("không phải mật khẩu này"))
    assert post.room.under_way() == (Work.HANDOVER,)

    record = post.room.finish_both(Work.HANDOVER, by_passphrase(OTHER))

    assert (record.second.name, record.second.title, record.signatures) == (HEAD.name, "Bí thư", 2)
    assert dict(record.counts)[What.OFFICERS_WITH_KEYS] == 2
    assert all(not each.wrong for each in post.room.prove())
    assert "Cả hai đã ký" in text_of(post.room.paper(record.line))


def test_the_head_of_mission_signs_an_inspection_by_share_and_pin(post: Post) -> None:
    kept: list[Paper] = []
    head_shares.make(post.desk, "Lê Đại sứ", "Đại sứ", "73915482", HEAD.name, kept.append, ROOM)
    groups = " ".join(re.findall(r"^[0-9]{5}(?: [0-9]{5})*$", kept[0].text, re.MULTILINE))
    post.room.begin(Work.INSPECTION)
    post.places[ROOM][f"{head_shares.TITLE} 1 1/1"] = (0, 0)
    answer_all(post, Work.INSPECTION)

    record = post.room.finish_both(Work.INSPECTION, by_share(groups, "73915482"))

    assert (record.second.name, record.signatures, record.findings) == ("Lê Đại sứ", 2, ())
    assert all(not each.wrong for each in post.room.prove())


def test_one_key_is_not_two_persons(post: Post) -> None:
    recorded(post)
    row = post.desk.db.one("SELECT body FROM register_lines WHERE register = ?", (custody_record.REGISTER,))
    assert row is not None
    entry = custody_record.decode_entry(bytes(row[0]))
    body = custody_record.encode_entry(replace(entry, signed=(*entry.signed, replace(entry.signed[0], name="B"))))
    unguarded(post.desk, "UPDATE register_lines SET body = ? WHERE register = ?", (body, custody_record.REGISTER))

    said = next(each.wrong for each in post.room.prove() if each.register == "signatures of the records")
    assert said == ((1, "both signatures are of one key"),)


def altered(post: Post, change: Callable[[Entry], Entry]) -> tuple[tuple[int, str], ...]:
    """Change the newest record as somebody does who has the open store, and give what the proof says of signatures."""
    row = post.desk.db.one("SELECT max(line), body FROM register_lines WHERE register = ?", (custody_record.REGISTER,))
    assert row is not None
    body = custody_record.encode_entry(change(custody_record.decode_entry(bytes(row[1]))))
    where = "WHERE register = ? AND line = ?"
    unguarded(post.desk, f"UPDATE register_lines SET body = ? {where}", (body, custody_record.REGISTER, row[0]))
    return next(each.wrong for each in post.room.prove() if each.register == "signatures of the records")


def signed_by_both(post: Post) -> None:
    person_acts.add(post.desk, HEAD.name, "Bí thư", Rank.OFFICER, by_passphrase(OTHER), "Lê Đại sứ")
    post.room.begin(Work.HANDOVER)
    answer_all(post, Work.HANDOVER)
    post.room.finish_both(Work.HANDOVER, by_passphrase(OTHER))


def test_the_proof_names_a_signature_that_stands_under_another_s_name(post: Post) -> None:
    recorded(post)
    signed_by_both(post)

    one = altered(
        post, lambda entry: replace(entry, signed=(replace(entry.signed[0], name="Lê Đại sứ"), entry.signed[1]))
    )
    first = persons.present(post.desk).name
    assert one == ((2, f"the signature of Lê Đại sứ stands in the place of {first}"),)
    # Both names back and the signatures changed round: each verifies, and is the other's.
    two = altered(
        post,
        lambda entry: replace(
            entry,
            signed=(replace(entry.signed[1], name=first), replace(entry.signed[0], name=HEAD.name)),
        ),
    )
    assert two == (
        (2, f"{first} is signed for with the key of {HEAD.name}"),
        (2, f"{HEAD.name} is signed for with the key of {first}"),
    )


def test_the_proof_names_a_statement_that_a_person_signed_as_another(post: Post) -> None:
    """A changed program lets an officer sign, with the own key, that somebody else has counted."""
    recorded(post)
    me = persons.present(post.desk)

    def as_another(entry: Entry) -> Entry:
        statement = custody_record.decode(entry.statement)
        said = custody_record.encode(replace(statement, first=Person("Lê Đại sứ", "Đại sứ")))
        signature = persons.sign(post.desk, labels.SIGN_CUSTODY, said)
        return Entry(said, (Signed("Lê Đại sứ", me.public, signature),))

    assert altered(post, as_another) == ((1, f"Lê Đại sứ is signed for with the key of {me.name}"),)
    # The name in the rows does not help: headquarters' list says whose key it is.
    with post.desk.db.transaction():
        post.desk.db.run("UPDATE officers SET name = 'Lê Đại sứ' WHERE officer = ?", (me.number,))
    assert altered(post, lambda entry: entry) == ((1, f"Lê Đại sứ is signed for with the key of {me.name}"),)
