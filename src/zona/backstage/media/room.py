"""What the house must know about this room."""

from zona.ground.house import Address, Job, Room

ROOM = Room(
    staff_urls="zona.backstage.media.staff.urls",
    screens=("recording_chooser:.*",),
    addresses=(Address("rekaman/", "zona.backstage.media.urls"),),
    reserved=frozenset(("rekaman",)),
    public=frozenset(("Recording", "Transcript")),
    private=frozenset(("Upload",)),
    unseen_columns={"Recording": frozenset(("attempts", "heartbeat_at", "progress"))},
    jobs=(
        Job(
            "recordings left behind",
            "zona.backstage.media.tasks.sweep",
            {"minute": "*/2", "second": 20},
        ),
        Job("old uploads", "zona.backstage.media.tasks.tidy_up", {"minute": 40}),
    ),
)
