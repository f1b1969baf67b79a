// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/access/keyringbus.h"
#include "app/access/keyrings.h"
#include "app/base/readyfuture.h"
#include "app/base/whendone.h"

#include <QObject>

namespace vitrine::access {
namespace {

using namespace Qt::StringLiterals;

bool isKdeSession()
{
    return qEnvironmentVariable("XDG_CURRENT_DESKTOP").split(u':').contains("KDE"_L1);
}

class KeyringTokenStore final : public TokenStore
{
public:
    explicit KeyringTokenStore(std::chrono::milliseconds patience)
        : m_qtKeychain(makeQtKeychainTokenStore(patience))
        , m_kwallet(makeKWalletTokenStore(patience))
    {}

    QFuture<Result<Credential>> read(const QString& account) override
    {
        return ask<Credential>([account](TokenStore& keyring) { return keyring.read(account); });
    }

    QFuture<Result<void>> write(const QString& account, const Credential& credential) override
    {
        return ask<void>([account, credential](TokenStore& keyring) {
            return keyring.write(account, credential);
        });
    }

    QFuture<Result<void>> remove(const QString& account) override
    {
        return ask<void>([account](TokenStore& keyring) { return keyring.remove(account); });
    }

    bool isPersistent() const override { return true; }

private:
    // Asked anew for each call: a keyring may be installed, or end, while the program runs.
    template <typename T, typename Call>
    QFuture<Result<T>> ask(Call call)
    {
        if (!hasSessionBus())
            return absent<T>(u"no session bus"_s);
        return whenDone(&m_context, findKeyringServices(&m_context),
                        [this, call](const Result<KeyringServices>& there) {
                            if (!there)
                                return readyFuture(Result<T>(failure(there.error())));
                            return there->isAny() ? call(choose(*there))
                                                  : absent<T>(u"no keyring service"_s);
                        });
    }

    // On KDE its wallet first, elsewhere the Secret Service: what the desktop has unlocked already.
    TokenStore& choose(const KeyringServices& there)
    {
        const bool prefersKWallet = isKdeSession() || !there.hasSecretService;
        const bool takesKWallet = m_kwallet && there.hasKWallet6 && prefersKWallet;
        return takesKWallet ? *m_kwallet : *m_qtKeychain;
    }

    template <typename T>
    static QFuture<Result<T>> absent(const QString& detail)
    {
        return readyFuture(Result<T>(failure(ErrorKind::KeyringAbsent, detail)));
    }

    const std::unique_ptr<TokenStore> m_qtKeychain;
    const std::unique_ptr<TokenStore> m_kwallet;
    QObject m_context; // the last member: nothing is called back once the others go
};

} // namespace

std::unique_ptr<TokenStore> makeKeyringTokenStore(std::chrono::milliseconds patience)
{
    return std::make_unique<KeyringTokenStore>(patience);
}

} // namespace vitrine::access
