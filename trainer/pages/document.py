"""The frame of a page that needs no other file: light and dark style, title, no script, nothing from a network."""

from __future__ import annotations

import html
from collections.abc import Iterable

_STYLE = """
:root{color-scheme:light dark;--back:#fafafa;--text:#1b1b1b;--faint:#5c5c5c;--line:#d5d5d5;--card:#fff;--in:#1a7f37;
--out:#b3261e}
@media(prefers-color-scheme:dark){:root{--back:#17181a;--text:#e6e6e6;--faint:#a3a3a3;--line:#3a3c40;--card:#1f2124;
--in:#4cc46a;--out:#ff8a80}}
*{box-sizing:border-box}
body{margin:0 auto;padding:24px;max-width:1560px;background:var(--back);color:var(--text);
font:15px/1.5 system-ui,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
h1{font-size:26px;margin:0 0 4px}h2{font-size:20px;margin:36px 0 8px}h3{font-size:16px;margin:22px 0 6px}
p{margin:6px 0;max-width:100ch}.note{color:var(--faint)}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;background:var(--card)}
th,td{border:1px solid var(--line);padding:5px 9px;text-align:left;vertical-align:top;overflow-wrap:anywhere}
.wide table{font-size:13px}.wide th,.wide td{padding:4px 6px}
th{font-weight:600}td.found{font-variant-numeric:tabular-nums}
.inside{color:var(--in);font-weight:600}.outside{color:var(--out);font-weight:600}.shown{color:var(--faint)}
.curves{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,440px),1fr));gap:16px}
.curves figure{margin:0;padding:10px;background:var(--card);border:1px solid var(--line)}
svg{width:100%;height:auto;display:block}svg text{fill:var(--text);font-size:12px}svg .grid{stroke:var(--line)}
figcaption{font-weight:600;margin-bottom:6px}
.legend{display:flex;flex-wrap:wrap;gap:4px 14px;font-size:13px;margin:6px 0 0}
.key i{display:inline-block;width:14px;height:4px;margin-right:6px;vertical-align:middle}
.key i.bar,.key i.band{height:10px}.key i.band{opacity:.4}.key i.dots{width:8px;height:8px;border-radius:50%}
.key svg{display:inline-block;width:30px;height:8px;margin-right:6px;vertical-align:middle}
"""


def render_document(title: str, body: Iterable[str], *, style: str = "") -> str:
    """Return a whole page.

    Parameters
    ----------
    title : str
        Of the window; escaped here.
    body : iterable of str
        Its parts, already HTML.
    style : str
        Rules of this kind of page, after those that all pages share.
    """
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(title)}</title><style>{_STYLE}{style}</style></head>\n<body>\n"
        + "\n".join(body)
        + "\n</body></html>\n"
    )
