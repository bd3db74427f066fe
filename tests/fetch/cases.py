# SPDX-License-Identifier: MIT
"""Runs ncprof against server.py and compares what it does with what pprof did (recorded.json).

Compared are exit status, the requests (their lines and headers but for User-Agent, in any order, and
their bodies), the names and the contents of the files that are kept, and of the messages those that
pprof defines: what is fetched from where, "server response: STATUS", how many were fetched, where it
is saved. DEVIATIONS says what is meant to differ. The cases of OWN are not in pprof.
"""
import fcntl
import gzip
import hashlib
import json
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time

import server

HERE = os.path.dirname(os.path.abspath(__file__))
PORTS = {
    "16060": "plain",
    "16061": "proxy",
    "16062": "tls",
    "16063": "tls_client",
    "16064": "silent",
    "16065": "reset",
    "16099": "refused",
}
H, T, TC, L = "http://127.0.0.1:16060", "https://127.0.0.1:16062", "https://127.0.0.1:16063", "127.0.0.1:16060"
CA, CERT, KEY = HERE + "/tls/ca.pem", HERE + "/tls/client.pem", HERE + "/tls/client.key"
HEAP = os.path.join(server.DATA, "web_before.heap.pb.gz")
TOP = ["-top", "-nodecount=3"]

# The command lines that were recorded, by name: arguments and environment.
CASES = {
    "seconds_in_url": (TOP + [H + "/debug/pprof/profile?seconds=1"], {}),
    "seconds_flag": (TOP + ["-seconds=1", H + "/debug/pprof/profile"], {}),
    "seconds_both": (
        TOP + ["-seconds", "1", H + "/debug/pprof/profile?seconds=9&debug=0&a=b c"],
        {},
    ),
    "no_scheme": (TOP + [L + "/debug/pprof/heap"], {}),
    "no_scheme_name": (TOP + ["localhost:16060/debug/pprof/heap"], {}),
    "host_only": (["-top", "localhost:16060"], {}),
    "host_only_slash": (["-top", "http://localhost:16060/debug/pprof/"], {}),
    "file_url": (TOP + ["file://" + HEAP], {}),
    "no_such_file": (["-top", "nosuch.pb.gz"], {}),
    "no_such_path": (["-top", "./no/such:1.pb.gz"], {}),
    "fragment": (TOP + [H + "/debug/pprof/heap?gc=1#x"], {}),
    "seconds_zero": (TOP + ["-seconds=0", H + "/debug/pprof/heap"], {}),
    "timeout_1_slow": (["-top", "-timeout=1", H + "/slow/heap"], {}),
    "timeout_stall": (["-top", "-timeout=1", H + "/stall/heap"], {}),
    "timeout_endless": (["-top", "-timeout=1", H + "/endless/heap"], {}),
    "seconds_timeout": (["-top", "-seconds=4", "-timeout=1", H + "/slow/heap"], {}),
    "timeout_silent": (
        ["-top", "-timeout=1", "http://127.0.0.1:16064/debug/pprof/heap"],
        {},
    ),
    "reset": (["-top", "http://127.0.0.1:16065/debug/pprof/heap"], {}),
    "refused": (["-top", "http://127.0.0.1:16099/debug/pprof/heap"], {}),
    "no_dns": (["-top", "http://no-such-host.invalid/debug/pprof/heap"], {}),
    "err_500": (["-top", H + "/broken/heap"], {}),
    "err_gopprof": (["-top", H + "/gopprof/profile?seconds=9"], {}),
    "err_404": (["-top", H + "/nothing/here"], {}),
    "err_204": (["-top", H + "/204/heap"], {}),
    "err_401": (["-top", H + "/auth/heap"], {}),
    "auth_url": (TOP + ["http://me:s%3Acret@127.0.0.1:16060/auth/heap"], {}),
    "auth_url_wrong": (["-top", "http://me:bad@127.0.0.1:16060/auth/heap"], {}),
    "html": (["-top", H + "/html/heap"], {}),
    "empty": (["-top", H + "/empty/heap"], {}),
    "short_body": (["-top", H + "/short/heap"], {}),
    "cut_gzip": (["-top", H + "/cutgz/heap"], {}),
    "content_encoding": (TOP + [H + "/gzenc/heap"], {}),
    "redirect": (TOP + [H + "/redirect/heap"], {}),
    "redirect_loop": (["-top", H + "/loop/heap"], {}),
    "text_profile": (TOP + [H + "/debug/pprof/heaptext?debug=1"], {}),
    "legacy_cpu": (["-top", "-nodecount=5", H + "/pprof/profile?seconds=1"], {}),
    "legacy_cpu_local": (
        ["-top", "-nodecount=5", "-symbolize=local", H + "/pprof/profile"],
        {},
    ),
    "legacy_cpu_none": (["-top", "-nodecount=5", "-symbolize=none", H + "/pprof/profile"], {}),
    "legacy_cpu_remote": (
        ["-top", "-nodecount=5", "-symbolize=remote:demangle=none", H + "/pprof/profile"],
        {},
    ),
    "legacy_heap": (["-top", "-nodecount=5", H + "/pprof/heap"], {}),
    "symbolz": (["-top", "-nodecount=5", H + "/other/profilez"], {}),
    "symbol_404": (["-top", "-nodecount=5", H + "/nosym/pprof/profile"], {}),
    "tls_unknown_ca": (["-top", T + "/debug/pprof/heap"], {}),
    "tls_ca": (TOP + ["-tls_ca", CA, T + "/debug/pprof/heap"], {}),
    "tls_ca_missing": (
        ["-top", "-tls_ca", "/nonexistent/ca.pem", T + "/debug/pprof/heap"],
        {},
    ),
    "tls_insecure": (TOP + ["https+insecure://127.0.0.1:16062/debug/pprof/heap"], {}),
    "tls_client_cert_none": (["-top", "-tls_ca", CA, TC + "/debug/pprof/heap"], {}),
    "tls_client_cert": (
        TOP + ["-tls_ca", CA, "-tls_cert", CERT, "-tls_key", KEY, TC + "/debug/pprof/heap"],
        {},
    ),
    "tls_cert_without_key": (["-top", "-tls_cert", CERT, T + "/debug/pprof/heap"], {}),
    "tls_key_without_cert": (["-top", "-tls_key", KEY, T + "/debug/pprof/heap"], {}),
    "tls_on_plain": (
        ["-top", "-tls_ca", CA, "https://127.0.0.1:16060/debug/pprof/heap"],
        {},
    ),
    "plain_on_tls": (["-top", "http://127.0.0.1:16062/debug/pprof/heap"], {}),
    "proxy": (
        TOP + ["http://pprof.example/debug/pprof/heap"],
        {"http_proxy": "http://127.0.0.1:16061"},
    ),
    "proxy_auth": (
        TOP + ["http://pprof.example/debug/pprof/heap"],
        {"HTTP_PROXY": "http://pu:pp@127.0.0.1:16061"},
    ),
    "proxy_local": (TOP + [H + "/debug/pprof/heap"], {"http_proxy": "http://127.0.0.1:16061"}),
    "no_proxy": (
        ["-top", "-timeout=1", "http://pprof.invalid/debug/pprof/heap"],
        {"http_proxy": "http://127.0.0.1:16061", "no_proxy": ".invalid"},
    ),
    "https_proxy": (
        ["-top", "-timeout=1", "https://pprof.example/debug/pprof/heap"],
        {"https_proxy": "http://127.0.0.1:16061"},
    ),
    "two_sources": (TOP + [H + "/debug/pprof/heap", H + "/debug/pprof/heap?x=2"], {}),
    "partial": (TOP + [H + "/debug/pprof/heap", H + "/broken/heap"], {}),
    "partial_file": (TOP + [HEAP, H + "/broken/heap"], {}),
    "all_fail": (["-top", H + "/broken/heap", H + "/html/heap"], {}),
    "base": (TOP + ["-base", H + "/debug/pprof/heap", H + "/debug/pprof/allocs"], {}),
    "diff_base_file": (TOP + ["-diff_base", HEAP, H + "/debug/pprof/allocs"], {}),
    "base_fail": (["-top", "-base", H + "/broken/heap", H + "/debug/pprof/heap"], {}),
    "comment": (["-comments", "-add_comment", "load test 7", H + "/debug/pprof/heap"], {}),
    "proto_out": (["-proto", "-output", "out.pb.gz", H + "/debug/pprof/heap"], {}),
    "saved_names": (
        ["-top", "-nodecount=1", H + "/debug/pprof/profile?seconds=0"],
        {"before": 2},
    ),
    "tmpdir_home": (
        ["-top", "-nodecount=1", H + "/debug/pprof/heap"],
        {"PPROF_TMPDIR": None},
    ),
    "tmpdir_bad": (
        ["-top", "-nodecount=1", H + "/debug/pprof/heap"],
        {"PPROF_TMPDIR": "/dev/null/x"},
    ),
    "buildid": (["-raw", "-buildid=deadbeef", H + "/debug/pprof/heap"], {}),
    "post_header_check": (
        ["-top", "-nodecount=1", "-symbolize=force:remote", H + "/debug/pprof/heap"],
        {},
    ),
    "colon_port": (["-top", "-nodecount=1", ":16060/debug/pprof/heap"], {}),
    "ipv6": (["-top", "-nodecount=1", "http://[::1]:16060/debug/pprof/heap"], {}),
    "upper_scheme": (
        ["-top", "-nodecount=1", "HTTP://127.0.0.1:16060/debug/pprof/heap"],
        {},
    ),
    "ftp": (["-top", "ftp://127.0.0.1:16060/x"], {}),
    "tls_name_mismatch": (
        ["-top", "-tls_ca", CA, "https://127.0.0.2:16062/debug/pprof/heap"],
        {},
    ),
    "tls_name_mismatch2": (
        ["-top", "-tls_ca", CA, "https://ip6-localhost.test:16062/debug/pprof/heap"],
        {},
    ),
    "binary_arg": (
        TOP + ["BINARY", H + "/pprof/profile"],
        {},
    ),
    "binary_arg_alone": (["-top", "BINARY"], {}),
    "binary_missing": (["-top", "/nonexistent/bin", H + "/debug/pprof/heap"], {}),
    "seconds_neg": (["-top", "-nodecount=1", "-seconds=-5", H + "/debug/pprof/heap"], {}),
    "seconds_bad": (["-top", "-nodecount=1", H + "/debug/pprof/heap?seconds=abc"], {}),
    "query_broken": (
        ["-top", "-nodecount=1", H + "/debug/pprof/heap?a;b=1&c=%zz&d"],
        {},
    ),
    "path_escape": (["-top", H + "/a%2Fb/c%20d/heap"], {}),
    "raw_saved_twice": (["-raw", H + "/debug/pprof/goroutine", H + "/debug/pprof/goroutine"], {}),
    "mixed_types": (["-top", H + "/debug/pprof/heap", H + "/debug/pprof/profile"], {}),
}

# What differs from pprof: fields that are not compared, and why. The manual tells users.
DEVIATIONS = {
    "symbol_404": ("rc saved requests frame", "a server without names is a warning, not the end"),
    "text_profile": ("saved requests", "Go's text profiles name their functions themselves"),
    "auth_url": ("frame", "no password is shown"),
    "auth_url_wrong": ("frame", "no password is shown"),
    # What pprof asks the server depends on the libraries of the machine that it runs on.
    "legacy_cpu": ("saved requests", "local symbols"),
    "legacy_cpu_local": ("saved", "local symbols"),
    "legacy_heap": ("saved requests", "local symbols"),
    "symbolz": ("saved requests", "local symbols"),
    "binary_arg": ("saved requests", "the binary of the recording is not here"),
    "proto_out": ("saved", "-proto opens on the selected type, as pprof of November 2026 has it"),
    "tls_on_plain": ("requests", "what was recorded are bytes of TLS"),
}


class Failure(Exception):
    pass


class Runner:
    def __init__(self, binary):
        self.binary = os.path.abspath(binary)
        self.scratch = tempfile.mkdtemp(prefix="ncprof-fetch-")
        self.server = server.Server(self.scratch + "/socket")
        self.home = self.scratch + "/home"
        self.fake = self.scratch + "/cppdemo"
        with open(self.fake, "wb") as file:
            file.write(b"\x7fELF" + bytes(60))

    def close(self):
        shutil.rmtree(self.scratch, ignore_errors=True)

    def real(self, text):
        """A text with the ports of this run."""
        for port, name in PORTS.items():
            text = text.replace(":" + port, ":%d" % self.server.ports[name])
        text = text.replace("ELSEWHERE", "%d" % self.server.ports["elsewhere"])
        return text.replace("BINARY", self.fake)

    def recorded(self, text):
        """A text with the ports of the recording."""
        for port, name in PORTS.items():
            text = text.replace(":%d" % self.server.ports[name], ":" + port)
        return text.replace(self.home, "HOME").replace(self.scratch, "SCRATCH")

    def environment(self, changes):
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": self.home,
            "PPROF_TMPDIR": self.home + "/saved",
            "TZ": "UTC",
            "LANG": "C.UTF-8",
        }
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS"):
            if name in os.environ:
                environment[name] = os.environ[name]
        for name, value in changes.items():
            if value is None:
                environment.pop(name, None)
            elif name != "before":
                environment[name] = self.real(value)
        return environment

    def run(self, arguments, changes, timeout=90):
        shutil.rmtree(self.home, ignore_errors=True)
        os.makedirs(self.home + "/cwd")
        for number in range(changes.get("before", 0)):
            os.makedirs(self.home + "/saved", exist_ok=True)
            name = "pprof.webload.samples.cpu.%03d.pb.gz" % (number + 1)
            open(self.home + "/saved/" + name, "w").close()
        self.server.take()
        start = time.monotonic()
        done = subprocess.run(
            [self.binary] + [self.real(argument) for argument in arguments],
            env=self.environment(changes),
            cwd=self.home + "/cwd",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=timeout,
        )
        result = {
            "rc": done.returncode,
            "stdout": self.recorded(done.stdout.decode("utf-8", "replace")),
            "stderr": self.recorded(done.stderr.decode("utf-8", "replace")),
            "seconds": time.monotonic() - start,
            "saved": self.saved(),
            "requests": [],
        }
        time.sleep(0.02)
        for name, raw in self.server.take():
            port = [port for port in PORTS if PORTS[port] == name]
            result["requests"].append(
                [port[0] if port else name, self.recorded(raw.decode("latin1"))]
            )
        return result

    def saved(self):
        found = []
        for folder, _, names in os.walk(self.home):
            for name in sorted(names):
                path = os.path.join(folder, name)
                with open(path, "rb") as file:
                    packed = file.read()
                if not packed:
                    continue
                content = gzip.decompress(packed)
                found.append(
                    [
                        os.path.relpath(path, self.home),
                        str(len(content)),
                        hashlib.sha256(content).hexdigest()[:16],
                    ]
                )
        return sorted(found)


def canonical(requests):
    """Requests in a form that compares: headers sorted, without User-Agent and the proxy's port."""
    found = []
    for port, raw in requests:
        head, _, body = raw.partition("\r\n\r\n")
        lines = head.split("\r\n")
        headers = sorted(line for line in lines[1:] if not line.startswith("User-Agent:"))
        found.append([port, lines[0], headers, body.rstrip("\n")])
    return sorted(found)


def frame(text):
    """The messages that pprof defines, sorted: sources are fetched at the same time."""
    found = []
    for line in text.splitlines():
        line = re.sub(r"^(ncprof|pprof): ", "", line)
        match = re.match(
            r"Fetching profile over HTTP from |Please wait|Fetched \d+ source profiles out of|"
            r"Saved profile in |Could not use temp dir",
            line,
        )
        response = re.match(r"(.*: server response: \d+ [A-Za-z ]+?( - [^;]*)?)(;|$)", line)
        if match:
            found.append(line.lower() if line.startswith("Could") else line)
        elif response:
            found.append(response[1])
    return sorted(found)


def compare(runner, name, recorded):
    arguments, changes = CASES[name]
    got = runner.run(arguments, changes)
    ignored = DEVIATIONS.get(name, ("", ""))[0].split()
    for field, want, have in (
        ("rc", recorded["rc"], got["rc"]),
        ("saved", sorted(recorded["saved"]), got["saved"]),
        ("requests", canonical(recorded["requests"]), canonical(got["requests"])),
        ("frame", frame(recorded["stderr"]), frame(got["stderr"])),
    ):
        if field not in ignored and want != have:
            raise Failure("%s\n  want %s\n  got  %s\n%s" % (field, want, have, got["stderr"]))
    if got["seconds"] > recorded["seconds"] + 5:
        raise Failure("took %.1f s, pprof %.1f s" % (got["seconds"], recorded["seconds"]))
    if got["rc"] == 2:
        check_error(got)
    return got


def check_error(got):
    """One line for people: which source, what is wrong, and what to do."""
    lines = [line for line in got["stderr"].splitlines() if line.startswith("ncprof: ")]
    if got["stdout"] or not lines or ";" not in "".join(lines):
        raise Failure("no clear error: %s" % got["stderr"])
    if re.search(r"[\x00-\x09\x0b-\x1f\x7f]", got["stderr"]):
        raise Failure("control bytes: %r" % got["stderr"])


def expect(got, rc, *texts):
    whole = got["stderr"] + got["stdout"]
    if got["rc"] != rc or any(text not in whole for text in texts):
        raise Failure("want %d %s, got %d\n%s" % (rc, texts, got["rc"], got["stderr"]))
    if rc == 2:
        check_error(got)


OWN = {}


def own(function):
    OWN[function.__name__] = function
    return function


def header_of(got, name, index=-1):
    match = re.search(r"(?mi)^%s: (.*?)\r$" % name, got["requests"][index][1])
    return match[1] if match else None


@own
def header_flag(runner):
    got = runner.run(TOP + ["-H", "Authorization: Bearer t0psecret", "-H", "X-A: b", H + "/token/heap"], {})
    expect(got, 0, "compress/flate.NewWriter")
    if header_of(got, "X-A") != "b" or "t0psecret" in got["stderr"] + got["stdout"]:
        raise Failure("headers: %s" % got["requests"])


@own
def header_file(runner):
    path = runner.scratch + "/headers"
    with open(path, "w") as file:
        file.write("# for tests\n\nAuthorization: Bearer t0psecret\n")
    got = runner.run(TOP + ["-header-file", path, H + "/token/heap"], {})
    expect(got, 0, "compress/flate.NewWriter")


@own
def header_file_broken(runner):
    path = runner.scratch + "/headers"
    with open(path, "w") as file:
        file.write("X-A: b\nt0psecret\n")
    got = runner.run(TOP + ["-header-file", path, H + "/token/heap"], {})
    if got["rc"] != 2 or "line 2" not in got["stderr"] or "t0psecret" in got["stderr"]:
        raise Failure(got["stderr"])


@own
def header_missing(runner):
    expect(runner.run(TOP + [H + "/token/heap"], {}), 2, "server response: 403 Forbidden")


@own
def header_stays_home(runner):
    got = runner.run(TOP + ["-H", "X-Token: t0psecret", "http://me:pw@" + L + "/away/heap"], {})
    expect(got, 0)
    away = [raw for name, raw in got["requests"] if name == "elsewhere"]
    if len(away) != 1 or "t0psecret" in away[0] or "Authorization" in away[0]:
        raise Failure("another server sees secrets: %s" % away)


@own
def unix_socket(runner):
    got = runner.run(TOP + ["unix:%s/socket:/debug/pprof/heap?gc=1" % runner.scratch], {})
    expect(got, 0, "compress/flate.NewWriter", "Fetching profile over HTTP from unix:SCRATCH/socket:/debug")
    if not got["requests"][0][1].startswith("GET /debug/pprof/heap?gc=1 HTTP/1.1\r\n"):
        raise Failure(got["requests"])


@own
def unix_socket_missing(runner):
    got = runner.run(TOP + ["unix:%s/nothing:/debug/pprof/heap" % runner.scratch], {})
    expect(got, 2, "SCRATCH/nothing")


@own
def save_no(runner):
    got = runner.run(TOP + ["-save=no", H + "/debug/pprof/heap"], {})
    expect(got, 0)
    if got["saved"] or "Saved" in got["stderr"]:
        raise Failure("saved %s" % got["saved"])


@own
def save_file(runner):
    got = runner.run(TOP + ["-save=mine.pb.gz", H + "/debug/pprof/heap"], {})
    expect(got, 0, "Saved profile in mine.pb.gz")
    if [name for name, _, _ in got["saved"]] != ["cwd/mine.pb.gz"]:
        raise Failure("saved %s" % got["saved"])


@own
def max_size(runner):
    got = runner.run(TOP + ["-max-size=4k", H + "/debug/pprof/heap"], {})
    expect(got, 2, "longer than 4096 bytes", "-max-size")


@own
def max_size_of_encoded(runner):
    expect(runner.run(TOP + ["-max-size=1M", H + "/endless/heap"], {}), 2, "-max-size")


@own
def retry_after(runner):
    expect(runner.run(TOP + [H + "/429/heap"], {}), 2, "429 Too Many Requests", "Retry-After: 7")


@own
def busy(runner):
    expect(runner.run(TOP + [H + "/busy/profile"], {}), 2, "already in use", "wait")


@own
def control_bytes(runner):
    expect(runner.run(TOP + [H + "/control/heap"], {}), 2, "500")


@own
def page(runner):
    expect(runner.run(TOP + [H + "/html/heap"], {}), 2, "page")


@own
def chunked_cut(runner):
    expect(runner.run(TOP + [H + "/chunkcut/heap"], {}), 2, "broke", "1000 bytes")


@own
def cut_at_every_byte(runner):
    """At all of the first 200 bytes, and then at some."""
    whole = 64 + os.path.getsize(HEAP)
    urls = [H + "/cutat/heap?%d" % at for at in list(range(200)) + list(range(200, whole - 64, 997))]
    for start in range(0, len(urls), 100):
        got = runner.run(["-top", "-save=no"] + urls[start : start + 100], {})
        expect(got, 2, "failed to fetch any source profiles")
        if got["stderr"].count("ncprof: http") != len(urls[start : start + 100]):
            raise Failure(got["stderr"])


@own
def longer_than_said(runner):
    expect(runner.run(TOP + [H + "/longer/heap"], {}), 0)


@own
def endless_headers(runner):
    got = runner.run(TOP + ["-timeout=1", H + "/drip/heap"], {})
    expect(got, 2, "within 6 s")
    if not 5.5 < got["seconds"] < 7.5:
        raise Failure("took %.1f s" % got["seconds"])


@own
def at_the_same_time(runner):
    """Eight captures of two seconds take no sixteen."""
    got = runner.run(TOP + [H + "/debug/pprof/profile?seconds=2&n=%d" % n for n in range(8)], {})
    expect(got, 0)
    if got["seconds"] > 8:
        raise Failure("took %.1f s" % got["seconds"])


@own
def interrupted(runner):
    """^C ends it at once, whatever the server does."""
    environment = runner.environment({})
    child = subprocess.Popen(
        [runner.binary, "-top", runner.real(H + "/slow/heap")],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    for _ in range(500):
        if runner.server.requests:
            break
        time.sleep(0.01)
    start = time.monotonic()
    child.send_signal(signal.SIGINT)
    child.communicate(timeout=10)
    if time.monotonic() - start > 2:
        raise Failure("took %.1f s" % (time.monotonic() - start))


@own
def password_nowhere(runner):
    """Neither in messages nor in files, nor in what other users see of the command line."""
    url = "http://me:s%3Acret@" + L
    for path in ("/auth/heap", "/broken/heap", "/html/heap", "/cutgz/heap", "/nothing"):
        for report in ("-top", "-raw", "-proto", "-traces", "-dot"):
            got = runner.run([report, "-output=out.pb.gz" if report == "-proto" else "-trim", url + path], {})
            text = got["stderr"] + got["stdout"]
            if "cret" in text:
                raise Failure("%s %s shows the password: %s" % (report, path, text))
            for folder, _, names in os.walk(runner.home):
                for name in names:
                    with open(os.path.join(folder, name), "rb") as file:
                        packed = file.read()
                    if packed and b"cret" in gzip.decompress(packed):
                        raise Failure("%s holds the password" % name)
    child = subprocess.Popen(
        [runner.binary, "-top", "-H", "X-Token: t0psecret", runner.real("http://me:s%3Acret@" + L + "/slow/heap")],
        env=runner.environment({}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(500):
        if runner.server.requests:
            break
        time.sleep(0.01)
    with open("/proc/%d/cmdline" % child.pid, "rb") as file:
        words = file.read()
    child.kill()
    child.wait()
    if b"cret" in words or b"t0p" in words:
        raise Failure("the command line shows secrets: %r" % words)


E = "127.0.0.1:ELSEWHERE"
PYROSCOPE, PARCA = "pyroscope://" + E, "parca://" + E
CPU = "process_cpu:cpu:nanoseconds:cpu:nanoseconds"
RANGE = "&from=1796073223000&until=1796076823000"


@own
def list_of_a_service(runner):
    got = runner.run(["127.0.0.1:ELSEWHERE"], {})
    expect(got, 0, "/app/webload -leak 1", "17  allocs", "SetBlockProfileRate", "my.own")
    expect(got, 0, "SetMutexProfileFraction", "ncprof -seconds=30 http://127.0.0.1:")
    if got["saved"]:
        raise Failure("a list is no profile")


@own
def list_of_nothing(runner):
    expect(runner.run(["127.0.0.1:16099"], {}), 2, "Connection refused")
    expect(runner.run([L], {}), 0, "/pprof/heap")


@own
def pyroscope(runner):
    words = TOP + ["-H", "X-Scope-OrgID: team-a"]
    url = PYROSCOPE + "?query=%s{service_name=%%22webload%%22}%s" % (CPU, RANGE)
    got = runner.run(words + [url], {})
    expect(got, 0, "18.48s", "Duration: 1hrs", "Saved profile in")
    sent = got["requests"][0][1].partition("\r\n\r\n")
    if sent[2].encode("latin1") != server.data("store/pyroscope.req.pb"):
        raise Failure("request %r" % sent[2])
    if not sent[0].startswith("POST /querier.v1.QuerierService/SelectMergeProfile HTTP/1.1\r\n"):
        raise Failure(sent[0])
    if header_of(got, "Content-Type") != "application/proto":
        raise Failure("content type of %r" % sent[0])
    tenant = {"PROFILECLI_TENANT_ID": "team-a", "PROFILECLI_TOKEN": "t0p"}
    got = runner.run(TOP + [url.replace(E, E + "/prefix/")], tenant)
    expect(got, 0, "18.48s")
    if header_of(got, "Authorization") != "Bearer t0p" or "/prefix/querier" not in got["requests"][0][1]:
        raise Failure(got["requests"])


@own
def pyroscope_difference(runner):
    words = TOP + ["-H", "X-Scope-OrgID: team-a", "-diff_base", PYROSCOPE + "?query=%s{a=%%22b%%22}&from=now-2h&until=now-1h" % CPU]
    got = runner.run(words + [PYROSCOPE + "?query=%s{}&from=now-1h" % CPU], {})
    expect(got, 0, "of 18.48s total")


@own
def pyroscope_errors(runner):
    url, tenant = PYROSCOPE + "?query=%s%s" + RANGE, ["-H", "X-Scope-OrgID: team-a"]
    expect(runner.run(TOP + [url % (CPU, "{}")], {}), 2, "401 Unauthorized - ", "no org id", "-H 'X-Scope-OrgID")
    expect(runner.run(TOP + tenant + [url % (CPU, "{oops")], {}), 2, "400 Bad Request - ", "unexpected end", "{service_name=")
    expect(runner.run(TOP + tenant + [url % ("cpu", "{}")], {}), 2, "must be of the form <name>", "TYPE as name")
    got = runner.run(TOP + tenant + [url % (CPU, "{a=%22nosuch%22}")], {})
    expect(got, 2, "there are no profiles of " + CPU, "from 2026-11-30T21:13:43Z")
    expect(runner.run(TOP + [PYROSCOPE + "?query=a&from=yesterday"], {}), 2, "is no time")
    expect(runner.run(TOP + [PYROSCOPE + "?query=a&from=now&until=now-1h"], {}), 2, "ends before")
    expect(runner.run(TOP + [PYROSCOPE], {}), 2, "names no type")


@own
def list_of_pyroscope(runner):
    got = runner.run([PYROSCOPE], {})
    if "without json-c" in got["stderr"]:
        return
    expect(got, 0, "?query=process_cpu%3Acpu%3Ananoseconds%3Acpu%3Ananoseconds%7Bservice_name%3D%22webload%22%7D")


@own
def parca(runner):
    url = PARCA + "?query=%s:delta{service=%%22webload%%22}&from=2026-11-23T00:00:00Z&until=2026-11-24T00:00:00Z" % CPU
    got = runner.run(TOP + [url], {})
    expect(got, 0, "18.48s", "Time: 2026-11-23 00:00:00 UTC")
    line = got["requests"][0][1].split("\r\n")[0]
    for part in (
        "GET /api/profiles/query?",
        "mode=MODE_MERGE",
        "report_type=REPORT_TYPE_PPROF",
        "merge.query=process_cpu%3Acpu%3Ananoseconds%3Acpu%3Ananoseconds%3Adelta%7Bservice%3D%22webload%22%7D",
        "merge.start=2026-11-23T00%3A00%3A00Z",
        "merge.end=2026-11-24T00%3A00%3A00Z",
    ):
        if part not in line:
            raise Failure("%s is not in %s" % (part, line))


@own
def parca_errors(runner):
    expect(runner.run(TOP + [PARCA + "?query=badtype{}"], {}), 2, "400 Bad Request - profile-type", "TYPE as name")
    expect(runner.run(TOP + [PARCA + "?query=a{nosuch}"], {}), 2, "there are no profiles of a{nosuch}")
    expect(runner.run(TOP + [PARCA + "?query=a{cut}"], {}), 2, "holds no profile")


@own
def list_of_parca(runner):
    got = runner.run([PARCA + "?from=now-24h"], {})
    if "without json-c" in got["stderr"]:
        return
    expect(got, 0, "%3Adelta%7Bservice%3D%22webload%22%7D&from=now-24h")


class Screen:
    """The explorer on a terminal of its own. What is on it is asked for by redrawing it."""

    def __init__(self, runner, arguments):
        shutil.rmtree(runner.home, ignore_errors=True)
        os.makedirs(runner.home)
        runner.server.take()
        environment = runner.environment({})
        environment.update(TERM="xterm", XDG_CONFIG_HOME=runner.home, XDG_STATE_HOME=runner.home)
        words = [runner.binary] + [runner.real(argument) for argument in arguments]
        self.child, self.terminal = pty.fork()
        if self.child == 0:
            os.execve(words[0], words, environment)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 140, 0, 0))

    def press(self, keys):
        os.write(self.terminal, keys.encode())

    def read(self):
        """What is drawn until nothing comes for a while, or for a second: a live screen never rests."""
        drawn = b""
        end = time.monotonic() + 1
        while time.monotonic() < end and select.select([self.terminal], [], [], 0.3)[0]:
            try:
                more = os.read(self.terminal, 65536)
            except OSError:
                more = b""
            if not more:
                break
            drawn += more
        text = re.sub(rb"\x1b\[\d*(;\d*)*H", b"\n", drawn)
        return re.sub(rb"\x1b[\[(][0-9;?]*[a-zA-Z]", b"", text).decode("utf-8", "replace")

    def wait(self, *texts):
        """Until all of them are on the screen."""
        for _ in range(100):
            self.press("\x0c")
            drawn = self.read()
            if all(text in drawn for text in texts):
                return drawn
        raise Failure("%s do not come: %s" % (texts, drawn))

    def close(self, keys):
        self.press(keys)
        for _ in range(600):
            self.read()
            time.sleep(0.05)
            child, status = os.waitpid(self.child, os.WNOHANG)
            if child:
                os.close(self.terminal)
                return os.waitstatus_to_exitcode(status)
        os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)
        raise Failure("it does not end")


@own
def live(runner):
    """Captures go on by themselves, columns say what changed, and a failure is a note."""
    screen = Screen(runner, ["-refresh=300ms", "-save=no", "http://127.0.0.1:ELSEWHERE/growing/stacks"])
    screen.wait("+first", "trend", "growing", "live #")
    screen.press(" ")
    screen.wait("paused")
    screen.press(":refresh off\r")
    screen.press("R")
    server.PATHS["/growing/stacks"] = server.text("500 Internal Server Error", b"")
    screen.press("R")
    screen.wait("last capture stays", "growing")
    server.PATHS["/growing/stacks"] = server.growing
    if screen.close("Q") != 0:
        raise Failure("exit status")


@own
def live_keeps_files(runner):
    screen = Screen(runner, ["-refresh=200ms", "-keep=2", "http://127.0.0.1:ELSEWHERE/growing/stacks"])
    screen.wait("+first", "live #")
    for _ in range(100):
        if len(runner.server.requests) > 8:
            break
        screen.read()
    screen.close("Q")
    if not 1 <= len(runner.saved()) <= 4:
        raise Failure("files: %s" % runner.saved())


@own
def menu(runner):
    screen = Screen(runner, ["-seconds=1", "127.0.0.1:ELSEWHERE"])
    screen.wait("/app/webload", "SetBlockProfileRate", "my.own")
    screen.press("jj\r")
    screen.wait("no profile")
    screen.press("j\r")
    screen.wait("compress/flate.NewWriter")
    screen.press("q")
    screen.wait("SetBlockProfileRate")
    screen.press("G\r")
    screen.wait("18.")
    screen.press("q")
    screen.wait("SetBlockProfileRate")
    # There is no such profile: the menu says so.
    screen.press("Gk\r")
    screen.wait("404 Not Found", "SetBlockProfileRate")
    screen.press("jjjjjjGd")
    screen.wait("delta")
    screen.close("Q")


@own
def cancelled(runner):
    """A capture that is cancelled leads back to the menu."""
    screen = Screen(runner, ["-seconds=30", "127.0.0.1:ELSEWHERE"])
    screen.wait("SetBlockProfileRate")
    screen.press("G\r")
    screen.wait("capturing", "of 30 s")
    screen.press("\x03")
    screen.wait("SetBlockProfileRate")
    screen.close("q")


@own
def command(runner):
    """A test binary is run with a profile, which is the source."""
    path = runner.scratch + "/x.test"
    with open(path, "w") as file:
        file.write(
            '#!/bin/sh\necho testing "$2"\nfile=${1#-test.cpuprofile=}\n'
            '[ "$2" = none ] || cp "%s" "$file"\n[ "$2" != fails ]\n'
            % os.path.join(server.DATA, "web_before.cpu.pb.gz")
        )
    os.chmod(path, 0o755)
    got = runner.run(TOP + ["--", path, "-v"], {})
    expect(got, 0, "18.48s", "testing -v")
    if "testing" in got["stdout"]:
        raise Failure("what the command prints is in the report")
    expect(runner.run(TOP + ["--", path, "fails"], {}), 0, "exit status 1", "18.48s")
    expect(runner.run(TOP + ["--", path, "none"], {}), 2, "there is no profile")
    expect(runner.run(TOP + ["--", "ls"], {}), 2, "only go test")


def run_one(runner, name, run):
    try:
        run()
    except Failure as failure:
        print("FAIL %s: %s" % (name, failure))
        return False
    except subprocess.TimeoutExpired:
        print("FAIL %s: hangs" % name)
        return False
    return True


def main():
    runner = Runner(sys.argv[1])
    with open(HERE + "/recorded.json") as file:
        recorded = json.load(file)
    wanted = sys.argv[2:]
    check = subprocess.run(
        [runner.binary, "-top", "http://127.0.0.1:1/x"], capture_output=True, text=True
    )
    if "without libcurl" in check.stderr:
        print("skipped: this ncprof was built without libcurl")
        sys.exit(77)
    passed = failed = 0
    runs = [(name, lambda name=name: compare(runner, name, recorded[name])) for name in CASES]
    runs += [(name, lambda name=name: OWN[name](runner)) for name in OWN]
    for name, run in runs:
        if wanted and name not in wanted:
            continue
        if run_one(runner, name, run):
            passed += 1
        else:
            failed += 1
    runner.close()
    print("%d passed, %d failed" % (passed, failed))
    sys.stdout.flush()
    os._exit(failed != 0)


main()
