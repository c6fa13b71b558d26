"""The words that labels are made of, and the words that only look like labels.

Kept as data, so that whoever meets a new office, outlet or false friend adds a word here
and nowhere else. Simplified and traditional forms stand side by side.
"""

import re

from summarizer.values import Role

COLON = "[：:︰]"


def any_of(words: str) -> str:
    """Any of the words, the longest first, so that 副主任 is taken as a whole."""
    return "|".join(sorted(words.split(), key=len, reverse=True))


def _roles(**words: str) -> dict[str, Role]:
    roles: dict[str, Role] = {
        "questioner": "questioner", "answerer": "answerer", "moderator": "moderator", "unknown": "unknown",
    }  # fmt: skip
    return {word: roles[role] for role, listed in words.items() for word in listed.split()}


# --- parts: labels that name no person ---------------------------------------------------------

GENERIC = _roles(
    questioner="""
    记者 記者 问 問 Q 提问 提問 现场记者 現場記者 现场提问 記者提問 记者提问 记者问 記者問 观众 觀眾
    现场观众 現場觀眾 听众 聽眾 网友 網友 读者 讀者 学生 采访者 採訪者 访问者 訪問者 采访人 提问者 观众提问
    现场观众提问 网友提问 听众提问 追问 追問 投资者 投資者
    编者 本刊 本报 本刊记者 本报记者 Reporter Question 访谈者 訪談者
    """,
    answerer="""
    答 A 回答 受访者 受訪者 被访者 被訪者 被采访者 采访对象 嘉宾 嘉賓 来宾 答复 Answer 被採訪者 受访人
    """,
    moderator="""
    主持人 主持 Host HOST Operator OPERATOR 接线员 司仪 司儀 主播 会议主持人 主持者 Moderator
    """,
)
# A word before a name that says what part the person plays: 主持人周玲, 嘉宾 李想.
PARTS = _roles(
    moderator="主持人 主持 主播 司仪",
    questioner="""
    记者 記者 网友 網友 观众 觀眾 听众 聽眾 读者 采访者 採訪者 市民 村民 居民 家长 业主 学生 市民代表
    村民代表 居民代表 家长代表 业主代表 学生代表
    """,
    answerer="嘉宾 嘉賓 受访者 受訪者 被访者 被訪者 受访嘉宾 访谈嘉宾",
    unknown="""
    被告人 被告 原告 上诉人 被上诉人 被害人 证人 證人 鉴定人 公诉人 辩护人 代理人 书记员 审判员 陪审员
    """,
)
# A chair or a judge presides, whoever it is.
MODERATING = re.compile(r"主席|主持|裁判官|审判长|審判長|主審法官")
# Offices that stand alone where everybody knows who holds them.
ROLE_ONLY = re.compile(
    "(?:"
    + any_of("""
    全委會主席 全体委员会主席 代理主席 會議主席 会议主席 行政長官 行政长官 秘書 秘书 裁判官 审判长 審判長
    审判员 書記 书记员 法官 公诉人 辩护人 原告 被告 被告人 上诉人 被上诉人 被害人 鉴定人 陪审员 证人 證人
    控方 辩方 辯方 检察员 代理人 控方律師 辯方律師 主審法官 發言人 发言人 新闻发言人 新聞發言人 院长 律师
    律師 翻译 翻譯 传译 口译 译员 旁白 画外音 专家 專家 负责人 相关负责人 有关负责人 局长 局長 市长 市長
    部长 部長 校长 校長 书记 县长 主任 教授 导演 同学 馆长 所长 台长 会长 社长 处长 司长 厅长 署長 司長
    總統 总统 主席 副主席
    """)
    + r"|(?:[被]?(?:原告|被告|上诉人|申请人|告人|害人)|第三人)?(?:委托|诉讼|法定|指定){0,2}(?:代理人|辩护人)"
    r"|[^、，,：:。]{2,16}(?:发言人|發言人|负责人|負責人|有关负责同志|负责同志))$"
)
# Who speaks for others or for the record, and neither asks nor answers.
VOICE = re.compile(
    r"(?:现场|現場|同声|同聲)?(?:"
    + any_of("翻译 翻譯 传译 傳譯 口译 口譯 译员 譯員 书记员 書記員 書記 秘書 旁白 画外音")
    + ")$"
)
# A recogniser's label: nobody has said who that is, let alone what they do.
MACHINE = re.compile(r"(?:Speaker|SPEAKER|speaker|发言人|發言人|說話人|说话人|讲者|说话者)\s?[\dA-Z]{1,3}$")
INITIALS = re.compile(r"[A-Z]{1,3}\d?$")
# A single character or a few letters: somebody's surname or initials, if anything.
LETTERED = re.compile(r"(?:[\u4e00-\u9fff]|[A-Z]{1,3}\d?|.*\d)$")

# What people are called by what they do: 导师, 会议助手.
AGENT = re.compile(r"[\u4e00-\u9fff]{1,7}(?:[师師员員人长長官者生席手授家士友民委秘]|代表|翻译|翻譯)$")

# --- outlets -------------------------------------------------------------------------------------

_OUTLET_ENDS = any_of("""
    周刊 週刊 月刊 日报 日報 晚报 晚報 时报 時報 晨报 晨報 商报 商報 都市报 导报 導報 早报 早報 青年报
    经济报 新闻网 通讯社 通訊社 新华社 中新社 电视台 频道 頻道 電視臺 電視台 卫视 衛視 之声 之聲 观察者网
    人民网 新华网 杂志 雜誌 电台 電臺 電台 广播 新闻社 中评社 融媒 融媒体 融媒体中心 客户端 融媒體 广电
    新闻周报 评论社 傳媒 传媒
""")
_OUTLETS = any_of("""
    新华社 中新社 法新社 路透社 路透 彭博社 彭博 共同社 塔斯社 韩联社 美联社 埃菲社 德新社 澎湃新闻 中国网
    光明网 央广网 环球网 凤凰网 东方网 红网 中新网 国际在线 财新 界面新闻 红星新闻 第一财经 总台央视 人民网
    新华网 观察者网 中央社 民視 三立 東森 中視 華視 公視 台視 大愛 工商時報 自由時報 聯合報 中國時報
    經濟日報 風傳媒 信傳媒 上報 鏡週刊 蘋果日報 明報 星島日報 大公報 文匯報 商台 港台 無綫 有線
    澳廣視 葡文澳廣視 端傳媒
    立場新聞 TVBS ETtoday NOWnews 央视 央广 CNN BBC NHK CCTV CGTN AFP AP NPR CNBC CNA TVB RTHK ABC NBC CBS
    FT
""")
OUTLET = re.compile(
    rf"(?:[^、，,。的了]{{2,14}}、){{1,3}}[^、，,。的了]{{2,14}}(?:记者|記者)$|"
    rf"[^、，,]{{1,30}}?(?:记者|記者)$|[^、，,]{{1,16}}(?:{_OUTLET_ENDS})$|《[^《》]{{2,16}}》$|(?:{_OUTLETS})$"
)
# A newspaper's name, which may be another word that ends in 报: the document tells.
PAPER = re.compile(r"[^、，,的]{2,8}(?<![汇匯回申预預情海举舉填简簡战戰喜捷呈禀报報])(?:报|報)$")
# What may stand before 记者 as the name of an outlet: short, and no piece of a sentence.
MEDIUM = re.compile(r"[^的了是在与和及对就，,。：:—！？!?“”\s]{1,14}")
# What a reporter does is no part of who asks: 北岸晚报记者现场提问.
ACT = re.compile(r"(?:(?:现场|現場|追|再|继续|補充|补充)?(?:提)?[问問]|(?:现场|現場)(?:连线|提问)?)$")

# --- offices and names ---------------------------------------------------------------------------

OFFICE = re.compile(
    any_of("""
    新闻发言人 新聞發言人 发言人 發言人 负责人 負責人 负责同志 国务委员 主任委员 主任委員 秘书长 秘書長
    委员长 委員長 总经济师 总工程师 总会计师 总农艺师 总畜牧师 总统计师 总规划师 总检察师 首席经济学家
    首席专家 首席科学家 首席执行官 首席 检察长 檢察長 审判长 審判長 总书记 副书记 书记 書記 主任 主席 总理
    總理 总统 總統 部长 部長 院长 院長 局长 局長 厅长 廳長 处长 處長 次長 次长 司长 司長 科长 科長 股长
    课長 署长 署長 市长 市長 省长 省長 州长 县长 縣長 区长 區長 镇长 鎮長 乡长 村长 村主任 校长 校長 行长
    行長 会长 會長 社长 社長 台长 所长 所長 站长 队长 隊長 主编 總編輯 总编辑 总编 馆长 館長 团长 團長 园长
    场长 厂长 班长 船长 机长 店长 巡视员 调研员 委员 委員 成员 成員 代表 总经理 經理 经理 總裁 总裁 董事长
    董事長 教授 研究员 研究員 研究馆员 馆员 副教授 高级工程师 高工 巡视员 院士 博士 医师 醫師 医生 醫生 护士长
    律师 律師 大律師 事務律師 裁判官 檢控官 督察 大法官 法官 庭长 庭長 检察官 专家 專家 学者 參赞 参赞 公使
    大使 总领事 司令员 政委 参谋长 指挥长 总指挥 指挥员 组长 組長 董事 监事长 顾问 顧問 理事长 理事長 理事
    干事 书记员 書記員 审判员 助理 代理人 工程师 工程師 设计师 建筑师 规划师 农艺师 预报员 导演 編劇 编剧
    作家 诗人 画家 演员 歌手 教练 创始人 創始人 合伙人 总监 總監 总干事 干部 讲师 講師 分析师 主持人 议员
    議員 议长 議長 校监 行政长官 行政長官 财政司 警监 警长 总警司 警司 老师 先生 女士 选手 队员 村民 居民
    业主 家长 外长 外長 首相 大臣 董秘 基金经理 C[EFIMOST]O
    """)
)
# The office of a body, without a name: 醫務衞生局局長.
OFFICE_OF = re.compile(rf"[\u4e00-\u9fff]{{2,16}}[部局厅廳署院委司处處办辦会會]副?(?:{OFFICE.pattern})$")
# Offices that split a name in the chambers of Taipei and Hong Kong: 陳院長冲 is 院長 陳冲.
SPLITTING = any_of("""
    主任委員 副議長 議長 副院長 副部長 副主席 副署長 副局長 副主任 副處長 副司長 秘書長 政務次長 常務次長
    召集委員 總經理 董事長 院長 委員 部長 署長 局長 主任 次長 司長 處長 組長 廳長 主席 議員 校長 所長 市長
    縣長 科長 檢察長 審計長 董事 理事 監事 執行長 召集人 發言人 主委 專員 研究員 教授 律師 總裁 代表 委员
    院长 部长 署长 局长 处长 议员
""")
# The minutes head a motion like this: 王委員育敏等提案.
MOTION = re.compile(r"(?:等(?:[\d一二三四五六七八九十]+人)?(?:所提|提案|提出|擬具)?|提案)$")
# What stands behind a name: 謝偉俊議員, 王教授.
HONORIFIC = any_of("""
    大法官 議員 议员 教授 先生 女士 小姐 律师 律師 博士 院士 法官 老师 老師 医生 醫生 主任 部长 部長 局长
    局長 院长 院長 处长 處長 司长 司長 校长 校長 委员 委員 書記 书记 市长 市長 县长 会长 會長 所长 行长
    主席 导演 編輯 导 总 大使 研究员 研究員 厅长 廳長 署长 署長 秘書長 秘书长 经理 导师 同学 同志 大夫 师傅
    阿姨 大爷 警官 工 队长 主编
""")
LATIN = re.compile(r"(?:[A-Z][a-z][A-Za-z.'’-]*(?: [A-Z][A-Za-z.'’-]*){0,3}|[A-Z]{2,}(?: [A-Z.]{1,}){1,3})$")
FOREIGN = re.compile(r"[\u4e00-\u9fff]{1,10}(?:[·・•‧.][\u4e00-\u9fffA-Z.]{1,10}){1,3}$")

# --- how people begin to speak ---------------------------------------------------------------------

GREETING = re.compile(
    any_of("""
    你们好 你好 您好 大家好 大家[上下]午好 大家(?:早上|晚上)好 各位 女士们 女士們 先生们 先生們 朋友们
    朋友們 谢谢 謝謝 感谢 感謝 多謝 欢迎(?!关注|订阅|来电|致电|咨询|访问|光临|投稿|扫码|转载|下载) 歡迎
    主持人好 委員好 委员好 们好 們好 (?:下午|上午|早上|晚上)好
    """)
)

# Whom a speaker addresses before a colon: 各位记者：.
SALUTATION = re.compile(
    r"(?:各位|尊敬的|敬爱的|亲爱的|親愛的|諸位|诸位|女士们|女士們|同志们|同志們|朋友们|朋友們|大家)|"
    r".{0,10}(?:朋友|同志|先生|女士|同仁|同事|乡亲|鄉親)[们們]$"
)

# Who took part, when and where, as the head of a record says it.
PRESENT = any_of("""
    出席 出席人员 出席者 出席委员 出席委員 列席 列席人员 列席官员 列席官員 缺席 请假 請假 主席 主持 主持人
    嘉宾 嘉賓 本期嘉宾 主播 地点 地點 记录 記錄 紀錄 时间 時間 日期 采访时间 采访地点 访谈时间 访谈地点
    访谈嘉宾 访谈人 采访对象 受访者 采访者 采访人 对谈人 与谈人 公司出席人员 参会人员
""")

# --- what only looks like a label ----------------------------------------------------------------

# What stands before a colon without speaking. A word here is never a name, whatever it begins with.
_FIELD_ENDS = any_of("""
    编辑 編輯 编审 责编 标题 排版 采写 撰文 撰稿 来源 來源 审核 审校 校对 监制 制作 摄影 摄像 图文 供图
    时间 時間 地点 地點 日期 电话 邮箱 地址 链接 网址 关键词 關鍵詞 主题词 单位 單位 字体 字號 字号 次数
    人数 阅读量 浏览量 责任人 索引号 备案号 文号 位置 联系方式 联系人
""")
_FIELDS = any_of("""
    注 註 附註 附 图 按 作者 出处 相关新闻 相关阅读 推荐阅读 延伸阅读 阅读 主题 导语 编者按 按语 提要 摘要
    备注 说明 目录 主办 承办 协办 策划 统筹 文字 整理 口述 录音 翻译整理 发布人 出席 出席人 出席人员 出席者
    列席 列席官员 列席官員 出席委员 出席委員 缺席 请假 請假 主讲 发布机构 点击数 关键字 上一篇 下一篇 ISBN
    出版社 定价 人物 简介 名片 议程 日程 议题 案由 提案人 連署人 连署人 附議人 栏目 分享到 打印 版权所有
    图片 視訊 视频 附件
""")
NEVER = re.compile(
    rf"(?:.*(?:{_FIELD_ENDS})|(?:{_FIELDS})\d*|(?:记者|記者)\s*[|｜].*|(?:独家|獨家)?(?:专访|專訪).+|"
    r"本报记者\s.*|(?:点击|點擊|长按|扫码).*)$"
)
# How a sentence ends before a colon.
SAYS = re.compile(
    "(?:"
    + any_of("""
    表示 指出 强调 強調 介绍 介紹 认为 認為 说 說 说道 说过 称 稱 答道 问道 回应 回應 告诉.{0,6} 透露 谈到
    写道 看来 如下 包括 就是 是 为 為 有 即 例如 比如 譬如 方面 原因 问题 問題 措施 目标 要求 原则 任务
    工作 方法 方案 方式 成果 成效 成绩 特点 内容 重点 关键 结果 时候 时代 高度 经济 经验 经费 应用 应当
    全面 全国 安全 安排 平安 平时 常态 常说 常见 温度 水平 水利 金额 金融 马上 白天 黄金 方向 明确 明天
    明白 相关 相信 项目 计划 计算 路径 支持 高兴 党建 从此 费用 时下 成立 和谐 解决 解释 应对 查处 查询
    广告 农村 农业 向上 古人 谢谢 干部 文件 文化 关于 关注 易错 终于 空间 游客 后来 商业 通知 通报 通过
    简介 简历 公告 公司 别的 苏醒 居民 国家 都是 党委 全部 全文 全程 时刻 时期 时段 元旦 花絮 文章 文献
    文字 文书 文明 水质 水位 石油 向前 向来 应急 应该 单位 单纯 干净 幸好 幸亏 万一 万幸 连续 连同 习惯
    容易 充分 古代 易经 双方 双语 空白 丰富 后续 后面 后记 尚且 温馨 温暖 宣布 宣传 计数 任何 任凭 花费
    马路 金牌 云端 项链 强项 路线 江湖 高校 高层 高级 高中 夏天 秋天 冬天 春天 方便 方才 华人 华侨 陶瓷
    严重 严格 严肃 常常 常规 常年 时常 时而 于是 安装 安心 乐观 平均 平台 平常 和平 和气 成本 成人 成年
    成为 宋代 明代 清代 唐代 毛病 米饭 江边 答记者问 问答 记者会 专访 对话 访谈 采访 实录 发布会 公布 发布
    提醒 建议 呼吁 回顾 观点 启示 故事 总结 小结 补充说 接着说 笑道 笑说 叹道 坦言 直言 感慨 解释道 补充道
    接话 接過話 插话 插話 反问 反問 开口 開口
    监管 管理 治理 改革 发展 保障 服务 就业 创业 投资 消费 出口 进口 生产 供给 需求 增长 追问道
    """)
    + ")$"
)
# A ministry, not a minister: 商务部 begins with a surname.
BODY = re.compile(r"(?:部|局|厅|廳|署|法院|学院|學院|医院|醫院|大学|大學|银行|公司|集团|政府|国务院)$")
# What somebody may speak for before their name, without an office: 国务院新闻办新闻局 寿小丽.
HOUSE = re.compile(
    r"(?:部|局|厅|廳|署|司|处|處|办|辦|委|院|社|台|臺|网|網|中心|办公室|辦公室|公司|集团|集團|政府|大学|大學|法院|协会|協會|学会|學會|支队|总队)$"
)
# A run of words that is a sentence and no title, whatever office it ends in.
SENTENCE = re.compile(
    "[我你您他她它这這那哪了吗呢吧着请請说說]|"
    + any_of("""
    一下 现在 下面 首先 刚才 感谢 谢谢 欢迎 今天 因为 所以 如果 但是 还有 就是 不是 没有 有位 一位 一名
    特别 其中 例如 比如 同时 包括 以及.{12}
    """)
)
# 林大为 and 张有为 end as 认为 and 如有 do; such a name still has to recur or to answer a question.
GIVEN_NAME = re.compile(r"[\u4e00-\u9fff]{2}[为為有]")
