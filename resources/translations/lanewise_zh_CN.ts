<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en_US">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Lanewise</source>
        <translation>关于 Lanewise</translation>
    </message>
    <message>
        <source>From a product to a plan, with every figure dated and sourced.</source>
        <translation>从商品到方案，每个数字都有日期和来源。</translation>
    </message>
    <message>
        <source>It works without a network; nothing leaves this computer.</source>
        <translation>无需网络，数据不离开本机。</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>组成部分</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Parts and their licences</source>
        <translation>组成部分及其许可证</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>全部复制</translation>
    </message>
</context>
<context>
    <name>AnswerView</name>
    <message>
        <source>One input cannot be used.</source>
        <translation>有一项输入不可用。</translation>
    </message>
    <message>
        <source>Still needed</source>
        <translation>还需要</translation>
    </message>
    <message>
        <source>Below is the answer to the inputs before it.</source>
        <translation>下面是按先前输入得出的结果。</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Mind</source>
        <translation>注意</translation>
    </message>
</context>
<context>
    <name>Asker</name>
    <message>
        <source>Save the changes to “{name}”?</source>
        <translation>保存对“{name}”的更改吗？</translation>
    </message>
    <message>
        <source>Without saving, the changes since the last saving are lost.</source>
        <translation>不保存的话，上次保存之后的更改将会丢失。</translation>
    </message>
    <message>
        <source>Open a case</source>
        <translation>打开案例</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Open a price list</source>
        <translation>打开价目表</translation>
    </message>
    <message>
        <source>Price lists (*.csv)</source>
        <translation>价目表 (*.csv)</translation>
    </message>
    <message>
        <source>Catalogues</source>
        <translation>商品目录</translation>
    </message>
    <message>
        <source>Open a catalogue</source>
        <translation>打开商品目录</translation>
    </message>
    <message>
        <source>Workbook</source>
        <translation>工作簿</translation>
    </message>
    <message>
        <source>Save the changes to the file “{name}”?</source>
        <translation>保存对文件“{name}”的更改吗？</translation>
    </message>
    <message>
        <source>Without saving, the file stays as it was. The answers are kept in the casebook as {number}.</source>
        <translation>不保存的话，文件保持原样；答案已存入案例簿，编号 {number}。</translation>
    </message>
    <message>
        <source>Import cases</source>
        <translation>导入案例</translation>
    </message>
    <message>
        <source>A folder for the cases</source>
        <translation>存放案例的文件夹</translation>
    </message>
    <message>
        <source>Save the list</source>
        <translation>保存列表</translation>
    </message>
    <message>
        <source>Erase “{client}” wholly? Cases: {count}</source>
        <translation>彻底清除“{client}”？案例数：{count}</translation>
    </message>
    <message>
        <source>From the casebook, its backups and its logs. This cannot be undone. Files that were saved elsewhere stay where they are.</source>
        <translation>将从案例簿、其备份和记录中清除，无法撤销。另存到别处的文件不受影响。</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Go back to the backup of. What is there now is set aside.</source>
        <translation>选择要恢复的备份；现有文件会另行保留。</translation>
    </message>
    <message>
        <source>Save what was found</source>
        <translation>保存筛选结果</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Drawing</source>
        <translation>矢量图</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Save chart</source>
        <translation>保存图表</translation>
    </message>
    <message>
        <source>Save the rows that were not read</source>
        <translation>保存未读取的行</translation>
    </message>
    <message>
        <source>Save the full report</source>
        <translation>保存完整报告</translation>
    </message>
    <message>
        <source>Save the sheet</source>
        <translation>保存单页</translation>
    </message>
    <message>
        <source>No printer is set up on this computer.</source>
        <translation>本机未设置打印机。</translation>
    </message>
    <message>
        <source>Save the sheet as a PDF instead?</source>
        <translation>是否改为保存成 PDF？</translation>
    </message>
    <message>
        <source>Rule packs</source>
        <translation>规则包</translation>
    </message>
    <message>
        <source>Renew the rules</source>
        <translation>更新规则</translation>
    </message>
    <message>
        <source>Remove the rules “{name}” from this computer?</source>
        <translation>从本机删除规则“{name}”？</translation>
    </message>
    <message>
        <source>Cases that were answered with them can then no longer be seen with them.</source>
        <translation>此后将无法再用该规则查看据其解答的案例。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Save the case</source>
        <translation>保存案例</translation>
    </message>
    <message>
        <source>Settlements</source>
        <translation>结算明细</translation>
    </message>
    <message>
        <source>Open a settlement</source>
        <translation>打开结算明细</translation>
    </message>
    <message>
        <source>Save the workbook</source>
        <translation>保存工作簿</translation>
    </message>
    <message>
        <source>Lanewise cases</source>
        <translation>Lanewise 案例</translation>
    </message>
</context>
<context>
    <name>CalculatorForm</name>
    <message>
        <source>More, and your own rates</source>
        <translation>更多输入与自定费率</translation>
    </message>
    <message>
        <source>Your own rates, in place of the rules</source>
        <translation>自定费率（替代规则）</translation>
    </message>
    <message>
        <source>Rarer inputs</source>
        <translation>较少用的输入</translation>
    </message>
    <message>
        <source>Clear what was typed</source>
        <translation>清除已填内容</translation>
    </message>
</context>
<context>
    <name>CalculatorsPage</name>
    <message>
        <source>By the rules of the day above. What is changed here does not change the case.</source>
        <translation>按上方日期的规则计算。此处的更改不影响案例。</translation>
    </message>
</context>
<context>
    <name>CasebookPage</name>
    <message>
        <source>Duplicated as {number}</source>
        <translation>已复制为 {number}</translation>
    </message>
    <message>
        <source>{number} is in the archive</source>
        <translation>{number} 已归档</translation>
    </message>
    <message>
        <source>{number} is no longer in the archive</source>
        <translation>{number} 已取消归档</translation>
    </message>
    <message>
        <source>Deleted: {number}</source>
        <translation>已删除：{number}</translation>
    </message>
    <message>
        <source>Erased, with all copies: {numbers}</source>
        <translation>已连同所有副本清除：{numbers}</translation>
    </message>
    <message>
        <source>the name still stands in {numbers}</source>
        <translation>该名称仍出现在 {numbers} 中</translation>
    </message>
    <message>
        <source>Imported: {count}</source>
        <translation>已导入：{count}</translation>
    </message>
    <message>
        <source>already there: {count}</source>
        <translation>已存在：{count}</translation>
    </message>
    <message>
        <source>refused: {count}</source>
        <translation>未接受：{count}</translation>
    </message>
    <message>
        <source>Visitors of {day}</source>
        <translation>{day} 的访客</translation>
    </message>
    <message>
        <source>Casebook</source>
        <translation>案例簿</translation>
    </message>
    <message>
        <source>Written: {name}</source>
        <translation>已写入：{name}</translation>
    </message>
    <message>
        <source>no name, {number}</source>
        <translation>未留名，{number}</translation>
    </message>
    <message>
        <source>today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>tomorrow</source>
        <translation>明天</translation>
    </message>
    <message>
        <source>in {count} days</source>
        <translation>{count} 天后</translation>
    </message>
    <message>
        <source>overdue by days: {count}</source>
        <translation>已过 {count} 天</translation>
    </message>
    <message>
        <source>{share} of {price} {currency}</source>
        <translation>占 {price} {currency} 的 {share}</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>New visitor</source>
        <translation>新访客</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Find a case by name, contact, product, note or tag</source>
        <translation>按姓名、联系方式、商品、备注或标签查找案例</translation>
    </message>
    <message>
        <source>Which cases</source>
        <translation>显示哪些案例</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>案例</translation>
    </message>
    <message>
        <source>Kept on this computer only. Names may stay empty; “erase” removes a visitor and all copies.</source>
        <translation>仅保存在本机。姓名可以不填；“清除”会删去访客及其所有副本。</translation>
    </message>
    <message>
        <source>Visitors of today as XLSX or CSV…</source>
        <translation>今日访客存为 XLSX 或 CSV…</translation>
    </message>
    <message>
        <source>This list as XLSX or CSV…</source>
        <translation>此列表存为 XLSX 或 CSV…</translation>
    </message>
    <message>
        <source>The cases of this list as files…</source>
        <translation>此列表的案例存为文件…</translation>
    </message>
    <message>
        <source>1 visitor</source>
        <translation>访客 1 位</translation>
    </message>
    <message>
        <source>{count} visitors</source>
        <translation>访客 {count} 位</translation>
    </message>
    <message>
        <source>1 sheet</source>
        <translation>单页 1 份</translation>
    </message>
    <message>
        <source>{count} sheets</source>
        <translation>单页 {count} 份</translation>
    </message>
    <message>
        <source>Today at the stand: {visitors}, {sheets} handed out, {due} to follow up.</source>
        <translation>今日展位：{visitors}，已发{sheets}，待回访 {due} 位。</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Follow-up due</source>
        <translation>待回访</translation>
    </message>
    <message>
        <source>Advice has a gap</source>
        <translation>结论有缺口</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>已归档</translation>
    </message>
    <message>
        <source>Net, {currency}</source>
        <translation>净利，{currency}</translation>
    </message>
    <message>
        <source>Net</source>
        <translation>净利</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Visitor</source>
        <translation>访客</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Market</source>
        <translation>市场</translation>
    </message>
    <message>
        <source>First</source>
        <translation>首选</translation>
    </message>
    <message>
        <source>Last step</source>
        <translation>最后一步</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>单页</translation>
    </message>
    <message>
        <source>Call back</source>
        <translation>回访</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>同意</translation>
    </message>
    <message>
        <source>No case matches “{text}”</source>
        <translation>没有案例符合“{text}”</translation>
    </message>
    <message>
        <source>Take the search away</source>
        <translation>清除查找</translation>
    </message>
    <message>
        <source>Search all cases</source>
        <translation>在全部案例中查找</translation>
    </message>
    <message>
        <source>No visitor yet today</source>
        <translation>今天还没有访客</translation>
    </message>
    <message>
        <source>Press</source>
        <translation>按</translation>
    </message>
    <message>
        <source>for the first one</source>
        <translation>开始第一位</translation>
    </message>
    <message>
        <source>Nobody is waiting for a call</source>
        <translation>没有待回访的访客</translation>
    </message>
    <message>
        <source>in a case to note when to call</source>
        <translation>可在案例中记下回访日期</translation>
    </message>
    <message>
        <source>No advice has a gap</source>
        <translation>没有结论存在缺口</translation>
    </message>
    <message>
        <source>The archive is empty</source>
        <translation>归档为空</translation>
    </message>
    <message>
        <source>A case that is over can be put there: More</source>
        <translation>已结束的案例可放入归档：更多</translation>
    </message>
    <message>
        <source>No case has been kept yet</source>
        <translation>还没有保存过案例</translation>
    </message>
    <message>
        <source>to begin one</source>
        <translation>开始一个</translation>
    </message>
    <message>
        <source>All cases: {count}</source>
        <translation>全部案例：{count}</translation>
    </message>
    <message>
        <source>Import case files…</source>
        <translation>导入案例文件…</translation>
    </message>
    <message>
        <source>This was not done.</source>
        <translation>操作未完成。</translation>
    </message>
    <message>
        <source>Understood</source>
        <translation>知道了</translation>
    </message>
</context>
<context>
    <name>CasebookSide</name>
    <message>
        <source>Case {number}</source>
        <translation>案例 {number}</translation>
    </message>
    <message>
        <source>Call back {day}</source>
        <translation>回访：{day}</translation>
    </message>
    <message>
        <source>No day to call back yet</source>
        <translation>尚未定回访日期</translation>
    </message>
    <message>
        <source>Take out of the archive</source>
        <translation>取消归档</translation>
    </message>
    <message>
        <source>Put into the archive</source>
        <translation>放入归档</translation>
    </message>
    <message>
        <source>Erase “{client}” wholly…</source>
        <translation>彻底清除“{client}”…</translation>
    </message>
    <message>
        <source>Erase this case wholly…</source>
        <translation>彻底清除此案例…</translation>
    </message>
    <message>
        <source>It cannot be worked out</source>
        <translation>无法计算</translation>
    </message>
    <message>
        <source>The chosen case</source>
        <translation>所选案例</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Your note</source>
        <translation>你的备注</translation>
    </message>
    <message>
        <source>For yourself alone</source>
        <translation>仅供自己查看</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>may stay empty</source>
        <translation>可不填</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>联系方式</translation>
    </message>
    <message>
        <source>email or phone</source>
        <translation>邮箱或电话</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>such as German, English</source>
        <translation>如：德语、英语</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>such as owner, hall 4.1</source>
        <translation>如：老板、4.1 馆</translation>
    </message>
    <message>
        <source>Call back on</source>
        <translation>回访日期</translation>
    </message>
    <message>
        <source>+2, 24 Nov or 2026-11-24</source>
        <translation>+2、11-24 或 2026-11-24</translation>
    </message>
    <message>
        <source>May be written to or called</source>
        <translation>可否写信或致电</translation>
    </message>
    <message>
        <source>Choose a case to see what was noted of it.</source>
        <translation>选择一个案例以查看其记录。</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>单页</translation>
    </message>
    <message>
        <source>Open case</source>
        <translation>打开案例</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Cost and margin of the first option</source>
        <translation>首选方案的成本与净利</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>复制一份</translation>
    </message>
    <message>
        <source>Save as a file…</source>
        <translation>存为文件…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>CataloguePage</name>
    <message>
        <source>Reading the first rows …</source>
        <translation>正在读取前几行……</translation>
    </message>
    <message>
        <source>{count} rows</source>
        <translation>{count} 行</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>剩余 {time}</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>not counted</source>
        <translation>未计入</translation>
    </message>
    <message>
        <source>not said</source>
        <translation>未填写</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>others</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列设置</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Save results…</source>
        <translation>保存结果…</translation>
    </message>
    <message>
        <source>Rows shown</source>
        <translation>显示的行</translation>
    </message>
    <message>
        <source>For all rows</source>
        <translation>适用于所有行</translation>
    </message>
    <message>
        <source>Change these answers</source>
        <translation>修改这些答案</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>It was stopped before the end: screen it whole to save it.</source>
        <translation>筛选已中途停止；完整筛选后才能保存。</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>开始筛选</translation>
    </message>
    <message>
        <source>Screen a whole catalogue: for each SKU the platform, market and service that leave the most</source>
        <translation>筛选整份商品目录：为每个 SKU 找出净利最高的平台、市场和物流产品</translation>
    </message>
    <message>
        <source>CSV, XLSX, ODS or Parquet with a column of prices; drop it here, or press</source>
        <translation>CSV、XLSX、ODS 或 Parquet，须含售价列；拖放到此处，或按</translation>
    </message>
    <message>
        <source>Columns that are understood, by headings in English or Chinese: {names}.</source>
        <translation>可识别的列（中英文表头均可）：{names}。</translation>
    </message>
    <message>
        <source>Open a catalogue…</source>
        <translation>打开商品目录…</translation>
    </message>
    <message>
        <source>Try the demo catalogue</source>
        <translation>试用演示目录</translation>
    </message>
    <message>
        <source>What is in each column? Then every row is priced on every lane.</source>
        <translation>请确认每列的内容；随后逐行计算所有线路。</translation>
    </message>
    <message>
        <source>The rest of the program stays usable.</source>
        <translation>期间可继续使用其他功能。</translation>
    </message>
    <message>
        <source>{name} · {lanes} lanes · rules of {day} · {time}</source>
        <translation>{name} · {lanes} 条线路 · {day} 的规则 · {time}</translation>
    </message>
    <message>
        <source>stopped before the end</source>
        <translation>中途停止</translation>
    </message>
    <message>
        <source>The catalogue was not read.</source>
        <translation>未读取商品目录。</translation>
    </message>
    <message>
        <source>Rules of</source>
        <translation>规则日期</translation>
    </message>
    <message>
        <source>The case or the day has changed since.</source>
        <translation>此后案例或规则日期已更改。</translation>
    </message>
    <message>
        <source>These figures are of the answers and rules as they were.</source>
        <translation>以下数字依据更改前的答案和规则。</translation>
    </message>
    <message>
        <source>Screen again</source>
        <translation>重新筛选</translation>
    </message>
    <message>
        <source>Screened {count}</source>
        <translation>已筛选 {count}</translation>
    </message>
    <message>
        <source>Counts</source>
        <translation>统计</translation>
    </message>
    <message>
        <source>Not read {count}</source>
        <translation>未读取 {count}</translation>
    </message>
    <message>
        <source>Writing {text}</source>
        <translation>正在写入 {text}</translation>
    </message>
    <message>
        <source>Nothing was written.</source>
        <translation>未写入任何文件。</translation>
    </message>
    <message>
        <source>Written: {names}</source>
        <translation>已写入：{names}</translation>
    </message>
</context>
<context>
    <name>ChangesPage</name>
    <message>
        <source>{line}, paid by the buyer</source>
        <translation>{line}（买家支付）</translation>
    </message>
    <message>
        <source>Tax together</source>
        <translation>税款合计</translation>
    </message>
    <message>
        <source>Net margin</source>
        <translation>净利</translation>
    </message>
    <message>
        <source>new: {value}</source>
        <translation>新增：{value}</translation>
    </message>
    <message>
        <source>ended: {value}</source>
        <translation>终止：{value}</translation>
    </message>
    <message>
        <source>exchange rate</source>
        <translation>汇率</translation>
    </message>
    <message>
        <source>price list of {day}</source>
        <translation>{day} 价目</translation>
    </message>
    <message>
        <source>rule of {day}</source>
        <translation>{day} 规则</translation>
    </message>
    <message>
        <source>Market</source>
        <translation>市场</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Logistics</source>
        <translation>物流</translation>
    </message>
    <message>
        <source>Import mode</source>
        <translation>进口模式</translation>
    </message>
    <message>
        <source>Import platform</source>
        <translation>进口平台</translation>
    </message>
    <message>
        <source>City</source>
        <translation>城市</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>不可用</translation>
    </message>
    <message>
        <source>Since {day} nothing has moved but exchange rates.</source>
        <translation>自 {day} 以来仅汇率变动。</translation>
    </message>
    <message>
        <source>Since {day}: {what}.</source>
        <translation>自 {day} 以来：{what}。</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>起始</translation>
    </message>
    <message>
        <source>Since the report</source>
        <translation>自报告以来</translation>
    </message>
    <message>
        <source>Five years</source>
        <translation>五年</translation>
    </message>
    <message>
        <source>One year</source>
        <translation>一年</translation>
    </message>
    <message>
        <source>Option</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Facts that moved</source>
        <translation>变动的事实</translation>
    </message>
    <message>
        <source>Places then and now</source>
        <translation>名次：当时与现在</translation>
    </message>
    <message>
        <source>Lines then and now</source>
        <translation>项目：当时与现在</translation>
    </message>
    <message>
        <source>Nothing to compare yet. Give the first answers under Product.</source>
        <translation>尚无可比较的内容。请先在“商品”中回答最初的问题。</translation>
    </message>
    <message>
        <source>Line, {currency}</source>
        <translation>项目，{currency}</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差额</translation>
    </message>
    <message>
        <source>What moved</source>
        <translation>变动内容</translation>
    </message>
    <message>
        <source>Both days for a buyer in {market}.</source>
        <translation>两天均按{market}买家计算。</translation>
    </message>
    <message>
        <source>Fact</source>
        <translation>事实</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Choice</source>
        <translation>选择</translation>
    </message>
</context>
<context>
    <name>ChartCommands</name>
    <message>
        <source>Rules as of {day}</source>
        <translation>规则日期 {day}</translation>
    </message>
    <message>
        <source>There is no chart here.</source>
        <translation>此处没有图表。</translation>
    </message>
    <message>
        <source>&amp;Why this figure</source>
        <translation>此数字的由来(&amp;W)</translation>
    </message>
    <message>
        <source>Copy this &amp;row</source>
        <translation>复制此行(&amp;R)</translation>
    </message>
    <message>
        <source>Copy as &amp;table</source>
        <translation>复制为表格(&amp;T)</translation>
    </message>
    <message>
        <source>Copy as &amp;picture</source>
        <translation>复制为图片(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Save chart…</source>
        <translation>保存图表…(&amp;S)</translation>
    </message>
    <message>
        <source>The table is on the clipboard.</source>
        <translation>表格已复制到剪贴板。</translation>
    </message>
    <message>
        <source>The picture is on the clipboard.</source>
        <translation>图片已复制到剪贴板。</translation>
    </message>
    <message>
        <source>“{name}” does not end in .png, .svg or .csv.</source>
        <translation>“{name}”的后缀不是 .png、.svg 或 .csv。</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>已保存为 {name}。</translation>
    </message>
</context>
<context>
    <name>ClosedRows</name>
    <message>
        <source>rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>rule that closes {name}</source>
        <translation>使{name}不可用的规则</translation>
    </message>
    <message>
        <source>Would open it: {what}</source>
        <translation>可使其开放：{what}</translation>
    </message>
</context>
<context>
    <name>ColumnsPanel</name>
    <message>
        <source>{count} columns</source>
        <translation>{count} 列</translation>
    </message>
    <message>
        <source>{count} rows</source>
        <translation>{count} 行</translation>
    </message>
    <message>
        <source>no headings</source>
        <translation>无表头</translation>
    </message>
    <message>
        <source>not used</source>
        <translation>不使用</translation>
    </message>
    <message>
        <source>as in the rows</source>
        <translation>以各行为准</translation>
    </message>
    <message>
        <source>unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>What the column “{heading}” holds</source>
        <translation>“{heading}”列的内容</translation>
    </message>
    <message>
        <source>The columns are taken as last time for these headings.</source>
        <translation>已按上次对这些表头的设置识别各列。</translation>
    </message>
    <message>
        <source>{count} more columns are not shown</source>
        <translation>另有 {count} 列未显示</translation>
    </message>
    <message>
        <source>comma</source>
        <translation>逗号</translation>
    </message>
    <message>
        <source>semicolon</source>
        <translation>分号</translation>
    </message>
    <message>
        <source>tab</source>
        <translation>制表符</translation>
    </message>
    <message>
        <source>vertical bar</source>
        <translation>竖线</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>工作表</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>Separator</source>
        <translation>分隔符</translation>
    </message>
    <message>
        <source>Another file…</source>
        <translation>换一个文件…</translation>
    </message>
    <message>
        <source>Show the next ones</source>
        <translation>显示后面的列</translation>
    </message>
    <message>
        <source>Take them by their headings</source>
        <translation>改为按表头识别</translation>
    </message>
</context>
<context>
    <name>CoveragePage</name>
    <message>
        <source>not offered</source>
        <translation>不提供</translation>
    </message>
    <message>
        <source>nothing known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>{known} of {of} answers known</source>
        <translation>已知 {known}/{of}</translation>
    </message>
    <message>
        <source>price list known</source>
        <translation>价目已知</translation>
    </message>
    <message>
        <source>weakest source: confidence {level}</source>
        <translation>最弱来源：可信度{level}</translation>
    </message>
    <message>
        <source>oldest source {day}</source>
        <translation>最旧来源 {day}</translation>
    </message>
    <message>
        <source>review by {day}</source>
        <translation>复核日 {day}</translation>
    </message>
    <message>
        <source>What is covered</source>
        <translation>覆盖内容</translation>
    </message>
    <message>
        <source>whole</source>
        <translation>完整</translation>
    </message>
    <message>
        <source>in part</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>leans on a weak source</source>
        <translation>依据弱来源</translation>
    </message>
    <message>
        <source>Facts on weak sources, oldest first</source>
        <translation>弱来源事实（由旧到新）</translation>
    </message>
    <message>
        <source>Past their review, longest first</source>
        <translation>已过复核日（由久到近）</translation>
    </message>
    <message>
        <source>{known} of {of} answered at least in part. Move through the grid to read a cell.</source>
        <translation>{of} 格中 {known} 格至少部分可答。在网格中移动可查看单元格。</translation>
    </message>
    <message>
        <source>Fact</source>
        <translation>事实</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Source of</source>
        <translation>来源日期</translation>
    </message>
    <message>
        <source>Review by</source>
        <translation>复核日</translation>
    </message>
</context>
<context>
    <name>CriteriaGrid</name>
    <message>
        <source>Criterion</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Measured from</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>Weight of {name}</source>
        <translation>{name}的权重</translation>
    </message>
</context>
<context>
    <name>DayDialog</name>
    <message>
        <source>Rules as of</source>
        <translation>规则日期</translation>
    </message>
    <message>
        <source>Arrows choose a day, Enter takes it</source>
        <translation>方向键选择日期，回车确定</translation>
    </message>
    <message>
        <source>The figures of that day count, where they are known.</source>
        <translation>按该日的数字计算（已知的部分）。</translation>
    </message>
</context>
<context>
    <name>DontKnow</name>
    <message>
        <source>don’t know</source>
        <translation>不清楚</translation>
    </message>
    <message>
        <source>Key D on the question</source>
        <translation>在该问题上按 D 键</translation>
    </message>
</context>
<context>
    <name>Dropping</name>
    <message>
        <source>“{name}” was not opened.</source>
        <translation>未能打开“{name}”。</translation>
    </message>
    <message>
        <source>Drop a case ({case}), a rule pack ({pack}) or a catalogue ({catalogues}).</source>
        <translation>请拖入案例（{case}）、规则包（{pack}）或商品目录（{catalogues}）。</translation>
    </message>
    <message>
        <source>“{name}” is open; one file at a time. Not opened: {count}</source>
        <translation>已打开“{name}”；一次只能打开一个文件。未打开：{count}</translation>
    </message>
</context>
<context>
    <name>Exchanging</name>
    <message>
        <source>Money is the only criterion here, as in the catalogue. The weights can be moved.</source>
        <translation>与目录筛选一致，这里只按金额比较；权重可调整。</translation>
    </message>
    <message>
        <source>Saved “{name}”.</source>
        <translation>已保存“{name}”。</translation>
    </message>
</context>
<context>
    <name>FactDetail</name>
    <message>
        <source>Notes</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Override in this case…</source>
        <translation>在本案例中改用…</translation>
    </message>
    <message>
        <source>Put a value of your own in its place, for this case</source>
        <translation>在本案例中用您自己的数值代替</translation>
    </message>
    <message>
        <source>Only a figure can be replaced by a value of your own</source>
        <translation>只有数字可以用您自己的数值代替</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>{value} counts in this case, in place of the rule</source>
        <translation>本案例按 {value} 计算，代替规则</translation>
    </message>
    <message>
        <source>take back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>History of {name}</source>
        <translation>历史：{name}</translation>
    </message>
    <message>
        <source>Values and their sources</source>
        <translation>数值及来源</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copies the table with the addresses of its sources</source>
        <translation>复制表格及来源网址</translation>
    </message>
    <message>
        <source>The rule book holds this in English only.</source>
        <translation>规则库中此内容仅有英文。</translation>
    </message>
    <message>
        <source>Used in this answer</source>
        <translation>用于本次结论</translation>
    </message>
    <message>
        <source>The answer to the open case does not read this fact.</source>
        <translation>当前案例的结论未用到此条。</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>fewer</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>all {count}</source>
        <translation>全部 {count} 项</translation>
    </message>
</context>
<context>
    <name>FactFinder</name>
    <message>
        <source>Search the rule book</source>
        <translation>搜索规则库</translation>
    </message>
    <message>
        <source>Words of the id, the name or the source, in English, Chinese or pinyin</source>
        <translation>标识、名称或来源中的词，中文、英文或拼音</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>Only</source>
        <translation>仅看</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>事实</translation>
    </message>
    <message>
        <source>No fact is found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>empties the search</source>
        <translation>清空搜索</translation>
    </message>
</context>
<context>
    <name>FactListModel</name>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
</context>
<context>
    <name>FaultDialog</name>
    <message>
        <source>Something went wrong in the program.</source>
        <translation>程序出错了。</translation>
    </message>
    <message>
        <source>The case stays open. Save a copy to be safe; if it happens again, start the program anew.</source>
        <translation>案例仍然打开。为安全起见请另存副本；如再次发生，请重新启动程序。</translation>
    </message>
    <message>
        <source>The report below is kept as {file}. It holds none of your answers, and nothing was sent.</source>
        <translation>下方报告已存为 {file}。其中不含您的任何回答，也未发送任何内容。</translation>
    </message>
    <message>
        <source>The report could not be written to the disk; copy it. It holds none of your answers.</source>
        <translation>报告无法写入磁盘，请复制保存。其中不含您的任何回答。</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>Save a copy…</source>
        <translation>另存副本…</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>显示文件夹</translation>
    </message>
</context>
<context>
    <name>FigureLabel</name>
    <message>
        <source>Enter or W shows how this figure is made</source>
        <translation>按 Enter 或 W 查看此数字的由来</translation>
    </message>
</context>
<context>
    <name>Filing</name>
    <message>
        <source>Kept in the casebook at {time}. Ctrl+Shift+S writes a file of its own.</source>
        <translation>已于 {time} 存入案例簿。按 Ctrl+Shift+S 可另存为文件。</translation>
    </message>
</context>
<context>
    <name>Filters</name>
    <message>
        <source>Any platform</source>
        <translation>所有平台</translation>
    </message>
    <message>
        <source>Any market</source>
        <translation>所有市场</translation>
    </message>
    <message>
        <source>As in the file</source>
        <translation>按文件顺序</translation>
    </message>
    <message>
        <source>Most left first</source>
        <translation>净利从高到低</translation>
    </message>
    <message>
        <source>Least left first</source>
        <translation>净利从低到高</translation>
    </message>
    <message>
        <source>Best margin first</source>
        <translation>净利率从高到低</translation>
    </message>
    <message>
        <source>Worst margin first</source>
        <translation>净利率从低到高</translation>
    </message>
    <message>
        <source>Closest runner-up first</source>
        <translation>与次优差距从小到大</translation>
    </message>
    <message>
        <source>Farthest runner-up first</source>
        <translation>与次优差距从大到小</translation>
    </message>
    <message>
        <source>By platform and market</source>
        <translation>按平台和市场</translation>
    </message>
    <message>
        <source>Find SKU or name</source>
        <translation>查找货号或名称</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Market</source>
        <translation>市场</translation>
    </message>
    <message>
        <source>Order of the rows</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>Loses money</source>
        <translation>亏损</translation>
    </message>
    <message>
        <source>No lane</source>
        <translation>无可用线路</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
</context>
<context>
    <name>Foot</name>
    <message>
        <source>Back</source>
        <translation>上一步</translation>
    </message>
</context>
<context>
    <name>GuideWindow</name>
    <message>
        <source>{page} — guide to Lanewise</source>
        <translation>{page} — Lanewise 使用指南</translation>
    </message>
    <message>
        <source>Search the guide</source>
        <translation>搜索指南</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>目录</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>后退</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>前进</translation>
    </message>
    <message>
        <source>No page has these words.</source>
        <translation>没有含有这些词的页面。</translation>
    </message>
</context>
<context>
    <name>HealthDialog</name>
    <message>
        <source>Check this computer</source>
        <translation>检查本机</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>Everything is as it should be.</source>
        <translation>一切正常。</translation>
    </message>
    <message>
        <source>To mend: {count}</source>
        <translation>需处理：{count}</translation>
    </message>
</context>
<context>
    <name>Helping</name>
    <message>
        <source>Log and reports are in {folder}</source>
        <translation>日志和报告位于 {folder}</translation>
    </message>
</context>
<context>
    <name>ImportModePage</name>
    <message>
        <source>Modes are ranked without their tax, because no list price is given.</source>
        <translation>未填写售价，各模式的排序未计税款。</translation>
    </message>
    <message>
        <source>One order: customs value {value}, to a buyer in {city}.</source>
        <translation>一单：完税价格 {value}，买家在{city}。</translation>
    </message>
    <message>
        <source>One order: customs value {value}. No city of entry is chosen.</source>
        <translation>一单：完税价格 {value}。未选入境城市。</translation>
    </message>
    <message>
        <source>{day}: not in the rules</source>
        <translation>{day}：规则中没有</translation>
    </message>
    <message>
        <source>{day}: refused</source>
        <translation>{day}：不予放行</translation>
    </message>
    <message>
        <source>the value of the order is not known</source>
        <translation>订单金额未知</translation>
    </message>
    <message>
        <source>{day}: cannot say, {why}</source>
        <translation>{day}：无法判断，{why}</translation>
    </message>
    <message>
        <source>{day}: waived up to {limit}</source>
        <translation>{day}：{limit} 及以下免征</translation>
    </message>
    <message>
        <source>{day}: over the limit, full taxes</source>
        <translation>{day}：超出限额，全额征税</translation>
    </message>
    <message>
        <source>Tax on the order, {currency}</source>
        <translation>该单税款，{currency}</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>Customs code: {code}</source>
        <translation>海关监管代码：{code}</translation>
    </message>
    <message>
        <source>at least {amount}</source>
        <translation>至少 {amount}</translation>
    </message>
    <message>
        <source>Not taxed apart on this day.</source>
        <translation>该日不单独征税。</translation>
    </message>
    <message>
        <source>typed</source>
        <translation>手填</translation>
    </message>
    <message>
        <source>seen {day}</source>
        <translation>{day} 查见</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>{modes}; others not known</source>
        <translation>{modes}；其余未知</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>形式</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>天数</translation>
    </message>
    <message>
        <source>Tax on the order by import mode</source>
        <translation>各进口模式的单笔税款</translation>
    </message>
    <message>
        <source>Import modes, ranked</source>
        <translation>进口模式排序</translation>
    </message>
    <message>
        <source>Tax rates on both days</source>
        <translation>两个日期的税率</translation>
    </message>
    <message>
        <source>What changed between the two days</source>
        <translation>两个日期之间的变化</translation>
    </message>
    <message>
        <source>Cities and the modes they offer</source>
        <translation>各城市开通的模式</translation>
    </message>
    <message>
        <source>The eight cities</source>
        <translation>八个城市</translation>
    </message>
    <message>
        <source>The tax cannot be said</source>
        <translation>无法得出税款</translation>
    </message>
    <message>
        <source>No list price is given.</source>
        <translation>未填写售价。</translation>
    </message>
    <message>
        <source>Type the list price</source>
        <translation>填写售价</translation>
    </message>
    <message>
        <source>2015 and today</source>
        <translation>2015 年与今日</translation>
    </message>
    <message>
        <source>Today only</source>
        <translation>仅今日</translation>
    </message>
    <message>
        <source>{then} and {now}</source>
        <translation>{then} 与 {now}</translation>
    </message>
    <message>
        <source>{day} only</source>
        <translation>仅 {day}</translation>
    </message>
    <message>
        <source>No tax is known with the rules of {day}.</source>
        <translation>按 {day} 的规则无法得知税款。</translation>
    </message>
    <message>
        <source>Choose another day</source>
        <translation>选择其他日期</translation>
    </message>
    <message>
        <source>Mode, customs code</source>
        <translation>模式，监管代码</translation>
    </message>
    <message>
        <source>Value, CNY</source>
        <translation>金额，CNY</translation>
    </message>
    <message>
        <source>Tax, CNY</source>
        <translation>税款，CNY</translation>
    </message>
    <message>
        <source>of value</source>
        <translation>占金额</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>What it asks of you</source>
        <translation>对您的要求</translation>
    </message>
    <message>
        <source>The report&apos;s table and today&apos;s: {category}</source>
        <translation>报告税表与今日税表：{category}</translation>
    </message>
    <message>
        <source>Tax rates: {category}</source>
        <translation>税率：{category}</translation>
    </message>
    <message>
        <source>Tax</source>
        <translation>税种</translation>
    </message>
    <message>
        <source>In force since</source>
        <translation>生效时间</translation>
    </message>
    <message>
        <source>doubt</source>
        <translation>存疑</translation>
    </message>
    <message>
        <source>weak source</source>
        <translation>来源较弱</translation>
    </message>
    <message>
        <source>No category is chosen: these are the rates of other goods.</source>
        <translation>未选类目：此为“其他商品”的税率。</translation>
    </message>
    <message>
        <source>In doubt. {doubt}</source>
        <translation>存疑。{doubt}</translation>
    </message>
    <message>
        <source>What changed since 2015</source>
        <translation>2015 年以来的变化</translation>
    </message>
    <message>
        <source>What changed from {then} to {now}</source>
        <translation>{then} 至 {now} 的变化</translation>
    </message>
    <message>
        <source>From</source>
        <translation>自</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>None of the rules behind this tax changed between the two days.</source>
        <translation>该税款所依据的规则在两个日期之间没有变化。</translation>
    </message>
    <message>
        <source>City</source>
        <translation>城市</translation>
    </message>
    <message>
        <source>Modes offered</source>
        <translation>已开通模式</translation>
    </message>
    <message>
        <source>Strongest reason</source>
        <translation>最主要理由</translation>
    </message>
    <message>
        <source>chosen</source>
        <translation>已选</translation>
    </message>
    <message>
        <source>It asks:</source>
        <translation>要求：</translation>
    </message>
</context>
<context>
    <name>InputField</name>
    <message>
        <source>Type to find, or choose</source>
        <translation>输入查找或直接选择</translation>
    </message>
    <message>
        <source>Choose the currency</source>
        <translation>选择币种</translation>
    </message>
</context>
<context>
    <name>Keeping</name>
    <message>
        <source>Save a copy…</source>
        <translation>另存副本…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Recover what can be read</source>
        <translation>恢复可读内容</translation>
    </message>
    <message>
        <source>Go back to a backup…</source>
        <translation>使用备份…</translation>
    </message>
    <message>
        <source>What was answered last is not kept yet.</source>
        <translation>最后的答案尚未保存。</translation>
    </message>
    <message>
        <source>The casebook is not open.</source>
        <translation>案例簿未打开。</translation>
    </message>
    <message>
        <source>The case stays here in the window.</source>
        <translation>案例仍保留在此窗口中。</translation>
    </message>
    <message>
        <source>There is no backup of this casebook.</source>
        <translation>此案例簿没有备份。</translation>
    </message>
    <message>
        <source>{day}, after {count} changes</source>
        <translation>{day}，第 {count} 次改动后</translation>
    </message>
    <message>
        <source>Case {number}</source>
        <translation>案例 {number}</translation>
    </message>
    <message>
        <source>There is no case yet to note it for: answer the first question.</source>
        <translation>还没有可记录的案例：请先回答第一个问题。</translation>
    </message>
    <message>
        <source>Noted for {number}</source>
        <translation>已记入 {number}</translation>
    </message>
</context>
<context>
    <name>KeyHelp</name>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>previous and next step</source>
        <translation>上一步、下一步</translation>
    </message>
    <message>
        <source>from option to option, from line to line; Enter opens it</source>
        <translation>逐个选项、逐行移动；按 Enter 打开</translation>
    </message>
    <message>
        <source>list price by the usual step; with Shift ten times as much</source>
        <translation>按常用步长调整售价；按住 Shift 为十倍</translation>
    </message>
    <message>
        <source>next market of the case</source>
        <translation>本案例的下一个市场</translation>
    </message>
    <message>
        <source>an option in detail</source>
        <translation>查看某个选项的详情</translation>
    </message>
    <message>
        <source>why: line by line; Enter shows the rule and its source</source>
        <translation>逐行说明依据；按 Enter 显示规则和来源</translation>
    </message>
    <message>
        <source>prints the customer&apos;s copy: one page, without cost and margin</source>
        <translation>打印客户联：一页，不含成本与净利</translation>
    </message>
    <message>
        <source>English or Chinese</source>
        <translation>中文或英文</translation>
    </message>
    <message>
        <source>undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>blank screen until the next key</source>
        <translation>黑屏，按任意键恢复</translation>
    </message>
    <message>
        <source>these keys</source>
        <translation>本按键表</translation>
    </message>
    <message>
        <source>next visitor: everything of this one leaves the screen</source>
        <translation>下一位访客：当前访客的内容全部从屏幕上移除</translation>
    </message>
    <message>
        <source>closes what is open, then back to the desk</source>
        <translation>关闭已打开的内容，然后返回工作台</translation>
    </message>
</context>
<context>
    <name>LogisticsPage</name>
    <message>
        <source>Not in the chart, for their days are not known: {names}</source>
        <translation>时效未知，未画入图中：{names}</translation>
    </message>
    <message>
        <source>{service} is quicker and has no price.</source>
        <translation>{service}更快，但没有价格。</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>天数</translation>
    </message>
    <message>
        <source>Billed</source>
        <translation>计费重</translation>
    </message>
    <message>
        <source>CNY</source>
        <translation>CNY</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>售价</translation>
    </message>
    <message>
        <source>Takes this parcel</source>
        <translation>可收此包裹</translation>
    </message>
    <message>
        <source>Best value</source>
        <translation>综合最优</translation>
    </message>
    <message>
        <source>Cheapest</source>
        <translation>最便宜</translation>
    </message>
    <message>
        <source>Fastest</source>
        <translation>最快</translation>
    </message>
    <message>
        <source>Billed weight, {service}</source>
        <translation>计费重量，{service}</translation>
    </message>
    <message>
        <source>Cost first</source>
        <translation>成本优先</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>兼顾</translation>
    </message>
    <message>
        <source>Speed first</source>
        <translation>时效优先</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Freight against days</source>
        <translation>运费与天数</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Closed to this parcel</source>
        <translation>不收此包裹</translation>
    </message>
    <message>
        <source>weight not given</source>
        <translation>未填写重量</translation>
    </message>
    <message>
        <source>To a door in {market}, {weight} a piece. {priced} services have a price, {closed} are closed.</source>
        <translation>送达{market}，每件 {weight}。{priced} 项服务有价格，{closed} 项不可用。</translation>
    </message>
    <message>
        <source>To a door in {market}, weight not given. {priced} services have a price, {closed} are closed.</source>
        <translation>送达{market}，未填写重量。{priced} 项服务有价格，{closed} 项不可用。</translation>
    </message>
    <message>
        <source>days to the door, line from soonest to latest, mark at the middle</source>
        <translation>送达天数，线为最早至最晚，标记为中间值</translation>
    </message>
    <message>
        <source>an order</source>
        <translation>每单</translation>
    </message>
    <message>
        <source>above the scale</source>
        <translation>超出刻度</translation>
    </message>
    <message>
        <source>cannot say, because</source>
        <translation>无法判断，因为</translation>
    </message>
    <message>
        <source>not known, ask</source>
        <translation>未知，请询问</translation>
    </message>
    <message>
        <source>fuel surcharge not known</source>
        <translation>燃油附加费未知</translation>
    </message>
    <message>
        <source>price not known</source>
        <translation>价格未知</translation>
    </message>
    <message>
        <source>yes, with conditions</source>
        <translation>可以，有条件</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>weighed</source>
        <translation>实重</translation>
    </message>
    <message>
        <source>by volume, size not given</source>
        <translation>按体积，未填尺寸</translation>
    </message>
    <message>
        <source>least billed weight</source>
        <translation>最低计费重量</translation>
    </message>
    <message>
        <source>billed, in steps of {step}</source>
        <translation>计费，每 {step}一档</translation>
    </message>
    <message>
        <source>Up to {grams} nothing changes; from {after} it is {change} {currency}.</source>
        <translation>{grams}以内不变；自 {after}起 {change} {currency}。</translation>
    </message>
</context>
<context>
    <name>MarketsPage</name>
    <message>
        <source>Markets, ranked</source>
        <translation>市场排序</translation>
    </message>
    <message>
        <source>China&apos;s cross-border e-commerce by year</source>
        <translation>中国跨境电商历年规模</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Market facts</source>
        <translation>市场数据</translation>
    </message>
    <message>
        <source>Section</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>形式</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>规模</translation>
    </message>
    <message>
        <source>Growth</source>
        <translation>增长</translation>
    </message>
    <message>
        <source>Share of trade</source>
        <translation>占贸易比重</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Market</source>
        <translation>市场</translation>
    </message>
    <message>
        <source>Reach</source>
        <translation>覆盖</translation>
    </message>
    <message>
        <source>buyer {amount}</source>
        <translation>买家 {amount}</translation>
    </message>
    <message>
        <source>{line}, paid by the buyer</source>
        <translation>{line}，由买家支付</translation>
    </message>
    <message>
        <source>No margin without a list price and a platform.</source>
        <translation>没有售价和平台，无法得出净利。</translation>
    </message>
    <message>
        <source>at most</source>
        <translation>至多</translation>
    </message>
    <message>
        <source>No market can be ranked yet.</source>
        <translation>尚无法对市场排序。</translation>
    </message>
    <message>
        <source>The same goods at the same {price} on the best platform of each market.</source>
        <translation>同一商品，同样售价 {price}，在各市场的最佳平台。</translation>
    </message>
    <message>
        <source>{first} first, {second} {gap} points behind.</source>
        <translation>{first}居首，{second}落后 {gap} 分。</translation>
    </message>
    <message>
        <source>{first} first.</source>
        <translation>{first}居首。</translation>
    </message>
    <message>
        <source>Where {price} goes, {currency}</source>
        <translation>{price} 的去向，{currency}</translation>
    </message>
    <message>
        <source>reach</source>
        <translation>覆盖</translation>
    </message>
    <message>
        <source>net margin</source>
        <translation>净利</translation>
    </message>
    <message>
        <source>Not in the chart, because reach or margin is not known: {names}</source>
        <translation>因覆盖或净利未知而不在图中：{names}</translation>
    </message>
    <message>
        <source>Where China&apos;s cross-border e-commerce exports go, %</source>
        <translation>中国跨境电商出口去向，%</translation>
    </message>
    <message>
        <source>Nothing was published by this day.</source>
        <translation>截至该日没有公布数字。</translation>
    </message>
    <message>
        <source>trillion CNY</source>
        <translation>万亿元</translation>
    </message>
    <message>
        <source>growth on the year before, %</source>
        <translation>同比增长，%</translation>
    </message>
    <message>
        <source>share of China&apos;s foreign trade, %</source>
        <translation>占中国外贸比重，%</translation>
    </message>
    <message>
        <source>* forecast; no figure of the year itself is in the rules.</source>
        <translation>* 预测值；规则中没有该年的实际数字。</translation>
    </message>
    <message>
        <source>not published</source>
        <translation>未公布</translation>
    </message>
    <message>
        <source>By 100EC: all trade struck online, mostly B2B</source>
        <translation>网经社口径：全部线上成交，以 B2B 为主</translation>
    </message>
    <message>
        <source>By customs: goods declared as cross-border e-commerce</source>
        <translation>海关口径：以跨境电商方式申报的货物</translation>
    </message>
    <message>
        <source>growth</source>
        <translation>增长</translation>
    </message>
    <message>
        <source>of foreign trade</source>
        <translation>占外贸</translation>
    </message>
    <message>
        <source>printed {figure}</source>
        <translation>原文 {figure}</translation>
    </message>
    <message>
        <source>{year}: printed {printed}; read as {value} trillion CNY.</source>
        <translation>{year}：原文 {printed}；按 {value} 万亿元计。</translation>
    </message>
    <message>
        <source>Export and import</source>
        <translation>出口与进口</translation>
    </message>
    <message>
        <source>B2B and B2C</source>
        <translation>B2B 与 B2C</translation>
    </message>
    <message>
        <source>{part}: the rest of 100</source>
        <translation>{part}：其余部分（合计 100）</translation>
    </message>
    <message>
        <source>customs</source>
        <translation>海关</translation>
    </message>
    <message>
        <source>Doubted: {printed}. Likely: {likely}.</source>
        <translation>存疑：原文为 {printed}，应为 {likely}。</translation>
    </message>
    <message>
        <source>Doubted: {printed}. {why}</source>
        <translation>存疑：原文为 {printed}。{why}</translation>
    </message>
    <message>
        <source>cannot say: {why}</source>
        <translation>无法判断：{why}</translation>
    </message>
    <message>
        <source>typed</source>
        <translation>手填</translation>
    </message>
    <message>
        <source>Freight</source>
        <translation>运费</translation>
    </message>
    <message>
        <source>Border</source>
        <translation>边境</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>天数</translation>
    </message>
    <message>
        <source>Net margin</source>
        <translation>净利</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>No market has a margin: give the list price under Product.</source>
        <translation>各市场均无净利：请在“商品”中填写售价。</translation>
    </message>
    <message>
        <source>Where the price goes</source>
        <translation>售价的去向</translation>
    </message>
    <message>
        <source>Reach or margin is not known for any market.</source>
        <translation>各市场的覆盖或净利均未知。</translation>
    </message>
    <message>
        <source>Reach against margin</source>
        <translation>覆盖与净利</translation>
    </message>
    <message>
        <source>No market has a margin with the rules of {day}.</source>
        <translation>按 {day} 的规则，没有任何市场可算出净利。</translation>
    </message>
    <message>
        <source>As published, with the rules of {day}. Enter or W shows the source.</source>
        <translation>按公布数字，规则日期 {day}。按 Enter 或 W 查看来源。</translation>
    </message>
    <message>
        <source>Facts of the market {name}</source>
        <translation>{name}市场数据</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>As published</source>
        <translation>公布数字</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Case</source>
        <translation>案例(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Rules</source>
        <translation>规则(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <source>E&amp;xamples</source>
        <translation>示例(&amp;X)</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>配色(&amp;C)</translation>
    </message>
    <message>
        <source>Te&amp;xt size</source>
        <translation>文字大小(&amp;X)</translation>
    </message>
    <message>
        <source>&amp;New case</source>
        <translation>新建案例(&amp;N)</translation>
    </message>
    <message>
        <source>Next &amp;visitor</source>
        <translation>下一位访客(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Visitor view</source>
        <translation>访客视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>打开(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation>另存为(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Close case</source>
        <translation>关闭案例(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>Save &amp;workbook…</source>
        <translation>保存工作簿(&amp;W)…</translation>
    </message>
    <message>
        <source>Open a ca&amp;talogue…</source>
        <translation>打开商品目录(&amp;T)…</translation>
    </message>
    <message>
        <source>I&amp;mport cases…</source>
        <translation>导入案例(&amp;M)…</translation>
    </message>
    <message>
        <source>&amp;Print…</source>
        <translation>打印(&amp;P)…</translation>
    </message>
    <message>
        <source>Save sheet as PD&amp;F…</source>
        <translation>单页另存为 PDF(&amp;F)…</translation>
    </message>
    <message>
        <source>Save sheet as &amp;HTML…</source>
        <translation>单页另存为 HTML(&amp;H)…</translation>
    </message>
    <message>
        <source>Print the sheet at onc&amp;e</source>
        <translation>立即打印单页(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Installed rules</source>
        <translation>已安装的规则(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Call back, consent, note…</source>
        <translation>回访、同意、备注(&amp;C)…</translation>
    </message>
    <message>
        <source>Sheet opt&amp;ions…</source>
        <translation>单页选项(&amp;I)…</translation>
    </message>
    <message>
        <source>Save f&amp;ull report…</source>
        <translation>保存完整报告(&amp;U)…</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>剪切(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>粘贴(&amp;P)</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>全选(&amp;A)</translation>
    </message>
    <message>
        <source>Full scr&amp;een</source>
        <translation>全屏(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Find anything…</source>
        <translation>查找任意内容(&amp;F)…</translation>
    </message>
    <message>
        <source>Rule &amp;book, at this fact</source>
        <translation>在规则库中打开此事实(&amp;B)</translation>
    </message>
    <message>
        <source>Chart or &amp;table</source>
        <translation>图表或表格(&amp;T)</translation>
    </message>
    <message>
        <source>Copy chart as p&amp;icture</source>
        <translation>图表复制为图片(&amp;I)</translation>
    </message>
    <message>
        <source>Save c&amp;hart…</source>
        <translation>保存图表…(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Next pane</source>
        <translation>下一窗格(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Previous pane</source>
        <translation>上一窗格(&amp;P)</translation>
    </message>
    <message>
        <source>As the &amp;system has them</source>
        <translation>跟随系统(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>深色(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;High contrast</source>
        <translation>高对比度(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Larger</source>
        <translation>放大(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Smaller</source>
        <translation>缩小(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;As the system has it</source>
        <translation>跟随系统(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Previous step</source>
        <translation>上一步(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Next step</source>
        <translation>下一步(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Reconcile with a settlement…</source>
        <translation>与结算核对(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Why this figure</source>
        <translation>此数字的由来(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Rules as of…</source>
        <translation>规则日期(&amp;R)…</translation>
    </message>
    <message>
        <source>The re&amp;port&apos;s day, {day}</source>
        <translation>报告当日(&amp;P)，{day}</translation>
    </message>
    <message>
        <source>&amp;Today</source>
        <translation>今日(&amp;T)</translation>
    </message>
    <message>
        <source>Known to be &amp;missing…</source>
        <translation>已知缺失(&amp;M)…</translation>
    </message>
    <message>
        <source>Past re&amp;view…</source>
        <translation>已过复核日(&amp;V)…</translation>
    </message>
    <message>
        <source>Re&amp;new the rules…</source>
        <translation>更新规则(&amp;N)…</translation>
    </message>
    <message>
        <source>Bac&amp;k to the rules before</source>
        <translation>恢复先前的规则(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;About Lanewise</source>
        <translation>关于 Lanewise(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Guide</source>
        <translation>使用指南(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>设置(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Check this computer…</source>
        <translation>检查本机(&amp;C)…</translation>
    </message>
    <message>
        <source>Show &amp;log folder</source>
        <translation>显示日志文件夹(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Undo {what}</source>
        <translation>撤销{what}(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo {what}</source>
        <translation>重做{what}(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Clear this list</source>
        <translation>清空此列表(&amp;C)</translation>
    </message>
</context>
<context>
    <name>NextStepDialog</name>
    <message>
        <source>Next step</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Call back on</source>
        <translation>回访日期</translation>
    </message>
    <message>
        <source>+2, 24 Nov or 2026-11-24</source>
        <translation>+2、11-24 或 2026-11-24</translation>
    </message>
    <message>
        <source>May be written to or called</source>
        <translation>可否写信或致电</translation>
    </message>
    <message>
        <source>Your note</source>
        <translation>你的备注</translation>
    </message>
</context>
<context>
    <name>NoteHead</name>
    <message>
        <source>Your note</source>
        <translation>你的备注</translation>
    </message>
    <message>
        <source>never on the sheet</source>
        <translation>不会印在单页上</translation>
    </message>
</context>
<context>
    <name>NumberField</name>
    <message>
        <source>the lower end comes first: {range}</source>
        <translation>范围请先写小的：{range}</translation>
    </message>
    <message>
        <source>the value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>{name} must be {low} to {high} {unit}</source>
        <translation>{name}须为 {low} 至 {high} {unit}</translation>
    </message>
    <message>
        <source>{name} must be at least {low} {unit}</source>
        <translation>{name}须不小于 {low} {unit}</translation>
    </message>
    <message>
        <source>{name} must be at most {high} {unit}</source>
        <translation>{name}须不大于 {high} {unit}</translation>
    </message>
    <message>
        <source>whole numbers only</source>
        <translation>只能填整数</translation>
    </message>
    <message>
        <source>whole numbers only, {low} to {high} {unit}</source>
        <translation>只能填整数，{low} 至 {high} {unit}</translation>
    </message>
    <message>
        <source>“{text}” is not a number</source>
        <translation>“{text}”不是数字</translation>
    </message>
    <message>
        <source>“{text}” is not understood: write {number} or {number} {unit}</source>
        <translation>无法识别“{text}”：请写 {number} 或 {number} {unit}</translation>
    </message>
</context>
<context>
    <name>OverrideDialog</name>
    <message>
        <source>A value of your own</source>
        <translation>自行填写的数值</translation>
    </message>
    <message>
        <source>In the rules: {value}</source>
        <translation>规则中：{value}</translation>
    </message>
    <message>
        <source>Your number takes the place of all steps.</source>
        <translation>您的数字将取代所有分档。</translation>
    </message>
    <message>
        <source>A number, such as 13.6. Leave it empty to let the rule count again.</source>
        <translation>填写数字，如 13.6。留空则恢复使用规则。</translation>
    </message>
    <message>
        <source>“{text}” is not a number</source>
        <translation>“{text}”不是数字</translation>
    </message>
</context>
<context>
    <name>Overview</name>
    <message>
        <source>rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>with a best lane</source>
        <translation>有最佳线路</translation>
    </message>
    <message>
        <source>of them at a loss</source>
        <translation>其中亏损</translation>
    </message>
    <message>
        <source>without a lane</source>
        <translation>无可用线路</translation>
    </message>
    <message>
        <source>not read</source>
        <translation>未读取</translation>
    </message>
    <message>
        <source>Best platform by market, rows</source>
        <translation>各市场的最佳平台（行数）</translation>
    </message>
    <message>
        <source>Best platform by market, rows. Enter shows these rows alone</source>
        <translation>各市场的最佳平台（行数）。按回车只显示这些行</translation>
    </message>
</context>
<context>
    <name>Page</name>
    <message>
        <source>Choose another day</source>
        <translation>选择其他日期</translation>
    </message>
    <message>
        <source>Nothing is compared yet</source>
        <translation>尚未比较</translation>
    </message>
    <message>
        <source>The first ranking appears once these are answered:</source>
        <translation>回答以下问题后即出现首个排名：</translation>
    </message>
    <message>
        <source>Not asked: this case is an export</source>
        <translation>未涉及：此案例为出口</translation>
    </message>
    <message>
        <source>It is compared for goods that come into China.</source>
        <translation>仅对进入中国的商品进行比较。</translation>
    </message>
    <message>
        <source>Not asked: this case is an import</source>
        <translation>未涉及：此案例为进口</translation>
    </message>
    <message>
        <source>It is compared for goods that leave China.</source>
        <translation>仅对运出中国的商品进行比较。</translation>
    </message>
    <message>
        <source>Nothing can be ranked with the rules of {day}</source>
        <translation>按 {day} 的规则无法排名</translation>
    </message>
    <message>
        <source>What was in force on that day is not in the rules; of today it is.</source>
        <translation>规则中没有当日有效的内容；今日的则有。</translation>
    </message>
    <message>
        <source>Nothing can be ranked yet</source>
        <translation>尚无法排名</translation>
    </message>
    <message>
        <source>An answer may help:</source>
        <translation>回答以下问题可能有帮助：</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Nothing has every word; the nearest</source>
        <translation>没有完全相符的，最接近的：</translation>
    </message>
    <message>
        <source>Used last</source>
        <translation>最近使用</translation>
    </message>
    <message>
        <source>not asked after the other answers</source>
        <translation>按其他回答无需填写</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Steps and pages</source>
        <translation>步骤与页面</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Guide</source>
        <translation>使用指南</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>事实</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>{count} found</source>
        <translation>找到 {count} 项</translation>
    </message>
    <message>
        <source>nothing to undo</source>
        <translation>没有可撤销的操作</translation>
    </message>
    <message>
        <source>nothing to redo</source>
        <translation>没有可重做的操作</translation>
    </message>
    <message>
        <source>no chart on this page</source>
        <translation>本页没有图表</translation>
    </message>
    <message>
        <source>nothing is ranked yet</source>
        <translation>尚无排序</translation>
    </message>
    <message>
        <source>no step before this one</source>
        <translation>前面没有步骤</translation>
    </message>
    <message>
        <source>no step after this one</source>
        <translation>后面没有步骤</translation>
    </message>
    <message>
        <source>no case is open</source>
        <translation>没有打开的案例</translation>
    </message>
    <message>
        <source>the file is no longer there</source>
        <translation>文件已不在原处</translation>
    </message>
    <message>
        <source>not possible here</source>
        <translation>此处不可用</translation>
    </message>
    <message>
        <source>Find a command, a question or a fact</source>
        <translation>查找命令、问题或事实</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>查找结果</translation>
    </message>
    <message>
        <source>↑ ↓ choose · Enter go · Esc close</source>
        <translation>↑ ↓ 选择 · Enter 前往 · Esc 关闭</translation>
    </message>
    <message>
        <source>Nothing is found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>Other words, English, Chinese or pinyin, may help.</source>
        <translation>换个说法试试，中文、英文、拼音均可。</translation>
    </message>
</context>
<context>
    <name>PaperCommands</name>
    <message>
        <source>There is nothing to print yet: answer direction, category and list price first.</source>
        <translation>还没有可打印的内容：请先填写方向、类目和售价。</translation>
    </message>
    <message>
        <source>The last paper is still being made. Try again in a moment.</source>
        <translation>上一份文件仍在生成，请稍后再试。</translation>
    </message>
    <message>
        <source>No printer is set up on this computer. At the desk, the sheet can be saved as a PDF.</source>
        <translation>本机未设置打印机。回到工作界面可将单页保存为 PDF。</translation>
    </message>
    <message>
        <source>report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>sheet</source>
        <translation>单页</translation>
    </message>
    <message>
        <source>Saved: {name}</source>
        <translation>已保存：{name}</translation>
    </message>
    <message>
        <source>Sent to the printer: {name}</source>
        <translation>已发送到打印机：{name}</translation>
    </message>
</context>
<context>
    <name>PaperDialog</name>
    <message>
        <source>Sheet options</source>
        <translation>单页选项</translation>
    </message>
    <message>
        <source>As the window</source>
        <translation>与窗口相同</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>双语</translation>
    </message>
    <message>
        <source>Language of the sheet</source>
        <translation>单页语言</translation>
    </message>
    <message>
        <source>Customer copy: without purchase cost and margin</source>
        <translation>客户联：不含进货成本与净利</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>For</source>
        <translation>致</translation>
    </message>
    <message>
        <source>Calculated by</source>
        <translation>计算人</translation>
    </message>
    <message>
        <source>Left empty, there is a line to write on. Nothing of it leaves this computer.</source>
        <translation>留空则印出横线供手写。内容不会离开本机。</translation>
    </message>
</context>
<context>
    <name>PlanPage</name>
    <message>
        <source>Sell {goods} to {market} on {platform}, sent by {service}.</source>
        <translation>在{platform}向{market}销售{goods}，以{service}发货。</translation>
    </message>
    <message>
        <source>Sell {goods} to {market} on {platform}.</source>
        <translation>在{platform}向{market}销售{goods}。</translation>
    </message>
    <message>
        <source>Import {goods} by {mode} through {city}, sold on {platform}.</source>
        <translation>以{mode}经{city}进口{goods}，在{platform}销售。</translation>
    </message>
    <message>
        <source>Import {goods} by {mode}.</source>
        <translation>以{mode}进口{goods}。</translation>
    </message>
    <message>
        <source>Each order loses {money} at this price.</source>
        <translation>按此售价，每单亏损 {money}。</translation>
    </message>
    <message>
        <source>Each order loses at least {money} at this price.</source>
        <translation>按此售价，每单至少亏损 {money}。</translation>
    </message>
    <message>
        <source>In {market}, on {platform}, {money} would be left.</source>
        <translation>在{market}经{platform}可剩 {money}。</translation>
    </message>
    <message>
        <source>In {market}, on {platform}, at most {money} would be left.</source>
        <translation>在{market}经{platform}最多可剩 {money}。</translation>
    </message>
    <message>
        <source>the goods</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Market</source>
        <translation>市场</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>Import platform</source>
        <translation>进口平台</translation>
    </message>
    <message>
        <source>City</source>
        <translation>城市</translation>
    </message>
    <message>
        <source>weight not given</source>
        <translation>未填写重量</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>cannot say</source>
        <translation>无法判断</translation>
    </message>
    <message>
        <source>not scored</source>
        <translation>未评分</translation>
    </message>
    <message>
        <source>score {score}</source>
        <translation>得分 {score}</translation>
    </message>
    <message>
        <source>next {name} {score}</source>
        <translation>其次{name} {score}</translation>
    </message>
    <message>
        <source>first is {name} {score}</source>
        <translation>首位为{name} {score}</translation>
    </message>
    <message>
        <source>Logistics</source>
        <translation>物流</translation>
    </message>
    <message>
        <source>no service can be priced</source>
        <translation>没有可计价的物流服务</translation>
    </message>
    <message>
        <source>at least {amount}</source>
        <translation>至少 {amount}</translation>
    </message>
    <message>
        <source>and {amount} from the warehouse to the buyer</source>
        <translation>另加仓库至买家 {amount}</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>no list price is given</source>
        <translation>未填写售价</translation>
    </message>
    <message>
        <source>at most {amount}</source>
        <translation>至多 {amount}</translation>
    </message>
    <message>
        <source>{percent} of {price}</source>
        <translation>占 {price} 的 {percent}</translation>
    </message>
    <message>
        <source>the mode is closed</source>
        <translation>该模式不可用</translation>
    </message>
    <message>
        <source>on a value of {price}; goods, freight and platform are not in it</source>
        <translation>货值 {price}；不含货物、运费和平台费用</translation>
    </message>
    <message>
        <source>the tax is not known</source>
        <translation>税款未知</translation>
    </message>
    <message>
        <source>{amount} tax</source>
        <translation>税款 {amount}</translation>
    </message>
    <message>
        <source>at least {amount} tax</source>
        <translation>税款至少 {amount}</translation>
    </message>
    <message>
        <source>Goods, packing</source>
        <translation>货物与包装</translation>
    </message>
    <message>
        <source>Freight</source>
        <translation>运费</translation>
    </message>
    <message>
        <source>Duty</source>
        <translation>关税</translation>
    </message>
    <message>
        <source>VAT, GST</source>
        <translation>增值税/GST</translation>
    </message>
    <message>
        <source>Payment</source>
        <translation>收款</translation>
    </message>
    <message>
        <source>Returns</source>
        <translation>退货</translation>
    </message>
    <message>
        <source>Advertising</source>
        <translation>广告</translation>
    </message>
    <message>
        <source>List price</source>
        <translation>售价</translation>
    </message>
    <message>
        <source>Net margin</source>
        <translation>净利</translation>
    </message>
    <message>
        <source>Net, at most</source>
        <translation>净利（至多）</translation>
    </message>
    <message>
        <source>{amount} and ?</source>
        <translation>{amount} 及 ?</translation>
    </message>
    <message>
        <source>From price to margin</source>
        <translation>从售价到净利</translation>
    </message>
    <message>
        <source>From {price} to {net}, {currency}</source>
        <translation>从 {price} 到 {net}，{currency}</translation>
    </message>
    <message>
        <source>From {price} to at most {net}, {currency}</source>
        <translation>从 {price} 到至多 {net}，{currency}</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>Together, at least</source>
        <translation>合计（至少）</translation>
    </message>
    <message>
        <source>in this plan</source>
        <translation>本方案</translation>
    </message>
    <message>
        <source>of another option</source>
        <translation>其他选项</translation>
    </message>
    <message>
        <source>{question}: not given</source>
        <translation>{question}：未填写</translation>
    </message>
    <message>
        <source>so neither margin nor tax can be said</source>
        <translation>因此净利和税款均无法得出</translation>
    </message>
    <message>
        <source>so at most {net} is left</source>
        <translation>因此净利至多 {net}</translation>
    </message>
    <message>
        <source>so the tax cannot be said</source>
        <translation>因此无法得出税款</translation>
    </message>
    <message>
        <source>so the tax is at least {tax}</source>
        <translation>因此税款至少 {tax}</translation>
    </message>
    <message>
        <source>not answered, so not counted: less may be left</source>
        <translation>未填写故未计入，实际净利可能更少</translation>
    </message>
    <message>
        <source>not counted</source>
        <translation>未计入</translation>
    </message>
    <message>
        <source>our default, not yours</source>
        <translation>默认值，非您填写</translation>
    </message>
    <message>
        <source>next step</source>
        <translation>后续步骤</translation>
    </message>
    <message>
        <source>read {day}</source>
        <translation>{day} 查阅</translation>
    </message>
    <message>
        <source>Plan, rules as of {day}</source>
        <translation>方案，规则日期 {day}</translation>
    </message>
    <message>
        <source>past its review</source>
        <translation>已过复核日</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>What next</source>
        <translation>接下来</translation>
    </message>
    <message>
        <source>Papers and registrations</source>
        <translation>文件与注册</translation>
    </message>
    <message>
        <source>Tax on one order</source>
        <translation>单笔税款</translation>
    </message>
    <message>
        <source>Not known, and what it may cost</source>
        <translation>未知项及其影响</translation>
    </message>
    <message>
        <source>What would change it</source>
        <translation>什么会改变结论</translation>
    </message>
    <message>
        <source>Sources behind this plan</source>
        <translation>本方案的来源</translation>
    </message>
    <message>
        <source>No plan yet: neither category nor list price is known</source>
        <translation>尚无方案：类目与售价均不清楚</translation>
    </message>
    <message>
        <source>Copy plan</source>
        <translation>复制方案</translation>
    </message>
    <message>
        <source>Out of China</source>
        <translation>从中国出口</translation>
    </message>
    <message>
        <source>Into China</source>
        <translation>进口到中国</translation>
    </message>
    <message>
        <source>Tax on one order, CNY</source>
        <translation>单笔税款，CNY</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>The rules hold no further step for this path.</source>
        <translation>规则中没有该路径的后续步骤。</translation>
    </message>
    <message>
        <source>The rules ask for no paper on this path that day.</source>
        <translation>规则在该日对此路径未要求任何文件。</translation>
    </message>
    <message>
        <source>No line of this sum is unknown or taken from a default.</source>
        <translation>本合计没有未知项，也没有采用默认值的项目。</translation>
    </message>
    <message>
        <source>Cannot say: fewer than two options could be ranked.</source>
        <translation>无法判断：可排序的选项不足两个。</translation>
    </message>
    <message>
        <source>No fact stands behind this plan yet.</source>
        <translation>本方案尚无事实依据。</translation>
    </message>
    <message>
        <source>Path out of China</source>
        <translation>出口路径</translation>
    </message>
    <message>
        <source>Path into China</source>
        <translation>进口路径</translation>
    </message>
    <message>
        <source>Papers for buyers in</source>
        <translation>买家所在地的文件</translation>
    </message>
    <message>
        <source>Papers and registrations, hard stops first</source>
        <translation>文件与注册，硬性门槛在前</translation>
    </message>
    <message>
        <source>From the list price to the net margin</source>
        <translation>从售价到净利</translation>
    </message>
    <message>
        <source>Sources behind this plan, oldest first</source>
        <translation>本方案的来源，最旧在前</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>形式</translation>
    </message>
    <message>
        <source>Cannot say what is left, because no list price is given.</source>
        <translation>未填写售价，无法得出净利。</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Calculation</source>
        <translation>计算</translation>
    </message>
    <message>
        <source>CNY</source>
        <translation>CNY</translation>
    </message>
    <message>
        <source>all {count} warnings</source>
        <translation>全部 {count} 条提示</translation>
    </message>
    <message>
        <source>fewer warnings</source>
        <translation>收起提示</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Dated</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Used for</source>
        <translation>用于</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>可信度</translation>
    </message>
    <message>
        <source>fewer</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>all {count}</source>
        <translation>全部 {count} 项</translation>
    </message>
    <message>
        <source>The plan is on the clipboard</source>
        <translation>方案已复制到剪贴板</translation>
    </message>
</context>
<context>
    <name>PlatformsPage</name>
    <message>
        <source>Export</source>
        <translation>出口</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>进口</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Share of price</source>
        <translation>占售价</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Cost and margin by platform</source>
        <translation>各平台的成本与净利</translation>
    </message>
    <message>
        <source>Import platforms, ranked</source>
        <translation>进口平台排序</translation>
    </message>
    <message>
        <source>Best value</source>
        <translation>综合最优</translation>
    </message>
    <message>
        <source>Fastest</source>
        <translation>最快</translation>
    </message>
    <message>
        <source>Most left</source>
        <translation>净利最高</translation>
    </message>
    <message>
        <source>Ranked without a margin, because no list price is given: {names}</source>
        <translation>未填写售价，以下排序未计净利：{names}</translation>
    </message>
    <message>
        <source>Import platform</source>
        <translation>进口平台</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>经营方式</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>Strongest reason</source>
        <translation>最主要理由</translation>
    </message>
    <message>
        <source>{first} first.</source>
        <translation>{first}居首。</translation>
    </message>
    <message>
        <source>Goods, packing</source>
        <translation>货物与包装</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Freight</source>
        <translation>运费</translation>
    </message>
    <message>
        <source>Duty</source>
        <translation>关税</translation>
    </message>
    <message>
        <source>VAT, GST</source>
        <translation>增值税/GST</translation>
    </message>
    <message>
        <source>Payment</source>
        <translation>收款</translation>
    </message>
    <message>
        <source>Returns</source>
        <translation>退货</translation>
    </message>
    <message>
        <source>Advertising</source>
        <translation>广告</translation>
    </message>
    <message>
        <source>Net margin</source>
        <translation>净利</translation>
    </message>
    <message>
        <source>list price</source>
        <translation>售价</translation>
    </message>
    <message>
        <source>Net, %</source>
        <translation>净利，%</translation>
    </message>
    <message>
        <source>Net</source>
        <translation>净利</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>亏损</translation>
    </message>
    <message>
        <source>at most</source>
        <translation>至多</translation>
    </message>
    <message>
        <source>score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>Nothing can be ranked yet.</source>
        <translation>尚无法排序。</translation>
    </message>
    <message>
        <source>{first} first in {market}.</source>
        <translation>{market}：{first}居首。</translation>
    </message>
    <message>
        <source>{first} first in {market}; what is left is known only in part.</source>
        <translation>{market}：{first} 居首；净利仅部分可知。</translation>
    </message>
    <message>
        <source>{first} first in {market}: {gap} more an order than {second}.</source>
        <translation>{market}：{first}居首，每单净利比{second}多 {gap}。</translation>
    </message>
    <message>
        <source>{first} first in {market}: {gap} less an order than {second}, but it leads on the other criteria.</source>
        <translation>{market}：{first}居首，每单净利比{second}少 {gap}，但其他标准领先。</translation>
    </message>
</context>
<context>
    <name>PriceListField</name>
    <message>
        <source>CSV, one row a weight band; or drop the file here</source>
        <translation>CSV，每行一个重量段；也可将文件拖到此处</translation>
    </message>
    <message>
        <source>Price list</source>
        <translation>价目表</translation>
    </message>
    <message>
        <source>Choose a price list…</source>
        <translation>选择价目表…</translation>
    </message>
    <message>
        <source>Use the rules again</source>
        <translation>改回规则价格</translation>
    </message>
</context>
<context>
    <name>Printing</name>
    <message>
        <source>Pages as they are printed</source>
        <translation>打印页面</translation>
    </message>
    <message>
        <source>Size on the screen</source>
        <translation>显示比例</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>页码</translation>
    </message>
</context>
<context>
    <name>ProductPage</name>
    <message>
        <source>Any order. Leave out what you do not know; the verdict says what that costs.</source>
        <translation>顺序不限。不清楚的可留空，结论会说明其影响。</translation>
    </message>
</context>
<context>
    <name>ProvenanceMark</name>
    <message>
        <source>typed</source>
        <translation>手填</translation>
    </message>
    <message>
        <source>case</source>
        <translation>案例</translation>
    </message>
    <message>
        <source>rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>default</source>
        <translation>默认值</translation>
    </message>
    <message>
        <source>computed</source>
        <translation>计算</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>{word}: {detail}</source>
        <translation>{word}：{detail}</translation>
    </message>
</context>
<context>
    <name>QuestionField</name>
    <message>
        <source>Type to find, or choose</source>
        <translation>输入查找或直接选择</translation>
    </message>
    <message>
        <source>{question} by picture</source>
        <translation>按图选择{question}</translation>
    </message>
    <message>
        <source>Choose the currency</source>
        <translation>选择币种</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} 至 {high}</translation>
    </message>
    <message>
        <source>{limits}, or a range</source>
        <translation>{limits}，也可填范围</translation>
    </message>
</context>
<context>
    <name>ReadOut</name>
    <message>
        <source>shows how</source>
        <translation>查看由来</translation>
    </message>
</context>
<context>
    <name>Renewal</name>
    <message>
        <source>key {key}, known here</source>
        <translation>密钥 {key}（本机已知）</translation>
    </message>
    <message>
        <source>nobody: unsigned, mine</source>
        <translation>无：未签名，自用</translation>
    </message>
    <message>
        <source>Signed by</source>
        <translation>签名者</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>序号</translation>
    </message>
    <message>
        <source>Valid from</source>
        <translation>生效日</translation>
    </message>
    <message>
        <source>Review by</source>
        <translation>复核期限</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>失效日</translation>
    </message>
    <message>
        <source>Fees</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Duty and tax</source>
        <translation>关税与税款</translation>
    </message>
    <message>
        <source>Import tax</source>
        <translation>进口税</translation>
    </message>
    <message>
        <source>Freight prices</source>
        <translation>运价</translation>
    </message>
    <message>
        <source>{kind}: {name}, nothing known any more (was {before} of {of})</source>
        <translation>{kind}：{name}，不再有任何答案（原为 {of} 项中的 {before} 项）</translation>
    </message>
    <message>
        <source>{kind}: {name}, {after} of {of} answers known (was {before})</source>
        <translation>{kind}：{name}，{of} 项答案中已知 {after} 项（原为 {before} 项）</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>gone</source>
        <translation>删去</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>变动</translation>
    </message>
    <message>
        <source>words</source>
        <translation>措辞</translation>
    </message>
    <message>
        <source>{count} rows</source>
        <translation>{count} 行</translation>
    </message>
    <message>
        <source>ends</source>
        <translation>终止</translation>
    </message>
    <message>
        <source>{count} gone</source>
        <translation>删去 {count} 条</translation>
    </message>
    <message>
        <source>{count} changed</source>
        <translation>变动 {count} 条</translation>
    </message>
    <message>
        <source>{count} new</source>
        <translation>新增 {count} 条</translation>
    </message>
    <message>
        <source>{count} in their words only</source>
        <translation>仅措辞不同 {count} 条</translation>
    </message>
</context>
<context>
    <name>RenewalDialog</name>
    <message>
        <source>Renew the rules</source>
        <translation>更新规则</translation>
    </message>
    <message>
        <source>Leave as it is</source>
        <translation>保持原状</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Looking at “{name}”</source>
        <translation>正在检查“{name}”</translation>
    </message>
    <message>
        <source>Nothing is changed before you say so.</source>
        <translation>未经您同意，不作任何更改。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>The rules were not renewed</source>
        <translation>规则未更新</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>未作任何更改。</translation>
    </message>
    <message>
        <source>“{name}” was refused.</source>
        <translation>已拒绝“{name}”。</translation>
    </message>
    <message>
        <source>A pack of your own?</source>
        <translation>是您自己的规则包？</translation>
    </message>
    <message>
        <source>Where you made it yourself you may use it as “unsigned, mine”: nobody but you answers for its figures, and each answer is marked so, on the screen, on paper and in files, until other rules are in use.</source>
        <translation>若为您自己制作，可作为“未签名，自用”使用：其中数字仅由您自己负责；在换用其他规则之前，屏幕、纸面和文件中的每个答案都会如此标明。</translation>
    </message>
    <message>
        <source>Use it as unsigned, mine</source>
        <translation>作为“未签名，自用”使用</translation>
    </message>
    <message>
        <source>What would change</source>
        <translation>将有哪些变化</translation>
    </message>
    <message>
        <source>The rules that are in use stay installed: going back is one click. Old cases keep theirs.</source>
        <translation>现用规则仍然保留，一键即可恢复。旧案例仍可用其原有规则查看。</translation>
    </message>
    <message>
        <source>Unsigned, mine.</source>
        <translation>未签名，自用。</translation>
    </message>
    <message>
        <source>Nobody but you answers for these rules. Every answer will be marked so.</source>
        <translation>这些规则仅由您自己负责，每个答案都会如此标明。</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>另有 {count} 项</translation>
    </message>
    <message>
        <source>Less would be covered than now.</source>
        <translation>可解答的范围将比现在少。</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>事实</translation>
    </message>
    <message>
        <source>Search in what changes</source>
        <translation>在变化中搜索</translation>
    </message>
    <message>
        <source>Use as unsigned, mine</source>
        <translation>作为“未签名，自用”使用</translation>
    </message>
    <message>
        <source>Install</source>
        <translation>安装</translation>
    </message>
    <message>
        <source>Your cases</source>
        <translation>您的案例</translation>
    </message>
    <message>
        <source>No case is open and none is recent: nothing to compare.</source>
        <translation>没有打开的案例，也没有最近的案例，无从比较。</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>案例</translation>
    </message>
    <message>
        <source>First now</source>
        <translation>现在首选</translation>
    </message>
    <message>
        <source>Left now</source>
        <translation>现在净剩</translation>
    </message>
    <message>
        <source>First then</source>
        <translation>更新后首选</translation>
    </message>
    <message>
        <source>Left then</source>
        <translation>更新后净剩</translation>
    </message>
    <message>
        <source>The open case</source>
        <translation>打开的案例</translation>
    </message>
    <message>
        <source>cannot say</source>
        <translation>无法判断</translation>
    </message>
    <message>
        <source>tax {amount}</source>
        <translation>税 {amount}</translation>
    </message>
    <message>
        <source>What</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>Fact</source>
        <translation>事实</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Facts that change</source>
        <translation>有变化的事实</translation>
    </message>
    <message>
        <source>Nothing found.</source>
        <translation>未找到。</translation>
    </message>
    <message>
        <source>No fact would change.</source>
        <translation>没有事实变化。</translation>
    </message>
</context>
<context>
    <name>Renewing</name>
    <message>
        <source>The rules of {name} are in use.</source>
        <translation>现用 {name} 版规则。</translation>
    </message>
    <message>
        <source>The program’s own rules are in use.</source>
        <translation>现用程序自带的规则。</translation>
    </message>
    <message>
        <source>The rules of {name} are in use: unsigned, mine.</source>
        <translation>现用 {name} 版规则：未签名，自用。</translation>
    </message>
    <message>
        <source>They do not know: {names}</source>
        <translation>其中没有：{names}</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Bac&amp;k to {name}</source>
        <translation>恢复 {name}(&amp;K)</translation>
    </message>
    <message>
        <source>Bac&amp;k to the rules before</source>
        <translation>恢复先前的规则(&amp;K)</translation>
    </message>
    <message>
        <source>{name}, in use</source>
        <translation>{name}，使用中</translation>
    </message>
    <message>
        <source>Use {name}</source>
        <translation>使用 {name}</translation>
    </message>
    <message>
        <source>Remove {name}…</source>
        <translation>删除 {name}…</translation>
    </message>
    <message>
        <source>{name} was removed.</source>
        <translation>已删除 {name}。</translation>
    </message>
    <message>
        <source>Seen with its own rules, {name}</source>
        <translation>正以原有规则查看：{name}</translation>
    </message>
    <message>
        <source>Rules in use</source>
        <translation>改用现用规则</translation>
    </message>
    <message>
        <source>Answered by {rules}</source>
        <translation>原答案依据：{rules}</translation>
    </message>
    <message>
        <source>: {moved}</source>
        <translation>：{moved}</translation>
    </message>
    <message>
        <source>See it with them</source>
        <translation>用原规则查看</translation>
    </message>
    <message>
        <source>Your value is kept but not applied, these rules have no such fact: {names}</source>
        <translation>自填值保留但未采用，现用规则中没有：{names}</translation>
    </message>
</context>
<context>
    <name>Results</name>
    <message>
        <source>Rows of the catalogue with their best lane</source>
        <translation>商品目录各行及其最佳线路</translation>
    </message>
    <message>
        <source>{count} of {of} rows</source>
        <translation>{of} 行中的 {count} 行</translation>
    </message>
    <message>
        <source>{of} rows</source>
        <translation>{of} 行</translation>
    </message>
    <message>
        <source>Left, {currency}</source>
        <translation>净利，{currency}</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>净利</translation>
    </message>
    <message>
        <source>SKU</source>
        <translation>货号</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Best lane</source>
        <translation>最佳线路</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>物流产品</translation>
    </message>
    <message>
        <source>Margin</source>
        <translation>净利率</translation>
    </message>
    <message>
        <source>Runner-up</source>
        <translation>次优</translation>
    </message>
    <message>
        <source>Behind by</source>
        <translation>落后</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Why it was not read</source>
        <translation>未读取的原因</translation>
    </message>
    <message>
        <source>Rows that were not read</source>
        <translation>未读取的行</translation>
    </message>
    <message>
        <source>{count} rows were not read; the others were screened.</source>
        <translation>{count} 行未读取，其余均已筛选。</translation>
    </message>
    <message>
        <source>{count} rows were not read; the first {shown} are shown. The saved list has all.</source>
        <translation>{count} 行未读取，此处显示前 {shown} 行；保存的列表包含全部。</translation>
    </message>
    <message>
        <source>No row matches.</source>
        <translation>没有符合条件的行。</translation>
    </message>
    <message>
        <source>Save this list…</source>
        <translation>保存此列表…</translation>
    </message>
</context>
<context>
    <name>RowPane</name>
    <message>
        <source>Row {line}</source>
        <translation>第 {line} 行</translation>
    </message>
    <message>
        <source>row {line}</source>
        <translation>第 {line} 行</translation>
    </message>
    <message>
        <source>Left of an order</source>
        <translation>每单净利</translation>
    </message>
    <message>
        <source>left of an order, at most</source>
        <translation>每单净利（至多）</translation>
    </message>
    <message>
        <source>left of an order</source>
        <translation>每单净利</translation>
    </message>
    <message>
        <source>Runner-up {name}: {behind} {currency} behind</source>
        <translation>次优 {name}：落后 {behind} {currency}</translation>
    </message>
    <message>
        <source>Cost and margin of the best lane and the runner-up</source>
        <translation>最佳线路与次优线路的成本和净利</translation>
    </message>
    <message>
        <source>Open as a case</source>
        <translation>作为案例打开</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>为什么</translation>
    </message>
</context>
<context>
    <name>RuleBook</name>
    <message>
        <source>{value} typed</source>
        <translation>{value} 自填</translation>
    </message>
    <message>
        <source>unknown before {day}</source>
        <translation>{day} 之前未知</translation>
    </message>
    <message>
        <source>unknown from {day}</source>
        <translation>{day} 起未知</translation>
    </message>
    <message>
        <source>{value} printed, doubted</source>
        <translation>原文 {value}，存疑</translation>
    </message>
    <message>
        <source>{value} likely</source>
        <translation>可能为 {value}</translation>
    </message>
    <message>
        <source>{day}, seen</source>
        <translation>{day} 查见</translation>
    </message>
    <message>
        <source>still</source>
        <translation>至今</translation>
    </message>
    <message>
        <source>from {start}</source>
        <translation>自 {start} 起</translation>
    </message>
    <message>
        <source>{start} to {until}</source>
        <translation>{start} 至 {until}</translation>
    </message>
    <message>
        <source> (seen in force)</source>
        <translation>（查见生效）</translation>
    </message>
    <message>
        <source>What it says</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>What it says from {day}, not in force on the chosen day</source>
        <translation>{day} 起的内容，所选日期不适用</translation>
    </message>
    <message>
        <source>typed in this case</source>
        <translation>本案例自填</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>{printed} printed; likely {likely}</source>
        <translation>原文 {printed}；可能为 {likely}</translation>
    </message>
    <message>
        <source>From</source>
        <translation>自</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>至</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Trust</source>
        <translation>可信度</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>网址</translation>
    </message>
    <message>
        <source>Nothing is known for {day}. An answer that needs it says so.</source>
        <translation>{day} 的数值未知；用到它的结论会注明。</translation>
    </message>
    <message>
        <source>Weak source: the value in force has a low confidence. Check it before relying on it.</source>
        <translation>来源较弱：现行数值可信度低，采用前请核实。</translation>
    </message>
    <message>
        <source>Past review: {publisher} should have been read again by {day}.</source>
        <translation>已过复核期：{publisher} 应在 {day} 前重新查阅。</translation>
    </message>
    <message>
        <source>Place in the source</source>
        <translation>出处位置</translation>
    </message>
    <message>
        <source>Also in</source>
        <translation>另见</translation>
    </message>
    <message>
        <source>{publisher} ({kind}), read {day}</source>
        <translation>{publisher}（{kind}），{day} 查阅</translation>
    </message>
    <message>
        <source>, to be read again by {day}</source>
        <translation>，应在 {day} 前复核</translation>
    </message>
    <message>
        <source>official</source>
        <translation>官方</translation>
    </message>
    <message>
        <source>vendor</source>
        <translation>服务商</translation>
    </message>
    <message>
        <source>press</source>
        <translation>媒体</translation>
    </message>
    <message>
        <source>third party</source>
        <translation>第三方</translation>
    </message>
    <message>
        <source>derived</source>
        <translation>推算</translation>
    </message>
    <message>
        <source>Printed</source>
        <translation>原文</translation>
    </message>
    <message>
        <source>Against it</source>
        <translation>矛盾</translation>
    </message>
    <message>
        <source>Likely</source>
        <translation>可能为</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>Doubt about the printed value ({strength}), {where}.</source>
        <translation>对原文数值存疑（{strength}），{where}。</translation>
    </message>
    <message>
        <source>certain</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>strong</source>
        <translation>较强</translation>
    </message>
    <message>
        <source>probable</source>
        <translation>可能</translation>
    </message>
    <message>
        <source>open</source>
        <translation>未定</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>不可用</translation>
    </message>
    <message>
        <source>the band&apos;s rate on the whole amount</source>
        <translation>整额适用所在档费率</translation>
    </message>
    <message>
        <source>each band&apos;s rate on its own part</source>
        <translation>各档部分分别计费</translation>
    </message>
    <message>
        <source>1 entry</source>
        <translation>1 项</translation>
    </message>
    <message>
        <source>{count} entries</source>
        <translation>{count} 项</translation>
    </message>
    <message>
        <source>{count} rows</source>
        <translation>{count} 行</translation>
    </message>
    <message>
        <source>list of {count}</source>
        <translation>列表 {count} 项</translation>
    </message>
    <message>
        <source>{rate} {band}</source>
        <translation>{band} {rate}</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low}–{high}</translation>
    </message>
    <message>
        <source>below {high}</source>
        <translation>不足 {high}</translation>
    </message>
    <message>
        <source>up to {high}</source>
        <translation>{high} 以内</translation>
    </message>
    <message>
        <source>on every amount</source>
        <translation>任意金额</translation>
    </message>
    <message>
        <source>from {low}</source>
        <translation>{low} 起</translation>
    </message>
    <message>
        <source>above {low}</source>
        <translation>{low} 以上</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>序号</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Platforms</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Border</source>
        <translation>边境税费</translation>
    </message>
    <message>
        <source>Freight</source>
        <translation>物流</translation>
    </message>
    <message>
        <source>China import</source>
        <translation>中国进口</translation>
    </message>
    <message>
        <source>Markets</source>
        <translation>市场</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation>汇率</translation>
    </message>
    <message>
        <source>Report 2015</source>
        <translation>2015 报告</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Weak</source>
        <translation>来源弱</translation>
    </message>
    <message>
        <source>The value in force has a low confidence.</source>
        <translation>现行数值可信度低。</translation>
    </message>
    <message>
        <source>Past review</source>
        <translation>已过复核期</translation>
    </message>
    <message>
        <source>The source of the value in force should have been read again.</source>
        <translation>现行数值的来源应已重新查阅。</translation>
    </message>
    <message>
        <source>Doubts</source>
        <translation>存疑</translation>
    </message>
    <message>
        <source>A printed figure that we doubt.</source>
        <translation>对原文数值存疑。</translation>
    </message>
    <message>
        <source>Typed in this case</source>
        <translation>本案例自填</translation>
    </message>
    <message>
        <source>A value of your own stands in its place.</source>
        <translation>以您自己的数值代替。</translation>
    </message>
    <message>
        <source>weak source</source>
        <translation>来源较弱</translation>
    </message>
    <message>
        <source>past review</source>
        <translation>已过复核期</translation>
    </message>
    <message>
        <source>doubted</source>
        <translation>存疑</translation>
    </message>
    <message>
        <source>{shown} of {of} facts shown</source>
        <translation>显示 {shown} / {of} 条</translation>
    </message>
    <message>
        <source>{count} with a gap</source>
        <translation>{count} 条当日未知</translation>
    </message>
</context>
<context>
    <name>RuleBookPage</name>
    <message>
        <source>The rule counts again.</source>
        <translation>已恢复按规则计算。</translation>
    </message>
</context>
<context>
    <name>RuleCard</name>
    <message>
        <source>weak source</source>
        <translation>来源较弱</translation>
    </message>
    <message>
        <source>past review</source>
        <translation>已过复核日</translation>
    </message>
    <message>
        <source>read {day}</source>
        <translation>{day} 查阅</translation>
    </message>
    <message>
        <source>confidence {level}</source>
        <translation>可信度{level}</translation>
    </message>
    <message>
        <source>Doubt.</source>
        <translation>存疑。</translation>
    </message>
    <message>
        <source>History</source>
        <translation>沿革</translation>
    </message>
    <message>
        <source>Open source</source>
        <translation>打开来源</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Override…</source>
        <translation>自行填写…</translation>
    </message>
    <message>
        <source>Put a value of your own in its place, for this case</source>
        <translation>在本案例中以您的数值代替</translation>
    </message>
    <message>
        <source>Open in the rule book</source>
        <translation>在规则库中打开</translation>
    </message>
</context>
<context>
    <name>RulesMark</name>
    <message>
        <source>Last answered with rules: {mark}</source>
        <translation>最近一次回答所用规则：{mark}</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Folder for cases</source>
        <translation>案例文件夹</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>配色</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>System</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>高对比度</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Every choice counts at once and is kept on this computer.</source>
        <translation>选择立即生效，并保存在本机。</translation>
    </message>
</context>
<context>
    <name>SizeField</name>
    <message>
        <source>L × W × H</source>
        <translation>长 × 宽 × 高</translation>
    </message>
    <message>
        <source>three numbers are needed, such as 22 × 16 × 4</source>
        <translation>需填三个数字，如 22 × 16 × 4</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Case</source>
        <translation>案例</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>售价</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>修改时间</translation>
    </message>
    <message>
        <source>Markets</source>
        <translation>市场</translation>
    </message>
    <message>
        <source>Net</source>
        <translation>净利</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Market</source>
        <translation>市场</translation>
    </message>
    <message>
        <source>First</source>
        <translation>首选</translation>
    </message>
    <message>
        <source>Last step</source>
        <translation>最后一步</translation>
    </message>
    <message>
        <source>The file is no longer there</source>
        <translation>文件已不存在</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>Four platforms, five markets: what is left of the price, what each border takes.</source>
        <translation>四个平台、五个市场：售价还剩多少，各国边境收走多少。</translation>
    </message>
    <message>
        <source>Two markets whose buyers look at the price first, with little capital.</source>
        <translation>两个对价格敏感的市场，资金有限。</translation>
    </message>
    <message>
        <source>The import modes side by side; the same order taxed in 2015 and today.</source>
        <translation>各进口模式并列；同一订单在 2015 年与今日的税款。</translation>
    </message>
    <message>
        <source>From a product to a plan, with every figure dated and sourced. Nothing leaves this computer.</source>
        <translation>从商品到方案，每个数字都有日期和来源。数据不离开本机。</translation>
    </message>
    <message>
        <source>New case</source>
        <translation>新建案例</translation>
    </message>
    <message>
        <source>Open a .lanewise file</source>
        <translation>打开 .lanewise 文件</translation>
    </message>
    <message>
        <source>Screen a catalogue</source>
        <translation>筛选商品目录</translation>
    </message>
    <message>
        <source>Rule book</source>
        <translation>规则库</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>指纹</translation>
    </message>
    <message>
        <source>Facts, with a source each</source>
        <translation>事实（均有来源）</translation>
    </message>
    <message>
        <source>Newest source</source>
        <translation>最新来源</translation>
    </message>
    <message>
        <source>Past their review date</source>
        <translation>已过复核日</translation>
    </message>
    <message>
        <source>Known to be missing</source>
        <translation>已知缺失</translation>
    </message>
    <message>
        <source>Recent cases</source>
        <translation>最近的案例</translation>
    </message>
    <message>
        <source>Examples, to look around</source>
        <translation>示例，可随意查看</translation>
    </message>
    <message>
        <source>No case has been saved yet</source>
        <translation>尚未保存案例</translation>
    </message>
    <message>
        <source>Press</source>
        <translation>按</translation>
    </message>
    <message>
        <source>Case {number} was open.</source>
        <translation>案例 {number} 当时处于打开状态。</translation>
    </message>
    <message>
        <source>Nothing is lost.</source>
        <translation>内容没有丢失。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>不打开</translation>
    </message>
    <message>
        <source>Casebook:</source>
        <translation>案例簿：</translation>
    </message>
    <message>
        <source>Understood</source>
        <translation>知道了</translation>
    </message>
    <message>
        <source>Find by name or product</source>
        <translation>按姓名或商品查找</translation>
    </message>
    <message>
        <source>Find a case by name, contact, product, note or tag</source>
        <translation>按姓名、联系方式、商品、备注或标签查找案例</translation>
    </message>
    <message>
        <source>No case matches “{text}”</source>
        <translation>没有案例符合“{text}”</translation>
    </message>
    <message>
        <source>to see all again</source>
        <translation>查看全部</translation>
    </message>
    <message>
        <source>All cases: {count}</source>
        <translation>全部案例：{count}</translation>
    </message>
    <message>
        <source>New visitor at the stand</source>
        <translation>展位新访客</translation>
    </message>
    <message>
        <source>to begin one</source>
        <translation>新建一个</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>进口</translation>
    </message>
    <message>
        <source>Both ways</source>
        <translation>双向</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>出口</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Rule book {digest}</source>
        <translation>规则库 {digest}</translation>
    </message>
    <message>
        <source>Newest source {day}</source>
        <translation>最新来源 {day}</translation>
    </message>
    <message>
        <source>Oldest source {day}</source>
        <translation>最旧来源 {day}</translation>
    </message>
    <message>
        <source>Oldest behind this answer {day}</source>
        <translation>本答案最旧来源 {day}</translation>
    </message>
    <message>
        <source>{count} past review</source>
        <translation>{count} 项已过复核日</translation>
    </message>
    <message>
        <source>{count} facts, each with a source</source>
        <translation>{count} 条事实，均有来源</translation>
    </message>
    <message>
        <source>Rules of {name}</source>
        <translation>{name} 版规则</translation>
    </message>
    <message>
        <source>Rules of {name}, review by {day}</source>
        <translation>{name} 版规则，{day} 前复核</translation>
    </message>
    <message>
        <source>Signed with the key {key}, number {number}</source>
        <translation>由密钥 {key} 签名，序号 {number}</translation>
    </message>
    <message>
        <source>Review by {day}</source>
        <translation>复核期限 {day}</translation>
    </message>
    <message>
        <source>Expires {day}</source>
        <translation>失效日 {day}</translation>
    </message>
</context>
<context>
    <name>StepRail</name>
    <message>
        <source>Steps</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>enough is known</source>
        <translation>已足够</translation>
    </message>
    <message>
        <source>partly answered</source>
        <translation>部分已答</translation>
    </message>
    <message>
        <source>open</source>
        <translation>未开始</translation>
    </message>
    <message>
        <source>blocked</source>
        <translation>受阻</translation>
    </message>
    <message>
        <source>not asked</source>
        <translation>无需回答</translation>
    </message>
</context>
<context>
    <name>Telling</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Now {what}. No longer applies: {names}</source>
        <translation>现为：{what}。不再适用：{names}</translation>
    </message>
    <message>
        <source>The case was not saved.</source>
        <translation>案例未能保存。</translation>
    </message>
    <message>
        <source>The workbook was not saved.</source>
        <translation>工作簿未保存。</translation>
    </message>
    <message>
        <source>The settlement was not compared.</source>
        <translation>结算明细未核对。</translation>
    </message>
    <message>
        <source>“{name}” was not opened.</source>
        <translation>未能打开“{name}”。</translation>
    </message>
    <message>
        <source>The rules are as before.</source>
        <translation>规则未变。</translation>
    </message>
    <message>
        <source>Save a copy…</source>
        <translation>另存副本…</translation>
    </message>
</context>
<context>
    <name>ToolBar</name>
    <message>
        <source>New case</source>
        <translation>新建案例</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>Case {number}</source>
        <translation>案例 {number}</translation>
    </message>
    <message>
        <source>saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>not kept</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>Kept {time}</source>
        <translation>已存 {time}</translation>
    </message>
    <message>
        <source>file not saved</source>
        <translation>文件未保存</translation>
    </message>
    <message>
        <source>file saved</source>
        <translation>文件已保存</translation>
    </message>
    <message>
        <source>Rules as of {day}</source>
        <translation>规则日期 {day}</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Tool bar</source>
        <translation>工具栏</translation>
    </message>
    <message>
        <source>Visitor view</source>
        <translation>访客视图</translation>
    </message>
    <message>
        <source>F3 shows the case without cost and notes, full screen</source>
        <translation>F3 全屏显示案例，不含成本和备注</translation>
    </message>
    <message>
        <source>Print sheet</source>
        <translation>打印单页</translation>
    </message>
    <message>
        <source>Ctrl+Shift+P prints one page on the last printer, Ctrl+P shows it first</source>
        <translation>Ctrl+Shift+P 用上次的打印机打印一页，Ctrl+P 先预览</translation>
    </message>
    <message>
        <source>Ctrl+D chooses another day</source>
        <translation>按 Ctrl+D 选择其他日期</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今日</translation>
    </message>
    <message>
        <source>The report&apos;s day</source>
        <translation>报告当日</translation>
    </message>
    <message>
        <source>Another day…</source>
        <translation>其他日期…</translation>
    </message>
</context>
<context>
    <name>VerdictPane</name>
    <message>
        <source>Verdict</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>Verdict so far</source>
        <translation>目前结论</translation>
    </message>
    <message>
        <source>why</source>
        <translation>由来</translation>
    </message>
    <message>
        <source>Into China: {mode}</source>
        <translation>进口到中国：{mode}</translation>
    </message>
    <message>
        <source>Still open</source>
        <translation>尚待回答</translation>
    </message>
    <message>
        <source>Would narrow it most</source>
        <translation>最能缩小范围的问题</translation>
    </message>
    <message>
        <source>at most</source>
        <translation>至多</translation>
    </message>
    <message>
        <source>Ranked by score</source>
        <translation>按得分排序</translation>
    </message>
    <message>
        <source>How stable is this</source>
        <translation>结论有多稳</translation>
    </message>
    <message>
        <source>Mind</source>
        <translation>注意</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Defaults in use</source>
        <translation>使用中的默认值</translation>
    </message>
    <message>
        <source>Not counted</source>
        <translation>未计入</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>不可用</translation>
    </message>
    <message>
        <source>Would narrow {option} most · {currency}</source>
        <translation>最能缩小{option}范围的答案 · {currency}</translation>
    </message>
    <message>
        <source>{question} narrows {option} by {amount} {currency} on average of the answers tried</source>
        <translation>填写“{question}”可使{option}的范围平均缩小 {amount} {currency}（按所试答案平均）</translation>
    </message>
    <message>
        <source>by {amount}</source>
        <translation>缩小 {amount}</translation>
    </message>
    <message>
        <source>net, {currency}</source>
        <translation>净利，{currency}</translation>
    </message>
    <message>
        <source>tax, {currency}</source>
        <translation>税款，{currency}</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>另有 {count} 项</translation>
    </message>
    <message>
        <source>Would open it: {what}</source>
        <translation>可使其开放：{what}</translation>
    </message>
</context>
<context>
    <name>VerdictStrip</name>
    <message>
        <source>Verdict</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>by what is still open</source>
        <translation>取决于尚未回答的问题</translation>
    </message>
    <message>
        <source>{count} not known</source>
        <translation>{count} 项未知</translation>
    </message>
    <message>
        <source>{count} defaults</source>
        <translation>{count} 项默认值</translation>
    </message>
    <message>
        <source>{count} to mind</source>
        <translation>{count} 项须留意</translation>
    </message>
    <message>
        <source>why</source>
        <translation>由来</translation>
    </message>
    <message>
        <source>show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Show the whole verdict</source>
        <translation>显示完整结论</translation>
    </message>
</context>
<context>
    <name>VerdictWords</name>
    <message>
        <source>Three answers and the first ranking appears</source>
        <translation>回答三项，即出现首个排序</translation>
    </message>
    <message>
        <source>Everything is closed to this case</source>
        <translation>本案例没有可用选项</translation>
    </message>
    <message>
        <source>Cannot say yet</source>
        <translation>尚无法判断</translation>
    </message>
    <message>
        <source>Too close to call: {first} or {second}</source>
        <translation>难分高下：{first}或{second}</translation>
    </message>
    <message>
        <source>left of each {price} sold, at most</source>
        <translation>每售 {price} 至多余下</translation>
    </message>
    <message>
        <source>left of each {price} sold</source>
        <translation>每售 {price} 余下</translation>
    </message>
    <message>
        <source>tax on an order of {price}</source>
        <translation>金额 {price} 的订单应缴税款</translation>
    </message>
    <message>
        <source>{what}; {moved}</source>
        <translation>{what}；{moved}</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} 至 {high}</translation>
    </message>
    <message>
        <source>left of each {price} sold, by what is still open</source>
        <translation>每售 {price} 余下，取决于尚未回答的问题</translation>
    </message>
    <message>
        <source>{low} to {high} by what is still open</source>
        <translation>按尚未回答的问题为 {low} 至 {high}</translation>
    </message>
    <message>
        <source>In {place}, {first} is first in all {tried} combinations of the open answers that were tried.</source>
        <translation>在{place}，就所试的 {tried} 种未答组合，{first}均居首位。</translation>
    </message>
    <message>
        <source>In {place}, {first} is first in {count} of {tried} combinations of the open answers.</source>
        <translation>在{place}，{tried} 种未答组合中有 {count} 种{first}居首位。</translation>
    </message>
    <message>
        <source>of each {price} sold, before the goods: their cost is not known</source>
        <translation>每单售价 {price}，未扣货物成本（未知）</translation>
    </message>
    <message>
        <source>of each {price} sold, before freight: it is not known</source>
        <translation>每单售价 {price}，未扣运费（未知）</translation>
    </message>
    <message>
        <source>of each {price} sold, before goods and freight: neither is known</source>
        <translation>每单售价 {price}，未扣货物成本和运费（均未知）</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>结论</translation>
    </message>
</context>
<context>
    <name>VisitorView</name>
    <message>
        <source>Selling on it</source>
        <translation>平台销售费用</translation>
    </message>
    <message>
        <source>Freight</source>
        <translation>运费</translation>
    </message>
    <message>
        <source>Border</source>
        <translation>关税与税</translation>
    </message>
    <message>
        <source>Stays after tax</source>
        <translation>税后剩余</translation>
    </message>
    <message>
        <source>Stays for goods and profit</source>
        <translation>剩余：货款与利润</translation>
    </message>
    <message>
        <source>Best value</source>
        <translation>最优</translation>
    </message>
    <message>
        <source>Fastest</source>
        <translation>最快</translation>
    </message>
    <message>
        <source>Cheapest</source>
        <translation>最省</translation>
    </message>
    <message>
        <source>Most is left</source>
        <translation>剩余最多</translation>
    </message>
    <message>
        <source>into China</source>
        <translation>进口到中国</translation>
    </message>
    <message>
        <source>What if</source>
        <translation>假如</translation>
    </message>
    <message>
        <source>to {market}</source>
        <translation>销往{market}</translation>
    </message>
    <message>
        <source>sold at {price}</source>
        <translation>售价 {price}</translation>
    </message>
    <message>
        <source>Rules as of {day}</source>
        <translation>规则日期 {day}</translation>
    </message>
    <message>
        <source>Still to answer at the desk: {names}.</source>
        <translation>还需在工作台回答：{names}。</translation>
    </message>
    <message>
        <source>Three answers and the ranking appears.</source>
        <translation>回答三个问题即可显示排名。</translation>
    </message>
    <message>
        <source>One moment …</source>
        <translation>请稍候……</translation>
    </message>
    <message>
        <source>{count} more at the desk</source>
        <translation>工作台另有 {count} 项</translation>
    </message>
    <message>
        <source>Nothing can be ranked yet.</source>
        <translation>尚无法排名。</translation>
    </message>
    <message>
        <source>{first} first.</source>
        <translation>{first}居首。</translation>
    </message>
    <message>
        <source>{first} first, {second} close behind.</source>
        <translation>{first}居首，{second}紧随其后。</translation>
    </message>
    <message>
        <source>{first} first, then {second}.</source>
        <translation>{first}居首，其次是{second}。</translation>
    </message>
    <message>
        <source>Of {price}, {low} to {high} {currency} stays for goods and profit, by what is still open.</source>
        <translation>售价 {price} 中，留给货物与利润 {low} 至 {high} {currency}，取决于尚未回答的问题。</translation>
    </message>
    <message>
        <source>Fees, freight and border take more than the price.</source>
        <translation>费用、运费和税款已超过售价。</translation>
    </message>
    <message>
        <source>Of {price}, at most {left} {currency} stays for goods and profit.</source>
        <translation>每单 {price}，最多剩余 {left} {currency} 用于货款与利润。</translation>
    </message>
    <message>
        <source>Of {price}, {left} {currency} stays for goods and profit.</source>
        <translation>每单 {price}，剩余 {left} {currency} 用于货款与利润。</translation>
    </message>
    <message>
        <source>Of {price}, {left} {currency} stays after tax.</source>
        <translation>每单 {price}，税后剩余 {left} {currency}。</translation>
    </message>
    <message>
        <source>The parcel takes {days}.</source>
        <translation>包裹在途 {days}。</translation>
    </message>
    <message>
        <source>{price} an order.</source>
        <translation>每单 {price}。</translation>
    </message>
    <message>
        <source>{price} an order, {days} to the door.</source>
        <translation>每单 {price}，{days}送达。</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} 至 {high}</translation>
    </message>
    <message>
        <source>not shown here</source>
        <translation>此处不显示</translation>
    </message>
    <message>
        <source>from {price} {name}</source>
        <translation>自 {price} 起为{name}</translation>
    </message>
    <message>
        <source>{first} first at all these prices.</source>
        <translation>在这些售价下{first}均居首。</translation>
    </message>
    <message>
        <source>First {names}.</source>
        <translation>首选{names}。</translation>
    </message>
    <message>
        <source>The price a fifth and a tenth lower and higher.</source>
        <translation>售价下调与上调一成、两成。</translation>
    </message>
    <message>
        <source>Market</source>
        <translation>市场</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Logistics</source>
        <translation>物流</translation>
    </message>
    <message>
        <source>Platform in China</source>
        <translation>国内平台</translation>
    </message>
    <message>
        <source>Import mode</source>
        <translation>进口模式</translation>
    </message>
    <message>
        <source>City</source>
        <translation>城市</translation>
    </message>
    <message>
        <source>The way, and what to do next.</source>
        <translation>路径与下一步。</translation>
    </message>
    <message>
        <source>Freight by {name}</source>
        <translation>{name}运费</translation>
    </message>
    <message>
        <source>in {currency}, of one order</source>
        <translation>每单，{currency}</translation>
    </message>
    <message>
        <source>List price</source>
        <translation>售价</translation>
    </message>
    <message>
        <source>What stays: {name}</source>
        <translation>{name}：剩余多少</translation>
    </message>
    <message>
        <source>Visitor view</source>
        <translation>访客视图</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>price</source>
        <translation>售价</translation>
    </message>
    <message>
        <source>market</source>
        <translation>市场</translation>
    </message>
    <message>
        <source>an option</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>why</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>print</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>blank</source>
        <translation>黑屏</translation>
    </message>
    <message>
        <source>keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>next visitor</source>
        <translation>下一位访客</translation>
    </message>
    <message>
        <source>back to the desk</source>
        <translation>返回工作台</translation>
    </message>
    <message>
        <source>previous step</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>next step</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>lower price</source>
        <translation>降低售价</translation>
    </message>
    <message>
        <source>higher price</source>
        <translation>提高售价</translation>
    </message>
</context>
<context>
    <name>WhatIfPage</name>
    <message>
        <source>list price, {currency}</source>
        <translation>售价，{currency}</translation>
    </message>
    <message>
        <source>at most</source>
        <translation>至多</translation>
    </message>
    <message>
        <source>List price</source>
        <translation>售价</translation>
    </message>
    <message>
        <source>first</source>
        <translation>首位</translation>
    </message>
    <message>
        <source>net margin, {currency} a piece</source>
        <translation>每件净利，{currency}</translation>
    </message>
    <message>
        <source>net margin, {currency} an order</source>
        <translation>每单净利，{currency}</translation>
    </message>
    <message>
        <source>{name} is first</source>
        <translation>{name}居首</translation>
    </message>
    <message>
        <source>nothing leads</source>
        <translation>无首位</translation>
    </message>
    <message>
        <source>below {price}</source>
        <translation>低于 {price}</translation>
    </message>
    <message>
        <source>above {price}</source>
        <translation>高于 {price}</translation>
    </message>
    <message>
        <source>Driver</source>
        <translation>因素</translation>
    </message>
    <message>
        <source>lower</source>
        <translation>较低</translation>
    </message>
    <message>
        <source>effect</source>
        <translation>影响</translation>
    </message>
    <message>
        <source>higher</source>
        <translation>较高</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>不可用</translation>
    </message>
    <message>
        <source>Unit cost</source>
        <translation>单位成本</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>重量</translation>
    </message>
    <message>
        <source>Freight</source>
        <translation>运费</translation>
    </message>
    <message>
        <source>Exchange rate</source>
        <translation>汇率</translation>
    </message>
    <message>
        <source>Returns</source>
        <translation>退货</translation>
    </message>
    <message>
        <source>Advertising</source>
        <translation>广告</translation>
    </message>
    <message>
        <source>place {rank} in this market</source>
        <translation>在该市场排第 {rank}</translation>
    </message>
    <message>
        <source>not ranked</source>
        <translation>未排名</translation>
    </message>
    <message>
        <source>no service with a known freight</source>
        <translation>没有运费已知的物流服务</translation>
    </message>
    <message>
        <source>its commission is not known</source>
        <translation>其佣金未知</translation>
    </message>
    <message>
        <source>at most: a line is not known</source>
        <translation>至多：有一项未知</translation>
    </message>
    <message>
        <source>{price}, leaves {net}</source>
        <translation>{price}，剩 {net}</translation>
    </message>
    <message>
        <source>{count} of {total} weightings</source>
        <translation>{total} 种权重中的 {count} 种</translation>
    </message>
    <message>
        <source>% of {total} weightings</source>
        <translation>占 {total} 种权重的 %</translation>
    </message>
    <message>
        <source>Without a list price there is nothing to move</source>
        <translation>没有售价，无从试算</translation>
    </message>
    <message>
        <source>An order this large is not priced here</source>
        <translation>此处不计算这么大的订单</translation>
    </message>
    <message>
        <source>Another list price helps:</source>
        <translation>换一个售价即可：</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>图</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>形式</translation>
    </message>
    <message>
        <source>Market that is swept</source>
        <translation>扫价的市场</translation>
    </message>
    <message>
        <source>What is left at every list price</source>
        <translation>各售价下的净利</translation>
    </message>
    <message>
        <source>What moves the margin most</source>
        <translation>对净利影响最大的因素</translation>
    </message>
    <message>
        <source>What is left on each platform in each market</source>
        <translation>各市场各平台的净利</translation>
    </message>
    <message>
        <source>How far it holds</source>
        <translation>结论能维持多远</translation>
    </message>
    <message>
        <source>Who wins in what share of all weightings</source>
        <translation>各平台在多少种权重下居首</translation>
    </message>
    <message>
        <source>Said in words</source>
        <translation>用文字说</translation>
    </message>
    <message>
        <source>All markets</source>
        <translation>全部市场</translation>
    </message>
    <message>
        <source>Framed: first in its market. “≤”: at most, a line is not known. “?”: cannot say. A cross: closed. Enter or a click sweeps the market.</source>
        <translation>加框：该市场首位。“≤”：至多，有一项未知。“?”：无法判断。叉号：不可用。按回车或点击即扫该市场的售价。</translation>
    </message>
    <message>
        <source>What moves most: {platform}, {net}</source>
        <translation>影响最大的因素：{platform}，{net}</translation>
    </message>
    <message>
        <source>Break-even price: {prices}</source>
        <translation>保本价：{prices}</translation>
    </message>
    <message>
        <source>Moved</source>
        <translation>变动项</translation>
    </message>
    <message>
        <source>holds from</source>
        <translation>维持：从</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>holds to</source>
        <translation>维持：到</translation>
    </message>
    <message>
        <source>then first</source>
        <translation>之后居首</translation>
    </message>
    <message>
        <source>no other</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Shown in</source>
        <translation>显示为</translation>
    </message>
    <message>
        <source>Freight and exchange rate are tried only: with them as the rules say, every figure is explained.</source>
        <translation>运费和汇率只是试算：恢复为规则数值后，每个数字都可解释。</translation>
    </message>
</context>
<context>
    <name>WhatIfSide</name>
    <message>
        <source>% of list</source>
        <translation>价目表的 %</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>汇率</translation>
    </message>
    <message>
        <source>Highest unit cost for it</source>
        <translation>可承受的最高成本</translation>
    </message>
    <message>
        <source>Of the prices in the chart; how many buy at a price is not counted.</source>
        <translation>限图中的售价；未计各售价下的销量。</translation>
    </message>
    <message>
        <source>Leaves most</source>
        <translation>净利最高的售价</translation>
    </message>
    <message>
        <source>Orders a month that pay for them</source>
        <translation>抵回所需月订单数</translation>
    </message>
    <message>
        <source>Backwards, {market}</source>
        <translation>倒推，{market}</translation>
    </message>
    <message>
        <source>Levers</source>
        <translation>可调项</translation>
    </message>
    <message>
        <source>Change and see</source>
        <translation>调一调看结果</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>复位</translation>
    </message>
    <message>
        <source>Everything back to where it was when this step was opened</source>
        <translation>全部恢复到打开本步骤时的数值</translation>
    </message>
    <message>
        <source>What if only; not kept in the case</source>
        <translation>仅试算，不存入案例</translation>
    </message>
    <message>
        <source>Price that leaves</source>
        <translation>要留下的净利率</translation>
    </message>
    <message>
        <source>Fixed costs a month</source>
        <translation>每月固定成本</translation>
    </message>
</context>
<context>
    <name>WhyPanel</name>
    <message>
        <source>Why</source>
        <translation>由来</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Not counted: {names}</source>
        <translation>未计入：{names}</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Points of 100</source>
        <translation>得分（满分 100）</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Calculation</source>
        <translation>计算</translation>
    </message>
    <message>
        <source>{count} sources, the oldest of {day}</source>
        <translation>{count} 个来源，最旧为 {day}</translation>
    </message>
    <message>
        <source>One source, of {day}</source>
        <translation>1 个来源，日期 {day}</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>{count} of {of} answered</source>
        <translation>已答 {count}/{of}</translation>
    </message>
    <message>
        <source>{name} first</source>
        <translation>{name}居首</translation>
    </message>
    <message>
        <source>next steps: {count}</source>
        <translation>后续步骤 {count} 项</translation>
    </message>
    <message>
        <source>all {count} closed</source>
        <translation>{count} 项均不可用</translation>
    </message>
    <message>
        <source>holds down to {price}</source>
        <translation>降至 {price} 仍居首</translation>
    </message>
    <message>
        <source>holds up to {price}</source>
        <translation>升至 {price} 仍居首</translation>
    </message>
    <message>
        <source>holds at any price tried</source>
        <translation>试过的售价都居首</translation>
    </message>
    <message>
        <source>nothing leads</source>
        <translation>无首位</translation>
    </message>
    <message>
        <source>not tried yet</source>
        <translation>尚未试算</translation>
    </message>
    <message>
        <source>not compared yet</source>
        <translation>尚未比较</translation>
    </message>
    <message>
        <source>open</source>
        <translation>未开始</translation>
    </message>
    <message>
        <source>not asked</source>
        <translation>无需回答</translation>
    </message>
    <message>
        <source>No casebook is open.</source>
        <translation>没有打开的案例簿。</translation>
    </message>
    <message>
        <source>Publisher</source>
        <translation>发布方</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Dated</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Review was due</source>
        <translation>应复核日</translation>
    </message>
    <message>
        <source>Read again before these sources are relied on; their figures may have changed.</source>
        <translation>使用这些来源之前请重新查阅，其中的数字可能已变。</translation>
    </message>
    <message>
        <source>Past their review date</source>
        <translation>已过复核日</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>由来</translation>
    </message>
    <message>
        <source>Looked for and not found. Where an answer needs one of these, it says so.</source>
        <translation>已查找而未找到。答案需要其中某项时会明确说明。</translation>
    </message>
    <message>
        <source>Known to be missing</source>
        <translation>已知缺失</translation>
    </message>
    <message>
        <source>Don’t know, on a question</source>
        <translation>在问题上表示不清楚</translation>
    </message>
    <message>
        <source>Picks that choice</source>
        <translation>选择该项</translation>
    </message>
    <message>
        <source>Next question</source>
        <translation>下一个问题</translation>
    </message>
    <message>
        <source>Why, on a figure</source>
        <translation>在数字上查看由来</translation>
    </message>
    <message>
        <source>Search in the rule book or the casebook</source>
        <translation>在规则库或案例簿中查找</translation>
    </message>
    <message>
        <source>Deletes the case, in the casebook</source>
        <translation>在案例簿中删除案例</translation>
    </message>
    <message>
        <source>Closes the topmost thing</source>
        <translation>关闭最上层</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Estimated</source>
        <translation>估算</translation>
    </message>
    <message>
        <source>Really</source>
        <translation>实际</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差额</translation>
    </message>
    <message>
        <source>What would explain it</source>
        <translation>可能的原因</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>no real amount: counted as estimated</source>
        <translation>没有实际金额：按估算计</translation>
    </message>
    <message>
        <source>{lane}, in {currency}: {before} was left by the estimate, {after} really; costs {change}.</source>
        <translation>{lane}，币种 {currency}：估算净利 {before}，实际 {after}；成本 {change}。</translation>
    </message>
    <message>
        <source>Estimate and real amounts</source>
        <translation>估算与实际</translation>
    </message>
    <message>
        <source>at most {amount}</source>
        <translation>至多 {amount}</translation>
    </message>
</context>
<context>
    <name>WrapTable</name>
    <message>
        <source>Copy the address</source>
        <translation>复制网址</translation>
    </message>
    <message>
        <source>Copy the cell</source>
        <translation>复制单元格</translation>
    </message>
    <message>
        <source>Copy the table</source>
        <translation>复制表格</translation>
    </message>
</context>
</TS>
