/** What looks like a name or a resident ID in what somebody typed. A guess, to be asked about; the server refuses numbers by itself. */
const SURNAMES = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文施洪'
const WHO = '同学|学生|老师|女士|先生|小朋友|妈妈|爸爸|家长'
const NAMES = [
  new RegExp(`(?:叫做?|名叫|姓名[：:是为]?|${WHO})[“「\\s]*([${SURNAMES}][\\u4e00-\\u9fff]{1,2})(?=[”」\\s，。、,.;；和与在]|$)`),
  new RegExp(`([${SURNAMES}][\\u4e00-\\u9fff]{0,2}(?:${WHO}))`),
]
const ID_NUMBER = /(?:^|\D)\d(?:[\s-]*\d){16}[\s-]*[\dXx](?!\d)/

export function nameIn(text: string): string | undefined {
  for (const form of NAMES) {
    const found = form.exec(text)
    if (found?.[1]) return found[1]
  }
  return undefined
}

export function numberIn(text: string): boolean {
  return ID_NUMBER.test(text.normalize('NFKC'))
}
