"""The website's own screens in the back office, under /kantor/."""

from django.urls import path

from . import duties, guide_views, reviews

app_name = "showcase_office"

urlpatterns = [
    path("tinjau/<int:page_id>/", reviews.review, name="review"),
    path("tahun-kegiatan/<str:code>/", reviews.check_years, name="years"),
    path("halaman-wajib/", duties.show_own, name="own_duties"),
    path("halaman-wajib/<str:code>/", duties.show_duties, name="duties"),
    path("halaman-wajib/<str:code>/unduh/", duties.export_duties, name="export_duties"),
    path("halaman-wajib/<str:code>/buat/<slug:duty>/", duties.create_duty, name="create_duty"),
    path("bantuan/", guide_views.list_guides, name="guides"),
    path("bantuan/gambar/<str:name>", guide_views.send_picture, name="guide_picture"),
    path("bantuan/<slug:slug>/", guide_views.show_guide, name="guide"),
]
