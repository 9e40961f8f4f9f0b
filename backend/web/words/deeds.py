"""What the audit trail calls deeds, in words; each room's deeds begin with its name."""

from backend.web.words.word import Word

DEEDS = {
    "account.add": Word("开设账号", "Account opened"),
    "account.set_password": Word("设置密码", "Password set"),
    "account.deactivate": Word("停用账号", "Account closed"),
    "account.reactivate": Word("恢复账号", "Account opened again"),
    "account.sign_in": Word("登录", "Signed in"),
    "account.sign_in_failed": Word("登录失败", "Sign-in failed"),
    "account.sign_out": Word("退出", "Signed out"),
    "device.offer": Word("生成平板登记码", "Enrolment code made"),
    "device.add": Word("登记平板", "Tablet admitted"),
    "device.enrol": Word("平板凭码登记", "Tablet enrolled"),
    "device.enrol_again": Word("平板凭码重新领取令牌", "Tablet enrolled again"),
    "package.take": Word("平板下载离线资料", "Package taken"),
    "venue.spell": Word("生成场所拼音", "Names spelled in pinyin"),
    "device.revoke": Word("注销平板", "Tablet refused"),
    "agency.put": Word("维护单位", "Agency written"),
    "proposal.file": Word("收到变更建议", "Proposal received"),
    "proposal.decide": Word("决定变更建议", "Proposal decided"),
    "proposal.refuse": Word("不采纳变更建议", "Proposal refused"),
    "proposal.withdraw": Word("撤回变更建议", "Proposal withdrawn"),
    "visit.confirm_correction": Word("确认同事的更正", "A colleague's correction confirmed"),
    "visit.export": Word("导出检查记录", "Inspections exported"),
}
