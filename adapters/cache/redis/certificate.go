package redis

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
)

// The failures of TLS.
const (
	unvouched failure = "shows a certificate of an authority that is not known here"
	outOfTime failure = "shows a certificate that has expired, or does not hold yet"
	misnamed  failure = "shows a certificate of another name than the URL's"
	unfit     failure = "shows a certificate that does not hold for a server"
	noTLS     failure = "does not speak TLS"
	unwelcome failure = "ends TLS: it may want another certificate of this gateway"
)

// ofTLS says why a connection was not made or not kept; empty where TLS is not why.
func ofTLS(err error) failure {
	var unknown x509.UnknownAuthorityError
	var invalid x509.CertificateInvalidError
	var name x509.HostnameError
	var record tls.RecordHeaderError
	var other *net.OpError
	switch {
	case errors.As(err, &unknown):
		return unvouched
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return outOfTime
	case errors.As(err, &name):
		return misnamed
	case errors.As(err, &invalid):
		return unfit
	case errors.As(err, &record):
		return noTLS
	case errors.As(err, &other) && other.Op == "remote error": // an alert, which crypto/tls tells by this alone
		return unwelcome
	}
	return ""
}
