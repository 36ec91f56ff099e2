"""What a refusal must tell (行政许可法 第三十八条): where one can turn, and until when."""

# 行政复议法（2023 年修订）第二十条：六十日；行政诉讼法 第四十六条：六个月。
REMEDY = "不服的，可以自收到决定之日起 60 日内申请行政复议，或者 6 个月内向人民法院提起行政诉讼"
