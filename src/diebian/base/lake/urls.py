app_name = "lake"
urlpatterns: list[object] = []
