// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/access/keyringbus.h"
#include "app/access/tokenstore.h"
#include "app/base/readyfuture.h"

#include <QFileInfo>
#include <QPromise>
#include <QTimer>

#include <qt6keychain/keychain.h>

#include <chrono>
#include <functional>
#include <memory>

namespace vitrine::access {
namespace {

using namespace Qt::StringLiterals;

constexpr auto kService = "Vitrine"_L1;
// A keyring may show a dialog; whoever has not answered by then has left.
constexpr auto kPatience = std::chrono::seconds(60);

// Looked for by hand: without a bus the libraries below would try to launch one, and wait.
bool hasSessionBus()
{
    if (!qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS"))
        return true;
    const QString runtimeDirectory = qEnvironmentVariable("XDG_RUNTIME_DIR");
    return !runtimeDirectory.isEmpty() && QFileInfo::exists(runtimeDirectory + "/bus"_L1);
}

// Where KWallet is asked, another service's lock says nothing.
bool usesSecretService()
{
    return !qEnvironmentVariable("XDG_CURRENT_DESKTOP").split(u':').contains("KDE"_L1);
}

// A locked Secret Service says "no such entry" to a reader, and "done" to one who removes.
bool mayComeOfALock(const QKeychain::Job& job)
{
    const bool removes = qobject_cast<const QKeychain::DeletePasswordJob*>(&job);
    return usesSecretService() && (removes || job.error() != QKeychain::NoError);
}

Result<void> resultOf(const QKeychain::Job& job)
{
    switch (job.error()) {
    case QKeychain::NoError:
    case QKeychain::EntryNotFound:
        return {};
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return failure(ErrorKind::KeyringRefused, job.errorString());
    default: // no backend, or one that is not set up: nothing can be kept here
        return failure(ErrorKind::KeyringAbsent, job.errorString());
    }
}

template <typename T>
class Promise
{
public:
    Promise() { m_promise->start(); }

    QFuture<Result<T>> future() const { return m_promise->future(); }

    void finish(const Result<T>& result) const
    {
        if (future().isFinished()) // by the time-out
            return;
        m_promise->addResult(result);
        m_promise->finish();
    }

private:
    std::shared_ptr<QPromise<Result<T>>> m_promise = std::make_shared<QPromise<Result<T>>>();
};

/// Runs \a job, and \a conclude once it has finished. The job is never deleted early, for its
/// backend would still call it: one that outlives its time-out ends unheard.
template <typename T>
QFuture<Result<T>> run(QKeychain::Job* job, const QString& account,
                       std::function<Result<T>()> conclude)
{
    const Promise<T> promise;
    job->setAutoDelete(false);
    job->setInsecureFallback(false);
    job->setKey(account);
    const auto finish = [job, promise, conclude](bool isLocked) {
        promise.finish(isLocked ? failure(ErrorKind::KeyringLocked, job->errorString())
                                : conclude());
        job->deleteLater();
    };
    QObject::connect(job, &QKeychain::Job::finished, job, [job, finish] {
        if (mayComeOfALock(*job))
            askWhetherKeyringIsLocked(job, finish);
        else
            finish(false);
    });
    QTimer::singleShot(kPatience, job, [promise] {
        promise.finish(failure(ErrorKind::TimedOut, u"the keyring did not answer"_s));
    });
    askWhetherKeyringExists(job, [job, promise](bool exists) {
        if (exists)
            return job->start();
        promise.finish(failure(ErrorKind::KeyringAbsent, u"no keyring service"_s));
        job->deleteLater();
    });
    return promise.future();
}

template <typename T>
QFuture<Result<T>> absent()
{
    return readyFuture(Result<T>(failure(ErrorKind::KeyringAbsent, u"no session bus"_s)));
}

class KeyringTokenStore final : public TokenStore
{
public:
    QFuture<Result<Credential>> read(const QString& account) override
    {
        if (!hasSessionBus())
            return absent<Credential>();
        auto* job = new QKeychain::ReadPasswordJob(kService);
        return run<Credential>(job, account, [job] {
            return resultOf(*job).map([job] { return credentialFrom(Secret(job->binaryData())); });
        });
    }

    QFuture<Result<void>> write(const QString& account, const Credential& credential) override
    {
        if (!hasSessionBus())
            return absent<void>();
        auto* job = new QKeychain::WritePasswordJob(kService);
        job->setBinaryData(serialized(credential).reveal());
        return run<void>(job, account, [job] { return resultOf(*job); });
    }

    QFuture<Result<void>> remove(const QString& account) override
    {
        if (!hasSessionBus())
            return absent<void>();
        auto* job = new QKeychain::DeletePasswordJob(kService);
        return run<void>(job, account, [job] { return resultOf(*job); });
    }

    bool isPersistent() const override { return true; }
};

} // namespace

std::unique_ptr<TokenStore> makeKeyringTokenStore()
{
    return std::make_unique<KeyringTokenStore>();
}

} // namespace vitrine::access
