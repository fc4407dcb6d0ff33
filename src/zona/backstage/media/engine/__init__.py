"""What turns an upload into a file to publish: decoding, loudness, encoding.

Runs in a process of its own (`python -m zona.backstage.media.engine`), because a decoder that meets
a broken file may crash or hang; knows no Django. ffmpeg comes inside PyAV, nothing of the system
is used.
"""
