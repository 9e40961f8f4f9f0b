"""Short names of activities and kinds of sites; their full names stand in the rulebook."""

from backend.web.words.word import Word

ACTIVITIES = {
    "internet_cafe": Word("网吧", "Internet cafe"),
    "song_and_dance": Word("歌舞娱乐", "Song and dance"),
    "arcade": Word("游艺娱乐", "Arcade"),
    "bar": Word("酒吧", "Bar"),
    "tobacco": Word("烟草零售", "Tobacco"),
    "e_cigarette": Word("电子烟", "E-cigarettes"),
    "alcohol": Word("酒类销售", "Alcohol"),
    "welfare_lottery": Word("福利彩票", "Welfare lottery"),
    "sports_lottery": Word("体育彩票", "Sports lottery"),
    "hotel": Word("旅馆", "Hotel"),
    "esports_hotel": Word("电竞酒店", "E-sports hotel"),
    "tattoo": Word("文身", "Tattoo"),
    "medical_aesthetics": Word("医疗美容", "Medical aesthetics"),
    "script_play": Word("剧本娱乐", "Script play"),
    "on_demand_cinema": Word("点播影院", "On-demand cinema"),
}

SITE_KINDS = {
    "primary": Word("小学", "Primary school"),
    "middle": Word("中学", "Middle school"),
    "vocational": Word("中等职业学校", "Vocational school"),
    "special": Word("特殊教育学校", "Special school"),
    "specialised": Word("专门学校", "Specialised school"),
    "kindergarten": Word("幼儿园", "Kindergarten"),
    "other": Word("其他（不受保护）", "Other (not protected)"),
}
