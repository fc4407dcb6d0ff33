from . import FILE, renew

renew()
print(f"{FILE}: {FILE.stat().st_size // 1024} KB")  # noqa: T201
