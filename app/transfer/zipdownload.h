// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/transfer/downloadtask.h"
#include "app/transfer/zipwriter.h"

#include <QHash>
#include <QPromise>

namespace vitrine::transfer {

/// Many images on their way into one zip file, which appears when all of them are in it: some of
/// them at once, each into a part file that goes into the zip and is removed.
class ZipDownload final : public DownloadTask
{
    Q_OBJECT

public:
    /// \a job's image has the name of the zip, and its part is the folder of the parts.
    ZipDownload(const DownloadTools& tools, const DownloadJob& job,
                const QList<protocol::Image>& images, QObject* parent);

    QFuture<Result<QString>> run() override;

private:
    using Saved = Result<api::ApiClient::Saved>;
    using Writer = std::shared_ptr<ZipWriter>;

    QString partOf(qsizetype number) const;
    void begin(const Result<Writer>& writer);
    void startNext();
    void fetch(qsizetype number);
    void add(qsizetype number, const Saved& saved);
    void finishOne(const Result<void>& added);
    void place();
    void showProgress();
    void finish(const Result<QString>& outcome);

    const DownloadTools m_tools;
    const DownloadJob m_job;
    const QList<protocol::Image> m_images;
    Writer m_writer; // touched on the disk's thread, once it is made
    QPromise<Result<QString>> m_promise;
    QHash<qsizetype, qint64> m_moved; // of each that has begun, by its number
    qsizetype m_next = 0;
    qsizetype m_running = 0;
    qsizetype m_done = 0;
};

} // namespace vitrine::transfer
