from django.urls import URLPattern, path

from ..views import coverage, roundup, writing

urlpatterns: list[URLPattern] = [
    path("tulis/<int:participation_id>/", writing.write, name="write"),
    path("tulis/naskah/<int:page_id>/", writing.write_item, name="write_item"),
    path("tulis/naskah/<int:page_id>/kegiatan/", coverage.item_events, name="item_events"),
    path("tulis/baru/<str:code>/", writing.write_new, name="write_new"),
    path("tulis/kunci/<uuid:key>/", writing.find_writing, name="find_writing"),
    path("tulis/rangkuman/<str:code>/", roundup.roundup, name="roundup"),
    path("tugas/", coverage.show_own_tasks, name="own_tasks"),
    path("tugas/<str:code>/", coverage.show_tasks, name="tasks"),
    path("tugas/<int:assignment_id>/tindakan/", coverage.move, name="move_duty"),
    path("liputan/<int:participation_id>/tugas/", coverage.assign, name="assign"),
    path("liputan/<int:participation_id>/berita/", coverage.link, name="link_item"),
    path("liputan/<int:participation_id>/kecuali/", coverage.except_event, name="except_event"),
]
