// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/imaging/picturereader.h"
#include "app/transfer/filecheck.h"

#include <QImage>
#include <QObject>
#include <QPromise>
#include <QThreadPool>

#include <memory>

namespace vitrine::transfer {

/// Looks at files on a pool, a few at a time; whoever asks decides which is next. GUI thread.
class StagingLooks final : public QObject
{
    Q_OBJECT

public:
    struct Order {
        quint64 id = 0; ///< of the asker's choice
        QString path;
        ServerRules rules;
        std::shared_ptr<const KnownImages> known;
        bool keepMetadata = false;
        bool wantsPictures = false;
    };
    /// What a look told, so far.
    struct Looked {
        FileFacts facts;
        FileReport report;
        QString altText;
        bool hasPictures = false; ///< they were wanted; null where there are none
        QImage thumbnail;
        QImage blurred;
        bool isFinal = false;
    };

    /// \a pictures must outlive it.
    explicit StagingLooks(const imaging::PictureReader& pictures, QObject* parent = nullptr);
    ~StagingLooks() override;

    bool isBusy() const { return m_running >= m_pool.maxThreadCount(); }
    void start(const Order& order);
    QThreadPool& pool() { return m_pool; }

Q_SIGNALS:
    /// Once or, where the file has a thumbnail of its own to begin with, twice for each order.
    void looked(quint64 id, const vitrine::transfer::StagingLooks::Looked& looked);
    /// One more can be started.
    void ready();

private:
    static void run(QPromise<Looked>& promise, const Order& order,
                    const imaging::PictureReader* pictures);

    const imaging::PictureReader& m_pictures;
    QThreadPool m_pool;
    int m_running = 0;
};

} // namespace vitrine::transfer
