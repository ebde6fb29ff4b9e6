#!/usr/bin/env python3
"""Contract: the core reads no clock, file, network, environment or locale, prints nothing, and has no
writable data, so that one run cannot influence another.

Looks at the object files of the core modules as they are linked. Writable data is what lies in .data,
.bss or thread-local sections; .data.rel.ro holds constants with addresses and is read-only at run time.

Seen failing: `static int calls;` counted up in analyzer/base/str.c (".bss"), a call of time(NULL) and a
call of puts() there; each gave one line.
"""

import os
import pathlib
import re
import subprocess
import sys

BUILD = pathlib.Path(os.environ.get("HEARSAY_BUILD", "build/dev"))
CORE = "base stats text post rule claim coordination report engine".split()

FORBIDDEN = {
    "clock": """time clock clock_gettime gettimeofday timespec_get times ftime localtime localtime_r
        mktime tzset nanosleep sleep usleep""",
    "printing": """printf vprintf puts putchar putc fputs fputc fprintf vfprintf fwrite perror
        __printf_chk __fprintf_chk __vfprintf_chk __vprintf_chk stdout stderr write dprintf""",
    "files": """fopen fopen64 freopen fdopen open open64 openat openat64 creat mkstemp mkstemp64
        tmpfile tmpfile64 opendir stat stat64 lstat fstat access unlink remove rename mkdir read pread
        pread64 mmap mmap64 stdin popen""",
    "network": "socket connect bind listen accept send recv sendto recvfrom getaddrinfo",
    "environment": """getenv secure_getenv setenv putenv setlocale newlocale uselocale getcwd getpid
        gethostname""",
    "chance": "rand srand random srandom drand48 getrandom arc4random rand_r",
    "control": "exit _exit quick_exit system fork execve execv execvp signal sigaction atexit",
}

# (object file, symbol pattern): why it is allowed.
ALLOWED = {
    ("json_fast.cpp.o", r"_ZStL8__ioinit|_ZGV.*|_ZStL.*"): "C++ runtime: <iostream> initialiser of a header",
    ("json_fast.cpp.o", r"atexit|__cxa_atexit"): "C++ runtime: destructor of the same",
    ("json_fast.cpp.o", r"DW\.ref\.__gxx_personality_v0"): "C++ runtime: address for unwinding",
}

WRITABLE = re.compile(r"^(\.data|\.bss|\.tdata|\.tbss|\*COM\*)(\.|$)")


def is_allowed(member, name):
    return any(member == file and re.fullmatch(pattern, name) for file, pattern in ALLOWED)


def symbols(archive):
    """(object file, section, name) of every symbol; the section of an import is *UND*."""
    text = subprocess.run(["objdump", "-t", str(archive)], capture_output=True, text=True, check=True)
    member = ""
    for line in text.stdout.splitlines():
        found = re.match(r"(\S+):\s+file format", line)
        if found:
            member = found.group(1)
            continue
        found = re.match(r"[0-9a-f]+ (.{7}) (\S+)\s+([0-9a-f]+)\s+(?:\.hidden )?(\S+)$", line)
        if found:
            flags, section, size, name = found.groups()
            yield member, flags, section, int(size, 16), name


def check(archive, reasons):
    for member, flags, section, size, name in symbols(archive):
        if section == "*UND*":
            plain = name.split("@")[0]
            if plain in reasons and not is_allowed(member, plain):
                yield f"{archive.name}: {member} imports {plain} ({reasons[plain]})"
        elif WRITABLE.match(section) and not section.startswith(".data.rel.ro"):
            is_object = "O" in flags or section == "*COM*"
            if is_object and size > 0 and not is_allowed(member, name):
                yield f"{archive.name}: {member} has writable data {name} in {section}"


def is_instrumented():
    """Sanitizers and coverage put their own counters and calls into every object."""
    cache = BUILD / "CMakeCache.txt"
    text = cache.read_text() if cache.exists() else ""
    return re.search(r"^CMAKE_C_FLAGS.*(-fsanitize|--coverage)", text, re.M) is not None


def main():
    if is_instrumented():
        print("an instrumented build has writable data by design: checked in the dev build")
        return 77
    archives = [BUILD / "analyzer" / f"libhearsay_{module}.a" for module in CORE]
    archives = [archive for archive in archives if archive.exists()]
    if not archives:
        print(f"no archive of a core module in {BUILD}/analyzer: build first")
        return 77
    reasons = {name: kind for kind, names in FORBIDDEN.items() for name in names.split()}
    errors = [error for archive in archives for error in check(archive, reasons)]
    print("\n".join(errors) or f"{len(archives)} core modules are pure")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
