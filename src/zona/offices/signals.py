"""What the rooms above may listen to. Sent within the transaction of the change, so that what they
do in answer is there with it or not at all.

`office_changed`: sender Office, `office`; its names, address, hours, colour or state changed.
`offices_loaded`: sender Office; many offices were made or changed at once.
`roles_changed`: sender Office, `office`; who holds which role in the office changed.
`calendar_changed`: sender the model, no office: holidays or stages of the whole country changed.
"""

from django.dispatch import Signal

office_changed = Signal()
offices_loaded = Signal()
roles_changed = Signal()
calendar_changed = Signal()
