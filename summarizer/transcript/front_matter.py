"""Paragraphs to what is not speech: title, byline, lede, captions, footers, clocks.

Setting speech aside would lose it and printing a caption as speech would put it into
somebody's mouth; so only what is recognisably one or the other is set aside.
"""

import re
from collections.abc import Mapping, Sequence

from summarizer.transcript.labels import Label
from summarizer.values import Front, FrontKind, Paragraph

_BYLINE = re.compile(
    r"(?:本报|本刊|本网|新华社|中新社|人民网|.{2,8}(?:日报|晚报|时报))?\s*(?:见习|实习)?(?:记者|記者|通讯员|特约记者|文|作者|采写|撰文|口述|整理)"
    r"(?:[\s|｜/:：、,，]+[\u4e00-\u9fff·]{2,6})+(?:\s*(?:文|摄|报道|图))?$"
)
_CLOCK = re.compile(
    r"[（(\[]?\s*(?:\d{1,2}[:：]\d{2}(?:[:：]\d{2})?|(?:上午|下午)?\d{1,2}[时時]\d{1,2}分)\s*[）)\]]?$|"
    r"(?:时间[:：]\s*)?\d{4}[年\-/.]\d{1,2}[月\-/.]\d{1,2}日?(?:\s+\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?(?:\s*来源[:：].*)?$"
)
_FOOTER = re.compile(
    r"[（(【\[]?\s*(?:责任编辑|責任編輯|责编|編輯|编辑|音频编辑|视频编辑|排版|校对|审核|监制|来源|來源|原标题|相关新闻|相关阅读|延伸阅读|"
    r"值班编辑|本文来源|微信编辑|采写|撰文|作者|摄影|供图|出品|转载|版权)\s*[:：丨|｜/].{0,60}$"
)
_CAPTION = re.compile(
    r".{0,80}(?:供图|攝|摄影报道|摄|图片来源.{0,12})\s*[)）]?$|(?:图为|圖為|图片说明|上图|下图).{2,80}$"
)
_STAGE = re.compile(r"[（(〔\[【][^（）()〔〕\[\]【】]{1,40}[）)〕\]】]$")
_PAGE = re.compile(
    r"[-—–\s·]*(?:第?\s*\d{1,4}\s*(?:页|頁|版)?(?:\s*[/共]\s*\d+\s*[页頁]?)?)[-—–\s·]*$|_ueditor_page_break_tag_$"
)
_RULE = re.compile(r"[-*=_~—─·•\s]{3,}$|#+$")
_HEADING = re.compile(
    r"(?:#{1,6}\s+.{1,40}|[一二三四五六七八九十]{1,3}、[^，,。；;！？]{1,24}[:：]?|第[一二三四五六七八九十]+[部分章节]+\s*.{0,20})$"
)
_NARRATIVE = re.compile(
    r"记者|記者|发布会|發布會|见面会|座谈会|日前|近日|本报讯|专访|專訪|采访|採訪|接受|答问|回应关切|电\s|\d日[上下]午|\d日在|举行"
)
_ADDRESS = re.compile(
    r"你们好|大家好|各位|女士们|女士們|先生们|朋友们|谢谢|感谢|我(?!国|省|市|县|区|校|院|部|厅|局)|我们|我們|咱"
)
_STOPS = ("。", "！", "？", "!", "?", "；", ";", "，", ",")


def set_aside(numbered: Sequence[Paragraph], found: Mapping[int, Label]) -> tuple[Front, ...]:
    """Name the paragraphs that are not speech, in file order."""
    labelled = {number for label in found.values() for number in label.paragraphs}
    first = min(found, default=len(numbered) + 1)
    front = []
    has_title = has_speech = False
    for paragraph in numbered:
        if paragraph.number in labelled:
            continue
        kind = _anywhere(paragraph.text)
        if kind is None and paragraph.number < first and not has_speech:
            kind = _opening(paragraph.text, has_title=has_title)
            # What follows an opening statement belongs to it.
            has_speech = kind is None
        if kind is not None:
            has_title = has_title or kind == "title"
            front.append(Front(paragraph.number, kind, paragraph.text))
    return tuple(front)


def _anywhere(text: str) -> FrontKind | None:
    """What is not speech wherever it stands."""
    patterns: tuple[tuple[re.Pattern[str], FrontKind], ...] = (
        (_CLOCK, "clock"), (_PAGE, "page"), (_RULE, "other"), (_FOOTER, "footer"), (_BYLINE, "byline"),
        (_STAGE, "stage"), (_HEADING, "heading"), (_CAPTION, "caption"),
    )  # fmt: skip
    return next((kind for pattern, kind in patterns if pattern.match(text)), None)


def _opening(text: str, *, has_title: bool) -> FrontKind | None:
    """What stands before the first label: a title, the newspaper's own lede, or already speech."""
    if _ADDRESS.search(text):
        return None
    if len(text) <= 60 and not text.endswith(_STOPS):
        return "heading" if has_title else "title"
    if not has_title and len(text) <= 40 and text.endswith(("？", "！", "?", "!")):
        return "title"
    return "lede" if len(text) <= 400 and _NARRATIVE.search(text) else None
