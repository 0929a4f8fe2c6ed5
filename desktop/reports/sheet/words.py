"""The words that only paper has, in both languages at once."""

from __future__ import annotations

from desktop.core.text import Text

# ---------------------------------------------------------------------- the lead
SELL = Text("Sell to {market} on {platform}", "在{platform}上销往{market}")
SELL_BY = Text(
    "Sell to {market} on {platform}, sent by {service}", "在{platform}上销往{market}，用{service}发货"
)
IMPORT = Text("Import by {mode}", "以{mode}方式进口")
IMPORT_BY = Text(
    "Import by {mode} through {city}, sold on {platform}", "经{city}以{mode}方式进口，在{platform}上销售"
)
LEFT = Text("{left} {currency} is left of {price}.", "售价 {price} 中净剩 {left} {currency}。")
LEFT_AT_MOST = Text(
    "at most {left} {currency} is left of {price}.", "售价 {price} 中至多净剩 {left} {currency}。"
)
LOST = Text(
    "{left} {currency} is lost on each sale at {price}.", "以 {price} 出售，每单亏损 {left} {currency}。"
)
LOST_AT_LEAST = Text(
    "at least {left} {currency} is lost on each sale at {price}.",
    "以 {price} 出售，每单至少亏损 {left} {currency}。",
)
LEFT_WITHOUT = Text(
    "what is left of {price} {currency} cannot be said; not known: {parts}.",
    "售价 {price} {currency} 中能剩多少无法判断；未知：{parts}。",
)
STAYS = Text(
    "of {price}, {left} {currency} stays for goods and profit.",
    "售价 {price} 中，{left} {currency} 留作货款与利润。",
)
STAYS_AT_MOST = Text(
    "of {price}, at most {left} {currency} stays for goods and profit.",
    "售价 {price} 中，至多 {left} {currency} 留作货款与利润。",
)
TAX = Text("{tax} {currency} tax on an order of {price}.", "价值 {price} 的一单纳税 {tax} {currency}。")
TAX_AT_LEAST = Text(
    "at least {tax} {currency} tax on an order of {price}.", "价值 {price} 的一单至少纳税 {tax} {currency}。"
)
NO_TAX = Text("the tax cannot be said.", "税款无法判断。")
NO_PRICE = Text("no list price is given, so no margin can be said.", "未填售价，净利无法判断。")
NO_EXPORT = Text("Where and how to sell cannot be said yet.", "尚无法判断销往何处、如何销售。")
NO_IMPORT = Text("How to import cannot be said yet.", "尚无法判断如何进口。")
CHOSEN_CLOSED = Text("{name} is chosen, but closed: {reason}.", "已选择{name}，但不可用：{reason}。")
GOODS = Text("The goods", "商品")
SOLD_AT = Text("sold at {price}", "售价 {price}")

# ---------------------------------------------------------------------- parts of a price
PARTS = {
    "goods": Text("Goods, packing", "货款与包装"),
    "platform": Text("Platform", "平台"),
    "freight": Text("Freight", "运费"),
    "duty": Text("Duty", "关税"),
    "vat": Text("VAT, GST", "增值税"),
    "payment": Text("Payment", "收款"),
    "returns": Text("Returns", "退货"),
    "ads": Text("Advertising", "广告"),
    "net": Text("Net margin", "净利"),
}
GROUPS = {
    "platform": Text("Selling on it", "平台销售"),
    "freight": PARTS["freight"],
    "duty": Text("Border", "关口"),
    "net": Text("Stays for goods and profit", "留作货款与利润"),
}
STAYS_MOST = Text("Stays for goods and profit, at most", "留作货款与利润（至多）")

# ---------------------------------------------------------------------- heads
PLATFORMS = Text("Platforms", "平台")
PLATFORMS_TO = Text("Platforms for buyers in {market}", "面向{market}买家的平台")
MODES = Text("Import modes, tax on one order", "进口模式，每单税款")
A_PIECE = Text("{currency} an order", "{currency}/单")
COMES_ABOUT = Text("How the {left} {currency} comes about", "{left} {currency} 的由来")
TAX_COMES_ABOUT = Text("Tax on one order, {mode}", "每单税款，{mode}")
LOGISTICS = Text("Logistics", "物流")
LOGISTICS_TO = Text("Logistics to {market}", "到{market}的物流")
SHOPS = Text("Platforms in China", "中国的平台")
CITIES = Text("Cities", "城市")
WHAT_NEXT = Text("What next", "下一步")
PAPERS = Text("Papers and registrations", "单证与登记")
NOT_COVERED = Text("not covered", "规则未涵盖")
NOT_KNOWN = Text("Not known, not counted", "尚不清楚、未计入")
MIND = Text("Mind", "注意")
SOURCES = Text("Sources", "来源")
LIST_PRICE = Text("List price", "售价")
NET = Text("Net margin", "净利")
NET_AT_MOST = Text("Net margin, at most", "净利（至多）")
TOGETHER = Text("Together", "合计")
TOGETHER_LEAST = Text("Together, at least", "合计（至少）")

# ---------------------------------------------------------------------- rows
NEXT_STEP = Text("next step", "下一步")
READ = Text("read {day}", "{day} 查阅")
CANNOT_SAY = Text("cannot say", "无法判断")
NOT_SHOWN = Text("not shown here", "此处不显示")
NOT_KNOWN_ROW = Text("not known", "未知")
PRICE_UNKNOWN = Text("price not known", "价格未知")
OF_ANOTHER = Text("of another option", "属于其他选项")
SO_AT_MOST = Text("so at most {net} is left", "因此至多净剩 {net}")
SO_AT_LEAST = Text("so more tax may be due", "因此税款可能更多")
NO_PRICE_GIVEN = Text("List price: not given", "售价：未填")
NOT_COUNTED = Text("Not counted: {names}. Less may be left.", "未计入：{names}。实际所剩可能更少。")
DEFAULTS = Text("Our defaults, not your answers: {names}", "默认值，非您提供：{names}")
DEFAULT_MARK = Text("* our default is in it, not your own figure", "* 含默认值，非您提供")
TYPED_MARK = Text("† a figure of your own, in place of the rules", "† 您自己填写的数值，取代规则")
SHORTENED = Text("… shortened; the whole text stands in the full report", "…… 已缩短，全文见完整报告")
MORE = Text("and {count} more, in the full report", "另有 {count} 项，见完整报告")
IN_THE_REPORT = Text("{names}: in the full report", "{names}：见完整报告")
CLOSED_MORE = Text("{count} closed, with reasons in the full report", "{count} 项不可用，理由见完整报告")
DUE = Text("past review", "已过复核期")

# ---------------------------------------------------------------------- foot
VALID = Text("Valid until {day} at the latest: {why}.", "最迟有效至 {day}：{why}。")
CHANGES = Text("then this changes: {what}", "此后有变：{what}")
REVIEW = Text("then a source is to be read again ({publisher})", "届时须重新查阅一处来源（{publisher}）")
NO_END = Text(
    "No source names a day until when it holds: look again before you act.",
    "来源未注明有效期，行动前请再查。",
)
PAST_REVIEW = Text(
    "Sources past their review: {count}. Ask before you rely on them.",
    "已过复核期的来源：{count} 处，采用前请核实。",
)
OTHER_DAY = Text(
    "Figures of {day}, not of today: do not act on them.", "此为 {day} 的数据，并非今日：请勿据此行动。"
)
OTHER_DAY_BANNER = Text("Rules of {day}, not of today", "规则日期为 {day}，并非今日")
OLDEST = Text(
    "Oldest source behind the advice: {publisher}, {day}.", "建议所依据的最早来源：{publisher}，{day}。"
)
RULES_AS_OF = Text("Rules as of {day}", "规则日期 {day}")
MADE = Text("made {day} with Lanewise {version}", "{day} 由 Lanewise {version} 生成")
HELP_ONLY = Text(
    "A help to decide, not legal or tax advice.",
    "仅供决策参考，不构成法律或税务意见。",
)
FOR = Text("For", "致")
CALCULATED = Text("Calculated by", "计算人")
FOLLOW_UP = Text("Next call", "下次联系")
SIGNATURE = Text("Signature", "签名")
CUSTOMER = Text("Customer copy: without purchase cost and margin", "客户联：不含进货成本与净利")
SHEET_TITLE = Text("Lanewise sheet", "Lanewise 单页")
QR_SAYS = Text("The code holds this summary as text; it leads nowhere.", "二维码内为本摘要文字，不含链接。")

# ---------------------------------------------------------------------- the full report
REPORT = Text("Full report", "完整报告")
MARKETS = Text("Markets", "市场")
MODES_ALONE = Text("Import modes", "进口模式")
ANSWERS = Text("What was answered", "已填答案")
CHANGE = Text("What would change it", "什么会改变结论")
DOUBTS = Text("Doubted figures", "存疑的数字")
COVERAGE = Text("What the rules cover of this", "规则库的覆盖程度")
OPENS = Text("What would open it: {what}", "怎样可以开通：{what}")
CLOSED = Text("closed", "不可用")
SCORE = Text("score {score}", "得分 {score}")
UNKNOWN_ANSWER = Text("don't know", "不知道")
BETWEEN = Text("between {low} and {high}", "介于 {low} 与 {high} 之间")
YES, NO = Text("yes", "是"), Text("no", "否")
LINE, DATA, CALCULATION, VALUE = (
    Text("Line", "项目"),
    Text("Data", "数据"),
    Text("Calculation", "计算"),
    Text("Value", "数值"),
)
CRITERION, WEIGHT, RAW, SCORE_HEAD = (
    Text("Criterion", "标准"),
    Text("Weight", "权重"),
    Text("Measured", "实测"),
    Text("Score", "得分"),
)
QUESTION, ANSWER = Text("Question", "问题"), Text("Answer", "答案")
RANK, OPTION, LEFT_HEAD, SHARE = (
    Text("Rank", "名次"),
    Text("Option", "选项"),
    Text("Figure", "数值"),
    Text("Share", "占比"),
)
DAYS_OR_WHY, COST = Text("Days, or why", "天数或理由"), Text("Cost", "费用")
SOURCE, SUBJECT, DAY = Text("Source", "来源"), Text("For", "用于"), Text("Day", "日期")
PAGE_OF = Text("Page {page} of {pages}", "第 {page} / {pages} 页")
MARKS = {
    "typed": Text("typed", "自填"),
    "case": Text("case", "案例"),
    "default": Text("our default", "默认值"),
    "computed": Text("computed", "计算得出"),
    "unknown": Text("unknown", "未知"),
}
NOT_OFFERED = Text("not offered", "不提供")
NOTHING_KNOWN = Text("nothing known", "一无所知")
COVERED = Text("{known} of {of} answers known", "{of} 项答案中已知 {known} 项")
WEAKEST = Text("weakest source: confidence {level}", "最弱来源：可信度{level}")
OLDEST_SOURCE = Text("oldest source {day}", "最早来源 {day}")
REVIEW_BY = Text("review by {day}", "复核期限 {day}")
CHART_SAYS = Text("{name}: {parts}; {figure}", "{name}：{parts}；{figure}")
CODE_SAYS = Text("Code with this summary as text", "含本摘要文字的二维码")
CONTINUED = Text("continued", "续")
