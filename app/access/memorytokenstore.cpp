// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/access/tokenstore.h"
#include "app/base/readyfuture.h"

#include <QHash>

namespace vitrine::access {
namespace {

class MemoryTokenStore final : public TokenStore
{
public:
    QFuture<Result<Credential>> read(const QString& account) override
    {
        return readyFuture(Result<Credential>(m_credentials.value(account)));
    }

    QFuture<Result<void>> write(const QString& account, const Credential& credential) override
    {
        m_credentials.insert(account, credential);
        return readyFuture(Result<void>());
    }

    QFuture<Result<void>> remove(const QString& account) override
    {
        m_credentials.remove(account);
        return readyFuture(Result<void>());
    }

    bool isPersistent() const override { return false; }

private:
    QHash<QString, Credential> m_credentials;
};

} // namespace

std::unique_ptr<TokenStore> makeMemoryTokenStore()
{
    return std::make_unique<MemoryTokenStore>();
}

} // namespace vitrine::access
