from django.urls import path

from . import guide_views, paper_views, track_views, views, window_views

urlpatterns = [
    path("themes/<slug:code>/", guide_views.theme, name="theme"),
    path("themes/<slug:code>/apply/", views.begin, name="theme-apply"),
    path("together/<slug:number>/", track_views.track, name="theme-track"),
    path("together/<slug:number>/choose/", views.choose, name="theme-choose"),
    path("together/<slug:number>/form/", views.form, name="theme-form"),
    path("together/<slug:number>/papers/", paper_views.papers, name="theme-papers"),
    path("together/<slug:number>/check/", views.check, name="theme-check"),
    path("together/<slug:number>/receipt/", views.receipt, name="theme-receipt"),
    path("together/<slug:number>/discard", views.discard, name="theme-discard"),
    path("together/<slug:number>/withdraw", track_views.withdraw, name="theme-withdraw"),
    path("together/<slug:number>/supplement", track_views.supplement, name="theme-supplement"),
    path("together/<slug:number>/rate", track_views.rate, name="theme-rate"),
    path("window/themes/", window_views.window, name="theme-window"),
]
