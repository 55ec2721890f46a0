"""What a rendered receipt says before it is laid out: goods, sums that agree, who and when."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import numpy as np

from inspector_app.learning.line_texts import pick
from inspector_app.learning.receipt_vocabulary import Pool

Random = np.random.Generator
# Unit prices in thousand dong, least and most, by trade.
_PRICES = {
    "grocery": (4, 260), "food": (15, 420), "drinks": (12, 75), "drugs": (8, 320),
    "things": (5, 1900), "fuel": (19, 26), "bakery": (8, 90), "cinema": (35, 220),
    "karaoke": (12, 260), "books": (6, 240), "market": (18, 390), "laundry": (15, 180),
}  # fmt: skip
_UNITS = {
    "grocery": ("Gói", "Chai", "Hộp", "Cái"), "food": ("Phần", "Đĩa", "Nồi"),
    "drinks": ("Ly", "Cốc"), "drugs": ("Hộp", "Vỉ", "Chai"), "things": ("Cái", "Bộ", "Cuộn"),
    "fuel": ("Lít",), "bakery": ("Cái",), "cinema": ("Vé",), "karaoke": ("Lon", "Đĩa"),
    "books": ("Cuốn", "Cái"), "market": ("Kg",), "laundry": ("Cái", "Kg"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Good:
    """One row of goods; `amount` is quantity times price, rounded to the dong."""

    name: str
    unit: str
    quantity: float
    price: int
    amount: int


@dataclass(frozen=True, slots=True)
class Facts:
    """Who sells, when, and what."""

    shop: str
    company: str
    branch: str
    address: str
    phone: str
    tax_code: str
    when: datetime.datetime
    number: str
    cashier: str
    goods: tuple[Good, ...]
    thanks: str

    @property
    def sum(self) -> int:
        """Of the goods."""
        return sum(good.amount for good in self.goods)


@dataclass(frozen=True, slots=True)
class Sums:
    """What is reckoned below the goods; None where the receipt has none of it.

    Attributes:
        subtotal: Of the goods.
        discount: Taken off, positive.
        service: Charged for it.
        tax: Added, or contained in the goods.
        tax_rate: In per cent.
        fee: Of delivery.
        total: To pay.
        paid: Handed over.
        change: Handed back.
    """

    subtotal: int
    discount: int | None
    service: int | None
    tax: int | None
    tax_rate: int
    fee: int | None
    total: int
    paid: int
    change: int


def make_facts(rng: Random, pool: Pool, trade: str, most: int = 8, *, whole: bool = True) -> Facts:
    """Draws a sale.

    Args:
        rng: Decides everything.
        pool: Words.
        trade: Key of `pool.goods`.
        most: Rows of goods at most.
        whole: False lets goods be weighed.
    """
    names = pool.goods[trade]
    count = int(rng.integers(1, min(most, len(names)) + 1))
    chosen = [names[int(at)] for at in rng.permutation(len(names))[:count]]
    digits = "".join(map(str, rng.integers(0, 10, 24)))
    house = f"{rng.integers(1, 700)}" + pick(rng, ["", "", "A", f"/{rng.integers(1, 60)}"])
    parts = [f"{house} {pick(rng, pool.streets)}", pick(rng, pool.wards), pick(rng, pool.towns)]
    when = datetime.datetime(2019, 1, 1, 7) + datetime.timedelta(
        days=int(rng.integers(2900)), seconds=int(rng.integers(15 * 3600))
    )
    return Facts(
        shop=pick(rng, pool.shops[trade]),
        company=pick(rng, pool.companies),
        branch=pick(rng, pool.streets).removeprefix("đường ").removeprefix("Đường "),
        address=", ".join(parts),
        phone=pick(
            rng,
            [
                f"0{3 + int(digits[0]) % 7}{digits[1:9]}",
                f"028 {3 + int(digits[0]) % 6}{digits[1:4]} {digits[4:8]}",
                f"0{3 + int(digits[0]) % 7}{digits[1:3]} {digits[3:6]} {digits[6:9]}",
                f"1900 {digits[:4]}",
            ],
        ),
        tax_code=f"0{1 + int(digits[9]) % 4}{digits[10:18]}"
        + pick(rng, ["", "", f"-0{1 + int(digits[18]) % 9:02d}"]),
        when=when,
        number=pick(
            rng,
            [
                f"HD{digits[:6]}",
                digits[:8],
                f"{when:%y%m%d}-{digits[:4]}",
                f"{digits[:3]}/{when:%Y}",
                f"{pick(rng, ['A', 'B', 'K', 'M'])}{digits[:5]}",
            ],
        ),
        cashier=pick(rng, pool.people),
        goods=tuple(_good(rng, name, trade, whole=whole) for name in chosen),
        thanks=pick(rng, pool.thanks),
    )


def _good(rng: Random, name: str, trade: str, *, whole: bool) -> Good:
    low, high = _PRICES[trade]
    price = int(np.exp(rng.uniform(np.log(low), np.log(high)))) * 1000
    price += int(rng.choice([0, 0, 0, 500, 900]))
    quantity = float(rng.choice([1, 1, 1, 2, 2, 3, 4, 5, 10]))
    if not whole and rng.random() < 0.3:
        quantity = int(rng.integers(120, 2400)) / 1000
    amount = round(quantity * price)
    return Good(name, pick(rng, _UNITS[trade]), quantity, price, amount)


def make_sums(
    rng: Random,
    goods: int,
    *,
    discount: float = 0.0,
    service: float = 0.0,
    tax: str = "",
    fee: float = 0.0,
    card: bool = False,
) -> Sums:
    """Draws sums that agree.

    Args:
        rng: Decides everything.
        goods: Sum of the goods.
        discount: Chance of one.
        service: Chance of a charge for service.
        tax: "added", "contained" or empty.
        fee: Chance of one for delivery.
        card: Whether exactly the total is paid.
    """
    off = service_charge = delivery = None
    if rng.random() < discount:
        off = max(1000, round(goods * float(rng.choice([0.05, 0.1, 0.15, 0.2])) / 1000) * 1000)
    base = goods - (off or 0)
    if rng.random() < service:
        service_charge = round(base * 0.05)
    base += service_charge or 0
    rate = int(rng.choice([5, 8, 8, 10]))
    added = round(base * rate / 100) if tax == "added" else None
    contained = round(base * rate / (100 + rate)) if tax == "contained" else None
    if rng.random() < fee:
        delivery = int(rng.integers(12, 46)) * 1000
    total = base + (added or 0) + (delivery or 0)
    note = int(rng.choice([10_000, 50_000, 100_000, 500_000]))
    paid = total if card else -(-total // note) * note
    taxed = added if added is not None else contained
    return Sums(goods, off, service_charge, taxed, rate, delivery, total, paid, paid - total)
