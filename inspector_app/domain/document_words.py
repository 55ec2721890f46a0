"""Names of fields and sentences about documents, in both languages, for window and reports alike.

One list, so that a column of a workbook is called what the window calls the field.
"""

from __future__ import annotations

from inspector_app.domain.corrected import item_row, last_name

_NAMES: dict[str, tuple[str, str]] = {
    "shop": ("Shop", "Cửa hàng"),
    "branch": ("Branch", "Chi nhánh"),
    "address": ("Address", "Địa chỉ"),
    "phone": ("Telephone", "Điện thoại"),
    "tax_code": ("Tax code", "Mã số thuế"),
    "date": ("Date", "Ngày"),
    "time": ("Time", "Giờ"),
    "number": ("Number", "Số hóa đơn"),
    "cashier": ("Cashier", "Thu ngân"),
    "items": ("Items", "Mặt hàng"),
    "subtotal": ("Subtotal", "Tạm tính"),
    "discount": ("Discount", "Giảm giá"),
    "tax": ("Tax", "Thuế"),
    "service": ("Service charge", "Phí phục vụ"),
    "rounding": ("Rounding", "Làm tròn"),
    "total": ("Total", "Tổng cộng"),
    "paid": ("Paid", "Đã trả"),
    "change": ("Change", "Tiền thối"),
    "currency": ("Currency", "Tiền tệ"),
    "name": ("Name", "Tên"),
    "quantity": ("Quantity", "Số lượng"),
    "unit_price": ("Unit price", "Đơn giá"),
    "amount": ("Amount", "Thành tiền"),
    "company": ("Company", "Công ty"),
    "id_number": ("ID number", "Số định danh"),
    "id": ("ID number", "Số định danh"),
    "full_name": ("Full name", "Họ và tên"),
    "date_of_birth": ("Date of birth", "Ngày sinh"),
    "birth_date": ("Date of birth", "Ngày sinh"),
    "sex": ("Sex", "Giới tính"),
    "gender": ("Sex", "Giới tính"),
    "nationality": ("Nationality", "Quốc tịch"),
    "place_of_origin": ("Place of origin", "Quê quán"),
    "origin": ("Place of origin", "Quê quán"),
    "place_of_residence": ("Place of residence", "Nơi thường trú"),
    "residence": ("Place of residence", "Nơi thường trú"),
    "date_of_expiry": ("Valid until", "Có giá trị đến"),
    "expiry_date": ("Valid until", "Có giá trị đến"),
    "expiry": ("Valid until", "Có giá trị đến"),
    "date_of_issue": ("Date of issue", "Ngày cấp"),
    "issue_date": ("Date of issue", "Ngày cấp"),
}
_CONFLICTS: dict[str, tuple[str, str]] = {
    "items_sum": (
        "Items add up to {expected}, the receipt says {found}",
        "Các mặt hàng cộng lại là {expected}, hóa đơn ghi {found}",
    ),
    "subtotal": (
        "Items add up to {expected}, the subtotal says {found}",
        "Các mặt hàng cộng lại là {expected}, tạm tính ghi {found}",
    ),
    "total": (
        "Subtotal, discount and tax give {expected}, the total says {found}",
        "Tạm tính, giảm giá và thuế cho ra {expected}, tổng cộng ghi {found}",
    ),
    "change": (
        "Paid less the total is {expected}, the change says {found}",
        "Đã trả trừ tổng cộng là {expected}, tiền thối ghi {found}",
    ),
    "line_amount": (
        "{field}: quantity times unit price is {expected}, the line says {found}",
        "{field}: số lượng nhân đơn giá là {expected}, dòng này ghi {found}",
    ),
    "": (
        "{field}: the other numbers give {expected}, the document says {found}",
        "{field}: các số khác cho ra {expected}, trên giấy ghi {found}",
    ),
}
_SCHEMAS = {
    "receipt": ("Receipt", "Hóa đơn"),
    "id-card": ("ID card", "Căn cước"),
    "": ("Text only", "Chỉ chữ"),
}
_COLUMNS = {
    "documents": ("Documents", "Tài liệu"),
    "image": ("Image", "Ảnh"),
    "page": ("Page", "Trang"),
    "row": ("Row", "Dòng"),
    "schema": ("Schema", "Lược đồ"),
    "conflicts": ("Conflicts", "Mâu thuẫn"),
    "corrected": ("Corrected", "Đã sửa"),
    "summary": ("Summary", "Tóm tắt"),
    "reader": ("Read by", "Đọc bằng"),
    "read_at": ("Read at", "Đọc lúc"),
}


def field_name(path: str, language: str = "en") -> str:
    """Returns a field's name in words; that of the user's own schema as it is, without dashes.

    Args:
        path: "total", or "items.2.amount", which becomes "Amount 3".
        language: "en" or "vi".
    """
    name, row = last_name(path), item_row(path)
    words = _pick(_NAMES[name], language) if name in _NAMES else _spaced(name)
    return words if row is None else f"{words} {row + 1}"


def conflict_sentence(key: str, field: str, found: str, expected: str, language: str = "en") -> str:
    """Returns a conflict in words.

    Args:
        key: Of the conflict; an unknown one gets a general sentence.
        field: Name in words of the field that is in doubt.
        found: What the document says, as the language writes it.
        expected: What the other numbers give.
        language: "en" or "vi".
    """
    pattern = _pick(_CONFLICTS.get(key, _CONFLICTS[""]), language)
    return pattern.format(field=field, found=found, expected=expected)


def schema_name(schema: str, language: str = "en") -> str:
    """Returns a schema's name in words; that of a file is the file's own name."""
    if schema in _SCHEMAS:
        return _pick(_SCHEMAS[schema], language)
    return schema.replace("\\", "/").rsplit("/", 1)[-1]


def column_name(key: str, language: str = "en") -> str:
    """Returns the head of a column of an exported table."""
    return _pick(_COLUMNS[key], language)


def _pick(pair: tuple[str, str], language: str) -> str:
    return pair[1] if language == "vi" else pair[0]


def _spaced(name: str) -> str:
    words = name.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:] or name
