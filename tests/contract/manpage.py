#!/usr/bin/env python3
"""Contract: every option and every command of the tables in analyzer/cli is in the manual page,
in the help of its commands and in both completions, and nothing else is; every exit code is explained.

The table is read from the source, not asked of the program, so that a generator that loses a row is seen.

Seen failing: with a row taken out of the manual's loop, with a command hidden from the help, and with an
option that the completion for zsh left out.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("HEARSAY_BUILD", ROOT / "build/dev"))
HEARSAY = os.environ.get("HEARSAY", str(BUILD / "bin/hearsay"))
OPTION = re.compile(r'\.id = OPTION_\w+,\s*\.name = "([\w-]+)"')
COMMAND = re.compile(r'\.id = COMMAND_\w+,\s*\.name = "([\w ]+)"')
EXIT_CODE = re.compile(r"^\s*EXIT_\w+ = (\d+)", re.M)
failures = []


def check(is_good, message):
    if not is_good:
        print("FAIL " + message)
        failures.append(message)


def output(*arguments):
    result = subprocess.run([HEARSAY, *arguments], capture_output=True, text=True, timeout=60)
    check(result.returncode == 0, f"hearsay {' '.join(arguments)}: exit code {result.returncode}")
    check(result.stderr == "", f"hearsay {' '.join(arguments)}: {result.stderr}")
    return result.stdout


def names(text):
    return set(re.findall(r"--([a-z][a-z-]*)", text))


def options_of(command):
    """The options that the help of a command lists."""
    section = output(*command.split(), "--help").split("Options:\n")[1].split("\nExit codes:")[0]
    return set(re.findall(r"^  (?:-\w, |    )--([\w-]+)", section, re.M))


def check_manual(options, commands, codes):
    page = output("internal", "man")
    plain = page.replace("\\-", "-")
    check(names(plain) <= options, f"manual page: invented {names(plain) - options}")
    entry = re.compile(r"^\.TP\n(?:\\fB-\w\\fR, )?\\fB--([\w-]+)", re.M)
    general = {"help", "version"}
    check(general <= set(entry.findall(plain)), "manual page: no --help or --version")
    for command in commands:
        section = re.search(rf"^\.SS hearsay {command} .*?(?=^\.S[SH] )", plain, re.M | re.S)
        check(section is not None, f"manual page: no section for {command}")
        found = set(entry.findall(section.group())) if section else set()
        wanted = options_of(command) - general
        check(found == wanted, f"manual page: options of {command} differ: {found ^ wanted}")
    for code in codes:
        check(f".B {code}\n" in page, f"manual page: exit code {code} is not explained")
    if shutil.which("groff"):
        result = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-z"], input=page, capture_output=True,
                                text=True, timeout=60)
        check(result.stderr == "", f"manual page: groff says {result.stderr}")


def check_help(options, commands, codes):
    overview = output("help")
    seen = set()
    for command in commands:
        check(re.search(rf"^  {command} ", overview, re.M) is not None, f"help: {command} is not listed")
        told = output(*command.split(), "--help")
        check(told == output("help", *command.split()), f"help {command} and {command} --help differ")
        check(told.startswith(f"Usage: hearsay {command}"), f"{command} --help begins otherwise")
        check(max(map(len, told.split("Examples:")[0].splitlines())) <= 80, f"{command} --help is too wide")
        mine = options_of(command)
        check({"help", "version"} <= mine, f"{command} --help: no --help")
        seen |= mine
        for code in codes:
            check(re.search(rf"^ +{code}  ", told, re.M) is not None, f"{command} --help: no exit code {code}")
    check(seen == options, f"help: options differ: {seen ^ options}")
    for hidden in ("man", "bash", "zsh"):
        check(f"internal {hidden}" not in overview, f"help shows internal {hidden}")


def check_completions(options, commands):
    for shell in ("bash", "zsh"):
        script = output("internal", shell)
        check(options <= names(script), f"{shell} completion: missing {options - names(script)}")
        check(names(script) <= options, f"{shell} completion: invented {names(script) - options}")
        for command in commands:
            part = re.search(rf"""^    ["']{command}["']\).*?;;$""", script, re.M | re.S)
            listed = r"'--([a-z-]+)" if shell == "zsh" else r"--([a-z-]+)"  # zsh has meanings beside
            found = set(re.findall(listed, part.group())) if part else set()
            check(found == options_of(command),
                  f"{shell} completion: options of {command} differ: {found ^ options_of(command)}")
        if shutil.which(shell):
            result = subprocess.run([shell, "-n"], input=script, capture_output=True, text=True, timeout=60)
            check(result.returncode == 0, f"{shell} refuses its completion: {result.stderr}")
    formats = re.findall(r"^(\w\S*)  ", output("formats"), re.M)
    check(len(formats) > 5, "hearsay formats lists the formats")
    for name in formats:
        check(f" {name}" in output("internal", "bash"), f"bash completion: format {name} is missing")


def complete(script, *words):
    """What bash offers for the last word."""
    line = " ".join(words)
    quoted = " ".join(f"'{word}'" for word in words)
    program = (f"{script}\ncompopt() {{ :; }}\nCOMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; "
               f"COMP_LINE='{line}'; _hearsay; printf '%s\\n' \"${{COMPREPLY[@]}}\"")
    result = subprocess.run(["bash", "-c", program], capture_output=True, text=True, timeout=60)
    return result.stdout.split()


def check_bash_answers():
    script = output("internal", "bash")
    check(complete(script, "hearsay", "sc") == ["scan"], "bash: sc<TAB> is scan")
    check(complete(script, "hearsay", "rules", "t") == ["test"], "bash: rules t<TAB> is test")
    check(complete(script, "hearsay", "scan", "--win") == ["--window"], "bash: --win<TAB> is --window")
    check(complete(script, "hearsay", "formats", "--win") == [], "bash: formats has no --window")
    check("jetstream-v1" in complete(script, "hearsay", "scan", "--format", "jet"), "bash: --format jet<TAB>")
    check(complete(script, "hearsay", "coordinate", "--like", "c") == ["cooretweet"], "bash: --like c<TAB>")


def check_build_tree():
    for path in ("man/man1/hearsay.1", "bash-completion/completions/hearsay", "zsh/site-functions/_hearsay"):
        file = BUILD / "share" / path
        check(file.is_file() and file.stat().st_size > 500, f"the build makes share/{path}")


def main():
    source = "".join(
        (ROOT / "analyzer/cli" / name).read_text() for name in ("options.c", "command_table.c"))
    options = set(OPTION.findall(source))
    commands = [name for name in COMMAND.findall(source) if not name.startswith("internal")]
    codes = EXIT_CODE.findall((ROOT / "analyzer/cli/exit.h").read_text())
    check(len(options) > 15 and len(commands) > 7 and len(codes) > 6, "the tables are read")
    check_manual(options, commands, codes)
    check_help(options, commands, codes)
    check_completions(options, commands)
    if shutil.which("bash"):
        check_bash_answers()
    check_build_tree()
    print(f"{len(options)} options, {len(commands)} commands, {len(codes)} exit codes; "
          f"{len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
