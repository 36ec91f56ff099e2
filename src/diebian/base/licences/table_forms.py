from django import forms

LONGEST = 30_000
EXAMPLE = """\
tables:
- slug: sample-licences
  title: 样例证照表
  table: sample-table            # 归集的表
  type: {from: zzlx, codes: {'01': LT001}}   # 整张表是一种证照的，直接写 type: LT001
  number: zzbh
  holder_number: zjhm            # 公民身份号码或统一社会信用代码
  holder_name: xm
  issued: qfrq
  until: {from: yxqz, endless: [长期]}       # 没有期限的写法
  status: {from: zt, codes: {'1': in_force, '2': suspended, '3': revoked}}
  fields: {住址: zz}
"""


class DeclareForm(forms.Form):
    text = forms.CharField(
        label="声明",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 20, "spellcheck": "false", "class": "inp"}),
        help_text="写法和城市资料里的 licences.yaml 一样；有错会指出是第几行",
    )
