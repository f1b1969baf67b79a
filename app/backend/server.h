// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/faultrule.h"
#include "app/backend/http/place.h"
#include "app/base/clock.h"
#include "app/base/result.h"

#include <QStringList>
#include <QUrl>

#include <memory>
#include <optional>

namespace vitrine::imaging {
class PictureReader;
}

namespace vitrine::backend {

struct ServerOptions {
    QString dataDirectory;                      ///< rows and image bytes; made if missing, 0700
    QString host = QStringLiteral("127.0.0.1"); ///< numeric, or "localhost"
    quint16 port = 0;                           ///< 0: any free one
    /// What clients call it besides that; the first one stands in url().
    /// "photos.example.org", "bücher.example", "[2001:db8::1]", or with the port that clients use.
    QStringList names;
    std::optional<http::TlsFiles> tls;
    bool isInsecure = false; ///< bare HTTP beyond loopback is what somebody wants
    QStringList origins;     ///< of web pages that may use it, "https://gallery.example.org"
    QString accessLog;       ///< a file, or "-" for standard error; empty: none
    QList<FaultRule> faults; ///< mistakes to make on purpose
    quint32 faultSeed = 1;
    qint64 maxBytes = 50'000'000; ///< of one upload
    /// Answers an upload once its bytes and row are durable and makes the variants afterwards.
    bool defersVariants = false;
    std::shared_ptr<const Clock> clock = std::make_shared<SystemClock>();
};

/// The embedded backend: the image-sharing platform on this machine, over real HTTP, with its own
/// thread and port. One data directory is served by one process at a time (flock on "lock" in it).
class Server
{
public:
    /// Opens the data directory, sweeps orphans, binds, and serves until destroyed; uploads are
    /// looked at through \a pictures, which must outlive it. Blocks on the disk: not for the GUI
    /// thread.
    /// Errors: Busy (another process serves this directory), InvalidInput (an option that cannot be
    /// used; the detail says which and why), Network (the port is taken), Storage,
    /// PermissionDenied, DiskFull.
    static Result<std::unique_ptr<Server>> start(const ServerOptions& options,
                                                 const imaging::PictureReader& pictures);
    /// Stops accepting, ends what is under way, joins the thread.
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    QUrl url() const;         ///< "http://127.0.0.1:40123", "https://photos.example.org"
    quint16 port() const;     ///< that it listens on; its url may have the one of a name instead
    QString audience() const; ///< the "aud" of its Access application
    QString issuer() const;   ///< the "iss" of its Access tokens

    /// Where the process that serves \a dataDirectory can be reached on this machine, in bare HTTP.
    /// Blocks briefly. Errors: as DataLock::published().
    static Result<QUrl> findRunning(const QString& dataDirectory);

private:
    class Private;
    explicit Server(std::unique_ptr<Private> d);
    const std::unique_ptr<Private> d;
};

} // namespace vitrine::backend
