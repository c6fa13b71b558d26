"""Paragraphs to labels: which of them say who speaks, and which only look as if they did.

A wrong speaker is the worst error this tool can make and an invented one the second
worst. So a label is believed for what it is made of (a role word, an outlet, an office
and a name), and a bare name only where the document bears it out: it recurs, or it
answers a question.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.names import family_name
from summarizer.values import Paragraph, Role


@dataclass(frozen=True, slots=True)
class Label:
    """Who a paragraph says is speaking."""

    text: str  # as written, without colon and brackets
    name: str
    title: str | None
    role: Role
    rest: str  # the speech that follows on the same line; empty where the label stands alone
    paragraphs: tuple[int, ...]  # that hold the label
    sure: bool = True  # False: the document has to bear it out


_COLON = "[：:︰]"
_LABEL = re.compile(
    rf"(?P<head>[^。！？!?；;“”\"「」『』：:︰…]{{1,60}}?)\s*{_COLON}\s*(?P<rest>.*)", re.DOTALL
)
_BRACKETED = re.compile(rf"[\[【](?P<head>[^\]】]{{1,60}})[\]】]\s*{_COLON}?\s*(?P<rest>.*)", re.DOTALL)
_BOLD = re.compile(r"\*{2,}")
_ASIDE = re.compile(r"\s*[（(][^（）()]*[）)]\s*$")

_GENERIC: dict[str, Role] = {
    **dict.fromkeys(["记者", "記者", "问", "問", "Q", "提问", "提問", "现场记者", "现场提问"], "questioner"),
    **dict.fromkeys(["答", "A"], "answerer"),
    **dict.fromkeys(["主持人", "主持", "Host", "司仪"], "moderator"),
}
_OUTLET = re.compile(
    r"[^、，,]{2,24}?(?:记者|記者)(?:现场)?(?:提?[问問])?$|"
    r"[^、，,]{1,16}(?:周刊|週刊|日报|日報|晚报|晚報|时报|時報|晨报|商报|新闻网|通讯社|通訊社|新华社|中新社|电视台|電視台|"
    r"卫视|衛視|之声|之聲|观察者网|人民网|新华网|杂志|雜誌|广播电台)$|"
    r"《[^《》]{2,16}》$|新华社$|中新社$|法新社$|路透社$|彭博社$|共同社$|塔斯社$|(?:CNN|BBC|NHK|CCTV|CGTN|AFP|AP|NPR|CNBC)$"
)
# Longest first, so that 副主任 is cut as a whole.
OFFICE = re.compile(
    r"新闻发言人|新聞發言人|发言人|發言人|负责人|国务委员|秘书长|秘書長|委员长|总经济师|总工程师|总会计师|首席经济学家|检察长|"
    r"审判长|審判長|总书记|书记|書記|主任|主席|总理|總理|部长|部長|院长|院長|局长|局長|厅长|廳長|处长|處長|司长|司長|科长|"
    r"署长|署長|市长|市長|省长|省長|县长|縣長|区长|镇长|乡长|村长|校长|校長|行长|会长|會長|社长|台长|所长|站长|队长|主编|总编辑|"
    r"馆长|团长|巡视员|委员|委員|成员|代表|经理|總經理|总裁|董事长|教授|研究员|院士|博士|医师|律师|律師|法官|专家|学者|参赞|"
    r"大使|司令员|政委|参谋长|组长|董事|顾问|理事长|书记员|审判员|部长助理|助理|工程师|导演|作家|创始人|首席执行官|总监"
)
_HONORIFIC = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,4})(?P<title>議員|议员|教授|先生|女士|律师|律師|博士|院士|法官)$"
)
_ROLE_ONLY = re.compile(
    r"(?:主席|行政長官|行政长官|秘書|秘书|裁判官|全委會主席|审判长|審判長|发言人|新闻发言人|院长|律师|"
    r"[^、，,]{2,12}发言人)$"
)
_MACHINE = re.compile(r"(?:Speaker|SPEAKER|发言人|說話人|说话人)\s?\d+$|[A-Z]{1,3}$")
_FOREIGN = re.compile(r"[\u4e00-\u9fff]{1,8}(?:·[\u4e00-\u9fffA-Z.]{1,10}){1,3}$")

# What stands before a colon without speaking. A word here is never a name, whatever it begins with.
_NEVER = re.compile(
    r"(?:编辑|編輯|编审|原标题|标题|排版|采写|撰文|撰稿|作者|来源|來源|出处|审核|校对|监制|制作|摄影|图片?|供图|相关新闻|相关阅读|"
    r"延伸阅读|时间|時間|地点|地點|日期|电话|邮箱|地址|链接|网址|主题|导语|编者按|按语|提要|摘要|关键词|注|附|备注|说明|目录|"
    r"记者\s*[|｜].*|本报记者\s.*)$"
)
_SAYS = re.compile(
    r"(?:表示|指出|强调|介绍|认为|说|说道|称|答道|问道|回应|告诉.{0,6}|透露|谈到|写道|看来|如下|包括|就是|是|为|有|即|例如|比如|"
    r"方面|原因|问题|措施|目标|要求|原则|任务|工作|方法|方案|方式|成果|成效|成绩|特点|内容|重点|关键|结果|时候|时代|高度|经济|"
    r"经验|经费|应用|应当|全面|全国|安全|安排|平安|平时|常态|常说|常见|温度|水平|水利|金额|金融|马上|白天|黄金|方向|明确|明天|"
    r"相关|相信|项目|计划|计算|路径|支持|高兴|党建|从此|费用|时下|成立|和谐|解决|解释|应对|查处|查询|广告|农村|农业|向上|古人|"
    r"谢谢|干部|文件|文化|关于|关注|易错|终于|空间|游客|后来|商业|通知|通报|通过|简介|简历|公告|公司|别的|苏醒|居民|国家|都是)$"
)

# 林大为 and 张有为 end as 认为 and 如有 do; such a name still has to recur or to answer a question.
_GIVEN_NAME = re.compile(r"[\u4e00-\u9fff]{2}[为為有]")


def find(paragraphs: Sequence[Paragraph]) -> dict[int, Label]:
    """Find the labels of a document, by the number of the paragraph that opens the turn.

    >>> texts = ["记者：来了吗？", "市水务局局长韩冬青：", "来了。"]
    >>> found = find([Paragraph(number, number, text) for number, text in enumerate(texts, start=1)])
    >>> [(label.name, label.title) for label in found.values()]
    [('记者', None), ('韩冬青', '市水务局局长')]
    """
    found: dict[int, Label] = {}
    taken: set[int] = set()
    for index, paragraph in enumerate(paragraphs):
        if paragraph.number in taken:
            continue
        label = recognise(paragraph) or _two_lines(paragraphs[index : index + 3])
        # A label with nothing below it labels nothing: it is a closing line or a list head.
        if label is not None and (label.rest or index + len(label.paragraphs) < len(paragraphs)):
            found[paragraph.number] = label
            taken.update(label.paragraphs)
    return _borne_out(found, paragraphs)


def recognise(paragraph: Paragraph) -> Label | None:
    """Read the label one paragraph opens with, if what stands there can be one."""
    text = _BOLD.sub("", paragraph.text).strip()
    numbers = (paragraph.number,)
    bracketed = _BRACKETED.match(text)
    match = bracketed or _LABEL.match(text)
    if match is None:
        role = _GENERIC.get(text)
        return Label(text, text, None, role, "", numbers) if role and len(text) > 1 else None
    written = " ".join(match["head"].split())
    head = _ASIDE.sub("", written).lstrip("…. ")
    if not head or _NEVER.search(head):
        return None
    who = _who(head)
    if who is None:
        return None
    name, title, role, sure = who
    return Label(head, name, title, role, match["rest"].strip(), numbers, sure)


def _who(head: str) -> tuple[str, str | None, Role, bool] | None:
    """Tell name, title and role apart in the words before a colon; the last says whether they suffice."""
    if head in _GENERIC:
        return head, None, _GENERIC[head], True
    if _OUTLET.match(head):
        return re.sub(r"(?:现场)?提?[问問]$", "", head), None, "questioner", True
    if _MACHINE.match(head):
        return head, None, "unknown", False
    named = _office_and_name(head)
    if named is not None:
        return named[1], named[0], "unknown", True
    if _SAYS.search(head) and not _GIVEN_NAME.fullmatch(head):
        return None
    return _person(head)


def _person(head: str) -> tuple[str, str | None, Role, bool] | None:
    """Read a label without an office: a moderator, a courtesy title, a part, or a bare name."""
    moderator = re.fullmatch(r"主持人\s*(?P<name>[\u4e00-\u9fff]{2,4})", head)
    if moderator and family_name(moderator["name"]):
        return moderator["name"], "主持人", "moderator", True
    honoured = _HONORIFIC.match(head)
    if honoured and family_name(honoured["name"]):
        return honoured["name"], honoured["title"], "unknown", True
    if _ROLE_ONLY.match(head):
        return head, None, "unknown", False
    plain = head.replace(" ", "") if len(head) <= 5 else head
    return (plain, None, "unknown", False) if family_name(plain) or _FOREIGN.match(plain) else None


def _office_and_name(head: str) -> tuple[str, str] | None:
    """Cut an office from the name that follows it: the name is the last part of a label."""
    spaced = head.rsplit(" ", 1)
    if (
        len(spaced) == 2
        and OFFICE.search(spaced[0])
        and (family_name(spaced[1]) or _FOREIGN.match(spaced[1]))
    ):
        return spaced[0].strip(" 、，,"), spaced[1]
    for office in reversed(list(OFFICE.finditer(head))):
        name = head[office.end() :].strip()
        if 2 <= len(name) <= 4 and family_name(name) and not _SAYS.search(name):
            return head[: office.end()], name
        if _FOREIGN.match(name):
            return head[: office.end()], name
    return None


def _two_lines(paragraphs: Sequence[Paragraph]) -> Label | None:
    """Read a title line over a name line, neither with a colon, over speech."""
    if len(paragraphs) < 3:
        return None
    office, name, speech = (paragraph.text for paragraph in paragraphs)
    plain = name.replace(" ", "").replace("\u3000", "")
    ends = [match.end() for match in OFFICE.finditer(office)]
    if not ends or ends[-1] != len(office) or len(office) > 50 or re.search(r"[。！？，,；]", office):
        return None
    if not family_name(plain) or len(speech) < 15 or _SAYS.search(plain):
        return None
    return Label(plain, plain, office, "unknown", "", tuple(paragraph.number for paragraph in paragraphs[:2]))


def _borne_out(found: dict[int, Label], paragraphs: Sequence[Paragraph]) -> dict[int, Label]:
    """Keep the labels that are sure, and those the document bears out."""
    counts = Counter(label.name for label in found.values())
    known = {label.name for label in found.values() if label.sure}
    kept: dict[int, Label] = {}
    asked = False
    for paragraph in paragraphs:
        label = found.get(paragraph.number)
        if label is None:
            continue
        is_headline = paragraph.number == 1 and not paragraph.text.endswith(("。", "？", "！", "?", "!"))
        recurs = counts[label.name] > 1 and not (is_headline and label.rest)
        if label.sure or recurs or label.name in known or (asked and not _MACHINE.match(label.name)):
            kept[paragraph.number] = label
            asked = label.role == "questioner"
    return kept
