"""Chinese text to quantities: one pattern walked once; each branch of it is one rule of writing."""

import re
from decimal import Decimal

from summarizer.quantities.quantity import (
    HAN_DIGITS,
    REIGNS,
    Bound,
    Kind,
    Quantity,
    date_number,
    days,
    han_number,
    is_span,
    listed,
    quantity,
)

_PLAIN = str.maketrans(
    "０１２３４５６７８９．％億萬兩餘幾數點個條項處歲時間號約過種類級層戶場輛噸畝紀後來總縣鄉鎮門員隻張對為滿達從塊頭國雙鐘於當",
    "0123456789.%亿万两余几数点个条项处岁时间号约过种类级层户场辆吨亩纪后来总县乡镇门员只张对为满达从块头国双钟于当",
)
_FORMAL = str.maketrans("壹贰貳叁參肆伍陆陸柒捌玖拾佰仟", "一二二三三四五六六七八九十百千")
_FORMAL_RUN = re.compile("[壹贰貳叁參肆伍陆陸柒捌玖][拾佰仟万亿][壹贰貳叁參肆伍陆陸柒捌玖拾佰仟万亿零]{0,40}")
_D = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|(?<!\d)\d{1,3}(?:[   ]\d{3})+(?!\d)|\d+(?:\.\d+)?)"
_N = (
    rf"(?>{_D}(?:(?:个(?=[万亿])|[十百])?(?:[万亿兆]{{1,2}}|(?:[十百]|千(?!瓦|赫|帕|米|克|卡))万?亿?)(?:{_D}[百千]?万?)?)?"
    rf"|(?:[零〇一二三四五六七八九十廿卅百千万亿]|两(?=[百千万亿])|(?<=一)两(?![银酒肉茶])|(?<![零〇一二三四五六七八九十百千万亿])两|(?<=十)有(?=[一二三四五六七八九]))"
    rf"{{1,40}}(?:个(?=[万亿])[万亿]{{1,2}})?(?:点[零〇一二三四五六七八九]+)?)"
)
_PRE = (
    "大约|约(?:为|合|等于|相等于|相当于)|差不多|超逾|(?<![存拿吃放坐住装])不下(?=[一二三四五六七八九十两百千\\d])|跌破|跌穿|(?<![加尽愉赶凉轻])快(?=[一二三四五六七八九十两百千\\d])|"
    "(?<![预签节条合制公履违契邀简特相])约|大概|将近|接近|(?<![最附邻远靠临亲])近|不超过|超过|超出|(?<!高)超|高于|多于"
    "|逾|突破|破(?=[十百千万亿])|(?<![通经不超度难])过(?=[百千万亿半])|至少|不少于|不低于|不到|不足|低于|少于|最多|至多|(?<!以)上(?=[百千万亿])"
)
_UNITS = (
    "人民币|人次|美元|欧元|港元|日元|英镑|新台币|台币|个小时|个钟头|钟头|个礼拜|礼拜|个星期|个年头|个点|块钱|平方呎|平方英尺|毫升|毫米|微米|纳米|公分|厘米|摄氏度|千瓦|兆瓦|华里|公里|公斤|公顷|平方米|立方米|平方公里|千米|千瓦时|标箱|个多月|个半月|个月(?!饼|球|亮|台)|个百分点|分钟|小时"
    "|星期|周年|元|年|天|日|周|秒|倍|个|条|件|项|名|人|次|级|类|批|家|份|处|封|起|位|种|套|部|户|所|所|支|场|辆|吨|亩|岁|届|期|轮|篇"
    "|台|艘|架|座|栋|宗|例|头|只|张|间|门|口|届|番|段|步|层|线|省|市|县|区|乡|镇|村|米|斤|克|度|页|本|册|字|代|列|艘|株|颗|块|句|点"
    "|方|者|国|科|道|股|路|大|组|对|则|局|端|维|口|坪|伙|宗|格|稿|里|尺|丈|寸|号人|拨|桌|站|圈|趟|班|碗|颗|根|条|盘|节|剂|针|尾|羽|幅|副|双|桶|瓶|杯"
)
_NAMES = (
    "一带一路|一国两制|两会|三农|四个全面|五位一体|四个自信|四个意识|两个维护|两个确立|两个一百年|三严三实|两学一做"
    "|八项规定|千方百计|千家万户|成千上万|万众|亿万|万一|万水千山|千万(?!人|元|吨|美|个|户|名|条|件|级|亩)|百分百"
    "|十[一二三四五六]五(?![个名条件项年天人%])|十[五六七八九]大|二十大|一方面|另一方面|一一|一中心四平台一网格|一把手"
    "|三心二意|五湖四海|百姓|百花|万事|万物|万家|七七事变|九一八|五四(?=运动|青年|精神|新文化|以来|”)|三八|十分(?!之|钟)|十足|一点(?![零一二三四五六七八九])|一些|一线|一流|一等|星期[一二三四五六]"
    "|周[一二三四五六]|三亚|四川|九江|六安|千年|万里长城|三峡|两岸"
    r"|(?<=\d)[∶:：]1(?![\d.])"
    "|一三五|二四六|不怕一万|腊月|正月|冬月|农历[一二三四五六七八九十]+月(?:初?[一二三四五六七八九十]+)?"
    r"|[A-Za-z]+[-.]?\d+(?:\.\d+)?(?![\d%万亿])|\d{1,2}[·•]\d{1,2}(?!\d)|(?<![\d.])\d{1,2}[A-Z](?![A-Za-z])"
)
_MONTH = "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = "(?:[12]\\d|3[01]|0?[1-9]|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九]|廿[一二三四五六七八九]?)"
_YEAR = "(?:(?:1\\d|20)\\d\\d|[一二][零〇一二三四五六七八九]{3})"
_DAYTIME = "上午|下午|晚上|晚|凌晨|中午|早上|清晨|清早|傍晚|夜里|半夜|早晨|午后"
_HOUR = "(?:1\\d|2[0-4]|\\d|十[一二]?|二十[一二三四]?|[一二两三四五六七八九])"
_MINUTE = "(?:[二三四五]?十[一二三四五六七八九]?|[零〇][一二三四五六七八九]|[0-5]?\\d)"
_AMOUNT = (
    rf"(?P<pre>{_PRE})?(?P<verb>(?:增长|增加|提高|上升|扩大|增|高出|提升)了?)?(?P<pre2>{_PRE})?"
    rf"(?:(?P<vague>[数几])(?P<vscale>[十百千万亿]{{1,3}})"
    rf"|(?P<n>{_N})(?:(?P<mid>[余多几来])(?P<scale>[百千]?[万亿]{{1,2}}))?)"
    rf"(?:%?[至到—–~～-]{{1,2}}(?P<n2>{_N}))?(?P<post>[余多几]|来(?![自说的了到源看往年]))?"
    rf"(?P<unit>%|‰|‰|成(?![立为功果员都效绩本长年就熟交品片套千])|折(?![腾旧合算磨线])|{_UNITS})?"
    "(?P<part>(?<=成)[一二三四五六七八九](?![成倍])|(?<=[米秒块斤])[一二三四五六七八九]{1,2}(?![十百千万米分角边面])两?"
    "|(?<=块)[一二三四五六七八九]毛(?:[一二三四五六七八九]分?)?)?"
    "(?P<half>半(?!数))?(?P<post2>以上|以下|以内|左右|上下|上方|还多|都?不到(?![了位])|出头|开外|往上|有余|有奇|挂零|[多余](?![元数种次样]))?"
)
# Every rule begins with one of these; a look at one character spares most places of a text forty rules.
_FIRST = (
    r"\dA-Za-z零〇一二两三四五六七八九十廿卅百千万亿兆半数几俩仨第每前头民本上下翻世年届已逾近过不到古花耄而光宣同咸道嘉乾雍康顺崇贞开天熙绍元"
    "早凌清傍夜中晚午正腊冬农星周成另大约差超跌快将接突破至低少高多最增提扩:：∶"
)
_RULES = re.compile(
    f"(?=[{_FIRST}])(?:(?P<name>{_NAMES})"
    "|(?:(?P<century>上个?|本|\\d{2}|[一二]?十[一二三四五六七八九]?)世纪)?(?P<decade>[1-9]0|[一二三四五六七八九]十)年代"
    "|(?P<ydecade>(?:19|20)\\d0)年代"
    f"|(?<!\\d)1[至到—–~-]{{1,2}}(?P<until>{_MONTH})月份?(?!\\d)|[前头](?P<firstmonths>{_N})个月"
    f"|(?<![\\d一二三四五六七八九十个])(?P<m1>{_MONTH})[至到—–~-]{{1,2}}(?P<m2>{_MONTH})月份?(?!\\d|[一二三四五六七八九十])"
    f"|每(?P<every>{_N})(?:个|起|名|人|位|户|家|件|对|辆|只)[^，。；,;每]{{0,12}}?(?:有|是)?(?P<than>超过|不到|近|逾)?一(?:个|起|名|人|位|户|家|件|对|辆|只)"
    f"|(?P<left>{_N})比(?P<right>{_N})(?![例重])"
    "|(?<![\\d〇零一二三四五六七八九十百千万])(?P<yy>[零〇五六七八九四][零〇一二三四五六七八九])年(?![多半来内间]|以后|时间|前|级)"
    "|(?<![\\d零〇一二三四五六七八九十百])(?P<years>[二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])年"
    "零?(?P<months>[一二两三四五六七八九十俩仨]{1,2})个?月(?![份日号\\d]|[一二三四五六七八九十])"
    "|(?P<couple>[俩仨])(?P<coupleunit>个?月|年|天|个?小时)?"
    "|(?P<quarters>[一两三])刻钟(?P<within>以内)?|(?P<zero>[零〇0])[时点](?![.\\d零〇一二三四五六七八九])"
    "|(?<![一二三四五六七八九块])(?P<mao>[一二两三四五六七八九])毛(?P<fen>[一二三四五六七八九])?"
    f"|(?P<minutes>{_N})分(?P<seconds>{_N})秒(?P<tenth>[零一二三四五六七八九]{{1,2}})?"
    f"|(?:{REIGNS})(?P<reign>元|[一二三四五六七八九十]+)年"
    "|(?:年?[逾过近届]|已[是到]?|不?到)?(?P<age>古稀|花甲|耄耋|不惑|而立)"
    f"|(?P<fy>{_YEAR})[-/—–]\\d\\d(?!\\d)(?:年度?)?"
    f"|民国(?P<roc>{_N})年(?:度?|(?P<rocm>{_MONTH})月(?:(?P<rocd>{_DAY})[日号])?)"
    f"|(?P<half_of>{_N})个半(?P<halfspan>小时|钟头|月|星期|世纪)"
    f"|(?P<centuries>{_N}|半)个(?:多)?世纪|(?P<nthcentury>\\d{{1,2}}|[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])世纪(?!以来|末|初|中)?"
    f"|(?P<y1>{_YEAR})[至到—–~-]{{1,2}}(?P<y2>{_YEAR})年"
    f"|(?P<y>{_YEAR})年(?:(?P<ym>{_MONTH})月(?:(?P<ymd>{_DAY})[日号])?)?"
    f"|(?<![\\d一二三四五六七八九十个])(?P<m>{_MONTH})月份?(?:(?P<md>{_DAY})(?:[至到—–~-]{{1,2}}(?P<md2>{_DAY}))?[日号])?"
    f"|(?<![\\d一二三四五六七八九十第])(?P<d>{_DAY})(?:日|号(?![楼线文令公院]))"
    "|(?P<yhalf>[上下])半年|第?(?P<quarter>[一二三四1-4])季(?:度|(?![节军]))"
    f"|(?P<ampm>{_DAYTIME})(?P<hour>{_HOUR})"
    f"(?:[时点](?:[来多]?钟|(?P<hhalf>半)|(?P<hquarter>[一三])刻|(?P<minute>{_MINUTE})分?)?|:(?P<minute2>\\d\\d))"
    f"|(?<![\\d.第百千万])(?P<spoken>{_HOUR})点(?:[来多]?钟|(?P<shalf>半(?!数))|(?P<squarter>[一三])刻|(?P<sminute>{_MINUTE})分)"
    "|(?<!\\d)(?P<h24>\\d{1,2})时(?:(?P<m24>\\d{1,2})分)?"
    "|(?P<clock>(?<!\\d)\\d{1,2}:\\d\\d(?!\\d))"
    f"|(?P<fpre>{_PRE})?(?:百分之(?P<pct>{_N})|(?P<den>{_N})分之(?P<num>{_N})|(?P<halfof>一半|半数|过半|半(?P<halfunit>年|天|个月|个?小时|个?钟头|个百分点|斤|公里|里|米|亩|吨|公斤)))(?P<fpost>多|以上|以下|左右|还多|都?不到|以内)?"
    "|翻了?(?P<turnpre>近|约|超过?|将近)?(?P<turn>[一两二三]?)番(?P<turnpost>多)?"
    f"|第(?P<nth>{_N})(?P<nunit>{_UNITS})?"
    f"|(?P<long>(?:{_N}年)(?:零?{_N}个月)(?:零?{_N}[天日])?|{_N}个月零?{_N}[天日]|{_N}[天日]零?{_N}个?小时|{_N}小时{_N}分钟?)"
    f"|{_AMOUNT})"
)
_BOUNDS: dict[str, Bound] = {
    **dict.fromkeys(listed("大约 约 约为 约合 约等于 约相等于 约相当于 差不多 大概 左右 上下 来"), "about"),
    **dict.fromkeys(listed("将近 接近 近 快 不到 都不到 跌破 跌穿 不足 低于 少于 以下"), "below"),
    **dict.fromkeys(
        listed(
            "超过 超出 超 高于 多于 逾 突破 破 过 上 余 多 几 超逾 不下 上方 还多 出头 开外 往上 有余 有奇 挂零"
        ),
        "above",
    ),
    **dict.fromkeys(listed("至少 不少于 不低于 以上"), "at least"),
    **dict.fromkeys(listed("不超过 最多 至多 以内"), "at most"),
}
_AFTERNOON = frozenset(("下午", "晚上", "晚", "傍晚", "夜里", "午后"))
_MONEY = frozenset({"块", "块钱", "新台币", "台币", "元", "美元", "欧元", "港元", "日元", "英镑", "人民币"})
_COUPLES = str.maketrans("俩仨", "两三")
_WEIGHED = frozenset(listed("斤 公斤 亩 公里 吨"))
_MORE_AFTER = frozenset(
    listed(
        "年 个月 天 岁 倍 元 公里 米 亩 成 吨 斤 里 块 块钱 平方米 小时 个小时 分钟 层 公斤 公顷 周 个星期"
    )
)
_HALVED = frozenset(listed("年 倍 天 小时 岁 个月 公里 斤 里 米 成 公斤 分 层 吨 周 块 点"))
_ONE_OR_OTHER = re.compile(
    "(?P<before>(?:.*[十百千万亿零])?)(?P<a>[一二三四五六七八两])(?P<b>[二两三四五六七八九])(?P<scale>[十百千万亿]*)"
)
_QUOTED = re.compile('[“「『"]([^“”「」『』"，。；\n]{1,12})[”」』"]')


def read_chinese(text: str) -> tuple[Quantity, ...]:
    """Every quantity of a Chinese text, in order; names (一带一路, “三个规定”) are none.

    >>> [q.text for q in read_chinese("意见5.2万余条,近180万条,历时2个月22天")]
    ['5.2万余条', '近180万条', '2个月22天']
    """
    plain = _FORMAL_RUN.sub(lambda run: run[0].translate(_FORMAL), text.translate(_PLAIN))
    quoted = bytearray(len(text))
    for quote in _QUOTED.finditer(plain):
        quoted[quote.start() : quote.end()] = b"\1" * (quote.end() - quote.start())
    found: list[Quantity] = []
    for match in _RULES.finditer(plain):
        for read in _read(match, text):
            small = read.high <= 10 and not re.search(r"\d", read.text)
            if not (small and quoted[read.start]):
                found.append(read)
    return tuple(found)


def _read(match: re.Match[str], text: str) -> list[Quantity]:
    """The branch that matched to its quantities: none for a name, two for a range of dates."""
    if match["name"]:
        return []
    for group, rule in _READERS:
        if match[group] is not None:
            return rule(match, text)
    return _turn(match, text)


def _decade(match: re.Match[str], text: str) -> list[Quantity]:
    """上世纪九十年代 is 1990; a decade without its century keeps two digits."""
    if match["ydecade"]:
        return [quantity(text, match.span(), Decimal(match["ydecade"]), "decade", unit="年代")]
    named = match["century"]
    centuries = {None: 0, "上": 1900, "上个": 1900, "本": 2000}
    base = centuries[named] if named in centuries else (han_number(named) - 1) * 100
    return [quantity(text, match.span(), base + han_number(match["decade"]), "decade", unit="年代")]


def _years(match: re.Match[str], text: str) -> list[Quantity]:
    """2018—2020年 is two years."""
    spans = match.span("y1"), (match.start("y2"), match.end())
    years = (int(han_number(match[group])) for group in ("y1", "y2"))
    return [
        quantity(text, span, date_number(year, 0, 0), "date", unit="年")
        for span, year in zip(spans, years, strict=True)
    ]


def _date(match: re.Match[str], text: str) -> list[Quantity]:
    """2018年, 今年3月, 5月31日, 7日: what is not said is 0; 6月5至9日 is two days of one month."""
    year, month, day = (
        next((int(han_number(match[group])) for group in groups if match[group]), 0)
        for groups in (("y",), ("ym", "m"), ("ymd", "md", "d"))
    )
    unit = "年" * bool(year) + "月" * bool(month) + "日" * bool(day)
    found = [quantity(text, match.span(), date_number(year, month, day), "date", unit=unit)]
    if match["md2"]:
        last = date_number(0, month, int(han_number(match["md2"])))
        found.append(quantity(text, (match.start("md2"), match.end()), last, "date", unit=unit))
    return found


def _months(match: re.Match[str], text: str) -> list[Quantity]:
    """1—8月 and 前8个月 are the first eight months; 3月至5月 is two dates."""
    if match["m1"]:
        spans = match.span("m1"), (match.start("m2"), match.end())
        both = (date_number(0, int(han_number(match[group])), 0) for group in ("m1", "m2"))
        return [
            quantity(text, span, month, "date", unit="月") for span, month in zip(spans, both, strict=True)
        ]
    low = han_number(match["until"] or match["firstmonths"])
    return [quantity(text, match.span(), low, "date", unit="首月")]


def _share(match: re.Match[str], text: str) -> list[Quantity]:
    """每五起中有一起 is one in five."""
    bound: Bound = _BOUNDS[match["than"]] if match["than"] else "exact"
    number = han_number(match["every"])
    if not number:
        return []
    return [quantity(text, match.span(), 1 / number, "fraction", bound=bound)]


def _score(match: re.Match[str], text: str) -> list[Quantity]:
    """四比三 is two counts."""
    return [
        quantity(text, match.span(group), han_number(match[group]), "count") for group in ("left", "right")
    ]


def _short_year(match: re.Match[str], text: str) -> list[Quantity]:
    """七八年 is the year 78 of its century, or seven or eight years."""
    low = han_number(match["yy"])
    return [quantity(text, match.span(), low * 10000, "date", unit="年")]


def _years_and_months(match: re.Match[str], text: str) -> list[Quantity]:
    """一年六个月, and what courts write: 一年六月."""
    months = match["months"].translate(_COUPLES)
    low = days(han_number(match["years"]), "年") + days(han_number(months), "月")
    return [quantity(text, match.span(), low, "duration", unit="天")]


def _minutes(match: re.Match[str], text: str) -> list[Quantity]:
    """一分五十六秒八 is 116.8 seconds."""
    low = 60 * han_number(match["minutes"]) + han_number(match["seconds"])
    if match["tenth"]:
        low += Decimal("0." + "".join(str(HAN_DIGITS[char]) for char in match["tenth"]))
    return [quantity(text, match.span(), low, "duration", unit="秒")]


def _couple(match: re.Match[str], text: str) -> list[Quantity]:
    """俩 is 两个, 仨 is 三个."""
    unit = match["coupleunit"] or ""
    kind: Kind = "duration" if unit else "count"
    return [quantity(text, match.span(), han_number(match["couple"].translate(_COUPLES)), kind, unit=unit)]


def _quarters(match: re.Match[str], text: str) -> list[Quantity]:
    """一刻钟 is fifteen minutes."""
    return [
        quantity(
            text,
            match.span(),
            15 * han_number(match["quarters"]),
            "duration",
            bound="at most" if match["within"] else "exact",
            unit="分钟",
        )
    ]


def _midnight(match: re.Match[str], text: str) -> list[Quantity]:
    """零时."""
    return [quantity(text, match.span(), Decimal(0), "time", unit="时")]


def _coins(match: re.Match[str], text: str) -> list[Quantity]:
    """一毛八 is 0.18 yuan."""
    low = han_number(match["mao"]) / 10 + (han_number(match["fen"]) / 100 if match["fen"] else 0)
    return [quantity(text, match.span(), low, "money", unit="元")]


def _age(match: re.Match[str], text: str) -> list[Quantity]:
    """年逾古稀 is past seventy."""
    ages = {"古稀": 70, "花甲": 60, "耄耋": 80, "不惑": 40, "而立": 30}
    return [quantity(text, match.span(), Decimal(ages[match["age"]]), "count", unit="岁")]


def _reign(match: re.Match[str], text: str) -> list[Quantity]:
    """光绪二十九年 is the 29th year of a reign."""
    low = Decimal(1) if match["reign"] == "元" else han_number(match["reign"])
    return [quantity(text, match.span(), low, "ordinal", unit="年")]


def _fiscal_year(match: re.Match[str], text: str) -> list[Quantity]:
    """2019-20年度 is told by its first year."""
    return [quantity(text, match.span(), date_number(int(match["fy"]), 0, 0), "date", unit="年")]


def _roc(match: re.Match[str], text: str) -> list[Quantity]:
    """民國110年3月 is March 2021: the Republic counts from 1912."""
    year = int(han_number(match["roc"])) + 1911
    month, day = (int(han_number(match[part])) if match[part] else 0 for part in ("rocm", "rocd"))
    unit = "年" + "月" * bool(month) + "日" * bool(day)
    return [quantity(text, match.span(), date_number(year, month, day), "date", unit=unit)]


def _and_a_half(match: re.Match[str], text: str) -> list[Quantity]:
    """一个半小时, 两个半月."""
    unit = {"钟头": "小时", "月": "个月"}.get(match["halfspan"], match["halfspan"])
    low = han_number(match["half_of"]) + Decimal("0.5")
    return [quantity(text, match.span(), low, "duration", unit=unit)]


def _century(match: re.Match[str], text: str) -> list[Quantity]:
    """半个世纪 is a duration, 十八世纪 an ordinal."""
    if match["nthcentury"]:
        return [quantity(text, match.span(), han_number(match["nthcentury"]), "ordinal", unit="世纪")]
    low = Decimal("0.5") if match["centuries"] == "半" else han_number(match["centuries"])
    return [quantity(text, match.span(), low, "duration", unit="世纪")]


def _season(match: re.Match[str], text: str) -> list[Quantity]:
    """上半年 is half 1, 三季度 is quarter 3."""
    if match["yhalf"]:
        return [quantity(text, match.span(), Decimal("上下".index(match["yhalf"]) + 1), "date", unit="半年")]
    return [quantity(text, match.span(), han_number(match["quarter"]), "date", unit="季度")]


def _time(match: re.Match[str], text: str) -> list[Quantity]:
    """下午3时30分 and 15:30 are both 1530."""
    if match["clock"]:
        hour, minute = map(int, match["clock"].split(":"))
    else:
        hour = int(han_number(match["hour"] or match["spoken"] or match["h24"]))
        told = match["minute"] or match["minute2"] or match["sminute"] or match["m24"]
        quarters = {"一": 15, "三": 45}.get(match["hquarter"] or match["squarter"] or "", 0)
        minute = 30 if match["hhalf"] or match["shalf"] else int(han_number(told)) if told else quarters
        if match["ampm"] in _AFTERNOON and hour < 12:
            hour += 12
    return [quantity(text, match.span(), Decimal(hour * 100 + minute), "time", unit="时")]


def _ratio(match: re.Match[str], text: str) -> list[Quantity]:
    """百分之五十四点三, 三分之一, 半数, 半年."""
    pre, post = match["fpre"], match["fpost"]
    bound: Bound = _BOUNDS[pre] if pre else "above" if post == "多" else _BOUNDS.get(post or "", "exact")
    if match["pct"]:
        return [quantity(text, match.span(), han_number(match["pct"]), "percent", bound=bound, unit="%")]
    if match["halfunit"]:
        unit = match["halfunit"]
        kind: Kind = "points" if unit == "个百分点" else "duration" if is_span(unit) else "count"
        return [quantity(text, match.span(), Decimal("0.5"), kind, bound=bound, unit=unit)]
    if match["halfof"]:
        bound = "above" if match["halfof"] == "过半" else bound
        return [quantity(text, match.span(), Decimal("0.5"), "fraction", bound=bound)]
    below = han_number(match["den"])
    low = han_number(match["num"]) / below if below else Decimal(0)
    return [quantity(text, match.span(), low, "fraction", bound=bound)]


def _turn(match: re.Match[str], text: str) -> list[Quantity]:
    """翻一番 doubles, 翻两番 is four times."""
    turns = int(HAN_DIGITS[match["turn"] or "一"])
    hedge = match["turnpre"] or match["turnpost"]
    bound: Bound = _BOUNDS.get(hedge or "", "exact")
    return [quantity(text, match.span(), Decimal(2**turns), "multiple", bound=bound, unit="番")]


def _nth(match: re.Match[str], text: str) -> list[Quantity]:
    """第一批 is an ordinal, 第3位 a rank; 第一 before a verb only counts the speaker's points."""
    unit = match["nunit"] or ""
    if not unit and not re.search(r"\d|[十百千万亿]", match["nth"]):
        return []
    kind: Kind = "rank" if unit in {"位", "名"} else "ordinal"
    return [quantity(text, match.span(), han_number(match["nth"]), kind, unit=unit)]


def _long(match: re.Match[str], text: str) -> list[Quantity]:
    """2个月22天 is 82 nominal days."""
    parts = re.findall(rf"({_N})(年|个月|[天日]|个?小时|分钟?)", match["long"])
    total = sum((days(han_number(number), unit) for number, unit in parts), Decimal(0))
    return [quantity(text, match.span(), total, "duration", unit="天")]


def _amount(match: re.Match[str], text: str) -> list[Quantity]:
    """A number with its hedges before, inside and after, and its measure word."""
    unit, end = match["unit"] or "", match.end()
    post2 = match["post2"]
    if post2 in {"多", "余"} and unit not in _MORE_AFTER:
        post2, end = None, match.end("unit") if match["unit"] else match.start("post2")
    half = match["half"] if unit in _HALVED else None
    if match["half"] and not half:
        post2, end = None, match.start("half")
    low, high = _interval(match)
    grown = match["verb"] if unit == "倍" else None
    first = next(match.start(group) for group in ("vague", "n") if match[group])
    pre = match["pre2"] or (None if match["verb"] and not grown else match["pre"])
    hedges = [hedge for hedge in (pre, match["mid"], match["post"], post2) if hedge]
    if not _stands(match, unit, hedges, high):
        return []
    start = match.start("pre2") if match["pre2"] and not grown else first
    start = match.start() if grown or not match["verb"] else start
    extra = Decimal("0.5") if half or unit == "个半月" else Decimal(0)
    kind, factor, add = _kind(unit, grown, single=high == 1)
    extra += _decimals(match["part"])
    low, high = ((edge + extra) * factor + add for edge in (low, high))
    if unit == "折":
        low = high = 100 - (high if high >= 10 else high * 10)
    bound: Bound = "about" if match["vague"] else _BOUNDS[hedges[0]] if hedges else "exact"
    bound = "above" if unit == "个多月" else bound
    if pre == "近" and kind == "duration" and _recent(text, start, end):
        bound = "exact"
    kind = "range" if match["n2"] or _nearly(match["n"] or "") else kind
    return [quantity(text, (start, end), low, kind, high=high, bound=bound, unit=unit)]


def _recent(text: str, start: int, end: int) -> bool:
    """近3年来 is the last three years; 历时近3年 is nearly three."""
    return text[end : end + 1] in {"来", "來", "内", "间"} or not re.search(
        "(?:历时|長?长?达|用了|了|用|有|过|经过)$", text[max(0, start - 4) : start]
    )


def _interval(match: re.Match[str]) -> tuple[Decimal, Decimal]:
    """Low and high: 数百 is 200 to 900, 两三百 is 200 to 300, 3至5万 shares its 万."""
    if match["vague"]:
        scale = han_number(match["vscale"])
        return 2 * scale, 9 * scale
    if pair := _nearly(match["n"]):
        return pair
    if match["n"] == "百十":
        return Decimal(100), Decimal(100)
    low = han_number(match["n"] + (match["scale"] or ""))
    if not match["n2"]:
        return low, low + 9 if "几" in {match["mid"], match["post"]} and match["n"] == "十" else low
    high, tail = han_number(match["n2"]), re.search("[百千万亿]+$", match["n2"])
    if tail and not re.search("[百千万亿]", match["n"]):
        low *= han_number(tail[0])
    return min(low, high), max(low, high)


def _nearly(number: str) -> tuple[Decimal, Decimal] | None:
    """Two numerals that follow one another are "one or the other": 七八百, 十三四, 十五六万, 两万六七.

    >>> _nearly("十五六万"), _nearly("两万六七"), _nearly("三百二十")
    ((Decimal('150000'), Decimal('160000')), (Decimal('26000'), Decimal('27000')), None)
    """
    pair = _ONE_OR_OTHER.fullmatch(number)
    if pair is None:
        return None
    if HAN_DIGITS[pair["b"]] - HAN_DIGITS[pair["a"]] != 1 and pair["a"] + pair["b"] != "三五":
        return None
    return han_number(pair["before"] + pair["a"] + pair["scale"]), han_number(
        pair["before"] + pair["b"] + pair["scale"]
    )


def _decimals(part: str | None) -> Decimal:
    """What follows a unit: 一米七三 is 1.73, 一块三毛 1.3, 六成五 6.5."""
    digits = [str(HAN_DIGITS[char]) for char in (part or "").removesuffix("两") if char in HAN_DIGITS]
    return Decimal("0." + "".join(digits)) if digits else Decimal(0)


def _stands(match: re.Match[str], unit: str, hedges: list[str], high: Decimal) -> bool:
    """Whether Chinese numerals are a quantity here: 统一 and 三是 are not, 三级 and 近百 are."""
    number = match["n"] or ""
    if re.search(r"\d", number) or match["vague"]:
        return True
    if number == "一":
        is_more = unit in {"倍", "成"} or bool(match["part"])
        return is_span(unit) or is_more or unit in _WEIGHED or bool(match["n2"] and unit)
    if high <= 10 or len(number) == 1:
        return bool(unit) or (bool(hedges) and number[0] in "百千万亿")
    return bool(unit or hedges) or bool(re.search("[十百千万亿廿卅]", number))


def _kind(unit: str, grown: str | None, *, single: bool) -> tuple[Kind, Decimal, Decimal]:
    """Kind, and what to multiply by and add: 三成 is 30 percent, 增长两倍 three times, 一倍 one more."""
    one, none = Decimal(1), Decimal(0)
    if unit == "‰":
        return "percent", one / 10, none
    if unit in {"成", "折"}:
        return "percent", Decimal(10) if unit == "成" else one, none
    if unit == "倍":
        return "multiple", one, one if grown or single else none
    kinds: dict[str, Kind] = {
        "%": "percent",
        "个百分点": "points",
        "个点": "points",
        "个多月": "duration",
        "个半月": "duration",
    }
    if is_span(unit):
        return "duration", one, none
    return kinds.get(unit, "money" if unit in _MONEY else "count"), one, none


_READERS = (
    ("until", _months),
    ("firstmonths", _months),
    ("m1", _months),
    ("every", _share),
    ("left", _score),
    ("yy", _short_year),
    ("years", _years_and_months),
    ("minutes", _minutes),
    ("couple", _couple),
    ("quarters", _quarters),
    ("zero", _midnight),
    ("mao", _coins),
    ("age", _age),
    ("fy", _fiscal_year),
    ("reign", _reign),
    ("roc", _roc),
    ("half_of", _and_a_half),
    ("centuries", _century),
    ("nthcentury", _century),
    ("decade", _decade),
    ("ydecade", _decade),
    ("y1", _years),
    ("y", _date),
    ("m", _date),
    ("d", _date),
    ("yhalf", _season),
    ("quarter", _season),
    ("hour", _time),
    ("h24", _time),
    ("clock", _time),
    ("spoken", _time),
    ("pct", _ratio),
    ("den", _ratio),
    ("halfof", _ratio),
    ("nth", _nth),
    ("long", _long),
    ("unit", _amount),
    ("n", _amount),
    ("vague", _amount),
)
