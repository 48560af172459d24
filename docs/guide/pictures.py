#!/usr/bin/env python3
"""Takes the pictures of the guide anew, from the made-up team of `farthing up --demo`:

  docs/guide/pictures.py            # builds the program; needs the .NET SDK, npm and Chromium
  docs/guide/pictures.py PROGRAM    # takes one that is built

Standard library only. The server listens on a free port of this machine over a store of its own; both go when it is done.
"""
import html
import os
import re
import signal
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
IMAGES = ROOT / "docs/guide/images"
BYTES_MAX = 160_000
PAGE_SECONDS_MAX = 60
NO_MOTION = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--force-prefers-reduced-motion", "--disable-background-networking"]

# Name, page, width and height of the window; a page that begins with "in" is the first link of another page that matches.
PICTURES = [
    ("dashboard", "/", 1280, 1010),
    ("phone", "/", 500, 900),
    ("cache", "/finops/cache", 1280, 980),
    ("plans", "/finops/modeling?mode=cheapest", 1280, 775),
    ("forecast", "/finops/forecast", 1280, 800),
    ("budgets", "/finops/budgets", 1280, 620),
    ("explorer", "/explorer?by=project,model", 1280, 1120),
    ("bridge", "/explorer/bridge?by=project&range=7d", 1280, 1000),
    ("session", "in /sessions?range=30d&agent=claude /sessions/[^\"]+", 1280, 1000),
    ("call", "in /calls?range=30d&agent=claude /calls/[0-9a-f]{32}", 1280, 930),
    ("credits", "in /credits /credits/[^\"/?]+", 1280, 1000),
    ("quality", "/admin/quality", 1280, 800),
]


def start(program, folder):
    environment = {**os.environ, "HOME": folder, "FARTHING_DATA": folder + "/data", "FARTHING_TIMEZONE": "UTC", "DOTNET_CLI_HOME": os.path.expanduser("~")}
    server = subprocess.Popen([*program, "up", "--demo", "--urls", "http://127.0.0.1:0"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True)
    for line in server.stdout:
        if found := re.match(r"Open (http://\S+?)(/sign-in\?link=\S+)", line):
            return server, found[1], found[2]
    raise SystemExit("The server did not start.")


def browse(profile, *arguments):
    done = subprocess.run(["chromium", *NO_MOTION, f"--user-data-dir={profile}", *arguments], capture_output=True, text=True, timeout=PAGE_SECONDS_MAX, check=True)
    return done.stdout


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def shrink(file):
    """Deflates a picture harder than browsers do, and leaves the rest of it alone."""
    png = file.read_bytes()
    place, kept, pixels = 8, [], b""
    while place < len(png):
        length, kind = struct.unpack(">I4s", png[place:place + 8])
        data = png[place + 8:place + 8 + length]
        if kind == b"IDAT":
            pixels += data
        elif kind in (b"IHDR", b"PLTE", b"tRNS"):
            kept.append(chunk(kind, data))
        place += 12 + length
    rows = zlib.decompress(pixels)
    tried = [zlib.compressobj(9, zlib.DEFLATED, 15, 9, strategy) for strategy in (zlib.Z_DEFAULT_STRATEGY, zlib.Z_FILTERED)]
    smallest = min((one.compress(rows) + one.flush() for one in tried), key=len)
    file.write_bytes(png[:8] + b"".join(kept) + chunk(b"IDAT", smallest) + chunk(b"IEND", b""))


def take(profile, url, name, page, width, height):
    if page.startswith("in "):
        _, of, like = page.split(" ")
        links = re.findall(f'href="({like})"', browse(profile, "--dump-dom", url + of))
        if not links:
            raise SystemExit(f"{of} links to nothing like {like}.")
        page = html.unescape(links[0])
    file = IMAGES / f"{name}.png"
    browse(profile, f"--window-size={width},{height}", f"--screenshot={file}", url + page)
    shrink(file)
    size = file.stat().st_size
    print(f"{file.relative_to(ROOT)}  {width} x {height}  {size:,} bytes")
    if size > BYTES_MAX:
        raise SystemExit(f"{file.name} is larger than {BYTES_MAX:,} bytes; take less of the page.")


def main():
    program = sys.argv[1:] or ["dotnet", "run", "-c", "Release", "--project", "src/Farthing", "--"]
    with tempfile.TemporaryDirectory(prefix="farthing-guide-", ignore_cleanup_errors=True) as folder:
        server, url, link = start(program, folder)
        try:
            profile = folder + "/browser"
            browse(profile, "--dump-dom", url + link)
            for picture in PICTURES:
                take(profile, url, *picture)
        finally:
            os.killpg(server.pid, signal.SIGINT)
            server.wait(PAGE_SECONDS_MAX)


if __name__ == "__main__":
    main()
