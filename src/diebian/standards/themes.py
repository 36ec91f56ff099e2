"""基础库、主题库、专题库: what a catalogue entry is about.

The kinds are those of《政务信息资源共享管理暂行办法》(国发〔2016〕51号) 第八条 and of
《全国一体化政务大数据体系建设指南》(国办函〔2022〕102号): base, theme, and 专题库 for one task.
The base libraries are the guide's; the list of themes is this project's own choice.
"""

from django.db.models import TextChoices


class Theme(TextChoices):
    POPULATION = "base.population", "基础库·人口"
    LEGAL = "base.legal", "基础库·法人"
    GEOGRAPHY = "base.geography", "基础库·自然资源和空间地理"
    ECONOMY = "base.economy", "基础库·宏观经济"
    LICENCES = "base.licences", "基础库·电子证照"
    CREDIT = "base.credit", "基础库·社会信用"
    SERVICES = "theme.services", "主题库·政务服务"
    SOCIAL = "theme.social", "主题库·就业和社会保障"
    HEALTH = "theme.health", "主题库·卫生健康"
    EDUCATION = "theme.education", "主题库·教育科技"
    HOUSING = "theme.housing", "主题库·住房和城乡建设"
    TRANSPORT = "theme.transport", "主题库·交通运输"
    ENVIRONMENT = "theme.environment", "主题库·生态环境"
    AGRICULTURE = "theme.agriculture", "主题库·农业农村"
    MARKET = "theme.market", "主题库·市场监管"
    FINANCE = "theme.finance", "主题库·财税金融"
    CULTURE = "theme.culture", "主题库·文化旅游"
    SAFETY = "theme.safety", "主题库·公共安全和应急"
    GOVERNANCE = "theme.governance", "主题库·社会治理"
    OPENNESS = "theme.openness", "主题库·政务公开"
    BENEFITS = "topic.benefits", "专题库·惠企惠民政策"
    PROJECTS = "topic.projects", "专题库·项目建设"
    SENSING = "topic.sensing", "专题库·物联感知"
    SUPERVISION = "topic.supervision", "专题库·督查考核"
