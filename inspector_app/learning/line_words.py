"""Words and phrases of receipts and documents, written for this program."""

from __future__ import annotations


def parts(text: str) -> tuple[str, ...]:
    """Parts between bars; a new line parts too."""
    """Parts between bars; a new line parts too."""
    return tuple(part.strip() for part in text.replace("\n", "|").split("|") if part.strip())


KEYS_VI = parts(
    """TỔNG CỘNG|Tổng cộng|Thành tiền|Đơn giá|Số lượng|SL|Tên hàng|Mặt hàng|Tổng tiền|Tạm tính
    Giảm giá|Chiết khấu|Thuế GTGT|Thuế VAT (8%)|Thuế suất 10%|Tiền thuế|Tiền khách đưa|Tiền mặt
    Tiền thừa|Tiền thối lại|Trả lại|Khách trả|Thanh toán|Chuyển khoản|Thẻ tín dụng|Hóa đơn
    Hoá đơn bán hàng|Phiếu thu|HÓA ĐƠN THANH TOÁN|HÓA ĐƠN GIÁ TRỊ GIA TĂNG|PHIẾU TÍNH TIỀN
    Phiếu tạm tính|Số hóa đơn|Mã số thuế|MST|Số HĐ|Ngày|Ngày bán|Ngày in|Giờ vào|Giờ ra|Thu ngân
    Nhân viên|Người bán|Người mua|Khách hàng|Bàn số|Quầy|Điện thoại|ĐT|Hotline|Địa chỉ|ĐC|Đ/c
    Chi nhánh|Cửa hàng|Siêu thị|Mã hàng|Mã vạch|STT|ĐVT|Đơn vị tính|T.Tiền|Cảm ơn quý khách
    Hẹn gặp lại|Xin cảm ơn và hẹn gặp lại quý khách!|Quý khách vui lòng giữ hóa đơn
    Điểm tích lũy|Thẻ thành viên|Khuyến mãi|Phí dịch vụ|Phí giao hàng|Ghi chú|Số tài khoản
    Ngân hàng|Bằng chữ|Họ và tên|Họ, chữ đệm và tên|Số căn cước|Ngày sinh|Giới tính|Quốc tịch
    Quê quán|Nơi thường trú|Có giá trị đến|CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
    Độc lập - Tự do - Hạnh phúc|CĂN CƯỚC CÔNG DÂN|Đặc điểm nhận dạng|Nơi cấp|Ngày hết hạn
    Hạn sử dụng|NSX|HSD|Khối lượng tịnh|Thành phần|Hướng dẫn sử dụng|Bảo quản|Nơi sản xuất
    Xuất xứ|Tổng số lượng|Tổng thanh toán|Cộng tiền hàng|Đã bao gồm VAT|Giá đã có thuế|Còn lại
    Đặt cọc|Mật khẩu wifi"""
)
PLACES_VI = parts(
    """Nguyễn Huệ|Lê Lợi|Trần Hưng Đạo|Hai Bà Trưng|Lý Thường Kiệt|Nguyễn Trãi|Điện Biên Phủ
    Cách Mạng Tháng Tám|Võ Văn Tần|Phạm Ngũ Lão|Đinh Tiên Hoàng|Nguyễn Thị Minh Khai|Bùi Viện
    Hoàng Diệu|Tôn Đức Thắng|Phan Chu Trinh|Ngô Quyền|Bạch Đằng|Xô Viết Nghệ Tĩnh|Trường Chinh
    Hùng Vương|Lạc Long Quân|Âu Cơ|Kim Mã|Cầu Giấy|Đống Đa|Hoàn Kiếm|Ba Đình|Thanh Xuân|Hà Đông
    Bình Thạnh|Tân Bình|Gò Vấp|Phú Nhuận|Thủ Đức|Bến Nghé|Bến Thành|Đa Kao|Thảo Điền|An Phú
    Linh Trung|Hiệp Bình Chánh|Long Biên|Mỹ Đình|Dịch Vọng|Láng Hạ|Giảng Võ|Hải Châu|Sơn Trà
    Ngũ Hành Sơn|Liên Chiểu|Ninh Kiều|Biên Hòa|Thủ Dầu Một|Dĩ An|Vũng Tàu|Nha Trang|Đà Lạt
    Quy Nhơn|Huế|Vinh|Hải Phòng|Hạ Long|Nam Định|Thái Nguyên|Bắc Ninh|Buôn Ma Thuột|Pleiku
    Rạch Giá|Cà Mau|Sóc Trăng|Mỹ Tho"""
)
VIETNAMESE = parts(
    """Cà phê sữa đá|Cà phê đen|Bạc xỉu|Trà sữa trân châu|Trà đào cam sả|Trà vải|Sinh tố bơ
    Nước ép dưa hấu|Nước cam|Nước suối|Bia Sài Gòn|Bia Hà Nội|Phở bò tái|Phở gà|Bún chả
    Bún bò Huế|Hủ tiếu|Bánh mì thịt nướng|Bánh xèo|Bánh cuốn|Gỏi cuốn|Chả giò
    Cơm tấm sườn bì chả|Cơm gà xối mỡ|Mì xào hải sản|Lẩu thái|Cá kho tộ|Rau muống xào tỏi|Đậu hũ
    Trứng vịt lộn|Sữa tươi tiệt trùng|Sữa chua|Dầu ăn|Nước mắm|Bột giặt|Kem đánh răng|Khăn giấy
    Gạo thơm|Đường trắng|Muối i-ốt|Xà phòng|Dầu gội đầu|Bàn chải|Thịt heo xay|Thịt ba chỉ|Cá hồi
    Tôm sú|Xúc xích|Bánh quy|Kẹo dẻo|Mì gói|Mì ăn liền|Táo đỏ|Chuối|Xoài cát|Thanh long|Nho Mỹ
    Dưa leo|Cà chua|Khoai tây|Hành lá|Ớt chuông|Bắp cải|Túi nhựa|Áo thun nam|Quần jean nữ
    Giày thể thao|Mũ bảo hiểm|Bút bi|Vở học sinh|Pin tiểu|Bóng đèn|Ổ cắm điện|Siêu thị mini
    Cửa hàng tiện lợi|Tạp hóa|Nhà thuốc|Quán ăn gia đình|Nhà hàng hải sản|Công ty TNHH
    Công ty cổ phần|Thương mại dịch vụ|Chi nhánh|Bách hóa xanh|Tiệm bánh|Trà và cà phê|Quý khách
    Phục vụ|Mang về|Tại chỗ|Ít đường|Không đá|Size lớn|Thêm topping|Cảm ơn|Hẹn gặp lại|Hỗ trợ
    Đổi trả|trong vòng 7 ngày|kèm theo hóa đơn|giá chưa bao gồm thuế|một trăm nghìn đồng
    hai triệu năm trăm nghìn đồng|Nguyễn Văn An|Trần Thị Bích|Lê Hoàng Phúc|Phạm Thu Hằng
    Vũ Đức Thịnh|Đặng Thị Mỹ Lệ|Bùi Quốc Khánh|Đỗ Ngọc Ánh|Hồ Tấn Đạt|Dương Thùy Linh|Lý Gia Bảo
    Ngô Kiều Oanh|không được|những|người|đường|nước|được|tiếng Việt|bảo hành|sản phẩm|khách hàng
    kính gửi|giấy chứng nhận|hợp đồng|biên bản|quyết định|điều khoản|thời hạn|chữ ký|giám đốc
    kế toán|thủ quỹ|người lập phiếu|nhà cung cấp|vận chuyển|kiểm tra|chất lượng|lỗi|đạt|hỏng
    xước|nứt|vết bẩn"""
)
KEYS_EN = parts(
    """TOTAL|Total|Subtotal|Sub Total|Grand Total|Net Total|Tax|GST 6%|VAT 10%|Service charge
    Discount|Cash|Change|Card|Visa|Balance|Amount due|Rounding|Qty|Price|Unit price|Amount|Item
    Date|Time|Invoice|Invoice No|Receipt No|Table|Cashier|Tel|Fax|Phone|Address|Tax code
    Company No|GST No|Order|Served by|Thank you|Please come again|Name|Date of birth|Nationality
    Sex|Expires|Serial No|Batch|Net weight|Made in|Member|Points|Tips|Deposit"""
)
ENGLISH = parts(
    """coffee|latte|espresso|green tea|milk tea|orange juice|mineral water|sandwich|burger|pizza
    chicken rice|fried|noodles|beef|salad|soup|bread|butter|cheese|eggs|sugar|cookies|chocolate
    cake|ice cream|apple|banana|tomato|shampoo|soap|tissue|battery|notebook|pen|shirt|shoes|bag
    light bulb|cable|paint|brush|hardware|stationery|restaurant|bakery|market|store|shop|trading
    company|limited|enterprise|supermarket|pharmacy|hotel|centre|street|road|avenue|floor
    building|block|city|the|and|for|with|your|this|goods|sold|are|not|returnable|thank you
    welcome|visit again|customer copy|original|paid|exchange within|days|keep receipt|purchase
    large|small|medium|hot|iced|extra|free|gift|member|special|set|box|pack|bottle|piece|fresh
    organic|premium|daily|quality|inspection|passed|failed|scratch|surface|serial|model|warranty
    service|support|quick|jumbo|zone|wax"""
)
