"""Words that say what an amount on a receipt is, in both languages, found also when misread."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from inspector_app.parsing.documents.folding import find_near, label_key

# kind -> (weight, phrases as `label_key` writes them). The longest phrase in a label decides.
_PHRASES: dict[str, tuple[tuple[float, str], ...]] = {
    "total": (
        (
            1.0,
            "grandtotal totalrounded roundedtotal nettotal nettamount netamount totalafterrounding "
            "totalafteradj amountdue totaldue totalpayable amountpayable amtdue finaltotal baldue "
            "balancedue totalamtpayable totalamountpayable amounttobepaid totalamtrounded "
            "totalamountrounded totalroundedamount totaltopay pleasepay amttopay balancetopay "
            "totalafterroundingadj totalincludingrounding totalamountdue acceptedtotal "
            "tongthanhtoan tongcongtienthanhtoan tongtienthanhtoan tongcongthanhtoan "
            "khachphaitra phaithanhtoan khachcantra canthanhtoan tongtienphaithanhtoan "
            "sotienphaithanhtoan sotienthanhtoan tienphaitra thanhtoanvnd tongphaitra "
            "tongcongphaithanhtoan tienthanhtoan phaitra",
        ),
        (
            0.9,
            "total tongcong tongtien totalamount totalamt totalrm totalsale tongsotien "
            "tongcongtien tongthanh tongtienvnd tongcuoccuoc tongcuoc amounttotal totalvnd "
            "tonghoadon tcong thanhtoan tongthu",
        ),
        (
            0.8,
            "totalinclgst totalinclusive totalincl totalsalesinclusive totalsalesincl "
            "inclusiveofgst inclusivegst totalwithgst amountinclgst totalincludinggst "
            "totalincludesgst totalinclusivegst totalinc totalinvat totalttc thanhtien totalsales "
            "totalinclvat totalinclusiveofgst totalsalesinclusiveofgst inclusiveofsst "
            "totalgross totalrminclofgst totaltakeout",
        ),
        (
            0.55,
            "grossamt grossamount tong cong sum baltotal amount payable balance bal sale "
            "saleamount fuelsale",
        ),
    ),
    "subtotal": (
        (
            0.9,
            "subtotal subttl sumtotal totalexcludinggst totalexcl excludinggst exclgst "
            "totalsalesexcludinggst beforetax tamtinh tongtienhang congtienhang tienhang "
            "congtienmon tongtienmon congtiendichvu tongtiendichvu tongcongdichvu congdichvu "
            "conghanghoa tongcongtruocthue truocthue totalbeforetax netttl grosstotal "
            "taxable taxableamount totalbeforediscount tongchuagiam amtexclgst totalexclgst "
            "netsales netsale totalbeforegst totalexc  tongtruocgiam amountexcl",
        ),
        (0.6, "subtot"),
    ),
    "tax": (
        (
            0.9,
            "totalgst gstpayable gsttotal gst tax salestax vat thuegtgt thuevat thue tienthuegtgt "
            "tienthue gtgt trongdovat trongdothue totaltax taxtotal vattotal gstamount taxamount "
            "sst servicetax "
            "totaltaxes vatttl gstincluded gsttax govttax billinclusive includedgst hst pst "
            "amountgst totalincludesgst6 gstincludedintotal totalvat vatamount",
        ),
    ),
    "service": (
        (
            0.9,
            "servicecharge servcharge svccharge svcchg svrchg phiphucvu phidichvu sercharge "
            "servicechg srvcharge svccrg",
        ),
    ),
    "discount": (
        (
            0.9,
            "discount disc giamgia chietkhau khuyenmai voucher coupon totaldiscount uudai "
            "giamgiathanhvien tonggiamgia totaldisc lessdiscount memberdiscount totalitemdiscount "
            "tienchietkhau tiengiam giamtru bot giam markdown promo",
        ),
    ),
    "rounding": (
        (
            0.9,
            "rounding roundingadj roundingadjustment roundadj roundingadjust rounded lamtron "
            "roundoff rounddown roundup round adjustment billrounding",
        ),
    ),
    "paid": (
        (
            0.9,
            "cash cashtendered tendered tender visa mastercard master creditcard credit debit "
            "payment paidamount amountpaid cashreceived paid amex nets eftpos debitcard card "
            "tienmat khachdua tienkhachdua khachtra khachthanhtoan tienkhachtra tiennhan "
            "chuyenkhoan thenganhang theatm the vietqr shopeepay "
            "quetthe vidientu "
            "momo zalopay vnpay thetindung thanhtoanthe tratruoc dathanhtoan datra cashsale "
            "customerpayment customerspayment paymentamount tiennhantukhach khachduatien cheque "
            "check grabpay boost tngewallet ewallet wechatpay alipay qrpay thevisa cashmyr "
            "cashrm cashpaid epay",
        ),
    ),
    "change": (
        (
            0.9,
            "change changedue cashchange changeamt changerm tienthua tienthoi thoilai tralai "
            "tienthoilai tienthuatrakhach tientralai tralaikhach tienthuatralai changecash "
            "balancechange thua tienthuatralaikhach thoitien changeamount "
            "trakhach thoi",
        ),
    ),
    "none": (
        (
            1.0,
            "totalqty totalquantity totalitem totalitems itemcount qtycount totalsaving "
            "totalsavings totalpoints totalstamp tongsoluong tongsl tongsomon totalpcs "
            "points savings saved yousaved totalpromotionalsaving balancebefore balanceafter "
            "openingbalance closingbalance noofitems itemssold qtytender totalqtytender "
            "numberofitems totalunits tongsosp tongsosanpham totalnumber tongmathang tongsomathang "
            "gstsummary taxsummary gstanalysis tipguide gratuity suggested tongdiem diem "
            "loyalty earned redeemed compareat totalvisit phone tel fax "
            "totalcovers gstno gstid gstreg regno taxinvoice taxcode gstcode vatreg vatno "
            "checkclosed cashier cashcarry subwtax masothue tipamount creditlimit totalsold "
            "cardnumber cardno cardtype orderno ordernumber checkno dutyfree cashbill "
            "totaldepartment totaldept",
        ),
    ),
}
_TABLE: tuple[tuple[str, str, float], ...] = tuple(
    sorted(
        (
            (phrase, kind, weight)
            for kind, groups in _PHRASES.items()
            for weight, phrases in groups
            for phrase in phrases.split()
        ),
        key=lambda entry: -len(entry[0]),
    )
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ALONE = _words(
    "bal sale tong cong sum amount payable balance cash card check credit debit round tax gst "
    "vat thue thua disc master paid total adjustment promo visa change tender diem tel "
    "taxable points saved phone fax nets hst pst sst earned gtgt "
)  # words that are parts of longer ones: the label must begin or end with them
# Too common within other labels: they must be all of it.
_WHOLE = _words("tong cong sum thua bal sale diem bot giam the thoi thanhtoan")
_WORDS = _words(
    "total subtotal amount payable rounding rounded adjustment change discount service charge "
    "tendered inclusive excluding balance received grand "
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a label says.

    Attributes:
        kind: "total", "subtotal", "tax", "service", "discount", "rounding", "paid", "change", or
            "none" for what looks like one of them and is not (number of items, points).
        weight: How plainly, 0..1.
    """

    kind: str
    weight: float


@lru_cache(maxsize=2048)
def find_anchor(label: str) -> Anchor | None:
    """Returns what the label of an amount says; None when it says nothing known."""
    key = label_key(label)
    if len(key) < 3:
        return None
    found = _of_key(key)
    if found is None:
        mended = " ".join(_mended(word) for word in label.split())
        if mended != label:
            other = _of_key(label_key(mended))
            return Anchor(other.kind, other.weight * 0.85) if other else None
    return found


def _mended(word: str) -> str:
    """A word as it must have been, when it differs from one we know by a letter or two."""
    key = label_key(word)
    if len(key) < 5 or key in _WORDS:
        return word
    for known in sorted(_WORDS):
        if abs(len(known) - len(key)) <= 1 and key[0] == known[0]:
            errors = find_near(known, key, 1 if len(known) < 7 else 2)
            if errors is not None:
                return known
    return word


def _of_key(key: str) -> Anchor | None:
    exact: Anchor | None = None
    for phrase, kind, weight in _TABLE:
        if phrase in key and _fits(phrase, key):
            exact = _refined(kind, weight, phrase, key)
            if len(phrase) > 4 or len(key) < 9:
                return exact
            break
    if len(key) > 40:
        return exact
    for phrase, kind, weight in _TABLE:
        if len(phrase) < 5 or abs(len(key) - len(phrase)) > 8:
            continue
        errors = find_near(phrase, key, 1 if len(phrase) < 9 else 2)
        near_start = key[:1] == phrase[:1] or key[-1:] == phrase[-1:]
        if errors is not None and near_start and _fits(phrase, key, errors):
            return _refined(kind, weight * 0.85, phrase, key)
    return exact


def _fits(phrase: str, key: str, slack: int = 0) -> bool:
    if phrase in _WHOLE:
        return key == phrase if not slack else abs(len(key) - len(phrase)) <= 1
    if phrase in _ALONE:
        if slack:
            return abs(len(key) - len(phrase)) <= 1
        if phrase == "disc":
            return key.startswith(phrase) and len(key) < 9
        return key.startswith(phrase) or key.endswith(phrase) or len(key) <= len(phrase) + 8
    return True


def _refined(kind: str, weight: float, phrase: str, key: str) -> Anchor:
    if kind == "total":
        if "excl" in key or "beforetax" in key or "chuabaogom" in key or "truocthue" in key:
            return Anchor("subtotal", weight)
        if any(word in key for word in ("totalgst", "totaltax", "totalvat", "totaldisc")):
            return Anchor("tax" if "disc" not in key else "discount", weight)
        if phrase in ("thanhtien",) and key != phrase:
            weight *= 0.9
        weight *= max(0.7, 1.0 - 0.02 * max(len(key) - len(phrase) - 2, 0))
    if kind == "paid" and len(key) > len(phrase) + 18:
        return Anchor("none", 0.5)
    return Anchor(kind, weight)
