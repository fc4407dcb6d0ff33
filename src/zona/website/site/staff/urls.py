"""The website's own screens in the back office, under /kantor/."""

from django.urls import path

from . import duties, overview, reviews

app_name = "site_staff"

urlpatterns = [
    path("tinjau/<int:page_id>/", reviews.review, name="review"),
    path("tahun-kegiatan/<str:code>/", reviews.check_years, name="years"),
    path("wilayah/", overview.show_below, name="own_offices_below"),
    path("wilayah/<str:code>/", overview.show_below, name="offices_below"),
    path("halaman-wajib/", duties.show_own, name="own_duties"),
    path("halaman-wajib/<str:code>/", duties.show_duties, name="duties"),
    path("halaman-wajib/<str:code>/unduh/", duties.export_duties, name="export_duties"),
    path("halaman-wajib/<str:code>/buat/<slug:duty>/", duties.create_duty, name="create_duty"),
]
