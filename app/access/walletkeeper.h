// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QObject>
#include <QTimer>

#include <KWallet>
#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace vitrine::access {

/// The person's KWallet, opened when it is first needed and again when it was closed. Lives on a
/// thread of its own, with an event loop: most of KWallet's calls wait for its service's answer.
class WalletKeeper final : public QObject
{
    Q_OBJECT

public:
    /// Told the wallet, open and set to Vitrine's folder, or why there is none. On this thread.
    using Use = std::function<void(Result<KWallet::Wallet*>)>;

    /// \a patience: after this time a dialog that nobody answers counts as KeyringLocked.
    explicit WalletKeeper(std::chrono::milliseconds patience);
    ~WalletKeeper() override;

    /// Errors: KeyringAbsent (no service, or KWallet is switched off), KeyringRefused,
    /// KeyringLocked, TimedOut (it gave no folder).
    void withWallet(Use use);
    /// For whoever finds that the wallet no longer answers: the next use opens it again.
    void giveUp();

private:
    void open();
    void opened(bool isOpen);
    void answer(const Result<KWallet::Wallet*>& wallet);

    std::unique_ptr<KWallet::Wallet> m_wallet;
    bool m_isOpen = false;
    std::vector<Use> m_waiting;
    QTimer m_dialogTimeout;
};

} // namespace vitrine::access
