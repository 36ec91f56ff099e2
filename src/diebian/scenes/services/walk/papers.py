"""Checks a decision as somebody would who was handed the files: offline, with two programs."""

import shutil
import subprocess
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from diebian.base.licences.public import verify_command

from .browser import StepFailed


def check_papers(signed: bytes, picture: bytes, data: Path) -> str:
    """`data`: the installation's folder, where the issuers' public keys were published."""
    if not picture.startswith(b"%PDF"):
        raise StepFailed("决定书不是 PDF")
    keys = [word for key in sorted((data / "published-keys").glob("*.pem"))
            for word in ("--key", str(key))]  # fmt: skip
    with TemporaryDirectory() as folder, redirect_stdout(StringIO()):
        home, file = Path(folder), Path(folder) / "licence.json"
        file.write_bytes(signed)
        if verify_command([str(file), *keys, "--export", folder]) != 0:
            raise StepFailed("验证没有通过")
        openssl = _openssl(home)
        file.write_bytes(signed.replace(b".00", b".01", 1))
        if verify_command([str(file), *keys]) == 0:
            raise StepFailed("改过的也通过了")
    return f"签名正确；{openssl}；改一个数即被发现；PDF {len(picture)} 字节"


def _openssl(home: Path) -> str:
    program = shutil.which("openssl")
    if program is None:
        return "本机没有 openssl，没有用它再核"
    words = ["dgst", "-sm3", "-verify", "key.pem", "-signature", "signature.der",
             "-sigopt", "distid:1234567812345678", "message.bin"]  # fmt: skip
    done = subprocess.run(  # noqa: S603  our own words
        [program, *words], cwd=home, capture_output=True, text=True, check=False
    )
    if "Verified OK" not in done.stdout:
        raise StepFailed("openssl 没有验证通过")
    return "openssl 也验证通过"
