<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="vi_VN" sourcelanguage="en">
<context>
    <name>secmsg</name>
    <message>
        <source> pages</source>
        <translation> trang</translation>
    </message>
    <message>
        <source>&amp;About the program</source>
        <translation>&amp;Về chương trình</translation>
    </message>
    <message>
        <source>&amp;Cable</source>
        <translation>Đ&amp;iện</translation>
    </message>
    <message>
        <source>&amp;Choose where…</source>
        <translation>&amp;Chọn nơi ghi…</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>Đón&amp;g</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>&amp;Màu sắc</translation>
    </message>
    <message>
        <source>Confirm the page on &amp;top</source>
        <translation>&amp;Xác nhận trang trên cùng</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Sao chép</translation>
    </message>
    <message>
        <source>&amp;Copy the request</source>
        <translation>&amp;Chép câu xin nhắc lại</translation>
    </message>
    <message>
        <source>&amp;Destroy page {page}</source>
        <translation>&amp;Tiêu hủy trang {page}</translation>
    </message>
    <message>
        <source>&amp;Destroy page {page} and enter it</source>
        <translation>&amp;Tiêu hủy trang khóa {page} và ghi sổ</translation>
    </message>
    <message>
        <source>&amp;Destroy the page…</source>
        <translation>&amp;Tiêu hủy trang khóa…</translation>
    </message>
    <message>
        <source>&amp;Discard draft</source>
        <translation>&amp;Bỏ bản thảo</translation>
    </message>
    <message>
        <source>&amp;Drafts</source>
        <translation>&amp;Bản thảo</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Sửa</translation>
    </message>
    <message>
        <source>&amp;Enter received groups</source>
        <translation>&amp;Nhập nhóm nhận được</translation>
    </message>
    <message>
        <source>&amp;Enter received groups…</source>
        <translation>&amp;Nhập nhóm nhận được…</translation>
    </message>
    <message>
        <source>&amp;Find in all cables</source>
        <translation>&amp;Tìm trong mọi điện</translation>
    </message>
    <message>
        <source>&amp;Give it up</source>
        <translation>&amp;Bỏ phiếu</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>&amp;Làm tiếp</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>Trợ &amp;giúp</translation>
    </message>
    <message>
        <source>&amp;Incoming cables</source>
        <translation>Điện đế&amp;n</translation>
    </message>
    <message>
        <source>&amp;Keep back</source>
        <translation>Gi&amp;ữ lại</translation>
    </message>
    <message>
        <source>&amp;Keep back, or let go</source>
        <translation>Gi&amp;ữ lại hoặc cho đi</translation>
    </message>
    <message>
        <source>&amp;Key material…</source>
        <translation>&amp;Khí tài mật mã…</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>&amp;Bảng phím</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>N&amp;gôn ngữ</translation>
    </message>
    <message>
        <source>&amp;Larger text</source>
        <translation>Chữ &amp;to hơn</translation>
    </message>
    <message>
        <source>&amp;Leave out what is too many</source>
        <translation>&amp;Bỏ nhóm thừa</translation>
    </message>
    <message>
        <source>&amp;Let go</source>
        <translation>&amp;Cho đi</translation>
    </message>
    <message>
        <source>&amp;Line before</source>
        <translation>Dòng t&amp;rước</translation>
    </message>
    <message>
        <source>&amp;Lock now</source>
        <translation>Khó&amp;a ngay</translation>
    </message>
    <message>
        <source>Where to write the request</source>
        <translation>Ghi phiếu đăng ký vào đâu</translation>
    </message>
    <message>
        <source>Which kit to take</source>
        <translation>Nhận bộ kích hoạt nào</translation>
    </message>
    <message>
        <source>Which picture or file holds the code</source>
        <translation>Ảnh hoặc tệp nào có mã</translation>
    </message>
    <message>
        <source>Test &amp;again</source>
        <translation>Thử &amp;lại</translation>
    </message>
    <message>
        <source>&amp;Test the channels</source>
        <translation>&amp;Thử các kênh</translation>
    </message>
    <message>
        <source>&amp;Send a test cable</source>
        <translation>&amp;Gửi điện thử</translation>
    </message>
    <message>
        <source>Each relay is reached, compared with the one of the kit, and its clock with this computer's. Then a test cable goes to headquarters; it has the post's first number.</source>
        <translation>Tới từng máy trung chuyển, đối chiếu với máy ghi trong bộ kích hoạt, so đồng hồ của nó với máy này. Sau đó gửi một điện thử về Bộ; điện thử mang số đầu tiên của cơ quan.</translation>
    </message>
    <message>
        <source>reached, the relay of the kit. This computer's clock is {n} seconds off: set it before the first cable.</source>
        <translation>tới được, đúng máy trong bộ kích hoạt. Đồng hồ máy này lệch {n} giây: chỉnh trước khi gửi điện đầu tiên.</translation>
    </message>
    <message>
        <source>nobody answers. Check the line, then test again; nothing was sent.</source>
        <translation>không có trả lời. Kiểm tra đường truyền rồi thử lại; chưa gửi gì.</translation>
    </message>
    <message>
        <source>another machine answers at its address. Nothing was sent there. Tell headquarters.</source>
        <translation>một máy khác trả lời ở địa chỉ này. Không gửi gì đến đó. Báo Bộ.</translation>
    </message>
    <message>
        <source>reached, but it does not take this post. Ask headquarters about the relay's access.</source>
        <translation>tới được, nhưng máy không nhận cơ quan này. Hỏi Bộ về quyền vào máy trung chuyển.</translation>
    </message>
    <message>
        <source>Headquarters' keys are not at the relay yet. The test cable waits here and leaves when they are.</source>
        <translation>Khóa của Bộ chưa có ở máy trung chuyển. Điện thử nằm chờ ở đây và đi khi có khóa.</translation>
    </message>
    <message>
        <source>The test cable lies here, sealed. No relay has taken it yet.</source>
        <translation>Điện thử nằm ở đây, đã niêm phong. Chưa máy trung chuyển nào nhận.</translation>
    </message>
    <message>
        <source>Contact broke after sending: the test cable may or may not have arrived. It is sent again, once.</source>
        <translation>Mất liên lạc sau khi gửi: chưa rõ điện thử đã đến hay chưa. Gửi lại không tạo bản trùng.</translation>
    </message>
    <message>
        <source>A relay has taken the test cable: this post's line works. Headquarters' machine has not answered yet; the outbox goes on waiting, and nothing need be done again.</source>
        <translation>Máy trung chuyển đã giữ điện thử: đường truyền của cơ quan thông. Máy của Bộ chưa trả lời; hộp chờ tiếp tục đợi, không phải làm lại gì.</translation>
    </message>
    <message>
        <source>The test cable is at headquarters' machine, which has not opened it yet.</source>
        <translation>Điện thử đã đến máy của Bộ, máy chưa mở.</translation>
    </message>
    <message>
        <source>The test cable has gone the whole way: headquarters' machine has opened it, and its signed receipt is here.</source>
        <translation>Điện thử đã đi trọn vòng: máy của Bộ đã mở, báo nhận có chữ ký đã về đến đây.</translation>
    </message>
    <message>
        <source>reached, the relay of the kit, answers in {s} s; the clocks agree.</source>
        <translation>tới được, đúng máy trong bộ kích hoạt, trả lời sau {s} giây; đồng hồ khớp.</translation>
    </message>
    <message>
        <source>The recovery sheet was read back from the paper and stands in the ledger. Seal it, if not done yet.</source>
        <translation>Phiếu khôi phục đã được đọc lại từ bản giấy và đã vào Sổ khí tài mật mã. Niêm phong nếu chưa làm.</translation>
    </message>
    <message>
        <source>Delete the kit and the activation code. The next step is a backup.</source>
        <translation>Xóa tệp bộ kích hoạt và mã kích hoạt. Việc tiếp theo là lập bản sao lưu.</translation>
    </message>
    <message>
        <source>Fingerprint of the request</source>
        <translation>Vân tay của phiếu đăng ký</translation>
    </message>
    <message>
        <source>Headquarters reads the sa&amp;me groups</source>
        <translation>Bộ đọc đúng các &amp;nhóm này</translation>
    </message>
    <message>
        <source>Headquarters reads &amp;others</source>
        <translation>Bộ đọc nhóm &amp;khác</translation>
    </message>
    <message>
        <source>&amp;Save the request…</source>
        <translation>&amp;Ghi phiếu đăng ký…</translation>
    </message>
    <message>
        <source>Send the request to headquarters by any way; it holds no secret. Then call headquarters.</source>
        <translation>Gửi phiếu đăng ký về Bộ bằng đường nào cũng được; trong phiếu không có bí mật. Sau đó gọi điện về Bộ.</translation>
    </message>
    <message>
        <source>Read the groups to each other, group by group; both must say yes. It is the only thing that keeps a false request out.</source>
        <translation>Hai bên đọc cho nhau từng nhóm; cả hai phải nói đúng. Chỉ việc này chặn được phiếu đăng ký giả.</translation>
    </message>
    <message>
        <source>Kit of headquarters</source>
        <translation>Bộ kích hoạt của Bộ</translation>
    </message>
    <message>
        <source>Choose the &amp;kit…</source>
        <translation>&amp;Chọn bộ kích hoạt…</translation>
    </message>
    <message>
        <source>&amp;Activation code</source>
        <translation>&amp;Mã kích hoạt</translation>
    </message>
    <message>
        <source>Read it from a p&amp;icture…</source>
        <translation>Đọc từ ả&amp;nh…</translation>
    </message>
    <message>
        <source>The request was exchanged on the way, or headquarters has an older one. Nothing was granted. Take no kit. Save the request again, carry it by another way, and compare once more.</source>
        <translation>Phiếu đăng ký bị đổi trên đường, hoặc Bộ có phiếu cũ. Chưa cấp gì. Không nhận bộ kích hoạt nào. Ghi lại phiếu đăng ký, chuyển bằng đường khác rồi so lại.</translation>
    </message>
    <message>
        <source>This post has joined. A kit is taken once.</source>
        <translation>Cơ quan đã gia nhập. Bộ kích hoạt chỉ nhận một lần.</translation>
    </message>
    <message>
        <source>Headquarters answers with a kit (a file, on a stick or by any way) and an activation code by another way. The program may be closed until both are here.</source>
        <translation>Bộ trả lời bằng bộ kích hoạt (một tệp, qua USB hoặc đường nào cũng được) và mã kích hoạt bằng đường khác. Có thể đóng chương trình cho đến khi có cả hai.</translation>
    </message>
    <message>
        <source>New post or ne&amp;w machine</source>
        <translation>Cơ quan mới hoặc máy &amp;mới</translation>
    </message>
    <message>
        <source>From a bac&amp;kup</source>
        <translation>Từ &amp;bản sao lưu</translation>
    </message>
    <message>
        <source>Five steps lead from an empty folder to a test cable that headquarters has answered. They may be stopped at any point: the program goes on there when it is started again.</source>
        <translation>Năm bước đi từ thư mục trống đến một điện thử mà Bộ đã trả lời. Có thể dừng ở bất cứ chỗ nào: mở lại chương trình thì làm tiếp từ đó.</translation>
    </message>
    <message>
        <source>The store is made in {home}. If it lies elsewhere already, start the program with --home.</source>
        <translation>Kho điện được lập trong {home}. Nếu kho đã có ở nơi khác, mở chương trình với --home.</translation>
    </message>
    <message>
        <source>N&amp;umber of the post</source>
        <translation>&amp;Số của cơ quan</translation>
    </message>
    <message>
        <source>Na&amp;me of the post</source>
        <translation>Tên cơ q&amp;uan</translation>
    </message>
    <message>
        <source>&amp;Place</source>
        <translation>&amp;Nơi đặt</translation>
    </message>
    <message>
        <source>O&amp;fficer who signs here</source>
        <translation>&amp;Cán bộ ký tại máy này</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>C&amp;hức vụ</translation>
    </message>
    <message>
        <source>Headquarters gives the number and compares all of this before it lists the post.</source>
        <translation>Bộ cho số và đối chiếu mọi điều này trước khi ghi cơ quan vào danh bạ.</translation>
    </message>
    <message>
        <source>The stick with the backup, its recovery sheet and a second person are needed, and headquarters on the telephone. The post and its officers come from the backup.</source>
        <translation>Cần USB có bản sao lưu, phiếu khôi phục của bản ấy, người thứ hai, và Bộ ở đầu dây điện thoại. Cơ quan và cán bộ lấy từ bản sao lưu.</translation>
    </message>
    <message>
        <source>Folder with the backup</source>
        <translation>Thư mục có bản sao lưu</translation>
    </message>
    <message>
        <source>&amp;Choose the folder…</source>
        <translation>&amp;Chọn thư mục…</translation>
    </message>
    <message>
        <source>&amp;Groups of the recovery sheet</source>
        <translation>Các nhóm &amp;số của phiếu khôi phục</translation>
    </message>
    <message>
        <source>Break the seal of the recovery sheet before a second person. The backup opens by the sheet that was in force when it was made. It is only read; nothing on the medium is changed.</source>
        <translation>Mở niêm phong phiếu khôi phục trước mặt người thứ hai. Bản sao lưu mở bằng phiếu có hiệu lực khi lập bản ấy. Chương trình chỉ đọc, không thay đổi gì trên USB.</translation>
    </message>
    <message>
        <source>&amp;Officer who goes on</source>
        <translation>&amp;Cán bộ làm tiếp</translation>
    </message>
    <message>
        <source>Several officers are in this store. The new passphrase is for one of them.</source>
        <translation>Kho này có nhiều cán bộ. Mật khẩu mới là của một người trong số ấy.</translation>
    </message>
    <message>
        <source>The backup is read, each piece is compared, and the store is put together beside its place. It gets its name when all of it is there.</source>
        <translation>Chương trình đọc bản sao lưu, đối chiếu từng mảnh và dựng kho bên cạnh nơi sẽ đặt. Kho chỉ mang tên khi đã đủ mọi phần.</translation>
    </message>
    <message>
        <source>New passphrase with the recovery sheet</source>
        <translation>Đặt mật khẩu mới bằng phiếu khôi phục</translation>
    </message>
    <message>
        <source>The new passphrase opens the store</source>
        <translation>Mật khẩu mới đã mở được kho</translation>
    </message>
    <message>
        <source>&amp;New passphrase…</source>
        <translation>Đặt mật &amp;khẩu mới…</translation>
    </message>
    <message>
        <source>The sheet opens the store for reading; nobody signs by it. Where the passphrase is forgotten or the keyring lost, set a new passphrase with it.</source>
        <translation>Phiếu mở kho để đọc; không ai ký được bằng phiếu. Nếu quên mật khẩu hoặc mất kho khóa của hệ điều hành, hãy dùng phiếu đặt mật khẩu mới.</translation>
    </message>
    <message>
        <source>Break the seal of the recovery sheet before a second person, and enter it in the register. The cables, drafts and registers stay.</source>
        <translation>Mở niêm phong phiếu khôi phục trước mặt người thứ hai và ghi vào sổ. Điện, bản thảo và các sổ vẫn giữ nguyên.</translation>
    </message>
    <message>
        <source>At the end one new passphrase and a new sheet open this store, and nothing else: no earlier passphrase of any officer, and not the old sheet. Until then nothing is changed.</source>
        <translation>Khi xong, chỉ một mật khẩu mới và một phiếu mới mở được kho này; mật khẩu cũ của mọi cán bộ và phiếu cũ không mở được nữa. Trước lúc đó không có gì thay đổi.</translation>
    </message>
    <message>
        <source>This is the new recovery sheet. Write the groups on paper with their places, or print them and erase the file. Nothing has changed yet. When three of them are read back, every earlier passphrase and the old sheet open nothing any more. It is shown this once.</source>
        <translation>Đây là phiếu khôi phục mới. Chép các nhóm kèm thứ tự ra giấy, hoặc in rồi xóa tệp. Chưa có gì thay đổi. Khi đã đọc lại ba nhóm, mọi mật khẩu cũ và phiếu cũ không mở được kho nữa. Phiếu chỉ hiện một lần này.</translation>
    </message>
    <message>
        <source>The new passphrase and the new sheet take their places, and each is tried. Do not switch off.</source>
        <translation>Mật khẩu mới và phiếu mới đang được ghi vào kho rồi được thử. Chưa tắt máy.</translation>
    </message>
    <message>
        <source>The sheet opens the store. Nothing in it changes before a new sheet is read back.</source>
        <translation>Phiếu đang mở kho. Chưa có gì thay đổi trước khi phiếu mới được đọc lại.</translation>
    </message>
    <message>
        <source>The new passphrase and the new sheet were tried: both open the store. No earlier passphrase does.</source>
        <translation>Đã thử mật khẩu mới và phiếu mới: cả hai mở được kho. Không mật khẩu cũ nào còn mở được.</translation>
    </message>
    <message>
        <source>Seal the new sheet. The old one opens this store no more, only the backups that were made before: keep it sealed until a new backup is made and verified, then destroy it.</source>
        <translation>Niêm phong phiếu mới. Phiếu cũ không mở được kho này nữa, chỉ còn mở được các bản sao lưu đã tạo trước đây: giữ niêm phong phiếu cũ cho tới khi bản sao lưu mới đã được tạo và kiểm chứng, rồi tiêu hủy phiếu cũ.</translation>
    </message>
    <message>
        <source>Keep both sheets: one of them opens the store. Try the new one first, then the old one.</source>
        <translation>Giữ cả hai phiếu: một trong hai phiếu mở được kho. Thử phiếu mới trước, rồi phiếu cũ.</translation>
    </message>
    <message>
        <source>Nothing was changed: passphrases and the old sheet open the store as before.</source>
        <translation>Chưa có gì thay đổi: các mật khẩu và phiếu cũ vẫn mở được kho như trước.</translation>
    </message>
    <message>
        <source>Every other person needs a new passphrase of their own afterwards.</source>
        <translation>Sau đó mỗi người khác cần một mật khẩu mới của riêng mình.</translation>
    </message>
    <message>
        <source>Sending is stopped: cables that left after the backup are not here, and their numbers and keys must not be given twice. It goes on when two persons have answered and headquarters has said the last number: “Open a new book…” in the bar of the main window. Receiving, reading and cables by hand go on at once.</source>
        <translation>Việc gửi đã dừng: điện đã đi sau lúc sao lưu không có ở đây, số và khóa của các điện ấy không được cấp hai lần. Gửi lại được khi hai người đã trả lời và Bộ đã cho biết số cuối: “Mở sổ mới…” trên thanh báo của cửa sổ chính. Nhận điện, đọc điện và điện bằng tay làm được ngay.</translation>
    </message>
    <message>
        <source>Seal the new recovery sheet; it opens this store. The backup still opens by the old sheet alone: keep both, sealed, until a new backup is made and verified.</source>
        <translation>Niêm phong phiếu khôi phục mới: phiếu ấy mở kho này. Bản sao lưu vẫn chỉ mở bằng phiếu cũ: giữ cả hai, niêm phong, cho tới khi bản sao lưu mới đã được lập và kiểm chứng.</translation>
    </message>
    <message>
        <source>These groups do not open this backup: it is another sheet's, or another post's.</source>
        <translation>Các nhóm số này không mở được bản sao lưu: bản ấy thuộc phiếu khác, hoặc cơ quan khác.</translation>
    </message>
    <message>
        <source>There is no backup in this folder. Choose the folder that it was made into.</source>
        <translation>Thư mục này không có bản sao lưu. Chọn thư mục đã ghi bản sao lưu.</translation>
    </message>
    <message>
        <source>The backup is not whole, or was changed. Try another medium, or an older backup.</source>
        <translation>Bản sao lưu không đủ hoặc đã bị thay đổi. Thử USB khác, hoặc bản sao lưu cũ hơn.</translation>
    </message>
    <message>
        <source>The backup was made later than this computer's clock says now. Set the clock, then repeat.</source>
        <translation>Bản sao lưu lập sau giờ hiện tại của máy này. Chỉnh đồng hồ rồi làm lại.</translation>
    </message>
    <message>
        <source>The backup was written by a newer version of the program. Install that version, then repeat.</source>
        <translation>Bản sao lưu do phiên bản mới hơn của chương trình ghi. Cài phiên bản ấy rồi làm lại.</translation>
    </message>
    <message>
        <source>This computer's disk has no room for the store. Make room, then repeat.</source>
        <translation>Ổ đĩa máy này không đủ chỗ cho kho. Dọn chỗ rồi làm lại.</translation>
    </message>
    <message>
        <source>The medium cannot be read. Plug it in again, or use another one.</source>
        <translation>Không đọc được USB. Cắm lại, hoặc dùng USB khác.</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Đã dừng.</translation>
    </message>
    <message>
        <source>There are backups of several stores in this folder. Choose the one of this post inside it.</source>
        <translation>Thư mục này có bản sao lưu của nhiều kho. Chọn bản của cơ quan này ở trong đó.</translation>
    </message>
    <message>
        <source>No store was made; the backup is as it was, and its sheet still opens it.</source>
        <translation>Chưa lập kho nào; bản sao lưu vẫn như trước và phiếu của bản ấy vẫn mở được.</translation>
    </message>
    <message>
        <source>The new sheet that was shown opens nothing: destroy it.</source>
        <translation>Phiếu mới vừa hiện không mở được gì: tiêu hủy phiếu ấy.</translation>
    </message>
    <message>
        <source>This is the new recovery sheet. Write the groups on paper with their places, or print them and erase the file. The store is finished when three of them are read back; until then the old sheet alone opens the backup. It is shown this once.</source>
        <translation>Đây là phiếu khôi phục mới. Chép các nhóm số kèm thứ tự ra giấy, hoặc in rồi xóa tệp. Kho chỉ lập xong khi đã đọc lại ba nhóm; đến lúc đó chỉ phiếu cũ mở được bản sao lưu. Phiếu chỉ hiện một lần này.</translation>
    </message>
    <message>
        <source>&amp;Restore</source>
        <translation>&amp;Phục hồi</translation>
    </message>
    <message>
        <source>Backup and its recovery sheet</source>
        <translation>Bản sao lưu và phiếu khôi phục</translation>
    </message>
    <message>
        <source>The backup comes back</source>
        <translation>Đang phục hồi</translation>
    </message>
    <message>
        <source>The store is back, and sending is stopped</source>
        <translation>Kho đã phục hồi, việc gửi đã dừng</translation>
    </message>
    <message>
        <source>No folder was chosen yet.</source>
        <translation>Chưa chọn thư mục.</translation>
    </message>
    <message>
        <source>The groups of the recovery sheet are lacking.</source>
        <translation>Thiếu các nhóm số của phiếu khôi phục.</translation>
    </message>
    <message>
        <source>The store is here, as it was at {when}, with {n} cable.</source>
        <translation>Kho đã có ở đây, đúng như lúc {when}, với {n} điện.</translation>
    </message>
    <message>
        <source>The store is here, as it was at {when}, with {n} cables.</source>
        <translation>Kho đã có ở đây, đúng như lúc {when}, với {n} điện.</translation>
    </message>
    <message>
        <source>Nobody was chosen yet.</source>
        <translation>Chưa chọn ai.</translation>
    </message>
    <message>
        <source>&amp;Draw another</source>
        <translation>&amp;Rút mật khẩu khác</translation>
    </message>
    <message>
        <source>&amp;Take it</source>
        <translation>Lấy mật &amp;khẩu này</translation>
    </message>
    <message>
        <source>Strength of the passphrase</source>
        <translation>Độ mạnh của mật khẩu</translation>
    </message>
    <message>
        <source>Drawn by chance from common syllables</source>
        <translation>Rút ngẫu nhiên từ các âm tiết thông dụng</translation>
    </message>
    <message>
        <source>New &amp;passphrase</source>
        <translation>Mật khẩu &amp;mới</translation>
    </message>
    <message>
        <source>&amp;Once more</source>
        <translation>&amp;Gõ lần nữa</translation>
    </message>
    <message>
        <source>The passphrase opens this post's cables. Twelve characters at least and no other rule: length counts. Nobody can tell it to anybody who forgets it; the recovery sheet is the way back.</source>
        <translation>Mật khẩu mở kho điện của cơ quan. Ít nhất mười hai ký tự, không có quy tắc nào khác: càng dài càng mạnh. Quên thì không ai nhắc được; phiếu khôi phục là đường mở lại.</translation>
    </message>
    <message>
        <source>Weak: about {n} bits. Who has this computer's disk finds it by trying.</source>
        <translation>Yếu: khoảng {n} bit. Ai có ổ đĩa của máy này sẽ thử ra được.</translation>
    </message>
    <message>
        <source>Fair: about {n} bits. Two words more make it strong.</source>
        <translation>Vừa: khoảng {n} bit. Thêm hai từ nữa thì mạnh.</translation>
    </message>
    <message>
        <source>Strong: about {n} bits.</source>
        <translation>Mạnh: khoảng {n} bit.</translation>
    </message>
    <message>
        <source>Nothing typed yet.</source>
        <translation>Chưa gõ gì.</translation>
    </message>
    <message>
        <source>Write the groups on paper with their places, or print them and erase the file. Whoever has the sheet and this computer opens the store: seal it, put it into the safe. It is shown this once.</source>
        <translation>Chép các nhóm cùng số thứ tự ra giấy, hoặc in rồi xóa tệp. Ai có phiếu và máy này đều mở được kho: niêm phong, cất vào két. Phiếu chỉ hiện một lần này.</translation>
    </message>
    <message>
        <source>&amp;Passphrase, once more</source>
        <translation>&amp;Mật khẩu, gõ lại</translation>
    </message>
    <message>
        <source>Save as &amp;PDF to print…</source>
        <translation>Ghi tệp &amp;PDF để in…</translation>
    </message>
    <message>
        <source>&amp;Where the sealed sheet lies</source>
        <translation>&amp;Nơi cất phiếu đã niêm phong</translation>
    </message>
    <message>
        <source>The recovery sheet was read back and is sealed. It stands in the ledger once the post has joined.</source>
        <translation>Phiếu khôi phục đã được đọc lại và niêm phong. Khi cơ quan gia nhập thì phiếu vào Sổ khí tài mật mã.</translation>
    </message>
    <message>
        <source>The recovery sheet is the one way back when the passphrase is forgotten or this computer is lost. No cable goes before it is on paper. Type the passphrase once more: it is tried before it is relied on. A sheet that was printed before opens nothing from then on.</source>
        <translation>Phiếu khôi phục là đường mở lại duy nhất khi quên mật khẩu hoặc mất máy. Chưa có phiếu trên giấy thì chưa gửi điện. Gõ lại mật khẩu: phải thử trước khi tin vào nó. Từ lúc đó phiếu in trước không mở được gì nữa.</translation>
    </message>
    <message>
        <source>&amp;Read from the paper and type: groups {places}</source>
        <translation>Đọc từ &amp;bản giấy và gõ: nhóm {places}</translation>
    </message>
    <message>
        <source>Groups {places} of the sheet</source>
        <translation>Nhóm {places} của phiếu</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Quay lại</translation>
    </message>
    <message>
        <source>Set-up of the post</source>
        <translation>Thiết lập máy của cơ quan</translation>
    </message>
    <message>
        <source>Step {n} of {all}</source>
        <translation>Bước {n}/{all}</translation>
    </message>
    <message>
        <source>Language and size of text</source>
        <translation>Ngôn ngữ và cỡ chữ</translation>
    </message>
    <message>
        <source>The post and its officer</source>
        <translation>Cơ quan và cán bộ</translation>
    </message>
    <message>
        <source>Recovery sheet</source>
        <translation>Phiếu khôi phục</translation>
    </message>
    <message>
        <source>Fingerprint, compared by voice</source>
        <translation>So vân tay bằng lời</translation>
    </message>
    <message>
        <source>Kit and activation code</source>
        <translation>Bộ kích hoạt và mã kích hoạt</translation>
    </message>
    <message>
        <source>Channels and test cable</source>
        <translation>Thử kênh và điện thử</translation>
    </message>
    <message>
        <source>The post is set up</source>
        <translation>Đã thiết lập xong</translation>
    </message>
    <message>
        <source>The post's number is lacking, 1 to 65535; headquarters gives it.</source>
        <translation>Thiếu số của cơ quan, từ 1 đến 65535; số do Bộ cho.</translation>
    </message>
    <message>
        <source>The post's name is lacking.</source>
        <translation>Thiếu tên cơ quan.</translation>
    </message>
    <message>
        <source>The name of the officer who signs here is lacking.</source>
        <translation>Thiếu tên cán bộ ký tại máy này.</translation>
    </message>
    <message>
        <source>The officer's title is lacking.</source>
        <translation>Thiếu chức vụ của cán bộ.</translation>
    </message>
    <message>
        <source>The passphrase has fewer than 12 characters.</source>
        <translation>Mật khẩu có dưới 12 ký tự.</translation>
    </message>
    <message>
        <source>Three groups of five figures are asked for, with a space between them.</source>
        <translation>Cần ba nhóm năm chữ số, cách nhau một dấu cách.</translation>
    </message>
    <message>
        <source>Say where the sealed sheet lies: it stands in the ledger.</source>
        <translation>Ghi nơi cất phiếu đã niêm phong: nơi đó vào Sổ khí tài mật mã.</translation>
    </message>
    <message>
        <source>No kit was chosen yet.</source>
        <translation>Chưa chọn bộ kích hoạt.</translation>
    </message>
    <message>
        <source>The activation code is lacking.</source>
        <translation>Thiếu mã kích hoạt.</translation>
    </message>
    <message>
        <source>Nobody has said yet what headquarters reads. The program may be closed until then.</source>
        <translation>Chưa ghi Bộ đọc nhóm nào. Có thể đóng chương trình cho đến lúc đó.</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Đang làm…</translation>
    </message>
    <message>
        <source>&amp;Make the store</source>
        <translation>&amp;Lập kho điện</translation>
    </message>
    <message>
        <source>&amp;Make the sheet</source>
        <translation>&amp;Lập phiếu</translation>
    </message>
    <message>
        <source>Open the &amp;post</source>
        <translation>&amp;Mở kho điện</translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation>&amp;Tiếp</translation>
    </message>
    <message>
        <source>There is no store in {home} yet, so there is no passphrase to ask for. Nothing was changed or made. If a store lies elsewhere, start the program with --home and its folder.

Setting a post up takes five steps. It can be stopped at any point and goes on from there.</source>
        <translation>Chưa có kho điện trong {home}, nên không có mật khẩu để hỏi. Chưa thay đổi hay tạo gì. Nếu kho ở nơi khác, mở chương trình với --home và thư mục đó.

Thiết lập máy của cơ quan gồm năm bước. Có thể dừng ở bất cứ chỗ nào rồi làm tiếp từ đó.</translation>
    </message>
    <message>
        <source>&amp;Set up this post…</source>
        <translation>&amp;Thiết lập máy…</translation>
    </message>
    <message>
        <source>This station has moved to a stick, or is on its way there. Everything is on the stick, and nothing is opened twice. Put the stick in and start the program from it; the handbook says what to do if it is gone.</source>
        <translation>Máy cơ yếu này đã chuyển sang USB, hoặc đang chuyển dở. Mọi thứ nằm trên USB, không mở ở hai nơi. Cắm USB và mở chương trình từ đó; nếu USB mất thì làm theo sổ tay.</translation>
    </message>
    <message>
        <source>&amp;Look again</source>
        <translation>&amp;Xem lại</translation>
    </message>
    <message>
        <source>&amp;Manual cipher</source>
        <translation>Mã &amp;dịch thủ công</translation>
    </message>
    <message>
        <source>&amp;Missing numbers</source>
        <translation>Điện thiế&amp;u</translation>
    </message>
    <message>
        <source>&amp;More fields…</source>
        <translation>&amp;Mục khác…</translation>
    </message>
    <message>
        <source>&amp;New worksheet</source>
        <translation>&amp;Phiếu mới</translation>
    </message>
    <message>
        <source>&amp;Next line</source>
        <translation>Dòng &amp;kế</translation>
    </message>
    <message>
        <source>&amp;Normal text</source>
        <translation>Cỡ chữ &amp;gốc</translation>
    </message>
    <message>
        <source>&amp;Notices</source>
        <translation>&amp;Thông báo</translation>
    </message>
    <message>
        <source>&amp;Outgoing cables</source>
        <translation>Điện đ&amp;i</translation>
    </message>
    <message>
        <source>&amp;Paste a message</source>
        <translation>&amp;Dán bản nhận được</translation>
    </message>
    <message>
        <source>&amp;Pause the files</source>
        <translation>Tạm dừng &amp;tệp</translation>
    </message>
    <message>
        <source>&amp;Print the worksheet</source>
        <translation>&amp;In phiếu A4</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>Th&amp;oát</translation>
    </message>
    <message>
        <source>&amp;Read a pouch…</source>
        <translation>Đọc tú&amp;i…</translation>
    </message>
    <message>
        <source>&amp;Read back and right</source>
        <translation>Đã đọc &amp;lại đúng</translation>
    </message>
    <message>
        <source>&amp;Read to send</source>
        <translation>Đọc để &amp;phát</translation>
    </message>
    <message>
        <source>&amp;Reply</source>
        <translation>&amp;Trả lời</translation>
    </message>
    <message>
        <source>&amp;Save draft</source>
        <translation>&amp;Lưu bản thảo</translation>
    </message>
    <message>
        <source>&amp;Say the receipt</source>
        <translation>Đọc &amp;báo nhận</translation>
    </message>
    <message>
        <source>&amp;Second person, who has seen it</source>
        <translation>Người thứ &amp;hai, đã chứng kiến</translation>
    </message>
    <message>
        <source>&amp;Send the chosen cable now</source>
        <translation>Gửi điện đang &amp;chọn ngay</translation>
    </message>
    <message>
        <source>&amp;Show</source>
        <translation>&amp;Hiện</translation>
    </message>
    <message>
        <source>&amp;Smaller text</source>
        <translation>Chữ n&amp;hỏ hơn</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Dừng</translation>
    </message>
    <message>
        <source>&amp;Take a page, encipher and enter</source>
        <translation>&amp;Xé trang khóa, mã hóa và vào sổ</translation>
    </message>
    <message>
        <source>&amp;Test now</source>
        <translation>&amp;Thử ngay</translation>
    </message>
    <message>
        <source>&amp;Unlock</source>
        <translation>&amp;Mở khóa</translation>
    </message>
    <message>
        <source>&amp;Verify the tag and open</source>
        <translation>&amp;Kiểm nhóm xác thực và mở</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Xem</translation>
    </message>
    <message>
        <source>&amp;Worksheet…</source>
        <translation>&amp;Phiếu tính…</translation>
    </message>
    <message>
        <source>&amp;Write a pouch…</source>
        <translation>Ghi &amp;túi…</translation>
    </message>
    <message>
        <source>&amp;Write cable</source>
        <translation>&amp;Soạn điện</translation>
    </message>
    <message>
        <source>(by hand, no subject)</source>
        <translation>(bằng tay, không có trích yếu)</translation>
    </message>
    <message>
        <source>&amp;Write to a file…</source>
        <translation>Ghi vào &amp;tệp…</translation>
    </message>
    <message>
        <source>(no subject yet)</source>
        <translation>(chưa có trích yếu)</translation>
    </message>
    <message>
        <source>(subject not entered)</source>
        <translation>(không ghi trích yếu)</translation>
    </message>
    <message>
        <source>A cable that came by hand is not what was signed in its place. Both are kept. Ask the sender by voice.</source>
        <translation>Điện đến bằng tay khác bản đã ký ở cùng chỗ. Giữ cả hai bản. Hỏi nơi gửi bằng lời.</translation>
    </message>
    <message>
        <source>A Vietnamese input method is on.</source>
        <translation>Bộ gõ tiếng Việt đang bật.</translation>
    </message>
    <message>
        <source>A cable that came by thin packets is not what was signed in its place. Both are kept. Ask the sender by voice.</source>
        <translation>Một điện đến qua gói mỏng không phải là bản đã ký ở chỗ của nó. Cả hai đều được giữ. Hỏi nơi gửi bằng lời.</translation>
    </message>
    <message>
        <source>A cable was entered with a doubt. Read what is said beside its signature.</source>
        <translation>Một điện vào sổ kèm điểm nghi vấn. Xem dòng ghi cạnh chữ ký của điện.</translation>
    </message>
    <message>
        <source>A certificate is outside its validity. Check this machine's clock, then ask headquarters.</source>
        <translation>Một chứng thư số ngoài thời hạn hiệu lực. Kiểm tra đồng hồ máy này rồi hỏi Bộ.</translation>
    </message>
    <message>
        <source>A cipher self-test gave a wrong answer, so nothing was opened. Do not use this machine for cables; tell the security administrator.</source>
        <translation>Phép tự kiểm tra mật mã cho kết quả sai nên chưa mở gì. Không dùng máy này cho điện; báo quản trị an ninh.</translation>
    </message>
    <message>
        <source>A directory edition did not pass its checks and was refused.</source>
        <translation>Một bản danh bạ không qua kiểm tra; đã từ chối.</translation>
    </message>
    <message>
        <source>A group too many came in; it has no place and was set aside</source>
        <translation>Thừa một nhóm: không có chỗ cho nó, đã để riêng</translation>
    </message>
    <message>
        <source>A machine has signed that it opened another text than the one released here. Ask there by another way.</source>
        <translation>Một máy đã ký xác nhận mở nội dung khác bản phát hành ở đây. Hỏi lại nơi nhận bằng đường khác.</translation>
    </message>
    <message>
        <source>A new book of serials was refused: it was not signed as it must be. Tell headquarters.</source>
        <translation>Đã từ chối một sổ mới: không được ký đúng quy định. Báo Bộ.</translation>
    </message>
    <message>
        <source>A packet could not be opened and lies in quarantine.</source>
        <translation>Có gói không mở được, đang cách ly.</translation>
    </message>
    <message>
        <source>A part of the file is damaged; what follows it cannot be read.</source>
        <translation>Một phần của tệp bị hỏng; phần sau đó không đọc được.</translation>
    </message>
    <message>
        <source>A place of a chain was used twice: a relay repeats, or a station's store is a copy of another.</source>
        <translation>Một chỗ trong chuỗi được dùng hai lần: máy trung chuyển phát lặp, hoặc kho của một cơ quan là bản sao của kho khác.</translation>
    </message>
    <message>
        <source>A pouch is one file that carries the sealed envelopes which wait in the outbox, for a courier. Choose the posts it is for.</source>
        <translation>Túi là một tệp mang các phong bì đã niêm phong đang chờ gửi, để giao thông viên chuyển. Chọn đơn vị nhận túi.</translation>
    </message>
    <message>
        <source>A reference is not a cable number. Remove the references.</source>
        <translation>Điện tham chiếu không phải là số điện. Bỏ tham chiếu.</translation>
    </message>
    <message>
        <source>A relay has lost what it held. Everything not proven to have arrived is sent again.</source>
        <translation>Một máy trung chuyển đã mất những gì nó giữ. Mọi điện chưa có báo nhận được gửi lại.</translation>
    </message>
    <message>
        <source>The recovery sheet of this store was not read back from the paper yet, and no cable goes before. Nothing left, no number was used, and the draft is kept. Lock and open again: the set-up asks for the sheet.</source>
        <translation>Phiếu khôi phục của kho này chưa được đọc lại từ giấy, nên chưa phát được điện. Chưa có gì được phát, chưa dùng số nào, bản thảo vẫn còn. Khóa rồi mở lại: phần thiết lập sẽ hỏi phiếu.</translation>
    </message>
    <message>
        <source>A rule of the office forbids this. Nothing was changed.</source>
        <translation>Quy định của cơ quan không cho phép việc này. Chưa thay đổi gì.</translation>
    </message>
    <message>
        <source>This person's keyslot stayed with the machine that the station left for the stick. Nothing was changed. Remove the person and add them anew with a new passphrase.</source>
        <translation>Ngăn khóa của người này ở lại máy cũ khi kho chuyển sang USB. Chưa thay đổi gì. Hãy đưa người này ra rồi thêm lại với mật khẩu mới.</translation>
    </message>
    <message>
        <source>A service message has come in.</source>
        <translation>Có điện dịch vụ đến.</translation>
    </message>
    <message>
        <source>A station has opened a new book of serials, signed by two persons.</source>
        <translation>Một cơ quan đã mở sổ mới, có hai người ký.</translation>
    </message>
    <message>
        <source>A station keeps or accounts for serials of traffic by hand.</source>
        <translation>Một cơ quan giữ số hoặc đối soát số của điện thủ công.</translation>
    </message>
    <message>
        <source>A station lacks serials of ours and has asked for them in vain. Send them by another way.</source>
        <translation>Một cơ quan thiếu số của ta và đã yêu cầu phát lại mà không có kết quả. Chuyển các số đó bằng đường khác.</translation>
    </message>
    <message>
        <source>A tag has not come whole, so nothing was compared and nothing was opened. Ask for tag {n} again.</source>
        <translation>Nhóm xác thực chưa đủ năm số nên chưa so và chưa mở gì. Xin nhắc lại nhóm xác thực {n}.</translation>
    </message>
    <message>
        <source>A text of more than 3 pages needs a summary.</source>
        <translation>Nội dung quá 3 trang cần có tóm tắt.</translation>
    </message>
    <message>
        <source>A thin packet contradicted itself or another, and its message was refused whole. Ask the sender to repeat it.</source>
        <translation>Một gói mỏng trái với chính nó hoặc với gói khác; đã từ chối cả tin. Đề nghị nơi gửi gửi lại.</translation>
    </message>
    <message>
        <source>A wrong passphrase was entered {n} time, last {time}.</source>
        <translation>Đã có {n} lần nhập sai mật khẩu, lần cuối {time}.</translation>
    </message>
    <message>
        <source>A wrong passphrase was entered {n} times, last {time}.</source>
        <translation>Đã có {n} lần nhập sai mật khẩu, lần cuối {time}.</translation>
    </message>
    <message>
        <source>A&amp;ttach…</source>
        <translation>Đí&amp;nh kèm…</translation>
    </message>
    <message>
        <source>About the program</source>
        <translation>Về chương trình</translation>
    </message>
    <message>
        <source>Ac&amp;knowledge</source>
        <translation>&amp;Ký nhận</translation>
    </message>
    <message>
        <source>Acknowledged</source>
        <translation>Đã ký nhận</translation>
    </message>
    <message>
        <source>Acknowledged here</source>
        <translation>Đã ký nhận ở đây</translation>
    </message>
    <message>
        <source>Add an addressee first.</source>
        <translation>Thêm nơi nhận trước.</translation>
    </message>
    <message>
        <source>Addressee for action</source>
        <translation>Nơi nhận để xử lý</translation>
    </message>
    <message>
        <source>Addressees for action</source>
        <translation>Nơi nhận để xử lý</translation>
    </message>
    <message>
        <source>Addressees for information</source>
        <translation>Nơi nhận để biết</translation>
    </message>
    <message>
        <source>Airy rows</source>
        <translation>Hàng thoáng</translation>
    </message>
    <message>
        <source>All {n} machines have proven that they opened the same text.</source>
        <translation>Cả {n} máy đã chứng minh mở cùng một nội dung.</translation>
    </message>
    <message>
        <source>Ambassador only</source>
        <translation>Chỉ Đại sứ</translation>
    </message>
    <message>
        <source>An addressee reported a fault in a cable of ours.</source>
        <translation>Nơi nhận báo sai hỏng một điện của cơ quan.</translation>
    </message>
    <message>
        <source>An addressee stands twice. Remove one of the two.</source>
        <translation>Một nơi nhận ghi hai lần. Bỏ một.</translation>
    </message>
    <message>
        <source>An addressee's machine began anew with fresh keys. Ask there whether that was expected.</source>
        <translation>Máy của một nơi nhận đã bắt đầu lại với khóa mới. Hỏi nơi đó việc này có đúng dự kiến không.</translation>
    </message>
    <message>
        <source>An addressee's machine came with keys older than those in use. They were not taken.</source>
        <translation>Máy bên nhận dùng khóa cũ hơn khóa đang dùng. Khóa đó không được nhận.</translation>
    </message>
    <message>
        <source>A post reports a break of continuity. Cables wait there until an officer here acknowledges it.</source>
        <translation>Một cơ quan báo đứt liên tục. Điện ở đó chờ đến khi cán bộ ở đây ký nhận.</translation>
    </message>
    <message>
        <source>Another machine of this station releases; this one receives. Nothing left, no number was used, and the draft is kept here. Release it there. This machine takes over when headquarters takes that one off the list.</source>
        <translation>Máy khác của cơ quan này phát hành điện; máy này chỉ nhận. Chưa có gì được phát, chưa dùng số nào, bản thảo vẫn ở đây. Phát hành ở máy kia. Máy này thay thế khi Bộ rút máy kia khỏi danh bạ.</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>Đã yêu cầu phát lại</translation>
    </message>
    <message>
        <source>Break of continuity with {station}, not acknowledged</source>
        <translation>Đứt liên tục với {station}, chưa ký nhận</translation>
    </message>
    <message>
        <source>Burn the paper first, then say so here.</source>
        <translation>Đốt giấy trước, rồi đánh dấu ở đây.</translation>
    </message>
    <message>
        <source>By command, with two names where two must stand for it: {acts}</source>
        <translation>Làm bằng lệnh, ghi tên hai người ở việc cần hai người: {acts}</translation>
    </message>
    <message>
        <source>By thin packets, read {time}</source>
        <translation>Qua gói mỏng, đọc lúc {time}</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Sửa lúc</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>KT</translation>
    </message>
    <message>
        <source>Cipher</source>
        <translation>Bản mã</translation>
    </message>
    <message>
        <source>Close; the worksheet is kept</source>
        <translation>Đóng; phiếu tính được giữ</translation>
    </message>
    <message>
        <source>Close; what was typed is kept</source>
        <translation>Đóng; những gì đã gõ được giữ</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>Cột</translation>
    </message>
    <message>
        <source>Column {n}</source>
        <translation>Cột {n}</translation>
    </message>
    <message>
        <source>Confirmed. The paper is further than the store: {pages} count as torn off. Enter what went on paper with them (secmsg hand enter), then destroy them.</source>
        <translation>Đã xác nhận. Giấy đã đi xa hơn kho: {pages} tính là đã xé. Điện nào đã mã trên giấy bằng các trang ấy thì vào sổ (secmsg hand enter), rồi tiêu hủy.</translation>
    </message>
    <message>
        <source>Confirmed: the paper and the store agree.</source>
        <translation>Đã xác nhận: giấy và kho khớp nhau.</translation>
    </message>
    <message>
        <source>Decipher</source>
        <translation>Dịch mã</translation>
    </message>
    <message>
        <source>&amp;Drill…</source>
        <translation>&amp;Luyện tập…</translation>
    </message>
    <message>
        <source>HUẤN LUYỆN: drill of the hand cipher</source>
        <translation>HUẤN LUYỆN: luyện tập mã dịch thủ công</translation>
    </message>
    <message>
        <source>HUẤN LUYỆN: nothing here is a cable, and no page of it is taken in earnest</source>
        <translation>HUẤN LUYỆN: ở đây không có điện nào, không trang khóa nào dùng được cho điện thật</translation>
    </message>
    <message>
        <source>Work with pencil and paper as in earnest. Time is taken; the first answer counts.</source>
        <translation>Làm bằng bút và giấy như thật. Có tính giờ; tính theo câu trả lời đầu tiên.</translation>
    </message>
    <message>
        <source>&amp;Card</source>
        <translation>&amp;Bài</translation>
    </message>
    <message>
        <source>Of&amp;ficer</source>
        <translation>&amp;Cán bộ</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>Bài</translation>
    </message>
    <message>
        <source>&amp;Begin</source>
        <translation>Bắ&amp;t đầu</translation>
    </message>
    <message>
        <source>What lies on the table</source>
        <translation>Những gì có trên bàn</translation>
    </message>
    <message>
        <source>&amp;Answer</source>
        <translation>T&amp;rả lời</translation>
    </message>
    <message>
        <source>&amp;Give up and close</source>
        <translation>Bỏ &amp;dở và đóng</translation>
    </message>
    <message>
        <source>Row {row}: {asked}</source>
        <translation>Hàng {row}: {asked}</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Chọn</translation>
    </message>
    <message>
        <source>Passed</source>
        <translation>Đạt</translation>
    </message>
    <message>
        <source>Not passed</source>
        <translation>Chưa đạt</translation>
    </message>
    <message>
        <source>Given up</source>
        <translation>Bỏ dở</translation>
    </message>
    <message>
        <source>Wrong: {wrong} of {asked}</source>
        <translation>Sai: {wrong} trên {asked}</translation>
    </message>
    <message>
        <source>Time: {time} of {limit}</source>
        <translation>Thời gian: {time} trên {limit}</translation>
    </message>
    <message>
        <source>Seconds for one answer: {now}, before that {before}</source>
        <translation>Số giây cho một ý trả lời: {now}, trước đó {before}</translation>
    </message>
    <message>
        <source>Destroy the working papers as in earnest.</source>
        <translation>Tiêu hủy giấy nháp như khi làm thật.</translation>
    </message>
    <message>
        <source>Question {at} of {count} · {spent} of {limit}</source>
        <translation>Câu {at}/{count} · {spent} trên {limit}</translation>
    </message>
    <message>
        <source>The answer before this was right.</source>
        <translation>Câu vừa trả lời đúng.</translation>
    </message>
    <message>
        <source>{place}: {kind} {name}</source>
        <translation>{place}: {kind} {name}</translation>
    </message>
    <message>
        <source>Slips in the answer before this, by place: {told}</source>
        <translation>Sai sót ở câu vừa trả lời, theo vị trí: {told}</translation>
    </message>
    <message>
        <source>Choose one of the answers; nothing was counted.</source>
        <translation>Chọn một câu trả lời; chưa tính gì.</translation>
    </message>
    <message>
        <source>{n} groups are expected, parted by spaces; nothing was counted.</source>
        <translation>Cần {n} nhóm, cách nhau bằng dấu cách; chưa tính gì.</translation>
    </message>
    <message>
        <source>The answer is too long; nothing was counted.</source>
        <translation>Câu trả lời quá dài; chưa tính gì.</translation>
    </message>
    <message>
        <source>5 · Encipher a short cable</source>
        <translation>5 · Mã thủ công một điện ngắn</translation>
    </message>
    <message>
        <source>6 · Decipher with two groups garbled, one missing</source>
        <translation>6 · Dịch thủ công, hai nhóm hỏng và một nhóm thiếu</translation>
    </message>
    <message>
        <source>7 · Pages that must not be used</source>
        <translation>7 · Sai trang khóa</translation>
    </message>
    <message>
        <source>Find one slip of each class</source>
        <translation>Tìm sai sót, mỗi loại một chỗ</translation>
    </message>
    <message>
        <source>Header of the message</source>
        <translation>Đầu điện</translation>
    </message>
    <message>
        <source>Groups as they came</source>
        <translation>Nhóm nhận được</translation>
    </message>
    <message>
        <source>Codes</source>
        <translation>Bản rõ (mã)</translation>
    </message>
    <message>
        <source>Codes as the codebook has them</source>
        <translation>Mã theo sổ mã</translation>
    </message>
    <message>
        <source>Keys on the page</source>
        <translation>Khóa trên trang</translation>
    </message>
    <message>
        <source>Keys copied to the worksheet</source>
        <translation>Khóa chép vào phiếu tính</translation>
    </message>
    <message>
        <source>Cipher groups</source>
        <translation>Bản mã</translation>
    </message>
    <message>
        <source>Check figures</source>
        <translation>Số kiểm tra</translation>
    </message>
    <message>
        <source>Groups sent</source>
        <translation>Nhóm phát</translation>
    </message>
    <message>
        <source>Read back by the receiver</source>
        <translation>Bên nhận đọc lại</translation>
    </message>
    <message>
        <source>Mask s</source>
        <translation>Mặt nạ s</translation>
    </message>
    <message>
        <source>Authentication group that came</source>
        <translation>Nhóm xác thực nhận được</translation>
    </message>
    <message>
        <source>Page that lies on top</source>
        <translation>Trang nằm trên cùng</translation>
    </message>
    <message>
        <source>Pages used</source>
        <translation>Trang đã dùng</translation>
    </message>
    <message>
        <source>Authentication sheet, first figure 0 to 9</source>
        <translation>Bảng xác thực, chữ số đầu 0 đến 9</translation>
    </message>
    <message>
        <source>Authentication sheet, two middle figures 00 to 99</source>
        <translation>Bảng xác thực, hai chữ số giữa 00 đến 99</translation>
    </message>
    <message>
        <source>Authentication sheet, last two figures 00 to 99</source>
        <translation>Bảng xác thực, hai chữ số cuối 00 đến 99</translation>
    </message>
    <message>
        <source>Authentication sheet, 100000 to 100002</source>
        <translation>Bảng xác thực, 100000 đến 100002</translation>
    </message>
    <message>
        <source>Which page does the header name? Five figures.</source>
        <translation>Đầu điện nêu trang khóa nào? Năm chữ số.</translation>
    </message>
    <message>
        <source>Which groups are to be repeated? Their numbers; the first is 1.</source>
        <translation>Yêu cầu nhắc lại những nhóm nào? Gõ số thứ tự; nhóm đầu là 1.</translation>
    </message>
    <message>
        <source>Look up the text in the codebook and enter its codes.</source>
        <translation>Tra sổ mã và nhập các mã của bản rõ.</translation>
    </message>
    <message>
        <source>Add the keys and enter the groups of this row, with check figures.</source>
        <translation>Cộng khóa, nhập các nhóm của hàng này kèm số kiểm tra.</translation>
    </message>
    <message>
        <source>Work out the authentication group: five figures.</source>
        <translation>Tính nhóm xác thực: năm chữ số.</translation>
    </message>
    <message>
        <source>Does the authentication group that came agree?</source>
        <translation>Nhóm xác thực nhận được có khớp không?</translation>
    </message>
    <message>
        <source>Subtract the keys and enter the codes of this row.</source>
        <translation>Trừ khóa, nhập các mã của hàng này.</translation>
    </message>
    <message>
        <source>Take the page that the header names, or refuse it?</source>
        <translation>Dùng trang nêu ở đầu điện, hay từ chối?</translation>
    </message>
    <message>
        <source>The message is done. What becomes of the page?</source>
        <translation>Xong điện. Làm gì với trang khóa?</translation>
    </message>
    <message>
        <source>Which group has the slip, and of which class? For example 3 E4; 0 where it is in no group.</source>
        <translation>Sai sót ở nhóm thứ mấy, loại nào? Ví dụ 3 E4; gõ 0 nếu không ở nhóm nào.</translation>
    </message>
    <message>
        <source>It agrees</source>
        <translation>Khớp</translation>
    </message>
    <message>
        <source>It differs: the text is not acted upon</source>
        <translation>Không khớp: không dùng nội dung</translation>
    </message>
    <message>
        <source>Take this page</source>
        <translation>Dùng trang này</translation>
    </message>
    <message>
        <source>Refuse and report: the page was used</source>
        <translation>Từ chối và báo cáo: trang đã dùng</translation>
    </message>
    <message>
        <source>Refuse and report: its turn has not come</source>
        <translation>Từ chối và báo cáo: chưa tới lượt trang này</translation>
    </message>
    <message>
        <source>Refuse and report: a page of another book</source>
        <translation>Từ chối và báo cáo: trang của tập khác</translation>
    </message>
    <message>
        <source>Destroy it at once, by two persons, and write it down</source>
        <translation>Tiêu hủy ngay, hai người, ghi sổ</translation>
    </message>
    <message>
        <source>Keep it until the evening</source>
        <translation>Giữ đến cuối ngày</translation>
    </message>
    <message>
        <source>Put it back for the next cable</source>
        <translation>Cất lại để dùng cho điện sau</translation>
    </message>
    <message>
        <source>Keep it, report, demand a new message on a new page</source>
        <translation>Giữ lại, báo cáo, đòi điện mới trên trang mới</translation>
    </message>
    <message>
        <source>wrong code of the codebook</source>
        <translation>tra sai sổ mã</translation>
    </message>
    <message>
        <source>key misread, or another page</source>
        <translation>chép sai khóa, hoặc nhầm trang</translation>
    </message>
    <message>
        <source>slip in adding or subtracting</source>
        <translation>cộng, trừ sai</translation>
    </message>
    <message>
        <source>added with carry</source>
        <translation>cộng có nhớ</translation>
    </message>
    <message>
        <source>added instead of subtracted, or the other way</source>
        <translation>nhầm cộng với trừ</translation>
    </message>
    <message>
        <source>check figure</source>
        <translation>số kiểm tra</translation>
    </message>
    <message>
        <source>copying: swapped, dropped, repeated</source>
        <translation>chép: đảo, bỏ sót, lặp</translation>
    </message>
    <message>
        <source>misheard: năm and tám, hai and bảy</source>
        <translation>nghe nhầm: năm và tám, hai và bảy</translation>
    </message>
    <message>
        <source>procedure</source>
        <translation>quy trình</translation>
    </message>
    <message>
        <source>Destroy a key page</source>
        <translation>Tiêu hủy trang khóa</translation>
    </message>
    <message>
        <source>Destroy key page {page} of book {book}</source>
        <translation>Tiêu hủy trang khóa {page} của tập {book}</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>Chiều</translation>
    </message>
    <message>
        <source>Encipher</source>
        <translation>Mã hóa</translation>
    </message>
    <message>
        <source>Entered in the incoming register as {mrn}, from {peer}, book {book}. By hand, not signed yet.</source>
        <translation>Đã vào sổ điện đến: {mrn}, từ {peer}, tập khóa {book}. Nhận bằng tay, chưa có chữ ký.</translation>
    </message>
    <message>
        <source>Entered in the outgoing register as {mrn}, to {peer}, book {book}. Its signed form waits in the outbox.</source>
        <translation>Đã vào sổ điện đi: {mrn}, gửi {peer}, tập khóa {book}. Bản ký nằm ở hộp chờ gửi.</translation>
    </message>
    <message>
        <source>Every box is right. Next: read it to send.</source>
        <translation>Mọi ô đều đúng. Bước kế: đọc để phát.</translation>
    </message>
    <message>
        <source>Every group fits and the tag does not: a slip in working, or a forgery. Nothing was opened. Read the tag once more; then demand a new message on a new page, and report. Failures of this book: {n}; after five it is retired.</source>
        <translation>Nhóm nào cũng khớp mà nhóm xác thực không đúng: tính nhầm, hoặc điện giả. Chưa mở gì. Hỏi lại nhóm xác thực một lần; vẫn sai thì yêu cầu điện mới bằng trang khóa mới và báo cáo. Tập khóa này đã sai {n} lần; đủ năm lần thì thôi dùng.</translation>
    </message>
    <message>
        <source>Figure by figure: không một hai ba bốn năm sáu bảy tám chín. Pause after every group; say the number of the line before it. Never: mốt, tư, lăm, nhăm, mươi.</source>
        <translation>Đọc từng chữ số: không một hai ba bốn năm sáu bảy tám chín. Nghỉ sau mỗi nhóm; xướng số dòng trước khi đọc dòng. Không đọc: mốt, tư, lăm, nhăm, mươi.</translation>
    </message>
    <message>
        <source>First person: {name}, who has opened this store</source>
        <translation>Người thứ nhất: {name}, đã mở kho này</translation>
    </message>
    <message>
        <source>Fragments of a message by thin packets waited too long and were given up. Ask the sender to repeat it.</source>
        <translation>Các mảnh của một tin qua gói mỏng chờ quá lâu và đã bỏ. Đề nghị nơi gửi gửi lại.</translation>
    </message>
    <message>
        <source>Give &amp;up</source>
        <translation>&amp;Bỏ phiếu…</translation>
    </message>
    <message>
        <source>Give this worksheet up? Its figures are erased, and nothing brings them back. The cable stays in the register, and its page stays used and is still to be destroyed.</source>
        <translation>Bỏ phiếu này? Các chữ số bị xóa, không có cách lấy lại. Điện vẫn nằm trong sổ; trang khóa vẫn là đã dùng và còn phải tiêu hủy.</translation>
    </message>
    <message>
        <source>Give this worksheet up? What was written in it is erased, and nothing brings it back.</source>
        <translation>Bỏ phiếu này? Những gì đã viết bị xóa, không có cách lấy lại.</translation>
    </message>
    <message>
        <source>Group {at}: {n} figure is lacking</source>
        <translation>Nhóm {at}: thiếu {n} chữ số</translation>
    </message>
    <message>
        <source>Group {at}: {n} figures are lacking</source>
        <translation>Nhóm {at}: thiếu {n} chữ số</translation>
    </message>
    <message>
        <source>Group {n}</source>
        <translation>Nhóm {n}</translation>
    </message>
    <message>
        <source>Group {n} · add figure by figure without carry: {code} + {key} = {cipher} · check: from seed {seed} walk the Damm square by {figures} to {check}</source>
        <translation>Nhóm {n} · cộng từng chữ số không nhớ: {code} + {key} = {cipher} · KT: từ số mồi {seed}, đi bảng Damm qua {figures} được {check}</translation>
    </message>
    <message>
        <source>Group {n}, {line}</source>
        <translation>Nhóm {n}, {line}</translation>
    </message>
    <message>
        <source>Group {n}: missing</source>
        <translation>Nhóm {n}: thiếu</translation>
    </message>
    <message>
        <source>Group {n}: the check figure does not fit</source>
        <translation>Nhóm {n}: số kiểm tra không khớp</translation>
    </message>
    <message>
        <source>Groups are wrong or missing. Nothing was opened. Ask the other end to repeat the marked ones only.</source>
        <translation>Có nhóm sai hoặc thiếu. Chưa mở gì. Chỉ đề nghị đầu kia nhắc lại những nhóm đã đánh dấu.</translation>
    </message>
    <message>
        <source>Groups do not fit, so nothing was opened. Ask for group {n} again.</source>
        <translation>Có nhóm chưa khớp nên chưa mở gì. Xin nhắc lại nhóm {n}.</translation>
    </message>
    <message>
        <source>Groups received</source>
        <translation>Nhóm nhận được</translation>
    </message>
    <message>
        <source>Groups {n} and {m}: have changed places</source>
        <translation>Nhóm {n} và {m}: đổi chỗ cho nhau</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>Đầu điện</translation>
    </message>
    <message>
        <source>Header (in clear): not complete yet</source>
        <translation>Đầu điện (không mã hóa): chưa đủ</translation>
    </message>
    <message>
        <source>Header (in clear): {parts}</source>
        <translation>Đầu điện (không mã hóa): {parts}</translation>
    </message>
    <message>
        <source>Header group {n}</source>
        <translation>Nhóm đầu điện {n}</translation>
    </message>
    <message>
        <source>Header group {n}: does not fit; ask for it again.</source>
        <translation>Nhóm đầu điện {n}: không khớp; xin nhắc lại.</translation>
    </message>
    <message>
        <source>Header, in clear</source>
        <translation>Đầu điện, không mã hóa</translation>
    </message>
    <message>
        <source>I compute, the machine checks</source>
        <translation>Tự tính, máy kiểm</translation>
    </message>
    <message>
        <source>It can be acknowledged when the signed cable is here.</source>
        <translation>Ký nhận được khi bản ký đã tới.</translation>
    </message>
    <message>
        <source>It is &amp;sent</source>
        <translation>Đã phát &amp;xong</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>Khí tài</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Khóa</translation>
    </message>
    <message>
        <source>Key material</source>
        <translation>Khí tài mật mã</translation>
    </message>
    <message>
        <source>Two persons have found what does not agree with the ledger. Read the record (Inspection and handover) and report it to headquarters within 24 hours.</source>
        <translation>Hai người kiểm đã thấy sai lệch so với sổ khí tài. Xem biên bản (Kiểm tra và bàn giao) và báo Bộ trong vòng 24 giờ.</translation>
    </message>
    <message>
        <source>Key material is stopped: it may be known to others, or is lost. Report it to headquarters.</source>
        <translation>Khí tài mật mã đã dừng dùng vì có thể bị lộ hoặc bị mất. Hãy báo cáo Bộ.</translation>
    </message>
    <message>
        <source>Making a new recovery sheet was cut short and changed nothing: the sheet before opens the store as it did. Destroy the paper of the new one if it was printed.</source>
        <translation>Việc lập phiếu khôi phục mới bị dừng giữa chừng và không thay đổi gì: phiếu trước vẫn mở kho như cũ. Nếu đã in phiếu mới thì tiêu hủy phiếu mới.</translation>
    </message>
    <message>
        <source>A new recovery sheet took effect just before the program was stopped. The sheet before opens only backups made before. If the new paper is not in hand, make another sheet at once.</source>
        <translation>Phiếu khôi phục mới đã có hiệu lực ngay trước khi chương trình bị dừng. Phiếu trước chỉ còn mở các bản sao lưu làm trước đó. Nếu không có phiếu mới trong tay, hãy lập ngay phiếu khác.</translation>
    </message>
    <message>
        <source>Making a new recovery sheet was cut short, and it is not known which sheet opens the store. Passphrases open it as before, nothing is lost. Keep both papers sealed and make another sheet.</source>
        <translation>Việc lập phiếu khôi phục mới bị dừng giữa chừng, chưa biết phiếu nào mở được kho. Mật khẩu vẫn mở kho như cũ, không mất gì. Giữ niêm phong cả hai phiếu và lập phiếu khác.</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Dòng</translation>
    </message>
    <message>
        <source>Line {n}</source>
        <translation>Dòng {n}</translation>
    </message>
    <message>
        <source>Little is left of {books}: ask headquarters for the next book.</source>
        <translation>{books} còn ít trang: xin Bộ cấp tập kế.</translation>
    </message>
    <message>
        <source>Name the second person.</source>
        <translation>Ghi tên người thứ hai.</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>Bước kế</translation>
    </message>
    <message>
        <source>Next: ask the sender to repeat header group {n}, and type it over.</source>
        <translation>Bước kế: xin nhắc lại nhóm đầu điện {n}, rồi gõ đè.</translation>
    </message>
    <message>
        <source>Next: ask the sender: “repeat group {n}”, and type it over.</source>
        <translation>Bước kế: xin bên phát: “nhắc lại nhóm {n}”, rồi gõ đè.</translation>
    </message>
    <message>
        <source>Next: compare the groups set aside with the sender, then leave them out.</source>
        <translation>Bước kế: đối chiếu nhóm để riêng với bên phát, rồi bỏ ra.</translation>
    </message>
    <message>
        <source>Next: destroy the page, in the same shift.</source>
        <translation>Bước kế: tiêu hủy trang khóa, ngay trong ca.</translation>
    </message>
    <message>
        <source>Next: put right what needs nobody; what is left is asked for.</source>
        <translation>Bước kế: sửa những gì tự sửa được; phần còn lại thì xin nhắc.</translation>
    </message>
    <message>
        <source>Next: read the five figures of the page that lies on top of book {book} from the paper and enter them.</source>
        <translation>Bước kế: đọc trên giấy năm chữ số của trang nằm trên cùng tập {book} rồi gõ vào.</translation>
    </message>
    <message>
        <source>Next: say the receipt, then destroy the page.</source>
        <translation>Bước kế: đọc báo nhận cho bên phát, rồi tiêu hủy trang khóa.</translation>
    </message>
    <message>
        <source>Next: tear off the page, encipher and enter in the register (Ctrl+Enter). From then on the page counts as used.</source>
        <translation>Bước kế: xé trang khóa, mã hóa và vào sổ (Ctrl+Enter). Từ lúc đó trang được tính là đã dùng.</translation>
    </message>
    <message>
        <source>Next: type group {n} of {all}.</source>
        <translation>Bước kế: gõ nhóm {n} trên {all}.</translation>
    </message>
    <message>
        <source>Next: type the seven groups of the header, or paste the whole message.</source>
        <translation>Bước kế: gõ bảy nhóm đầu điện, hoặc dán cả bản.</translation>
    </message>
    <message>
        <source>Next: type the tag group.</source>
        <translation>Bước kế: gõ nhóm xác thực.</translation>
    </message>
    <message>
        <source>Next: verify the tag. The text is opened only after that.</source>
        <translation>Bước kế: kiểm nhóm xác thực. Chỉ sau đó bản rõ mới mở.</translation>
    </message>
    <message>
        <source>Next: write the text, short, without phrases of politeness.</source>
        <translation>Bước kế: viết bản rõ, ngắn, không lời xã giao.</translation>
    </message>
    <message>
        <source>Next: {act}, {where}</source>
        <translation>Bước kế: {act}, {where}</translation>
    </message>
    <message>
        <source>No cable leaves for {post} since {when}: its store has a second copy or was put back. Cables to other posts leave. Call that post and headquarters.</source>
        <translation>Không phát điện đến {post} từ {when}: kho ở đó có bản thứ hai hoặc đã bị đưa về trạng thái cũ. Điện đến nơi khác vẫn đi. Gọi cho cơ quan đó và cho Bộ.</translation>
    </message>
    <message>
        <source>No key material is entered here.</source>
        <translation>Chưa có khí tài mật mã nào trong sổ.</translation>
    </message>
    <message>
        <source>No pad book for outgoing cables is in use here. Open one: secmsg hand pad open.</source>
        <translation>Ở đây chưa có tập khóa ĐI nào đang dùng. Mở một tập: secmsg hand pad open.</translation>
    </message>
    <message>
        <source>No worksheet is under way.</source>
        <translation>Không có phiếu tính nào đang làm.</translation>
    </message>
    <message>
        <source>Nobody has read from the pad which page lies on top, and the store may be older than the paper. No page was used. Read the five figures of the top page and enter them.</source>
        <translation>Chưa ai đọc từ tập khóa xem trang nào nằm trên cùng, mà kho có thể cũ hơn giấy. Chưa dùng trang nào. Hãy đọc năm chữ số của trang trên cùng và nhập vào.</translation>
    </message>
    <message>
        <source>Not in the codebook, spelled: {words}</source>
        <translation>Không có trong sổ mã, phải đánh vần: {words}</translation>
    </message>
    <message>
        <source>Not signed yet. It came by thin packets from a machine of {station}; the signed cable has not come.</source>
        <translation>Chưa có chữ ký. Điện đến qua gói mỏng từ một máy của {station}; bản ký chưa tới.</translation>
    </message>
    <message>
        <source>Not signed yet: {subject}</source>
        <translation>Chưa có chữ ký: {subject}</translation>
    </message>
    <message>
        <source>Compared: sent up to {out}, received up to {into}</source>
        <translation>Đã đối chiếu khớp: phát đến {out}, nhận đến {into}</translation>
    </message>
    <message>
        <source>How it stands</source>
        <translation>Tình trạng</translation>
    </message>
    <message>
        <source>Lacks {serials} of ours</source>
        <translation>Bên đó thiếu {serials} của ta</translation>
    </message>
    <message>
        <source>Missing {serials}</source>
        <translation>Thiếu {serials}</translation>
    </message>
    <message>
        <source>Missing {serials}, asked for in vain</source>
        <translation>Thiếu {serials}, yêu cầu phát lại không có kết quả</translation>
    </message>
    <message>
        <source>No chain has begun with any station.</source>
        <translation>Chưa có chuỗi số với cơ quan nào.</translation>
    </message>
    <message>
        <source>Nothing missing; not compared yet</source>
        <translation>Không thiếu số; chưa đối chiếu</translation>
    </message>
    <message>
        <source>Number of the page on top, five figures, read from the paper</source>
        <translation>Số của trang trên cùng, năm chữ số, đọc từ giấy</translation>
    </message>
    <message>
        <source>On a worksheet</source>
        <translation>Trên phiếu tính</translation>
    </message>
    <message>
        <source>Other ways to cut a segment</source>
        <translation>Các cách tách khác của một đoạn</translation>
    </message>
    <message>
        <source>Pad book</source>
        <translation>Tập khóa</translation>
    </message>
    <message>
        <source>Page on top</source>
        <translation>Trang trên cùng</translation>
    </message>
    <message>
        <source>Page on top, five figures read from the paper</source>
        <translation>Trang trên cùng, năm chữ số đọc trên giấy</translation>
    </message>
    <message>
        <source>Page on top, five figures read from the paper:</source>
        <translation>Trang trên cùng, năm chữ số đọc trên giấy:</translation>
    </message>
    <message>
        <source>Page {page} has been reported missing since {day}. Report that it is here.</source>
        <translation>Trang khóa {page} đã báo mất từ ngày {day}. Hãy báo cáo rằng trang đang ở đây.</translation>
    </message>
    <message>
        <source>Page {page} is not the next one. Compare it with the paper; if the pages before it are gone, confirm that first.</source>
        <translation>Trang khóa {page} không phải trang tiếp theo. Hãy đối chiếu với giấy; nếu các trang trước không còn, hãy xác nhận điều đó trước.</translation>
    </message>
    <message>
        <source>Page {page} was destroyed on {day}. If it is in your hand, report it.</source>
        <translation>Trang khóa {page} đã ghi tiêu hủy ngày {day}. Nếu trang vẫn còn trong tay, hãy báo cáo.</translation>
    </message>
    <message>
        <source>Page {page} was made void on {day}. Destroy it and take the next page.</source>
        <translation>Trang khóa {page} đã ghi bỏ ngày {day}. Hãy tiêu hủy trang này và lấy trang tiếp theo.</translation>
    </message>
    <message>
        <source>Page {page} was torn off on {day} and counts as used, although no cable was recorded with it. Destroy it and take the next page.</source>
        <translation>Trang khóa {page} đã xé ngày {day} và tính là đã dùng, dù chưa ghi điện nào với nó. Hãy tiêu hủy trang này và lấy trang tiếp theo.</translation>
    </message>
    <message>
        <source>Page {page} was used on {day} for cable {cable}. Nothing was done with it. Take the page that lies on top; if it is this one, destroy it and report.</source>
        <translation>Trang khóa {page} đã dùng ngày {day} cho điện {cable}. Chưa làm gì với trang này. Hãy lấy trang nằm trên cùng; nếu chính là trang này thì tiêu hủy và báo cáo.</translation>
    </message>
    <message>
        <source>On this page the authentication group would have six figures. Nothing was sent. The page is void; destroy it and take the next one.</source>
        <translation>Trên trang khóa này nhóm xác thực sẽ có sáu chữ số. Chưa phát gì. Trang khóa này không dùng được; tiêu hủy và lấy trang tiếp theo.</translation>
    </message>
    <message>
        <source>Parity &amp;groups</source>
        <translation>Nhóm &amp;bù cuối dòng</translation>
    </message>
    <message>
        <source>Parity group of row {n}</source>
        <translation>Nhóm bù của dòng {n}</translation>
    </message>
    <message>
        <source>Paste a message</source>
        <translation>Dán bản nhận được</translation>
    </message>
    <message>
        <source>Plain (code)</source>
        <translation>Bản rõ (mã)</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>Bản rõ</translation>
    </message>
    <message>
        <source>Posture emergency: a recap of serials {hours}.</source>
        <translation>Chế độ khẩn cấp: bảng kê số {hours}.</translation>
    </message>
    <message>
        <source>Posture heightened: a recap of serials {hours}.</source>
        <translation>Chế độ tăng cường: bảng kê số {hours}.</translation>
    </message>
    <message>
        <source>Posture normal: a recap of serials {hours}.</source>
        <translation>Chế độ bình thường: bảng kê số {hours}.</translation>
    </message>
    <message>
        <source>Print a &amp;blank sheet</source>
        <translation>In phiếu t&amp;rắng</translation>
    </message>
    <message>
        <source>Print the worksheet</source>
        <translation>In phiếu tính</translation>
    </message>
    <message>
        <source>Put &amp;right what needs nobody</source>
        <translation>Tự &amp;sửa phần sửa được</translation>
    </message>
    <message>
        <source>Put right without asking: group {groups}</source>
        <translation>Đã tự sửa, không phải hỏi: nhóm {groups}</translation>
    </message>
    <message>
        <source>Read to send</source>
        <translation>Đọc để phát</translation>
    </message>
    <message>
        <source>Reason given</source>
        <translation>Lý do nêu</translation>
    </message>
    <message>
        <source>Receipt said back, two groups of four</source>
        <translation>Báo nhận nghe được, hai nhóm bốn chữ số</translation>
    </message>
    <message>
        <source>Receipt said back, two groups of four:</source>
        <translation>Báo nhận nghe được, hai nhóm bốn chữ số:</translation>
    </message>
    <message>
        <source>Receipt to say back to the sender: {figures}</source>
        <translation>Báo nhận đọc lại cho bên phát: {figures}</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Đã nhận</translation>
    </message>
    <message>
        <source>Receiving and reading go on, nothing is lost. Call headquarters; the handbook says how to go on.</source>
        <translation>Vẫn nhận và đọc được điện, không mất gì. Gọi Bộ; sổ tay chỉ cách làm tiếp.</translation>
    </message>
    <message>
        <source>Repeat group {n}</source>
        <translation>Nhắc lại nhóm {n}</translation>
    </message>
    <message>
        <source>Reported by</source>
        <translation>Nơi báo</translation>
    </message>
    <message>
        <source>Row {n}: every group fits and the parity contradicts; ask for the whole row</source>
        <translation>Dòng {n}: nhóm nào cũng khớp mà nhóm bù không khớp; xin nhắc lại cả dòng</translation>
    </message>
    <message>
        <source>Row {n}: its parity group does not fit; the groups of the row stand by themselves</source>
        <translation>Dòng {n}: nhóm bù không khớp; các nhóm của dòng vẫn dùng được</translation>
    </message>
    <message>
        <source>Second person, who has seen it</source>
        <translation>Người thứ hai, đã chứng kiến</translation>
    </message>
    <message>
        <source>Segments</source>
        <translation>Tách nhóm</translation>
    </message>
    <message>
        <source>Sender</source>
        <translation>Nơi phát</translation>
    </message>
    <message>
        <source>Sending is stopped since {when}.</source>
        <translation>Đã dừng phát từ {when}.</translation>
    </message>
    <message>
        <source>Sending is stopped: see the main window. The draft is kept.</source>
        <translation>Đã dừng phát: xem cửa sổ chính. Bản thảo được giữ.</translation>
    </message>
    <message>
        <source>Serial {serial} · page {page} · {at} · {n} groups</source>
        <translation>số chuỗi {serial} · trang {page} · {at} · {n} nhóm</translation>
    </message>
    <message>
        <source>Sort</source>
        <translation>Loại</translation>
    </message>
    <message>
        <source>Stock</source>
        <translation>Còn lại</translation>
    </message>
    <message>
        <source>Tag group</source>
        <translation>Nhóm xác thực</translation>
    </message>
    <message>
        <source>Tag group: the last running tag and the page's mask, added and reduced.</source>
        <translation>Nhóm xác thực: cộng trị xác thực cuối với mặt nạ của trang rồi rút gọn.</translation>
    </message>
    <message>
        <source>Take a page, encipher and enter</source>
        <translation>Xé trang khóa, mã hóa và vào sổ</translation>
    </message>
    <message>
        <source>The authentication group does not verify, so nothing was opened. Have it read again and repeat the working once. If it still differs, ask for a new message on a new page, and report it.</source>
        <translation>Nhóm xác thực không khớp nên chưa mở gì. Đề nghị đọc lại nhóm đó và tính lại một lần. Nếu vẫn không khớp, yêu cầu điện mới trên trang khóa mới và báo cáo.</translation>
    </message>
    <message>
        <source>The book has no other way here</source>
        <translation>Sổ mã không có cách khác ở chỗ này</translation>
    </message>
    <message>
        <source>The directory says something new about this post. If nobody here asked for it, call headquarters.</source>
        <translation>Danh bạ có điều mới về cơ quan này. Nếu không ai ở đây đề nghị thì gọi Bộ.</translation>
    </message>
    <message>
        <source>The directory shows keys of this post that nobody here asked for.</source>
        <translation>Danh bạ có khóa của cơ quan này mà không ai ở đây đề nghị.</translation>
    </message>
    <message>
        <source>The five figures do not check: read the number of the page on top once more.</source>
        <translation>Năm chữ số không khớp: đọc lại số của trang trên cùng.</translation>
    </message>
    <message>
        <source>The header does not fit: ask for header group {n} again. Nothing was taken.</source>
        <translation>Đầu điện không khớp: xin nhắc lại nhóm đầu điện {n}. Chưa lấy gì vào.</translation>
    </message>
    <message>
        <source>The machine computes</source>
        <translation>Máy tính hộ</translation>
    </message>
    <message>
        <source>The pad pages in hand last less than 30 days. Ask for the next books.</source>
        <translation>Số trang khóa còn lại không đủ dùng 30 ngày. Hãy xin cấp tập tiếp theo.</translation>
    </message>
    <message>
        <source>The paper is &amp;burnt and its ash stirred</source>
        <translation>Giấy đã đốt và tro đã &amp;quấy</translation>
    </message>
    <message>
        <source>The paper is the last word: its top page is read in every run, and after every doubt about the store.</source>
        <translation>Giấy là căn cứ cuối cùng: mỗi lần mở chương trình, và mỗi khi nghi ngờ kho, đều đọc lại trang trên cùng.</translation>
    </message>
    <message>
        <source>The random source of this machine is broken. Nothing was kept of what was drawn. Draw on another machine, and tell the security administrator.</source>
        <translation>Nguồn số ngẫu nhiên của máy này bị hỏng. Không giữ lại gì từ lần rút số này. Hãy rút số trên máy khác và báo quản trị an ninh.</translation>
    </message>
    <message>
        <source>The hand cipher cannot take this. Nothing was opened and nothing was sent.</source>
        <translation>Mã dịch thủ công không xử lý được nội dung này. Chưa mở và chưa phát gì.</translation>
    </message>
    <message>
        <source>The header does not fit together. Nothing was opened. Have its groups read once more.</source>
        <translation>Các nhóm ở đầu điện không khớp nhau. Chưa mở gì. Đề nghị đọc lại các nhóm đầu điện.</translation>
    </message>
    <message>
        <source>The message names another page than the one at hand. Nothing was opened and no page was used. Compare the number in the header with the page.</source>
        <translation>Đầu điện ghi trang khóa khác với trang đang dùng. Chưa mở gì và chưa dùng trang khóa nào. So lại số trang ở đầu điện với trang khóa.</translation>
    </message>
    <message>
        <source>The receipt is not right. Have it said once more; nothing was changed. After five, none is taken.</source>
        <translation>Báo nhận không đúng. Đề nghị đọc lại; chưa thay đổi gì. Sai năm lần thì không nhận nữa.</translation>
    </message>
    <message>
        <source>The receipt is right: who holds the page says that the message has arrived and verified.</source>
        <translation>Báo nhận đúng: người giữ trang khóa nói rằng điện đã đến và xác thực đúng.</translation>
    </message>
    <message>
        <source>The same message was read before; nothing was entered again.</source>
        <translation>Chính điện này đã đọc trước đây; không vào sổ lần nữa.</translation>
    </message>
    <message>
        <source>The second person is another than the officer who has opened the store.</source>
        <translation>Người thứ hai phải khác cán bộ đã mở kho.</translation>
    </message>
    <message>
        <source>The sheet carries the key and the plain figures: it is as secret as the page, and is destroyed with it. Write it to an enciphered stick only; a printer and its queue keep traces.</source>
        <translation>Phiếu mang cả khóa lẫn mã bản rõ: mật như trang khóa và tiêu hủy cùng trang. Chỉ ghi vào USB mã hóa; máy in và hàng đợi in đều để lại dấu vết.</translation>
    </message>
    <message>
        <source>The signed cable is here already and says something else. Both are kept. Ask the sender by voice.</source>
        <translation>Bản ký đã có ở đây và nói khác. Giữ cả hai. Hỏi bên phát bằng lời.</translation>
    </message>
    <message>
        <source>The signed cable is here already and says the same, word for word.</source>
        <translation>Bản ký đã có ở đây và đúng từng chữ.</translation>
    </message>
    <message>
        <source>This store came back from a backup: what was done after it is not here.</source>
        <translation>Kho này được phục hồi từ bản sao lưu: những việc làm sau đó không có ở đây.</translation>
    </message>
    <message>
        <source>The backup is not whole, or was changed. The store is unharmed and nothing was taken from the backup. Make a new backup, or use another one.</source>
        <translation>Bản sao lưu không còn nguyên vẹn hoặc đã bị sửa. Kho không hề hấn gì và không lấy gì từ bản sao lưu này. Hãy tạo bản sao lưu mới hoặc dùng bản khác.</translation>
    </message>
    <message>
        <source>This is the backup of another store. Nothing was changed. Choose the right folder.</source>
        <translation>Đây là bản sao lưu của kho khác. Chưa có gì bị thay đổi. Hãy chọn đúng thư mục.</translation>
    </message>
    <message>
        <source>The backup is newer than this store, or than this computer's clock. Nothing was changed. Check the clock; if it is right, this store was put back: call headquarters before going on.</source>
        <translation>Bản sao lưu mới hơn kho này, hoặc mới hơn đồng hồ máy. Chưa có gì bị thay đổi. Hãy xem lại đồng hồ; nếu đồng hồ đúng thì kho này là bản cũ được đặt lại: gọi Bộ trước khi làm tiếp.</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>Bản sao lưu</translation>
    </message>
    <message>
        <source>&amp;Backups…</source>
        <translation>&amp;Bản sao lưu…</translation>
    </message>
    <message>
        <source>C&amp;ustody</source>
        <translation>Bảo &amp;quản</translation>
    </message>
    <message>
        <source>&amp;Make a backup…</source>
        <translation>&amp;Tạo bản sao lưu…</translation>
    </message>
    <message>
        <source>&amp;Verify…</source>
        <translation>&amp;Kiểm chứng…</translation>
    </message>
    <message>
        <source>&amp;Rehearse the way back…</source>
        <translation>&amp;Diễn tập phục hồi…</translation>
    </message>
    <message>
        <source>Where the backup goes</source>
        <translation>Nơi ghi bản sao lưu</translation>
    </message>
    <message>
        <source>Which folder holds the backup</source>
        <translation>Thư mục nào giữ bản sao lưu</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Tạo lúc</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>Kiểm chứng</translation>
    </message>
    <message>
        <source>Rehearsed</source>
        <translation>Diễn tập</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Nơi để</translation>
    </message>
    <message>
        <source>not finished</source>
        <translation>chưa xong</translation>
    </message>
    <message>
        <source>not whole: {when}</source>
        <translation>hỏng: {when}</translation>
    </message>
    <message>
        <source>replaced by a newer one in {folder}</source>
        <translation>đã có bản mới hơn thay, ở {folder}</translation>
    </message>
    <message>
        <source>A backup is the enciphered store as it is. Only the recovery sheet opens it: keep the stick and the sheet in two places. Each is an item of the ledger.</source>
        <translation>Bản sao lưu là chính kho đã mã hóa, giữ nguyên như thế. Chỉ phiếu khôi phục mở được: để USB và phiếu ở hai nơi. Mỗi bản là một mục trong Sổ khí tài mật mã.</translation>
    </message>
    <message>
        <source>No backup was made here yet.</source>
        <translation>Ở đây chưa tạo bản sao lưu nào.</translation>
    </message>
    <message>
        <source>The last backup is old, or there is none: what is in this store alone would go with its disk. Make one now, to a stick that lies elsewhere.</source>
        <translation>Bản sao lưu gần nhất đã cũ hoặc chưa có: những gì chỉ có trong kho này sẽ mất cùng ổ đĩa. Hãy tạo ngay một bản vào USB để ở nơi khác.</translation>
    </message>
    <message>
        <source>The last backup is old, or there is none.</source>
        <translation>Bản sao lưu gần nhất đã cũ hoặc chưa có.</translation>
    </message>
    <message>
        <source>Writing what has changed. Cables go on meanwhile. Do not pull the medium.</source>
        <translation>Đang ghi những gì đã đổi. Trong lúc đó điện vẫn đi. Đừng rút USB.</translation>
    </message>
    <message>
        <source>Reading every piece and comparing it. Do not pull the medium.</source>
        <translation>Đang đọc và đối chiếu từng mảnh. Đừng rút USB.</translation>
    </message>
    <message>
        <source>Going the way back in a private place. Do not pull the medium.</source>
        <translation>Đang đi hết đường phục hồi ở một nơi riêng. Đừng rút USB.</translation>
    </message>
    <message>
        <source>Stopped. The backup before still restores; the next one goes on from here.</source>
        <translation>Đã dừng. Bản sao lưu trước vẫn phục hồi được; lần tạo sau làm tiếp từ đây.</translation>
    </message>
    <message>
        <source>There is no backup of this store in that folder. Choose the folder or stick that holds it.</source>
        <translation>Trong thư mục đó không có bản sao lưu của kho này. Hãy chọn thư mục hoặc USB đang giữ nó.</translation>
    </message>
    <message>
        <source>The medium has no room. The backup before still restores. Use a larger one.</source>
        <translation>Thẻ nhớ hết chỗ. Bản sao lưu trước vẫn phục hồi được. Hãy dùng USB lớn hơn.</translation>
    </message>
    <message>
        <source>The medium could not be written or read. The store is unharmed and the backup before counts as it was. Plug the medium in again, or use another one.</source>
        <translation>Không ghi hoặc không đọc được USB. Kho không hề hấn gì, bản sao lưu trước vẫn như cũ. Hãy cắm lại hoặc dùng USB khác.</translation>
    </message>
    <message>
        <source>The backup of {when} stands: {cables} cables, {size}; {written} were written now. Only the recovery sheet in force today opens it. Verify it next.</source>
        <translation>Bản sao lưu lúc {when} đã hoàn thành: {cables} điện, {size}; lần này ghi {written}. Chỉ phiếu khôi phục đang có hiệu lực mở được. Việc tiếp theo: kiểm chứng.</translation>
    </message>
    <message>
        <source>Rehearsed: from the backup of {when} a store was opened with {cables} cables, read, and destroyed again.</source>
        <translation>Đã diễn tập: từ bản sao lưu lúc {when} đã mở được một kho có {cables} điện, đọc được, rồi tiêu hủy kho đó.</translation>
    </message>
    <message>
        <source>The backup of {when} is whole: {cables} cables, every piece and every register compared.</source>
        <translation>Bản sao lưu lúc {when} nguyên vẹn: {cables} điện, đã đối chiếu từng mảnh và từng sổ.</translation>
    </message>
    <message>
        <source>It opens by an older recovery sheet only: make a new backup for the sheet of today.</source>
        <translation>Bản này chỉ mở bằng phiếu khôi phục cũ: hãy tạo bản mới cho phiếu hiện nay.</translation>
    </message>
    <message>
        <source>O&amp;pen a new book…</source>
        <translation>Mở sổ &amp;mới…</translation>
    </message>
    <message>
        <source>Open a new book of numbers</source>
        <translation>Mở sổ mới từ số …</translation>
    </message>
    <message>
        <source>&amp;Open the new book</source>
        <translation>&amp;Mở sổ mới</translation>
    </message>
    <message>
        <source>Sending was stopped because numbers and keys might be given twice. Call headquarters and say what happened; ask for the last cable number of this post that arrived there or anywhere. If another copy of this store exists, take that one out of use first.</source>
        <translation>Đã ngừng gửi vì số điện và khóa có thể bị cấp hai lần. Gọi Bộ, nói rõ việc đã xảy ra; hỏi số điện cuối cùng của cơ quan này đã tới Bộ hoặc tới bất cứ nơi nào. Nếu còn một bản khác của kho này thì cho bản đó ngừng sử dụng trước.</translation>
    </message>
    <message>
        <source>&amp;Second person, who answers beside you:</source>
        <translation>&amp;Người thứ hai cùng chịu trách nhiệm:</translation>
    </message>
    <message>
        <source>&amp;Word of headquarters: who, when, by which way:</source>
        <translation>Ý &amp;kiến của Bộ: ai, lúc nào, qua đường nào:</translation>
    </message>
    <message>
        <source>&amp;Last number of this year known there, 0 for none:</source>
        <translation>Số &amp;cuối trong năm mà Bộ biết, 0 nếu không có:</translation>
    </message>
    <message>
        <source>&amp;Headquarters has said that sending goes on from this copy</source>
        <translation>&amp;Bộ đã đồng ý cho gửi tiếp từ bản này</translation>
    </message>
    <message>
        <source>Cable numbers go on above the highest that is known here or there.</source>
        <translation>Số điện sẽ tiếp từ trên số cao nhất mà ở đây hoặc ở Bộ biết.</translation>
    </message>
    <message>
        <source>Cable numbers go on above {n}, and above every one given here.</source>
        <translation>Số điện sẽ tiếp từ trên số {n} và trên mọi số đã cấp ở đây.</translation>
    </message>
    <message>
        <source>Every key agreed with other machines is given up for a new one; what waits in the outbox goes on behind a gap that both ends see. Both names and the word stay on record. It cannot be taken back.</source>
        <translation>Mọi khóa đã thỏa thuận với các máy khác đều bỏ để lập khóa mới; điện đang chờ gửi đi tiếp sau một khoảng trống mà hai đầu đều thấy. Hai tên người và ý kiến của Bộ được ghi lại. Không rút lại được.</translation>
    </message>
    <message>
        <source>Sending goes on. {n} session is begun anew with the next contact. Make a backup now.</source>
        <translation>Đã gửi tiếp được. {n} phiên khóa sẽ lập lại ở lần liên lạc tới. Hãy tạo bản sao lưu ngay.</translation>
    </message>
    <message>
        <source>Sending goes on. {n} sessions are begun anew with the next contact. Make a backup now.</source>
        <translation>Đã gửi tiếp được. {n} phiên khóa sẽ lập lại ở lần liên lạc tới. Hãy tạo bản sao lưu ngay.</translation>
    </message>
    <message>
        <source>Cables in it</source>
        <translation>Số điện</translation>
    </message>
    <message>
        <source>Holds</source>
        <translation>Nội dung</translation>
    </message>
    <message>
        <source>{n} cable, {size}</source>
        <translation>{n} điện, {size}</translation>
    </message>
    <message>
        <source>{n} cables, {size}</source>
        <translation>{n} điện, {size}</translation>
    </message>
    <message>
        <source>The system keyring knows a later state of this store: this is an older copy.</source>
        <translation>Kho khóa của hệ điều hành biết một trạng thái mới hơn của kho này: đây là bản cũ.</translation>
    </message>
    <message>
        <source>The tag verifies: who holds these pages wrote this, word for word.</source>
        <translation>Nhóm xác thực đúng: người giữ trang khóa này đã viết đúng từng chữ.</translation>
    </message>
    <message>
        <source>There is no way back: what was enciphered with it can never be deciphered again.</source>
        <translation>Không có cách lấy lại: những gì đã mã hóa bằng trang này sẽ không bao giờ dịch lại được.</translation>
    </message>
    <message>
        <source>They are kept box by box until their page is destroyed. Enter goes on with one.</source>
        <translation>Phiếu được giữ từng ô cho đến khi trang khóa bị tiêu hủy. Enter để làm tiếp.</translation>
    </message>
    <message>
        <source>This cable came by hand before, with another page.</source>
        <translation>Điện này đã nhận bằng tay trước đây, với trang khóa khác.</translation>
    </message>
    <message>
        <source>This copy was taken out of use; another one goes on.</source>
        <translation>Bản này đã ngừng dùng; một bản khác làm tiếp.</translation>
    </message>
    <message>
        <source>This is a live pad book: no exercise uses its pages.</source>
        <translation>Đây là tập khóa thật, không bài luyện tập nào dùng trang của nó.</translation>
    </message>
    <message>
        <source>This is a training book (HUẤN LUYỆN): it never serves a real cable.</source>
        <translation>Đây là tập khóa HUẤN LUYỆN, không bao giờ dùng cho điện thật.</translation>
    </message>
    <message>
        <source>This line: {state}. {n} of {all} lines read back.</source>
        <translation>Dòng này: {state}. Đã đọc lại {n} trên {all} dòng.</translation>
    </message>
    <message>
        <source>This pad book has no page {page}. Compare the number with the paper.</source>
        <translation>Tập khóa này không có trang {page}. Hãy đối chiếu số với giấy.</translation>
    </message>
    <message>
        <source>This pad book has not enough pages left in a row. Open the reserve book.</source>
        <translation>Tập khóa này không còn đủ trang liền nhau. Hãy mở tập dự phòng.</translation>
    </message>
    <message>
        <source>This pad book is not in use. Two persons open it first.</source>
        <translation>Tập khóa này chưa đưa vào sử dụng. Hai người cùng mở trước đã.</translation>
    </message>
    <message>
        <source>This pad book is stopped: it is compromised or missing. Open the reserve book.</source>
        <translation>Tập khóa này đã dừng dùng vì bị lộ hoặc bị mất. Hãy mở tập dự phòng.</translation>
    </message>
    <message>
        <source>This pad book is superseded. Destroy it and use the one that replaces it.</source>
        <translation>Tập khóa này đã được thay. Hãy tiêu hủy và dùng tập thay nó.</translation>
    </message>
    <message>
        <source>This page of the pad may not be used. Nothing was enciphered with it.</source>
        <translation>Trang khóa này không được dùng. Chưa mã gì bằng trang này.</translation>
    </message>
    <message>
        <source>This page or book is of the other direction. Take the book of the right direction.</source>
        <translation>Trang hoặc tập khóa này thuộc chiều kia. Hãy lấy tập khóa đúng chiều.</translation>
    </message>
    <message>
        <source>To destroy</source>
        <translation>Chờ tiêu hủy</translation>
    </message>
    <message>
        <source>Top page</source>
        <translation>Trang trên cùng</translation>
    </message>
    <message>
        <source>Verify the tag and open</source>
        <translation>Kiểm nhóm xác thực và mở</translation>
    </message>
    <message>
        <source>Walk through the boxes</source>
        <translation>Đi qua các ô</translation>
    </message>
    <message>
        <source>Way</source>
        <translation>Cách làm</translation>
    </message>
    <message>
        <source>What came first by hand says something else. Ask the sender by voice before acting on either text.</source>
        <translation>Bản đến trước bằng tay nói khác. Hỏi nơi gửi bằng lời trước khi làm theo bản nào.</translation>
    </message>
    <message>
        <source>What came by thin packets:</source>
        <translation>Bản đến qua gói mỏng:</translation>
    </message>
    <message>
        <source>What came first by thin packets says something else. Ask the sender by voice before acting on either text.</source>
        <translation>Bản đến trước qua gói mỏng nói khác. Hỏi nơi gửi bằng lời trước khi làm theo bản nào.</translation>
    </message>
    <message>
        <source>What this machine holds of the page and of its worksheet is erased, and the ledger of key material takes a line with both names. The paper is burnt by hand: the strips that were used, and every working paper.</source>
        <translation>Những gì máy này giữ của trang khóa và phiếu tính bị xóa; sổ khí tài mật mã ghi một dòng với tên hai người. Giấy thì đốt tay: các dải đã dùng và mọi giấy nháp.</translation>
    </message>
    <message>
        <source>Where to write the PDF</source>
        <translation>Ghi tệp PDF vào đâu</translation>
    </message>
    <message>
        <source>Who drafted and released it stands in the signed cable.</source>
        <translation>Người soạn và người ký có trong bản ký.</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Đã phát</translation>
    </message>
    <message>
        <source>Serials of each station</source>
        <translation>Số chuỗi của từng cơ quan</translation>
    </message>
    <message>
        <source>Their last recap</source>
        <translation>Bảng kê số gần nhất</translation>
    </message>
    <message>
        <source>They hold</source>
        <translation>Bên đó giữ</translation>
    </message>
    <message>
        <source>Unusual silence: last heard {time}</source>
        <translation>Im lặng bất thường: nghe lần cuối {time}</translation>
    </message>
    <message>
        <source>Unusual silence: never heard</source>
        <translation>Im lặng bất thường: chưa nghe lần nào</translation>
    </message>
    <message>
        <source>Will be sent as: {changes}</source>
        <translation>Sẽ phát thành: {changes}</translation>
    </message>
    <message>
        <source>With received groups</source>
        <translation>Khi nhập nhóm nhận được</translation>
    </message>
    <message>
        <source>Worksheet</source>
        <translation>Phiếu tính</translation>
    </message>
    <message>
        <source>Worksheets under way</source>
        <translation>Phiếu tính đang làm</translation>
    </message>
    <message>
        <source>Written to {file}.</source>
        <translation>Đã ghi vào {file}.</translation>
    </message>
    <message>
        <source>add figure by figure without carry</source>
        <translation>cộng từng chữ số không nhớ</translation>
    </message>
    <message>
        <source>add the columns of the row without carry</source>
        <translation>cộng các cột của dòng không nhớ</translation>
    </message>
    <message>
        <source>add the mask and reduce</source>
        <translation>cộng mặt nạ rồi rút gọn</translation>
    </message>
    <message>
        <source>and {n} more change</source>
        <translation>và {n} chỗ đổi nữa</translation>
    </message>
    <message>
        <source>and {n} more changes</source>
        <translation>và {n} chỗ đổi nữa</translation>
    </message>
    <message>
        <source>and {n} more, outlined in the grid</source>
        <translation>và {n} chỗ nữa, có khung đỏ trên lưới</translation>
    </message>
    <message>
        <source>as if 3k was not subtracted</source>
        <translation>như là chưa trừ 3k</translation>
    </message>
    <message>
        <source>as if a carry was left out: the tag column carries</source>
        <translation>như là cộng không nhớ: cột xác thực phải cộng có nhớ</translation>
    </message>
    <message>
        <source>as if a group was left out</source>
        <translation>như là bỏ sót một nhóm</translation>
    </message>
    <message>
        <source>as if another code was read</source>
        <translation>như là tra nhầm mã khác</translation>
    </message>
    <message>
        <source>as if another key group was taken</source>
        <translation>như là lấy nhầm nhóm khóa khác</translation>
    </message>
    <message>
        <source>as if it belonged to another place</source>
        <translation>như là của chỗ khác</translation>
    </message>
    <message>
        <source>as if it was added with a carry</source>
        <translation>như là cộng có nhớ</translation>
    </message>
    <message>
        <source>as if it was copied and not worked</source>
        <translation>như là chép lại mà chưa tính</translation>
    </message>
    <message>
        <source>as if it was not reduced</source>
        <translation>như là chưa rút gọn</translation>
    </message>
    <message>
        <source>as if it was subtracted the other way round</source>
        <translation>như là trừ ngược</translation>
    </message>
    <message>
        <source>as if one table was left out</source>
        <translation>như là bỏ sót một bảng</translation>
    </message>
    <message>
        <source>as if the key was subtracted instead of added, or added instead of subtracted</source>
        <translation>như là trừ khóa thay vì cộng, hoặc cộng thay vì trừ</translation>
    </message>
    <message>
        <source>as if the mask was left out</source>
        <translation>như là quên mặt nạ</translation>
    </message>
    <message>
        <source>as if the other mask was taken</source>
        <translation>như là lấy nhầm mặt nạ kia</translation>
    </message>
    <message>
        <source>as if the walk began at another seed</source>
        <translation>như là đi từ số mồi khác</translation>
    </message>
    <message>
        <source>as if the walk went backwards</source>
        <translation>như là đi ngược</translation>
    </message>
    <message>
        <source>as if the walk went over the code and not over the cipher</source>
        <translation>như là đi qua mã bản rõ thay vì bản mã</translation>
    </message>
    <message>
        <source>as the page tells</source>
        <translation>theo số trang</translation>
    </message>
    <message>
        <source>as the sender takes them</source>
        <translation>theo bên phát</translation>
    </message>
    <message>
        <source>ask for groups again</source>
        <translation>xin nhắc lại nhóm</translation>
    </message>
    <message>
        <source>&amp;Inspection and handover…</source>
        <translation>K&amp;iểm tra và bàn giao…</translation>
    </message>
    <message>
        <source>Inspection and handover</source>
        <translation>Kiểm tra và bàn giao</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>không có gì</translation>
    </message>
    <message>
        <source>count the pages</source>
        <translation>đếm số trang</translation>
    </message>
    <message>
        <source>lies here</source>
        <translation>có ở đây</translation>
    </message>
    <message>
        <source>{n} check has no answer yet.</source>
        <translation>{n} mục chưa có trả lời.</translation>
    </message>
    <message>
        <source>{n} checks have no answer yet.</source>
        <translation>{n} mục chưa có trả lời.</translation>
    </message>
    <message>
        <source>{n} does not agree.</source>
        <translation>{n} mục không khớp.</translation>
    </message>
    <message>
        <source>{n} do not agree.</source>
        <translation>{n} mục không khớp.</translation>
    </message>
    <message>
        <source>Two persons look at each thing at its place. The counts that must be there are not shown: count, and the program compares.</source>
        <translation>Hai người xem từng vật tại nơi giữ. Số phải có không hiện ra: đếm rồi nhập, chương trình so.</translation>
    </message>
    <message>
        <source>For the head of mission: begin, print the pack, go through it on paper in 20 minutes, then enter here what was ticked.</source>
        <translation>Dành cho Trưởng cơ quan đại diện: bắt đầu, in phiếu kiểm tra, làm theo phiếu trong 20 phút, rồi nhập vào đây những gì đã đánh dấu.</translation>
    </message>
    <message>
        <source>The officer who hands over and the one who takes over confirm each count, then both sign.</source>
        <translation>Người giao và người nhận xác nhận từng số lượng, rồi cả hai ký.</translation>
    </message>
    <message>
        <source>Record {line} is entered, code {code}. {wrong} Print it, and both sign the paper.</source>
        <translation>Đã vào sổ biên bản {line}, mã {code}. {wrong} In ra, hai người cùng ký vào bản giấy.</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Mã</translation>
    </message>
    <message>
        <source>Must be</source>
        <translation>Phải là</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>Đã thấy</translation>
    </message>
    <message>
        <source>Does not agree</source>
        <translation>Không khớp</translation>
    </message>
    <message>
        <source>&amp;Work:</source>
        <translation>&amp;Việc:</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>Việc</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>Các mục kiểm</translation>
    </message>
    <message>
        <source>No such work is under way.</source>
        <translation>Việc này chưa bắt đầu.</translation>
    </message>
    <message>
        <source>What was answered is forgotten, and nothing is entered. Nothing else changes.</source>
        <translation>Những gì đã trả lời sẽ mất, không có gì vào sổ. Mọi thứ khác giữ nguyên.</translation>
    </message>
    <message>
        <source>A count is figures alone.</source>
        <translation>Số đếm chỉ gồm chữ số.</translation>
    </message>
    <message>
        <source>The store has changed since: look at {codes} again, and print a new pack.</source>
        <translation>Kho đã thay đổi: xem lại {codes}, và in phiếu mới.</translation>
    </message>
    <message>
        <source>&amp;Print the record…</source>
        <translation>&amp;In biên bản…</translation>
    </message>
    <message>
        <source>Pages left:</source>
        <translation>Trang còn lại:</translation>
    </message>
    <message>
        <source>Counted:</source>
        <translation>Đếm được:</translation>
    </message>
    <message>
        <source>Pages to destroy:</source>
        <translation>Chờ tiêu hủy:</translation>
    </message>
    <message>
        <source>Number of the seal:</source>
        <translation>Số niêm phong:</translation>
    </message>
    <message>
        <source>What was seen:</source>
        <translation>Đã thấy gì:</translation>
    </message>
    <message>
        <source>A thing without a number lies at:</source>
        <translation>Vật không có số sổ nằm ở:</translation>
    </message>
    <message>
        <source>What it is:</source>
        <translation>Là vật gì:</translation>
    </message>
    <message>
        <source>&amp;Print the pack…</source>
        <translation>&amp;In phiếu kiểm tra…</translation>
    </message>
    <message>
        <source>&amp;Give up…</source>
        <translation>B&amp;ỏ…</translation>
    </message>
    <message>
        <source>&amp;As it should be</source>
        <translation>Đú&amp;ng</translation>
    </message>
    <message>
        <source>&amp;Differs</source>
        <translation>&amp;Sai lệch</translation>
    </message>
    <message>
        <source>&amp;Not there</source>
        <translation>&amp;Không thấy</translation>
    </message>
    <message>
        <source>Add i&amp;t</source>
        <translation>&amp;Thêm vật lạ</translation>
    </message>
    <message>
        <source>&amp;Sign and enter</source>
        <translation>K&amp;ý và vào sổ</translation>
    </message>
    <message>
        <source>Office:</source>
        <translation>Chức vụ:</translation>
    </message>
    <message>
        <source>Office of the second person</source>
        <translation>Chức vụ của người thứ hai</translation>
    </message>
    <message>
        <source>Give &amp;this up</source>
        <translation>&amp;Bỏ việc này</translation>
    </message>
    <message>
        <source>Own passphrase, if any here:</source>
        <translation>Mật khẩu riêng, nếu có ở đây:</translation>
    </message>
    <message>
        <source>Own passphrase of the second person</source>
        <translation>Mật khẩu riêng của người thứ hai</translation>
    </message>
    <message>
        <source>delegation kit</source>
        <translation>bộ điện cơ động</translation>
    </message>
    <message>
        <source>backup</source>
        <translation>bản sao lưu</translation>
    </message>
    <message>
        <source>recovery sheet</source>
        <translation>phiếu khôi phục</translation>
    </message>
    <message>
        <source>challenge list</source>
        <translation>phiếu hỏi–đáp</translation>
    </message>
    <message>
        <source>choose</source>
        <translation>chọn</translation>
    </message>
    <message>
        <source>codebook</source>
        <translation>sổ mã</translation>
    </message>
    <message>
        <source>compromised, stopped</source>
        <translation>lộ, đã dừng</translation>
    </message>
    <message>
        <source>copy the key from the page</source>
        <translation>chép khóa từ trang</translation>
    </message>
    <message>
        <source>destroy a whole book</source>
        <translation>tiêu hủy cả tập</translation>
    </message>
    <message>
        <source>destroy the page</source>
        <translation>tiêu hủy trang khóa</translation>
    </message>
    <message>
        <source>destroyed</source>
        <translation>đã tiêu hủy</translation>
    </message>
    <message>
        <source>destroyed and reported</source>
        <translation>đã tiêu hủy và báo cáo</translation>
    </message>
    <message>
        <source>draw a new book</source>
        <translation>sinh tập mới</translation>
    </message>
    <message>
        <source>drawn</source>
        <translation>đã sinh</translation>
    </message>
    <message>
        <source>every hour</source>
        <translation>mỗi giờ</translation>
    </message>
    <message>
        <source>every {n} hours</source>
        <translation>mỗi {n} giờ</translation>
    </message>
    <message>
        <source>figures that sound alike</source>
        <translation>chữ số nghe na ná nhau</translation>
    </message>
    <message>
        <source>go on</source>
        <translation>làm tiếp</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>đang dùng</translation>
    </message>
    <message>
        <source>issued</source>
        <translation>đã cấp phát</translation>
    </message>
    <message>
        <source>look the code up</source>
        <translation>tra mã</translation>
    </message>
    <message>
        <source>machine</source>
        <translation>máy</translation>
    </message>
    <message>
        <source>missing, stopped</source>
        <translation>mất, đã dừng</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>chưa rõ</translation>
    </message>
    <message>
        <source>not read back yet</source>
        <translation>chưa đọc lại</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>chưa</translation>
    </message>
    <message>
        <source>open a reserve book</source>
        <translation>mở tập dự phòng</translation>
    </message>
    <message>
        <source>ours to {sent}, theirs to {received}</source>
        <translation>bên ta đến {sent}, bên kia đến {received}</translation>
    </message>
    <message>
        <source>New keys</source>
        <translation>Khóa mới</translation>
    </message>
    <message>
        <source>do not follow those in use here</source>
        <translation>không nối tiếp khóa đang dùng ở đây</translation>
    </message>
    <message>
        <source>High degrees</source>
        <translation>Điện độ mật cao</translation>
    </message>
    <message>
        <source>pad book IN</source>
        <translation>tập khóa ĐẾN</translation>
    </message>
    <message>
        <source>pad book OUT</source>
        <translation>tập khóa ĐI</translation>
    </message>
    <message>
        <source>parity</source>
        <translation>bù</translation>
    </message>
    <message>
        <source>printed</source>
        <translation>đã in</translation>
    </message>
    <message>
        <source>read back and right</source>
        <translation>đã đọc lại, đúng</translation>
    </message>
    <message>
        <source>read it from the paper</source>
        <translation>đọc trên giấy</translation>
    </message>
    <message>
        <source>read it to send, then say so</source>
        <translation>đọc để phát, rồi ghi đã phát</translation>
    </message>
    <message>
        <source>read the ledger</source>
        <translation>đọc sổ khí tài</translation>
    </message>
    <message>
        <source>rebuilt from parity</source>
        <translation>dựng lại từ nhóm bù</translation>
    </message>
    <message>
        <source>received, reserve</source>
        <translation>đã nhận, dự phòng</translation>
    </message>
    <message>
        <source>report a book as compromised or missing</source>
        <translation>báo tập bị lộ hoặc mất</translation>
    </message>
    <message>
        <source>running tag</source>
        <translation>trị xác thực</translation>
    </message>
    <message>
        <source>say the receipt</source>
        <translation>đọc báo nhận</translation>
    </message>
    <message>
        <source>sealed, reserve</source>
        <translation>niêm phong, dự phòng</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>số mồi</translation>
    </message>
    <message>
        <source>something else than figures</source>
        <translation>không phải chữ số</translation>
    </message>
    <message>
        <source>stick</source>
        <translation>USB</translation>
    </message>
    <message>
        <source>subtract figure by figure without borrowing</source>
        <translation>trừ từng chữ số không mượn</translation>
    </message>
    <message>
        <source>superseded, to be destroyed</source>
        <translation>hết hiệu lực, chờ tiêu hủy</translation>
    </message>
    <message>
        <source>take a page and encipher</source>
        <translation>xé trang khóa và mã hóa</translation>
    </message>
    <message>
        <source>take in a book that has come</source>
        <translation>nhận tập vừa đến</translation>
    </message>
    <message>
        <source>the next line of the tag column</source>
        <translation>dòng kế của cột xác thực</translation>
    </message>
    <message>
        <source>the text takes {n} groups for 100 words</source>
        <translation>bản rõ tốn {n} nhóm cho 100 tiếng</translation>
    </message>
    <message>
        <source>to be filled</source>
        <translation>còn phải điền</translation>
    </message>
    <message>
        <source>token</source>
        <translation>thẻ khóa</translation>
    </message>
    <message>
        <source>too few figures</source>
        <translation>thiếu chữ số</translation>
    </message>
    <message>
        <source>too many figures</source>
        <translation>thừa chữ số</translation>
    </message>
    <message>
        <source>two neighbours have changed places</source>
        <translation>hai chữ số kề nhau đổi chỗ</translation>
    </message>
    <message>
        <source>type the groups</source>
        <translation>gõ các nhóm</translation>
    </message>
    <message>
        <source>type the header</source>
        <translation>gõ đầu điện</translation>
    </message>
    <message>
        <source>used up, to be destroyed</source>
        <translation>dùng hết, chờ tiêu hủy</translation>
    </message>
    <message>
        <source>uses {strips}, {pages}</source>
        <translation>dùng {strips}, {pages}</translation>
    </message>
    <message>
        <source>verify the tag and open</source>
        <translation>kiểm nhóm xác thực và mở</translation>
    </message>
    <message>
        <source>void, to be destroyed</source>
        <translation>bỏ, chờ tiêu hủy</translation>
    </message>
    <message>
        <source>wait for headquarters' acknowledgement</source>
        <translation>chờ Bộ ký nhận</translation>
    </message>
    <message>
        <source>Ask there, then run</source>
        <translation>Hỏi bên kia, rồi chạy</translation>
    </message>
    <message>
        <source>none</source>
        <translation>không</translation>
    </message>
    <message>
        <source>keys lost</source>
        <translation>mất khóa</translation>
    </message>
    <message>
        <source>store put back to an older state</source>
        <translation>kho được đưa về trạng thái cũ</translation>
    </message>
    <message>
        <source>keys damaged</source>
        <translation>khóa hỏng</translation>
    </message>
    <message>
        <source>renewal</source>
        <translation>thay mới</translation>
    </message>
    <message>
        <source>keys may be known to others</source>
        <translation>khóa có thể đã lộ</translation>
    </message>
    <message>
        <source>Serials</source>
        <translation>Số chuỗi</translation>
    </message>
    <message>
        <source>machine {n} began anew</source>
        <translation>máy số {n} lập khóa mới</translation>
    </message>
    <message>
        <source>this machine began anew by itself</source>
        <translation>máy này tự lập khóa mới</translation>
    </message>
    <message>
        <source>begun anew by an officer here</source>
        <translation>cán bộ ở đây cho lập khóa mới</translation>
    </message>
    <message>
        <source>An addressee's store was put back to an older state. Ask there whether that was expected.</source>
        <translation>Kho của một nơi nhận đã bị đưa về trạng thái cũ. Hỏi nơi đó xem có đúng là đã định làm như vậy không.</translation>
    </message>
    <message>
        <source>An enclosure does not match its signed hash and was not opened.</source>
        <translation>Một tệp kèm không khớp mã băm đã ký và không được mở.</translation>
    </message>
    <message>
        <source>An enclosure is larger than 2 GB.</source>
        <translation>Một tệp kèm lớn hơn 2 GB.</translation>
    </message>
    <message>
        <source>An officer of {to} acknowledged it at {time}.</source>
        <translation>Cán bộ của {to} đã ký nhận lúc {time}.</translation>
    </message>
    <message>
        <source>An officer there has closed a gap: these serials of ours were not seen.</source>
        <translation>Cán bộ nơi nhận đã đóng chỗ trống: chưa ai ở đó thấy các số này của ta.</translation>
    </message>
    <message>
        <source>An older directory was offered and refused.</source>
        <translation>Có danh bạ cũ hơn được đưa đến; đã từ chối.</translation>
    </message>
    <message>
        <source>A new directory edition needs a key of headquarters that is not here yet. What is here stays readable. If it does not come with the next contact, ask headquarters for it by pouch.</source>
        <translation>Một ấn bản danh bạ mới cần một khóa của Bộ chưa có ở đây. Những gì có ở đây vẫn đọc được. Nếu lần liên lạc sau khóa vẫn chưa tới, đề nghị Bộ gửi qua túi.</translation>
    </message>
    <message>
        <source>Another cable came under the id of one that is here. It was set aside.</source>
        <translation>Một điện khác mang cùng mã định danh với điện đã có. Đã để riêng.</translation>
    </message>
    <message>
        <source>Another window of the program has this profile open. Close it, then open the store here.</source>
        <translation>Một cửa sổ khác của chương trình đang mở hồ sơ này. Đóng cửa sổ đó rồi mở kho ở đây.</translation>
    </message>
    <message>
        <source>Any classification</source>
        <translation>Mọi độ mật</translation>
    </message>
    <message>
        <source>Any time</source>
        <translation>Mọi lúc</translation>
    </message>
    <message>
        <source>Arrived</source>
        <translation>Đã đến</translation>
    </message>
    <message>
        <source>As the link put it</source>
        <translation>Nguyên văn của kênh</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Theo hệ thống</translation>
    </message>
    <message>
        <source>At most three distribution captions, each once.</source>
        <translation>Nhiều nhất ba phạm vi phổ biến, mỗi phạm vi một lần.</translation>
    </message>
    <message>
        <source>At {station} for {persons}</source>
        <translation>Tại {station}, đích danh: {persons}</translation>
    </message>
    <message>
        <source>At {station} only for {persons}</source>
        <translation>Tại {station}: chỉ {persons} được mở</translation>
    </message>
    <message>
        <source>Attach files</source>
        <translation>Đính kèm tệp</translation>
    </message>
    <message>
        <source>Bac&amp;k</source>
        <translation>&amp;Quay lại</translation>
    </message>
    <message>
        <source>Basis</source>
        <translation>Căn cứ</translation>
    </message>
    <message>
        <source>Basis of classification</source>
        <translation>Căn cứ xác định độ mật</translation>
    </message>
    <message>
        <source>Basis: {basis}</source>
        <translation>Căn cứ: {basis}</translation>
    </message>
    <message>
        <source>Before sending</source>
        <translation>Trước khi gửi</translation>
    </message>
    <message>
        <source>Being checked for metadata…</source>
        <translation>Đang kiểm siêu dữ liệu…</translation>
    </message>
    <message>
        <source>By hand, serial {n}, entered {time}</source>
        <translation>Bằng tay, số chuỗi {n}, vào sổ {time}</translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation>Lấy lại</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>Đích danh</translation>
    </message>
    <message>
        <source>By pouch, read {time}</source>
        <translation>Theo túi thư ngoại giao, đọc lúc {time}</translation>
    </message>
    <message>
        <source>By {relay}, {time}</source>
        <translation>Nhận qua {relay}, {time}</translation>
    </message>
    <message>
        <source>CHOOSE A CLASSIFICATION</source>
        <translation>CHỌN ĐỘ MẬT</translation>
    </message>
    <message>
        <source>Cable</source>
        <translation>Điện mật</translation>
    </message>
    <message>
        <source>Cable being written — {post}</source>
        <translation>Soạn điện — {post}</translation>
    </message>
    <message>
        <source>Cable {n} ({mrn}) is signed, entered in the register and in the outbox.</source>
        <translation>Điện {n} ({mrn}) đã ký, đã vào sổ và nằm trong hộp chờ gửi.</translation>
    </message>
    <message>
        <source>Cable {n} acknowledged. The receipt leaves by itself.</source>
        <translation>Đã ký nhận điện {n}. Báo nhận sẽ tự gửi đi.</translation>
    </message>
    <message>
        <source>Cable {n} to {to}: {state}</source>
        <translation>Điện {n} gửi {to}: {state}</translation>
    </message>
    <message>
        <source>Cables</source>
        <translation>Danh sách điện</translation>
    </message>
    <message>
        <source>Cables in it: {cables}; service messages: {services}; sealed files: {files}. They go on waiting for the receipt, and still go by the relay when there is contact.</source>
        <translation>Trong túi: {cables} điện, {services} điện dịch vụ, {files} tệp mã. Các điện này vẫn chờ báo nhận và vẫn đi qua máy trung chuyển khi có liên lạc.</translation>
    </message>
    <message>
        <source>Cancels {mrn}</source>
        <translation>Hủy điện {mrn}</translation>
    </message>
    <message>
        <source>Caps Lock is on</source>
        <translation>Caps Lock đang bật</translation>
    </message>
    <message>
        <source>Caps Lock off</source>
        <translation>Caps Lock tắt</translation>
    </message>
    <message>
        <source>Carried by hand: an officer writes a pouch.</source>
        <translation>Do người mang: cán bộ ghi túi.</translation>
    </message>
    <message>
        <source>Cha&amp;nnel</source>
        <translation>Kên&amp;h</translation>
    </message>
    <message>
        <source>Chain from</source>
        <translation>Chuỗi từ</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>Kênh</translation>
    </message>
    <message>
        <source>Choose a folder outside the store</source>
        <translation>Chọn thư mục bên ngoài kho</translation>
    </message>
    <message>
        <source>Cipher cables</source>
        <translation>Điện mật</translation>
    </message>
    <message>
        <source>Cipher staff only</source>
        <translation>Nội bộ cơ yếu</translation>
    </message>
    <message>
        <source>Classification</source>
        <translation>Độ mật</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Xóa ô tìm</translation>
    </message>
    <message>
        <source>Close and keep the draft</source>
        <translation>Đóng và giữ bản thảo</translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation>Đóng thông báo</translation>
    </message>
    <message>
        <source>Closest first</source>
        <translation>Sát nhất trước</translation>
    </message>
    <message>
        <source>Co&amp;pying permitted</source>
        <translation>Được sao, &amp;chụp</translation>
    </message>
    <message>
        <source>Confidential</source>
        <translation>Mật</translation>
    </message>
    <message>
        <source>Contact broke before the relay's answer was here.</source>
        <translation>Mất liên lạc trước khi máy trung chuyển kịp trả lời.</translation>
    </message>
    <message>
        <source>Contact is cut at this machine.</source>
        <translation>Liên lạc đã ngắt tại máy này.</translation>
    </message>
    <message>
        <source>Contact is cut at this machine. Cables received can be read; new ones wait in the outbox.</source>
        <translation>Đã ngắt liên lạc ở máy này. Điện đã nhận vẫn đọc được; điện soạn sẽ nằm trong hộp chờ.</translation>
    </message>
    <message>
        <source>Copies</source>
        <translation>Số bản</translation>
    </message>
    <message>
        <source>Copies: {n}, copying permitted</source>
        <translation>Số bản: {n}, được sao, chụp</translation>
    </message>
    <message>
        <source>Copies: {n}, no copying</source>
        <translation>Số bản: {n}, không được sao, chụp</translation>
    </message>
    <message>
        <source>Copy &amp;all as text</source>
        <translation>Chép &amp;tất cả thành văn bản</translation>
    </message>
    <message>
        <source>Copy: sent from machine {n} of this station</source>
        <translation>Bản sao: đã gửi từ máy {n} của cơ quan này</translation>
    </message>
    <message>
        <source>Correction of {mrn}</source>
        <translation>Đính chính điện {mrn}</translation>
    </message>
    <message>
        <source>Cut &amp;contact</source>
        <translation>&amp;Ngắt liên lạc</translation>
    </message>
    <message>
        <source>Da&amp;rk colours</source>
        <translation>&amp;Màu tối</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Tối</translation>
    </message>
    <message>
        <source>Deciphered</source>
        <translation>Đã dịch</translation>
    </message>
    <message>
        <source>Deliveries waiting for it</source>
        <translation>Số điện chờ qua kênh này</translation>
    </message>
    <message>
        <source>Dense rows</source>
        <translation>Hàng dày</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Chi tiết</translation>
    </message>
    <message>
        <source>Digitally signed: taking metadata out would break the signature, so it is sent as it is.</source>
        <translation>Có chữ ký số: bỏ siêu dữ liệu sẽ làm hỏng chữ ký, nên gửi nguyên tệp.</translation>
    </message>
    <message>
        <source>Directory</source>
        <translation>Danh bạ</translation>
    </message>
    <message>
        <source>Discard draft</source>
        <translation>Bỏ bản thảo</translation>
    </message>
    <message>
        <source>Distribution</source>
        <translation>Phạm vi</translation>
    </message>
    <message>
        <source>Distribution caption</source>
        <translation>Phạm vi phổ biến</translation>
    </message>
    <message>
        <source>Distribution: {captions}</source>
        <translation>Phạm vi phổ biến: {captions}</translation>
    </message>
    <message>
        <source>Draft, kept {time}</source>
        <translation>Bản thảo, tự lưu {time}</translation>
    </message>
    <message>
        <source>Draft, not kept yet</source>
        <translation>Bản thảo, chưa lưu</translation>
    </message>
    <message>
        <source>Drafted by {name}</source>
        <translation>Người soạn thảo: {name}</translation>
    </message>
    <message>
        <source>Drafter</source>
        <translation>Người soạn</translation>
    </message>
    <message>
        <source>Drafter's name</source>
        <translation>Họ tên người soạn thảo</translation>
    </message>
    <message>
        <source>Drafter's title</source>
        <translation>Chức danh người soạn thảo</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>Bản thảo</translation>
    </message>
    <message>
        <source>E&amp;xport the text…</source>
        <translation>&amp;Xuất nội dung…</translation>
    </message>
    <message>
        <source>Each choice holds at once and is kept in the encrypted store. Locking by itself cannot be switched off.</source>
        <translation>Mỗi lựa chọn có hiệu lực ngay và được giữ trong kho mã hóa. Không tắt được việc tự khóa.</translation>
    </message>
    <message>
        <source>Edition {n} of the directory is in force now.</source>
        <translation>Ấn bản danh bạ {n} đã có hiệu lực.</translation>
    </message>
    <message>
        <source>Enclosure</source>
        <translation>Tệp kèm</translation>
    </message>
    <message>
        <source>Enclosures</source>
        <translation>Tệp kèm</translation>
    </message>
    <message>
        <source>Envelopes for other machines, passed over: {n}.</source>
        <translation>Phong bì của máy khác, để nguyên: {n}.</translation>
    </message>
    <message>
        <source>Envelopes taken: {n}.</source>
        <translation>Phong bì đã nhận: {n}.</translation>
    </message>
    <message>
        <source>Envelopes that no key here opens: {n}. They are kept apart and tried again when keys or a newer directory come.</source>
        <translation>Phong bì chưa khóa nào ở đây mở được: {n}. Đã để riêng, sẽ thử lại khi có khóa hoặc ấn bản danh bạ mới hơn.</translation>
    </message>
    <message>
        <source>Envelopes that were here already: {n}.</source>
        <translation>Phong bì đã có từ trước: {n}.</translation>
    </message>
    <message>
        <source>Every incoming cable has been read.</source>
        <translation>Mọi điện đến đều đã đọc.</translation>
    </message>
    <message>
        <source>Everything in this pouch was received before. Nothing was done twice.</source>
        <translation>Mọi thứ trong túi này đã nhận từ trước. Không có gì làm lại hai lần.</translation>
    </message>
    <message>
        <source>Evidence of each channel</source>
        <translation>Tình hình trên từng kênh</translation>
    </message>
    <message>
        <source>Exercise cable</source>
        <translation>Điện luyện tập</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Hết hiệu lực</translation>
    </message>
    <message>
        <source>Export {name}</source>
        <translation>Xuất {name}</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Xuất…</translation>
    </message>
    <message>
        <source>Fe&amp;wer fields</source>
        <translation>Ẩn bớt &amp;mục</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Tệp</translation>
    </message>
    <message>
        <source>Files paused {n} %</source>
        <translation>Tạm dừng tệp {n} %</translation>
    </message>
    <message>
        <source>Find a word</source>
        <translation>Tìm một từ</translation>
    </message>
    <message>
        <source>First of its chain</source>
        <translation>Số đầu của chuỗi</translation>
    </message>
    <message>
        <source>Flash</source>
        <translation>Hỏa tốc</translation>
    </message>
    <message>
        <source>Flash needs a reason of at least 10 characters.</source>
        <translation>Hỏa tốc cần lý do, ít nhất 10 ký tự.</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Thư mục</translation>
    </message>
    <message>
        <source>For Secret and Top Secret the drafter must not be the releasing officer.</source>
        <translation>Với điện Tối mật và Tuyệt mật, người soạn không được là người duyệt, ký phát hành.</translation>
    </message>
    <message>
        <source>For action</source>
        <translation>Để xử lý</translation>
    </message>
    <message>
        <source>For information</source>
        <translation>Để biết</translation>
    </message>
    <message>
        <source>For information to</source>
        <translation>Nơi nhận để biết</translation>
    </message>
    <message>
        <source>For information: {names}</source>
        <translation>Để biết: {names}</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Nơi gửi</translation>
    </message>
    <message>
        <source>From {time}, if no receipt is here by then.</source>
        <translation>Từ {time}, nếu đến lúc đó chưa có báo nhận.</translation>
    </message>
    <message>
        <source>From {time}, unless another has taken it by then.</source>
        <translation>Từ {time}, nếu đến lúc đó kênh khác chưa nhận.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Tiếp tục</translation>
    </message>
    <message>
        <source>Go on with the fi&amp;les</source>
        <translation>Gửi tiếp tệ&amp;p</translation>
    </message>
    <message>
        <source>Go on with {name}</source>
        <translation>Tiếp tục {name}</translation>
    </message>
    <message>
        <source>Go on writing</source>
        <translation>Viết tiếp</translation>
    </message>
    <message>
        <source>Group {n} is not right. Compare it with the sheet.</source>
        <translation>Nhóm {n} không đúng. So lại với phiếu.</translation>
    </message>
    <message>
        <source>Groups of the recovery sheet</source>
        <translation>Các nhóm số trên phiếu khôi phục</translation>
    </message>
    <message>
        <source>Handed over</source>
        <translation>Đã chuyển</translation>
    </message>
    <message>
        <source>Hanoi</source>
        <translation>Hà Nội</translation>
    </message>
    <message>
        <source>Headquarters speaks of a lost machine. Nothing is sent there until an edition decides.</source>
        <translation>Bộ báo về một máy bị mất. Không gửi gì tới máy đó cho đến khi ấn bản danh bạ quyết định.</translation>
    </message>
    <message>
        <source>Headquarters has set how often recaps of serials go.</source>
        <translation>Bộ đã định nhịp gửi bảng kê số.</translation>
    </message>
    <message>
        <source>Held by the relay</source>
        <translation>Máy trung chuyển đã giữ</translation>
    </message>
    <message>
        <source>Immediate</source>
        <translation>Thượng khẩn</translation>
    </message>
    <message>
        <source>Immediate and a&amp;bove</source>
        <translation>Thượng khẩn trở &amp;lên</translation>
    </message>
    <message>
        <source>In lists</source>
        <translation>Trong danh sách</translation>
    </message>
    <message>
        <source>In order: after serial {n}</source>
        <translation>Đúng thứ tự: sau số chuỗi {n}</translation>
    </message>
    <message>
        <source>In the text of a cable</source>
        <translation>Trong nội dung điện</translation>
    </message>
    <message>
        <source>Incoming cables</source>
        <translation>Điện đến</translation>
    </message>
    <message>
        <source>Issue</source>
        <translation>Phát hành</translation>
    </message>
    <message>
        <source>It goes at the next contact.</source>
        <translation>Sẽ gửi khi có liên lạc.</translation>
    </message>
    <message>
        <source>It is no longer there. The list has been read again.</source>
        <translation>Mục này không còn nữa. Danh sách đã được đọc lại.</translation>
    </message>
    <message>
        <source>It lost its value at {time} before its arrival was proven.</source>
        <translation>Điện hết hiệu lực lúc {time} khi chưa có chứng cứ đã đến.</translation>
    </message>
    <message>
        <source>It was read to its end here before, at {time}.</source>
        <translation>Túi này đã được đọc hết tại đây lúc {time}.</translation>
    </message>
    <message>
        <source>Its number is not one of its origin's numbers.</source>
        <translation>Số điện không thuộc dãy số của cơ quan gửi.</translation>
    </message>
    <message>
        <source>Its persons may not sign together, or a clearance was refused.</source>
        <translation>Những người ký không được ký cùng nhau, hoặc có ý kiến không đồng ý.</translation>
    </message>
    <message>
        <source>Its releaser gives another name or title than the directory.</source>
        <translation>Người ký ghi họ tên hoặc chức danh khác danh bạ.</translation>
    </message>
    <message>
        <source>Its source: {where}</source>
        <translation>Mã nguồn: {where}</translation>
    </message>
    <message>
        <source>Kept ({place})</source>
        <translation>Lưu lúc ({place})</translation>
    </message>
    <message>
        <source>Kept back</source>
        <translation>Giữ lại</translation>
    </message>
    <message>
        <source>Kept back by the officer since {time}. It does not leave until it is let go.</source>
        <translation>Cán bộ giữ lại từ {time}. Điện không đi cho đến khi được cho đi.</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Bảng phím</translation>
    </message>
    <message>
        <source>Keys handed out and unused</source>
        <translation>Khóa đã cấp, chưa dùng</translation>
    </message>
    <message>
        <source>Keys ran out and a last-resort key was used. Contact headquarters soon.</source>
        <translation>Hết khóa dùng một lần, đã dùng khóa dự phòng cuối. Liên lạc Bộ sớm.</translation>
    </message>
    <message>
        <source>A first message used keys older than a week: long without contact, or a relay hides newer ones.</source>
        <translation>Một điện mở phiên dùng khóa cũ hơn một tuần: lâu không liên lạc, hoặc máy trung chuyển giấu khóa mới.</translation>
    </message>
    <message>
        <source>A relay has handed out all keys left there for first messages. New ones are laid out.</source>
        <translation>Máy trung chuyển đã phát hết khóa dùng trước để ở đó. Khóa mới đang được đưa lên.</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Loại điện</translation>
    </message>
    <message>
        <source>Kind of cable</source>
        <translation>Loại điện</translation>
    </message>
    <message>
        <source>Lacking: {envelopes} envelopes and {files} sealed files.</source>
        <translation>Còn thiếu: {envelopes} phong bì, {files} tệp mã.</translation>
    </message>
    <message>
        <source>Last 24 hours</source>
        <translation>24 giờ qua</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>30 ngày qua</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>7 ngày qua</translation>
    </message>
    <message>
        <source>Last contact</source>
        <translation>Liên lạc gần nhất</translation>
    </message>
    <message>
        <source>Last contact {time} by {relay}. F9 fetches now.</source>
        <translation>Lần nhận gần nhất: {time} qua {relay}. Nhấn F9 để nhận ngay.</translation>
    </message>
    <message>
        <source>Last failure</source>
        <translation>Lần trục trặc gần nhất</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>Giấy phép</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Sáng</translation>
    </message>
    <message>
        <source>Lock by &amp;itself after</source>
        <translation>Tự k&amp;hóa sau</translation>
    </message>
    <message>
        <source>Locked {time}</source>
        <translation>Đã khóa {time}</translation>
    </message>
    <message>
        <source>The medium with the store in {home} was taken out while it was open, so the program locked at once. What was signed or kept before is in the store on it; words typed in the last seconds may be missing.

Put the medium back where it was: this screen notices it and asks for the passphrase.</source>
        <translation>USB chứa kho điện ở {home} bị rút ra khi kho đang mở, nên chương trình khóa ngay. Những gì đã ký hoặc đã lưu trước đó vẫn còn trong kho trên USB; chữ gõ trong vài giây cuối có thể bị mất.

Cắm lại USB vào chỗ cũ: màn hình này tự nhận ra và hỏi mật khẩu.</translation>
    </message>
    <message>
        <source>Locked {time}: the medium with the store was taken out</source>
        <translation>Đã khóa {time}: USB chứa kho điện bị rút ra</translation>
    </message>
    <message>
        <source>A worksheet is under way; every cell of it is kept. Go on where it was?</source>
        <translation>Có một phiếu tính đang làm dở; từng ô đã được lưu. Làm tiếp từ chỗ đó?</translation>
    </message>
    <message>
        <source>{n} call about a cable hỏa tốc since the lock, last {time}; not opened, not verified. Unlock to see it.</source>
        <translation>Có {n} tin báo điện hỏa tốc từ lúc khóa, lần cuối {time}; chưa mở, chưa kiểm chứng. Mở khóa để xem.</translation>
    </message>
    <message>
        <source>{n} calls about cables hỏa tốc since the lock, last {time}; not opened, not verified. Unlock to see them.</source>
        <translation>Có {n} tin báo điện hỏa tốc từ lúc khóa, lần cuối {time}; chưa mở, chưa kiểm chứng. Mở khóa để xem.</translation>
    </message>
    <message>
        <source>{n} thing lies in the fast mailbox of which no key here knows who left it.</source>
        <translation>Hộp thư nhanh có {n} mục không rõ ai gửi.</translation>
    </message>
    <message>
        <source>{n} things lie in the fast mailbox of which no key here knows who left them.</source>
        <translation>Hộp thư nhanh có {n} mục không rõ ai gửi.</translation>
    </message>
    <message>
        <source>&amp;Mute</source>
        <translation>Tắt t&amp;iếng</translation>
    </message>
    <message>
        <source>Muted until the next opening</source>
        <translation>Đã tắt tiếng đến lần mở sau</translation>
    </message>
    <message>
        <source>Nobody watches yet: the watch begins when the store was opened and is locked again.</source>
        <translation>Chưa trực: việc trực khi khóa máy bắt đầu sau khi kho được mở rồi khóa lại.</translation>
    </message>
    <message>
        <source>Nobody watches while this is locked: it is switched off in the settings.</source>
        <translation>Không trực khi khóa máy: đã tắt trong Cài đặt.</translation>
    </message>
    <message>
        <source>Nobody watches while this is locked: contact was cut at this machine.</source>
        <translation>Không trực khi khóa máy: liên lạc đã bị cắt ở máy này.</translation>
    </message>
    <message>
        <source>Nobody watches any more: the watch has ended. Unlock to send and fetch.</source>
        <translation>Không còn trực: tiến trình trực đã dừng. Mở khóa để gửi và nhận.</translation>
    </message>
    <message>
        <source>Nobody watches any more: the keys of the watch were for three weeks. Unlock once.</source>
        <translation>Không còn trực: khóa của việc trực chỉ có hiệu lực ba tuần. Mở khóa một lần.</translation>
    </message>
    <message>
        <source>The fast mailbox is watched, but no relay answers.</source>
        <translation>Đang trực hộp thư nhanh, nhưng chưa máy trung chuyển nào trả lời.</translation>
    </message>
    <message>
        <source>The fast mailbox is watched; nothing new since the lock.</source>
        <translation>Đang trực hộp thư nhanh; chưa có gì mới từ lúc khóa.</translation>
    </message>
    <message>
        <source>While loc&amp;ked</source>
        <translation>Trong lúc &amp;khóa máy</translation>
    </message>
    <message>
        <source>Watch the fast mailbox</source>
        <translation>Trực hộp thư nhanh</translation>
    </message>
    <message>
        <source>No network at all</source>
        <translation>Không dùng mạng</translation>
    </message>
    <message>
        <source>Picked up, locked</source>
        <translation>Đã nhận, máy đang khóa</translation>
    </message>
    <message>
        <source>{to}: the machine there is locked and was called; its answer, sealed before the lock, came at {time}. Nobody has opened the cable there, it lies at the relay. If it cannot wait, call by another way.</source>
        <translation>{to}: máy ở đó đang khóa và đã nhận tin báo; trả lời niêm phong từ trước khi khóa đến lúc {time}. Chưa ai ở đó mở điện, điện nằm ở máy trung chuyển. Nếu không thể chờ, hãy gọi bằng cách khác.</translation>
    </message>
    <message>
        <source>Locking…</source>
        <translation>Đang khóa…</translation>
    </message>
    <message>
        <source>Locks in {time}</source>
        <translation>Tự khóa sau {time}</translation>
    </message>
    <message>
        <source>Machine taken off</source>
        <translation>Máy đã rút</translation>
    </message>
    <message>
        <source>May not carry this classification.</source>
        <translation>Không được chở độ mật này.</translation>
    </message>
    <message>
        <source>Medium rows</source>
        <translation>Hàng vừa</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Trình đơn</translation>
    </message>
    <message>
        <source>Menu of the line</source>
        <translation>Bảng chọn của dòng</translation>
    </message>
    <message>
        <source>Metadata not checked: the file is damaged, locked by a password or too large; sent as it is.</source>
        <translation>Không kiểm được siêu dữ liệu: tệp hỏng, đặt mật khẩu hoặc quá lớn; gửi nguyên tệp.</translation>
    </message>
    <message>
        <source>Metadata of this kind of file cannot be checked; it is sent as it is.</source>
        <translation>Không kiểm được siêu dữ liệu của loại tệp này; gửi nguyên tệp.</translation>
    </message>
    <message>
        <source>Ministry leadership</source>
        <translation>Lãnh đạo Bộ</translation>
    </message>
    <message>
        <source>Missing numbers</source>
        <translation>Điện thiếu</translation>
    </message>
    <message>
        <source>Missing serials</source>
        <translation>Số chuỗi thiếu</translation>
    </message>
    <message>
        <source>Missing serials were asked for in vain. Ask again or close the gap with a reason.</source>
        <translation>Đã yêu cầu phát lại các số thiếu mà không có kết quả. Yêu cầu lần nữa hoặc đóng chỗ trống có nêu lý do.</translation>
    </message>
    <message>
        <source>Missing: serial {first} in the chain from {peer}</source>
        <translation>Thiếu số chuỗi {first} từ {peer}</translation>
    </message>
    <message>
        <source>Missing: serials {first} to {last} in the chain from {peer}</source>
        <translation>Thiếu số chuỗi {first} đến {last} từ {peer}</translation>
    </message>
    <message>
        <source>More than 150 addressees. Send two cables.</source>
        <translation>Quá 150 nơi nhận. Tách thành hai điện.</translation>
    </message>
    <message>
        <source>More than 64 enclosures. Send two cables.</source>
        <translation>Quá 64 tệp kèm. Tách thành hai điện.</translation>
    </message>
    <message>
        <source>Name at most 8 persons at each addressee, each in 120 characters at most.</source>
        <translation>Mỗi nơi nhận nhiều nhất 8 người có tên, mỗi tên nhiều nhất 120 ký tự.</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Mới nhất trước</translation>
    </message>
    <message>
        <source>Next &amp;pane</source>
        <translation>Ô &amp;sau</translation>
    </message>
    <message>
        <source>Next &amp;unread cable</source>
        <translation>Điện chưa đọc &amp;kế</translation>
    </message>
    <message>
        <source>Next and previous line</source>
        <translation>Dòng sau, dòng trước</translation>
    </message>
    <message>
        <source>Next page, then next cable</source>
        <translation>Trang kế, rồi điện kế</translation>
    </message>
    <message>
        <source>Next try</source>
        <translation>Lần thử kế</translation>
    </message>
    <message>
        <source>Next try {time}.</source>
        <translation>Lần thử kế: {time}.</translation>
    </message>
    <message>
        <source>No addressee for action. Add one to send.</source>
        <translation>Chưa có nơi nhận để xử lý. Thêm một nơi để gửi.</translation>
    </message>
    <message>
        <source>No cable chosen.</source>
        <translation>Chưa chọn điện nào.</translation>
    </message>
    <message>
        <source>No classification chosen. Choose one to send.</source>
        <translation>Chưa chọn độ mật. Chọn một mức để gửi.</translation>
    </message>
    <message>
        <source>No contact with the relay, or another machine answers under its address.</source>
        <translation>Không liên lạc được với máy trung chuyển, hoặc máy khác trả lời ở địa chỉ đó.</translation>
    </message>
    <message>
        <source>No contact with the relay. What waits is intact and will be sent by itself.</source>
        <translation>Mất liên lạc với máy trung chuyển. Điện chờ gửi còn nguyên và sẽ tự gửi tiếp.</translation>
    </message>
    <message>
        <source>No contact yet. F9 fetches now.</source>
        <translation>Chưa liên lạc lần nào. Nhấn F9 để nhận ngay.</translation>
    </message>
    <message>
        <source>No drafts. Ctrl+N writes a cable.</source>
        <translation>Không có bản thảo. Nhấn Ctrl+N để soạn điện.</translation>
    </message>
    <message>
        <source>No incoming cables.</source>
        <translation>Chưa có điện đến.</translation>
    </message>
    <message>
        <source>No key here opens this packet. It is kept in quarantine; ask for a repeat.</source>
        <translation>Không khóa nào ở đây mở được gói này. Gói được cách ly; yêu cầu phát lại.</translation>
    </message>
    <message>
        <source>No link is set up.</source>
        <translation>Chưa thiết lập kênh nào.</translation>
    </message>
    <message>
        <source>No metadata found.</source>
        <translation>Không thấy siêu dữ liệu.</translation>
    </message>
    <message>
        <source>No new cable.</source>
        <translation>Không có điện mới.</translation>
    </message>
    <message>
        <source>No new cable. Receipts and service messages were taken.</source>
        <translation>Không có điện mới. Đã nhận báo nhận và điện dịch vụ.</translation>
    </message>
    <message>
        <source>No notices.</source>
        <translation>Không có thông báo.</translation>
    </message>
    <message>
        <source>No numbers missing in any chain.</source>
        <translation>Không thiếu số nào trong các chuỗi.</translation>
    </message>
    <message>
        <source>No precedence chosen. Choose one to send.</source>
        <translation>Chưa chọn độ khẩn. Chọn một mức để gửi.</translation>
    </message>
    <message>
        <source>No receipt yet. Nothing is proven about its arrival.</source>
        <translation>Chưa có báo nhận. Chưa có chứng cứ điện đã đến.</translation>
    </message>
    <message>
        <source>No store here yet</source>
        <translation>Ở đây chưa có kho điện</translation>
    </message>
    <message>
        <source>No subject code. Give one to five.</source>
        <translation>Chưa có mã chủ đề. Ghi một đến năm mã.</translation>
    </message>
    <message>
        <source>No value after {when}</source>
        <translation>Hết hiệu lực sau {when}</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>Số</translation>
    </message>
    <message>
        <source>No. {n}/{symbol} · {mrn} · {urgency} · {origin} to {to}</source>
        <translation>Số {n}/{symbol} · {mrn} · {urgency} · {origin} gửi {to}</translation>
    </message>
    <message>
        <source>Not &amp;acknowledged</source>
        <translation>Chư&amp;a ký nhận</translation>
    </message>
    <message>
        <source>Not a proof of arrival.</source>
        <translation>Chưa phải bằng chứng đã đến.</translation>
    </message>
    <message>
        <source>Not acknowledged yet</source>
        <translation>Chưa ký nhận</translation>
    </message>
    <message>
        <source>Not known whether it arrived. Sending again makes no duplicate.</source>
        <translation>Chưa rõ đã đến hay chưa. Gửi lại không tạo bản trùng.</translation>
    </message>
    <message>
        <source>Not known whether {to} has it: contact broke at {time}. Sending again makes no duplicate.</source>
        <translation>Chưa rõ {to} đã nhận hay chưa: mất liên lạc lúc {time}. Gửi lại không tạo bản trùng.</translation>
    </message>
    <message>
        <source>Not signed yet. It came by hand: its authentication group is right, so whoever holds the pages of {station} wrote it. The signed cable has not come.</source>
        <translation>Chưa có chữ ký. Điện đến bằng tay: nhóm xác thực đúng, vậy người giữ trang khóa của {station} đã viết. Bản ký chưa tới.</translation>
    </message>
    <message>
        <source>Not meant for this precedence and classification.</source>
        <translation>Không dùng cho độ khẩn và độ mật này.</translation>
    </message>
    <message>
        <source>Not yet: {names}</source>
        <translation>Chưa: {names}</translation>
    </message>
    <message>
        <source>Not yet: {names} and {n} more</source>
        <translation>Chưa: {names} và {n} máy khác</translation>
    </message>
    <message>
        <source>Nothing contains “{text}”. Try fewer words, or drop the filter. Cables searched: {n}.</source>
        <translation>Không có điện nào chứa “{text}”. Thử ít chữ hơn hoặc bỏ bộ lọc. Đã tìm trong {n} điện.</translation>
    </message>
    <message>
        <source>Nothing here contains this word.</source>
        <translation>Không có dòng nào chứa từ này.</translation>
    </message>
    <message>
        <source>Nothing lacks. Ctrl+Enter signs and sends.</source>
        <translation>Đã đủ. Nhấn Ctrl+Enter để ký và gửi.</translation>
    </message>
    <message>
        <source>Nothing sent yet. Ctrl+N writes a cable.</source>
        <translation>Chưa có điện đi. Nhấn Ctrl+N để soạn điện.</translation>
    </message>
    <message>
        <source>Nothing that is sealed waits for these posts any more. Nothing was written.</source>
        <translation>Không còn gì đã niêm phong chờ gửi cho các đơn vị này. Chưa ghi gì.</translation>
    </message>
    <message>
        <source>Nothing waiting. Every cable sent has been acknowledged.</source>
        <translation>Không có điện chờ gửi. Mọi điện đã gửi đều được ký nhận.</translation>
    </message>
    <message>
        <source>Nothing waits in the outbox: there is nothing to carry.</source>
        <translation>Không có gì chờ gửi nên chưa có gì để mang.</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>Thông báo</translation>
    </message>
    <message>
        <source>Notices: {n}</source>
        <translation>Thông báo: {n}</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Số lượng</translation>
    </message>
    <message>
        <source>Officer</source>
        <translation>Cán bộ</translation>
    </message>
    <message>
        <source>Official telegram</source>
        <translation>Công điện</translation>
    </message>
    <message>
        <source>On the desk by</source>
        <translation>Có mặt trước</translation>
    </message>
    <message>
        <source>On the desk by {when}</source>
        <translation>Có mặt trước {when}</translation>
    </message>
    <message>
        <source>Only the persons named may open it: {station}</source>
        <translation>Chỉ người có tên được mở: {station}</translation>
    </message>
    <message>
        <source>Only what is sealed for this machine is taken; other files are left alone.</source>
        <translation>Chỉ nhận những gì niêm phong cho máy này; các tệp khác để nguyên.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Mở</translation>
    </message>
    <message>
        <source>Open {name}</source>
        <translation>Mở {name}</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>Đang mở…</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Thứ tự</translation>
    </message>
    <message>
        <source>Out&amp;box</source>
        <translation>&amp;Chờ gửi</translation>
    </message>
    <message>
        <source>Outbox</source>
        <translation>Chờ gửi</translation>
    </message>
    <message>
        <source>Outbox empty</source>
        <translation>Hộp chờ trống</translation>
    </message>
    <message>
        <source>Outbox: {n}</source>
        <translation>Chờ gửi: {n} điện</translation>
    </message>
    <message>
        <source>Outcome unknown</source>
        <translation>Chưa rõ kết quả</translation>
    </message>
    <message>
        <source>Outgoing cables</source>
        <translation>Điện đi</translation>
    </message>
    <message>
        <source>Overdue by {late} (due {when})</source>
        <translation>Quá hạn {late} (hạn {when})</translation>
    </message>
    <message>
        <source>Packets in quarantine</source>
        <translation>Gói đang cách ly</translation>
    </message>
    <message>
        <source>Page before</source>
        <translation>Trang trước</translation>
    </message>
    <message>
        <source>Pages of {name}</source>
        <translation>Số trang của {name}</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Mật khẩu</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Tạm dừng</translation>
    </message>
    <message>
        <source>Pause the f&amp;iles, or go on</source>
        <translation>Tạm &amp;dừng tệp, hoặc gửi tiếp</translation>
    </message>
    <message>
        <source>Pause {name}</source>
        <translation>Tạm dừng {name}</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>Khoảng thời gian</translation>
    </message>
    <message>
        <source>Persons named at {station}</source>
        <translation>Người có tên tại {station}</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Nơi</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>Các nơi</translation>
    </message>
    <message>
        <source>Pouch</source>
        <translation>Túi thư ngoại giao</translation>
    </message>
    <message>
        <source>Pouch {name}</source>
        <translation>Túi {name}</translation>
    </message>
    <message>
        <source>Pre&amp;vious pane</source>
        <translation>Ô t&amp;rước</translation>
    </message>
    <message>
        <source>Precedence</source>
        <translation>Độ khẩn</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Khẩn</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Tiến độ</translation>
    </message>
    <message>
        <source>Protected until</source>
        <translation>Bảo vệ đến ngày</translation>
    </message>
    <message>
        <source>Put the draft away</source>
        <translation>Bỏ bản thảo</translation>
    </message>
    <message>
        <source>Qt lies beside the program as separate libraries and may be replaced.</source>
        <translation>Qt nằm cạnh chương trình thành các thư viện riêng và có thể thay bằng bản khác.</translation>
    </message>
    <message>
        <source>Read a pouch</source>
        <translation>Đọc túi</translation>
    </message>
    <message>
        <source>Reading. What is whole is taken at once; do not pull the medium.</source>
        <translation>Đang đọc. Phần nguyên vẹn được nhận ngay; đừng rút USB.</translation>
    </message>
    <message>
        <source>Reason for Flash</source>
        <translation>Lý do hỏa tốc</translation>
    </message>
    <message>
        <source>Reason for Flash: {reason}</source>
        <translation>Lý do hỏa tốc: {reason}</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>Báo nhận</translation>
    </message>
    <message>
        <source>Receipt to {origin}</source>
        <translation>Báo nhận gửi {origin}</translation>
    </message>
    <message>
        <source>Receipts</source>
        <translation>Báo nhận</translation>
    </message>
    <message>
        <source>Received ({place})</source>
        <translation>Nhận ({place})</translation>
    </message>
    <message>
        <source>Recipients by name</source>
        <translation>Người nhận có tên</translation>
    </message>
    <message>
        <source>References</source>
        <translation>Điện tham chiếu</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Bị từ chối</translation>
    </message>
    <message>
        <source>Released by {name}</source>
        <translation>Người duyệt, ký phát hành: {name}</translation>
    </message>
    <message>
        <source>Remove the references</source>
        <translation>Bỏ tham chiếu</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>Bỏ {name}</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Trả lời</translation>
    </message>
    <message>
        <source>Reply due</source>
        <translation>Hạn trả lời</translation>
    </message>
    <message>
        <source>Reply to &amp;all addressees</source>
        <translation>Trả lời &amp;mọi nơi nhận</translation>
    </message>
    <message>
        <source>Reply to {mrn}</source>
        <translation>Trả lời điện {mrn}</translation>
    </message>
    <message>
        <source>Restore contact</source>
        <translation>Nối lại liên lạc</translation>
    </message>
    <message>
        <source>Returned by</source>
        <translation>Thu hồi trước</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>Thời gian đi về</translation>
    </message>
    <message>
        <source>Routine</source>
        <translation>Thường</translation>
    </message>
    <message>
        <source>Row &amp;height</source>
        <translation>C&amp;ao hàng</translation>
    </message>
    <message>
        <source>S&amp;ign and send   Ctrl+Enter</source>
        <translation>&amp;Ký và gửi   Ctrl+Enter</translation>
    </message>
    <message>
        <source>S&amp;witch off</source>
        <translation>Tắt kê&amp;nh</translation>
    </message>
    <message>
        <source>S&amp;witch on</source>
        <translation>&amp;Bật kênh</translation>
    </message>
    <message>
        <source>Save draft now</source>
        <translation>Lưu bản thảo ngay</translation>
    </message>
    <message>
        <source>Se&amp;ttings…</source>
        <translation>Cà&amp;i đặt…</translation>
    </message>
    <message>
        <source>Sealed files taken and checked: {n}.</source>
        <translation>Tệp mã đã nhận và đã kiểm: {n}.</translation>
    </message>
    <message>
        <source>Sealed files that do not match their signature and were thrown away: {n}. They are still awaited.</source>
        <translation>Tệp mã không khớp chữ ký, đã bỏ: {n}. Vẫn chờ nhận lại.</translation>
    </message>
    <message>
        <source>Sealing stopped. Nothing was sent and no number was used.</source>
        <translation>Đã dừng mã tệp. Chưa gửi gì và chưa dùng số nào.</translation>
    </message>
    <message>
        <source>Sealing the files… {n} %</source>
        <translation>Đang mã tệp… {n} %</translation>
    </message>
    <message>
        <source>Search in all cables</source>
        <translation>Tìm trong mọi điện</translation>
    </message>
    <message>
        <source>Search number, subject, text…</source>
        <translation>Tìm số điện, trích yếu, nội dung…</translation>
    </message>
    <message>
        <source>Search results</source>
        <translation>Kết quả tìm</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Đang tìm…</translation>
    </message>
    <message>
        <source>Second person</source>
        <translation>Người thứ hai</translation>
    </message>
    <message>
        <source>Second person's name</source>
        <translation>Họ tên người thứ hai</translation>
    </message>
    <message>
        <source>Second person: {name}</source>
        <translation>Người thứ hai: {name}</translation>
    </message>
    <message>
        <source>Secret</source>
        <translation>Tối mật</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>Chọn tất &amp;cả</translation>
    </message>
    <message>
        <source>Send a&amp;gain</source>
        <translation>Gửi &amp;lại</translation>
    </message>
    <message>
        <source>Send and &amp;fetch now</source>
        <translation>&amp;Gửi và nhận ngay</translation>
    </message>
    <message>
        <source>Send and fetch now</source>
        <translation>Gửi và nhận ngay</translation>
    </message>
    <message>
        <source>Send n&amp;ow</source>
        <translation>Gửi nga&amp;y</translation>
    </message>
    <message>
        <source>Send {name} without metadata</source>
        <translation>Gửi {name} đã bỏ siêu dữ liệu</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>Đang gửi</translation>
    </message>
    <message>
        <source>Sending and fetching now. {links}</source>
        <translation>Đang gửi và nhận. {links}</translation>
    </message>
    <message>
        <source>Sending by {relay}.</source>
        <translation>Đang gửi qua {relay}.</translation>
    </message>
    <message>
        <source>Sending by {relay}: {done} of {total} handed over.</source>
        <translation>Đang gửi qua {relay}: đã chuyển {done} trên {total}.</translation>
    </message>
    <message>
        <source>Sending is stopped, because this store may be an old copy or have a second one. Nothing left, no number was used, and everything can be read. Ask headquarters; the handbook says how sending goes on.</source>
        <translation>Đã dừng phát vì kho này có thể là bản cũ hoặc còn một bản thứ hai. Chưa có gì được phát, chưa dùng số nào, mọi điện vẫn đọc được. Hỏi Bộ; sổ tay chỉ cách phát tiếp.</translation>
    </message>
    <message>
        <source>Sent ({place})</source>
        <translation>Gửi ({place})</translation>
    </message>
    <message>
        <source>Sent with its metadata: {found}.</source>
        <translation>Gửi kèm nguyên siêu dữ liệu: {found}.</translation>
    </message>
    <message>
        <source>Serials before {n} are missing</source>
        <translation>Còn thiếu số chuỗi trước {n}</translation>
    </message>
    <message>
        <source>Service message</source>
        <translation>Điện dịch vụ</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Cài đặt</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Xem</translation>
    </message>
    <message>
        <source>Show all (Esc)</source>
        <translation>Hiện tất cả (Esc)</translation>
    </message>
    <message>
        <source>Show notices</source>
        <translation>Xem thông báo</translation>
    </message>
    <message>
        <source>Show the outbox</source>
        <translation>Xem hộp chờ gửi</translation>
    </message>
    <message>
        <source>Sign and send</source>
        <translation>Ký và gửi</translation>
    </message>
    <message>
        <source>Signature not valid. Do not act on this text; ask for a repeat.</source>
        <translation>Chữ ký không hợp lệ. Không làm theo nội dung này; yêu cầu phát lại.</translation>
    </message>
    <message>
        <source>Signature valid: {signer}</source>
        <translation>Chữ ký hợp lệ: {signer}</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>Quyền ký</translation>
    </message>
    <message>
        <source>Signing authority</source>
        <translation>Quyền hạn ký</translation>
    </message>
    <message>
        <source>Signing…</source>
        <translation>Đang ký…</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Từ khi</translation>
    </message>
    <message>
        <source>Since ({place})</source>
        <translation>Từ lúc ({place})</translation>
    </message>
    <message>
        <source>Something is lacking. The first line that lacks is marked.</source>
        <translation>Còn thiếu. Dòng thiếu đầu tiên đã được đánh dấu.</translation>
    </message>
    <message>
        <source>Something went wrong inside the program. What was saved is unharmed; repeat, or lock and open again.</source>
        <translation>Chương trình gặp trục trặc bên trong. Những gì đã lưu còn nguyên; làm lại, hoặc khóa rồi mở lại.</translation>
    </message>
    <message>
        <source>Standing members</source>
        <translation>Thường trực</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Tình trạng</translation>
    </message>
    <message>
        <source>State of the &amp;links</source>
        <translation>Tình trạng &amp;kênh</translation>
    </message>
    <message>
        <source>State of the link</source>
        <translation>Tình trạng kênh</translation>
    </message>
    <message>
        <source>State of the links</source>
        <translation>Tình trạng kênh</translation>
    </message>
    <message>
        <source>Station</source>
        <translation>Cơ quan</translation>
    </message>
    <message>
        <source>Station {n}</source>
        <translation>Cơ quan số {n}</translation>
    </message>
    <message>
        <source>Stays: {left}.</source>
        <translation>Không bỏ được: {left}.</translation>
    </message>
    <message>
        <source>Sto&amp;p sealing   Esc</source>
        <translation>Dừng mã &amp;tệp   Esc</translation>
    </message>
    <message>
        <source>Stopped. Nothing half done counts, and every cable is safe in the store.</source>
        <translation>Đã dừng. Việc làm dở không được tính, mọi điện vẫn an toàn trong kho.</translation>
    </message>
    <message>
        <source>Store opens with</source>
        <translation>Kho mở bằng</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Trích yếu</translation>
    </message>
    <message>
        <source>Subject codes</source>
        <translation>Mã chủ đề</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Tóm tắt</translation>
    </message>
    <message>
        <source>Supersedes {mrn}</source>
        <translation>Thay thế điện {mrn}</translation>
    </message>
    <message>
        <source>Supplement to {mrn}</source>
        <translation>Bổ sung điện {mrn}</translation>
    </message>
    <message>
        <source>Switched off by the officer.</source>
        <translation>Cán bộ đã tắt kênh này.</translation>
    </message>
    <message>
        <source>Taken out before sealing: {found}.</source>
        <translation>Bỏ trước khi mã: {found}.</translation>
    </message>
    <message>
        <source>Test message</source>
        <translation>Điện thử liên lạc</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Nội dung</translation>
    </message>
    <message>
        <source>Text of the cable</source>
        <translation>Nội dung điện</translation>
    </message>
    <message>
        <source>Text of {name}</source>
        <translation>Nội dung {name}</translation>
    </message>
    <message>
        <source>Text si&amp;ze</source>
        <translation>Cỡ &amp;chữ</translation>
    </message>
    <message>
        <source>The addressee has no mailbox at this relay yet.</source>
        <translation>Nơi nhận chưa có hộp thư ở máy trung chuyển này.</translation>
    </message>
    <message>
        <source>The addressee's mailbox at this relay is full.</source>
        <translation>Hộp thư của nơi nhận ở máy trung chuyển này đã đầy.</translation>
    </message>
    <message>
        <source>The basis of classification is longer than 200 characters. Shorten it.</source>
        <translation>Căn cứ xác định độ mật dài quá 200 ký tự. Rút ngắn lại.</translation>
    </message>
    <message>
        <source>The basis of classification is missing. Name the list item.</source>
        <translation>Chưa có căn cứ xác định độ mật. Ghi mục trong danh mục.</translation>
    </message>
    <message>
        <source>The cable is intact here and will be sent by itself.</source>
        <translation>Điện còn nguyên ở đây và sẽ tự gửi.</translation>
    </message>
    <message>
        <source>The check did not pass, so nothing was opened. It may have been altered, or belong to another key.</source>
        <translation>Kiểm tra không đạt nên chưa mở gì. Có thể bị sửa trên đường hoặc thuộc khóa khác.</translation>
    </message>
    <message>
        <source>The counts of documents or pages do not agree with what is here.</source>
        <translation>Số văn bản hoặc số trang không khớp với phần nhận được.</translation>
    </message>
    <message>
        <source>The desk-by time cannot be read, is past, or is more than 30 days ahead.</source>
        <translation>Giờ có mặt không đọc được, đã qua, hoặc quá 30 ngày nữa.</translation>
    </message>
    <message>
        <source>The directory does not allow this. Nothing was sent. Ask headquarters.</source>
        <translation>Danh bạ không cho phép việc này. Chưa gửi gì. Hỏi Bộ.</translation>
    </message>
    <message>
        <source>The directory offered is older than the one held here. It was refused; tell the security administrator.</source>
        <translation>Danh bạ được đưa đến cũ hơn danh bạ đang giữ. Đã từ chối; báo quản trị an ninh.</translation>
    </message>
    <message>
        <source>The disk failed at the last step of writing, so it is not known whether this was saved. What was there before is unharmed. Lock, open the store again and look before you repeat; have the disk examined.</source>
        <translation>Ổ đĩa trục trặc ở bước ghi cuối nên chưa rõ việc này đã được lưu hay chưa. Những gì có trước còn nguyên. Khóa, mở lại kho và xem lại trước khi làm lần nữa; đưa ổ đĩa đi kiểm tra.</translation>
    </message>
    <message>
        <source>The keys are not destroyed, or it is not certain. What could be reached is destroyed. Destroy the machine and its disk by hand, and report by voice what is left.</source>
        <translation>Khóa chưa được tiêu hủy, hoặc chưa chắc chắn. Những gì với tới được đã tiêu hủy. Tự tay đập vỡ máy và ổ đĩa, rồi báo bằng lời những gì còn lại.</translation>
    </message>
    <message>
        <source>Keyslots of this machine</source>
        <translation>Ngăn khóa của máy này</translation>
    </message>
    <message>
        <source>Keyslots on sticks that are plugged in</source>
        <translation>Ngăn khóa trên USB đang cắm</translation>
    </message>
    <message>
        <source>Half of the key in the system keyring</source>
        <translation>Nửa khóa trong kho khóa của hệ điều hành</translation>
    </message>
    <message>
        <source>Programs that had the store open</source>
        <translation>Chương trình đang mở kho</translation>
    </message>
    <message>
        <source>Files of the store</source>
        <translation>Tệp của kho</translation>
    </message>
    <message>
        <source>Files of attachments</source>
        <translation>Tệp đính kèm</translation>
    </message>
    <message>
        <source>NOT destroyed</source>
        <translation>CHƯA tiêu hủy</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>chưa rõ</translation>
    </message>
    <message>
        <source>none there</source>
        <translation>không có</translation>
    </message>
    <message>
        <source>1 · Everything is destroyed.</source>
        <translation>1 · Đã tiêu hủy toàn bộ.</translation>
    </message>
    <message>
        <source>2 · Keys are destroyed; papers are left, no keys among them.</source>
        <translation>2 · Đã tiêu hủy khóa; còn giấy tờ, trong đó không có khóa.</translation>
    </message>
    <message>
        <source>3 · Keys of the machine are destroyed; keys on paper or on media are left.</source>
        <translation>3 · Đã tiêu hủy khóa của máy; còn khóa trên giấy hoặc trên vật mang tin.</translation>
    </message>
    <message>
        <source>4 · Keys of the machine are destroyed; of papers and media nothing is known yet.</source>
        <translation>4 · Đã tiêu hủy khóa của máy; giấy tờ và vật mang tin chưa rõ.</translation>
    </message>
    <message>
        <source>5 · Whether the keys of the machine are destroyed is not known.</source>
        <translation>5 · Chưa rõ khóa của máy đã tiêu hủy hay chưa.</translation>
    </message>
    <message>
        <source>6 · The keys of the machine are NOT destroyed.</source>
        <translation>6 · Khóa của máy CHƯA tiêu hủy.</translation>
    </message>
    <message>
        <source>No report was sent by the line.</source>
        <translation>Chưa gửi báo cáo nào qua đường truyền.</translation>
    </message>
    <message>
        <source>A relay holds the report that was sealed in advance; it says nothing of papers.</source>
        <translation>Máy trung chuyển giữ báo cáo niêm phong từ trước; báo cáo ấy không nói gì về giấy tờ.</translation>
    </message>
    <message>
        <source>No relay took the report that was sealed in advance.</source>
        <translation>Không máy trung chuyển nào nhận báo cáo niêm phong từ trước.</translation>
    </message>
    <message>
        <source>Destruction, prepared</source>
        <translation>Tiêu hủy: chuẩn bị</translation>
    </message>
    <message>
        <source>Level 2, in order: keys before content</source>
        <translation>Mức 2, theo thứ tự: khóa trước, nội dung sau</translation>
    </message>
    <message>
        <source>&amp;Print the checklist…</source>
        <translation>&amp;In danh mục…</translation>
    </message>
    <message>
        <source>Print the &amp;card of outcomes…</source>
        <translation>In &amp;thẻ kết quả…</translation>
    </message>
    <message>
        <source>Level 1, reduce: cables older than so many &amp;days</source>
        <translation>Mức 1, giảm tài liệu: điện cũ hơn số &amp;ngày</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>Số ngày</translation>
    </message>
    <message>
        <source>&amp;Second person</source>
        <translation>Người thứ &amp;hai</translation>
    </message>
    <message>
        <source>P&amp;assphrase of the second person, where there are two officers</source>
        <translation>&amp;Mật khẩu của người thứ hai, nếu có hai cán bộ</translation>
    </message>
    <message>
        <source>&amp;Ground, as it stands on the record</source>
        <translation>&amp;Căn cứ, ghi trong biên bản</translation>
    </message>
    <message>
        <source>&amp;Reduce, and write the record…</source>
        <translation>&amp;Giảm tài liệu và ghi biên bản…</translation>
    </message>
    <message>
        <source>Go through it in &amp;order, by two…</source>
        <translation>&amp;Làm theo thứ tự, hai người…</translation>
    </message>
    <message>
        <source>First, in this order: keys before content, the highest degree first</source>
        <translation>Trước hết, theo thứ tự này: khóa trước nội dung, độ mật cao trước</translation>
    </message>
    <message>
        <source>Then, when all of that is said: the way by hand, in case the machine fails meanwhile</source>
        <translation>Sau đó, khi đã xong các dòng trên: phương tiện liên lạc thủ công, phòng khi máy hỏng giữa chừng</translation>
    </message>
    <message>
        <source>Last, after the keys of this machine: what the last call needs, and the machine</source>
        <translation>Cuối cùng, sau khóa của máy này: những thứ cần cho lần báo cuối, và máy</translation>
    </message>
    <message>
        <source>destroyed: {what}</source>
        <translation>đã tiêu hủy: {what}</translation>
    </message>
    <message>
        <source>NOT destroyed: {what} ({reason})</source>
        <translation>CHƯA tiêu hủy: {what} ({reason})</translation>
    </message>
    <message>
        <source>Enter the ground: whose order, which number.</source>
        <translation>Hãy ghi căn cứ: lệnh của ai, số nào.</translation>
    </message>
    <message>
        <source>Another officer of this post may sign now: the second person enters their passphrase. Who is not there is entered as away first; level 3 needs nobody.</source>
        <translation>Cơ quan còn cán bộ khác đang được ký: người thứ hai phải nhập mật khẩu của mình. Ai vắng mặt thì ghi vắng mặt trước; mức 3 không cần ai.</translation>
    </message>
    <message>
        <source>Both tick this line when nothing legible is left of it.</source>
        <translation>Cả hai đánh dấu dòng này khi không còn phần nào đọc được.</translation>
    </message>
    <message>
        <source>Enter why it is not destroyed; the reason stands on the record.</source>
        <translation>Hãy ghi vì sao chưa tiêu hủy; lý do được ghi vào biên bản.</translation>
    </message>
    <message>
        <source>Level 2: destruction in order</source>
        <translation>Mức 2: tiêu hủy theo thứ tự</translation>
    </message>
    <message>
        <source>&amp;Ground: whose order, which number</source>
        <translation>&amp;Căn cứ: lệnh của ai, số nào</translation>
    </message>
    <message>
        <source>&amp;1 · {name}: destroyed, nothing legible is left</source>
        <translation>&amp;1 · {name}: đã tiêu hủy, không còn phần nào đọc được</translation>
    </message>
    <message>
        <source>&amp;2 · {name}: I have seen it</source>
        <translation>&amp;2 · {name}: tôi đã chứng kiến</translation>
    </message>
    <message>
        <source>Or &amp;why it is not destroyed</source>
        <translation>Hoặc &amp;vì sao chưa tiêu hủy</translation>
    </message>
    <message>
        <source>&amp;Passphrase of the second person</source>
        <translation>&amp;Mật khẩu của người thứ hai</translation>
    </message>
    <message>
        <source>The &amp;list</source>
        <translation>D&amp;anh mục</translation>
    </message>
    <message>
        <source>The &amp;list; Enter on a line that was left takes it up again</source>
        <translation>D&amp;anh mục; Enter trên dòng chưa tiêu hủy để làm lại dòng đó</translation>
    </message>
    <message>
        <source>Destruction in order goes on</source>
        <translation>Tiếp tục tiêu hủy theo thứ tự</translation>
    </message>
    <message>
        <source>Destruction in order, by two</source>
        <translation>Tiêu hủy theo thứ tự, hai người</translation>
    </message>
    <message>
        <source>Line {at} of {count}</source>
        <translation>Dòng {at} trên {count}</translation>
    </message>
    <message>
        <source>Everything is said: now the report</source>
        <translation>Đã xong từng dòng: nay đến báo cáo</translation>
    </message>
    <message>
        <source>The list is closed: now the keys</source>
        <translation>Danh mục đã khóa sổ: nay đến khóa của máy</translation>
    </message>
    <message>
        <source>Stop for certain? The post works on. What was destroyed stays destroyed; a later destruction in order goes through the printed cables anew.</source>
        <translation>Chắc chắn dừng? Cơ quan làm việc tiếp. Những gì đã tiêu hủy thì không còn; lần tiêu hủy theo thứ tự sau sẽ làm lại từ đầu phần điện in.</translation>
    </message>
    <message>
        <source>Every line said before the lock is kept. The second person is named or proven anew, then the walk goes on at the next line.</source>
        <translation>Mọi dòng đã ghi trước khi khóa vẫn còn. Người thứ hai ghi tên hoặc nhập mật khẩu lại, rồi làm tiếp từ dòng kế.</translation>
    </message>
    <message>
        <source>Line by line, each ticked by both and kept at once; a lock or a crash loses none. What is burnt has no way back. The keys of this machine are not touched here: until the last step, on the locked screen, the post can stop and work on.</source>
        <translation>Từng dòng một, cả hai cùng đánh dấu và được ghi ngay; khóa màn hình hay máy hỏng cũng không mất dòng nào. Thứ đã đốt thì không lấy lại được. Ở đây không đụng đến khóa của máy này: trước bước cuối cùng, trên màn hình khóa, vẫn có thể dừng và làm việc tiếp.</translation>
    </message>
    <message>
        <source>Destroy it, then both tick. What both have ticked cannot be taken back.</source>
        <translation>Tiêu hủy, rồi cả hai đánh dấu. Dòng cả hai đã đánh dấu không rút lại được.</translation>
    </message>
    <message>
        <source>The report is sealed with what is NOT destroyed; it leaves when the keys go. The second person confirms the list as it stands.</source>
        <translation>Báo cáo được niêm phong, nêu rõ những gì CHƯA tiêu hủy; báo cáo rời máy khi khóa bị tiêu hủy. Người thứ hai xác nhận danh mục như đang ghi.</translation>
    </message>
    <message>
        <source>The report is sealed: it leaves by the line when the keys go.</source>
        <translation>Báo cáo đã niêm phong: sẽ gửi qua đường truyền khi khóa bị tiêu hủy.</translation>
    </message>
    <message>
        <source>No report could be sealed: tell headquarters by voice, by the card of outcomes.</source>
        <translation>Không niêm phong được báo cáo: báo về Bộ bằng lời, theo thẻ kết quả.</translation>
    </message>
    <message>
        <source>Not destroyed yet: {n} lines of the list.</source>
        <translation>Chưa tiêu hủy: {n} dòng trong danh mục.</translation>
    </message>
    <message>
        <source>Next: lock, type the word, hold Enter for 3 seconds. That is the point of no return: only a backup with its recovery sheet, or new keys, come after it.</source>
        <translation>Tiếp theo: khóa màn hình, gõ cụm từ, giữ Enter 3 giây. Đó là điểm không thể quay lại: sau đó chỉ còn bản sao lưu cùng phiếu khôi phục, hoặc khóa mới.</translation>
    </message>
    <message>
        <source>After the keys: {line}</source>
        <translation>Sau khi tiêu hủy khóa: {line}</translation>
    </message>
    <message>
        <source>Go &amp;on</source>
        <translation>&amp;Tiếp tục</translation>
    </message>
    <message>
        <source>Write &amp;down: destroyed</source>
        <translation>Gh&amp;i: đã tiêu hủy</translation>
    </message>
    <message>
        <source>S&amp;eal the report</source>
        <translation>&amp;Niêm phong báo cáo</translation>
    </message>
    <message>
        <source>Lock, and go to the &amp;keys…</source>
        <translation>&amp;Khóa màn hình, đến bước tiêu hủy khóa…</translation>
    </message>
    <message>
        <source>&amp;Not destroyed</source>
        <translation>C&amp;hưa tiêu hủy</translation>
    </message>
    <message>
        <source>Write the &amp;record…</source>
        <translation>Ghi &amp;biên bản…</translation>
    </message>
    <message>
        <source>S&amp;top for certain</source>
        <translation>Chắc chắn &amp;dừng</translation>
    </message>
    <message>
        <source>S&amp;top here…</source>
        <translation>&amp;Dừng ở đây…</translation>
    </message>
    <message>
        <source>Stopped. The post works on; what was destroyed stays destroyed.</source>
        <translation>Đã dừng. Cơ quan làm việc tiếp; những gì đã tiêu hủy thì không còn.</translation>
    </message>
    <message>
        <source>Written to {file}: print it, both sign it.</source>
        <translation>Đã ghi vào {file}: in ra, cả hai ký.</translation>
    </message>
    <message>
        <source>&amp;Who practised, for the training record</source>
        <translation>Ai &amp;luyện tập, để ghi sổ huấn luyện</translation>
    </message>
    <message>
        <source>It is entered when the post is next opened in this window; ending the program before that loses it, for an exercise writes nothing beside a store. Without a name nothing is entered.</source>
        <translation>Kết quả được ghi khi mở kho lần tới trong cửa sổ này; thoát chương trình trước đó thì không ghi, vì bài luyện tập không ghi gì cạnh kho. Không có tên thì không ghi.</translation>
    </message>
    <message>
        <source>Exercise of destruction, {name}: entered.</source>
        <translation>Đã ghi bài luyện tập tiêu hủy của {name}.</translation>
    </message>
    <message>
        <source>Level 3, at once, is on the locked screen: Ctrl+L, then Emergency destruction.</source>
        <translation>Mức 3, tức thời, ở màn hình khóa: Ctrl+L, rồi chọn Tiêu hủy khẩn cấp.</translation>
    </message>
    <message>
        <source>Nothing outside the machine is known.</source>
        <translation>Chưa biết có gì ở ngoài máy.</translation>
    </message>
    <message>
        <source>{cables} cables and {items} items of superseded keys would go. {kept} old cables stay: unread, not acknowledged, on their way, or kept for a repeat.</source>
        <translation>Sẽ tiêu hủy {cables} điện và {items} khí tài hết hiệu lực. {kept} điện cũ ở lại: chưa đọc, chưa báo nhận, đang gửi, hoặc giữ để phát lại.</translation>
    </message>
    <message>
        <source>The checklist was never printed.</source>
        <translation>Chưa in danh mục lần nào.</translation>
    </message>
    <message>
        <source>Printed {time}; the ledger has changed since: print it anew.</source>
        <translation>In {time}; từ đó sổ đã thay đổi: in lại.</translation>
    </message>
    <message>
        <source>Printed {time}.</source>
        <translation>In {time}.</translation>
    </message>
    <message>
        <source>with the checklist</source>
        <translation>cùng danh mục</translation>
    </message>
    <message>
        <source>{cables} cables and {items} items cannot be read any more. The record is in {file}: both sign it.</source>
        <translation>{cables} điện và {items} khí tài không đọc được nữa. Biên bản ở {file}: hai người ký.</translation>
    </message>
    <message>
        <source>Cipher officer on watch</source>
        <translation>Cán bộ cơ yếu trực</translation>
    </message>
    <message>
        <source>Head of mission</source>
        <translation>Trưởng cơ quan đại diện</translation>
    </message>
    <message>
        <source>Printed cables, tuyệt mật</source>
        <translation>Điện in, tuyệt mật</translation>
    </message>
    <message>
        <source>Printed cables, tối mật</source>
        <translation>Điện in, tối mật</translation>
    </message>
    <message>
        <source>Printed cables, mật</source>
        <translation>Điện in, mật</translation>
    </message>
    <message>
        <source>Pad books: burn leaf by leaf</source>
        <translation>Tập khóa giấy: đốt từng tờ</translation>
    </message>
    <message>
        <source>Challenge lists</source>
        <translation>Phiếu hỏi–đáp</translation>
    </message>
    <message>
        <source>Codebooks, syllabaries, tables</source>
        <translation>Sổ mã, bảng âm tiết, bảng tra</translation>
    </message>
    <message>
        <source>Tokens and cards: break the chip</source>
        <translation>Thẻ khóa: đập vỡ chip</translation>
    </message>
    <message>
        <source>Sticks: break the chip</source>
        <translation>USB: đập vỡ chip</translation>
    </message>
    <message>
        <source>This machine: break its disk</source>
        <translation>Máy này: đập vỡ ổ đĩa</translation>
    </message>
    <message>
        <source>Other material of the ledger</source>
        <translation>Khí tài khác trong sổ</translation>
    </message>
    <message>
        <source>Delegation kits</source>
        <translation>Bộ điện cơ động</translation>
    </message>
    <message>
        <source>Recovery sheets and sealed shares</source>
        <translation>Phiếu khôi phục, phiếu của trưởng cơ quan</translation>
    </message>
    <message>
        <source>EXERCISE · no store of this post is opened, read or touched</source>
        <translation>LUYỆN TẬP · không mở, không đọc, không chạm đến kho nào của cơ quan</translation>
    </message>
    <message>
        <source>LUYỆN TẬP · Emergency destruction</source>
        <translation>LUYỆN TẬP · Tiêu hủy khẩn cấp</translation>
    </message>
    <message>
        <source>Emergency destruction</source>
        <translation>Tiêu hủy khẩn cấp</translation>
    </message>
    <message>
        <source>{title} – cannot be undone</source>
        <translation>{title} – không thể hoàn tác</translation>
    </message>
    <message>
        <source>Destroyed at once: the keys of this machine, and with them every cable, attachment and key book in its store, for ever; the keys on kits, backups and sticks that are plugged in.</source>
        <translation>Tiêu hủy ngay: khóa của máy này, cùng với mọi điện, tệp đính kèm và tập khóa điện tử trong kho, vĩnh viễn; khóa trên bộ điện cơ động, bản sao lưu và USB đang cắm.</translation>
    </message>
    <message>
        <source>Destroyed: an invented store, made in memory for this exercise and thrown away after it.</source>
        <translation>Tiêu hủy: một kho giả lập, tạo trong bộ nhớ cho buổi luyện tập và bỏ đi sau đó.</translation>
    </message>
    <message>
        <source>Left to be destroyed by hand: printed papers, pads, codebooks, the recovery sheet; sticks and backups that are not plugged in; other machines. A solid-state disk may keep old blocks: break it.</source>
        <translation>Còn lại, phải tự tay tiêu hủy: giấy in, tập khóa giấy, sổ mã, phiếu khôi phục; USB và bản sao lưu không cắm; máy khác. Ổ SSD có thể còn giữ khối dữ liệu cũ: đập vỡ ổ.</translation>
    </message>
    <message>
        <source>Only new keys from headquarters, or a backup together with its recovery sheet, bring this post back.</source>
        <translation>Chỉ có thể làm lại bằng khóa mới của Bộ, hoặc bằng bản sao lưu cùng phiếu khôi phục của nó.</translation>
    </message>
    <message>
        <source>A report sealed in advance then goes to headquarters where there is a line; it says nothing of papers.</source>
        <translation>Sau đó báo cáo niêm phong từ trước được gửi về Bộ nếu còn đường truyền; báo cáo không nói gì về giấy tờ.</translation>
    </message>
    <message>
        <source>Nothing goes to headquarters by the line: no report lies ready. Tell it by voice.</source>
        <translation>Không có gì gửi về Bộ qua đường truyền: chưa có báo cáo niêm phong. Hãy báo bằng lời.</translation>
    </message>
    <message>
        <source>&amp;Passphrase (this station asks for it)</source>
        <translation>&amp;Mật khẩu (cơ quan này yêu cầu)</translation>
    </message>
    <message>
        <source>&amp;Type {word}, then hold Enter for 3 seconds</source>
        <translation>&amp;Gõ {word} rồi giữ Enter 3 giây</translation>
    </message>
    <message>
        <source>How long Enter is held</source>
        <translation>Đã giữ Enter bao lâu</translation>
    </message>
    <message>
        <source>This passphrase does not open the store. Nothing was destroyed.</source>
        <translation>Mật khẩu này không mở được kho. Chưa tiêu hủy gì.</translation>
    </message>
    <message>
        <source>Destroying…</source>
        <translation>Đang tiêu hủy…</translation>
    </message>
    <message>
        <source>Proving the passphrase…</source>
        <translation>Đang kiểm mật khẩu…</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>T&amp;hôi</translation>
    </message>
    <message>
        <source>&amp;Hold to destroy</source>
        <translation>Giữ để &amp;tiêu hủy</translation>
    </message>
    <message>
        <source>&amp;Practise instead…</source>
        <translation>&amp;Luyện tập…</translation>
    </message>
    <message>
        <source>Keys destroyed {hour}. Nothing in the store can be read.</source>
        <translation>Đã tiêu hủy khóa {hour}. Không còn đọc được gì trong kho.</translation>
    </message>
    <message>
        <source>There is no store here: nothing was destroyed.</source>
        <translation>Ở đây không có kho: chưa tiêu hủy gì.</translation>
    </message>
    <message>
        <source>The keys are NOT destroyed for certain. Break the disk of this machine now.</source>
        <translation>CHƯA chắc chắn đã tiêu hủy khóa. Đập vỡ ổ đĩa của máy này ngay.</translation>
    </message>
    <message>
        <source>Read back: the old pages are not there. </source>
        <translation>Đã đọc lại: trang cũ không còn. </translation>
    </message>
    <message>
        <source>Now the papers and media, in this order</source>
        <translation>Tiếp theo là giấy tờ và vật mang tin, theo thứ tự này</translation>
    </message>
    <message>
        <source>Tell headquarters by voice, by the groups of the outcome card: {line}</source>
        <translation>Báo Bộ bằng lời, theo nhóm trên thẻ kết quả: {line}</translation>
    </message>
    <message>
        <source>This disk overwrites in place.</source>
        <translation>Ổ đĩa này ghi đè tại chỗ.</translation>
    </message>
    <message>
        <source>A flash medium may keep old blocks where no program reaches them: break it.</source>
        <translation>Bộ nhớ flash có thể còn giữ khối cũ ở nơi chương trình không với tới: đập vỡ nó.</translation>
    </message>
    <message>
        <source>Emergency &amp;destruction…</source>
        <translation>&amp;Tiêu hủy khẩn cấp…</translation>
    </message>
    <message>
        <source>Keys destroyed {time}</source>
        <translation>Đã tiêu hủy khóa {time}</translation>
    </message>
    <message>
        <source>The keys of the store in {home} are destroyed. Nothing in it can be read by anybody.

Papers, pads, codebooks, the recovery sheet, sticks that were not plugged in, backups and other machines are destroyed by hand. Break the disk of this machine: a solid-state disk may keep old blocks. Tell headquarters by voice what is left.

Only new keys from headquarters, or a backup together with its recovery sheet, bring this post back.</source>
        <translation>Khóa của kho ở {home} đã tiêu hủy. Không ai đọc được gì trong đó nữa.

Giấy tờ, tập khóa giấy, sổ mã, phiếu khôi phục, USB không cắm, bản sao lưu và máy khác phải tự tay tiêu hủy. Đập vỡ ổ đĩa của máy này: ổ SSD có thể còn giữ khối cũ. Báo Bộ bằng lời những gì còn lại.

Chỉ có thể làm lại bằng khóa mới của Bộ, hoặc bằng bản sao lưu cùng phiếu khôi phục của nó.</translation>
    </message>
    <message>
        <source>The disk is full. What was there before is unharmed and no number was used. Make room, then repeat.</source>
        <translation>Ổ đĩa đã đầy. Những gì có trước còn nguyên và chưa cấp số. Dọn chỗ rồi làm lại.</translation>
    </message>
    <message>
        <source>The disk takes no writing: it was mounted or locked for reading only. Everything on it is unharmed. Make it writable, then open the store again.</source>
        <translation>Ổ đĩa không cho ghi: đang gắn hoặc khóa ở chế độ chỉ đọc. Mọi thứ trên đó còn nguyên. Mở quyền ghi rồi mở lại kho.</translation>
    </message>
    <message>
        <source>The draft was put away.</source>
        <translation>Đã bỏ bản thảo.</translation>
    </message>
    <message>
        <source>The drafter is missing.</source>
        <translation>Chưa có người soạn thảo.</translation>
    </message>
    <message>
        <source>The drafter's name or title is longer than 120 characters.</source>
        <translation>Họ tên hoặc chức danh người soạn dài quá 120 ký tự.</translation>
    </message>
    <message>
        <source>The file cannot be read or written. Check the disk, then repeat.</source>
        <translation>Không đọc hoặc ghi được tệp. Kiểm tra ổ đĩa rồi làm lại.</translation>
    </message>
    <message>
        <source>The file ends too early: the pouch is not whole.</source>
        <translation>Tệp kết thúc sớm: túi không nguyên vẹn.</translation>
    </message>
    <message>
        <source>The file is no longer there.</source>
        <translation>Tệp không còn ở đó.</translation>
    </message>
    <message>
        <source>The file is not there, or is no plain file. Nothing was taken.</source>
        <translation>Không thấy tệp, hoặc không phải tệp thường. Chưa nhận gì.</translation>
    </message>
    <message>
        <source>The files are still being checked for metadata. Send in a moment.</source>
        <translation>Đang kiểm siêu dữ liệu của các tệp. Gửi lại sau giây lát.</translation>
    </message>
    <message>
        <source>Find in this cable</source>
        <translation>Tìm trong điện này</translation>
    </message>
    <message>
        <source>Find in this cable…  (F3: next)</source>
        <translation>Tìm trong điện này…  (F3: chỗ kế)</translation>
    </message>
    <message>
        <source>Not in this cable</source>
        <translation>Không có trong điện này</translation>
    </message>
    <message>
        <source>The store of an addressee may be an old copy or have a second one, so no cable goes there. Nothing left and no number was used. Call that post and headquarters before sending goes on.</source>
        <translation>Kho của một nơi nhận có thể là bản cũ hoặc còn một bản thứ hai nên không phát điện đến nơi đó. Chưa có gì được phát, chưa dùng số nào. Gọi cho cơ quan đó và cho Bộ trước khi phát tiếp.</translation>
    </message>
    <message>
        <source>The store of an addressee may be an old copy, or have a second one. Cables to it are kept back.</source>
        <translation>Kho của một nơi nhận có thể là bản cũ, hoặc còn một bản thứ hai. Điện gửi nơi đó được giữ lại.</translation>
    </message>
    <message>
        <source>This store may be an old copy, or have a second one. Sending is stopped.</source>
        <translation>Kho này có thể là bản cũ, hoặc còn một bản thứ hai. Đã dừng phát.</translation>
    </message>
    <message>
        <source>The machine of {to} was taken off the list at {time} before it proved to have it. Nothing more goes there; ask headquarters which machine {to} has now.</source>
        <translation>Máy của {to} bị rút khỏi danh bạ lúc {time} trước khi chứng minh đã nhận. Không gửi gì thêm tới máy đó; hỏi Bộ xem {to} nay dùng máy nào.</translation>
    </message>
    <message>
        <source>walk the Damm square from the seed</source>
        <translation>đi bảng Damm từ số mồi</translation>
    </message>
    <message>
        <source>work it once more</source>
        <translation>tính lại</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>sai</translation>
    </message>
    <message>
        <source>{book} · to {peer}</source>
        <translation>{book} · gửi {peer}</translation>
    </message>
    <message>
        <source>{change} (capital letters)</source>
        <translation>{change} (chữ hoa)</translation>
    </message>
    <message>
        <source>{change} (placing of the tone)</source>
        <translation>{change} (chỗ đặt dấu)</translation>
    </message>
    <message>
        <source>{change} (signs)</source>
        <translation>{change} (dấu câu)</translation>
    </message>
    <message>
        <source>{change} (spaces)</source>
        <translation>{change} (khoảng cách)</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>{first} đến {last}</translation>
    </message>
    <message>
        <source>{how} by {channels}</source>
        <translation>{how} qua {channels}</translation>
    </message>
    <message>
        <source>{left}, about {days}</source>
        <translation>{left}, khoảng {days}</translation>
    </message>
    <message>
        <source>{line} · {n} of {all}</source>
        <translation>{line} · {n} trên {all}</translation>
    </message>
    <message>
        <source>{machine} opened another text than the one released. Ask there by another way.</source>
        <translation>{machine} đã mở nội dung khác bản phát hành. Hỏi lại nơi nhận bằng đường khác.</translation>
    </message>
    <message>
        <source>Unusual silence: a station's recap of serials is missing. Ask there by another way.</source>
        <translation>Im lặng bất thường: thiếu bảng kê số của một cơ quan. Hỏi lại nơi đó bằng đường khác.</translation>
    </message>
    <message>
        <source>{n} day</source>
        <translation>{n} ngày</translation>
    </message>
    <message>
        <source>{n} days</source>
        <translation>{n} ngày</translation>
    </message>
    <message>
        <source>{n} group with its heading</source>
        <translation>{n} nhóm kể cả đầu đề</translation>
    </message>
    <message>
        <source>{n} groups with their heading</source>
        <translation>{n} nhóm kể cả đầu đề</translation>
    </message>
    <message>
        <source>{n} key page</source>
        <translation>{n} trang khóa</translation>
    </message>
    <message>
        <source>{n} key pages</source>
        <translation>{n} trang khóa</translation>
    </message>
    <message>
        <source>{n} left</source>
        <translation>còn {n}</translation>
    </message>
    <message>
        <source>{n} places</source>
        <translation>{n} chỗ</translation>
    </message>
    <message>
        <source>{at} of {n}</source>
        <translation>{at}/{n}</translation>
    </message>
    <message>
        <source>Find in &amp;this cable</source>
        <translation>Tìm trong điện &amp;này</translation>
    </message>
    <message>
        <source>&amp;Next place found</source>
        <translation>Chỗ khớp &amp;kế</translation>
    </message>
    <message>
        <source>&amp;Previous place found</source>
        <translation>Chỗ khớp t&amp;rước</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>The filter hides every cable. Esc shows all again.</source>
        <translation>Bộ lọc đang ẩn mọi điện. Nhấn Esc để hiện lại tất cả.</translation>
    </message>
    <message>
        <source>The folder does not allow writing. Choose another.</source>
        <translation>Thư mục không cho ghi. Chọn thư mục khác.</translation>
    </message>
    <message>
        <source>The index is not whole yet ({n} %): nothing found in the cables that are in it. It goes on by itself.</source>
        <translation>Chỉ mục chưa dựng xong ({n} %): chưa tìm thấy trong số điện đã vào chỉ mục. Chỉ mục đang tự dựng tiếp.</translation>
    </message>
    <message>
        <source>The index is not whole yet ({n} %): older cables may be missing here. It goes on by itself.</source>
        <translation>Chỉ mục chưa dựng xong ({n} %): điện cũ hơn có thể chưa hiện ở đây. Chỉ mục đang tự dựng tiếp.</translation>
    </message>
    <message>
        <source>The key half in the system keyring cannot be read (the desktop session may have changed). The store is not damaged. Open it with the recovery sheet, or go back to the earlier session.</source>
        <translation>Không đọc được phần khóa lưu trong kho khóa của hệ điều hành (có thể do đổi môi trường màn hình). Kho điện không bị hỏng. Mở bằng phiếu khôi phục hoặc quay lại phiên làm việc cũ.</translation>
    </message>
    <message>
        <source>The last try did not succeed.</source>
        <translation>Lần thử vừa rồi chưa xong.</translation>
    </message>
    <message>
        <source>The machine of {to} received it at {time}; no officer has acknowledged it yet.</source>
        <translation>Máy của {to} đã nhận lúc {time}; chưa có người ký nhận.</translation>
    </message>
    <message>
        <source>The medium could not be read to the end.</source>
        <translation>Không đọc được USB đến hết.</translation>
    </message>
    <message>
        <source>The medium could not be written or read. Every cable is safe in the store. Plug it in again, or use another one, then repeat.</source>
        <translation>Không ghi hoặc không đọc được USB. Mọi điện vẫn an toàn trong kho. Cắm lại USB hoặc dùng USB khác rồi làm lại.</translation>
    </message>
    <message>
        <source>The medium has no room for the pouch, or takes no file so large. Nothing counts as written; every cable is still in the outbox. Use another medium, or write a pouch for fewer posts.</source>
        <translation>USB không đủ chỗ cho túi, hoặc không nhận tệp lớn như vậy. Không có gì được coi là đã ghi; mọi điện vẫn còn ở mục chờ gửi. Dùng USB khác, hoặc ghi túi cho ít đơn vị hơn.</translation>
    </message>
    <message>
        <source>The name of an enclosure cannot be sent. Rename the file.</source>
        <translation>Tên một tệp kèm không gửi được. Đổi tên tệp.</translation>
    </message>
    <message>
        <source>The number of copies must be 1 to 99.</source>
        <translation>Số bản phải từ 1 đến 99.</translation>
    </message>
    <message>
        <source>The officer paused the files at {done} of {total}. The cable leaves when they are at the relay.</source>
        <translation>Cán bộ đã tạm dừng gửi tệp ở {done} / {total}. Điện chỉ rời máy khi tệp đã ở máy trung chuyển.</translation>
    </message>
    <message>
        <source>The page count of an enclosure cannot be right.</source>
        <translation>Số trang của một tệp kèm không đúng.</translation>
    </message>
    <message>
        <source>The passphrase is not right.</source>
        <translation>Mật khẩu không đúng.</translation>
    </message>
    <message>
        <source>The pouch is not made as it should be. Tell the security administrator.</source>
        <translation>Túi không đúng quy cách. Báo quản trị an ninh.</translation>
    </message>
    <message>
        <source>The pouch says it was made at {time}.</source>
        <translation>Trong túi ghi thời điểm lập: {time}.</translation>
    </message>
    <message>
        <source>The pouch was read to its end.</source>
        <translation>Đã đọc hết túi.</translation>
    </message>
    <message>
        <source>The program ended by itself at {time} and was started anew. Cables received and signed and drafts kept are in the store; words typed in the last seconds may be missing.</source>
        <translation>Chương trình tự dừng lúc {time} và đã mở lại. Điện đã nhận, điện đã ký và bản thảo đã lưu vẫn còn trong kho; chữ gõ trong vài giây cuối có thể chưa kịp lưu.</translation>
    </message>
    <message>
        <source>The protection date cannot be read, is past, or is later than the classification allows.</source>
        <translation>Ngày hết bảo vệ không đọc được, đã qua, hoặc muộn hơn mức độ mật cho phép.</translation>
    </message>
    <message>
        <source>The reading was stopped.</source>
        <translation>Việc đọc đã được dừng.</translation>
    </message>
    <message>
        <source>The reason is longer than 300 characters. Shorten it.</source>
        <translation>Lý do dài quá 300 ký tự. Rút ngắn lại.</translation>
    </message>
    <message>
        <source>The receipt is here.</source>
        <translation>Đã có báo nhận.</translation>
    </message>
    <message>
        <source>The receipt is {late} overdue.</source>
        <translation>Báo nhận đã quá hạn {late}.</translation>
    </message>
    <message>
        <source>The relay answered against its own rules.</source>
        <translation>Máy trung chuyển trả lời trái quy ước.</translation>
    </message>
    <message>
        <source>The relay answered and did not take it.</source>
        <translation>Máy trung chuyển có trả lời nhưng không nhận.</translation>
    </message>
    <message>
        <source>The relay asks to come again later.</source>
        <translation>Máy trung chuyển hẹn gửi lại sau.</translation>
    </message>
    <message>
        <source>The relay did not take it. What waits is intact and will be tried again.</source>
        <translation>Máy trung chuyển không nhận. Điện chờ gửi còn nguyên và sẽ được thử lại.</translation>
    </message>
    <message>
        <source>The relay has lost what it held; it is offered again.</source>
        <translation>Máy trung chuyển đã mất những gì nó giữ; điện được gửi lại.</translation>
    </message>
    <message>
        <source>The relay says that it had no room for packets addressed here. The senders keep them and send again.</source>
        <translation>Máy trung chuyển báo không còn chỗ cho một số gói gửi đến đây. Nơi gửi vẫn giữ các gói đó và sẽ gửi lại.</translation>
    </message>
    <message>
        <source>The request, the kit or the activation code do not fit together.</source>
        <translation>Phiếu đăng ký, bộ kích hoạt và mã kích hoạt không khớp nhau.</translation>
    </message>
    <message>
        <source>The return date cannot be read or is past.</source>
        <translation>Ngày thu hồi không đọc được hoặc đã qua.</translation>
    </message>
    <message>
        <source>The second person must not be the releasing officer.</source>
        <translation>Người thứ hai không được là người duyệt, ký phát hành.</translation>
    </message>
    <message>
        <source>The second person's name cannot be used.</source>
        <translation>Họ tên người thứ hai không dùng được.</translation>
    </message>
    <message>
        <source>The store is locked.</source>
        <translation>Kho điện đang khóa.</translation>
    </message>
    <message>
        <source>The store was written by a newer version of the program. It is unharmed; install that version.</source>
        <translation>Kho được ghi bằng bản chương trình mới hơn. Kho còn nguyên; cài bản đó để mở.</translation>
    </message>
    <message>
        <source>The store's files do not fit together. Nothing was changed. Tell the security administrator; restore from a backup.</source>
        <translation>Các tệp của kho không khớp nhau. Chưa thay đổi gì. Báo quản trị an ninh; khôi phục từ bản sao lưu.</translation>
    </message>
    <message>
        <source>The subject codes cannot be used: at most five, each once, of 40 characters at most.</source>
        <translation>Mã chủ đề không dùng được: nhiều nhất năm mã, mỗi mã một lần, dài nhất 40 ký tự.</translation>
    </message>
    <message>
        <source>The subject is longer than 200 characters. Shorten it.</source>
        <translation>Trích yếu dài quá 200 ký tự. Rút ngắn lại.</translation>
    </message>
    <message>
        <source>The subject is missing.</source>
        <translation>Chưa có trích yếu.</translation>
    </message>
    <message>
        <source>The subject is shorter than 3 characters.</source>
        <translation>Trích yếu ngắn hơn 3 ký tự.</translation>
    </message>
    <message>
        <source>The summary is longer than 4,000 characters. Shorten it.</source>
        <translation>Tóm tắt dài quá 4.000 ký tự. Rút ngắn lại.</translation>
    </message>
    <message>
        <source>The system may write memory to {areas} in clear. Cables on the screen could stay there after the lock: turn swap off, or encipher it.</source>
        <translation>Hệ điều hành có thể ghi bộ nhớ ra {areas} mà không mã hóa. Điện đang mở có thể còn lại ở đó sau khi khóa: hãy tắt vùng tráo đổi (swap) hoặc mã hóa vùng đó.</translation>
    </message>
    <message>
        <source>The text holds characters that cannot be sent. Saving removes them.</source>
        <translation>Nội dung có ký tự không gửi được. Lưu bản thảo sẽ bỏ chúng.</translation>
    </message>
    <message>
        <source>The text is empty.</source>
        <translation>Nội dung còn trống.</translation>
    </message>
    <message>
        <source>The text is longer than 200,000 characters. Send the rest as an enclosure.</source>
        <translation>Nội dung dài quá 200.000 ký tự. Gửi phần còn lại bằng tệp kèm.</translation>
    </message>
    <message>
        <source>The time after which the cable is void cannot be read or is past.</source>
        <translation>Giờ hết hiệu lực không đọc được hoặc đã qua.</translation>
    </message>
    <message>
        <source>The time for the reply cannot be read, is past, or is more than a year ahead.</source>
        <translation>Hạn trả lời không đọc được, đã qua hoặc xa hơn một năm.</translation>
    </message>
    <message>
        <source>The type of an enclosure is not known.</source>
        <translation>Không rõ kiểu của một tệp kèm.</translation>
    </message>
    <message>
        <source>There is a file of this name already. Nothing was written; choose another name.</source>
        <translation>Đã có tệp mang tên này. Chưa ghi gì; chọn tên khác.</translation>
    </message>
    <message>
        <source>This passphrase is another person's already. Choose another one. Nothing was changed.</source>
        <translation>Mật khẩu này người khác đang dùng. Chọn mật khẩu khác. Chưa thay đổi gì.</translation>
    </message>
    <message>
        <source>&amp;Officers…</source>
        <translation>&amp;Cán bộ…</translation>
    </message>
    <message>
        <source>Officers</source>
        <translation>Cán bộ</translation>
    </message>
    <message>
        <source>Full name</source>
        <translation>Họ tên</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Chức vụ</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>Vai</translation>
    </message>
    <message>
        <source>head of mission</source>
        <translation>trưởng cơ quan</translation>
    </message>
    <message>
        <source>has not opened yet</source>
        <translation>chưa mở lần nào</translation>
    </message>
    <message>
        <source>Headquarters</source>
        <translation>Ở Bộ</translation>
    </message>
    <message>
        <source>not listed yet</source>
        <translation>chưa có tên</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>không ai</translation>
    </message>
    <message>
        <source>Nobody is known yet: the store was not opened since.</source>
        <translation>Chưa biết ai: kho chưa được mở lại.</translation>
    </message>
    <message>
        <source>A deputy: signs only while standing in</source>
        <translation>Người thay: chỉ ký khi đang thay người vắng</translation>
    </message>
    <message>
        <source>Lea&amp;ve it</source>
        <translation>Thô&amp;i</translation>
    </message>
    <message>
        <source>New passphrase, typed by the new person</source>
        <translation>Mật khẩu mới, người mới tự gõ</translation>
    </message>
    <message>
        <source>New passphrase, once more</source>
        <translation>Gõ lại mật khẩu mới</translation>
    </message>
    <message>
        <source>Days from now</source>
        <translation>Số ngày, kể từ bây giờ</translation>
    </message>
    <message>
        <source>Stands in</source>
        <translation>Người thay</translation>
    </message>
    <message>
        <source>Second person, by name</source>
        <translation>Người thứ hai, ghi tên</translation>
    </message>
    <message>
        <source>Second person's own passphrase</source>
        <translation>Mật khẩu của người thứ hai</translation>
    </message>
    <message>
        <source>&amp;Add a person…</source>
        <translation>Thê&amp;m người…</translation>
    </message>
    <message>
        <source>&amp;Suspend</source>
        <translation>&amp;Tạm dừng</translation>
    </message>
    <message>
        <source>&amp;Bring back…</source>
        <translation>Cho trở &amp;lại…</translation>
    </message>
    <message>
        <source>&amp;Remove…</source>
        <translation>Đưa &amp;ra…</translation>
    </message>
    <message>
        <source>A&amp;way…</source>
        <translation>&amp;Vắng mặt…</translation>
    </message>
    <message>
        <source>&amp;End the absence</source>
        <translation>&amp;Kết thúc vắng mặt</translation>
    </message>
    <message>
        <source>officer</source>
        <translation>cán bộ</translation>
    </message>
    <message>
        <source>deputy</source>
        <translation>người thay</translation>
    </message>
    <message>
        <source>here</source>
        <translation>có mặt</translation>
    </message>
    <message>
        <source>suspended</source>
        <translation>tạm dừng</translation>
    </message>
    <message>
        <source>is being removed</source>
        <translation>đang đưa ra</translation>
    </message>
    <message>
        <source>no longer here</source>
        <translation>không còn ở đây</translation>
    </message>
    <message>
        <source>listed as {n}</source>
        <translation>số {n}</translation>
    </message>
    <message>
        <source>the recovery sheet</source>
        <translation>phiếu khôi phục</translation>
    </message>
    <message>
        <source>{name} has opened the store and may sign now.</source>
        <translation>{name} đã mở kho và ký được lúc này.</translation>
    </message>
    <message>
        <source>{name} has opened the store and may not sign now: {why}.</source>
        <translation>{name} đã mở kho và chưa ký được lúc này: {why}.</translation>
    </message>
    <message>
        <source>the recovery sheet signs for nobody</source>
        <translation>phiếu khôi phục không ký thay ai</translation>
    </message>
    <message>
        <source>this person's key cannot be opened here</source>
        <translation>không mở được khóa của người này ở đây</translation>
    </message>
    <message>
        <source>headquarters has not listed this person yet</source>
        <translation>Bộ chưa đưa người này vào danh bạ</translation>
    </message>
    <message>
        <source>the head of mission reads and stands by; an officer releases</source>
        <translation>trưởng cơ quan đọc và làm chứng; cán bộ phát điện</translation>
    </message>
    <message>
        <source>a deputy signs only while standing in</source>
        <translation>người thay chỉ ký khi đang thay người vắng</translation>
    </message>
    <message>
        <source>an absence is recorded: end it first</source>
        <translation>đang ghi vắng mặt: kết thúc trước đã</translation>
    </message>
    <message>
        <source>this person is suspended or no longer here</source>
        <translation>người này bị tạm dừng hoặc không còn ở đây</translation>
    </message>
    <message>
        <source>Enter the name.</source>
        <translation>Nhập họ tên.</translation>
    </message>
    <message>
        <source>Enter the title.</source>
        <translation>Nhập chức vụ.</translation>
    </message>
    <message>
        <source>The passphrase has at least 12 characters.</source>
        <translation>Mật khẩu có ít nhất 12 ký tự.</translation>
    </message>
    <message>
        <source>The second person enters the own passphrase.</source>
        <translation>Người thứ hai nhập mật khẩu của mình.</translation>
    </message>
    <message>
        <source>This passphrase is no other person's of this post. Nothing was changed.</source>
        <translation>Đây không phải mật khẩu của người nào khác ở cơ quan này. Chưa thay đổi gì.</translation>
    </message>
    <message>
        <source>Every keyslot is taken: remove somebody first. Nothing was changed.</source>
        <translation>Hết ngăn khóa: đưa một người ra trước. Chưa thay đổi gì.</translation>
    </message>
    <message>
        <source>{name} opens and reads from now on, and signs when headquarters has listed the key. Send the request: secmsg officer request {n}.</source>
        <translation>{name} mở và đọc được từ bây giờ, ký được khi Bộ đã đưa khóa vào danh bạ. Gửi yêu cầu: secmsg officer request {n}.</translation>
    </message>
    <message>
        <source>{name} opens nothing until two persons bring the passphrase back.</source>
        <translation>{name} không mở được gì cho tới khi hai người cho mật khẩu trở lại.</translation>
    </message>
    <message>
        <source>{name} opens again with the passphrase as before.</source>
        <translation>{name} lại mở được bằng mật khẩu như trước.</translation>
    </message>
    <message>
        <source>The keyslot of {name} is overwritten: the passphrase opens nothing any more.</source>
        <translation>Ngăn khóa của {name} đã bị ghi đè: mật khẩu không mở được gì nữa.</translation>
    </message>
    <message>
        <source>By s&amp;hare and PIN, not by passphrase</source>
        <translation>Bằng p&amp;hiếu và mã PIN, không dùng mật khẩu</translation>
    </message>
    <message>
        <source>&amp;Full name</source>
        <translation>Họ &amp;tên</translation>
    </message>
    <message>
        <source>&amp;Second person, by name</source>
        <translation>Người thứ ha&amp;i, ghi tên</translation>
    </message>
    <message>
        <source>Second person's o&amp;wn passphrase</source>
        <translation>&amp;Mật khẩu của người thứ hai</translation>
    </message>
    <message>
        <source>&amp;Groups of the share</source>
        <translation>Các &amp;nhóm số của phiếu</translation>
    </message>
    <message>
        <source>P&amp;IN, typed by the head of mission</source>
        <translation>Mã P&amp;IN, trưởng cơ quan tự gõ</translation>
    </message>
    <message>
        <source>PIN, &amp;once more</source>
        <translation>Gõ &amp;lại mã PIN</translation>
    </message>
    <message>
        <source>The sheet opens everybody's keys, so another person stands by and proves it: {names} (a deputy only while standing in). If none of them can come, no new sheet can be made, and the old one stays in force.</source>
        <translation>Phiếu mở được khóa của mọi người, nên phải có người thứ hai chứng minh có mặt: {names} (người thay chỉ khi đang thay). Không ai đến được thì không lập được phiếu mới, phiếu cũ vẫn có hiệu lực.</translation>
    </message>
    <message>
        <source>The new sheet is on paper and was read back. When it is put in force, the old sheet does not open this store any more. There is no way back but another new sheet.</source>
        <translation>Phiếu mới đã đọc lại đúng. Khi phiếu mới có hiệu lực, phiếu cũ không mở được kho này nữa. Không có đường quay lại, chỉ lập được một phiếu mới khác.</translation>
    </message>
    <message>
        <source>The second person types now, unseen: the own passphrase, or share and PIN. The record names that person.</source>
        <translation>Bây giờ người thứ hai tự gõ, không ai nhìn: mật khẩu của mình, hoặc phiếu và mã PIN. Sổ ghi tên người đó.</translation>
    </message>
    <message>
        <source>Erase the file that was printed from: {file}.</source>
        <translation>Xóa tệp đã dùng để in: {file}.</translation>
    </message>
    <message>
        <source>Look at the list of officers: if {name} stands there, share and PIN open the store and the share is to be entered in the ledger by command; otherwise they open nothing.</source>
        <translation>Xem danh sách cán bộ: nếu có tên {name} thì phiếu và mã PIN đã mở được kho, phải ghi phiếu vào Sổ khí tài mật mã bằng lệnh; nếu không có thì chúng không mở được gì.</translation>
    </message>
    <message>
        <source>This paper is not in force. When the window is closed it opens nothing, now or ever: destroy it, and erase the file if there is one. Close once more to leave it so.</source>
        <translation>Phiếu này chưa có hiệu lực. Đóng cửa sổ thì phiếu không bao giờ mở được gì: tiêu hủy phiếu, xóa tệp nếu có. Muốn bỏ phiếu thì đóng lần nữa.</translation>
    </message>
    <message>
        <source>New recovery sheet</source>
        <translation>Phiếu khôi phục mới</translation>
    </message>
    <message>
        <source>Share of the head of mission</source>
        <translation>Phiếu của trưởng cơ quan</translation>
    </message>
    <message>
        <source>The new sheet takes the old one's place: the old sheet does not open this store afterwards. Backups made before open with the old sheet only: keep it sealed beside them until a new backup was made and verified.</source>
        <translation>Phiếu mới thay phiếu cũ: từ đó phiếu cũ không mở được kho này. Bản sao lưu lập trước đó chỉ mở bằng phiếu cũ: giữ phiếu cũ niêm phong bên các bản ấy cho tới khi có bản sao lưu mới đã kiểm chứng.</translation>
    </message>
    <message>
        <source>Nothing changes before the new sheet is on paper, was read back, and is put in force on the last page.</source>
        <translation>Chưa có gì thay đổi cho tới khi phiếu mới đã ở trên giấy, đọc lại đúng, và được cho có hiệu lực ở bước cuối.</translation>
    </message>
    <message>
        <source>Nobody else opens this store, so no second person is asked for.</source>
        <translation>Không có ai khác mở kho này, nên không hỏi người thứ hai.</translation>
    </message>
    <message>
        <source>{names} has a share already. It opens until that person is removed; if it is lost, remove the person at once, then make another share.</source>
        <translation>{names} đã có phiếu. Phiếu ấy còn mở được cho tới khi đưa người đó ra; nếu mất phiếu thì đưa ra ngay, rồi lập phiếu khác.</translation>
    </message>
    <message>
        <source>The head of mission gets half of a key on paper, and sets a PIN that is written nowhere. Both together open the store to read, and prove the second person; they release nothing.</source>
        <translation>Trưởng cơ quan nhận nửa khóa trên giấy và đặt một mã PIN không ghi ở đâu. Có cả hai thì mở được kho để đọc và chứng minh người thứ hai; không phát được điện.</translation>
    </message>
    <message>
        <source>Nothing opens by the paper before it was read back and the PIN is set on the last page.</source>
        <translation>Phiếu chưa mở được gì cho tới khi đọc lại đúng và đặt mã PIN ở bước cuối.</translation>
    </message>
    <message>
        <source>Write the groups on paper with their places, or save the PDF, print it and erase the file. It is shown this once. Then read three groups from the paper, not from the screen, and type them.</source>
        <translation>Chép các nhóm số kèm số thứ tự ra giấy, hoặc ghi tệp PDF, in rồi xóa tệp. Chỉ hiện một lần này. Sau đó đọc ba nhóm từ tờ giấy, không đọc từ màn hình, và gõ lại.</translation>
    </message>
    <message>
        <source>The share of {name} is on paper and was read back.</source>
        <translation>Phiếu của {name} đã đọc lại đúng.</translation>
    </message>
    <message>
        <source>The head of mission types the PIN now, unseen: 8 to 12 figures, neither all alike nor in a row. It is not written on the share, nor anywhere else.</source>
        <translation>Bây giờ trưởng cơ quan tự gõ mã PIN, không ai nhìn: 8 đến 12 chữ số, không giống nhau cả, không phải một dãy liền. Không viết mã lên phiếu hay ở bất cứ đâu.</translation>
    </message>
    <message>
        <source>Every other person opens the store once soon: only then does the own key follow to the new sheet.</source>
        <translation>Mỗi người khác sớm mở kho một lần: đến khi đó khóa của người ấy mới theo sang phiếu mới.</translation>
    </message>
    <message>
        <source>The new sheet is in force and stands in the ledger. The old one does not open this store any more.</source>
        <translation>Phiếu mới đã có hiệu lực và đã vào Sổ khí tài mật mã. Phiếu cũ không mở được kho này nữa.</translation>
    </message>
    <message>
        <source>Seal the new sheet and lay it in: {place}.</source>
        <translation>Niêm phong phiếu mới, cất ở: {place}.</translation>
    </message>
    <message>
        <source>Make a backup now and verify it. Until then keep the old sheet, sealed: the backups made before open with it alone. Then two persons destroy it.</source>
        <translation>Tạo bản sao lưu ngay và kiểm chứng. Cho tới khi đó vẫn giữ phiếu cũ, niêm phong: các bản trước chỉ mở bằng phiếu ấy. Sau đó hai người tiêu hủy phiếu cũ.</translation>
    </message>
    <message>
        <source>Share and PIN of {name} open the store from now on, to read and to stand by as second person. The share stands in the ledger.</source>
        <translation>Từ bây giờ phiếu và mã PIN của {name} mở được kho để đọc và chứng minh người thứ hai. Phiếu đã vào Sổ khí tài mật mã.</translation>
    </message>
    <message>
        <source>Seal the share and lay it in: {place}.</source>
        <translation>Niêm phong phiếu, cất ở: {place}.</translation>
    </message>
    <message>
        <source>If the share is lost, or the PIN is known to somebody, remove that person at once: the keyslot is overwritten. Then make another share.</source>
        <translation>Mất phiếu hoặc lộ mã PIN thì đưa người đó ra ngay: ngăn khóa bị ghi đè. Rồi lập phiếu khác.</translation>
    </message>
    <message>
        <source>The paper is not in force: nothing opens by it yet.</source>
        <translation>Phiếu chưa có hiệu lực: chưa mở được gì.</translation>
    </message>
    <message>
        <source>Keep both sheets: the next opening of the store says under Notices what became of it.</source>
        <translation>Giữ cả hai phiếu: lần mở kho sau, mục Thông báo cho biết kết quả.</translation>
    </message>
    <message>
        <source>&amp;Make the paper</source>
        <translation>&amp;Lập phiếu</translation>
    </message>
    <message>
        <source>It is &amp;on paper</source>
        <translation>Đã &amp;có trên giấy</translation>
    </message>
    <message>
        <source>Read from the paper and t&amp;ype: groups {places}</source>
        <translation>Đọc từ &amp;tờ giấy và gõ: nhóm {places}</translation>
    </message>
    <message>
        <source>Put it in &amp;force</source>
        <translation>Ch&amp;o có hiệu lực</translation>
    </message>
    <message>
        <source>A person of this name is here already. If the share is lost, remove that person first.</source>
        <translation>Đã có người tên này. Nếu mất phiếu thì đưa người đó ra trước.</translation>
    </message>
    <message>
        <source>Type the groups asked for, with spaces between them.</source>
        <translation>Gõ các nhóm được hỏi, cách nhau bằng dấu cách.</translation>
    </message>
    <message>
        <source>Say where the sealed sheet lies.</source>
        <translation>Ghi rõ phiếu niêm phong cất ở đâu.</translation>
    </message>
    <message>
        <source>A PIN has 8 to 12 figures, neither all alike nor in a row.</source>
        <translation>Mã PIN có 8 đến 12 chữ số, không giống nhau cả, không phải một dãy liền.</translation>
    </message>
    <message>
        <source>The two PINs differ.</source>
        <translation>Hai lần gõ mã PIN khác nhau.</translation>
    </message>
    <message>
        <source>The head of mission types the groups of the share.</source>
        <translation>Trưởng cơ quan gõ các nhóm số của phiếu.</translation>
    </message>
    <message>
        <source>The head of mission types the PIN.</source>
        <translation>Trưởng cơ quan gõ mã PIN.</translation>
    </message>
    <message>
        <source>That is no other person's passphrase, or share and PIN, of this post. Nothing was changed: the old sheet is in force.</source>
        <translation>Đó không phải mật khẩu, hay phiếu và mã PIN, của người khác ở cơ quan này. Chưa có gì thay đổi: phiếu cũ vẫn có hiệu lực.</translation>
    </message>
    <message>
        <source>A deputy stands by only while standing in. Nothing was changed.</source>
        <translation>Người thay chỉ chứng minh được khi đang thay. Chưa có gì thay đổi.</translation>
    </message>
    <message>
        <source>The old sheet is still in force.</source>
        <translation>Phiếu cũ vẫn có hiệu lực.</translation>
    </message>
    <message>
        <source>Head of &amp;mission's share…</source>
        <translation>&amp;Phiếu của trưởng cơ quan…</translation>
    </message>
    <message>
        <source>&amp;New recovery sheet…</source>
        <translation>P&amp;hiếu khôi phục mới…</translation>
    </message>
    <message>
        <source>Ask headquarters to take the name off the list: secmsg officer request {n}.</source>
        <translation>Đề nghị Bộ đưa tên ra khỏi danh bạ: secmsg officer request {n}.</translation>
    </message>
    <message>
        <source>The absence of {name} is recorded.</source>
        <translation>Đã ghi vắng mặt của {name}.</translation>
    </message>
    <message>
        <source>The absence of {name} is ended.</source>
        <translation>Đã kết thúc vắng mặt của {name}.</translation>
    </message>
    <message>
        <source>A person of this name is here already: say which of the two is meant.</source>
        <translation>Đã có người mang tên này: ghi rõ là ai trong hai người.</translation>
    </message>
    <message>
        <source>The second person is another than the one who has opened the store.</source>
        <translation>Người thứ hai không phải là người đang mở kho.</translation>
    </message>
    <message>
        <source>These groups and this PIN do not open this store.</source>
        <translation>Các nhóm số và mã PIN này không mở được kho.</translation>
    </message>
    <message>
        <source>Head of mission's share…</source>
        <translation>Phiếu của trưởng cơ quan…</translation>
    </message>
    <message>
        <source>Groups of the head of mission's share</source>
        <translation>Các nhóm số trên phiếu của trưởng cơ quan</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>Mã PIN</translation>
    </message>
    <message>
        <source>There is a store here already. Nothing was changed.</source>
        <translation>Ở đây đã có kho. Chưa thay đổi gì.</translation>
    </message>
    <message>
        <source>These groups do not open this store.</source>
        <translation>Các nhóm này không mở được kho.</translation>
    </message>
    <message>
        <source>This computer's clock differs from the relay's.</source>
        <translation>Đồng hồ máy này lệch so với máy trung chuyển.</translation>
    </message>
    <message>
        <source>This computer's clock differs from the relay's. Sending works; the times on cables will be wrong.</source>
        <translation>Đồng hồ máy lệch so với máy trung chuyển. Điện vẫn gửi được; giờ ghi trên điện sẽ sai.</translation>
    </message>
    <message>
        <source>This computer's clock is {time} off the relay's.</source>
        <translation>Đồng hồ máy này lệch {time} so với máy trung chuyển.</translation>
    </message>
    <message>
        <source>This file is no pouch for this post. Nothing was taken. Check the file with the courier; if it is the right one, fetch a newer directory or ask the sender.</source>
        <translation>Tệp này không phải túi gửi cho đơn vị này. Chưa nhận gì từ tệp. Đối chiếu tệp với giao thông viên; nếu đúng tệp, lấy ấn bản danh bạ mới hơn hoặc hỏi nơi gửi.</translation>
    </message>
    <message>
        <source>This pouch was written on this machine at {time}. Nothing was taken.</source>
        <translation>Túi này do chính máy này ghi lúc {time}. Không nhận gì từ túi.</translation>
    </message>
    <message>
        <source>This relay takes nothing of this size at present.</source>
        <translation>Máy trung chuyển này hiện không nhận cỡ này.</translation>
    </message>
    <message>
        <source>Tiếng Việt / En&amp;glish</source>
        <translation>Tiếng &amp;Việt / English</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Nơi nhận</translation>
    </message>
    <message>
        <source>To be returned by</source>
        <translation>Thu hồi trước ngày</translation>
    </message>
    <message>
        <source>To be returned by {when}</source>
        <translation>Thu hồi trước {when}</translation>
    </message>
    <message>
        <source>Toolbar</source>
        <translation>Thanh công cụ</translation>
    </message>
    <message>
        <source>Top Secret</source>
        <translation>Tuyệt mật</translation>
    </message>
    <message>
        <source>Top Secret needs a second person.</source>
        <translation>Điện Tuyệt mật cần người thứ hai.</translation>
    </message>
    <message>
        <source>Tries</source>
        <translation>Số lần thử</translation>
    </message>
    <message>
        <source>Tries: {n}.</source>
        <translation>Số lần thử: {n}.</translation>
    </message>
    <message>
        <source>Try again in {n} second.</source>
        <translation>Thử lại sau {n} giây.</translation>
    </message>
    <message>
        <source>Try again in {n} seconds.</source>
        <translation>Thử lại sau {n} giây.</translation>
    </message>
    <message>
        <source>Two different directories with one number were seen. Tell the security administrator.</source>
        <translation>Có hai danh bạ khác nhau cùng một số. Báo quản trị an ninh.</translation>
    </message>
    <message>
        <source>Two different items came under one serial. Tell the security administrator.</source>
        <translation>Hai mục khác nhau mang cùng một số chuỗi. Báo quản trị an ninh.</translation>
    </message>
    <message>
        <source>Two enclosures have the same name. Rename one.</source>
        <translation>Hai tệp kèm trùng tên. Đổi tên một tệp.</translation>
    </message>
    <message>
        <source>Type a name, then Enter</source>
        <translation>Gõ tên, rồi Enter</translation>
    </message>
    <message>
        <source>Unclassified</source>
        <translation>Không mật</translation>
    </message>
    <message>
        <source>Use the passphrase</source>
        <translation>Dùng mật khẩu</translation>
    </message>
    <message>
        <source>Use the &amp;recovery sheet…</source>
        <translation>Dùng &amp;phiếu khôi phục…</translation>
    </message>
    <message>
        <source>Verification</source>
        <translation>Xác thực</translation>
    </message>
    <message>
        <source>Verification, receipts and enclosures</source>
        <translation>Xác thực, báo nhận và tệp kèm</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Phiên bản</translation>
    </message>
    <message>
        <source>Void after</source>
        <translation>Hết hiệu lực sau</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Chờ</translation>
    </message>
    <message>
        <source>Waiting for keys</source>
        <translation>Chờ khóa</translation>
    </message>
    <message>
        <source>What came by hand:</source>
        <translation>Bản đến bằng tay:</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Mục</translation>
    </message>
    <message>
        <source>What comes next, and why</source>
        <translation>Việc tiếp theo và lý do</translation>
    </message>
    <message>
        <source>What was entered is not in the right form.</source>
        <translation>Nội dung nhập không đúng dạng.</translation>
    </message>
    <message>
        <source>What was read back from the medium is not what was written. Nothing counts as written; every cable is still in the outbox. Write the pouch again on another medium.</source>
        <translation>Nội dung đọc lại từ USB không đúng với nội dung đã ghi. Không có gì được coi là đã ghi; mọi điện vẫn còn ở mục chờ gửi. Ghi lại túi trên một USB khác.</translation>
    </message>
    <message>
        <source>What was whole is kept. Read the pouch again from a good copy, or ask the sender for another one; nothing is taken twice.</source>
        <translation>Phần nguyên vẹn đã được giữ. Đọc lại túi từ bản sao tốt, hoặc đề nghị nơi gửi ghi túi khác; không có gì bị nhận hai lần.</translation>
    </message>
    <message>
        <source>Where to write the pouch</source>
        <translation>Nơi ghi túi</translation>
    </message>
    <message>
        <source>Which pouch to read</source>
        <translation>Chọn túi để đọc</translation>
    </message>
    <message>
        <source>While writing a cable</source>
        <translation>Khi soạn điện</translation>
    </message>
    <message>
        <source>With encl&amp;osures</source>
        <translation>Có tệ&amp;p kèm</translation>
    </message>
    <message>
        <source>Without metadata</source>
        <translation>Bỏ siêu dữ liệu</translation>
    </message>
    <message>
        <source>Work under way was cut off by the lock. What was signed or kept is in the store; a cable whose sealing was not finished was not signed and is among the drafts.</source>
        <translation>Việc đang làm dở đã bị ngắt khi khóa. Điện đã ký và bản thảo đã lưu vẫn còn trong kho; điện chưa niêm phong xong thì chưa được ký và nằm trong mục bản thảo.</translation>
    </message>
    <message>
        <source>Write a pouch</source>
        <translation>Ghi túi</translation>
    </message>
    <message>
        <source>Writing, then reading back. Do not pull the medium; locking the screen would stop it.</source>
        <translation>Đang ghi, sau đó đọc lại. Đừng rút USB; khóa màn hình sẽ dừng việc ghi.</translation>
    </message>
    <message>
        <source>Written as {name}. The copy outside is no longer protected.</source>
        <translation>Đã ghi thành {name}. Bản ở ngoài kho không còn được bảo vệ.</translation>
    </message>
    <message>
        <source>Written to the pouch {name} at {time} and read back; no receipt yet.</source>
        <translation>Đã ghi vào túi {name} lúc {time}, đã đọc lại; chưa có báo nhận.</translation>
    </message>
    <message>
        <source>Written to {name} ({size}) and read back at {time}: what lies on the medium is what was written.</source>
        <translation>Đã ghi vào {name} ({size}) và đọc lại lúc {time}: nội dung trên USB đúng với nội dung đã ghi.</translation>
    </message>
    <message>
        <source>Wrong {n} times.</source>
        <translation>Sai {n} lần.</translation>
    </message>
    <message>
        <source>acknowledged by an officer</source>
        <translation>cán bộ đã ký nhận</translation>
    </message>
    <message>
        <source>action assigned</source>
        <translation>đã phân công</translation>
    </message>
    <message>
        <source>actioned</source>
        <translation>đã xử lý</translation>
    </message>
    <message>
        <source>arrived at the addressee's machine</source>
        <translation>đã đến máy nơi nhận</translation>
    </message>
    <message>
        <source>author</source>
        <translation>tác giả</translation>
    </message>
    <message>
        <source>being read from the store</source>
        <translation>đang đọc từ kho điện</translation>
    </message>
    <message>
        <source>cable {n}</source>
        <translation>điện {n}</translation>
    </message>
    <message>
        <source>checking</source>
        <translation>đang kiểm tra</translation>
    </message>
    <message>
        <source>closest first</source>
        <translation>sát nhất trước</translation>
    </message>
    <message>
        <source>closest first among the newest matches; older ones were not weighed</source>
        <translation>sát nhất trước trong số điện khớp mới nhất; điện cũ hơn chưa được xét</translation>
    </message>
    <message>
        <source>dd/mm/yyyy, else the full period</source>
        <translation>nn/tt/nnnn, trống: đủ thời hạn</translation>
    </message>
    <message>
        <source>deciphered, checks passed</source>
        <translation>đã dịch, kiểm tra đạt</translation>
    </message>
    <message>
        <source>description</source>
        <translation>mô tả</translation>
    </message>
    <message>
        <source>device</source>
        <translation>thiết bị</translation>
    </message>
    <message>
        <source>does not match its signed hash; not opened. Ask for a repeat.</source>
        <translation>không khớp mã băm đã ký; chưa mở. Yêu cầu phát lại.</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>bản thảo</translation>
    </message>
    <message>
        <source>earlier versions</source>
        <translation>các bản trước</translation>
    </message>
    <message>
        <source>edition {n}, {when}</source>
        <translation>bản {n}, {when}</translation>
    </message>
    <message>
        <source>en</source>
        <translation>vi</translation>
    </message>
    <message>
        <source>fetching paused</source>
        <translation>đã tạm dừng nhận</translation>
    </message>
    <message>
        <source>fetching {done} of {total}</source>
        <translation>đang tải {done} trên {total}</translation>
    </message>
    <message>
        <source>held by the relay</source>
        <translation>máy trung chuyển đã giữ</translation>
    </message>
    <message>
        <source>hour</source>
        <translation>giờ</translation>
    </message>
    <message>
        <source>in order</source>
        <translation>đã đủ</translation>
    </message>
    <message>
        <source>in progress</source>
        <translation>đang xử lý</translation>
    </message>
    <message>
        <source>input method: VI (letters may be changed)</source>
        <translation>bộ gõ: VI (chữ có thể bị đổi)</translation>
    </message>
    <message>
        <source>input method: off</source>
        <translation>bộ gõ: tắt</translation>
    </message>
    <message>
        <source>item of the list of state secrets</source>
        <translation>mục trong danh mục bí mật nhà nước</translation>
    </message>
    <message>
        <source>less than a minute</source>
        <translation>chưa đầy một phút</translation>
    </message>
    <message>
        <source>name</source>
        <translation>họ tên</translation>
    </message>
    <message>
        <source>name; name</source>
        <translation>họ tên; họ tên</translation>
    </message>
    <message>
        <source>no contact</source>
        <translation>mất liên lạc</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>chưa có</translation>
    </message>
    <message>
        <source>not acknowledged</source>
        <translation>chưa ký nhận</translation>
    </message>
    <message>
        <source>not chosen</source>
        <translation>chưa chọn</translation>
    </message>
    <message>
        <source>not fetched yet; it comes by itself</source>
        <translation>chưa tải; sẽ tự tải về</translation>
    </message>
    <message>
        <source>not needed</source>
        <translation>không cần nữa</translation>
    </message>
    <message>
        <source>not tried yet</source>
        <translation>chưa thử</translation>
    </message>
    <message>
        <source>not used</source>
        <translation>chưa dùng</translation>
    </message>
    <message>
        <source>one to five codes</source>
        <translation>một đến năm mã</translation>
    </message>
    <message>
        <source>only these</source>
        <translation>chỉ người có tên</translation>
    </message>
    <message>
        <source>open</source>
        <translation>thông</translation>
    </message>
    <message>
        <source>other</source>
        <translation>thứ khác</translation>
    </message>
    <message>
        <source>outcome unknown</source>
        <translation>chưa rõ</translation>
    </message>
    <message>
        <source>passphrase alone</source>
        <translation>chỉ mật khẩu</translation>
    </message>
    <message>
        <source>passphrase and system keyring</source>
        <translation>mật khẩu và kho khóa của hệ điều hành</translation>
    </message>
    <message>
        <source>path</source>
        <translation>đường dẫn</translation>
    </message>
    <message>
        <source>paused; {done} of {total} is at the relay. The cable waits for it.</source>
        <translation>tạm dừng; {done} / {total} đã ở máy trung chuyển. Điện chờ tệp này.</translation>
    </message>
    <message>
        <source>paused; {done} of {total} is here</source>
        <translation>tạm dừng; đã nhận {done} / {total}</translation>
    </message>
    <message>
        <source>position</source>
        <translation>vị trí</translation>
    </message>
    <message>
        <source>read</source>
        <translation>đã đọc</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>từ chối</translation>
    </message>
    <message>
        <source>refused by the relay</source>
        <translation>bị từ chối</translation>
    </message>
    <message>
        <source>refuses</source>
        <translation>từ chối</translation>
    </message>
    <message>
        <source>sending</source>
        <translation>đang gửi</translation>
    </message>
    <message>
        <source>slow</source>
        <translation>chậm</translation>
    </message>
    <message>
        <source>small picture</source>
        <translation>ảnh thu nhỏ</translation>
    </message>
    <message>
        <source>software</source>
        <translation>phần mềm</translation>
    </message>
    <message>
        <source>switched off</source>
        <translation>đã ngắt</translation>
    </message>
    <message>
        <source>the relay</source>
        <translation>máy trung chuyển</translation>
    </message>
    <message>
        <source>title</source>
        <translation>chức danh</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>chờ</translation>
    </message>
    <message>
        <source>written to a pouch</source>
        <translation>đã ghi vào túi</translation>
    </message>
    <message>
        <source>{done} of {total} is at the relay</source>
        <translation>{done} / {total} đã ở máy trung chuyển</translation>
    </message>
    <message>
        <source>{d} d {h} h</source>
        <translation>{d} ngày {h} giờ</translation>
    </message>
    <message>
        <source>{ending} file</source>
        <translation>Tệp {ending}</translation>
    </message>
    <message>
        <source>{h} h {m} min</source>
        <translation>{h} giờ {m} phút</translation>
    </message>
    <message>
        <source>{left} left to answer (due {when})</source>
        <translation>Còn {left} để trả lời (hạn {when})</translation>
    </message>
    <message>
        <source>{line}, register no. {n}</source>
        <translation>{line}, số đến {n}</translation>
    </message>
    <message>
        <source>{m} min</source>
        <translation>{m} phút</translation>
    </message>
    <message>
        <source>{name} (machine {n})</source>
        <translation>{name} (máy {n})</translation>
    </message>
    <message>
        <source>{name}: read back and equal.</source>
        <translation>{name}: đã đọc lại, đúng từng byte.</translation>
    </message>
    <message>
        <source>{n} cable</source>
        <translation>{n} điện</translation>
    </message>
    <message>
        <source>{n} cable has a classification that no pouch may carry</source>
        <translation>{n} điện có độ mật không được đi theo túi</translation>
    </message>
    <message>
        <source>{n} cable waits for keys and cannot go along</source>
        <translation>{n} điện còn chờ khóa, chưa mang theo được</translation>
    </message>
    <message>
        <source>{n} cables</source>
        <translation>{n} điện</translation>
    </message>
    <message>
        <source>{n} cables have a classification that no pouch may carry</source>
        <translation>{n} điện có độ mật không được đi theo túi</translation>
    </message>
    <message>
        <source>{n} cables wait for keys and cannot go along</source>
        <translation>{n} điện còn chờ khóa, chưa mang theo được</translation>
    </message>
    <message>
        <source>{n} enclosure</source>
        <translation>{n} tệp kèm</translation>
    </message>
    <message>
        <source>{n} enclosures</source>
        <translation>{n} tệp kèm</translation>
    </message>
    <message>
        <source>{n} found</source>
        <translation>Tìm thấy {n} điện</translation>
    </message>
    <message>
        <source>{n} minute</source>
        <translation>{n} phút</translation>
    </message>
    <message>
        <source>{n} minutes</source>
        <translation>{n} phút</translation>
    </message>
    <message>
        <source>{n} more envelopes had no room. Write another pouch: it takes them first.</source>
        <translation>Còn {n} phong bì chưa đủ chỗ. Ghi thêm một túi: túi sau mang các phong bì này trước.</translation>
    </message>
    <message>
        <source>{n} new cable, entered in the register.</source>
        <translation>{n} điện mới, đã vào sổ.</translation>
    </message>
    <message>
        <source>{n} new cables, entered in the register.</source>
        <translation>{n} điện mới, đã vào sổ.</translation>
    </message>
    <message>
        <source>{n} page</source>
        <translation>{n} trang</translation>
    </message>
    <message>
        <source>{n} pages</source>
        <translation>{n} trang</translation>
    </message>
    <message>
        <source>{n} serial is missing. A late one closes its gap by itself.</source>
        <translation>Thiếu {n} số chuỗi. Số đến muộn sẽ tự khép chỗ thiếu.</translation>
    </message>
    <message>
        <source>{n} serials are missing. A late one closes its gap by itself.</source>
        <translation>Thiếu {n} số chuỗi. Số đến muộn sẽ tự khép chỗ thiếu.</translation>
    </message>
    <message>
        <source>{n} service message</source>
        <translation>{n} điện dịch vụ</translation>
    </message>
    <message>
        <source>{n} service messages</source>
        <translation>{n} điện dịch vụ</translation>
    </message>
    <message>
        <source>{n} strip of 30</source>
        <translation>{n} dải 30 nhóm</translation>
    </message>
    <message>
        <source>{n} strips of 30</source>
        <translation>{n} dải 30 nhóm</translation>
    </message>
    <message>
        <source>{n} time</source>
        <translation>{n} lần</translation>
    </message>
    <message>
        <source>{n} times</source>
        <translation>{n} lần</translation>
    </message>
    <message>
        <source>{peer}: {sent} sent, {received} received. {standing}</source>
        <translation>{peer}: đã phát {sent}, đã nhận {received}. {standing}</translation>
    </message>
    <message>
        <source>{post} has items of ours that are not here: this is an older or a second copy.</source>
        <translation>{post} có những số của ta mà ở đây không có: đây là bản cũ hoặc bản thứ hai.</translation>
    </message>
    <message>
        <source>{post} has other items of ours under the same numbers: this store has a second copy.</source>
        <translation>{post} có nội dung khác của ta dưới cùng những số đó: kho này có bản thứ hai.</translation>
    </message>
    <message>
        <source>{relay} has held it since {time}. {to} has given no receipt yet.</source>
        <translation>Máy trung chuyển của {relay} đã giữ từ {time}. {to} chưa báo nhận.</translation>
    </message>
    <message>
        <source>{said}, spelled</source>
        <translation>{said}, đánh vần</translation>
    </message>
    <message>
        <source>{said}; in vain</source>
        <translation>{said}; không có kết quả</translation>
    </message>
    <message>
        <source>{same} of {n} machines have proven that they opened the same text.</source>
        <translation>{same}/{n} máy đã chứng minh mở cùng một nội dung.</translation>
    </message>
    <message>
        <source>{serials} and more</source>
        <translation>{serials} và nhiều hơn</translation>
    </message>
    <message>
        <source>{shown} of more than {n}</source>
        <translation>{shown} đầu trong hơn {n}</translation>
    </message>
    <message>
        <source>{shown} of {n}</source>
        <translation>{shown} đầu trong {n}</translation>
    </message>
    <message>
        <source>{shown} so far, still counting</source>
        <translation>{shown} điện, đang đếm tiếp</translation>
    </message>
    <message>
        <source>{station}, machine {n}</source>
        <translation>{station}, máy {n}</translation>
    </message>
    <message>
        <source>{text}: {codes}</source>
        <translation>{text}: {codes}</translation>
    </message>
    <message>
        <source>{time}, {ago} ago</source>
        <translation>{time}, đã {ago}</translation>
    </message>
    <message>
        <source>{to} deciphered it at {time}; no officer has acknowledged it yet.</source>
        <translation>{to} đã dịch lúc {time}; chưa có người ký nhận.</translation>
    </message>
    <message>
        <source>{to} has not given out keys yet. The cable is safe here and is sealed as soon as they come.</source>
        <translation>{to} chưa cấp khóa. Điện vẫn an toàn ở đây và được mã ngay khi có khóa.</translation>
    </message>
    <message>
        <source>{to} refused it at {time}, signed.</source>
        <translation>{to} từ chối lúc {time}, có chữ ký.</translation>
    </message>
    <message>
        <source>{urgency}: cable {n} from {peer} has come in.</source>
        <translation>{urgency}: có điện {n} từ {peer}.</translation>
    </message>
    <message>
        <source>{where}, {line}: {figures}</source>
        <translation>{where}, {line}: {figures}</translation>
    </message>
    <message>
        <source>{where}: figure {which} is not right; {looks}</source>
        <translation>{where}: chữ số thứ {which} chưa đúng; {looks}</translation>
    </message>
    <message>
        <source>{where}: {looks}</source>
        <translation>{where}: {looks}</translation>
    </message>
    <message>
        <source>{where}: {n} figure is lacking</source>
        <translation>{where}: thiếu {n} chữ số</translation>
    </message>
    <message>
        <source>{where}: {n} figures are lacking</source>
        <translation>{where}: thiếu {n} chữ số</translation>
    </message>
    <message>
        <source>“{before}” becomes “{after}”</source>
        <translation>“{before}” thành “{after}”</translation>
    </message>
    <message>
        <source>“{sign}” is no figure and was not taken.</source>
        <translation>“{sign}” không phải chữ số nên không nhận.</translation>
    </message>
    <message>
        <source>The permit of this kit ended {when}. Nothing was shown. Its post alone can prolong it; tell it if the clock of a machine was wrong. Put the file that the post sends into the folder “additions” of the kit and open it again.</source>
        <translation>Phiếu cho phép của bộ điện này hết hạn {when}. Chưa hiện nội dung nào. Chỉ đơn vị cấp bộ mới gia hạn được; nếu đồng hồ máy từng sai thì báo rõ cho đơn vị. Chép tệp đơn vị gửi vào thư mục “additions” của bộ rồi mở lại.</translation>
    </message>
    <message>
        <source>The permit of this kit begins {when}. Nothing was shown. If that is past, set the clock of this machine right and open it again.</source>
        <translation>Phiếu cho phép của bộ điện này có hiệu lực từ {when}. Chưa hiện nội dung nào. Nếu đã quá giờ ấy, chỉnh đúng đồng hồ máy rồi mở lại.</translation>
    </message>
    <message>
        <source>The clock of this machine is behind: this kit was open {when} already. Nothing was shown. Set the clock right and open it again; if it was wrong before, ask the post for a file that prolongs the permit, and tell it so.</source>
        <translation>Đồng hồ máy đang chậm: bộ điện này đã từng mở lúc {when}. Chưa hiện nội dung nào. Chỉnh đúng đồng hồ rồi mở lại; nếu trước đó đồng hồ sai, báo rõ cho đơn vị cấp bộ và xin tệp gia hạn.</translation>
    </message>
    <message>
        <source>The openings that the permit allows are used up. Nothing was shown. Ask the post for a file that allows more.</source>
        <translation>Đã dùng hết số lần mở mà phiếu cho phép. Chưa hiện nội dung nào. Xin đơn vị cấp bộ tệp cho thêm.</translation>
    </message>
    <message>
        <source>The reading time that the permit allows is used up. Nothing more is shown. Ask the post for a file that allows more.</source>
        <translation>Đã dùng hết thời gian đọc mà phiếu cho phép. Không hiện thêm nội dung nào. Xin đơn vị cấp bộ tệp cho thêm.</translation>
    </message>
    <message>
        <source>The permit has ended, and the keys of this kit are destroyed, as the permit says. Its cables are at the post; hand the folder back.</source>
        <translation>Phiếu đã hết hạn và khóa của bộ điện này đã bị tiêu hủy, đúng như phiếu ghi. Điện vẫn còn ở đơn vị; nộp lại thư mục.</translation>
    </message>
    <message>
        <source>Delegation &amp;kits…</source>
        <translation>Bộ &amp;điện cơ động…</translation>
    </message>
    <message>
        <source>The post had found the signature valid: {signer}</source>
        <translation>Đơn vị cấp bộ đã kiểm: chữ ký hợp lệ: {signer}</translation>
    </message>
    <message>
        <source>This kit proves that nothing was changed since.</source>
        <translation>Bộ điện này chứng minh từ đó nội dung không đổi.</translation>
    </message>
    <message>
        <source>Choose a folder for the print</source>
        <translation>Chọn thư mục ghi bản in</translation>
    </message>
    <message>
        <source>The permit of this kit allows {n} print, and none is left. Nothing was printed. The post can permit no more from afar: read on the screen, or ask it for the text.</source>
        <translation>Phiếu cho phép của bộ điện cho in {n} bản, đã dùng hết. Chưa in gì. Đơn vị cấp bộ không cho thêm từ xa được: đọc trên màn hình, hoặc hỏi đơn vị nội dung.</translation>
    </message>
    <message>
        <source>The permit of this kit allows {n} prints, and none is left. Nothing was printed. The post can permit no more from afar: read on the screen, or ask it for the text.</source>
        <translation>Phiếu cho phép của bộ điện cho in {n} bản, đã dùng hết. Chưa in gì. Đơn vị cấp bộ không cho thêm từ xa được: đọc trên màn hình, hoặc hỏi đơn vị nội dung.</translation>
    </message>
    <message>
        <source>Printed as {name}. The print is counted and handed back.</source>
        <translation>Đã in ra {name}. Bản in đã được đếm và phải nộp lại.</translation>
    </message>
    <message>
        <source>Choose the file that the post has sent</source>
        <translation>Chọn tệp đơn vị gửi bổ sung</translation>
    </message>
    <message>
        <source>Addition {n} is in the kit.</source>
        <translation>Đã nhận phần bổ sung số {n} vào bộ.</translation>
    </message>
    <message>
        <source>This addition was taken before. Nothing has changed.</source>
        <translation>Phần bổ sung này đã nhận trước đó. Không có gì thay đổi.</translation>
    </message>
    <message>
        <source>&amp;Print as a PDF…</source>
        <translation>&amp;In ra PDF…</translation>
    </message>
    <message>
        <source>Take an &amp;addition…</source>
        <translation>Nhận &amp;bổ sung…</translation>
    </message>
    <message>
        <source>&amp;Permit of this kit…</source>
        <translation>&amp;Phiếu cho phép…</translation>
    </message>
    <message>
        <source>TRAVEL MODE – {n} cables, to read only – no reading after {when} ({left} left)</source>
        <translation>CHẾ ĐỘ CƠ ĐỘNG – chỉ đọc {n} điện – khóa đọc sau {when} (còn {left})</translation>
    </message>
    <message>
        <source>reading time left: {left}</source>
        <translation>còn {left} đọc</translation>
    </message>
    <message>
        <source>openings left: {n}</source>
        <translation>còn {n} lần mở</translation>
    </message>
    <message>
        <source>Kit</source>
        <translation>Bộ số</translation>
    </message>
    <message>
        <source>Bearer</source>
        <translation>Người mang</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>Mục đích</translation>
    </message>
    <message>
        <source>Protective measures</source>
        <translation>Biện pháp bảo vệ</translation>
    </message>
    <message>
        <source>Permitted by</source>
        <translation>Người cho phép</translation>
    </message>
    <message>
        <source>After its end</source>
        <translation>Khi hết hạn</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Đã dùng</translation>
    </message>
    <message>
        <source>Openings</source>
        <translation>Số lần mở</translation>
    </message>
    <message>
        <source>Reading time</source>
        <translation>Thời gian đọc</translation>
    </message>
    <message>
        <source>Prints</source>
        <translation>Bản in</translation>
    </message>
    <message>
        <source>Enclosures written out</source>
        <translation>Tệp kèm ghi ra ngoài</translation>
    </message>
    <message>
        <source>not allowed</source>
        <translation>không cho phép</translation>
    </message>
    <message>
        <source>Additions</source>
        <translation>Bổ sung</translation>
    </message>
    <message>
        <source>Permit of this kit</source>
        <translation>Phiếu cho phép của bộ điện này</translation>
    </message>
    <message>
        <source>the next start destroys its keys for good</source>
        <translation>lần mở kế tiếp tiêu hủy hẳn khóa của bộ</translation>
    </message>
    <message>
        <source>it opens no more until the post prolongs it</source>
        <translation>không mở được nữa cho tới khi đơn vị gia hạn</translation>
    </message>
    <message>
        <source>Valid from</source>
        <translation>Có hiệu lực từ</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>Hết hiệu lực</translation>
    </message>
    <message>
        <source>Where to</source>
        <translation>Địa điểm</translation>
    </message>
    <message>
        <source>Delegation kit</source>
        <translation>Bộ điện cơ động</translation>
    </message>
    <message>
        <source>Choose an empty folder for the kit</source>
        <translation>Chọn thư mục trống cho bộ điện</translation>
    </message>
    <message>
        <source>Choose a folder for the file</source>
        <translation>Chọn thư mục ghi tệp</translation>
    </message>
    <message>
        <source>Add cables to kit {n}</source>
        <translation>Bổ sung điện vào bộ số {n}</translation>
    </message>
    <message>
        <source>Choose the folder of the kit</source>
        <translation>Chọn thư mục của bộ điện</translation>
    </message>
    <message>
        <source>The file is written. The bearer puts it into the folder “additions” of kit {n}.</source>
        <translation>Đã ghi tệp. Người mang chép tệp vào thư mục “additions” của bộ số {n}.</translation>
    </message>
    <message>
        <source>&amp;Write the file…</source>
        <translation>&amp;Ghi tệp…</translation>
    </message>
    <message>
        <source>Kit {n} is reported lost. The report to headquarters lies among the drafts.</source>
        <translation>Đã ghi nhận mất bộ số {n}. Báo cáo gửi Bộ nằm ở Bản thảo.</translation>
    </message>
    <message>
        <source>Kit {n} is given up. If a folder of it is left, destroy that too.</source>
        <translation>Đã bỏ bộ số {n}. Nếu còn thư mục của bộ, tiêu hủy nốt.</translation>
    </message>
    <message>
        <source>Kit {n} is whole and issued.</source>
        <translation>Bộ số {n} còn nguyên vẹn và đã cấp.</translation>
    </message>
    <message>
        <source>{bearer}, {post}. Opened {opened} times, {time} in all, on {machines} machines; last seen {when}. {prints} prints were made, {out} enclosures written out, {taken} additions taken, {missing} not taken.</source>
        <translation>{bearer}, {post}. Đã mở {opened} lần, tổng cộng {time}, trên {machines} máy; lần cuối {when}. Đã in {prints} bản, ghi ra {out} tệp kèm, nhận {taken} lần bổ sung, {missing} lần chưa nhận.</translation>
    </message>
    <message>
        <source>Take a kit back</source>
        <translation>Nhận lại bộ điện</translation>
    </message>
    <message>
        <source>What was done with each cable</source>
        <translation>Đã làm gì với từng điện</translation>
    </message>
    <message>
        <source>The kit is being read…</source>
        <translation>Đang đọc bộ điện…</translation>
    </message>
    <message>
        <source>Prints handed back:</source>
        <translation>Bản in nộp lại:</translation>
    </message>
    <message>
        <source>Prints handed back</source>
        <translation>Bản in nộp lại</translation>
    </message>
    <message>
        <source>Second person:</source>
        <translation>Người thứ hai:</translation>
    </message>
    <message>
        <source>Noted by both:</source>
        <translation>Hai người ghi nhận:</translation>
    </message>
    <message>
        <source>Noted by both</source>
        <translation>Hai người ghi nhận</translation>
    </message>
    <message>
        <source>&amp;Note the return and destroy the kit's keys</source>
        <translation>&amp;Ghi nhận đã về và tiêu hủy khóa của bộ</translation>
    </message>
    <message>
        <source>&amp;Report as a PDF…</source>
        <translation>&amp;Báo cáo PDF…</translation>
    </message>
    <message>
        <source>Nothing differs: counts, log and cables agree.</source>
        <translation>Không có sai lệch: số đếm, nhật ký và điện khớp nhau.</translation>
    </message>
    <message>
        <source>The return is noted, and the keys of this kit are destroyed.</source>
        <translation>Đã ghi nhận bộ điện về, khóa của bộ đã tiêu hủy.</translation>
    </message>
    <message>
        <source>The return is noted, and the keys of this kit are destroyed. {n} print is still out; the ledger says so.</source>
        <translation>Đã ghi nhận bộ điện về, khóa của bộ đã tiêu hủy. Còn {n} bản in chưa nộp lại, sổ đã ghi.</translation>
    </message>
    <message>
        <source>The return is noted, and the keys of this kit are destroyed. {n} prints are still out; the ledger says so.</source>
        <translation>Đã ghi nhận bộ điện về, khóa của bộ đã tiêu hủy. Còn {n} bản in chưa nộp lại, sổ đã ghi.</translation>
    </message>
    <message>
        <source>Kit {n} is back</source>
        <translation>Bộ số {n} đã về</translation>
    </message>
    <message>
        <source>This is a second folder of a kit that is back already: it was copied.</source>
        <translation>Đây là thư mục thứ hai của một bộ đã về: bộ đã bị sao chép.</translation>
    </message>
    <message>
        <source>It was opened on more than one machine.</source>
        <translation>Bộ đã được mở trên nhiều máy.</translation>
    </message>
    <message>
        <source>{n} print is still out.</source>
        <translation>Còn {n} bản in chưa nộp lại.</translation>
    </message>
    <message>
        <source>{n} prints are still out.</source>
        <translation>Còn {n} bản in chưa nộp lại.</translation>
    </message>
    <message>
        <source>{n} more differences stand in the report.</source>
        <translation>Còn {n} sai lệch khác ghi trong báo cáo.</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Đã đọc</translation>
    </message>
    <message>
        <source>Enclosures shown</source>
        <translation>Xem tệp kèm</translation>
    </message>
    <message>
        <source>(subject not in lists)</source>
        <translation>(không ghi trích yếu)</translation>
    </message>
    <message>
        <source>Cables to choose from</source>
        <translation>Điện để chọn</translation>
    </message>
    <message>
        <source>Tick all that are &amp;shown</source>
        <translation>Đánh dấu tất cả đang &amp;hiện</translation>
    </message>
    <message>
        <source>{n} cables ticked, with {m} enclosures. Cables above the permit's classification cannot be ticked.</source>
        <translation>Đã chọn {n} điện, {m} tệp kèm. Không chọn được điện có độ mật cao hơn phiếu.</translation>
    </message>
    <message>
        <source>Chosen cables for a journey, read without a network. What is out, with whom, and until when.</source>
        <translation>Điện chọn cho chuyến công tác, đọc không cần mạng. Bộ nào đang ở ngoài, ai mang, tới bao giờ.</translation>
    </message>
    <message>
        <source>No kit was made here yet.</source>
        <translation>Chưa lập bộ điện nào.</translation>
    </message>
    <message>
        <source>&amp;New kit…</source>
        <translation>&amp;Lập bộ mới…</translation>
    </message>
    <message>
        <source>&amp;Take a kit back…</source>
        <translation>&amp;Nhận lại bộ điện…</translation>
    </message>
    <message>
        <source>Prolong by days:</source>
        <translation>Gia hạn thêm (ngày):</translation>
    </message>
    <message>
        <source>A cloc&amp;k was wrong</source>
        <translation>Đồng hồ từng &amp;sai</translation>
    </message>
    <message>
        <source>Only when the bearer says that the kit refuses because a clock ran ahead: it forgets every hour after the present one.</source>
        <translation>Chỉ chọn khi người mang báo rằng bộ điện không mở vì đồng hồ từng chạy nhanh: bộ sẽ bỏ qua mọi giờ sau giờ hiện tại.</translation>
    </message>
    <message>
        <source>Prolong by days</source>
        <translation>Gia hạn thêm (ngày)</translation>
    </message>
    <message>
        <source>What happened:</source>
        <translation>Sự việc:</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Sự việc</translation>
    </message>
    <message>
        <source>Report kit {n} as lost? Nothing more is added to it, the ledger says so, and a report to headquarters is put among the drafts. Keys, sessions and cables of this post stay as they are. If the kit turns up, it is taken back as usual.</source>
        <translation>Ghi nhận mất bộ số {n}? Không bổ sung gì vào bộ nữa, sổ khí tài ghi mất, báo cáo gửi Bộ nằm ở Bản thảo. Khóa, phiên và điện của đơn vị giữ nguyên. Nếu tìm lại được, nhận lại như thường.</translation>
    </message>
    <message>
        <source>Add &amp;cables…</source>
        <translation>&amp;Bổ sung điện…</translation>
    </message>
    <message>
        <source>&amp;Prolong…</source>
        <translation>&amp;Gia hạn…</translation>
    </message>
    <message>
        <source>L&amp;ost…</source>
        <translation>&amp;Mất…</translation>
    </message>
    <message>
        <source>It is whole: &amp;issue it…</source>
        <translation>Bộ nguyên vẹn: &amp;cấp phát…</translation>
    </message>
    <message>
        <source>&amp;Report the loss</source>
        <translation>Ghi nhận &amp;mất</translation>
    </message>
    <message>
        <source>Name the second person first.</source>
        <translation>Ghi tên người thứ hai trước đã.</translation>
    </message>
    <message>
        <source>Kit {n} is back. What is left of its keys in its folder is destroyed now; that cannot be undone.</source>
        <translation>Bộ số {n} đã về. Khóa còn lại trong thư mục được tiêu hủy ngay, không lấy lại được.</translation>
    </message>
    <message>
        <source>Choose its &amp;folder…</source>
        <translation>Chọn &amp;thư mục của bộ…</translation>
    </message>
    <message>
        <source>&amp;Nothing is left of it</source>
        <translation>&amp;Không còn gì</translation>
    </message>
    <message>
        <source>&amp;Write the last addition again…</source>
        <translation>Ghi lại &amp;tệp bổ sung cuối…</translation>
    </message>
    <message>
        <source>Finish the &amp;return…</source>
        <translation>Làm nốt &amp;việc nhận lại…</translation>
    </message>
    <message>
        <source>The return of kit {n} is finished: the ledger says that its keys are destroyed.</source>
        <translation>Đã nhận lại xong bộ số {n}: sổ đã ghi khóa được tiêu hủy.</translation>
    </message>
    <message>
        <source>Nothing in this folder opens: the making of this kit did not end, or its keys are destroyed. The cables are at the post. There the list of kits says which: finish the return, or make another kit.</source>
        <translation>Không mở được gì trong thư mục này: việc lập bộ chưa xong, hoặc khóa của bộ đã tiêu hủy. Điện vẫn ở đơn vị. Ở đó, danh sách bộ điện cho biết là trường hợp nào: làm nốt việc nhận lại, hoặc lập bộ khác.</translation>
    </message>
    <message>
        <source>returned, keys not noted as destroyed</source>
        <translation>đã về, chưa ghi tiêu hủy khóa</translation>
    </message>
    <message>
        <source>returned, keys destroyed</source>
        <translation>đã về, khóa đã tiêu hủy</translation>
    </message>
    <message>
        <source>Kit {n} is made, opened once by the post, and entered in the ledger: {count} cables, until {until}. Hand the folder to {bearer}; tell the passphrase by word of mouth, apart from it. It is opened with this program (secmsg-desktop --home FOLDER, or secmsg kit open FOLDER).</source>
        <translation>Bộ số {n} đã lập, đã mở thử và vào sổ: {count} điện, tới {until}. Giao thư mục cho {bearer}; mật khẩu nói miệng, tách khỏi thư mục. Mở bằng chương trình này (secmsg-desktop --home THƯMỤC, hoặc secmsg kit open THƯMỤC).</translation>
    </message>
    <message>
        <source>New delegation kit</source>
        <translation>Lập bộ điện cơ động</translation>
    </message>
    <message>
        <source>(choose)</source>
        <translation>(chọn)</translation>
    </message>
    <message>
        <source>Enclosures may be &amp;written out of the kit</source>
        <translation>Cho &amp;ghi tệp kèm ra ngoài bộ</translation>
    </message>
    <message>
        <source>Cables may be &amp;added on the road</source>
        <translation>Cho &amp;bổ sung điện trên đường</translation>
    </message>
    <message>
        <source>After its end the next start &amp;destroys its keys for good: nobody reads it or its log again</source>
        <translation>Khi hết hạn, lần mở kế tiếp &amp;tiêu hủy hẳn khóa: không ai đọc lại được bộ và nhật ký của bộ</translation>
    </message>
    <message>
        <source>Choose a &amp;folder…</source>
        <translation>Chọn &amp;thư mục…</translation>
    </message>
    <message>
        <source>&amp;Make the kit</source>
        <translation>&amp;Lập bộ</translation>
    </message>
    <message>
        <source>The permit is signed with your name and stands in the ledger. It binds the kit: what is not allowed here cannot be done with it.</source>
        <translation>Phiếu mang chữ ký của người đang mở máy và vào sổ khí tài. Phiếu ràng buộc bộ điện: điều không cho phép ở đây thì bộ không làm.</translation>
    </message>
    <message>
        <source>The kit opens with this passphrase alone, on any machine. Whoever has both can read it and can copy it; a copy counts by itself, and no clock can stop another program. What protects it is the passphrase; what ends it is that the folder comes back.</source>
        <translation>Bộ mở bằng mật khẩu này, trên máy nào cũng được. Ai có cả hai đều đọc và sao chép được; bản sao tự đếm riêng, và đồng hồ không ngăn được chương trình khác. Bảo vệ bộ là mật khẩu; kết thúc bộ là nhận lại thư mục.</translation>
    </message>
    <message>
        <source>Post of the bearer</source>
        <translation>Chức vụ người mang</translation>
    </message>
    <message>
        <source>Highest classification</source>
        <translation>Độ mật cao nhất</translation>
    </message>
    <message>
        <source>Valid from ({place})</source>
        <translation>Có hiệu lực từ ({place})</translation>
    </message>
    <message>
        <source>Valid until ({place})</source>
        <translation>Hết hiệu lực ({place})</translation>
    </message>
    <message>
        <source>Openings allowed</source>
        <translation>Số lần mở cho phép</translation>
    </message>
    <message>
        <source>Hours of reading allowed</source>
        <translation>Số giờ đọc cho phép</translation>
    </message>
    <message>
        <source>Prints allowed, all to be handed back</source>
        <translation>Số bản in cho phép, phải nộp lại</translation>
    </message>
    <message>
        <source>Passphrase of the kit</source>
        <translation>Mật khẩu của bộ điện</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>Nhập lại</translation>
    </message>
    <message>
        <source>Passphrase of the second person</source>
        <translation>Mật khẩu người thứ hai</translation>
    </message>
    <message>
        <source>{done} of {total} sealed anew</source>
        <translation>đã mã lại {done} trên {total}</translation>
    </message>
    <message>
        <source>Name the bearer.</source>
        <translation>Ghi tên người mang.</translation>
    </message>
    <message>
        <source>Say which post the bearer holds.</source>
        <translation>Ghi chức vụ người mang.</translation>
    </message>
    <message>
        <source>Choose the highest classification that may go in.</source>
        <translation>Chọn độ mật cao nhất được đưa vào.</translation>
    </message>
    <message>
        <source>Say what the kit is for.</source>
        <translation>Ghi mục đích.</translation>
    </message>
    <message>
        <source>Say where it is taken.</source>
        <translation>Ghi địa điểm mang tới.</translation>
    </message>
    <message>
        <source>Say how it is protected on the way.</source>
        <translation>Ghi biện pháp bảo vệ trên đường.</translation>
    </message>
    <message>
        <source>Name the person who permits it.</source>
        <translation>Ghi tên người cho phép.</translation>
    </message>
    <message>
        <source>The permit begins and ends at times like 31/12/2026 18:00, and lasts at most {n} days.</source>
        <translation>Giờ bắt đầu và kết thúc ghi như 31/12/2026 18:00, phiếu dài nhất {n} ngày.</translation>
    </message>
    <message>
        <source>Tick at least one cable.</source>
        <translation>Chọn ít nhất một điện.</translation>
    </message>
    <message>
        <source>The kit's passphrase has at least {n} characters.</source>
        <translation>Mật khẩu của bộ có ít nhất {n} ký tự.</translation>
    </message>
    <message>
        <source>The two passphrases differ.</source>
        <translation>Hai lần nhập mật khẩu khác nhau.</translation>
    </message>
    <message>
        <source>Choose an empty folder or stick for the kit.</source>
        <translation>Chọn thư mục trống hoặc USB trống cho bộ.</translation>
    </message>
    <message>
        <source>Step 1 of 3: the permit</source>
        <translation>Bước 1/3: phiếu cho phép</translation>
    </message>
    <message>
        <source>Step 2 of 3: the cables</source>
        <translation>Bước 2/3: chọn điện</translation>
    </message>
    <message>
        <source>Step 3 of 3: passphrase and folder</source>
        <translation>Bước 3/3: mật khẩu và thư mục</translation>
    </message>
    <message>
        <source>The kit is being made</source>
        <translation>Đang lập bộ điện</translation>
    </message>
    <message>
        <source>The kit is made</source>
        <translation>Đã lập bộ điện</translation>
    </message>
    <message>
        <source>its making did not end</source>
        <translation>lập chưa xong</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>đã mất</translation>
    </message>
    <message>
        <source>given up</source>
        <translation>đã bỏ</translation>
    </message>
    <message>
        <source>out, permit ended</source>
        <translation>ở ngoài, phiếu đã hết hạn</translation>
    </message>
    <message>
        <source>out</source>
        <translation>ở ngoài</translation>
    </message>
    <message>
        <source>Who &amp;opened it…</source>
        <translation>Ai đã mở điệ&amp;n này…</translation>
    </message>
    <message>
        <source>Cable {n}: who opened and exported it</source>
        <translation>Điện {n}: ai đã mở, ai đã xuất</translation>
    </message>
    <message>
        <source>Nobody has opened it here yet</source>
        <translation>Ở đây chưa ai mở điện này</translation>
    </message>
    <message>
        <source>Not on record</source>
        <translation>Không ghi được</translation>
    </message>
    <message>
        <source>what is photographed or copied off the screen</source>
        <translation>nội dung bị chụp ảnh hoặc chép từ màn hình</translation>
    </message>
    <message>
        <source>first opened</source>
        <translation>mở lần đầu</translation>
    </message>
    <message>
        <source>exported enclosure {n}</source>
        <translation>xuất tài liệu kèm {n}</translation>
    </message>
    <message>
        <source>exported the text</source>
        <translation>xuất nội dung</translation>
    </message>
    <message>
        <source>printed the worksheet</source>
        <translation>in phiếu tính</translation>
    </message>
    <message>
        <source>destroyed it by two</source>
        <translation>tiêu hủy, cùng người thứ hai</translation>
    </message>
</context>
<context>
    <name>QPlatformTheme</name>
    <message>
        <source>&amp;No</source>
        <translation>&amp;Không</translation>
    </message>
    <message>
        <source>&amp;Yes</source>
        <translation>&amp;Có</translation>
    </message>
    <message>
        <source>Abort</source>
        <translation>Ngừng</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Áp dụng</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Thôi</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Bỏ</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Trợ giúp</translation>
    </message>
    <message>
        <source>Ignore</source>
        <translation>Bỏ qua</translation>
    </message>
    <message>
        <source>N&amp;o to All</source>
        <translation>Không với tất cả</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>Được</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Mở</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Đặt lại</translation>
    </message>
    <message>
        <source>Restore Defaults</source>
        <translation>Trả về mặc định</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Thử lại</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Lưu</translation>
    </message>
    <message>
        <source>Save All</source>
        <translation>Lưu tất cả</translation>
    </message>
    <message>
        <source>Yes to &amp;All</source>
        <translation>Có với tất cả</translation>
    </message>
</context>
<context>
    <name>QDialogButtonBox</name>
    <message>
        <source>OK</source>
        <translation>Được</translation>
    </message>
</context>
<context>
    <name>QLineEdit</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Sao chép</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Dán</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Làm lại</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Hoàn tác</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>Cắ&amp;t</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Xóa</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>Chọn tất cả</translation>
    </message>
</context>
<context>
    <name>QWidgetTextControl</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Sao chép</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Dán</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Làm lại</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Hoàn tác</translation>
    </message>
    <message>
        <source>Copy &amp;Link Location</source>
        <translation>Sao chép địa chỉ</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>Cắ&amp;t</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Xóa</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>Chọn tất cả</translation>
    </message>
</context>
<context>
    <name>QAbstractSpinBox</name>
    <message>
        <source>&amp;Select All</source>
        <translation>&amp;Chọn tất cả</translation>
    </message>
    <message>
        <source>&amp;Step up</source>
        <translation>&amp;Tăng</translation>
    </message>
    <message>
        <source>Step &amp;down</source>
        <translation>&amp;Giảm</translation>
    </message>
</context>
<context>
    <name>QComboBox</name>
    <message>
        <source>False</source>
        <translation>Sai</translation>
    </message>
    <message>
        <source>Open the combo box selection popup</source>
        <translation>Mở danh sách chọn</translation>
    </message>
    <message>
        <source>True</source>
        <translation>Đúng</translation>
    </message>
</context>
<context>
    <name>QScrollBar</name>
    <message>
        <source>Bottom</source>
        <translation>Cuối</translation>
    </message>
    <message>
        <source>Left edge</source>
        <translation>Mép trái</translation>
    </message>
    <message>
        <source>Page down</source>
        <translation>Xuống một trang</translation>
    </message>
    <message>
        <source>Page left</source>
        <translation>Sang trái một trang</translation>
    </message>
    <message>
        <source>Page right</source>
        <translation>Sang phải một trang</translation>
    </message>
    <message>
        <source>Page up</source>
        <translation>Lên một trang</translation>
    </message>
    <message>
        <source>Right edge</source>
        <translation>Mép phải</translation>
    </message>
    <message>
        <source>Scroll down</source>
        <translation>Cuộn xuống</translation>
    </message>
    <message>
        <source>Scroll here</source>
        <translation>Cuộn đến đây</translation>
    </message>
    <message>
        <source>Scroll left</source>
        <translation>Cuộn sang trái</translation>
    </message>
    <message>
        <source>Scroll right</source>
        <translation>Cuộn sang phải</translation>
    </message>
    <message>
        <source>Scroll up</source>
        <translation>Cuộn lên</translation>
    </message>
    <message>
        <source>Top</source>
        <translation>Đầu</translation>
    </message>
</context>
<context>
    <name>QFileSystemModel</name>
    <message>
        <source>Computer</source>
        <translation>Máy tính</translation>
    </message>
    <message>
        <source>Date Modified</source>
        <translation>Ngày sửa</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Kiểu</translation>
    </message>
    <message>
        <source>My Computer</source>
        <translation>Máy tính này</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Tên</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Kích thước</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Kiểu</translation>
    </message>
</context>
<context>
    <name>QAbstractFileIconProvider</name>
    <message>
        <source>Alias</source>
        <translation>Lối tắt</translation>
    </message>
    <message>
        <source>Drive</source>
        <translation>Ổ đĩa</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Tệp</translation>
    </message>
    <message>
        <source>File Folder</source>
        <translation>Thư mục</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Thư mục</translation>
    </message>
    <message>
        <source>Shortcut</source>
        <translation>Lối tắt</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Không rõ</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>%1
Directory not found.
Please verify the correct directory name was given.</source>
        <translation>%1
Không có thư mục này.
Kiểm tra lại tên thư mục.</translation>
    </message>
    <message>
        <source>%1
File not found.
Please verify the correct file name was given.</source>
        <translation>%1
Không có tệp này.
Kiểm tra lại tên tệp.</translation>
    </message>
    <message>
        <source>%1 already exists.
Do you want to replace it?</source>
        <translation>%1 đã có.
Thay tệp đó?</translation>
    </message>
    <message>
        <source>&amp;Choose</source>
        <translation>&amp;Chọn</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Xóa</translation>
    </message>
    <message>
        <source>&amp;Look in:</source>
        <translation>&amp;Tìm trong:</translation>
    </message>
    <message>
        <source>&amp;New Folder</source>
        <translation>&amp;Thư mục mới</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>&amp;Mở</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>Đổ&amp;i tên</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Lưu</translation>
    </message>
    <message>
        <source>'%1' is write protected.
Do you want to delete it anyway?</source>
        <translation>'%1' được chống ghi.
Vẫn xóa?</translation>
    </message>
    <message>
        <source>All Files (*)</source>
        <translation>Mọi tệp (*)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Mọi tệp (*)</translation>
    </message>
    <message>
        <source>Alt+Left</source>
        <translation>Alt+Left</translation>
    </message>
    <message>
        <source>Alt+Right</source>
        <translation>Alt+Right</translation>
    </message>
    <message>
        <source>Alt+Up</source>
        <translation>Alt+Up</translation>
    </message>
    <message>
        <source>Are you sure you want to delete '%1'?</source>
        <translation>Xóa '%1'?</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Quay lại</translation>
    </message>
    <message>
        <source>Change to detail view mode</source>
        <translation>Xem chi tiết</translation>
    </message>
    <message>
        <source>Change to list view mode</source>
        <translation>Xem danh sách</translation>
    </message>
    <message>
        <source>Could not delete directory.</source>
        <translation>Không xóa được thư mục.</translation>
    </message>
    <message>
        <source>Create New Folder</source>
        <translation>Tạo thư mục mới</translation>
    </message>
    <message>
        <source>Create a New Folder</source>
        <translation>Tạo thư mục mới</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Xóa</translation>
    </message>
    <message>
        <source>Detail View</source>
        <translation>Chi tiết</translation>
    </message>
    <message>
        <source>Directories</source>
        <translation>Thư mục</translation>
    </message>
    <message>
        <source>Directory:</source>
        <translation>Thư mục:</translation>
    </message>
    <message>
        <source>File &amp;name:</source>
        <translation>Tê&amp;n tệp:</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Tệp</translation>
    </message>
    <message>
        <source>Files of &amp;type:</source>
        <translation>&amp;Kiểu tệp:</translation>
    </message>
    <message>
        <source>Find Directory</source>
        <translation>Tìm thư mục</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Tiến</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Quay lại</translation>
    </message>
    <message>
        <source>Go forward</source>
        <translation>Đi tới</translation>
    </message>
    <message>
        <source>Go to the parent directory</source>
        <translation>Lên thư mục trên</translation>
    </message>
    <message>
        <source>List View</source>
        <translation>Danh sách</translation>
    </message>
    <message>
        <source>List of places and bookmarks</source>
        <translation>Các nơi và dấu trang</translation>
    </message>
    <message>
        <source>New Folder</source>
        <translation>Thư mục mới</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Mở</translation>
    </message>
    <message>
        <source>Parent Directory</source>
        <translation>Thư mục trên</translation>
    </message>
    <message>
        <source>Recent Places</source>
        <translation>Nơi gần đây</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Bỏ</translation>
    </message>
    <message>
        <source>Save As</source>
        <translation>Lưu thành</translation>
    </message>
    <message>
        <source>Show </source>
        <translation>Hiện </translation>
    </message>
    <message>
        <source>Show &amp;hidden files</source>
        <translation>Hiện tệp ẩ&amp;n</translation>
    </message>
    <message>
        <source>Sidebar</source>
        <translation>Thanh bên</translation>
    </message>
</context>
<context>
    <name>QDialog</name>
    <message>
        <source>What's This?</source>
        <translation>Đây là gì?</translation>
    </message>
</context>
<context>
    <name>QMessageBox</name>
    <message>
        <source>Hide Details...</source>
        <translation>Ẩn chi tiết</translation>
    </message>
    <message>
        <source>Show Details...</source>
        <translation>Xem chi tiết</translation>
    </message>
</context>
<context>
    <name>QShortcut</name>
    <message>
        <source>Down</source>
        <translation>Xuống</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Trái</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Phải</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Phím cách</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Lên</translation>
    </message>
</context>
</TS>
