"""Words of rescue files: what a tablet could not send, brought in one file."""

from backend.web.words.word import Word

rescues = Word("救援文件", "Rescue files")
rescues_advice = Word(
    "平板无法联网发送时，可导出救援文件并在此上传。文件全程加密；签名核对后由系统取出，内容不在此显示。",
    "What a tablet could not send comes here as a file. It stays sealed; its signature is checked, "
    "the system files it, and its content is not shown here.",
)
rescue_none = Word("没有救援文件。", "No rescue file.")
rescue = Word("救援文件 {number}", "Rescue file {number}")
rescue_upload = Word("上传救援文件", "Bring one in")
rescue_file = Word("文件", "File")
rescue_send = Word("上传", "Upload")
rescue_device = Word("平板编号", "Tablet")
rescue_device_unknown = Word("{number}（未登记）", "{number} (unknown)")
rescue_made = Word("生成时间（平板时钟）", "Made (tablet's clock)")
rescue_received = Word("收到时间", "Received")
rescue_by = Word("上传人", "Brought by")
rescue_by_command = Word("系统管理命令", "The command")
rescue_by_tablet = Word("平板 {number}", "Tablet {number}")
rescue_state = Word("状态", "State")
rescue_holds = Word("所含", "Holds")
rescue_counts = Word(
    "检查表 {submissions}、附件 {attachments}、文书 {documents}、未完成 {drafts}",
    "{submissions} forms, {attachments} files, {documents} documents, {drafts} unfinished",
)
rescue_quarantine = Word("隔离原因", "Why it waits")
rescue_quarantined = Word(
    "这台平板目前不得进入本系统，文件已整体隔离、未取出。请核实来源后决定。",
    "This tablet is not let in, so nothing was taken. Find out where the file comes from, then decide.",
)
rescue_unknown_answer = Word(
    "签名无法核实：放行后以您的名义归档，并加提示。",
    "Nobody can check its signature: what you release is filed in your name, and flagged.",
)
rescue_waits = Word("系统正在取出，请稍后刷新。", "It is being taken; reload in a moment.")
rescue_reason = Word("理由", "Your reason")
rescue_release = Word("放行并取出", "Release and take")
rescue_refuse = Word("不予取出", "Do not take")
rescue_refuse_advice = Word(
    "文件继续密封保存到期限届满，不取出内容。", "It stays sealed until its retention ends; nothing is taken."
)
rescue_decision = Word("决定", "Decision")
rescue_decided = Word("{name}，{at}：{reason}", "{name}, {at}: {reason}")
rescue_sections = Word("各部分的结果", "What became of each part")
rescue_kind = Word("种类", "Kind")
rescue_instance = Word("实例标识", "Form's id")
rescue_outcome = Word("结果", "Outcome")
rescue_why = Word("原因", "Why")
