"""Words of notes on what new kinds of business are."""

from backend.web.words.word import Word

notes = Word("新业态归类", "New businesses")
notes_advice = Word(
    "新业态属于哪一类由有权部门决定。这里记下谁在哪天依据哪一条作出决定；后来的说明取代先前的，先前的保留。",
    "What a new business is, an authority decides. Here stands who did, on which day and clause; a later "
    "note replaces an earlier one, which stays.",
)
notes_undecided = Word(
    "已列为须关注的新业态，尚无人归类：{names}。",
    "Named to be watched, and classified by nobody yet: {names}.",
)
notes_none = Word("没有归类说明。", "There are no notes.")
notes_business = Word("业务名称", "Business")
notes_where = Word("范围", "Where")
notes_everywhere = Word("全部同类", "All of this kind")
notes_category = Word("归入类别", "Category")
notes_no_category = Word("不属于任何类别", "In no category")
notes_decided_by = Word("决定单位", "Decided by")
notes_decided_on = Word("决定日期", "Decided on")
notes_reason = Word("理由", "Why")
notes_clauses = Word("依据条款", "Clauses")
notes_clauses_hint = Word("条款编号，以空格分开", "Ids of clauses, with spaces between")
notes_venue = Word("场所编号", "Number of the venue")
notes_venue_hint = Word("只对一家场所有效时填写", "Only for a note on one venue")
notes_state = Word("效力", "State")
notes_in_force = Word("现行", "In force")
notes_replaced = Word("已被取代", "Replaced")
notes_add = Word("登记归类说明", "Write a note down")
notes_added = Word("归类说明已登记。", "The note was written down.")
