// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/unixsignals.h"

#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>

namespace vitrine::cli {
namespace {

int blockAndWatch()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    return ::signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC);
}

} // namespace

UnixSignals::UnixSignals(QObject* parent)
    : QObject(parent)
    , m_descriptor(blockAndWatch())
    , m_notifier(m_descriptor, QSocketNotifier::Read)
{
    connect(&m_notifier, &QSocketNotifier::activated, this, &UnixSignals::read);
}

UnixSignals::~UnixSignals()
{
    ::close(m_descriptor);
}

void UnixSignals::read()
{
    signalfd_siginfo info;
    while (::read(m_descriptor, &info, sizeof info) == ssize_t(sizeof info))
        Q_EMIT terminationRequested();
}

} // namespace vitrine::cli
