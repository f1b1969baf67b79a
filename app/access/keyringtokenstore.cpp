// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/access/tokenstore.h"

#include <QFileInfo>
#include <QPromise>
#include <QTimer>

#include <qt6keychain/keychain.h>

namespace vitrine::access
{
namespace
{

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

Error errorOf(const QKeychain::Job& job)
{
    switch (job.error()) {
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return {ErrorKind::KeyringRefused, job.errorString(), {}};
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return {ErrorKind::KeyringAbsent, job.errorString(), {}};
    default:
        return {ErrorKind::KeyringAbsent, job.errorString(), {}};
    }
}

/// Runs \a job; \a conclude makes the result of it when it has finished. The job is never deleted
/// early, for its backend would still call it: one that outlives its time-out ends unheard.
template <typename T, typename Job, typename Conclude>
QFuture<Result<T>> run(Job* job, const QString& account, Conclude conclude)
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    const auto finish = [promise](const Result<T>& result) {
        if (promise->future().isFinished())
            return;
        promise->addResult(result);
        promise->finish();
    };
    job->setAutoDelete(true);
    job->setInsecureFallback(false);
    job->setKey(account);
    QObject::connect(job, &QKeychain::Job::finished, job,
                     [job, finish, conclude] { finish(conclude(*job)); });
    QTimer::singleShot(kPatience, job, [finish] {
        finish(failure(ErrorKind::TimedOut, u"the keyring did not answer"_s));
    });
    job->start();
    return promise->future();
}

Result<void> done(const QKeychain::Job& job)
{
    if (job.error() == QKeychain::NoError)
        return {};
    return failure(errorOf(job));
}

class KeyringTokenStore final : public TokenStore
{
public:
    QFuture<Result<Credential>> read(const QString& account) override
    {
        if (!hasSessionBus())
            return absent<Credential>();
        return run<Credential>(new QKeychain::ReadPasswordJob(kService), account,
                               [](const QKeychain::ReadPasswordJob& job) -> Result<Credential> {
                                   if (job.error() == QKeychain::EntryNotFound)
                                       return Credential();
                                   if (job.error() != QKeychain::NoError)
                                       return failure(errorOf(job));
                                   return credentialFrom(Secret(job.binaryData()));
                               });
    }

    QFuture<Result<void>> write(const QString& account, const Credential& credential) override
    {
        if (!hasSessionBus())
            return absent<void>();
        auto* job = new QKeychain::WritePasswordJob(kService);
        job->setBinaryData(serialized(credential).reveal());
        return run<void>(job, account, done);
    }

    QFuture<Result<void>> remove(const QString& account) override
    {
        if (!hasSessionBus())
            return absent<void>();
        return run<void>(
            new QKeychain::DeletePasswordJob(kService), account, [](const QKeychain::Job& job) {
                return job.error() == QKeychain::EntryNotFound ? Result<void>() : done(job);
            });
    }

    bool isPersistent() const override { return true; }

private:
    template <typename T>
    static QFuture<Result<T>> absent()
    {
        return QtFuture::makeReadyFuture(
            Result<T>(failure(ErrorKind::KeyringAbsent, u"no session bus"_s)));
    }
};

} // namespace

std::unique_ptr<TokenStore> makeKeyringTokenStore()
{
    return std::make_unique<KeyringTokenStore>();
}

} // namespace vitrine::access
