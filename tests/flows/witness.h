// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QProcess>
#include <QStringList>

#include <memory>

namespace vitrine::test {

/// Sees of our programs what anybody else of this person can: what they print and are started with,
/// the files of this HOME, and the session bus. With KWallet, of the bus the signals alone: its
/// protocol hands secrets over in plain messages between a program and the wallet.
class Witness
{
public:
    /// Listens to the bus from now on.
    Witness();
    ~Witness();

    /// A program of ours ("vitrine", "vitrinectl"), in HOME, with \a input; its output is not read
    /// yet.
    std::unique_ptr<QProcess> start(const QString& program, const QStringList& arguments,
                                    const QByteArray& input = {});
    /// To its end, with the event loop running; -1 where it was started in vain or crashed.
    int run(const QString& program, const QStringList& arguments, const QByteArray& input = {});
    /// Aborts \a process, and says whether it crashed by that.
    bool crash(QProcess& process);
    /// What \a process has printed by now; kept.
    QByteArray hear(QProcess& process);

    /// Whether the keyring was at work on the bus.
    bool hasHeardOfTheKeyring();
    /// Where \a secret can be seen, also encoded; empty: nowhere.
    QString placeOf(const QByteArray& secret);
    bool hasSeen(const QByteArray& text) const { return m_told.contains(text); }

private:
    void lookAt(const QProcess& process);
    QString fileWith(const QByteArray& secret) const;

    const QString m_home = qEnvironmentVariable("HOME");
    QProcess m_bus;
    QByteArray m_onBus;
    QByteArray m_told; ///< by the programs and about them
};

} // namespace vitrine::test
