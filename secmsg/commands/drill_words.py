"""Words of a drill on the terminal, Vietnamese first."""

from secmsg.manual.drill import Ask, Card, Choice, Item
from secmsg.manual.mistakes import ErrorClass

CARDS = {
    Card.ENCIPHER: ("Mã thủ công một điện ngắn", "encipher a short cable by hand"),
    Card.DECIPHER: ("Dịch thủ công, hai nhóm hỏng và một nhóm thiếu", "decipher with two groups garbled, one missing"),
    Card.PAGE: ("Sai trang khóa", "pages that must not be used"),
    Card.SLIPS: ("Tìm sai sót, mỗi loại một chỗ", "find one slip of each class"),
}
ITEMS = {
    Item.TEXT: ("Bản rõ", "text"),
    Item.HEADER: ("Đầu điện", "header"),
    Item.RECEIVED: ("Nhóm nhận được", "groups as they came"),
    Item.CODES: ("Bản rõ (mã)", "codes"),
    Item.BOOK: ("Theo sổ mã", "codes as the book has them"),
    Item.KEYS: ("Khóa trên trang", "keys on the page"),
    Item.COPIED_KEYS: ("Khóa chép vào phiếu", "keys copied to the sheet"),
    Item.CIPHERS: ("Bản mã", "ciphers"),
    Item.CHECKS: ("KT", "check figures"),
    Item.SENT: ("Nhóm phát", "groups sent"),
    Item.HEARD: ("Bên nhận đọc lại", "read back by the receiver"),
    Item.MASK: ("Mặt nạ s", "mask s"),
    Item.TAG: ("Nhóm xác thực nhận được", "tag as it came"),
    Item.NEXT_PAGE: ("Trang nằm trên cùng", "page on top"),
    Item.USED_PAGES: ("Trang đã dùng", "pages used"),
    Item.HUNDREDS_HIGH: ("Bảng xác thực, chữ số đầu 0–9", "sheet, first figure 0–9"),
    Item.HUNDREDS_LOW: ("Bảng xác thực, hai chữ số giữa 00–99", "sheet, two middle figures 00–99"),
    Item.UNITS: ("Bảng xác thực, hai chữ số cuối 00–99", "sheet, last two figures 00–99"),
    Item.BEYOND: ("Bảng xác thực, 100000–100002", "sheet, 100000–100002"),
}
ASKS = {
    Ask.PAGE: ("Đầu điện nêu trang nào? Gõ 5 chữ số", "Which page does the header name? Five figures"),
    Ask.GROUPS_TO_ASK: (
        "Yêu cầu nhắc lại những nhóm nào? Gõ số thứ tự, nhóm đầu là 1",
        "Which groups are to be repeated? Their numbers, the first is 1",
    ),
    Ask.CODES: ("Tra sổ mã, gõ các mã của cả điện", "Look up and type the codes of the whole text"),
    Ask.GROUPS: ("Gõ các nhóm phát của hàng này (5 chữ số)", "Type the groups of this row (five figures)"),
    Ask.TAG: ("Tính nhóm xác thực, gõ 5 chữ số", "Work out the tag: five figures"),
    Ask.VERDICT: ("Nhóm xác thực có khớp không?", "Does the tag agree?"),
    Ask.PLAIN: ("Trừ khóa, gõ các mã của hàng này (4 chữ số)", "Subtract: the codes of this row (four figures)"),
    Ask.USE: ("Dùng trang nêu ở đầu điện, hay từ chối?", "Take the page that the header names, or refuse it?"),
    Ask.AFTER: ("Xong điện: làm gì với trang khóa?", "Done: what becomes of the page?"),
    Ask.SLIP: (
        "Sai sót ở nhóm thứ mấy, loại nào? Ví dụ: 3 E4 (0 nếu không ở nhóm nào)",
        "Which group has the slip, of which class? Like: 3 E4 (0 where it is in no group)",
    ),
}
CHOICES = {
    Choice.AGREES: ("khớp", "it agrees"),
    Choice.DIFFERS: ("không khớp: không dùng nội dung", "it differs: the text is not acted upon"),
    Choice.TAKE: ("dùng trang này", "take the page"),
    Choice.USED: ("từ chối: trang đã dùng, báo cáo", "refuse: the page was used, report"),
    Choice.OUT_OF_ORDER: ("từ chối: chưa tới trang này, báo cáo", "refuse: its turn has not come, report"),
    Choice.OTHER_DIRECTION: ("từ chối: trang của tập khác, báo cáo", "refuse: a page of another book, report"),
    Choice.DESTROY: ("tiêu hủy ngay, hai người, ghi sổ", "destroy at once, two persons, write it down"),
    Choice.KEEP: ("giữ đến cuối ngày", "keep it until the evening"),
    Choice.RETURN: ("cất lại vào tập để dùng tiếp", "put it back for the next cable"),
    Choice.REPORT: ("giữ, báo cáo, đòi điện mới trên trang mới", "keep it, report, demand a new message on a new page"),
}
CLASSES = {
    ErrorClass.CODE: ("tra sai sổ mã", "wrong code entry"),
    ErrorClass.KEY: ("chép sai khóa, sai trang", "misread key, wrong page"),
    ErrorClass.SUM: ("cộng, trừ sai", "slip in adding or subtracting"),
    ErrorClass.CARRY: ("có nhớ", "carry used"),
    ErrorClass.SIGN: ("nhầm cộng với trừ", "wrong sign"),
    ErrorClass.CHECK: ("sai số kiểm tra", "check figure"),
    ErrorClass.COPY: ("chép sai, đảo, bỏ sót", "copying: swapped, dropped, repeated"),
    ErrorClass.VOICE: ("nghe nhầm năm–tám, hai–bảy", "heard năm for tám, hai for bảy"),
    ErrorClass.PROCEDURE: ("sai quy trình", "procedure"),
}
