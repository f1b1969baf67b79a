// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace vitrine::backend::http {

/// Files in PEM form. The key has no passphrase: a server starts with nobody there to type it.
struct TlsFiles {
    QString certificate; ///< the server's first, then the chain up to the authority
    QString key;
};

/// Where a server listens, and by what names it answers.
struct Place {
    QString address;  ///< numeric
    quint16 port = 0; ///< 0: any free one
    /// What clients may write into Host besides the address and the names of loopback: "name",
    /// which goes with the port, or "name:port".
    QList<QByteArray> names;
    std::optional<TlsFiles> tls; ///< without: bare HTTP
};

} // namespace vitrine::backend::http
