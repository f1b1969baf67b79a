// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/filelock.h"
#include "app/base/result.h"

#include <QDeadlineTimer>
#include <QFuture>
#include <QObject>
#include <QPromise>
#include <QThreadPool>

#include <chrono>
#include <memory>

namespace vitrine::session {

/// Whose turn it is to renew an account's sign-in, among the processes that use it: a refresh token
/// is good once, and whoever comes second with it would have to ask the person. Main thread, which
/// never waits: files are touched on a pool.
class RenewalTurn final : public QObject
{
    Q_OBJECT

public:
    using Turn = std::shared_ptr<FileLock>;

    /// \a file is locked; it and its directory are made when first needed. \a patience: for
    /// whoever has the turn, who may be waiting for a server and for a keyring.
    explicit RenewalTurn(QString file,
                         std::chrono::milliseconds patience = std::chrono::seconds(90),
                         QObject* parent = nullptr);
    ~RenewalTurn() override;

    /// The turn, for as long as it is held. Empty where there is no locking the file: better two
    /// who renew than none. Errors: TimedOut.
    QFuture<Result<Turn>> take();

private:
    using Promise = std::shared_ptr<QPromise<Result<Turn>>>;

    void attempt(const Promise& promise, QDeadlineTimer deadline);

    const QString m_file;
    const std::chrono::milliseconds m_patience;
    QThreadPool m_pool;
};

} // namespace vitrine::session
