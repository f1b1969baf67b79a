// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/access/credential.h"
#include "app/base/result.h"
#include "app/protocol/capabilities.h"
#include "app/protocol/image.h"

#include <QFuture>
#include <QObject>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>

class QNetworkAccessManager;

namespace vitrine::api {

/// Through whose eyes the listing is read.
enum class View { Guest, Owner };

/// What goes up: the bytes are on disk, as they shall arrive.
struct UploadRequest {
    QString file; ///< path of the prepared bytes; must not change meanwhile
    QString name; ///< the file name that the server is told
    QString type; ///< media type
    QString alt;
    bool isPrivate = false;
    QString idempotencyKey; ///< the same for every try of one upload
    QByteArray sha256;      ///< raw; sent as Content-Digest so that a torn transfer is refused
};

/// Bytes moved so far and in all; the total is 0 while it is unknown. Called on the client's
/// thread.
using Progress = std::function<void(qint64 done, qint64 total)>;

/// How long nothing may move before a request is given up.
struct StallLimits {
    std::chrono::milliseconds answer = std::chrono::seconds(30);
    /// Longer: after the last byte the server still hashes and decodes.
    std::chrono::milliseconds upload = std::chrono::seconds(90);
};

/// One method for one endpoint, typed in and out. Lives on one thread, finishes its futures there,
/// never blocks it. Cancelling a future aborts its request. Redirects are followed by hand: the
/// credential goes to the own origin only. HTTP statuses become ErrorKinds in one place.
/// A cancelled future, or one whose client was destroyed, finishes without a result.
class ApiClient : public QObject
{
    Q_OBJECT

public:
    /// \a network must outlive this object and live on the same thread.
    explicit ApiClient(QNetworkAccessManager& network, QObject* parent = nullptr);
    ApiClient(QNetworkAccessManager& network, const StallLimits& limits, QObject* parent = nullptr);
    ~ApiClient() override;

    /// From now on requests go to \a base (scheme, host, port, optional path) with \a credential.
    void setServer(const QUrl& base, const access::Credential& credential);
    QUrl server() const;

    /// Whether the server has been set up; BadAnswer from one that does not tell.
    QFuture<Result<bool>> isSetUp();
    /// Servers that do not know the endpoint get Capabilities::defaults().
    QFuture<Result<protocol::Capabilities>> capabilities();
    QFuture<Result<protocol::Page>> images(View view, const QString& cursor, int limit);

    /// The file is read on this thread as it goes out, in small pieces. A server that tells nothing
    /// of what it stored gives an Image with an empty id: only name, alt and isPrivate are set.
    QFuture<Result<protocol::Image>> upload(const UploadRequest& request, Progress progress);
    /// What became of an upload; NotFound if the server knows nothing of the key.
    QFuture<Result<protocol::Image>> uploadOutcome(const QString& idempotencyKey);

    /// Conflict if \a revision is not the current one (0: whatever it is).
    QFuture<Result<protocol::Image>> patch(const QString& id, qint64 revision,
                                           const protocol::ImagePatch& patch);
    /// Also succeeds when the image is gone already.
    QFuture<Result<void>> remove(const QString& id);

    /// A signed address of the high-res copy, good for an hour. Each call counts one download.
    /// SignInRequired for an image that guests may not have.
    QFuture<Result<QUrl>> downloadUrl(const QString& id);
    /// Where the original's bytes are; for fetch() and save(). Does not count.
    QUrl originalUrl(const QString& id) const;

    /// A small body (a preview) into memory. TooLarge over \a limit bytes. InvalidInput for an
    /// address that is not HTTP, or that leads from a server elsewhere to this machine.
    QFuture<Result<QByteArray>> fetch(const QUrl& url, qint64 limit);

    /// What a save() left behind.
    struct Saved {
        qint64 bytes = 0;
        QString suggestedName; ///< from Content-Disposition; may be empty. Untrusted.
        QString type;
    };
    /// Streams a body to \a path (temporary name, fsync, rename: it appears whole or not at all).
    /// An existing file is replaced. Errors: also NotFound (the image or the directory is gone),
    /// PermissionDenied, DiskFull, NotARegularFile, Storage; InvalidInput as for fetch().
    QFuture<Result<Saved>> save(const QUrl& url, const QString& path, Progress progress);

private:
    class Private;
    const std::unique_ptr<Private> d;
};

} // namespace vitrine::api
