"""An S3-compatible bucket for the lake's Parquet files, in place of the data folder."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from .names import literal
from .refusals import BucketUnclear

PATH = re.compile(
    r"/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9_-][A-Za-z0-9._-]*)*/?"
)  # S3's own rule

FORM = "应写成 s3://KEY:SECRET@主机:端口/桶/文件夹?region=区域&tls=no（tls=no 只用于内网）"


@dataclass(frozen=True)
class Bucket:
    """`s3://KEY:SECRET@HOST:PORT/BUCKET/FOLDER?region=REGION&tls=no`, as `LAKE_URL` tells it."""

    endpoint: str
    key: str
    secret: str
    path: str  # bucket and folder
    region: str = "us-east-1"  # what stores other than Amazon's expect when none is named
    is_encrypted: bool = True

    @classmethod
    def at(cls, url: str) -> "Bucket":
        told = urlsplit(url)
        words = {name: values[-1] for name, values in parse_qs(told.query).items()}
        is_whole = told.scheme == "s3" and told.hostname and told.username and told.password
        if not is_whole or not PATH.fullmatch(told.path) or not words.keys() <= {"region", "tls"}:
            raise BucketUnclear(FORM)
        return cls(
            endpoint=told.netloc.rsplit("@", 1)[1],
            key=unquote(told.username or ""),
            secret=unquote(told.password or ""),
            path=told.path.strip("/"),
            region=words.get("region", cls.region),
            is_encrypted=words.get("tls") != "no",
        )

    @property
    def address(self) -> str:
        return f"s3://{self.path}/"

    @property
    def secret_words(self) -> str:
        """For DuckDB, which keeps it for this connection and this bucket alone."""
        told = {
            "KEY_ID": literal(self.key),
            "SECRET": literal(self.secret),
            "ENDPOINT": literal(self.endpoint),
            "REGION": literal(self.region),
            "SCOPE": literal(f"s3://{self.path.split('/')[0]}"),
            "URL_STYLE": "'path'",
            "USE_SSL": str(self.is_encrypted).lower(),
        }
        words = ", ".join(f"{name} {value}" for name, value in told.items())
        return f"CREATE SECRET lake_bucket (TYPE s3, {words})"
