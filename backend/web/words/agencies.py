"""Words of agencies and whom to call."""

from backend.web.words.word import Word

agencies = Word("单位", "Agencies")
agency_code = Word("单位代码", "Code")
agency_address = Word("地址", "Address")
agency_address_hint = Word("当事人送交整改材料的地址", "Where proof of a correction may be brought")
agency_phone = Word("联系电话", "Telephone")
agency_complaint_phone = Word("监督投诉电话", "Telephone for complaints")
agency_email = Word("电子邮箱", "E-mail")
agency_minors_phone = Word("未成年人保护值班电话", "On duty for minors")
agency_minors_phone_hint = Word(
    "执法人员发现未成年人时，平板的红色提示卡上显示", "Shown on the tablet's red card when a minor is found"
)
agency_phone_hint = Word("单位的号码，不是个人的", "A number of the office, not of a person")
agency_advice = Word(
    "印在检查通知书和责令改正通知书上，随离线包到平板。没有录入的，文书上留空由执法人员填写，出发检查会提示。",
    "Printed in notices and orders; tablets take it with the package. Where it is missing a line is left "
    "blank to be written by hand, and the tablet says so before leaving.",
)
agency_authority = Word("办案程序", "By whose rules its cases go")
agency_incomplete = Word("未录入", "Missing")
agency_saved = Word("联系方式已保存。", "It was saved.")
agency_change = Word("维护联系方式", "Change it")

minor_contacts = Word("未成年人保护联系电话", "Whom to call for a minor")
contact_advice = Word(
    "执法人员发现未成年人时，平板的红色提示卡依次列出：110、这里录入的单位、公共热线。只录单位的电话。",
    "When a minor is found the tablet's red card lists 110, the offices entered here, and public hotlines.",
)
contact_area_code = Word("辖区代码", "Code of the area")
contact_area_hint = Word(
    "区 6 位、街镇 9 位；区的电话也显示给它的街镇", "A district's numbers show in its streets as well"
)
contact_kind = Word("类别", "Kind")
contact_name = Word("单位名称", "Office")
contact_phone = Word("电话", "Telephone")
contact_none = Word("本辖区还没有录入。", "None was entered for these areas.")
contact_put = Word("录入或者修改", "Add, or change the number")
contact_remove = Word("移除", "Remove")
contact_saved = Word("已保存，随下一次离线包到平板。", "Saved; tablets get it with their next package.")
contact_public = Word("公共热线", "Public numbers")
contact_when = Word("用于", "For")
contact_by = Word("依据", "By which clause")

TO_CALL = {
    "police_station": Word("公安派出所", "Police station"),
    "civil_affairs": Word("民政", "Civil affairs"),
    "education": Word("教育", "Education"),
    "other": Word("其他", "Other"),
}
