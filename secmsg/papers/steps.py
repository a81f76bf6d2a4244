"""The numbered steps of the hand cipher, as they stand on its papers.

Source: docs/spec/manual.md; the windows and the drills speak of the same steps by these numbers.
"""

from secmsg.papers.frame import Pair

ENCIPHER: tuple[Pair, ...] = (
    (
        "Viết điện thật ngắn; bỏ lời xã giao; chọn cụm từ có trong sổ mã. Không mở đầu bằng câu quen dùng; nơi nhận "
        "và người ký để ở giữa bản rõ.",
        "Write it short, without courtesies, in phrases of the codebook. No habitual opening; address and signature "
        "inside.",
    ),
    (
        "Chuyển ra mã, mỗi mã một ô, mười ô một hàng: số ấn bản, độ mật, độ khẩn, số điện (ba nhóm số); rồi bản rõ, "
        "cụm từ dài nhất trước, sau đó từng tiếng, số thì hai chữ số một nhóm, số quan trọng ghi hai lần, tên lạ ghép "
        "từng hai chữ cái; cuối cùng là «hết» và ít nhất một nhóm rỗng.",
        "Encode, one code a cell, ten a row: edition, degree, urgency, cable number (three numerals); then the text, "
        "longest phrase first, then syllables, numbers two figures a group, important ones twice, unknown names two "
        "letters a group; at last “end” and one null or more.",
    ),
    (
        "Thêm nhóm rỗng cho đủ 30, 60, 90 hoặc 120 nhóm: độ dài cũng lộ ra ngoài.",
        "Fill with nulls to 30, 60, 90 or 120 groups: length is seen by everybody.",
    ),
    (
        "Ghi đầu điện, bảy nhóm đi rõ: số thứ tự (không bao giờ lặp); số trang khóa; ngày, tháng; giờ, phút UTC; năm, "
        "số nhóm xác thực, có nhóm bù 1 hay không 0; số nhóm; tổng không nhớ từng cột của sáu nhóm. Chữ số thứ năm "
        "của nhóm 3, 4, 5 là KT từ số mồi 2, 3, 4.",
        "Write the header, seven groups in clear: serial (never repeated); page; day, month; hour, minute UTC; year, "
        "count of tags, parity 1 or none 0; count; the column sums without carry of these six. The fifth figure of "
        "groups 3, 4, 5 is a check figure from the seeds 2, 3, 4.",
    ),
    (
        "Mở trang khóa kế tiếp và soát nhóm kiểm trang. Chép nhóm khóa dưới mã, đúng hàng, đúng cột. Cộng từng chữ "
        "số, không nhớ: đó là bản mã.",
        "Open the next key page; check its page-check group. Copy the key under the codes, same row and column. Add "
        "figure by figure without carry: that is the cipher.",
    ),
    (
        "KT: bắt đầu từ số mồi in trên ô, đi bảng Damm qua bốn chữ số của bản mã, ghi kết quả làm chữ số thứ năm.",
        "Check figure: from the seed above the cell walk Damm's square through the four cipher figures; write the "
        "result fifth.",
    ),
    (
        "Chỉ khi phát một chiều: sau mỗi hàng ghi nhóm thứ 11, là tổng không nhớ của từng cột chữ số bản mã trong "
        "hàng, cùng KT của nó từ số mồi in ở cột ấy.",
        "For one-way links only: after each row an 11th group, the sums without carry of the row's cipher figures, "
        "with its check figure.",
    ),
    (
        "Nhóm xác thực, trên phiếu xác thực: bắt đầu a = 0; lần lượt lấy số thứ tự, số nhóm, rồi từng nhóm 5 chữ số "
        "(không lấy nhóm bù). x = a + nhóm; nếu x có 6 chữ số, bỏ chữ số đầu k và trừ 3k (âm thì cộng 100003). a "
        "= A[ba chữ số đầu của x] + B[hai chữ số cuối], rút gọn như trên. Cuối cùng cộng mặt nạ s và rút gọn. Tập "
        "khóa có hai bảng xác thực, hoặc điện dài hơn một trang: làm cả nhóm thứ hai, với bảng r2 và mặt nạ thứ hai.",
        "The tag, on the tag sheet: a = 0; take the serial, the count, then each group of five (no parity group). x = "
        "a + group; with six figures drop the first, k, and subtract 3k (below zero add 100003). a = A[first three of "
        "x] + B[last two], reduced alike. At the end add the mask s and reduce. A book with two sheets, or a message "
        "longer than a page, takes a second tag, with sheet r2 and the second mask.",
    ),
    (
        "Nếu nhóm xác thực là 100000 đến 100002 thì không viết được bằng 5 chữ số: đánh dấu trang đã dùng và làm lại "
        "với trang kế tiếp.",
        "A tag of 100000 to 100002 cannot be written in five figures: mark the page as used and begin again with the "
        "next.",
    ),
    (
        "Người thứ hai cộng lại hoặc giải mã thử. Rồi mới phát. Tiêu hủy trang khóa và giấy nháp ngay trong ca, ký sổ.",
        "A second person adds again or deciphers. Then send. Destroy the page and the working papers in the same "
        "shift; sign.",
    ),
)

DECIPHER: tuple[Pair, ...] = (
    ("Đếm số nhóm, so với đầu điện.", "Count the groups against the header."),
    (
        "Soát KT từng nhóm theo số mồi. Nhóm sai thì hỏi đúng nhóm đó: «nhắc lại nhóm 17». Nhiều nhóm liền nhau cùng "
        "sai từ một chỗ: ở chỗ đó thiếu hoặc thừa nhóm.",
        "Check every group by its seed; ask only for the wrong ones: “repeat group 17”. When all are wrong from one "
        "place on, a group is missing or doubled there.",
    ),
    (
        "Mất một nhóm trong hàng có nhóm thứ 11: lấy nhóm thứ 11 trừ không mượn các nhóm còn lại.",
        "One group lost in a row with an 11th group: subtract the others from the 11th without borrowing.",
    ),
    (
        "Tính nhóm xác thực như khi mã hóa và so với nhóm đã nhận, TRƯỚC khi đọc nội dung. Sai: tính lại một lần. Vẫn "
        "sai: không dùng điện này, yêu cầu phát lại bằng trang khóa MỚI, báo cáo. Năm lần không rõ nguyên nhân: thôi "
        "dùng bảng xác thực.",
        "Compute the tag and compare BEFORE the text is read. Wrong: recompute once. Still wrong: do not act on it, "
        "demand a new message on a NEW page, report. After five unexplained failures the authentication sheet is "
        "retired.",
    ),
    (
        "Chép khóa dưới bản mã, trừ từng chữ số không mượn, tra sổ mã.",
        "Copy the key under the cipher, subtract figure by figure without borrowing, look the codes up.",
    ),
    (
        "Tiêu hủy trang khóa bản đối và giấy nháp, ký sổ, báo nhận.",
        "Destroy the twin page and the working papers, sign, give the receipt.",
    ),
)
