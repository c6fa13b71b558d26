"""What is not speech: titles, bylines, ledes, captions, footers, clocks, page heads.

Setting speech aside would lose it and printing a caption as speech would put it into
somebody's mouth; so only what is recognisably one or the other is set aside.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.transcript import clocks
from summarizer.transcript.lexicon import COLON, GREETING, PRESENT, any_of
from summarizer.values import FrontKind

_OPEN, _CLOSE = r"[（(【\[〔]", r"[）)】\]〕]"

# --- who made the page ---------------------------------------------------------------------------

_PAPER = r"(?:本报|本刊|本网|本社|新华社|中新社|人民网|.{2,10}(?:日报|晚报|时报|周刊|客户端|融媒体中心))"
_TRADE = any_of("记者 記者 通讯员 特约记者 撰稿 采访 訪問 採訪 采写 撰文 口述 整理 文 文字 作者 图文 文图")
_RANK = r"(?:见习|实习|首席|全媒体|特约|驻[\u4e00-\u9fff]{2,6})"
_WORK = any_of("文并摄 文/图 文图 文 摄 摄影 报道 图 整理")
_NAMES = r"(?:[\s|｜/:：、,，]*[\u4e00-\u9fff·]{2,6}){1,6}"
_CREDIT = any_of("""
    采访 文 文字 撰文 撰稿 编辑 图 图片 摄影 整理 设计 责编 校对 出品 采写 记者 策划 监制 翻译 排版 制图
    视频 美编 审校
""")
_BYLINE = re.compile(
    rf"[（(]?{_PAPER}?\s*{_RANK}?(?:{_TRADE})[\s|｜/:：、,，丨]+{_NAMES}"
    rf"(?:\s*[（(]?\s*(?:{_WORK}|实习生.{{0,8}}))?[）)]?$|"
    r"[□■◎○●]\s*.{2,30}$|"
    # 文｜陆知微　编辑｜何安: part by part
    rf"(?:[\s\u3000/、]*(?:{_CREDIT})\s*[|｜丨/／︱]\s*[^|｜丨︱。]{{1,30}})+$"
)

# --- the foot of a page --------------------------------------------------------------------------

_IMPRINT = any_of("""
    责任编辑 責任編輯 责编 編輯 编辑 音频编辑 视频编辑 排版 校对 校對 审核 审校 监制 来源 來源 资料来源
    原标题 原文标题 相关新闻 相关阅读 相关链接 推荐阅读 延伸阅读 值班编辑 值班主任 本文来源 微信编辑
    新媒体编辑 采写 撰文 作者 撰稿 摄影 攝影 摄像 供图 图片 出品 转载 版权 版权所有 主办单位 承办单位 主办
    备案号 网站标识码 联系电话 编审 终审 复审 初审 二审 三审 策划 统筹 设计 制图 文字整理 录音整理 整理
    翻译 剪辑 后期 运营 扫码 长按 点击 关注 欢迎关注 更多内容 声明 免责声明 附件\\d* 附
""")
_COLOPHON = any_of("""
    【?版权声明】? 版权所有 未经授权 未经许可 转载请 如需转载 欢迎转载 欢迎订阅 订阅 扫描二维码 长按二维码
    点击阅读原文 京ICP 本文(?:首发|系|为|原载|转自|选自|摘自|刊于|来自|载于|经|由) 原载 更多精彩 分享到
    打印本页 【打印】 \\[打印 关闭窗口 返回顶部 上一篇 下一篇 推荐给朋友 扫一扫 听友群 片头音乐 片尾音乐
    编辑推荐 风险提示 往期推荐 附件清单 以上内容仅供参考
""")
_FOOTER = re.compile(
    rf"{_OPEN}?\s*(?:{_IMPRINT})\s*[:：丨|｜/].{{0,80}}$|"
    rf"{_OPEN}(?:完|本文完|全文完|责任编辑.{{0,20}}|编辑.{{0,20}}|来源.{{0,30}}|.{{0,12}}有删节|.{{0,20}}整理){_CLOSE}$|"
    rf"[*＊]?(?:{_COLOPHON}).{{0,80}}$|完$|"
    r"[^，。：:]{2,16}(?:捺印|[（(](?:捺印|签名|签字)[）)])[\s\d年月日]*$"
)
_STORIES = any_of("""
    相关新闻 相关文章 相關文章 相关报道 相关阅读 相关链接 推荐阅读 延伸阅读 热门新闻 猜你喜欢 往期回顾
    更多新闻 相關新聞
""")
_RELATED = re.compile(rf"[【\[]?\s*(?:{_STORIES})\s*[】\]]?\s*[:：]?")

# --- between the turns ---------------------------------------------------------------------------

_PICTURED = any_of("供图 供圖 攝 摄影报道 (?<!拍)摄 攝影 资料图 资料图片 資料圖片 图片来源.{0,16} /图")
_CAPTION = re.compile(
    rf".{{0,120}}(?:{_PICTURED})\s*[）)】\]]?\s*。?$|"
    r"[（(▲△↑↓]?\s*(?:图为|圖為|图片说明|圖片說明|图注|上图|下图|图\d*[:：]|[▲△]).{2,80}$|"
    r".{2,60}(?:现场|現場)。?\s*[（(][^（）()]{1,16}图[）)]$|"
    r"\[图\].{2,80}$|[^：:]{2,60}[。（(\s](?:摄影|攝影|供图|供圖)\s*[：:/／]\s*[^，。]{1,12}[）)]?$"
)
_ADVERT = re.compile(
    rf"{_OPEN}\s*(?:广告|廣告|推广|AD)\s*{_CLOSE}.{{0,80}}$|(?:广告|廣告|推广)\s*(?:[:：丨|｜].{{0,60}})?$"
)
_STAGE = re.compile(
    r"(?:休息|休會|散會|散会|(?:繼續|继续)?[開开][會会])\s*[（(][^（）()]{1,20}[）)]$|"
    r"[（(〔\[【][^（）()〔〕\[\]【】]{1,60}[）)〕\]】]。?$"
)
_PAGE = re.compile(
    r"[-—–\s·]*第?\s*\d{1,4}\s*(?:页|頁|版)?(?:\s*[/，,]?\s*共?\s*\d+\s*[页頁])?[-—–\s·]*$|"
    r"_ueditor_page_break_tag_$|\[page break\]$|"
    r"[（(]?(?:下转|下轉|上接|[紧緊]接)第?\s*[A-D]?\d{1,3}\s*版[）)]?$"
)
# The head of a newspaper's page: its name, the day, the page, the section and who made it up, in any order.
_DATED = r"\d{4}年\d{1,2}月\d{1,2}日|(?:星期|周|週)[一二三四五六日]"
_TITLED = r"[\u3400-\u9fff]{2,8}(?:[日晚早晨时時周商导導快]报|[日晚早晨時商導快]報|都市[报報]|周刊|週刊)"
_NUMBERED = r"第\s*[A-D]?\d{1,3}\s*版|[A-D]\d{1,3}|0\d|(?<![\d.])\d{1,2}(?![\d.])"
_MADE_UP = any_of("责任编辑 責任編輯 美术编辑 美術編輯 版式 编辑 編輯 责编 美编 组版 校对 校對")
_PAGE_HEAD = re.compile(
    rf"(?=.*(?:{_NUMBERED}))(?=.*(?:{_DATED}|{_TITLED}|第|[A-D]\d|(?<!\d)0\d|编辑|編輯))"
    rf"(?:(?:{_DATED}|{_TITLED}|{_NUMBERED}|[\u3400-\u9fff]{{2,4}}|(?:{_MADE_UP})\s*[:：]?\s*[\u3400-\u9fff]{{2,4}})"
    r"(?:[\s|｜·/]+|$)){2,8}$"
)
_ADDRESS = re.compile(r"(?:https?://\S+\s*)+$")
_RULE = re.compile(r"[-*=_~—─·•＊\s]{3,}$|#+$|[*＊]{2,}$")
_HEADING = re.compile(
    r"(?:#{1,6}\s+.{1,60}|[（(]?[一二三四五六七八九十]{1,3}(?:[）)]|、)[^，,。；;！？]{1,24}[:：]?|"
    r"第[一二三四五六七八九十]+(?:部分|章|节|篇)[、:：\s]*.{0,24}|(?:Part|PART)[.\s]*\d+.{0,40}|"
    r"[\d０-９]{1,2}[.．、]\s*[^，,。；;！？?]{2,16}|0\d(?:\s+[^，,。；;！？?]{2,16})?|(?:[\u4e00-\u9fff]\s){2,7}[\u4e00-\u9fff])$"
)

_COUNTED = re.compile(r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[）)]|[.．、])")

# --- before the first turn -----------------------------------------------------------------------

_LEGEND = re.compile(rf"(?:{PRESENT})\s*{COLON}[^。！？!?]{{1,200}}$")
_NOTE = re.compile(r"【?(?:编者按|编者的话|按语|导语|引言|提要|摘要|编者注|译者按|核心提示)】?\s*[:：]?")
# How a newspaper tells of the occasion. What a briefing announces also takes place and is attended.
_TOLD = any_of("""
    记者 記者 发布会 發布會 見面會 见面会 座谈会 日前 近日 本报讯 讯[）)]? 专访 專訪 采访 採訪 接受 答问
    回应关切 电\\s 编者按 按语 对话 访谈 作者 播出 整理 主持 以下[是为為]
""")
_TELLING = re.compile(_TOLD)
_REPORTING = re.compile(r"本报|本報|本刊|(?:记者|記者)(?![朋们們])")
_BRIEFING = re.compile(
    any_of("记者会 記者會 发布会 發布會 吹风会 例行 实录 實錄 見面會 见面会 讲话 講話 致辞")
)
_NAVIGATION = re.compile(
    r"(?:"
    + any_of("""
    当前位置 您的位置 您所在 您现在 所在位置 首页 首頁 返回 跳到 跳至 跳轉 网站 登录 登入 注册 简体 簡體
    繁體 分享 打印 字号 字體 字体 关注 扫码 扫一扫 微信 二维码 下载 搜索 EN$ ::: https?: //
    """)
    + r")|.*(?: [>›»] |[|｜].*[|｜].*[|｜]|"
    + any_of("""
    公众号 公眾號 服务号 订阅号 APP下载 客户端下载 无障碍 無障礙 深色模式 不支持 登录用户 提示信息 资讯平台
    Microsoft
    """)
    + r")|[^\u3400-\u9fff]+$"
)
_STOPS = ("。", "！", "？", "!", "?", "；", ";", "，", ",")
_UNFINISHED = (
    *_STOPS,
    "、",
    "：",
    ":",
    "…",
    "—",
    "”",
    "」",
    "』",
    "）",
    ")",
)  # a sentence, or the half of one
_SECTION_HEAD = 24  # characters
_STORY = 60  # characters of a headline or a title, at most

_ANYWHERE: tuple[tuple[re.Pattern[str], FrontKind], ...] = (
    (_ADDRESS, "other"), (_PAGE, "page"), (_PAGE_HEAD, "page"), (_RULE, "other"), (_ADVERT, "other"),
    (_FOOTER, "footer"), (_BYLINE, "byline"), (_HEADING, "heading"), (_CAPTION, "caption"), (_STAGE, "stage"),
)  # fmt: skip


def kind(text: str) -> FrontKind | None:
    """What a paragraph without a label is, wherever it stands; None for speech.

    >>> kind("（掌声）"), kind("责任编辑：高远"), kind("水价不会上涨。")
    ('stage', 'footer', None)
    """
    bare = text.strip()
    if clocks.is_line(bare):
        return "clock"
    return next((name for pattern, name in _ANYWHERE if pattern.match(bare)), None)


@dataclass(frozen=True, slots=True)
class Opening:
    """What is known of a document while its first paragraphs are read."""

    has_label: bool  # somebody is labelled further down
    names: frozenset[str]  # of the people who are
    title: str | None = None  # and subtitle


def opening(text: str, known: Opening) -> FrontKind | None:
    """What a paragraph before the first label is: a title, the newspaper's own lede, or already speech.

    Whoever greets speaks, and so does whoever opens a briefing. Before an interview stands
    what the interviewer wrote about it.
    """
    if _NAVIGATION.match(text) and len(text) <= 2 * _STORY and not text.endswith("。"):
        return "other"
    greets = GREETING.search(text) is not None
    if not greets and (headed := _title(text, known)):
        return headed
    if not known.has_label or (greets and not _REPORTING.search(text)):
        return None
    if any(re.search(rf"我是[^，。]{{0,20}}{re.escape(name)}", text) for name in known.names):
        return None
    if any(name in text for name in known.names):
        return "lede"
    is_briefing = _BRIEFING.search(known.title or "") is not None
    return None if is_briefing and not _TELLING.search(text) else "lede"


def _title(text: str, known: Opening) -> FrontKind | None:
    """A short paragraph that is no sentence, before anybody has spoken."""
    if _LEGEND.match(text) and len(text) <= 2 * _STORY:
        return "legend"
    if (_NOTE.match(text) and len(text) > 8) or re.match(r"(?:以下|全文|下面)", text):
        return "lede"
    asks = known.title is None and len(text) <= 40 and text.endswith(("？", "！", "?", "!"))
    if not asks and (len(text) > _STORY or text.endswith(_STOPS)):
        return None
    return "heading" if known.title else "title"


def is_section_head(text: str) -> bool:
    """Whether a line between two turns heads what follows: short, no sentence, and nobody's greeting.

    >>> is_section_head("声音也有户口"), is_section_head("谢谢大家"), is_section_head("声音也有户口。")
    (True, False, False)
    """
    is_short = 3 <= len(text) <= _SECTION_HEAD
    return is_short and not text.endswith(_UNFINISHED) and GREETING.search(text) is None


def is_counted(text: str) -> bool:
    """Whether a line begins with a number, as the head of a section does and a point of a list.

    >>> is_counted("一、加强监管"), is_counted("2．少浪费水"), is_counted("两点意见")
    (True, True, False)
    """
    return _COUNTED.match(text) is not None


def is_related(text: str) -> bool:
    """Whether a paragraph opens the list of other stories at a page's foot."""
    return _RELATED.match(text) is not None and len(text) <= _STORY


def is_headline(text: str) -> bool:
    """Whether a paragraph can be one of those stories: short, and no sentence."""
    return len(text) <= _STORY and not text.endswith(("。", "！", "."))


def furniture(texts: Sequence[str]) -> frozenset[int]:
    """Find page numbers and the heads that recur beside them, by index: what a layout repeats on every page.

    >>> sorted(furniture(["江城日报", "1", "水价不涨", "江城日报", "2", "电价不涨"]))
    [0, 1, 3, 4]
    """
    pages = {index for index, text in enumerate(texts) if text and _PAGE.match(text)}
    beside: dict[str, list[int]] = {}
    for page in pages:
        for index in (*_next(texts, page, -1), *_next(texts, page, 1)):
            if index not in pages and len(texts[index]) <= 40 and not texts[index].endswith(_STOPS):
                beside.setdefault(re.sub(r"\d+", "#", texts[index]), []).append(index)
    heads = {index for indexes in beside.values() if len(set(indexes)) > 1 for index in indexes}
    return frozenset(pages | heads)


def _next(texts: Sequence[str], start: int, step: int) -> list[int]:
    """The nearest line that is not blank, at most two away."""
    for index in (start + step, start + 2 * step):
        if 0 <= index < len(texts) and texts[index]:
            return [index]
    return []
