"""Who may hold which role, and how passwords, locks and sessions behave. No database, no HTTP."""

from enum import StrEnum


class Role(StrEnum):
    """One account has one role; so nobody is two of the three administrators at once (三员分立)."""

    INSPECTOR = "inspector"  # 执法人员
    ASSISTANT = "assistant"  # 协助人员: never inspects or signs
    SUPERVISOR = "supervisor"  # 督导人员
    LEGAL_REVIEWER = "legal_reviewer"  # 法制审核人员
    COORDINATOR = "coordinator"  # 协调人员
    REPORTER = "reporter"  # 学校、未保站
    AUDITOR = "auditor"  # 审计人员
    SYSTEM_ADMIN = "system_admin"  # 系统管理员
    SECURITY_ADMIN = "security_admin"  # 安全管理员
    AUDIT_ADMIN = "audit_admin"  # 审计管理员


ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
