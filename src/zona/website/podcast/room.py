"""What the house must know about this room."""

from zona.ground.house import Room

ROOM = Room(
    public=frozenset(("PodcastShowPage", "PodcastEpisodePage", "EpisodeGuest", "EpisodeChapter")),
)
