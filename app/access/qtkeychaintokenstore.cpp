// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/access/keyringbus.h"
#include "app/access/keyrings.h"
#include "app/access/pendinganswer.h"
#include "app/base/whendone.h"

#include <QTimer>

#include <qt6keychain/keychain.h>

#include <functional>

namespace vitrine::access {
namespace {

using namespace Qt::StringLiterals;

// As QtKeychain chooses.
bool speaksToKWallet5()
{
    return qEnvironmentVariable("XDG_CURRENT_DESKTOP").split(u':').contains("KDE"_L1) &&
           qEnvironmentVariableIntValue("KDE_SESSION_VERSION") == 5;
}

QFuture<Doubt> doubtKeyring(QObject* context)
{
    return speaksToKWallet5() ? doubtKWallet5(context, QString::fromLatin1(kKeyringFolder))
                              : doubtSecretService(context);
}

// To one who removes they say "done".
bool mayComeOfALock(const QKeychain::Job& job)
{
    return qobject_cast<const QKeychain::DeletePasswordJob*>(&job) ||
           job.error() != QKeychain::NoError;
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

class QtKeychainTokenStore final : public TokenStore
{
public:
    explicit QtKeychainTokenStore(std::chrono::milliseconds patience) : m_patience(patience) {}

    QFuture<Result<Credential>> read(const QString& account) override
    {
        auto* job = new QKeychain::ReadPasswordJob(QLatin1StringView(kKeyringFolder));
        return run<Credential>(job, account, [job] {
            return resultOf(*job).map([job] { return credentialFrom(Secret(job->binaryData())); });
        });
    }

    QFuture<Result<void>> write(const QString& account, const Credential& credential) override
    {
        auto* job = new QKeychain::WritePasswordJob(QLatin1StringView(kKeyringFolder));
        job->setBinaryData(serialized(credential).reveal());
        return run<void>(job, account, [job] { return resultOf(*job); });
    }

    QFuture<Result<void>> remove(const QString& account) override
    {
        auto* job = new QKeychain::DeletePasswordJob(QLatin1StringView(kKeyringFolder));
        return run<void>(job, account, [job] { return resultOf(*job); });
    }

    bool isPersistent() const override { return true; }

private:
    /// Runs \a job, and \a conclude once it has finished. The job is never deleted early, for its
    /// backend would still call it: one that outlives its time-out ends unheard.
    template <typename T>
    QFuture<Result<T>> run(QKeychain::Job* job, const QString& account,
                           std::function<Result<T>()> conclude) const
    {
        const PendingAnswer<T> answer;
        job->setAutoDelete(false);
        job->setInsecureFallback(false);
        job->setKey(account);
        const auto finish = [job, answer, conclude](Doubt doubt) {
            answer.finish(doubt ? failure(*doubt, job->errorString()) : conclude());
            job->deleteLater();
        };
        QObject::connect(job, &QKeychain::Job::finished, job, [job, finish] {
            if (mayComeOfALock(*job))
                whenDone(job, doubtKeyring(job), finish);
            else
                finish({});
        });
        QTimer::singleShot(m_patience, job, [job, answer] {
            whenDone(job, doubtKeyring(job), [answer](Doubt doubt) {
                answer.finish(
                    failure(doubt.value_or(ErrorKind::TimedOut), u"the keyring did not answer"_s));
            });
        });
        job->start();
        return answer.future();
    }

    const std::chrono::milliseconds m_patience;
};

} // namespace

std::unique_ptr<TokenStore> makeQtKeychainTokenStore(std::chrono::milliseconds patience)
{
    return std::make_unique<QtKeychainTokenStore>(patience);
}

} // namespace vitrine::access
