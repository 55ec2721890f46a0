"""Texts of the lines that figures are made from; no phrase here is in the training vocabulary."""

from __future__ import annotations

from inspector_app.learning.line_texts import (
    Random,
    address,
    amount,
    cased,
    date,
    number_line,
    pick,
)
from inspector_app.learning.line_words import KEYS_EN, KEYS_VI, parts

PHRASES_VI = parts(
    """Bún riêu cua đồng|Bánh canh ghẹ|Cháo lòng nóng hổi|Gà nướng muối ớt|Vịt quay Bắc Kinh
    Nem rán giòn rụm|Ốc hương rang me|Canh khổ qua nhồi thịt|Sườn xào chua ngọt
    Thịt kho trứng cút|Bò lúc lắc khoai chiên|Mực một nắng nướng|Xôi gấc đậu xanh|Chè khúc bạch
    Sữa đậu nành ấm|Rượu vang đỏ Đà Lạt|Trà hoa cúc mật ong|Cà phê trứng béo ngậy|Kem dừa non
    Sinh tố mãng cầu|Quạt điện để bàn|Nồi cơm điện tử|Máy sấy tóc gấp gọn|Bộ chăn ga gối nệm
    Dép quai hậu trẻ em|Ví da cầm tay|Thắt lưng khóa tự động|Kính râm phân cực|Đồng hồ báo thức
    Ô gấp chống nắng|Giấy vệ sinh cuộn lớn|Nước rửa chén hương chanh|Thuốc nhỏ mắt
    Băng keo cá nhân|Vitamin tổng hợp|Tinh dầu tràm nguyên chất|Khẩu trang y tế bốn lớp
    Nhiệt kế hồng ngoại|Đường Nguyễn Đình Chiểu|Đường Phạm Văn Đồng|Phố Hàng Bông|Phố Tràng Tiền
    Ngõ Thổ Quan|Huyện Củ Chi|Thị xã Sơn Tây|Phường Tăng Nhơn Phú|Quận Hoàng Mai|Tỉnh Quảng Ngãi
    Tỉnh Hậu Giang|Thành phố Việt Trì|Đinh Bảo Ngọc|Tạ Quỳnh Hương|Châu Khải Phong|Mạc Thế Vỹ
    Lương Thục Quyên|Hà Tuyết Nhung|Quách Đình Lộc|Phùng Hữu Nghĩa|Cửa hàng văn phòng phẩm
    Tiệm giặt ủi|Xưởng cơ khí chính xác|Bệnh viện đa khoa|Trường tiểu học|Kho lạnh thủy sản
    Cây xăng số mười|Bãi giữ xe tầng hầm|Vé vào cổng người lớn|Phụ thu cuối tuần
    Phiếu bảo hành điện tử|Biên lai nộp tiền|Giấy tờ kèm theo
    Xin quý vị kiểm tra kỹ trước khi rời quầy|Hàng đã mua miễn trả lại|Không xuất lại chứng từ
    Ưu đãi sinh nhật|Mua hai tặng một|Sổ hộ khẩu|Chứng minh nhân dân|Giấy phép lái xe
    Dân tộc Kinh, tôn giáo không|Sẹo chấm cách đuôi mày trái|Ngón trỏ phải
    Cục trưởng cục cảnh sát|Độ ẩm dưới mười hai phần trăm|Tránh ánh nắng trực tiếp
    Lắc đều trước lúc uống|Sản xuất theo tiêu chuẩn cơ sở|Nhập khẩu và phân phối bởi
    Ép nguội lần đầu|Đóng gói tự động|Mặt ngoài trầy nhẹ|Mối hàn rỗ khí|Vỏ hộp móp méo
    Thiếu vòng đệm|Bề mặt ố vàng|Keo bị tràn viền|Chỉ thừa ở mép túi|Ren bu lông mòn
    Sơn phồng rộp|Lệch tâm trục quay|Đèn báo nguồn hỏng|Kỳ thanh toán tháng giêng
    Chỉ số đồng hồ nước|Tiền điện sinh hoạt bậc ba|Cước viễn thông trả sau"""
)
PHRASES_EN = parts(
    """Grilled salmon with lemon|Spicy tofu bowl|Mushroom risotto|Caesar wrap|Blueberry muffin
    Sparkling lemonade|Hazelnut mocha|Peppermint tonic|Garlic prawn linguine|Roast duck platter
    Wireless keyboard|Desk organiser tray|Ceramic teapot|Yoga mat thick|Cotton bed sheet
    Garden hose twenty metres|Socket wrench kit|Plywood board|Sandpaper assorted
    Drill bits steel|Stapler heavy duty|Whiteboard marker blue|Envelope manila
    Printer toner black|Calendar refill|Kindly check your change before leaving
    No refund without proof of payment|Have a nice evening
    Goods remain our property until settled|Opening hours daily except Monday
    Free parking upstairs|Jalan Kenanga Seksyen Tujuh|Victoria Crescent
    Maple Lane Industrial Park|Harbour View Terrace|Lot Forty Two Taman Jaya
    North Wharf Junction|Queensway Tower Level|Oxford Heights Corner|Brighton Motor Works
    Golden Lotus Kitchen|Evergreen Florist|Sunrise Fashion Gallery|Pacific Timber Merchants
    Kwik Print Express|Urban Bicycle Depot|Blue Whale Aquatics|Approval code verified
    Authorised signature|Terminal batch closed|Loyalty points earned|Delivery note attached
    Purchase requisition|Weighbridge ticket|Calibration certificate|Weld porosity observed
    Missing washer on flange|Coating thickness below limit|Dent near hinge|Oil leak at gasket
    Thread damaged|Label misaligned|Crack along the rim|Housing discoloured"""
)


def vietnamese(rng: Random) -> str:
    """A phrase, often with a number, or a label with its value."""
    kind = rng.random()
    if kind < 0.55:
        return cased(rng, pick(rng, PHRASES_VI))
    if kind < 0.75:
        return f"{rng.integers(1, 30)}{pick(rng, [' ', '. '])}{pick(rng, PHRASES_VI)} {amount(rng)}"
    if kind < 0.9:
        key = pick(rng, KEYS_VI)
        value = pick(rng, [amount(rng), date(rng), cased(rng, pick(rng, PHRASES_VI))])
        return f"{key.upper() if rng.random() < 0.4 else key}{pick(rng, [': ', ' '])}{value}"
    return address(rng)


def english(rng: Random) -> str:
    """A phrase, or a label with its value; no Vietnamese letter."""
    kind = rng.random()
    if kind < 0.6:
        return cased(rng, pick(rng, PHRASES_EN))
    cents = f"{rng.integers(1, 2000)}.{rng.integers(100):02d}"
    if kind < 0.8:
        return f"{rng.integers(1, 30)} {cased(rng, pick(rng, PHRASES_EN))} {cents}"
    key = pick(rng, KEYS_EN)
    return f"{key.upper() if rng.random() < 0.4 else key}: {cents}"


def digits(rng: Random) -> str:
    """Amounts, dates, times and codes, without words."""
    text = number_line(rng).replace(" tháng ", "/").replace(" năm ", "/")
    return " ".join(text.split())


KINDS = {"vietnamese": vietnamese, "english": english, "digits": digits}
