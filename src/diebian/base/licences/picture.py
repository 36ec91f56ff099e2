"""The PDF of a licence, drawn from its data on demand; the signed data travels inside."""

import json
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import segno
import typst

from .actions import as_file
from .models import Licence

LAYOUT = """
#set document(title: sys.inputs.title)
#set page(paper: "a4", margin: 2.5cm)
#set text(font: "{font}", size: 12pt, lang: "zh")
#let told = json("body.json")
#align(center)[#text(size: 11pt)[样例 · 仅供演示] #v(1em) #text(size: 22pt)[#sys.inputs.title]]
#v(2em)
#for (name, value) in told [
  #grid(columns: (8em, 1fr), row-gutter: 1em, [#name], [#value])
  #v(0.6em)
]
#v(2em)
#grid(columns: (1fr, 9em), gutter: 1em,
  [标识 #linebreak() #text(size: 9pt)[#sys.inputs.id] #v(1em)
   核对办法：用附带的数据文件执行 diebian verify，或扫右边的二维码核对标识和签名。],
  image("code.svg", width: 9em))
#pdf.attach("licence.json", relationship: "data", mime-type: "application/json")
"""


def document(licence: Licence) -> bytes:
    signed = json.loads(as_file(licence))
    with TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "body.json").write_text(licence.body)
        (home / "licence.json").write_bytes(as_file(licence))
        code = segno.make(f"{licence.identifier} {signed['signature']}", error="m")
        code.save(str(home / "code.svg"), scale=4, border=2)
        fonts = _fonts()
        (home / "main.typ").write_text(LAYOUT.replace("{font}", _family(fonts)))
        return bytes(
            typst.compile(
                str(home / "main.typ"),
                root=folder,
                font_paths=[str(fonts)],
                ignore_system_fonts=True,
                sys_inputs={"title": licence.title, "id": licence.identifier},
            )
        )


def _fonts() -> Path:
    package = find_spec("pylopdf_fonts_zh_cn")
    if package is None or package.origin is None:
        raise RuntimeError("the Chinese font package is not installed")
    return Path(package.origin).parent


def _family(folder: Path) -> str:
    return str(typst.Fonts(include_system_fonts=False, font_paths=[str(folder)]).families()[0])
