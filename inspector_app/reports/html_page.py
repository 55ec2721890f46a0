"""Style and script of the HTML report. Both are named by hash in its security policy."""

from __future__ import annotations

STYLE = """
:root{color-scheme:light dark;--bg:#fff;--soft:#f3f5f7;--ink:#1f2328;--muted:#59616b;--line:#d7dbe0;
--grid:#e5e8eb;--bar:#4c78a8;--run:#33383f;--accept:#009e73;--review:#e69f00;--reject:#d55e00;
--unreadable:#6b7280;--waiting:#9aa1ab;--accept-ink:#00664a;--review-ink:#7a5200;--reject-ink:#a34700;
--focus:#0b63ce}
@media (prefers-color-scheme:dark){:root{--bg:#16181c;--soft:#202329;--ink:#e7e9ec;--muted:#a3abb5;
--line:#363b43;--grid:#2b3037;--bar:#6f9dcf;--run:#c9ced6;--accept-ink:#3fcf9f;--review-ink:#f3b53a;
--reject-ink:#ff8f45;--focus:#6db3ff}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,-apple-system,
"Segoe UI",Roboto,"Noto Sans",sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:break-word}
td bdi,li{overflow-wrap:anywhere}
main{max-width:1180px;margin:0 auto;padding:24px 24px 64px}
h1{font-size:28px;line-height:1.25;margin:0 0 12px;overflow-wrap:anywhere}
h2{font-size:18px;margin:36px 0 8px}
h3{font-size:16px;margin:0;overflow-wrap:anywhere}
.muted{color:var(--muted);font-size:13px;margin:4px 0}
.banner{background:#fff1cc;color:#5c3f00;border:1px solid #e0a400;border-radius:6px;
padding:8px 12px;font-weight:600;margin:0 0 16px}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 24px;margin:0}
dt{color:var(--muted)}
dd{margin:0;overflow-wrap:anywhere}
.top{display:grid;grid-template-columns:3fr 2fr;gap:32px;align-items:start}
.charts{display:grid;grid-template-columns:1fr 1fr;gap:32px}
@media (max-width:860px){.top,.charts{grid-template-columns:1fr}}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:6px 10px;border-bottom:1px solid var(--line);vertical-align:top}
th{font-weight:600;color:var(--muted);white-space:nowrap}
td.n,th.n{text-align:right}
td.name{min-width:140px}
article td.name{min-width:90px}
#list td:nth-child(4){min-width:160px}
.wide{overflow-x:auto}
#list th{position:sticky;top:0;background:var(--bg);padding:0;z-index:1}
#list th button{all:unset;box-sizing:border-box;width:100%;padding:6px 10px;cursor:pointer}
#list th.n button{text-align:right}
#list th button:focus-visible{outline:2px solid var(--focus);outline-offset:-2px}
#list th[aria-sort=ascending] button::after{content:" \\25B2";font-size:10px}
#list th[aria-sort=descending] button::after{content:" \\25BC";font-size:10px}
#list tbody tr:hover{background:var(--soft)}
.verdict{white-space:nowrap;font-weight:600}
.verdict i{display:inline-block;width:20px;height:20px;line-height:20px;border-radius:50%;
color:#fff;text-align:center;font-style:normal;font-size:13px;margin-right:7px;font-weight:700}
.accept i{background:var(--accept)}.review i{background:var(--review);color:#2b1d00}
.reject i{background:var(--reject)}.unreadable i{background:var(--unreadable)}
.waiting i{background:var(--waiting);color:#16181c}
.accept{color:var(--accept-ink)}.review{color:var(--review-ink)}.reject{color:var(--reject-ink)}
.tools{display:flex;flex-wrap:wrap;gap:8px;align-items:center;margin:8px 0}
.tools input{font:inherit;color:inherit;background:var(--bg);border:1px solid var(--line);
border-radius:6px;padding:6px 10px;min-width:260px}
.tools button{font:inherit;font-size:14px;color:inherit;background:var(--soft);
border:1px solid var(--line);border-radius:16px;padding:4px 12px;cursor:pointer}
.tools button[aria-pressed=true]{background:var(--ink);color:var(--bg);border-color:var(--ink)}
.tools input:focus-visible,.tools button:focus-visible,a:focus-visible{
outline:2px solid var(--focus);outline-offset:1px}
a{color:inherit;text-underline-offset:2px}
article{border:1px solid var(--line);border-radius:8px;padding:16px;margin:16px 0;
display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:8px 24px;scroll-margin-top:8px}
article>header{grid-column:1/-1;display:flex;flex-wrap:wrap;gap:4px 16px;align-items:baseline}
article img{width:100%;height:auto;display:block;border-radius:4px;background:var(--soft)}
article .side>:first-child{margin-top:0}
article table{font-size:13px}
article th,article td{padding:4px 6px}
article ul{margin:4px 0 12px;padding-left:20px}
article h4{font-size:14px;margin:12px 0 4px}
@media (max-width:860px){article{grid-template-columns:1fr}}
svg{display:block;width:100%;height:auto}
svg text{font-family:inherit}
.t-ink{fill:var(--ink)}.t-muted{fill:var(--muted)}
.f-bar{fill:var(--bar)}.f-line{fill:var(--run)}.f-accept{fill:var(--accept)}
.f-review{fill:var(--review)}.f-reject{fill:var(--reject)}
.s-grid{stroke:var(--grid)}.s-line{stroke:var(--run)}.s-review{stroke:var(--review)}
.s-reject{stroke:var(--reject)}
footer{margin-top:40px;border-top:1px solid var(--line);padding-top:12px}
@media print{main{max-width:none;padding:0}.tools{display:none}article{break-inside:avoid}
#list th{position:static}}
"""

SCRIPT = """
"use strict";
(function () {
  var table = document.getElementById("list");
  if (!table) { return; }
  var body = table.tBodies[0];
  var rows = Array.prototype.slice.call(body.rows);
  var heads = Array.prototype.slice.call(table.tHead.rows[0].cells);
  var box = document.getElementById("filter");
  var shown = document.getElementById("shown");
  var chips = Array.prototype.slice.call(document.querySelectorAll("button[data-status]"));
  var status = "";
  function fold(text) {
    return text.normalize("NFD").replace(/[\\u0300-\\u036f]/g, "").replace(/[\\u0110\\u0111]/g, "d")
      .toLowerCase();
  }
  var texts = rows.map(function (row) {
    return fold(row.textContent + " " + (row.dataset.more || ""));
  });
  function apply() {
    var words = fold(box.value).split(/\\s+/).filter(Boolean);
    var count = 0;
    rows.forEach(function (row, i) {
      var ok = (!status || row.dataset.status === status) &&
        words.every(function (word) { return texts[i].indexOf(word) >= 0; });
      row.hidden = !ok;
      if (ok) { count += 1; }
    });
    shown.textContent = shown.dataset.form.replace("{n}", count).replace("{total}", rows.length);
  }
  function value(row, column) {
    var cell = row.cells[column];
    return cell.dataset.v !== undefined ? cell.dataset.v : cell.textContent;
  }
  heads.forEach(function (head, column) {
    head.firstElementChild.addEventListener("click", function () {
      var down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      var number = head.classList.contains("n") || head.dataset.number === "1";
      var sorted = rows.slice().sort(function (a, b) {
        var x = value(a, column), y = value(b, column);
        if (x === "" || y === "") { return (x === "") - (y === ""); }
        var order = number ? Number(x) - Number(y)
          : x.localeCompare(y, document.documentElement.lang, { numeric: true });
        return down ? -order : order;
      });
      sorted.forEach(function (row) { body.appendChild(row); });
    });
  });
  chips.forEach(function (chip) {
    chip.addEventListener("click", function () {
      status = chip.dataset.status;
      chips.forEach(function (other) {
        other.setAttribute("aria-pressed", String(other === chip));
      });
      apply();
    });
  });
  box.addEventListener("input", apply);
  apply();
}());
"""
