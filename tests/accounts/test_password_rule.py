"""Which passwords are accepted: by length and a list of breached ones, not by a mix of characters."""

import pytest

from backend.accounts.errors import PasswordRefused
from backend.accounts.passwords import new_hash, random_password, verify
from backend.accounts.rules import PasswordFault, Role, judge_password

NAMES = ("zhang.wei", "张伟", "黄浦区文化和旅游局", "bo")


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        pytest.param("zebra-lamp", PasswordFault.TOO_SHORT, id="eleven characters at most"),
        pytest.param("zebra-lamps!", None, id="exactly twelve"),
        pytest.param("马车灯笼铜斑马苹果树梯子", None, id="twelve Chinese characters"),
        pytest.param("zebra copper lantern ladder", None, id="spaces are fine"),
        pytest.param("zebra-lamp " * 11 + "1234567", None, id="exactly 128"),
        pytest.param("zebra-lamp " * 11 + "12345678", PasswordFault.TOO_LONG, id="129"),
        pytest.param("1qaz2wsx3edc4rfv", PasswordFault.TOO_COMMON, id="a walk over the keyboard"),
        pytest.param("QWERTY123456", PasswordFault.TOO_COMMON, id="a breached one in capitals"),
        pytest.param("ｑｗｅｒｔｙ123456", PasswordFault.TOO_COMMON, id="a breached one, full-width"),
        pytest.param("kq7kq7kq7kq7kq7", PasswordFault.TOO_COMMON, id="a piece again and again"),
        pytest.param("bcdefghijklmnop", PasswordFault.TOO_COMMON, id="a run"),
        pytest.param("zzzyzzzyzzzxzzz", PasswordFault.TOO_COMMON, id="three letters only"),
        pytest.param("my-Zhang.Wei-lamp", PasswordFault.NAMES_ITS_CONTEXT, id="holds the login"),
        pytest.param("lantern张伟ladder", PasswordFault.NAMES_ITS_CONTEXT, id="holds the name"),
        pytest.param("lantern-Humiao-1", PasswordFault.NAMES_ITS_CONTEXT, id="holds the system"),
        pytest.param("bobsled-lantern", None, id="a short Latin name says too little"),
    ],
)
def test_the_password_rule(password, fault):
    assert judge_password(password, names=NAMES) == fault


def test_a_refused_password_says_why():
    with pytest.raises(PasswordRefused) as refused:
        new_hash("qwerty123456", names=())

    assert refused.value.data == {"password": PasswordFault.TOO_COMMON}


def test_a_password_typed_on_another_keyboard_is_the_same():
    password_hash = new_hash("zebra-copper-1234", names=())

    assert password_hash.startswith("$argon2id$")
    assert verify(password_hash, "zebra-copper-１２３４")
    assert not verify(password_hash, "zebra-copper-1235")


def test_no_password_opens_an_account_that_does_not_exist():
    assert not verify(None, "nobody has this password")


def test_a_random_password_passes_the_rule_and_is_never_the_same():
    (first, password_hash), (second, _) = random_password(), random_password()

    assert judge_password(first) is None
    assert verify(password_hash, first)
    assert first != second


def test_ten_roles():
    assert len(Role) == 10
