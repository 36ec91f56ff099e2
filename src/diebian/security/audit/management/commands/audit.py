"""`audit verify [--heads DIR] [--key PEM]`, `audit proof ENTRY_ID`, `audit check FILE`."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from diebian.kernel.errors import DiebianError
from diebian.security.audit.heads import PURPOSE
from diebian.security.audit.proofs import check_proof, proof_of
from diebian.security.audit.verification import examine
from diebian.security.keys.public import Verifier

SHOWN = 40


class Command(BaseCommand):
    help = "核对审计记录；取得或核对一条记录的证明"
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verify = verbs.add_parser("verify", help="从每一行重算整棵树，与签过的树头比对")
        verify.add_argument("--heads", type=Path, help="另外保管的树头所在的文件夹")
        verify.add_argument("--key", type=Path, help="另外保管的公钥")
        proof = verbs.add_parser("proof", help="一条记录的证明（JSON）")
        proof.add_argument("entry", type=int)
        check = verbs.add_parser("check", help="离线核对一份证明")
        check.add_argument("file", type=Path)
        check.add_argument("--key", type=Path, action="append", default=[])

    def handle(self, *_: Any, **options: Any) -> None:
        try:
            if options["verb"] == "verify":
                self._verify(options["heads"], options["key"])
            elif options["verb"] == "proof":
                self.stdout.write(proof_of(options["entry"]))
            else:
                self._check(options["file"], options["key"])
        except OSError as error:
            raise CommandError(f"读不到文件：{error.filename}") from error
        except DiebianError as error:
            raise CommandError(error.sentence) from error

    def _verify(self, folder: Path | None, key: Path | None) -> None:
        trusted = Verifier.from_pem(key.read_text()) if key else None
        report = examine(folder=folder, key=trusted)
        for fault in report.faults[:SHOWN]:
            self.stdout.write(fault)
        if report.faults:
            raise CommandError(f"审计记录有 {len(report.faults)} 处不对")
        self.stdout.write(
            f"审计记录完好：{report.size} 条都与签名的树头一致（{report.heads} 个树头），"
            f"另有 {report.waiting} 条等待入树"
        )

    def _check(self, file: Path, keys: list[Path]) -> None:
        keys = keys or [Path(settings.DIEBIAN_DATA) / "published-keys" / f"{PURPOSE}.pem"]
        trusted = [Verifier.from_pem(key.read_text()) for key in keys]
        proven = check_proof(file.read_text(), trusted)
        entry = proven.entry
        self.stdout.write(
            f"证明成立：{entry.at} {entry.actor} {entry.action} {entry.subject}，"
            f"是 {proven.head.size} 条中的第 {proven.position + 1} 条，树头签于 {proven.head.at}"
        )
