/* SPDX-License-Identifier: MIT */
#include "source/http_error.h"

#ifdef HAVE_CURL

#include <curl/curl.h>
#include <stdio.h>
#include <string.h>

#include "base/span.h"
#include "base/text.h"

#define MESSAGE_SHOWN 300

/* What to do about a status. */
static const struct {
	int status;
	const char *remedy;
} remedies[] = {
	{400, "see whether the service takes these parameters"},
	{401, "give credentials: http://USER:PASSWORD@HOST/ or -H 'Authorization: Bearer TOKEN'"},
	{403, "these credentials may not see profiles; give others with -H or USER:PASSWORD@"},
	{404, "see the path; ncprof HOST:PORT lists what the service offers"},
	{405, "see the path; nothing is read with GET there"},
	{407, "give the proxy's credentials: http_proxy=http://USER:PASSWORD@HOST:PORT"},
	{429, "ask again later"},
	{503, "ask again later"},
};

static const char *remedy_of(const struct http_answer *answer)
{
	if (answer->status == 401 && answer->named)
		return "the service does not take these credentials; see USER:PASSWORD@ and -H";
	for (size_t i = 0; i < sizeof(remedies) / sizeof(remedies[0]); i++)
		if (remedies[i].status == answer->status)
			return remedies[i].remedy;
	return answer->status >= 500 ? "see the log of the service" : "see the address";
}

/* What Go's pprof says, and what helps. */
static const char *explained_remedy(const char *body)
{
	static const char *const rows[][2] = {
		{"already in use", "wait until the other capture ends, then ask again"},
		{"WriteTimeout", "ask for fewer seconds, or raise WriteTimeout of the http.Server"},
		{"Unknown profile", "ncprof HOST:PORT lists what the service offers"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strstr(body, rows[i][0]))
			return rows[i][1];
	return "see the log of the service";
}

/* Adds the string behind "message": with its escapes resolved, as far as it is ASCII. */
static bool find_message(const char *body, struct text *message)
{
	const char *at = strstr(body, "\"message\"");

	at = at ? strchr(at + strlen("\"message\""), '"') : NULL;
	if (!at)
		return false;
	for (at++; *at && *at != '"' && message->length < MESSAGE_SHOWN; at++) {
		unsigned code;

		if (*at != '\\') {
			text_add_char(message, *at);
		} else if (sscanf(at, "\\u%4x", &code) == 1) {
			text_add_char(message, code < 0x80 ? (char)code : '?');
			at += strlen("u0000");
		} else if (at[1]) {
			at++;
			text_add_char(message, strchr("nrt", *at) ? ' ' : *at);
		}
	}
	return message->length > 0;
}

/* What stores mean by their messages. */
static const char *store_remedy(const struct http_answer *answer, const char *message)
{
	static const char *const rows[][2] = {
		{"no org id", "name the tenant: -H 'X-Scope-OrgID: NAME' or PROFILECLI_TENANT_ID"},
		{"selector", "write the selector as {service_name=\"NAME\"}"},
		{"profile-type", "write TYPE as name:sample:unit:period:unit; without -top, ncprof "
				 "lists them"},
		{"time range", "see from and until"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strstr(message, rows[i][0]))
			return rows[i][1];
	return remedy_of(answer);
}

static bool say_message(const struct http_answer *answer, struct error *error)
{
	struct text message = {0};
	bool found = answer->json && find_message(answer->body, &message);

	if (found)
		error_set(error, "server response: %s - %s; %s", answer->reason, message.bytes,
			  store_remedy(answer, message.bytes));
	text_clear(&message);
	return found;
}

bool http_error_status(const struct http_answer *answer, struct error *error)
{
	struct span body = span_of(answer->body), line = {body.at, body.at};

	if (answer->explained && span_take_line(&body, &line) && !span_is_empty(span_trim(line)))
		return error_set(error, "server response: %s - %.*s; %s", answer->reason,
				 (int)(span_length(line) > 300 ? 300 : span_length(line)), line.at,
				 explained_remedy(answer->body));
	if (say_message(answer, error))
		return false;
	if (*answer->retry_after)
		return error_set(error, "server response: %s (Retry-After: %s); %s", answer->reason,
				 answer->retry_after, remedy_of(answer));
	return error_set(error, "server response: %s; %s", answer->reason, remedy_of(answer));
}

static bool say_timeout(const struct http_failure *failure, struct error *error)
{
	double seconds = (double)failure->timeout_ms / 1000;

	if (!failure->answered)
		return error_set(error,
				 "http fetch: no answer within %g s; -timeout=N waits longer",
				 seconds);
	return error_set(error,
			 "the answer did not end within %g s (%llu bytes came); -timeout=N waits "
			 "longer",
			 seconds, (unsigned long long)failure->received);
}

static bool say_broken(const struct http_failure *failure, struct error *error)
{
	if (strstr(failure->text, "certificate required"))
		return error_set(error, "http fetch: the server wants a client certificate; give "
					"-tls_cert=FILE and -tls_key=FILE");
	if (!failure->answered && strstr(failure->text, "CONNECT"))
		return error_set(error, "http fetch: the proxy refuses: %s; see https_proxy",
				 failure->text);
	if (!failure->answered)
		return error_set(error,
				 "http fetch: the connection ended before an answer (EOF: %s); see "
				 "the port and whether it wants https://",
				 failure->text);
	return error_set(error,
			 "the connection broke after %llu bytes (unexpected EOF); capture again",
			 (unsigned long long)failure->received);
}

static bool say_certificate(const struct http_failure *failure, struct error *error)
{
	return error_set(error,
			 "http fetch: cannot verify the server's certificate: %s; name its "
			 "authority with -tls_ca=FILE, or skip the check with https+insecure://",
			 failure->text);
}

static bool say_tls(const struct http_failure *failure, struct error *error)
{
	if (strstr(failure->text, "wrong version number") ||
	    strstr(failure->text, "packet length too long"))
		return error_set(error,
				 "http fetch: the server answers HTTP, not TLS; use http://");
	return error_set(error, "http fetch: %s", failure->text);
}

bool http_error_failure(const struct http_failure *failure, struct error *error)
{
	switch (failure->code) {
	case CURLE_OPERATION_TIMEDOUT:
		return say_timeout(failure, error);
	case CURLE_COULDNT_RESOLVE_HOST:
		return error_set(error, "http fetch: no such host %.*s; see the name",
				 (int)strcspn(failure->host, ":"), failure->host);
	case CURLE_COULDNT_RESOLVE_PROXY:
		return error_set(error, "http fetch: the proxy is unknown (%s); see http_proxy",
				 failure->text);
	case CURLE_COULDNT_CONNECT:
		return error_set(error, "http fetch: %s: %s; see whether the service listens there",
				 failure->host,
				 failure->os_error ? strerror(failure->os_error) : failure->text);
	case CURLE_GOT_NOTHING:
	case CURLE_PARTIAL_FILE:
	case CURLE_RECV_ERROR:
	case CURLE_SEND_ERROR:
		return say_broken(failure, error);
	case CURLE_PEER_FAILED_VERIFICATION:
		return say_certificate(failure, error);
	case CURLE_SSL_CONNECT_ERROR:
		return say_tls(failure, error);
	default:
		return error_set(error, "http fetch: %s; see the address", failure->text);
	}
}

#endif
