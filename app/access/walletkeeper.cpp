// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/access/walletkeeper.h"

#include "app/access/keyrings.h"

namespace vitrine::access {
namespace {

using namespace Qt::StringLiterals;

bool entersFolder(KWallet::Wallet& wallet)
{
    const QString folder = QString::fromLatin1(kKeyringFolder);
    return (wallet.hasFolder(folder) || wallet.createFolder(folder)) && wallet.setFolder(folder);
}

} // namespace

WalletKeeper::WalletKeeper(std::chrono::milliseconds patience) : m_dialogTimeout(this)
{
    m_dialogTimeout.setSingleShot(true);
    m_dialogTimeout.setInterval(patience);
    connect(&m_dialogTimeout, &QTimer::timeout, this, [this] {
        answer(failure(ErrorKind::KeyringLocked, u"nobody answered the wallet's dialog"_s));
    });
}

WalletKeeper::~WalletKeeper() = default;

void WalletKeeper::withWallet(Use use)
{
    if (m_wallet && m_isOpen)
        return use(m_wallet.get());
    m_waiting.push_back(std::move(use));
    if (!m_dialogTimeout.isActive())
        m_dialogTimeout.start();
    if (!m_wallet) // else its dialog still waits for an answer
        open();
}

void WalletKeeper::giveUp()
{
    m_isOpen = false;
    if (m_wallet)
        m_wallet.release()->deleteLater(); // it may be the one that is calling
}

void WalletKeeper::open()
{
    using KWallet::Wallet;
    m_wallet.reset(Wallet::openWallet(Wallet::NetworkWallet(), 0, Wallet::Asynchronous));
    if (!m_wallet)
        return answer(failure(ErrorKind::KeyringAbsent, u"KWallet is switched off"_s));
    connect(m_wallet.get(), &Wallet::walletOpened, this, &WalletKeeper::opened);
    connect(m_wallet.get(), &Wallet::walletClosed, this, &WalletKeeper::giveUp);
}

void WalletKeeper::opened(bool isOpen)
{
    if (!isOpen) {
        giveUp();
        return answer(failure(ErrorKind::KeyringRefused, u"the wallet was not opened"_s));
    }
    if (!entersFolder(*m_wallet)) {
        giveUp();
        return answer(failure(ErrorKind::TimedOut, u"the wallet gave no folder"_s));
    }
    m_isOpen = true;
    answer(m_wallet.get());
}

void WalletKeeper::answer(const Result<KWallet::Wallet*>& wallet)
{
    m_dialogTimeout.stop();
    for (const Use& use : std::exchange(m_waiting, {}))
        use(wallet);
}

} // namespace vitrine::access
