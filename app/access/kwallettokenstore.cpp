// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/access/keyrings.h"
#include "app/access/pendinganswer.h"
#include "app/access/walletkeeper.h"

#include <QThread>

namespace vitrine::access {
namespace {

using namespace Qt::StringLiterals;
using KWallet::Wallet;

// Beyond what a dialog may take: only a service that hangs needs longer.
constexpr auto kGrace = std::chrono::seconds(10);
constexpr auto kFarewell = std::chrono::seconds(1);

// A wallet that was closed says "no such entry" to all, which must not be taken for a guest.
Result<void> stillOpen(const Wallet& wallet)
{
    if (Wallet::isOpen(wallet.walletName()))
        return {};
    return failure(ErrorKind::KeyringLocked, u"the wallet was closed"_s);
}

Result<Credential> readFrom(Wallet& wallet, const QString& account)
{
    if (!wallet.hasEntry(account))
        return stillOpen(wallet).map([] { return Credential(); });
    QByteArray bytes;
    if (wallet.readEntry(account, bytes) != 0)
        return failure(ErrorKind::KeyringLocked, u"the wallet did not give the entry"_s);
    return credentialFrom(Secret(std::move(bytes)));
}

// As bytes: what is written as a password ends at its first NUL. Onto the disk at once: by itself
// the service takes some seconds, and a crash in them would cost the sign-in.
Result<void> writeTo(Wallet& wallet, const QString& account, const Secret& bytes)
{
    if (wallet.writeEntry(account, bytes.reveal()) == 0 && wallet.sync() == 0)
        return {};
    return failure(ErrorKind::KeyringLocked, u"the wallet did not take the entry"_s);
}

Result<void> removeFrom(Wallet& wallet, const QString& account)
{
    if (!wallet.hasEntry(account))
        return stillOpen(wallet);
    if (wallet.removeEntry(account) == 0 && wallet.sync() == 0)
        return {};
    return failure(ErrorKind::KeyringLocked, u"the wallet did not remove the entry"_s);
}

class KWalletTokenStore final : public TokenStore
{
public:
    explicit KWalletTokenStore(std::chrono::milliseconds patience)
        : m_patience(patience + kGrace), m_keeper(new WalletKeeper(patience))
    {
        m_keeper->moveToThread(m_thread.get());
        QObject::connect(m_thread.get(), &QThread::finished, m_keeper, &QObject::deleteLater);
        m_thread->setObjectName(u"kwallet"_s);
        m_thread->start();
    }

    ~KWalletTokenStore() override
    {
        m_thread->quit();
        if (m_thread->wait(kFarewell))
            return;
        // It is in a call to a service that hangs, and will answer to m_here if it ever comes back.
        static_cast<void>(m_thread.release());
        static_cast<void>(m_here.release());
    }

    QFuture<Result<Credential>> read(const QString& account) override
    {
        return run<Credential>([account](Wallet& wallet) { return readFrom(wallet, account); });
    }

    QFuture<Result<void>> write(const QString& account, const Credential& credential) override
    {
        return run<void>([account, bytes = serialized(credential)](Wallet& wallet) {
            return writeTo(wallet, account, bytes);
        });
    }

    QFuture<Result<void>> remove(const QString& account) override
    {
        return run<void>([account](Wallet& wallet) { return removeFrom(wallet, account); });
    }

    bool isPersistent() const override { return true; }

private:
    /// Calls \a act on the wallet's thread; its result finishes the future on this one.
    template <typename T, typename Act>
    QFuture<Result<T>> run(Act act)
    {
        const PendingAnswer<T> answer;
        const auto finish = [here = m_here.get(), answer](const Result<T>& result) {
            QMetaObject::invokeMethod(
                here, [answer, result] { answer.finish(result); }, Qt::QueuedConnection);
        };
        QTimer::singleShot(m_patience, m_here.get(), [answer] {
            answer.finish(failure(ErrorKind::TimedOut, u"the wallet did not answer"_s));
        });
        QMetaObject::invokeMethod(m_keeper, [keeper = m_keeper, act, finish] {
            keeper->withWallet([keeper, act, finish](const Result<Wallet*>& wallet) {
                const Result<T> result =
                    wallet.and_then([&](Wallet* open) -> Result<T> { return act(*open); });
                if (wallet && !result)
                    keeper->giveUp();
                finish(result);
            });
        });
        return answer.future();
    }

    const std::chrono::milliseconds m_patience;
    std::unique_ptr<QThread> m_thread = std::make_unique<QThread>();
    WalletKeeper* const m_keeper;                                  // deletes itself with its thread
    std::unique_ptr<QObject> m_here = std::make_unique<QObject>(); // on the callers' thread
};

} // namespace

std::unique_ptr<TokenStore> makeKWalletTokenStore(std::chrono::milliseconds patience)
{
    return std::make_unique<KWalletTokenStore>(patience);
}

} // namespace vitrine::access
