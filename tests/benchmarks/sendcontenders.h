// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/access/credential.h"
#include "app/backend/server.h"
#include "tests/benchmarks/sendsources.h"
#include "tests/support/serverprocess.h"

#include <QTemporaryDir>

#include <memory>

namespace vitrine::bench {

/// How the server and this program, which has the client in it, share the machine.
enum class Setting {
    Together,     ///< a `vitrinectl serve` beside it, on the same cores, that puts variants off as
                  ///< the account of this computer does
    AllAtOnce,    ///< the same, with variants made before it answers
    Apart,        ///< as Together, with the server on a core of its own: as one that is elsewhere
    DecodesAside, ///< in this process, where looking at pictures costs nothing
};

/// A server that nobody has used yet, and what opens it.
class Target
{
public:
    /// \a reader is what decoding aside takes.
    Target(Setting setting, const imaging::PictureReader& reader);

    QUrl url() const { return m_url; }
    const access::ServiceToken& token() const { return m_token; }
    /// Milliseconds of processor time so far, without its decoders; 0 if it is in this process.
    double cpu() const;

private:
    void startHere(const imaging::PictureReader& reader);
    void startThere(const QStringList& options);

    QTemporaryDir m_directory;
    std::unique_ptr<backend::Server> m_here;
    std::unique_ptr<test::ServerProcess> m_there;
    QUrl m_url;
    access::ServiceToken m_token;
};

/// What it came to for one photograph.
struct Trial {
    double rate = 0; ///< photographs a second
    double cpu = 0;  ///< ms of this process, without what comes before the first and after the last
    double serverCpu = 0; ///< ms of the server, without its decoders
};

/// Through the outbox, with the prepared bytes in the spool already.
Trial sendPrepared(const Target& target, const Sources& sources);
/// Through the outbox, from the files.
Trial share(const Target& target, const Sources& sources);
/// What sendPrepared() sends, by `curl --parallel`, \a atOnce at once; 0: its own choice, fifty.
/// No processor time is told.
Trial sendByCurl(const Target& target, const Sources& sources, int atOnce);
/// The same by a QNetworkAccessManager with Qt's own forms and nothing of ours: what there is to be
/// had with Qt.
Trial sendByBareNetwork(const Target& target, const Sources& sources, int atOnce);
/// Preparation alone, on as many threads as the outbox has for that.
Trial prepareAlone(const Sources& sources);

} // namespace vitrine::bench
