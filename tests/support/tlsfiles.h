// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace vitrine::test {

/// One of tests/fixtures/tls, such as "server.pem".
inline QString tlsFile(const char* name)
{
    return QStringLiteral(VITRINE_SOURCE_DIR "/tests/fixtures/tls/") + QLatin1StringView(name);
}

/// What `vitrinectl serve` takes to serve HTTPS.
inline QStringList tlsOptions()
{
    return {QStringLiteral("--tls-cert"), tlsFile("server.pem"), QStringLiteral("--tls-key"),
            tlsFile("server.key")};
}

} // namespace vitrine::test
