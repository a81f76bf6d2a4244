"""Custody in words, Vietnamese and English, for papers, screens and commands alike: one word for one thing.

Source: docs/spec/custody.md, docs/glossary.md.
"""

from collections.abc import Mapping
from string import Template

from secmsg.office.checking import Check, Finding, Flaw, Seen, What, Work
from secmsg.office.materials import Kind, State

Pair = tuple[str, str]
"""Vietnamese, English."""
NONE = "–"

WORKS: Mapping[Work, Pair] = {
    Work.INVENTORY: ("Kiểm kê", "Inventory"),
    Work.INSPECTION: ("Kiểm tra", "Inspection"),
    Work.HANDOVER: ("Bàn giao", "Handover"),
}
RECORDS: Mapping[Work, Pair] = {
    Work.INVENTORY: ("BIÊN BẢN KIỂM KÊ KHÍ TÀI MẬT MÃ", "Record of inventory of crypto material"),
    Work.INSPECTION: ("BIÊN BẢN KIỂM TRA CƠ YẾU", "Record of inspection"),
    Work.HANDOVER: ("BIÊN BẢN BÀN GIAO CƠ YẾU", "Record of handover"),
}
SIGNS: Mapping[Work, tuple[Pair, Pair]] = {
    Work.INVENTORY: (("Cán bộ cơ yếu", "Officer"), ("Người thứ hai", "Second person")),
    Work.INSPECTION: (("Cán bộ cơ yếu", "Officer"), ("Người kiểm tra", "Inspected by")),
    Work.HANDOVER: (("Bên giao", "Handing over"), ("Bên nhận", "Taking over")),
}
KINDS: Mapping[Kind, Pair] = {
    Kind.PAD: ("tập khóa", "pad book"),
    Kind.CHALLENGES: ("phiếu hỏi–đáp", "challenge list"),
    Kind.CODEBOOK: ("sổ mã", "codebook"),
    Kind.TOKEN: ("thẻ khóa", "token"),
    Kind.STICK: ("USB", "stick"),
    Kind.MACHINE: ("máy", "machine"),
    Kind.OTHER: ("khác", "other"),
    Kind.KIT: ("bộ điện cơ động", "delegation kit"),
    Kind.BACKUP: ("bản sao lưu", "backup"),
    Kind.SHEET: ("phiếu khôi phục", "recovery sheet"),
}
STATES: Mapping[State, Pair] = {
    State.DRAWN: ("mới tạo số", "drawn"),
    State.PRINTED: ("đã in", "printed"),
    State.SEALED: ("niêm phong", "sealed"),
    State.ISSUED: ("đã cấp phát", "issued"),
    State.RECEIVED: ("đã nhận", "received"),
    State.IN_USE: ("đang dùng", "in use"),
    State.USED_UP: ("đã dùng hết", "used up"),
    State.DESTROYED: ("đã tiêu hủy", "destroyed"),
    State.REPORTED: ("đã tiêu hủy, đã báo cáo", "destroyed and reported"),
    State.SUPERSEDED: ("hết hiệu lực", "superseded"),
    State.COMPROMISED: ("lộ, ngừng dùng", "compromised, stopped"),
    State.MISSING: ("mất, ngừng dùng", "missing, stopped"),
    State.VOID: ("bỏ, không dùng", "void"),
}
SEEN: Mapping[Seen, Pair] = {
    Seen.RIGHT: ("đúng", "as it should be"),
    Seen.WRONG: ("sai lệch", "differs"),
    Seen.ABSENT: ("không thấy", "not there"),
}
SUBJECTS: Mapping[What, Pair] = {
    What.LEDGER: ("Sổ khí tài: dòng cuối, mã đối chiếu", "Ledger: last line, its code"),
    What.EARLIER: (
        "Biên bản trước: số, ngày, dòng sổ, mã trên giấy ấy",
        "Last record: number, day, ledger line, code on that paper",
    ),
    What.LAST_OUT: ("Điện đi cuối cùng: dòng, số, ngày", "Last outgoing cable: line, number, day"),
    What.LAST_IN: ("Điện đến cuối cùng: dòng, số, ngày", "Last incoming cable: line, number, day"),
    What.MISSING: ("Số chuỗi còn thiếu", "Serials that are missing"),
    What.BACKUPS: ("Bản sao lưu: số bản, ngày lập, ngày mở thử", "Backups: how many, last made, last verified"),
    What.OFFICERS: ("Cán bộ giữ khóa", "Officers with keys"),
    What.KITS: ("Bộ điện cơ động đang ở ngoài", "Delegation kits that are out"),
    What.SHEETS: ("Phiếu khôi phục: nơi giữ, niêm phong", "Recovery sheet: where, which seal"),
    What.CLOCK: ("Giờ của máy khi lập phiếu, so với đồng hồ", "The machine's clock at printing, beside a watch"),
    What.PROGRAM: ("Phiên bản chương trình, mã của máy", "Version of the program, code of the machine"),
    What.DIRECTORY: ("Bản danh bạ: số, mã đối chiếu", "Directory edition: number, code"),
    What.ITEM: ("Khí tài", "Item"),
    What.STRANGER: ("Vật không có số sổ", "Thing without a number"),
    What.SAMPLE_LINE: (
        "Mở một điện: số, ký hiệu, ngày, nơi gửi hoặc nhận",
        "Open one cable: number, symbol, day, from or to",
    ),
    What.SAMPLE_BOOK: ("Lật một tập khóa: trang cuối mang số", "Leaf through one pad book: its last page is"),
    What.SAMPLE_DESTROYED: (
        "Hỏi một lần tiêu hủy (dòng sổ): có biên bản, đủ hai chữ ký",
        "Ask for one destruction (ledger line): its record, signed by two",
    ),
    What.SAMPLE_LOCK: ("Khóa máy: nhấn Ctrl+L", "Locking: press Ctrl+L"),
    What.SAMPLE_ORDER: ("Tiêu hủy khẩn cấp: tiêu hủy gì trước", "Emergency destruction: what goes first"),
    What.ITEMS_HERE: ("Khí tài đang giữ", "Items here"),
    What.ITEMS_OUT: ("Khí tài đã cấp phát", "Items issued"),
    What.ITEMS_STOPPED: ("Khí tài ngừng dùng", "Items stopped"),
    What.PAGES_LEFT: ("Trang khóa còn lại", "Pad pages left"),
    What.PAGES_TO_DESTROY: ("Trang khóa chờ tiêu hủy", "Pad pages to destroy"),
    What.TOKENS: ("Khóa cứng", "Tokens"),
    What.KITS_OUT: ("Bộ điện cơ động đang ở ngoài", "Delegation kits that are out"),
    What.BACKUPS_HERE: ("Bản sao lưu", "Backups"),
    What.SHEETS_HERE: ("Phiếu khôi phục", "Recovery sheets"),
    What.OFFICERS_WITH_KEYS: ("Cán bộ giữ khóa", "Officers with keys"),
    What.CABLES_OPEN: ("Điện đi chưa có báo nhận", "Outgoing cables not acknowledged"),
    What.RECEIPTS_DUE: ("Báo nhận còn phải gửi", "Receipts still to be sent"),
    What.SERIALS_MISSING: ("Số chuỗi còn thiếu", "Serials missing"),
    What.DRAFTS: ("Bản thảo", "Drafts"),
    What.WORKSHEETS: ("Phiếu tính đang làm", "Worksheets under way"),
    What.UNREAD: ("Điện đến chưa đọc", "Incoming cables not read"),
}
_LOOKS: Mapping[What, str] = {
    What.LEDGER: "$0 · $1",
    What.EARLIER: "$0 ($1): $2 · $3",
    What.LAST_OUT: "$0 · $1 · $2",
    What.LAST_IN: "$0 · $1 · $2",
    What.MISSING: "$0",
    What.BACKUPS: "$0 · $1 · $2",
    What.OFFICERS: "$0 · $1",
    What.KITS: "$0 · $1",
    What.SHEETS: "$0 · $1",
    What.CLOCK: "$0",
    What.PROGRAM: "$0 · $1",
    What.DIRECTORY: "$0 · $1",
    What.SAMPLE_LINE: "$2 ($3) · $4 · $5",
    What.SAMPLE_BOOK: "$0 · $1 · $3: $2",
    What.SAMPLE_DESTROYED: "$0: $1 $2 · $3 · $4, $5",
}
"""Figures and names in the order that the check's own words say: the same in every language."""
_NOTHING: Mapping[What, Pair] = {
    What.EARLIER: ("chưa có biên bản nào", "there is no record yet"),
    What.LAST_OUT: ("sổ còn trống", "the register is empty"),
    What.LAST_IN: ("sổ còn trống", "the register is empty"),
    What.SAMPLE_LINE: ("sổ còn trống: bỏ qua, đánh dấu đúng", "the registers are empty: tick it"),
    What.SAMPLE_BOOK: ("không có tập khóa nào để mở: đánh dấu đúng", "no open pad book: tick it"),
    What.SAMPLE_DESTROYED: ("sổ chưa ghi lần tiêu hủy nào: đánh dấu đúng", "nothing was destroyed yet: tick it"),
    What.SAMPLE_LOCK: (
        "màn hình điện mất ngay; mở lại phải gõ mật khẩu",
        "the cables are gone at once; opening asks for the passphrase",
    ),
    What.SAMPLE_ORDER: ("không có khí tài nào: đánh dấu đúng", "there is no material: tick it"),
}
FLAWS: Mapping[Flaw, Pair] = {
    Flaw.ABSENT: ("không thấy ở nơi giữ", "not where it should lie"),
    Flaw.PAGES: ("số trang còn lại khác: phải có $0, đếm được $1", "pages left differ: $0 expected, $1 counted"),
    Flaw.LOOSE_PAGES: (
        "số trang chờ tiêu hủy khác: phải có $0, đếm được $1",
        "pages to destroy differ: $0 expected, $1 counted",
    ),
    Flaw.SEAL: ("số niêm phong khác", "another seal"),
    Flaw.DIFFERS: ("không khớp", "does not agree"),
    Flaw.STRANGER: ("vật không có trong sổ", "not in the ledger"),
    Flaw.COUNT: ("số đếm khác: phải có $0, đếm được $1", "another count: $0 expected, $1 counted"),
    Flaw.NOT_INVENTORIED: (
        "bàn giao mà 24 giờ trước đó không kiểm kê",
        "handed over without an inventory in the 24 hours before",
    ),
}
STOP: Pair = (
    "Ngừng dùng khí tài này ngay và báo Bộ (lộ khóa): secmsg hand pad compromise $0",
    "Stop this item at once and tell headquarters (compromise): secmsg hand pad compromise $0",
)
LOOK_AGAIN: Pair = (
    "Tìm lại, ghi dòng mới cho đúng, báo Bộ trong vòng 24 giờ.",
    "Look again, put it right by a new line, report to headquarters within 24 hours.",
)


def item(check: Check) -> Pair:
    """Name an item: its register number, its name, what it is and how it stands."""
    name, kind, state = check.words
    what, stands = KINDS[Kind(int(kind))], STATES[State(int(state))]
    return f"{name} · {what[0]} · {stands[0]}", f"{name} · {what[1]} · {stands[1]}"


def expected(check: Check) -> Pair:
    """Say what must be seen of a check."""
    if check.what is What.ITEM:
        return _thing(check)
    if check.counted:
        return f"{check.pages}", f"{check.pages}"
    if check.what is What.SAMPLE_ORDER and check.words:
        order = "; ".join(f"{number}. {each}" for number, each in enumerate(check.words, 1))
        return order, order
    pattern = _LOOKS.get(check.what)
    if pattern is None or not check.words:
        return _NOTHING.get(check.what, (NONE, NONE))
    said = _fill(pattern, {f"{place}": word for place, word in enumerate(check.words)})
    return said, said


def _thing(check: Check) -> Pair:
    if check.paged:
        return (
            f"{check.pages} trang còn lại, {check.loose} trang chờ tiêu hủy",
            f"{check.pages} pages left, {check.loose} to destroy",
        )
    if check.seal:
        return f"niêm phong {check.seal}, còn nguyên", f"seal {check.seal}, whole"
    return "còn nguyên", "whole"


def finding(found: Finding) -> Pair:
    """Say what does not agree, with what was noted."""
    values = {"0": f"{found.expected}", "1": f"{found.found}"}
    said = tuple(_fill(each, values) for each in FLAWS[found.flaw])
    what = SUBJECTS[found.what] if found.what is not What.ITEM else ("", "")
    vi, en = (": ".join(part for part in (what[place], said[place]) if part) for place in (0, 1))
    return f"{vi}: {found.note}".rstrip(": "), f"{en}: {found.note}".rstrip(": ")


def to_do(found: Finding) -> Pair:
    """Say what is to be done about it."""
    pair = STOP if found.stops else LOOK_AGAIN
    values = {"0": f"{found.item}"}
    return _fill(pair[0], values), _fill(pair[1], values)


def _fill(words: str, values: Mapping[str, str]) -> str:
    return _Numbered(words).safe_substitute({f"{key}": value for key, value in values.items()})


class _Numbered(Template):
    """A template whose places are numbers: what an officer wrote cannot be taken for one."""

    idpattern = r"[0-9]"
