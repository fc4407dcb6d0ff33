"""What the house must know about this room."""

from zona.ground.house import Job, Room

ROOM = Room(
    jobs=(Job("backup of the day", "zona.operations.backup.tasks.back_up_daily", {"minute": 35}),),
)
