from django.apps import AppConfig


class LakeConfig(AppConfig):
    name = "diebian.base.lake"

    def ready(self) -> None:
        from diebian.base.directory.public import profile_sections
        from diebian.base.elements.public import element_users
        from diebian.kernel.api_docs import operations
        from diebian.kernel.benches import benches
        from diebian.kernel.menu import Group, MenuEntry, menu

        from .api_docs import operations_of_lake
        from .bench.command import BENCH
        from .bench.spark.command import BENCH as SPARK_BENCH
        from .element_names import USER
        from .naming_loading import SECTION
        from .policy import may_browse

        element_users.register(USER)
        profile_sections.register(SECTION)
        benches.register(BENCH)
        benches.register(SPARK_BENCH)
        for operation in operations_of_lake():
            operations.register(operation)
        menu.register(
            MenuEntry(
                is_desk=False,
                group=Group.DATA,
                slug="lake",
                title="数据归集",
                url_name="lake:collections",
                is_for=may_browse,
            )
        )
