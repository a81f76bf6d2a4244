"""Cables, and everything around them, made up for tests: one plain example and strategies for all others."""

from dataclasses import replace

from hypothesis import strategies as st

from secmsg.ids import CableId, CertificateRef, DeviceId, EditionNumber, PersonId, Serial, SessionId, StationId
from secmsg.wire import books, codec, names, pad_file, service, slip
from secmsg.wire import cable as wire
from secmsg.wire.books import BookReason, BookStatement, NewBook, PersonSignature
from secmsg.wire.cable import (
    Annex,
    Cable,
    Clearance,
    Degree,
    Kind,
    LinkKind,
    Named,
    Reference,
    Signatory,
    SignedCable,
    SignPrefix,
    Urgency,
)
from secmsg.wire.copy import CableCopy, Chain, ChainsCopy, Copy, SlipCopy
from secmsg.wire.cover import CoverFile
from secmsg.wire.handshake import ResetReason
from secmsg.wire.item import Item, ItemKind
from secmsg.wire.manifest import Manifest
from secmsg.wire.pad_file import PadFile
from secmsg.wire.revocation import Revocation, RevocationReason
from secmsg.wire.service import (
    Code,
    CoverGiven,
    CoverHeld,
    Fault,
    FaultCode,
    HandBlock,
    HandNumbers,
    KeyCompromise,
    KeysBegun,
    KeysConfirmed,
    KeysReported,
    LineTest,
    Notice,
    PickedUp,
    Posture,
    Ranges,
    Recap,
    Receipt,
    ReceiptLevel,
    Repeat,
    RepeatRequest,
    ServiceMessage,
    SignedReceipts,
    StationState,
)
from secmsg.wire.slip import Slip
from secmsg.wire.text import is_clean

DTG = 1_785_931_200
"""5 August 2026, 12:00 UTC."""

DRAFTER = Signatory(PersonId(21), "Trần Văn Bình", "Bí thư thứ hai", DTG - 3_600)
RELEASER = Signatory(PersonId(20), "Nguyễn Thị An", "Đại sứ", DTG + 30)

CABLE = Cable(
    cable_id=CableId(bytes(range(16))),
    kind=Kind.CABLE,
    origin=StationId(33),
    number=45,
    symbol="45/CĐ-PARIS",
    mrn="26 PARIS 045",
    dtg=DTG,
    filed_at=DTG + 42,
    degree=Degree.SECRET,
    basis="Danh mục BMNN ngành ngoại giao, mục 3.2",
    protect_until=DTG + 20 * 365 * 86_400,
    para_marks=(),
    urg_action=Urgency.PRIORITY,
    urg_info=Urgency.ROUTINE,
    urgency_reason="",
    desk_by=None,
    reply_by=DTG + 7 * 86_400,
    void_after=None,
    action_to=(StationId(1),),
    info_to=(StationId(34), StationId(35)),
    exempt=(),
    named=(),
    caption=(),
    topics=("HĐ-SONG-PHUONG",),
    subject="Chuẩn bị chuyến thăm tháng 9",
    subject_in_register=True,
    refs=(),
    body="1. Đề nghị Bộ cho ý kiến về chương trình.\n2. Chi tiết gửi theo phụ lục.",
    summary="",
    annexes=(),
    documents=1,
    pages=1,
    copies=2,
    copy_ok=False,
    return_by=None,
    drafter=DRAFTER,
    clearers=(),
    releaser=RELEASER,
    sign_prefix=SignPrefix.NONE,
    second_person=None,
)

ANNEX = Annex("Chương trình.pdf", "application/pdf", 204_800, 3, b"\x01" * 32, b"\x02" * 32)

FULL_CABLE = replace(
    CABLE,
    kind=Kind.TELEGRAM,
    degree=Degree.TOP_SECRET,
    para_marks=(Degree.CONFIDENTIAL, Degree.TOP_SECRET),
    urg_action=Urgency.FLASH,
    urg_info=Urgency.IMMEDIATE,
    urgency_reason="Cần trả lời trước cuộc gặp lúc 18 giờ",
    desk_by=DTG + 3_600,
    void_after=DTG + 30 * 86_400,
    exempt=(StationId(36),),
    named=(Named(StationId(1), ("Lê Văn Cường", "Phạm Thị Dung"), only=True),),
    caption=("Lãnh đạo Bộ", "Chỉ Đại sứ"),
    topics=("HĐ", "QP-AN"),
    subject_in_register=False,
    refs=(Reference("26 BO 1021", LinkKind.REPLY), Reference("25 PARIS 998", LinkKind.SUPERSEDE)),
    summary="Tóm tắt:\nhai điểm.",
    annexes=(ANNEX, replace(ANNEX, name="Danh sách đoàn.xlsx", size=slip.MAX_CONTENT, pages=0)),
    documents=3,
    pages=4,
    copies=99,
    copy_ok=True,
    return_by=DTG + 86_400,
    clearers=(
        Clearance(PersonId(22), "Võ Minh", "Bí thư thứ nhất", DTG - 60, approved=True, note="Đồng ý,\nsửa câu 2."),
    ),
    sign_prefix=SignPrefix.KT,
    second_person=Signatory(PersonId(0), "Hoàng Yến", "", DTG),
)

SLIP = Slip(key=bytes(range(32)), size=204_800, manifest_hash=b"\x02" * 32, circular_serial=7, expiry=DTG)
MANIFEST = Manifest("Chương trình.pdf", "application/pdf", 204_800, 3, b"\x01" * 32)
SIGNED = SignedCable(
    cable=b"\xa0",
    person_ref=CertificateRef(b"\x03" * 32),
    person_signature=b"\x04" * wire.SIGNATURE_SIZE,
    device_ref=CertificateRef(b"\x05" * 32),
    device_signature=b"\x06" * wire.SIGNATURE_SIZE,
    slips=(SLIP,),
)
BOOK = BookStatement(StationId(2), 3, 5_001, BookReason.REBUILT, DTG, (StationId(1), StationId(7)), "Máy cháy")
RECEIPT = Receipt(CABLE.cable_id, ReceiptLevel.REGISTERED, DTG, 17, "Đã vào sổ")
REVOCATION = Revocation(EditionNumber(42), DeviceId(7), RevocationReason.SEIZED, DTG)
CHALLENGE_LIST = PadFile(
    pad_file.CHALLENGES, b"\x0c" * 16, "HĐ HANOI-PARIS", 1, 2, StationId(1), StationId(7), training=False, first=1,
    made_at=1_800_000_000, rows=("12345678", "00000001"),
)  # fmt: skip
PAD_BOOK = PadFile(
    pad_file.PAD, b"\x0d" * 16, "TK HANOI-PARIS", 3, 1, StationId(1), StationId(7), training=True, first=9_000,
    made_at=1_800_000_000, rows=("1234567890" * 49,), sheets=("31415", "00001"),
)  # fmt: skip
COVER_FILE = CoverFile(2, b"\x0b" * 32, (DeviceId(7), DeviceId(9)))
CHAINS = (Chain(StationId(1), 412, b"\x0c" * 32), Chain(StationId(7), 3, b"\x0d" * 32))
COPIES: dict[str, Copy] = {
    "cable": CableCopy(b"\xa0"),
    "slip": SlipCopy(SLIP),
    "chains": ChainsCopy(CHAINS),
}
MESSAGES: dict[str, ServiceMessage] = {
    "receipts": SignedReceipts(
        CertificateRef(b"\x07" * 32),
        (RECEIPT, Receipt(CABLE.cable_id, ReceiptLevel.ARRIVED, DTG)),
        b"\x08" * wire.SIGNATURE_SIZE,
    ),
    "receipts that name what was opened": SignedReceipts(
        CertificateRef(b"\x07" * 32),
        (replace(RECEIPT, opened=b"\x0a" * 32), Receipt(CABLE.cable_id, ReceiptLevel.ARRIVED, DTG, opened=bytes(32))),
        b"\x08" * wire.SIGNATURE_SIZE,
    ),
    "recap": Recap(412, 17, b"\x0b" * 32, b"\x0c" * 32, 9, b"\x0d" * 32, 21_600, ((18, 18), (20, 24))),
    "recap without more": Recap(412, 17, b"\x0b" * 32, b"\x0c" * 32, 9, b"\x0d" * 32, 86_400),
    "older recap": Recap(412, 0),
    "repeat request": RepeatRequest(((3, 3), (5, 9), (11, 2**32 - 1))),
    "third request": RepeatRequest(((3, 3),), 3),
    "repeat": Repeat(((3, 3),), ((5, 6), (8, 8)), ((9, 9),)),
    "repeat of what is gone": Repeat(gone=((9, 11),)),
    "fault": Fault(FaultCode.COUNT, "Thiếu 1 trang\nở phụ lục 2", 412, CABLE.cable_id),
    "fault without more": Fault(FaultCode.GARBLED),
    "fault of a range": Fault(FaultCode.GAP_CLOSED, "Mất cùng túi ngoại giao", 18, last=20),
    "posture": StationState(Posture.EMERGENCY, "Từ 0 giờ"),
    "posture without more": StationState(Posture.NORMAL),
    "picked up, locked": PickedUp(),
    "block for the hand": HandBlock(100, "Máy hỏng"),
    "block without more": HandBlock(1),
    "hand numbers": HandNumbers(900, 999, ((900, 901), (905, 905))),
    "hand numbers all void": HandNumbers(900, 999),
    "new book": NewBook(
        books.encode_statement(BOOK),
        PersonSignature(CertificateRef(b"\x03" * 32), b"\x04" * wire.SIGNATURE_SIZE),
        PersonSignature(CertificateRef(b"\x05" * 32), b"\x06" * wire.SIGNATURE_SIZE),
    ),
    "line test": LineTest(b"\x09" * 8, answer=False),
    "a cover root given": CoverGiven(2, b"\x0b" * 32),
    "a cover root held": CoverHeld(2),
    "a machine lost": KeyCompromise(REVOCATION, "Mất trên đường"),
    "a machine lost, no more words": KeyCompromise(REVOCATION),
    "keys begun": KeysBegun(ResetReason.DAMAGED, 412, 219),
    "keys reported": KeysReported(SessionId(b"\x0b" * 16), DeviceId(3), 2, ResetReason.COMPROMISE, DTG),
    "keys confirmed": KeysConfirmed(
        SessionId(b"\x0b" * 16), DTG, CertificateRef(b"\x07" * 32), b"\x08" * wire.SIGNATURE_SIZE
    ),
    "notice": Notice(Code.CANCEL, "Điện hết giá trị", CABLE.cable_id),
    "notice without more": Notice(Code.EMERGENCY_DESTRUCTION),
}
ITEM = Item(Serial(412), b"\x0a" * 32, ItemKind.SERVICE, DTG, service.encode(MESSAGES["older recap"]))


# Strategies: every value that the formats take, and nothing else.

_LETTERS = st.sampled_from(list("abc xyzABCĐđếộưỷọậ0123456789.,;:-/()“”…→漢日кир"))


def lines(low: int, high: int) -> st.SearchStrategy[str]:
    """Clean text of one line."""
    texts = st.text(_LETTERS, min_size=low, max_size=high)
    return texts.filter(lambda text: is_clean(text, multiline=False) and (low == 0 or text.strip() != ""))


def free_text(low: int, high: int) -> st.SearchStrategy[str]:
    """Clean text that may have several lines."""
    return st.lists(lines(low, max(low, high // 4)), min_size=1, max_size=3).map("\n".join)


TIMES = st.integers(0, codec.MAX_TIME)
STATIONS = st.integers(1, 0xFFFF).map(StationId)
HASHES = st.binary(min_size=32, max_size=32)
SIGNATURES = st.integers(0, 255).map(lambda byte: bytes([byte]) * wire.SIGNATURE_SIZE)
CABLE_IDS = st.binary(min_size=16, max_size=16).map(CableId)
SESSION_IDS = st.binary(min_size=16, max_size=16).map(SessionId)
REFS = HASHES.map(CertificateRef)
MRNS = st.from_regex(wire.MRN, fullmatch=True)
MEDIA_TYPES = st.sampled_from(("application/pdf", "image/png", "text/plain", "a/b"))
FILE_NAMES = st.text(_LETTERS, max_size=40).map(names.for_export)
SIGNATORIES = st.builds(Signatory, st.integers(0, 0xFFFF).map(PersonId), lines(1, 20), lines(0, 20), TIMES)
RELEASERS = st.builds(Signatory, st.integers(1, 0xFFFF).map(PersonId), lines(1, 20), lines(0, 20), TIMES)
ANNEXES = st.builds(
    Annex,
    FILE_NAMES,
    MEDIA_TYPES,
    st.integers(0, slip.MAX_CONTENT),
    st.integers(0, wire.MAX_PAGES),
    HASHES,
    HASHES,
)
CLEARANCES = st.builds(
    Clearance,
    st.integers(0, 0xFFFF).map(PersonId),
    lines(1, 20),
    lines(0, 20),
    TIMES,
    approved=st.booleans(),
    note=st.just("") | free_text(1, 40),
)


@st.composite
def cables(draw: st.DrawFn) -> Cable:
    """Any cable that the format takes."""
    dtg = 60 * draw(st.integers(0, 2**32 // 60))
    degree = draw(st.sampled_from(Degree))
    secret = degree is not Degree.UNCLASSIFIED
    urgency = draw(st.sampled_from(Urgency))
    stations = draw(st.lists(STATIONS, min_size=1, max_size=9, unique=True))
    first, second = sorted((draw(st.integers(1, len(stations))), draw(st.integers(1, len(stations)))))
    addressed = stations[:second]
    marks = draw(st.just(()) | st.lists(st.sampled_from(Degree)).map(tuple))
    after = st.none() | st.integers(dtg + 1, dtg + 2**32)
    return Cable(
        cable_id=draw(CABLE_IDS),
        kind=draw(st.sampled_from(Kind)),
        origin=draw(STATIONS),
        number=draw(st.integers(1, wire.MAX_NUMBER)),
        symbol=draw(st.from_regex(wire.SYMBOL, fullmatch=True)),
        mrn=draw(MRNS),
        dtg=dtg,
        filed_at=draw(TIMES),
        degree=degree,
        basis=draw(lines(1, 20)) if secret else "",
        protect_until=draw(st.integers(dtg + 1, dtg + 2**32)) if secret else None,
        para_marks=(*(mark for mark in marks if mark < degree), degree) if marks else (),
        urg_action=urgency,
        urg_info=Urgency(draw(st.integers(0, urgency))),
        urgency_reason=draw(lines(10, 30)) if urgency is Urgency.FLASH else "",
        desk_by=draw(st.none() | st.integers(dtg + 1, dtg + wire.DESK_BY_WITHIN_S)),
        reply_by=draw(st.none() | st.integers(dtg + 1, dtg + wire.REPLY_BY_WITHIN_S)),
        void_after=draw(after),
        action_to=tuple(stations[:first]),
        info_to=tuple(stations[first:second]),
        exempt=tuple(stations[second:]),
        named=tuple(
            Named(station, tuple(draw(st.lists(lines(1, 20), min_size=1, max_size=3))), draw(st.booleans()))
            for station in addressed[: draw(st.integers(0, len(addressed)))]
        ),
        caption=tuple(draw(st.lists(lines(1, 20), max_size=wire.MAX_CAPTIONS, unique=True))),
        topics=tuple(draw(st.lists(lines(1, 20), min_size=1, max_size=wire.MAX_TOPICS, unique=True))),
        subject=draw(lines(3, 40)),
        subject_in_register=draw(st.booleans()),
        refs=tuple(draw(st.lists(st.builds(Reference, MRNS, st.sampled_from(LinkKind)), max_size=3, unique=True))),
        body=draw(free_text(1, 200)),
        summary=draw(st.just("") | free_text(1, 40)),
        annexes=tuple(draw(st.lists(ANNEXES, max_size=3, unique_by=lambda annex: annex.name.casefold()))),
        documents=draw(st.integers(1, wire.MAX_ANNEXES + 1)),
        pages=draw(st.integers(1, wire.MAX_PAGES)),
        copies=draw(st.integers(1, wire.MAX_COPIES)),
        copy_ok=draw(st.booleans()),
        return_by=draw(after),
        drafter=draw(SIGNATORIES),
        clearers=tuple(draw(st.lists(CLEARANCES, max_size=2))),
        releaser=draw(RELEASERS),
        sign_prefix=draw(st.sampled_from(SignPrefix)),
        second_person=draw(st.none() | SIGNATORIES),
    )


SLIPS = st.builds(
    Slip,
    HASHES,
    st.integers(0, slip.MAX_CONTENT),
    HASHES,
    st.integers(0, 2**32 - 1),
    st.integers(0, 2**32 - 1),
)
SIGNED_CABLES = st.builds(
    SignedCable,
    st.binary(min_size=1, max_size=64),
    REFS,
    SIGNATURES,
    REFS,
    SIGNATURES,
    st.lists(SLIPS, max_size=2).map(tuple),
)
MANIFESTS = st.builds(
    Manifest,
    FILE_NAMES,
    MEDIA_TYPES,
    st.integers(0, slip.MAX_CONTENT),
    st.integers(0, wire.MAX_PAGES),
    HASHES,
)
SERIALS = st.integers(0, service.MAX_SERIAL)
NOTES = st.just("") | free_text(1, 40)


REVOCATIONS = st.builds(
    Revocation,
    st.integers(1, 2**32 - 1).map(EditionNumber),
    st.integers(1, 0xFFFF).map(DeviceId),
    st.sampled_from(RevocationReason),
    st.integers(0, 2**32 - 1),
)


@st.composite
def receipts(draw: st.DrawFn, *, opened: bool = False) -> Receipt:
    """Any receipt that the format takes, of the older form or of that which names what was opened."""
    level = draw(st.sampled_from(ReceiptLevel))
    number = draw(st.integers(0, wire.MAX_NUMBER)) if level >= ReceiptLevel.REGISTERED else 0
    return Receipt(draw(CABLE_IDS), level, draw(TIMES), number, draw(lines(0, 20)), draw(HASHES) if opened else b"")


@st.composite
def ranges(draw: st.DrawFn) -> Ranges:
    """Any ranges of serials that the formats take, at least one."""
    found: list[tuple[int, int]] = []
    end = 0
    for start, length in draw(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 9)), min_size=1, max_size=5)):
        first = end + 1 + start + bool(found)
        end = first + length
        found.append((first, end))
    return tuple(found)


_SPOKEN = ("BN", "KTS", "YCPL", "SH", "THU", "DKH", "LK", "PL", "MS", "GS", "DS")
_OTHER_CODES = [code for code in Code if code not in _SPOKEN]
SERVICE_MESSAGES: st.SearchStrategy[ServiceMessage] = st.one_of(
    st.builds(SignedReceipts, REFS, st.lists(receipts(), min_size=1, max_size=3).map(tuple), SIGNATURES),
    st.builds(SignedReceipts, REFS, st.lists(receipts(opened=True), min_size=1, max_size=3).map(tuple), SIGNATURES),
    st.builds(Recap, SERIALS, SERIALS),
    st.builds(
        Recap,
        SERIALS,
        SERIALS,
        HASHES,
        HASHES,
        SERIALS,
        HASHES,
        st.integers(1, service.MAX_WITHIN_S),
        st.just(()) | ranges(),
    ),
    st.builds(RepeatRequest, ranges(), st.integers(1, service.MAX_ATTEMPT)),
    st.builds(Repeat, ranges(), st.just(()) | ranges(), st.just(()) | ranges()),
    st.builds(Fault, st.sampled_from(FaultCode), NOTES, SERIALS, st.none() | CABLE_IDS),
    st.builds(Fault, st.sampled_from(FaultCode), NOTES, st.integers(0, 9), st.none(), st.integers(10, 99)),
    st.just(PickedUp()),
    st.builds(StationState, st.sampled_from(Posture), NOTES),
    st.builds(HandBlock, st.integers(1, books.MAX_BLOCK), NOTES),
    st.builds(HandNumbers, st.integers(100, 199), st.integers(200, 299), st.just(()) | st.just(((199, 200),))),
    st.builds(LineTest, st.binary(min_size=8, max_size=8), answer=st.booleans()),
    st.builds(CoverGiven, st.integers(1, 0xFFFF), HASHES),
    st.builds(CoverHeld, st.integers(1, 0xFFFF)),
    st.builds(KeyCompromise, REVOCATIONS, NOTES),
    st.builds(KeysBegun, st.sampled_from(ResetReason), SERIALS, SERIALS),
    st.builds(
        KeysReported,
        SESSION_IDS,
        st.integers(1, 0xFFFF).map(DeviceId),
        st.integers(1, service.MAX_GENERATION),
        st.sampled_from(ResetReason),
        TIMES,
    ),
    st.builds(KeysConfirmed, SESSION_IDS, TIMES, REFS, SIGNATURES),
    st.builds(Notice, st.sampled_from(_OTHER_CODES), NOTES, st.none() | CABLE_IDS),
)
ITEMS = st.builds(
    Item,
    st.integers(1, service.MAX_SERIAL).map(Serial),
    HASHES,
    st.sampled_from((ItemKind.CABLE, ItemKind.SERVICE)),
    TIMES,
    st.binary(min_size=1, max_size=99),
) | st.builds(
    Item,
    st.integers(1, service.MAX_SERIAL).map(Serial),
    HASHES,
    st.just(ItemKind.SLIP),
    TIMES,
    st.binary(min_size=slip.SIZE, max_size=slip.SIZE),
)
