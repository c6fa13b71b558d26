"""The words by which a text says no, and those by which it says that something is still to come.

Both languages have words that only look like it (不断, 未来, "not only") and words in which a negation is
hidden (拒绝, "fail to", "unwilling"): a plain cue of one may be told by a hidden one of the other.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.letters import lowered

_NO_NEGATION_ZH = (
    "不断 不斷 不仅仅 不僅僅 不仅 不僅 不但 不只 不光 不单 不單 不过(?![来去滤瘾]) 不過(?![來去]) 不少 不同 不久 不得不"
    " 不能不 不可不 不会不 不無 不无 不论 不論 不妨 不错 不錯 差不多 不愧 不禁 了不起 对不起 對不起 不好意思 不折不扣"
    " 不懈 不一(?![定样樣致]) 不时 不時 不由 不已 不等(?![于於]) 不失为 好不容易 不低于 不少于 不超过 不超過 不高于"
    " 不低於 不少於 不(?:到|足|下)(?=[\\d一二两三四五六七八九十百千万半]) 不锈钢 不动产 不動產 不亚于 不亞於 动不动"
    " 動不動 巴不得 恨不得 迫不及待 不遗余力 不遺餘力 不停 不休 换汤不换药 換湯不換藥 不如 不小 打抱不平 说不定 說不定"
    " 无非 無非 无数 無數 无疑 無疑 无锡 無錫 无人机 無人機 无线 無線 无障碍 無障礙 无产 无一例外 未来 未來 未成年 未婚"
    " 不起诉 不起訴 非常 非遗 非遺 非洲 除非 莫非 是非 非公 别人 別人 别的 別的 区别 區別 特别 特別 分别 分別 级别 級別"
    " 类别 類別 个别 個別 性别 性別 别墅 離別 离别 识别 識別 鉴别 辨别 差别 差別 告别 告別 派别 别致 别出 别提 没收 沒收"
    " 淹没 淹沒 出没 沉没 埋没 没落 吞没 冲没 没完没了 没想到 沒想到 没事 沒事 要不是 不可或缺 必不可少 不可避免 有没有"
    " 有沒有 与否 是否 能否 可否 不说 也不例外 丝毫不差 一帧不差 岂不 豈不 差不离 不然 不外乎 无论 無論 有案不立 压案不查 有罪不究 (.)[不没沒]\\1"
)
_NEGATION_ZH = "并非 並非 绝非 絕非 [不没沒未] [无無]"
_HIDDEN_NEGATION_ZH = (
    "不法 不实 不實 不明 不准 不準 不平衡 不公 不满 不滿 不便 不良 不变 不變 不安 不利 不幸 不当 不當 不料 不免 不惜 未遂"
    " 非(?!但) 无辜 無辜 无序 无害 免 拒 禁 防 避 缺 失 否 反对 反對 停 只 仅 僅 假 错 錯 误 誤 怕 恐 变 變 少 输 輸 丢 丟"
    " 差 坏 壞 难 難 危 断 斷 困 弱 恶 惡 谁也 誰也 哪有 毫 别(?=[再去让說说急怕看动管忘听]) 別(?=[再去讓說急怕看動管忘聽])"
    " 莫 勿 毋 以外 之前 废 撤 删 刪"
)
_NO_NEGATION_EN = (
    r"\bnot (?:only|just|merely|simply|solely)\b|\bno (?:fewer|less|more|later|earlier|sooner|lower|higher) than\b"
    r"|\bno (?:doubt|sooner|matter)\b|\bno\. ?\d|\bnot (?:more|less|fewer|later|lower|higher) than\b"
    r"|\bwhether (?:[\w']+ ){0,6}or not\b|\bnot to mention\b|\bnever ?mind\b|\bnot exceed\w*|\bnot until\b|\bas not to\b"
    r"|\bnon-?prosecution\b"
)
_NEGATION_EN = r"\b(?:not|no|never|neither|nor|none|nobody|nothing|nowhere|cannot)\b|n['’]t\b|\bno one\b"
_HIDDEN_NEGATION_EN = (
    r"\b(?:un(?!der|it|iver|iqu|ion|less|til|if|cle|an)[a-z]{4,}|dis(?!t|c|p|h|k|ease|rupt|aster)[a-z]{4,}"
    r"|non-[a-z]+|im(?:possib|perfect|proper|pati|practic|matur|balanc|mobil)\w*|in(?:adequa|suffici|accura"
    r"|complet|correct|conveni|visib|capab|abil|effect|appropri|consist|secur|different|signific|equal|justice"
    r"|effici|valid|voluntar|cessant|contest|dispens|evit)\w*|ir(?:regular|respons|relev|replac|revers)\w*"
    r"|ill?egal\w*|il(?:legitim|logic)\w*)\b"
    r"|\b[a-z]{3,}less(?:ly|ness)?\b(?<!unless)(?<!nevertheless)(?<!nonetheless)|\b\w+-free\b"
    r"|\b(?:without|lack\w*|fail\w*|refus\w*|den(?:y|ies|ied|ying)|reject\w*|avoid\w*|prevent\w*|hardly|scarcely"
    r"|rarely|seldom|little|few|far from|far too|too \w+ to|rather than|instead|short of|shortages?|free of|stop\w*"
    r"|ceas\w*|beyond|yet to|los[et]|miss\w*|wrong|false\w*|against|oppos\w*|bann?(?:ed|ing|s)?|prohibit\w*"
    r"|forbid\w*|except|absen\w*|zero|exempt\w*|barely|barring|difficult\w*|out of|gap|doubt\w*|refrain\w*|declin\w*"
    r"|resist\w*|exclud\w*|spar(?:e|ed|ing)|loath|reluctan\w*|other than|skip\w*|ignor\w*|neglect\w*|forg[eo]t\w*"
    r"|giv\w+ up|gave up|evad\w*|negligible|mistak\w*|different|changed|left out|poor\w*|anything but|still|worse\w*"
    r"|lower|limits?|limited|less than|spurn\w*|withh\w*|hold back|held back|lie|myth|afraid|anything|any|bound to"
    r"|more than one|halt\w*|before|until|hesita\w*|fewer|shut|closed?)\b"
)
_PLAN_ZH = (
    "拟(?!人|态|音) 擬(?!人|態|音) 计划 計劃 計畫 打算 力争 力爭 争取 爭取 预计 預計 预期 預期 有望 即将 即將 将会 將會"
    " 将要 將要 将于 將於 将在 將在 将继续 將繼續 还将 還將 也将 也將 都将 都將 准备(?!金|好|了|工作|充分|时|就绪|得) 準備(?!金|好|了) 希望(?!工程) 目标是 目標是 下一步 今后 今後 定于 定於"
    " [将將](?=会|會|要|于|於|在|继续|繼續|进一步|進一步|持续|持續|全面|陆续|陸續|适时|適時|尽快|盡快|不|按|与|與|向|通过|通過|举行|舉行|访问|訪問|召开|召開"
    "|启动|啟動|推出|达|達|是|有|坚持|堅持|加强|加強|积极|積極|认真|認真|严格|嚴格|切实|切實|采取|採取|开展|開展|完成|实现|實現|出台|发布|發布|公布|协助|協助|就|赴|前往|从|從|进行|進行)"
)
_PLAN_EN = re.compile(
    r"\b(?:will|would|shall|won't|plans?|planned|planning|aim\w*|intend\w*|intention\w*|expect\w*|hop(?:e|es|ed|ing)"
    r"|striv\w*|going to|about to|set to|due to|due|scheduled?|likely|forecast\w*|project(?:ed|s)? to|propos\w*|prepar\w*"
    r"|seek\w*|target\w*|goals?|tr(?:y|ies|ying)|want\w*|should|may|might|could|can|must|next|upcoming|future|eventually"
    r"|pledg\w*|commit\w*|until|ahead|on track|look(?:s|ing)? to|work(?:s|ing)? (?:to|towards?)|ensure|to be|soon|later|yet to"
    r"|anticipat\w*|estimat\w*|predict\w*|promis\w*|effort\w*|design\w*|consider\w*|stud(?:y|ied|ying)|draft\w*|ready|way to"
    r"|bid to|endeavou?r\w*|determin\w*|coming|forward|tomorrow|from now|in the (?:coming|works|pipeline)|let(?:'s| us)|need\w*"
    r"|(?:is|are|am|be) to|call\w* (?:for|on)|envisag\w*|foresee\w*|prospects?|look\w* (?:at|into|forward)|allow\w*|has yet|have yet|in order to|so that|help\w*)\b"
    r"|['’](?:ll|d)\b"
)
_QUOTED = re.compile(r"“[^”]*”|「[^」]*」|\"[^\"]*\"")
_PLAN_REACH = 0.2  # of a sentence, between the words of one plan in both languages
_SHORT = 70  # English letters of a sentence in which the place of a word says nothing


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that says no.

    Attributes:
        place: Where it stands, from 0 to 1 of its sentence.
        is_plain: Whether it is a negation itself, and not a word in which one may be hidden.
        text: The word; an English one in lower case.
    """

    place: float
    is_plain: bool
    text: str


def _any(words: str) -> re.Pattern[str]:
    return re.compile("|".join(words.split()))


_ZH = _any(_NO_NEGATION_ZH), _any("并非 並非 绝非 絕非"), _any(_HIDDEN_NEGATION_ZH), _any(_NEGATION_ZH)
_EN = tuple(re.compile(words) for words in (_NO_NEGATION_EN, _NEGATION_EN, _HIDDEN_NEGATION_EN))
_PLANS = _any(_PLAN_ZH)


def chinese_negations(text: str) -> list[Cue]:
    """Negations of a Chinese sentence.

    >>> [(cue.text, cue.is_plain) for cue in chinese_negations("不断努力，没有拒绝")]
    [('没', True), ('拒', False)]
    """
    nothing, first, hidden, plain = _ZH
    return _found(text, nothing, ((first, True), (hidden, False), (plain, True)))


def english_negations(text: str) -> list[Cue]:
    """Negations of an English sentence.

    >>> [(cue.text, cue.is_plain) for cue in english_negations("Not only did they not fail.")]
    [('not', True), ('fail', False)]
    """
    nothing, plain, hidden = _EN
    return _found(lowered(text), nothing, ((plain, True), (hidden, False)))


def unmatched(
    source: str, target: str, mine: Sequence[Cue], yours: Sequence[Cue]
) -> tuple[list[Cue], list[Cue]]:
    """Plain negations of either sentence that nothing near their place in the other can stand for."""
    reach = 1.0 if min(len(source) * 4, len(target)) < _SHORT else 0.5
    pairs = sorted(
        (abs(left.place - right.place) + (0.0 if left.is_plain and right.is_plain else 0.2), i, j)
        for i, left in enumerate(mine)
        for j, right in enumerate(yours)
    )
    left_over, right_over = set(range(len(mine))), set(range(len(yours)))
    for apart, i, j in pairs:
        if apart <= reach + (reach == 1.0) and i in left_over and j in right_over:
            left_over.discard(i)
            right_over.discard(j)
    return (
        [mine[i] for i in sorted(left_over) if mine[i].is_plain],
        [yours[j] for j in sorted(right_over) if yours[j].is_plain],
    )


def unkept_plans(source: str, target: str) -> list[str]:
    """Words by which a Chinese sentence says that something is to come, where its English says nothing of it.

    One English word may stand for several, but it must stand about where they do.

    >>> unkept_plans("我们计划完成。", "We finished it."), unkept_plans("我们计划完成。", "We aim to finish it.")
    (['计划'], [])
    """
    reach = 1.0 if min(len(source) * 4, len(target)) < _SHORT else _PLAN_REACH
    told = [(match.start() + match.end()) / 2 / len(target) for match in _PLAN_EN.finditer(lowered(target))]
    found = []
    for match in _PLANS.finditer(source):
        place = (match.start() + match.end()) / 2 / len(source)
        if not any(abs(place - other) <= reach for other in told):
            found.append(match[0])
    return found


def unquoted(text: str) -> str:
    """A sentence without what stands in quotation marks: slogans and set phrases, told as names.

    >>> unquoted("整治“有案不立”问题"), unquoted('the "no case" problem')
    ('整治 问题', 'the   problem')
    """
    return _QUOTED.sub(" ", text)


def _found(text: str, nothing: re.Pattern[str], rules: Sequence[tuple[re.Pattern[str], bool]]) -> list[Cue]:
    taken = bytearray(len(text))
    for match in nothing.finditer(text):
        taken[match.start() : match.end()] = b"\1" * len(match[0])
    cues = []
    for rule, is_plain in rules:
        for match in rule.finditer(text):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = b"\1" * len(match[0])
                cues.append(Cue((match.start() + match.end()) / 2 / len(text), is_plain, match[0]))
    return sorted(cues, key=lambda cue: cue.place)
