"""Words of the reports, in every language that a report can be written in."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime

LANGUAGES = ("en", "vi")

TEXTS: dict[str, dict[str, str]] = {
    "en": {
        "report": "Inspection report",
        "rendered": "Rendered images, not photographs: these figures say nothing about real parts.",
        "project": "Project file",
        "created": "Project made",
        "inspected": "Inspected",
        "span": "{first} to {last}",
        "nothing_inspected": "nothing inspected yet",
        "images": "Images",
        "recipe": "Recipe",
        "engine": "Engine",
        "none": "none",
        "limits": "Limits",
        "limits_line": "review above {review}, reject above {reject}",
        "limits_line_open": "review above {review}, no automatic reject",
        "no_reject": "no automatic reject",
        "limits_good": "set on {n} held-back good images for at most {rate} false alarms",
        "limits_unpromised": "too few good images to promise that rate",
        "limits_promised": "promised with {confidence} confidence",
        "limits_several": "several; see each image",
        "time": "Time an image",
        "time_line": "{median} s (median)",
        "people": "Overruled by people",
        "verdict": "Verdict",
        "share": "Share",
        "accept": "Accept",
        "review": "Review",
        "reject": "Reject",
        "unreadable": "Unreadable",
        "waiting": "Not inspected",
        "total": "Total",
        "pareto": "Defects, most frequent first",
        "pareto_note": "Findings on rejected and review images; those that a person rejected are "
        "left out. The line is the running share.",
        "pareto_empty": "No findings on rejected or review images.",
        "others": "others",
        "histogram": "Scores",
        "histogram_note": "Images by score: {engine}{recipe}.",
        "histogram_part": "Other engines and recipes have other units; left out: {n} images.",
        "histogram_empty": "No scores.",
        "review_limit": "review limit {value}",
        "reject_limit": "reject limit {value}",
        "label": "Label",
        "count": "Count",
        "running": "Running share",
        "score": "Score",
        "findings": "Findings",
        "finding": "Finding",
        "place": "Place, px",
        "whole": "whole image",
        "size": "Size, px",
        "author": "Author",
        "engine_author": "engine",
        "person_author": "person",
        "state": "State",
        "proposed": "proposed",
        "accepted": "accepted",
        "rejected": "rejected",
        "unsure": "unsure",
        "edited": "replaced",
        "note": "Note",
        "reasons": "Reasons",
        "image": "Image",
        "page": "Page",
        "folder": "Folder",
        "width": "Width",
        "height": "Height",
        "engine_verdict": "Engine's verdict",
        "person": "Overruled by",
        "code": "Code",
        "seconds": "Seconds",
        "trouble": "Trouble",
        "when": "Time (UTC)",
        "hash": "SHA-256",
        "adapter": "Adapter",
        "score_reject": "score {score}, above the reject limit {reject}",
        "score_review": "score {score}, above the review limit {review}, not above {reject}",
        "score_review_open": "score {score}, above the review limit {review}, no automatic reject",
        "score_accept": "score {score}, not above the review limit {review}",
        "score_only": "score {score}",
        "no_score": "no score",
        "overruled": "{person} decided: {verdict}. The engine's verdict: {engine}.",
        "overruled_none": "{person} decided: {verdict}. The engine gave no verdict.",
        "overruled_why": "Reason: {why}.",
        "no_findings": "No findings.",
        "picture_missing": "This image cannot be shown.",
        "picture_changed": "The file has changed since it was inspected.",
        "page_of": "Page {page} of {pages}",
        "all_images": "All images",
        "no_images": "The project has no images.",
        "cut": "Only the first {n} rejected and review images have a page; the list has all.",
        "cut_html": "Only the first {n} rejected and review images are shown; the list has all.",
        "glyphs": "Some characters are not in the font of this PDF and show as \ufffd; the HTML "
        "report has them.",
        "heat": "Heat map: warm where the score is high; contour at the region limit.",
        "boxes": "Solid boxes: engine. Dashed boxes: person.",
        "filter": "Filter by name, label, reason",
        "shown": "{n} of {total} shown",
        "all": "All",
        "reject_review": "Rejected and review images",
        "by": "Written by Inspector {version}",
        "as_of": "as of {when}",
        "summary": "Summary",
        "value": "Value",
        "to_top": "Back to the table",
        "conversation": "Conversation about an image",
        "no_messages": "Nothing was asked about this image.",
        "you": "You",
        "asked_region": "About the region {place}",
        "raw": "The model's text as it was",
        "stopped": "stopped",
        "failed": "failed",
        "running_seconds": "{seconds} s",
        "seed": "seed {seed}",
        "regions": "Dashed box: the region that was asked about.",
        "documents": "Documents",
        "items": "Items",
        "row": "Row",
        "schema": "Kind",
        "conflicts": "Conflicts",
        "corrected": "Corrected",
        "reader": "Read by",
        "read_at": "Read at",
        "field": "Field",
        "second": "Second reader",
        "unseen": "Not in the text",
        "decided": "Decided",
        "yes": "yes",
        "cut_talk": "Only the first {n} pictures are shown; all boxes are in the text.",
        "branch": "Branch {n}",
        "branch_after": "after “{text}”",
        "other_branches": "Other branches, not written: {n}",
        "marked_good": "marked as good",
        "marked_bad": "marked as bad",
        "put_right": "Put right: {text}",
        "context_given": "Context given",
        "examples_given": "Examples given",
        "golden_given": "Good parts given",
        "reasoning": "Reasoning",
        "options": "Likelihood of the options",
    },
    "vi": {
        "report": "Báo cáo kiểm tra",
        "rendered": "Ảnh dựng bằng máy, không phải ảnh chụp: các số liệu này không nói gì về chi "
        "tiết thật.",
        "project": "Tệp dự án",
        "created": "Dự án tạo lúc",
        "inspected": "Đã kiểm tra",
        "span": "{first} đến {last}",
        "nothing_inspected": "chưa kiểm tra ảnh nào",
        "images": "Ảnh",
        "recipe": "Công thức",
        "engine": "Bộ máy",
        "none": "không có",
        "limits": "Ngưỡng",
        "limits_line": "xem lại khi trên {review}, loại khi trên {reject}",
        "limits_line_open": "xem lại khi trên {review}, không tự loại",
        "no_reject": "không tự loại",
        "limits_good": "đặt theo {n} ảnh tốt để riêng, báo nhầm nhiều nhất {rate}",
        "limits_unpromised": "quá ít ảnh tốt để bảo đảm tỉ lệ đó",
        "limits_promised": "bảo đảm với độ tin cậy {confidence}",
        "limits_several": "nhiều ngưỡng; xem từng ảnh",
        "time": "Thời gian mỗi ảnh",
        "time_line": "{median} giây (trung vị)",
        "people": "Người sửa kết luận",
        "verdict": "Kết luận",
        "share": "Tỉ lệ",
        "accept": "Đạt",
        "review": "Xem lại",
        "reject": "Loại",
        "unreadable": "Không đọc được",
        "waiting": "Chưa kiểm tra",
        "total": "Tổng cộng",
        "pareto": "Lỗi, từ nhiều đến ít",
        "pareto_note": "Các phát hiện trên ảnh bị loại và ảnh cần xem lại; không tính phát hiện đã "
        "bị người bác bỏ. Đường kẻ là tỉ lệ cộng dồn.",
        "pareto_empty": "Không có phát hiện trên ảnh bị loại hoặc cần xem lại.",
        "others": "khác",
        "histogram": "Điểm số",
        "histogram_note": "Số ảnh theo điểm: {engine}{recipe}.",
        "histogram_part": "Bộ máy và công thức khác có đơn vị khác nên không tính vào: {n} ảnh.",
        "histogram_empty": "Không có điểm số.",
        "review_limit": "ngưỡng xem lại {value}",
        "reject_limit": "ngưỡng loại {value}",
        "label": "Nhãn",
        "count": "Số lượng",
        "running": "Tỉ lệ cộng dồn",
        "score": "Điểm",
        "findings": "Phát hiện",
        "finding": "Phát hiện",
        "place": "Vị trí, px",
        "whole": "toàn ảnh",
        "size": "Cỡ, px",
        "author": "Tác giả",
        "engine_author": "bộ máy",
        "person_author": "người",
        "state": "Trạng thái",
        "proposed": "đề xuất",
        "accepted": "chấp nhận",
        "rejected": "bác bỏ",
        "unsure": "chưa chắc",
        "edited": "đã thay",
        "note": "Ghi chú",
        "reasons": "Lý do",
        "image": "Ảnh",
        "page": "Trang",
        "folder": "Thư mục",
        "width": "Rộng",
        "height": "Cao",
        "engine_verdict": "Kết luận của bộ máy",
        "person": "Người thay đổi",
        "code": "Mã",
        "seconds": "Giây",
        "trouble": "Trục trặc",
        "when": "Lúc (UTC)",
        "hash": "SHA-256",
        "adapter": "Bộ chỉnh",
        "score_reject": "điểm {score}, trên ngưỡng loại {reject}",
        "score_review": "điểm {score}, trên ngưỡng xem lại {review}, không trên {reject}",
        "score_review_open": "điểm {score}, trên ngưỡng xem lại {review}, không tự loại",
        "score_accept": "điểm {score}, không trên ngưỡng xem lại {review}",
        "score_only": "điểm {score}",
        "no_score": "không có điểm",
        "overruled": "{person} quyết định: {verdict}. Kết luận của bộ máy: {engine}.",
        "overruled_none": "{person} quyết định: {verdict}. Bộ máy không kết luận.",
        "overruled_why": "Lý do: {why}.",
        "no_findings": "Không có phát hiện.",
        "picture_missing": "Không hiển thị được ảnh này.",
        "picture_changed": "Tệp đã thay đổi sau khi kiểm tra.",
        "page_of": "Trang {page} / {pages}",
        "all_images": "Tất cả ảnh",
        "no_images": "Dự án chưa có ảnh.",
        "cut": "Chỉ {n} ảnh bị loại và cần xem lại đầu tiên có trang riêng; bảng có đủ tất cả.",
        "cut_html": "Chỉ hiện {n} ảnh bị loại và cần xem lại đầu tiên; bảng có đủ tất cả.",
        "glyphs": "Một số ký tự không có trong phông chữ của PDF này và hiện thành \ufffd; báo cáo "
        "HTML có đủ.",
        "heat": "Bản đồ nhiệt: màu nóng là điểm cao; đường viền ở ngưỡng vùng.",
        "boxes": "Khung liền: bộ máy. Khung đứt: người.",
        "filter": "Lọc theo tên, nhãn, lý do",
        "shown": "hiện {n} trên {total}",
        "all": "Tất cả",
        "reject_review": "Ảnh bị loại và cần xem lại",
        "by": "Viết bởi Inspector {version}",
        "as_of": "tính đến {when}",
        "summary": "Tóm tắt",
        "value": "Giá trị",
        "to_top": "Về bảng",
        "conversation": "Cuộc trò chuyện về một ảnh",
        "no_messages": "Chưa có câu hỏi nào về ảnh này.",
        "you": "Bạn",
        "asked_region": "Về vùng {place}",
        "raw": "Văn bản nguyên gốc của mô hình",
        "stopped": "đã dừng",
        "failed": "không thành công",
        "running_seconds": "{seconds} giây",
        "seed": "số khởi tạo {seed}",
        "regions": "Khung đứt: vùng được hỏi.",
        "documents": "Tài liệu",
        "items": "Mặt hàng",
        "row": "Dòng",
        "schema": "Loại",
        "conflicts": "Mâu thuẫn",
        "corrected": "Đã sửa",
        "reader": "Đọc bằng",
        "read_at": "Đọc lúc",
        "field": "Trường",
        "second": "Công cụ đọc thứ hai",
        "unseen": "Không có trong phần chữ",
        "decided": "Đã quyết định",
        "yes": "có",
        "cut_talk": "Chỉ hiện {n} hình đầu tiên; mọi khung đều có trong phần chữ.",
        "branch": "Nhánh {n}",
        "branch_after": "sau “{text}”",
        "other_branches": "Các nhánh khác, không ghi: {n}",
        "marked_good": "đã đánh dấu tốt",
        "marked_bad": "đã đánh dấu chưa tốt",
        "put_right": "Sửa lại: {text}",
        "context_given": "Ngữ cảnh đã cho",
        "examples_given": "Ví dụ đã cho",
        "golden_given": "Chi tiết tốt đã cho",
        "reasoning": "Lập luận",
        "options": "Khả năng của các đáp án",
    },
}

_UNSEEN = frozenset({"Cc", "Cf", "Cs"})  # control, format, half characters
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Words:
    """The words of one language, and its way to write numbers and times.

    Args:
        language: One of `LANGUAGES`; any other gives English.
    """

    def __init__(self, language: str) -> None:
        self.language = language if language in TEXTS else "en"
        self._texts: Mapping[str, str] = TEXTS[self.language]

    def __call__(self, key: str, **values: object) -> str:
        """Returns a text with its places filled in."""
        text = self._texts[key]
        return text.format(**values) if values else text

    def number(self, value: float | None, digits: int = 3) -> str:
        """Returns a number with so many significant digits; empty for None."""
        if value is None:
            return ""
        if value == 0:
            return "0"
        # Trailing zeros stay (1.50), so that numbers of one table line up.
        return self._point(f"{value:#.{digits}g}".removesuffix("."))

    def fixed(self, value: float, decimals: int) -> str:
        """Returns a number with so many digits behind the point."""
        return self._point(f"{value + 0.0:.{decimals}f}")

    def whole(self, value: int) -> str:
        """Returns a count with its thousands set apart."""
        grouped = f"{value:,}"
        return grouped.replace(",", ".") if self.language == "vi" else grouped

    def percent(self, share: float) -> str:
        """Returns a share 0..1 in percent."""
        text = f"{share * 100:.1f}"
        return self._point(text.removesuffix(".0")) + " %"

    def time(self, stamp: str) -> str:
        """Returns an ISO 8601 time as people write it, in UTC; other text as it is."""
        try:
            at = datetime.fromisoformat(stamp).astimezone(UTC)
        except ValueError:
            return stamp
        if self.language == "vi":
            return f"{at:%d/%m/%Y %H:%M} UTC"
        return f"{at.day} {_MONTHS[at.month - 1]} {at:%Y, %H:%M} UTC"

    def _point(self, text: str) -> str:
        return text.replace(".", ",") if self.language == "vi" else text


def one_line(text: str, most: int = 300) -> str:
    """Returns text fit for a cell: composed, no control characters, one line, not endless.

    Direction overrides go too: with them a text could show other than it reads.
    """
    composed = unicodedata.normalize("NFC", text)
    shown = "".join(
        c if unicodedata.category(c) not in {"Cc", "Cf", "Cs"} else " " for c in composed
    )
    line = " ".join(shown.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
