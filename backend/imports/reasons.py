"""Why a row is left out or a cell is ignored, in words that say what to do about it."""

ADVICE: dict[str, tuple[str, str]] = {
    "unknown_kind": (
        "类别对照中没有一项与单元格相符：补充 --kind-map",
        "no pair of --kind-map fits the cell: add one",
    ),
    "unknown_activity": (
        "业态对照中没有一项与单元格相符：补充 --activity-map",
        "no pair of --activity-map fits the cell: add one",
    ),
    "ref_missing": ("编号列为空：补上编号", "the cell of --ref-column is blank: fill it in"),
    "duplicate_ref": ("编号与前面的行重复：改正编号", "an earlier row has the same ref: correct one of them"),
    "personal_number_in_ref": (
        "编号含身份证号或手机号：换一列作编号",
        "the ref holds a resident ID or mobile number: choose another --ref-column",
    ),
    "text_too_long": (
        "文字过长：检查是否错列或漏引号",
        "a text is too long: look for shifted columns or a lost quotation mark",
    ),
    "too_many_cells": (
        "单元格多于表头：给含分隔符的文字加引号",
        "more cells than the header: quote the text that holds a separator",
    ),
    "coordinates_missing": ("缺坐标：补上坐标", "no coordinates: fill them in"),
    "coordinates_not_numbers": ("坐标不是数字：改正坐标", "the coordinates are not numbers: correct them"),
    "coordinates_out_of_range": (
        "坐标超出范围：核对坐标和 --crs",
        "no place on earth in this --crs: check both",
    ),
    "zero_zero": ("坐标为 0,0：补上真实坐标", "the coordinates are 0,0: fill in the real ones"),
    "swapped_axes": ("经纬度颠倒：对调两列", "longitude and latitude are swapped: exchange them"),
    "outside_the_loaded_areas": (
        "位于已载入辖区之外：核对坐标和 --crs，或载入该辖区",
        "outside the loaded areas: check coordinates and --crs, or load that area",
    ),
    "geometry_unreadable": ("图形无法读取：检查图形文字", "the geometry cannot be read: check its text"),
    "not_a_place": (
        "图形是线或混合图形：给出点或面",
        "a line or a mixture of shapes: give a point or an area",
    ),
    "not_an_area": ("辖区须为面：给出面图形", "an area must be drawn as a polygon"),
    "code_invalid": (
        "代码须为 1–12 位字母或数字：改正代码",
        "a code has 1 to 12 letters or digits: correct it",
    ),
}

NOTES: dict[str, str] = {  # the row is imported; this much of it is not, or was changed
    "date_unreadable": "a date is not one (write 2024-03-01); left blank",
    "number_unreadable": "accuracy_m is not a number of metres from 0; left blank",
    "credit_code_invalid": "the check digit of the credit code does not fit; left blank",
    "licence_without_number": "licence dates without a number; left out",
    "gates_unreadable": "gates are not WKT points; left blank",
    "outline_repaired": "an outline crossed itself; repaired",
    "ring_taken_as_outline": "a closed line was taken as an outline",
    "position_kept": "a person determined the position since the last reading; the file did not move it",
    "personal_number_masked": "a resident ID or mobile number was masked in a text",
}
