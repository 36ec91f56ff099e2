import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diebian.security.keys.public import Signer, Verifier, sm3, to_der

KEY = Signer.generate()


def test_sm3_gives_what_the_standard_prints() -> None:
    # GB/T 32905-2016, appendix A.1
    assert sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


@given(st.binary(max_size=200), st.binary(min_size=1, max_size=200))
def test_a_signature_holds_for_its_message_only(message: bytes, other: bytes) -> None:
    signature = KEY.sign(message)
    assert KEY.verifier.verify(message, signature)
    assert not KEY.verifier.verify(message + other, signature)


def test_another_key_does_not_verify() -> None:
    assert not Signer.generate().verifier.verify(b"x", KEY.sign(b"x"))


def test_the_public_key_travels_as_pem() -> None:
    assert Verifier.from_pem(KEY.verifier.pem) == KEY.verifier


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl on this machine")
def test_openssl_agrees(tmp_path: Path) -> None:
    (tmp_path / "message").write_bytes("样例决定".encode())
    (tmp_path / "signature").write_bytes(to_der(KEY.sign("样例决定".encode())))
    (tmp_path / "key.pem").write_text(KEY.verifier.pem)
    words = "openssl dgst -sm3 -verify key.pem -sigopt distid:1234567812345678 -signature signature"
    answer = subprocess.run(  # noqa: S603
        [*words.split(), "message"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert answer.stdout.strip() == "Verified OK", answer.stderr
