"""Chinese personal names in Latin letters, as GB/T 28039 spells them.

A surname is read from our own table, because the commonest reading of a character is
often not its reading as a surname (单 is Shan, 仇 is Qiu). A name we cannot vouch for
is left to the termbase, the editor or the model: None is better than a wrong name.
"""

import importlib.util
import json
import re
import unicodedata
from functools import cache
from pathlib import Path

_SINGLE = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎"
    "鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄"
    "和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭"
    "梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚"
    "程嵇邢滑裴陆荣翁荀羊惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇"
    "栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟"
    "谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎"
    "戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜"
    "养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖覃区闫佟楼占代仝付涂苑鹿展岳尉尧初揭谌楚律晋战撒冶练折"
    "招布朴商邸盘牟佘琚冼麦苟粟卿原信趙錢孫鄭馮陳衛蔣瀋韓楊許呂張嚴薑謝鄒竇雲蘇範魯韋馬鳳費賀湯羅畢鄔"
    "樂時齊顧黃蕭貝計談龐紀項藍閔賈婁顏鍾駱萬盧經繆應賁鄧單諸鈕龔榮陸儲烏車寧厲劉葉龍賴藺喬陰蒼雙聞黨"
    "吳鄧蔣呂齊東車鞏遲闕閔賓蓋謹諶邊遊凃粘練衛壽龎勞郟鄺酆鄢闞臧鹹鄞鄖鄯鄲鍾穀檀佀仉芦辜簡興兴宜郗撖"
    "续亓呙苌藏豆邝郇郐隋雒弋忻戢旷漆矫绪谯迟颉骈鬲阎闻於衣門续續阎閻隨譚貢勞酈溫莊閻連習魚國廣東歐鞏聶饒關區閆樓塗嶽盤麥買賽"
)
_DOUBLE = """
欧阳 司马 上官 诸葛 尉迟 夏侯 皇甫 东方 赫连 公孙 慕容 令狐 宇文 长孙 司徒 司空 端木 轩辕 南宫 独孤
呼延 闻人 澹台 公冶 濮阳 淳于 单于 太史 申屠 钟离 鲜于 闾丘 拓跋 百里 东郭 西门 第五 完颜 纳兰 万俟
乐正 仲孙 段干 巫马 公良 漆雕 颛孙 子车 梁丘 左丘 谷梁 宰父 夹谷
歐陽 司馬 諸葛 尉遲 東方 赫連 公孫 長孫 軒轅 南宮 獨孤 聞人 澹臺 濮陽 鍾離 鮮於 東郭 西門 萬俟
"""
_COMPOUND = frozenset(_DOUBLE.split())
_READINGS = {
    "单": "shan", "單": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "查": "zha",
    "区": "ou", "區": "ou", "朴": "piao", "盖": "ge", "任": "ren", "华": "hua",
    "覃": "qin", "翟": "zhai", "尉": "wei", "缪": "miao", "繆": "miao", "燕": "yan",
    "乐": "yue", "樂": "yue", "宁": "ning", "寧": "ning", "折": "she", "种": "chong",
    "盛": "sheng", "石": "shi", "召": "shao", "纪": "ji", "紀": "ji", "员": "yun",
    "车": "che", "車": "che", "葛": "ge", "谌": "chen", "冼": "xian", "佘": "she",
    "牟": "mou", "晁": "chao", "隗": "wei", "逄": "pang", "阚": "kan", "洗": "xian",
    "黑": "he", "乜": "nie", "朱": "zhu", "薄": "bo", "那": "na", "能": "nai",
    "沈": "shen", "应": "ying", "應": "ying", "祭": "zhai", "卜": "bu", "宓": "mi",
    "訾": "zi", "从": "cong", "都": "du", "广": "guang", "占": "zhan", "干": "gan",
    "万": "wan", "萬": "wan", "相": "xiang", "乾": "qian", "强": "qiang", "句": "gou",
    "勾": "gou", "殷": "yin", "俞": "yu", "余": "yu", "贲": "ben", "尉迟": "yuchi",
    "尉遲": "yuchi", "万俟": "moqi", "萬俟": "moqi", "单于": "chanyu", "长孙": "zhangsun", "長孫": "zhangsun",
    "澹台": "tantai", "澹臺": "tantai", "宇文": "yuwen", "鲜于": "xianyu", "淳于": "chunyu",
}  # fmt: skip
_TWO_READINGS = frozenset("乐樂覃盖蓋隗召都能那黑洗缪繆牟种折相员尉朴")
_TWO_READINGS_IN_GIVEN = frozenset("乐樂重朝茜晟柏行传傳都伽尉会長长")
_PAIRS_HALF_SHARED = """
云雲 范範 于於 后後 里裡 里裏 台臺 丰豐 沈瀋 余餘 郁鬱 松鬆 杰傑 志誌 升昇 佑祐 布佈 征徵 峰峯 群羣
万萬 叶葉 卜蔔 冲沖 洁潔 宁寧 准準 朴樸 谷穀 钟鍾 钟鐘 启啟 启啓 为為 为爲 凉涼 净淨 游遊 周週 姜薑
党黨 曲麯 术術 致緻 干乾 系繫 表錶 胜勝 荐薦 筑築 据據 淀澱 蒙濛 吕呂 幸倖 尧堯
"""
_HALVES = frozenset(_PAIRS_HALF_SHARED.split())
_IN_GIVEN = {
    "长": "chang", "長": "chang", "朝": "chao", "乐": "le", "樂": "le", "重": "chong",
    "茜": "xi", "晟": "sheng", "柏": "bai", "行": "xing", "传": "chuan", "傳": "chuan",
    "都": "du", "车": "che", "佛": "fo", "伽": "jia", "琢": "zhuo", "娜": "na",
    "拓": "tuo", "参": "shen", "会": "hui", "弹": "tan", "尉": "wei",
}  # fmt: skip
# A word that names a part, not a person; 常 and 强 are surnames, 常委 and 强调 are not names.
_ROLE = re.compile(
    r"记者|記者|主持|嘉宾|嘉賓|主席|部长|部長|院长|院長|局长|局長|厅长|廳長|处长|處長|司长|司長|署長|科長|廳長|組長|隊長|所長|會長|社長|館長|議長|次長|市长|市長|省长|县长|校长|"
    r"主任|书记|書記|委员|委員|议员|議員|秘书|秘書|教授|老师|老師|先生|女士|同志|律师|律師|医生|博士|经理|总裁|"
    r"发言人|發言人|代表|法官|裁判官|检察官|编辑|編輯|常委|专家|專家|学者|网友|观众|听众|读者|代理|辩护|公诉|审判|陪审|鉴定|证人|原告|被告|答|问"
)
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]{2,4}")


def family_name(name: str) -> str | None:
    """Return the surname *name* begins with, or None if it begins with none we know.

    >>> family_name("欧阳修"), family_name("朱晨"), family_name("记者")
    ('欧阳', '朱', None)
    """
    if _HAN.fullmatch(name) is None or _ROLE.search(name) is not None:
        return None
    if name[:2] in _COMPOUND and len(name) > 2:
        return name[:2]
    if name[0] not in _SINGLE:
        return None
    if len(name) == 4:  # 范徐丽泰: a husband's surname before one's own
        return name[:2] if name[1] in _SINGLE else None
    return name[0]


def is_compound(name: str) -> bool:
    """Whether *name* begins with a surname of two characters.

    >>> is_compound("欧阳修"), is_compound("朱晨")
    (True, False)
    """
    return len(name) > 2 and name[:2] in _COMPOUND


def is_variant(one: str, other: str) -> bool:
    """Whether two names are one in simplified and traditional characters.

    Each pair of characters that differ has one reading, and one of them stands in GB 2312
    only and the other in Big5 only; or the pair is one of the few of which both sets know a half.

    >>> is_variant("陈国华", "陳國華"), is_variant("陈国华", "陈国花")
    (True, False)
    """
    if len(one) != len(other):
        return False
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return all(_is_pair(a, b) or _is_pair(b, a) for a, b in pairs)


def sound(name: str) -> tuple[str | None, ...]:
    """How the characters of a name are read, one by one: variants sound alike, but for 干 and 乾.

    >>> sound("陈国华") == sound("陳國華"), sound("陈国华")
    (True, ('chen', 'guo', 'hua'))
    """
    return tuple(map(_reading, name))


def _is_pair(simplified: str, traditional: str) -> bool:
    if simplified + traditional in _HALVES:
        return True
    apart = not holds("big5", simplified) and not holds("gb2312", traditional)
    return apart and _reading(simplified) == _reading(traditional) is not None


def holds(charset: str, text: str) -> bool:
    """Whether a character set has every character of a text.

    >>> holds("gb2312", "问题"), holds("gb2312", "問題")
    (True, False)
    """
    try:
        text.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def initials(name: str) -> str:
    """The letters that a name is shortened to: of its words, or of the readings of its characters.

    >>> initials("Clara Green"), initials("李雷")
    ('CG', 'LL')
    """
    words = name.split() if name.isascii() else [_reading(character) or "" for character in name]
    return "".join(word[:1] for word in words if word[:1].isalpha()).upper()


def is_doubtful(name: str) -> bool:
    """Whether the spelling of *name* is a suggestion: a character in it is read in two ways in names.

    >>> is_doubtful("乐嘉"), is_doubtful("朱晨")
    (True, False)
    """
    family = family_name(name)
    return family is not None and (
        family in _TWO_READINGS or not _TWO_READINGS_IN_GIVEN.isdisjoint(name[len(family) :])
    )


def romanize(name: str) -> str | None:
    """Spell a Chinese name in Latin letters, family name first; None where we cannot vouch for it.

    >>> romanize("朱晨"), romanize("尉迟敬德"), romanize("吕建安"), romanize("阿莉·霍赫")
    ('Zhu Chen', 'Yuchi Jingde', "Lyu Jian'an", None)
    """
    family = family_name(name)
    if family is None:
        return None
    parts = [family] if family in _COMPOUND else list(family)
    surnames = [_READINGS.get(part) or _spell([_reading(character) for character in part]) for part in parts]
    given = _spell([_IN_GIVEN.get(character) or _reading(character) for character in name[len(family) :]])
    if not given or not all(surnames):
        return None
    return "-".join(surname.capitalize() for surname in surnames if surname) + " " + given.capitalize()


def _spell(syllables: list[str | None]) -> str | None:
    """Write syllables as one word, with an apostrophe before one that begins with a vowel."""
    word = ""
    for syllable in syllables:
        if syllable is None:
            return None
        word += ("'" if word and syllable[0] in "aoe" else "") + syllable
    return word or None


def _reading(character: str) -> str | None:
    readings = _readings().get(str(ord(character)))
    if readings is None:
        return None
    # GB/T 28039 and passports write ü after l and n as yu: 吕 is Lyu.
    toned = unicodedata.normalize("NFD", readings.split(",")[0]).replace("u\u0308", "yu")
    return "".join(letter for letter in toned if not unicodedata.combining(letter))


@cache
def _readings() -> dict[str, str]:
    """Load pypinyin's table of single characters, and only that.

    Importing the package also loads its phrases, 400 ms that no name needs: a name is no phrase.
    """
    package = importlib.util.find_spec("pypinyin")
    if package is None or package.origin is None:  # a pinned dependency: its absence is a broken installation
        raise ModuleNotFoundError("pypinyin", name="pypinyin")
    table = Path(package.origin).with_name("pinyin_dict.json").read_text(encoding="utf-8")
    loaded: dict[str, str] = json.loads(table)
    return loaded
