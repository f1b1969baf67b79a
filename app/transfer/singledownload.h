// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/transfer/downloadtask.h"

namespace vitrine::transfer {

/// One image on its way to a file of its own.
class SingleDownload final : public DownloadTask
{
    Q_OBJECT

public:
    SingleDownload(const DownloadTools& tools, const DownloadJob& job, QObject* parent);

    QFuture<Result<QString>> run() override;

private:
    using Saved = Result<api::ApiClient::Saved>;

    QFuture<Saved> fetch();
    QFuture<Result<QString>> place(const Saved& saved);

    const DownloadTools m_tools;
    DownloadJob m_job;
};

} // namespace vitrine::transfer
