// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QNetworkReply>
#include <QSslError>

#include <curl/curl.h>

namespace vitrine::api {

/// What Qt calls that. \a systemError: errno behind it, or 0.
QNetworkReply::NetworkError networkErrorOf(CURLcode code, long systemError);

/// \a verified: what OpenSSL says about the server's certificate, an X509_V_ERR_….
QSslError tlsErrorOf(long verified);

} // namespace vitrine::api
