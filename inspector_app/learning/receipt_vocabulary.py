"""Words that rendered receipts are filled with; those for figures are no words of development."""

from __future__ import annotations

from dataclasses import dataclass

from inspector_app.learning.line_words import parts


@dataclass(frozen=True, slots=True)
class Pool:
    """Words of one side of the split.

    Attributes:
        shops: Names by trade.
        goods: Names by trade.
        companies: Legal names.
        streets: With the word for street where there is one.
        wards: With the word for ward.
        towns: District and town, or town alone.
        people: Names of people.
        thanks: Last lines.
    """

    shops: dict[str, tuple[str, ...]]
    goods: dict[str, tuple[str, ...]]
    companies: tuple[str, ...]
    streets: tuple[str, ...]
    wards: tuple[str, ...]
    towns: tuple[str, ...]
    people: tuple[str, ...]
    thanks: tuple[str, ...]


_DEVELOP = Pool(
    shops={
        "grocery": parts("Siêu thị An Khang|Minh Tâm Mart|Bách hóa Tươi Xanh|Cửa hàng Gia Lạc"),
        "food": parts("Quán cơm Bà Tư|Nhà hàng Sông Xanh|Phở Thìn Đông Đô|Bếp nhà Lộc Vừng"),
        "drinks": parts("Cà phê Mộc Nhiên|Trà sữa Bông Bông|The Morning Coffee|Tiệm trà Sương Mai"),
        "drugs": parts("Nhà thuốc Đức Tín|Nhà thuốc Bình Minh|Hiệu thuốc Phương Thảo"),
        "things": parts("Điện máy Hưng Phát|Văn phòng phẩm Sao Mai|Nhà sách Trí Việt"),
    },
    goods={
        "grocery": parts(
            """Sữa tươi tiệt trùng ít đường 1L|Mì ly hải sản 65g|Gạo thơm lài túi 5kg
            Nước mắm cá cơm 500ml|Dầu đậu nành 1L|Thịt ba chỉ heo|Ức gà phi lê|Cải ngọt gói 300g
            Cà chua bi hộp|Bánh quy bơ hộp thiếc 454g|Khăn giấy rút 2 lớp|Bột giặt hương hoa 3kg
            Kem đánh răng trà xanh|Trứng gà ta vỉ 10 quả|Xúc xích tiệt trùng gói 5 cây
            Sữa chua có đường lốc 4|Snack khoai tây vị rong biển|Nước suối chai 500ml
            Chuối già Nam Mỹ|Táo Gala nhập khẩu|Bia lon thùng 24|Đường tinh luyện 1kg"""
        ),
        "food": parts(
            """Cơm sườn nướng trứng ốp la|Canh chua cá lóc|Gỏi ngó sen tôm thịt|Bò né chảo gang
            Lẩu gà lá é (nhỏ)|Rau muống xào tỏi|Phở bò tái nạm|Chả giò hải sản|Khoai lang kén
            Mực chiên giòn|Cá diêu hồng hấp Hồng Kông|Đậu hũ non sốt nấm|Khăn lạnh|Cơm trắng
            Tôm càng xanh nướng|Súp cua óc heo"""
        ),
        "drinks": parts(
            """Cà phê sữa đá (L)|Bạc xỉu nóng|Trà đào cam sả|Trà sữa trân châu đường đen
            Sinh tố bơ|Latte hạnh nhân|Matcha đá xay|Nước ép dứa cà rốt|Bánh croissant bơ tỏi
            Cheesecake chanh dây|Trà vải hoa hồng|Soda việt quất|Thêm trân châu trắng"""
        ),
        "drugs": parts(
            """Paracetamol 500mg|Vitamin C 1000mg viên sủi|Nước muối sinh lý 0,9% 500ml
            Khẩu trang y tế 3 lớp|Cồn 70 độ 60ml|Berberin 100mg|Dầu gió xanh 12ml|Siro ho trẻ em
            Băng cá nhân hộp 100 miếng|Men vi sinh ống|Viên uống canxi D3|Thuốc nhỏ mắt 10ml"""
        ),
        "things": parts(
            """Bút gel mực xanh 0.5mm|Tập học sinh 96 trang|Ấm siêu tốc 1.7L|Quạt đứng 5 cánh
            Chuột không dây|Cáp sạc USB-C 1m|Bóng đèn LED 9W|Giấy in A4 70gsm|Kéo văn phòng
            Máy tính bỏ túi|Ổ cắm 4 lỗ dây 3m|Bìa hồ sơ 20 lá"""
        ),
    },
    companies=parts(
        """CÔNG TY TNHH TM DV AN KHANG PHÁT|CÔNG TY CỔ PHẦN BÁN LẺ MINH TÂM
        CÔNG TY TNHH MỘT THÀNH VIÊN SÔNG XANH|HỘ KINH DOANH LỘC VỪNG"""
    ),
    streets=parts(
        """Nguyễn Trãi|Lê Văn Sỹ|đường Trần Phú|Phan Xích Long|Hai Bà Trưng|đường số 7
        Hoàng Hoa Thám|Võ Thị Sáu|Quang Trung"""
    ),
    wards=parts("P. Bến Thành|Phường 11|P. Dịch Vọng|phường An Hải Bắc|P. Tân Lợi|Phường 2"),
    towns=parts(
        """Q.1, TP.HCM|Quận 3, TP. Hồ Chí Minh|Cầu Giấy, Hà Nội|Q. Sơn Trà, Đà Nẵng
        TP. Buôn Ma Thuột|Q. Phú Nhuận, TP.HCM"""
    ),
    people=parts("Nguyễn Thị Lan|Trần Minh Quân|Lê Thu Hà|Phạm Văn Hùng|Vũ Ngọc Mai|Đỗ Anh Tuấn"),
    thanks=parts(
        """Cảm ơn quý khách, hẹn gặp lại!|Xin cảm ơn quý khách|Hàng mua rồi miễn đổi trả
        Quý khách vui lòng kiểm tra hàng trước khi rời quầy|Thank you & see you again"""
    ),
)
_HELD = Pool(
    shops={
        "grocery": parts("Tạp hóa Út Nguyệt|Chợ Nhỏ Food Store|Siêu thị Mười Mít|MINI MART 3 GIỜ"),
        "food": parts("Lẩu nướng Chợ Bến|Quán Ốc Bình Dân|Bún Đậu Mẹt Tre|Nhà hàng Hương Đồng Nội"),
        "drinks": parts("Chè Khúc Bạch Cô Tám|Góc Phố Tea House|Cà phê Vợt Bảy Núi"),
        "drugs": parts("Nhà thuốc Tâm Phúc|NHÀ THUỐC SỐ 9 HỒNG NGỌC|Nhà thuốc Khải Hoàn"),
        "things": parts("Nội thất Gỗ Việt Phú|Điện nước Quốc Thịnh|Nhà sách Cánh Diều"),
        "fuel": parts("CHXD Số 14|Cửa hàng xăng dầu Phước Lộc|Cây xăng Thuận Hòa"),
    },
    goods={
        "grocery": parts(
            """Nước tăng lực lon 250ml|Trà ô long không đường|Kẹo bạc hà the mát|Bún khô gói 400g
            Tương ớt chai 270g|Cháo gói thịt bằm|Chả lụa đòn 500g|Nấm kim châm|Ổi nữ hoàng
            Bông tẩy trang 120 miếng|Sữa đặc hộp giấy|Nước rửa chén sả chanh 750g|Pin AA vỉ 4 viên
            Giấy vệ sinh 10 cuộn|Phô mai con nai|Đậu phộng rang tỏi ớt|Cá nục kho hộp
            Bánh tráng trộn|Hạt nêm nấm hương|Rong biển ăn liền"""
        ),
        "food": parts(
            """Ốc hương rang muối|Nghêu hấp Thái|Bún đậu thập cẩm|Lẩu riêu cua bắp bò|Nem chua rán
            Bò nướng tảng sốt tiêu|Sụn gà cháy tỏi|Hàu nướng phô mai|Gân bò xốt me|Ngô chiên bơ
            Cháo lươn xứ Nghệ|Ếch xào sả ớt|Bia tươi vại|Trà đá|Mì tôm thêm|Đĩa rau sống"""
        ),
        "drinks": parts(
            """Chè thốt nốt|Sâm bổ lượng|Rau má đậu xanh|Cacao dừa|Hồng trà kem cheese
            Dừa xiêm lạnh|Nước mía tắc|Sữa tươi đường hổ|Yaourt đá nha đam|Khoai dẻo thêm"""
        ),
        "drugs": parts(
            """Amoxicillin 500mg|Oresol hương cam|Que thử đường huyết|Gạc vô trùng 10x10cm
            Omeprazol 20mg|Kẽm gluconat 70mg|Cao dán giảm đau|Xịt mũi nước biển sâu 75ml
            Ống hít thông mũi|Bổ phế trị ho|Thuốc mỡ tra mắt 5g|Glucosamin lọ 60 viên"""
        ),
        "things": parts(
            """Van khóa nước phi 21|Keo dán ống 200g|Mũi khoan bê tông 8mm|Ghế gấp lưng lưới
            Sách tô màu mẫu giáo|Bộ vít đa năng 32 món|Công tắc ba cực|Ống nhựa PVC 27 cây 4m
            Kệ sách 5 tầng|Bút chì 2B hộp 12 cây|Dây điện đôi 1.5 cuộn 100m"""
        ),
        "fuel": parts("Xăng RON 95-III|Xăng E5 RON 92-II|Dầu DO 0,05S-II"),
    },
    companies=parts(
        """CÔNG TY TNHH XĂNG DẦU PHƯỚC LỘC THỌ|CÔNG TY CP DƯỢC PHẨM TÂM PHÚC
        DNTN HƯƠNG ĐỒNG|CÔNG TY TNHH NỘI THẤT VIỆT PHÚ|HKD NGUYỄN THỊ NGUYỆT"""
    ),
    streets=parts(
        """Nguyễn Đình Chiểu|Phạm Hùng|đường Tạ Quang Bửu|Trường Sa|Lý Thái Tổ|Đường 3 Tháng 2
        Tô Hiến Thành|Mạc Đĩnh Chi|Ung Văn Khiêm"""
    ),
    wards=parts("P. Xuân Khánh|Phường Đông Hương|P. Mỹ An|xã Vĩnh Thạnh|P. 25|Phường Hưng Lợi"),
    towns=parts(
        """Q. Ninh Kiều, Cần Thơ|TP. Thanh Hóa|Q. Bình Thạnh, TP.HCM|TP. Nha Trang, Khánh Hòa
        Q. Ngũ Hành Sơn, TP. Đà Nẵng|H. Nhơn Trạch, Đồng Nai"""
    ),
    people=parts("Huỳnh Kim Yến|Tạ Quốc Bảo|Lương Gia Hân|Châu Thanh Tùng|Đinh Hoài Thương|Mạc Vỹ"),
    thanks=parts(
        """Cám ơn và hẹn gặp lại|Trân trọng cảm ơn quý khách|Giá trên đã gồm thuế GTGT
        Vui lòng giữ hóa đơn để đổi hàng trong 48 giờ|Chúc quý khách ngon miệng"""
    ),
)
_FRESH = Pool(
    shops={
        "bakery": parts("Tiệm bánh Hạt Mì|Bánh Ngọt Sớm Mai|LÒ BÁNH NHÀ GẤU|Maison Bột Nở Bakery"),
        "cinema": parts("Rạp phim Ánh Bạc|STARLINE CINEMA|Rạp Kim Quy"),
        "karaoke": parts("Karaoke Giọng Vàng|KARAOKE NHẠC SỐ 88|Karaoke Phố Đêm"),
        "books": parts("Nhà sách Trang Giấy|Hiệu sách Mọt Nhỏ|Nhà sách Phù Sa"),
        "drinks": parts("Trà sữa Mây Tím|Hồng Trà Lá Nhỏ|BOBA XÓM CŨ|Tiệm Trà Gấu Nâu"),
        "market": parts("Thực phẩm sạch Đồng Xanh|Hải sản Ba Lúa|Trái cây Vườn Nhà"),
        "laundry": parts("Giặt ủi Tinh Tươm|Giặt Sấy 2 Giờ|Tiệm giặt Bọt Xà Bông"),
    },
    goods={
        "bakery": parts(
            """Bánh mì bơ sữa|Bánh su kem vani|Bông lan trứng muối (vừa)|Bánh mì que pate
            Tart trứng Bồ Đào|Sandwich cá ngừ|Bánh kem dâu 16cm|Bánh sừng trâu|Donut sô cô la
            Bánh mì hoa cúc|Bánh bao nhân thịt|Panna cotta xoài|Nến sinh nhật số"""
        ),
        "cinema": parts(
            """Vé người lớn 2D|Vé học sinh - sinh viên|Vé ghế đôi|Bắp rang phô mai lớn
            Combo 2 nước 1 bắp|Pepsi 32oz|Vé trẻ em 3D"""
        ),
        "karaoke": parts(
            """Heineken lon|Tiger bạc lon|Nước khoáng Lavie|Dĩa trái cây lớn|Khô bò xé|Mực rim me
            Khăn ướt|Đậu phộng|Strongbow táo|Red Bull|Snack tổng hợp|Bò viên chiên"""
        ),
        "books": parts(
            """Hạt giống tâm hồn tập 3|Tiếng Anh lớp 5 - bài tập|Atlat địa lí Việt Nam
            Truyện Kiều (bìa cứng)|Thước kẻ 20cm|Sổ tay lò xo A5|Gôm tẩy nhỏ
            Đất rừng phương Nam|Bao thư trắng|Hộp màu sáp 24 màu|Lịch để bàn"""
        ),
        "drinks": parts(
            """Trà sữa khoai môn (M)|Ô long sữa nướng (L)|Trà xoài kem mặn|Sữa tươi trân châu
            Trà bưởi hồng|Chocolate đá|Hồng trà tắc|Lục trà chanh leo|Trà sữa phô mai tươi (L)"""
        ),
        "toppings": parts("Trân châu hoàng kim|Thạch dừa|Pudding trứng|Kem sữa|Sương sáo"),
        "market": parts(
            """Thăn heo|Cá thu cắt khúc|Tôm thẻ size 40|Bưởi da xanh|Xoài cát Hòa Lộc|Sườn non heo
            Mực ống tươi|Cam sành|Rau mồng tơi|Bí đỏ hồ lô|Gà ta nguyên con|Trứng vịt vỉ 10
            Chanh không hạt|Cà rốt Đà Lạt"""
        ),
        "laundry": parts(
            """Giặt sấy đồ thường|Giặt hấp vest|Ủi áo sơ mi|Giặt chăn mền|Giặt gấu bông
            Giặt giày|Giặt rèm cửa|Giặt áo dài"""
        ),
    },
    companies=parts(
        """CÔNG TY TNHH GIẢI TRÍ ÁNH BẠC|CÔNG TY CỔ PHẦN PHÁT HÀNH SÁCH PHÙ SA
        CÔNG TY TNHH MTV VĂN HÓA TRANG GIẤY|CÔNG TY CP ĐIỆN ẢNH KIM QUY"""
    ),
    streets=parts(
        """Nguyễn Văn Cừ|Lê Quang Định|đường Cao Thắng|Phan Đăng Lưu|Trần Quốc Toản|Đường D5
        Hồ Tùng Mậu|Xuân Thủy|Bà Triệu|đường 30 Tháng 4"""
    ),
    wards=parts("P. Phước Long B|Phường 14|P. Hòa Cường Nam|P. Mai Dịch|xã Tân Kiên|P. Lộc Thọ"),
    towns=parts(
        """TP. Thủ Đức, TP.HCM|Q. 10, TP. Hồ Chí Minh|Q. Hải Châu, Đà Nẵng|Nam Từ Liêm, Hà Nội
        TP. Vinh, Nghệ An|TP. Mỹ Tho, Tiền Giang|H. Bình Chánh, TP. HCM"""
    ),
    people=parts(
        "Bùi Thanh Trúc|Hà Đức Long|Ngô Bảo Châu Anh|Võ Thị Diễm|Kiều Oanh|Phan Nhật Minh"
    ),
    thanks=parts(
        """Cảm ơn bạn đã ghé thăm!|Rất hân hạnh được phục vụ|Hẹn gặp lại quý khách lần sau
        Hàng đã mua không hoàn tiền|Góp ý xin gửi về quầy dịch vụ"""
    ),
)
POOLS: dict[str, Pool] = {"develop": _DEVELOP, "held": _HELD, "fresh": _FRESH}
