"""What the house must know about this room."""

from zona.ground.house import Address, Job, Room

ROOM = Room(
    addresses=(Address("cari/", "zona.backstage.search.urls"),),
    reserved=frozenset(("cari",)),
    private=frozenset(("Entry", "Word", "Rebuild", "Unsent")),
    jobs=(
        Job("words of search", "zona.backstage.search.tasks.learn_words", {"minute": "*/10"}),
        Job(
            "all words of search",
            "zona.backstage.search.tasks.count_words",
            {"hour": 3, "minute": 10},
        ),
        Job("OpenSearch", "zona.backstage.search.tasks.send_changes", {"second": 30}),
    ),
)
