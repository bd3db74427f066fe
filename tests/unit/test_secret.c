/* SPDX-License-Identifier: MIT */
/* Secrets in strings: each form that must go, and names that must stay as they are. */
#include "fixture.h"

#include "transform/secret.h"

/* Apart from what follows, so that it is not taken for somebody's directory. */
#define HOME "/home/"
#define USERS "/Users/"

static char *masked(const char *string)
{
	struct text out = {0};
	bool found = secret_mask(string, strlen(string), &out);

	text_add(&out, "", 0);
	assert_int_equal(found, strcmp(out.bytes, string) != 0);
	return out.bytes;
}

static void check(const char *string, const char *want)
{
	char *got = masked(string);

	assert_string_equal(got, want);
	free(got);
}

static const char *const secret_names[] = {
	"password",      "Password",
	"passwd",        "pwd",
	"pass",          "PGPASSWORD",
	"DB_PASS",       "db.password",
	"passphrase",    "passcode",
	"secret",        "client_secret",
	"clientSecret",  "secret_key",
	"SecretKey",     "aws_secret_access_key",
	"api_key",       "apikey",
	"api-key",       "x-api-key",
	"X-Api-Key",     "access_key",
	"private_key",   "auth_key",
	"ssh_key",       "master_key",
	"signing_key",   "encryptionKey",
	"session_key",   "key",
	"Key",           "token",
	"Token",         "access_token",
	"accessToken",   "AUTHTOKEN",
	"refresh-token", "id_token",
	"token_value",   "csrf",
	"credential",    "credentials",
	"creds",         "jwt",
	"sessionid",     "session_id",
	"JSESSIONID",    "sid",
	"signature",     "X-Amz-Signature",
	"sig",           "hmac",
	"dsn",           "auth",
	"password2",     "p\u0430ssword",
	"passw\u00f6rd", "pass\u00adword",
	"to\u200bken",   "\uff34oken",
	"pass\xffword",
};

static const char *const value_forms[][2] = {
	{"=", ""},         {" = ", ""},       {": ", ""},
	{":", ""},         {":=", ""},        {"==", ""},
	{"=>", ""},        {"->", ""},        {"=\"", "\""},
	{": '", "'"},      {"\":\"", "\"}"},  {"\": \"", "\"}"},
	{"%3D", ""},       {"%3d%22", "%22"}, {"\n=", ""},
	{"=\n", ""},       {"\\u003d", ""},   {"\uff1d", ""},
	{"\xc2\xa0=", ""}, {"=(", ")"},       {"\\\":\\\"", "\\\""},
	{"\"]=\"", "\""},
};

static const char *const secret_values[] = {"hunter", "S3CR3T", "a,hunter", "hunter2two",
					    "a\xffhunter"};

/* Every name with every separator: the value goes, in quotes, small letters and with blanks, too. */
static void values_go_whatever_parts_them_from_their_names(void **state)
{
	size_t count = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(secret_names) / sizeof(*secret_names); i++)
		for (size_t k = 0; k < sizeof(value_forms) / sizeof(*value_forms); k++)
			for (size_t v = 0; v < sizeof(secret_values) / sizeof(*secret_values);
			     v++, count++) {
				struct text text = {0}, want = {0};

				text_printf(&text, "main.f %s%s%s%s", secret_names[i],
					    value_forms[k][0], secret_values[v], value_forms[k][1]);
				text_printf(&want, "main.f %s%s[REDACTED]%s", secret_names[i],
					    value_forms[k][0], value_forms[k][1]);
				check(text.bytes, want.bytes);
				text_clear(&text);
				text_clear(&want);
			}
	assert_in_range(count, 6000, 100000);
}

static const char *const other_forms[][2] = {
	{"Password: hunter2, user=x", "Password: [REDACTED], user=x"},
	{"password=a b, c; d", "password=[REDACTED]"},
	{"password=a b&user=c", "password=[REDACTED]&user=c"},
	{"password=\"a\\\"b\" x", "password=\"[REDACTED]\" x"},
	{"token=abc\nuser", "token=[REDACTED]\nuser"},
	{"password='open", "password='[REDACTED]"},
	{"token=((a)b)c", "token=([REDACTED])c"},
	{"{\"a\":1,\"token\":\"x\",\"b\":2}", "{\"a\":1,\"token\":\"[REDACTED]\",\"b\":2}"},
	{"--token hunter -v", "--token [REDACTED]"},
	{"-password hunter", "-password [REDACTED]"},
	{"curl -H 'Authorization: Bearer abc' x", "curl -H 'Authorization: [REDACTED]"},
	{"Authorization: Basic dXNlcg==", "Authorization: [REDACTED]"},
	{"bearer abcdef", "bearer [REDACTED]"},
	{"Cookie: a=b; session=c; d", "Cookie: [REDACTED]"},
	{"Set-Cookie: id=1\r\nHost: x", "Set-Cookie: [REDACTED]\r\nHost: x"},
	{"pin=1234", "pin=[REDACTED]"},
	{"otp: 123456", "otp: [REDACTED]"},
	{"TOKEN SEKRIT", "TOKEN [REDACTED]"},
	{"token/SEKRIT", "token/[REDACTED]"},
	{"token|4f1a9c2e", "token|[REDACTED]"},
	{"token(SEKRIT)", "token([REDACTED])"},
	{"tokenSEKRIT", "token[REDACTED]"},
	{"https://user:pw@host/x", "https://[REDACTED]@host/x"},
	{"https://token@github.com/x", "https://[REDACTED]@github.com/x"},
	{"postgres://u:a/b@db/x", "postgres://[REDACTED]@db/x"},
	{"amqp://u:p@w@host", "amqp://[REDACTED]@host"},
	{"redis://:pw@cache:6379", "redis://[REDACTED]@cache:6379"},
	{"root:pw@tcp(127.0.0.1:3306)/db", "root:[REDACTED]@tcp(127.0.0.1:3306)/db"},
	{"https://x/?api_key=abc&y=1", "https://x/?api_key=[REDACTED]&y=1"},
	{"https://hooks.slack.com/services/T000/B000/XXXX",
	 "https://hooks.slack.com/services/[TOKEN]"},
	{"-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----",
	 "-----BEGIN RSA PRIVATE KEY-----[TOKEN]-----END RSA PRIVATE KEY-----"},
	{"-----BEGIN OPENSSH PRIVATE KEY-----\nb3Blb",
	 "-----BEGIN OPENSSH PRIVATE KEY-----[TOKEN]"},
	{"x AKIAIOSFODNN7EXAMPLE y", "x [TOKEN] y"},
	{"ASIAIOSFODNN7EXAMPLE", "[TOKEN]"},
	{"ghp_abcdefghij0123456789abcdefghij012345", "[TOKEN]"},
	{"github_pat_11ABCDEFG0123456789_abc", "[TOKEN]"},
	{"glpat-abcdefghij0123456789", "[TOKEN]"},
	{"xoxb-1-abcdef", "[TOKEN]"},
	{"sk-live-abcd", "[TOKEN]"},
	{"sk_test_4eC39HqLyjWDarjtT1zdp7dc", "[TOKEN]"},
	{"sk-abcdefghijklmnopqrstuvwx", "[TOKEN]"},
	{"eyJhbGciOiJIUzI1NiJ9.eyJzdWIi.sig", "[TOKEN]"},
	{"AIzaSyA-1234567890abcdefghijklmnopqrstu", "[TOKEN]"},
	{"id z9Kq3Xv7Bn1Lp5Tt8Rw2Ym6Hs4Jd0Fg9Zx", "id [TOKEN]"},
	{HOME "alice/src/a.go", HOME "[USER]/src/a.go"},
	{USERS "alice/x", USERS "[USER]/x"},
	{"C:\\Users\\alice\\x", "C:\\Users\\[USER]\\x"},
	{"c:/users/alice/x", "c:/users/[USER]/x"},
	{"C:\\Documents and Settings\\alice\\x", "C:\\Documents and Settings\\[USER]\\x"},
	{"/mnt/c" USERS "alice/x", "/mnt/c" USERS "[USER]/x"},
	{HOME "/alice/x", HOME "/[USER]/x"},
	{"/" HOME "alice", "/" HOME "[USER]"},
	{"/HOME/alice/x", "/HOME/[USER]/x"},
	{"%2Fhome%2Falice", "%2Fhome%2F[USER]"},
	{"%252Fhome%252Falice", "%252Fhome%252F[USER]"},
	{"file://" HOME "alice/a", "file://" HOME "[USER]/a"},
	{"/export" HOME "alice/a", "/export" HOME "[USER]/a"},
	{"/var" HOME "./alice/a", "/var" HOME "./[USER]/a"},
	{"/root/notes", "/root/[MASK]"},
	{"~alice/x", "~[USER]/x"},
	{HOME "a/../bob/x", HOME "[USER]/x"},
	{HOME "a/b/c", HOME "[USER]/b/c"},
	{"/srv/secrets/prod-db/conn.go", "/srv/secrets/[MASK]/conn.go"},
	{"/run/secrets/db", "/run/secrets/[MASK]"},
	{"/etc/secret/a/b", "/etc/secret/[MASK]"},
	{"secrets/prod/x", "secrets/[MASK]"},
	{"/x/secrets/token=a.pb.gz: No such file", "/x/secrets/[MASK] No such file"},
	{"(/srv/secrets/a(1)/b)", "(/srv/secrets/[MASK]"},
};

static void other_forms_go_too(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(other_forms) / sizeof(*other_forms); i++)
		check(other_forms[i][0], other_forms[i][1]);
}

static const char *const honest_names[] = {
	"",
	"main.TokenBucket",
	"golang.org/x/time/rate.(*TokenBucket).Take",
	"keyspace.Tokens",
	"github.com/acme/keyspace.(*Tokens).Len",
	"compress/flate.(*huffmanBitWriter).writeTokens",
	"compress/flate/token.go",
	"go/token.Pos.IsValid",
	"go/token/position.go",
	"main.loadSecretToken",
	"main.(*vault).GetPassword",
	"main.login(token)",
	"main.f[token]",
	"main.dispatchToken[go.shape.string_0]",
	"main.Map[go.shape.string,go.shape.int].Key",
	"reflect.(*MapIter).Key",
	"net/http.connectMethodKey.String",
	"type:.eq.net/http.connectMethodKey",
	"cmd/compile/internal/ir.(*StructKeyExpr).doChildren",
	"crypto/rsa.(*PrivateKey).Sign",
	"crypto/tls.(*Conn).ConnectionState.func1",
	"runtime.mallocgc",
	"main.monkey",
	"main.keyboard=on",
	"monkey=see",
	"tokenizer=bpe",
	"token_type=bearer",
	"max_tokens=4096",
	"keys=12",
	"auth=true",
	"session: nil",
	"token.py:next_token:34",
	"token.go:120",
	"std::map<Key, Value>::operator[](Key const&)",
	"Token::operator=(Token const&)",
	"auth::Token::verify",
	"auth::Token::~Token()",
	"operator->",
	"-[NSUserDefaults setObject:forKey:]",
	"-[Login setPassword:forUser:]",
	"checkPassword(char const*)",
	"Password.verify(Ljava/lang/String;)Z",
	"<alloc::vec::Vec<T> as Key>::key",
	"_ZNSt6vectorIiSaIiEE9push_backEOi",
	"_ZNKSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEE4findEPKcmm",
	"github.com/acme/secrets/kv.(*Backend).Get",
	"k8s.io/client-go/kubernetes/typed/core/v1.(*secrets).List",
	"github.com/acme" HOME "page.Render",
	"/usr/lib/go/src/runtime/proc.go",
	"/usr/lib/x86_64-linux-gnu/libc.so.6",
	"/root/go/pkg/mod/github.com/x/y@v1.2.3/a.go",
	"github.com/x/y@v1.2.3/a.go",
	"https://proxy.golang.org/github.com/x/y/@v/v1.2.3.zip",
	"http://localhost:6060/debug/pprof/heap",
	"http://[::1]:8080/x",
	"std::string::find@plt",
	"memcpy@@GLIBC_2.14",
	"4f1a9c2e4f1a9c2e4f1a9c2e4f1a9c2e4f1a9c2e",
	"sha256:4f1a9c2e4f1a9c2e4f1a9c2e4f1a9c2e4f1a9c2e",
	"runtime.gcBgMarkWorker.func2",
	"goroutine 12 [chan receive, 3 minutes]:",
	"sessions.go",
	"pinned=5",
	"passes=3",
	"compass=north",
	"design=modern",
	"assigned=x",
};

static void names_stay_as_they_are(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(honest_names) / sizeof(*honest_names); i++)
		check(honest_names[i], honest_names[i]);
}

static void names_of_labels_tell_of_their_values(void **state)
{
	static const char *const secret[] = {"password",   "X-Api-Key",   "Authorization",
					     "session_id", "db.password", "to\u200bken"};
	static const char *const honest[] = {"",      "tenant",    "request",
					     "bytes", "tokenizer", "key_id"};

	(void)state;
	for (size_t i = 0; i < sizeof(secret) / sizeof(*secret); i++)
		assert_true(secret_names_value(secret[i], strlen(secret[i])));
	for (size_t i = 0; i < sizeof(honest) / sizeof(*honest); i++)
		assert_false(secret_names_value(honest[i], strlen(honest[i])));
}

/* Strings that start everything and end nothing; twice the length may take twice the time. */
static void costs_grow_with_the_length(void **state)
{
	static const char *const pieces[] = {
		"token=", "a://b:",      "://",         HOME,        HOME "../", "secrets/", "a:b@",
		"((((",   "password=\"", "-----BEGIN ", "eyJ-",      "sk-",      "a-a_a+",   "%25",
		"token ", "token=a, ",   "~a/",         "\\\"token", "key:\n",   "\u200b",   "\xff",
	};
	struct text text = {0}, out = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++) {
		text_reset(&text);
		text_reset(&out);
		while (text.length < (size_t)1 << 20)
			text_add_string(&text, pieces[i]);
		secret_mask(text.bytes, text.length, &out);
	}
	text_reset(&out);
	while (text.length <= SECRET_LONGEST)
		text_add_string(&text, "main.");
	assert_true(secret_mask(text.bytes, text.length, &out));
	assert_string_equal(out.bytes, "[REDACTED]");
	text_clear(&text);
	text_clear(&out);
}

static void any_bytes_are_read_within_bounds(void **state)
{
	struct random random = {fixture_seed()};

	(void)state;
	for (int i = 0; i < 50000; i++) {
		char bytes[64];
		struct text out = {0};
		size_t length = random_text(
			&random, "tokenpwd=:/\\%25\"'([@-.~ \n\xff\xc3\xa9homesecrets", 60, bytes);

		secret_mask(bytes, length, &out);
		text_clear(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_go_whatever_parts_them_from_their_names),
		cmocka_unit_test(other_forms_go_too),
		cmocka_unit_test(names_stay_as_they_are),
		cmocka_unit_test(names_of_labels_tell_of_their_values),
		cmocka_unit_test(costs_grow_with_the_length),
		cmocka_unit_test(any_bytes_are_read_within_bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
