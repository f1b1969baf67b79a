// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/transfer/downloadtask.h"
#include "app/transfer/zipwriter.h"

#include <QHash>
#include <QPromise>

namespace vitrine::transfer {

/// Many images on their way into one zip file, which appears when all of them are in it. Some of
/// them at once, each comes into a part file of its own, so that whatever comes between, those that
/// are there need not come again; the zip is made of the parts in the end. That takes the room
/// twice for a moment, where there is as much; where there is not, each part goes as soon as it is
/// in the zip.
class ZipDownload final : public DownloadTask
{
    Q_OBJECT

public:
    /// \a job's image has the name of the zip, and its part is the folder of the parts.
    ZipDownload(const DownloadTools& tools, const DownloadJob& job, QObject* parent);

    QFuture<Result<QString>> run() override;

private:
    using Saved = Result<api::ApiClient::Saved>;
    using Writer = std::shared_ptr<ZipWriter>;
    using Sizes = QHash<qsizetype, qint64>; ///< by the number of the item

    void begin(const Result<Sizes>& whole);
    void startNext();
    void fetch(qsizetype number);
    void finishOne(qsizetype number, const Saved& saved);
    void note(qsizetype number);
    void assemble();
    void addFrom(qsizetype number);
    void place();
    void showProgress();
    void finish(const Result<QString>& outcome);

    const DownloadTools m_tools;
    DownloadJob m_job;
    Writer m_writer; // touched on the disk's thread, once it is made
    bool m_sparesParts = true;
    QPromise<Result<QString>> m_promise;
    Sizes m_moved; // of each that has begun
    qsizetype m_next = 0;
    qsizetype m_running = 0;
    qsizetype m_whole = 0;
};

} // namespace vitrine::transfer
