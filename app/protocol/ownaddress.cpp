// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/protocol/ownaddress.h"

namespace vitrine::protocol {

QString keptAddress(const QUrl& url, const QUrl& server)
{
    const bool isOwn = url.scheme() == server.scheme() && url.authority() == server.authority();
    const auto options = isOwn ? QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::FullyEncoded
                               : QUrl::FormattingOptions(QUrl::FullyEncoded);
    return url.toString(options);
}

} // namespace vitrine::protocol
