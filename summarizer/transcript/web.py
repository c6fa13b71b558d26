"""Web page to paragraphs: the words of the article, without what stands around them.

Ministries publish their press conferences as pages. What is hidden, navigates or decorates
is dropped; ``<br>`` and block elements part paragraphs; the habits of labels (``<strong>``,
one ``<p>`` a turn) stay what they are, because only the words matter. Needs the ``html`` extra.
"""

import codecs
import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarizer.errors import RefusedInputError
from summarizer.values import Paragraph

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode


@dataclass(frozen=True, slots=True)
class Page:
    """The words of a web page."""

    fields: Mapping[str, str]  # title, date (ISO) and publisher, as far as the page says them
    paragraphs: tuple[Paragraph, ...]


_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.IGNORECASE)
_LOOKS = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_DROPPED = (
    "script, style, noscript, template, nav, footer, aside, button, select, iframe, svg, video, audio, "
    "[hidden], [aria-hidden=true], [role=navigation], [role=banner], [role=contentinfo], [role=search], "
    "head > *"
)
_HIDDEN = re.compile(
    r"(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d]))",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|breadcrumb|crumb|crumbs|sidebar|side|share|related|recommend|footer|foot|"
    r"copyright|comment|comments|toolbar|tools|pager|pagination|hot|rank|banner|advert|ad|ads|search|login|"
    r"qrcode|friendlink|links|topbar|header)(?:$|[\s_-])",
    re.IGNORECASE,
)
# A class of its own; overflow-hidden hides nothing.
_UNSEEN = re.compile(r"(?:^|\s)(?:hidden|hide|sr-only|print-only)(?:$|\s)", re.IGNORECASE)
_BLOCK_NAMES = """
    address article blockquote body center dd div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6 hr html
    li main ol p pre section table tbody td th thead tr ul
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_SITE = re.compile(r"\s*[-_|–—]+\s*[^-_|–—]{2,30}$")
_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})(?!\d)")
_DATES = "PubDate", "pubdate", "publishdate", "article:published_time", "date"
_PUBLISHERS = "ContentSource", "contentsource", "SiteName", "og:site_name", "author"
_TOP = 4000  # characters of a page in which its date stands
_ORIGIN = re.compile(r"(?:来源|來源|发布机构|发布单位|信息来源)\s*[:：]\s*([^\s|｜　]{2,30})")


def is_page(text: str, path: str) -> bool:
    """Whether a file is a web page: by its name, or by how it begins."""
    return path.lower().endswith((".html", ".htm", ".xhtml")) or _LOOKS.match(text[:2000]) is not None


def declared(data: bytes, path: str) -> str | None:
    """The encoding a page declares for itself, where its bytes do not prove another.

    GB 2312 is declared where GB 18030 is meant, and a browser saves as UTF-8 what still declares it.
    """
    is_page_name = path.lower().endswith((".html", ".htm", ".xhtml"))
    found = _DECLARED.search(data[:4096]) if is_page_name else None
    if found is None or data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _is_utf8(data):
        return None
    name = found[1].decode("ascii").lower()
    return {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "utf8": "utf-8"}.get(name, name)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def read(text: str, path: str) -> Page:
    """Read the words of a page.

    Args:
        text: The page's markup.
        path: What to call the file in a message.

    Raises:
        RefusedInputError: The ``html`` extra is missing, or the page holds no words.
    """
    try:
        from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 - an extra, for web pages only
    except ImportError:
        raise RefusedInputError(
            f"{path} is a web page, and reading it needs the html extra. Install it with "
            "pip install 'summarizer[html]', or save the page's text as .txt."
        ) from None
    tree = LexborHTMLParser(text)
    title = _title(tree)
    date, publisher = _meta(tree, _DATES), _meta(tree, _PUBLISHERS)
    for node in tree.css(_DROPPED):
        node.decompose()
    body = tree.body
    if body is None:
        raise RefusedInputError(f"{path} holds no page. Save it again, or save its text as .txt.")
    shown = body.text(deep=True, separator="\n")
    origin = _ORIGIN.search(shown)
    said = {
        "title": title,
        "date": _iso(date or "") or _iso(shown[:_TOP]),
        "publisher": publisher or (origin[1] if origin else None),
    }
    main = _main(body)
    lines = "".join(_words(main)).split("\n")
    kept = [words for line in lines if (words := " ".join(line.split()))]
    if not kept:
        raise RefusedInputError(f"{path} holds no words outside its navigation. Save its text as .txt.")
    if title and title not in kept[:5]:
        kept.insert(0, title)
    fields = {name: words for name, words in said.items() if words}
    return Page(fields, tuple(Paragraph(number, None, line) for number, line in enumerate(kept, start=1)))


def _main(body: "LexborNode") -> "LexborNode":
    """The smallest element that holds nearly all running text: words that are no link's."""
    whole = _weight(body)
    node = body
    while True:
        inner = next((child for child in node.iter() if _weight(child) * 10 >= whole * 8), None)
        if inner is None or inner.tag in ("p", "span", "table", "tbody", "tr"):
            return node
        node = inner


def _weight(node: "LexborNode") -> int:
    """Characters of running text in an element: sentences count, links do not."""
    if _is_aside(node):
        return 0
    text = len(re.sub(r"\s", "", node.text(deep=True)))
    return text - sum(len(re.sub(r"\s", "", link.text(deep=True))) for link in node.css("a"))


def _words(node: "LexborNode") -> Iterator[str]:
    """The text of an element in reading order, with a line end wherever a paragraph ends."""
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            yield re.sub(r"\s+", " ", (child.text(deep=False) or "").replace("\xa0", " "))
        elif child.tag == "br":
            yield "\n"
        elif child.tag == "img" or _is_aside(child):
            continue
        elif child.tag in _BLOCKS:
            yield "\n"
            yield from _words(child)
            yield "\n"
        else:
            yield from _words(child)


def _is_aside(node: "LexborNode") -> bool:
    """Whether an element is hidden or stands around the article, as its style or its names say."""
    attributes = node.attributes
    if _HIDDEN.search(attributes.get("style") or ""):
        return True
    named = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    if _UNSEEN.search(named):
        return True
    if not _AROUND.search(named):
        return False
    # A page may call its article "hot-detail"; running text is believed over a name.
    links = sum(len(link.text(deep=True)) for link in node.css("a"))
    words = node.text(deep=True)
    return len(words) < 200 or links * 2 > len(words)


def _title(tree: "LexborHTMLParser") -> str | None:
    for selector, attribute in (
        ("meta[name='ArticleTitle']", "content"), ("meta[property='og:title']", "content"),
        ("h1", None), ("title", None),
    ):  # fmt: skip
        node = tree.css_first(selector)
        found = node and (node.attributes.get(attribute) if attribute else node.text(deep=True))
        words = " ".join((found or "").split())
        if words:
            return _SITE.sub("", words) if selector == "title" else words
    return None


def _meta(tree: "LexborHTMLParser", names: Sequence[str]) -> str | None:
    """What the first of several meta elements says."""
    nodes = (tree.css_first(f"meta[name='{name}'], meta[property='{name}']") for name in names)
    said = ((node.attributes.get("content") or "").strip() for node in nodes if node)
    return next(filter(None, said), None)


def _iso(text: str) -> str | None:
    """The first date of a text that the calendar has.

    >>> _iso("文号2021-77-88，2024年3月5日"), _iso("热线0571-8-7654321")
    ('2024-03-05', None)
    """
    for found in _DATE.finditer(text):
        try:
            return dt.date(*map(int, found.groups())).isoformat()
        except ValueError:
            continue
    return None
