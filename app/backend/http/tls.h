// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Inside of the HTTP server: not for other folders.
#include "app/backend/http/place.h"
#include "app/base/result.h"

#include <boost/asio/ssl/context.hpp>

#include <memory>
#include <utility>

namespace vitrine::backend::http {

/// TLS 1.2 and 1.3 with the certificate and key of \a files.
/// Errors: InvalidInput (a file that is no such thing, or the two do not belong together).
Result<std::unique_ptr<boost::asio::ssl::context>> makeTlsContext(const TlsFiles& files);

} // namespace vitrine::backend::http
