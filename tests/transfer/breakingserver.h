// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/replayserver.h"

#include <algorithm>
#include <limits>

namespace vitrine::test {

inline constexpr int kBytes = 200'000;
inline constexpr int kFirstPart = 70'000;

/// The image's bytes, as many as kBytes.
inline const QByteArray& pixels()
{
    static const QByteArray bytes = [] {
        QByteArray made(kBytes, Qt::Uninitialized);
        for (int i = 0; i < kBytes; ++i)
            made[i] = char(i * 31 + i / 255);
        return made;
    }();
    return bytes;
}

/// A server with one image, whose connections break and whose addresses expire as it is told.
class BreakingServer final : public ReplayServer
{
public:
    /// As many as there are: Qt asks once more by itself now and then, and nobody hears the answer.
    static constexpr int kUntilMended = std::numeric_limits<int>::max();

    int cuts = 0;             ///< so many bodies break off after kFirstPart bytes
    int troubles = 0;         ///< so many requests for the body get a 503
    int renewalTroubles = 0;  ///< so many requests for a fresh address get a 503
    bool refuses = false;     ///< whoever asks for a download has to sign in
    bool staysOpen = false;   ///< in place of breaking off, nothing more comes
    QByteArray address = "1"; ///< the only signature that is good

    int count(const QByteArray& verb, const QByteArray& path) const
    {
        const auto& all = requests();
        return int(std::count_if(all.begin(), all.end(), [&](const Request& request) {
            return request.verb() == verb && request.target().startsWith(path);
        }));
    }

private:
    Canned answerTo(const Request& request) override
    {
        if (refuses)
            return canned(401, "text/plain", "who are you?");
        if (request.verb() == "HEAD" && renewalTroubles-- > 0)
            return canned(503, "text/plain", "");
        if (request.target().startsWith("/api/download"))
            return {"HTTP/1.1 302 Found\r\nLocation: /imagedelivery/a/b/highres?sig=" + address +
                    "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"};
        if (troubles-- > 0)
            return canned(503, "text/plain", "later");
        if (!request.target().endsWith("sig=" + address))
            return canned(403, "text/plain", "expired");
        return body(request.header("Range"));
    }

    Canned body(const QByteArray& range)
    {
        const qsizetype start = range.mid(6).chopped(range.isEmpty() ? 0 : 1).toLongLong();
        Canned whole = canned(start > 0 ? 206 : 200, "image/jpeg", pixels().mid(start),
                              "ETag: \"v1\"\r\nContent-Range: bytes " + QByteArray::number(start) +
                                  "-199999/200000\r\n");
        if (cuts-- > 0) {
            whole.bytes.chop(kBytes - start - kFirstPart);
            whole.then = staysOpen ? Then::StayOpen : Then::Close;
        }
        return whole;
    }
};

} // namespace vitrine::test
