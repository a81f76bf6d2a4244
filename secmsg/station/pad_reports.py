"""Drafts of reports about key material, in Vietnamese with the English below: an officer completes and sends them."""

from collections.abc import Sequence

from secmsg.office.materials import Item
from secmsg.office.pad_pages import Page, moment, spoken

_CAUSES = {
    "page-missing": ("thiếu trang", "pages missing"),
    "seal-broken": ("niêm phong không còn nguyên", "seal broken"),
    "illegible": ("có trang không đọc được", "pages illegible"),
    "doubled-number": ("trùng số trang", "page numbers stand twice"),
    "tag-failures": (
        "năm nhóm xác thực sai không giải thích được",
        "five authentication groups that failed, unexplained",
    ),
    "lost": ("mất", "lost"),
    "seen": ("có thể đã bị người khác xem hoặc sao chép", "may have been seen or copied"),
}
_NONE = ("không có", "none")


def compromise(
    item: Item, cause: str, note: str, at: int, messages: Sequence[Page], reserve: Item | None, officer: str
) -> str:
    """Return the draft: what, why, since when, which messages, what goes on, what is asked."""
    why = _CAUSES[cause]
    return "\n".join(_draft(item, (why[0], note), at, messages, reserve, officer)) + (
        "\n\n" + "\n".join(_english(item, (why[1], note), at, messages, reserve, officer)) + "\n"
    )


def _draft(
    item: Item, why: tuple[str, str], at: int, messages: Sequence[Page], reserve: Item | None, officer: str
) -> list[str]:
    return [
        "BÁO CÁO LỘ, MẤT KHÍ TÀI MẬT MÃ (dự thảo)",
        f"1. Khí tài: {item.name}, số sổ {item.number}, giữ tại: {item.holder}.",
        f"2. Sự việc: {_said(why)}. Ghi lúc {moment(at)}.",
        f"3. Đã làm: ngừng dùng {item.name}; không mã, không dịch thêm bằng tập này.",
        f"4. Điện đã dùng tập này: {_listed(messages, 'số chuỗi', _NONE[0])}.",
        f"5. Dùng tiếp: {'chưa có tập dự phòng' if reserve is None else reserve.name}.",
        "6. Chưa rõ: lộ từ khi nào; ai đã tiếp xúc. (bổ sung)",
        "7. Đề nghị Bộ: cho biết tiêu hủy hay dùng lại; cấp tập thay thế.",
        f"Người báo cáo: {officer}",
    ]


def _english(
    item: Item, why: tuple[str, str], at: int, messages: Sequence[Page], reserve: Item | None, officer: str
) -> list[str]:
    return [
        "REPORT OF COMPROMISED KEY MATERIAL (draft)",
        f"1. Item: {item.name}, register number {item.number}, held at: {item.holder}.",
        f"2. What: {_said(why)}. Noted {moment(at)}.",
        f"3. Done: {item.name} is stopped; nothing more is enciphered or deciphered with it.",
        f"4. Messages under it: {_listed(messages, 'serial', _NONE[1])}.",
        f"5. Going on with: {'no reserve' if reserve is None else reserve.name}.",
        "6. Not known: since when; who had access. (complete)",
        "7. Asked of headquarters: whether to destroy or to use again; a replacement.",
        f"Reported by: {officer}",
    ]


def _said(why: tuple[str, str]) -> str:
    return ": ".join(each for each in why if each)


def _listed(messages: Sequence[Page], serial: str, none: str) -> str:
    found = [
        f"{each.cable or '-'} ({serial} {each.serial}, {spoken(each.number)}, {moment(each.at)})" for each in messages
    ]
    return "; ".join(found) or none
