// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/renewalturn.h"

#include "app/base/log.h"
#include "app/base/paths.h"
#include "app/base/whendone.h"

#include <QFileInfo>
#include <QTimer>
#include <QtConcurrentRun>

namespace vitrine::session {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Turn = RenewalTurn::Turn;

constexpr auto kAgainAfter = 100ms;

Result<Turn> takeNow(const QString& file)
{
    if (auto made = makePrivateDirectory(QFileInfo(file).path()); !made)
        return failure(made.error());
    return FileLock::tryLock(file).map(
        [](FileLock&& lock) { return std::make_shared<FileLock>(std::move(lock)); });
}

} // namespace

RenewalTurn::RenewalTurn(QString file, std::chrono::milliseconds patience, QObject* parent)
    : QObject(parent), m_file(std::move(file)), m_patience(patience)
{
    m_pool.setMaxThreadCount(1);
}

RenewalTurn::~RenewalTurn()
{
    m_pool.waitForDone();
}

QFuture<Result<Turn>> RenewalTurn::take()
{
    auto promise = std::make_shared<QPromise<Result<Turn>>>();
    promise->start();
    attempt(promise, QDeadlineTimer(m_patience));
    return promise->future();
}

void RenewalTurn::attempt(const Promise& promise, QDeadlineTimer deadline)
{
    const auto settle = [promise](const Result<Turn>& turn) {
        promise->addResult(turn);
        promise->finish();
    };
    const auto taken = QtConcurrent::run(&m_pool, takeNow, m_file);
    whenDone(this, taken, [=, this](const Result<Turn>& turn) {
        if (turn)
            return settle(turn);
        if (turn.error().kind != ErrorKind::Busy) {
            qCWarning(logAccess) << "renewing without a lock:" << turn.error().detail;
            return settle(Turn());
        }
        if (deadline.hasExpired())
            return settle(failure(ErrorKind::TimedOut, u"another process is renewing"_s));
        QTimer::singleShot(kAgainAfter, this, [=, this] { attempt(promise, deadline); });
    });
}

} // namespace vitrine::session
