<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="vi" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>FindingsLayer</source>
        <comment>Score {score}</comment>
        <translation>FindingsLayer</translation>
    </message>
    <message>
        <source>FindingsLayer</source>
        <comment>Drawn by {name}</comment>
        <translation>FindingsLayer</translation>
    </message>
    <message>
        <source>FindingsLayer</source>
        <comment>Found by {name}</comment>
        <translation>FindingsLayer</translation>
    </message>
    <message>
        <source>FindingsLayer</source>
        <comment>✓ Accepted</comment>
        <translation>FindingsLayer</translation>
    </message>
    <message>
        <source>FindingsLayer</source>
        <comment>✕ Rejected</comment>
        <translation>FindingsLayer</translation>
    </message>
    <message>
        <source>FindingsLayer</source>
        <comment>? Unsure</comment>
        <translation>FindingsLayer</translation>
    </message>
    <message>
        <source>FindingsLayer</source>
        <comment>{width} × {height} px</comment>
        <translation>FindingsLayer</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Tệp</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Sửa</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Xem</translation>
    </message>
    <message>
        <source>&amp;Inspect</source>
        <translation>&amp;Kiểm tra</translation>
    </message>
    <message>
        <source>&amp;Document</source>
        <translation>Tài &amp;liệu</translation>
    </message>
    <message>
        <source>Mode&amp;l</source>
        <translation>&amp;Mô hình</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>Trợ &amp;giúp</translation>
    </message>
    <message>
        <source>&amp;Open images…</source>
        <translation>&amp;Mở ảnh…</translation>
    </message>
    <message>
        <source>Open &amp;folder…</source>
        <translation>Mở &amp;thư mục…</translation>
    </message>
    <message>
        <source>P&amp;ages of this PDF…</source>
        <translation>Tr&amp;ang của PDF này…</translation>
    </message>
    <message>
        <source>Choose which pages of this PDF are open</source>
        <translation>Chọn các trang được mở của PDF này</translation>
    </message>
    <message>
        <source>Open &amp;project…</source>
        <translation>Mở &amp;dự án…</translation>
    </message>
    <message>
        <source>Open &amp;sample project</source>
        <translation>Mở dự á&amp;n mẫu</translation>
    </message>
    <message>
        <source>&amp;Save project as…</source>
        <translation>&amp;Lưu dự án thành…</translation>
    </message>
    <message>
        <source>&amp;Export report…</source>
        <translation>&amp;Xuất báo cáo…</translation>
    </message>
    <message>
        <source>Export con&amp;versation…</source>
        <translation>Xuất cuộc t&amp;rò chuyện…</translation>
    </message>
    <message>
        <source>Write the conversation about this image to read, or to learn from</source>
        <translation>Ghi cuộc trò chuyện về ảnh này để đọc hoặc để học</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>T&amp;hoát</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Hoàn tác</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Làm lại</translation>
    </message>
    <message>
        <source>&amp;Paste images</source>
        <translation>&amp;Dán ảnh</translation>
    </message>
    <message>
        <source>&amp;Copy picture with overlay</source>
        <translation>Sao &amp;chép ảnh kèm lớp phủ</translation>
    </message>
    <message>
        <source>Copy con&amp;versation</source>
        <translation>Sao chép cuộc t&amp;rò chuyện</translation>
    </message>
    <message>
        <source>Copy the conversation about this image as Markdown</source>
        <translation>Sao chép cuộc trò chuyện về ảnh này dưới dạng Markdown</translation>
    </message>
    <message>
        <source>&amp;Delete region</source>
        <translation>&amp;Xóa vùng</translation>
    </message>
    <message>
        <source>&amp;Filter gallery</source>
        <translation>Lọc danh &amp;sách ảnh</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>Cà&amp;i đặt…</translation>
    </message>
    <message>
        <source>&amp;Fit to window</source>
        <translation>&amp;Vừa cửa sổ</translation>
    </message>
    <message>
        <source>&amp;Actual size</source>
        <translation>&amp;Kích thước thật</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>&amp;Phóng to</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>&amp;Thu nhỏ</translation>
    </message>
    <message>
        <source>Keep &amp;zoom between images</source>
        <translation>&amp;Giữ mức phóng khi đổi ảnh</translation>
    </message>
    <message>
        <source>&amp;Heat map</source>
        <translation>&amp;Bản đồ nhiệt</translation>
    </message>
    <message>
        <source>Show where the image differs from the golden images</source>
        <translation>Chỉ ra chỗ ảnh khác với ảnh chuẩn</translation>
    </message>
    <message>
        <source>&amp;Boxes and labels</source>
        <translation>Khung và &amp;nhãn</translation>
    </message>
    <message>
        <source>&amp;Overlay</source>
        <translation>&amp;Lớp phủ</translation>
    </message>
    <message>
        <source>Show or hide everything drawn over the picture</source>
        <translation>Hiện hoặc ẩn mọi thứ vẽ trên ảnh</translation>
    </message>
    <message>
        <source>Compare with &amp;golden image</source>
        <translation>&amp;So với ảnh chuẩn</translation>
    </message>
    <message>
        <source>Slide between the part and the golden image; hold B to blink</source>
        <translation>Trượt giữa ảnh đang xem và ảnh chuẩn; giữ B để xem nhanh ảnh chuẩn</translation>
    </message>
    <message>
        <source>&amp;Restore panels</source>
        <translation>Khôi phục &amp;các bảng</translation>
    </message>
    <message>
        <source>Page: inspect</source>
        <translation>Trang kiểm tra</translation>
    </message>
    <message>
        <source>Look at parts, decide and ask</source>
        <translation>Xem chi tiết, kết luận và hỏi</translation>
    </message>
    <message>
        <source>Page: improve</source>
        <translation>Trang cải tiến</translation>
    </message>
    <message>
        <source>Train an adapter on corrections and compare it</source>
        <translation>Huấn luyện một bộ tinh chỉnh từ các chỗ đã sửa rồi so sánh</translation>
    </message>
    <message>
        <source>Page: models</source>
        <translation>Trang mô hình</translation>
    </message>
    <message>
        <source>Get, load and choose the models that answer</source>
        <translation>Lấy về, nạp và chọn mô hình trả lời</translation>
    </message>
    <message>
        <source>Inspect &amp;this image</source>
        <translation>Kiểm &amp;tra ảnh này</translation>
    </message>
    <message>
        <source>Inspect &amp;all images</source>
        <translation>Kiểm tra tất &amp;cả ảnh</translation>
    </message>
    <message>
        <source>Ne&amp;w conversation</source>
        <translation>C&amp;uộc trò chuyện mới</translation>
    </message>
    <message>
        <source>Begin anew about this image; the old one and findings stay</source>
        <translation>Bắt đầu lại về ảnh này; cuộc trò chuyện cũ và các phát hiện vẫn được giữ</translation>
    </message>
    <message>
        <source>Answer is good</source>
        <translation>Câu trả lời tốt</translation>
    </message>
    <message>
        <source>Answer is bad</source>
        <translation>Câu trả lời chưa tốt</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Dừng</translation>
    </message>
    <message>
        <source>&amp;New recipe from golden images…</source>
        <translation>Công thức &amp;mới từ ảnh chuẩn…</translation>
    </message>
    <message>
        <source>&amp;Open recipe…</source>
        <translation>Mở công t&amp;hức…</translation>
    </message>
    <message>
        <source>&amp;Previous image</source>
        <translation>Ảnh t&amp;rước</translation>
    </message>
    <message>
        <source>&amp;Next image</source>
        <translation>Ảnh &amp;sau</translation>
    </message>
    <message>
        <source>Next image to &amp;review</source>
        <translation>Ảnh cần &amp;xem lại kế tiếp</translation>
    </message>
    <message>
        <source>&amp;Select</source>
        <translation>Chọ&amp;n</translation>
    </message>
    <message>
        <source>Draw &amp;region</source>
        <translation>&amp;Vẽ vùng</translation>
    </message>
    <message>
        <source>P&amp;an</source>
        <translation>&amp;Kéo ảnh</translation>
    </message>
    <message>
        <source>Verdict: a&amp;ccept</source>
        <translation>Kết &amp;luận: đạt</translation>
    </message>
    <message>
        <source>Verdict: re&amp;view</source>
        <translation>Kết luận: xem lạ&amp;i</translation>
    </message>
    <message>
        <source>Verdict: re&amp;ject</source>
        <translation>Kết luận: l&amp;oại</translation>
    </message>
    <message>
        <source>Finding is right</source>
        <translation>Phát hiện đúng</translation>
    </message>
    <message>
        <source>Finding is wrong</source>
        <translation>Phát hiện sai</translation>
    </message>
    <message>
        <source>Finding is unsure</source>
        <translation>Phát hiện chưa chắc</translation>
    </message>
    <message>
        <source>&amp;Read this document</source>
        <translation>Đọ&amp;c tài liệu này</translation>
    </message>
    <message>
        <source>Read the fields of this receipt, label or card</source>
        <translation>Đọc các trường của hóa đơn, nhãn hoặc thẻ này</translation>
    </message>
    <message>
        <source>Read &amp;all documents</source>
        <translation>Đọc &amp;tất cả tài liệu</translation>
    </message>
    <message>
        <source>Read all images that were not read yet</source>
        <translation>Đọc tất cả ảnh chưa được đọc</translation>
    </message>
    <message>
        <source>Read all a&amp;gain</source>
        <translation>Đọc &amp;lại tất cả</translation>
    </message>
    <message>
        <source>Read with the &amp;language engine</source>
        <translation>Đọc bằng &amp;mô hình ngôn ngữ</translation>
    </message>
    <message>
        <source>Read all &amp;with the language engine</source>
        <translation>Ch&amp;o mô hình ngôn ngữ đọc tất cả</translation>
    </message>
    <message>
        <source>Let it read all documents that were read, too</source>
        <translation>Cho nó đọc cả các tài liệu đã được đọc</translation>
    </message>
    <message>
        <source>Show it the &amp;text that was read</source>
        <translation>Cho nó xem p&amp;hần chữ đã đọc</translation>
    </message>
    <message>
        <source>The language engine reads the picture with the text, or by itself</source>
        <translation>Mô hình ngôn ngữ đọc ảnh kèm phần chữ đã đọc, hoặc chỉ đọc ảnh</translation>
    </message>
    <message>
        <source>Let it s&amp;ummarize</source>
        <translation>Để mô hì&amp;nh viết tóm tắt</translation>
    </message>
    <message>
        <source>&amp;Use the language engine&apos;s value</source>
        <translation>&amp;Dùng giá trị của mô hình ngôn ngữ</translation>
    </message>
    <message>
        <source>Correct the chosen field to what the engine reads</source>
        <translation>Sửa trường đang chọn theo giá trị mà mô hình đọc được</translation>
    </message>
    <message>
        <source>&amp;Forget what the language engine read</source>
        <translation>&amp;Bỏ kết quả đọc của mô hình ngôn ngữ</translation>
    </message>
    <message>
        <source>&amp;Next field to check</source>
        <translation>Trường cần &amp;kiểm tra tiếp theo</translation>
    </message>
    <message>
        <source>Go to the next field that readers differ in, in a conflict or unsure</source>
        <translation>Đến trường tiếp theo mà hai bên đọc khác nhau, có mâu thuẫn hoặc chữ chưa chắc chắn</translation>
    </message>
    <message>
        <source>&amp;Places of the fields</source>
        <translation>&amp;Vị trí các trường</translation>
    </message>
    <message>
        <source>Frame what was read in the picture</source>
        <translation>Đóng khung những gì đã đọc trong ảnh</translation>
    </message>
    <message>
        <source>&amp;Copy fields as JSON</source>
        <translation>&amp;Sao chép các trường dạng JSON</translation>
    </message>
    <message>
        <source>&amp;Export this document…</source>
        <translation>&amp;Xuất tài liệu này…</translation>
    </message>
    <message>
        <source>Export all &amp;documents…</source>
        <translation>Xuất tất cả tài l&amp;iệu…</translation>
    </message>
    <message>
        <source>Write all documents that were read into one file</source>
        <translation>Ghi tất cả tài liệu đã đọc vào một tệp</translation>
    </message>
    <message>
        <source>Open an &amp;evaluation…</source>
        <translation>Mở bản đánh &amp;giá…</translation>
    </message>
    <message>
        <source>Look at how well an engine did, and compare two</source>
        <translation>Xem một bộ máy làm tốt đến đâu, và so sánh hai bản đánh giá</translation>
    </message>
    <message>
        <source>&amp;Command palette…</source>
        <translation>&amp;Bảng lệnh…</translation>
    </message>
    <message>
        <source>&amp;Keys and help</source>
        <translation>&amp;Phím tắt và trợ giúp</translation>
    </message>
    <message>
        <source>&amp;About Inspector</source>
        <translation>&amp;Giới thiệu Inspector</translation>
    </message>
</context>
<context>
    <name>AgreementLines</name>
    <message numerus="yes">
        <source>Agreement of %n answer(s)</source>
        <translation>
            <numerusform>Mức đồng thuận của %n câu trả lời</numerusform>
        </translation>
    </message>
    <message>
        <source>{n} of {count}: {answer}</source>
        <translation>{n} trên {count}: {answer}</translation>
    </message>
</context>
<context>
    <name>AskBox</name>
    <message>
        <source>Ask about the image or a region</source>
        <translation>Hỏi về ảnh hoặc một vùng</translation>
    </message>
    <message>
        <source>This engine answers no questions</source>
        <translation>Bộ máy này không trả lời câu hỏi</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Câu hỏi</translation>
    </message>
    <message>
        <source>Ask about the whole image</source>
        <translation>Hỏi về toàn ảnh</translation>
    </message>
    <message>
        <source>Draw a box around what you mean, then send.</source>
        <translation>Hãy vẽ khung quanh chỗ muốn hỏi, rồi gửi.</translation>
    </message>
    <message>
        <source>Stop (Esc)</source>
        <translation>Dừng (Esc)</translation>
    </message>
    <message>
        <source>Send (Enter)</source>
        <translation>Gửi (Enter)</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Dừng</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Gửi</translation>
    </message>
</context>
<context>
    <name>AskFlows</name>
    <message>
        <source>{name} is not on this computer.</source>
        <translation>{name} chưa có trên máy này.</translation>
    </message>
    <message>
        <source>Get it on the Models page, or choose another engine.</source>
        <translation>Hãy lấy về ở trang Mô hình, hoặc chọn bộ máy khác.</translation>
    </message>
</context>
<context>
    <name>BlindDialog</name>
    <message>
        <source>Which answer is better?</source>
        <translation>Câu trả lời nào tốt hơn?</translation>
    </message>
    <message>
        <source>Left is better</source>
        <translation>Bên trái tốt hơn</translation>
    </message>
    <message>
        <source>Right is better</source>
        <translation>Bên phải tốt hơn</translation>
    </message>
    <message>
        <source>As good</source>
        <translation>Ngang nhau</translation>
    </message>
    <message>
        <source>Why (if you like)</source>
        <translation>Vì sao (không bắt buộc)</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Quay lại</translation>
    </message>
    <message>
        <source>Show results…</source>
        <translation>Xem kết quả…</translation>
    </message>
    <message>
        <source>Go on later</source>
        <translation>Để sau làm tiếp</translation>
    </message>
    <message>
        <source>Closes; what you judged is kept</source>
        <translation>Đóng lại; những gì bạn đã chấm được giữ nguyên</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Tiếp</translation>
    </message>
    <message>
        <source>Keeps your judgement and shows the next pair ({keys})</source>
        <translation>Giữ lựa chọn của bạn và hiện cặp tiếp theo ({keys})</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Trái</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Phải</translation>
    </message>
    <message>
        <source>{place} of {count}</source>
        <translation>{place} trên {count}</translation>
    </message>
    <message numerus="yes">
        <source>%n judged</source>
        <translation>
            <numerusform>đã chấm %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Kết thúc</translation>
    </message>
    <message>
        <source>Show results</source>
        <translation>Xem kết quả</translation>
    </message>
    <message numerus="yes">
        <source>The results tell whose answers are whose. %n pair(s) that you have not judged can then hardly be judged blind.</source>
        <translation>
            <numerusform>Kết quả cho biết câu trả lời nào là của ai. Sau đó khó có thể chấm khách quan %n cặp mà bạn chưa chấm.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BlindResults</name>
    <message>
        <source>Judge</source>
        <translation>Người chấm</translation>
    </message>
    <message>
        <source>Judged</source>
        <translation>Đã chấm</translation>
    </message>
    <message>
        <source>{name} better</source>
        <translation>{name} tốt hơn</translation>
    </message>
    <message>
        <source>As good</source>
        <translation>Ngang nhau</translation>
    </message>
    <message>
        <source>By chance</source>
        <translation>Do ngẫu nhiên</translation>
    </message>
    <message>
        <source>Strength (Elo)</source>
        <translation>Sức mạnh (Elo)</translation>
    </message>
    <message>
        <source>Mean points</source>
        <translation>Điểm trung bình</translation>
    </message>
    <message>
        <source>Pair</source>
        <translation>Cặp</translation>
    </message>
    <message>
        <source>Better</source>
        <translation>Tốt hơn</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Vì sao</translation>
    </message>
    <message>
        <source>All judgements</source>
        <translation>Tất cả lượt chấm</translation>
    </message>
    <message>
        <source>Judge on</source>
        <translation>Chấm tiếp</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>Change judgements</source>
        <translation>Sửa lượt chấm</translation>
    </message>
    <message>
        <source>Nobody has judged yet.</source>
        <translation>Chưa có ai chấm.</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Mọi người</translation>
    </message>
    <message>
        <source>{who}: {first} better {wins} times, {second} better {losses} times, as good {ties} times.</source>
        <translation>{who}: {first} tốt hơn {wins} lần, {second} tốt hơn {losses} lần, ngang nhau {ties} lần.</translation>
    </message>
    <message>
        <source>People, the majority of each pair</source>
        <translation>Mọi người, theo đa số của từng cặp</translation>
    </message>
    <message>
        <source>{name} (model)</source>
        <translation>{name} (mô hình)</translation>
    </message>
</context>
<context>
    <name>ChatHead</name>
    <message>
        <source>More about this conversation</source>
        <translation>Thao tác khác với cuộc trò chuyện này</translation>
    </message>
    <message>
        <source>No engine</source>
        <translation>Chưa có bộ máy</translation>
    </message>
</context>
<context>
    <name>ChatMessage</name>
    <message>
        <source>Retry</source>
        <translation>Thử lại</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Chi tiết</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Sao chép</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Hỏi lại</translation>
    </message>
    <message>
        <source>Edit the question</source>
        <translation>Sửa câu hỏi</translation>
    </message>
    <message>
        <source>Remove this question and answer</source>
        <translation>Bỏ câu hỏi và câu trả lời này</translation>
    </message>
    <message>
        <source>Show raw text</source>
        <translation>Xem văn bản gốc</translation>
    </message>
    <message>
        <source>Remove this version and what follows</source>
        <translation>Xóa phiên bản này và những gì theo sau</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Bạn</translation>
    </message>
    <message numerus="yes">
        <source>about %n region(s)</source>
        <translation>
            <numerusform>về %Ln vùng</numerusform>
        </translation>
    </message>
    <message>
        <source>No answer came.</source>
        <translation>Không có câu trả lời.</translation>
    </message>
    <message>
        <source>{who}: message</source>
        <translation>{who}: tin nhắn</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Câu trả lời</translation>
    </message>
    <message>
        <source>Show answer</source>
        <translation>Xem câu trả lời</translation>
    </message>
    <message>
        <source>Why no box?</source>
        <translation>Vì sao không có khung?</translation>
    </message>
    <message>
        <source>answering…</source>
        <translation>đang trả lời…</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>đã dừng</translation>
    </message>
    <message numerus="yes">
        <source>%n more in Findings</source>
        <translation>
            <numerusform>còn %Ln ở bảng Phát hiện</numerusform>
        </translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%Ln token</numerusform>
        </translation>
    </message>
    <message>
        <source>Drawn with the seed {seed}</source>
        <translation>Lấy ngẫu nhiên với số khởi tạo {seed}</translation>
    </message>
</context>
<context>
    <name>ChatPanel</name>
    <message>
        <source>Choose an engine that answers questions.</source>
        <translation>Chọn một bộ máy trả lời được câu hỏi.</translation>
    </message>
    <message>
        <source>Ask whether there is a defect, or select a region in the picture and ask what it is.</source>
        <translation>Hãy hỏi có lỗi không, hoặc chọn một vùng trong ảnh rồi hỏi đó là gì.</translation>
    </message>
    <message>
        <source>Ask what you see: whether there is a defect, what a region shows, where something is. Select a region in the picture to ask about it.</source>
        <translation>Hỏi về những gì bạn thấy: có lỗi không, một vùng là gì, một thứ nằm ở đâu. Chọn một vùng trên ảnh để hỏi về vùng đó.</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation>Lệnh</translation>
    </message>
    <message>
        <source>Type a command</source>
        <translation>Gõ tên lệnh</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Lệnh</translation>
    </message>
    <message>
        <source>No command matches.</source>
        <translation>Không có lệnh nào khớp.</translation>
    </message>
</context>
<context>
    <name>CompareLayer</name>
    <message>
        <source>Golden image</source>
        <translation>Ảnh chuẩn</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Chi tiết đang xem</translation>
    </message>
</context>
<context>
    <name>CompareStep</name>
    <message>
        <source>Class</source>
        <translation>Lớp</translation>
    </message>
    <message>
        <source>Now right</source>
        <translation>Hiện tại đúng</translation>
    </message>
    <message>
        <source>New right</source>
        <translation>Mới đúng</translation>
    </message>
    <message>
        <source>Figures of each class</source>
        <translation>Số liệu của từng lớp</translation>
    </message>
    <message>
        <source>Look at both…</source>
        <translation>Xem cả hai…</translation>
    </message>
    <message>
        <source>Figures side by side and what only one has right</source>
        <translation>Số liệu cạnh nhau và những mục chỉ một bên đúng</translation>
    </message>
    <message>
        <source>Judge blind…</source>
        <translation>Chấm mù…</translation>
    </message>
    <message>
        <source>Let a model judge</source>
        <translation>Để mô hình chấm</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Dừng</translation>
    </message>
    <message>
        <source>Progress of judging</source>
        <translation>Tiến độ chấm</translation>
    </message>
    <message>
        <source>{name} judges every item twice, in both orders</source>
        <translation>{name} chấm mỗi mục hai lần, theo cả hai thứ tự</translation>
    </message>
    <message>
        <source>Load a language model on the page Models first</source>
        <translation>Trước hết hãy nạp một mô hình ngôn ngữ ở trang Mô hình</translation>
    </message>
</context>
<context>
    <name>ComparisonDialog</name>
    <message>
        <source>{first} and {second}</source>
        <translation>{first} và {second}</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Số liệu</translation>
    </message>
    <message>
        <source>Only one is right ({n})</source>
        <translation>Chỉ một bên đúng ({n})</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Các lớp</translation>
    </message>
    <message>
        <source>Judge blind…</source>
        <translation>Chấm mù…</translation>
    </message>
    <message>
        <source>Shows up to {n} pairs of answers without saying whose they are</source>
        <translation>Hiện tối đa {n} cặp câu trả lời mà không nói của ai</translation>
    </message>
    <message>
        <source>Look at the first…</source>
        <translation>Xem bản thứ nhất…</translation>
    </message>
    <message>
        <source>Look at the second…</source>
        <translation>Xem bản thứ hai…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>{who} (first)</source>
        <translation>{who} (thứ nhất)</translation>
    </message>
    <message>
        <source>{who} (second)</source>
        <translation>{who} (thứ hai)</translation>
    </message>
    <message>
        <source>Of {n} items that both answered, only {first} has {a} right, only {second} has {b} right.</source>
        <translation>Trong {n} mục cả hai cùng trả lời, {a} mục chỉ {first} đúng, {b} mục chỉ {second} đúng.</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Số liệu</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>Khoảng 95 %</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Chênh lệch</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Loại</translation>
    </message>
    <message>
        <source>Which</source>
        <translation>Tên</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>Mục</translation>
    </message>
    <message>
        <source>{name} right</source>
        <translation>{name} đúng</translation>
    </message>
    <message>
        <source>Only one is right</source>
        <translation>Chỉ một bên đúng</translation>
    </message>
    <message>
        <source>By chance</source>
        <translation>Do ngẫu nhiên</translation>
    </message>
    <message>
        <source>Who is right</source>
        <translation>Bên đúng</translation>
    </message>
    <message>
        <source>Wanted</source>
        <translation>Đúng là</translation>
    </message>
    <message>
        <source>Question or image</source>
        <translation>Câu hỏi hoặc ảnh</translation>
    </message>
    <message>
        <source>Items that only one has right</source>
        <translation>Mục chỉ một bên đúng</translation>
    </message>
    <message>
        <source>Score: {score}</source>
        <translation>Điểm: {score}</translation>
    </message>
</context>
<context>
    <name>ConcernList</name>
    <message>
        <source>Severity</source>
        <translation>Mức</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Nội dung</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Số mẫu</translation>
    </message>
    <message>
        <source>Concerns about the data</source>
        <translation>Các điều cần lưu ý về dữ liệu</translation>
    </message>
</context>
<context>
    <name>ConflictList</name>
    <message>
        <source>Conflicts</source>
        <translation>Mâu thuẫn</translation>
    </message>
</context>
<context>
    <name>ConflictRow</name>
    <message>
        <source>Use {value}</source>
        <translation>Dùng {value}</translation>
    </message>
    <message>
        <source>Correct {field} to {value}</source>
        <translation>Sửa {field} thành {value}</translation>
    </message>
    <message>
        <source>The document does say {value}</source>
        <translation>Trên giấy đúng là ghi {value}</translation>
    </message>
    <message>
        <source>It says so</source>
        <translation>Giấy ghi đúng vậy</translation>
    </message>
    <message>
        <source>Go to</source>
        <translation>Đến đó</translation>
    </message>
    <message>
        <source>Choose the field in the table</source>
        <translation>Chọn trường này trong bảng</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>Mâu thuẫn</translation>
    </message>
</context>
<context>
    <name>ConfusionTable</name>
    <message>
        <source>Confusion matrix</source>
        <translation>Ma trận nhầm lẫn</translation>
    </message>
    <message>
        <source>given: {what}</source>
        <translation>trả lời: {what}</translation>
    </message>
    <message>
        <source>wanted: {what}</source>
        <translation>đúng là: {what}</translation>
    </message>
    <message>
        <source>Wanted {wanted}, given {given} ({n})</source>
        <translation>Đúng là {wanted}, trả lời {given} ({n})</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>(không có gì)</translation>
    </message>
</context>
<context>
    <name>ConvertDialog</name>
    <message>
        <source>Convert {name}</source>
        <translation>Chuyển đổi {name}</translation>
    </message>
    <message>
        <source>Checkpoint</source>
        <translation>Tệp checkpoint</translation>
    </message>
    <message>
        <source>Vision tower</source>
        <translation>Khối thị giác</translation>
    </message>
    <message>
        <source>Llama folder</source>
        <translation>Thư mục Llama</translation>
    </message>
    <message>
        <source>&amp;Keep LoRA pairs apart</source>
        <translation>&amp;Giữ các cặp LoRA riêng</translation>
    </message>
    <message>
        <source>&amp;Add them to the weights</source>
        <translation>Cộng &amp;vào trọng số</translation>
    </message>
    <message>
        <source>Target folder</source>
        <translation>Thư mục đích</translation>
    </message>
    <message>
        <source>Convert</source>
        <translation>Chuyển đổi</translation>
    </message>
    <message>
        <source>{name} is published in three parts, which you fetch yourself. Here they are checked and written as one model; the parts stay as they are. Where to get them, and what their licences ask: user guide, section 13.</source>
        <translation>{name} được công bố thành ba phần mà bạn phải tự tải về. Ở đây chúng được kiểm tra và ghi thành một mô hình; các phần gốc giữ nguyên. Lấy ở đâu và giấy phép yêu cầu gì: hướng dẫn sử dụng, mục 13.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Tên</translation>
    </message>
    <message>
        <source>&amp;Checkpoint</source>
        <translation>Tệp &amp;checkpoint</translation>
    </message>
    <message>
        <source>What was trained: a .pth file, about 680 MB</source>
        <translation>Phần đã được huấn luyện: một tệp .pth, khoảng 680 MB</translation>
    </message>
    <message>
        <source>&amp;Vision tower</source>
        <translation>Khối &amp;thị giác</translation>
    </message>
    <message>
        <source>What sees the image: eva_vit_g.pth, about 2 GB</source>
        <translation>Phần nhìn ảnh: eva_vit_g.pth, khoảng 2 GB</translation>
    </message>
    <message>
        <source>&amp;Llama folder</source>
        <translation>Thư mục &amp;Llama</translation>
    </message>
    <message>
        <source>What writes the answer: Llama-2-7b-chat-hf, about 13.5 GB as safetensors, with tokenizer.model</source>
        <translation>Phần viết câu trả lời: Llama-2-7b-chat-hf, khoảng 13,5 GB ở dạng safetensors, có tokenizer.model</translation>
    </message>
    <message>
        <source>LoRA pairs</source>
        <translation>Các cặp LoRA</translation>
    </message>
    <message>
        <source>Apart: as published, exact. Added: less to compute for each word, but the sums are rounded, and converting takes much more memory</source>
        <translation>Giữ riêng: đúng như bản công bố, không sai số. Cộng vào: mỗi từ cần tính ít hơn, nhưng kết quả bị làm tròn và việc chuyển đổi tốn nhiều bộ nhớ hơn hẳn</translation>
    </message>
    <message>
        <source>Target &amp;folder</source>
        <translation>Thư mục đí&amp;ch</translation>
    </message>
    <message>
        <source>May stay empty: the folder where the program keeps its models</source>
        <translation>Có thể để trống: dùng thư mục chứa mô hình của chương trình</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>T&amp;ên</translation>
    </message>
    <message>
        <source>May stay empty; with a name it becomes a model of its own in the list</source>
        <translation>Có thể để trống; nếu đặt tên, nó thành một mô hình riêng trong danh sách</translation>
    </message>
    <message>
        <source>Takes {need} on the disk, where {free} are free.</source>
        <translation>Cần {need} trên đĩa, hiện còn trống {free}.</translation>
    </message>
    <message>
        <source>Choose the checkpoint, the vision tower and the Llama folder.</source>
        <translation>Hãy chọn tệp checkpoint, khối thị giác và thư mục Llama.</translation>
    </message>
    <message>
        <source>There is no {name} at this place.</source>
        <translation>Không có {name} ở chỗ này.</translation>
    </message>
    <message>
        <source>{name} is a folder. Choose the file in it.</source>
        <translation>{name} là một thư mục. Hãy chọn tệp bên trong.</translation>
    </message>
    <message>
        <source>{name} holds no weights: it ends early, or a web page was saved in its place. Fetch it again.</source>
        <translation>{name} không chứa trọng số: tệp bị cụt, hoặc một trang web đã được lưu thay cho nó. Hãy tải lại.</translation>
    </message>
    <message>
        <source>{name} is a checkpoint: it belongs into the first row.</source>
        <translation>{name} là tệp checkpoint: hãy đặt nó ở dòng thứ nhất.</translation>
    </message>
    <message>
        <source>{name} is the vision tower: it belongs into the second row.</source>
        <translation>{name} là khối thị giác: hãy đặt nó ở dòng thứ hai.</translation>
    </message>
    <message>
        <source>The target folder {name} is there already and not empty. Choose another one, or give the model a name.</source>
        <translation>Thư mục đích {name} đã có và không trống. Hãy chọn thư mục khác, hoặc đặt tên cho mô hình.</translation>
    </message>
    <message>
        <source>Takes {need}, but only {free} are free. Free some space, or choose a target folder on another disk.</source>
        <translation>Cần {need}, nhưng chỉ còn trống {free}. Hãy giải phóng đĩa, hoặc chọn thư mục đích trên đĩa khác.</translation>
    </message>
</context>
<context>
    <name>CurvePlots</name>
    <message>
        <source>ROC</source>
        <translation>ROC</translation>
    </message>
    <message>
        <source>False alarms</source>
        <translation>Báo động giả</translation>
    </message>
    <message>
        <source>Defects found</source>
        <translation>Lỗi tìm được</translation>
    </message>
    <message>
        <source>Precision and recall</source>
        <translation>Độ chuẩn xác và độ phủ</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>Độ phủ</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Độ chuẩn xác</translation>
    </message>
    <message>
        <source>Curves need scores of both good and defective parts; one kind is missing.</source>
        <translation>Đường cong cần điểm của cả chi tiết đạt và chi tiết lỗi; thiếu một loại.</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>Điểm số</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Điểm</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>Chi tiết</translation>
    </message>
    <message>
        <source>good</source>
        <translation>đạt</translation>
    </message>
    <message>
        <source>defective</source>
        <translation>lỗi</translation>
    </message>
</context>
<context>
    <name>DataStep</name>
    <message>
        <source>Add corrections of this project</source>
        <translation>Thêm các chỗ đã sửa của dự án này</translation>
    </message>
    <message>
        <source>Learned from</source>
        <translation>Học từ</translation>
    </message>
    <message>
        <source>Add data…</source>
        <translation>Thêm dữ liệu…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Bỏ</translation>
    </message>
    <message>
        <source>Test set (manifest)</source>
        <translation>Tập kiểm tra (manifest)</translation>
    </message>
    <message>
        <source>Defects</source>
        <translation>Lỗi</translation>
    </message>
    <message>
        <source>Questions and answers</source>
        <translation>Câu hỏi và câu trả lời</translation>
    </message>
    <message>
        <source>Fields of receipts</source>
        <translation>Các trường của hóa đơn</translation>
    </message>
    <message>
        <source>Check data</source>
        <translation>Kiểm tra dữ liệu</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Dừng</translation>
    </message>
    <message>
        <source>Change data…</source>
        <translation>Đổi dữ liệu…</translation>
    </message>
    <message>
        <source>Progress of the check</source>
        <translation>Tiến độ kiểm tra</translation>
    </message>
    <message>
        <source>Samples as the model sees them</source>
        <translation>Các mẫu như mô hình nhìn thấy</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Phần</translation>
    </message>
    <message>
        <source>Measured as</source>
        <translation>Đo theo</translation>
    </message>
    <message>
        <source>Name of the new adapter</source>
        <translation>Tên bộ tinh chỉnh mới</translation>
    </message>
    <message>
        <source>Base model</source>
        <translation>Mô hình gốc</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Thiết lập</translation>
    </message>
    <message>
        <source>Frozen test set</source>
        <translation>Tập kiểm tra cố định</translation>
    </message>
    <message>
        <source>Samples learned from: {n}. Measured on during the run: {held}.</source>
        <translation>Số mẫu để học: {n}. Để đo trong lúc chạy: {held}.</translation>
    </message>
    <message>
        <source>The data cannot be learned from yet. Mend what is marked ✕, then check again.</source>
        <translation>Chưa thể học từ dữ liệu này. Hãy sửa những mục có dấu ✕ rồi kiểm tra lại.</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>Tiêu chuẩn</translation>
    </message>
    <message>
        <source>Hide findings and samples</source>
        <translation>Ẩn kết quả và mẫu</translation>
    </message>
    <message>
        <source>Show findings and samples</source>
        <translation>Xem kết quả và mẫu</translation>
    </message>
    <message>
        <source>Open a project on the page Inspect first</source>
        <translation>Trước hết hãy mở một dự án ở trang Kiểm tra</translation>
    </message>
    <message>
        <source>There is no model that can be trained.</source>
        <translation>Không có mô hình nào huấn luyện được.</translation>
    </message>
    <message>
        <source>Give the new adapter a name.</source>
        <translation>Hãy đặt tên cho bộ tinh chỉnh mới.</translation>
    </message>
    <message>
        <source>Choose what to learn from.</source>
        <translation>Hãy chọn dữ liệu để học.</translation>
    </message>
    <message>
        <source>Choose a test set.</source>
        <translation>Hãy chọn tập kiểm tra.</translation>
    </message>
</context>
<context>
    <name>DecideStep</name>
    <message>
        <source>the base model</source>
        <translation>mô hình gốc</translation>
    </message>
    <message>
        <source>{name} answers from now on, in place of {old}.</source>
        <translation>Từ nay {name} trả lời, thay cho {old}.</translation>
    </message>
    <message>
        <source>{old} goes on answering. {name} stays on the page Models.</source>
        <translation>{old} tiếp tục trả lời. {name} vẫn còn ở trang Mô hình.</translation>
    </message>
    <message>
        <source>Promote after all</source>
        <translation>Vẫn đưa vào dùng</translation>
    </message>
    <message>
        <source>Promote the new one</source>
        <translation>Đưa cái mới vào dùng</translation>
    </message>
    <message>
        <source>Roll back</source>
        <translation>Quay lại cái cũ</translation>
    </message>
    <message>
        <source>Keep the one of now</source>
        <translation>Giữ cái hiện tại</translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <source>Open images</source>
        <translation>Mở ảnh</translation>
    </message>
    <message>
        <source>Save as preset</source>
        <translation>Lưu thành mẫu</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Tên</translation>
    </message>
    <message>
        <source>Open folder of part images</source>
        <translation>Mở thư mục ảnh chi tiết</translation>
    </message>
    <message>
        <source>Open project</source>
        <translation>Mở dự án</translation>
    </message>
    <message>
        <source>Open recipe</source>
        <translation>Mở công thức</translation>
    </message>
    <message>
        <source>Open evaluation</source>
        <translation>Mở bản đánh giá</translation>
    </message>
    <message>
        <source>Evaluations (*.json);;All files (*)</source>
        <translation>Bản đánh giá (*.json);;Mọi tệp (*)</translation>
    </message>
    <message>
        <source>Save project as</source>
        <translation>Lưu dự án thành</translation>
    </message>
    <message>
        <source>HTML, one file for the browser</source>
        <translation>HTML, một tệp cho trình duyệt</translation>
    </message>
    <message>
        <source>Markdown, the text alone</source>
        <translation>Markdown, chỉ có phần chữ</translation>
    </message>
    <message>
        <source>JSON, for other programs</source>
        <translation>JSON, cho chương trình khác</translation>
    </message>
    <message>
        <source>JSON lines, to learn from</source>
        <translation>Dòng JSON, để học</translation>
    </message>
    <message>
        <source>conversation</source>
        <translation>tro-chuyen</translation>
    </message>
    <message>
        <source>Export conversation</source>
        <translation>Xuất cuộc trò chuyện</translation>
    </message>
    <message>
        <source>Excel workbook</source>
        <translation>Bảng tính Excel</translation>
    </message>
    <message>
        <source>CSV table</source>
        <translation>Bảng CSV</translation>
    </message>
    <message>
        <source>Export document</source>
        <translation>Xuất tài liệu</translation>
    </message>
    <message>
        <source>documents</source>
        <translation>tai-lieu</translation>
    </message>
    <message>
        <source>Export documents</source>
        <translation>Xuất các tài liệu</translation>
    </message>
    <message>
        <source>JSON Schema</source>
        <translation>JSON Schema</translation>
    </message>
    <message>
        <source>Choose JSON Schema file</source>
        <translation>Chọn tệp JSON Schema</translation>
    </message>
    <message>
        <source>About Inspector</source>
        <translation>Giới thiệu Inspector</translation>
    </message>
    <message>
        <source>Inspector {version}

Inspects parts with expert models and vision-language models on this computer. Nothing is sent anywhere.</source>
        <translation>Inspector {version}

Kiểm tra chi tiết bằng mô hình chuyên gia và mô hình ngôn ngữ – thị giác ngay trên máy tính này. Không gửi gì đi đâu.</translation>
    </message>
    <message>
        <source>There is no image in the clipboard. Copy a picture or image files first.</source>
        <translation>Bộ nhớ tạm không có ảnh. Hãy sao chép một ảnh hoặc các tệp ảnh trước.</translation>
    </message>
    <message>
        <source>The pasted picture could not be saved in {folder}.</source>
        <translation>Không lưu được ảnh vừa dán vào {folder}.</translation>
    </message>
    <message>
        <source>Free some space and paste again.</source>
        <translation>Hãy giải phóng dung lượng rồi dán lại.</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Ảnh</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Mọi tệp</translation>
    </message>
    <message>
        <source>Inspector projects</source>
        <translation>Dự án Inspector</translation>
    </message>
    <message>
        <source>Recipes</source>
        <translation>Công thức</translation>
    </message>
</context>
<context>
    <name>Document</name>
    <message>
        <source>not in the document</source>
        <translation>không có trên giấy</translation>
    </message>
    <message>
        <source>Row removed by {name}</source>
        <translation>{name} đã bỏ dòng này</translation>
    </message>
    <message>
        <source>Read right, says {name}</source>
        <translation>{name} xác nhận đọc đúng</translation>
    </message>
    <message>
        <source>Corrected by {name}</source>
        <translation>{name} đã sửa</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>không có gì</translation>
    </message>
    <message>
        <source>Read: {text}</source>
        <translation>Đã đọc: {text}</translation>
    </message>
    <message>
        <source>In the document: {text}</source>
        <translation>Trên giấy: {text}</translation>
    </message>
    <message>
        <source>Confidence {score}</source>
        <translation>Độ tin cậy {score}</translation>
    </message>
    <message>
        <source>Does not agree with the other numbers</source>
        <translation>Không khớp với các số khác</translation>
    </message>
    <message>
        <source>conflict</source>
        <translation>mâu thuẫn</translation>
    </message>
    <message>
        <source>unsure</source>
        <translation>chưa chắc</translation>
    </message>
    <message>
        <source>corrected</source>
        <translation>đã sửa</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>khác nhau</translation>
    </message>
    <message>
        <source>not in the text</source>
        <translation>không có trong phần chữ</translation>
    </message>
    <message>
        <source>{engine} reads: {value}</source>
        <translation>{engine} đọc: {value}</translation>
    </message>
    <message>
        <source>These digits stand nowhere in the text</source>
        <translation>Các chữ số này không có trong phần chữ đã đọc</translation>
    </message>
    <message>
        <source>F4 or a double click on it uses that value</source>
        <translation>Nhấn F4 hoặc nhấp đúp vào đó để dùng giá trị này</translation>
    </message>
    <message>
        <source>{engine} read the picture, and the text that was read</source>
        <translation>{engine} đã đọc ảnh kèm phần chữ đã đọc</translation>
    </message>
    <message>
        <source>{engine} read the picture by itself</source>
        <translation>{engine} chỉ đọc ảnh</translation>
    </message>
    <message>
        <source>{engine} reads {count} items, not {first}.</source>
        <translation>{engine} đọc được {count} mặt hàng, không phải {first}.</translation>
    </message>
    <message>
        <source>{item} (not all of its digits stand in the text)</source>
        <translation>{item} (có chữ số không nằm trong phần chữ đã đọc)</translation>
    </message>
</context>
<context>
    <name>DocumentHead</name>
    <message>
        <source>Kind of document</source>
        <translation>Loại tài liệu</translation>
    </message>
    <message>
        <source>What kind of document it is: which fields are read</source>
        <translation>Đây là loại tài liệu gì: đọc những trường nào</translation>
    </message>
    <message>
        <source>More about this document</source>
        <translation>Thêm về tài liệu này</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Dừng</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Thử lại</translation>
    </message>
    <message>
        <source>JSON Schema file…</source>
        <translation>Tệp JSON Schema…</translation>
    </message>
</context>
<context>
    <name>DocumentPanel</name>
    <message>
        <source>Fields</source>
        <translation>Các trường</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>Mặt hàng</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Chữ</translation>
    </message>
    <message>
        <source>Not read yet</source>
        <translation>Chưa đọc</translation>
    </message>
    <message>
        <source>Read this image to get its fields, check them against the picture and correct them. Choose above what kind of document it is.</source>
        <translation>Hãy đọc ảnh này để lấy các trường, đối chiếu với ảnh rồi sửa nếu cần. Chọn loại tài liệu ở phía trên.</translation>
    </message>
    <message>
        <source>Fill in by hand</source>
        <translation>Nhập tay</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>No text could be read</source>
        <translation>Không đọc được chữ</translation>
    </message>
    <message>
        <source>No text was found</source>
        <translation>Không tìm thấy chữ</translation>
    </message>
    <message>
        <source>None of the fields was found</source>
        <translation>Không tìm thấy trường nào</translation>
    </message>
    <message>
        <source>There is text, but nothing in it that belongs to a {schema}. Is it another kind of document? Choose it above and read again.</source>
        <translation>Có chữ, nhưng không có gì thuộc về {schema}. Đây có phải loại tài liệu khác không? Hãy chọn ở phía trên rồi đọc lại.</translation>
    </message>
    <message>
        <source>Is the picture sharp, bright and upright enough to be read by eye? Then read again; otherwise take another one.</source>
        <translation>Ảnh có đủ nét, đủ sáng và đủ thẳng để đọc bằng mắt không? Nếu có, hãy đọc lại; nếu không, hãy chụp ảnh khác.</translation>
    </message>
</context>
<context>
    <name>DocumentTable</name>
    <message>
        <source>Correct</source>
        <translation>Sửa</translation>
    </message>
    <message>
        <source>Read right</source>
        <translation>Đọc đúng</translation>
    </message>
    <message>
        <source>Not in the document</source>
        <translation>Không có trên giấy</translation>
    </message>
    <message>
        <source>Use {value}</source>
        <translation>Dùng {value}</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>không có gì</translation>
    </message>
    <message>
        <source>Put the row back</source>
        <translation>Đưa dòng trở lại</translation>
    </message>
    <message>
        <source>Remove the row</source>
        <translation>Bỏ dòng này</translation>
    </message>
    <message>
        <source>Add an item</source>
        <translation>Thêm mặt hàng</translation>
    </message>
    <message>
        <source>Show in the picture</source>
        <translation>Hiện trong ảnh</translation>
    </message>
    <message>
        <source>Copy value</source>
        <translation>Sao chép giá trị</translation>
    </message>
</context>
<context>
    <name>DuelView</name>
    <message>
        <source>Show what people say is right</source>
        <translation>Hiện đáp án của con người</translation>
    </message>
    <message>
        <source>What people say is right</source>
        <translation>Đáp án của con người</translation>
    </message>
    <message>
        <source>(an empty answer)</source>
        <translation>(câu trả lời rỗng)</translation>
    </message>
</context>
<context>
    <name>EditingLine</name>
    <message>
        <source>Sends another version of that question; the old one stays.</source>
        <translation>Gửi một phiên bản khác của câu hỏi đó; bản cũ vẫn được giữ.</translation>
    </message>
    <message>
        <source>Ask it as a new question instead</source>
        <translation>Hỏi thành câu hỏi mới</translation>
    </message>
</context>
<context>
    <name>EngineButton</name>
    <message>
        <source>Questions are answered by {who}</source>
        <translation>Trả lời câu hỏi: {who}</translation>
    </message>
    <message>
        <source>Manage models…</source>
        <translation>Quản lý mô hình…</translation>
    </message>
</context>
<context>
    <name>EvaluateStep</name>
    <message>
        <source>Evaluate both</source>
        <translation>Đánh giá cả hai</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Dừng</translation>
    </message>
    <message>
        <source>Progress of the evaluation</source>
        <translation>Tiến độ đánh giá</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Số liệu</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Hiện tại</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Mới</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Chênh lệch</translation>
    </message>
    <message>
        <source>Figures of both</source>
        <translation>Số liệu của cả hai</translation>
    </message>
    <message>
        <source>Measuring the new adapter (2 of 2).</source>
        <translation>Đang đo bộ tinh chỉnh mới (2/2).</translation>
    </message>
    <message>
        <source>Measuring the one of now (1 of 2).</source>
        <translation>Đang đo cái hiện tại (1/2).</translation>
    </message>
    <message>
        <source>The one of now is measured; what is left is measured next.</source>
        <translation>Cái hiện tại đã đo xong; phần còn lại sẽ được đo tiếp.</translation>
    </message>
</context>
<context>
    <name>EvaluationDialog</name>
    <message>
        <source>Evaluation of {who}</source>
        <translation>Đánh giá {who}</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Số liệu</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>Mục</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Đường cong</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Các lớp</translation>
    </message>
    <message>
        <source>Compare with…</source>
        <translation>So sánh với…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>{who}: {task}. {manifest}, split {split}.</source>
        <translation>{who}: {task}. {manifest}, phần {split}.</translation>
    </message>
    <message>
        <source>{right} of {n} items right, {failed} failed.</source>
        <translation>{right} trên {n} mục đúng, {failed} thất bại.</translation>
    </message>
    <message>
        <source>“Defective” rests on {what}.</source>
        <translation>“Lỗi” dựa trên {what}.</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Số liệu</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Giá trị</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>Khoảng 95 %</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>Ý nghĩa</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Loại</translation>
    </message>
    <message>
        <source>Which</source>
        <translation>Tên</translation>
    </message>
    <message>
        <source>Evaluation to compare with</source>
        <translation>Bản đánh giá để so sánh</translation>
    </message>
    <message>
        <source>Evaluations (*.json);;All files (*)</source>
        <translation>Bản đánh giá (*.json);;Mọi tệp (*)</translation>
    </message>
</context>
<context>
    <name>EvaluationWords</name>
    <message>
        <source>AUROC of images</source>
        <translation>AUROC theo ảnh</translation>
    </message>
    <message>
        <source>The chance that a defective part has a higher score than a good one; 0.5 is guessing.</source>
        <translation>Xác suất một chi tiết lỗi có điểm cao hơn một chi tiết đạt; 0,5 là đoán mò.</translation>
    </message>
    <message>
        <source>Balanced accuracy</source>
        <translation>Độ chính xác cân bằng</translation>
    </message>
    <message>
        <source>The mean of recall and specificity.</source>
        <translation>Trung bình của độ phủ và độ đặc hiệu.</translation>
    </message>
    <message>
        <source>Recall: defects found</source>
        <translation>Độ phủ: lỗi tìm được</translation>
    </message>
    <message>
        <source>The share of defective parts that were found.</source>
        <translation>Tỉ lệ chi tiết lỗi được tìm ra.</translation>
    </message>
    <message>
        <source>Specificity: good parts passed</source>
        <translation>Độ đặc hiệu: chi tiết đạt được cho qua</translation>
    </message>
    <message>
        <source>The share of good parts that were called good.</source>
        <translation>Tỉ lệ chi tiết đạt được gọi là đạt.</translation>
    </message>
    <message>
        <source>False alarms</source>
        <translation>Báo động giả</translation>
    </message>
    <message>
        <source>The share of good parts that were called defective.</source>
        <translation>Tỉ lệ chi tiết đạt bị gọi là lỗi.</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>The harmonic mean of precision and recall of “defective”.</source>
        <translation>Trung bình điều hòa của độ chuẩn xác và độ phủ của “lỗi”.</translation>
    </message>
    <message>
        <source>AUROC of pixels</source>
        <translation>AUROC theo điểm ảnh</translation>
    </message>
    <message>
        <source>The chance that a pixel of a defect is hotter in the heat map than another pixel.</source>
        <translation>Xác suất một điểm ảnh của lỗi nóng hơn một điểm ảnh khác trên bản đồ nhiệt.</translation>
    </message>
    <message>
        <source>Per-region overlap</source>
        <translation>Độ chồng theo vùng</translation>
    </message>
    <message>
        <source>How much of every defect the heat map covers, up to 30 % false pixels (AU-PRO).</source>
        <translation>Bản đồ nhiệt phủ bao nhiêu của mỗi lỗi, tới 30 % điểm ảnh sai (AU-PRO).</translation>
    </message>
    <message>
        <source>Overlap of boxes (IoU)</source>
        <translation>Độ chồng của khung (IoU)</translation>
    </message>
    <message>
        <source>The mean overlap of the best box for each true box.</source>
        <translation>Độ chồng trung bình của khung tốt nhất với mỗi khung thật.</translation>
    </message>
    <message>
        <source>Boxes with overlap from 0.3</source>
        <translation>Khung chồng từ 0,3</translation>
    </message>
    <message>
        <source>The share of true boxes whose best box overlaps by at least 0.3.</source>
        <translation>Tỉ lệ khung thật có khung tốt nhất chồng ít nhất 0,3.</translation>
    </message>
    <message>
        <source>Boxes with overlap from 0.5</source>
        <translation>Khung chồng từ 0,5</translation>
    </message>
    <message>
        <source>The share of true boxes whose best box overlaps by at least 0.5.</source>
        <translation>Tỉ lệ khung thật có khung tốt nhất chồng ít nhất 0,5.</translation>
    </message>
    <message>
        <source>Recall of boxes</source>
        <translation>Độ phủ của khung</translation>
    </message>
    <message>
        <source>True boxes matched one to one at overlap 0.3.</source>
        <translation>Khung thật được ghép một–một ở độ chồng 0,3.</translation>
    </message>
    <message>
        <source>Precision of boxes</source>
        <translation>Độ chuẩn xác của khung</translation>
    </message>
    <message>
        <source>Found boxes that match a true one; boxes on good parts are false.</source>
        <translation>Khung tìm được khớp với khung thật; khung trên chi tiết đạt là sai.</translation>
    </message>
    <message>
        <source>Answers exactly right</source>
        <translation>Trả lời đúng hoàn toàn</translation>
    </message>
    <message>
        <source>The share of answers that are exactly right in normal form.</source>
        <translation>Tỉ lệ câu trả lời đúng hoàn toàn ở dạng chuẩn hóa.</translation>
    </message>
    <message>
        <source>Words shared (F1)</source>
        <translation>Từ trùng nhau (F1)</translation>
    </message>
    <message>
        <source>How many words the answer shares with a right one.</source>
        <translation>Câu trả lời trùng bao nhiêu từ với một đáp án đúng.</translation>
    </message>
    <message>
        <source>VQA accuracy</source>
        <translation>Độ chính xác VQA</translation>
    </message>
    <message>
        <source>An answer counts whole when three other people gave it.</source>
        <translation>Câu trả lời được tính trọn khi có ba người khác cùng trả lời như vậy.</translation>
    </message>
    <message>
        <source>Likeness of letters (ANLS)</source>
        <translation>Độ giống chữ cái (ANLS)</translation>
    </message>
    <message>
        <source>Below a likeness of 0.5 an answer counts nothing.</source>
        <translation>Dưới độ giống 0,5, câu trả lời không được tính.</translation>
    </message>
    <message>
        <source>Reasons: BLEU</source>
        <translation>Lý do: BLEU</translation>
    </message>
    <message>
        <source>Likeness of the reason to those of people.</source>
        <translation>Độ giống của lý do với lý do của con người.</translation>
    </message>
    <message>
        <source>Reasons: ROUGE-L</source>
        <translation>Lý do: ROUGE-L</translation>
    </message>
    <message>
        <source>Reasons: chrF</source>
        <translation>Lý do: chrF</translation>
    </message>
    <message>
        <source>Answer and reason right</source>
        <translation>Đúng cả câu trả lời và lý do</translation>
    </message>
    <message>
        <source>The answer is right and ROUGE-L of its reason is at least 0.3.</source>
        <translation>Câu trả lời đúng và ROUGE-L của lý do ít nhất là 0,3.</translation>
    </message>
    <message>
        <source>Fields exactly right</source>
        <translation>Trường đúng hoàn toàn</translation>
    </message>
    <message>
        <source>The share of fields whose value is exactly right.</source>
        <translation>Tỉ lệ trường có giá trị đúng hoàn toàn.</translation>
    </message>
    <message>
        <source>Fields invented</source>
        <translation>Trường bịa ra</translation>
    </message>
    <message>
        <source>Fields that were filled though the truth has none.</source>
        <translation>Trường được điền dù thực tế không có.</translation>
    </message>
    <message>
        <source>Rows of goods</source>
        <translation>Các dòng hàng hóa</translation>
    </message>
    <message>
        <source>Of the rows of goods of a receipt.</source>
        <translation>Của các dòng hàng hóa trên hóa đơn.</translation>
    </message>
    <message>
        <source>Likeness: ROUGE-L</source>
        <translation>Độ giống: ROUGE-L</translation>
    </message>
    <message>
        <source>Likeness of the text to the right one (ROUGE-L).</source>
        <translation>Độ giống của văn bản với bản đúng (ROUGE-L).</translation>
    </message>
    <message>
        <source>Likeness: chrF</source>
        <translation>Độ giống: chrF</translation>
    </message>
    <message>
        <source>Likeness of the text to the right one (chrF).</source>
        <translation>Độ giống của văn bản với bản đúng (chrF).</translation>
    </message>
    <message>
        <source>Seconds a document</source>
        <translation>Giây mỗi tài liệu</translation>
    </message>
    <message>
        <source>Mean time of one document.</source>
        <translation>Thời gian trung bình của một tài liệu.</translation>
    </message>
    <message>
        <source>Letters read wrong (CER)</source>
        <translation>Chữ đọc sai (CER)</translation>
    </message>
    <message>
        <source>Edits a letter that turn what was read into truth.</source>
        <translation>Số sửa trên mỗi chữ để biến văn bản đọc được thành bản đúng.</translation>
    </message>
    <message>
        <source>good</source>
        <translation>đạt</translation>
    </message>
    <message>
        <source>defective</source>
        <translation>lỗi</translation>
    </message>
    <message>
        <source>class</source>
        <translation>lớp</translation>
    </message>
    <message>
        <source>type of defect</source>
        <translation>loại lỗi</translation>
    </message>
    <message>
        <source>kind of question</source>
        <translation>loại câu hỏi</translation>
    </message>
    <message>
        <source>field</source>
        <translation>trường</translation>
    </message>
    <message>
        <source>finding defects</source>
        <translation>tìm lỗi</translation>
    </message>
    <message>
        <source>answering questions</source>
        <translation>trả lời câu hỏi</translation>
    </message>
    <message>
        <source>reading receipts</source>
        <translation>đọc hóa đơn</translation>
    </message>
    <message>
        <source>its verdict</source>
        <translation>phán quyết của nó</translation>
    </message>
    <message>
        <source>its boxes</source>
        <translation>các khung của nó</translation>
    </message>
</context>
<context>
    <name>Example</name>
    <message>
        <source>Describe this part in detail</source>
        <translation>Mô tả kỹ chi tiết này</translation>
    </message>
    <message>
        <source>Find all defects</source>
        <translation>Tìm tất cả các lỗi</translation>
    </message>
    <message>
        <source>Where is the largest scratch?</source>
        <translation>Vết xước lớn nhất ở đâu?</translation>
    </message>
    <message>
        <source>What is this?</source>
        <translation>Đây là gì?</translation>
    </message>
    <message>
        <source>Is any piece missing?</source>
        <translation>Có thiếu bộ phận nào không?</translation>
    </message>
    <message>
        <source>What could have caused this damage?</source>
        <translation>Hư hỏng này có thể do đâu?</translation>
    </message>
</context>
<context>
    <name>ExampleList</name>
    <message>
        <source>Add</source>
        <translation>Thêm</translation>
    </message>
    <message>
        <source>From findings</source>
        <translation>Từ phát hiện</translation>
    </message>
    <message>
        <source>Images of this project that people have judged</source>
        <translation>Ảnh trong dự án này đã được người dùng đánh giá</translation>
    </message>
    <message>
        <source>From files</source>
        <translation>Từ tệp</translation>
    </message>
    <message>
        <source>Choose images, or drop them here</source>
        <translation>Chọn ảnh, hoặc thả vào đây</translation>
    </message>
    <message>
        <source>No other image has an accepted finding</source>
        <translation>Không ảnh nào khác có phát hiện được chấp nhận</translation>
    </message>
</context>
<context>
    <name>ExampleRow</name>
    <message>
        <source>The same question</source>
        <translation>Cùng câu hỏi</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Câu hỏi</translation>
    </message>
    <message>
        <source>Question of the example</source>
        <translation>Câu hỏi của ví dụ</translation>
    </message>
    <message>
        <source>Right answer</source>
        <translation>Câu trả lời đúng</translation>
    </message>
    <message>
        <source>Answer of the example</source>
        <translation>Câu trả lời của ví dụ</translation>
    </message>
    <message>
        <source>Take this example out</source>
        <translation>Bỏ ví dụ này</translation>
    </message>
</context>
<context>
    <name>Examples</name>
    <message>
        <source>For example</source>
        <translation>Ví dụ</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export report</source>
        <translation>Xuất báo cáo</translation>
    </message>
    <message>
        <source>PDF, for reading and printing</source>
        <translation>PDF, để đọc và in</translation>
    </message>
    <message>
        <source>HTML, one file for the browser</source>
        <translation>HTML, một tệp cho trình duyệt</translation>
    </message>
    <message>
        <source>Excel workbook</source>
        <translation>Bảng tính Excel</translation>
    </message>
    <message>
        <source>CSV table</source>
        <translation>Bảng CSV</translation>
    </message>
    <message>
        <source>JSON, everything</source>
        <translation>JSON, đầy đủ mọi dữ liệu</translation>
    </message>
    <message>
        <source>COCO boxes, for training</source>
        <translation>Khung COCO, để huấn luyện</translation>
    </message>
    <message>
        <source>Folder of the report</source>
        <translation>Thư mục báo cáo</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>&amp;Thư mục</translation>
    </message>
</context>
<context>
    <name>FieldsModel</name>
    <message>
        <source>Field</source>
        <translation>Trường</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Giá trị</translation>
    </message>
    <message>
        <source>Sure</source>
        <translation>Chắc</translation>
    </message>
    <message>
        <source>In the document</source>
        <translation>Trên giấy</translation>
    </message>
</context>
<context>
    <name>FileRow</name>
    <message>
        <source>All files</source>
        <translation>Mọi tệp</translation>
    </message>
</context>
<context>
    <name>FindingsLayer</name>
    <message>
        <source>Score {score}</source>
        <translation>Điểm {score}</translation>
    </message>
    <message>
        <source>Drawn by {name}</source>
        <translation>Do {name} vẽ</translation>
    </message>
    <message>
        <source>Found by {name}</source>
        <translation>Do {name} tìm ra</translation>
    </message>
    <message>
        <source>✓ Accepted</source>
        <translation>✓ Chấp nhận</translation>
    </message>
    <message>
        <source>✕ Rejected</source>
        <translation>✕ Bác bỏ</translation>
    </message>
    <message>
        <source>? Unsure</source>
        <translation>? Chưa chắc</translation>
    </message>
    <message>
        <source>{width} × {height} px</source>
        <translation>{width} × {height} px</translation>
    </message>
</context>
<context>
    <name>FindingsModel</name>
    <message>
        <source>Label</source>
        <translation>Nhãn</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Điểm</translation>
    </message>
    <message>
        <source>Author</source>
        <translation>Tác giả</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Trạng thái</translation>
    </message>
    <message>
        <source>Size (px)</source>
        <translation>Cỡ (px)</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Ghi chú</translation>
    </message>
    <message>
        <source>whole image</source>
        <translation>toàn ảnh</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>chấp nhận</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>bác bỏ</translation>
    </message>
    <message>
        <source>unsure</source>
        <translation>chưa chắc</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>đã thay</translation>
    </message>
    <message>
        <source>proposed</source>
        <translation>đề xuất</translation>
    </message>
</context>
<context>
    <name>FindingsTable</name>
    <message>
        <source>No findings. Run the inspection, or draw a region in the picture (R).</source>
        <translation>Không có phát hiện. Hãy kiểm tra ảnh, hoặc vẽ một vùng trên ảnh (R).</translation>
    </message>
</context>
<context>
    <name>Flows</name>
    <message>
        <source>This project is open elsewhere ({owner}).</source>
        <translation>Dự án này đang mở ở nơi khác ({owner}).</translation>
    </message>
    <message>
        <source>It is shown read-only here; close it there to work on it.</source>
        <translation>Ở đây chỉ xem được; hãy đóng ở nơi kia rồi mới sửa được ở đây.</translation>
    </message>
    <message>
        <source>This project is read-only: {reason}</source>
        <translation>Dự án này chỉ đọc: {reason}</translation>
    </message>
    <message>
        <source>You can look and export; save it elsewhere to change it.</source>
        <translation>Bạn xem và xuất được; muốn thay đổi thì hãy lưu sang nơi khác.</translation>
    </message>
    <message>
        <source>This project is read-only, so no result can be stored.</source>
        <translation>Dự án này chỉ đọc nên không lưu được kết quả.</translation>
    </message>
    <message>
        <source>Save it elsewhere first (File &gt; Save project as).</source>
        <translation>Trước hết hãy lưu sang nơi khác (Tệp &gt; Lưu dự án thành).</translation>
    </message>
    <message>
        <source>Loading the engine…</source>
        <translation>Đang nạp bộ máy…</translation>
    </message>
    <message>
        <source>Inspecting</source>
        <translation>Đang kiểm tra</translation>
    </message>
    <message>
        <source>Learning from the golden images…</source>
        <translation>Đang học từ ảnh chuẩn…</translation>
    </message>
    <message>
        <source>Writing the report…</source>
        <translation>Đang ghi báo cáo…</translation>
    </message>
</context>
<context>
    <name>Form</name>
    <message>
        <source>as it comes</source>
        <translation>tự do</translation>
    </message>
    <message>
        <source>a line “Answer: …”</source>
        <translation>dòng “Đáp án: …”</translation>
    </message>
    <message>
        <source>one word</source>
        <translation>một từ</translation>
    </message>
    <message>
        <source>yes or no</source>
        <translation>có hoặc không</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>một con số</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>in my words</source>
        <translation>theo lời tôi</translation>
    </message>
</context>
<context>
    <name>Gallery</name>
    <message>
        <source>Filter</source>
        <translation>Lọc</translation>
    </message>
    <message>
        <source>Filter images</source>
        <translation>Lọc ảnh</translation>
    </message>
    <message>
        <source>Part of a name, or: accept, review, reject, none, unreadable, edited, overruled, conflict, differs, score&gt;0.4, label:scratch. A minus in front turns a word round.</source>
        <translation>Một phần của tên, hoặc: đạt, xem lại, loại, chưa xét, không đọc được, đã sửa, overruled, mâu thuẫn, khác nhau, điểm&gt;0,4, nhãn:xước. Dấu trừ đứng trước đảo nghĩa của từ.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Tên</translation>
    </message>
    <message>
        <source>In the order of the names</source>
        <translation>Theo thứ tự tên</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Điểm</translation>
    </message>
    <message>
        <source>Highest score first</source>
        <translation>Điểm cao nhất trước</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Kết luận</translation>
    </message>
    <message>
        <source>Reject first, then review, then accept</source>
        <translation>Loại trước, rồi xem lại, rồi đạt</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>Khác nhau</translation>
    </message>
    <message>
        <source>Documents that two readers read differently first</source>
        <translation>Tài liệu mà hai bên đọc khác nhau đứng trước</translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation>Mâu thuẫn</translation>
    </message>
    <message>
        <source>Documents whose numbers do not agree first</source>
        <translation>Tài liệu có các số không khớp nhau đứng trước</translation>
    </message>
    <message>
        <source>Order of the images</source>
        <translation>Thứ tự ảnh</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Ảnh</translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation>Bỏ lọc</translation>
    </message>
    <message>
        <source>{shown} / {total}</source>
        <translation>{shown} / {total}</translation>
    </message>
    <message>
        <source>{shown} of {total} images shown</source>
        <translation>Hiện {shown} trên {total} ảnh</translation>
    </message>
    <message>
        <source>No image matches this filter.</source>
        <translation>Không có ảnh nào khớp bộ lọc này.</translation>
    </message>
    <message>
        <source>No images yet.</source>
        <translation>Chưa có ảnh.</translation>
    </message>
</context>
<context>
    <name>GalleryDelegate</name>
    <message>
        <source>overruled</source>
        <translation>đã sửa kết luận</translation>
    </message>
    <message numerus="yes">
        <source>%n conflict(s)</source>
        <translation>
            <numerusform>%n mâu thuẫn</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n difference(s)</source>
        <translation>
            <numerusform>%n chỗ khác nhau</numerusform>
        </translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>không đọc được</translation>
    </message>
</context>
<context>
    <name>GalleryModel</name>
    <message numerus="yes">
        <source>%n conflict(s)</source>
        <translation>
            <numerusform>%n mâu thuẫn</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n difference(s)</source>
        <translation>
            <numerusform>%n chỗ khác nhau</numerusform>
        </translation>
    </message>
    <message>
        <source>edited</source>
        <translation>đã sửa</translation>
    </message>
</context>
<context>
    <name>ImageViewer</name>
    <message>
        <source>Picture</source>
        <translation>Ảnh</translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s).</source>
        <translation>
            <numerusform>%Ln phát hiện.</numerusform>
        </translation>
    </message>
    <message>
        <source>Tab goes through the findings, arrow keys move the picture or the selected finding.</source>
        <translation>Tab chuyển qua các phát hiện, phím mũi tên di chuyển ảnh hoặc phát hiện đang chọn.</translation>
    </message>
</context>
<context>
    <name>ImproveJobs</name>
    <message>
        <source>Checking data of {name}</source>
        <translation>Đang kiểm tra dữ liệu của {name}</translation>
    </message>
    <message>
        <source>Evaluating {name}</source>
        <translation>Đang đánh giá {name}</translation>
    </message>
    <message>
        <source>Judging {name}</source>
        <translation>Đang chấm {name}</translation>
    </message>
    <message>
        <source>Training {name}</source>
        <translation>Đang huấn luyện {name}</translation>
    </message>
</context>
<context>
    <name>ImprovePage</name>
    <message>
        <source>Rounds</source>
        <translation>Các vòng</translation>
    </message>
    <message>
        <source>New round</source>
        <translation>Vòng mới</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Xóa…</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Dữ liệu</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Huấn luyện</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>Đánh giá</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>So sánh</translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>Quyết định</translation>
    </message>
    <message>
        <source>No model here can be trained</source>
        <translation>Ở đây chưa có mô hình nào huấn luyện được</translation>
    </message>
    <message>
        <source>To learn from your corrections, a language model has to be on this computer. Fetch one, or choose its folder, on the page Models.</source>
        <translation>Để học từ các chỗ bạn đã sửa, trên máy này phải có một mô hình ngôn ngữ. Hãy tải về, hoặc chọn thư mục của nó, ở trang Mô hình.</translation>
    </message>
    <message>
        <source>Go to Models</source>
        <translation>Đến trang Mô hình</translation>
    </message>
    <message>
        <source>{name} on {base}; data sets: {count}; tested on {n} items of {split}.</source>
        <translation>{name} trên {base}; số tập dữ liệu: {count}; kiểm tra trên {n} mục của {split}.</translation>
    </message>
    <message>
        <source>Begins when the data are checked and nothing is marked ✕.</source>
        <translation>Bắt đầu khi dữ liệu đã kiểm tra và không còn dấu ✕.</translation>
    </message>
    <message>
        <source>Measures the adapter of now and the new one on the frozen test set.</source>
        <translation>Đo bộ tinh chỉnh hiện tại và bộ tinh chỉnh mới trên tập kiểm tra cố định.</translation>
    </message>
    <message>
        <source>Item by item: what is better, what is worse, and whether it is chance.</source>
        <translation>Từng mục một: cái gì tốt hơn, cái gì kém hơn, và có phải do ngẫu nhiên không.</translation>
    </message>
    <message>
        <source>The new adapter answers from then on, or the old one goes on.</source>
        <translation>Từ đó bộ tinh chỉnh mới trả lời, hoặc bộ tinh chỉnh cũ tiếp tục.</translation>
    </message>
    <message>
        <source>promoted</source>
        <translation>đã đưa vào dùng</translation>
    </message>
    <message>
        <source>old one kept</source>
        <translation>giữ cái cũ</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>tạm dừng</translation>
    </message>
    <message>
        <source>running</source>
        <translation>đang chạy</translation>
    </message>
    <message>
        <source>data</source>
        <translation>dữ liệu</translation>
    </message>
    <message>
        <source>training next</source>
        <translation>sắp huấn luyện</translation>
    </message>
    <message>
        <source>evaluation next</source>
        <translation>sắp đánh giá</translation>
    </message>
    <message>
        <source>decision next</source>
        <translation>sắp quyết định</translation>
    </message>
    <message>
        <source>Delete round</source>
        <translation>Xóa vòng</translation>
    </message>
    <message>
        <source>The round {name} is deleted with its run and its figures. An adapter that came of it stays on the page Models.</source>
        <translation>Vòng {name} sẽ bị xóa cùng lần chạy và số liệu của nó. Bộ tinh chỉnh đã tạo ra vẫn còn ở trang Mô hình.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Xóa</translation>
    </message>
    <message>
        <source>Change data</source>
        <translation>Đổi dữ liệu</translation>
    </message>
    <message>
        <source>The run and the figures of this round are forgotten. An adapter that came of it stays on the page Models.</source>
        <translation>Lần chạy và số liệu của vòng này sẽ bị bỏ. Bộ tinh chỉnh đã tạo ra vẫn còn ở trang Mô hình.</translation>
    </message>
    <message>
        <source>Start anew</source>
        <translation>Bắt đầu lại</translation>
    </message>
    <message>
        <source>The steps trained so far are deleted; Resume would go on from them.</source>
        <translation>Các bước đã huấn luyện sẽ bị xóa; nút Tiếp tục sẽ chạy tiếp từ đó.</translation>
    </message>
</context>
<context>
    <name>ImproveSlot</name>
    <message>
        <source>Tools for rounds</source>
        <translation>Công cụ cho các vòng</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Xem lại</translation>
    </message>
    <message>
        <source>Look again at rounds and models</source>
        <translation>Xem lại các vòng và mô hình</translation>
    </message>
    <message>
        <source>A run is going on</source>
        <translation>Đang huấn luyện</translation>
    </message>
    <message>
        <source>With the window the run ends too. The step under way is finished and saved first, which may take a minute; Resume goes on from there.</source>
        <translation>Đóng cửa sổ thì lần chạy cũng kết thúc. Bước đang làm sẽ được hoàn tất và lưu trước, có thể mất một phút; nút Tiếp tục sẽ chạy tiếp từ đó.</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>Dừng và đóng</translation>
    </message>
</context>
<context>
    <name>ImproveWords</name>
    <message>
        <source>error</source>
        <translation>lỗi</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>cảnh báo</translation>
    </message>
    <message>
        <source>note</source>
        <translation>ghi chú</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} giờ {minutes} phút</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} phút</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} giây</translation>
    </message>
    <message>
        <source>{value} ({low} to {high})</source>
        <translation>{value} ({low} đến {high})</translation>
    </message>
    <message>
        <source>Of {n} items, {gained} are right only with the new adapter, {lost} only with the one of now, and {even} are the same with both.</source>
        <translation>Trong {n} mục, {gained} mục chỉ đúng với bộ tinh chỉnh mới, {lost} mục chỉ đúng với cái hiện tại, và {even} mục như nhau với cả hai.</translation>
    </message>
    <message>
        <source>The one of now</source>
        <translation>Cái hiện tại</translation>
    </message>
    <message>
        <source>The new one</source>
        <translation>Cái mới</translation>
    </message>
    <message>
        <source>The figures speak for the new adapter.</source>
        <translation>Số liệu ủng hộ bộ tinh chỉnh mới.</translation>
    </message>
    <message>
        <source>The figures speak against the new adapter.</source>
        <translation>Số liệu không ủng hộ bộ tinh chỉnh mới.</translation>
    </message>
    <message>
        <source>The figures show no difference. Judge blind, or train on more corrections; until then the one of now is the safer choice.</source>
        <translation>Số liệu không cho thấy khác biệt. Hãy chấm mù, hoặc huấn luyện với nhiều chỗ sửa hơn; trước đó giữ cái hiện tại thì an toàn hơn.</translation>
    </message>
    <message>
        <source>Model {name}</source>
        <translation>Mô hình {name}</translation>
    </message>
    <message>
        <source>All people</source>
        <translation>Mọi người</translation>
    </message>
    <message>
        <source>{who}: of {n} judged, the new one wins {second}, the one of now {first}, {even} ties ({p}).</source>
        <translation>{who}: trong {n} lượt chấm, cái mới thắng {second}, cái hiện tại thắng {first}, hòa {even} ({p}).</translation>
    </message>
    <message>
        <source>Manifest (JSON lines)</source>
        <translation>Manifest (JSON lines)</translation>
    </message>
    <message>
        <source>Corrections of a project</source>
        <translation>Các chỗ đã sửa của một dự án</translation>
    </message>
    <message>
        <source>MVTec AD (folder)</source>
        <translation>MVTec AD (thư mục)</translation>
    </message>
    <message>
        <source>List of boxes (JSON)</source>
        <translation>Danh sách khung (JSON)</translation>
    </message>
    <message>
        <source>COCO (JSON)</source>
        <translation>COCO (JSON)</translation>
    </message>
    <message>
        <source>YOLO (folder)</source>
        <translation>YOLO (thư mục)</translation>
    </message>
    <message>
        <source>Pascal VOC (folder)</source>
        <translation>Pascal VOC (thư mục)</translation>
    </message>
    <message>
        <source>labelme (folder)</source>
        <translation>labelme (thư mục)</translation>
    </message>
    <message>
        <source>SROIE receipts (folder)</source>
        <translation>Hóa đơn SROIE (thư mục)</translation>
    </message>
    <message>
        <source>Viet-Receipt-VQA (folder)</source>
        <translation>Viet-Receipt-VQA (thư mục)</translation>
    </message>
    <message>
        <source>ViVQA (CSV)</source>
        <translation>ViVQA (CSV)</translation>
    </message>
    <message>
        <source>ViVQA-X (JSON)</source>
        <translation>ViVQA-X (JSON)</translation>
    </message>
</context>
<context>
    <name>InspectChat</name>
    <message>
        <source>Answering…</source>
        <translation>Đang trả lời…</translation>
    </message>
</context>
<context>
    <name>InspectCommands</name>
    <message>
        <source>defect</source>
        <translation>lỗi</translation>
    </message>
    <message>
        <source>Edit label</source>
        <translation>Sửa nhãn</translation>
    </message>
</context>
<context>
    <name>InspectDocument</name>
    <message>
        <source>“{text}” is no number, which {field} has to be. It was not stored.</source>
        <translation>“{text}” không phải là số, trong khi {field} phải là số. Chưa lưu.</translation>
    </message>
    <message>
        <source>Correct {field}</source>
        <translation>Sửa {field}</translation>
    </message>
    <message>
        <source>{field} is not in the document</source>
        <translation>{field} không có trên giấy</translation>
    </message>
    <message>
        <source>{field} was read right</source>
        <translation>{field} đã đọc đúng</translation>
    </message>
    <message>
        <source>Nothing differs in {field}.</source>
        <translation>{field}: hai bên đọc giống nhau.</translation>
    </message>
    <message>
        <source>{field} says so in the document</source>
        <translation>{field}: trên giấy ghi đúng như vậy</translation>
    </message>
    <message>
        <source>Remove row {row}</source>
        <translation>Bỏ dòng {row}</translation>
    </message>
    <message>
        <source>Put row {row} back</source>
        <translation>Đưa dòng {row} trở lại</translation>
    </message>
    <message>
        <source>Nothing is left to check in this document.</source>
        <translation>Tài liệu này không còn gì cần kiểm tra.</translation>
    </message>
</context>
<context>
    <name>InspectFiles</name>
    <message>
        <source>{name} is locked with a password.</source>
        <translation>{name} bị khóa bằng mật khẩu.</translation>
    </message>
    <message>
        <source>Give password…</source>
        <translation>Nhập mật khẩu…</translation>
    </message>
    <message>
        <source>Password of {name}</source>
        <translation>Mật khẩu của {name}</translation>
    </message>
    <message>
        <source>This password does not open {name}. Try another:</source>
        <translation>Mật khẩu này không mở được {name}. Hãy thử mật khẩu khác:</translation>
    </message>
    <message>
        <source>Locked PDF</source>
        <translation>PDF bị khóa</translation>
    </message>
</context>
<context>
    <name>InspectPage</name>
    <message>
        <source>Inspect parts against good ones</source>
        <translation>Kiểm tra chi tiết dựa trên chi tiết tốt</translation>
    </message>
    <message>
        <source>Open a folder of part images. The program learns from good parts, decides accept, review or reject, and shows where it sees a difference. Nothing leaves this computer.</source>
        <translation>Mở một thư mục ảnh chi tiết. Chương trình học từ các chi tiết tốt, kết luận đạt, xem lại hoặc loại, và chỉ ra chỗ khác biệt. Không có gì rời khỏi máy tính này.</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>Mở thư mục…</translation>
    </message>
    <message>
        <source>Open sample project</source>
        <translation>Mở dự án mẫu</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>chỉ đọc</translation>
    </message>
    <message>
        <source>No image here</source>
        <translation>Không có ảnh ở đây</translation>
    </message>
    <message>
        <source>{folder} holds no JPEG, PNG, TIFF, BMP, WebP or PDF file. Open another folder, or drop images here.</source>
        <translation>{folder} không có tệp JPEG, PNG, TIFF, BMP, WebP hay PDF nào. Hãy mở thư mục khác, hoặc thả ảnh vào đây.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>chưa có</translation>
    </message>
    <message>
        <source>Recipe: {name}</source>
        <translation>Công thức: {name}</translation>
    </message>
    <message>
        <source>rendered images, not photographs</source>
        <translation>ảnh dựng bằng máy, không phải ảnh chụp</translation>
    </message>
    <message>
        <source>about region {number}: {label}</source>
        <translation>về vùng {number}: {label}</translation>
    </message>
</context>
<context>
    <name>InspectReading</name>
    <message>
        <source>Read this</source>
        <translation>Đọc ảnh này</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Đang đọc…</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) read</source>
        <translation>
            <numerusform>Đã đọc %n tài liệu</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n read before</source>
        <translation>
            <numerusform>%n đã đọc trước</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with conflicts</source>
        <translation>
            <numerusform>%n có mâu thuẫn</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n read differently by two readers</source>
        <translation>
            <numerusform>%n tài liệu hai bên đọc khác nhau</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without any field</source>
        <translation>
            <numerusform>%n không có trường nào</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n không đọc được</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Đã dừng.</translation>
    </message>
    <message>
        <source>Show conflicts</source>
        <translation>Hiện mâu thuẫn</translation>
    </message>
    <message>
        <source>Show differences</source>
        <translation>Hiện chỗ khác nhau</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Xuất…</translation>
    </message>
    <message>
        <source>conflict</source>
        <translation>mâu thuẫn</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>khác nhau</translation>
    </message>
</context>
<context>
    <name>InspectSecond</name>
    <message>
        <source>{engine} fills in the same fields, beside what was read</source>
        <translation>{engine} điền các trường này, đặt bên cạnh kết quả đã đọc</translation>
    </message>
    <message>
        <source>Let the language engine write the summary</source>
        <translation>Để mô hình ngôn ngữ viết phần tóm tắt</translation>
    </message>
    <message>
        <source>Read the document first; then a language engine can read it too.</source>
        <translation>Hãy đọc tài liệu trước; sau đó mô hình ngôn ngữ mới đọc được.</translation>
    </message>
    <message>
        <source>This project is read-only, so no reading can be stored.</source>
        <translation>Dự án này chỉ đọc, nên không lưu được kết quả đọc.</translation>
    </message>
    <message>
        <source>Only its text was read. Choose a kind of document and read it again.</source>
        <translation>Mới chỉ đọc phần chữ. Hãy chọn loại tài liệu rồi đọc lại.</translation>
    </message>
    <message>
        <source>No language engine that fills in fields is loaded. Load one on the Models page.</source>
        <translation>Chưa tải mô hình ngôn ngữ nào điền được các trường. Hãy tải một mô hình ở trang Mô hình.</translation>
    </message>
    <message>
        <source>This document is being read.</source>
        <translation>Tài liệu này đang được đọc.</translation>
    </message>
    <message>
        <source>Written by {engine}.</source>
        <translation>{engine} viết.</translation>
    </message>
    <message>
        <source>Figures that stand in no field: {figures}. Check them.</source>
        <translation>Các con số không có trong trường nào: {figures}. Hãy kiểm tra lại.</translation>
    </message>
    <message>
        <source>Forget what {engine} read</source>
        <translation>Bỏ kết quả đọc của {engine}</translation>
    </message>
</context>
<context>
    <name>InspectTelling</name>
    <message>
        <source>There is no recipe yet. Choose a folder of good parts: the program learns from them what a good part looks like.</source>
        <translation>Chưa có công thức. Hãy chọn thư mục ảnh chi tiết tốt: chương trình học từ đó một chi tiết tốt trông thế nào.</translation>
    </message>
    <message>
        <source>Choose good parts…</source>
        <translation>Chọn chi tiết tốt…</translation>
    </message>
    <message>
        <source>Open recipe…</source>
        <translation>Mở công thức…</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) could not be inspected.</source>
        <translation>
            <numerusform>Không kiểm tra được %Ln ảnh.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Learned from %n golden image(s).</source>
        <translation>
            <numerusform>Đã học từ %Ln ảnh chuẩn.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be used.</source>
        <translation>
            <numerusform>Không dùng được %Ln tệp.</numerusform>
        </translation>
    </message>
    <message>
        <source>Report written to {folder}</source>
        <translation>Đã ghi báo cáo vào {folder}</translation>
    </message>
    <message>
        <source>Conversation written to {path}.</source>
        <translation>Đã ghi cuộc trò chuyện vào {path}.</translation>
    </message>
    <message numerus="yes">
        <source>%n other branch(es) not written.</source>
        <translation>
            <numerusform>Không ghi %n nhánh khác.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) written to {path} to learn from.</source>
        <translation>
            <numerusform>Đã ghi %n câu trả lời vào {path} để học.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not marked as good left out.</source>
        <translation>
            <numerusform>Bỏ qua %n câu không được đánh dấu tốt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left out: bad, not whole, or without a place.</source>
        <translation>
            <numerusform>Bỏ qua %n câu: chưa tốt, chưa trọn vẹn hoặc không có vị trí.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them are without what was said before.</source>
        <translation>
            <numerusform>%n câu trong đó không kèm những gì đã nói trước.</numerusform>
        </translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Mở</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Hiện trong thư mục</translation>
    </message>
    <message>
        <source>Documents written to {path}</source>
        <translation>Đã ghi tài liệu vào {path}</translation>
    </message>
</context>
<context>
    <name>InspectTurns</name>
    <message>
        <source>New conversation</source>
        <translation>Cuộc trò chuyện mới</translation>
    </message>
    <message>
        <source>Remove question and answer</source>
        <translation>Bỏ câu hỏi và câu trả lời</translation>
    </message>
    <message>
        <source>Remove version</source>
        <translation>Xóa phiên bản</translation>
    </message>
    <message>
        <source>Mark answer</source>
        <translation>Đánh dấu câu trả lời</translation>
    </message>
</context>
<context>
    <name>InspectWays</name>
    <message>
        <source>Choose images of good parts</source>
        <translation>Chọn ảnh chi tiết tốt</translation>
    </message>
    <message>
        <source>Choose images to show as examples</source>
        <translation>Chọn ảnh làm ví dụ</translation>
    </message>
    <message>
        <source>Examples: {each} tokens. The whole prompt: {total}, {images} of images.</source>
        <translation>Ví dụ: {each} token. Toàn bộ câu lệnh: {total}, trong đó ảnh {images}.</translation>
    </message>
</context>
<context>
    <name>ItemGallery</name>
    <message>
        <source>Which items</source>
        <translation>Những mục nào</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>Mục</translation>
    </message>
    <message>
        <source>About this item</source>
        <translation>Về mục này</translation>
    </message>
    <message>
        <source>All ({n})</source>
        <translation>Tất cả ({n})</translation>
    </message>
    <message>
        <source>Wrong ({n})</source>
        <translation>Sai ({n})</translation>
    </message>
    <message>
        <source>Failed ({n})</source>
        <translation>Thất bại ({n})</translation>
    </message>
    <message>
        <source>No items here.</source>
        <translation>Không có mục nào.</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Câu hỏi</translation>
    </message>
    <message>
        <source>Wanted</source>
        <translation>Đúng là</translation>
    </message>
    <message>
        <source>Given</source>
        <translation>Trả lời</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Điểm</translation>
    </message>
    <message>
        <source>Said</source>
        <translation>Nói</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Thất bại</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Tệp</translation>
    </message>
</context>
<context>
    <name>ItemPicture</name>
    <message>
        <source>true</source>
        <translation>đúng</translation>
    </message>
    <message>
        <source>found</source>
        <translation>tìm thấy</translation>
    </message>
</context>
<context>
    <name>ItemsModel</name>
    <message>
        <source>Add an item</source>
        <translation>Thêm mặt hàng</translation>
    </message>
    <message>
        <source>Type here to add an item that was not read</source>
        <translation>Gõ vào đây để thêm mặt hàng chưa đọc được</translation>
    </message>
</context>
<context>
    <name>JudgingWords</name>
    <message>
        <source>Nothing speaks for either of the two.</source>
        <translation>Không có gì cho thấy bên nào hơn.</translation>
    </message>
    <message>
        <source>As much speaks for one as for the other.</source>
        <translation>Hai bên được ủng hộ như nhau.</translation>
    </message>
    <message>
        <source>{name} is ahead. By chance alone so large a difference comes about {times} times in 100 ({p}), so it is hardly chance.</source>
        <translation>{name} dẫn trước. Chỉ do ngẫu nhiên thì chênh lệch lớn như vậy xảy ra khoảng {times} lần trong 100 ({p}), nên khó là ngẫu nhiên.</translation>
    </message>
    <message>
        <source>{name} is ahead, but by chance alone so large a difference comes about {times} times in 100 ({p}): too often to say that it is better.</source>
        <translation>{name} dẫn trước, nhưng chỉ do ngẫu nhiên thì chênh lệch lớn như vậy đã xảy ra khoảng {times} lần trong 100 ({p}): quá thường xuyên để nói là tốt hơn.</translation>
    </message>
    <message>
        <source>{model} and people say the same of {same} % of {n} pairs.</source>
        <translation>{model} và con người đánh giá giống nhau ở {same} % trong {n} cặp.</translation>
    </message>
    <message>
        <source>Both always say the same thing, so chance would do as well.</source>
        <translation>Cả hai luôn nói cùng một điều, nên ngẫu nhiên cũng cho kết quả như vậy.</translation>
    </message>
    <message>
        <source>Beyond chance: {word} (kappa {kappa}).</source>
        <translation>Ngoài phần ngẫu nhiên: {word} (kappa {kappa}).</translation>
    </message>
    <message>
        <source>no agreement</source>
        <translation>không đồng thuận</translation>
    </message>
    <message>
        <source>slight agreement</source>
        <translation>đồng thuận rất ít</translation>
    </message>
    <message>
        <source>fair agreement</source>
        <translation>đồng thuận ít</translation>
    </message>
    <message>
        <source>moderate agreement</source>
        <translation>đồng thuận vừa</translation>
    </message>
    <message>
        <source>substantial agreement</source>
        <translation>đồng thuận cao</translation>
    </message>
    <message>
        <source>almost perfect agreement</source>
        <translation>đồng thuận gần như hoàn toàn</translation>
    </message>
    <message>
        <source>as good</source>
        <translation>ngang nhau</translation>
    </message>
</context>
<context>
    <name>MadeView</name>
    <message>
        <source>Reasoning</source>
        <translation>Lập luận</translation>
    </message>
    <message>
        <source>Context given</source>
        <translation>Ngữ cảnh đã đưa</translation>
    </message>
    <message>
        <source>Examples given</source>
        <translation>Ví dụ đã đưa</translation>
    </message>
    <message>
        <source>Good parts given</source>
        <translation>Mẫu tốt đã đưa</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Images</source>
        <translation>Ảnh</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Hỏi</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Phát hiện</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Tài liệu</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Công cụ</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Công thức</translation>
    </message>
    <message>
        <source>This</source>
        <translation>Ảnh này</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Tất cả</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Dừng</translation>
    </message>
    <message>
        <source>Opacity of the heat map</source>
        <translation>Độ đậm của bản đồ nhiệt</translation>
    </message>
    <message>
        <source>Inspect</source>
        <translation>Kiểm tra</translation>
    </message>
    <message>
        <source>Improve</source>
        <translation>Cải tiến</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Mô hình</translation>
    </message>
</context>
<context>
    <name>ManyButton</name>
    <message>
        <source>Ask several times, or two engines</source>
        <translation>Hỏi nhiều lần, hoặc hỏi hai công cụ</translation>
    </message>
</context>
<context>
    <name>ManyPopup</name>
    <message>
        <source>How often</source>
        <translation>Số lần</translation>
    </message>
    <message>
        <source>At temperature 0 all answers will be the same.</source>
        <translation>Với nhiệt độ 0, mọi câu trả lời sẽ giống nhau.</translation>
    </message>
    <message>
        <source>Set the temperature to {value}</source>
        <translation>Đặt nhiệt độ thành {value}</translation>
    </message>
    <message>
        <source>Second engine</source>
        <translation>Công cụ thứ hai</translation>
    </message>
    <message>
        <source>Ask both</source>
        <translation>Hỏi cả hai</translation>
    </message>
    <message>
        <source>There is no second engine or adapter on this computer that answers this.</source>
        <translation>Trên máy này không có công cụ hay adapter thứ hai trả lời được.</translation>
    </message>
    <message>
        <source>Ask two engines and compare</source>
        <translation>Hỏi hai công cụ rồi so sánh</translation>
    </message>
    <message numerus="yes">
        <source>Ask %n time(s)</source>
        <translation>
            <numerusform>Hỏi %n lần</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MarkButtons</name>
    <message>
        <source>Good answer</source>
        <translation>Câu trả lời tốt</translation>
    </message>
    <message>
        <source>Bad answer</source>
        <translation>Câu trả lời chưa tốt</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Messages</source>
        <translation>Thông báo</translation>
    </message>
    <message numerus="yes">
        <source>%n more message(s)</source>
        <translation>
            <numerusform>Còn %Ln thông báo nữa</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MessageList</name>
    <message>
        <source>Conversation</source>
        <translation>Cuộc trò chuyện</translation>
    </message>
    <message>
        <source>Back to the earlier conversation</source>
        <translation>Về cuộc trò chuyện trước</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>Xuống cuối</translation>
    </message>
</context>
<context>
    <name>ModelAdapters</name>
    <message>
        <source>Adapters</source>
        <translation>Bộ tinh chỉnh</translation>
    </message>
    <message>
        <source>Adapter that answers</source>
        <translation>Bộ tinh chỉnh dùng để trả lời</translation>
    </message>
    <message>
        <source>Answers with</source>
        <translation>Trả lời bằng</translation>
    </message>
    <message>
        <source>Add adapter…</source>
        <translation>Thêm bộ tinh chỉnh…</translation>
    </message>
    <message>
        <source>Remove adapter…</source>
        <translation>Gỡ bộ tinh chỉnh…</translation>
    </message>
    <message>
        <source>None (base model)</source>
        <translation>Không dùng (mô hình gốc)</translation>
    </message>
    <message>
        <source>{name} (cannot be used)</source>
        <translation>{name} (không dùng được)</translation>
    </message>
    <message>
        <source>There is none yet. An adapter is a small set of trained weights on top of this model.</source>
        <translation>Chưa có bộ nào. Bộ tinh chỉnh là một phần trọng số nhỏ được huấn luyện thêm cho mô hình này.</translation>
    </message>
    <message>
        <source>The model answers as it came, without trained weights on top.</source>
        <translation>Mô hình trả lời nguyên bản, không kèm trọng số huấn luyện thêm.</translation>
    </message>
    <message>
        <source>Not in use. {trouble}</source>
        <translation>Không được dùng. {trouble}</translation>
    </message>
</context>
<context>
    <name>ModelBusy</name>
    <message>
        <source>Fetching {name}</source>
        <translation>Đang tải {name}</translation>
    </message>
    <message>
        <source>Converting {name}</source>
        <translation>Đang chuyển đổi {name}</translation>
    </message>
    <message>
        <source>Loading {name}</source>
        <translation>Đang nạp {name}</translation>
    </message>
</context>
<context>
    <name>ModelDetails</name>
    <message>
        <source>Convert…</source>
        <translation>Chuyển đổi…</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>Tải về</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Nạp</translation>
    </message>
    <message>
        <source>Unload</source>
        <translation>Gỡ khỏi bộ nhớ</translation>
    </message>
    <message>
        <source>Use for questions</source>
        <translation>Dùng để trả lời câu hỏi</translation>
    </message>
    <message>
        <source>Choose local folder…</source>
        <translation>Chọn thư mục có sẵn…</translation>
    </message>
    <message>
        <source>Forget folder…</source>
        <translation>Bỏ thư mục đã chọn…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Xóa…</translation>
    </message>
    <message>
        <source>Go on fetching</source>
        <translation>Tải tiếp</translation>
    </message>
    <message>
        <source>answers questions</source>
        <translation>đang trả lời câu hỏi</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Giấy phép</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>Mô hình gốc</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Tác vụ</translation>
    </message>
    <message>
        <source>Size on disk</source>
        <translation>Dung lượng trên đĩa</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Bộ nhớ</translation>
    </message>
    <message>
        <source>Loaded on</source>
        <translation>Đã nạp trên</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Thư mục</translation>
    </message>
</context>
<context>
    <name>ModelFlows</name>
    <message>
        <source>Fetching {name} was stopped. What came is kept; Fetch goes on from there.</source>
        <translation>Đã dừng tải {name}. Phần đã tải được giữ lại; lần sau sẽ tải tiếp từ đó.</translation>
    </message>
    <message>
        <source>Converting {name} was stopped. Nothing was changed.</source>
        <translation>Đã dừng chuyển đổi {name}. Không có gì bị thay đổi.</translation>
    </message>
    <message>
        <source>{name} can be used now.</source>
        <translation>Đã có thể dùng {name}.</translation>
    </message>
</context>
<context>
    <name>ModelList</name>
    <message>
        <source>Models</source>
        <translation>Mô hình</translation>
    </message>
    <message>
        <source>answers questions</source>
        <translation>đang trả lời câu hỏi</translation>
    </message>
</context>
<context>
    <name>ModelProgress</name>
    <message>
        <source>Progress</source>
        <translation>Tiến độ</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Hủy</translation>
    </message>
    <message>
        <source>Loading; the first time on a computer this may take a minute.</source>
        <translation>Đang nạp; lần đầu trên máy có thể mất khoảng một phút.</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Đang dừng…</translation>
    </message>
</context>
<context>
    <name>ModelWords</name>
    <message>
        <source>Fetching, {percent} %</source>
        <translation>Đang tải, {percent} %</translation>
    </message>
    <message>
        <source>Fetching</source>
        <translation>Đang tải</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>Đang nạp</translation>
    </message>
    <message>
        <source>Loaded</source>
        <translation>Đã nạp</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Sẵn sàng</translation>
    </message>
    <message>
        <source>Not here</source>
        <translation>Chưa có</translation>
    </message>
    <message>
        <source>about {size}</source>
        <translation>khoảng {size}</translation>
    </message>
    <message>
        <source>GPU {device}</source>
        <translation>GPU {device}</translation>
    </message>
    <message>
        <source>processor</source>
        <translation>bộ xử lý (CPU)</translation>
    </message>
    <message>
        <source>in the engine process</source>
        <translation>trong tiến trình bộ máy</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Đang kết nối…</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} trên {total}</translation>
    </message>
    <message>
        <source>Converting, {percent} %</source>
        <translation>Đang chuyển đổi, {percent} %</translation>
    </message>
    <message>
        <source>Converting</source>
        <translation>Đang chuyển đổi</translation>
    </message>
    <message>
        <source>{size}/s</source>
        <translation>{size}/giây</translation>
    </message>
    <message>
        <source>went on at {size}</source>
        <translation>tải tiếp từ {size}</translation>
    </message>
    <message>
        <source>Reading and checking the files…</source>
        <translation>Đang đọc và kiểm tra các tệp…</translation>
    </message>
    <message>
        <source>The folder you chose is gone or not complete. Choose it again, or forget it.</source>
        <translation>Thư mục bạn chọn không còn hoặc thiếu tệp. Hãy chọn lại, hoặc bỏ thư mục đó.</translation>
    </message>
    <message>
        <source>Only {size} of it are on this computer, which cannot be loaded. Remove them, then convert it again.</source>
        <translation>Máy này chỉ có {size} của mô hình, không nạp được. Hãy xóa đi rồi chuyển đổi lại.</translation>
    </message>
    <message>
        <source>It is published in three parts that are converted once. Convert them, or choose a folder that holds it converted.</source>
        <translation>Mô hình được công bố thành ba phần và phải chuyển đổi một lần. Hãy chuyển đổi, hoặc chọn thư mục chứa mô hình đã chuyển đổi.</translation>
    </message>
    <message>
        <source>Only {size} of its files are on this computer; fetching goes on from there.</source>
        <translation>Máy này mới có {size} trong số các tệp; sẽ tải tiếp từ đó.</translation>
    </message>
    <message>
        <source>Its files are not on this computer. Fetch them, or choose a folder that has them.</source>
        <translation>Các tệp chưa có trên máy này. Hãy tải về, hoặc chọn thư mục đã có các tệp đó.</translation>
    </message>
    <message>
        <source>Its files are not on this computer. Fetch them.</source>
        <translation>Các tệp chưa có trên máy này. Hãy tải về.</translation>
    </message>
    <message>
        <source>Its files are not on this computer and there is no address to fetch them from. Copy the model folder here and choose it.</source>
        <translation>Các tệp chưa có trên máy này và không có địa chỉ để tải về. Hãy chép thư mục mô hình vào máy rồi chọn thư mục đó.</translation>
    </message>
    <message>
        <source>What it needs is not on this computer and cannot be fetched: {reason}</source>
        <translation>Máy này thiếu thứ mà mô hình cần và không tải về được: {reason}</translation>
    </message>
    <message>
        <source>Trained on</source>
        <translation>Huấn luyện trên</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>Hạng (rank)</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Dữ liệu</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Số đo</translation>
    </message>
    <message>
        <source>Libraries</source>
        <translation>Thư viện</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Giấy phép</translation>
    </message>
    <message>
        <source>Hash</source>
        <translation>Mã băm</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Thư mục</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Tools for models</source>
        <translation>Công cụ cho mô hình</translation>
    </message>
    <message>
        <source>Add model from folder…</source>
        <translation>Thêm mô hình từ thư mục…</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Xem lại</translation>
    </message>
    <message>
        <source>Look again at what is on this computer</source>
        <translation>Xem lại những gì có trên máy này</translation>
    </message>
    <message>
        <source>Folder with the files of this model</source>
        <translation>Thư mục chứa các tệp của mô hình này</translation>
    </message>
    <message>
        <source>Forget folder</source>
        <translation>Bỏ thư mục đã chọn</translation>
    </message>
    <message>
        <source>The program forgets {folder}. The files in it stay as they are.</source>
        <translation>Chương trình không dùng {folder} nữa. Các tệp trong đó vẫn giữ nguyên.</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Bỏ</translation>
    </message>
    <message>
        <source>{name} is taken out of the list. The files in its folder stay as they are.</source>
        <translation>{name} được bỏ khỏi danh sách. Các tệp trong thư mục của nó vẫn giữ nguyên.</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>Bỏ khỏi danh sách</translation>
    </message>
    <message>
        <source>The files of {name} ({size}) are deleted from this computer. To use it again, they have to be fetched or made again.</source>
        <translation>Các tệp của {name} ({size}) sẽ bị xóa khỏi máy này. Muốn dùng lại phải tải về hoặc tạo lại.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Xóa</translation>
    </message>
    <message>
        <source>Remove model</source>
        <translation>Xóa mô hình</translation>
    </message>
    <message>
        <source>Folder of a model to add</source>
        <translation>Thư mục của mô hình cần thêm</translation>
    </message>
    <message>
        <source>Folder of an adapter to add</source>
        <translation>Thư mục của bộ tinh chỉnh cần thêm</translation>
    </message>
    <message>
        <source>Remove adapter</source>
        <translation>Gỡ bộ tinh chỉnh</translation>
    </message>
    <message>
        <source>The adapter {name} is removed from this program.</source>
        <translation>Bộ tinh chỉnh {name} được gỡ khỏi chương trình này.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Gỡ</translation>
    </message>
</context>
<context>
    <name>OptionTable</name>
    <message>
        <source>Share of the likelihood among the options</source>
        <translation>Phần khả năng trong các lựa chọn</translation>
    </message>
    <message>
        <source>The same by byte, so that a long option is not worse for its length</source>
        <translation>Tính theo byte, để lựa chọn dài không bị thiệt vì độ dài</translation>
    </message>
    <message>
        <source>share</source>
        <translation>tỉ lệ</translation>
    </message>
    <message>
        <source>by length</source>
        <translation>theo độ dài</translation>
    </message>
</context>
<context>
    <name>PageDialog</name>
    <message>
        <source>{n} dpi, quick</source>
        <translation>{n} dpi, nhanh</translation>
    </message>
    <message>
        <source>{n} dpi, usual</source>
        <translation>{n} dpi, thông thường</translation>
    </message>
    <message>
        <source>{n} dpi, for small print</source>
        <translation>{n} dpi, cho chữ nhỏ</translation>
    </message>
    <message>
        <source>Pages of {name}</source>
        <translation>Các trang của {name}</translation>
    </message>
    <message>
        <source>Pages, for instance 1-3, 7</source>
        <translation>Các trang, ví dụ 1-3, 7</translation>
    </message>
    <message numerus="yes">
        <source>The same for the %n other long PDF(s)</source>
        <translation>
            <numerusform>Làm như vậy cho %n PDF dài còn lại</numerusform>
        </translation>
    </message>
    <message>
        <source>Only page 1</source>
        <translation>Chỉ trang 1</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Các trang</translation>
    </message>
    <message>
        <source>{page}, open</source>
        <translation>{page}, đang mở</translation>
    </message>
    <message numerus="yes">
        <source>{name} has %n page(s). Choose those to open.</source>
        <translation>
            <numerusform>{name} có %n trang. Hãy chọn các trang cần mở.</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;All</source>
        <translation>&amp;Tất cả</translation>
    </message>
    <message>
        <source>&amp;First {n}</source>
        <translation>{n} trang đầ&amp;u</translation>
    </message>
    <message>
        <source>&amp;None</source>
        <translation>&amp;Không trang nào</translation>
    </message>
    <message>
        <source>&amp;Pages</source>
        <translation>T&amp;rang</translation>
    </message>
    <message>
        <source>&amp;Drawn at</source>
        <translation>&amp;Vẽ ở</translation>
    </message>
    <message>
        <source>Write for instance: 1-3, 7</source>
        <translation>Hãy viết, ví dụ: 1-3, 7</translation>
    </message>
    <message>
        <source>There is no page {page}; the last one is {last}.</source>
        <translation>Không có trang {page}; trang cuối là {last}.</translation>
    </message>
    <message>
        <source>{count} of {all} pages</source>
        <translation>{count} trên {all} trang</translation>
    </message>
</context>
<context>
    <name>PairView</name>
    <message>
        <source>First · boxes: solid line</source>
        <translation>Thứ nhất · khung: nét liền</translation>
    </message>
    <message>
        <source>Second · boxes: dotted line</source>
        <translation>Thứ hai · khung: nét chấm</translation>
    </message>
    <message>
        <source>goes on from here</source>
        <translation>tiếp tục từ đây</translation>
    </message>
    <message>
        <source>Which is better?</source>
        <translation>Câu nào tốt hơn?</translation>
    </message>
    <message>
        <source>First</source>
        <translation>Thứ nhất</translation>
    </message>
    <message>
        <source>The first answer is better</source>
        <translation>Câu trả lời thứ nhất tốt hơn</translation>
    </message>
    <message>
        <source>Second</source>
        <translation>Thứ hai</translation>
    </message>
    <message>
        <source>The second answer is better</source>
        <translation>Câu trả lời thứ hai tốt hơn</translation>
    </message>
    <message>
        <source>Even</source>
        <translation>Như nhau</translation>
    </message>
    <message>
        <source>Both are equally good or bad</source>
        <translation>Cả hai tốt hoặc chưa tốt như nhau</translation>
    </message>
    <message>
        <source>So far: first {first}, second {second}, even {even}</source>
        <translation>Đến nay: thứ nhất {first}, thứ hai {second}, như nhau {even}</translation>
    </message>
</context>
<context>
    <name>PathRow</name>
    <message>
        <source>Choose…</source>
        <translation>Chọn…</translation>
    </message>
</context>
<context>
    <name>QAbstractFileIconProvider</name>
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
        <source>Alias</source>
        <translation>Bí danh</translation>
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
        <source>Open the combo box selection popup</source>
        <translation>Mở danh sách chọn</translation>
    </message>
</context>
<context>
    <name>QDockWidget</name>
    <message>
        <source>Float</source>
        <translation>Tách rời</translation>
    </message>
    <message>
        <source>Undocks and re-attaches the dock widget</source>
        <translation>Tách bảng ra hoặc gắn lại</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>Closes the dock widget</source>
        <translation>Đóng bảng</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>&amp;Look in:</source>
        <translation>&amp;Xem trong:</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Trước</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Quay lại</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Sau</translation>
    </message>
    <message>
        <source>Go forward</source>
        <translation>Đi tới</translation>
    </message>
    <message>
        <source>Parent Directory</source>
        <translation>Thư mục cha</translation>
    </message>
    <message>
        <source>Go to the parent directory</source>
        <translation>Lên thư mục cha</translation>
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
        <source>New Folder</source>
        <translation>Thư mục mới</translation>
    </message>
    <message>
        <source>&amp;New Folder</source>
        <translation>&amp;Thư mục mới</translation>
    </message>
    <message>
        <source>List View</source>
        <translation>Dạng danh sách</translation>
    </message>
    <message>
        <source>Change to list view mode</source>
        <translation>Chuyển sang dạng danh sách</translation>
    </message>
    <message>
        <source>Detail View</source>
        <translation>Dạng chi tiết</translation>
    </message>
    <message>
        <source>Change to detail view mode</source>
        <translation>Chuyển sang dạng chi tiết</translation>
    </message>
    <message>
        <source>Sidebar</source>
        <translation>Thanh bên</translation>
    </message>
    <message>
        <source>List of places and bookmarks</source>
        <translation>Danh sách nơi chốn và dấu trang</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Tệp</translation>
    </message>
    <message>
        <source>Files of &amp;type:</source>
        <translation>&amp;Loại tệp:</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>&amp;Mở</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Mở</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Lưu</translation>
    </message>
    <message>
        <source>Save As</source>
        <translation>Lưu thành</translation>
    </message>
    <message>
        <source>&amp;Choose</source>
        <translation>&amp;Chọn</translation>
    </message>
    <message>
        <source>File &amp;name:</source>
        <translation>&amp;Tên tệp:</translation>
    </message>
    <message>
        <source>Directory:</source>
        <translation>Thư mục:</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>Đổ&amp;i tên</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Xóa</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Xóa</translation>
    </message>
    <message>
        <source>Show </source>
        <translation>Hiện </translation>
    </message>
    <message>
        <source>Show &amp;hidden files</source>
        <translation>&amp;Hiện tệp ẩn</translation>
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
        <source>Find Directory</source>
        <translation>Tìm thư mục</translation>
    </message>
    <message>
        <source>Directories</source>
        <translation>Thư mục</translation>
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
        <source>%1 already exists.
Do you want to replace it?</source>
        <translation>%1 đã có.
Bạn có muốn thay thế không?</translation>
    </message>
    <message>
        <source>%1
File not found.
Please verify the correct file name was given.</source>
        <translation>%1
Không tìm thấy tệp.
Hãy kiểm tra lại tên tệp.</translation>
    </message>
    <message>
        <source>%1
Directory not found.
Please verify the correct directory name was given.</source>
        <translation>%1
Không tìm thấy thư mục.
Hãy kiểm tra lại tên thư mục.</translation>
    </message>
    <message>
        <source>Are you sure you want to delete &apos;%1&apos;?</source>
        <translation>Bạn có chắc muốn xóa &apos;%1&apos;?</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is write protected.
Do you want to delete it anyway?</source>
        <translation>&apos;%1&apos; được bảo vệ chống ghi.
Bạn vẫn muốn xóa?</translation>
    </message>
    <message>
        <source>Could not delete directory.</source>
        <translation>Không xóa được thư mục.</translation>
    </message>
</context>
<context>
    <name>QFileSystemModel</name>
    <message>
        <source>Name</source>
        <translation>Tên</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Cỡ</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Loại</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Loại</translation>
    </message>
    <message>
        <source>Date Modified</source>
        <translation>Ngày sửa</translation>
    </message>
    <message>
        <source>Computer</source>
        <translation>Máy tính</translation>
    </message>
    <message>
        <source>My Computer</source>
        <translation>Máy tính</translation>
    </message>
</context>
<context>
    <name>QGnomeTheme</name>
    <message>
        <source>&amp;OK</source>
        <translation>&amp;OK</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Lưu</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Hủy</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>Đó&amp;ng</translation>
    </message>
    <message>
        <source>Close without Saving</source>
        <translation>Đóng không lưu</translation>
    </message>
</context>
<context>
    <name>QLineEdit</name>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Hoàn tác</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Làm lại</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>&amp;Cắt</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Sao chép</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Dán</translation>
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
    <name>QMessageBox</name>
    <message>
        <source>Show Details...</source>
        <translation>Xem chi tiết…</translation>
    </message>
    <message>
        <source>Hide Details...</source>
        <translation>Ẩn chi tiết…</translation>
    </message>
</context>
<context>
    <name>QPlatformTheme</name>
    <message>
        <source>OK</source>
        <translation>OK</translation>
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
        <source>Open</source>
        <translation>Mở</translation>
    </message>
    <message>
        <source>&amp;Yes</source>
        <translation>&amp;Có</translation>
    </message>
    <message>
        <source>Yes to &amp;All</source>
        <translation>Có với &amp;tất cả</translation>
    </message>
    <message>
        <source>&amp;No</source>
        <translation>&amp;Không</translation>
    </message>
    <message>
        <source>N&amp;o to All</source>
        <translation>K&amp;hông với tất cả</translation>
    </message>
    <message>
        <source>Abort</source>
        <translation>Ngừng</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Thử lại</translation>
    </message>
    <message>
        <source>Ignore</source>
        <translation>Bỏ qua</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Hủy</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Không lưu</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Trợ giúp</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Áp dụng</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Đặt lại</translation>
    </message>
    <message>
        <source>Restore Defaults</source>
        <translation>Về mặc định</translation>
    </message>
</context>
<context>
    <name>QTabBar</name>
    <message>
        <source>Scroll Left</source>
        <translation>Cuộn sang trái</translation>
    </message>
    <message>
        <source>Scroll Right</source>
        <translation>Cuộn sang phải</translation>
    </message>
</context>
<context>
    <name>QWidgetTextControl</name>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Hoàn tác</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Làm lại</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>&amp;Cắt</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Sao chép</translation>
    </message>
    <message>
        <source>Copy &amp;Link Location</source>
        <translation>Sao chép &amp;vị trí liên kết</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Dán</translation>
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
    <name>Rail</name>
    <message>
        <source>Pages</source>
        <translation>Các trang</translation>
    </message>
</context>
<context>
    <name>ReadFlows</name>
    <message>
        <source>Reading…</source>
        <translation>Đang đọc…</translation>
    </message>
    <message>
        <source>{engine} is reading…</source>
        <translation>{engine} đang đọc…</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n token</numerusform>
        </translation>
    </message>
    <message>
        <source>Writing the summary…</source>
        <translation>Đang viết phần tóm tắt…</translation>
    </message>
    <message>
        <source>This project is read-only, so no reading can be stored.</source>
        <translation>Dự án này chỉ đọc nên không lưu được kết quả đọc.</translation>
    </message>
    <message>
        <source>Save it elsewhere first (File &gt; Save project as).</source>
        <translation>Trước hết hãy lưu sang nơi khác (Tệp &gt; Lưu dự án thành).</translation>
    </message>
    <message>
        <source>Reading documents</source>
        <translation>Đang đọc tài liệu</translation>
    </message>
</context>
<context>
    <name>RecentMenu</name>
    <message>
        <source>Recent projects</source>
        <translation>Dự án gần đây</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>Chưa có</translation>
    </message>
</context>
<context>
    <name>RecipeDialog</name>
    <message>
        <source>New recipe from golden images</source>
        <translation>Công thức mới từ ảnh chuẩn</translation>
    </message>
    <message>
        <source>Folder of good parts</source>
        <translation>Thư mục chi tiết tốt</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>Sản phẩm</translation>
    </message>
    <message>
        <source>Good parts flagged at most</source>
        <translation>Báo nhầm tối đa</translation>
    </message>
    <message>
        <source>Also compare with the golden image (printed patterns, fixed parts)</source>
        <translation>So cả với ảnh chuẩn (họa tiết in, chi tiết đặt cố định)</translation>
    </message>
    <message>
        <source>Folder of &amp;good parts</source>
        <translation>Thư mục &amp;chi tiết tốt</translation>
    </message>
    <message>
        <source>&amp;Product</source>
        <translation>&amp;Sản phẩm</translation>
    </message>
    <message>
        <source>Good parts &amp;flagged at most</source>
        <translation>&amp;Báo nhầm tối đa</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>Học</translation>
    </message>
    <message>
        <source>Choose a folder that holds images of good parts only.</source>
        <translation>Hãy chọn thư mục chỉ chứa ảnh chi tiết tốt.</translation>
    </message>
    <message>
        <source>There is no image in this folder.</source>
        <translation>Thư mục này không có ảnh.</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s).</source>
        <translation>
            <numerusform>%Ln ảnh.</numerusform>
        </translation>
    </message>
    <message>
        <source>With fewer than {needed} good images a false-alarm rate of 10 % cannot be promised; more images make the limits safer.</source>
        <translation>Với ít hơn {needed} ảnh tốt thì không bảo đảm được tỉ lệ báo nhầm 10 %; càng nhiều ảnh, ngưỡng càng chắc.</translation>
    </message>
</context>
<context>
    <name>RightAnswer</name>
    <message>
        <source>What would be right? It goes into lines to learn from.</source>
        <translation>Thế nào mới đúng? Nội dung này vào các dòng để học.</translation>
    </message>
    <message>
        <source>Right answer</source>
        <translation>Câu trả lời đúng</translation>
    </message>
</context>
<context>
    <name>SamplingPopup</name>
    <message>
        <source>Temperature</source>
        <translation>Nhiệt độ</translation>
    </message>
    <message>
        <source>Restore defaults</source>
        <translation>Khôi phục mặc định</translation>
    </message>
    <message>
        <source>Answers vary: asking again gives another one. Each answer keeps its seed. For inspection choose 0.</source>
        <translation>Câu trả lời thay đổi: hỏi lại sẽ được câu khác. Mỗi câu trả lời lưu số khởi tạo của nó. Khi kiểm tra, hãy chọn 0.</translation>
    </message>
    <message>
        <source>The likeliest answer, the same each time: right for inspection. Higher varies.</source>
        <translation>Câu trả lời có khả năng nhất, lần nào cũng như nhau: phù hợp khi kiểm tra. Cao hơn thì câu trả lời thay đổi.</translation>
    </message>
    <message>
        <source>by chance</source>
        <translation>ngẫu nhiên</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>Only the likeliest words up to this share.</source>
        <translation>Chỉ lấy những từ có khả năng nhất đến tỉ lệ này.</translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>Only so many of the likeliest words; 0 for all.</source>
        <translation>Chỉ lấy bấy nhiêu từ có khả năng nhất; 0 là tất cả.</translation>
    </message>
    <message>
        <source>Min-p</source>
        <translation>Min-p</translation>
    </message>
    <message>
        <source>Only words at least this likely beside the likeliest one.</source>
        <translation>Chỉ lấy từ có khả năng ít nhất bằng mức này so với từ đứng đầu.</translation>
    </message>
    <message>
        <source>Repetition penalty</source>
        <translation>Phạt lặp lại</translation>
    </message>
    <message>
        <source>Above 1, words that were said already become less likely.</source>
        <translation>Trên 1, từ đã nói ít có khả năng lặp lại hơn.</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Số khởi tạo</translation>
    </message>
    <message>
        <source>The same seed draws the same answer again.</source>
        <translation>Cùng số khởi tạo cho lại cùng câu trả lời.</translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation>Độ dài tối đa</translation>
    </message>
    <message>
        <source>In tokens; a longer answer is cut off, and that is said.</source>
        <translation>Tính bằng token; câu trả lời dài hơn bị cắt và được báo.</translation>
    </message>
    <message>
        <source>System message; empty for the usual one</source>
        <translation>Thông điệp hệ thống; để trống là mặc định</translation>
    </message>
    <message>
        <source>System message</source>
        <translation>Thông điệp hệ thống</translation>
    </message>
    <message>
        <source>{name} takes {low} to {high}; {value} is left out.</source>
        <translation>{name} nhận từ {low} đến {high}; {value} bị bỏ qua.</translation>
    </message>
</context>
<context>
    <name>Section</name>
    <message>
        <source>done</source>
        <translation>xong</translation>
    </message>
    <message>
        <source>now</source>
        <translation>đang làm</translation>
    </message>
    <message>
        <source>later</source>
        <translation>chờ</translation>
    </message>
</context>
<context>
    <name>SeenDialog</name>
    <message>
        <source>What the model sees of {name}</source>
        <translation>Mô hình thấy {name} như thế này</translation>
    </message>
</context>
<context>
    <name>SeenLine</name>
    <message>
        <source>Preview</source>
        <translation>Xem thử</translation>
    </message>
    <message>
        <source>Show the picture that the model gets</source>
        <translation>Hiện đúng ảnh mà mô hình nhận được</translation>
    </message>
    <message numerus="yes">
        <source>The model sees {width} × {height} px, %n token(s)</source>
        <translation>
            <numerusform>Mô hình thấy {width} × {height} px, %Ln token</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>Draw region</source>
        <translation>Vẽ vùng</translation>
    </message>
    <message>
        <source>Change state</source>
        <translation>Đổi trạng thái</translation>
    </message>
    <message>
        <source>Write note</source>
        <translation>Viết ghi chú</translation>
    </message>
    <message>
        <source>Edit finding</source>
        <translation>Sửa phát hiện</translation>
    </message>
    <message>
        <source>Delete region</source>
        <translation>Xóa vùng</translation>
    </message>
    <message>
        <source>Overrule verdict</source>
        <translation>Sửa kết luận</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Cài đặt</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Theo hệ thống</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Sáng</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Tối</translation>
    </message>
    <message>
        <source>Built in (RapidOCR and Vietnamese lines)</source>
        <translation>Có sẵn (RapidOCR và dòng tiếng Việt)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Ngôn ngữ</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Giao diện</translation>
    </message>
    <message>
        <source>&amp;Reader of documents</source>
        <translation>Bộ &amp;Bộ đọc tài liệuamp;đọc tài liệu</translation>
    </message>
    <message>
        <source>Your &amp;name on corrections</source>
        <translation>&amp;Tên của bạn khi sửa</translation>
    </message>
    <message>
        <source>Good parts &amp;flagged at most, for new recipes</source>
        <translation>&amp;Báo nhầm tối đa, cho công thức mới</translation>
    </message>
    <message>
        <source>&amp;Pages of PDFs drawn at</source>
        <translation>Vẽ t&amp;rang PDF ở</translation>
    </message>
    <message>
        <source>The language changes when Inspector is started again.</source>
        <translation>Ngôn ngữ sẽ đổi khi mở lại Inspector.</translation>
    </message>
    <message>
        <source>Tesseract with its Vietnamese data is not usable here, so no document can be read with it. The command “inspector doctor” says why.</source>
        <translation>Không dùng được Tesseract với dữ liệu tiếng Việt ở đây, nên không đọc được tài liệu nào bằng nó. Lệnh “inspector doctor” cho biết lý do.</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keys</source>
        <translation>Phím tắt</translation>
    </message>
    <message>
        <source>Picture: show the golden image while held</source>
        <translation>Ảnh: giữ để xem ảnh chuẩn</translation>
    </message>
    <message>
        <source>Picture: move the view or the selected box</source>
        <translation>Ảnh: dời khung nhìn hoặc khung đang chọn</translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation>Phím mũi tên</translation>
    </message>
    <message>
        <source>Picture: resize the selected box</source>
        <translation>Ảnh: đổi cỡ khung đang chọn</translation>
    </message>
    <message>
        <source>Ctrl+Arrows</source>
        <translation>Ctrl+mũi tên</translation>
    </message>
    <message>
        <source>Picture: move the comparison line</source>
        <translation>Ảnh: dời đường so sánh</translation>
    </message>
    <message>
        <source>Alt+Arrows</source>
        <translation>Alt+mũi tên</translation>
    </message>
    <message>
        <source>Picture: pan while held</source>
        <translation>Ảnh: giữ để kéo ảnh</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Space</translation>
    </message>
    <message>
        <source>Picture: cancel or unselect</source>
        <translation>Ảnh: hủy hoặc bỏ chọn</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Picture: next or previous finding</source>
        <translation>Ảnh: phát hiện sau hoặc trước</translation>
    </message>
    <message>
        <source>Tab, Shift+Tab</source>
        <translation>Tab, Shift+Tab</translation>
    </message>
    <message>
        <source>Picture: add a region in the middle</source>
        <translation>Ảnh: thêm vùng ở giữa</translation>
    </message>
    <message>
        <source>Ins</source>
        <translation>Ins</translation>
    </message>
    <message>
        <source>Findings: edit the label</source>
        <translation>Phát hiện: sửa nhãn</translation>
    </message>
    <message>
        <source>Search by action or key</source>
        <translation>Tìm theo lệnh hoặc phím</translation>
    </message>
    <message>
        <source>Search keys</source>
        <translation>Tìm phím tắt</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Lệnh</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Ghi chú</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>Phím mới</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Đổi phím</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>Bỏ phím</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Đặt lại</translation>
    </message>
    <message>
        <source>Take the key</source>
        <translation>Lấy phím này</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Để nguyên</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>Đặt lại tất cả</translation>
    </message>
    <message>
        <source>Press the new key for {action}; Esc leaves it.</source>
        <translation>Nhấn phím mới cho {action}; Esc để giữ nguyên.</translation>
    </message>
    <message>
        <source>The picture needs this key; choose another one.</source>
        <translation>Khung ảnh cần phím này; hãy chọn phím khác.</translation>
    </message>
    <message>
        <source>{key} belongs to {action}. Take it away there?</source>
        <translation>{key} đang dùng cho {action}. Chuyển phím sang đây?</translation>
    </message>
    <message>
        <source>{key} belongs to {action} and stays there.</source>
        <translation>{key} thuộc về {action} và không chuyển được.</translation>
    </message>
    <message>
        <source>Fixed</source>
        <translation>Cố định</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Đã đổi</translation>
    </message>
</context>
<context>
    <name>SourceDialog</name>
    <message>
        <source>Add data</source>
        <translation>Thêm dữ liệu</translation>
    </message>
    <message>
        <source>Data set</source>
        <translation>Tập dữ liệu</translation>
    </message>
    <message>
        <source>Folder of images</source>
        <translation>Thư mục ảnh</translation>
    </message>
    <message>
        <source>only where the data do not say it</source>
        <translation>chỉ khi dữ liệu không ghi rõ</translation>
    </message>
    <message>
        <source>all</source>
        <translation>tất cả</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>Dạng</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Ảnh</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Phần</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Thêm</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Engine</source>
        <translation>Bộ máy</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Tiến độ</translation>
    </message>
    <message>
        <source>Stop (Esc)</source>
        <translation>Dừng (Esc)</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Dừng</translation>
    </message>
    <message>
        <source>Pixel under the cursor</source>
        <translation>Điểm ảnh dưới con trỏ</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Mức phóng</translation>
    </message>
    <message>
        <source>{done} / {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>{seconds} s/image</source>
        <translation>{seconds} s/ảnh</translation>
    </message>
    <message numerus="yes">
        <source>%n second(s) left</source>
        <translation>
            <numerusform>còn %Ln giây</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) left</source>
        <translation>
            <numerusform>còn %Ln phút</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SummaryBox</name>
    <message>
        <source>Summary</source>
        <translation>Tóm tắt</translation>
    </message>
    <message>
        <source>Length and tone of the summary</source>
        <translation>Độ dài và giọng văn của tóm tắt</translation>
    </message>
    <message>
        <source>Short</source>
        <translation>Ngắn</translation>
    </message>
    <message>
        <source>Long</source>
        <translation>Dài</translation>
    </message>
    <message>
        <source>Formal</source>
        <translation>Trang trọng</translation>
    </message>
    <message>
        <source>Plain</source>
        <translation>Giản dị</translation>
    </message>
    <message>
        <source>Copy summary</source>
        <translation>Sao chép tóm tắt</translation>
    </message>
    <message>
        <source>Style of the summary</source>
        <translation>Kiểu tóm tắt</translation>
    </message>
</context>
<context>
    <name>TalkExportDialog</name>
    <message>
        <source>Export conversation</source>
        <translation>Xuất cuộc trò chuyện</translation>
    </message>
    <message numerus="yes">
        <source>Also the %n branch(es) that are not on show</source>
        <translation>
            <numerusform>Cả %n nhánh đang không hiện</numerusform>
        </translation>
    </message>
    <message>
        <source>Only answers marked as good or put right</source>
        <translation>Chỉ các câu trả lời được đánh dấu tốt hoặc đã sửa</translation>
    </message>
    <message>
        <source>Conversations about all images of the project</source>
        <translation>Cuộc trò chuyện về mọi ảnh của dự án</translation>
    </message>
    <message>
        <source>One line for each question with its answer, for inspector train. The file must lie in a folder around the images. A line does not hold what was said before.</source>
        <translation>Mỗi câu hỏi cùng câu trả lời là một dòng, dùng cho inspector train. Tệp phải nằm trong thư mục chứa ảnh. Một dòng không kèm những gì đã nói trước đó.</translation>
    </message>
</context>
<context>
    <name>Task</name>
    <message>
        <source>free</source>
        <translation>tự do</translation>
    </message>
    <message>
        <source>Your words go to the model as they are, without a task.</source>
        <translation>Lời của bạn được gửi nguyên văn cho mô hình, không kèm nhiệm vụ.</translation>
    </message>
    <message>
        <source>vqa</source>
        <translation>hỏi đáp</translation>
    </message>
    <message>
        <source>Is there a defect on this part?</source>
        <translation>Chi tiết này có lỗi không?</translation>
    </message>
    <message>
        <source>Answers a question about the image in words.</source>
        <translation>Trả lời bằng lời một câu hỏi về ảnh.</translation>
    </message>
    <message>
        <source>caption</source>
        <translation>mô tả</translation>
    </message>
    <message>
        <source>Describe this part in one sentence.</source>
        <translation>Mô tả chi tiết này trong một câu.</translation>
    </message>
    <message>
        <source>Describes the image in a sentence.</source>
        <translation>Mô tả ảnh trong một câu.</translation>
    </message>
    <message>
        <source>grounding</source>
        <translation>mô tả kèm khung</translation>
    </message>
    <message>
        <source>Describe what is wrong with this part.</source>
        <translation>Mô tả những chỗ lỗi trên chi tiết này.</translation>
    </message>
    <message>
        <source>Describes the image and draws a box around what it names.</source>
        <translation>Mô tả ảnh và vẽ khung quanh những gì nêu ra.</translation>
    </message>
    <message>
        <source>refer</source>
        <translation>chỉ chỗ</translation>
    </message>
    <message>
        <source>Where is the scratch?</source>
        <translation>Vết xước ở đâu?</translation>
    </message>
    <message>
        <source>Draws a box around the one thing you name.</source>
        <translation>Vẽ khung quanh đúng một thứ bạn nêu.</translation>
    </message>
    <message>
        <source>identify</source>
        <translation>nhận biết</translation>
    </message>
    <message>
        <source>What is in this region?</source>
        <translation>Trong vùng này có gì?</translation>
    </message>
    <message>
        <source>Says what the selected region shows. Select or draw a region.</source>
        <translation>Nói vùng đang chọn là gì. Hãy chọn hoặc vẽ một vùng.</translation>
    </message>
    <message>
        <source>detect</source>
        <translation>dò tìm</translation>
    </message>
    <message>
        <source>Find all scratches, dents and stains.</source>
        <translation>Tìm mọi vết xước, vết lõm và vết bẩn.</translation>
    </message>
    <message>
        <source>Draws a box around everything it finds.</source>
        <translation>Vẽ khung quanh mọi thứ tìm thấy.</translation>
    </message>
    <message>
        <source>extract</source>
        <translation>trích xuất</translation>
    </message>
    <message>
        <source>Read the fields of this document.</source>
        <translation>Đọc các trường của tài liệu này.</translation>
    </message>
    <message>
        <source>Reads the fields of a receipt, label or document.</source>
        <translation>Đọc các trường của biên lai, nhãn hoặc tài liệu.</translation>
    </message>
    <message>
        <source>summarize</source>
        <translation>tóm tắt</translation>
    </message>
    <message>
        <source>Summarize this document in three sentences.</source>
        <translation>Tóm tắt tài liệu này trong ba câu.</translation>
    </message>
    <message>
        <source>Sums a document up in a few sentences.</source>
        <translation>Tóm tắt tài liệu trong vài câu.</translation>
    </message>
</context>
<context>
    <name>Tasks</name>
    <message>
        <source>Stopping…</source>
        <translation>Đang dừng…</translation>
    </message>
</context>
<context>
    <name>TemperatureButton</name>
    <message>
        <source>T {value}</source>
        <translation>T {value}</translation>
    </message>
    <message>
        <source>Temperature {value}</source>
        <translation>Nhiệt độ {value}</translation>
    </message>
</context>
<context>
    <name>TrainPlot</name>
    <message>
        <source>Loss over steps</source>
        <translation>Mất mát theo bước</translation>
    </message>
    <message>
        <source>training</source>
        <translation>huấn luyện</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>kiểm chứng</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Bước</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Mất mát</translation>
    </message>
</context>
<context>
    <name>TrainSamples</name>
    <message>
        <source>Answers to validation samples at step {step} (solid: found, dashed: true)</source>
        <translation>Câu trả lời cho các mẫu kiểm chứng ở bước {step} (nét liền: tìm thấy, nét đứt: đúng)</translation>
    </message>
</context>
<context>
    <name>TrainStep</name>
    <message>
        <source>Steps</source>
        <translation>Số bước</translation>
    </message>
    <message>
        <source>Passes over the data</source>
        <translation>Số lượt qua dữ liệu</translation>
    </message>
    <message>
        <source>Length of the run</source>
        <translation>Độ dài lần chạy</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Độ dài</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Tốc độ học</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>Hạng</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Độ chính xác số</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Bắt đầu</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Tiếp tục</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Tạm dừng</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Chạy tiếp</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Dừng</translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation>Tiến độ lần chạy</translation>
    </message>
    <message>
        <source>The warm-up of {preset} steps does not fit: {steps} steps.</source>
        <translation>Khởi động {preset} bước không vừa: còn {steps} bước.</translation>
    </message>
    <message>
        <source>Start anew</source>
        <translation>Bắt đầu lại</translation>
    </message>
    <message>
        <source>{step} of {steps}</source>
        <translation>{step} trên {steps}</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Bước</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Mất mát</translation>
    </message>
    <message>
        <source>{size} MB</source>
        <translation>{size} MB</translation>
    </message>
    <message>
        <source>Samples a second</source>
        <translation>Mẫu mỗi giây</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Bộ nhớ</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Còn lại</translation>
    </message>
    <message>
        <source>{first} at first, {best} at best</source>
        <translation>lúc đầu {first}, tốt nhất {best}</translation>
    </message>
    <message>
        <source>Validation loss</source>
        <translation>Mất mát kiểm chứng</translation>
    </message>
    <message>
        <source>Computed on</source>
        <translation>Tính trên</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Ghi chú</translation>
    </message>
    <message>
        <source>Reading data and loading the model. This may take some minutes.</source>
        <translation>Đang đọc dữ liệu và nạp mô hình. Việc này có thể mất vài phút.</translation>
    </message>
    <message>
        <source>Paused. The model stays in memory; Go on takes it up at once.</source>
        <translation>Đã tạm dừng. Mô hình vẫn ở trong bộ nhớ; nút Chạy tiếp sẽ tiếp tục ngay.</translation>
    </message>
    <message>
        <source>Stopping: the step under way is finished and saved.</source>
        <translation>Đang dừng: bước đang làm sẽ được hoàn tất và lưu.</translation>
    </message>
    <message>
        <source>Pausing after the step under way.</source>
        <translation>Sẽ tạm dừng sau bước đang làm.</translation>
    </message>
    <message>
        <source>Finished after {time}; the adapter {name} holds the weights of step {step}.</source>
        <translation>Xong sau {time}; bộ tinh chỉnh {name} giữ trọng số của bước {step}.</translation>
    </message>
    <message>
        <source>It ended early because validation got no better.</source>
        <translation>Kết thúc sớm vì kiểm chứng không tốt lên nữa.</translation>
    </message>
    <message>
        <source>Stopped after step {step}. Resume goes on from there.</source>
        <translation>Đã dừng sau bước {step}. Nút Tiếp tục sẽ chạy tiếp từ đó.</translation>
    </message>
    <message>
        <source>The run was broken off. Resume goes on from the last saved step.</source>
        <translation>Lần chạy bị ngắt. Nút Tiếp tục sẽ chạy tiếp từ bước lưu gần nhất.</translation>
    </message>
</context>
<context>
    <name>Verdict</name>
    <message>
        <source>accept</source>
        <translation>đạt</translation>
    </message>
    <message>
        <source>review</source>
        <translation>xem lại</translation>
    </message>
    <message>
        <source>reject</source>
        <translation>loại</translation>
    </message>
    <message>
        <source>not inspected</source>
        <translation>chưa kiểm tra</translation>
    </message>
</context>
<context>
    <name>VerdictBar</name>
    <message>
        <source>Verdict</source>
        <translation>Kết luận</translation>
    </message>
    <message>
        <source>Reason code</source>
        <translation>Mã lý do</translation>
    </message>
    <message>
        <source>Reason code that goes with your verdict</source>
        <translation>Mã lý do đi kèm kết luận của bạn</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>Rút lại</translation>
    </message>
    <message>
        <source>Take your verdict back; the engine&apos;s counts again</source>
        <translation>Rút kết luận của bạn; kết luận của bộ máy lại có hiệu lực</translation>
    </message>
    <message>
        <source>No code</source>
        <translation>Không có mã</translation>
    </message>
    <message>
        <source>Your verdict: {word}</source>
        <translation>Kết luận của bạn: {word}</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>Không đọc được</translation>
    </message>
    <message>
        <source>Not inspected</source>
        <translation>Chưa kiểm tra</translation>
    </message>
    <message>
        <source>by {person}: {code}</source>
        <translation>theo {person}: {code}</translation>
    </message>
    <message>
        <source>by {person}</source>
        <translation>theo {person}</translation>
    </message>
    <message>
        <source>Overruled: {sign} {word} by {engine}</source>
        <translation>Đã sửa kết luận của {engine}: {sign} {word}</translation>
    </message>
</context>
<context>
    <name>VersionSwitch</name>
    <message>
        <source>Previous version of the question</source>
        <translation>Phiên bản trước của câu hỏi</translation>
    </message>
    <message>
        <source>Next version of the question</source>
        <translation>Phiên bản sau của câu hỏi</translation>
    </message>
    <message>
        <source>Version {place} of {count} of the question</source>
        <translation>Phiên bản {place} trên {count} của câu hỏi</translation>
    </message>
    <message>
        <source>Previous answer to this question</source>
        <translation>Câu trả lời trước cho câu hỏi này</translation>
    </message>
    <message>
        <source>Next answer to this question</source>
        <translation>Câu trả lời sau cho câu hỏi này</translation>
    </message>
    <message>
        <source>Answer {place} of {count} to this question</source>
        <translation>Câu trả lời {place} trên {count} cho câu hỏi này</translation>
    </message>
</context>
<context>
    <name>WayBar</name>
    <message>
        <source>Options</source>
        <translation>Tùy chọn</translation>
    </message>
    <message>
        <source>What goes with the question in this way</source>
        <translation>Những gì đi kèm câu hỏi theo cách này</translation>
    </message>
    <message>
        <source>Presets: ways of asking kept by name</source>
        <translation>Mẫu: cách hỏi được lưu theo tên</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Mẫu</translation>
    </message>
    <message>
        <source>Way of asking: {about}</source>
        <translation>Cách hỏi: {about}</translation>
    </message>
    <message>
        <source>Way of asking: {name}</source>
        <translation>Cách hỏi: {name}</translation>
    </message>
    <message>
        <source>No preset yet</source>
        <translation>Chưa có mẫu</translation>
    </message>
    <message>
        <source>Save as preset…</source>
        <translation>Lưu thành mẫu…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Xóa</translation>
    </message>
</context>
<context>
    <name>WayStrip</name>
    <message>
        <source>Options of the way of asking</source>
        <translation>Tùy chọn của cách hỏi</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Trả lời</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>Tùy chọn</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Các trường</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>Ví dụ</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Ngữ cảnh</translation>
    </message>
    <message>
        <source>Good parts</source>
        <translation>Mẫu tốt</translation>
    </message>
    <message>
        <source>none</source>
        <translation>chưa có</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Bỏ ra</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Thêm</translation>
    </message>
    <message>
        <source>Give two options or more, each in a line of its own.</source>
        <translation>Cho từ hai lựa chọn, mỗi lựa chọn một dòng.</translation>
    </message>
    <message>
        <source>Name the fields, with commas between them.</source>
        <translation>Nêu tên các trường, cách nhau bằng dấu phẩy.</translation>
    </message>
    <message>
        <source>No other engine found anything here yet; run one, or type it.</source>
        <translation>Chưa có bộ máy nào khác thấy gì ở đây; hãy chạy một bộ máy hoặc tự gõ.</translation>
    </message>
    <message>
        <source>Add images with the right answers.</source>
        <translation>Thêm ảnh kèm câu trả lời đúng.</translation>
    </message>
    <message>
        <source>Add a question with its answer.</source>
        <translation>Thêm một câu hỏi kèm câu trả lời.</translation>
    </message>
    <message>
        <source>An example has no answer yet.</source>
        <translation>Một ví dụ chưa có câu trả lời.</translation>
    </message>
    <message>
        <source>An example has no question yet.</source>
        <translation>Một ví dụ chưa có câu hỏi.</translation>
    </message>
    <message>
        <source>Say in your words how the answer should look.</source>
        <translation>Nói theo lời bạn câu trả lời nên thế nào.</translation>
    </message>
    <message>
        <source>Form of the answer</source>
        <translation>Dạng câu trả lời</translation>
    </message>
    <message>
        <source>Answer in at most three words.</source>
        <translation>Trả lời tối đa ba từ.</translation>
    </message>
    <message>
        <source>Form of the answer in your words</source>
        <translation>Dạng câu trả lời theo lời bạn</translation>
    </message>
    <message>
        <source>scratch
dent
no defect</source>
        <translation>vết xước
vết lõm
không có lỗi</translation>
    </message>
    <message>
        <source>Options, one a line</source>
        <translation>Lựa chọn, mỗi dòng một</translation>
    </message>
    <message>
        <source>shop, date, total — or a JSON schema</source>
        <translation>cửa hàng, ngày, tổng — hoặc lược đồ JSON</translation>
    </message>
    <message>
        <source>What other engines found comes here.</source>
        <translation>Kết quả của các bộ máy khác nằm ở đây.</translation>
    </message>
    <message>
        <source>Context for the question</source>
        <translation>Ngữ cảnh cho câu hỏi</translation>
    </message>
    <message>
        <source>Fill in again</source>
        <translation>Điền lại</translation>
    </message>
    <message>
        <source>Regions, text, verdict and caption that are known of this image</source>
        <translation>Vùng, chữ, phán quyết và mô tả đã biết của ảnh này</translation>
    </message>
    <message>
        <source>Show the model a good part beside this one</source>
        <translation>Cho mô hình xem một chi tiết tốt bên cạnh</translation>
    </message>
</context>
<context>
    <name>_Card</name>
    <message>
        <source>Question</source>
        <translation>Câu hỏi</translation>
    </message>
    <message>
        <source>Wanted</source>
        <translation>Cần đúng</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Trả lời</translation>
    </message>
</context>
<context>
    <name>_EditorDelegate</name>
    <message>
        <source>Label</source>
        <translation>Nhãn</translation>
    </message>
</context>
<context>
    <name>_MessageRow</name>
    <message>
        <source>Details</source>
        <translation>Chi tiết</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>Close message</source>
        <translation>Đóng thông báo</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Lưu ý</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Cảnh báo</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Không thành công</translation>
    </message>
    <message numerus="yes">
        <source>{text} (%n times)</source>
        <translation>
            <numerusform>{text} (%Ln lần)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Table</name>
    <message>
        <source>Findings</source>
        <translation>Phát hiện</translation>
    </message>
</context>
</TS>
