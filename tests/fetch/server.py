# SPDX-License-Identifier: MIT
"""A loopback server with well and ill behaved profile endpoints, on ports of its own choice.

The well behaved ones answer with files of tests/data. Every request is kept as it came, as
(listener, bytes), in Server.requests. Listeners, by the names that the cases use for their ports:

    plain    proxy (answers by itself)    tls    tls_client (wants a certificate)
    silent (accepts and says nothing)     reset (closes at once)    refused (nobody listens)
    unix     a socket in the file system
"""
import base64
import gzip
import os
import re
import socket
import ssl
import threading
import time
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "data")


def data(name):
    with open(os.path.join(DATA, name), "rb") as file:
        return file.read()


class Request:
    """One request: its line, headers and body, and the connection to answer on."""

    def __init__(self, connection, listener):
        self.connection, self.listener = connection, listener
        self.raw = b""
        while b"\r\n\r\n" not in self.raw:
            more = connection.recv(65536)
            if not more:
                raise ConnectionError("no request")
            self.raw += more
        head, _, self.body = self.raw.partition(b"\r\n\r\n")
        lines = head.decode("latin1").split("\r\n")
        self.method, self.target, _ = lines[0].split(" ")
        self.headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            self.headers[name.lower()] = value.strip()
        length = int(self.headers.get("content-length", 0))
        while len(self.body) < length:
            more = connection.recv(65536)
            if not more:
                break
            self.body += more
            self.raw += more
        target = re.sub(r"^http://[^/]*", "", self.target)
        self.path, _, self.query = target.partition("?")

    def send(self, data):
        self.connection.sendall(data)

    def answer(self, body, status="200 OK", length=None, **headers):
        head = "HTTP/1.1 %s\r\n" % status
        for name, value in headers.items():
            head += "%s: %s\r\n" % (name.replace("_", "-"), value)
        head += "Content-Length: %d\r\n\r\n" % (len(body) if length is None else length)
        self.send(head.encode("latin1") + body)


def file(name):
    return lambda request: (request.seconds(), request.answer(data(name)))


def seconds(request):
    match = re.search(r"(?:^|&)seconds=(\d+)", request.query)
    if match:
        time.sleep(min(int(match[1]), 2))


Request.seconds = seconds


def symbols(request):
    out = "num_symbols: 1\n"
    for word in request.body.decode().split("+"):
        try:
            address = int(word, 0)
        except ValueError:
            continue
        out += "%#x _ZN4demo6page%02xEv\n" % (address, address >> 12 & 0xFF)
    request.answer(out.encode(), Content_Type="text/plain; charset=utf-8")


def heap_text(request):
    request.answer(gzip.decompress(data("server/web_before.heap.debug1.txt.gz")))


def slow(request):
    time.sleep(20)


def stall(request):
    heap = data("web_before.heap.pb.gz")
    request.answer(heap[: len(heap) // 2], length=len(heap))
    time.sleep(20)


def endless(request):
    """A profile whose strings never end."""
    request.send(b"HTTP/1.1 200 OK\r\n\r\n")
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    request.send(packer.compress(gzip.decompress(data("web_before.heap.pb.gz"))))
    for number in range(1200):
        strings = b"".join(
            b"\x32\x10%016x" % (number * 4096 + at) for at in range(4096)
        )
        request.send(packer.compress(strings) + packer.flush(zlib.Z_SYNC_FLUSH))
        time.sleep(0.01)


def html(request):
    request.answer(
        b"<!DOCTYPE html>\n<html><body>Please log in</body></html>\n", Content_Type="text/html"
    )


def short(request):
    heap = data("web_before.heap.pb.gz")
    request.answer(heap[: len(heap) // 2], length=len(heap))


def cut_gzip(request):
    heap = data("web_before.heap.pb.gz")
    request.answer(heap[: len(heap) // 2])


def encoded(request):
    heap = data("web_before.heap.pb.gz")
    if "gzip" in request.headers.get("accept-encoding", ""):
        request.answer(gzip.compress(heap), Content_Encoding="gzip")
    else:
        request.answer(heap)


def auth(request):
    if request.headers.get("authorization") == "Basic bWU6czpjcmV0":
        request.answer(data("web_before.heap.pb.gz"))
    else:
        request.answer(
            b"Unauthorized\n", "401 Unauthorized", WWW_Authenticate='Basic realm="pprof"'
        )


def token(request):
    if request.headers.get("authorization") == "Bearer t0psecret":
        request.answer(data("web_before.heap.pb.gz"))
    else:
        request.answer(b"no\n", "403 Forbidden")


def text(status, body, **headers):
    return lambda request: request.answer(body, status, **headers)


def redirect(to):
    return lambda request: request.answer(b"", "302 Found", Location=to)


def chunked_cut(request):
    heap = data("web_before.heap.pb.gz")
    request.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n" % len(heap))
    request.send(heap[:1000])


def cut_at(request):
    """Closes after N bytes of the whole answer, headers and all."""
    heap = data("web_before.heap.pb.gz")
    whole = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(heap) + heap
    request.send(whole[: int(request.query)])


def longer(request):
    heap = data("web_before.heap.pb.gz")
    request.answer(heap + b"x" * 100, length=len(heap))


def drip(request):
    """Headers that never end, a line every tenth of a second."""
    request.send(b"HTTP/1.1 200 OK\r\n")
    for number in range(300):
        request.send(b"X-%d: y\r\n" % number)
        time.sleep(0.1)


def stored(name):
    """A whole answer as it was recorded, headers and all."""
    return lambda request: request.send(data("store/" + name))


QUERIER = "/querier.v1.QuerierService/"


def merge(request):
    """Pyroscope's merged profile: what is wrong with the request, as it was recorded."""
    if request.headers.get("x-scope-orgid") != "team-a":
        request.send(data("store/pyroscope.notenant.http"))
    elif b"{oops" in request.body:
        request.send(data("store/pyroscope.selector.http"))
    elif b"process_cpu:cpu:nanoseconds:cpu:nanoseconds" not in request.body:
        request.send(data("store/pyroscope.type.http"))
    elif b"nosuch" in request.body:
        request.answer(b"", Content_Type="application/proto")
    else:
        request.answer(
            data("store/pyroscope.m.pb.gz"),
            Content_Type="application/proto",
            Content_Encoding="gzip",
        )


def parca_query(request):
    answer = data("store/parca.q.json")
    if "nosuch" in request.query:
        answer = b'{"pprof":"%s","total":"0","filtered":"0"}' % base64.b64encode(
            gzip.compress(b"\x32\x00")
        )
    elif "badtype" in request.query:
        request.answer(
            b'{"code":3,"message":"profile-type selection must be of the form <n>","details":[]}',
            "400 Bad Request",
            Content_Type="application/json",
        )
        return
    elif "cut" in request.query:
        answer = answer[:2000]
    request.answer(answer, Content_Type="application/json")


INDEX = b"""<html><body><table>
<thead><td>Count</td><td>Profile</td></thead>
<tr><td>17</td><td><a href='allocs?debug=1'>allocs</a></td></tr>
<tr><td>0</td><td><a href='block?debug=1'>block</a></td></tr>
<tr><td>0</td><td><a href='cmdline?debug=1'>cmdline</a></td></tr>
<tr><td>5</td><td><a href='heap?debug=1'>heap</a></td></tr>
<tr><td>0</td><td><a href='mutex?debug=1'>mutex</a></td></tr>
<tr><td>3</td><td><a href='my.own?debug=1'>my.own</a></td></tr>
<tr><td>0</td><td><a href='profile?debug=1'>profile</a></td></tr>
</table></body></html>
"""


class Counter:
    """A heap that grows with every request."""

    number = 0


def growing(request):
    Counter.number += 1
    request.answer(
        b"".join(
            b"main;work;%s %d\n" % (name, value)
            for name, value in ((b"steady", 100), (b"growing", 10 * Counter.number))
        )
    )


PATHS = {
    "/growing/stacks": growing,
    "/debug/pprof/": text("200 OK", INDEX, Content_Type="text/html; charset=utf-8"),
    "/debug/pprof/cmdline": text("200 OK", b"/app/webload\x00-leak\x001", Content_Type="text/plain"),
    "/debug/pprof/mutex": text("200 OK", b"--- mutex:\ncycles/second=1\nsampling period=0\n"),
    QUERIER + "SelectMergeProfile": merge,
    "/prefix" + QUERIER + "SelectMergeProfile": merge,
    QUERIER + "Series": text(
        "200 OK", data("store/pyroscope.series.json"), Content_Type="application/json"
    ),
    "/api/profiles/query": parca_query,
    "/api/profiles/types": stored("parca.types.http"),
    "/api/profiles/labels": text("200 OK", data("store/parca.labels.json")),
    "/api/profiles/labels/service/values": text("200 OK", data("store/parca.values.json")),
    "/debug/pprof/profile": file("web_before.cpu.pb.gz"),
    "/debug/pprof/heap": file("web_before.heap.pb.gz"),
    "/debug/pprof/allocs": file("server/web_before.allocs.pb.gz"),
    "/debug/pprof/goroutine": file("series/leak_t005s.pb.gz"),
    "/debug/pprof/heaptext": heap_text,
    "/debug/pprof/symbol": symbols,
    "/pprof/symbol": symbols,
    "/other/symbolz": symbols,
    "/pprof/profile": file("gperftools_cppdemo.cpu"),
    "/other/profilez": file("gperftools_cppdemo.cpu"),
    "/nosym/pprof/profile": file("gperftools_cppdemo.cpu"),
    "/pprof/heap": file("gperftools_cppdemo.0001.heap"),
    "/slow/heap": slow,
    "/stall/heap": stall,
    "/endless/heap": endless,
    "/short/heap": short,
    "/cutgz/heap": cut_gzip,
    "/empty/heap": text("200 OK", b""),
    "/broken/heap": text("500 Internal Server Error", b"database is on fire\n"),
    "/gopprof/profile": text(
        "400 Bad Request",
        b"profile duration exceeds server's WriteTimeout\n",
        X_Go_Pprof="1",
        Content_Type="text/plain; charset=utf-8",
    ),
    "/busy/profile": text(
        "500 Internal Server Error",
        b"Could not enable CPU profiling: cpu profiling already in use\n",
        X_Go_Pprof="1",
        Content_Type="text/plain; charset=utf-8",
    ),
    "/html/heap": html,
    "/redirect/heap": redirect("/debug/pprof/heap"),
    "/loop/heap": redirect("/loop/heap"),
    "/auth/heap": auth,
    "/token/heap": token,
    "/gzenc/heap": encoded,
    "/204/heap": text("204 No Content", b""),
    "/429/heap": text("429 Too Many Requests", b"slow down\n", Retry_After="7"),
    "/control/heap": text("500 \x1b[31mred\x07", b""),
    "/chunkcut/heap": chunked_cut,
    "/cutat/heap": cut_at,
    "/longer/heap": longer,
    "/drip/heap": drip,
}


class Server:
    def __init__(self, socket_path):
        self.requests, self.lock = [], threading.Lock()
        self.ports, self.sockets = {}, []
        tls, tls_client = self.context(False), self.context(True)
        self.listen("plain", self.serve)
        self.listen("proxy", self.serve)
        self.listen("tls", self.serve, tls)
        self.listen("tls_client", self.serve, tls_client)
        self.listen("silent", lambda connection, name: time.sleep(60))
        self.listen("reset", lambda connection, name: None)
        self.listen("elsewhere", self.serve)
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            self.ports["refused"] = unused.getsockname()[1]
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(socket_path)
        self.start("unix", listener, self.serve, None)

    @staticmethod
    def context(wants_client):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(HERE + "/tls/server.pem", HERE + "/tls/server.key")
        if wants_client:
            context.verify_mode = ssl.CERT_REQUIRED
            context.load_verify_locations(HERE + "/tls/ca.pem")
        return context

    def listen(self, name, serve, tls=None):
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        self.ports[name] = listener.getsockname()[1]
        self.start(name, listener, serve, tls)

    def start(self, name, listener, serve, tls):
        listener.listen(200)
        self.sockets.append(listener)
        threading.Thread(target=self.accept, args=(name, listener, serve, tls), daemon=True).start()

    def accept(self, name, listener, serve, tls):
        while True:
            connection, _ = listener.accept()
            threading.Thread(
                target=self.handle, args=(name, connection, serve, tls), daemon=True
            ).start()

    @staticmethod
    def handle(name, connection, serve, tls):
        try:
            if tls:
                connection = tls.wrap_socket(connection, server_side=True)
            serve(connection, name)
        except (OSError, ValueError, ConnectionError):
            pass
        finally:
            connection.close()

    def serve(self, connection, name):
        if connection.recv(1, socket.MSG_PEEK) == b"\x16" if name == "plain" else False:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.0 400 Bad Request\r\n\r\nClient sent TLS\n")
            return
        request = Request(connection, name)
        with self.lock:
            self.requests.append((name, request.raw))
        if request.path == "/away/heap":
            request.answer(
                b"",
                "302 Found",
                Location="http://127.0.0.1:%d/debug/pprof/heap" % self.ports["elsewhere"],
            )
            return
        # pprof's cases were recorded without an index.
        if name == "plain" and request.path == "/debug/pprof/":
            request.path = ""
        PATHS.get(request.path, text("404 Not Found", b"404 page not found\n"))(request)

    def take(self):
        """What has come since the last call."""
        with self.lock:
            taken, self.requests = self.requests, []
        return taken
