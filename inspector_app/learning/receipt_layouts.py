"""Layouts that rules may be tuned on and that training data is made from."""

from __future__ import annotations

from collections.abc import Callable

from inspector_app.learning import receipt_layouts_fresh, receipt_layouts_held
from inspector_app.learning.line_texts import pick
from inspector_app.learning.receipt_facts import Facts, Random, Sums, make_facts, make_sums
from inspector_app.learning.receipt_sheet import Hand, Sheet, make_hand
from inspector_app.learning.receipt_vocabulary import Pool

Layout = Callable[[Random, Pool], Sheet]


def supermarket(rng: Random, pool: Pool) -> Sheet:
    """Names over the whole width, quantity, price and amount in columns below."""
    hand = make_hand(rng, ["dots", "commas"], ["", "đ", " VNĐ"])
    facts = make_facts(rng, pool, "grocery", 9, whole=False)
    sums = make_sums(rng, facts.sum, discount=0.3, card=rng.random() < 0.3)
    sheet = Sheet(int(rng.integers(38, 46)))
    _head(sheet, facts, hand, rng, branch="CN")
    sheet.put(pick(rng, ["HÓA ĐƠN BÁN LẺ", "PHIẾU TÍNH TIỀN"]), "center", bold=True, gap=0.6)
    sheet.put(f"Ngày bán{hand.colon}{facts.when.strftime(f'{hand.day} {hand.clock}')}")
    sheet.columns(
        (0, 0.5), (f"HĐ{hand.colon}{facts.number}", f"Thu ngân{hand.colon}{facts.cashier}"), "ll"
    )
    sheet.know(number=facts.number, cashier=facts.cashier)
    sheet.know_time(facts.when, hand)
    sheet.rule("dash")
    edges, aligns = (0, 0.3, 0.62), "crr"
    sheet.columns(edges, ("SL", "Đơn giá", "Thành tiền"), aligns)
    sheet.rule("dash")
    for good in facts.goods:
        sheet.put(good.name)
        sheet.columns(
            edges,
            (hand.count(good.quantity), hand.plain(good.price), hand.plain(good.amount)),
            aligns,
        )
        sheet.item(good.name, good.amount, good.quantity, good.price)
    sheet.rule("dash")
    if sums.discount:
        sheet.pair("Tổng tiền hàng", hand.money(sums.subtotal))
        sheet.pair("Giảm giá", "-" + hand.money(sums.discount))
        sheet.know(subtotal=sums.subtotal, discount=sums.discount)
    _paid(sheet, sums, hand, pick(rng, ["TỔNG CỘNG", "Tổng thanh toán"]))
    sheet.rule("bars", gap=0.5)
    sheet.put(facts.thanks, "center", gap=0.3)
    return sheet.finished()


def cafe(rng: Random, pool: Pool) -> Sheet:
    """Columns with a running number, names wrapped in theirs."""
    hand = make_hand(rng, ["dots", "commas"], ["", "đ", " đ"])
    facts = make_facts(rng, pool, "drinks", 6)
    sums = make_sums(rng, facts.sum, discount=0.4)
    sheet = Sheet(int(rng.integers(38, 44)))
    _head(sheet, facts, hand, rng)
    sheet.put("HÓA ĐƠN", "center", size=1.3, bold=True, gap=0.5)
    sheet.columns((0, 0.5), (f"Bàn: {rng.integers(1, 40)}", f"Số HĐ: {facts.number}"), "lr")
    sheet.columns(
        (0, 0.5),
        (f"Ngày: {facts.when.strftime(hand.day)}", f"Giờ: {facts.when.strftime(hand.clock)}"), "lr",
    )  # fmt: skip
    sheet.put(f"Nhân viên{hand.colon}{facts.cashier}")
    sheet.know(number=facts.number, cashier=facts.cashier)
    sheet.know_time(facts.when, hand)
    sheet.rule("line")
    edges, aligns = (0, 0.08, 0.46, 0.55, 0.77), "clcrr"
    sheet.columns(edges, ("TT", "Tên món", "SL", "Đ.Giá", "T.Tiền"), aligns, bold=True)
    sheet.rule("line")
    for number, good in enumerate(facts.goods, 1):
        sheet.columns(
            edges,
            (str(number), good.name, hand.count(good.quantity), hand.plain(good.price),
             hand.plain(good.amount)),
            aligns,
        )  # fmt: skip
        sheet.item(good.name, good.amount, good.quantity, good.price)
    sheet.rule("line")
    sheet.pair("Tạm tính", hand.money(sums.subtotal))
    sheet.know(subtotal=sums.subtotal, discount=sums.discount)
    if sums.discount:
        sheet.pair(f"Chiết khấu ({pick(rng, ['thẻ bạc', 'sinh nhật'])})", hand.money(sums.discount))
    _paid(sheet, sums, hand, pick(rng, ["Thành tiền", "TỔNG TIỀN"]))
    sheet.put(f"Wifi: {pick(rng, ['camonquykhach', '12345678'])}", "center", gap=0.5)
    sheet.put(facts.thanks, "center")
    return sheet.finished()


def restaurant(rng: Random, pool: Pool) -> Sheet:
    """Columns of names, quantity and amount; service and tax are added; two languages perhaps."""
    hand = make_hand(rng, ["dots", "commas", "cents"], ["", " VND"])
    facts = make_facts(rng, pool, "food", 10)
    sums = make_sums(rng, facts.sum, service=0.5, tax="added", card=rng.random() < 0.5)
    english = rng.random() < 0.4
    sheet = Sheet(int(rng.integers(40, 48)))
    _head(sheet, facts, hand, rng)
    sheet.put("HÓA ĐƠN THANH TOÁN", "center", size=1.2, bold=True, gap=0.5)
    sheet.put(f"{'Bill No' if english else 'Số hóa đơn'}{hand.colon}{facts.number}")
    sheet.put(f"{'Date' if english else 'Ngày'}{hand.colon}"
              f"{facts.when.strftime(f'{hand.day}  {hand.clock}')}")  # fmt: skip
    sheet.put(f"Bàn{hand.colon}{pick(rng, ['A', 'B', 'VIP '])}{rng.integers(1, 20)}")
    sheet.know(number=facts.number)
    sheet.know_time(facts.when, hand)
    sheet.rule("double")
    edges, aligns = (0, 0.48, 0.58, 0.78), "lcrr"
    heads = ("Item", "Qty", "Price", "Amount") if english else ("Tên hàng", "SL", "Giá", "Tiền")
    sheet.columns(edges, heads, aligns, bold=True)
    sheet.rule("line")
    for good in facts.goods:
        sheet.columns(
            edges,
            (good.name, hand.count(good.quantity), hand.plain(good.price), hand.plain(good.amount)),
            aligns,
        )
        sheet.item(good.name, good.amount, good.quantity, good.price)
    sheet.rule("line")
    sheet.pair("Subtotal" if english else "Cộng tiền hàng", hand.plain(sums.subtotal))
    if sums.service:
        sheet.pair("Service charge 5%" if english else "Phí dịch vụ (5%)", hand.plain(sums.service))
    sheet.pair(f"{'VAT' if english else 'Thuế GTGT'} ({sums.tax_rate}%)", hand.plain(sums.tax or 0))
    sheet.know(subtotal=sums.subtotal, service=sums.service, tax=sums.tax)
    _paid(sheet, sums, hand, "GRAND TOTAL" if english else "TỔNG CỘNG", english=english)
    sheet.put(facts.thanks, "center", gap=0.7)
    return sheet.finished()


def pharmacy(rng: Random, pool: Pool) -> Sheet:
    """Numbered names with quantity, unit and price below, the amount at the right."""
    hand = make_hand(rng, ["dots", "commas"], ["", "đ"])
    facts = make_facts(rng, pool, "drugs", 6)
    sums = make_sums(rng, facts.sum)
    sheet = Sheet(int(rng.integers(34, 42)))
    _head(sheet, facts, hand, rng)
    sheet.put("HÓA ĐƠN BÁN THUỐC", "center", bold=True, gap=0.6)
    sheet.put(f"Số phiếu{hand.colon}{facts.number}")
    sheet.put(f"Ngày{hand.colon}{facts.when.strftime(f'{hand.day} {hand.clock}')}")
    sheet.put(f"Người bán{hand.colon}{facts.cashier}")
    sheet.know(number=facts.number, cashier=facts.cashier)
    sheet.know_time(facts.when, hand)
    sheet.rule("dash")
    for number, good in enumerate(facts.goods, 1):
        sheet.put(f"{number}. {good.name}")
        sheet.pair(
            f"{hand.count(good.quantity)} {good.unit} x {hand.plain(good.price)}",
            hand.plain(good.amount), at=0.62,
        )  # fmt: skip
        sheet.item(good.name, good.amount, good.quantity, good.price)
    sheet.rule("dash")
    _paid(sheet, sums, hand, pick(rng, ["Tổng tiền", "TỔNG CỘNG"]))
    sheet.put(facts.thanks, "center", gap=0.7)
    return sheet.finished()


def convenience(rng: Random, pool: Pool) -> Sheet:
    """Name and amount in a row, several of one below it; the tax is contained."""
    hand = make_hand(rng, ["dots", "commas", "cents"], ["", "đ"])
    facts = make_facts(rng, pool, "grocery", 6)
    sums = make_sums(rng, facts.sum, tax="contained", card=rng.random() < 0.4)
    sheet = Sheet(int(rng.integers(32, 40)))
    _head(sheet, facts, hand, rng, branch="Cửa hàng")
    sheet.put("PHIẾU TÍNH TIỀN", "center", bold=True, gap=0.5)
    sheet.pair(facts.when.strftime(hand.day), facts.when.strftime(hand.clock))
    sheet.put(f"Số HĐ{hand.colon}{facts.number}")
    sheet.know(number=facts.number)
    sheet.know_time(facts.when, hand)
    sheet.rule("dash")
    for good in facts.goods:
        sheet.pair(good.name, hand.plain(good.amount), at=0.7)
        if good.quantity > 1:
            sheet.put(f"   {hand.count(good.quantity)} x {hand.plain(good.price)}")
            sheet.item(good.name, good.amount, good.quantity, good.price)
        else:
            sheet.item(good.name, good.amount)
    sheet.rule("dash")
    _paid(sheet, sums, hand, "TỔNG CỘNG")
    sheet.pair(f"Thuế GTGT {sums.tax_rate}% (đã gồm)", hand.plain(sums.tax or 0), at=0.66)
    sheet.know(tax=sums.tax)
    sheet.put(facts.thanks, "center", gap=0.7)
    return sheet.finished()


def invoice(rng: Random, pool: Pool) -> Sheet:
    """A sales invoice on A5 without lines: seller left, number right, five columns."""
    hand = make_hand(rng, ["dots", "commas"], ["", " đ", " VNĐ"])
    facts = make_facts(rng, pool, "things", 7)
    sums = make_sums(rng, facts.sum, tax="added", discount=0.3)
    sheet = Sheet(int(rng.integers(64, 76)))
    sheet.put(facts.company, size=1.15, bold=True)
    sheet.put(f"Địa chỉ: {facts.address}")
    sheet.put(f"MST: {facts.tax_code}   ĐT: {facts.phone}")
    sheet.put("HÓA ĐƠN GIÁ TRỊ GIA TĂNG", "center", size=1.5, bold=True, gap=0.7)
    sheet.columns(
        (0, 0.5), (f"Ngày: {facts.when.strftime(hand.day)}", f"Số hóa đơn: {facts.number}"), "lr"
    )
    sheet.put(f"Khách hàng: {pick(rng, pool.people)}")
    sheet.rule("line", gap=0.3)
    edges, aligns = (0, 0.08, 0.5, 0.6, 0.8), "clcrr"
    sheet.columns(
        edges, ("STT", "Tên hàng", "Số lượng", "Đơn giá", "Thành tiền"), aligns, bold=True
    )
    sheet.rule("line")
    for number, good in enumerate(facts.goods, 1):
        sheet.columns(
            edges,
            (str(number), good.name, hand.count(good.quantity), hand.plain(good.price),
             hand.plain(good.amount)),
            aligns,
        )  # fmt: skip
        sheet.item(good.name, good.amount, good.quantity, good.price)
    sheet.rule("line")
    sheet.pair("Cộng tiền hàng", hand.plain(sums.subtotal), at=0.7)
    if sums.discount:
        sheet.pair("Chiết khấu", hand.plain(sums.discount), at=0.7)
    sheet.pair(f"Thuế GTGT {sums.tax_rate}%", hand.plain(sums.tax or 0), at=0.7)
    sheet.pair("Tổng cộng thanh toán", hand.money(sums.total), at=0.7, bold=True)
    sheet.columns((0, 0.5), ("Người mua", "Người lập phiếu"), "cc", gap=0.8)
    sheet.know(
        shop=facts.company, address=facts.address, tax_code=facts.tax_code, phone=facts.phone,
        date=f"{facts.when:%Y-%m-%d}", number=facts.number, subtotal=sums.subtotal,
        discount=sums.discount, tax=sums.tax, total=sums.total,
    )  # fmt: skip
    return sheet.finished()


def delivery(rng: Random, pool: Pool) -> Sheet:
    """A delivery bill: labels above their values, amounts at the right, a fee."""
    hand = make_hand(rng, ["dots"], ["đ", " đ", "₫"])
    facts = make_facts(rng, pool, pick(rng, ["food", "drinks"]), 5)
    sums = make_sums(rng, facts.sum, discount=0.5, fee=1.0, card=True)
    sheet = Sheet(int(rng.integers(34, 42)))
    sheet.put("ĐƠN GIAO HÀNG", "center", bold=True)
    sheet.put(hand.head(facts.shop), "center", size=1.3, bold=True)
    sheet.put(facts.address, "center")
    sheet.put("Mã đơn:", gap=0.5)
    sheet.put(facts.number, bold=True)
    sheet.put("Ngày đặt:")
    sheet.put(facts.when.strftime(f"{hand.day} {hand.clock}"))
    sheet.rule("dash")
    for good in facts.goods:
        sheet.pair(f"{good.name} x{hand.count(good.quantity)}", hand.money(good.amount), at=0.72)
        sheet.item(good.name, good.amount, good.quantity)
    sheet.rule("dash")
    sheet.pair("Tiền hàng", hand.money(sums.subtotal))
    sheet.pair("Phí vận chuyển", hand.money(sums.fee or 0))
    if sums.discount:
        sheet.pair("Voucher", "-" + hand.money(sums.discount))
    sheet.pair("Tổng thanh toán", hand.money(sums.total), size=1.2, bold=True)
    sheet.put(facts.thanks, "center", gap=0.6)
    sheet.know(
        shop=hand.head(facts.shop), address=facts.address, number=facts.number,
        subtotal=sums.subtotal, discount=sums.discount, total=sums.total,
    )  # fmt: skip
    sheet.know_time(facts.when, hand)
    return sheet.finished()


def _head(sheet: Sheet, facts: Facts, hand: Hand, rng: Random, branch: str = "") -> None:
    """Shop, branch, address, telephone and tax code in the middle."""
    sheet.put(hand.head(facts.shop), "center", size=float(rng.uniform(1.1, 1.6)), bold=True)
    sheet.know(shop=hand.head(facts.shop), address=facts.address)
    if branch:
        sheet.put(f"{branch} {facts.branch}", "center")
        sheet.know(branch=f"{branch} {facts.branch} | {facts.branch}")
    sheet.put(pick(rng, ["", "ĐC: ", "Địa chỉ: "]) + facts.address, "center")
    if rng.random() < 0.8:
        sheet.put(f"{pick(rng, ['ĐT', 'Tel', 'Hotline'])}: {facts.phone}", "center")
        sheet.know(phone=facts.phone)
    if rng.random() < 0.5:
        sheet.put(f"{pick(rng, ['MST', 'Mã số thuế'])}: {facts.tax_code}", "center")
        sheet.know(tax_code=facts.tax_code)


def _paid(sheet: Sheet, sums: Sums, hand: Hand, label: str, *, english: bool = False) -> None:
    """Total, what was handed over, and what was handed back."""
    sheet.pair(label, hand.money(sums.total), size=1.2, bold=True)
    sheet.know(total=sums.total, paid=sums.paid)
    if sums.change == 0:
        sheet.pair("Card" if english else "Thẻ tín dụng", hand.money(sums.paid))
        return
    sheet.pair("Cash" if english else "Tiền khách đưa", hand.money(sums.paid))
    sheet.pair("Change" if english else "Tiền thừa", hand.money(sums.change))
    sheet.know(change=sums.change)


LAYOUTS: dict[str, dict[str, Layout]] = {
    "develop": {
        layout.__name__: layout
        for layout in (
            supermarket, cafe, restaurant, pharmacy, convenience, invoice, delivery,
        )
    },
    "held": receipt_layouts_held.LAYOUTS,
    "fresh": receipt_layouts_fresh.LAYOUTS,
}  # fmt: skip
