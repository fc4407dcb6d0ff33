"""The room's screens in the back office, under /kantor/."""

from django.urls import path

from . import recordings, transcripts, uploads

app_name = "media_staff"
ONE = "rekaman/<int:pk>/"
WORDS = f"{ONE}transkrip/<slug:language>/"

urlpatterns = [
    path("rekaman/", recordings.list_recordings, name="recordings"),
    path("rekaman/keadaan/", recordings.tell_states, name="states"),
    path("rekaman/unggah/", uploads.add_recording, name="add"),
    path("rekaman/unggah/<uuid:uuid>/", uploads.receive, name="receive"),
    path(ONE, recordings.show_recording, name="recording"),
    path(f"{ONE}ganti/", uploads.replace_file, name="replace"),
    path(f"{ONE}batal-unggah/", uploads.give_up, name="give_up"),
    path(f"{ONE}ulangi/", recordings.retry, name="retry"),
    path(f"{ONE}hapus/", recordings.remove, name="remove"),
    path(f"{ONE}transkrip/", transcripts.upload_captions, name="captions"),
    path(f"{ONE}rancangan/", transcripts.order_draft, name="draft"),
    path(WORDS, transcripts.edit_transcript, name="transcript"),
    path(f"{WORDS}unduh/", transcripts.download_transcript, name="download_transcript"),
    path(f"{WORDS}hapus/", transcripts.remove_transcript, name="remove_transcript"),
]
