// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/http/message.h"

namespace vitrine::backend {

/// Which web pages may use the server: those of the origins that were named, and no other. A page
/// that is open in a browser on this machine reaches loopback as any program does; only what the
/// browser tells of it (Origin, Sec-Fetch-Site) keeps it out. Any thread.
class Origins
{
public:
    /// \a allowed: as normalised() gives them.
    explicit Origins(QList<QByteArray> allowed) : m_allowed(std::move(allowed)) {}

    /// "https://Example.org:443/" as browsers write it, "https://example.org"; null if it is none.
    static QByteArray normalised(const QString& origin);

    /// What a browser's request gets at once: a preflight its answer, a page that may not a
    /// refusal. Nothing for programs, and for pages that may.
    std::optional<http::Response> judge(const http::RequestHead& head) const;
    /// Lets the page that asked read \a response, if it may.
    void dress(const http::RequestHead& head, http::Response& response) const;

private:
    bool allows(const http::RequestHead& head) const;

    const QList<QByteArray> m_allowed;
};

} // namespace vitrine::backend
