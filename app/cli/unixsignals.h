// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSocketNotifier>

namespace vitrine::cli {

/// SIGTERM and SIGINT as a Qt signal, through a signalfd. One per process, made before any thread
/// starts (threads inherit the signal mask).
class UnixSignals final : public QObject
{
    Q_OBJECT

public:
    explicit UnixSignals(QObject* parent = nullptr);
    ~UnixSignals() override;

Q_SIGNALS:
    void terminationRequested();

private:
    void read();

    const int m_descriptor;
    QSocketNotifier m_notifier;
};

} // namespace vitrine::cli
