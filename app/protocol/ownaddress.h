// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QUrl>

namespace vitrine::protocol {

/// \a url as it is kept on the disk: without scheme, host and port where it is one of \a server's
/// own, for the embedded backend has a new port each run. \a server's QUrl::resolved() undoes it.
QString keptAddress(const QUrl& url, const QUrl& server);

} // namespace vitrine::protocol
