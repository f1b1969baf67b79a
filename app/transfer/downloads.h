// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/apiclient.h"
#include "app/base/clock.h"
#include "app/imaging/picturereader.h"
#include "app/transfer/downloadjob.h"
#include "app/transfer/downloadstore.h"
#include "app/transfer/downloadtask.h"
#include "app/transfer/transfer.h"

#include <QFuture>
#include <QHash>
#include <QObject>
#include <QPromise>
#include <QSet>
#include <QThreadPool>

#include <memory>

namespace vitrine::transfer {

/// Brings images to a place on this machine, some at once and the others after them. Names are made
/// safe and unique; a file appears only when it is whole. What breaks off, or has not begun yet, is
/// gone on with: by itself while there is hope, when the server is back or somebody asks for it,
/// and by the next run; until it is cancelled. GUI thread (or the CLI's main thread).
class Downloads final : public QObject
{
    Q_OBJECT

public:
    using Copy = transfer::Copy;
    using Alt = transfer::Alt;

    /// \a directory, where what is under way is kept, is the account's own. \a client, \a pictures
    /// and \a clock must outlive it.
    Downloads(const QString& directory, api::ApiClient& client,
              const imaging::PictureReader& pictures, const Clock& clock,
              const api::RetryPolicy& retries = api::RetryPolicy::forSending(),
              QObject* parent = nullptr);
    ~Downloads() override;

    /// Takes up what runs that have ended left behind; it goes on with goOn().
    QFuture<Result<void>> load();
    /// There is a server to go on with, or there is one again: those that failed because the line
    /// was lost, or nobody was signed in, are tried again.
    void goOn();
    /// In place of load(): removes what runs that have ended left behind, parts and all. For an
    /// account that is to be forgotten.
    QFuture<Result<void>> clearLeft();

    /// Saves into \a directory under the image's own name; gives the path. The directory must
    /// exist. What came of the same that has failed, or that a run that has ended left behind, is
    /// not fetched again; nor for saveZip().
    QFuture<Result<QString>> saveInto(const QString& directory, const protocol::Image& image,
                                      Copy copy, Alt alt = Alt::Untouched);
    /// All of \a images, at least one, into one zip file \a name in \a directory; gives its path.
    /// Where one of them cannot be had there is no file.
    QFuture<Result<QString>> saveZip(const QString& directory, const QString& name,
                                     const QList<protocol::Image>& images, Copy copy,
                                     Alt alt = Alt::Untouched);

    const QList<Transfer>& transfers() const { return m_transfers; }
    /// Stops it, and removes what came of it.
    void cancel(const QString& key);
    /// Goes on with one that has failed.
    void retry(const QString& key);
    /// Forgets those that are finished; of those that failed also what came of them.
    void clearFinished();

Q_SIGNALS:
    void added(const QString& key);
    void changed(const QString& key);
    void removed(const QStringList& keys);
    /// The server has counted a download of this image.
    void counted(const QString& imageId);
    /// One has failed that goOn() tries again.
    void brokeOff(const vitrine::Error& error);

private:
    /// A download that is not through.
    struct Pending {
        DownloadJob job;
        std::shared_ptr<QPromise<Result<QString>>> promise;
        std::unique_ptr<DownloadTask> task; ///< while it is at work
        bool hasFailed = false;             ///< and nobody has asked for it again
    };

    DownloadJob newJob(const QString& directory, Copy copy, Alt alt) const;
    void takeUp(const DownloadJob& job);
    QFuture<Result<QString>> enqueue(const DownloadJob& job);
    QString restingLike(const DownloadJob& job) const;
    void goOnWith(const QString& key);
    void add(const DownloadJob& job);
    void queue(const QString& key);
    QList<DownloadJob> takeUnkept();
    void keepNew();
    void takeKept(const QList<DownloadJob>& jobs);
    void startNext();
    void start(const QString& key);
    void connectTask(const QString& key, DownloadTask& task);
    void showProgress(const QString& key, qint64 moved, qint64 total);
    void showPostponed(const QString& key, const Error& error);
    void settle(const QString& key, const Result<QString>& path);
    void clearAway(const DownloadJob& job);
    bool isWantedAgain(const QString& key) const;
    Transfer* find(const QString& key);

    api::ApiClient& m_client;
    const imaging::PictureReader& m_pictures;
    const Clock& m_clock;
    const api::RetryPolicy m_retries;
    QList<Transfer> m_transfers;
    QHash<QString, std::shared_ptr<Pending>> m_pending; // by key
    QStringList m_unkept;                               // keys that have no row yet
    QStringList m_waiting;                              // keys, the next one first
    QStringList m_leftBehind;                           // keys that wait for goOn()
    QSet<QString> m_clearing;                           // keys whose rows go when what came is gone
    int m_running = 0;
    bool m_mayGoOn = false;
    DownloadStore m_store;
    QThreadPool m_disk;
};

} // namespace vitrine::transfer
