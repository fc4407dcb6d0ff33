"""What the house must know about this room."""

from zona.ground.house import Address, Room

ROOM = Room(
    staff_urls="zona.offices.urls",
    addresses=(Address("akun/", "zona.offices.sign_in.urls"),),
    reserved=frozenset(("akun",)),
    public=frozenset(
        ("Office", "SocialAccount", "ServiceHours", "ClosedDay", "Holiday", "ElectionStage", "User")
    ),
    private=frozenset(
        ("User_groups", "User_user_permissions", "RoleAssignment", "Invitation", "LoginLink")
    ),
    unseen_columns={"User": frozenset(("last_login", "password", "is_active"))},
)
