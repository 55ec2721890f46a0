"""Words of the head of a receipt: legal forms, kinds of shops, streets, towns."""

from __future__ import annotations

import re

from inspector_app.parsing.documents.folding import fold, similarity

LEGAL = re.compile(
    r"\bs(?:dn|nd|on|bn|ndn)\W{0,3}b(?:hd|ho|hb|nd|h0)\b|sdn\W{0,2}bh[do]?|\bs/b\b|"
    r"(?<=\w\s)s\.?b\.?(?=\(|$)|"
    r"\bpte\W{0,3}ltd|\bltd\b|\bbhd\b|"
    r"\bllc\b|\binc\b\.?|\bgmbh\b|\bplc\b|\bcong ty\b|^cty\b|\bcty\b|\bctcp\b|\btnhh\b|\bdntn\b|"
    r"doanh nghiep|ho kinh doanh|hkd\b|hop tac xa|(?<!\btruong )\bs\.?a\.?\b$|\bco\.,? ?ltd"
)
KIND = re.compile(
    r"enterprise|trading|restoran|restaurant|stationery|hardware|\bshop\b|store|mart\b|market|"
    r"\bcafe|coffee|kedai|bakery|bistro|pharmacy|hotel|books?\b|station|perniagaan|syarikat|"
    r"kitchen|grill|sushi|pizza|\bbar\b|\bpub\b|gallery|services|centre|center|"
    r"nha hang|sieu thi|cua hang|nha thuoc|khach san|quan |tiem |tra sua|nha sach|pho |bun |"
    r"marketing|company|agency|\bgift|\bdeco\b|house\b|furniture|optical|clinic|klinik|farmasi|"
    r"pasar|bakeries|catering|supplies|network|electric|laundry|motor|food|"
    r"phong kham|benh vien|salon|spa\b|rap |taxi|shop|thoi trang|cash & carry|petro|sdn"
)
NOISE = re.compile(
    r"invoice|receipt|welcome|thank|^tq for|copy|order number|guest check|customer|your order|"
    r"www\.|http|@\w+\.|\.com|hoa don|phieu|bien lai|xin chao|kinh chao|cam on|operated by|"
    r"owned by|managed by|duplicate|reprint|original|your receipt|dine.?in|take.?(?:out|away)|"
    r"signature|^table|^ban\b|^date|^ngay|^time|cash sale|^cash$|^bill\b|^order|^tax\b|^chk|"
    r"goods sold|returnable|closed|^#?\d+$|like us|follow us|facebook|wifi|proud|powered|"
    r"^\W*don\s(?:giao\s)?hang\b|"
    r"^\W*company\s+no|^co\b\W*(?:reg|no)|^reg|^br no|^roc|^tel|^fax|^store\s?#?\d*$"
)
REG = re.compile(
    r"\s*[(\[]?\s*(?:co\.?\s?(?:reg\.?)?\s?no\.?\s?:?\s?|company\s?no\.?\s?:?\s?|"
    r"reg\.?\s?no\.?\s?:?\s?)?"
    r"\d{4,}\s?[-–]?\s?[A-Za-z]{0,2}\s?[)\]]?\s*(?:fka\b.*|f\.?k\.?a\..*)?$",
    re.IGNORECASE,
)
STREET = re.compile(
    r"\b(?:ja[li1]an|j[li1]n|jl|lorong|lrg|persiaran|lebuh|taman|tmn|bandar|kawasan|kampung|kg|"
    r"batu|seksyen|sek|"
    r"lot|unit|level|floor|flr|blok|block|b[li1]k|plaza|mall|menara|tower|wisma|bangunan|kompleks|"
    r"street|road|avenue|boulevard|blvd|drive|highway|hwy|suite|lane|parkway|pkwy|"
    r"duong|phuong|quan|huyen|thi xa|thanh pho|tinh|khu pho|khu do thi|kdt|kcn|ap|thon|xa|so nha|"
    r"tang|toa nha|quoc lo|ql|ngo|ngach|hem|district|ward|city|tttm|pasar|desa|d\.e)\b|"
    r"\b(?:st|rd|ave|dr|ln|sq)\b\.?(?:,|$|\s)|\bkm\s?\d|\bq\.\s?\d|"
    r"\bp\.\s?(?:\d|(?![om]\b)[a-z]{2})|\bq\.|\btp\b\.?|"
    r"\bno\s?[.:]?\s?[a-z]?\d|"
    r"\b[a-z]{2,3}\s?\d{1,2}[a-z]?/\d+[a-z]?\b"
)
GLUED = re.compile(
    r"jalan|jln|taman|bandar|kawasan|seksyen|selangor|kualalumpur|\d+(?:[ewns]\.?)?[a-z]+"
    r"(?:street|road|avenue|blvd|boulevard|drive|highway|parkway|ave\b|rd\b|st\b|lane)|"
    r"(?:street|road|avenue|boulevard|drive|highway)\b"
)
TOWN = re.compile(
    r"selangor|kuala\s?lumpur|johor|penang|pulau pinang|perak|melaka|sarawak|sabah|pahang|kedah|"
    r"kelantan|terengganu|negeri sembilan|perlis|putrajaya|labuan|darul|petaling jaya|"
    r"shah alam|malaysia|wilayah|singapore|ha noi|hanoi|ho chi minh|hcm|da nang|can tho|hai phong|"
    r"\bhue\b|nha trang|khanh hoa|dong nai|bien hoa|binh duong|vung tau|da lat|lam dong|"
    r"\b[a-z.]+,?\s?[a-z]{2}\.?\s?\d{5}(?:-\d{4})?\b|\b\d{5}\s+[a-z]{3,}|london|new\s?york"
)
TITLE = re.compile(r"\binvoice\b|\breceipt\b|hoa don|phieu|bill to|customer")
ADDRESS_LABEL = re.compile(
    r"^\W*(?:dia chi|d/c|dc|add(?:ress)?|alamat|cn|cua hang|(?:cs|co so)\s?\d{0,2})\s?[.:]\s*"
)
STOP = re.compile(
    r"invoice|receipt|\bg[s5][ti1l]\b|gst\s?(?:id|reg|no)|\bmobile\b|whatsapp|care\s?line|"
    r"hotline|tax\s?(?:id|reg)|^\W*tax\b|\bmst\b|ma so thue|\bdate\b|"
    r"^date|cashier|^bill|\bbill no|^inv\b|^order|^table|^tbl|^chk|^check|^doc|^trn|^trans|^slip|"
    r"^pos\b|^station|^staff|^operator|^counter|^terminal|^server|^guest|^host|welcome|hoa don|"
    r"phieu|bien lai|^ngay|^so\s?[:.#]|^ban\b|thu ngan|nhan vien|e-?mail|website|www|http|@\w+\.|"
    r"\.com\b|^roc\b|co\W{0,2}reg|company\s?(?:no|reg)|^reg\b|^\W*\d{5,}-[a-z]\W*$|^\W*\d{6,}\W*$|"
    r"^abn|^cif|owned by|operated by|opening|shopping hours|^store\s?#|^reg#|\btime\b|description|"
    r"^qty|^item|cash sale|^cash$|receipt|bill to|customer|^member|retail store|thank|order\s?#|"
    r"^\W*-+\s|^ticket|^waiter|^duplicate|guest check|^pump|^regularcheck|^vat\b|^kassa|^auth|"
    r"^h/p|^ma (?!thuot)|^stt\s?[:.]|^mang (?:di|ve)\b|^(?:dung|an|uong) tai\b|^thoi gian|"
    r"^so (?:don|phieu|hd|ct|gd|ve|bill)\b"
)


def mend_suffix(name: str) -> str:
    """Writes a misread legal form as it must be: "SIN BHD", "SDN 3HD", "5/B"."""
    glued = re.search(r"(?<=[A-Z])S[DO0][NH]BHD\W*\w?$", name)
    if glued:
        return f"{name[: glued.start()]} SDN BHD"
    match = re.search(
        r"(?<=[\w)])[\s.]*\b(?P<a>[Ss5]\w{1,3})\.?\s{0,2}(?P<b>\w{2,4})\W{0,2}$", name
    )
    if match and 0.66 < similarity(match["a"] + match["b"], "sdnbhd") < 1.0:
        upper = match["b"].isupper()
        return f"{name[: match.start()].rstrip(' .')} {'SDN BHD' if upper else 'Sdn Bhd'}"
    return re.sub(r"(?<=\s)5/B$", "S/B", name)


_SELLERS = (
    "công ty|cổ phần|trách nhiệm hữu hạn|một thành viên|hộ kinh doanh|doanh nghiệp|thương mại|"
    "dịch vụ|chi nhánh|cửa hàng|siêu thị|nhà hàng|nhà thuốc|hiệu thuốc|nhà sách|bách hóa"
)
_TOWNS = (
    "thành phố|thị xã|thị trấn|hồ chí minh|hà nội|đà nẵng|hải phòng|cần thơ|nha trang|khánh hòa|"
    "biên hòa|đồng nai|bình dương|vũng tàu|đà lạt|lâm đồng|buôn ma thuột|đắk lắk|quảng ninh|"
    "quảng nam|quảng ngãi|thanh hóa|nghệ an|thái nguyên|bắc ninh|hải dương|nam định|long an|"
    "tiền giang|an giang|kiên giang|bình thuận|bình định|thừa thiên huế|việt nam"
)


def mend_marks(text: str, *, towns: bool) -> str:
    """Puts marks right that were misread in words with one spelling: "CỔ PHẨN", "Hổ Chí Minh".

    Args:
        text: A name or an address. Without any mark it is left alone: the paper may have none.
        towns: Whether towns are meant, else legal forms and kinds of shops.
    """
    plain = fold(text)
    if len(plain) != len(text) or plain == text.casefold():
        return text
    for phrase in (_TOWNS if towns else _SELLERS).split("|"):
        for match in re.finditer(rf"(?<!\w){fold(phrase)}(?!\w)", plain):
            old = text[match.start() : match.end()]
            new = "".join(
                right.upper() if left.isupper() else right
                for left, right in zip(old, phrase, strict=True)
            )
            text = text[: match.start()] + new + text[match.end() :]
    return text


_STREET_WORDS = (
    "jalan jln blk blok block lot taman bandar kawasan perindustrian seksyen selangor "
    "malaysia kuala lumpur level floor lorong plaza mall street avenue building city village "
)
_KNOWN = {word.replace("i", "l"): word for word in _STREET_WORDS.split()}


def mend_word(word: str) -> str:
    """Puts right I, i and l in the words that addresses are made of: "JaIan", "BIk"."""
    known = _KNOWN.get(word.casefold().replace("i", "l"))
    if known is None or known == word.casefold():
        return word
    return known.upper() if word[1:].upper() == word[1:] else known.capitalize()
