// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/curl/curlerrors.h"

#include <cerrno>

namespace vitrine::api {
namespace {

// openssl/x509_vfy.h
constexpr long kNotYetValid = 9;
constexpr long kExpired = 10;

} // namespace

QNetworkReply::NetworkError networkErrorOf(CURLcode code, long systemError)
{
    switch (code) {
    case CURLE_OK:
        return QNetworkReply::NoError;
    case CURLE_COULDNT_RESOLVE_HOST:
        return QNetworkReply::HostNotFoundError;
    case CURLE_COULDNT_RESOLVE_PROXY:
        return QNetworkReply::ProxyNotFoundError;
    case CURLE_COULDNT_CONNECT:
        return systemError == ECONNREFUSED ? QNetworkReply::ConnectionRefusedError
                                           : QNetworkReply::UnknownNetworkError;
    case CURLE_OPERATION_TIMEDOUT:
        return QNetworkReply::TimeoutError;
    case CURLE_PEER_FAILED_VERIFICATION:
        return QNetworkReply::SslHandshakeFailedError;
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_SSL_CONNECT_ERROR:    // before anybody could prove anything
    case CURLE_UNSUPPORTED_PROTOCOL: // an answer that is none
    case CURLE_WEIRD_SERVER_REPLY:
        return QNetworkReply::RemoteHostClosedError;
    case CURLE_SEND_FAIL_REWIND:
        return QNetworkReply::ContentReSendError;
    default:
        return QNetworkReply::UnknownNetworkError;
    }
}

QSslError tlsErrorOf(long verified)
{
    switch (verified) {
    case kNotYetValid:
        return QSslError(QSslError::CertificateNotYetValid);
    case kExpired:
        return QSslError(QSslError::CertificateExpired);
    default:
        return QSslError(QSslError::CertificateUntrusted);
    }
}

} // namespace vitrine::api
