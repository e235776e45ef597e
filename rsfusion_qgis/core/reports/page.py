"""Reports as one HTML page that needs no other file: title, tables, pictures.

Everything that these functions are given as *text* is escaped, since it may come from files; *markup* is what they
themselves, or a drawing in SVG, returned.
"""

from __future__ import annotations

import base64
import html
from collections.abc import Iterable, Sequence

import numpy as np

from ..basics.language import language, told
from .png import encode_png

_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; color: #1b2733; background: #fff; max-width: 1100px; margin: 2em auto;
  padding: 0 1.5em }
h1 { font-size: 1.6em; margin-bottom: .3em } h2 { font-size: 1.15em; margin: 1.8em 0 .5em }
table { border-collapse: collapse } th, td { padding: .25em 1.2em .25em 0; border-bottom: 1px solid #e3e7eb;
  text-align: left; vertical-align: top; font-variant-numeric: tabular-nums }
td { white-space: nowrap } td.long { white-space: normal; overflow-wrap: anywhere }
thead th { color: #5b6875; font-weight: 600; white-space: nowrap } tbody th { font-weight: 500; white-space: nowrap }
figure { margin: 0 } figcaption { color: #5b6875; font-size: .9em; max-width: 34em }
figure img, figure svg { max-width: 100%; height: auto; display: block }
.wide { overflow-x: auto; max-width: 100% }
table.shaded th, table.shaded td { border: 1px solid #e3e7eb; padding: .25em .7em; vertical-align: middle }
table.shaded td { text-align: right } table.shaded th.up { vertical-align: bottom; padding: .6em .3em }
th.up span { writing-mode: vertical-rl; transform: rotate(180deg); max-height: 12em; white-space: normal }
.swatch { display: inline-block; width: .8em; height: .8em; margin-right: .5em; border: 1px solid #8a97a3 }
.row { display: flex; flex-wrap: wrap; gap: 1.5em }
.note { border-left: .35em solid #8a97a3; background: #f3f5f7; padding: .7em 1em; max-width: 60em }
.good { border-color: #2f8f4e; background: #eef7f1 } .bad { border-color: #c4651a; background: #fdf3ea }
.unknown { border-color: #8a6d1d; background: #faf6e6 }
"""
SHORT = 16
"""Characters of a table's cell that stay on one line."""
MOODS = ("", "good", "bad", "unknown")


def page(title: str, *markup: str) -> str:
    """The whole page: a heading and what follows it."""
    name, content = _shown(title), "\n".join(markup)
    return (
        f'<!DOCTYPE html>\n<html lang="{language()}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{name}</title>\n<style>{_STYLE}</style></head>\n'
        f"<body><h1>{name}</h1>\n{content}\n</body></html>\n"
    )


def _shown(text: str) -> str:
    """Text as markup, in the language of the person."""
    return html.escape(told(text))


def heading(text: str) -> str:
    """The title of a part."""
    return f"<h2>{_shown(text)}</h2>"


def paragraph(text: str) -> str:
    """A paragraph of plain text."""
    return f"<p>{_shown(text)}</p>"


def note(text: str, mood: str = "") -> str:
    """A paragraph that stands out; `mood` is one of `MOODS`."""
    return f'<p class="note {html.escape(mood)}">{_shown(text)}</p>'


def listing(items: Iterable[str]) -> str:
    """A list of sentences."""
    return "<ul>" + "".join(f"<li>{_shown(item)}</li>" for item in items) + "</ul>"


def table(rows: Iterable[Sequence[str]], header: Sequence[str] = ()) -> str:
    """Rows of text; the first cell of each is its name."""
    lines = []
    for name, *values in rows:
        cells = "".join(map(_cell, values))
        lines.append(f"<tr><th>{_shown(name)}</th>{cells}</tr>")
    titles = "".join(f"<th>{_shown(text)}</th>" for text in header)
    top = f"<thead><tr>{titles}</tr></thead>" if header else ""
    return f"<table>{top}<tbody>\n" + "\n".join(lines) + "\n</tbody></table>"


def _cell(value: str) -> str:
    """A short value stays on one line; a long one, such as a path, breaks anywhere."""
    long = ' class="long"' if len(value) > SHORT else ""
    return f"<td{long}>{_shown(value)}</td>"


def shaded_table(
    header: Sequence[str], rows: Iterable[tuple[str, str, Sequence[tuple[str, str]]]], upright: bool = False
) -> str:
    """A table of short texts on coloured grounds, which scrolls where it is too wide.

    Parameters
    ----------
    header : titles of the columns; the first stands above the names.
    rows : (name, colour of the square before it, cells of (text, ground)); a colour is "#rrggbb" or "" for none.
    upright : titles of columns run upwards.
    """
    first, *others = (_shown(text) for text in header)
    titles = "".join(f'<th class="up"><span>{t}</span></th>' if upright else f"<th>{t}</th>" for t in others)
    lines = []
    for name, colour, cells in rows:
        grounds = "".join(
            f'<td style="background:{html.escape(ground)}">{_shown(text)}</td>' if ground
            else f"<td>{_shown(text)}</td>"
            for text, ground in cells
        )  # fmt: skip
        square = f'<span class="swatch" style="background:{html.escape(colour)}"></span>' if colour else ""
        lines.append(f"<tr><th>{square}{_shown(name)}</th>{grounds}</tr>")
    body = "\n".join(lines)
    top = f"<thead><tr><th>{first}</th>{titles}</tr></thead>"
    return f'<div class="wide"><table class="shaded">{top}<tbody>\n{body}\n</tbody></table></div>'


def image(pixels: np.ndarray, text: str, width: int) -> str:
    """A picture inside the page.

    Parameters
    ----------
    pixels : as `png.encode_png` takes them.
    text : what it shows, for those who cannot see it.
    width : on the page, CSS pixels; enlarged pixels stay squares.
    """
    data = base64.b64encode(encode_png(pixels)).decode("ascii")
    sharp = ' style="image-rendering:pixelated"' if width > pixels.shape[1] else ""
    return f'<img src="data:image/png;base64,{data}" alt="{_shown(text)}" width="{width}"{sharp}>'


def figure(markup: str, caption: str) -> str:
    """A picture or drawing with the text below it."""
    return f"<figure>{markup}<figcaption>{_shown(caption)}</figcaption></figure>"


def beside(*markup: str) -> str:
    """Figures side by side where there is room."""
    return f'<div class="row">{"".join(markup)}</div>'
