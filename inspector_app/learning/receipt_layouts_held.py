"""Layouts that figures are made from. Rules and networks are not tuned on them."""

from __future__ import annotations

import datetime

from inspector_app.learning.line_texts import pick
from inspector_app.learning.receipt_facts import Random, make_facts, make_sums
from inspector_app.learning.receipt_sheet import Sheet, make_hand
from inspector_app.learning.receipt_vocabulary import Pool

_DONG = ["", "đ", " đ", " VNĐ"]


def petrol(rng: Random, pool: Pool) -> Sheet:
    """A slip of a petrol station: one product, labels left, values right."""
    hand = make_hand(rng, ["dots", "commas"], ["", " đ", " VNĐ"])
    facts = make_facts(rng, pool, "fuel", 1)
    fuel = facts.goods[0]
    litres = float(rng.integers(1500, 60000)) / 1000
    total = round(litres * fuel.price)
    sheet = Sheet(int(rng.integers(32, 40)))
    sheet.put(facts.company, "center", bold=True)
    sheet.put(facts.shop, "center")
    sheet.put(f"ĐC: {facts.address}", "center")
    shop = f"{facts.company} | {facts.shop}"
    sheet.know(shop=shop, branch=facts.shop, address=facts.address)
    if rng.random() < 0.7:
        sheet.put(f"MST: {facts.tax_code}", "center")
        sheet.know(tax_code=facts.tax_code)
    sheet.put(hand.head("Phiếu bán lẻ xăng dầu"), "center", size=1.2, bold=True, gap=0.7)
    sheet.pair("Số phiếu" + hand.colon.rstrip(), facts.number, gap=0.4)
    sheet.pair("Thời gian" + hand.colon.rstrip(), facts.when.strftime(f"{hand.day} {hand.clock}"))
    sheet.pair("Trụ bơm" + hand.colon.rstrip(), f"{rng.integers(1, 12):02d}")
    sheet.know(number=facts.number)
    sheet.know_time(facts.when, hand)
    if rng.random() < 0.5:
        sheet.pair("Nhân viên" + hand.colon.rstrip(), facts.cashier)
        sheet.know(cashier=facts.cashier)
    sheet.rule("dash")
    sheet.pair("Mặt hàng", fuel.name, at=0.4)
    sheet.pair("Số lượng (lít)", hand.count(litres) if not litres.is_integer() else f"{litres:g}")
    sheet.pair("Đơn giá", hand.plain(fuel.price))
    sheet.rule("dash")
    sheet.pair(hand.head("Thành tiền"), hand.money(total), size=1.25, bold=True)
    sheet.put("(Đã bao gồm thuế GTGT và thuế BVMT)", "center")
    sheet.put(facts.thanks, "center", gap=0.8)
    sheet.item(fuel.name, total, litres, fuel.price)
    sheet.know(total=total)
    return sheet.finished()


def corner_shop(rng: Random, pool: Pool) -> Sheet:
    """Narrow paper: the name, and below it quantity, price and amount with their signs."""
    hand = make_hand(rng, ["dots", "dots", "commas"], _DONG)
    facts = make_facts(rng, pool, "grocery", 9)
    sums = make_sums(rng, facts.sum, discount=0.25)
    sheet = Sheet(int(rng.integers(30, 36)))
    sheet.put(hand.head(facts.shop), "center", size=1.35, bold=True)
    sheet.put(facts.address, "center")
    sheet.put(f"{pick(rng, ['SĐT', 'Điện thoại', 'Zalo'])}: {facts.phone}", "center")
    sheet.put(pick(rng, ["HÓA ĐƠN", "BILL BÁN LẺ", "Hóa đơn bán lẻ"]), "center", bold=True, gap=0.6)
    sheet.put(f"HĐ số{hand.colon}{facts.number}")
    sheet.put(f"{facts.when.strftime(hand.clock)} - {facts.when.strftime(hand.day)}")
    sheet.know(
        shop=hand.head(facts.shop), address=facts.address, phone=facts.phone, number=facts.number
    )
    sheet.know_time(facts.when, hand)
    sheet.rule("stars")
    times = pick(rng, [" x ", "x", " × ", " X "])
    for good in facts.goods:
        sheet.put(good.name)
        line = f"{hand.count(good.quantity)}{times}{hand.plain(good.price)}"
        sheet.pair(f"  {line} =", hand.plain(good.amount), at=0.62)
        sheet.item(good.name, good.amount, good.quantity, good.price)
    sheet.rule("stars")
    if sums.discount:
        sheet.pair("Cộng", hand.money(sums.subtotal))
        sheet.pair("Bớt", hand.money(sums.discount))
        sheet.know(subtotal=sums.subtotal, discount=sums.discount)
    sheet.pair(
        pick(rng, ["TỔNG", "TỔNG TIỀN", "T.CỘNG"]), hand.money(sums.total), size=1.3, bold=True
    )
    sheet.know(total=sums.total)
    if rng.random() < 0.7:
        sheet.pair("Khách đưa", hand.money(sums.paid))
        sheet.pair("Thối lại", hand.money(sums.change))
        sheet.know(paid=sums.paid, change=sums.change)
    sheet.put(facts.thanks, "center", gap=0.7)
    return sheet.finished()


def hotpot(rng: Random, pool: Pool) -> Sheet:
    """A restaurant's bill: quantity first, times of coming and leaving, service, added tax."""
    hand = make_hand(rng, ["dots", "commas"], ["", "", "đ", " VND"])
    facts = make_facts(rng, pool, "food", 10)
    sums = make_sums(
        rng, facts.sum, discount=0.3, service=0.4, tax="added", card=rng.random() < 0.5
    )
    sheet = Sheet(int(rng.integers(40, 48)))
    sheet.put(hand.head(facts.shop), "center", size=1.5, bold=True)
    sheet.put(f"CS{rng.integers(1, 9)}: {facts.address}", "center")
    sheet.put(f"Đặt bàn: {facts.phone}", "center")
    sheet.put("HÓA ĐƠN THANH TOÁN", "center", size=1.2, bold=True, gap=0.6)
    minutes = int(rng.integers(35, 160))
    came = facts.when.replace(second=0)
    sheet.columns(
        (0, 0.5),
        (f"Bàn{hand.colon}{rng.integers(1, 60)}", f"Số bill{hand.colon}{facts.number}"),
        "lr",
    )
    sheet.put(f"Ngày{hand.colon}{came.strftime(hand.day)}")
    leave = came + datetime.timedelta(minutes=minutes)
    sheet.columns((0, 0.5), (f"Giờ vào: {came:%H:%M}", f"Giờ ra: {leave:%H:%M}"), "lr")
    sheet.put(f"Phục vụ{hand.colon}{facts.cashier}")
    sheet.rule("double")
    edges, aligns = (0, 0.1, 0.52, 0.76), "clrr"
    sheet.columns(edges, ("SL", "Món", "Giá", "T.Tiền"), aligns, bold=True)
    sheet.rule("line")
    for good in facts.goods:
        sheet.columns(
            edges,
            (hand.count(good.quantity), good.name, hand.plain(good.price), hand.plain(good.amount)),
            aligns,
        )
        sheet.item(good.name, good.amount, good.quantity, good.price)
    sheet.rule("line")
    sheet.pair("Cộng tiền món", hand.plain(sums.subtotal))
    if sums.discount:
        sheet.pair("Ưu đãi thành viên", "-" + hand.plain(sums.discount))
    if sums.service:
        sheet.pair("Phí phục vụ 5%", hand.plain(sums.service))
    sheet.pair(f"VAT {sums.tax_rate}%", hand.plain(sums.tax or 0))
    sheet.rule("double")
    sheet.pair(
        pick(rng, ["KHÁCH CẦN TRẢ", "TỔNG THANH TOÁN", "CẦN THANH TOÁN"]),
        hand.money(sums.total), size=1.25, bold=True,
    )  # fmt: skip
    if sums.change == 0:
        sheet.pair(pick(rng, ["Chuyển khoản", "Quẹt thẻ", "Ví điện tử"]), hand.plain(sums.paid))
        sheet.know(paid=sums.paid)
    sheet.put("Password wifi: 88888888", "center", gap=0.6)
    sheet.put(facts.thanks, "center")
    sheet.know(
        shop=hand.head(facts.shop), address=facts.address, phone=facts.phone, number=facts.number,
        cashier=facts.cashier, subtotal=sums.subtotal, discount=sums.discount, tax=sums.tax,
        service=sums.service, total=sums.total, date=f"{came:%Y-%m-%d}",
        time=f"{came:%H:%M} | {leave:%H:%M}",
    )  # fmt: skip
    return sheet.finished()


def grid_invoice(rng: Random, pool: Pool) -> Sheet:
    """An invoice on A5: seller above, buyer below, a table with lines, date in words."""
    hand = make_hand(rng, ["dots", "dots", "commas"], ["", " đ", " đồng"])
    facts = make_facts(rng, pool, "things", 7)
    sums = make_sums(rng, facts.sum, tax=pick(rng, ["added", ""]), discount=0.2)
    sheet = Sheet(int(rng.integers(66, 78)))
    sheet.put(facts.company, size=1.15, bold=True)
    sheet.put(f"Địa chỉ: {facts.address}")
    sheet.columns((0, 0.5), (f"Mã số thuế: {facts.tax_code}", f"Điện thoại: {facts.phone}"), "ll")
    sheet.put(
        pick(rng, ["HÓA ĐƠN BÁN HÀNG", "PHIẾU XUẤT BÁN", "HÓA ĐƠN KIÊM PHIẾU XUẤT KHO"]),
        "center", size=1.7, bold=True, gap=0.8,
    )  # fmt: skip
    sheet.put(facts.when.strftime("Ngày %d tháng %m năm %Y"), "center")
    sheet.put(f"Số: {facts.number}", "center")
    buyer = pick(rng, pool.people)
    sheet.put(f"Họ tên người mua hàng: {buyer}", gap=0.5)
    sheet.put(f"Hình thức thanh toán: {pick(rng, ['Tiền mặt', 'TM/CK'])}")
    edges, aligns = (0, 0.07, 0.45, 0.55, 0.63, 0.8), "clccrr"
    sheet.rule("line", gap=0.4)
    sheet.columns(
        edges, ("STT", "Tên hàng hóa", "ĐVT", "SL", "Đơn giá", "Thành tiền"), "cccccc",
        bold=True, bars=True,
    )  # fmt: skip
    sheet.rule("line")
    for number, good in enumerate(facts.goods, 1):
        sheet.columns(
            edges,
            (str(number), good.name, good.unit, hand.count(good.quantity),
             hand.plain(good.price), hand.plain(good.amount)),
            aligns, bars=True,
        )  # fmt: skip
        sheet.rule("line")
        sheet.item(good.name, good.amount, good.quantity, good.price)
    sheet.pair("Cộng tiền hàng:", hand.plain(sums.subtotal), at=0.7, gap=0.2)
    if sums.discount:
        sheet.pair("Chiết khấu thương mại:", hand.plain(sums.discount), at=0.7)
    if sums.tax:
        sheet.pair(f"Tiền thuế GTGT ({sums.tax_rate}%):", hand.plain(sums.tax), at=0.7)
    sheet.pair("Tổng tiền thanh toán:", hand.money(sums.total), at=0.7, bold=True)
    sheet.columns((0, 0.5), ("Người mua hàng", "Người bán hàng"), "cc", bold=True, gap=0.8)
    sheet.columns((0, 0.5), ("(Ký, ghi rõ họ tên)", "(Ký, ghi rõ họ tên)"), "cc")
    sheet.know(
        shop=facts.company, address=facts.address, tax_code=facts.tax_code, phone=facts.phone,
        date=f"{facts.when:%Y-%m-%d}", number=facts.number, subtotal=sums.subtotal,
        discount=sums.discount, tax=sums.tax, total=sums.total,
    )  # fmt: skip
    return sheet.finished()


def drugstore_chain(rng: Random, pool: Pool) -> Sheet:
    """A chain's receipt: name, then unit, quantity, price and amount in columns below it."""
    hand = make_hand(rng, ["dots", "commas"], ["", "đ"])
    facts = make_facts(rng, pool, "drugs", 6)
    sums = make_sums(rng, facts.sum, discount=0.4, tax=pick(rng, ["", "contained"]))
    sheet = Sheet(int(rng.integers(38, 46)))
    sheet.put(hand.head(facts.shop), "center", size=1.3, bold=True)
    sheet.put(f"Chi nhánh {facts.branch}", "center")
    sheet.put(facts.address, "center")
    sheet.put(f"Hotline: {facts.phone}", "center")
    sheet.put("PHIẾU THANH TOÁN", "center", size=1.15, bold=True, gap=0.5)
    sheet.pair(
        f"Mã đơn{hand.colon}{facts.number}", facts.when.strftime(f"{hand.day} {hand.clock}"), at=0.5
    )
    if rng.random() < 0.4:
        sheet.put(f"Dược sĩ: {pick(rng, pool.people)}")
    else:
        sheet.put(f"Thu ngân: {facts.cashier}")
        sheet.know(cashier=facts.cashier)
    sheet.rule("dash")
    edges, aligns = (0, 0.22, 0.4, 0.7), "lcrr"
    sheet.columns(edges, ("ĐVT", "SL", "Giá bán", "Thành tiền"), aligns)
    sheet.rule("dash")
    for number, good in enumerate(facts.goods, 1):
        sheet.put(f"{number}. {good.name}")
        sheet.columns(
            edges,
            (good.unit, hand.count(good.quantity), hand.plain(good.price), hand.plain(good.amount)),
            aligns,
        )
        sheet.item(good.name, good.amount, good.quantity, good.price)
    sheet.rule("dash")
    sheet.pair("Tổng tiền hàng", hand.money(sums.subtotal))
    if sums.discount:
        sheet.pair("Khuyến mãi", "-" + hand.money(sums.discount))
    sheet.pair("Phải thanh toán", hand.money(sums.total), bold=True, size=1.2)
    sheet.pair("Tiền khách trả", hand.money(sums.paid))
    sheet.pair("Tiền thừa trả khách", hand.money(sums.change))
    if sums.tax:
        sheet.pair(f"Trong đó thuế GTGT {sums.tax_rate}%", hand.money(sums.tax))
    sheet.rule("bars", gap=0.6)
    sheet.put(facts.thanks, "center", gap=0.3)
    sheet.know(
        shop=hand.head(facts.shop), branch=f"Chi nhánh {facts.branch} | {facts.branch}",
        address=facts.address, phone=facts.phone, number=facts.number, subtotal=sums.subtotal,
        discount=sums.discount, tax=sums.tax, total=sums.total, paid=sums.paid,
        change=sums.change,
    )  # fmt: skip
    sheet.know_time(facts.when, hand)
    return sheet.finished()


def courier_bill(rng: Random, pool: Pool) -> Sheet:
    """A bill of a delivery: quantity before the name, labels above their values, a fee."""
    hand = make_hand(rng, ["dots"], ["đ", "₫", " đ"])
    facts = make_facts(rng, pool, "drinks", 5)
    sums = make_sums(rng, facts.sum, discount=0.6, fee=1.0, card=True)
    sheet = Sheet(int(rng.integers(34, 42)))
    sheet.put(facts.shop, size=1.3, bold=True)
    sheet.put(facts.address)
    sheet.put("Mã đơn hàng", gap=0.6)
    sheet.put(f"#{facts.number}", size=1.4, bold=True)
    sheet.put("Thời gian đặt")
    sheet.put(facts.when.strftime("%H:%M %d/%m/%Y"), bold=True)
    sheet.put("Khách hàng")
    sheet.put(pick(rng, pool.people), bold=True)
    sheet.rule("line", gap=0.3)
    for good in facts.goods:
        sheet.pair(f"{hand.count(good.quantity)} x {good.name}", hand.money(good.amount), at=0.72)
        sheet.item(good.name, good.amount, good.quantity)
    sheet.rule("line")
    sheet.pair("Tạm tính", hand.money(sums.subtotal))
    sheet.pair("Phí giao hàng", hand.money(sums.fee or 0))
    if sums.discount:
        sheet.pair("Mã giảm giá", "-" + hand.money(sums.discount))
    sheet.rule("line")
    sheet.pair("Tổng cộng", hand.money(sums.total), size=1.3, bold=True)
    sheet.pair("Thanh toán qua", pick(rng, ["Ví điện tử", "Tiền mặt", "Thẻ"]))
    sheet.know(
        shop=facts.shop, address=facts.address, number=f"{facts.number} | #{facts.number}",
        date=f"{facts.when:%Y-%m-%d}", time=f"{facts.when:%H:%M}", subtotal=sums.subtotal,
        discount=sums.discount, total=sums.total,
    )  # fmt: skip
    return sheet.finished()


def bilingual_store(rng: Random, pool: Pool) -> Sheet:
    """A convenience store in two languages, amounts with cents, tax in a table at the end."""
    hand = make_hand(rng, ["cents", "commas"], [""])
    facts = make_facts(rng, pool, "grocery", 6)
    sums = make_sums(rng, facts.sum, tax="contained", card=rng.random() < 0.3)
    sheet = Sheet(int(rng.integers(40, 46)))
    sheet.put(hand.head(facts.shop), "center", size=1.3, bold=True)
    sheet.put(f"Cửa hàng {facts.branch}", "center")
    sheet.put(facts.address, "center")
    sheet.put(f"MST/Tax code: {facts.tax_code}", "center")
    sheet.put("PHIẾU TÍNH TIỀN / RECEIPT", "center", bold=True, gap=0.5)
    sheet.columns(
        (0, 0.55),
        (f"No: {facts.number}", facts.when.strftime(f"{hand.day} {hand.clock}")), "lr",
    )  # fmt: skip
    sheet.put(f"Thu ngân/Cashier: {facts.cashier}")
    sheet.rule("dash")
    edges, aligns = (0, 0.52, 0.66), "lcr"
    sheet.columns(edges, ("Tên hàng/Item", "SL/Qty", "Tiền/Amount"), aligns)
    sheet.rule("dash")
    for good in facts.goods:
        sheet.columns(
            edges, (good.name, hand.count(good.quantity), hand.plain(good.amount)), aligns
        )
        sheet.item(good.name, good.amount, good.quantity)
    sheet.rule("dash")
    sheet.pair("TỔNG TIỀN/TOTAL (VND)", hand.plain(sums.total), at=0.64, bold=True)
    way = "Thẻ/Card" if sums.change == 0 else "Tiền mặt/Cash"
    sheet.pair(way, hand.plain(sums.paid), at=0.64)
    if sums.change:
        sheet.pair("Tiền thối/Change", hand.plain(sums.change), at=0.64)
    sheet.rule("dash")
    sheet.pair(f"Thuế GTGT/VAT {sums.tax_rate}%", hand.plain(sums.tax or 0), at=0.64)
    sheet.rule("bars", gap=0.5)
    sheet.put(facts.thanks, "center", gap=0.3)
    sheet.know(
        shop=hand.head(facts.shop), branch=f"Cửa hàng {facts.branch} | {facts.branch}",
        address=facts.address, tax_code=facts.tax_code, number=facts.number,
        cashier=facts.cashier, tax=sums.tax, total=sums.total, paid=sums.paid,
        change=sums.change or None,
    )  # fmt: skip
    sheet.know_time(facts.when, hand)
    return sheet.finished()


LAYOUTS = {
    layout.__name__: layout
    for layout in (
        petrol, corner_shop, hotpot, grid_invoice, drugstore_chain, courier_bill, bilingual_store,
    )
}  # fmt: skip
