"""Two ends to evidence: does the text on the right continue the text on the left?

There is no word list to ask, so a seam is judged by what it does: it completes a word
that the document uses elsewhere (or a common one), gives a number its measure word,
gives a verb its object, or closes what was open.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

_ENDS = tuple('。！？!?…”"」』）)》】>.;；：:︰—～~*')
_SALUTATION = re.compile(r"各位|女士|先生|朋友|同志|同胞|主席|主持人|大家好|谢谢")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_MEASURE = tuple(
    "封件人名个個次条條项項万萬亿億千百余餘多元年月日号號时時分秒％%份起家户戶所座台辆吨公平米倍处處位岁歲级"
)
_VERBS = """
做到 实现 推动 加强 进行 开展 坚持 通过 以及 因为 如果 不仅 而且 由于 对于 关于
针对 围绕 按照 根据 包括 推进 完善 落实 提高 建立 深化 强化 促进 确保 成为 作为
得到 取得 达到 属于 存在 涉及 着力 不断 进一步 正在 已经 一个 这个 實現 推動 進行
和 与 與 及 的 为 為 把 将 將 被 在 从 從 向 给
給 让 讓 使 以 于 於 是 要 能 可以 应当 不 也 都 就
而 或 但 并 並 还 還 对 對 由 每 这 該 该
"""
_GOVERNS = tuple(_VERBS.split())
# How a sentence begins. Such a paragraph stands on its own feet, whatever ended before it.
_OPENERS = re.compile(
    r"第[一二三四五六七八九十]|[一二三四五六七八九十]+[是、]|首先|其次|再次|最后|同时|此外|另外|另一方面|一方面|我|你|您|他|她|它|大家|"
    r"今[年天]|目前|当前|下一步|比如|例如|因此|所以|但是|不过|而且|然而|如果|虽然|关于|对于|针对|从|在|各位|谢谢|感谢|好的|截至|截止|"
    r"接下来|下面|这[个是些里样]|那[个是些么]|现在|刚才|近年|去年|明年|作为|为了|随着|通过|根据|按照|经过|\d+[.、．]|[(（][一二三四五]"
)
_COMMON = """
严格 落实 发展 经济 政策 工作 推进 建设 企业 群众 问题 机制 制度 改革 开放 创新 服务 管理 监督 检察
法院 公安 司法 法律 法治 教育 整顿 组织 领导 干部 部门 单位 机关 政府 社会 国家 人民 全面 全国 全省
重点 专项 整治 处理 处置 调查 审查 案件 线索 举报 信访 保障 保护 安全 风险 防控 治理 体系 能力 水平
质量 提升 提高 加强 强化 深化 完善 健全 建立 制定 实施 执行 规范 规定 标准 要求 目标 任务 措施 方案
计划 规划 项目 工程 技术 科技 数字 数据 信息 网络 平台 系统 应用 场景 产业 农业 工业 农村 城市 乡村
振兴 生态 环境 污染 绿色 能源 资源 土地 市场 投资 消费 贸易 出口 进口 金融 银行 资金 财政 税收 价格
就业 收入 医疗 卫生 健康 疫情 疫苗 医院 患者 学校 学生 教师 培训 文化 旅游 体育 历史 传统 国际 合作
交流 关系 世界 地区 双边 外交 和平 战略 共同 努力 积极 主动 坚持 坚决 坚定 深入 持续 不断 有效 有力
有序 有关 相关 具体 主要 重要 重大 关键 基础 基层 基本 根本 核心 中心 中央 地方 省委 市委 党委 书记
主任 部长 局长 委员 代表 会议 发布 新闻 记者 介绍 表示 指出 强调 认为 希望 支持 帮助 促进 推动 带动
引导 指导 督促 督导 检查 核查 排查 评查 筛查 清理 清查 纠正 整改 反馈 总结 经验 成效 成果 成绩 效果
进展 突破 阶段 时期 期间 目前 今年 去年 以来 以上 以下 左右 超过 达到 增长 下降 增加 减少 同比 环比
完成 实现 取得 形成 打造 构建 优化 调整 结构 转型 升级 融合 统筹 协调 协同 联合 联动 配合 结合 贯彻
学习 宣传 活动 思想 理论 精神 意识 责任 担当 作风 纪律 廉洁 腐败 违法 违规 违纪 犯罪 刑事 民事 行政
诉讼 起诉 判决 审判 执法 办案 公正 公平 公开 透明 权力 权利 权益 利益 需求 供给 生产 生活 产品 品牌
设备 设施 交通 运输 铁路 公路 港口 机场 物流 仓储 粮食 食品 药品 水利 水务 供水 用水 电力 天然 气象
灾害 防汛 抢险 救援 应急 消防 住房 房屋 社区 居民 家庭 儿童 妇女 老人 养老 残疾 困难 贫困 脱贫 扶贫
补贴 补助 救助 保险 社保 公益 志愿 慈善 民族 宗教 人才 专家 研究 科学 实验 开发 利用 使用 采用 采取
运行 运营 维护 修复 改造 建筑 施工 验收 审批 许可 登记 备案 申请 受理 办理 办法 流程 影响 作用 意义
价值 优势 特色 特点 情况 状况 趋势 形势 挑战 机遇 压力 矛盾 纠纷 化解 调解 沟通 协商 讨论 决定 决策
部署 安排 准备 开始 继续 保持 维持 稳定 平稳 恢复 复苏 扩大 缩小 集中 分散 统一 独立 自主 自身 自己
我们 他们 大家 这些 那些 什么 怎么 如何 因为 所以 但是 而且 或者 以及 如果 虽然 对于 关于 通过 根据
按照 随着 由于 為了 問題 發展 經濟 嚴格 落實 機制 社會 國家 監督 檢察 調查 认真 扎实 切实 充分 广泛
普遍 精准 高效 依法 严肃 严重 严厉 打击 震慑 预防 预警 监测 监管 评估 考核 激励 约束 履行 职责 职能
义务 承担 解决 了解 理解 解答 解读 反映 反对 反应 回应 回答 答复 感谢 感受 感到 感染 欢迎 祝贺 祝愿
相信 信任 信心 信用 决心 决议 决算 否决 判断 断定 时间 时代 时候 同时 及时 临时 平时 小时 分钟 年度
年底 年初 月份 季度 星期 早上 晚上 上午 下午 今天 明天 昨天 现在 将来 未来 过去 最近 最后 最终 首先
其次 其中 其他 其它 之后 之前 以后 以前 之间 之一 可以 可能 应该 应当 必须 需要 能够 愿意 打算 觉得
知道 看到 听到 收到 提到 谈到 遇到 感觉 发现 发生 发出 发挥 发放 发送 出现 出台 出来 出去 进入 进来
进步 进程 引进 先进 促成 促使 变化 变成 改变 改善 改进 转变 转移 转化 转换 推广 推出 推荐 推行 增强
增进 新增 加快 加大 加入 参加 参与 投入 投诉 投票 投放 投产 收集 收费 收购 回收 征收 接受 接收 接待
接触 连接 直接 间接 对接 对待 对象 对外 面对 针对 面向 面积 面临 方面 全力 全民 全部 安装 安心 公共
公布 公告 公众 公民 公司 办公 大会 大学 大量 大力 大型 大幅 扩展 拓展 开展 展示 展开 展览 开幕 开工
召开 公园 花园 校园 园区 小区 城区 山区 区域 区县 县城 乡镇 街道 道路 铁道 通道 管道 渠道 报道 知识
认识 意见 意愿 建议 提议 议题 协议 争议 商议 审议 议案 提案 预案 答案 档案 图书 图片 地图 试图 书籍
证书 证明 证据 保证 认证 论证 验证 签证 考证 考试 测试 试点 试验 地点 观点 焦点 热点 难点 起点 终点
站点 网站 车站 车辆 汽车 火车 电车 公交 客车 客户 农户 用户 账户 户籍 人口 人员 人数 人们 个人 病人
工人 工厂 员工 职工 民工 施行 银器 机器 机构 机会 机动 手机 飞机 司机 危机 随机 动力 电网 电话 电视
电影 电子 电脑 家长 校长 成长 生长 延长 长期 短期 定期 近期 日期 假期 学期 疏散 疏导 排水 排放 排队
排名 名单 名称 姓名 著名 签名 报名 报告 报警 报表 汇报 通报 申报 预报 告知 广告 警告 公里 里程 工期
程序 过程 课程 课堂 食堂 讲堂 教堂 教学 教材 教授 教练 讲座 讲话 对话 说话 说明 说法 做法 想法 看法
方法 方式 方向 方便 方针 形式 模式 公式 正式 样式 格式 资格 合格 性格 表格 规格 格外 格局 局面 布局
结局 当局 当时 当地 当前 当事 相当 适当 应对 适应 响应 反响 供应 对应 相应 效应 满足 满意 充满 圆满
不足 足够 足球 球队 队伍 部队 军队 军事 事业 事件 事情 事项 事故 事实 故事 从事 董事 实际 实践 实用
实体 实时 真实 现实 务实 事务 业务 义工 财务 医务 政务 税务 商务 劳务 债务 公务 家务 服装 服从 克服
说服 衣服 信服 嚴重 監管 檢查 實施 實現 學校 學生 醫院 醫療 環境 產業 企業 農業 農村 業務 服務 財務
任務 會議 議員 討論 決定 計劃 規劃 規定 條例 條件 事務 機構 機關 機會 資源 資料 資金 工資 投資 時間
時候 當時 當局 適當 應該 應當 反應 對於 對象 針對 關於 關係 關注 有關 相關 開始 開放 開展 公開 進行
進步
"""
_WORDS = frozenset(_COMMON.split())


@dataclass(frozen=True, slots=True)
class Seam:
    """How well two ends fit: what speaks for it, weighed, and in words an editor understands."""

    weight: float
    evidence: tuple[str, ...]
    closes: bool  # it completes something; a verb or a comma only leaves room for something


class Words:
    """What a document uses as words: pairs of characters it repeats, beside the common ones."""

    def __init__(self, texts: Iterable[str]) -> None:
        text = "\n".join(texts)
        self._pairs = Counter(text[at : at + 2] for at in range(len(text) - 1))
        # Runs of three and four, so that asking costs the same in a long document as in a short one.
        self._runs = {text[at : at + size] for size in (3, 4) for at in range(len(text) - size + 1)}

    def known(self, pair: str) -> bool:
        """Whether *pair* is a common word, or one this document repeats."""
        return pair in _WORDS or (self._pairs[pair] > 2 and len(_HAN.findall(pair)) == 2)

    def holds(self, words: str) -> bool:
        """Whether the document says *words*, three or four characters, somewhere."""
        return words in self._runs


def is_loose(text: str) -> bool:
    """Whether a paragraph breaks off: it ends in no mark that ends a sentence or opens a list.

    >>> is_loose("共收到来信10792"), is_loose("共收到来信10792封。"), is_loose("各位来宾，")
    (True, False, False)
    """
    if not text or text.endswith(_ENDS):
        return False
    return not (len(text) <= 25 and _SALUTATION.search(text))


def judge(left: str, right: str, words: Words) -> Seam:
    """Weigh the evidence that *right* continues *left*."""
    found = [
        *_word(left, right, words),
        *_number(left, right),
        *_closing(left, right),
    ]
    closes = bool(found)
    if not found:
        found = _room(left)
    weight = sum(weight for weight, _ in found)
    if _OPENERS.match(right) and not closes:
        weight -= 0.4
    return Seam(weight, tuple(reason for _, reason in found), closes)


def _word(left: str, right: str, words: Words) -> list[tuple[float, str]]:
    """A word that spans the seam, while neither side is a whole word without it."""
    ends = f'"{left[-3:]}" + "{right[:3]}"'
    for before, after in ((2, 2), (3, 1), (1, 3), (2, 1), (1, 2)):
        spanning = left[-before:] + right[:after]
        if len(_HAN.findall(spanning)) == before + after and words.holds(spanning):
            return [(0.4, f"{ends} gives {spanning}, which stands elsewhere in the text")]
    pair = left[-1:] + right[:1]
    if not words.known(pair):
        return []
    whole = words.known(left[-2:]) or words.known(right[:2])
    return [(0.1 if whole else 0.3, f"{ends} completes {pair}")]


def _number(left: str, right: str) -> list[tuple[float, str]]:
    number = re.search(r"\d[\d,.]*$", left)
    if number is None:
        return []
    if right.startswith(_MEASURE):
        return [(0.4, f'"{number[0]}" + "{right[:1]}": the number gets its measure word')]
    return [(0.3, f'"{number[0]}" + "{right[:4]}": the digits go on')] if right[:1].isdigit() else []


def _closing(left: str, right: str) -> list[tuple[float, str]]:
    for opens, closes in ("“”", "「」", "『』", "（）", "()", "《》", "〔〕"):
        is_open = left.count(opens) > left.count(closes)
        first = right.find(closes)
        if is_open and first >= 0 and opens not in right[:first]:
            return [(0.35, f"{closes} closes the {opens} left open before the break")]
    return []


def _room(left: str) -> list[tuple[float, str]]:
    """What leaves room for more without saying for what: a comma, a verb without its object."""
    if left.endswith(tuple("，,、")):
        return [(0.3, f'"{left[-5:]}" ends in a comma')]
    verb = next((word for word in _GOVERNS if left.endswith(word)), None)
    return [(0.3, f'"{left[-6:]}" ends in {verb}, which needs what follows')] if verb else []
