// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/access/tokenstore.h"
#include "app/base/readyfuture.h"
#include "app/base/whendone.h"

#include <QObject>

namespace vitrine::access {
namespace {

class ThisRunTokenStore final : public TokenStore
{
public:
    explicit ThisRunTokenStore(std::shared_ptr<TokenStore> keyring) : m_keyring(std::move(keyring))
    {}

    QFuture<Result<Credential>> read(const QString& account) override
    {
        return orInMemory(m_keyring->read(account),
                          [this, account] { return m_memory->read(account); });
    }

    QFuture<Result<void>> write(const QString& account, const Credential& credential) override
    {
        return orInMemory(m_keyring->write(account, credential), [this, account, credential] {
            return m_memory->write(account, credential);
        });
    }

    QFuture<Result<void>> remove(const QString& account) override
    {
        return orInMemory(m_keyring->remove(account),
                          [this, account] { return m_memory->remove(account); });
    }

    bool isPersistent() const override { return m_hasKeyring && m_keyring->isPersistent(); }

private:
    template <typename T, typename Instead>
    QFuture<Result<T>> orInMemory(const QFuture<Result<T>>& tried, Instead instead)
    {
        return whenDone(&m_context, tried, [this, instead](const Result<T>& outcome) {
            m_hasKeyring = outcome || outcome.error().kind != ErrorKind::KeyringAbsent;
            return m_hasKeyring ? readyFuture(outcome) : instead();
        });
    }

    const std::shared_ptr<TokenStore> m_keyring;
    const std::unique_ptr<TokenStore> m_memory = makeMemoryTokenStore();
    bool m_hasKeyring = true;
    QObject m_context; // the last member: nothing is called back once the others go
};

} // namespace

std::shared_ptr<TokenStore> keptForThisRunWithout(std::shared_ptr<TokenStore> keyring)
{
    return std::make_shared<ThisRunTokenStore>(std::move(keyring));
}

} // namespace vitrine::access
