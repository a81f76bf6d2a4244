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
        "Ghi đầu điện lên phiếu tính: số thứ tự (không bao giờ lặp), số trang khóa, ngày giờ kèm múi giờ, số nhóm "
        "(sau bước 4). Đầu điện đi rõ.",
        "Write the header: serial (never repeated), page number, date and time with zone, count of groups (after step "
        "4). The header travels in clear.",
    ),
    (
        "Chuyển ra mã: tìm cụm từ dài nhất trước, rồi từng tiếng; số dùng nhóm hai chữ số, số quan trọng ghi hai lần; "
        "tên lạ ghép từng hai chữ cái. Mỗi mã một ô, mười ô một hàng.",
        "Encode: longest phrase first, then syllables; numbers two figures a group, important ones twice; unknown "
        "names two letters a group. One code a cell, ten a row.",
    ),
    (
        "Thêm nhóm vô nghĩa cho đủ 30, 60, 90 hoặc 120 nhóm, nếu độ dài phải giữ kín.",
        "Fill with nulls to 30, 60, 90 or 120 groups where the length must not be seen.",
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
        "hàng, cùng KT của nó.",
        "For one-way links only: after each row an 11th group, the sums without carry of the row's cipher figures, "
        "with its check figure.",
    ),
    (
        "Nhóm xác thực, trên phiếu xác thực: bắt đầu a = 0; lần lượt lấy số thứ tự, số nhóm, rồi từng nhóm 5 chữ số "
        "đã phát. x = a + nhóm; nếu x có 6 chữ số, bỏ chữ số đầu k và trừ 3k (âm thì cộng 100003). a = A[ba chữ số "
        "đầu của x] + B[hai chữ số cuối], rút gọn như trên. Cuối cùng cộng mặt nạ s và rút gọn. Điện dài hơn một "
        "trang: làm cả hai nhóm.",
        "The tag, on the tag sheet: a = 0; take the serial, the count, then each sent group of five. x = a + group; "
        "with six figures drop the first, k, and subtract 3k (below zero add 100003). a = A[first three of x] + "
        "B[last two], reduced alike. At the end add the mask s and reduce. A message longer than one page takes both "
        "tags.",
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
