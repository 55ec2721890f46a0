"""Layouts of other trades, written after the rules had met both other sets; for figures only."""

from __future__ import annotations

import datetime

from inspector_app.learning.line_texts import pick
from inspector_app.learning.receipt_facts import Random, Sums, make_facts, make_sums
from inspector_app.learning.receipt_sheet import Hand, Sheet, make_hand
from inspector_app.learning.receipt_vocabulary import Pool


def bakery(rng: Random, pool: Pool) -> Sheet:
    """A chain of bakeries: branch under the name, two labels a row, names over four columns."""
    hand = make_hand(rng, ["dots", "commas"], ["", "đ"])
    facts = make_facts(rng, pool, "bakery", 7)
    sums = make_sums(rng, facts.sum, discount=0.4, card=rng.random() < 0.4)
    sheet = Sheet(int(rng.integers(36, 44)))
    sheet.put(hand.head(facts.shop), "center", size=1.5, bold=True)
    branch = f"{pick(rng, ['Cửa hàng', 'Chi nhánh'])}: {facts.branch}"
    sheet.put(branch, "center")
    sheet.put(facts.address, "center")
    sheet.put(f"{pick(rng, ['Điện thoại', 'Hotline'])}: {facts.phone}", "center")
    title = pick(rng, ["HÓA ĐƠN BÁN HÀNG", "BIÊN LAI TÍNH TIỀN"])
    sheet.put(title, "center", size=1.2, bold=True, gap=0.5)
    sheet.know(
        shop=hand.head(facts.shop), branch=f"{branch} | {facts.branch}", address=facts.address,
        phone=facts.phone, number=facts.number, cashier=facts.cashier,
    )  # fmt: skip
    sheet.columns(
        (0, 0.5),
        (f"Số CT{hand.colon}{facts.number}", f"Quầy{hand.colon}{rng.integers(1, 6)}"),
        "ll",
    )
    sheet.columns(
        (0, 0.5),
        (f"Ngày: {facts.when.strftime(hand.day)}", f"Giờ: {facts.when.strftime(hand.clock)}"), "ll",
    )  # fmt: skip
    sheet.put(f"{pick(rng, ['NV', 'NVBH', 'Thu ngân'])}{hand.colon}{facts.cashier}")
    sheet.know_time(facts.when, hand)
    sheet.rule("dash")
    edges, aligns = (0, 0.46, 0.56, 0.77), "lcrr"
    sheet.columns(edges, ("Mặt hàng", "SL", "Đơn giá", "T.Tiền"), aligns, bold=True)
    sheet.rule("dash")
    for good in facts.goods:
        cells = (good.name, hand.count(good.quantity), hand.plain(good.price))
        sheet.columns(edges, (*cells, hand.plain(good.amount)), aligns)
        sheet.item(good.name, good.amount, good.quantity, good.price)
    sheet.rule("dash")
    sheet.pair("Tổng số lượng", hand.count(sum(good.quantity for good in facts.goods)))
    sheet.pair(pick(rng, ["Tổng tiền hàng", "Cộng"]), hand.money(sums.subtotal))
    sheet.know(subtotal=sums.subtotal)
    if sums.discount:
        label = pick(rng, ["Giảm giá thành viên", "CK thành viên", "Khuyến mãi"])
        sheet.pair(label, hand.money(sums.discount))
        sheet.know(discount=sums.discount)
    _settle(
        sheet, sums, hand, rng, ["Phải thanh toán", "Tổng thanh toán"],
        ["Tiền mặt"], ["Tiền thối", "Thối lại"], ["Thẻ ngân hàng", "QR Pay"],
    )  # fmt: skip
    sheet.put(facts.thanks, "center", gap=0.6)
    return sheet.finished()


def cinema(rng: Random, pool: Pool) -> Sheet:
    """Tickets and popcorn: company above, film, room and seats, everything paid by card."""
    hand = make_hand(rng, ["dots", "commas"], [" VND", "đ", " VNĐ"])
    facts = make_facts(rng, pool, "cinema", 4)
    sums = make_sums(rng, facts.sum, discount=0.25, tax="contained", card=True)
    sheet = Sheet(int(rng.integers(36, 46)))
    sheet.put(hand.head(facts.shop), "center", size=1.4, bold=True)
    sheet.put(facts.company, "center")
    sheet.put(f"{pick(rng, ['Địa chỉ', 'Đ/C'])}: {facts.address}")
    sheet.put(f"MST: {facts.tax_code}")
    sheet.put(pick(rng, ["VÉ XEM PHIM & BẮP NƯỚC", "HÓA ĐƠN VÉ"]), "center", bold=True, gap=0.5)
    label = pick(rng, ["Mã đặt vé", "Mã giao dịch", "Số vé"])
    sheet.pair(label, facts.number, at=0.4, align="left")
    stamp = facts.when.strftime(f"{hand.day} {hand.clock}")
    sheet.pair(pick(rng, ["Ngày bán", "Thời gian mua"]), stamp, at=0.4, align="left")
    sheet.pair(pick(rng, ["Nhân viên", "NV bán vé"]), facts.cashier, at=0.4, align="left")
    sheet.know(
        shop=f"{hand.head(facts.shop)} | {facts.company}", address=facts.address,
        tax_code=facts.tax_code, number=facts.number, cashier=facts.cashier,
    )  # fmt: skip
    sheet.know_time(facts.when, hand)
    sheet.rule("line")
    film = pick(rng, ["Mùa Gió Ngược", "Căn Phòng Số 6", "The Last Lantern", "Chú Mèo Phi Hành"])
    sheet.put(film, bold=True)
    seats = f"{pick(rng, ['D', 'F', 'H'])}{rng.integers(1, 15)}"
    sheet.columns((0, 0.5), (f"Rạp: {rng.integers(1, 9)}", f"Ghế: {seats}"), "ll")
    sheet.rule("line")
    edges, aligns = (0, 0.52, 0.64), "lcr"
    sheet.columns(edges, ("Loại vé/Sản phẩm", "SL", "Số tiền"), aligns)
    for good in facts.goods:
        sheet.columns(
            edges, (good.name, hand.count(good.quantity), hand.money(good.amount)), aligns
        )
        sheet.item(good.name, good.amount, good.quantity)
    sheet.rule("line")
    if sums.discount:
        sheet.pair(pick(rng, ["Điểm thưởng", "Ưu đãi thẻ"]), "-" + hand.money(sums.discount))
        sheet.know(discount=sums.discount)
    sheet.pair(pick(rng, ["TỔNG CỘNG", "Tổng tiền"]), hand.money(sums.total), size=1.2, bold=True)
    sheet.pair(f"Trong đó VAT {sums.tax_rate}%", hand.money(sums.tax or 0))
    sheet.pair(pick(rng, ["VISA", "Ví điện tử", "Thẻ ATM"]), hand.money(sums.paid))
    sheet.know(total=sums.total, tax=sums.tax, paid=sums.paid)
    sheet.rule("bars", gap=0.5)
    sheet.put(facts.thanks, "center")
    return sheet.finished()


def karaoke(rng: Random, pool: Pool) -> Sheet:
    """A bill of a room: hours are a row of goods, service and tax are added."""
    hand = make_hand(rng, ["dots", "commas"], ["", " đ"])
    facts = make_facts(rng, pool, "karaoke", 8)
    rate = int(rng.integers(15, 46)) * 10_000
    hours = int(rng.integers(2, 9)) / 2
    room = round(hours * rate)
    sums = make_sums(
        rng, facts.sum + room, discount=0.3, service=0.6, tax="added", card=rng.random() < 0.3
    )
    left = facts.when + datetime.timedelta(hours=hours)
    sheet = Sheet(int(rng.integers(38, 46)))
    sheet.put(hand.head(facts.shop), "center", size=1.4, bold=True)
    sheet.put(facts.address, "center")
    sheet.put(f"{pick(rng, ['ĐT', 'Đặt phòng', 'SĐT'])}: {facts.phone}", "center")
    title = pick(rng, ["PHIẾU THANH TOÁN", "HÓA ĐƠN TÍNH TIỀN PHÒNG"])
    sheet.put(title, "center", bold=True, gap=0.5)
    sheet.columns(
        (0, 0.5), (f"Số phiếu: {facts.number}", f"Phòng: VIP {rng.integers(1, 20)}"), "lr"
    )
    sheet.put(f"Ngày{hand.colon}{facts.when.strftime(hand.day)}")
    times = tuple(f"{when:%H:%M}" for when in (facts.when, left))
    sheet.columns((0, 0.5), (f"Giờ vào: {times[0]}", f"Giờ ra: {times[1]}"), "lr")
    sheet.put(f"{pick(rng, ['Người lập', 'Lễ tân', 'Thu ngân'])}{hand.colon}{facts.cashier}")
    sheet.know(
        shop=hand.head(facts.shop), address=facts.address, phone=facts.phone, number=facts.number,
        cashier=facts.cashier, date=f"{facts.when:%Y-%m-%d}", time=" | ".join(times),
    )  # fmt: skip
    sheet.rule("double")
    edges, aligns = (0, 0.07, 0.42, 0.54, 0.76), "clrrr"
    sheet.columns(edges, ("#", "Dịch vụ", "SL", "Giá", "Tiền"), aligns, bold=True)
    sheet.rule("double")
    shown = [("Tiền giờ", hours, rate, room)]
    shown += [(good.name, good.quantity, good.price, good.amount) for good in facts.goods]
    for at, (name, quantity, price, amount) in enumerate(shown, 1):
        count = f"{quantity:g}".replace(".", "," if hand.notation == "dots" else ".")
        row = (str(at), name, count, hand.plain(price), hand.plain(amount))
        sheet.columns(edges, row, aligns)
        sheet.item(name, amount, quantity, price)
    sheet.rule("double")
    sheet.pair(pick(rng, ["Cộng tiền dịch vụ", "Tổng cộng dịch vụ"]), hand.money(sums.subtotal))
    if sums.discount:
        sheet.pair(pick(rng, ["Giảm trừ", "Giảm giá"]), "-" + hand.money(sums.discount))
    if sums.service:
        sheet.pair("Phí phục vụ (5%)", hand.money(sums.service))
    sheet.pair(f"Thuế VAT ({sums.tax_rate}%)", hand.money(sums.tax or 0))
    sheet.know(
        subtotal=sums.subtotal, discount=sums.discount, service=sums.service, tax=sums.tax
    )  # fmt: skip
    _settle(
        sheet, sums, hand, rng, ["TỔNG THANH TOÁN", "Tổng tiền phải trả"],
        ["Khách đưa", "Tiền khách trả"], ["Trả lại khách", "Tiền trả lại"], ["Quẹt thẻ"],
    )  # fmt: skip
    sheet.put(facts.thanks, "center", gap=0.6)
    return sheet.finished()


def bookshop(rng: Random, pool: Pool) -> Sheet:
    """Names over the whole width, below them price, discount in per cent and amount."""
    hand = make_hand(rng, ["dots", "commas"], ["", "đ"])
    facts = make_facts(rng, pool, "books", 7)
    sums = make_sums(rng, facts.sum, discount=0.4, tax="contained", card=rng.random() < 0.4)
    sheet = Sheet(int(rng.integers(38, 46)))
    sheet.put(hand.head(facts.company), "center")
    sheet.put(hand.head(facts.shop), "center", size=1.3, bold=True)
    sheet.put(f"Đ/c: {facts.address}", "center")
    sheet.put(f"ĐT: {facts.phone} - MST: {facts.tax_code}", "center")
    title = pick(rng, ["PHIẾU TÍNH TIỀN", "HÓA ĐƠN BÁN LẺ"])
    sheet.put(title, "center", size=1.2, bold=True, gap=0.5)
    sheet.columns(
        (0, 0.5),
        (f"Số bill: {facts.number}", facts.when.strftime(f"{hand.day} {hand.clock}")),
        "lr",
    )
    sheet.put(f"{pick(rng, ['MNV', 'Nhân viên thu ngân'])}: {facts.cashier}")
    sheet.know(
        shop=f"{hand.head(facts.shop)} | {hand.head(facts.company)}", address=facts.address,
        phone=facts.phone, tax_code=facts.tax_code, number=facts.number, cashier=facts.cashier,
    )  # fmt: skip
    sheet.know_time(facts.when, hand)
    sheet.rule("dash")
    edges, aligns = (0, 0.12, 0.44, 0.62), "crcr"
    sheet.columns(edges, ("SL", "Giá bán", "CK%", "Thành tiền"), aligns)
    sheet.rule("dash")
    for at, good in enumerate(facts.goods, 1):
        sheet.put(f"{at}. {good.name}")
        cells = (hand.count(good.quantity), hand.plain(good.price), "0", hand.plain(good.amount))
        sheet.columns(edges, cells, aligns)
        sheet.item(good.name, good.amount, good.quantity, good.price)
    sheet.rule("dash")
    if sums.discount:
        sheet.pair(pick(rng, ["Tổng cộng", "Tổng tiền hàng"]), hand.money(sums.subtotal))
        sheet.pair(pick(rng, ["Tiền giảm", "Phiếu quà tặng"]), "-" + hand.money(sums.discount))
        sheet.know(subtotal=sums.subtotal, discount=sums.discount)
    _settle(
        sheet, sums, hand, rng, ["Tổng tiền thanh toán", "THANH TOÁN"],
        ["Tiền mặt", "Tiền khách đưa"], ["Tiền thối lại", "Tiền thừa"], ["Thẻ"],
    )  # fmt: skip
    sheet.pair(f"Thuế GTGT {sums.tax_rate}%", hand.money(sums.tax or 0))
    sheet.know(tax=sums.tax)
    sheet.put(facts.thanks, "center", gap=0.6)
    return sheet.finished()


def milk_tea(rng: Random, pool: Pool) -> Sheet:
    """A number to be called by, drinks with wishes and toppings below them, often paid by phone."""
    hand = make_hand(rng, ["dots", "commas"], ["đ", "", "₫"])
    facts = make_facts(rng, pool, "drinks", 5)
    extras = pool.goods["toppings"]
    rows: list[tuple[str, float, int, int]] = []
    for good in facts.goods:
        rows.append((good.name, good.quantity, good.price, good.amount))
        if rng.random() < 0.5:
            price = int(rng.integers(5, 16)) * 1000
            extra = (f"+ {pick(rng, extras)}", good.quantity, price)
            rows.append((*extra, round(good.quantity * price)))
    goods = sum(amount for *_, amount in rows)
    sums = make_sums(rng, goods, discount=0.4, card=rng.random() < 0.6)
    sheet = Sheet(int(rng.integers(32, 40)))
    sheet.put(facts.shop, "center", size=1.5, bold=True)
    sheet.put(f"{pick(rng, ['CH', 'CN'])} {facts.branch}", "center")
    sheet.put(f"{pick(rng, ['', 'Add: '])}{facts.address}", "center")
    sheet.put(f"STT: {rng.integers(1, 99):03d}", "center", size=1.4, bold=True, gap=0.4)
    sheet.put(pick(rng, ["Mang đi", "Dùng tại quán"]), "center")
    sheet.put(f"{pick(rng, ['Mã HĐ', 'Số đơn', 'Order'])}{hand.colon}{facts.number}")
    sheet.put(f"Thời gian{hand.colon}{facts.when.strftime(f'{hand.clock} {hand.day}')}")
    sheet.put(f"{pick(rng, ['Cashier', 'Barista', 'TN'])}{hand.colon}{facts.cashier}")
    sheet.know(
        shop=facts.shop, branch=f"CH {facts.branch} | CN {facts.branch} | {facts.branch}",
        address=facts.address, number=facts.number, cashier=facts.cashier,
    )  # fmt: skip
    sheet.know_time(facts.when, hand)
    sheet.rule("dash")
    edges, aligns = (0, 0.12, 0.72), "llr"
    for name, quantity, _, amount in rows:
        sheet.columns(edges, (hand.count(quantity), name, hand.money(amount)), aligns)
        if not name.startswith("+"):
            wish = f"{pick(rng, ['30', '50', '70'])}% đường, {pick(rng, ['ít', 'nhiều'])} đá"
            sheet.columns((0, 0.12), ("", wish), "ll")
        sheet.item(name, amount, quantity)
    sheet.rule("dash")
    sheet.pair(pick(rng, ["Tạm tính", "Tiền nước"]), hand.money(sums.subtotal))
    sheet.know(subtotal=sums.subtotal)
    if sums.discount:
        code = pick(rng, ["KM", "Mã giảm giá", "Voucher"])
        sheet.pair(code, "-" + hand.money(sums.discount))
        sheet.know(discount=sums.discount)
    _settle(
        sheet, sums, hand, rng, ["Tổng cộng", "TỔNG TIỀN"],
        ["Tiền mặt", "Khách đưa"], ["Tiền thối", "Tiền thừa"], ["MoMo", "ZaloPay", "VNPAY"],
    )  # fmt: skip
    sheet.put(facts.thanks, "center", gap=0.6)
    return sheet.finished()


def fresh_market(rng: Random, pool: Pool) -> Sheet:
    """Meat, fish and fruit by weight: the sum in one row below the name; the total is rounded."""
    hand = make_hand(rng, ["dots", "commas"], ["", "đ"])
    facts = make_facts(rng, pool, "market", 8, whole=False)
    sums = make_sums(rng, facts.sum)
    total = round(sums.total / 500) * 500
    note = int(rng.choice([50_000, 100_000, 200_000]))
    paid = -(-total // note) * note
    sheet = Sheet(int(rng.integers(34, 42)))
    sheet.put(hand.head(facts.shop), "center", size=1.3, bold=True)
    sheet.put(facts.address)
    sheet.columns((0, 0.5), (f"Tel: {facts.phone}", f"MST: {facts.tax_code}"), "ll")
    sheet.put(pick(rng, ["PHIẾU BÁN HÀNG", "HÓA ĐƠN"]), "center", bold=True, gap=0.5)
    sheet.put(f"{pick(rng, ['Phiếu số', 'Hóa đơn số', 'Số GD'])}{hand.colon}{facts.number}")
    sheet.put(f"{pick(rng, ['Lúc', 'Ngày giờ'])}{hand.colon}"
              f"{facts.when.strftime(f'{hand.day} {hand.clock}')}")  # fmt: skip
    sheet.put(f"{pick(rng, ['Người bán', 'Bán hàng'])}{hand.colon}{facts.cashier}")
    sheet.know(
        shop=hand.head(facts.shop), address=facts.address, phone=facts.phone,
        tax_code=facts.tax_code, number=facts.number, cashier=facts.cashier,
    )  # fmt: skip
    sheet.know_time(facts.when, hand)
    sheet.rule("stars")
    for good in facts.goods:
        unit = "" if good.quantity.is_integer() else " kg"
        sheet.put(good.name)
        left = f"  {hand.count(good.quantity)}{unit} x {hand.plain(good.price)}"
        sheet.pair(left, hand.plain(good.amount), at=0.66)
        sheet.item(good.name, good.amount, good.quantity, good.price)
    sheet.rule("stars")
    sheet.pair(pick(rng, ["Cộng tiền hàng", "Tổng tiền hàng"]), hand.money(sums.subtotal))
    sheet.know(subtotal=sums.subtotal)
    if total != sums.total:
        sheet.pair("Làm tròn", hand.money(total - sums.total))
        sheet.know(rounding=total - sums.total)
    label = pick(rng, ["Tổng thanh toán", "Khách phải trả"])
    sheet.pair(label, hand.money(total), size=1.2, bold=True)
    sheet.pair(pick(rng, ["Khách đưa", "Đưa"]), hand.money(paid))
    sheet.pair(pick(rng, ["Trả khách", "Thối"]), hand.money(paid - total))
    sheet.know(total=total, paid=paid, change=paid - total)
    sheet.put(facts.thanks, "center", gap=0.6)
    return sheet.finished()


def laundry(rng: Random, pool: Pool) -> Sheet:
    """A note for clothes: a customer with a telephone, a day to fetch them, paid in advance."""
    hand = make_hand(rng, ["dots"], ["đ", "", " VNĐ"])
    facts = make_facts(rng, pool, "laundry", 5)
    sums = make_sums(rng, facts.sum, discount=0.4, card=True)
    customer = make_facts(rng, pool, "laundry", 1)
    ready = facts.when + datetime.timedelta(days=int(rng.integers(1, 4)))
    sheet = Sheet(int(rng.integers(34, 42)))
    sheet.put(hand.head(facts.shop), "center", size=1.4, bold=True)
    sheet.put(f"{pick(rng, ['ĐC', 'Địa chỉ'])}: {facts.address}", "center")
    sheet.put(f"{pick(rng, ['ĐT', 'Liên hệ', 'Hotline'])}: {facts.phone}", "center")
    title = pick(rng, ["BIÊN NHẬN GIẶT ỦI", "PHIẾU NHẬN ĐỒ"])
    sheet.put(title, "center", size=1.2, bold=True, gap=0.5)
    sheet.pair("Mã phiếu:", facts.number, at=0.36, align="left")
    sheet.pair("Khách hàng:", customer.cashier, at=0.36, align="left")
    sheet.pair("SĐT khách:", customer.phone, at=0.36, align="left")
    stamp = facts.when.strftime(f"{hand.day} {hand.clock}")
    sheet.pair("Ngày nhận:", stamp, at=0.36, align="left")
    sheet.pair("Hẹn trả:", ready.strftime(hand.day), at=0.36, align="left")
    sheet.pair(pick(rng, ["NV nhận:", "Nhân viên:"]), facts.cashier, at=0.36, align="left")
    sheet.know(
        shop=hand.head(facts.shop), address=facts.address, phone=facts.phone, number=facts.number,
        cashier=facts.cashier,
    )  # fmt: skip
    sheet.know_time(facts.when, hand)
    sheet.rule("line")
    edges, aligns = (0, 0.5, 0.6, 0.78), "lcrr"
    sheet.columns(edges, ("Dịch vụ", "SL", "Giá", "Tiền"), aligns, bold=True)
    for good in facts.goods:
        cells = (good.name, hand.count(good.quantity), hand.plain(good.price))
        sheet.columns(edges, (*cells, hand.plain(good.amount)), aligns)
        sheet.item(good.name, good.amount, good.quantity, good.price)
    sheet.rule("line")
    if sums.discount:
        sheet.pair("Tạm tính:", hand.money(sums.subtotal))
        sheet.pair(pick(rng, ["Giảm:", "Khách quen:"]), "-" + hand.money(sums.discount))
        sheet.know(subtotal=sums.subtotal, discount=sums.discount)
    label = pick(rng, ["Tổng tiền:", "Tổng thu:"])
    sheet.pair(label, hand.money(sums.total), size=1.2, bold=True)
    sheet.pair("Đã thanh toán:", hand.money(sums.paid))
    sheet.know(total=sums.total, paid=sums.paid)
    sheet.put(facts.thanks, "center", gap=0.6)
    return sheet.finished()


def _settle(
    sheet: Sheet,
    sums: Sums,
    hand: Hand,
    rng: Random,
    totals: list[str],
    cash: list[str],
    back: list[str],
    cards: list[str],
) -> None:
    """Total, what was handed over and back; one label of each kind is drawn."""
    sheet.pair(pick(rng, totals), hand.money(sums.total), size=1.2, bold=True)
    sheet.know(total=sums.total, paid=sums.paid)
    if sums.change == 0:
        sheet.pair(pick(rng, cards), hand.money(sums.paid))
        return
    sheet.pair(pick(rng, cash), hand.money(sums.paid))
    sheet.pair(pick(rng, back), hand.money(sums.change))
    sheet.know(change=sums.change)


LAYOUTS = {
    layout.__name__: layout
    for layout in (bakery, cinema, karaoke, bookshop, milk_tea, fresh_market, laundry)
}
