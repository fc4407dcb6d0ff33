"""The room's screens in the back office, under /kantor/."""

from django.urls import URLPattern, path

from . import agenda, duties, event, importing

ENTRY = "agenda/kegiatan/<int:participation_id>/"

app_name = "agenda_staff"
urlpatterns: list[URLPattern] = [
    path("agenda/", agenda.show_own, name="own_agenda"),
    path(ENTRY, event.show, name="event"),
    path(f"{ENTRY}ubah/", event.change, name="event_change"),
    path(f"{ENTRY}batal/", event.cancel, name="event_cancel"),
    path(f"{ENTRY}kantor/", event.name_offices, name="event_offices"),
    path(f"{ENTRY}dokumen/", event.add_document, name="event_document_add"),
    path(
        f"{ENTRY}dokumen/<int:paper_id>/",
        event.show_document,
        name="event_document",
    ),
    path(f"{ENTRY}tindak-lanjut/", event.add_follow_up, name="follow_up_add"),
    path(
        f"{ENTRY}tindak-lanjut/<int:follow_up_id>/",
        event.finish_follow_up,
        name="follow_up_finish",
    ),
    path("agenda/<str:code>/", agenda.show_week, name="agenda"),
    path("agenda/<str:code>/bulan/", agenda.show_month, name="agenda_month"),
    path("agenda/<str:code>/daftar/", agenda.show_list, name="agenda_list"),
    path("agenda/<str:code>/tambah/", agenda.add, name="event_add"),
    path("agenda/<str:code>/impor/", importing.show_import, name="import"),
    path(
        "agenda/<str:code>/impor/<uuid:number>/perbaikan.csv",
        importing.download_rest,
        name="import_rest",
    ),
    path("agenda/<str:code>/impor/templat.xlsx", importing.show_template, name="import_template"),
    path("agenda/<str:code>/langganan/", importing.show_subscription, name="agenda_subscribe"),
    path("tulis/naskah/<int:page_id>/kegiatan/", duties.item_events, name="item_events"),
    path("tugas/", duties.show_own_tasks, name="own_tasks"),
    path("tugas/<str:code>/", duties.show_tasks, name="tasks"),
    path("tugas/<int:assignment_id>/tindakan/", duties.move, name="move_duty"),
    path("liputan/<int:participation_id>/tugas/", duties.assign, name="assign"),
    path("liputan/<int:participation_id>/berita/", duties.link, name="link_item"),
    path("liputan/<int:participation_id>/kecuali/", duties.except_event, name="except_event"),
]
