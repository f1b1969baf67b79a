// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/access/tokenstore.h"
#include "app/base/readyfuture.h"

#include <QHash>
#include <QList>
#include <QPromise>

#include <memory>
#include <optional>

namespace vitrine::test {

/// A keyring that outlives the sessions, as the desktop's does.
struct SharedKeyring {
    using Read = Result<access::Credential>;

    QHash<QString, access::Credential> entries;
    std::optional<ErrorKind> trouble;      ///< of every call
    std::optional<ErrorKind> writeTrouble; ///< of writing alone
    bool isHeld = false;                   ///< a dialog is open: reading waits for finishHeld()
    QList<std::shared_ptr<QPromise<Read>>> held;

    void finishHeld(const Read& read = {})
    {
        for (const auto& promise : std::as_const(held)) {
            promise->addResult(read);
            promise->finish();
        }
        held.clear();
    }
};

class KeyringDouble final : public access::TokenStore
{
public:
    explicit KeyringDouble(SharedKeyring& shared) : m_shared(shared) {}
    QFuture<Result<access::Credential>> read(const QString& account) override
    {
        using Read = SharedKeyring::Read;
        if (m_shared.isHeld) {
            m_shared.held.append(std::make_shared<QPromise<Read>>());
            m_shared.held.last()->start();
            return m_shared.held.last()->future();
        }
        return readyFuture(m_shared.trouble ? Read(failure(*m_shared.trouble))
                                            : Read(m_shared.entries.value(account)));
    }
    QFuture<Result<void>> write(const QString& account,
                                const access::Credential& credential) override
    {
        const auto trouble = m_shared.trouble ? m_shared.trouble : m_shared.writeTrouble;
        if (trouble)
            return readyFuture(Result<void>(failure(*trouble)));
        m_shared.entries.insert(account, credential);
        return readyFuture(Result<void>());
    }
    QFuture<Result<void>> remove(const QString& account) override
    {
        if (m_shared.trouble)
            return readyFuture(Result<void>(failure(*m_shared.trouble)));
        m_shared.entries.remove(account);
        return readyFuture(Result<void>());
    }
    bool isPersistent() const override { return true; }

private:
    SharedKeyring& m_shared;
};

} // namespace vitrine::test
