// Package api is the JSON shell: operations under /api/v1, described by an
// OpenAPI 3.1 document made from the code at /api/openapi.json.
//
// An operation names its account.Action like every page does; the caller is
// whom the session cookie belongs to. A fault becomes an RFC 9457 problem with
// the translated sentence, in the language of Accept-Language or of the
// account.
package api
